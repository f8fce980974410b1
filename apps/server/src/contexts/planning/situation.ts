import { ATTENDS, indexBySubject, NEEDS, OWN, takingsOf, type BySubject, type TakingRow } from "@hourwright/conflict";
import type { Unit } from "../../platform/db/database.ts";
import { takenTime, type TakenTime } from "../claims/public.ts";

/** One date of one commitment, whoever's time it takes. */
export type CommitmentDate = {
  readonly source: string;
  readonly commitment: string;
  readonly occurrence: string;
  readonly startMs: number;
  readonly endMs: number;
};

/** Who is where in a window: the index that detection and repairs ask, and what its numbers mean. */
export type Situation = {
  readonly index: BySubject;
  readonly dates: readonly CommitmentDate[];
  readonly subjects: readonly string[];
  readonly rowsOf: (date: number) => readonly number[];
};

export const CLAIMS_MAX = 200_000;

/** Repairs look so far around a conflict for free time. */
export const AROUND_MS = 16 * 86_400_000;

export async function situationOf(
  unit: Unit,
  subjects: readonly string[] | null,
  fromMs: number,
  toMs: number,
): Promise<Situation> {
  return situationFrom(await takenTime(unit, subjects, fromMs, toMs, CLAIMS_MAX));
}

/** Numbers subjects and dates. O(n). */
export function situationFrom(taken: readonly TakenTime[]): Situation {
  const dates: CommitmentDate[] = [];
  const subjects: string[] = [];
  const dateNumbers = new Map<string, number>();
  const eventNumbers = new Map<string, number>();
  const subjectNumbers = new Map<string, number>();
  const rowsOfDate: number[][] = [];
  const rows: TakingRow[] = taken.map((each, i) => {
    const thing = `${each.source} ${each.commitment} ${each.occurrence}`;
    const event = numberOf(eventNumbers, thing, () => {});
    const date = numberOf(dateNumbers, `${thing} ${each.startMs} ${each.endMs}`, () => {
      dates.push(each);
      rowsOfDate.push([]);
    });
    const subject = numberOf(subjectNumbers, each.subjectId, () => subjects.push(each.subjectId));
    rowsOfDate[date]!.push(i);
    return { occurrence: date, event, subject, startMs: each.startMs, endMs: each.endMs, how: howOf(each) };
  });
  return { index: indexBySubject(takingsOf(rows)), dates, subjects, rowsOf: (date) => rowsOfDate[date] ?? [] };
}

function numberOf(numbers: Map<string, number>, key: string, onNew: () => void): number {
  const known = numbers.get(key);
  if (known !== undefined) return known;
  onNew();
  numbers.set(key, numbers.size);
  return numbers.size - 1;
}

function howOf({ role, attends }: TakenTime): number {
  if (role === "resource") return NEEDS;
  return (role === "owner" ? OWN : 0) | (attends ? ATTENDS : 0);
}
