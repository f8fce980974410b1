import type { Density } from "./scale.ts";

/** The bands of a row from top to bottom, CSS px: number, lanes, barcode, and the foot kept for the capacity ribbon. */
export type Bands = {
  readonly stripTop: number;
  readonly stripHeight: number;
  readonly radius: number;
  readonly numberMiddle: number;
  readonly laneTop: number;
  readonly laneHeight: number;
  readonly laneGap: number;
  readonly lanes: number;
  readonly barcodeTop: number;
  readonly barcodeHeight: number;
  readonly barcodeInset: number;
  readonly glyphRadius: number;
};

const GAP_BETWEEN_ROWS = 3;
const TWO_LANES_FROM = 72;

/** Where the bands of a row lie. Hiding what a band shows never moves another band. */
export function bandsOf(density: Density, rowHeight: number): Bands {
  const stripTop = GAP_BETWEEN_ROWS / 2;
  const stripHeight = rowHeight - GAP_BETWEEN_ROWS;
  if (density === "phone") {
    return {
      stripTop,
      stripHeight,
      radius: 6,
      numberMiddle: stripTop + 7.5,
      laneTop: stripTop + 13.5,
      laneHeight: 10.5,
      laneGap: 0,
      lanes: 1,
      barcodeTop: stripTop + stripHeight - 6.5,
      barcodeHeight: 5.5,
      barcodeInset: 2,
      glyphRadius: 3.2,
    };
  }
  return {
    stripTop,
    stripHeight,
    radius: 7,
    numberMiddle: stripTop + 10.5,
    laneTop: stripTop + 18,
    laneHeight: 14,
    laneGap: 1.5,
    lanes: rowHeight >= TWO_LANES_FROM ? 2 : 1,
    barcodeTop: stripTop + stripHeight - 24.5,
    barcodeHeight: 11,
    barcodeInset: 3,
    glyphRadius: 4,
  };
}
