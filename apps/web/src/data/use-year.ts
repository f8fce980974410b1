import { useEffect, useMemo } from "react";
import { wallClockOf } from "./wall-clock.ts";
import { readClashes, readEntries, type Clash, type Entry } from "./entries.ts";
import type { Me } from "./api.ts";
import { directoryStore } from "./session.ts";
import { useStore } from "./store.ts";
import { loadYear, yearsStore, type YearState } from "./years.ts";

export type ShownYear = {
  readonly state: YearState;
  readonly entries: readonly Entry[];
  readonly clashes: readonly Clash[];
};

const LOADING: YearState = { status: "loading" };
const NOTHING: Pick<ShownYear, "entries" | "clashes"> = { entries: [], clashes: [] };

/**
 * A year's occurrences and conflicts, read for this page, of those whose time is shown: `who`, empty for all, and the
 * same list as long as it names the same.
 */
export function useYear(me: Me, year: number, who: readonly string[]): ShownYear {
  const { zone } = me.organisation;
  const known = useStore(yearsStore, ({ years }) => years.get(year)) ?? LOADING;
  const { directory, loaded } = useStore(directoryStore, (store) => store);
  // Without their calendars events have no colours: drawing them would be drawing them twice.
  const state = known.status === "ready" && !loaded ? LOADING : known;
  useEffect(() => void loadYear(year, zone), [year, zone]);

  const clock = wallClockOf(zone, year);
  const all = useMemo(() => {
    if (state.status !== "ready") return NOTHING;
    return {
      entries: readEntries(state.events, directory.calendars, clock, me.email.toLowerCase()),
      clashes: readClashes(state.conflicts, clock),
    };
  }, [state, directory, clock, me.email]);

  return useMemo(() => {
    if (who.length === 0) return { state, ...all };
    const ids = new Set(who);
    return { state, entries: all.entries.filter(entryOf(ids)), clashes: all.clashes.filter(clashOf(ids)) };
  }, [state, all, who]);
}

function entryOf(ids: ReadonlySet<string>): (entry: Entry) => boolean {
  return ({ event }) => ids.has(event.calendarId) || event.subjectIds.some((id) => ids.has(id));
}

function clashOf(ids: ReadonlySet<string>): (clash: Clash) => boolean {
  return ({ conflict }) =>
    conflict.subjectIds.some((id) => ids.has(id)) ||
    conflict.events.some(({ calendarId }) => calendarId !== null && ids.has(calendarId));
}
