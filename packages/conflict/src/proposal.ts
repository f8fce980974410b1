import { detect, type Found } from "./detect.ts";
import { kindsOf, KIND_IDS } from "./kinds.ts";
import { isStillFree, suggestRepairs, type Move, type Repair, type RepairFacts } from "./repair.ts";
import { indexBySubject, takingsOf, type BySubject, type TakingRow } from "./schedule.ts";

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
  const rows = rowsOfConcerned(wishes, facts);
  const now = factsOver(rows, facts);
  const moved = new Map<number, Move>();
  let copy = now;
  const steps = wishes.map((wish): Step => {
    const step = stepOf(wish, now, copy, moved);
    for (const move of step.repair?.moves ?? []) moved.set(move.occurrence, move);
    if (step.repair !== null) copy = factsOver(rows.map(movedBy(moved)), facts);
    return step;
  });
  const [before, after] = [conflictsOf(now.index, moved), conflictsOf(copy.index, moved)];
  return { steps, solved: without(before, after), made: without(after, before) };
}

function stepOf({ found, choose }: Wish, now: RepairFacts, copy: RepairFacts, moved: ReadonlyMap<number, Move>): Step {
  if (!isClash(found, copy)) return { state: "solved", repair: null };
  const offered = suggestRepairs(found, copy, REPAIRS_LOOKED_AT);
  // What was moved already is repaired from where it is now: an offer from before would move it back.
  const isWhereItWas = !moved.has(found.first) && !moved.has(found.second);
  const wanted = (isWhereItWas ? choose(suggestRepairs(found, now, REPAIRS_LOOKED_AT)) : undefined) ?? choose(offered);
  if (wanted !== undefined && wanted.moves.every((move) => isStillFree(move, copy)))
    return { state: "ready", repair: wanted };
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

/** Every row of whom and what the conflicts concern: a repair moves one of their two sides, and takes nobody else. */
function rowsOfConcerned(wishes: readonly Wish[], { index, rowsOf }: RepairFacts): TakingRow[] {
  const { takings, from, order } = index;
  const sides = new Set(wishes.flatMap(({ found }) => [found.first, found.second]));
  const subjects = new Set([...sides].flatMap((side) => rowsOf(side).map((row) => takings.subject[row]!)));
  return [...subjects].flatMap((subject) =>
    Array.from(order.subarray(from[subject], from[subject + 1]), (row) => ({
      occurrence: takings.occurrence[row]!,
      event: takings.event[row]!,
      subject,
      startMs: takings.startMs[row]!,
      endMs: takings.endMs[row]!,
      how: takings.how[row]!,
    })),
  );
}

function factsOver(rows: readonly TakingRow[], facts: RepairFacts): RepairFacts {
  const byOccurrence = Map.groupBy(rows.keys(), (row) => rows[row]!.occurrence);
  const rowsOf = (occurrence: number): readonly number[] => byOccurrence.get(occurrence) ?? [];
  return { ...facts, index: indexBySubject(takingsOf(rows)), rowsOf };
}

const movedBy =
  (moved: ReadonlyMap<number, Move>) =>
  (row: TakingRow): TakingRow => ({ ...row, ...moved.get(row.occurrence) });

const conflictsOf = (index: BySubject, moved: ReadonlyMap<number, Move>): readonly Found[] =>
  detect(index, -Infinity, Infinity).found.filter(({ first, second }) => moved.has(first) || moved.has(second));

/** Those of some conflicts that are not among others, by reason and sides: a side that moved may have become the later one. */
function without(some: readonly Found[], others: readonly Found[]): Found[] {
  const keyOf = ({ kind, first, second }: Found) => [kind, ...[first, second].sort((a, b) => a - b)].join(" ");
  const known = new Set(others.map(keyOf));
  return some.filter((found) => !known.has(keyOf(found)));
}
