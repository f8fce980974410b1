import { detect, type Found } from "./detect.ts";
import { kindsOf, KIND_IDS } from "./kinds.ts";
import { DAY_MS } from "@hourwright/time";
import { mayBeMade, restOf, rowAt, rowsAfter, type RepairFacts } from "./change.ts";
import type { Repair } from "./rank.ts";
import { suggestRepairs } from "./repair.ts";
import { indexBySubject, takingsOf, visitMeeting, type BySubject, type TakingRow } from "./schedule.ts";

/** A conflict as it is now, and which of its repairs is wanted. */
export type Wish = {
  readonly found: Found;
  /** Picks the wanted one of those that are offered; undefined when it is none of them. */
  readonly choose: (offered: readonly Repair[]) => Repair | undefined;
};

/**
 * What became of a wish after those before it: made as it was wanted; made otherwise, because its time went; not needed,
 * because one before it solved the conflict; or nothing is left that would help.
 */
export type Step =
  | { readonly state: "ready" | "changed"; readonly repair: Repair }
  | { readonly state: "solved" | "stuck"; readonly repair: null };

export type Checked = {
  /** One for each wish, in their order. */
  readonly steps: readonly Step[];
  /** Conflicts of what is moved that are there now and would not be, by start. */
  readonly solved: readonly Found[];
  /** Conflicts of what is moved that would be there and are not now: none, unless a rule is broken. */
  readonly made: readonly Found[];
};

/** Repairs looked through for the wanted one: more than any answer shows. */
export const REPAIRS_LOOKED_AT = 20;

/**
 * Makes some repairs one after the other on a copy, each checked against what those before it left, and detects again.
 * The copy holds only those whom the wishes concern: O(wishes × rows log rows) of their rows, a millisecond each for a
 * month of ten people.
 */
export function checkProposal(wishes: readonly Wish[], facts: RepairFacts): Checked {
  let rows = rowsOfConcerned(wishes, facts);
  const now = factsOver(rows, facts);
  const changed = new Set<number>();
  let copy = now;
  const steps = wishes.map((wish): Step => {
    const step = stepOf(wish, now, copy, changed);
    if (step.repair === null) return step;
    for (const { occurrence, rest } of step.repair.changes) {
      changed.add(occurrence);
      if (rest !== null) changed.add(restOf(occurrence));
    }
    rows = rowsAfter(rows, step.repair.changes);
    copy = factsOver(rows, facts);
    return step;
  });
  const [before, after] = [conflictsOf(now.index, changed), conflictsOf(copy.index, changed)];
  return { steps, solved: without(before, after), made: without(after, before) };
}

function stepOf({ found, choose }: Wish, now: RepairFacts, copy: RepairFacts, changed: ReadonlySet<number>): Step {
  if (!isClash(found, copy)) return { state: "solved", repair: null };
  const offered = suggestRepairs(found, copy, REPAIRS_LOOKED_AT);
  // What was changed already is repaired from what it is now: an offer from before would take that back.
  const isWhatItWas = !changed.has(found.first) && !changed.has(found.second);
  const asItWas = isWhatItWas ? choose(suggestRepairs(found, now, REPAIRS_LOOKED_AT)) : undefined;
  const isUntouched = asItWas?.changes.every(({ occurrence }) => !changed.has(occurrence)) === true;
  const wanted = isUntouched ? asItWas : choose(offered);
  if (wanted !== undefined && mayBeMade(wanted.changes, copy)) return { state: "ready", repair: wanted };
  const best = offered[0];
  return best === undefined ? { state: "stuck", repair: null } : { state: "changed", repair: best };
}

/** Whether two occurrences still cannot both be, for the reason that was found. */
function isClash({ kind, first, second }: Found, { index, rowsOf }: RepairFacts): boolean {
  const { subject, startMs, endMs, how } = index.takings;
  const bit = 1 << KIND_IDS.indexOf(kind);
  return rowsOf(first).some((a) =>
    rowsOf(second).some(
      (b) =>
        subject[a] === subject[b] &&
        startMs[a]! < endMs[b]! &&
        startMs[b]! < endMs[a]! &&
        (kindsOf(how[a]!, how[b]!) & bit) !== 0,
    ),
  );
}

/** How far around a conflict other things may make room for one of its sides: they do on its day. */
const AROUND_MS = DAY_MS;

/**
 * Every row of whom and what the conflicts concern, and those who take part in what may make room for them: a repair takes
 * these, and who may stand in for them, and nobody else.
 */
function rowsOfConcerned(wishes: readonly Wish[], facts: RepairFacts): TakingRow[] {
  const { index, rowsOf, standInsOf } = facts;
  const { takings, from, order } = index;
  const subjectsOf = (occurrence: number) => rowsOf(occurrence).map((row) => takings.subject[row]!);
  const concerned = new Set<number>();
  for (const { found } of wishes) {
    for (const subject of [found.first, found.second].flatMap(subjectsOf)) {
      concerned.add(subject);
      visitMeeting(index, subject, found.startMs - AROUND_MS, found.endMs + AROUND_MS, (row) => {
        const occurrence = takings.occurrence[row]!;
        if (facts.isMovable(occurrence)) for (const each of subjectsOf(occurrence)) concerned.add(each);
        return false;
      });
    }
    for (const subject of found.subjects) for (const each of standInsOf?.(subject) ?? []) concerned.add(each);
  }
  return [...concerned]
    .filter((subject) => subject < index.subjects)
    .flatMap((subject) => Array.from(order.subarray(from[subject], from[subject + 1]), (row) => rowAt(index, row)));
}

function factsOver(rows: readonly TakingRow[], facts: RepairFacts): RepairFacts {
  const byOccurrence = Map.groupBy(rows.keys(), (row) => rows[row]!.occurrence);
  const rowsOf = (occurrence: number): readonly number[] => byOccurrence.get(occurrence) ?? [];
  // The rest of what was split stands in nobody's calendar yet: it stays.
  const isMovable = (occurrence: number): boolean => occurrence >= 0 && facts.isMovable(occurrence);
  return { ...facts, index: indexBySubject(takingsOf(rows)), rowsOf, isMovable };
}

const conflictsOf = (index: BySubject, changed: ReadonlySet<number>): readonly Found[] =>
  detect(index, -Infinity, Infinity).found.filter(({ first, second }) => changed.has(first) || changed.has(second));

/** Those of some conflicts that are not among others, by reason and sides: a side that moved may have become the later one. */
function without(some: readonly Found[], others: readonly Found[]): Found[] {
  const keyOf = ({ kind, first, second }: Found) => [kind, ...[first, second].sort((a, b) => a - b)].join(" ");
  const known = new Set(others.map(keyOf));
  return some.filter((found) => !known.has(keyOf(found)));
}
