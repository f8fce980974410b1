// RRULE and EXRULE as RecurrenceRules (RFC 8984 §4.3.3).

import { UTC, type Zone } from "@hourwright/time";
import type { JCalRule, JCalValue } from "../jcal/jcal.ts";
import { hasYear, localText, parseJCalTime, parseLocal } from "./clock.ts";
import { isObject, type Draft, type Json, type JsonObject } from "./json.ts";

/** How the times of a series are shown: the zone they are counted in, and whether they are dates. */
export type RuleClock = { readonly isDate: boolean; readonly zone: Zone | null };

/** The parts that are lists of numbers: their names, and what they count to; those from 0 have no sign. */
const NUMBERS: Readonly<Record<string, readonly [member: string, min: 0 | 1, max: number]>> = {
  bymonthday: ["byMonthDay", 1, 31],
  byyearday: ["byYearDay", 1, 366],
  byweekno: ["byWeekNo", 1, 53],
  byhour: ["byHour", 0, 23],
  byminute: ["byMinute", 0, 59],
  bysecond: ["bySecond", 0, 60],
  bysetpos: ["bySetPosition", 1, Number.MAX_SAFE_INTEGER],
};
export const FREQUENCIES = ["yearly", "monthly", "weekly", "daily", "hourly", "minutely", "secondly"];
export const SKIPS = ["omit", "backward", "forward"];
export const DAYS = ["mo", "tu", "we", "th", "fr", "sa", "su"];

/** A rule of jCal as one of JSCalendar; null when it is none, or says what JSCalendar has no word for. */
export function ruleToJS(value: JCalValue, clock: RuleClock): JsonObject | null {
  if (typeof value !== "object" || Array.isArray(value)) return null;
  const rule: Draft = { "@type": "RecurrenceRule" };
  for (const [part, given] of Object.entries(value)) {
    const member = partToJS(part, given, clock);
    if (member === null) return null;
    rule[member[0]] = member[1];
  }
  return rule;
}

function partToJS(part: string, given: JCalRule[string], clock: RuleClock): [name: string, value: Json] | null {
  const list = [given].flat();
  const numbers = Object.hasOwn(NUMBERS, part) ? NUMBERS[part] : undefined;
  if (numbers !== undefined) {
    const [member, min, max] = numbers;
    const isIn = (each: unknown) =>
      typeof each === "number" && (min === 0 ? each : Math.abs(each)) >= min && each <= max && each >= -max * min;
    return list.every(isIn) ? [member, list] : null;
  }
  switch (part) {
    case "freq":
      return wordToJS("frequency", given, FREQUENCIES);
    case "skip":
      return wordToJS("skip", given, SKIPS);
    case "wkst":
      return wordToJS("firstDayOfWeek", given, DAYS);
    case "rscale":
      return typeof given === "string" && /^[A-Z-]{1,40}$/.test(given) ? [part, given.toLowerCase()] : null;
    case "count":
    case "interval":
      return typeof given === "number" && given > 0 ? [part, given] : null;
    case "bymonth":
      return list.every((each) => MONTH.test(String(each))) ? ["byMonth", list.map(String)] : null;
    case "byday": {
      const days = list.map(dayToJS);
      return days.includes(null) ? null : ["byDay", days];
    }
    case "until": {
      const until = typeof given === "string" ? untilToJS(given, clock) : null;
      return until === null ? null : ["until", until];
    }
    default:
      return null;
  }
}

/** "3", and the leap months of other calendars ("5L", RFC 7529 §4.2). */
export const MONTH = /^\d{1,2}L?$/;

function wordToJS(member: string, given: unknown, words: readonly string[]): [name: string, value: string] | null {
  const word = typeof given === "string" && given === given.toUpperCase() ? given.toLowerCase() : "";
  return words.includes(word) ? [member, word] : null;
}

function dayToJS(text: string | number): JsonObject | null {
  const match = /^([+-]?\d{1,3})?(MO|TU|WE|TH|FR|SA|SU)$/.exec(String(text));
  if (match === null) return null;
  const day = match[2]!.toLowerCase();
  if (Math.abs(Number(match[1] ?? 0)) > WEEKS_MAX) return null;
  return match[1] === undefined ? { "@type": "NDay", day } : { "@type": "NDay", day, nthOfPeriod: Number(match[1]) };
}

/** Weeks of a year that BYDAY can count. */
export const WEEKS_MAX = 53;

/** UNTIL by the clock of the series; one of another form includes all that it includes. */
function untilToJS(text: string, { isDate, zone }: RuleClock): string | null {
  const until = parseJCalTime(text);
  if (until === null) return null;
  const localMs = until.form === "utc" ? (zone ?? UTC).toLocalMs(until.localMs) : until.localMs;
  if (!hasYear(localMs)) return null;
  if (until.form === "utc") return localText(localMs);
  return until.form === "date" && !isDate ? `${text}T23:59:59` : localText(until.localMs);
}

/** The reverse of `ruleToJS`; null when it is no rule. */
export function ruleFromJS(rule: JsonObject, clock: RuleClock): JCalRule | null {
  const parts: JCalRule = {};
  const { frequency } = rule;
  if (typeof frequency !== "string") return null;
  for (const [name, value] of Object.entries(rule)) {
    if (name === "@type") continue;
    const part = partFromJS(name, value, clock);
    if (part !== null) parts[part[0]] = part[1];
  }
  return parts;
}

const LISTS = new Map(Object.entries(NUMBERS).map(([part, [member]]) => [member, part]));
const WORDS = new Map([
  ["frequency", "freq"],
  ["rscale", "rscale"],
  ["skip", "skip"],
  ["firstDayOfWeek", "wkst"],
]);

function partFromJS(
  name: string,
  value: Json,
  { isDate, zone }: RuleClock,
): [part: string, value: JCalRule[string]] | null {
  const word = WORDS.get(name);
  if (word !== undefined) return typeof value === "string" ? [word, value.toUpperCase()] : null;
  if ((name === "count" || name === "interval") && typeof value === "number") return [name, value];
  if (name === "until") {
    const localMs = parseLocal(value);
    if (localMs === null) return null;
    if (isDate) return ["until", localText(localMs).slice(0, 10)];
    const epochMs = zone === null ? localMs : zone.toEpochMs(localMs);
    return hasYear(epochMs) ? ["until", zone === null ? localText(localMs) : `${localText(epochMs)}Z`] : null;
  }
  if (!Array.isArray(value) || value.length === 0) return null;
  const list = value as readonly Json[];
  const part = LISTS.get(name);
  if (part !== undefined) return list.every((each) => typeof each === "number") ? [part, oneOrAll(list)] : null;
  if (name === "byMonth")
    return ["bymonth", oneOrAll(list.filter((each) => typeof each === "string").map(monthFromJS))];
  if (name === "byDay") return ["byday", oneOrAll(list.filter(isObject).map(dayFromJS))];
  return null;
}

/** Months are numbers in jCal but for leap months (RFC 7529 §4.2). */
function monthFromJS(month: string): number | string {
  return month.endsWith("L") ? month : Number(month);
}

function dayFromJS({ day, nthOfPeriod }: JsonObject): string {
  return `${typeof nthOfPeriod === "number" ? nthOfPeriod : ""}${typeof day === "string" ? day.toUpperCase() : ""}`;
}

function oneOrAll<Value>(values: readonly Value[]): Value | Value[] {
  return values.length === 1 ? values[0]! : [...values];
}
