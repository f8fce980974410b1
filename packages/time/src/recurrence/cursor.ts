import { DAY_MS, DAY_END, HOUR_MS, MINUTE_MS, SECOND_MS, weekdayOf, dateOf } from "../civil.ts";
import { dayCursor } from "./day-cursor.ts";
import { inLargerUnits } from "./larger-units.ts";
import { allowsEveryDay, type DayParts } from "./day-filter.ts";
import { periodCursor } from "./period-cursor.ts";
import type { Rule } from "./rule.ts";
import { periodOf, steadyCursor } from "./steady-cursor.ts";

/** Wall times in rising order, many at once: nothing is made per occurrence. */
export type Cursor = {
  /**
   * Puts the next of them to the places from `from` and before `end`, and says where it stopped: at `from` itself once
   * there are no more, or the budget is spent.
   */
  write(into: number[], from: number, end: number): number;
  /** Passes over those before a wall time without walking there: the period is computed. Never goes back. */
  seek(localMs: number): void;
  /**
   * At least so many are to come, as far as that is known without making them; 0 says nothing. It is counted only when
   * it can be more than `most`, and no further than past it. Spends no steps.
   */
  ahead(most: number): number;
};

/** What one call may still spend: a period entered, a month searched or a time produced is one step, a look at what is left out four. */
export type Steps = { left: number };

/** A rule ready to run: DTSTART has lent what the rule does not say, and its end is a wall time. */
export type PlannedRule = {
  readonly rule: Rule;
  readonly startLocalMs: number;
  /** The last wall time that may occur. */
  readonly lastLocalMs: number;
  readonly count: number;
  readonly days: DayParts;
  /** Times of day in milliseconds, sorted: for frequencies of a day and longer. */
  readonly times: readonly number[];
};

export const LOCAL_END_MS = DAY_END * DAY_MS;

/**
 * Opens a rule at the first wall time at or after `fromLocalMs`, without walking there: the period is computed.
 * Only COUNT with a filter has to count from the start, a month at a time.
 */
export function openCursor(plan: PlannedRule, fromLocalMs: number, steps: Steps): Cursor {
  const { rule, days, times } = plan;
  if (plan.count <= 0) return NOTHING;
  switch (rule.frequency) {
    case "YEARLY":
    case "MONTHLY":
      if (rule.bySetPosition.length > 0 || rule.skip !== "OMIT") return periodCursor(plan, fromLocalMs, steps);
      return dayCursor(plan, fromLocalMs, steps);
    case "WEEKLY":
      if (hasOnlyWeekdays(days) && times.length <= TIMES_MAX) return steadyCursor(plan, fromLocalMs, steps);
      if (rule.bySetPosition.length > 0) return periodCursor(plan, fromLocalMs, steps);
      return dayCursor(plan, fromLocalMs, steps);
    case "DAILY":
      if (allowsEveryDay(days)) return steadyCursor(plan, fromLocalMs, steps);
      return dailyCursor(withPositions(plan), fromLocalMs, steps);
    default: {
      const daily = withTimesOfDay(plan);
      if (daily === null) return steadyCursor(plan, fromLocalMs, steps);
      return dailyCursor(daily, fromLocalMs, steps);
    }
  }
}

/** What never happens, known without looking. */
export const NOTHING: Cursor = { write: (_, from) => from, seek() {}, ahead: () => 0 };

/** BYSETPOS or the limits may leave a day no times at all. */
function dailyCursor(plan: PlannedRule, fromLocalMs: number, steps: Steps): Cursor {
  return plan.times.length === 0 ? NOTHING : dayCursor(plan, fromLocalMs, steps);
}

function hasOnlyWeekdays({ byMonth, byMonthDay, byYearDay, byWeekNumber }: DayParts): boolean {
  return byMonth.length + byMonthDay.length + byYearDay.length + byWeekNumber.length === 0;
}

/** Of a day that is a period of its own BYSETPOS leaves the same times every day. */
function withPositions(plan: PlannedRule): PlannedRule {
  const { rule, times } = plan;
  if (rule.bySetPosition.length === 0) return plan;
  return { ...plan, times: setPositions(rule.bySetPosition, times.length).map((i) => times[i]!) };
}

/** More times a day than this are not worth listing: a rule by the second steps over what it leaves out instead. */
const TIMES_MAX = 1440;

/**
 * A step below a day that divides it makes all days alike: "every half hour, of office hours, on Tuesdays" is a daily
 * rule with many times. Null where it does not, or where the rule has no limits and stepping is quicker.
 */
function withTimesOfDay(plan: PlannedRule): PlannedRule | null {
  const { rule, startLocalMs, days } = plan;
  const { byHour, byMinute, bySecond, frequency } = rule;
  const { originMs, stepMs, offsets } = periodOf(plan);
  if (DAY_MS % stepMs !== 0 || DAY_MS / stepMs > TIMES_MAX || offsets.length > TIMES_MAX) return null;
  const isHour = frequency === "HOURLY";
  const isSecond = frequency === "SECONDLY";
  const limits = byHour.length + (isHour ? 0 : byMinute.length) + (isSecond ? bySecond.length : 0);
  if (limits === 0 && allowsEveryDay(days)) return null;

  const times: number[] = [];
  const fromMs = originMs - Math.floor(startLocalMs / DAY_MS) * DAY_MS;
  for (let ms = ((fromMs % stepMs) + stepMs) % stepMs; ms < DAY_MS; ms += stepMs) {
    if (byHour.length > 0 && !byHour.includes(Math.floor(ms / HOUR_MS))) continue;
    if (!isHour && byMinute.length > 0 && !byMinute.includes(Math.floor(ms / MINUTE_MS) % 60)) continue;
    if (isSecond && bySecond.length > 0 && !bySecond.includes(Math.floor(ms / SECOND_MS) % 60)) continue;
    for (const offset of offsets) times.push(ms + offset);
    if (times.length > TIMES_MAX) return null;
  }
  return { ...plan, times };
}

/** What RFC 5545 §3.3.10 derives from DTSTART: the date and time parts that the rule leaves open. */
export function planRule(
  rule: Rule,
  startLocalMs: number,
  { isDate, lastLocalMs, count }: { isDate: boolean; lastLocalMs: number; count: number },
): PlannedRule {
  const day = Math.floor(startLocalMs / DAY_MS);
  // A DATE has no time of day: BYHOUR, BYMINUTE and BYSECOND are ignored there (RFC 5545 §3.3.10).
  const timed = isDate ? { ...rule, byHour: [], byMinute: [], bySecond: [] } : inLargerUnits(rule, startLocalMs);
  return {
    rule: timed ?? rule,
    startLocalMs,
    lastLocalMs: Math.min(lastLocalMs, LOCAL_END_MS - 1),
    count: timed === null ? 0 : count,
    days: daysOf(rule, day),
    times: timed === null ? [] : timesOfDay(timed, startLocalMs - day * DAY_MS),
  };
}

/** Whether a rule goes on by hours, minutes or seconds. */
export function isBelowADay({ frequency }: Rule): boolean {
  return frequency === "HOURLY" || frequency === "MINUTELY" || frequency === "SECONDLY";
}

/** The rule with all that DTSTART lends it said by itself, so that it may go on from another start. */
export function explicitRule(rule: Rule, startLocalMs: number, isDate: boolean): Rule {
  const { byMonth, byMonthDay, byDay } = daysOf(rule, Math.floor(startLocalMs / DAY_MS));
  const days = { ...rule, byMonth, byMonthDay, byDay };
  if (isDate || rule.frequency === "SECONDLY") return days;
  const second = Math.floor(startLocalMs / SECOND_MS) % 60;
  const minute = Math.floor(startLocalMs / MINUTE_MS) % 60;
  const hour = Math.floor(startLocalMs / HOUR_MS) % 24;
  const given = (list: readonly number[], value: number) => (list.length > 0 ? list : [(value + 60) % 60]);
  const bySecond = given(rule.bySecond, second);
  if (rule.frequency === "MINUTELY") return { ...days, bySecond };
  const byMinute = given(rule.byMinute, minute);
  if (rule.frequency === "HOURLY") return { ...days, bySecond, byMinute };
  return { ...days, bySecond, byMinute, byHour: rule.byHour.length > 0 ? rule.byHour : [(hour + 24) % 24] };
}

function daysOf(rule: Rule, startDay: number): DayParts {
  const { frequency, weekStart, byMonthDay, byYearDay, byWeekNumber } = rule;
  let { byDay, byMonth } = rule;
  let monthDays = byMonthDay;
  const inMonth = frequency === "MONTHLY" || (frequency === "YEARLY" && byMonth.length > 0);
  const ordinalsWithin = inMonth ? "month" : frequency === "YEARLY" && byWeekNumber.length === 0 ? "year" : null;
  if (byMonthDay.length + byYearDay.length + byDay.length === 0) {
    const isNumbered = byWeekNumber.length > 0;
    if (isNumbered ? frequency === "YEARLY" : frequency === "WEEKLY") {
      byDay = [{ weekday: weekdayOf(startDay), ordinal: 0 }];
    } else if (!isNumbered && (frequency === "MONTHLY" || frequency === "YEARLY")) {
      const { month, day } = dateOf(startDay);
      monthDays = [day];
      if (frequency === "YEARLY" && byMonth.length === 0) byMonth = [month];
    }
  }
  return { weekStart, byMonth, byMonthDay: monthDays, byYearDay, byWeekNumber, byDay, ordinalsWithin };
}

function timesOfDay(rule: Rule, startTimeMs: number): readonly number[] {
  if (isBelowADay(rule)) return [];
  if (rule.byHour.length + rule.byMinute.length + rule.bySecond.length === 0) return [startTimeMs];
  const ofHour = timesOfHour(rule, startTimeMs % HOUR_MS);
  const hours = rule.byHour.length > 0 ? rule.byHour : [Math.floor(startTimeMs / HOUR_MS)];
  return multiplied(hours, HOUR_MS, ofHour);
}

/** The times within an hour that BYMINUTE and BYSECOND name, or DTSTART's. */
export function timesOfHour(rule: Rule, startMs: number): readonly number[] {
  const ofMinute = timesOfMinute(rule, startMs % MINUTE_MS);
  const minutes = rule.byMinute.length > 0 ? rule.byMinute : [Math.floor(startMs / MINUTE_MS)];
  return multiplied(minutes, MINUTE_MS, ofMinute);
}

/** Every offset in every one of some units, in order: up to 86,400 times of a day. */
function multiplied(units: readonly number[], unitMs: number, offsets: readonly number[]): readonly number[] {
  const times: number[] = [];
  for (const unit of units) for (const offset of offsets) times.push(unit * unitMs + offset);
  return times;
}

/** The times within a minute that BYSECOND names, or DTSTART's. */
export function timesOfMinute(rule: Rule, startMs: number): readonly number[] {
  return rule.bySecond.length > 0 ? rule.bySecond.map((second) => second * SECOND_MS) : [startMs];
}

/** How many times a cursor may produce now; when the budget is spent before the rule is, that is marked. */
export function allowance(room: number, left: number, steps: Steps): number {
  if (left > 0 && steps.left <= 0) steps.left = -1;
  return Math.max(0, Math.min(room, left, steps.left));
}

/** The indices into a set of `length` that BYSETPOS selects, sorted; all of them when it is not given. */
export function setPositions(positions: readonly number[], length: number): number[] {
  const chosen = new Set<number>();
  for (const position of positions) {
    const index = position > 0 ? position - 1 : length + position;
    if (index >= 0 && index < length) chosen.add(index);
  }
  return [...chosen].sort((one, other) => one - other);
}
