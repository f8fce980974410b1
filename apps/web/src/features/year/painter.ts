import {
  createFrame,
  planMonth,
  planOverlay,
  ROWS,
  samePlan,
  type Marks,
  type Paint,
  type Stage,
  type YearPicture,
} from "@hourwright/timeline";
import {
  createHatches,
  createMeasure,
  paint,
  readPalette,
  setSheet,
  type Hatches,
  type Palette,
  type Sheet,
} from "./canvas.ts";

/** The name under which the browser's performance timeline keeps the time from data to the painted year. */
const PAINT_MEASURE = "year-paint";
/** Marked by whoever has received the data. */
const DATA_MARK = "year-data";

/**
 * Paints the year on twelve row canvases and one overlay. Changes only mark what is stale; one frame puts it right,
 * and a row whose plan did not change keeps its bitmap.
 */
export class Painter {
  readonly #rows: (HTMLCanvasElement | null)[] = Array.from({ length: ROWS }, () => null);
  #overlay: HTMLCanvasElement | null = null;
  #picture: YearPicture | null = null;
  #sheet: Sheet = { pixelRatio: 1, isMirrored: false };
  #marks: Marks = { hovered: null, selected: null, ghosts: [], now: null };
  #palette: Palette | null = null;
  #hatches: Hatches = createHatches();
  #measure: ReturnType<typeof createMeasure> | null = null;
  #plans: Paint[][] = [];
  readonly #stale = new Set<number>();
  #drawn: readonly Paint[] = [];
  readonly #frame = createFrame(
    {
      layout: () => this.#layOut(),
      events: () => this.#plan(),
      rows: () => this.#paintRows(),
      cursor: () => this.#paintCursor(),
    },
    (run) => requestAnimationFrame(run),
  );

  setRow(row: number, canvas: HTMLCanvasElement | null): void {
    this.#rows[row] = canvas;
  }

  setOverlay(canvas: HTMLCanvasElement | null): void {
    this.#overlay = canvas;
  }

  show(picture: YearPicture, sheet: Sheet): void {
    const isSameSize = this.#picture?.scale === picture.scale && this.#sheet === sheet;
    this.#picture = picture;
    this.#sheet = sheet;
    this.#mark(isSameSize ? "events" : "layout");
  }

  point(marks: Marks): void {
    this.#marks = marks;
    this.#mark("cursor");
  }

  /** After a change of theme: colours are read again and everything is drawn again. */
  forgetColours(): void {
    this.#palette = null;
    this.#hatches = createHatches();
    this.#mark("layout");
  }

  /** When a font has arrived: what was measured and drawn without it is drawn again. */
  forgetFonts(): void {
    this.#measure = null;
    this.#mark("layout");
  }

  /** Paints what is stale without waiting for a frame: a printer does not. */
  paintNow(): void {
    this.#frame.paintNow();
  }

  #mark(stage: Stage): void {
    if (this.#picture !== null) this.#frame.markStale(stage);
  }

  #layOut(): void {
    const { gridWidth, gridHeight, rows } = this.#picture!.scale;
    const { pixelRatio } = this.#sheet;
    for (const [row, canvas] of this.#rows.entries()) fit(canvas, gridWidth, rows[row]!.height, pixelRatio);
    fit(this.#overlay, gridWidth, gridHeight, pixelRatio);
    this.#plans = [];
    this.#drawn = [];
    this.#measure = null;
  }

  #plan(): void {
    const picture = this.#picture!;
    const context = this.#rows[0]?.getContext("2d") ?? null;
    if (context === null) return;
    this.#measure ??= createMeasure(context, sizesOf(picture));
    for (let row = 0; row < ROWS; row++) {
      const plan = planMonth(picture, row, this.#measure);
      const before = this.#plans[row];
      if (before === undefined || !samePlan(before, plan)) this.#stale.add(row);
      this.#plans[row] = plan;
    }
  }

  #paintRows(): void {
    const { gridWidth, rows } = this.#picture!.scale;
    for (const row of this.#stale) {
      const context = this.#rows[row]?.getContext("2d") ?? null;
      if (context === null) continue;
      setSheet(context, this.#sheet);
      context.clearRect(0, 0, gridWidth, rows[row]!.height);
      this.#paint(context, this.#plans[row]!);
    }
    this.#stale.clear();
  }

  #paintCursor(): void {
    const context = this.#overlay?.getContext("2d") ?? null;
    if (context === null) return;
    setSheet(context, this.#sheet);
    for (const step of this.#drawn) erase(context, step);
    this.#drawn = planOverlay(this.#picture!, this.#marks);
    this.#paint(context, this.#drawn);
    keepFirstPaint();
  }

  #paint(context: CanvasRenderingContext2D, plan: readonly Paint[]): void {
    paint(context, plan, this.#colours(), sizesOf(this.#picture!), this.#hatches, this.#sheet.isMirrored);
  }

  #colours(): Palette {
    this.#palette ??= readPalette(document.documentElement);
    return this.#palette;
  }
}

function sizesOf({ scale }: YearPicture): "year" | "phone" {
  return scale.isPhone ? "phone" : "year";
}

/** Keeps, once, how long the first year took from its data to its last painted row. */
function keepFirstPaint(): void {
  const hasData = performance.getEntriesByName(DATA_MARK).length > 0;
  if (hasData && performance.getEntriesByName(PAINT_MEASURE).length === 0)
    performance.measure(PAINT_MEASURE, DATA_MARK);
}

/** The overlay is large and its marks are few: only what was drawn is wiped. */
function erase(context: CanvasRenderingContext2D, step: Paint): void {
  if (step.op !== "box" && step.op !== "outline") return;
  context.clearRect(step.x - 3, step.y - 3, step.width + 6, step.height + 6);
}

function fit(canvas: HTMLCanvasElement | null, width: number, height: number, pixelRatio: number): void {
  if (canvas === null) return;
  canvas.width = Math.round(width * pixelRatio);
  canvas.height = Math.round(height * pixelRatio);
}
