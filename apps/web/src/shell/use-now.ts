import { useEffect, useState } from "react";
import { clockStore, nowMs } from "../data/clock.ts";
import { useStore } from "../data/store.ts";

const EVERY_MS = 30_000;

/** The present moment, to half a minute. */
export function useNow(): number {
  const [now, setNow] = useState(nowMs);
  const aheadMs = useStore(clockStore, (clock) => clock.aheadMs);
  const [heard, setHeard] = useState(aheadMs);
  if (heard !== aheadMs) {
    setHeard(aheadMs); // This device's clock was found to be wrong.
    setNow(now - heard + aheadMs);
  }
  useEffect(() => {
    const timer = setInterval(() => setNow(nowMs()), EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}
