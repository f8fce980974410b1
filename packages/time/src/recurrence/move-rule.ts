import {
  DAY_MS,
  HOUR_MS,
  MINUTE_MS,
  SECOND_MS,
  dateOf,
  daysInMonth,
  daysInYear,
  startOfWeekYear,
  startOfYear,
  weekdayOf,
  weekYearOf,
  type Weekday,
} from "../civil.ts";
import type { BasicTime } from "../wall-time.ts";
import { UTC, type Zone } from "../zone.ts";
import type { OrdinalDay, Rule } from "./rule.ts";

/** A DTSTART: `zone` is null for dates and floating times. */
export type Anchor = { readonly form: BasicTime["form"]; readonly localMs: number; readonly zone: Zone | null };

/**
 * The rule that makes of a series at `before` the same series at `after`: "every Monday" moved by a day is "every
 * Tuesday", "the second Tuesday" moved to a Wednesday is the second or whichever Wednesday that is. UNTIL moves along.
 *
 * Null when the rule names several dates or times that one move cannot carry: the rule itself has to be changed then.
 */
export function movedRule(rule: Rule, before: Anchor, after: Anchor): Rule | null {
  const moved: Rule = { ...rule, until: movedUntil(rule, before, after) };
  const isSubDaily = rule.frequency === "HOURLY" || rule.frequency === "MINUTELY" || rule.frequency === "SECONDLY";
  if (after.form === "date" && isSubDaily) return null;
  if (before.form === after.form && before.localMs === after.localMs) return moved;
  if (isSubDaily) return hasParts(rule) ? null : moved;

  const days = movedDays(rule, dayOf(before), dayOf(after));
  const times = movedTimes(rule, before, after);
  return days === null || times === null ? null : { ...moved, ...days, ...times };
}

function dayOf({ localMs }: Anchor): number {
  return Math.floor(localMs / DAY_MS);
}

function hasParts(rule: Rule): boolean {
  const { bySecond, byMinute, byHour, byDay, byMonthDay, byYearDay, byWeekNumber, byMonth } = rule;
  return [bySecond, byMinute, byHour, byDay, byMonthDay, byYearDay, byWeekNumber, byMonth].some(
    (list) => list.length > 0,
  );
}

function movedUntil({ until }: Rule, before: Anchor, after: Anchor): BasicTime | null {
  if (until === null) return null;
  const shiftDaysMs = (dayOf(after) - dayOf(before)) * DAY_MS;
  if (until.form === "date" || before.form === "date") {
    const dateMs = Math.floor(until.localMs / DAY_MS) * DAY_MS + shiftDaysMs;
    if (after.form === "date") return { form: "date", localMs: dateMs };
    return untilIn(after, dateMs + DAY_MS - SECOND_MS);
  }
  const isUtc = until.form === "utc" && before.zone !== null;
  const localMs = isUtc ? before.zone.toLocalMs(until.localMs) : until.localMs;
  if (after.form === "date") return { form: "date", localMs: Math.floor(localMs / DAY_MS) * DAY_MS + shiftDaysMs };
  return untilIn(after, localMs + after.localMs - before.localMs);
}

/** RFC 5545 §3.3.10: UNTIL is UTC where DTSTART has a zone, and floats where DTSTART does. */
function untilIn({ form, zone }: Anchor, localMs: number): BasicTime {
  if (form === "local" && zone === null) return { form: "local", localMs };
  return { form: "utc", localMs: (zone ?? UTC).toEpochMs(localMs) };
}

type TimeParts = Pick<Rule, "byHour" | "byMinute" | "bySecond">;

/** BYHOUR and its like follow the start when they only repeat it; a list of hours cannot be moved. */
function movedTimes(rule: Rule, before: Anchor, after: Anchor): TimeParts | null {
  const { byHour, byMinute, bySecond } = rule;
  if (after.form === "date") return { byHour: [], byMinute: [], bySecond: [] };
  const beforeMs = before.localMs - dayOf(before) * DAY_MS;
  const afterMs = after.localMs - dayOf(after) * DAY_MS;
  if (beforeMs === afterMs) return { byHour, byMinute, bySecond };
  const unit = (list: readonly number[], unitMs: number, size: number): readonly number[] | null => {
    if (list.length === 0) return list;
    const said = Math.floor(beforeMs / unitMs) % size;
    return list.length === 1 && list[0] === said ? [Math.floor(afterMs / unitMs) % size] : null;
  };
  const hours = unit(byHour, HOUR_MS, 24);
  const minutes = unit(byMinute, MINUTE_MS, 60);
  const seconds = unit(bySecond, SECOND_MS, 60);
  if (hours === null || minutes === null || seconds === null) return null;
  return { byHour: hours, byMinute: minutes, bySecond: seconds };
}

type DateParts = Partial<Pick<Rule, "byDay" | "byMonthDay" | "byYearDay" | "byWeekNumber" | "byMonth" | "weekStart">>;

function movedDays(rule: Rule, before: number, after: number): DateParts | null {
  if (before === after) return {};
  const { frequency, byDay, byMonthDay, byYearDay, byWeekNumber, byMonth, bySetPosition } = rule;
  const others = [byMonthDay, byYearDay, byWeekNumber, byMonth];
  if (frequency === "DAILY" || frequency === "WEEKLY") {
    if (others.some((list) => list.length > 0)) return null;
    const days = byDay.map((day) => rotated(day, after - before)).sort(inOrder);
    const hasWeeks = frequency === "WEEKLY" && (rule.interval > 1 || bySetPosition.length > 0);
    if (!hasWeeks) return { byDay: days };
    // Turning the first day of the week as well keeps "every other week" the same weeks, moved.
    return { byDay: days, weekStart: turned(rule.weekStart, after - before) };
  }
  if (bySetPosition.length > 0) return null;
  const from = dateParts(rule, before);
  const to = dateParts(rule, after);
  const single = (list: readonly number[], said: readonly number[], now: readonly number[]) => {
    if (list.length === 0) return list;
    const index = list.length === 1 ? said.indexOf(list[0]!) : -1;
    return index === -1 ? null : [now[index]!];
  };
  const days = movedOrdinals(byDay, from, to);
  const monthDays = single(byMonthDay, from.monthDay, to.monthDay);
  const yearDays = single(byYearDay, from.yearDay, to.yearDay);
  const weeks = single(byWeekNumber, from.week, to.week);
  const months = single(byMonth, from.month, to.month);
  if (days === null || monthDays === null || yearDays === null || weeks === null || months === null) return null;
  return { byDay: days, byMonthDay: monthDays, byYearDay: yearDays, byWeekNumber: weeks, byMonth: months };
}

function turned(weekday: Weekday, days: number): Weekday {
  return (((((weekday - 1 + days) % 7) + 7) % 7) + 1) as Weekday;
}

function inOrder(one: OrdinalDay, other: OrdinalDay): number {
  return one.ordinal - other.ordinal || one.weekday - other.weekday;
}

function rotated({ weekday, ordinal }: OrdinalDay, days: number): OrdinalDay {
  return { weekday: turned(weekday, days), ordinal };
}

/** What a date is called in each BY part: counted from the front, and from the back. */
type Names = {
  readonly weekday: Weekday;
  readonly ordinal: readonly [number, number];
  readonly month: readonly [number];
  readonly monthDay: readonly [number, number];
  readonly yearDay: readonly [number, number];
  readonly week: readonly [number, number];
};

function dateParts({ frequency, byMonth, weekStart }: Rule, day: number): Names {
  const date = dateOf(day);
  const monthLength = daysInMonth(date.year, date.month);
  const yearDay = day - startOfYear(date.year) + 1;
  const yearLength = daysInYear(date.year);
  const inMonth = frequency === "MONTHLY" || byMonth.length > 0;
  const place = inMonth ? date.day : yearDay;
  const length = inMonth ? monthLength : yearLength;
  const weekYear = weekYearOf(day, weekStart);
  const firstWeek = startOfWeekYear(weekYear, weekStart);
  const weeks = (startOfWeekYear(weekYear + 1, weekStart) - firstWeek) / 7;
  const week = Math.floor((day - firstWeek) / 7) + 1;
  return {
    weekday: weekdayOf(day),
    ordinal: [Math.ceil(place / 7), -Math.ceil((length - place + 1) / 7)],
    month: [date.month],
    monthDay: [date.day, date.day - monthLength - 1],
    yearDay: [yearDay, yearDay - yearLength - 1],
    week: [week, week - weeks - 1],
  };
}

function movedOrdinals(byDay: readonly OrdinalDay[], from: Names, to: Names): readonly OrdinalDay[] | null {
  if (byDay.length === 0) return byDay;
  const [only] = byDay;
  if (byDay.length > 1 || only!.weekday !== from.weekday) return null;
  if (only!.ordinal === 0) return [{ weekday: to.weekday, ordinal: 0 }];
  const index = from.ordinal.indexOf(only!.ordinal);
  if (index === -1) return null;
  // Few months have a fifth Wednesday: whoever moves a fourth Tuesday there means the last one.
  const ordinal = to.ordinal[index] === 5 && to.ordinal[1] === -1 ? -1 : to.ordinal[index]!;
  return [{ weekday: to.weekday, ordinal }];
}
