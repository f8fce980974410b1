import type { Bands } from "./bands.ts";
import type { Placed, Span } from "./packing.ts";
import type { Font, Ink, Measure, Paint } from "./paint.ts";
import { PAST_BAR_ALPHA, type Bar, type YearPicture } from "./picture.ts";
import { columnLeft, type MonthRow } from "./scale.ts";
import { filled, outlined } from "./shapes.ts";

const LABEL_INSET = 8;
/** A lane that is lower holds no label. */
const LABEL_FROM = 9;

export function barPaints(
  picture: YearPicture,
  month: MonthRow,
  bands: Bands,
  placed: readonly Placed<Bar>[],
  bar: Bar,
  lane: number,
  measure: Measure,
): Paint[] {
  const { scale } = picture;
  const frame = frameOfBar(picture, month, bands, bar, lane);
  const { x, y, width, height } = frame;
  const alpha = bar.toDay <= picture.pastBefore ? PAST_BAR_ALPHA : 1;
  const isLeave = bar.tone === "leave";
  const edge: Ink = isLeave ? "leave-edge" : { role: "bar-edge", hue: bar.hue };
  if (height < LABEL_FROM) return [filled(frame, edge, { radius: 1, alpha })];
  const radius = scale.isPhone ? 3 : 4;

  const paints: Paint[] = [];
  if (bar.tone === "tentative") {
    paints.push(outlined(frame, edge, { radius, dashed: true, alpha }));
  } else {
    paints.push(filled(frame, isLeave ? "leave" : { role: "bar", hue: bar.hue }, { radius, alpha }));
    if (isLeave) paints.push({ op: "hatch", ...frame, radius, ink: "leave-hatch", alpha });
  }
  paints.push({ op: "box", x, y, width: 3, height, radius, startOnly: true, ink: edge, alpha });

  const columnOf = (day: number) => month.firstColumn + day - month.firstDay;
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

/** Where a bar's part of a month lies, from the row's top. */
export function frameOfBar(
  { scale }: Pick<YearPicture, "scale">,
  month: MonthRow,
  bands: Bands,
  bar: Span,
  lane: number,
) {
  const { from, to } = withinMonth(bar, month);
  const columnOf = (day: number) => month.firstColumn + day - month.firstDay;
  const x = columnLeft(scale, columnOf(from)) + 2;
  const y = bands.laneTop + lane * (bands.laneHeight + bands.laneGap);
  return { x, y, width: columnLeft(scale, columnOf(to)) - 2 - x, height: bands.laneHeight };
}

export function withinMonth(bar: Span, month: MonthRow): { from: number; to: number } {
  return { from: Math.max(bar.fromDay, month.firstDay), to: Math.min(bar.toDay, month.firstDay + month.days) };
}

const TITLE_UNITS_MAX = 200; // Longer than any row; a title of 10,000 characters is cut before it is measured.
const LETTER_PX_MIN = 1.5; // No letter that one can see is narrower at our sizes.
const PLAIN = /^[\x20-\x7e]*$/;
const graphemes = new Intl.Segmenter("und", { granularity: "grapheme" });

/**
 * The whole title inside the bar or past its end in free space; else what fits the bar with an ellipsis; else "". Measuring
 * and finding letters are most of a plan's time: what cannot fit is not measured, and plain letters are not looked for.
 */
export function labelOf(title: string, inside: number, free: number, measure: Measure, font: Font = "bar"): string {
  const whole = title.slice(0, TITLE_UNITS_MAX);
  const room = Math.max(inside, free);
  const isPlain = PLAIN.test(whole);
  if ((!isPlain || whole.length <= room / LETTER_PX_MIN) && measure(whole, font) <= room) return whole;
  const ends = isPlain ? null : Array.from(graphemes.segment(whole), ({ index }) => index); // Cuts fall between what people see as letters.
  const start = (letters: number) => whole.slice(0, ends === null ? letters : ends[letters]);
  let fits = 0;
  let tooMany = Math.min(ends?.length ?? whole.length, Math.max(0, Math.ceil(inside / LETTER_PX_MIN)));
  while (fits + 1 < tooMany) {
    const middle = (fits + tooMany) >> 1;
    if (measure(`${start(middle)}…`, font) <= inside) fits = middle;
    else tooMany = middle;
  }
  return fits > 1 ? `${start(fits).trimEnd()}…` : "";
}
