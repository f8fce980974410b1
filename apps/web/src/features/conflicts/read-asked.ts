import { readWords, vocabularyOf, type LanguageName, type Situation } from "@hourwright/language";
import { dateOf, startOfWeek, type Weekday } from "@hourwright/time";
import type { NewTimes } from "../../data/edits.ts";
import { instantOfWall, wallClockOf, wallMs } from "../../data/wall-clock.ts";

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** Who is meant is known: the words say when. */
const NO_NAMES = vocabularyOf({ people: [], resources: [] });
/** The hours in which "at 3" is looked for first. */
const WORKING_HOURS = { fromMinute: 8 * 60, toMinute: 18 * 60 };

/** What is known where somebody asks why an event is not at another time. */
export type Asking = {
  readonly zone: string;
  readonly locale: LanguageName;
  readonly firstWeekday: number;
  readonly today: { readonly epochDay: number; readonly minute: number };
  /** When the event is. */
  readonly startMs: number;
  readonly endMs: number;
};

type Timed = Extract<NewTimes, { allDay: false }>;

/**
 * The time that “why not Thu 25 at 17:00?” asks about: what is not said stays as it is, the day, the time of day, the length; a
 * weekday is that of the event's week, as far as that is to come. Null where neither a day nor a time is said, and where figures
 * are left over that say neither (“Thu 15:00–14:00”): another time than was meant is no answer.
 */
export function readAsked(text: string, asking: Asking): Timed | null {
  const { zone, startMs, endMs, today, firstWeekday } = asking;
  const wall = wallMs(wallClockOf(zone, dateOf(Math.floor(startMs / DAY_MS)).year), startMs);
  const day = Math.floor(wall / DAY_MS);
  const read = (from: number) => readWords(text.replace(/[?？\s]+$/u, ""), situationOf(asking, from, day));
  const week = Math.max(today.epochDay, startOfWeek(day, firstWeekday as Weekday));
  // What means the same a day earlier is a weekday or a date; what does not ("tomorrow") counts from today.
  const [inWeek, before] = [read(week), read(week - 1)];
  const { parts, meaning } = inWeek.meaning.fromDay === before.meaning.fromDay ? inWeek : read(today.epochDay);
  if (!parts.some(({ kind }) => kind === "day" || kind === "range" || kind === "time")) return null;
  if (parts.some((part) => part.kind === "title" && /\d/.test(part.title))) return null;
  const minute = meaning.startMinute ?? wall / MINUTE_MS - day * 1_440;
  const clock = wallClockOf(zone, dateOf(meaning.fromDay).year);
  const from = instantOfWall(clock, meaning.fromDay * DAY_MS + minute * MINUTE_MS);
  const lengthMs = meaning.startMinute === null ? endMs - startMs : meaning.minutes * MINUTE_MS;
  return { allDay: false, startMs: from, endMs: from + lengthMs };
}

function situationOf({ locale, firstWeekday, today, startMs, endMs }: Asking, from: number, day: number): Situation {
  return {
    today: from,
    nowMinute: from === today.epochDay ? today.minute : 0,
    selectedDay: day,
    firstWeekday: firstWeekday as Weekday,
    locale,
    isDayFirst: true,
    vocabulary: NO_NAMES,
    workingHours: WORKING_HOURS,
    defaultMinutes: (endMs - startMs) / MINUTE_MS,
  };
}
