import { bandsOf, type Bands } from "./bands.ts";
import { alongDay } from "./plan-barcodes.ts";
import { bandsOfRow } from "./plan-month.ts";
import type { Glyph, Paint } from "./paint.ts";
import type { Ribbon, YearPicture } from "./picture.ts";
import { ribbonInstead } from "./plan-ribbons.ts";
import { uprightAt } from "./plan-blocks.ts";
import { boxOfDay, cellOfDay, columnLeft, rowOfDay } from "./scale.ts";
import { filled, outlined } from "./shapes.ts";

/**
 * Something that is not there yet: what is being dragged, or what a repair would make. Days of the year, half-open;
 * `minutes` of its first day, or null for whole days.
 */
export type Ghost = {
  readonly fromDay: number;
  readonly toDay: number;
  readonly minutes: { readonly fromMinute: number; readonly toMinute: number } | null;
  /** Of a proposal that is looked at: where something is now, where it would be, and that of the change that is pointed at. */
  readonly part?: "old" | "new" | "pointed";
};

/** The ribbons of days as they would be, null for none, and the signs of conflicts that would come. */
export type Foreseen = {
  readonly ribbons: ReadonlyMap<number, Ribbon | null>;
  readonly glyphs: ReadonlyMap<number, Glyph>;
};

/** What lies over the year: pointer, selection, ghosts and the present moment. */
export type Marks = {
  readonly hovered: number | null;
  /** Days of the year, half-open: one selected, or a stretch of them. Null where none of this year is. */
  readonly selected: { readonly fromDay: number; readonly toDay: number } | null;
  readonly ghosts: readonly Ghost[];
  /** How days would look if what is carried were let go, by day; null where nothing is carried. */
  readonly foreseen: Foreseen | null;
  readonly now: { readonly day: number; readonly minute: number } | null;
};

/** Hover, selection, ghosts and the present moment: drawn on their own canvas, from the grid's top left corner. */
export function planOverlay(picture: YearPicture, { hovered, selected, ghosts, foreseen, now }: Marks): Paint[] {
  const paints: Paint[] = now === null ? [] : [nowLine(picture, now)];
  if (foreseen !== null) paints.push(...foreseenPaints(picture, foreseen));
  for (const ghost of ghosts) paints.push(...ghostPaints(picture, ghost));
  const isSelected = hovered !== null && selected !== null && hovered >= selected.fromDay && hovered < selected.toDay;
  if (hovered !== null && !isSelected)
    paints.push(...rings(picture, { fromDay: hovered, toDay: hovered + 1 }, 1.2, 0.6));
  if (selected !== null) paints.push(...rings(picture, selected, 2, 1));
  return paints;
}

/** Ribbons take the place of those that are there; a sign comes where there is none yet [TL30]. */
function foreseenPaints(picture: YearPicture, { ribbons, glyphs }: Foreseen): Paint[] {
  const { shape, scale } = picture;
  /** The bands of a day's row, from the top of the grid. */
  const bandsOn = (row: number): Bands => {
    const { top } = scale.rows[row]!;
    const bands = bandsOfRow(picture, row);
    const ribbon = { ...bands.ribbon, top: bands.ribbon.top + top };
    return { ...bands, ribbon, numberMiddle: bands.numberMiddle + top };
  };
  const signs = picture.layers.has("conflicts")
    ? [...glyphs].filter(([day]) => (picture.glyphs[day] ?? null) === null)
    : [];
  return [
    ...[...ribbons].flatMap(([day, ribbon]) => {
      const { row, column } = cellOfDay(shape, day);
      return ribbonInstead(picture, bandsOn(row), { day, column, ribbon });
    }),
    ...signs.map(([day, kind]): Paint => {
      const { row, column } = cellOfDay(shape, day);
      const { numberMiddle, glyphRadius } = bandsOn(row);
      const x = columnLeft(scale, column + 1) - 8.5;
      return { op: "glyph", kind, x, y: numberMiddle, radius: glyphRadius, ink: "conflict" };
    }),
  ];
}

function nowLine(picture: YearPicture, now: { readonly day: number; readonly minute: number }): Paint {
  const { shape, scale } = picture;
  const row = rowOfDay(shape, now.day);
  const { top } = scale.rows[row]!;
  const bands = bandsOfRow(picture, row);
  const bottom = bands.stripTop + bands.stripHeight;
  if (bands.blocks !== null) {
    const { x, width } = boxOfDay(shape, scale, now.day);
    const { y } = uprightAt(bands.blocks, { fromMinute: now.minute, toMinute: now.minute });
    return filled({ x, y: top + y, width, height: 1.5 }, "accent", { alpha: 0.9 });
  }
  const from = bands.barcode === null ? bands.ribbon.top : bands.barcode.top - 3;
  const x = alongDay(scale, shape, now.day)(now.minute / 15);
  return filled({ x, y: top + from, width: 1.5, height: bottom - from }, "accent", { alpha: 0.9 });
}

/** One ring around each row's part of the days. */
function rings(
  { shape, scale }: YearPicture,
  { fromDay, toDay }: { readonly fromDay: number; readonly toDay: number },
  lineWidth: number,
  alpha: number,
): Paint[] {
  return partsByRow({ shape }, fromDay, toDay).map(({ row, from, to }) => {
    const place = scale.rows[row]!;
    const { stripTop, stripHeight } = bandsOf(place.density, place.height);
    const x = columnLeft(scale, cellOfDay(shape, from).column);
    const end = columnLeft(scale, cellOfDay(shape, to - 1).column + 1);
    return {
      op: "outline",
      x: x - 0.5,
      y: place.top + stripTop - 0.5,
      width: end - x + 2,
      height: stripHeight + 1,
      radius: 6,
      ink: "accent",
      lineWidth,
      dashed: false,
      alpha,
    };
  });
}

function ghostPaints(picture: YearPicture, { fromDay, toDay, minutes, part }: Ghost): Paint[] {
  const { shape, scale } = picture;
  return partsByRow(picture, Math.max(0, fromDay), Math.min(shape.days, toDay)).flatMap(({ row, from, to }) => {
    const { top } = scale.rows[row]!;
    const bands = bandsOfRow(picture, row);
    const x = columnLeft(scale, cellOfDay(shape, from).column);
    const end = columnLeft(scale, cellOfDay(shape, to - 1).column + 1);
    if (minutes === null || (bands.barcode === null && bands.blocks === null))
      return ghostBox(
        { x: x + 2, y: top + bands.laneTop, width: end - x - 4, height: Math.max(8, bands.laneHeight) },
        4,
        part,
      );
    if (bands.blocks !== null) {
      const { y, height } = uprightAt(bands.blocks, minutes);
      return ghostBox({ x: x + 1, y: top + y, width: end - x - 2, height: Math.max(5, height) }, 3, part);
    }
    const { barcode } = bands;
    const xOf = alongDay(scale, shape, from);
    const left = xOf(minutes.fromMinute / 15) - 1.5;
    const width = Math.max(3, xOf(minutes.toMinute / 15) - left - 1.5) + 3;
    return ghostBox({ x: left, y: top + barcode!.top - 1.5, width, height: barcode!.height + 3 }, 2.5, part);
  });
}

function ghostBox(
  frame: { x: number; y: number; width: number; height: number },
  radius: number,
  part: Ghost["part"],
): Paint[] {
  // What is proposed is dashed; where it is now is an empty frame [TL31].
  if (part === "old") return [outlined(frame, "accent", { radius, lineWidth: 1, dashed: true, alpha: 0.6 })];
  if (part === "new")
    return [
      filled(frame, "accent-soft", { radius, alpha: 0.92 }),
      outlined(frame, "accent", { radius, lineWidth: 1.4, dashed: true }),
    ];
  return [filled(frame, "accent-soft", { radius, alpha: 0.92 }), outlined(frame, "accent", { radius, lineWidth: 1.6 })];
}

/** Days of the year as the parts of them that lie in one row each. */
function partsByRow({ shape }: Pick<YearPicture, "shape">, fromDay: number, toDay: number) {
  const parts: { row: number; from: number; to: number }[] = [];
  for (let from = fromDay; from < toDay;) {
    const row = rowOfDay(shape, from);
    const month = shape.months[row]!;
    const to = Math.min(toDay, month.firstDay + month.days);
    parts.push({ row, from, to });
    from = to;
  }
  return parts;
}
