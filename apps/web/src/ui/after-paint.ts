import { useEffect, useState } from "react";

/** Runs when the next frame has been shown: what nobody waits to see. Returns what calls it off. */
export function afterPaint(run: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const soon = () => {
    timer = setTimeout(run); // A frame's callbacks come before it is drawn, a timer after.
  };
  const isHidden = document.visibilityState === "hidden"; // There are no frames then.
  const frame = isHidden ? 0 : requestAnimationFrame(soon);
  if (isHidden) soon();
  return () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
}

/** Resolves when the next frame has been shown. */
export const painted = (): Promise<void> => new Promise(afterPaint);

/**
 * The value, a frame late: for parts of a page that may follow what is looked at. So the work of one key press is spread over
 * two frames. With `isAtOnce` it is not late.
 */
export function useAfterPaint<Value>(value: Value, isAtOnce = false): Value {
  const { shown } = useFollowing(value);
  return isAtOnce ? value : shown;
}

/** The same for parts that somebody may go into before they have followed: `catchUp` makes them follow at once. */
export function useFollowing<Value>(value: Value): { readonly shown: Value; readonly catchUp: () => void } {
  const [shown, setShown] = useState(value);
  useEffect(() => (shown === value ? undefined : afterPaint(() => setShown(value))), [shown, value]);
  return { shown, catchUp: () => setShown(value) };
}

/** False until the frame in which it came has been shown: for what is large and may come in the next. */
export function usePainted(): boolean {
  const [isPainted, setPainted] = useState(false);
  useEffect(() => afterPaint(() => setPainted(true)), []);
  return isPainted;
}
