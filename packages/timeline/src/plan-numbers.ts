import type { Bands } from "./bands.ts";
import type { Font, Measure, Paint } from "./paint.ts";
import type { YearPicture } from "./picture.ts";
import { cellOfDay, columnLeft, weekdayOfColumn, type MonthRow } from "./scale.ts";
import { filled } from "./shapes.ts";

const NARROW_BELOW = 26; // A number of two digits and a conflict's sign, side by side.
const PILL = { width: 19, height: 14 } as const;
const SMALL_PILL = { width: 17, height: 12.5 } as const;

/** A day's number, and beside it the sign of its conflict and how many bars it does not show. */
export function numberPaints(
  picture: YearPicture,
  bands: Bands,
  month: MonthRow,
  day: number,
  overflow: number,
  measure: Measure,
): Paint[] {
  const { shape, scale } = picture;
  const { column } = cellOfDay(shape, day);
  const x = columnLeft(scale, column);
  const width = columnLeft(scale, column + 1) - x;
  const text = String(day - month.firstDay + 1);
  const middle = bands.numberMiddle;
  const isNarrow = width < NARROW_BELOW;
  const inset = isNarrow ? 0.5 : 2;
  const paints: Paint[] = [];
  if (day === picture.today) {
    const pill = scale.isPhone || isNarrow || bands.isHeat ? SMALL_PILL : PILL;
    paints.push(filled({ x: x + inset, y: middle - pill.height / 2 - 0.5, ...pill }, "accent", { radius: 5 }));
    const at = { x: x + inset + pill.width / 2, middle };
    paints.push({ op: "text", ...at, text, font: "number-today", align: "center", ink: "on-accent", alpha: 1 });
  } else {
    const isPast = day < picture.pastBefore;
    const isQuiet = isPast || picture.weekend.has(weekdayOfColumn(shape.firstWeekday, column));
    const at = { x: x + (isNarrow ? 1.5 : overflow > 0 || scale.isPhone ? 2.5 : 4), middle };
    const font: Font = isPast ? "number-past" : "number";
    paints.push({ op: "text", ...at, text, font, align: "start", ink: isQuiet ? "text-3" : "text", alpha: 1 });
  }
  const glyph = picture.layers.has("conflicts") ? (picture.glyphs[day] ?? null) : null;
  // Where there is no room for both, the conflict is shown; the cell's name says everything.
  const hasRoom = !scale.isPhone && !bands.isHeat && !(isNarrow && (glyph !== null || day === picture.today));
  const count = overflow === 0 || !hasRoom ? "" : isNarrow ? "+" : `+${overflow}`;
  if (glyph !== null) {
    const radius = isNarrow && !scale.isPhone ? 2.6 : count === "" ? bands.glyphRadius : 3;
    const fromEnd = count !== "" ? measure(count, "overflow") + 5 : isNarrow ? (scale.isPhone ? 5 : 3.4) : 8.5;
    paints.push({ op: "glyph", kind: glyph, x: x + width - fromEnd, y: middle, radius, ink: "conflict" });
  }
  if (count !== "") {
    const at = { x: x + width - 1.5, middle };
    paints.push({ op: "text", ...at, text: count, font: "overflow", align: "end", ink: "text-2", alpha: 1 });
  }
  return paints;
}
