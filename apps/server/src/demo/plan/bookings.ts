import { assert, oneOf, type Random } from "@hourwright/std";
import { dateOf, PLAIN_RULE, weekdayOf } from "@hourwright/time";
import { shuffled, weighted } from "./chance.ts";
import type { YearDays } from "./days.ts";
import { meeting, type Diary, type Minutes } from "./diary.ts";
import { minuteOf } from "./hours.ts";
import { guestsIn, type Booking, type PlannedEvent, type Pool, type Tables } from "./model.ts";
import type { Uids } from "./uids.ts";

/** The calendar of a booking that belongs to nobody but the first person drawn. */
export const OWN = "own";

/** Kinds tried for one booking, and starts for one kind, before a day is left as it is. */
const KINDS_TRIED_MAX = 8;
const STARTS_TRIED_MAX = 6;
const STEP_MINUTES = 30;

/**
 * Fills the days of a year up to their load with what people book, once or for some weeks, each looked up in the diary
 * and written into it.
 */
export function planBookings(tables: Tables, days: YearDays, diary: Diary, uids: Uids, random: Random): PlannedEvent[] {
  const events: PlannedEvent[] = [];
  for (const day of days.days()) {
    if (!days.isOpen(day)) continue;
    const wanted = wantedOn(day, tables, random);
    for (let missing = wanted - diary.eventsOn(day).length; missing > 0; missing--) {
      const event = bookOn(day, tables, days, diary, uids, random);
      if (event !== null) events.push(event);
    }
  }
  return events;
}

/** How many events a day is to have: by its weekday and month, more or less. */
function wantedOn(day: number, { perWeekday, loadPerMonth, workingDayAtLeast }: Tables, random: Random): number {
  const full = perWeekday[weekdayOf(day) - 1]! * loadPerMonth[dateOf(day).month - 1]!;
  const wanted = Math.floor(full * (0.6 + 0.8 * random()) + random());
  return weekdayOf(day) <= 5 ? Math.max(workingDayAtLeast, wanted) : wanted;
}

function bookOn(
  day: number,
  tables: Tables,
  days: YearDays,
  diary: Diary,
  uids: Uids,
  random: Random,
): PlannedEvent | null {
  const kinds = tables.bookings.filter(({ weekdays }) => weekdays.includes(weekdayOf(day)));
  for (let tried = 0; tried < KINDS_TRIED_MAX && kinds.length > 0; tried++) {
    const kind = weighted(random, kinds);
    const minutes = oneOf(random, kind.minutes);
    for (const stretch of startsFor(kind, minutes, day, diary, random)) {
      const people = drawn(kind.people, day, stretch, diary, random);
      const things = drawn(kind.things, day, stretch, diary, random);
      if (people === null || things === null) continue;
      const series = takeWeeks(oneOf(random, kind.weeks ?? [1]), [...people, ...things], day, stretch, days, diary);
      return bookingEvent(kind, { day, ...stretch }, people, things, series, tables.words, uids, random);
    }
  }
  return null;
}

/** Possible stretches within the hours of a kind, those first that share the least time with the rest of the day. */
function startsFor(
  { opens, closes }: Booking,
  minutes: number,
  day: number,
  diary: Diary,
  random: Random,
): readonly Minutes[] {
  const starts: Minutes[] = [];
  for (let fromMinute = minuteOf(opens); fromMinute + minutes <= minuteOf(closes); fromMinute += STEP_MINUTES)
    starts.push({ fromMinute, toMinute: fromMinute + minutes });
  const crowd = ({ fromMinute, toMinute }: Minutes) => meeting(diary.eventsOn(day), fromMinute, toMinute).length;
  return shuffled(random, starts)
    .slice(0, STARTS_TRIED_MAX)
    .map((stretch) => ({ stretch, others: crowd(stretch) }))
    .sort((a, b) => a.others - b.others)
    .map(({ stretch }) => stretch);
}

/** One free name out of each pool; null when a pool has none. */
function drawn(
  pools: readonly Pool[],
  day: number,
  stretch: Minutes,
  diary: Diary,
  random: Random,
): readonly string[] | null {
  const names: string[] = [];
  for (const pool of pools) {
    const name = shuffled(random, pool).find((each) => !names.includes(each) && diary.isFree([each], day, stretch));
    if (name === undefined) return null;
    names.push(name);
  }
  return names;
}

/** Takes the day, and the same weekday of the weeks that follow wherever it is free. Null: that one day. */
function takeWeeks(
  weeks: number,
  names: readonly string[],
  first: number,
  stretch: Minutes,
  days: YearDays,
  diary: Diary,
): PlannedEvent["series"] {
  const dates = Array.from({ length: weeks }, (_, i) => first + i * 7);
  const free = dates.filter((day) => days.isOpen(day) && diary.isFree(names, day, stretch));
  for (const day of free) diary.take(names, day, stretch);
  const lastDay = free.at(-1)!;
  if (lastDay === first) return null;
  return {
    rule: { ...PLAIN_RULE, frequency: "WEEKLY" },
    lastDay,
    count: free.length,
    excluded: dates.filter((day) => day < lastDay && !free.includes(day)),
    overrides: [],
  };
}

function bookingEvent(
  kind: Pick<Booking, "title" | "calendar">,
  { day, fromMinute, toMinute }: Minutes & { readonly day: number },
  people: readonly string[],
  things: readonly string[],
  series: PlannedEvent["series"],
  words: Tables["words"],
  uids: Uids,
  random: Random,
): PlannedEvent {
  const title = titleOf(kind.title, words, random);
  const calendar = kind.calendar === OWN ? people[0] : kind.calendar;
  assert(calendar !== undefined, `"${title}" belongs to nobody`);
  return {
    uid: uids.next(title),
    calendar,
    title,
    when: { day, fromMinute, minutes: toMinute - fromMinute },
    leader: people[0] ?? null,
    people: guestsIn(calendar, people),
    things,
    location: things[0] ?? null,
    status: "CONFIRMED",
    series,
  };
}

/** `{word}` is drawn from the words of that name. */
export function titleOf(pattern: string, words: Tables["words"], random: Random): string {
  return pattern.replaceAll(/\{(\w+)\}/g, (_, word: string) => {
    const pool = words[word];
    assert(pool !== undefined && pool.length > 0, `"${pattern}" wants {${word}}, and there are none`);
    return oneOf(random, pool);
  });
}
