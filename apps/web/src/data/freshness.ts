import { createStore } from "./store.ts";

/** Rises with each change of ours, with what is undone, and with what others change of what no year shows: whoever shows a list reads it again. */
export const freshness = createStore({ version: 0 });

export const readAgain = (): void => freshness.set(({ version }) => ({ version: version + 1 }));
