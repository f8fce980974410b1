import { createStore } from "./store.ts";

/** The conflict of which other repairs are offered than before, and how often that came: whoever shows them asks again. */
export const offersStore = createStore<{ readonly version: number; readonly conflictId: string | null }>({
  version: 0,
  conflictId: null,
});

/** A repair was put aside, or is offered again. Its id holds the conflict's. */
export function hearOffer(repairId: string): void {
  const conflictId = `cfl_${repairId.slice("rep_".length).split("_")[0]!}`;
  offersStore.set(({ version }) => ({ version: version + 1, conflictId }));
}
