import { normalise, type Interval } from "@hourwright/time";
import type { StandingClaim } from "./model.ts";

// What the texts of `queries.ts` say: read where they are needed, on a compute thread as well.

export type TakenTime = {
  readonly subjectId: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly role: StandingClaim["role"];
  readonly attends: boolean;
  readonly source: string;
  readonly commitment: string;
  readonly occurrence: string;
};

type TakenColumns = {
  subject: string[];
  start: number[];
  end: number[];
  role: TakenTime["role"][];
  attends: boolean[];
  source: string[];
  commitment: string[];
  occurrence: string[];
};

/** What `takenText` or `takenTexts` has read. About 1 µs a claim. */
export const takenFrom = (texts: readonly string[]): TakenTime[] => texts.flatMap(takenOf);

function takenOf(text: string): TakenTime[] {
  const columns = JSON.parse(text) as TakenColumns | { readonly [Name in keyof TakenColumns]: null };
  if (columns.subject === null) return [];
  return columns.subject.map((subjectId, i) => ({
    subjectId,
    startMs: Math.round(columns.start[i]! * 1_000),
    endMs: Math.round(columns.end[i]! * 1_000),
    role: columns.role[i]!,
    attends: columns.attends[i]!,
    source: columns.source[i]!,
    commitment: columns.commitment[i]!,
    occurrence: columns.occurrence[i]!,
  }));
}

/** What bars a taker who does not insist: each claim with its guard, but for what may be overlapped. */
export type GuardedTime = {
  readonly subjectId: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly guardStartMs: number;
  readonly guardEndMs: number;
  readonly site: string | null;
  readonly source: string;
  readonly commitment: string;
  readonly label: string;
};

type GuardedColumns = { readonly [Name in keyof GuardedTime]: readonly GuardedTime[Name][] };

/** What `guardedText` has read. */
export function guardedFrom(text: string): GuardedTime[] {
  const columns = JSON.parse(text) as GuardedColumns | { readonly subjectId: null };
  if (columns.subjectId === null) return [];
  return columns.subjectId.map((subjectId, i) => ({
    subjectId,
    startMs: columns.startMs[i]!,
    endMs: columns.endMs[i]!,
    guardStartMs: columns.guardStartMs[i]!,
    guardEndMs: columns.guardEndMs[i]!,
    site: columns.site[i]!,
    source: columns.source[i]!,
    commitment: columns.commitment[i]!,
    label: columns.label[i]!,
  }));
}

type OpenColumns = {
  readonly known: readonly string[] | null;
  readonly subject: readonly string[] | null;
  readonly start: readonly number[];
  readonly end: readonly number[];
};

/** What of everybody's open time meets a window, in the form of `openTimeText`. */
export function openTimeTextOf(open: ReadonlyMap<string, readonly Interval[] | null>, window: Interval): string {
  const known = Array.from(open).flatMap(([id, stretches]) => (stretches === null ? [] : [{ id, stretches }]));
  const met = known.flatMap(({ id, stretches }) =>
    stretches
      .filter(({ startMs, endMs }) => startMs < window.endMs && endMs > window.startMs)
      .map((stretch) => ({ id, ...stretch })),
  );
  return JSON.stringify({
    known: known.map(({ id }) => id),
    subject: met.map(({ id }) => id),
    start: met.map(({ startMs }) => startMs / 1_000),
    end: met.map(({ endMs }) => endMs / 1_000),
  } satisfies OpenColumns);
}

/**
 * The stretches in which each subject may be taken, in order, none meeting another. Of whom nobody has ever said when
 * they may be taken is not in it: rooms, outside people.
 */
export function openTimeFrom(texts: readonly string[]): Map<string, readonly Interval[]> {
  const stretches = new Map<string, Interval[]>();
  for (const text of texts) {
    const { known, subject, start, end } = JSON.parse(text) as OpenColumns;
    for (const id of known ?? []) stretches.set(id, []);
    subject?.forEach((id, i) =>
      stretches.get(id)!.push({ startMs: Math.round(start[i]! * 1_000), endMs: Math.round(end[i]! * 1_000) }),
    );
  }
  return new Map([...stretches].map(([id, list]) => [id, normalise(list)]));
}
