import { DAY_MS, HOUR_MS, MINUTE_MS, dateOf, weekdayOf } from "../civil.ts";
import type { Frequency, Rule } from "../recurrence/rule.ts";
import { UTC, type Zone } from "../zone.ts";
import { german } from "./de.ts";
import { english } from "./en.ts";
import { french } from "./fr.ts";
import type { Language, Unit } from "./language.ts";

const LANGUAGES = { en: english, de: german, fr: french };
export type RuleLanguage = keyof typeof LANGUAGES;

/**
 * A rule as people say it: "every second Tuesday until 3 March". Every part that matters is told. The start says what
 * the rule leaves open, and which year goes without saying; it is not told itself. A few microseconds.
 */
export function describeRule(
  rule: Rule,
  { language, startLocalMs, zone = UTC }: { language: RuleLanguage; startLocalMs: number; zone?: Zone },
): string {
  const words = LANGUAGES[language];
  const phrases = [...dayPhrases(rule, startLocalMs, words), ...timePhrases(rule, startLocalMs, words)];
  let text = phrases.join(" ");
  if (rule.bySetPosition.length > 0) text += words.only(inOrder(rule.bySetPosition));
  if (rule.skip !== "OMIT") text += words.skip(rule.skip);
  const ends = [...endPhrases(rule, startLocalMs, zone, words)];
  if (ends.length === 0) return text;
  const isClear = rule.bySetPosition.length === 0 && rule.skip === "OMIT" && rule.until !== null;
  return `${text}${isClear ? "" : ","} ${ends.join(", ")}`;
}

const UNITS: Record<Frequency, Unit> = {
  SECONDLY: "second",
  MINUTELY: "minute",
  HOURLY: "hour",
  DAILY: "day",
  WEEKLY: "week",
  MONTHLY: "month",
  YEARLY: "year",
};

/** From the front first, then from the back: "the first and the last". */
function inOrder(list: readonly number[]): number[] {
  return [...list.filter((value) => value > 0), ...list.filter((value) => value < 0)];
}

function* dayPhrases(rule: Rule, startLocalMs: number, words: Language): Generator<string> {
  const { frequency, interval, byDay, byMonth, byMonthDay, byYearDay, byWeekNumber } = rule;
  const startDay = Math.floor(startLocalMs / DAY_MS);
  const isOpen = byDay.length + byMonthDay.length + byYearDay.length === 0;
  const weekdays = byDay.map(({ weekday }) => weekday).filter((day, i, all) => all.indexOf(day) === i);
  const isWeekly = frequency === "WEEKLY" || (frequency === "DAILY" && interval === 1 && weekdays.length > 0);
  const isByWeekday = isWeekly && byMonthDay.length + byYearDay.length + byWeekNumber.length === 0;
  if (isByWeekday) yield words.everyWeekday(isOpen ? [weekdayOf(startDay)] : weekdays, interval);
  else yield words.every(UNITS[frequency], interval);

  if (byWeekNumber.length > 0) yield words.inWeeks(inOrder(byWeekNumber));
  if (byYearDay.length > 0) yield words.onYearDays(inOrder(byYearDay));
  if (byMonthDay.length > 0) yield words.onMonthDays(inOrder(byMonthDay));
  if (byDay.length > 0 && !isByWeekday) {
    const hasOrdinals = frequency === "MONTHLY" || (frequency === "YEARLY" && byWeekNumber.length === 0);
    const named = [...byDay.filter(({ ordinal }) => ordinal >= 0), ...byDay.filter(({ ordinal }) => ordinal < 0)];
    yield words.onWeekdays(hasOrdinals ? named : weekdays.map((weekday) => ({ weekday, ordinal: 0 })));
  }
  const { day, month } = dateOf(startDay);
  if (isOpen && frequency === "YEARLY" && byWeekNumber.length > 0) {
    yield words.onWeekdays([{ weekday: weekdayOf(startDay), ordinal: 0 }]);
  } else if (isOpen && frequency === "YEARLY" && byMonth.length === 0) yield words.onDate(words.date(day, month, null));
  else if (isOpen && (frequency === "YEARLY" || frequency === "MONTHLY")) yield words.onMonthDays([day]);
  if (byMonth.length > 0) yield words.inMonths(byMonth);
}

/** More times of day than this are told as hours and minutes instead. */
const TIMES_MAX = 6;

function* timePhrases(rule: Rule, startLocalMs: number, words: Language): Generator<string> {
  const { frequency, byHour, byMinute, bySecond } = rule;
  const isFine = frequency === "HOURLY" || frequency === "MINUTELY" || frequency === "SECONDLY";
  const count = Math.max(1, byHour.length) * Math.max(1, byMinute.length);
  if (!isFine && bySecond.length === 0 && byHour.length + byMinute.length > 0 && count <= TIMES_MAX) {
    const hours = byHour.length > 0 ? byHour : [part(startLocalMs, DAY_MS, HOUR_MS)];
    const minutes = byMinute.length > 0 ? byMinute : [part(startLocalMs, HOUR_MS, MINUTE_MS)];
    yield words.at(hours.flatMap((hour) => minutes.map((minute) => `${hour}:${String(minute).padStart(2, "0")}`)));
    return;
  }
  if (byHour.length > 0) yield words.within("hour", byHour);
  if (byMinute.length > 0) yield words.within("minute", byMinute);
  if (bySecond.length > 0) yield words.within("second", bySecond);
}

function part(localMs: number, wholeMs: number, unitMs: number): number {
  return Math.floor((localMs - Math.floor(localMs / wholeMs) * wholeMs) / unitMs);
}

function* endPhrases({ count, until }: Rule, startLocalMs: number, zone: Zone, words: Language): Generator<string> {
  if (until !== null) {
    const localMs = until.form === "utc" ? zone.toLocalMs(until.localMs) : until.localMs;
    const { year, month, day } = dateOf(Math.floor(localMs / DAY_MS));
    const isSameYear = year === dateOf(Math.floor(startLocalMs / DAY_MS)).year;
    yield words.until(words.date(day, month, isSameYear ? null : year));
  }
  if (count !== null) yield words.times(count);
}
