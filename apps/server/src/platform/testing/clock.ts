import { assert } from "@hourwright/std";
import type { Clock } from "../clock.ts";

/** A clock that stands still until it is told to move. */
export type TestClock = Clock & {
  /** Moves time forward by `ms`, firing what comes due, in order of time and then of setting. */
  advance(ms: number): void;
};

const TIMERS_MAX = 10_000;

/** `startMs`: epoch milliseconds at which the clock stands at first. */
export function testClock(startMs: number): TestClock {
  let nowMs = startMs;
  let due: { readonly atMs: number; readonly fire: () => void }[] = [];

  function setTimer(ms: number, fire: () => void) {
    assert(due.length < TIMERS_MAX, `more than ${TIMERS_MAX} timers wait`);
    const timer = { atMs: nowMs + ms, fire };
    due.push(timer);
    return { cancel: () => void (due = due.filter((other) => other !== timer)) };
  }

  return {
    nowMs: () => nowMs,
    monotonicMs: () => nowMs - startMs,
    setTimer,
    sleep(ms, signal) {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      if (signal?.aborted === true) return Promise.reject(signal.reason as Error);
      const timer = setTimer(ms, resolve);
      signal?.addEventListener("abort", () => {
        timer.cancel();
        reject(signal.reason as Error);
      });
      return promise;
    },
    advance(ms) {
      const untilMs = nowMs + ms;
      for (;;) {
        const next = due.filter(({ atMs }) => atMs <= untilMs).toSorted((a, b) => a.atMs - b.atMs)[0];
        if (next === undefined) break;
        due = due.filter((other) => other !== next);
        nowMs = next.atMs;
        next.fire();
      }
      nowMs = untilMs;
    },
  };
}

/** Waits of so long and less pass so many times as quickly. */
const SHORT_MS = 2_000;
const TIMES = 10;

/**
 * A clock by which short waits pass ten times as quickly: for tests of what looks each second whether there is something to do. Longer
 * ones, which are bounds on what may last, stay as they are.
 */
export function hurried(clock: Clock): Clock {
  const quick = (ms: number) => (ms <= SHORT_MS ? ms / TIMES : ms);
  return {
    ...clock,
    setTimer: (ms, fire) => clock.setTimer(quick(ms), fire),
    sleep: (ms, signal) => clock.sleep(quick(ms), signal),
  };
}
