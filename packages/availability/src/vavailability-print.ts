// Opening times as RFC 7953 has them.

import {
  PRODID,
  escapeText,
  newComponent,
  newProperty,
  print,
  printDuration,
  vtimezoneOf,
  type Component,
  type Property,
} from "@hourwright/ical";
import {
  DAY_MS,
  MINUTE_MS,
  PLAIN_RULE,
  UTC,
  normalise,
  overlaps,
  printBasicTime,
  printRule,
  startOfWeek,
  subtract,
  type Interval,
  type Zone,
} from "@hourwright/time";
import {
  cutOf,
  daysAround,
  exactly,
  openersOfDay,
  openingsOfDay,
  openingsOn,
  type Layer,
  type Opening,
} from "./layers.ts";
import { AVAILABLES_MAX } from "./vavailability.ts";

/** What a printed file is called, and when it was made. */
export type AvailabilityHead = { readonly uid: string; readonly stampMs: number; readonly summary: string };

/** So many weeks in a row without an opening end a rule; fewer are dates that it leaves out. */
const WEEKS_LEFT_OUT_MAX = 4;

/**
 * Layers as a VCALENDAR with one VAVAILABILITY: reading it gives the same open time in the window, from whose start on it
 * speaks [VA5]. Patterns are rules and go on behind the window; days that differ there, nights in which the clocks change
 * included, are single stretches. Null when that takes more than `AVAILABLES_MAX` components. O(days × layers).
 */
export function printAvailability(
  layers: readonly Layer[],
  zone: Zone,
  window: Interval,
  head: AvailabilityHead,
): Uint8Array | null {
  const plan = planOf(layers, zone, window);
  const parts = [...plan.series, ...plan.single];
  if (parts.length > AVAILABLES_MAX) return null;
  const components = parts.map((lines, i) =>
    newComponent("AVAILABLE", [newProperty("UID", [], escapeText(`${head.uid}-${i}`)), stamp(head), ...lines]),
  );
  const vavailability = newComponent("VAVAILABILITY", [
    newProperty("UID", [], escapeText(head.uid)),
    stamp(head),
    newProperty("DTSTART", [], printBasicTime(startOfSecond(window.startMs), "utc")),
    newProperty("SUMMARY", [], escapeText(head.summary)),
    newProperty("BUSYTYPE", [], "BUSY-UNAVAILABLE"),
    ...components,
  ]);
  const clocks: Component[] = zone === UTC ? [] : [vtimezoneOf(zone, zone.id, window.startMs - 7 * DAY_MS)];
  const facts = [newProperty("VERSION", [], "2.0"), newProperty("PRODID", [], PRODID)];
  return print([newComponent("VCALENDAR", [...facts, ...clocks, vavailability])]);
}

function stamp({ stampMs }: AvailabilityHead): Property {
  return newProperty("DTSTAMP", [], printBasicTime(stampMs, "utc"));
}

function startOfSecond(ms: number): number {
  return Math.floor(ms / 1_000) * 1_000;
}

/** The lines of each AVAILABLE: those that recur, and single stretches. */
type Plan = { readonly series: readonly Property[][]; readonly single: readonly Property[][] };

function planOf(layers: readonly Layer[], zone: Zone, window: Interval): Plan {
  const { first, last } = daysAround(zone, window);
  const days = Array.from({ length: last - first + 1 }, (_, i) => first + i);
  const openers = new Map(days.map((day) => [day, openersOfDay(layers, day)]));
  const counts = (index: number, day: number) => openers.get(day)!.includes(index);
  const single: Interval[] = [];
  const series: Property[][] = [];
  layers.forEach((layer, index) => {
    const cuts = normalise(layers.slice(0, index).flatMap((above) => cutOf(above, zone) ?? []));
    const own = days.filter((day) => counts(index, day));
    const isPlain = (opening: Opening, day: number) => isWhole(opening, day, zone, cuts);
    if (layer.kind === "agreed") {
      single.push(...subtract(normalise(own.flatMap((day) => openingsOn(layer, day, zone))), cuts));
      return;
    }
    for (const day of own) {
      for (const opening of openingsOfDay(layer, day)) {
        const exact = exactly(opening, day, zone);
        if (exact === null || (layer.kind === "weekly" && isPlain(opening, day))) continue;
        single.push(...subtract([exact], cuts));
      }
    }
    if (layer.kind !== "weekly") return;
    for (const { opening, grid } of openingsOverDays(layer, days)) {
      const fits = grid.map((day) => counts(index, day) && isPlain(opening, day));
      for (const run of runsOf(fits)) series.push(linesOf(layer, opening, grid, fits, run, zone));
    }
  });
  const within = normalise(single).filter((stretch) => overlaps(stretch, window));
  return { series, single: within.map((stretch) => timesOf(stretch)) };
}

/** Whether an opening lasts as long as it says and nothing cuts it. */
function isWhole({ fromMinute, toMinute }: Opening, day: number, zone: Zone, cuts: readonly Interval[]): boolean {
  const exact = exactly({ fromMinute, toMinute }, day, zone);
  if (exact === null || exact.endMs - exact.startMs !== (toMinute - fromMinute) * MINUTE_MS) return false;
  return !cuts.some((cut) => overlaps(cut, exact));
}

type Weekly = Layer & { readonly kind: "weekly" };

/** Each opening of the pattern with the days on which it comes round. */
function openingsOverDays(layer: Weekly, days: readonly number[]): { opening: Opening; grid: readonly number[] }[] {
  const turn = 7 * layer.weeks.length;
  const byTurn = Map.groupBy(days, (day) => (((day - startOfWeek(layer.anchorDay, 1)) % turn) + turn) % turn);
  return [...byTurn.values()].flatMap((grid) => openingsOfDay(layer, grid[0]!).map((opening) => ({ opening, grid })));
}

/** From the first to the last that fits, without a long gap between. */
type Run = { readonly from: number; readonly to: number };

function runsOf(fits: readonly boolean[]): Run[] {
  const runs: Run[] = [];
  fits.forEach((isFit, i) => {
    if (!isFit) return;
    const last = runs.at(-1);
    if (last === undefined || i - last.to > WEEKS_LEFT_OUT_MAX) runs.push({ from: i, to: i });
    else runs[runs.length - 1] = { from: last.from, to: i };
  });
  return runs;
}

function linesOf(
  layer: Weekly,
  opening: Opening,
  grid: readonly number[],
  fits: readonly boolean[],
  { from, to }: Run,
  zone: Zone,
): Property[] {
  const wallOf = (day: number) => day * DAY_MS + opening.fromMinute * MINUTE_MS;
  const lengthMs = (opening.toMinute - opening.fromMinute) * MINUTE_MS;
  const lines = [wallLine("DTSTART", [wallOf(grid[from]!)], zone)];
  lines.push(newProperty("DURATION", [], printDuration({ days: 0, ms: lengthMs })));
  const lastDay = to === grid.length - 1 ? layer.toDay : grid[to]!;
  if (lastDay !== grid[from]) {
    const untilMs = lastDay === null ? null : zone.toEpochMs(wallOf(lastDay));
    const until = untilMs === null ? null : { form: "utc" as const, localMs: untilMs };
    const rule = { ...PLAIN_RULE, frequency: "WEEKLY" as const, interval: layer.weeks.length, until };
    lines.push(newProperty("RRULE", [], printRule(rule)));
  }
  const without = grid.filter((_, i) => i > from && i < to && !fits[i]);
  if (without.length > 0) lines.push(wallLine("EXDATE", without.map(wallOf), zone));
  lines.push(newProperty("SUMMARY", [], escapeText(layer.reason)));
  return lines;
}

function wallLine(name: string, localMs: readonly number[], zone: Zone): Property {
  const form = zone === UTC ? "utc" : "local";
  const parameters = zone === UTC ? [] : [{ name: "TZID", values: [zone.id] }];
  return newProperty(name, parameters, localMs.map((ms) => printBasicTime(ms, form)).join(","));
}

function timesOf({ startMs, endMs }: Interval): Property[] {
  return [
    newProperty("DTSTART", [], printBasicTime(startMs, "utc")),
    newProperty("DTEND", [], printBasicTime(endMs, "utc")),
  ];
}
