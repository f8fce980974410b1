import type { Bands } from "./bands.ts";
import type { Ink, Paint } from "./paint.ts";
import { PAST_TICK_ALPHA, type Ribbon, type YearPicture } from "./picture.ts";
import { columnLeft, type MonthRow } from "./scale.ts";
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
export function ribbonPaints(
  { scale, layers, ribbons, pastBefore }: YearPicture,
  bands: Bands,
  month: MonthRow,
): Paint[] {
  if (!layers.has("capacity")) return [];
  const [fills, hatches, edges]: [Paint[], Paint[], Paint[]] = [[], [], []];
  for (let index = 0; index < month.days; index++) {
    const day = month.firstDay + index;
    const ribbon = ribbons[day] ?? null;
    if (ribbon === null || ribbon.part < PART_MIN) continue;
    const left = columnLeft(scale, month.firstColumn + index);
    const width = columnLeft(scale, month.firstColumn + index + 1) - left - 1;
    const frame = { x: left + 1, width, ...standing(bands, ribbon) };
    const alpha = day < pastBefore ? PAST_TICK_ALPHA : 1;
    fills.push(filled(frame, FILLS[ribbon.level], { alpha }));
    if (ribbon.level === "over") hatches.push({ op: "hatch", ...frame, radius: 0, ink: "surface", alpha: alpha / 2 });
    const edge: Ink = EDGES[ribbon.level];
    edges.push(filled({ ...frame, height: EDGE }, edge, { alpha }));
  }
  return [...fills, ...hatches, ...edges];
}

function standing({ ribbon, isHeat }: Bands, { part }: Ribbon): { y: number; height: number } {
  const height = isHeat ? ribbon.height : Math.max(HEIGHT_MIN, Math.min(1, part) * ribbon.height);
  return { y: ribbon.top + ribbon.height - height, height };
}
