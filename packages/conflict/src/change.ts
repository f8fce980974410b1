import type { Interval } from "@hourwright/time";
import type { Found } from "./detect.ts";
import { kindsOf, KIND_IDS } from "./kinds.ts";
import { visitMeeting, type BySubject, type TakingRow } from "./schedule.ts";

// What repairs change, and the one proof of every kind of them.

export type Span = Interval;

/** Somebody or something else takes part instead of a subject; `by` null: nobody does. */
export type Swap = { readonly subject: number; readonly by: number | null };

/** One occurrence as it would be: when, with whom, in how many parts, and where. */
export type Change = {
  readonly occurrence: number;
  /** When it is from then on, also where that is when it is now. */
  readonly startMs: number;
  readonly endMs: number;
  readonly swaps: readonly Swap[];
  /** When the rest of it is, as a thing of its own that takes the same; null: it stays in one part. */
  readonly rest: Span | null;
  /** Whether it is held by its link from then on. */
  readonly isRemote: boolean;
};

/** One occurrence at another time. */
export type Move = { readonly occurrence: number; readonly startMs: number; readonly endMs: number };

/** What may be changed of an occurrence beside its time. Numbers of subjects. */
export type Parts = {
  /** Whom and what it has by invitation: it may be without them, or with others instead. */
  readonly invited: ReadonlySet<number>;
  /** Who of them need not come. */
  readonly optional: ReadonlySet<number>;
  /** Whether there is a link by which it can be held. */
  readonly hasLink: boolean;
  readonly maySplit: boolean;
};

/** What the repairs of a conflict may know and touch. */
export type RepairFacts = {
  readonly index: BySubject;
  /** Every row of an occurrence: whom and what moving it would take. */
  readonly rowsOf: (occurrence: number) => readonly number[];
  readonly titleOf: (occurrence: number) => string;
  /** False for what must stay where and as it is: locked, of somebody else, or the whole day long. */
  readonly isMovable: (occurrence: number) => boolean;
  /** Zone in which days and working hours are meant. */
  readonly zone: string;
  readonly nowMs: number;
  /** When subjects may be taken, by their number: stretches in order that do not meet. Who is not in it, at any time. */
  readonly openTime?: ReadonlyMap<number, readonly Interval[]>;
  /** Whether rules speak against a move, among those who are where `index` says. Left out where there are none. */
  readonly isBarred?: (move: Move, among: Pick<RepairFacts, "index" | "rowsOf">) => boolean;
  /** The same of changes that are more than one move: what goes and what comes on some lines, judged as a whole. */
  readonly areBarred?: (lines: readonly LineChange[], index: BySubject) => boolean;
  /** Left out: nothing but times may be changed. */
  readonly partsOf?: (occurrence: number) => Parts;
  /** Who or what may be taken instead of a subject, the best first. */
  readonly standInsOf?: (subject: number) => readonly number[];
  readonly nameOf?: (subject: number) => string;
};

/** One taking that goes away, or comes, on one line. */
export type LineChange = {
  readonly subject: number;
  readonly gone: TakingRow | null;
  readonly come: TakingRow | null;
};

/** A change of the time alone. */
export const moved = ({ occurrence, startMs, endMs }: Move): Change => ({
  occurrence,
  startMs,
  endMs,
  swaps: [],
  rest: null,
  isRemote: false,
});

/** When an occurrence is. */
export function spanOf(occurrence: number, { index, rowsOf }: Pick<RepairFacts, "index" | "rowsOf">): Span {
  const row = rowsOf(occurrence)[0]!;
  return { startMs: index.takings.startMs[row]!, endMs: index.takings.endMs[row]! };
}

/** The number of what is the rest of an occurrence that was split, as an occurrence and as an event. */
export const restOf = (occurrence: number): number => -1 - occurrence;

/** The occurrence that such a number is the rest of; any other number is its own. */
export const wholeOf = (occurrence: number): number => (occurrence < 0 ? -1 - occurrence : occurrence);

/** Rows as they are once changes are made. O(rows × changes). */
export function rowsAfter(rows: readonly TakingRow[], changes: readonly Change[]): TakingRow[] {
  return changes.reduce<TakingRow[]>(
    (some, change) => some.flatMap((row) => (row.occurrence === change.occurrence ? changedRow(row, change) : [row])),
    [...rows],
  );
}

/** What becomes of one row of the occurrence that a change is of. */
function changedRow(row: TakingRow, { occurrence, startMs, endMs, swaps, rest }: Change): TakingRow[] {
  const swap = swaps.find(({ subject }) => subject === row.subject);
  if (swap?.by === null) return [];
  const changed = { ...row, subject: swap?.by ?? row.subject, startMs, endMs };
  if (rest === null) return [changed];
  return [changed, { ...changed, occurrence: restOf(occurrence), event: restOf(occurrence), ...rest }];
}

/** A row of an index as it is given to one. */
export function rowAt({ takings }: BySubject, row: number): TakingRow {
  return {
    occurrence: takings.occurrence[row]!,
    event: takings.event[row]!,
    subject: takings.subject[row]!,
    startMs: takings.startMs[row]!,
    endMs: takings.endMs[row]!,
    how: takings.how[row]!,
  };
}

/** What an occurrence takes, as rows. */
const takenBy = (occurrence: number, { index, rowsOf }: RepairFacts): TakingRow[] =>
  rowsOf(occurrence).map((row) => rowAt(index, row));

/**
 * Whether changes may be made together: of what may be changed, ahead of now, everyone and everything free whom they take anew,
 * and against no rule. O(takers × log n), and what the rules take.
 */
export function mayBeMade(changes: readonly Change[], facts: RepairFacts): boolean {
  return (
    changes.every(({ occurrence, startMs }) => facts.isMovable(occurrence) && startMs >= facts.nowMs) &&
    areFree(changes, facts) &&
    !areAgainstRules(changes, facts)
  );
}

/** Whether nobody and nothing is taken anew where something else stands, or two of the changes would. */
function areFree(changes: readonly Change[], facts: RepairFacts): boolean {
  const { index } = facts;
  const { event, occurrence } = index.takings;
  const changed = new Set(changes.map((change) => change.occurrence));
  const [all, anew]: [TakingRow[], TakingRow[]] = [[], []];
  for (const change of changes) {
    const before = takenBy(change.occurrence, facts);
    const after = before.flatMap((row) => changedRow(row, change));
    all.push(...after);
    anew.push(...after.filter((row) => !before.some((each) => isSameTaking(each, row))));
  }
  const standsInTheWay = (row: TakingRow): boolean =>
    visitMeeting(
      index,
      row.subject,
      row.startMs,
      row.endMs,
      (met) => event[met] !== row.event && !changed.has(occurrence[met]!),
    );
  const meets = (one: TakingRow, other: TakingRow): boolean =>
    one.subject === other.subject &&
    one.event !== other.event &&
    one.startMs < other.endMs &&
    other.startMs < one.endMs;
  return !anew.some((row) => standsInTheWay(row) || all.some((other) => meets(row, other)));
}

/** Somebody who is taken by a thing at a time may stay so, whatever else clashes with it. */
const isSameTaking = (one: TakingRow, other: TakingRow): boolean =>
  one.subject === other.subject &&
  one.event === other.event &&
  one.startMs === other.startMs &&
  one.endMs === other.endMs;

function areAgainstRules(changes: readonly Change[], facts: RepairFacts): boolean {
  const [first] = changes;
  if (changes.length === 1 && first!.swaps.length === 0 && first!.rest === null) {
    return facts.isBarred?.(first!, facts) === true;
  }
  return facts.areBarred?.(linesOf(changes, facts), facts.index) === true;
}

/** What goes and comes with changes. */
function linesOf(changes: readonly Change[], facts: RepairFacts): LineChange[] {
  return changes.flatMap((change) =>
    takenBy(change.occurrence, facts).flatMap((row): LineChange[] => {
      const gone = { subject: row.subject, gone: row, come: null };
      const come = changedRow(row, change).map((each) => ({ subject: each.subject, gone: null, come: each }));
      const [own] = come;
      // Who stays is judged by what changes for them, not by what ends and what begins.
      return own?.subject === row.subject ? [{ ...own, gone: row }, ...come.slice(1)] : [gone, ...come];
    }),
  );
}

/** Whether the two of a conflict would clash for its reason no more. */
export function isSolvedBy({ kind, first, second }: Found, changes: readonly Change[], facts: RepairFacts): boolean {
  const bit = 1 << KIND_IDS.indexOf(kind);
  const [one, other] = [first, second].map((side) => rowsAfter(takenBy(side, facts), changes));
  return !one!.some((a) =>
    other!.some(
      (b) =>
        a.subject === b.subject && a.startMs < b.endMs && b.startMs < a.endMs && (kindsOf(a.how, b.how) & bit) !== 0,
    ),
  );
}
