import { weekdayOf } from "@hourwright/time";

/** Days in a row that are shown together: `firstDay` is an epoch day. */
export type DaySpan = { readonly firstDay: number; readonly days: number };

const WEEK_DAYS = 7;

/** What Week and Day show around an epoch day; weeks begin on `firstWeekday`, 1 is Monday. */
export function spanAround(place: "week" | "day", day: number, firstWeekday: number): DaySpan {
  if (place === "day") return { firstDay: day, days: 1 };
  return { firstDay: day - ((weekdayOf(day) - firstWeekday + WEEK_DAYS) % WEEK_DAYS), days: WEEK_DAYS };
}
