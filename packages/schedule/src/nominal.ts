import { dateOf, dayNumber, daysInMonth, daysInYear } from "@hourwright/time";
import type { Contract } from "./contract.ts";

/** The hours that contracts ask of some days, half-open, in minutes: by days of the week, of each month, of each year; rounded once, halves up [TA10]. */
export function nominalMinutes(contracts: readonly Contract[], fromDay: number, toDay: number): number {
  const exact = contracts.reduce((sum, contract) => {
    const [first, end] = [Math.max(contract.fromDay, fromDay), Math.min(contract.toDay ?? toDay, toDay)];
    return first < end ? sum + ofVersion(contract, first, end) : sum;
  }, 0);
  return Math.floor(exact + 0.5);
}

function ofVersion({ nominal: { minutes, per } }: Contract, first: number, end: number): number {
  if (per === "week") return ((end - first) * minutes) / 7;
  let [parts, day] = [0, first];
  while (day < end) {
    const { year, month } = dateOf(day);
    const isMonth = per === "month";
    const next = isMonth && month < 12 ? dayNumber(year, month + 1, 1) : dayNumber(year + 1, 1, 1);
    parts += (Math.min(next, end) - day) / (isMonth ? daysInMonth(year, month) : daysInYear(year));
    day = next;
  }
  return parts * minutes;
}
