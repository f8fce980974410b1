import type { Interval } from "@hourwright/time";
import type { Step } from "./coverage.ts";
import type { Row } from "./demand.ts";
import { stepsIn, type Evaluation } from "./evaluate.ts";

/** A stretch in which more people are missing than before, by the day it lies on; how many are there before and after is the same throughout. */
export type Missed = Interval & {
  readonly row: Row;
  readonly day: number;
  readonly before: number;
  readonly after: number;
  readonly minimum: number;
};

/**
 * Where a change leaves fewer than the minimum, and fewer than without it [CG7]: by row, then by time. Both evaluations are of the same
 * days and rows. O(days that are short × steps of a day).
 */
export function missedBetween(before: Evaluation, after: Evaluation): Missed[] {
  const { rows, fromDay } = before.ground.question;
  return rows.flatMap((row) => {
    return after.coverage.get(row.key)!.flatMap(({ shortMinutes }, i) => {
      if (shortMinutes === 0) return [];
      const day = fromDay + i;
      return missedOf(stepsIn(before, row, day), stepsIn(after, row, day)).map((each) => ({ ...each, row, day }));
    });
  });
}

/** Of two lists of steps of one day, both without gaps. */
function missedOf(before: readonly Step[], after: readonly Step[]): Omit<Missed, "row" | "day">[] {
  const missed: Omit<Missed, "row" | "day">[] = [];
  for (let b = 0, a = 0; b < before.length && a < after.length;) {
    const [was, now] = [before[b]!, after[a]!];
    const [startMs, endMs] = [Math.max(was.startMs, now.startMs), Math.min(was.endMs, now.endMs)];
    if (now.have < now.minimum && now.have < was.have) {
      const found = { startMs, endMs, before: was.have, after: now.have, minimum: now.minimum };
      const last = missed.at(-1);
      if (last !== undefined && last.endMs === startMs && isAlike(last, found))
        missed[missed.length - 1] = { ...last, endMs };
      else missed.push(found);
    }
    if (was.endMs === endMs) b++;
    if (now.endMs === endMs) a++;
  }
  return missed;
}

const isAlike = (one: Omit<Missed, "row" | "day">, other: Omit<Missed, "row" | "day">): boolean =>
  one.before === other.before && one.after === other.after && one.minimum === other.minimum;
