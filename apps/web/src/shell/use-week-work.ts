import { dateOf } from "@hourwright/time";
import { useMemo } from "react";
import type { Me } from "../data/api.ts";
import type { PeopleTime } from "../data/capacity.ts";
import { deviceZone } from "../data/clock.ts";
import type { Clash, Entry } from "../data/entries.ts";
import type { Directory } from "../data/session.ts";
import { useYear, type ShownYear } from "../data/use-year.ts";
import { entriesOfMain, weekPeople, type WeekPeople } from "../data/week-people.ts";
import { spanAround, type DaySpan } from "../data/week-span.ts";
import type { Address } from "./address.ts";

/** What Week and Day show. In other places nothing more than the year's is read, and `entries` are the year's. */
export type WeekWork = {
  readonly span: DaySpan;
  readonly people: WeekPeople;
  readonly entries: readonly Entry[];
  readonly clashes: readonly Clash[];
  /** Everything known of the days' year, or both their years: it can be met. */
  readonly allEntries: readonly Entry[];
  readonly times: readonly PeopleTime[];
  readonly zones: readonly string[];
};

const NO_TIMES: readonly PeopleTime[] = [];

/** Reads the week around `day`, an epoch day: of the year that is shown, and of its neighbour where the week reaches over. */
export function useWeekWork(
  me: Me,
  address: Address,
  /** What of them is shown; null where neither is. */
  view: "week" | "day" | null,
  shown: ShownYear,
  day: number,
  directory: Directory,
): WeekWork {
  const { zone, firstWeekday } = me.organisation;
  const place = view === "day" ? "day" : "week";
  const isShown = view !== null;
  const { firstDay, days } = spanAround(place, day, firstWeekday);
  const span = useMemo(() => ({ firstDay, days }), [firstDay, days]); // The same from day to day of a week.
  const [first, last] = [dateOf(span.firstDay).year, dateOf(span.firstDay + span.days - 1).year];
  const neighbour = !isShown || first === last ? null : first === address.year ? last : first;
  const beside = useYear(me, neighbour, address.who);
  const people = useMemo(
    () => weekPeople(address.who, address.main, me, directory),
    [address.who, address.main, me, directory],
  );
  const together = useMemo(
    () => ({
      entries: merged(shown.entries, beside.entries, ({ key }) => key),
      allEntries: merged(shown.allEntries, beside.allEntries, ({ key }) => key),
      clashes: merged(shown.clashes, beside.clashes, ({ conflict }) => conflict.id),
    }),
    [shown.entries, shown.allEntries, shown.clashes, beside.entries, beside.allEntries, beside.clashes],
  );
  const entries = useMemo(
    () => (isShown ? entriesOfMain(together.entries, people, address.who, directory) : together.entries),
    [isShown, together, people, address.who, directory],
  );
  const times = useMemo(() => {
    const known = [shown.time, beside.time].filter((time) => time !== null);
    return known.length === 0 ? NO_TIMES : known;
  }, [shown.time, beside.time]);
  const zones = useMemo(() => {
    const device = deviceZone();
    const wanted = address.zones ?? (device === zone ? [] : [device]);
    return wanted.filter((name) => name !== zone);
  }, [address.zones, zone]);
  return useMemo(
    () => ({ span, people, ...together, entries, times, zones }),
    [span, people, together, entries, times, zones],
  );
}

/** Both lists, by start; what reaches over the turn of the year stands in both, and here once. */
function merged<Item extends { readonly startMs: number }>(
  one: readonly Item[],
  other: readonly Item[],
  keyOf: (item: Item) => string,
): readonly Item[] {
  if (other.length === 0) return one;
  const byKey = new Map([...one, ...other].map((item) => [keyOf(item), item]));
  return [...byKey.values()].sort((first, second) => first.startMs - second.startMs);
}
