import * as fc from "fast-check";
import { dateOf, dayNumber } from "@hourwright/time";
import type { Meaning, Part, Situation, Words } from "./meaning.ts";
import { vocabularyOf } from "./vocabulary.ts";

/** Thursday 18 March 2027, 13:24: the day of the pictures. */
export const TODAY = dayNumber(2027, 3, 18);

export const VOCABULARY = vocabularyOf({
  people: [
    { id: "mara", name: "Mara Okafor" },
    { id: "ines", name: "Ines Duarte" },
    { id: "tomas", name: "Tomáš Berg" },
    { id: "frida", name: "Frida Lund" },
    { id: "ana-s", name: "Ana Silva" },
    { id: "ana-r", name: "Ana Rossi" },
    { id: "jean", name: "Jean-Luc O’Neil" },
    { id: "juergen", name: "Jürgen Weiß" },
    { id: "lukasz", name: "Łukasz Nowak" },
    { id: "jo", name: "Jo Fry" },
  ],
  resources: [
    { id: "studio", name: "Studio" },
    { id: "hall-a", name: "Hall A" },
    { id: "hall-b", name: "Hall B" },
    { id: "boardroom", name: "Board room" },
    { id: "room-2", name: "Room 2" },
    { id: "turnhalle", name: "Turnhalle" },
  ],
});

/** Weeks from Monday, working hours nine to five, an hour by default. */
export const SITUATION: Situation = {
  today: TODAY,
  nowMinute: 13 * 60 + 24,
  selectedDay: TODAY,
  firstWeekday: 1,
  locale: "en",
  vocabulary: VOCABULARY,
  workingHours: { fromMinute: 9 * 60, toMinute: 17 * 60 },
  defaultMinutes: 60,
};

/** By subject: what is said, what it means, and the other readings in order, as `printMeaning` prints them. */
export type Sentences = Readonly<Record<string, readonly (readonly [string, string, ...string[]])[]>>;

/** `2027-03-18`. */
export function printDay(day: number): string {
  const { year, month, day: number } = dateOf(day);
  return `${year}-${String(month).padStart(2, "0")}-${String(number).padStart(2, "0")}`;
}

/** `8:30`; past midnight the hours go on: `26:00`. */
export function printMinute(minute: number): string {
  return `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, "0")}`;
}

/** A meaning in one line: `lunch | 03-26 12:00 30m | ines | studio | FREQ=…`, what is absent left out. */
export function printMeaning(meaning: Meaning): string {
  const day = printDay(meaning.fromDay).replace(/^2027-/, "");
  const when =
    meaning.startMinute === null
      ? meaning.toDay - meaning.fromDay === 1
        ? day
        : `${day} ${meaning.toDay - meaning.fromDay}d`
      : `${day} ${printMinute(meaning.startMinute)} ${meaning.minutes}m`;
  const rest = [...meaning.people.map((id) => `@${id}`), ...(meaning.place === null ? [] : [`#${meaning.place}`])];
  return [meaning.title, [when, ...rest].join(" "), ...(meaning.repeat === null ? [] : [meaning.repeat])].join(" | ");
}

/** The parts as they would be underlined: `title:lunch person:Ines day?:next Fri`, the mark for an ambiguous one. */
export function printParts(text: string, { parts }: Pick<Words, "parts">): string {
  const one = (part: Part) => `${part.kind}${part.isAmbiguous ? "?" : ""}:${text.slice(part.from, part.to)}`;
  return parts.map(one).join(" | ");
}

/** Words that rules look for, in both languages, with the signs between them: what a random sentence is made of. */
const PIECES = (
  "lunch with Ines and Tomas in at on from to until for every second the of next this last mon tue friday Fr. so mar " +
  "March 25 12 3 9 12th 25. 3/4 25.3. 2027-03-25 12.05 8:30 8am pm 3-4pm 15–16 noon midnight half past quarter 30m 1h30 " +
  "8h 90 min two hours days 2 weeks +6w -2d week weekend month today tomorrow daily tuesdays 10 times all day @studio " +
  "Hall B mit und um am bis vom jeden zweiten Dienstag halb vier Uhr heute übermorgen nächste Woche Std 1,5 alle ( ) , . ! " +
  "- – : / 24 2028 2199 0 00:00 ago vor Tagen ana hall 👩‍🏫 שלום ḿ̸̛ ß"
).split(" ");

export const anySentence = fc
  .array(fc.tuple(fc.constantFrom(...PIECES), fc.constantFrom(" ", " ", " ", "", "  ")), { maxLength: 14 })
  .map((pieces) => pieces.map(([piece, space]) => piece + space).join(""));

export const anyText = fc.oneof(
  anySentence,
  fc.string({ unit: "binary", maxLength: 80 }),
  fc.string({ unit: "grapheme", maxLength: 40 }),
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 40 }).map((units) => String.fromCharCode(...units)),
);

/** Any day of the years 1901 to 2198, so that what is near it lies in the years that are read. */
export const anyDay = fc.integer({ min: dayNumber(1901, 1, 1), max: dayNumber(2198, 12, 31) });

export const anySituation: fc.Arbitrary<Situation> = fc
  .record({
    today: anyDay,
    nowMinute: fc.integer({ min: 0, max: 1439 }),
    away: fc.integer({ min: -800, max: 800 }),
    firstWeekday: fc.constantFrom(1 as const, 6 as const, 7 as const),
    locale: fc.constantFrom("en" as const, "de" as const),
    fromMinute: fc.integer({ min: 0, max: 720 }),
  })
  .map(({ today, away, fromMinute, ...rest }) => ({
    ...SITUATION,
    ...rest,
    today,
    selectedDay: today + away,
    workingHours: { fromMinute, toMinute: fromMinute + 480 },
  }));
