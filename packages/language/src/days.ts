import { dateOf, dayNumber, daysInMonth, weekdayOf } from "@hourwright/time";
import { clockAt } from "./clock.ts";
import { afterStop, dateAt, isInReach, monthDayNumberAt, nextMonthDay, noDateAt, plusMonths } from "./dates.ts";
import { amountAt } from "./durations.ts";
import { COMING, DAY, LAST, MONTH, NEXT, THIS, WEEK, lookPhrase } from "./grammar.ts";
import {
  afterArticle,
  found,
  isAttached,
  isIn,
  numberAt,
  said,
  weekStart,
  weekdayFrom,
  type Found,
  type Scene,
} from "./scene.ts";

/** Longer stretches are no plan but two days in one sentence. */
const RANGE_DAYS_MAX = 400;
/** A number beyond is no time of day on its own [LG22]. */
const HOUR_MAX = 23;
/** A weekday meets a day of the month at least once in these: 28 years hold every calendar. */
const MONTHS_AHEAD_MAX = 12 * 40;

/** Half-open. `weekday` is set when a weekday's name said it, so that a number behind it may be its date [LG22]. */
export type Days = {
  readonly kind: "day" | "range";
  readonly fromDay: number;
  readonly toDay: number;
  readonly weekday?: number;
  /** Said with "until": the end of a repeat when there is one [LG43]. */
  readonly isEnd?: boolean;
};

const single = (day: number, weekday?: number): Days =>
  weekday === undefined
    ? { kind: "day", fromDay: day, toDay: day + 1 }
    : { kind: "day", fromDay: day, toDay: day + 1, weekday };

/** A range of days, a weekend or one day, whichever the words at `at` say at greatest length. */
export function daysAt(scene: Scene, at: number, isLed: boolean): Found<Days> | null {
  return rangeAt(scene, at, isLed) ?? weekendAt(scene, at) ?? dayAt(scene, at, isLed);
}

/** One day. `isLed`: a connecting word stands before it, so that "12." and "Fr" can be days. */
export function dayAt(scene: Scene, at: number, isLed: boolean): Found<Days> | null {
  const weekday = weekdayAt(scene, at, isLed);
  if (weekday !== null) return weekday;
  const named = dateAt(scene, at, isLed) ?? countedAt(scene, at) ?? namedDayAt(scene, at) ?? pointedAt(scene, at);
  const day = named ?? (isLed ? markedDayAt(scene, at) : null);
  if (day === null) return null;
  return found(
    day.to,
    single(day.value),
    day.others.map((other) => single(other)),
  );
}

/** Where a day or a range of days ends that does not exist, with the weekday before it: `Fri 30 Feb`, `25–28 mar 9999` [LG13]. */
export function noDaysAt(scene: Scene, at: number): number | null {
  const weekday = weekdayNameAt(scene, at, true);
  const behind = weekday?.to ?? at;
  const from = weekday === null ? at : afterArticle(scene, isAttached(scene, behind, ",") ? behind + 1 : behind);
  const number = monthDayNumberAt(scene, from);
  const isRange = number !== null && isIn(scene, scene.grammar.to, number.to);
  return noDateAt(scene, isRange ? afterArticle(scene, number.to + 1) : from);
}

function namedDayAt(scene: Scene, at: number): Found<number> | null {
  const phrase = lookPhrase(scene.grammar.days, scene.tokens, at);
  return phrase === null ? null : found(phrase.to, scene.situation.today + phrase.value);
}

/** `in 3 days`, `3 days ago`, `vor 3 Tagen` from today; `+6w` from the selected day [LG17, LG18]. */
function countedAt(scene: Scene, at: number): Found<number> | null {
  const { grammar, situation } = scene;
  const sign = scene.tokens[at]?.text;
  if ((sign === "+" || sign === "-" || sign === "−") && isAttached(scene, at + 1)) {
    const amount = amountAt(scene, at + 1);
    return amount === null ? null : moved(amount.to, situation.selectedDay, amount, sign === "+" ? 1 : -1);
  }
  const isAhead = isIn(scene, grammar.ahead, at);
  const isBack = isIn(scene, grammar.back, at);
  const amount = amountAt(scene, isAhead || isBack ? at + 1 : at);
  if (amount === null) return null;
  const isAgo = !isAhead && !isBack && isIn(scene, grammar.ago, amount.to);
  if (!isAhead && !isBack && !isAgo) return null;
  return moved(isAgo ? amount.to + 1 : amount.to, situation.today, amount, isAhead ? 1 : -1);
}

function moved(to: number, from: number, { count, unit }: { count: number; unit: number }, sign: number) {
  if (!Number.isInteger(count) || unit < DAY) return null;
  const by = sign * count;
  const day =
    unit === DAY ? from + by : unit === WEEK ? from + 7 * by : plusMonths(from, unit === MONTH ? by : 12 * by);
  return isInReach(day) ? found(to, day) : null;
}

/** `next week` is its Monday, `next month` and `next year` their first day [LG19]. */
function pointedAt(scene: Scene, at: number): Found<number> | null {
  const pointer = said(scene, scene.grammar.pointers, at);
  const unit = said(scene, scene.grammar.units, at + 1);
  if (pointer === undefined || unit === undefined || unit < WEEK) return null;
  const steps = pointer === COMING ? 1 : pointer;
  if (unit === WEEK) return found(at + 2, weekdayFrom(weekStart(scene, steps), 1));
  const { year, month } = dateOf(scene.situation.today);
  return found(at + 2, unit === MONTH ? plusMonths(dayNumber(year, month, 1), steps) : dayNumber(year + steps, 1, 1));
}

function weekendAt(scene: Scene, at: number): Found<Days> | null {
  const pointer = said(scene, scene.grammar.pointers, at);
  const from = pointer === undefined ? at : at + 1;
  const phrase = lookPhrase(scene.grammar.weekends, scene.tokens, from);
  if (phrase === null) return null;
  const { today } = scene.situation;
  const saturday =
    pointer === NEXT || pointer === LAST ? weekdayFrom(weekStart(scene, pointer), 6) : weekdayFrom(today - 1, 6);
  return found(phrase.to, { kind: "range", fromDay: saturday, toDay: saturday + 2 });
}

/** `the 12th`, `am 12.`: the first from the day on that dates count from [LG16]. */
function markedDayAt(scene: Scene, at: number): Found<number> | null {
  const number = monthDayNumberAt(scene, at);
  if (number === null || !number.isMarked) return null;
  return found(number.to, nextMonthDay(scene.monthDaysFrom, number.value));
}

/** `fri`, `next fri`, `Fri 12 March`, `Fr. 12.3.` [LG10, LG11, LG21]. */
function weekdayAt(scene: Scene, at: number, isLed: boolean): Found<Days> | null {
  const pointer = said(scene, scene.grammar.pointers, at);
  const from = pointer === undefined ? at : at + 1;
  const weekday = weekdayNameAt(scene, from, isLed || pointer !== undefined);
  if (weekday === null) return null;
  const date = confirmingDateAt(scene, weekday.to, weekday.value);
  const [day, ...others] = weekdayDays(scene, pointer, weekday.value);
  if (date !== null) {
    const doubts = weekdayOf(date.value) === weekday.value ? date.others : [day!];
    return found(
      date.to,
      single(date.value),
      doubts.map((other) => single(other)),
    );
  }
  const number = bareNumberAt(scene, isAttached(scene, weekday.to, ",") ? weekday.to + 1 : weekday.to);
  if (number !== null && (number.value > HOUR_MAX || number.value === dateOf(day!).day)) {
    const meant = number.value === dateOf(day!).day ? day! : weekdayOnDate(scene, weekday.value, number.value);
    if (meant !== null) return found(number.to, single(meant), number.value > HOUR_MAX ? [] : [single(day!)]);
  }
  return found(
    weekday.to,
    single(day!, weekday.value),
    others.map((other) => single(other, weekday.value)),
  );
}

/** The days a weekday with or without a pointer can be, best first [LG10, LG11]. */
function weekdayDays(scene: Scene, pointer: number | undefined, weekday: number): number[] {
  const { today } = scene.situation;
  const first = weekdayFrom(scene.weekdaysAfter + 1, weekday);
  switch (pointer) {
    case THIS:
      return [weekdayFrom(today, weekday)];
    case NEXT: {
      const next = weekdayFrom(weekStart(scene, 1), weekday);
      return next === first ? [next] : [next, first];
    }
    case LAST:
      return [weekdayFrom(today - 7, weekday)];
    default:
      return first === scene.weekdaysAfter + 7 && pointer !== COMING ? [first, scene.weekdaysAfter] : [first];
  }
}

/** A weekday's name; one that is too short needs company: a stop, a number, a range or a connecting word [LG12]. */
function weekdayNameAt(scene: Scene, at: number, isLed: boolean): { to: number; value: number } | null {
  const { grammar } = scene;
  const strong = said(scene, grammar.weekdays, at);
  if (strong !== undefined) return { to: afterStop(scene, at), value: strong };
  const weak = said(scene, grammar.weakWeekdays, at);
  if (weak === undefined) return null;
  const to = isAttached(scene, at + 1, ".") ? at + 2 : at + 1;
  const behind = afterArticle(scene, isAttached(scene, to, ",") ? to + 1 : to);
  const isInRange = isIn(scene, grammar.to, to) && isIn(scene, grammar.weakWeekdays, to + 1);
  return isLed || to === at + 2 || numberAt(scene, behind) !== null || isInRange ? { to, value: weak } : null;
}

/** The date behind a weekday, with a comma and an article between; the weekday decides for the year in hand [LG21]. */
function confirmingDateAt(scene: Scene, at: number, weekday: number): Found<number> | null {
  const from = afterArticle(scene, isAttached(scene, at, ",") ? at + 1 : at);
  const date = dateAt(scene, from, false);
  if (date !== null) {
    const thisYear = dateAt({ ...scene, datesFrom: dayNumber(dateOf(scene.datesFrom).year, 1, 1) }, from, false);
    if (weekdayOf(date.value) === weekday) return date;
    if (weekdayOf(thisYear!.value) === weekday) return thisYear;
    const mayBeTime = date.to === from + 3 && isAttached(scene, from + 1, "."); // `Fr 12.10`
    return mayBeTime ? null : date;
  }
  const number = monthDayNumberAt(scene, from);
  const day = number?.isMarked === true ? weekdayOnDate(scene, weekday, number.value) : null;
  return day === null ? null : found(number!.to, day);
}

/** A number that is neither time of day with minutes nor the beginning of a range. */
function bareNumberAt(scene: Scene, at: number): { to: number; value: number } | null {
  const value = numberAt(scene, at);
  const isJoined = isAttached(scene, at + 1) && !(isAttached(scene, at + 1, ",") && !isAttached(scene, at + 2));
  if (value === null || value < 1 || value > 31 || isJoined) return null;
  const clock = clockAt(scene, at);
  if (clock !== null && !clock.isBare) return null;
  return isIn(scene, scene.grammar.to, at + 1) ? null : { to: at + 1, value };
}

/** The first time from now on that a weekday falls on that day of the month [LG22]; null when none is in reach. */
export function weekdayOnDate(scene: Scene, weekday: number, monthDay: number): number | null {
  let day = scene.situation.today;
  for (let i = 0; i < MONTHS_AHEAD_MAX; i++) {
    day = nextMonthDay(day, monthDay);
    if (weekdayFrom(day, weekday) === day) return day;
    day++;
  }
  return null;
}

/** `25–28 mar`, `mar 25–28`, `mon to wed`, `vom 25. bis 28. März`, `25 mar – 3 apr` [LG20]. */
function rangeAt(scene: Scene, at: number, isLed: boolean): Found<Days> | null {
  const first = dayAt(scene, at, isLed);
  if (first !== null && isIn(scene, scene.grammar.to, first.to)) {
    const last = lastDayAfter(scene, first.value.fromDay, first.to);
    if (last !== null) return range(last.to, first.value.fromDay, last.value);
  }
  const number = monthDayNumberAt(scene, at);
  if (number === null || !isIn(scene, scene.grammar.to, number.to)) return null;
  const from = afterArticle(scene, number.to + 1);
  const last = dateAt(scene, from, true) ?? markedDayAt(scene, from);
  const start = last === null ? null : sameOrEarlierMonth(last.value, number.value);
  return start === null ? null : range(last!.to, start, last!.value);
}

/** The last day of a range whose first day and "to" were read; counted from the first. */
function lastDayAfter(scene: Scene, first: number, at: number): Found<number> | null {
  const later = { ...scene, datesFrom: first, monthDaysFrom: first, weekdaysAfter: first };
  const from = afterArticle(scene, at + 1);
  const last = dayAt(later, from, true);
  if (last !== null) return found(last.to, last.value.fromDay);
  const isAfterDate = numberAt(scene, at - 1) !== null || isIn(scene, scene.grammar.ordinalMarks, at - 1);
  const number = monthDayNumberAt(scene, from);
  if (!isAfterDate || number === null || number.value <= dateOf(first).day) return null;
  const clock = clockAt(scene, from);
  if (clock !== null && !clock.isBare) return null;
  const { year, month } = dateOf(first);
  if (number.value > daysInMonth(year, month)) return null;
  return found(number.to, first + number.value - dateOf(first).day);
}

/** The beginning of `28–3 apr` and `25–28 mar`: that day of the month of the last, or of the month before. */
function sameOrEarlierMonth(last: number, monthDay: number): number | null {
  const { day } = dateOf(last);
  if (monthDay < day) return last - (day - monthDay);
  const before = dateOf(last - day);
  const isPossible = monthDay > day && monthDay <= daysInMonth(before.year, before.month);
  return isPossible ? dayNumber(before.year, before.month, monthDay) : null;
}

function range(to: number, fromDay: number, lastDay: number): Found<Days> | null {
  if (lastDay <= fromDay || lastDay - fromDay > RANGE_DAYS_MAX) return null;
  return found(to, { kind: "range", fromDay, toDay: lastDay + 1 });
}
