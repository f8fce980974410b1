import type { Answer } from "@hourwright/client";
import { dayNumber } from "@hourwright/time";
import { parseDate } from "@hourwright/timeline";
import type { Messages } from "../messages/en.ts";
import type { Formats } from "../messages/format.ts";
import type { Breach, Constraint, Parameter, Rule } from "./rules.ts";

// Rules in the reader's language: by the id of their constraint, or in the server's words where the page knows none.

export type Broken = Answer<"conflicts.whyNot">["rules"][number];
type Language = { readonly words: Messages; readonly format: Formats };
type ConstraintWords = Messages["rules"]["constraints"][keyof Messages["rules"]["constraints"]];
/** The numbers that the words of a constraint ask for are those that it is declared with. */
type Facts = Parameters<Messages["rules"]["constraints"]["lunch"]["says"]>[0];

function wordsOf(id: string, { words }: Pick<Language, "words">): ConstraintWords | null {
  const { constraints } = words.rules;
  return Object.hasOwn(constraints, id) ? constraints[id as keyof typeof constraints] : null;
}

/** What a constraint is called, what it asks, and an example each of keeping and of breaking it. */
export function printConstraint(constraint: Constraint, { words }: Pick<Language, "words">) {
  const known = wordsOf(constraint.id, { words });
  if (known !== null) return known;
  const { title, rule, examples } = constraint;
  const exampleOf = (isKept: boolean) => examples.find((example) => example.isKept === isKept)?.says ?? "";
  return { title, rule, kept: exampleOf(true), broken: exampleOf(false) };
}

/** What a constraint is called; null where the page does not know it. */
export const printTitle = (id: string, words: Messages): string | null => wordsOf(id, { words })?.title ?? null;

/** What one number of a constraint is called. */
export function printParameter(constraint: Constraint, { name, says }: Parameter, { words }: Pick<Language, "words">) {
  const { parameters } = words.rules;
  const key = `${constraint.id} ${name}`;
  return Object.hasOwn(parameters, key) ? parameters[key as keyof typeof parameters] : says;
}

/** What a rule says with its numbers, in a few words: “At most 8 h a day”. */
export function printRule(
  { constraintId, values, named }: Rule,
  constraint: Constraint | null,
  language: Language,
): string {
  const known = wordsOf(constraintId, language);
  return known === null
    ? (constraint?.rule ?? constraintId)
    : known.says(
        values as Facts,
        printNames(
          named.map(({ name }) => name),
          language,
        ),
      );
}

/** All whom a rule of the organisation holds for: those whose time its constraint concerns. */
export function printEverybody(concerns: Constraint["concerns"], { words }: Pick<Language, "words">): string {
  if (!concerns.includes("things")) return words.rules.everybody;
  return concerns.includes("people") ? words.rules.everything : words.rules.allThings;
}

/** Whom a rule holds for, or in which calendar. */
export function printHolder({ scope, holder }: Rule, constraint: Constraint | null, language: Language): string {
  if (holder === null) return printEverybody(constraint?.concerns ?? ["people"], language);
  return scope === "calendar" || scope === "service" ? language.words.rules.inCalendar(holder) : holder;
}

/** Why a rule does not hold: one sentence. */
export function printBreach({ events, ...breach }: Breach, language: Language): string {
  const titles = events.map(({ eventId, title }) => (eventId === null ? null : title));
  return printBroken({ ...breach, titles }, language);
}

/** Why it would not hold if something were as it is wished. */
export function printBroken(broken: Omit<Broken, "relaxations">, language: Language): string {
  const known = wordsOf(broken.constraintId, language);
  if (known === null) return broken.sentence; // It names the calendar already.
  const { words, format } = language;
  const day = format.dayShort(dayOf(broken.start));
  const times = `${format.wallTime(wallOf(broken.start))}–${format.wallTime(wallOf(broken.end))}`;
  const told = {
    who: broken.subject,
    what: printTitles(broken.titles, words),
    others: printNames(broken.others, language),
    day,
    when: words.drag.timed(day, times),
  };
  const sentence = known.breach(told, broken.facts as Facts);
  return broken.collection === null ? sentence : words.rules.ofCalendar(broken.collection, sentence);
}

/** Names in a row, the first few of many. */
function printNames(names: readonly string[], { words, format }: Language): string {
  if (names.length <= NAMES_SHOWN) return format.list([...names]);
  return words.rules.andMore(format.list(names.slice(0, NAMES_SHOWN - 1)), names.length - NAMES_SHOWN + 1);
}

const NAMES_SHOWN = 3;

function printTitles(titles: Broken["titles"], words: Messages): string {
  const printed = titles.map((title) => (title === null ? words.rules.something : words.rules.quoted(title)));
  const [first = words.rules.something, second] = printed;
  if (second === undefined) return first;
  return printed.length === 2 ? words.rules.both(first, second) : words.rules.andMore(first, printed.length - 1);
}

/** What a rule would have to say instead, the nearest number of each parameter: “8 h a day”. None where none within its bounds would do. */
export function printRelaxations(
  { constraintId, relaxations }: Pick<Broken, "constraintId" | "relaxations">,
  { words, format }: Language,
): string[] {
  const phrases: Readonly<Record<string, ((amount: string) => string) | undefined>> = words.whyNot.relaxation;
  return relaxations.flatMap((each) => {
    const phrase = phrases[`${constraintId}.${each.parameter}`];
    return phrase === undefined ? [] : [phrase(amountOf(each, words.whyNot.days, format))];
  });
}

function amountOf(
  { unit, value }: Broken["relaxations"][number],
  days: (count: number) => string,
  format: Formats,
): string {
  switch (unit) {
    case "minutes":
      return format.duration(value);
    case "hours":
      return format.duration(value * 60);
    case "km/h":
      return `${format.number(value)} km/h`;
    case "days":
      return days(value);
    case "share":
      return format.percent(value);
    case "time of day":
      return format.wallTime(value * 60_000);
    case "level":
    case "weeks":
    case "times":
      return format.number(value);
  }
}

/** Where a breach can be seen: the day of whom it is about. */
export function addressOfBreach({ start, subjectId }: Breach): string {
  const date = start.slice(0, DATE_CHARACTERS);
  return `/day/${date.slice(0, 4)}?on=${date}&people=${encodeURIComponent(subjectId)}`;
}

const DATE_CHARACTERS = "2027-03-25".length;
const MINUTE_MS = 60_000;

/** A breach says its times by the clock of whoever lives it: the day is that of their wall, and so is the time. */
function dayOf(text: string): number {
  const date = parseDate(text.slice(0, DATE_CHARACTERS));
  return date === null ? 0 : dayNumber(date.year, date.month, date.day);
}

function wallOf(text: string): number {
  const [hours, minutes] = [Number(text.slice(11, 13)), Number(text.slice(14, 16))];
  return (hours * 60 + minutes) * MINUTE_MS;
}
