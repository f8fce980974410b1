import { assert } from "@hourwright/std";

/** How an occurrence takes a subject: it lies in their own calendar, they attend it, or it needs the thing. Bits. */
export const OWN = 1;
export const ATTENDS = 2;
export const NEEDS = 4;

/**
 * Who is where, when: columns, one row for each subject that an occurrence takes.
 *
 * `occurrence` and `subject` index lists that the caller keeps; `startMs` and `endMs` are epoch milliseconds, half-open,
 * of positive length; `how` is a mask of `OWN`, `ATTENDS`, `NEEDS`. `event` says which rows are one and the same thing
 * (same UID and recurrence id, in however many calendars): a thing never conflicts with itself.
 */
export type Takings = {
  readonly count: number;
  readonly occurrence: Int32Array;
  readonly event: Int32Array;
  readonly subject: Int32Array;
  readonly startMs: Float64Array;
  readonly endMs: Float64Array;
  readonly how: Uint8Array;
};

export type TakingRow = {
  readonly occurrence: number;
  readonly event: number;
  readonly subject: number;
  readonly startMs: number;
  readonly endMs: number;
  readonly how: number;
};

/** Rows as columns. O(n). */
export function takingsOf(rows: readonly TakingRow[]): Takings {
  const count = rows.length;
  const takings = {
    count,
    occurrence: new Int32Array(count),
    event: new Int32Array(count),
    subject: new Int32Array(count),
    startMs: new Float64Array(count),
    endMs: new Float64Array(count),
    how: new Uint8Array(count),
  };
  for (let i = 0; i < count; i++) {
    const row = rows[i]!;
    assert(row.startMs < row.endMs, `an occurrence takes time: ${row.startMs} to ${row.endMs}`);
    takings.occurrence[i] = row.occurrence;
    takings.event[i] = row.event;
    takings.subject[i] = row.subject;
    takings.startMs[i] = row.startMs;
    takings.endMs[i] = row.endMs;
    takings.how[i] = row.how;
  }
  return takings;
}

/** The rows of each subject, sorted by start: `order[from[s] … from[s + 1])`. The index that everything asks. */
export type BySubject = {
  readonly takings: Takings;
  readonly subjects: number;
  readonly from: Int32Array;
  readonly order: Int32Array;
  /** For each place in `order`: the latest end among the rows of this subject up to there. */
  readonly endsUpTo: Float64Array;
};

/** Sorts the rows by subject, then start. O(n log n); 10,000 rows take about 2 ms. */
export function indexBySubject(takings: Takings): BySubject {
  const { count, subject, startMs, endMs } = takings;
  let subjects = 0;
  for (let i = 0; i < count; i++) subjects = Math.max(subjects, subject[i]! + 1);

  const order = new Int32Array(count);
  for (let i = 0; i < count; i++) order[i] = i;
  order.sort((a, b) => subject[a]! - subject[b]! || startMs[a]! - startMs[b]! || endMs[a]! - endMs[b]! || a - b);

  const from = new Int32Array(subjects + 1);
  for (let i = 0; i < count; i++) from[subject[i]! + 1]!++;
  for (let s = 0; s < subjects; s++) from[s + 1]! += from[s]!;

  const endsUpTo = new Float64Array(count);
  for (let s = 0; s < subjects; s++) {
    let latest = -Infinity;
    for (let at = from[s]!; at < from[s + 1]!; at++) {
      latest = Math.max(latest, endMs[order[at]!]!);
      endsUpTo[at] = latest;
    }
  }
  return { takings, subjects, from, order, endsUpTo };
}

/**
 * Calls `visit` with each row of `subject` that shares time with `[startMs, endMs)`, latest start first; `visit` ends
 * the walk by returning true. Returns whether it was ended. O(log n + rows walked).
 */
export function visitMeeting(
  index: BySubject,
  subject: number,
  startMs: number,
  endMs: number,
  visit: (row: number) => boolean,
): boolean {
  if (subject >= index.subjects) return false;
  const { takings, order, endsUpTo } = index;
  const first = index.from[subject]!;
  let low = first;
  let high = index.from[subject + 1]!;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (takings.startMs[order[middle]!]! < endMs) low = middle + 1;
    else high = middle;
  }
  // Nothing before a place where the latest end is past can still reach into the window.
  for (let at = low - 1; at >= first && endsUpTo[at]! > startMs; at--) {
    const row = order[at]!;
    if (takings.endMs[row]! > startMs && visit(row)) return true;
  }
  return false;
}
