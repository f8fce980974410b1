import { useCallback, useMemo, useSyncExternalStore } from "react";
import { LAYERS } from "@hourwright/timeline";
import { afterPaint } from "../ui/after-paint.ts";
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

/** Calls off the write of an address that the browser does not show yet. */
let callOff: (() => void) | null = null;

addEventListener("popstate", () => {
  known = null;
  settle(false);
});
addEventListener("pagehide", () => settle(true));

/** What the browser does not show yet is called off, and shown first where `isKept`: Back leads to where one was last. */
function settle(isKept: boolean): void {
  if (callOff === null) return;
  callOff();
  callOff = null;
  if (isKept) history.replaceState(null, "", known);
}

function moved(target: string): void {
  known = target;
  dispatchEvent(new Event(MOVED));
}

/** Moves there at once: the page may be loaded anew next. */
function move(target: string, how: "push" | "replace"): void {
  settle(how === "push");
  history[how === "push" ? "pushState" : "replaceState"](null, "", target);
  moved(target);
}

/** Moves inside a place. The browser is told when the frame has been drawn: that takes longer than most of what it shows. */
function moveWithin(target: string): void {
  settle(false);
  callOff = afterPaint(() => {
    callOff = null;
    history.replaceState(null, "", target);
  });
  moved(target);
}

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
      if (how === "push") move(target, how);
      else moveWithin(target);
    },
    [thisYear],
  );
  return [address, go];
}

/** Where one is, path and query, as it changes. */
export const usePath = (): string => useSyncExternalStore(subscribe, here);

/** Goes to a path of this page. */
export function walk(path: string, how: "push" | "replace" = "push"): void {
  if (path !== here()) move(path, how);
}

function subscribe(listener: () => void): () => void {
  addEventListener("popstate", listener);
  addEventListener(MOVED, listener);
  return () => {
    removeEventListener("popstate", listener);
    removeEventListener(MOVED, listener);
  };
}
