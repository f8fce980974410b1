import { assert } from "@hourwright/std";
import type { Score } from "./score.ts";

/** How a run came to its plan: the score at some of its new bests, by steps; the first and the last are always among them. */
export type Trace = readonly (Score & { readonly steps: number })[];

/** The points of a trace: enough for a chart as wide as a screen is read. */
export const TRACE_MAX = 256;

/** Keeps a trace within `TRACE_MAX`: when it is full every second point goes, and points come half as often. */
export function openTrace(): { add(steps: number, score: Score): void; points(): Trace } {
  let kept: (Score & { readonly steps: number })[] = [];
  let last: (Score & { readonly steps: number }) | null = null;
  let skip = 1;
  let seen = 0;
  return {
    add(steps, { hard, soft }) {
      assert(last === null || steps >= last.steps, `a trace goes forward: ${steps} after ${last?.steps}`);
      last = { steps, hard, soft };
      if (seen++ % skip === 0) kept.push(last);
      if (kept.length < TRACE_MAX) return;
      kept = kept.filter((_, i) => i % 2 === 0);
      skip *= 2;
    },
    points: () => (last === null || kept.at(-1) === last ? [...kept] : [...kept, last]),
  };
}
