import type { Interval } from "@hourwright/time";
import { ATTENDS, NEEDS, OWN, scheduleOf, type BySubject } from "@hourwright/conflict";
import { takenFrom, type TakenTime } from "../claims/pure.ts";

/** One date of one commitment, whoever's time it takes. */
export type CommitmentDate = {
  readonly source: string;
  readonly commitment: string;
  readonly occurrence: string;
  readonly startMs: number;
  readonly endMs: number;
};

/** What names a date, with when it is. */
export const keyOfDate = ({ source, commitment, occurrence, startMs, endMs }: CommitmentDate): string =>
  [source, commitment, occurrence, startMs, endMs].join("\n");

/** What names a commitment, whichever of its dates. */
export const keyOfCommitment = ({ source, commitment }: Pick<CommitmentDate, "source" | "commitment">): string =>
  `${source}\n${commitment}`;

/** A date alone, of something that holds more: for what is sent to another thread, or kept. */
export const dateOf = ({ source, commitment, occurrence, startMs, endMs }: CommitmentDate): CommitmentDate => ({
  source,
  commitment,
  occurrence,
  startMs,
  endMs,
});

/** Who is where in a window: the index that detection and repairs ask, and what its numbers mean. */
export type Situation = {
  readonly index: BySubject;
  readonly dates: readonly CommitmentDate[];
  readonly subjects: readonly string[];
  readonly rowsOf: (date: number) => readonly number[];
};

/** Claims of one detection. */
export const CLAIMS_MAX = 200_000;

/** Repairs look so far around a conflict for free time. */
export const AROUND_MS = 16 * 86_400_000;

/** What `takenTexts` has read, with its dates in the same order whatever else was read with them. */
export const situationIn = (taken: readonly string[]): Situation => situationFrom(takenFrom(taken).sort(inOrder));

/** Numbers dates as they come, and subjects: first those that are given, whether anything takes them or not. O(n log n). */
export function situationFrom(taken: readonly TakenTime[], first: readonly string[] = []): Situation {
  const { index, subjects, firsts, rowsOf } = scheduleOf(
    taken.map((each) => ({
      thing: `${each.source}\n${each.commitment}\n${each.occurrence}`,
      subject: each.subjectId,
      startMs: each.startMs,
      endMs: each.endMs,
      how: howOf(each),
    })),
    first,
  );
  return { index, subjects, rowsOf, dates: firsts.map((row) => taken[row]!) };
}

/** The same situation, with numbers for more subjects, whom nothing may take. */
export function withSubjects(situation: Situation, ids: Iterable<string>): Situation {
  const known = new Set(situation.subjects);
  return { ...situation, subjects: [...situation.subjects, ...new Set(ids).difference(known)] };
}

function inOrder(one: TakenTime, other: TakenTime): number {
  return (
    one.startMs - other.startMs ||
    one.endMs - other.endMs ||
    compare(one.commitment, other.commitment) ||
    compare(one.occurrence, other.occurrence) ||
    compare(one.source, other.source)
  );
}

const compare = (one: string, other: string): number => (one < other ? -1 : one === other ? 0 : 1);

/** When the subjects of a situation may be taken, by their numbers. */
export function openTimeOf(
  { subjects }: Situation,
  openTime: ReadonlyMap<string, readonly Interval[]>,
): Map<number, readonly Interval[]> {
  const numbered = subjects.flatMap((id, number) => {
    const stretches = openTime.get(id);
    return stretches === undefined ? [] : [[number, stretches] as const];
  });
  return new Map(numbered);
}

/** How a claim takes its subject, as `packages/conflict` has it. */
export function howOf({ role, attends }: Pick<TakenTime, "role" | "attends">): number {
  if (role === "resource") return NEEDS;
  return (role === "owner" ? OWN : 0) | (attends ? ATTENDS : 0);
}
