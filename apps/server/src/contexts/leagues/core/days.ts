import { weekdayOf } from "./fairness.ts";

/** On which days a league is played; days of the epoch, `until` and `lastDay` the last of theirs. */
export type LeagueDates = {
  readonly firstDay: number;
  readonly weekdays: readonly number[];
  readonly everyWeeks: number;
  readonly lastDay: number | null;
  readonly leftOut: readonly { readonly from: number; readonly until: number }[];
};

/** However many days are left out, nothing is looked for further ahead than five years. */
const DAYS_AHEAD_MAX = 1_830;

/** The days of the first `count` rounds; fewer where there are no more until the last day. Weeks begin on Monday. */
export function roundDays(
  { firstDay, weekdays, everyWeeks, lastDay, leftOut }: LeagueDates,
  count: number,
  holidays: ReadonlySet<number>,
): number[] {
  const days: number[] = [];
  const monday = firstDay - (weekdayOf(firstDay) - 1);
  const end = Math.min(lastDay ?? Infinity, firstDay + DAYS_AHEAD_MAX);
  for (let day = firstDay; day <= end && days.length < count; day++) {
    const week = Math.floor((day - monday) / 7);
    if (week % everyWeeks !== 0 || !weekdays.includes(weekdayOf(day)) || holidays.has(day)) continue;
    if (leftOut.some(({ from, until }) => from <= day && day <= until)) continue;
    days.push(day);
  }
  return days;
}
