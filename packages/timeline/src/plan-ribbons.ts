import type { Bands } from "./bands.ts";
import type { Ink, Paint } from "./paint.ts";
import { PAST_TICK_ALPHA, type Ribbon, type YearPicture } from "./picture.ts";
import { columnLeft, weekdayOfColumn, type MonthRow } from "./scale.ts";
import { filled } from "./shapes.ts";

/** A load that is less is not drawn: it is no work. */
const PART_MIN = 0.01;
const HEIGHT_MIN = 1.5;
const EDGE = 1.2;

const FILLS = { open: "cap-open", steady: "cap-steady", full: "cap-full", over: "cap-over" } as const;
const EDGES = {
  open: "cap-open-edge",
  steady: "cap-steady-edge",
  full: "cap-full-edge",
  over: "cap-over-edge",
} as const;

/** The ribbon of a month: height and colour by load, hatched over the limit; in a low row a heat strip of one height [TL13]. */
export function ribbonPaints(picture: YearPicture, bands: Bands, month: MonthRow): Paint[] {
  if (!picture.layers.has("capacity")) return [];
  const [fills, hatches, edges]: [Paint[], Paint[], Paint[]] = [[], [], []];
  for (let index = 0; index < month.days; index++) {
    const day = month.firstDay + index;
    const paints = dayRibbon(picture, bands, day, month.firstColumn + index, picture.ribbons[day] ?? null);
    if (paints === null) continue;
    fills.push(paints.fill);
    if (paints.hatch !== null) hatches.push(paints.hatch);
    edges.push(paints.edge);
  }
  return [...fills, ...hatches, ...edges];
}

/** One day's ribbon over whatever stood there: how it would be. Nothing where there is no ribbon to see. */
export function ribbonInstead(
  picture: YearPicture,
  bands: Bands,
  { day, column, ribbon }: { readonly day: number; readonly column: number; readonly ribbon: Ribbon | null },
): Paint[] {
  if (!picture.layers.has("capacity")) return [];
  const { top, height } = bands.ribbon;
  const ground = picture.weekend.has(weekdayOfColumn(picture.shape.firstWeekday, column)) ? "weekend" : "surface";
  const paints = dayRibbon(picture, bands, day, column, ribbon);
  const cleared = filled({ ...across(picture, column), y: top, height }, ground);
  if (paints === null) return [cleared];
  return [cleared, paints.fill, ...(paints.hatch === null ? [] : [paints.hatch]), paints.edge];
}

function dayRibbon(
  picture: YearPicture,
  bands: Bands,
  day: number,
  column: number,
  ribbon: Ribbon | null,
): { fill: Paint; hatch: Paint | null; edge: Paint } | null {
  if (ribbon === null || ribbon.part < PART_MIN) return null;
  const frame = { ...across(picture, column), ...standing(bands, ribbon) };
  const alpha = day < picture.pastBefore ? PAST_TICK_ALPHA : 1;
  const edge: Ink = EDGES[ribbon.level];
  return {
    fill: filled(frame, FILLS[ribbon.level], { alpha }),
    hatch: ribbon.level === "over" ? { op: "hatch", ...frame, radius: 0, ink: "surface", alpha: alpha / 2 } : null,
    edge: filled({ ...frame, height: EDGE }, edge, { alpha }),
  };
}

function across({ scale }: YearPicture, column: number): { x: number; width: number } {
  const left = columnLeft(scale, column);
  return { x: left + 1, width: columnLeft(scale, column + 1) - left - 1 };
}

function standing({ ribbon, isHeat }: Bands, { part }: Ribbon): { y: number; height: number } {
  const height = isHeat ? ribbon.height : Math.max(HEIGHT_MIN, Math.min(1, part) * ribbon.height);
  return { y: ribbon.top + ribbon.height - height, height };
}
