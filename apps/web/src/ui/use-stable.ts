import { useCallback, useLayoutEffect, useRef } from "react";

/** A function that stays the same value while doing what the latest one does: for memoised children. */
export function useStable<Arguments extends readonly unknown[], Result>(
  latest: (...given: Arguments) => Result,
): (...given: Arguments) => Result {
  const current = useRef(latest);
  useLayoutEffect(() => {
    current.current = latest;
  });
  return useCallback((...given: Arguments) => current.current(...given), []);
}
