import type { Weekday } from "../civil.ts";
import { areWorkdays, listed, type Language, type Unit } from "./language.ts";

const WEEKDAYS = ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"];
const MONTHS = [
  "Januar",
  "Februar",
  "März",
  "April",
  "Mai",
  "Juni",
  "Juli",
  "August",
  "September",
  "Oktober",
  "November",
  "Dezember",
];
const ORDINALS = ["ersten", "zweiten", "dritten", "vierten", "fünften"];
const UNITS: Record<Unit, readonly [every: string, many: string]> = {
  second: ["jede Sekunde", "Sekunden"],
  minute: ["jede Minute", "Minuten"],
  hour: ["jede Stunde", "Stunden"],
  day: ["jeden Tag", "Tage"],
  week: ["jede Woche", "Wochen"],
  month: ["jeden Monat", "Monate"],
  year: ["jedes Jahr", "Jahre"],
};
const WITHIN: Partial<Record<Unit, readonly [one: string, many: string]>> = {
  hour: ["in der Stunde", "in den Stunden"],
  minute: ["in der Minute", "in den Minuten"],
  second: ["in der Sekunde", "in den Sekunden"],
};

const and = (items: readonly string[]) => listed(items, "und");
const weekday = (day: Weekday) => WEEKDAYS[day - 1]!;

/** "zweiten", "27.", "letzten", "vorletzten", "drittletzten". */
function ordinal(number: number): string {
  if (number === -1) return "letzten";
  if (number === -2) return "vorletzten";
  if (number < 0) return number >= -5 ? `${ORDINALS[-number - 1]!.slice(0, -2)}letzten` : `${-number}.-letzten`;
  return ORDINALS[number - 1] ?? `${number}.`;
}

const onDays = (list: readonly Weekday[]) =>
  areWorkdays(list) ? "von Montag bis Freitag" : `am ${and(list.map(weekday))}`;

export const german: Language = {
  every: (unit, interval) => (interval === 1 ? UNITS[unit][0] : `alle ${interval} ${UNITS[unit][1]}`),
  everyWeekday(list, interval) {
    if (interval > 2 || (interval === 2 && list.length > 1)) return `alle ${interval} Wochen ${onDays(list)}`;
    if (interval === 2) return `jeden zweiten ${weekday(list[0]!)}`;
    return areWorkdays(list) ? "jeden Tag von Montag bis Freitag" : `jeden ${and(list.map(weekday))}`;
  },
  onWeekdays(list) {
    if (list.every((day) => day.ordinal === 0)) return onDays(list.map((day) => day.weekday));
    const each = (day: (typeof list)[number]) =>
      day.ordinal === 0 ? `an jedem ${weekday(day.weekday)}` : `am ${ordinal(day.ordinal)} ${weekday(day.weekday)}`;
    return and(list.map(each));
  },
  onMonthDays: (list) => and(list.map((day) => (day > 0 ? `am ${day}.` : `am ${ordinal(day)} Tag`))),
  onYearDays: (list) => `${and(list.map((day) => `am ${ordinal(day)} Tag`))} des Jahres`,
  inWeeks: (list) => and(list.map((week) => (week > 0 ? `in Woche ${week}` : `in der ${ordinal(week)} Woche`))),
  inMonths: (list) => `im ${and(list.map((month) => MONTHS[month - 1]!))}`,
  date: (day, month, year) => `${day}. ${MONTHS[month - 1]}${year === null ? "" : ` ${year}`}`,
  onDate: (date) => `am ${date}`,
  at: (list) => `um ${and(list)} Uhr`,
  within: (unit, values) => `${WITHIN[unit]![values.length === 1 ? 0 : 1]} ${and(values.map(String))}`,
  only: (list) => `, davon nur am ${and(list.map(ordinal))}`,
  until: (date) => `bis ${date}`,
  times: (count) => `${count}-mal`,
  skip: (direction) => `, oder am Tag ${direction === "BACKWARD" ? "davor" : "danach"}, wo es das Datum nicht gibt`,
};
