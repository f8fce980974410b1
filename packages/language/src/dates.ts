import { dateOf, dayNumber, daysInMonth } from "@hourwright/time";
import { afterArticle, found, isAttached, isIn, numberAt, said, type Found, type Scene } from "./scene.ts";

/** Plans and history lie in these years; a date beyond them is none [LG13]. */
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
  const written = writtenAt(scene, at, isLed);
  const days = written?.dates.map((date) => dayOf(scene, date)).filter((day) => day !== null) ?? [];
  const [best, ...others] = new Set(days);
  return written === null || best === undefined ? null : found(written.to, best, others);
}

/** Where a date ends that is written and does not exist, or lies in no year that is read: `30 feb`, `1 jan 9999` [LG13]. */
export function noDateAt(scene: Scene, at: number): number | null {
  const written = writtenAt(scene, at, true);
  return written !== null && dateAt(scene, at, true) === null ? written.to : null;
}

/** A year that is not said is null. */
type Dated = { readonly year: number | null; readonly month: number; readonly day: number };
/** A date as it is written, whether there is such a day or not; where its order is a habit, both, the likelier first. */
type Written = { readonly to: number; readonly dates: readonly Dated[] };

function writtenAt(scene: Scene, at: number, isLed: boolean): Written | null {
  return (
    isoAt(scene, at) ??
    dottedAt(scene, at, isLed) ??
    slashedAt(scene, at) ??
    dayMonthAt(scene, at) ??
    monthDayAt(scene, at)
  );
}

function isoAt(scene: Scene, at: number): Written | null {
  const [year, month, day] = [numberAt(scene, at), numberAt(scene, at + 2), numberAt(scene, at + 4)];
  const isWhole = [1, 2, 3, 4].every((i) => isAttached(scene, at + i, i % 2 === 1 ? "-" : undefined));
  if (!isWhole || year === null || month === null || day === null || scene.tokens[at]!.text.length !== 4) return null;
  return { to: at + 5, dates: [{ year, month, day }] };
}

/** Day and month with dots. Without the second dot it may be a time or a version, so something else must say it [LG14]. */
function dottedAt(scene: Scene, at: number, isLed: boolean): Written | null {
  const [day, month] = [numberAt(scene, at), numberAt(scene, at + 2)];
  if (day === null || month === null || !isAttached(scene, at + 1, ".") || !isAttached(scene, at + 2)) return null;
  if (!isLike(month, day)) return null;
  if (!isAttached(scene, at + 3, ".")) {
    const isTwoDigits = scene.tokens[at + 2]!.text.length === 2;
    const isSaid = isLed || (scene.grammar.isDotted && isTwoDigits);
    return isSaid ? { to: at + 3, dates: [{ year: null, month, day }] } : null;
  }
  const year = yearAt(scene, at + 4, isAttached(scene, at + 4));
  return { to: year?.to ?? at + 4, dates: [{ year: year?.value ?? null, month, day }] };
}

/** `3/4` is two dates; which comes first is a habit of the place, the other is offered [LG14]. */
function slashedAt(scene: Scene, at: number): Written | null {
  const { grammar, situation } = scene;
  const [one, two] = [numberAt(scene, at), numberAt(scene, at + 2)];
  if (one === null || two === null || !isAttached(scene, at + 1, "/") || !isAttached(scene, at + 2)) return null;
  const year = isAttached(scene, at + 3, "/") ? yearAt(scene, at + 4, isAttached(scene, at + 4)) : null;
  if (one === 24 && two === 7 && year === null) return null; // Around the clock.
  const dayFirst = { year: year?.value ?? null, month: two, day: one };
  const monthFirst = { year: year?.value ?? null, month: one, day: two };
  const isDayFirst = situation.isDayFirst ?? grammar.isDayFirst;
  const dates = (isDayFirst ? [dayFirst, monthFirst] : [monthFirst, dayFirst]).filter(({ month, day }) =>
    isLike(month, day),
  );
  return dates.length === 0 ? null : { to: year?.to ?? at + 3, dates };
}

/** Whether figures look like a month and a day; what does not is left to be a time or a number. */
function isLike(month: number, day: number): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

/** `25 mar`, `25th of march 2027`, `25. März`. */
function dayMonthAt(scene: Scene, at: number): Written | null {
  const day = monthDayNumberAt(scene, at);
  if (day === null) return null;
  const from = !isIn(scene, scene.grammar.of, day.to) ? day.to : day.to + 1;
  const month = monthAt(scene, from);
  if (month === null) return null;
  const year = yearAt(scene, month.to, false);
  return { to: year?.to ?? month.to, dates: [{ year: year?.value ?? null, month: month.value, day: day.value }] };
}

/** `march 25`, `mar 25th, 2027`, `march the 25th`. */
function monthDayAt(scene: Scene, at: number): Written | null {
  const month = monthAt(scene, at);
  if (month === null) return null;
  const day = monthDayNumberAt(scene, afterArticle(scene, month.to));
  if (day === null || isAttached(scene, day.to, ":")) return null;
  const comma = isAttached(scene, day.to, ",") ? 1 : 0;
  const year = yearAt(scene, day.to + comma, false);
  return { to: year?.to ?? day.to, dates: [{ year: year?.value ?? null, month: month.value, day: day.value }] };
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

/**
 * Four digits or more, of whatever year, so that none is taken for another; or two when they belong to a date in figures.
 * Digits that are no year yet, at the end, are passed over.
 */
export function yearAt(scene: Scene, at: number, isShortFine: boolean): { to: number; value: number | null } | null {
  const token = scene.tokens[at];
  if (token === undefined || !/^\d+$/.test(token.text) || isAttached(scene, at + 1, ":")) return null;
  if (token.text.length >= 4) return { to: at + 1, value: Number(token.text) };
  if (isShortFine && token.text.length === 2) return { to: at + 1, value: 2000 + Number(token.text) };
  const isBegun = token.isTyping && (isShortFine || /^(19|20|21)\d$/.test(token.text));
  return isBegun ? { to: at + 1, value: null } : null;
}

function dayOf(scene: Scene, { year, month, day }: Dated): number | null {
  if (year === null) return nextDate(scene.datesFrom, month, day);
  return isDate(year, month, day) ? dayNumber(year, month, day) : null;
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
