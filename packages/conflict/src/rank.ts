import { HOUR_MS } from "@hourwright/time";
import { spanOf, type Change, type Move, type RepairFacts } from "./change.ts";
import type { Way } from "./kinds.ts";

/** Something that would remove a conflict. */
export type Repair = {
  readonly way: Way;
  readonly what: string;
  readonly why: string;
  /** A rank between 0 and 1: higher disturbs less. Not a probability. */
  readonly confidence: number;
  /** All of it, to be made together. */
  readonly changes: readonly Change[];
  /** Those of its changes by which something is at another time. */
  readonly moves: readonly Move[];
};

/** What a repair does, in its way. */
export function madeOf(
  way: Way,
  changes: readonly Change[],
  facts: RepairFacts,
): Pick<Repair, "way" | "changes" | "moves"> {
  const moves = changes
    .filter(({ occurrence, startMs, endMs }) => {
      const now = spanOf(occurrence, facts);
      return now.startMs !== startMs || now.endMs !== endMs;
    })
    .map(({ occurrence, startMs, endMs }) => ({ occurrence, startMs, endMs }));
  return { way, changes, moves };
}

/**
 * How little a change disturbs whom it concerns, one scale for all ways: a near move of one person is almost nothing; other
 * things at the same time cost everybody a look; a person who is not there is lost to it; what two days of work go on is torn.
 */
export const STAYS = { thing: 0.9, withoutOptional: 0.78, person: 0.68, remote: 0.66, inTwoParts: 0.6 } as const;

/** Near and few is likely to suit; far and many is not. */
export function confidenceOf(byMs: number, people: number): number {
  const hours = Math.abs(byMs) / HOUR_MS;
  const distance = hours < 12 ? 0.95 - hours * 0.02 : 0.72 - Math.min(0.4, (hours / 24) * 0.03);
  return forMany(distance, people);
}

/** Every further person costs, up to a quarter. */
export const forMany = (confidence: number, people: number): number =>
  round(confidence - Math.min(0.25, Math.max(0, people - 1) * 0.03));

export const round = (value: number): number => Math.round(Math.max(0.01, value) * 100) / 100;
