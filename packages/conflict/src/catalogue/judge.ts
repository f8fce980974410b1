import type { Interval } from "@hourwright/time";
import type { RepairFacts } from "../repair.ts";
import { effectOf, ownOf, worsenedBy, type Change, type Scene, type Setting } from "./check.ts";
import type { Breach } from "./constraint.ts";
import type { Traits } from "./line.ts";

/** What stands on some lines, and what is set for them. Several where days are those of several zones. */
export type Judged<Set extends Setting = Setting> = { readonly scene: Scene; readonly settings: readonly Set[] };

/** A breach with the setting that it breaks. */
export type BrokenSetting<Set extends Setting = Setting> = { readonly breach: Breach; readonly setting: Set };

/**
 * What a change would break, or break more than before: the one judgement of writes, offers and questions. `fresh` are those of
 * the changes by which somebody is taken at a time at which they were not; wishes are judged on these.
 */
export function brokenBy<Set extends Setting>(
  { scene, settings }: Judged<Set>,
  changes: readonly Change[],
  fresh: readonly Change[],
): BrokenSetting<Set>[] {
  const judging = (judges: "plan" | "wish") => settings.filter(({ constraint }) => constraint.judges === judges);
  const breaches = [
    ...worsenedBy(effectOf(scene, judging("plan"), changes)),
    ...ownOf(effectOf(scene, judging("wish"), fresh)),
  ];
  return breaches.map((breach) => ({
    breach,
    setting: settingBroken(settings, breach),
  }));
}

/** The setting that a breach breaks. */
export const settingBroken = <Set extends Setting>(settings: readonly Set[], breach: Breach): Set =>
  settings.find(
    ({ constraint, name, subjects }) =>
      constraint.id === breach.constraint &&
      name === breach.setting &&
      (subjects === null || subjects.has(breach.subject)),
  )!;

type IsBarred = NonNullable<RepairFacts["isBarred"]>;

/** Tells moves of what stands that hard settings bar, among what stands where they are made. */
export function barring(judged: readonly Judged[]): IsBarred {
  const hard = hardIn(judged);
  return ({ occurrence, ...to }, { index, rowsOf }) =>
    hard.some(({ scene, settings }) => {
      const among = { ...scene, index };
      const changes = movedTo(occurrence, to, { index, rowsOf }, scene.traitsOf);
      return isBroken({ scene: among, settings }, changes, changes);
    });
}

const REACHES = ["spot", "day", "week"];

/**
 * Whether a change would break something, or break it more. Asked in groups, what reaches least first, until one says so: most of
 * what is barred is barred by its hour.
 */
export function isBroken({ scene, settings }: Judged, changes: readonly Change[], fresh: readonly Change[]): boolean {
  const reachOf = ({ constraint, values }: Setting): number => {
    const reach = constraint.reach(values);
    if (constraint.compares !== undefined) return REACHES.length + 1;
    return typeof reach === "string" ? REACHES.indexOf(reach) : REACHES.length;
  };
  return [...Map.groupBy(settings, reachOf)]
    .sort(([one], [other]) => one - other)
    .some(([, group]) => brokenBy({ scene, settings: group }, changes, fresh).length > 0);
}

/**
 * The same of something that does not stand yet, with traits by whom it takes: it may break none at all. Whom it would take, the
 * rows say that are asked about; their numbers are those of the scenes.
 */
export function barringNew(
  judged: readonly Judged[],
  traitsOf: (takes: readonly { readonly subject: number; readonly how: number }[]) => Traits,
): IsBarred {
  const hard = hardIn(judged);
  return ({ occurrence, ...to }, wanted) => {
    const { subject, how } = wanted.index.takings;
    const takes = wanted.rowsOf(occurrence).map((row) => ({ subject: subject[row]!, how: how[row]! }));
    const own = traitsOf(takes);
    const moved = movedTo(occurrence, to, wanted, () => own);
    const changes = moved.map((change) => ({ ...change, gone: null }));
    return hard.some((each) => isBroken(each, changes, changes));
  };
}

/** The hard settings, where there are any. */
export const hardIn = (judged: readonly Judged[]): Judged[] =>
  judged.flatMap(({ scene, settings }) => {
    const hard = settings.filter(({ isHard }) => isHard);
    return hard.length === 0 ? [] : [{ scene, settings: hard }];
  });

/** A date at another time, for everybody and everything that it takes. */
export function movedTo(
  occurrence: number,
  to: Interval,
  { index, rowsOf }: Pick<RepairFacts, "index" | "rowsOf">,
  traitsOf: Scene["traitsOf"],
): Change[] {
  const { subject, event, how, startMs, endMs } = index.takings;
  return rowsOf(occurrence).map((row) => {
    const taken = { occurrence, event: event[row]!, how: how[row]!, traits: traitsOf(occurrence) };
    const gone = { ...taken, startMs: startMs[row]!, endMs: endMs[row]! };
    return { subject: subject[row]!, gone, come: { ...taken, startMs: to.startMs, endMs: to.endMs } };
  });
}
