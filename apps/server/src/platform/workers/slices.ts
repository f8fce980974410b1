/** How good the best of a search is; `share`: how much of its time is gone, 0 to 1. */
export type SearchPoint = {
  readonly share: number;
  readonly steps: number;
  readonly alternative: number;
  readonly score: { readonly hard: number; readonly soft: number };
  readonly moved: number;
};

/** Points that are told over all of its time: with the last, as many as a job keeps (`SEARCH_POINTS_MAX`). */
const POINTS = 200;

type Slice = Omit<SearchPoint, "share" | "alternative"> & { readonly spent: number };

/** Runs a search to its end on its thread, and tells points of it, evenly over its time. */
export function sliceToEnd<Found>(slices: Generator<Slice, Found>, tell: (point: SearchPoint) => void): Found {
  let told = -1;
  for (;;) {
    const { done, value } = slices.next();
    if (done === true) return value;
    const share = Math.min(1, value.spent);
    if (Math.floor(share * POINTS) === told) continue;
    told = Math.floor(share * POINTS);
    tell({ share, steps: value.steps, alternative: 0, score: value.score, moved: value.moved });
  }
}
