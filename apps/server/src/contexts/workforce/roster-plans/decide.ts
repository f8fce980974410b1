import { isDeepStrictEqual } from "node:util";
import { limits } from "@hourwright/contract";
import { brokenIn, evaluate, objectionsIn, resultFor, type Entry, type Ground } from "@hourwright/roster";
import {
  edited,
  planText,
  type ConstraintName,
  type Counted,
  type PlanFacts,
  type PlanWish,
} from "@hourwright/roster/planning";
import { isoDay, minutesText, type ObjectionFacts } from "@hourwright/schedule";
import type { PlanResult } from "./model.ts";
import type { PlanFound } from "./plan.task.ts";

// Pure: what of a plan still goes onto a draft, and what is told of it.

/** What somebody is called; null where nobody knows any more. */
export type NameOf = (personId: string) => string | null;
export type LeftOut = { readonly personId: string; readonly facts: PlanFacts; readonly sentence: string };

/** Which edits still hold, by the people they are of. */
export type Fitting = {
  readonly put: readonly Entry[];
  readonly removed: readonly string[];
  readonly leftOut: readonly LeftOut[];
};

export type Basis = {
  /** The draft as it was when the plan began, and as it is now. */
  readonly began: readonly Entry[];
  readonly now: readonly Entry[];
  /** What stands now. */
  readonly ground: Ground;
};

/**
 * What of a plan goes onto a draft that may have changed meanwhile: of each person all or nothing. Left out are those whose shifts in the
 * draft are others than when it began, whose open shift is somebody's or gone, and against whom something speaks now that did not.
 */
export function decideFitting(
  { put, removed }: Pick<PlanFound, "put" | "removed">,
  { began, now, ground }: Basis,
): Fitting {
  const leftOut = new Map<string, PlanFacts>();
  const ownerOf = new Map(began.map(({ id, personId }) => [id, personId]));
  const [was, is] = [byId(began), byId(now)];
  const planned = new Set([
    ...put.flatMap(({ personId }) => personId ?? []),
    ...removed.flatMap((id) => ownerOf.get(id) ?? []),
  ]);
  const nameOf = (personId: string) => ground.byId.get(personId)?.person.name ?? null;
  const [before, after] = [ofPeople(began), ofPeople(now)];
  for (const personId of planned)
    if (!isDeepStrictEqual(before.get(personId), after.get(personId)))
      leftOut.set(personId, { kind: "draft-changed", name: nameOf(personId) });
  for (const { id, personId } of put)
    if (personId !== null && was.has(id) && !isDeepStrictEqual(was.get(id), is.get(id)))
      leftOut.set(personId, { kind: "open-shift-changed", name: nameOf(personId) });

  const isIn = (personId: string | null | undefined) =>
    personId !== null && personId !== undefined && !leftOut.has(personId);
  const kept = () => ({
    put: put.filter(({ personId }) => isIn(personId)),
    removed: removed.filter((id) => isIn(ownerOf.get(id))),
  });
  const judged = evaluate(ground, now);
  const will = evaluate(ground, edited(now, kept()));
  const said = new Set(objectionsIn(judged).map(({ entryId, code }) => `${entryId} ${code}`));
  const broken = new Set(brokenIn(judged).map(({ personId, sentence }) => `${personId} ${sentence}`));
  const speaksAgainst = (personId: string, of: ObjectionFacts) =>
    leftOut.set(personId, { kind: "left-out", name: nameOf(personId), of });
  for (const { entryId, personId, code, facts } of objectionsIn(will))
    if (personId !== null && planned.has(personId) && !said.has(`${entryId} ${code}`)) speaksAgainst(personId, facts);
  for (const { personId, facts, sentence } of brokenIn(will))
    if (planned.has(personId) && !leftOut.has(personId) && !broken.has(`${personId} ${sentence}`))
      speaksAgainst(personId, facts);
  for (const personId of planned)
    if (resultFor(will, personId) === null) leftOut.set(personId, { kind: "contract-gone", name: nameOf(personId) });
  return { ...kept(), leftOut: Array.from(leftOut, ([personId, facts]) => told(personId, facts)) };
}

const told = (personId: string, facts: PlanFacts): LeftOut => ({ personId, facts, sentence: planText(facts) });

/** What of a plan is of people who may be planned now, and who else it is of. */
export function plannedStill(
  { put, removed }: Pick<PlanFound, "put" | "removed">,
  began: readonly Entry[],
  { mayPlan, nameOf }: { readonly mayPlan: (personId: string) => boolean; readonly nameOf: NameOf },
): { readonly mine: Pick<PlanFound, "put" | "removed">; readonly leftOut: readonly LeftOut[] } {
  const ownerOf = new Map(began.map(({ id, personId }) => [id, personId]));
  const isMine = (personId: string | null | undefined) => typeof personId === "string" && mayPlan(personId);
  const planned = [...put.map(({ personId }) => personId), ...removed.map((id) => ownerOf.get(id))];
  const others = new Set(planned.flatMap((personId) => (personId && !mayPlan(personId) ? [personId] : [])));
  return {
    mine: {
      put: put.filter(({ personId }) => isMine(personId)),
      removed: removed.filter((id) => isMine(ownerOf.get(id))),
    },
    leftOut: Array.from(others, (personId) => told(personId, { kind: "not-planned", name: nameOf(personId) })),
  };
}

const byId = (entries: readonly Entry[]): ReadonlyMap<string, Entry> =>
  new Map(entries.map((entry) => [entry.id, entry]));
const ofPeople = (entries: readonly Entry[]) => Map.groupBy(entries, ({ personId }) => personId);

/** A wish that is refused, as it is told. */
export function refusedWish({ personId, day, want }: Pick<PlanWish, "personId" | "day" | "want">, nameOf: NameOf) {
  const kind = want === "off" ? "wish-off" : "wish-work";
  return { day: isoDay(day), ...told(personId, { kind, name: nameOf(personId), day: isoDay(day) }) };
}

/** How often each edit does what. */
export function appliedOf({ put, removed }: Pick<Fitting, "put" | "removed">, began: readonly Entry[]) {
  const known = byId(began);
  return {
    given: put.filter(({ id, kind }) => kind === "add" && !known.has(id)).length,
    filled: put.filter(({ id }) => known.has(id)).length,
    taken: removed.length,
    dropped: put.filter(({ kind }) => kind === "drop").length,
  };
}

/** Each constraint with what it is now and was before, in the order in which they weigh. */
export function shownConstraints({ before, after }: { readonly before: Counted; readonly after: Counted }) {
  return CONSTRAINTS.map(({ name, unit, text }) => {
    const [was, is] = [rounded(before[name]), rounded(after[name])];
    const units = (count: number) => (unit === "minutes" ? minutesText(count) : String(count));
    return { name, unit, before: was, after: is, sentence: `${units(is.units)} ${text}, ${units(was.units)} before.` };
  });
}

const rounded = ({ units, points }: Counted[ConstraintName]) => ({
  units: Math.round(units),
  points: Math.round(points),
});

const CONSTRAINTS = [
  { name: "minimum", unit: "minutes", text: "below the minimum" },
  { name: "open", unit: "times", text: "open shifts without anybody" },
  { name: "ideal", unit: "minutes", text: "below what is wished for" },
  { name: "over", unit: "minutes", text: "more than is wished for" },
  { name: "hours", unit: "minutes", text: "beside the hours of contracts" },
  { name: "nights", unit: "times", text: "nights beside fair shares" },
  { name: "weekends", unit: "times", text: "weekends beside fair shares" },
  { name: "holidays", unit: "times", text: "public holidays beside fair shares" },
  { name: "unpopular", unit: "times", text: "unpopular shifts beside fair shares" },
  { name: "wishes", unit: "times", text: "wishes refused" },
  { name: "changes", unit: "times", text: "days that differ from the draft as it was" },
] as const satisfies readonly { name: ConstraintName; unit: "minutes" | "times"; text: string }[];

type Reason = PlanResult["unmet"][number]["reasons"][number];

/**
 * What of a result somebody may read who may know all of some people: why others are away, and what was left out of them, is not theirs.
 * A reason that counts more people than it names may count others.
 */
export function resultTold(result: PlanResult, knows: (personId: string) => boolean): PlanResult {
  const isTold = ({ count, people }: Reason) => count === people.length && people.every(knows);
  return {
    ...result,
    leftOut: result.leftOut.filter(({ personId }) => knows(personId)),
    wishesRefused: result.wishesRefused.filter(({ personId }) => knows(personId)),
    unmet: result.unmet.map((short) => {
      if (short.reasons.every(isTold)) return short;
      const reasonsAt = short.sentence.lastIndexOf(` Of ${short.able} who `);
      return {
        ...short,
        sentence: reasonsAt === -1 ? short.sentence : short.sentence.slice(0, reasonsAt),
        facts: short.facts && { ...short.facts, reasons: null },
        reasons: short.reasons.filter(isTold),
      };
    }),
  };
}

/** More than one answer tells is left out of it. */
export const toldFirst = <Item>(items: readonly Item[]): Item[] => items.slice(0, limits.LEFT_OUT_TOLD_MAX);
