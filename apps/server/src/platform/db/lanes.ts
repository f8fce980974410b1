import { assert } from "@hourwright/std";
import type { Clock } from "../clock.ts";
import { Unavailable } from "../failure.ts";

/** Who goes first at the database: people reading, then people writing, then work that nobody waits for. */
export type Lane = "read" | "write" | "job";

const RANK: Readonly<Record<Lane, number>> = { read: 0, write: 1, job: 2 };

/** Waiting raises a rank, one per this long: with plain priority, writes under a mixed load waited 695 ms at p95. */
const RANK_MS = 100;

/** More than this many waiting is an answer of its own: 503 now instead of a time-out later. */
export const WAITING_MAX = 200;

type Waiting = {
  readonly lane: Lane;
  readonly sinceMs: number;
  readonly enter: (leave: () => void) => void;
  readonly refuse: (failure: Error) => void;
};

/** A queue before a fixed number of places (database connections), with lanes, ageing and a bound. O(waiting) per entry. */
export class Lanes {
  readonly #clock: Pick<Clock, "monotonicMs">;
  readonly #waiting: Waiting[] = [];
  #free: number;

  constructor(places: number, clock: Pick<Clock, "monotonicMs">) {
    assert(places > 0, `a queue needs a place to lead to: ${places}`);
    this.#free = places;
    this.#clock = clock;
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  /** Resolves with the function that gives the place back (once; again does nothing). Unavailable when too many wait. */
  enter(lane: Lane): Promise<() => void> {
    const { promise, resolve, reject } = Promise.withResolvers<() => void>();
    if (this.#waiting.length >= WAITING_MAX) {
      reject(new Unavailable(`${WAITING_MAX} others already wait for the database`));
      return promise;
    }
    this.#waiting.push({ lane, sinceMs: this.#clock.monotonicMs(), enter: resolve, refuse: reject });
    this.#next();
    return promise;
  }

  /** Sends everybody who waits away: the places they waited for are gone. */
  refuseWaiting(failure: Error): void {
    for (const waiting of this.#waiting.splice(0)) waiting.refuse(failure);
  }

  #next(): void {
    while (this.#free > 0 && this.#waiting.length > 0) {
      this.#free--;
      const [chosen] = this.#waiting.splice(this.#first(), 1);
      chosen!.enter(this.#leaveOnce());
    }
  }

  /** The position of the lowest aged rank; of equals, the one that came first. */
  #first(): number {
    const nowMs = this.#clock.monotonicMs();
    const rank = ({ lane, sinceMs }: Waiting) => RANK[lane] - (nowMs - sinceMs) / RANK_MS;
    let best = 0;
    for (let i = 1; i < this.#waiting.length; i++) {
      if (rank(this.#waiting[i]!) < rank(this.#waiting[best]!)) best = i;
    }
    return best;
  }

  #leaveOnce(): () => void {
    let here = true;
    return () => {
      if (!here) return;
      here = false;
      this.#free++;
      this.#next();
    };
  }
}
