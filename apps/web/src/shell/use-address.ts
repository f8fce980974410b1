import { useCallback, useMemo, useSyncExternalStore } from "react";
import { LAYERS } from "@hourwright/timeline";
import { parseAddress, printAddress, type Address } from "./address.ts";

/** `replace` for moves inside a place (a day, a conflict), so that Back leaves the place. */
export type Go = (change: Partial<Address>, how?: "push" | "replace") => void;

const MOVED = "hourwright:moved";

/** Asking `location` takes longer than all the rest of a key press: it is asked when the browser has moved. */
let known: string | null = null;

function here(): string {
  known ??= location.pathname + location.search;
  return known;
}

addEventListener("popstate", () => {
  known = null;
});

export function useAddress(thisYear: number): [Address, Go] {
  const text = useSyncExternalStore(subscribe, here);
  const parsed = useMemo(() => parseAddress(text, thisYear), [text, thisYear]);
  const ids = parsed.who.join();
  const who = useMemo(() => (ids === "" ? [] : ids.split(",")), [ids]); // The same list while it names the same.
  const shown = parsed.layers.join();
  const layers = useMemo(() => LAYERS.filter((layer) => shown.split(",").includes(layer)), [shown]);
  const zoneNames = parsed.zones?.join() ?? null;
  const zones = useMemo(() => zoneNames?.split(",").filter(Boolean) ?? null, [zoneNames]);
  const address = useMemo(() => ({ ...parsed, who, layers, zones }), [parsed, who, layers, zones]);
  const go = useCallback<Go>(
    (change, how = "push") => {
      const target = printAddress({ ...parseAddress(here(), thisYear), ...change });
      if (target === here()) return;
      history[how === "push" ? "pushState" : "replaceState"](null, "", target);
      known = target;
      dispatchEvent(new Event(MOVED));
    },
    [thisYear],
  );
  return [address, go];
}

/** Where one is, path and query, as it changes. */
export const usePath = (): string => useSyncExternalStore(subscribe, here);

/** Goes to a path of this page. */
export function walk(path: string, how: "push" | "replace" = "push"): void {
  if (path === here()) return;
  history[how === "push" ? "pushState" : "replaceState"](null, "", path);
  known = path;
  dispatchEvent(new Event(MOVED));
}

function subscribe(listener: () => void): () => void {
  addEventListener("popstate", listener);
  addEventListener(MOVED, listener);
  return () => {
    removeEventListener("popstate", listener);
    removeEventListener(MOVED, listener);
  };
}
