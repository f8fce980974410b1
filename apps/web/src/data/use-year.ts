import { useEffect, useMemo } from "react";
import { wallClockOf } from "./wall-clock.ts";
import { readClashes, readEntries, type Clash, type Entry } from "./entries.ts";
import type { Me } from "./api.ts";
import { directoryStore } from "./session.ts";
import { peopleShown } from "./rights.ts";
import { useStore } from "./store.ts";
import { afterPaint } from "../ui/after-paint.ts";
import { capacityStore, loadCapacity, type PeopleTime } from "./capacity.ts";
import { EVERYONE } from "./scope.ts";
import { showYear, yearsStore, type YearState } from "./years.ts";

export type ShownYear = {
  readonly state: YearState;
  readonly entries: readonly Entry[];
  /** Conflicts that count. */
  readonly clashes: readonly Clash[];
  /** Those of which somebody decided that both stay as they are: they are counted nowhere. */
  readonly kept: readonly Clash[];
  /** Everything that is known, shown or not: see `useKnown`. */
  readonly allEntries: readonly Entry[];
  /** When people may be claimed and are; null until it is known. */
  readonly time: PeopleTime | null;
};

const LOADING: YearState = { status: "loading" };
const NOTHING = { entries: [], clashes: [], kept: [] };

/**
 * A year's occurrences and conflicts, read for this page, of those whose time is shown: `who`, empty for all, and the
 * same list as long as it names the same. Null is no year: nothing is asked for, and nothing is ever there.
 */
export function useYear(me: Me, year: number | null, who: readonly string[]): ShownYear {
  const { zone } = me.organisation;
  const known = useStore(yearsStore, ({ years }) => (year === null ? undefined : years.get(year))) ?? LOADING;
  const { directory, loaded } = useStore(directoryStore, (store) => store);
  // Without their calendars events have no colours: drawing them would be drawing them twice.
  const state = known.status === "ready" && !loaded ? LOADING : known;
  const time = useStore(capacityStore, ({ years }) => (year === null ? undefined : years.get(year))) ?? null;
  useEffect(() => {
    if (year !== null) void showYear(year, zone, who);
  }, [year, zone, who]);
  const scope = known.status === "ready" ? known.scope : null;
  useEffect(() => {
    if (year === null || scope === null || !loaded) return undefined;
    const whose = scope === EVERYONE ? null : peopleShown([...scope], directoryStore.get().directory);
    return afterPaint(() => void loadCapacity(year, zone, whose)); // Events first: they are what one came for.
  }, [year, zone, scope, loaded]);

  const all = useMemo<Pick<ShownYear, "entries" | "clashes" | "kept">>(() => {
    if (state.status !== "ready" || year === null) return NOTHING;
    const clock = wallClockOf(zone, year);
    const clashes = readClashes(state.conflicts, clock);
    return {
      entries: readEntries(state.events, directory.calendars, clock, me.email.toLowerCase()),
      clashes: clashes.filter(({ conflict }) => conflict.kept === null),
      kept: clashes.filter(({ conflict }) => conflict.kept !== null),
    };
  }, [state, directory, zone, year, me.email]);

  return useMemo(() => {
    const known = { state, time, allEntries: all.entries };
    if (who.length === 0) return { ...known, ...all };
    const ids = new Set(who);
    return {
      ...known,
      entries: all.entries.filter(entryOf(ids)),
      clashes: all.clashes.filter(clashOf(ids)),
      kept: all.kept.filter(clashOf(ids)),
    };
  }, [state, time, all, who]);
}

/**
 * Has a year's events of some more people and things be known, shown or not: they are to be met, or found.
 */
export function useKnown(year: number, zone: string, who: readonly string[] | typeof EVERYONE): void {
  const ids = who === EVERYONE ? EVERYONE : who.join();
  useEffect(() => {
    if (ids !== "") void showYear(year, zone, ids === EVERYONE ? [] : ids.split(","));
  }, [year, zone, ids]);
}

function entryOf(ids: ReadonlySet<string>): (entry: Entry) => boolean {
  return ({ event }) => ids.has(event.calendarId) || event.subjectIds.some((id) => ids.has(id));
}

function clashOf(ids: ReadonlySet<string>): (clash: Clash) => boolean {
  return ({ conflict }) =>
    conflict.subjectIds.some((id) => ids.has(id)) ||
    conflict.events.some(({ calendarId }) => calendarId !== null && ids.has(calendarId));
}
