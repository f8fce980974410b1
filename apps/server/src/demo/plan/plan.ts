import { DAY_MS, printBasicTime } from "@hourwright/time";
import { chanceOf } from "./chance.ts";
import { planBookings } from "./bookings.ts";
import { ClosedDays, YearDays } from "./days.ts";
import { Diary } from "./diary.ts";
import type { Holiday } from "../holidays.ts";
import { planHasty } from "./haste.ts";
import type { PlannedEvent, Tables } from "./model.ts";
import { planRhythms } from "./rhythms.ts";
import { planSpans } from "./spans.ts";
import { Uids } from "./uids.ts";

export type Plan = {
  /** In the order in which they were booked: who comes later and finds a room taken, has lost it. */
  readonly events: readonly PlannedEvent[];
  /** Days on which nobody works. */
  readonly closedDays: readonly Holiday[];
};

/**
 * An organisation's calendars for some years, from tables and a seed. Pure: the same for the same arguments, and a year
 * is the same whichever years stand beside it. `holidays` must reach from the year before the first to the last.
 */
export function makePlan(
  tables: Tables,
  seed: number,
  { fromYear, toYear }: { readonly fromYear: number; readonly toYear: number },
  holidays: readonly Holiday[],
): Plan {
  const closed = new ClosedDays(holidays, fromYear - 1, toYear);
  const years = Array.from(
    { length: toYear - fromYear + 1 },
    (_, i) => new YearDays(fromYear + i, holidays, closed, tables),
  );
  const events = [
    ...closuresOf(tables, closed, years[0]!.firstDay, years.at(-1)!.endDay),
    ...years.flatMap((days) => planYear(tables, seed, days)),
  ];
  return { events, closedDays: closed.all() };
}

/** Leave and works first, then what recurs, then what is booked around it, and last what is booked without looking. */
function planYear(tables: Tables, seed: number, days: YearDays): PlannedEvent[] {
  const diary = new Diary();
  const uids = new Uids(String(days.year), tables.domain);
  const chance = (part: string) => chanceOf(seed, days.year, part);
  return [
    ...planSpans(tables.spans, days, diary, uids),
    ...planRhythms(tables.rhythms, days, diary, uids, chance("rhythms")),
    ...planBookings(tables, days, diary, uids, chance("bookings")),
    ...planHasty(tables, days, diary, uids, chance("haste")),
  ];
}

function closuresOf(tables: Tables, closed: ClosedDays, fromDay: number, toDay: number): PlannedEvent[] {
  const calendar = tables.closuresIn;
  if (calendar === null) return [];
  return closed.closures(fromDay, toDay, tables.shortNames).map(({ day, days, title }) => ({
    uid: `closed-${printBasicTime(day * DAY_MS, "date")}@${tables.domain}`,
    calendar,
    title,
    when: { day, days },
    leader: null,
    people: [],
    things: [],
    location: null,
    status: "CONFIRMED",
    series: null,
  }));
}
