import { bandsOf, type Bands } from "./bands.ts";
import { packLanes, type Placed } from "./packing.ts";
import type { Measure, Paint } from "./paint.ts";
import type { Bar, YearPicture } from "./picture.ts";
import { barPaints, withinMonth } from "./plan-bars.ts";
import { barcodePaints } from "./plan-barcodes.ts";
import { blockPaints } from "./plan-blocks.ts";
import { numberPaints } from "./plan-numbers.ts";
import { ribbonPaints } from "./plan-ribbons.ts";
import { columnLeft, weekdayOfColumn, type MonthRow } from "./scale.ts";
import { filled, outlined } from "./shapes.ts";

/** What to draw for one month, from its row's top left corner. Painting it again changes nothing [TL11]. */
export function planMonth(picture: YearPicture, row: number, measure: Measure): Paint[] {
  const { shape, scale, layers } = picture;
  const month = shape.months[row]!;
  const placed = layers.has("events") ? placedIn(picture.bars, month) : [];
  const bands = bandsOfRow(picture, row, placed);
  const left = columnLeft(scale, month.firstColumn);
  const width = columnLeft(scale, month.firstColumn + month.days) - left;
  const strip = { x: left, y: bands.stripTop, width, height: bands.stripHeight };

  const paints: Paint[] = [
    { op: "clip", ...strip, radius: bands.radius },
    filled(strip, "surface"),
    ...weekendsAndLines(picture, month, bands),
  ];
  // Heat fills the cell to its rounded corners; a ribbon stands on the line around the strip.
  if (bands.isHeat) paints.push(...ribbonPaints(picture, bands, month));
  paints.push({ op: "unclip" }, outlined(strip, "line", { radius: bands.radius }));
  for (const { bar, lane } of placed) {
    if (lane < bands.lanes) paints.push(...barPaints(picture, month, bands, placed, bar, lane, measure));
  }
  const overflow = overflowOf(placed, month, bands.lanes);
  for (let index = 0; index < month.days; index++) {
    paints.push(...numberPaints(picture, bands, month, month.firstDay + index, overflow[index]!, measure));
  }
  if (bands.barcode !== null) paints.push(...barcodePaints(picture, bands.barcode, month));
  if (bands.blocks !== null) paints.push(...blockPaints(picture, bands.blocks, month, measure));
  return bands.isHeat ? paints : paints.concat(ribbonPaints(picture, bands, month));
}

/** The bands of a row of this picture. */
export function bandsOfRow(
  picture: YearPicture,
  row: number,
  placed = placedIn(picture.bars, picture.shape.months[row]!),
): Bands {
  const { height, density } = picture.scale.rows[row]!;
  return bandsOf(density, height, density === "lens" ? lanesUsed(placed) : 0);
}

/** Whether two plans draw the same: a row whose plan did not change keeps its bitmap. O(paints). */
export function samePlan(one: readonly Paint[], other: readonly Paint[]): boolean {
  return one.length === other.length && one.every((paint, index) => sameFields(paint, other[index]!));
}

function sameFields(one: object, other: object): boolean {
  const keys = Object.keys(one) as (keyof typeof one)[];
  if (keys.length !== Object.keys(other).length) return false;
  return keys.every((key) => {
    const [value, compared] = [one[key] as unknown, other[key] as unknown];
    if (typeof value === "object" && value !== null)
      return typeof compared === "object" && compared !== null && sameFields(value, compared);
    return Object.is(value, compared);
  });
}

/** How many bars of each day of the month lie below the lanes that are drawn: its `+n`. */
export function overflowOf(placed: readonly Placed<Bar>[], month: MonthRow, lanes: number): Uint16Array {
  const hidden = new Uint16Array(month.days);
  for (const { bar, lane } of placed) {
    if (lane < lanes) continue;
    const { from, to } = withinMonth(bar, month);
    for (let day = from; day < to; day++) hidden[day - month.firstDay]! += 1;
  }
  return hidden;
}

/** The month's bars in their lanes. */
export function placedIn(bars: readonly Bar[], month: MonthRow): Placed<Bar>[] {
  const end = month.firstDay + month.days;
  return packLanes(bars.filter((bar) => bar.fromDay < end && bar.toDay > month.firstDay));
}

function lanesUsed(placed: readonly Placed<Bar>[]): number {
  return placed.reduce((most, { lane }) => Math.max(most, lane + 1), 0);
}

function weekendsAndLines({ shape, scale, weekend }: YearPicture, month: MonthRow, bands: Bands): Paint[] {
  const paints: Paint[] = [];
  const [y, height] = [bands.stripTop, bands.stripHeight];
  for (let index = 0; index < month.days; index++) {
    const column = month.firstColumn + index;
    if (!weekend.has(weekdayOfColumn(shape.firstWeekday, column))) continue;
    const x = columnLeft(scale, column);
    paints.push(filled({ x, y, width: columnLeft(scale, column + 1) - x, height }, "weekend"));
  }
  for (let index = 1; index < month.days; index++) {
    const column = month.firstColumn + index;
    const isWeekStart = column % 7 === 0;
    const [ink, alpha] = isWeekStart ? (["line-strong", 0.9] as const) : (["line", 0.75] as const);
    paints.push(filled({ x: columnLeft(scale, column), y, width: 1, height }, ink, { alpha }));
  }
  return paints;
}
