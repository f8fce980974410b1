import { moveTo, visitMeeting, type Found, type Repair, type RepairFacts } from "@hourwright/conflict";
import type { Situation } from "./situation.ts";
import { askedMoveIn, sidesOf, type AskedMove } from "./tell.ts";

// Pure: what speaks against a time that somebody has thought of for one side of a conflict.

/** Numbers of subjects and dates of a situation. */
export type Objections = {
  /** Whose time is taken then, and by which other date; a subject once for each. */
  readonly taken: readonly { readonly subject: number; readonly date: number }[];
  readonly free: readonly number[];
  /** Those who are free, and outside the hours in which they may be claimed: no reason against it, and worth knowing. */
  readonly outside: readonly number[];
  readonly isPast: boolean;
};

/** Dates named for one subject: who is taken by more knows enough. */
const NAMED_MAX = 3;

/** What would meet a move of `date`, for each whose time it takes by start. O(takers × (log n + found)). */
export function objectionsTo(
  date: number,
  { startMs, endMs }: Omit<AskedMove, "side">,
  facts: RepairFacts,
): Objections {
  const { index, rowsOf, openTime, nowMs } = facts;
  const { subject, event, occurrence } = index.takings;
  const taken: { subject: number; date: number }[] = [];
  const free: number[] = [];
  const rows = new Map(rowsOf(date).map((row) => [subject[row]!, row]));
  for (const [who, own] of rows) {
    const met = new Set<number>();
    visitMeeting(index, who, startMs, endMs, (row) => {
      if (event[row] !== event[own]) met.add(occurrence[row]!);
      return met.size === NAMED_MAX;
    });
    if (met.size === 0) free.push(who);
    for (const each of [...met].toReversed()) taken.push({ subject: who, date: each });
  }
  const isAtWork = (who: number): boolean => {
    const stretches = openTime?.get(who);
    return stretches === undefined || stretches.some((each) => each.startMs <= startMs && each.endMs >= endMs);
  };
  return { taken, free, outside: free.filter((who) => !isAtWork(who)), isPast: startMs < nowMs };
}

/** The repair that an id of an asked move stands for; null for an id of a suggestion, and for what may not be moved. */
export function askedRepair(id: string, found: Found, situation: Situation, facts: RepairFacts): Repair | null {
  const asked = askedMoveIn(id);
  if (asked === null) return null;
  const date = sidesOf(found, situation)[asked.side];
  if (!facts.isMovable(date)) return null;
  return moveTo({ occurrence: date, startMs: asked.startMs, endMs: asked.endMs }, facts);
}
