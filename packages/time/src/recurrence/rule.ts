import type { Weekday } from "../civil.ts";
import { printBasicTime, type BasicTime } from "../wall-time.ts";

export type Frequency = "SECONDLY" | "MINUTELY" | "HOURLY" | "DAILY" | "WEEKLY" | "MONTHLY" | "YEARLY";

/** One entry of BYDAY: `ordinal` 0 is every such weekday, 2 the second, -1 the last of the month or year. */
export type OrdinalDay = { readonly weekday: Weekday; readonly ordinal: number };

/** What to do with a date that does not exist, such as 30 February (RFC 7529). RFC 5545 alone omits it. */
export type Skip = "OMIT" | "BACKWARD" | "FORWARD";

/**
 * A recurrence rule of RFC 5545 §3.3.10, every part present; lists are sorted, without doubles, and empty when the
 * part is not given. Made by `parseRule`, which vouches for all ranges.
 */
export type Rule = {
  readonly frequency: Frequency;
  readonly interval: number;
  readonly count: number | null;
  /** The last time that may occur: compared as a date, wall time or instant, as its form says. */
  readonly until: BasicTime | null;
  readonly weekStart: Weekday;
  readonly bySecond: readonly number[];
  readonly byMinute: readonly number[];
  readonly byHour: readonly number[];
  readonly byDay: readonly OrdinalDay[];
  readonly byMonthDay: readonly number[];
  readonly byYearDay: readonly number[];
  readonly byWeekNumber: readonly number[];
  readonly byMonth: readonly number[];
  readonly bySetPosition: readonly number[];
  readonly skip: Skip;
};

export const WEEKDAY_NAMES = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"] as const;

/** The `every …` that all other rules are variations of. */
export const PLAIN_RULE: Rule = {
  frequency: "DAILY",
  interval: 1,
  count: null,
  until: null,
  weekStart: 1,
  bySecond: [],
  byMinute: [],
  byHour: [],
  byDay: [],
  byMonthDay: [],
  byYearDay: [],
  byWeekNumber: [],
  byMonth: [],
  bySetPosition: [],
  skip: "OMIT",
};

/** The rule as the value of an RRULE; `parseRule` reads the same rule back. Parts equal to their default are left out. */
export function printRule(rule: Rule): string {
  const parts = rule.skip === "OMIT" ? [] : ["RSCALE=GREGORIAN"];
  parts.push(`FREQ=${rule.frequency}`);
  if (rule.until !== null) parts.push(`UNTIL=${printBasicTime(rule.until.localMs, rule.until.form)}`);
  if (rule.count !== null) parts.push(`COUNT=${rule.count}`);
  if (rule.interval !== 1) parts.push(`INTERVAL=${rule.interval}`);
  list("BYSECOND", rule.bySecond);
  list("BYMINUTE", rule.byMinute);
  list("BYHOUR", rule.byHour);
  list("BYDAY", rule.byDay.map(printDay));
  list("BYMONTHDAY", rule.byMonthDay);
  list("BYYEARDAY", rule.byYearDay);
  list("BYWEEKNO", rule.byWeekNumber);
  list("BYMONTH", rule.byMonth);
  list("BYSETPOS", rule.bySetPosition);
  if (rule.weekStart !== 1) parts.push(`WKST=${WEEKDAY_NAMES[rule.weekStart - 1]}`);
  if (rule.skip !== "OMIT") parts.push(`SKIP=${rule.skip}`);
  return parts.join(";");

  function list(name: string, values: readonly (number | string)[]): void {
    if (values.length > 0) parts.push(`${name}=${values.join(",")}`);
  }
}

function printDay({ weekday, ordinal }: OrdinalDay): string {
  return `${ordinal === 0 ? "" : ordinal}${WEEKDAY_NAMES[weekday - 1]}`;
}
