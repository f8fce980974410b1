import { dateOf, dayNumber, daysInMonth } from "@hourwright/time";
import { afterArticle, found, isAttached, isIn, numberAt, said, type Found, type Scene } from "./scene.ts";

/** Plans and history lie in these years; beyond them a number is no year. */
const YEAR_MIN = 1900;
const YEAR_MAX = 2199;
/** 29 February waits eight years at most: 2096 to 2104. */
const YEARS_AHEAD_MAX = 8;

export function isDate(year: number, month: number, day: number): boolean {
  return (
    year >= YEAR_MIN && year <= YEAR_MAX && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month)
  );
}

export function isInReach(day: number): boolean {
  return day >= dayNumber(YEAR_MIN, 1, 1) && day < dayNumber(YEAR_MAX + 1, 1, 1);
}

/** A date in figures or with the month's name: `2027-03-25`, `25.3.`, `3/25`, `25 mar`, `march 25th, 2027` [LG13, LG14]. */
export function dateAt(scene: Scene, at: number, isLed: boolean): Found<number> | null {
  return (
    isoAt(scene, at) ??
    dottedAt(scene, at, isLed) ??
    slashedAt(scene, at) ??
    dayMonthAt(scene, at) ??
    monthDayAt(scene, at)
  );
}

function isoAt(scene: Scene, at: number): Found<number> | null {
  const [year, month, day] = [numberAt(scene, at), numberAt(scene, at + 2), numberAt(scene, at + 4)];
  const isWhole = [1, 2, 3, 4].every((i) => isAttached(scene, at + i, i % 2 === 1 ? "-" : undefined));
  if (!isWhole || year === null || month === null || day === null || !isDate(year, month, day)) return null;
  return found(at + 5, dayNumber(year, month, day));
}

/** Day and month with dots. Without the second dot it may be a time or a version, so something else must say it [LG14]. */
function dottedAt(scene: Scene, at: number, isLed: boolean): Found<number> | null {
  const [day, month] = [numberAt(scene, at), numberAt(scene, at + 2)];
  if (day === null || month === null || !isAttached(scene, at + 1, ".") || !isAttached(scene, at + 2)) return null;
  if (!isAttached(scene, at + 3, ".")) {
    const isTwoDigits = scene.tokens[at + 2]!.text.length === 2;
    return isLed || (scene.grammar.isDotted && isTwoDigits) ? dated(scene, at + 3, month, day, null) : null;
  }
  const year = yearAt(scene, at + 4, isAttached(scene, at + 4));
  return dated(scene, year?.to ?? at + 4, month, day, year?.value ?? null);
}

/** `3/4` is two dates; which comes first is a habit of the place, the other is offered [LG14]. */
function slashedAt(scene: Scene, at: number): Found<number> | null {
  const { grammar, situation } = scene;
  const [one, two] = [numberAt(scene, at), numberAt(scene, at + 2)];
  if (one === null || two === null || !isAttached(scene, at + 1, "/") || !isAttached(scene, at + 2)) return null;
  const year = isAttached(scene, at + 3, "/") ? yearAt(scene, at + 4, isAttached(scene, at + 4)) : null;
  if (one === 24 && two === 7 && year === null) return null; // Around the clock.
  const to = year?.to ?? at + 3;
  const dayFirst = dated(scene, to, two, one, year?.value ?? null);
  const monthFirst = dated(scene, to, one, two, year?.value ?? null);
  const [best, other] = (situation.isDayFirst ?? grammar.isDayFirst) ? [dayFirst, monthFirst] : [monthFirst, dayFirst];
  if (best === null || other === null) return best ?? other;
  return found(to, best.value, best.value === other.value ? [] : [other.value]);
}

/** `25 mar`, `25th of march 2027`, `25. März`. */
function dayMonthAt(scene: Scene, at: number): Found<number> | null {
  const day = monthDayNumberAt(scene, at);
  if (day === null) return null;
  const from = !isIn(scene, scene.grammar.of, day.to) ? day.to : day.to + 1;
  const month = monthAt(scene, from);
  if (month === null) return null;
  const year = yearAt(scene, month.to, false);
  return dated(scene, year?.to ?? month.to, month.value, day.value, year?.value ?? null);
}

/** `march 25`, `mar 25th, 2027`, `march the 25th`. */
function monthDayAt(scene: Scene, at: number): Found<number> | null {
  const month = monthAt(scene, at);
  if (month === null) return null;
  const day = monthDayNumberAt(scene, afterArticle(scene, month.to));
  if (day === null || isAttached(scene, day.to, ":")) return null;
  const comma = isAttached(scene, day.to, ",") ? 1 : 0;
  const year = yearAt(scene, day.to + comma, false);
  return dated(scene, year?.to ?? day.to, month.value, day.value, year?.value ?? null);
}

/** A number from 1 to 31 with or without its mark: `25`, `25th`, `25.`. */
export function monthDayNumberAt(scene: Scene, at: number): { to: number; value: number; isMarked: boolean } | null {
  const value = numberAt(scene, at);
  if (value === null || value < 1 || value > 31) return null;
  const isMarked = isAttached(scene, at + 1) && isIn(scene, scene.grammar.ordinalMarks, at + 1);
  return { to: isMarked ? at + 2 : at + 1, value, isMarked };
}

/** A month's name, with the full stop of an abbreviation. */
export function monthAt(scene: Scene, at: number): { to: number; value: number } | null {
  const value = said(scene, scene.grammar.months, at);
  return value === undefined ? null : { to: afterStop(scene, at), value };
}

/** Behind a word, and the full stop of an abbreviation when a number or a word follows it. */
export function afterStop(scene: Scene, at: number): number {
  return isAttached(scene, at + 1, ".") && scene.tokens[at + 2] !== undefined ? at + 2 : at + 1;
}

/** Four digits; or two when they belong to a date in figures. Digits that are no year yet, at the end, are passed over. */
export function yearAt(scene: Scene, at: number, isShortFine: boolean): { to: number; value: number | null } | null {
  const token = scene.tokens[at];
  if (token === undefined || token.number === null || isAttached(scene, at + 1, ":")) return null;
  if (token.text.length === 4) {
    return token.number >= YEAR_MIN && token.number <= YEAR_MAX ? { to: at + 1, value: token.number } : null;
  }
  if (isShortFine && token.text.length === 2) return { to: at + 1, value: 2000 + token.number };
  const isBegun = token.isTyping && (isShortFine || /^(19|20|21)\d$/.test(token.text));
  return isBegun ? { to: at + 1, value: null } : null;
}

function dated(scene: Scene, to: number, month: number, day: number, year: number | null): Found<number> | null {
  if (year === null) {
    const next = nextDate(scene.datesFrom, month, day);
    return next === null ? null : found(to, next);
  }
  return isDate(year, month, day) ? found(to, dayNumber(year, month, day)) : null;
}

/** The first such date from a day on [LG15]; null when the month never has that day. */
export function nextDate(from: number, month: number, day: number): number | null {
  const first = dateOf(from).year;
  for (let year = first; year <= first + YEARS_AHEAD_MAX; year++) {
    if (isDate(year, month, day) && dayNumber(year, month, day) >= from) return dayNumber(year, month, day);
  }
  return null;
}

/** The first day of that number in its month, from a day on. */
export function nextMonthDay(from: number, monthDay: number): number {
  let { year, month } = dateOf(from);
  while (monthDay > daysInMonth(year, month) || dayNumber(year, month, monthDay) < from) {
    [year, month] = month === 12 ? [year + 1, 1] : [year, month + 1];
  }
  return dayNumber(year, month, monthDay);
}

/** A day moved by months: the same number in its month, or that month's last. */
export function plusMonths(day: number, months: number): number {
  const date = dateOf(day);
  const count = date.year * 12 + date.month - 1 + months;
  const [year, month] = [Math.floor(count / 12), (((count % 12) + 12) % 12) + 1];
  return dayNumber(year, month, Math.min(date.day, daysInMonth(year, month)));
}
