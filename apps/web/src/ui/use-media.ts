import { useSyncExternalStore } from "react";

/** Whether a media query holds, followed. */
export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (listener) => {
      const list = matchMedia(query);
      list.addEventListener("change", listener);
      return () => list.removeEventListener("change", listener);
    },
    () => matchMedia(query).matches,
  );
}

/** The narrow layout: the inspector below the grid, places at the foot. The style sheets use the same width. */
export const STACKED = "(max-width: 719px)";

/** The person's own colours replace ours: what is drawn on a canvas is written as text then. */
export const FORCED = "(forced-colors: active)";
