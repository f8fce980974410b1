// Open time as people would write it down: weeks that take turns, and the days that differ.

import { assert } from "@hourwright/std";
import { DAY_MS, MINUTE_MS, normalise, startOfWeek, subtract, type Interval, type Zone } from "@hourwright/time";
import { openIn, type Layer, type Opening, type Week } from "./layers.ts";
import { WINDOW_DAYS_MAX } from "./question.ts";

/** Weeks that take turns, found or written. */
export const PATTERN_WEEKS_MAX = 8;
/** Closed for so long before the first opening or after the last, it has a beginning or an end. */
const AWAY_DAYS = 28;
/** A week more has to spare so many days of their own. */
const DAYS_OF_A_WEEK = 7;
const DAY_MINUTES = 1_440;
/** Nights of weeks that have no beginning reach into the first days of the window. */
const EDGE_DAYS = 2;
const NOON = 720;

/** Days in a row with openings of their own, none when closed. */
export type OwnDays = { readonly fromDay: number; readonly toDay: number; readonly openings: readonly Opening[] };

/** `lostMs`: how much time is open in one and closed in the other, as in an hour that is doubled. */
export type Pattern = {
  readonly weeks: readonly Week[];
  readonly anchorDay: number;
  readonly fromDay: number | null;
  readonly toDay: number | null;
  readonly days: readonly OwnDays[];
  readonly lostMs: number;
};

/**
 * The weeks, at most eight that take turns, and the days of their own that make the same open time (normal) in the whole
 * days of a window, but for its first two [PT1] to [PT4]. `isLeftOut`: days that something else decides; they count for nothing. O(days + stretches).
 */
export function patternOf(
  open: readonly Interval[],
  zone: Zone,
  window: Interval,
  isLeftOut: (day: number) => boolean = () => false,
): Pattern {
  const first = Math.ceil(zone.toLocalMs(window.startMs) / DAY_MS);
  const last = Math.floor(zone.toLocalMs(window.endMs) / DAY_MS) - 1;
  const byDay = openingsByDay(open, zone);
  const days = Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i).filter(
    (day) => !isLeftOut(day),
  );
  const opened = days.filter((day) => byDay.has(day));
  const [firstOpen, lastOpen] = [opened[0] ?? first, opened.at(-1) ?? last];
  const fromDay = firstOpen - first > AWAY_DAYS ? firstOpen : null;
  const toDay = last - lastOpen > AWAY_DAYS ? lastOpen : null;
  const within = days.filter((day) => (fromDay ?? first) <= day && day <= (toDay ?? last));
  const keys = new Map(within.map((day) => [day, JSON.stringify(byDay.get(day) ?? [])]));
  const anchorDay = startOfWeek(first, 1);
  const [best] = Array.from({ length: PATTERN_WEEKS_MAX }, (_, i) => weeksOf(i + 1, anchorDay, keys)).toSorted(
    (a, b) => a.cost - b.cost,
  );
  const weeks = best!.weeks;
  const ownDays = inRows(within, (day) => {
    const key = keys.get(day)!;
    return key === best!.keyOf(day) ? null : key;
  });
  const found = { weeks, anchorDay, fromDay, toDay, days: ownDays };
  return {
    ...found,
    lostMs: lostOf(
      found,
      open,
      zone,
      within.filter((day) => day >= first + EDGE_DAYS),
    ),
  };
}

/** The layers that a pattern is, the days of their own above the weeks. */
export function layersOfPattern({ weeks, anchorDay, fromDay, toDay, days }: Omit<Pattern, "lostMs">): Layer[] {
  const own = days.map((each): Layer => ({ kind: "override", ...each, reason: "" }));
  return [...own, { kind: "weekly", weeks, anchorDay, fromDay, toDay, reason: "" }];
}

/** Openings of each day that has some: a night until noon belongs to the day it begins on, what lasts longer is cut at midnight. */
function openingsByDay(open: readonly Interval[], zone: Zone): Map<number, Opening[]> {
  const byDay = new Map<number, Opening[]>();
  const add = (day: number, opening: Opening) => {
    const own = byDay.get(day);
    if (own === undefined) byDay.set(day, [opening]);
    else own.push(opening);
  };
  for (const { startMs, endMs } of open) {
    const from = Math.floor(zone.toLocalMs(startMs) / MINUTE_MS);
    const to = Math.ceil(zone.toLocalMs(endMs) / MINUTE_MS);
    const day = Math.floor(from / DAY_MINUTES);
    if (to <= from) continue;
    if (to - from < DAY_MINUTES && to <= (day + 1) * DAY_MINUTES + NOON) {
      add(day, { fromMinute: from - day * DAY_MINUTES, toMinute: to - day * DAY_MINUTES });
      continue;
    }
    for (let at = day; at * DAY_MINUTES < to; at++) {
      const [begin, end] = [Math.max(from - at * DAY_MINUTES, 0), Math.min(to - at * DAY_MINUTES, DAY_MINUTES)];
      add(at, { fromMinute: begin, toMinute: end });
    }
  }
  return byDay;
}

/** So many weeks that take turns, each day as most of its turns are, and what that costs in days that differ. */
function weeksOf(count: number, anchorDay: number, keys: ReadonlyMap<number, string>) {
  const cellOf = (day: number) => {
    const turn = count * 7;
    return (((day - anchorDay) % turn) + turn) % turn;
  };
  const tallies = Array.from({ length: count * 7 }, () => new Map<string, number>());
  for (const [day, key] of keys) {
    const tally = tallies[cellOf(day)]!;
    tally.set(key, (tally.get(key) ?? 0) + 1);
  }
  const most = tallies.map((tally) =>
    [...tally].reduce((a, b) => (b[1] > a[1] ? b : a), ["[]", 0] as [string, number]),
  );
  const differing = keys.size - most.reduce((sum, [, times]) => sum + times, 0);
  const weeks = Array.from({ length: count }, (_, week) =>
    most.slice(week * 7, week * 7 + 7).map(([key]) => JSON.parse(key) as Opening[]),
  );
  return { weeks, cost: differing + (count - 1) * DAYS_OF_A_WEEK, keyOf: (day: number) => most[cellOf(day)]![0] };
}

function inRows(days: readonly number[], keyOf: (day: number) => string | null): OwnDays[] {
  const rows: { fromDay: number; toDay: number; key: string }[] = [];
  for (const day of days) {
    const key = keyOf(day);
    const row = rows.at(-1);
    if (key === null) continue;
    if (row?.key === key && row.toDay === day - 1) row.toDay = day;
    else rows.push({ fromDay: day, toDay: day, key });
  }
  return rows.map(({ key, ...span }) => ({ ...span, openings: JSON.parse(key) as Opening[] }));
}

function lostOf(
  found: Omit<Pattern, "lostMs">,
  open: readonly Interval[],
  zone: Zone,
  days: readonly number[],
): number {
  const counted = normalise(
    days.flatMap((day) => {
      const span = { startMs: zone.toEpochMs(day * DAY_MS), endMs: zone.toEpochMs((day + 1) * DAY_MS) };
      return span.startMs < span.endMs ? [span] : [];
    }),
  );
  const layers = layersOfPattern(found);
  let lostMs = 0;
  for (const window of inChunks(counted)) {
    const [made, asked] = [openIn(layers, zone, window), cutTo(open, window)];
    const differing = [...subtract(made, asked), ...subtract(asked, made)];
    lostMs += differing.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
  }
  return lostMs;
}

function inChunks(spans: readonly Interval[]): Interval[] {
  const stepMs = (WINDOW_DAYS_MAX - 1) * DAY_MS;
  return spans.flatMap(({ startMs, endMs }) => {
    assert(endMs - startMs < 20 * stepMs, "a window of more than twenty years");
    const count = Math.ceil((endMs - startMs) / stepMs);
    return Array.from({ length: count }, (_, i) => ({
      startMs: startMs + i * stepMs,
      endMs: Math.min(startMs + (i + 1) * stepMs, endMs),
    }));
  });
}

function cutTo(open: readonly Interval[], window: Interval): Interval[] {
  return open.flatMap(({ startMs, endMs }) => {
    const within = { startMs: Math.max(startMs, window.startMs), endMs: Math.min(endMs, window.endMs) };
    return within.startMs < within.endMs ? [within] : [];
  });
}
