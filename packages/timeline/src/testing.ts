import * as fc from "fast-check";
import { occupancy, QUARTER_MS, QUARTERS_PER_DAY, type Stretches, type WallClock } from "./occupancy.ts";
import type { MinuteSpan, Span } from "./packing.ts";
import { LAYERS, type Block, type YearPicture } from "./picture.ts";
import { scaleFor, type Zoom, type YearShape } from "./scale.ts";

/** Any year the timeline promises, on any first weekday. */
export const anyYear = fc.integer({ min: 1970, max: 2100 });
export const anyFirstWeekday = fc.integer({ min: 1, max: 7 });

/** Screens of the three kinds that the structure is promised on: desk, laptop, phone. */
export const SCREENS = [
  { width: 1344, height: 984 },
  { width: 900, height: 640 },
  { width: 390, height: 440 },
] as const;

/** Every way of looking: density, year, and each month through the lens. */
export const anyZoom: fc.Arbitrary<Zoom> = fc.oneof(
  fc.constantFrom<Zoom>({ step: "density" }, { step: "year" }),
  fc.integer({ min: 0, max: 11 }).map((row): Zoom => ({ step: "lens", row })),
);

/** A picture in which nothing is planned, but for what is handed in. */
export function pictureOf(shape: YearShape, changes: Partial<YearPicture> = {}): YearPicture {
  const nothing = { startMs: new Float64Array(), endMs: new Float64Array() };
  const empty = occupancy(nothing, { fromMs: [0], offsetMs: [0] }, shape.firstEpochDay, shape.days);
  return {
    shape,
    scale: scaleFor(SCREENS[0]),
    layers: new Set(LAYERS),
    weekend: new Set([6, 7]),
    today: null,
    pastBefore: 0,
    bars: [],
    blocksOn: () => [],
    busy: empty,
    hues: new Int16Array(),
    clash: empty,
    outlined: empty,
    focus: null,
    team: null,
    ribbons: [],
    hiddenStart: 0,
    glyphs: [],
    ...changes,
  };
}

/** Looks blocks up by their day. */
export function blocksOn(blocks: readonly Block[]): YearPicture["blocksOn"] {
  return (day) => blocks.filter((block) => block.day === day);
}

/** Blocks of one day with distinct ids, also some without length. */
export const anyBlocks: fc.Arbitrary<MinuteSpan[]> = fc
  .array(fc.record({ fromMinute: fc.integer({ min: 0, max: 1_439 }), minutes: fc.integer({ min: 0, max: 400 }) }), {
    maxLength: 40,
  })
  .map((list) =>
    list.map(({ fromMinute, minutes }, index) => ({
      id: `block-${index}`,
      fromMinute,
      toMinute: Math.min(1_440, fromMinute + minutes),
    })),
  );

/** Bars of one month with distinct ids. */
export const anySpans: fc.Arbitrary<Span[]> = fc
  .array(fc.record({ fromDay: fc.integer({ min: 0, max: 30 }), length: fc.integer({ min: 1, max: 12 }) }), {
    maxLength: 40,
  })
  .map((list) => list.map(({ fromDay, length }, index) => ({ id: `bar-${index}`, fromDay, toDay: fromDay + length })));

/** Every quarter looked at by every stretch, minute by minute: the obvious count that judges `occupancy`. */
export function occupancyByWalking(
  stretches: Stretches,
  clock: WallClock,
  firstEpochDay: number,
  days: number,
): { readonly touched: number[]; readonly owner: number[] } {
  const touched = Array.from({ length: days * QUARTERS_PER_DAY }, () => 0);
  const owner = touched.map(() => -1);
  for (let i = 0; i < stretches.startMs.length; i++) {
    const quarters = new Set<number>();
    for (let ms = stretches.startMs[i]!; ms < stretches.endMs[i]!; ms += 60_000) {
      quarters.add(Math.floor((ms + offsetAt(clock, ms)) / QUARTER_MS) - firstEpochDay * QUARTERS_PER_DAY);
    }
    for (const quarter of quarters) {
      if (!(quarter in touched)) continue;
      touched[quarter]! += 1;
      if (owner[quarter] === -1) owner[quarter] = i;
    }
  }
  return { touched, owner };
}

function offsetAt({ fromMs, offsetMs }: WallClock, ms: number): number {
  return offsetMs[
    Math.max(
      0,
      fromMs.findLastIndex((from) => from <= ms),
    )
  ]!;
}
