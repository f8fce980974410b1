import type { Break, Contract, Rule, Shift } from "@hourwright/schedule";
import { DAY_MS, parseWallTime, printWallTime } from "@hourwright/time";
import { clockOf, minuteOf } from "../hours/decide.ts";
import type { FormerVersion, Terms, Version, WrittenShift, WrittenTerms } from "./model.ts";

// Pure: contracts as people write them, and as the merge reads them.

const DAY_MINUTES = 1_440;

export const dayOf = (text: string): number => parseWallTime(text)!.localMs / DAY_MS;
export const dayText = (day: number): string => printWallTime(day * DAY_MS, "date");

/** A day that is the last one, as the first on which it is over. */
export const toDayOf = (until: string | null): number | null => (until === null ? null : dayOf(until) + 1);
export const untilOf = (toDay: number | null): string | null => (toDay === null ? null : dayText(toDay - 1));

/** A shift as it is written: it begins on its day, a break before its beginning is on the next. */
export function shiftOf({ name, kind, starts, minutes, breaks, site }: Omit<WrittenShift, "weekday">): Shift {
  const fromMinute = minuteOf(starts);
  const pauses = breaks.map((pause): Break => {
    const begins = minuteOf(pause.starts);
    const from = begins < fromMinute ? begins + DAY_MINUTES : begins;
    return { fromMinute: from, toMinute: from + pause.minutes, isPaid: pause.isPaid };
  });
  return { name, kind, fromMinute, toMinute: fromMinute + minutes, breaks: pauses, site };
}

export function writtenShift({ name, kind, fromMinute, toMinute, breaks, site }: Shift): Omit<WrittenShift, "weekday"> {
  const time = (minute: number) => clockOf(minute % DAY_MINUTES);
  return {
    name,
    kind,
    starts: time(fromMinute),
    minutes: toMinute - fromMinute,
    breaks: breaks.map((pause) => ({
      starts: time(pause.fromMinute),
      minutes: pause.toMinute - pause.fromMinute,
      isPaid: pause.isPaid,
    })),
    site,
  };
}

export function termsOf({ nominal, partPermille, weeks, anchor, site, region, holidays }: WrittenTerms): Terms {
  const ofWeek = (week: readonly WrittenShift[]) =>
    [1, 2, 3, 4, 5, 6, 7].map((weekday) => week.filter((each) => each.weekday === weekday).map(shiftOf));
  const turns = { weeks: weeks.map(ofWeek), anchorDay: dayOf(anchor) };
  return { nominal, partPermille, turns, site, region, holidays };
}

/** A version as it is written; `cost` is left to who may read it. */
export function writtenVersion({ id, fromDay, toDay, terms, cost, ruleSetId }: Version): FormerVersion {
  const { turns, nominal, ...plain } = terms;
  return {
    id,
    from: dayText(fromDay),
    until: untilOf(toDay),
    ...plain,
    nominal: { ...nominal },
    weeks: turns.weeks.map((days) =>
      days.flatMap((shifts, i) => shifts.map((shift) => ({ weekday: i + 1, ...writtenShift(shift) }))),
    ),
    anchor: dayText(turns.anchorDay),
    ruleSetId,
    cost: cost === null ? null : { ...cost },
  };
}

/** A version as the merge reads it: called by its first day, of which no two of a person are the same. */
export function contractOf(
  { fromDay, toDay, terms, cost }: Omit<Version, "id" | "personId">,
  rules: readonly Rule[],
): Contract {
  return { id: dayText(fromDay), fromDay, toDay, ...terms, cost, rules };
}

/** The hours that somebody is to work a week, of hours of a month or year on average; rounded. */
export function weeklyMinutesOf({ nominal: { minutes, per } }: Pick<Contract, "nominal">): number {
  const days = { week: 7, month: 365.25 / 12, year: 365.25 }[per];
  return Math.round((minutes * 7) / days);
}
