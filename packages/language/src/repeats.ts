import { WEEKDAY_NAMES, dateOf, daysInMonth, weekdayOf } from "@hourwright/time";
import { dayAt } from "./days.ts";
import { monthDayNumberAt, plusMonths } from "./dates.ts";
import { amountAt } from "./durations.ts";
import { DAY, HOUR, MONTH, WEEK, YEAR } from "./grammar.ts";
import { afterArticle, found, isIn, numberAt, said, standsApart, type Found, type Scene } from "./scene.ts";

/** Where the first occurrence is sought: a fifth Monday is never further away. */
const DAYS_AHEAD_MAX = 400;
/** More often, or further apart, is no plan. */
const INTERVAL_MAX = 999;
const WEEKDAYS_MAX = 7;
const WORKDAYS = [1, 2, 3, 4, 5];

/** A repeat as it was said; `ordinal` and `monthDay` 0 when not said, -1 the last. */
export type Repeat = {
  readonly kind: "repeat";
  readonly unit: number;
  readonly interval: number;
  readonly weekdays: readonly number[];
  readonly ordinal: number;
  readonly monthDay: number;
  readonly count: number | null;
  readonly untilDay: number | null;
  /** "for 6 weeks", counted from the first day. */
  readonly span: { readonly count: number; readonly unit: number } | null;
};

const plain = (unit: number, interval = 1, weekdays: readonly number[] = []): Repeat => ({
  kind: "repeat",
  unit,
  interval,
  weekdays,
  ordinal: 0,
  monthDay: 0,
  count: null,
  untilDay: null,
  span: null,
});

/** `every second tue until 3 march`, `daily`, `tuesdays`, `first monday of every month` [LG43]. */
export function repeatAt(scene: Scene, at: number): Found<Repeat> | null {
  const core = everyAt(scene, at) ?? rhythmAt(scene, at) ?? habitAt(scene, at) ?? ofEveryMonthAt(scene, at);
  if (core === null) return null;
  const { to, change } = tailAt(scene, core.to);
  return found(
    to,
    { ...core.value, ...change },
    core.others.map((other) => ({ ...other, ...change })),
  );
}

function everyAt(scene: Scene, at: number): Found<Repeat> | null {
  const { grammar } = scene;
  if (!isIn(scene, grammar.every, at)) return null;
  const marked = monthDayNumberAt(scene, at + 1);
  const ordinal = said(scene, grammar.ordinals, at + 1) ?? (marked?.isMarked === true ? marked.value : undefined);
  if (ordinal === undefined) return intervalAt(scene, at + 1);
  const from = marked === null ? at + 2 : marked.to;
  const unit = said(scene, grammar.units, from);
  const interval = ordinal === 0 ? 2 : ordinal;
  if (unit !== undefined && unit >= DAY && interval > 0) return onDays(scene, found(from + 1, plain(unit, interval)));
  const list = weekdaysAt(scene, from, false);
  if (list === null) return marked === null ? null : found(from, { ...plain(MONTH), monthDay: marked.value });
  const monthly = { ...plain(MONTH, 1, list.value), ordinal };
  const ofMonth = ofMonthAt(scene, list.to);
  if (ofMonth !== null) return found(ofMonth, monthly);
  if (ordinal === -1 || ordinal === 1) return found(list.to, monthly);
  const weekly = plain(WEEK, interval, list.value);
  return found(list.to, weekly, ordinal > 1 && ordinal <= 5 ? [monthly] : []);
}

/** `every tue and thu`, `every 2 weeks on friday`, `every weekday`, `jede Woche`. */
function intervalAt(scene: Scene, at: number): Found<Repeat> | null {
  const { grammar } = scene;
  if (isIn(scene, grammar.workdays, at)) return found(at + 1, plain(WEEK, 1, WORKDAYS));
  const list = weekdaysAt(scene, at, false);
  if (list !== null) return found(list.to, plain(WEEK, 1, list.value));
  const single = said(scene, grammar.units, at);
  if (single !== undefined && single >= DAY && scene.tokens[at]!.text.length > 1) {
    return onDays(scene, found(at + 1, plain(single)));
  }
  const amount = amountAt(scene, at);
  if (amount === null || amount.unit <= HOUR || !Number.isInteger(amount.count)) return null;
  if (amount.count < 1 || amount.count > INTERVAL_MAX) return null;
  return onDays(scene, found(amount.to, plain(amount.unit, amount.count)));
}

function rhythmAt(scene: Scene, at: number): Found<Repeat> | null {
  const unit = said(scene, scene.grammar.rhythms, at);
  if (unit !== undefined) return onDays(scene, found(at + 1, plain(unit)));
  return isIn(scene, scene.grammar.workdays, at) && scene.tokens[at]!.text.endsWith("s")
    ? found(at + 1, plain(WEEK, 1, WORKDAYS))
    : null;
}

function habitAt(scene: Scene, at: number): Found<Repeat> | null {
  const list = weekdaysAt(scene, at, true);
  return list === null ? null : found(list.to, plain(WEEK, 1, list.value));
}

/** `first monday of every month`, `letzter Freitag im Monat`. */
function ofEveryMonthAt(scene: Scene, at: number): Found<Repeat> | null {
  const ordinal = said(scene, scene.grammar.ordinals, at);
  const weekday = said(scene, scene.grammar.weekdays, at + 1);
  if (ordinal === undefined || ordinal === 0 || weekday === undefined) return null;
  const to = ofMonthAt(scene, at + 2);
  return to === null ? null : found(to, { ...plain(MONTH, 1, [weekday]), ordinal });
}

function ofMonthAt(scene: Scene, at: number): number | null {
  let to = at;
  while (to < at + 3 && isIn(scene, scene.grammar.ofEvery, to)) to++;
  return to > at && said(scene, scene.grammar.units, to) === MONTH ? to + 1 : null;
}

/** The days behind a week or a month: `every 2 weeks on tuesday`, `every month on the 12th`. */
function onDays(scene: Scene, core: Found<Repeat>): Found<Repeat> {
  const { grammar } = scene;
  let at = core.to;
  if (grammar.leads.get(scene.tokens[at]?.text ?? "")?.includes("repeat") !== true) return core;
  at = afterArticle(scene, at + 1);
  const list = core.value.unit === WEEK ? weekdaysAt(scene, at, false) : null;
  if (list !== null) return found(list.to, { ...core.value, weekdays: list.value });
  const number = core.value.unit === MONTH ? monthDayNumberAt(scene, at) : null;
  return number?.isMarked === true ? found(number.to, { ...core.value, monthDay: number.value }) : core;
}

/** One weekday or several: `mon, wed and fri`. */
function weekdaysAt(scene: Scene, at: number, isHabit: boolean): { to: number; value: readonly number[] } | null {
  const { grammar } = scene;
  const table = isHabit ? grammar.habits : grammar.weekdays;
  const nameAt = (place: number) =>
    said(scene, table, place) ?? (isHabit ? undefined : said(scene, grammar.weakWeekdays, place));
  const first = nameAt(at);
  if (first === undefined) return null;
  const days = new Set([first]);
  let to = at + 1;
  for (let i = 0; i < WEEKDAYS_MAX; i++) {
    let next = to;
    while (next < to + 2 && isIn(scene, grammar.and, next)) next++;
    const day = next > to ? nameAt(next) : undefined;
    if (day === undefined) break;
    days.add(day);
    to = next + 1;
  }
  return { to, value: [...days].sort((one, other) => one - other) };
}

/** How it ends: `until 3 march`, `10 times`, `for 6 weeks`. */
function tailAt(scene: Scene, at: number): { to: number; change: Partial<Repeat> } {
  const { grammar } = scene;
  if (isIn(scene, grammar.until, at)) {
    const from = scene.situation.selectedDay;
    const later = { ...scene, datesFrom: from, monthDaysFrom: from, weekdaysAfter: from };
    const day = dayAt(later, afterArticle(scene, at + 1), true);
    if (day !== null && standsApart(scene, at, day.to)) return { to: day.to, change: { untilDay: day.value.fromDay } };
  }
  const isFor = grammar.leads.get(scene.tokens[at]?.text ?? "")?.includes("duration") === true;
  const number = isFor ? at + 1 : at;
  const count = numberAt(scene, number) ?? grammar.numbers.get(scene.tokens[number]?.text ?? "") ?? 0;
  if (count >= 1 && isIn(scene, grammar.times, number + 1)) return { to: number + 2, change: { count } };
  const amount = isFor ? amountAt(scene, number) : null;
  if (amount !== null && amount.unit >= DAY && Number.isInteger(amount.count) && amount.count <= INTERVAL_MAX) {
    return { to: amount.to, change: { span: { count: amount.count, unit: amount.unit } } };
  }
  return { to: at, change: {} };
}

/** How far occurrences of the plain interval are apart at least; what lasts longer cannot be one of them. */
export function periodDays({ unit, interval }: Repeat): number {
  return interval * (unit === DAY ? 1 : unit === WEEK ? 7 : unit === MONTH ? 28 : 365);
}

/** The first day from `from` on that the repeat falls on [LG45]. */
export function firstDayOf({ weekdays, ordinal, monthDay }: Repeat, from: number): number {
  for (let day = from; day < from + DAYS_AHEAD_MAX; day++) {
    if (weekdays.length > 0 && !weekdays.includes(weekdayOf(day))) continue;
    const { year, month, day: number } = dateOf(day);
    if (monthDay !== 0 && monthDay !== number) continue;
    if (ordinal > 0 && Math.ceil(number / 7) !== ordinal) continue;
    if (ordinal === -1 && number + 7 <= daysInMonth(year, month)) continue;
    return day;
  }
  return from;
}

const FREQUENCIES: Readonly<Record<number, string>> = {
  [DAY]: "DAILY",
  [WEEK]: "WEEKLY",
  [MONTH]: "MONTHLY",
  [YEAR]: "YEARLY",
};

/** The value of an RRULE (RFC 5545 §3.3.10) for a repeat that begins on `firstDay`. UNTIL is a date [LG44]. */
export function ruleOf(repeat: Repeat, firstDay: number, firstWeekday: number): string {
  const { unit, interval, weekdays, ordinal, monthDay, count, span } = repeat;
  const parts = [`FREQ=${FREQUENCIES[unit]}`];
  const untilDay = span === null ? repeat.untilDay : lastDayOf(firstDay, span);
  if (untilDay !== null) parts.push(`UNTIL=${basicDate(Math.max(untilDay, firstDay))}`);
  if (count !== null) parts.push(`COUNT=${count}`);
  if (interval > 1) parts.push(`INTERVAL=${interval}`);
  const prefix = ordinal === 0 ? "" : String(ordinal);
  if (weekdays.length > 0) parts.push(`BYDAY=${weekdays.map((day) => prefix + WEEKDAY_NAMES[day - 1]!).join(",")}`);
  if (monthDay > 0) parts.push(`BYMONTHDAY=${monthDay}`);
  if (unit === WEEK && interval > 1 && firstWeekday !== 1) parts.push(`WKST=${WEEKDAY_NAMES[firstWeekday - 1]}`);
  return parts.join(";");
}

function lastDayOf(firstDay: number, { count, unit }: { count: number; unit: number }): number {
  if (unit <= WEEK) return firstDay + count * (unit === WEEK ? 7 : 1) - 1;
  return plusMonths(firstDay, unit === MONTH ? count : 12 * count) - 1;
}

function basicDate(day: number): string {
  const { year, month, day: number } = dateOf(day);
  return `${String(year).padStart(4, "0")}${String(month).padStart(2, "0")}${String(number).padStart(2, "0")}`;
}
