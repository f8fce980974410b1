import { assert, oneOf, type Random } from "@hourwright/std";
import { DAY_MS, expand, MINUTE_MS, parseRule, UTC, weekdayOf, type Rule } from "@hourwright/time";
import type { YearDays } from "./days.ts";
import type { Diary } from "./diary.ts";
import { minuteOf } from "./hours.ts";
import { guestsIn, type Override, type PlannedEvent, type Rhythm, type Season } from "./model.ts";
import type { Uids } from "./uids.ts";

/** Moved by so many minutes when its own time does not suit, in this order. */
const SHIFTS = [30, -30, 60, -60, 90, -90] as const;
/** Nothing is moved beyond these hours. */
const WORKING_DAY = { opensMinute: 7 * 60 + 30, closesMinute: 20 * 60 + 30 };
const WEEKEND = { opensMinute: 9 * 60, closesMinute: 18 * 60 };
/** Now and then something is moved though nothing forces it. */
const MOVED_SHARE = 0.03;

/**
 * The series of a year, each written into the diary date by date. What a closure, a leave or repairs make impossible is
 * left out or moved, as whoever plans with care would do: those are the excluded dates and the overrides.
 */
export function planRhythms(
  rhythms: readonly Rhythm[],
  days: YearDays,
  diary: Diary,
  uids: Uids,
  random: Random,
): PlannedEvent[] {
  return rhythms.flatMap((rhythm) =>
    rhythm.seasons.flatMap((season) => planSeries(rhythm, season, days, diary, uids, random) ?? []),
  );
}

type Fit = Omit<Override, "day">;

function planSeries(
  rhythm: Rhythm,
  season: Season,
  days: YearDays,
  diary: Diary,
  uids: Uids,
  random: Random,
): PlannedEvent | null {
  const rule = ruleOf(rhythm);
  const fits = datesOf(rhythm, rule, days.season(season)).map((day) => ({
    day,
    fit: fitOn(day, rhythm, days, diary, random),
  }));
  const first = fits.findIndex(({ fit }) => fit !== null);
  if (first === -1) return null;
  const kept = fits.slice(first, fits.findLastIndex(({ fit }) => fit !== null) + 1);

  const overrides: Override[] = [];
  let round = 0;
  for (const { day, fit } of kept) {
    if (fit === null) continue;
    const title = rhythm.rounds?.[round++];
    const own = title === undefined ? fit : { ...fit, title };
    if (Object.keys(own).length > 0) overrides.push({ day, ...own });
  }
  const start = kept[0]!.day;
  return {
    uid: uids.next(rhythm.title),
    calendar: rhythm.calendar,
    title: rhythm.title,
    when: { day: start, fromMinute: minuteOf(rhythm.at), minutes: rhythm.minutes },
    leader: rhythm.people?.[0] ?? null,
    people: guestsIn(rhythm.calendar, rhythm.people ?? NONE),
    things: rhythm.things ?? NONE,
    location: rhythm.location ?? rhythm.things?.[0] ?? null,
    status: "CONFIRMED",
    series: {
      rule,
      lastDay: kept.at(-1)!.day,
      count: kept.filter(({ fit }) => fit !== null).length,
      excluded: kept.flatMap(({ day, fit }) => (fit === null ? [day] : [])),
      overrides,
    },
  };
}

function ruleOf({ rule, title }: Rhythm): Rule {
  const parsed = parseRule(rule, { strict: true });
  assert(parsed.rule !== undefined, `the rule of "${title}" is wrong: ${parsed.refused?.message}`);
  return parsed.rule;
}

/** The days a rule names within a season. */
function datesOf(rhythm: Rhythm, rule: Rule, { fromDay, toDay }: { fromDay: number; toDay: number }): number[] {
  const { epochMs } = expand(
    {
      startLocalMs: fromDay * DAY_MS + minuteOf(rhythm.at) * MINUTE_MS,
      zone: UTC,
      includesStart: false,
      rrules: [rule],
    },
    { kind: "between", fromMs: fromDay * DAY_MS, toMs: toDay * DAY_MS },
  );
  return epochMs.map((ms) => Math.floor(ms / DAY_MS));
}

/** How a date can take place, written into the diary; null when it cannot. */
function fitOn(day: number, rhythm: Rhythm, days: YearDays, diary: Diary, random: Random): Fit | null {
  const wish = random() < MOVED_SHARE ? [oneOf(random, SHIFTS), 0] : [0];
  if (!days.isOpen(day) || (rhythm.termsOnly === true && days.isBreak(day))) return null;
  const people = peopleOn(day, rhythm, diary);
  if (people === null) return null;
  const wanted = people.length === 2 ? people : people.slice(0, 1); // A larger round meets without somebody.
  const { opensMinute, closesMinute } = weekdayOf(day) > 5 ? WEEKEND : WORKING_DAY;
  for (const shift of [...wish, ...SHIFTS]) {
    const fromMinute = minuteOf(rhythm.at) + shift;
    const minutes = { fromMinute, toMinute: fromMinute + rhythm.minutes };
    if (minutes.fromMinute < opensMinute || minutes.toMinute > closesMinute) continue;
    for (const things of placesOf(rhythm)) {
      if (!diary.isFree([...wanted, ...things], day, minutes) || !diary.isUntaken(people, day, minutes)) continue;
      diary.take([...people, ...things], day, minutes);
      return {
        ...(shift === 0 ? {} : { fromMinute }),
        ...(people === (rhythm.people ?? NONE) ? {} : { people }),
        ...(things === (rhythm.things ?? NONE) ? {} : { things, location: things[0]! }),
      };
    }
  }
  return null;
}

const NONE: readonly string[] = [];

/** Who takes part: with a stand-in where the leading one is away; null when it cannot go without them. */
function peopleOn(day: number, { people, standIn }: Rhythm, diary: Diary): readonly string[] | null {
  if (people === undefined) return NONE;
  if (people[0] === undefined || !diary.isAway(people[0], day)) return people;
  if (standIn === undefined || diary.isAway(standIn, day)) return null;
  return [standIn, ...people.slice(1).filter((name) => name !== standIn)];
}

function placesOf({ things, elsewhere }: Rhythm): (readonly string[])[] {
  if (things === undefined) return [NONE];
  return elsewhere === undefined ? [things] : [things, [elsewhere, ...things.slice(1)]];
}
