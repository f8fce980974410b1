// RRULE and EXRULE as RecurrenceRules (RFC 8984 §4.3.3).

import { UTC, type Zone } from "@hourwright/time";
import type { JCalRule, JCalValue } from "../jcal/jcal.ts";
import { localText, parseJCalTime, parseLocal } from "./clock.ts";
import { isObject, type Draft, type Json, type JsonObject } from "./json.ts";

/** How the times of a series are shown: the zone they are counted in, and whether they are dates. */
export type RuleClock = { readonly isDate: boolean; readonly zone: Zone | null };

const NUMBERS = {
  bymonthday: "byMonthDay",
  byyearday: "byYearDay",
  byweekno: "byWeekNo",
  byhour: "byHour",
  byminute: "byMinute",
  bysecond: "bySecond",
  bysetpos: "bySetPosition",
} as const;

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
  if (part in NUMBERS) {
    return list.every((each) => typeof each === "number") ? [NUMBERS[part as keyof typeof NUMBERS], list] : null;
  }
  switch (part) {
    case "freq":
      return isWord(given) ? ["frequency", given.toLowerCase()] : null;
    case "rscale":
    case "skip":
      return isWord(given) ? [part, given.toLowerCase()] : null;
    case "wkst":
      return isWord(given) ? ["firstDayOfWeek", given.toLowerCase()] : null;
    case "count":
    case "interval":
      return typeof given === "number" && given > 0 ? [part, given] : null;
    case "bymonth":
      return ["byMonth", list.map(String)];
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

function isWord(value: unknown): value is string {
  return typeof value === "string" && /^[A-Z-]{1,40}$/.test(value);
}

function dayToJS(text: string | number): JsonObject | null {
  const match = /^([+-]?\d{1,3})?(MO|TU|WE|TH|FR|SA|SU)$/.exec(String(text));
  if (match === null) return null;
  const day = match[2]!.toLowerCase();
  return match[1] === undefined ? { "@type": "NDay", day } : { "@type": "NDay", day, nthOfPeriod: Number(match[1]) };
}

/** UNTIL by the clock of the series; one of another form includes all that it includes. */
function untilToJS(text: string, { isDate, zone }: RuleClock): string | null {
  const until = parseJCalTime(text);
  if (until === null) return null;
  if (until.form === "utc") return localText((zone ?? UTC).toLocalMs(until.localMs));
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

const LISTS = new Map(Object.entries(NUMBERS).map(([part, name]) => [name as string, part]));
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
    return ["until", zone === null ? localText(localMs) : `${localText(zone.toEpochMs(localMs))}Z`];
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
