import type { Weekday } from "../civil.ts";
import { areWorkdays, listed, type Language, type Unit } from "./language.ts";

const WEEKDAYS = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"];
const MONTHS = [
  "janvier",
  "février",
  "mars",
  "avril",
  "mai",
  "juin",
  "juillet",
  "août",
  "septembre",
  "octobre",
  "novembre",
  "décembre",
];
const ORDINALS = ["premier", "deuxième", "troisième", "quatrième", "cinquième"];
const UNITS: Record<Unit, string> = {
  second: "toutes les secondes",
  minute: "toutes les minutes",
  hour: "toutes les heures",
  day: "tous les jours",
  week: "toutes les semaines",
  month: "tous les mois",
  year: "tous les ans",
};
const WITHIN: Partial<Record<Unit, string>> = { hour: "heure", minute: "minute", second: "seconde" };

const and = (items: readonly string[]) => listed(items, "et");
const weekday = (day: Weekday) => WEEKDAYS[day - 1]!;

/** "deuxième jour", "dernier jour", "troisième jour en partant de la fin", each with its article. */
function nth(number: number, noun: string): string {
  const word = (size: number) => ORDINALS[size - 1] ?? `${size}e`;
  const after = noun === "" ? "" : ` ${noun}`;
  if (number === -1) return `le dernier${after}`;
  if (number === -2) return `l'avant-dernier${after}`;
  return number > 0 ? `le ${word(number)}${after}` : `le ${word(-number)}${after} en partant de la fin`;
}

const onDays = (list: readonly Weekday[]) =>
  areWorkdays(list) ? "du lundi au vendredi" : and(list.map((day) => `le ${weekday(day)}`));

export const french: Language = {
  every: (unit, interval) => (interval === 1 ? UNITS[unit] : UNITS[unit].replace(" les ", ` les ${interval} `)),
  everyWeekday(list, interval) {
    if (interval > 2 || (interval === 2 && list.length > 1)) return `toutes les ${interval} semaines ${onDays(list)}`;
    if (interval === 2) return `un ${weekday(list[0]!)} sur deux`;
    if (areWorkdays(list)) return "tous les jours du lundi au vendredi";
    return `tous les ${and(list.map((day) => `${weekday(day)}s`))}`;
  },
  onWeekdays(list) {
    if (list.every((day) => day.ordinal === 0)) return onDays(list.map((day) => day.weekday));
    const each = (day: (typeof list)[number]) =>
      day.ordinal === 0 ? `chaque ${weekday(day.weekday)}` : nth(day.ordinal, weekday(day.weekday));
    return and(list.map(each));
  },
  onMonthDays: (list) => and(list.map((day) => (day > 0 ? `le ${day === 1 ? "1er" : day}` : nth(day, "jour")))),
  onYearDays: (list) => `${and(list.map((day) => nth(day, "jour")))} de l'année`,
  inWeeks(list) {
    const each = (week: number) => {
      if (week > 0) return `la semaine ${week}`;
      return week === -1
        ? "la dernière semaine"
        : `la ${ORDINALS[-week - 1] ?? `${-week}e`} semaine en partant de la fin`;
    };
    return and(list.map(each));
  },
  inMonths: (list) => `en ${and(list.map((month) => MONTHS[month - 1]!))}`,
  date: (day, month, year) => `${day === 1 ? "1er" : day} ${MONTHS[month - 1]}${year === null ? "" : ` ${year}`}`,
  onDate: (date) => `le ${date}`,
  at: (list) => `à ${and(list)}`,
  within(unit, values) {
    const noun = WITHIN[unit]!;
    return values.length === 1 ? `pendant la ${noun} ${values[0]}` : `pendant les ${noun}s ${and(values.map(String))}`;
  },
  only: (list) => `, dont seulement ${and(list.map((number) => nth(number, "")))}`,
  until: (date) => `jusqu'au ${date}`,
  times: (count) => `${count} fois`,
  skip: (direction) => `, ou ${direction === "BACKWARD" ? "la veille" : "le lendemain"} si la date n'existe pas`,
};
