import { bandsOf, type Bands } from "./bands.ts";
import { BARCODE, ticksOfDay, type Occupancy } from "./occupancy.ts";
import { packLanes, type Placed, type Span } from "./packing.ts";
import type { Font, Glyph, Ink, Measure, Paint } from "./paint.ts";
import { cellOfDay, columnLeft, weekdayOfColumn, type MonthRow, type Scale, type YearShape } from "./scale.ts";

/** A bar of whole days, in days of the year; it may begin before the year and end after it. */
export type Bar = Span & {
  readonly title: string;
  readonly hue: number;
  /** `leave` is hatched and grey whatever its hue; `tentative` is a dashed outline. */
  readonly tone: "plain" | "leave" | "tentative";
};

/** Everything that the rows of a year show. `busy` and `clash` are tables over the days of the year. */
export type YearPicture = {
  readonly shape: YearShape;
  readonly scale: Scale;
  readonly weekend: ReadonlySet<number>;
  /** The day of the year that is today, or null in another year; days before `pastBefore` are past. */
  readonly today: number | null;
  readonly pastBefore: number;
  readonly bars: readonly Bar[];
  readonly busy: Occupancy;
  /** The hue of each owner in `busy`. */
  readonly hues: Int16Array;
  /** Minutes in which a person is booked twice, and those in which a room or thing is: hatched, and outlined. */
  readonly clash: Occupancy;
  readonly outlined: Occupancy;
  /** What of the grid's start is panned out of sight, CSS px: labels begin behind it. */
  readonly hiddenStart: number;
  /** The most severe conflict of each day. */
  readonly glyphs: readonly (Glyph | null)[];
};

const PAST_BAR_ALPHA = 0.78; // The least that keeps labels at 4.5 : 1 in the light theme.
const PAST_TICK_ALPHA = 0.62;
const TICK_WIDTH_MIN = 1.6;
const TICK_ROUND_FROM = 3; // Thinner, round corners are not seen, and a plain box is drawn four times as fast.
const CLASH_WIDTH_MIN = 3;
const LABEL_INSET = 8;
const NARROW_BELOW = 26; // A number of two digits and a conflict's sign, side by side.

/** What to draw for one month, from its row's top left corner. Painting it again changes nothing [TL11]. */
export function planMonth(picture: YearPicture, row: number, measure: Measure): Paint[] {
  const { shape, scale } = picture;
  const month = shape.months[row]!;
  const bands = bandsOf(scale.density, scale.rowHeight);
  const placed = placedIn(picture.bars, month);
  const overflow = overflowOf(placed, month, bands.lanes);
  const left = columnLeft(scale, month.firstColumn);
  const right = columnLeft(scale, month.firstColumn + month.days);
  const strip = { x: left, y: bands.stripTop, width: right - left, height: bands.stripHeight, radius: bands.radius };

  const paints: Paint[] = [
    { op: "clip", ...strip },
    { op: "box", ...strip, radius: 0, ink: "surface", alpha: 1 },
  ];
  paints.push(...weekendsAndLines(picture, month, bands), { op: "unclip" });
  paints.push(outlineOf(strip));
  for (const { bar, lane } of placed) {
    if (lane < bands.lanes) paints.push(...barPaints(picture, month, bands, placed, bar, lane, measure));
  }
  for (let index = 0; index < month.days; index++) {
    const day = month.firstDay + index;
    paints.push(...numberPaints(picture, bands, day, overflow[index]!, measure));
  }
  return paints.concat(barcodePaints(picture, bands, month));
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

/** Hover, selection and the present moment: drawn on their own canvas, from the grid's top left corner. */
export function planOverlay(
  { shape, scale }: Pick<YearPicture, "shape" | "scale">,
  marks: {
    readonly hovered: number | null;
    readonly selected: number | null;
    readonly now: { day: number; minute: number } | null;
  },
): Paint[] {
  const paints: Paint[] = [];
  const bands = bandsOf(scale.density, scale.rowHeight);
  if (marks.now !== null) {
    const { x, y } = cornerOf(shape, scale, marks.now.day);
    const { left, width } = barcodeBox(scale, bands, marks.now.day, shape);
    const along = (marks.now.minute / 15 - BARCODE.fromQuarter) / (BARCODE.toQuarter - BARCODE.fromQuarter);
    const middle = left + Math.min(1, Math.max(0, along)) * width;
    const top = y + bands.barcodeTop - 3;
    const bottom = y + bands.stripTop + bands.stripHeight;
    paints.push(box(Math.max(x, middle), top, 1.5, bottom - top, 0, "accent", 0.9));
  }
  if (marks.hovered !== null && marks.hovered !== marks.selected)
    paints.push(ring(shape, scale, bands, marks.hovered, 1.2, 0.6));
  if (marks.selected !== null) paints.push(ring(shape, scale, bands, marks.selected, 2, 1));
  return paints;
}

function ring(shape: YearShape, scale: Scale, bands: Bands, day: number, lineWidth: number, alpha: number): Paint {
  const { x, y, width } = cornerOf(shape, scale, day);
  return {
    op: "outline",
    x: x - 0.5,
    y: y + bands.stripTop - 0.5,
    width: width + 2,
    height: bands.stripHeight + 1,
    radius: 6,
    ink: "accent",
    lineWidth,
    dashed: false,
    alpha,
  };
}

function cornerOf(shape: YearShape, scale: Scale, day: number): { x: number; y: number; width: number } {
  const { row, column } = cellOfDay(shape, day);
  const x = columnLeft(scale, column);
  return { x, y: row * scale.rowHeight, width: columnLeft(scale, column + 1) - x };
}

function weekendsAndLines({ shape, scale, weekend }: YearPicture, month: MonthRow, bands: Bands): Paint[] {
  const paints: Paint[] = [];
  for (let index = 0; index < month.days; index++) {
    const column = month.firstColumn + index;
    if (!weekend.has(weekdayOfColumn(shape.firstWeekday, column))) continue;
    const left = columnLeft(scale, column);
    const width = columnLeft(scale, column + 1) - left;
    paints.push(box(left, bands.stripTop, width, bands.stripHeight, 0, "weekend"));
  }
  for (let index = 1; index < month.days; index++) {
    const column = month.firstColumn + index;
    const isWeekStart = column % 7 === 0;
    const [ink, alpha] = isWeekStart ? (["line-strong", 0.9] as const) : (["line", 0.75] as const);
    paints.push(box(columnLeft(scale, column), bands.stripTop, 1, bands.stripHeight, 0, ink, alpha));
  }
  return paints;
}

function outlineOf(strip: { x: number; y: number; width: number; height: number; radius: number }): Paint {
  const { x, y, width, height, radius } = strip;
  const inner = { x: x + 0.5, y: y + 0.5, width: width - 1, height: height - 1, radius };
  return { op: "outline", ...inner, ink: "line", lineWidth: 1, dashed: false, alpha: 1 };
}

function barPaints(
  picture: YearPicture,
  month: MonthRow,
  bands: Bands,
  placed: readonly Placed<Bar>[],
  bar: Bar,
  lane: number,
  measure: Measure,
): Paint[] {
  const { scale } = picture;
  const { from, to } = withinMonth(bar, month);
  const columnOf = (day: number) => month.firstColumn + day - month.firstDay;
  const x = columnLeft(scale, columnOf(from)) + 2;
  const width = columnLeft(scale, columnOf(to)) - 2 - x;
  const y = bands.laneTop + lane * (bands.laneHeight + bands.laneGap);
  const height = bands.laneHeight;
  const alpha = bar.toDay <= picture.pastBefore ? PAST_BAR_ALPHA : 1;
  const isLeave = bar.tone === "leave";
  const radius = scale.density === "phone" ? 3 : 4;

  const paints: Paint[] = [];
  if (bar.tone === "tentative") {
    const inner = { x: x + 0.5, y: y + 0.5, width: width - 1, height: height - 1, radius };
    paints.push({
      op: "outline",
      ...inner,
      ink: { role: "bar-edge", hue: bar.hue },
      lineWidth: 1,
      dashed: true,
      alpha,
    });
  } else {
    paints.push(box(x, y, width, height, radius, isLeave ? "leave" : { role: "bar", hue: bar.hue }, alpha));
    if (isLeave) paints.push({ op: "hatch", x, y, width, height, radius, ink: "leave-hatch", alpha });
  }
  const edge: Ink = isLeave ? "leave-edge" : { role: "bar-edge", hue: bar.hue };
  paints.push({ op: "box", x, y, width: 3, height, radius, startOnly: true, ink: edge, alpha });

  const next = placed.find((other) => other.lane === lane && other.bar.fromDay >= bar.toDay);
  const monthRight = columnLeft(scale, month.firstColumn + month.days);
  const freeUntil = next === undefined ? monthRight : columnLeft(scale, columnOf(next.bar.fromDay));
  const labelLeft = Math.max(x, picture.hiddenStart);
  const text =
    labelLeft < x + width ? labelOf(bar.title, x + width - labelLeft - 12, freeUntil - labelLeft - 14, measure) : "";
  const ink: Ink = isLeave ? "leave-text" : { role: "bar-text", hue: bar.hue };
  const middle = y + height / 2 + 0.5;
  if (text !== "")
    paints.push({ op: "text", x: labelLeft + LABEL_INSET, middle, text, font: "bar", align: "start", ink, alpha });
  return paints;
}

const TITLE_UNITS_MAX = 200; // Longer than any row; a title of 10,000 characters is cut before it is measured.
const graphemes = new Intl.Segmenter("und", { granularity: "grapheme" });

/** The whole title inside the bar or past its end in free space; else what fits the bar with an ellipsis; else "". */
export function labelOf(title: string, inside: number, free: number, measure: Measure): string {
  const whole = title.slice(0, TITLE_UNITS_MAX);
  const width = measure(whole, "bar");
  if (width <= inside || width <= free) return whole;
  const ends = Array.from(graphemes.segment(whole), ({ index }) => index); // Cuts fall between what people see as letters.
  let fits = 0;
  let tooMany = ends.length;
  while (fits + 1 < tooMany) {
    const middle = (fits + tooMany) >> 1;
    if (measure(`${whole.slice(0, ends[middle])}…`, "bar") <= inside) fits = middle;
    else tooMany = middle;
  }
  return fits > 1 ? `${whole.slice(0, ends[fits]).trimEnd()}…` : "";
}

function numberPaints(picture: YearPicture, bands: Bands, day: number, overflow: number, measure: Measure): Paint[] {
  const { shape, scale } = picture;
  const { x, width } = cornerOf(shape, scale, day);
  const { column } = cellOfDay(shape, day);
  const number = String(day - shape.months[cellOfDay(shape, day).row]!.firstDay + 1);
  const middle = bands.numberMiddle;
  const isPhone = scale.density === "phone";
  const isNarrow = width < NARROW_BELOW;
  const inset = isNarrow ? 0.5 : 2;
  const paints: Paint[] = [];
  if (day === picture.today) {
    const pill = isPhone || isNarrow ? { width: 17, height: 12.5 } : { width: 19, height: 14 };
    paints.push(box(x + inset, middle - pill.height / 2 - 0.5, pill.width, pill.height, 5, "accent"));
    const at = { x: x + inset + pill.width / 2, middle };
    paints.push({ op: "text", ...at, text: number, font: "number-today", align: "center", ink: "on-accent", alpha: 1 });
  } else {
    const isPast = day < picture.pastBefore;
    const isQuiet = isPast || picture.weekend.has(weekdayOfColumn(shape.firstWeekday, column));
    const at = { x: x + (isNarrow ? 1.5 : overflow > 0 || isPhone ? 2.5 : 4), middle };
    const font: Font = isPast ? "number-past" : "number";
    paints.push({ op: "text", ...at, text: number, font, align: "start", ink: isQuiet ? "text-3" : "text", alpha: 1 });
  }
  const glyph = picture.glyphs[day] ?? null;
  // Where there is no room for both, the conflict is shown; the cell's name says everything.
  const hasRoom = !isPhone && !(isNarrow && (glyph !== null || day === picture.today));
  const count = overflow === 0 || !hasRoom ? "" : isNarrow ? "+" : `+${overflow}`;
  if (glyph !== null) {
    const radius = isNarrow && !isPhone ? 2.6 : count === "" ? bands.glyphRadius : 3;
    const fromRight = count !== "" ? measure(count, "overflow") + 5 : isNarrow ? (isPhone ? 5 : 3.4) : 8.5;
    paints.push({ op: "glyph", kind: glyph, x: x + width - fromRight, y: middle, radius, ink: "conflict" });
  }
  if (count !== "") {
    const at = { x: x + width - 1.5, middle };
    paints.push({ op: "text", ...at, text: count, font: "overflow", align: "end", ink: "text-2", alpha: 1 });
  }
  return paints;
}

/**
 * The barcodes of a month, layer by layer rather than day by day: what is drawn with one colour follows itself, and a
 * canvas is spared thousands of changes of it.
 */
function barcodePaints(picture: YearPicture, bands: Bands, month: MonthRow): Paint[] {
  const ticks: Paint[] = [];
  const outlines: Paint[] = [];
  const blocks: Frame[] = [];
  for (let day = month.firstDay; day < month.firstDay + month.days; day++) {
    const { left, width } = barcodeBox(picture.scale, bands, day, picture.shape);
    const quarterWidth = width / (BARCODE.toQuarter - BARCODE.fromQuarter);
    const xOf = (quarter: number) => left + (quarter - BARCODE.fromQuarter) * quarterWidth;
    pushTicks(ticks, picture, bands, day, xOf);
    for (const { fromQuarter, toQuarter } of clashRuns(picture.outlined, day))
      outlines.push(clashOutline(bands, xOf(fromQuarter), xOf(toQuarter)));
    for (const { fromQuarter, toQuarter } of clashRuns(picture.clash, day))
      blocks.push(clashFrame(picture.scale, bands, xOf(fromQuarter), xOf(toQuarter)));
  }
  return [
    ...ticks,
    ...outlines,
    ...blocks.map(({ x, y, width, height }) => box(x - 0.8, y - 0.5, width + 1.6, height + 1, 0, "surface")),
    ...blocks.map(({ x, y, width, height }) => box(x, y, width, height, 1.5, "conflict")),
    ...blocks.map((frame): Paint => ({ op: "hatch", ...frame, radius: 1.5, ink: "surface", alpha: 0.35 })),
  ];
}

function pushTicks(
  ticks: Paint[],
  { busy, hues, pastBefore }: YearPicture,
  bands: Bands,
  day: number,
  xOf: (quarter: number) => number,
): void {
  const alpha = day < pastBefore ? PAST_TICK_ALPHA : 1;
  for (const { fromQuarter, toQuarter, owner } of ticksOfDay(busy, day, BARCODE)) {
    const from = xOf(fromQuarter);
    const width = Math.max(TICK_WIDTH_MIN, xOf(toQuarter) - from - 0.7);
    const radius = width < TICK_ROUND_FROM ? 0 : 1.4;
    const ink: Ink = { role: "tick", hue: hues[owner]! };
    ticks.push(box(from, bands.barcodeTop, width, bands.barcodeHeight, radius, ink, alpha));
  }
}

function clashOutline(bands: Bands, from: number, to: number): Paint {
  const x = from - 1;
  const y = bands.barcodeTop - 1.5;
  const width = Math.max(CLASH_WIDTH_MIN, to - x) + 1;
  const height = bands.barcodeHeight + 3;
  return { op: "outline", x, y, width, height, radius: 2, ink: "conflict", lineWidth: 1.4, dashed: false, alpha: 1 };
}

type Frame = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

function clashFrame(scale: Scale, bands: Bands, from: number, to: number): Frame {
  const y = bands.barcodeTop - (scale.density === "phone" ? 1 : 2.5);
  const height = bands.barcodeTop + bands.barcodeHeight + 0.5 - y;
  return { x: from, y, width: Math.max(CLASH_WIDTH_MIN, to - from), height };
}

/** Touching clashes are one block: who clashes is the inspector's to say. */
function clashRuns(clash: Occupancy, day: number): { fromQuarter: number; toQuarter: number }[] {
  const runs: { fromQuarter: number; toQuarter: number }[] = [];
  for (const { fromQuarter, toQuarter } of ticksOfDay(clash, day, BARCODE)) {
    const last = runs.at(-1);
    if (last !== undefined && last.toQuarter === fromQuarter) last.toQuarter = toQuarter;
    else runs.push({ fromQuarter, toQuarter });
  }
  return runs;
}

function barcodeBox(scale: Scale, bands: Bands, day: number, shape: YearShape): { left: number; width: number } {
  const { x, width } = cornerOf(shape, scale, day);
  return { left: x + bands.barcodeInset, width: width - 2 * bands.barcodeInset };
}

function withinMonth(bar: Span, month: MonthRow): { from: number; to: number } {
  return { from: Math.max(bar.fromDay, month.firstDay), to: Math.min(bar.toDay, month.firstDay + month.days) };
}

function box(x: number, y: number, width: number, height: number, radius: number, ink: Ink, alpha = 1): Paint {
  return { op: "box", x, y, width, height, radius, ink, alpha };
}
