import type { Rule } from "@hourwright/schedule";
import { DAY_MS, MINUTE_MS, startOfWeek, type Interval, type Zone } from "@hourwright/time";
import { NIGHT } from "@hourwright/schedule";
import { minutesWithin, type Item } from "./templates.ts";

/** The rules of somebody and the whole weeks that they are looked at in. */
export type RuleBook = {
  readonly zone: Zone;
  readonly rules: readonly Rule[];
  /** Ends of weeks, and where each weekend begins. */
  readonly weeks: readonly (Interval & { readonly weekendMs: number })[];
};

export function ruleBookOf(
  rules: readonly Rule[],
  { fromDay, toDay }: { readonly fromDay: number; readonly toDay: number },
  zone: Zone,
): RuleBook {
  const weeks = [];
  const isWeekly = rules.some(({ kind }) => kind === "week-rest" || kind === "weekends");
  for (let day = startOfWeek(fromDay + 6, 1); isWeekly && day + 7 <= toDay; day += 7)
    weeks.push({
      startMs: zone.toEpochMs(day * DAY_MS),
      endMs: zone.toEpochMs((day + 7) * DAY_MS),
      weekendMs: zone.toEpochMs((day + 5) * DAY_MS),
    });
  return { zone, rules, weeks };
}

/**
 * Whether shifts, in order of their beginning, overlap or break any rule: what `checkRules` would say something about, in numbers alone
 * [RU1] to [RU9]. Linear in items, for each rule.
 */
export function isBreaking(items: readonly Item[], book: RuleBook): boolean {
  for (let i = 1; i < items.length; i++) if (items[i]!.startMs < items[i - 1]!.endMs) return true;
  return book.rules.some((rule) => breaks(rule, items, book));
}

function breaks(rule: Rule, items: readonly Item[], { weeks, zone }: RuleBook): boolean {
  switch (rule.kind) {
    case "shift":
      return anySpell(items, (workedMinutes) => workedMinutes > rule.minutesMax);
    case "rest":
      return hasShortRest(items, rule.minutesMin * MINUTE_MS);
    case "day":
      return hasLongSum(items, rule.minutesMax, (day) => day);
    case "week":
      return hasLongSum(items, rule.minutesMax, (day) => startOfWeek(day, 1));
    case "rolling":
      return hasFullWindow(items, rule.days * DAY_MS, rule.minutesMax);
    case "week-rest":
      return weeks.some((week) => longestRestMs(items, week) < rule.minutesMin * MINUTE_MS);
    case "days":
      return hasLongRun(items, rule.max);
    case "nights":
      return hasManyNights(items, rule.max);
    case "weekends":
      return hasFewFree(items, weeks, rule.of, rule.freeMin);
    case "curfew":
      return hasCurfewWork(items, rule, zone);
  }
}

/** Spells are of one day, or touch [RU1]. */
function anySpell(items: readonly Item[], isBad: (workedMinutes: number) => boolean): boolean {
  let [worked, day, endMs] = [0, Number.NaN, Number.NaN];
  for (const item of items) {
    if (item.day === day || item.startMs === endMs) worked += item.workedMinutes;
    else {
      if (isBad(worked)) return true;
      worked = item.workedMinutes;
    }
    ({ day, endMs } = item);
  }
  return isBad(worked);
}

function hasShortRest(items: readonly Item[], leastMs: number): boolean {
  let [day, endMs] = [Number.NaN, Number.NaN];
  for (const item of items) {
    if (item.day !== day && item.startMs !== endMs && item.startMs - endMs < leastMs) return true;
    ({ day, endMs } = item);
  }
  return false;
}

/** Days of items rise as they begin, so that a sum is one run of them. */
function hasLongSum(items: readonly Item[], most: number, keyOf: (day: number) => number): boolean {
  let [key, sum] = [Number.NaN, 0];
  for (const { day, workedMinutes } of items) {
    const own = keyOf(day);
    sum = own === key ? sum + workedMinutes : workedMinutes;
    key = own;
    if (sum > most) return true;
  }
  return false;
}

/** Most work lies in a window that begins where a piece does. */
function hasFullWindow(items: readonly Item[], lengthMs: number, most: number): boolean {
  const pieces: Interval[] = [];
  for (const item of items) for (const piece of item.pieces) pieces.push(piece);
  let [end, ms] = [0, 0];
  for (let i = 0; i < pieces.length; i++) {
    const untilMs = pieces[i]!.startMs + lengthMs;
    end = Math.max(end, i);
    while (end < pieces.length && pieces[end]!.endMs <= untilMs) {
      ms += pieces[end]!.endMs - pieces[end]!.startMs;
      end++;
    }
    const cutMs = end < pieces.length ? Math.max(0, untilMs - pieces[end]!.startMs) : 0;
    if ((ms + cutMs) / MINUTE_MS > most) return true;
    if (end > i) ms -= pieces[i]!.endMs - pieces[i]!.startMs;
  }
  return false;
}

function longestRestMs(items: readonly Item[], { startMs, endMs }: Interval): number {
  let [longest, freeMs] = [0, startMs];
  for (let i = firstAfter(items, startMs); i < items.length && items[i]!.startMs < endMs;) {
    // A spell with a pause within its day is one: it rests only when it is over.
    const beginsMs = items[i]!.startMs;
    let { endMs: spellEndMs } = items[i]!;
    for (i++; i < items.length && isOneSpell(items[i - 1]!, items[i]!); i++) spellEndMs = items[i]!.endMs;
    longest = Math.max(longest, beginsMs - freeMs);
    freeMs = Math.max(freeMs, spellEndMs);
  }
  return Math.max(longest, endMs - freeMs);
}

/** The first of the spell that ends after a moment. */
function firstAfter(items: readonly Item[], ms: number): number {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (items[middle]!.endMs <= ms) low = middle + 1;
    else high = middle;
  }
  while (low > 0 && low < items.length && isOneSpell(items[low - 1]!, items[low]!)) low--;
  return low;
}

const isOneSpell = (before: Item, item: Item): boolean => before.day === item.day || before.endMs === item.startMs;

function hasLongRun(items: readonly Item[], most: number): boolean {
  let [day, run] = [Number.NaN, 0];
  for (const item of items) {
    if (item.day === day || item.pieces.length === 0) continue;
    run = item.day === day + 1 ? run + 1 : 1;
    ({ day } = item);
    if (run > most) return true;
  }
  return false;
}

function hasManyNights(items: readonly Item[], most: number): boolean {
  let [last, run, night, minutes] = [Number.NaN, 0, Number.NaN, 0];
  const isOver = (): boolean => {
    if (!(minutes > NIGHT.moreThanMinutes)) return false;
    run = night === last + 1 ? run + 1 : 1;
    last = night;
    return run > most;
  };
  for (const item of items)
    for (const [own, more] of item.nights) {
      if (own === night) minutes += more;
      else {
        if (isOver()) return true;
        [night, minutes] = [own, more];
      }
    }
  return isOver();
}

function hasFewFree(items: readonly Item[], weeks: RuleBook["weeks"], of: number, freeMin: number): boolean {
  const isFree: boolean[] = [];
  let [free, i] = [0, 0];
  for (const [week, { weekendMs, endMs }] of weeks.entries()) {
    while (i < items.length && items[i]!.endMs <= weekendMs) i++;
    let isWorked = false;
    for (let at = i; at < items.length && items[at]!.startMs < endMs && !isWorked; at++)
      isWorked = items[at]!.pieces.some((piece) => piece.startMs < endMs && piece.endMs > weekendMs);
    isFree.push(!isWorked);
    free += Number(!isWorked) - Number(isFree[week - of] ?? false);
    if (week >= of - 1 && free < freeMin) return true;
  }
  return false;
}

function hasCurfewWork(items: readonly Item[], rule: Rule & { readonly kind: "curfew" }, zone: Zone): boolean {
  const isOverMidnight = rule.toMinute < rule.fromMinute;
  const times = { fromMinute: rule.fromMinute, toMinute: rule.toMinute + (isOverMidnight ? 1_440 : 0) };
  return items.some(({ pieces }) => {
    if (pieces.length === 0) return false;
    const first = Math.floor(zone.toLocalMs(pieces[0]!.startMs) / DAY_MS);
    const last = Math.floor(zone.toLocalMs(pieces.at(-1)!.endMs) / DAY_MS);
    for (let day = first - 1; day <= last; day++) if (minutesWithin(pieces, day, times, zone) > 0) return true;
    return false;
  });
}
