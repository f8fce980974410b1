import { brokenBy, effectOf, ownOf, type Change, type Judged } from "@hourwright/conflict";
import type { Interval } from "@hourwright/time";
import type { Broken } from "../../claims/pure.ts";
import type { Situation } from "../situation.ts";
import type { Book } from "./book.ts";
import type { SetRule } from "./decide.ts";
import { relaxationsOf } from "./relax.ts";
import { sayingOf } from "./model.ts";
import { clocksOf, namerOf, scenesOf, withGroups } from "./scene.ts";

// Pure: which rules a change of some lines would break. Writes, offers and questions are judged by this alone.

/** A change in the numbers of a situation. */
export type NumberedChange = {
  readonly changes: readonly Change[];
  /** Those of them by which somebody is taken at a time at which they were not: what wishes are judged on. */
  readonly fresh: readonly Change[];
  /** Null where whoever is told may not know it. */
  readonly titleOf: (occurrence: number) => string | null;
};

/** Breaches told of one change: who breaks more knows enough. */
const TOLD_MAX = 20;

/** What a change would break, or break more than before, the hard first. */
export function rulesBrokenBy(
  { changes, fresh, titleOf }: NumberedChange,
  given: Situation,
  book: Book,
  openTime: ReadonlyMap<string, readonly Interval[]>,
  nowMs: number,
): Broken[] {
  const situation = withGroups(given, book);
  const holders = new Map(book.holders.map((holder) => [holder.id, holder]));
  const nameOf = namerOf(situation, book);
  const found = scenesOf(situation, book, openTime, nowMs).flatMap((judged) =>
    brokenBy(judged, changes, fresh).map(({ breach, setting }) => ({ judged, breach, setting })),
  );
  // What would do instead is the same for every breach of a rule: it is looked for once, not once for each of a series.
  const relaxed = new Map<SetRule, Broken["relaxations"]>();
  const relaxationsFor = (setting: SetRule, judged: Judged<SetRule>): Broken["relaxations"] => {
    const known = relaxed.get(setting);
    if (known !== undefined) return known;
    const asked = setting.constraint.judges === "wish" ? fresh : changes;
    // Kept, and not merely no worse: that numbers may also become by making worse what is.
    const isKeptBy = (values: SetRule["values"]): boolean =>
      ownOf(effectOf(judged.scene, [{ ...setting, values }], asked)).length === 0;
    const relaxations = relaxationsOf(setting, isKeptBy);
    relaxed.set(setting, relaxations);
    return relaxations;
  };
  return found
    .sort((a, b) => Number(b.setting.isHard) - Number(a.setting.isHard) || a.breach.startMs - b.breach.startMs)
    .slice(0, TOLD_MAX)
    .map(({ judged, breach, setting }): Broken => {
      const { ruleId, constraint, isHard } = setting;
      const collection = setting.collection === undefined ? null : book.collections[setting.collection]!.name;
      const holder = holders.get(situation.subjects[breach.subject]!)!;
      const { id, name } = holder;
      const zone = clocksOf(constraint, holder, book);
      const { startMs, endMs, units, facts, others = [] } = breach;
      return {
        ruleId,
        constraintId: constraint.id,
        severity: constraint.severity,
        isHard,
        collection,
        subjectId: id,
        subject: name,
        startMs,
        endMs,
        zone,
        units,
        facts,
        others: others.map(nameOf),
        titles: breach.occurrences.map(titleOf),
        sentence: sayingOf(collection, constraint.explain(breach, { subject: name, titleOf, nameOf, zone })),
        relaxations: relaxationsFor(setting, judged),
      };
    });
}
