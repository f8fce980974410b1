import type { Density } from "./scale.ts";

/**
 * The bands of a row from top to bottom, CSS px from the row's top: number, lanes, the day and the ribbon. The day lies in
 * `barcode` from left to right, or in `blocks` from top to bottom; a low row has neither.
 */
export type Bands = {
  readonly stripTop: number;
  readonly stripHeight: number;
  readonly radius: number;
  readonly numberMiddle: number;
  readonly glyphRadius: number;
  readonly laneTop: number;
  readonly laneHeight: number;
  readonly laneGap: number;
  readonly lanes: number;
  readonly barcode: Stretch | null;
  readonly blocks: Stretch | null;
  /** A ribbon stands on its bottom, as high as its load asks and no higher than this. */
  readonly ribbon: Stretch;
  /** A heat strip is as high everywhere. */
  readonly isHeat: boolean;
};

type Stretch = { readonly top: number; readonly height: number };

const GAP_BETWEEN_ROWS = 3;
const TWO_LANES_FROM = 72;
const RIBBON = 10;
const LENS_LANES_MAX = 6;

/** Where the bands of a row lie. Hiding what a band shows never moves another band. `lanesUsed` counts in the lens alone. */
export function bandsOf(density: Density, rowHeight: number, lanesUsed = 0): Bands {
  const stripTop = GAP_BETWEEN_ROWS / 2;
  const stripHeight = rowHeight - GAP_BETWEEN_ROWS;
  const bottom = stripTop + stripHeight;
  const strip = { stripTop, stripHeight };
  const nothing = { barcode: null, blocks: null, isHeat: false };
  const laneTop = stripTop + 18;
  const tall = { radius: 7, numberMiddle: stripTop + 10.5, glyphRadius: 4, laneTop, laneHeight: 14, laneGap: 1.5 };
  switch (density) {
    case "strip": {
      const heatTop = stripTop + 18.5;
      return {
        ...strip,
        ...nothing,
        radius: 5,
        numberMiddle: stripTop + 7,
        glyphRadius: 3,
        laneTop: stripTop + 13,
        laneHeight: 2,
        laneGap: 0.75,
        lanes: 2,
        ribbon: { top: heatTop, height: bottom - heatTop },
        isHeat: true,
      };
    }
    case "phone":
      return {
        ...strip,
        ...nothing,
        radius: 6,
        numberMiddle: stripTop + 7.5,
        glyphRadius: 3.2,
        laneTop: stripTop + 13.5,
        laneHeight: 10.5,
        laneGap: 0,
        lanes: 1,
        ribbon: { top: bottom - 7, height: 7 },
      };
    case "lens": {
      const lanes = Math.min(LENS_LANES_MAX, Math.max(1, lanesUsed));
      const top = laneTop + lanes * (tall.laneHeight + tall.laneGap) + 3;
      const ribbon = { top: bottom - RIBBON - 2, height: RIBBON };
      return { ...strip, ...tall, ...nothing, lanes, blocks: { top, height: ribbon.top - 3 - top }, ribbon };
    }
    case "year":
      return {
        ...strip,
        ...tall,
        ...nothing,
        lanes: rowHeight >= TWO_LANES_FROM ? 2 : 1,
        barcode: { top: bottom - 24.5, height: 11 },
        ribbon: { top: bottom - RIBBON - 3, height: RIBBON },
      };
  }
}
