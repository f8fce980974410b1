import type { Answer, Call } from "@hourwright/client";
import { parseInstant, printInstant } from "../../data/wall-clock.ts";

// Pure: layers of opening times as the page shows and changes them.

export type Layers = Answer<"availability.layers">;
export type Layer = Call<"availability.putLayers">["body"]["layers"][number];
export type LayerOf<Kind extends Layer["kind"]> = Extract<Layer, { kind: Kind }>;
export type Times = { readonly opens: string; readonly closes: string };
export type Stretch = Times & { readonly weekday: number };

export const ORGANISATION = "organisation";
export const TURNS_MAX = 8;
/** Seven a day. */
export const STRETCHES_MAX = 49;
const DAY_MS = 86_400_000;
/** A Monday: of weeks that are all alike any will do. */
const ANY_MONDAY = "1970-01-05";

/** The layers of one kind with their place in the list. */
export function ofKind<Kind extends Layer["kind"]>(layers: readonly Layer[], kind: Kind) {
  return layers.flatMap((layer, at) => (layer.kind === kind ? [{ layer: layer as LayerOf<Kind>, at }] : []));
}

export const usualOf = (layers: readonly Layer[]): LayerOf<"weeks"> | null =>
  ofKind(layers, "weeks").find(({ layer }) => layer.season === null)?.layer ?? null;

/** The layers with other usual weeks, at the end; null: without. */
export function withUsual(
  layers: readonly Layer[],
  weeks: readonly (readonly Stretch[])[] | null,
  anchor: string,
): Layer[] {
  const others = layers.filter((layer) => layer.kind !== "weeks" || layer.season !== null);
  if (weeks === null) return others;
  const all = weeks.map((week) => week.map((stretch) => ({ ...stretch })));
  return [...others, { kind: "weeks", weeks: all, anchor: weeks.length === 1 ? ANY_MONDAY : anchor, season: null }];
}

/** The same with one in the place of another, or behind all. */
export const withLayer = (layers: readonly Layer[], at: number | null, layer: Layer): Layer[] =>
  at === null ? [...layers, layer] : layers.map((each, i) => (i === at ? layer : each));

export const without = (layers: readonly Layer[], at: number): Layer[] => layers.filter((_, i) => i !== at);

/** As many weeks as are asked for: the last is repeated, or the last go. */
export function turnsOf<Week>(weeks: readonly Week[], count: number): Week[] {
  return Array.from({ length: count }, (_, i) => weeks[Math.min(i, weeks.length - 1)]!);
}

/** A country, its part and a part of that. */
export function partsOf(region: string): readonly [country: string, part: string | null, subPart: string | null] {
  const [country, part, subPart] = region.split("-") as [string, string?, string?];
  return [
    country,
    part === undefined ? null : `${country}-${part}`,
    subPart === undefined ? null : `${country}-${part}-${subPart}`,
  ];
}

/** A day as its number from 1970-01-01 on. */
export const epochDayOf = (day: string): number =>
  Math.round((parseInstant(`${day.slice(0, 10)}T00:00:00Z`) ?? 0) / DAY_MS);

/** A day as its number, as text. */
export const dayText = (epochDay: number): string => printInstant(epochDay * DAY_MS).slice(0, 10);
