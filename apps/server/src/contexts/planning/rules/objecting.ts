import { hardIn, isBroken, NEEDS, type Change, type Parameter } from "@hourwright/conflict";
import type { Interval } from "@hourwright/time";
import type { Broken, TakenTime } from "../../claims/pure.ts";
import { situationFrom } from "../situation.ts";
import type { Book } from "./book.ts";
import { rulesBrokenBy } from "./broken.ts";
import { constraintOf } from "./decide.ts";
import { hasHard, numbersOfCollections, scenesOf, siteOn, traitsOfTakers } from "./scene.ts";

// Pure: what hard rules have against somebody who would be taken at a time at which nothing stands yet. Each is judged alone: what
// is taken together is judged together where it is written.

/** A hard rule that would not hold, and what would do instead. */
export type RuledOut = {
  readonly ruleId: string;
  readonly sentence: string;
  readonly relaxation: string | null;
  readonly broken: Broken;
};

/** Who asks: is somebody barred at all, and by what? */
export type Objecting = {
  readonly isBarred: (subject: number, startMs: number, endMs: number) => boolean;
  readonly rulesAgainst: (subject: number, startMs: number, endMs: number) => readonly RuledOut[];
};

/**
 * Judges times of some subjects, by their places in `subjects`, among what is taken of them and of those with whom rules compare them.
 * `collections`: the calendar and the service in which it would lie. Null where no rule is hard. `isBarred` costs what one line of a
 * day or a week holds; `rulesAgainst` judges all anew, for one answer.
 */
export function objecting(
  subjects: readonly string[],
  taken: readonly TakenTime[],
  book: Book | null,
  collections: readonly string[],
  openTime: ReadonlyMap<string, readonly Interval[]>,
  nowMs: number,
): Objecting | null {
  if (!hasHard(book)) return null;
  const situation = situationFrom(taken, subjects);
  const hard = hardIn(scenesOf(situation, book, openTime, nowMs));
  const lyingIn = numbersOfCollections(collections, book);
  const siteOf = siteOn(situation.subjects, book);
  const traits = subjects.map((_, subject) => traitsOfTakers([{ subject, how: NEEDS }], siteOf, lyingIn));
  const occurrence = situation.dates.length;
  const coming = (subject: number, startMs: number, endMs: number): Change[] => {
    const come = { occurrence, event: -1 - occurrence, how: NEEDS, startMs, endMs, traits: traits[subject]! };
    return [{ subject, gone: null, come }];
  };
  return {
    isBarred(...time) {
      const change = coming(...time);
      return hard.some((judged) => isBroken(judged, change, change));
    },
    rulesAgainst(...time) {
      const changes = coming(...time);
      return rulesBrokenBy({ changes, fresh: changes, titleOf: () => null }, situation, book, openTime, nowMs)
        .filter(({ isHard }) => isHard)
        .map((broken) => ({
          ruleId: broken.ruleId,
          sentence: broken.sentence,
          relaxation: broken.relaxations.length === 0 ? null : relaxationText(broken.constraintId, broken.relaxations),
          broken,
        }));
    },
  };
}

function relaxationText(constraintId: string, [first]: Broken["relaxations"]): string {
  const constraint = constraintOf(constraintId)!;
  const parameters: Readonly<Record<string, Parameter>> = constraint.parameters;
  return `${constraint.title}: ${parameters[first!.parameter]!.says.toLowerCase()} ${valueText(first!)}`;
}

function valueText({ unit, value }: Broken["relaxations"][number]): string {
  if (unit === "time of day")
    return `${String(Math.floor(value / 60)).padStart(2, "0")}:${String(value % 60).padStart(2, "0")}`;
  return unit === "times" || unit === "share" ? `${value}` : `${value} ${unit}`;
}
