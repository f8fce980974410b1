import type { Paint, Scale, YearPicture } from "@hourwright/timeline";

/** A row as it was drawn once, in device pixels. */
export type Drawn = { readonly plan: readonly Paint[]; readonly bitmap: ImageBitmap };

type Kept = Drawn & { readonly look: number; readonly isLens: boolean };

/** 80 MB: three densities of twelve rows and a month under the lens are 60 on a screen of 1728 px at two device pixels. */
const PIXELS_MAX = 20_000_000;

/**
 * Rows as they were drawn, by month, density and height: zooming back and forth copies them instead of planning and drawing
 * them again. What was drawn of another look (other events, layers, days past) is kept too, and confirmed by its plan.
 */
export class RowBitmaps {
  readonly #drawn = new Map<string, Kept>();
  #look = 0;
  #pixels = 0;

  /** The row of the present look; undefined where it has not been drawn, or only before the look changed. */
  get(scale: Scale, row: number): Drawn | undefined {
    const drawn = this.#drawn.get(keyOf(scale, row));
    return drawn?.look === this.#look ? drawn : undefined;
  }

  /** The row of whatever look. */
  before(scale: Scale, row: number): Drawn | undefined {
    return this.#drawn.get(keyOf(scale, row));
  }

  /** Keeps a row of the present look, unless there is no more room. */
  keep(scale: Scale, row: number, drawn: Drawn): void {
    const key = keyOf(scale, row);
    const isLens = scale.rows[row]!.density === "lens";
    if (isLens) this.#dropLenses(key); // The largest by far, and one can be seen at a time.
    const before = this.#drawn.get(key);
    const pixels = this.#pixels + pixelsOf(drawn) - (before === undefined ? 0 : pixelsOf(before));
    if (pixels > PIXELS_MAX) return;
    this.#pixels = pixels;
    if (before !== undefined && before.bitmap !== drawn.bitmap) before.bitmap.close();
    this.#drawn.set(key, { ...drawn, look: this.#look, isLens });
  }

  /** Something else is to be seen now: what was drawn may be stale. */
  doubt(): void {
    this.#look++;
  }

  /** Another size, theme or font: nothing of what was drawn is of use. */
  clear(): void {
    for (const key of this.#drawn.keys()) this.#drop(key);
  }

  #dropLenses(but: string): void {
    for (const [key, { isLens }] of this.#drawn) if (isLens && key !== but) this.#drop(key);
  }

  #drop(key: string): void {
    const drawn = this.#drawn.get(key)!;
    this.#pixels -= pixelsOf(drawn);
    drawn.bitmap.close();
    this.#drawn.delete(key);
  }
}

/** Whether two pictures differ in their zoom alone. */
export function isSameLook(one: YearPicture, other: YearPicture): boolean {
  if (!isSameWidth(one.scale, other.scale)) return false;
  const keys = Object.keys(one) as (keyof YearPicture)[];
  return keys.every((key) => key === "scale" || Object.is(one[key], other[key]));
}

export function isSameWidth(one: Scale, other: Scale): boolean {
  return one.columnWidth === other.columnWidth && one.isPhone === other.isPhone;
}

function keyOf({ rows }: Scale, row: number): string {
  const { density, height } = rows[row]!;
  return `${row} ${density} ${height}`;
}

function pixelsOf({ bitmap }: Drawn): number {
  return bitmap.width * bitmap.height;
}
