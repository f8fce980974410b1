import { BARCODE, ticksOfDay } from "./occupancy.ts";
import { packBlocks } from "./packing.ts";
import type { Ink, Measure, Paint } from "./paint.ts";
import { PAST_BAR_ALPHA, PAST_TICK_ALPHA, type Block, type YearPicture } from "./picture.ts";
import { labelOf } from "./plan-bars.ts";
import { runsOf } from "./plan-barcodes.ts";
import { columnLeft, type MonthRow } from "./scale.ts";
import { filled, outlined } from "./shapes.ts";

type Band = { readonly top: number; readonly height: number };

const FROM_MINUTE = BARCODE.fromQuarter * 15;
const TO_MINUTE = BARCODE.toQuarter * 15;
const HOURS_BETWEEN_LINES = 3;
const HEIGHT_MIN = 2;
const LABEL_FROM = 9;
const LABEL_INSET = 4;
/** Narrower, round corners are not seen, and a plain box is drawn four times as fast. */
const ROUND_FROM = 12;

/** More on one day are no blocks any more: side by side they would be hairlines. The day shows what is taken of it. */
const BLOCKS_MAX = 60;

/** The blocks that a day under the lens has; none when there are too many to be told apart. */
export function blocksUnderLens(picture: YearPicture, day: number): readonly Block[] {
  const blocks = picture.layers.has("events") ? picture.blocksOn(day) : [];
  return blocks.length > BLOCKS_MAX ? [] : blocks;
}

/** The days of a month under the lens: time runs from top to bottom, what overlaps stands side by side. */
export function blockPaints(picture: YearPicture, band: Band, month: MonthRow, measure: Measure): Paint[] {
  const paints = hourLines(picture, band, month);
  for (let index = 0; index < month.days; index++) {
    const day = month.firstDay + index;
    const left = columnLeft(picture.scale, month.firstColumn + index) + 2;
    const cell = { x: left, width: columnLeft(picture.scale, month.firstColumn + index + 1) - 1 - left };
    const shown = blocksUnderLens(picture, day).filter(
      ({ fromMinute, toMinute }) => fromMinute < TO_MINUTE && toMinute > FROM_MINUTE,
    );
    for (const { block, column, columns } of packBlocks(shown)) {
      const width = cell.width / columns;
      const frame = { x: cell.x + column * width, width: width - 0.5, ...uprightAt(band, block) };
      paints.push(...oneBlock(block, frame, day < picture.pastBefore ? PAST_BAR_ALPHA : 1, measure));
    }
    if (picture.layers.has("events") && picture.blocksOn(day).length > BLOCKS_MAX)
      paints.push(...crowd(picture, band, day, cell));
    if (picture.layers.has("focus") && picture.focus !== null) {
      for (const run of runsOf(picture.focus, day)) {
        const { y, height } = uprightAt(band, minutesOf(run));
        paints.push(filled({ x: cell.x - 1, y, width: 2, height }, "focus", { radius: 1 }));
      }
    }
    if (!picture.layers.has("conflicts")) continue;
    for (const run of [...runsOf(picture.clash, day), ...runsOf(picture.outlined, day)]) {
      const frame = { x: cell.x - 0.5, width: cell.width + 0.5, ...uprightAt(band, minutesOf(run)) };
      paints.push(outlined(frame, "conflict", { radius: 2, lineWidth: 1.4 }));
    }
  }
  return paints;
}

/** What is taken of a day, by whom it is first, one above the other. */
function crowd(picture: YearPicture, band: Band, day: number, cell: { readonly x: number; readonly width: number }) {
  const alpha = day < picture.pastBefore ? PAST_TICK_ALPHA : 1;
  return ticksOfDay(picture.busy, day, BARCODE).map((tick) =>
    filled(
      { ...cell, ...uprightAt(band, minutesOf(tick)) },
      { role: "tick", hue: picture.hues[tick.owner]! },
      { alpha },
    ),
  );
}

/** Where minutes of a day stand in the band, from its row's top. */
export function uprightAt(
  band: Band,
  { fromMinute, toMinute }: { readonly fromMinute: number; readonly toMinute: number },
) {
  const at = (minute: number) =>
    band.top +
    ((Math.min(TO_MINUTE, Math.max(FROM_MINUTE, minute)) - FROM_MINUTE) / (TO_MINUTE - FROM_MINUTE)) * band.height;
  return { y: at(fromMinute), height: Math.max(HEIGHT_MIN, at(toMinute) - at(fromMinute)) };
}

/** The minute of the day at a height of the band: the inverse of `uprightAt`, cut to the window. */
export function minuteAt(band: Band, y: number): number {
  const part = Math.min(1, Math.max(0, (y - band.top) / band.height));
  return FROM_MINUTE + part * (TO_MINUTE - FROM_MINUTE);
}

function minutesOf({ fromQuarter, toQuarter }: { readonly fromQuarter: number; readonly toQuarter: number }) {
  return { fromMinute: fromQuarter * 15, toMinute: toQuarter * 15 };
}

function hourLines({ scale }: YearPicture, band: Band, month: MonthRow): Paint[] {
  const x = columnLeft(scale, month.firstColumn);
  const width = columnLeft(scale, month.firstColumn + month.days) - x;
  const lines: Paint[] = [];
  for (let minute = FROM_MINUTE; minute <= TO_MINUTE; minute += HOURS_BETWEEN_LINES * 60) {
    const { y } = uprightAt(band, { fromMinute: minute, toMinute: minute });
    lines.push(filled({ x, y, width, height: 1 }, "line", { alpha: 0.6 }));
  }
  return lines;
}

function oneBlock(
  block: Block,
  frame: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
  alpha: number,
  measure: Measure,
): Paint[] {
  const edge: Ink = block.tone === "leave" ? "leave-edge" : { role: "bar-edge", hue: block.hue };
  const fill: Ink = block.tone === "leave" ? "leave" : { role: "bar", hue: block.hue };
  const radius = frame.width < ROUND_FROM ? 0 : 2;
  const paints: Paint[] =
    block.tone === "tentative"
      ? [outlined(frame, edge, { radius, dashed: true, alpha })]
      : [filled(frame, fill, { radius, alpha })];
  paints.push({ op: "box", ...frame, width: 2, radius, startOnly: true, ink: edge, alpha });
  if (frame.height < LABEL_FROM) return paints;
  const room = frame.width - LABEL_INSET - 1;
  const text = labelOf(block.title, room, room, measure, "block");
  const ink: Ink = block.tone === "leave" ? "leave-text" : { role: "bar-text", hue: block.hue };
  if (text !== "")
    paints.push({
      op: "text",
      x: frame.x + LABEL_INSET,
      middle: frame.y + 5.5,
      text,
      font: "block",
      align: "start",
      ink,
      alpha,
    });
  return paints;
}
