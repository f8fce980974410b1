import { createHash } from "node:crypto";
import { dayOf, startOfDay, weekOf } from "@hourwright/conflict";
import type { PluginQuestion } from "@hourwright/plugin";
import { DAY_MS, findZone, UTC, type Interval } from "@hourwright/time";
import { openTimeFrom } from "../../claims/pure.ts";
import type { Book } from "../rules/book.ts";
import { isAboutSkills, isOfCollection } from "../rules/decide.ts";
import { traitsIn } from "../rules/scene.ts";
import { dateOf, situationIn } from "../situation.ts";

// What plug-ins are asked about, made on a compute thread: each person's time as one question.

export type LinesInput = {
  /** `takenTexts` and `openTimeTexts` of claims. */
  readonly taken: readonly string[];
  readonly openTime: readonly string[];
  readonly book: Book;
  readonly fromMs: number;
  readonly toMs: number;
};

/** One person's time. Texts, so that the event loop unpacks one line at a time. */
export type PluginLine = {
  readonly subjectId: string;
  /** A `PluginQuestion` without its values, as JSON. */
  readonly question: string;
  /** A hash of it: what was answered once is answered so again. */
  readonly key: string;
  /** The `CommitmentDate`s of what is taken, in the same order, as JSON. */
  readonly dates: string;
};

/** `isCut`: more people, or more on one line, than plug-ins are asked about. */
export type Lines = { readonly lines: readonly PluginLine[]; readonly isCut: boolean };

/** People whose time is asked about in one answer, in the order of their ids. */
const LINES_MAX = 500;
/** About half a megabyte of a question, which may have four. */
const TAKEN_OF_LINE_MAX = 4_000;
/** A longer window is asked about from its start. */
const DAYS_MAX = 400;
/** From here on nothing more is asked about: what is sent between threads is copied. */
const TEXT_MAX = 32_000_000;

/** The time of everybody of the house by whom something is taken in a window. */
export async function* linesTask(input: LinesInput): AsyncGenerator<never, Lines> {
  const { book, fromMs } = input;
  const part = { startMs: fromMs, endMs: Math.min(input.toMs, fromMs + DAYS_MAX * DAY_MS) };
  const situation = situationIn(input.taken);
  const { index, subjects, dates } = situation;
  const openTime = openTimeFrom(input.openTime);
  const traitsOf = traitsIn(situation, book);
  const skillsNeeded = skillsNeededIn(book);
  const people = new Map(book.holders.filter(({ kind }) => kind === "person").map((holder) => [holder.id, holder]));
  const { takings } = index;
  const rows = Map.groupBy(takings.subject.keys(), (row) => takings.subject[row]!);
  const calendars = new Map<string, Calendar>();
  const calendarOf = (zone: string): Calendar => {
    const known = calendars.get(zone) ?? calendarIn(zone, part, book);
    calendars.set(zone, known);
    return known;
  };

  const lines: PluginLine[] = [];
  let [isCut, size] = [part.endMs < input.toMs, 0];
  const inOrder = [...rows.keys()].filter((subject) => people.has(subjects[subject]!)).sort(byId(subjects));
  for (const subject of inOrder) {
    const { id, zone } = people.get(subjects[subject]!)!;
    const { around, days } = calendarOf(zone);
    const own = rows
      .get(subject)!
      .filter((row) => takings.startMs[row]! < around.endMs && takings.endMs[row]! > around.startMs)
      .sort((a, b) => takings.startMs[a]! - takings.startMs[b]! || takings.endMs[a]! - takings.endMs[b]!);
    const isInPart = (row: number) => takings.startMs[row]! < part.endMs && takings.endMs[row]! > part.startMs;
    if (!own.some(isInPart)) continue;
    if (lines.length === LINES_MAX || size > TEXT_MAX) return { lines, isCut: true };
    if (own.length > TAKEN_OF_LINE_MAX) {
      isCut = true;
      continue;
    }
    const question: Omit<PluginQuestion, "values"> = {
      part,
      taken: own.map((row) => {
        const { site, isFocus, guests, collections } = traitsOf(takings.occurrence[row]!);
        const skills = skillsNeeded(collections);
        return { startMs: takings.startMs[row]!, endMs: takings.endMs[row]!, site, isFocus, guests, skills };
      }),
      open: openTime.get(id)?.filter(({ startMs, endMs }) => startMs < around.endMs && endMs > around.startMs) ?? null,
      days,
      zone,
    };
    const text = JSON.stringify(question);
    const line = {
      subjectId: id,
      question: text,
      key: createHash("sha256").update(text).digest("base64"),
      dates: JSON.stringify(own.map((row) => dateOf(dates[takings.occurrence[row]!]!))),
    };
    size += line.question.length + line.dates.length;
    lines.push(line);
  }
  return { lines, isCut };
}

/** What rules of the calendars and services in which something lies need of whoever does it, by name. */
function skillsNeededIn({ rules, named, collections }: Book): (lying: readonly number[]) => string[] {
  const names = new Map(named.map(({ id, name }) => [id, name]));
  const needing = rules.filter((rule) => isAboutSkills(rule) && isOfCollection(rule));
  return (lying) => {
    const ids = new Set(lying.map((number) => collections[number]!.id));
    const own = needing.filter(({ holderId }) => ids.has(holderId!));
    return [...new Set(own.flatMap(({ namedIds }) => namedIds.flatMap((id) => names.get(id) ?? [])))];
  };
}

const byId = (subjects: readonly string[]) => (a: number, b: number) => (subjects[a]! < subjects[b]! ? -1 : 1);

type Calendar = { readonly around: Interval; readonly days: PluginQuestion["days"] };

/** The whole weeks that a part touches, as a zone has them. */
function calendarIn(zoneId: string, part: Interval, { firstWeekday, holidays }: Book): Calendar {
  const zone = findZone(zoneId) ?? UTC;
  const free = new Set(holidays);
  const first = weekOf(dayOf(part.startMs, zone), firstWeekday);
  const last = weekOf(dayOf(part.endMs - 1, zone), firstWeekday) + 7;
  const days = Array.from({ length: last - first }, (_, i) => ({
    startMs: startOfDay(first + i, zone),
    endMs: startOfDay(first + i + 1, zone),
    isHoliday: free.has(first + i),
  }));
  return { around: { startMs: days[0]!.startMs, endMs: days.at(-1)!.endMs }, days };
}
