import { ATTENDS, NEEDS, OWN, scheduleOf, type NamedSchedule, type NamedTaking } from "@hourwright/conflict";
import {
  instancesOf,
  QUESTION_STEPS_MAX,
  type CalendarObject,
  type Instance,
  type ReadCalendar,
} from "@hourwright/ical";
import { DAY_MS, EPOCH_END_MS, EPOCH_MIN_MS, type StepBudget } from "@hourwright/time";
import type { Question } from "./arguments.ts";

/** One file, read: a calendar, and by its name a person. */
export type CalendarFile = { readonly name: string; readonly read: ReadCalendar };

/** One date of one event, as a file has it. */
export type FileDate = {
  readonly uid: string;
  readonly recurrenceId: string | null;
  readonly title: string;
  readonly calendar: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly allDay: boolean;
};

/** Who is where, and what the numbers of the schedule mean. */
export type FileSchedule = Omit<NamedSchedule, "firsts" | "subjects"> & {
  /** An address; the name of a file's calendar for its person; null for the one person of all files. */
  readonly nameOf: (subject: number) => string | null;
  /** As the calendar of the subject has it, when one is named and several calendars have the date. */
  readonly dateOf: (occurrence: number, subject?: number) => FileDate;
  /** Events whose dates were not looked at, in words. */
  readonly remarks: readonly string[];
};

/** Repairs look a day back and a fortnight ahead of a conflict: what lies there is in their way. */
const BACK_MS = DAY_MS;
const AHEAD_MS = 16 * DAY_MS;
/** What ends beyond the year 2199 goes on for ever, for us. */
const EVER_MS = Temporal.Instant.from("2200-01-01T00:00Z").epochMilliseconds;

/** What a person's own calendar is called among the subjects; addresses hold no blank. */
const OWNER = "owner ";
/** The one person whose calendars all files are. */
const OWNER_OF_ALL = `${OWNER}of all`;
const PERSON = "person ";
const THING = "thing ";

/** Steps of expansion that one event may take, and all of one run: some 5,000 series that recur every day of a year. */
const STEPS_OF_EVENT = QUESTION_STEPS_MAX;
const STEPS_OF_RUN = 2_000_000;

type Taking = NamedTaking & { readonly date: FileDate; readonly sequence: number };

/** The person of each file by their own calendar, people by address, rooms and things by address. */
export function scheduleOfFiles(files: readonly CalendarFile[], question: Question): FileSchedule {
  const remarks: string[] = [];
  const budget: StepBudget = { each: STEPS_OF_EVENT, left: STEPS_OF_RUN };
  const takings = files.flatMap((file, number) => {
    const owner = question.perFile ? `${OWNER}${number}` : OWNER_OF_ALL;
    return file.read.objects.flatMap((object) => takingsOf(object, { file, owner, question, budget, remarks }));
  });
  const kept = eachOnce(takings);
  const { firsts, index, subjects, rowsOf } = scheduleOf(kept);
  const dateOf = (occurrence: number, subject?: number): FileDate => {
    const own = rowsOf(occurrence).find((row) => index.takings.subject[row] === subject);
    return kept[own ?? firsts[occurrence]!]!.date;
  };
  const nameOf = (subject: number): string | null => {
    const name = subjects[subject]!;
    if (name === OWNER_OF_ALL) return null;
    const rest = name.slice(name.indexOf(" ") + 1);
    return name.startsWith(OWNER) ? files[Number(rest)]!.name : rest;
  };
  return { index, rowsOf, dateOf, nameOf, remarks };
}

/** The same event in several files takes a subject once: as the copy with the higher SEQUENCE says, else the last. */
function eachOnce(takings: readonly Taking[]): Taking[] {
  const kept = new Map<string, Taking>();
  for (const taking of takings) {
    const key = `${taking.subject}\n${taking.thing}`;
    const before = kept.get(key);
    if (before === undefined || taking.sequence >= before.sequence) kept.set(key, taking);
  }
  return [...kept.values()];
}

type Place = {
  readonly file: CalendarFile;
  readonly owner: string;
  readonly question: Question;
  readonly budget: StepBudget;
  readonly remarks: string[];
};

function takingsOf(object: CalendarObject, { file, owner, question, budget, remarks }: Place): Taking[] {
  const first = object.master ?? object.overrides[0];
  if (first === undefined) return [];
  const range = {
    fromMs: Math.max(question.fromMs - BACK_MS, EPOCH_MIN_MS),
    toMs: Math.min((isEndless(object) ? question.endlessToMs : question.toMs) + AHEAD_MS, EPOCH_END_MS),
    floatingZone: question.zone,
  };
  const { instances, refused } = instancesOf(object, range, budget);
  if (refused !== null) {
    remarks.push(`${file.name}: “${first.summary}” recurs too often to be looked at.`);
    return []; // A part of a hundred thousand dates would cost more than all others, and clash with everything.
  }
  const sequence = Math.max(...[first, ...object.overrides].map((view) => view.sequence));
  return instances.filter(isBusy).flatMap((instance) => {
    const { startMs, endMs, allDay, recurrenceId, view } = instance;
    const { uid } = object;
    const date = { uid, recurrenceId, title: view.summary, calendar: file.name, startMs, endMs, allDay };
    const thing = `${uid}\n${recurrenceId ?? ""}`;
    return [...subjectsOf(instance, owner)].map(([subject, how]) => {
      return { thing, subject, startMs, endMs, how, date, sequence };
    });
  });
}

function isEndless({ master }: CalendarObject): boolean {
  return (
    master !== null &&
    master.rrules.some(({ count, until }) => count === null && (until?.localMs ?? EVER_MS) >= EVER_MS)
  );
}

const isBusy = ({ startMs, endMs, view }: Instance): boolean =>
  endMs > startMs && view.transparency !== "TRANSPARENT" && view.status !== "CANCELLED";

/** Whom and what one occurrence takes, each once. A whole day takes things alone. */
function subjectsOf({ view, allDay }: Instance, owner: string): Map<string, number> {
  const taken = new Map<string, number>(allDay ? [] : [[owner, OWN]]);
  for (const { address, kind, participation } of view.attendees) {
    const isThing = kind === "ROOM" || kind === "RESOURCE";
    if (participation === "DECLINED" || (allDay && !isThing)) continue;
    taken.set(`${isThing ? THING : PERSON}${address}`, isThing ? NEEDS : ATTENDS);
  }
  return taken;
}
