import { assert } from "@hourwright/std";
import {
  DAY_MS,
  MINUTE_MS,
  normalise,
  startOfWeek,
  subtract,
  weekdayOf,
  type Interval,
  type Zone,
} from "@hourwright/time";
import { WINDOW_DAYS_MAX } from "./question.ts";

/** Minutes after midnight on the wall; what passes midnight ends beyond 1,440. It belongs to the day it begins on. */
export type Opening = { readonly fromMinute: number; readonly toMinute: number };

/** The openings of Monday to Sunday. */
export type Week = readonly (readonly Opening[])[];

/**
 * What somebody has said about when something is open; days are counted from 1970-01-01, first and last included.
 * `weekly`: weeks that take turns, the first of them in the week of `anchorDay`, in a season or (null) without an end.
 * `override`: some days that have openings of their own, none when closed. `holiday`: a day without any, or (`part`) a
 * part of it; no region where somebody has named the day themselves. `extra`: openings beside those that the days have.
 * `agreed`: days from one on whose openings are exact stretches, by the day they belong to. `off`: an exact stretch.
 */
export type Layer =
  | {
      readonly kind: "weekly";
      readonly weeks: readonly Week[];
      readonly anchorDay: number;
      readonly fromDay: number | null;
      readonly toDay: number | null;
      readonly reason: string;
    }
  | {
      readonly kind: "override" | "extra";
      readonly fromDay: number;
      readonly toDay: number;
      readonly openings: readonly Opening[];
      readonly reason: string;
    }
  | {
      readonly kind: "holiday";
      readonly day: number;
      readonly part: Opening | null;
      readonly name: string;
      readonly region: string | null;
    }
  | {
      readonly kind: "agreed";
      readonly fromDay: number;
      readonly toDay: number;
      readonly openings: ReadonlyMap<number, readonly Interval[]>;
      readonly reason: string;
    }
  | { readonly kind: "off"; readonly startMs: number; readonly endMs: number; readonly reason: string };

/** Whether it is open at a moment, and the layer that says so; null when no layer speaks of it: then it is closed. */
export type LayerDecision = { readonly isOpen: boolean; readonly layer: number | null };

/** A part of a window in which one layer decides. */
export type Part = Interval & LayerDecision;

/** Holidays and exceptions of some years, days of which only hours are closed among them: a stretch off for each gap. */
export const LAYERS_MAX = 12_000;
export const WEEKS_MAX = 53;
/** Days that are told part by part. */
export const PARTS_DAYS_MAX = 100;
export const OPENINGS_PER_DAY_MAX = 48;
/** An opening ends before the end of the next day. */
export const OPENING_MINUTES_MAX = 2_880;

/**
 * When something is open in a window, as normal intervals cut to it [LY1] to [LY6]. The first layer that speaks of a day
 * has the say over what begins on it; a stretch off (or a part of a day) takes from what lies below it. O(days × layers
 * + stretches × how often stretches off and days alternate).
 */
export function openIn(layers: readonly Layer[], zone: Zone, window: Interval): Interval[] {
  checkLayers(layers);
  assert(window.endMs - window.startMs <= WINDOW_DAYS_MAX * DAY_MS, `at most ${WINDOW_DAYS_MAX} days`);
  const byLayer = openingsByLayer(layers, zone, window);
  let open: Interval[] = [];
  let cuts: Interval[] = [];
  for (let i = layers.length - 1; i >= 0; i--) {
    const cut = cutOf(layers[i]!, zone);
    if (cut !== null) cuts.push(cut);
    const own = byLayer.get(i);
    if (own === undefined) continue;
    open = normalise([...subtract(open, normalise(cuts)), ...own]);
    cuts = [];
  }
  open = subtract(open, normalise(cuts));
  return open.flatMap(({ startMs, endMs }) => {
    const within = { startMs: Math.max(startMs, window.startMs), endMs: Math.min(endMs, window.endMs) };
    return within.startMs < within.endMs ? [within] : [];
  });
}

/** Which layer decides a moment [LY7]. O(layers). */
export function layerAt(layers: readonly Layer[], zone: Zone, ms: number): LayerDecision {
  checkLayers(layers);
  const today = Math.floor(zone.toLocalMs(ms) / DAY_MS);
  const off = layers.findIndex((layer) => {
    const cut = cutOf(layer, zone);
    return cut !== null && cut.startMs <= ms && ms < cut.endMs;
  });
  const offAt = off === -1 ? Infinity : off;
  const { first, last } = daysAround(zone, { startMs: ms, endMs: ms });
  const openers = Array.from({ length: last - first + 1 }, (_, i) => first + i).flatMap((day) =>
    openersOfDay(layers, day).filter((layer) =>
      openingsOn(layers[layer]!, day, zone).some(({ startMs, endMs }) => startMs <= ms && ms < endMs),
    ),
  );
  const opener = Math.min(...openers.filter((layer) => layer < offAt));
  if (opener < Infinity) return { isOpen: true, layer: opener };
  if (openers.length > 0) return { isOpen: false, layer: off };
  const closer = Math.min(offAt, layerOfDay(layers, today) ?? Infinity);
  return { isOpen: false, layer: closer === Infinity ? null : closer };
}

/**
 * A window part by part: where it is open and closed, and which layer says so [LY9]. In order, without gaps; neighbours differ.
 * O(days × layers + edges × layers of a day).
 */
export function partsIn(layers: readonly Layer[], zone: Zone, window: Interval): Part[] {
  assert(window.endMs - window.startMs <= PARTS_DAYS_MAX * DAY_MS, `at most ${PARTS_DAYS_MAX} days`);
  const { first, last } = daysAround(zone, window);
  const edges = new Set([window.startMs]);
  const addEdges = ({ startMs, endMs }: Interval) => edges.add(startMs).add(endMs);
  for (const layer of layers) {
    const cut = cutOf(layer, zone);
    if (cut !== null) addEdges(cut);
  }
  for (let day = first; day <= last; day++) {
    edges.add(zone.toEpochMs(day * DAY_MS));
    for (const layer of openersOfDay(layers, day)) openingsOn(layers[layer]!, day, zone).forEach(addEdges);
  }
  addClockChanges(edges, zone, window);
  const starts = [...edges].filter((ms) => window.startMs <= ms && ms < window.endMs).sort((a, b) => a - b);
  const parts: Part[] = [];
  let near: Near = { day: Infinity, indices: [], layers: [] };
  for (const [i, startMs] of starts.entries()) {
    const endMs = starts[i + 1] ?? window.endMs;
    const day = Math.floor(zone.toLocalMs(startMs) / DAY_MS);
    if (day !== near.day) near = layersNear(layers, day, zone);
    const { isOpen, layer: at } = layerAt(near.layers, zone, startMs);
    const layer = at === null ? null : near.indices[at]!;
    const before = parts.at(-1);
    if (before?.isOpen === isOpen && before.layer === layer) parts[parts.length - 1] = { ...before, endMs };
    else parts.push({ startMs, endMs, isOpen, layer });
  }
  return parts;
}

/** The layers that may have a say about a day, and which of all they are. */
type Near = { readonly day: number; readonly indices: readonly number[]; readonly layers: readonly Layer[] };

/** Nights reach into the next two days, and clocks that are put back into one more. */
const DAYS_BEFORE = 5;
const DAYS_AFTER = 2;

function layersNear(layers: readonly Layer[], day: number, zone: Zone): Near {
  const [first, last] = [day - DAYS_BEFORE, day + DAYS_AFTER];
  const [startMs, endMs] = [zone.toEpochMs(first * DAY_MS), zone.toEpochMs(last * DAY_MS)];
  const indices = layers.flatMap((layer, i) => {
    switch (layer.kind) {
      case "off":
        return layer.startMs < endMs && layer.endMs > startMs ? [i] : [];
      case "holiday":
        return first <= layer.day && layer.day <= last ? [i] : [];
      case "weekly":
      case "override":
      case "agreed":
      case "extra":
        return (layer.fromDay ?? first) <= last && (layer.toDay ?? last) >= first ? [i] : [];
    }
  });
  return { day, indices, layers: indices.map((i) => layers[i]!) };
}

/** Clocks that are put over midnight begin a day anew: it is another day at once. */
function addClockChanges(edges: Set<number>, zone: Zone, { startMs, endMs }: Interval): void {
  const offsetAt = (ms: number) => zone.toLocalMs(ms) - ms;
  for (let ms = startMs; ms < endMs; ms += DAY_MS) {
    let [low, high] = [ms, Math.min(ms + DAY_MS, endMs)];
    if (offsetAt(low) === offsetAt(high)) continue;
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (offsetAt(middle) === offsetAt(low)) low = middle;
      else high = middle;
    }
    edges.add(high);
  }
}

/** The first layer that speaks of a whole day; null when none does. */
export function layerOfDay(layers: readonly Layer[], day: number): number | null {
  const index = layers.findIndex((layer) => speaksOf(layer, day));
  return index === -1 ? null : index;
}

/** Whether a layer speaks of a whole day. */
export function speaksOf(layer: Layer, day: number): boolean {
  switch (layer.kind) {
    case "weekly":
      return (layer.fromDay === null || layer.fromDay <= day) && (layer.toDay === null || day <= layer.toDay);
    case "override":
    case "agreed":
      return layer.fromDay <= day && day <= layer.toDay;
    case "holiday":
      return layer.part === null && layer.day === day;
    case "extra":
    case "off":
      return false;
  }
}

/** The layers whose openings count on a day [LY8]: the one that has the say, and what is extra above it. */
export function openersOfDay(layers: readonly Layer[], day: number): number[] {
  const decider = layerOfDay(layers, day);
  const openers = decider === null ? [] : [decider];
  for (let i = 0; i < (decider ?? layers.length); i++) {
    const layer = layers[i]!;
    if (layer.kind === "extra" && layer.fromDay <= day && day <= layer.toDay) openers.push(i);
  }
  return openers;
}

/** The openings that a layer has for a day, on the wall; none where it tells exact time. */
export function openingsOfDay(layer: Layer, day: number): readonly Opening[] {
  if (layer.kind === "override" || layer.kind === "extra") return layer.openings;
  if (layer.kind !== "weekly") return [];
  return ofTurn(layer.weeks, layer.anchorDay, day);
}

/** What weeks that take turns have for a day, the first of them in the week (from Monday) of `anchorDay` [LY1]. */
export function ofTurn<Entry>(
  weeks: readonly (readonly (readonly Entry[])[])[],
  anchorDay: number,
  day: number,
): readonly Entry[] {
  const sinceWeeks = (startOfWeek(day, 1) - startOfWeek(anchorDay, 1)) / 7;
  const week = weeks[((sinceWeeks % weeks.length) + weeks.length) % weeks.length]!;
  return week[weekdayOf(day) - 1] ?? [];
}

/** An opening of a day in exact time; null where the clocks skip all of it. */
export function exactly({ fromMinute, toMinute }: Opening, day: number, zone: Zone): Interval | null {
  const startMs = zone.toEpochMs(day * DAY_MS + fromMinute * MINUTE_MS);
  const endMs = zone.toEpochMs(day * DAY_MS + toMinute * MINUTE_MS);
  return startMs < endMs ? { startMs, endMs } : null;
}

/** What a layer takes from all below it, in exact time; null for layers of whole days. */
export function cutOf(layer: Layer, zone: Zone): Interval | null {
  if (layer.kind === "off") return { startMs: layer.startMs, endMs: layer.endMs };
  return layer.kind === "holiday" && layer.part !== null ? exactly(layer.part, layer.day, zone) : null;
}

/** The days whose openings may reach into a window: nights do, and clocks may be put back by hours. */
export function daysAround(
  zone: Zone,
  { startMs, endMs }: Interval,
): { readonly first: number; readonly last: number } {
  const first = Math.floor((zone.earliestLocalMs(startMs) - OPENING_MINUTES_MAX * MINUTE_MS) / DAY_MS) - 1;
  return { first, last: Math.floor(zone.latestLocalMs(endMs) / DAY_MS) };
}

/** The openings that a layer has for a day, in exact time. */
export function openingsOn(layer: Layer, day: number, zone: Zone): readonly Interval[] {
  if (layer.kind === "agreed") return layer.openings.get(day) ?? [];
  return openingsOfDay(layer, day).flatMap((opening) => exactly(opening, day, zone) ?? []);
}

/** The openings of each layer on the days over which it has the say. */
function openingsByLayer(layers: readonly Layer[], zone: Zone, window: Interval): Map<number, Interval[]> {
  const byLayer = new Map<number, Interval[]>();
  const { first, last } = daysAround(zone, window);
  for (let day = first; day <= last; day++) {
    for (const layer of openersOfDay(layers, day)) {
      const openings = openingsOn(layers[layer]!, day, zone);
      const own = byLayer.get(layer);
      if (own === undefined) byLayer.set(layer, [...openings]);
      else own.push(...openings);
    }
  }
  return byLayer;
}

function checkLayers(layers: readonly Layer[]): void {
  assert(layers.length <= LAYERS_MAX, `at most ${LAYERS_MAX} layers: ${layers.length}`);
  for (const layer of layers) {
    switch (layer.kind) {
      case "weekly":
        assert(layer.weeks.length >= 1 && layer.weeks.length <= WEEKS_MAX, `no weeks: ${layer.weeks.length}`);
        for (const week of layer.weeks) for (const day of week) checkOpenings(day);
        break;
      case "override":
      case "extra":
        checkOpenings(layer.openings);
        break;
      case "holiday":
        if (layer.part !== null) checkOpenings([layer.part]);
        break;
      case "agreed":
        break;
      case "off":
        assert(layer.startMs < layer.endMs, `a stretch off has a length: ${layer.startMs} to ${layer.endMs}`);
    }
  }
}

function checkOpenings(openings: readonly Opening[]): void {
  assert(openings.length <= OPENINGS_PER_DAY_MAX, `at most ${OPENINGS_PER_DAY_MAX} openings a day: ${openings.length}`);
  for (const { fromMinute, toMinute } of openings) {
    assert(
      fromMinute >= 0 && fromMinute < toMinute && fromMinute < 1_440 && toMinute <= OPENING_MINUTES_MAX,
      `no opening: ${fromMinute} to ${toMinute}`,
    );
  }
}
