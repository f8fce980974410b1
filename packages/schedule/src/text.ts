import { dateOf } from "@hourwright/time";

const MONTHS = "January February March April May June July August September October November December".split(" ");

/** "3 March 2027" */
export function dayText(dayNumber: number): string {
  const { year, month, day } = dateOf(dayNumber);
  return `${day} ${MONTHS[month - 1]} ${year}`;
}

/** The same of 2027-03-03. */
export function isoDayText(isoDay: string): string {
  const [year, month, day] = isoDay.split("-").map(Number) as [number, number, number];
  return `${day} ${MONTHS[month - 1]} ${year}`;
}

const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/** "Wednesday", of 2027-03-03. */
export const weekdayText = (isoDay: string): string => WEEKDAYS[Temporal.PlainDate.from(isoDay).dayOfWeek - 1]!;

/** Minutes after midnight as the clock on the wall shows them, whichever day it is: "06:00". */
export function minuteText(minute: number): string {
  const shown = ((minute % 1_440) + 1_440) % 1_440;
  return `${String(Math.floor(shown / 60)).padStart(2, "0")}:${String(shown % 60).padStart(2, "0")}`;
}

/** "7 h 30 min" */
export function minutesText(minutes: number): string {
  const [hours, rest] = [Math.trunc(minutes / 60), Math.abs(minutes % 60)];
  if (rest === 0) return `${hours} h`;
  return hours === 0 ? `${minutes} min` : `${hours} h ${rest} min`;
}

export const quoted = (text: string): string => `“${text}”`;

export const countText = (count: number, thing: string): string => `${count} ${thing}${count === 1 ? "" : "s"}`;
