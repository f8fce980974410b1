/** What can become stale on the timeline, in the order in which it is put right. */
const STAGES = ["layout", "events", "rows", "cursor"] as const;
export type Stage = (typeof STAGES)[number];
export type Painters = Readonly<Record<Stage, () => void>>;

/**
 * Collects what went stale and puts it right once, in the next frame [TL9].
 *
 * However many events arrive between two frames, each stage runs at most once, and a stale
 * stage takes the later ones with it: events move when the layout does.
 */
export function createFrame(painters: Painters, requestFrame: (run: () => void) => void) {
  let firstStale: number | null = null;

  function paint(): void {
    const from = firstStale;
    if (from === null) return; // Put right before its frame came.
    firstStale = null; // First, so that a painter may mark the next frame.
    for (const stage of STAGES.slice(from)) painters[stage]();
  }

  return {
    /** Puts right what is stale without waiting for the frame: before a page is printed there is none. */
    paintNow: paint,
    markStale(stage: Stage): void {
      const index = STAGES.indexOf(stage);
      if (firstStale === null) requestFrame(paint);
      firstStale = Math.min(firstStale ?? index, index);
    },
  };
}
