import type { Weekday } from "../civil.ts";
import { areWorkdays, listed, type Language } from "./language.ts";

const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];
const ORDINALS = ["first", "second", "third", "fourth", "fifth"];

const and = (items: readonly string[]) => listed(items, "and");
const weekday = (day: Weekday) => WEEKDAYS[day - 1]!;

function suffixed(number: number): string {
  const rest = number % 100;
  const suffix = rest >= 11 && rest <= 13 ? "th" : (["th", "st", "nd", "rd"][number % 10] ?? "th");
  return `${number}${suffix}`;
}

/** "second", "27th", "last", "second to last". */
function ordinal(number: number): string {
  if (number === -1) return "last";
  if (number < 0) return `${ordinal(-number)} to last`;
  return ORDINALS[number - 1] ?? suffixed(number);
}

const onDays = (list: readonly Weekday[]) =>
  areWorkdays(list) ? "from Monday to Friday" : `on ${and(list.map(weekday))}`;

export const english: Language = {
  every: (unit, interval) => (interval === 1 ? `every ${unit}` : `every ${interval} ${unit}s`),
  everyWeekday(list, interval) {
    // "Every third Tuesday" could be of a month: only the second goes without its weeks.
    if (interval > 2 || (interval === 2 && list.length > 1)) return `every ${interval} weeks ${onDays(list)}`;
    if (interval === 2) return `every second ${weekday(list[0]!)}`;
    return areWorkdays(list) ? "every day from Monday to Friday" : `every ${and(list.map(weekday))}`;
  },
  onWeekdays(list) {
    if (list.every((day) => day.ordinal === 0)) return onDays(list.map((day) => day.weekday));
    const each = (day: (typeof list)[number]) =>
      day.ordinal === 0 ? `every ${weekday(day.weekday)}` : `the ${ordinal(day.ordinal)} ${weekday(day.weekday)}`;
    return `on ${and(list.map(each))}`;
  },
  onMonthDays: (list) => `on ${and(list.map((day) => (day > 0 ? `the ${suffixed(day)}` : `the ${ordinal(day)} day`)))}`,
  onYearDays: (list) => `on ${and(list.map((day) => `the ${ordinal(day)} day`))} of the year`,
  inWeeks: (list) => `in ${and(list.map((week) => (week > 0 ? `week ${week}` : `the ${ordinal(week)} week`)))}`,
  inMonths: (list) => `in ${and(list.map((month) => MONTHS[month - 1]!))}`,
  date: (day, month, year) => `${day} ${MONTHS[month - 1]}${year === null ? "" : ` ${year}`}`,
  onDate: (date) => `on ${date}`,
  at: (list) => `at ${and(list)}`,
  within: (unit, values) => `in the ${unit}${values.length === 1 ? "" : "s"} ${and(values.map(String))}`,
  only: (list) => `, of these only the ${and(list.map(ordinal))}`,
  until: (date) => `until ${date}`,
  times: (count) => (count === 1 ? "once" : `${count} times`),
  skip: (direction) => `, or the day ${direction === "BACKWARD" ? "before" : "after"} where there is no such date`,
};
