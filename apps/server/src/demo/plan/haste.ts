import { oneOf, type Random } from "@hourwright/std";
import { dateOf } from "@hourwright/time";
import { OWN, titleOf } from "./bookings.ts";
import { shuffled, weighted } from "./chance.ts";
import type { YearDays } from "./days.ts";
import { meeting, type Diary, type Minutes } from "./diary.ts";
import { guestsIn, type HastyBooking, type PlannedEvent, type Tables } from "./model.ts";
import type { Uids } from "./uids.ts";

/** Days and kinds tried for one hasty booking: a month in which nobody is ever busy has none. */
const TRIES_MAX = 40;
/** So much of the two falls together, at least and as wished. */
const SHARED_MINUTES = [15, 30, 30, 45, 60] as const;
const EARLIEST_MINUTE = 8 * 60;
const LATEST_MINUTE = 19 * 60;

/**
 * Bookings made on the telephone, from memory: the desk looks whether the car is there and not whether its instructor
 * is, a club is promised a hall that has been promised, somebody sees a dentist during a clinic. How often is a rate by
 * month; whom it hits is chance. Nothing marks them afterwards: they are conflicts because they clash.
 */
export function planHasty(tables: Tables, days: YearDays, diary: Diary, uids: Uids, random: Random): PlannedEvent[] {
  const byMonth = Map.groupBy(
    [...days.days()].filter((day) => days.isWorkingDay(day)),
    (day) => dateOf(day).month,
  );
  return countsOf(tables.hastyPerMonth, random).flatMap((count, i) =>
    Array.from({ length: count }, () => bookInHaste(byMonth.get(i + 1) ?? [], tables, diary, uids, random)).filter(
      (event) => event !== null,
    ),
  );
}

/** Whole numbers for rates, whose sum is that of the rates: what one month has too much, the next has too little. */
function countsOf(rates: readonly number[], random: Random): number[] {
  let sum = random();
  return rates.map((rate) => {
    const before = Math.floor(sum);
    sum += rate;
    return Math.floor(sum) - before;
  });
}

function bookInHaste(
  days: readonly number[],
  tables: Tables,
  diary: Diary,
  uids: Uids,
  random: Random,
): PlannedEvent | null {
  for (let tried = 0; tried < TRIES_MAX; tried++) {
    const day = oneOf(random, days);
    const kind = weighted(random, tables.hasty);
    const name = shuffled(random, kind.taken).find((each) => diary.takenOn(each, day).length > 0);
    if (name === undefined || diary.isAway(name, day)) continue;
    const stretch = overlapping(oneOf(random, diary.takenOn(name, day)), oneOf(random, kind.minutes), random);
    const isPlausible = stretch.fromMinute >= EARLIEST_MINUTE && stretch.toMinute <= LATEST_MINUTE;
    if (!isPlausible || meeting(diary.takenOn(name, day), stretch.fromMinute, stretch.toMinute).length !== 1) continue;
    const things = kind.things.map((pool) => shuffled(random, pool).find((each) => diary.isFree([each], day, stretch)));
    if (!things.every((each) => each !== undefined)) continue;
    diary.take([name, ...things], day, stretch);
    return hastyEvent(kind, name, { day, ...stretch }, things, tables, uids, random);
  }
  return null;
}

/** A stretch of so many minutes that begins before another ends, or ends after it begins. */
function overlapping(taken: Minutes, minutes: number, random: Random): Minutes {
  const shared = Math.min(oneOf(random, SHARED_MINUTES), minutes, taken.toMinute - taken.fromMinute);
  const fromMinute = random() < 0.65 ? taken.toMinute - shared : taken.fromMinute + shared - minutes;
  return { fromMinute, toMinute: fromMinute + minutes };
}

function hastyEvent(
  kind: HastyBooking,
  name: string,
  { day, fromMinute, toMinute }: Minutes & { readonly day: number },
  others: readonly string[],
  { things: allThings, words }: Tables,
  uids: Uids,
  random: Random,
): PlannedEvent {
  const isThing = allThings.some((thing) => thing.name === name);
  const things = isThing ? [name, ...others] : others;
  const calendar = kind.calendar === OWN ? name : kind.calendar;
  const title = titleOf(kind.title, words, random);
  return {
    uid: uids.next(title),
    calendar,
    title,
    when: { day, fromMinute, minutes: toMinute - fromMinute },
    leader: isThing ? null : name,
    people: isThing ? [] : guestsIn(calendar, [name]),
    things,
    location: things[0] ?? null,
    status: "CONFIRMED",
    series: null,
  };
}
