import { BARCODE, QUARTERS_PER_DAY, ticksOfDay, type Occupancy } from "./occupancy.ts";
import type { Paint } from "./paint.ts";
import { PAST_TICK_ALPHA, type YearPicture } from "./picture.ts";
import { columnLeft, cellOfDay, type MonthRow, type Scale, type YearShape } from "./scale.ts";
import { filled, outlined } from "./shapes.ts";

const INSET = 3;
const TICK_WIDTH_MIN = 1.6;
const TICK_ROUND_FROM = 3; // Thinner, round corners are not seen, and a plain box is drawn four times as fast.
const CLASH_WIDTH_MIN = 3;
const FOCUS_HEIGHT = 2;

type Band = { readonly top: number; readonly height: number };

/**
 * The barcodes of a month, layer by layer rather than day by day: what is drawn with one colour follows itself, and a
 * canvas is spared thousands of changes of it.
 */
export function barcodePaints(picture: YearPicture, band: Band, month: MonthRow): Paint[] {
  const { shape, scale, layers, focus, team } = picture;
  const free: Paint[] = [];
  const ticks: Tick[] = [];
  const outlines: Paint[] = [];
  const blocks: { x: number; y: number; width: number; height: number }[] = [];
  for (let day = month.firstDay; day < month.firstDay + month.days; day++) {
    const xOf = alongDay(scale, shape, day);
    if (layers.has("focus") && focus !== null)
      pushFree(free, picture, focus, band.top + band.height - FOCUS_HEIGHT, day, xOf);
    if (layers.has("team") && team !== null) pushFree(free, picture, team, band.top - FOCUS_HEIGHT - 1, day, xOf);
    if (layers.has("events")) pushTicks(ticks, picture, day, xOf);
    if (!layers.has("conflicts")) continue;
    for (const { fromQuarter, toQuarter } of runsOf(picture.outlined, day)) {
      const x = xOf(fromQuarter) - 1.7;
      const width = Math.max(CLASH_WIDTH_MIN, xOf(toQuarter) - x) + 1.7;
      const frame = { x, y: band.top - 2.2, width, height: band.height + 4.4 };
      outlines.push(outlined(frame, "conflict", { radius: 2, lineWidth: 1.4 }));
    }
    for (const { fromQuarter, toQuarter } of runsOf(picture.clash, day)) {
      const x = xOf(fromQuarter);
      const width = Math.max(CLASH_WIDTH_MIN, xOf(toQuarter) - x);
      blocks.push({ x, y: band.top - 2.5, width, height: band.height + 3 });
    }
  }
  return [
    ...free,
    ...tickPaints(ticks, band),
    ...outlines,
    ...blocks.map(({ x, y, width, height }) =>
      filled({ x: x - 0.8, y: y - 0.5, width: width + 1.6, height: height + 1 }, "surface"),
    ),
    ...blocks.map((frame) => filled(frame, "conflict", { radius: 1.5 })),
    ...blocks.map((frame): Paint => ({ op: "hatch", ...frame, radius: 1.5, ink: "surface", alpha: 0.35 })),
  ];
}

/** Where a quarter of the day stands in the barcode of a day's cell: those before and after the window at its ends. */
export function alongDay(scale: Scale, shape: YearShape, day: number): (quarter: number) => number {
  const { column } = cellOfDay(shape, day);
  const left = columnLeft(scale, column) + INSET;
  const width = columnLeft(scale, column + 1) - INSET - left;
  const { fromQuarter, toQuarter } = BARCODE;
  return (quarter) =>
    left + ((Math.min(toQuarter, Math.max(fromQuarter, quarter)) - fromQuarter) / (toQuarter - fromQuarter)) * width;
}

/** Ticks of one hue that lie over each other, as those of narrow cells do, are one box: a full day is some, not forty. */
function pushTicks(
  ticks: Tick[],
  { busy, hues, pastBefore }: YearPicture,
  day: number,
  xOf: (quarter: number) => number,
): void {
  const alpha = day < pastBefore ? PAST_TICK_ALPHA : 1;
  let last: Tick | null = null;
  for (const { fromQuarter, toQuarter, owner } of ticksOfDay(busy, day, BARCODE)) {
    const x = xOf(fromQuarter);
    const end = x + Math.max(TICK_WIDTH_MIN, xOf(toQuarter) - x - 0.7);
    const hue = hues[owner]!;
    if (last !== null && last.hue === hue && x < last.end) last.end = Math.max(last.end, end);
    else ticks.push((last = { x, end, hue, alpha }));
  }
}

type Tick = { readonly x: number; end: number; readonly hue: number; readonly alpha: number };

/** Hue by hue: where ticks of two hues meet they share less than two pixels, and either may lie on top. */
function tickPaints(ticks: readonly Tick[], band: Band): Paint[] {
  return ticks
    .toSorted((one, other) => one.hue - other.hue)
    .map(({ x, end, hue, alpha }) => {
      const radius = end - x < TICK_ROUND_FROM ? 0 : 1.4;
      const frame = { x, y: band.top, width: end - x, height: band.height };
      return filled(frame, { role: "tick", hue }, { radius, alpha });
    });
}

function pushFree(
  free: Paint[],
  { pastBefore }: YearPicture,
  table: Occupancy,
  y: number,
  day: number,
  xOf: (quarter: number) => number,
): void {
  const alpha = day < pastBefore ? PAST_TICK_ALPHA : 1;
  for (const { fromQuarter, toQuarter } of runsOf(table, day)) {
    const x = xOf(fromQuarter) + 0.5;
    free.push(filled({ x, y, width: xOf(toQuarter) - x - 0.5, height: FOCUS_HEIGHT }, "focus", { radius: 1, alpha }));
  }
}

/** What is touched of a day, whoever touches it: touching clashes are one block, who clashes is the inspector's to say. */
export function runsOf(
  { touched }: Occupancy,
  day: number,
  window: { readonly fromQuarter: number; readonly toQuarter: number } = BARCODE,
): { fromQuarter: number; toQuarter: number }[] {
  const runs: { fromQuarter: number; toQuarter: number }[] = [];
  const base = day * QUARTERS_PER_DAY;
  for (let from = window.fromQuarter; from < window.toQuarter; from++) {
    if (touched[base + from] === 0) continue;
    let to = from + 1;
    while (to < window.toQuarter && touched[base + to]! > 0) to++;
    runs.push({ fromQuarter: from, toQuarter: to });
    from = to;
  }
  return runs;
}
