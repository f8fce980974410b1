import { dateOf, dayNumber } from "@hourwright/time";
import { parseDate, printDate } from "@hourwright/timeline";
import type { Subject } from "../../data/api.ts";
import type { Asked, TimeWish } from "../../data/find-time.ts";
import { instantOfWall, wallClockOf } from "../../data/wall-clock.ts";

const DAY_MS = 86_400_000;
const WEEK = 7;

export const LENGTHS = [15, 30, 45, 60, 90, 120, 180, 240] as const;
export const WINDOWS = ["week", "next", "two", "dates"] as const;

/** Parts of the day, in minutes since midnight. */
export const PARTS = {
  any: null,
  morning: { from: 0, to: 720 },
  afternoon: { from: 720, to: 1_020 },
  evening: { from: 1_020, to: 1_440 },
} as const;
export const PART_NAMES = Object.keys(PARTS) as readonly TimeWish["part"][];

/** As many as one lists by hand; the server looks at 500. */
export const PEOPLE_MAX = 50;
/** Days that are typed reach as far. */
export const DAYS_MAX = 92;
/** As many times as one looks through, and as a poll can ask about. */
export const TIMES_WANTED = 8;

/** What is wished when nothing is said: an hour of the one who asks, in the week of a day. */
export function firstWish(me: string, day: number): TimeWish {
  return {
    title: "",
    people: [{ id: me, isRequired: true }],
    room: "none",
    calendarId: "",
    minutes: 60,
    window: "week",
    day,
    fromDate: printDate(dateOf(day)),
    toDate: printDate(dateOf(day + WEEK - 1)),
    part: "any",
    isWithinHours: true,
  };
}

/** The days of a wish, half-open epoch days; null where the days that are typed are none, end before they begin, or are too many. */
export function daysOf(
  { window, day, fromDate, toDate }: TimeWish,
  firstWeekday: number,
): { readonly fromDay: number; readonly toDay: number } | null {
  if (window === "dates") {
    const [from, to] = [dayOf(fromDate), dayOf(toDate)];
    if (from === null || to === null || to < from || to - from >= DAYS_MAX) return null;
    return { fromDay: from, toDay: to + 1 };
  }
  const monday = day - ((weekdayOf(day) - firstWeekday + WEEK) % WEEK);
  const fromDay = window === "next" ? monday + WEEK : monday;
  return { fromDay, toDay: fromDay + (window === "two" ? 2 * WEEK : WEEK) };
}

/** What the server is asked; null where the days are none. */
export function askedOf(
  wish: TimeWish,
  firstWeekday: number,
  zone: string,
  things: readonly Pick<Subject, "id" | "kind">[],
): Asked | null {
  const days = daysOf(wish, firstWeekday);
  if (days === null) return null;
  const ids = (isRequired: boolean) => wish.people.filter((each) => each.isRequired === isRequired).map(({ id }) => id);
  return {
    required: ids(true),
    optional: ids(false),
    room: roomOf(wish, things),
    fromMs: midnight(days.fromDay, zone),
    toMs: midnight(days.toDay, zone),
    minutes: wish.minutes,
    dayPart: PARTS[wish.part],
    calendarId: wish.calendarId === "" ? null : wish.calendarId,
    isWithinHours: wish.isWithinHours,
    limit: TIMES_WANTED,
  };
}

/** Any room means rooms: a car is none. */
function roomOf({ room }: TimeWish, things: readonly Pick<Subject, "id" | "kind">[]): Asked["room"] {
  if (room === "none") return null;
  if (room === "any") return { among: things.filter(({ kind }) => kind === "room").map(({ id }) => id), places: null };
  return { among: [room], places: 1 }; // Who names one room knows how large it is.
}

/** Those whose name has a part, in lower case: first whose name it is, then of whom a word begins with it, in their order. */
export function namedLike<Named extends { readonly name: string }>(all: readonly Named[], part: string): Named[] {
  const rankOf = (name: string): number =>
    name === part ? 0 : name.split(/\s+/).some((word) => word.startsWith(part)) || name.startsWith(part) ? 1 : 2;
  return all
    .map((one) => ({ one, name: one.name.toLowerCase() }))
    .filter(({ name }) => name.includes(part))
    .sort((a, b) => rankOf(a.name) - rankOf(b.name))
    .map(({ one }) => one);
}

function dayOf(text: string): number | null {
  const date = parseDate(text);
  return date === null ? null : dayNumber(date.year, date.month, date.day);
}

/** The midnight of a zone with which an epoch day begins, epoch ms. */
function midnight(day: number, zone: string): number {
  return instantOfWall(wallClockOf(zone, dateOf(day).year), day * DAY_MS);
}

/** 1 is Monday: 1970-01-01 was a Thursday. */
const weekdayOf = (day: number): number => ((((day + 3) % WEEK) + WEEK) % WEEK) + 1;
