import { explanationOf, kinds, suggestRepairs, type Found } from "@hourwright/conflict";
import { DAY_MS } from "@hourwright/time";
import type { Question } from "./arguments.ts";
import type { FileDate, FileSchedule } from "./schedule.ts";

/** A conflict as the command prints it, and as the API does but for ids. */
export type ShownConflict = {
  readonly kind: string;
  readonly start: string;
  readonly end: string;
  readonly subjects: readonly string[];
  readonly events: readonly {
    readonly uid: string;
    readonly recurrenceId: string | null;
    readonly start: string;
    readonly end: string;
    readonly calendar: string;
    readonly summary: string;
  }[];
  readonly severity: string;
  readonly explanation: string;
  readonly repairs: readonly {
    readonly what: string;
    readonly why: string;
    readonly confidence: number;
    readonly moves: readonly ShownMove[];
  }[];
};

type ShownMove = {
  readonly uid: string;
  readonly recurrenceId?: string;
  readonly start: string;
  readonly end: string;
};

const REPAIRS = 5;

export function shownConflict(
  found: Found,
  { index, rowsOf, dateOf, nameOf }: FileSchedule,
  { zone, nowMs }: Question,
): ShownConflict {
  const sides = [dateOf(found.first, found.subjects[0]), dateOf(found.second, found.subjects[0])] as const;
  const [first, second] = sides.map((date) => ({ ...date, title: titleOf(date) })) as [FileDate, FileDate];
  // The one person of all files is named by the calendars in which the two events lie.
  const calendars = [first.calendar, second.calendar];
  const names = [...new Set(found.subjects.flatMap((subject) => nameOf(subject) ?? calendars))];
  const repairs = suggestRepairs(
    found,
    {
      index,
      rowsOf,
      titleOf: (occurrence) => titleOf(dateOf(occurrence)),
      isMovable: (occurrence) => !dateOf(occurrence).allDay,
      zone: zone.id,
      // What is over is repaired as if it were still to come: a list of the past is asked for on purpose.
      nowMs: Math.min(nowMs, found.startMs - DAY_MS),
    },
    REPAIRS,
  );
  return {
    kind: found.kind,
    start: instantText(found.startMs),
    end: instantText(found.endMs),
    subjects: names,
    events: sides.map(({ uid, recurrenceId, startMs, endMs, calendar, title }) => {
      return { uid, recurrenceId, start: instantText(startMs), end: instantText(endMs), calendar, summary: title };
    }),
    severity: kinds[found.kind].severity,
    explanation: explanationOf(found, names, { first, second, zone: zone.id }),
    repairs: repairs.map(({ what, why, confidence, moves }) => ({
      what,
      why,
      confidence,
      moves: moves.map(({ occurrence, startMs, endMs }) => shownMove(dateOf(occurrence), startMs, endMs)),
    })),
  };
}

const titleOf = ({ title }: FileDate): string => title || "Untitled";

function shownMove({ uid, recurrenceId }: FileDate, startMs: number, endMs: number): ShownMove {
  const times = { start: instantText(startMs), end: instantText(endMs) };
  return recurrenceId === null ? { uid, ...times } : { uid, recurrenceId, ...times };
}

const instantText = (ms: number): string => Temporal.Instant.fromEpochMilliseconds(ms).toString();

/** A conflict for people: its sentence, and what would help most. */
export function conflictText({ explanation, repairs: [best] }: ShownConflict): string {
  const repair = best === undefined ? "No repair was found within 14 days." : `→ ${best.what}. ${best.why}`;
  return `${explanation}\n  ${repair}\n`;
}
