import { setTimeout as sleepFor } from "node:timers/promises";

/** A timer that has not fired yet. Cancelling twice, or after it fired, does nothing. */
export type Timer = { cancel(): void };

/** The only source of "now" and of waiting in the server. `compose.ts` hands it in; a test hands in one that it turns itself. */
export type Clock = {
  /** Epoch milliseconds of the wall clock, whole. May step back when the machine's clock is set. */
  nowMs(): number;
  /** Milliseconds since some moment, never stepping back: for how long things took. */
  monotonicMs(): number;
  /** Calls `fire` once, after `ms`. A timer does not keep the process alive. */
  setTimer(ms: number, fire: () => void): Timer;
  /** Resolves after `ms`; rejects with the signal's reason when that comes first. Keeps the process alive. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
};

/** The machine's clock. */
export const systemClock: Clock = {
  nowMs: () => Temporal.Now.instant().epochMilliseconds,
  monotonicMs: () => performance.now(),
  setTimer(ms, fire) {
    const timer = setTimeout(fire, ms).unref();
    return { cancel: () => clearTimeout(timer) };
  },
  async sleep(ms, signal) {
    await sleepFor(ms, undefined, signal === undefined ? {} : { signal });
  },
};
