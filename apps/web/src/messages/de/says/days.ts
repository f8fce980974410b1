import { dayNumber } from "@hourwright/time";
import { parseDate } from "@hourwright/timeline";
import type { Formats } from "../../format.ts";

/** A day of facts (2027-03-01) as the reader writes it; as it stands where it is none. */
export const dayText = (text: string, format: Formats): string => printed(text, format.date);

/** The same with its weekday. */
export const weekdayText = (text: string, format: Formats): string => printed(text, format.dayWithYear);

function printed(text: string, print: (epochDay: number) => string): string {
  const date = parseDate(text);
  return date === null ? text : print(dayNumber(date.year, date.month, date.day));
}

/** A day, or a time on one (2027-03-01T07:00, by whichever clock it was written). */
export function momentText(text: string, format: Formats): string {
  const [day, clock] = text.split("T");
  return clock === undefined ? dayText(text, format) : `${dayText(day!, format)}, ${clock.slice(0, 5)} Uhr`;
}

/** From one time to another; the day once where it is the same. */
export function spanText(from: string, to: string, format: Formats): string {
  const [day] = from.split("T");
  const isOneDay = to.startsWith(`${day}T`);
  return isOneDay
    ? `${momentText(from, format).replace(/ Uhr$/, "")}–${to.slice(11, 16)} Uhr`
    : `${momentText(from, format)} bis ${momentText(to, format)}`;
}
