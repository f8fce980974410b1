import type { Weekday } from "../civil.ts";

export type Unit = "second" | "minute" | "hour" | "day" | "week" | "month" | "year";

/** The phrases that a rule is told in. Each is a whole phrase, so that grammar stays with the language. */
export type Language = {
  /** "every day", "every 3 months". */
  every(unit: Unit, interval: number): string;
  /** "every Tuesday", "every second Tuesday", "every 2 weeks on Monday and Friday". */
  everyWeekday(days: readonly Weekday[], interval: number): string;
  /** "on Monday and Friday", "on the second Tuesday and the last Friday"; ordinal 0 is every one. */
  onWeekdays(days: readonly { readonly weekday: Weekday; readonly ordinal: number }[]): string;
  /** "on the 15th and the last day"; negative days count from the end. */
  onMonthDays(days: readonly number[]): string;
  /** "on day 100 of the year". */
  onYearDays(days: readonly number[]): string;
  /** "in week 20". */
  inWeeks(weeks: readonly number[]): string;
  /** "in March and April". */
  inMonths(months: readonly number[]): string;
  /** "3 March", and with a year "3 March 2027". */
  date(day: number, month: number, year: number | null): string;
  onDate(date: string): string;
  /** "at 9:00 and 14:30". */
  at(times: readonly string[]): string;
  /** "in the hours 9 and 10", "in the minutes 0 and 30". */
  within(unit: Unit, values: readonly number[]): string;
  /** ", of these only the first and the last". */
  only(positions: readonly number[]): string;
  until(date: string): string;
  times(count: number): string;
  /** "moved to the day before where a date does not exist". */
  skip(direction: "BACKWARD" | "FORWARD"): string;
};

/** "a", "a and b", "a, b and c". */
export function listed(items: readonly string[], and: string): string {
  if (items.length <= 1) return items[0] ?? "";
  return `${items.slice(0, -1).join(", ")} ${and} ${items.at(-1)}`;
}

/** Whether these are Monday to Friday, which every language says shorter. */
export function areWorkdays(days: readonly Weekday[]): boolean {
  return days.join() === "1,2,3,4,5";
}
