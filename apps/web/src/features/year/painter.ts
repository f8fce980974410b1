import {
  createFrame,
  planMonth,
  planOverlay,
  ROWS,
  samePlan,
  type Marks,
  type Paint,
  type RowPlace,
  type Scale,
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
  type Pen,
  type Palette,
  type Sheet,
} from "./canvas.ts";
import { isSameLook, isSameWidth, RowBitmaps } from "./row-bitmaps.ts";

/** The name under which the browser's performance timeline keeps the time from data to the painted year. */
const PAINT_MEASURE = "year-paint";
/** Marked by whoever has received the data. */
const DATA_MARK = "year-data";

/** So much of an idle moment a row needs, and the month under the lens: what is not drawn by then waits for the next. */
const ROW_MS = 6;
const LENS_MS = 25;

/**
 * Paints the year on twelve row canvases and one overlay. Changes only mark what is stale; one frame puts it right,
 * and a row whose plan did not change keeps its bitmap. What the next steps of the zoom
 * would show is drawn beforehand, in idle moments.
 */
export class Painter {
  readonly #rows: (HTMLCanvasElement | null)[] = Array.from({ length: ROWS }, () => null);
  #overlay: HTMLCanvasElement | null = null;
  #picture: YearPicture | null = null;
  #sheet: Sheet = { pixelRatio: 1, isMirrored: false };
  #marks: Marks = { hovered: null, selected: null, ghosts: [], foreseen: null, now: null };
  #palette: Palette | null = null;
  #hatches: Hatches = createHatches();
  #measure: ReturnType<typeof createMeasure> | null = null;
  #measures: "year" | "phone" = "year";
  #plans: (readonly Paint[])[] = [];
  /** Scales that one may look through next. */
  #nearby: readonly Scale[] = [];
  readonly #kept = new RowBitmaps();
  #isIdleAsked = false;
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

  /**
   * `nearby`: the scales that are a step of the zoom away; empty where nothing is to be kept for them. The first is the one
   * through the lens.
   */
  show(picture: YearPicture, sheet: Sheet, nearby: readonly Scale[]): void {
    const before = this.#picture;
    const isSameSize = before?.scale === picture.scale && this.#sheet === sheet;
    if (this.#sheet !== sheet || before === null || !isSameWidth(before.scale, picture.scale)) this.#kept.clear();
    else if (!isSameLook(before, picture)) this.#kept.doubt();
    this.#picture = picture;
    this.#sheet = sheet;
    this.#nearby = nearby;
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
    this.#drawAgain();
  }

  /** When a font has arrived: what was measured and drawn without it is drawn again. */
  forgetFonts(): void {
    this.#measure = null;
    this.#drawAgain();
  }

  /** Paints what is stale without waiting for a frame: a printer does not. */
  paintNow(): void {
    this.#frame.paintNow();
  }

  #mark(stage: Stage): void {
    if (this.#picture !== null) this.#frame.markStale(stage);
  }

  #drawAgain(): void {
    this.#kept.clear();
    this.#plans = [];
    this.#mark("layout");
  }

  /** Canvases are as high as they may have to be, and cut by their boxes: a step of the zoom gives none of them another size. */
  #layOut(): void {
    const { scale } = this.#picture!;
    const scales = [scale, ...this.#nearby];
    const plainHeight = Math.max(...scales.flatMap(({ rows }) => rows.filter(isPlain).map(({ height }) => height)));
    for (const [row, canvas] of this.#rows.entries()) {
      const place = scale.rows[row]!;
      if (this.#fit(canvas, isPlain(place) ? plainHeight : place.height)) this.#stale.add(row);
    }
    if (this.#fit(this.#overlay, Math.max(...scales.map(({ gridHeight }) => gridHeight)))) this.#drawn = [];
  }

  /** Gives a canvas its pixels; whether that has wiped it. One more in height: its width is then what its box scales it by. */
  #fit(canvas: HTMLCanvasElement | null, height: number): boolean {
    if (canvas === null) return false;
    const pixels = this.#pixelsFor(height);
    if (canvas.width === pixels.width && canvas.height === pixels.height) return false;
    canvas.width = pixels.width;
    canvas.height = pixels.height;
    return true;
  }

  #pixelsFor(height: number): { readonly width: number; readonly height: number } {
    const { pixelRatio } = this.#sheet;
    return {
      width: Math.round(this.#picture!.scale.gridWidth * pixelRatio),
      height: Math.ceil(height * pixelRatio) + 1,
    };
  }

  #plan(): void {
    const picture = this.#picture!;
    for (let row = 0; row < ROWS; row++) {
      const plan = this.#kept.get(picture.scale, row)?.plan ?? this.#planRow(picture, row);
      const before = this.#plans[row];
      if (before === undefined || (before !== plan && !samePlan(before, plan))) this.#stale.add(row);
      this.#plans[row] = plan;
    }
  }

  #planRow(picture: YearPicture, row: number): readonly Paint[] {
    if (this.#measure === null || this.#measures !== sizesOf(picture)) {
      this.#measures = sizesOf(picture);
      this.#measure = createMeasure(this.#rows[0]!.getContext("2d")!, this.#measures);
    }
    return planMonth(picture, row, this.#measure);
  }

  #paintRows(): void {
    const picture = this.#picture!;
    for (const row of this.#stale) {
      const context = this.#rows[row]?.getContext("2d") ?? null;
      if (context === null) continue;
      const plan = this.#plans[row]!;
      const drawn = this.#keptRow(picture, row, plan);
      if (drawn === null) this.#drawRow(context, plan);
      else copy(context, drawn);
    }
    this.#stale.clear();
    this.#askIdle();
  }

  /** The bitmap of a row whose plan is the same as when it was drawn; null when there is none. */
  #keptRow({ scale }: YearPicture, row: number, plan: readonly Paint[]): ImageBitmap | null {
    const before = this.#kept.before(scale, row);
    if (before === undefined || (before.plan !== plan && !samePlan(before.plan, plan))) return null;
    this.#kept.keep(scale, row, { plan, bitmap: before.bitmap });
    return before.bitmap;
  }

  /** Keeps a row of some scale: what is on screen is copied, else it is drawn. */
  #keepRow(picture: YearPicture, row: number): void {
    const { rows } = picture.scale;
    const shown = this.#picture!.scale.rows[row]!;
    const isShown = shown.density === rows[row]!.density && shown.height === rows[row]!.height;
    const plan = isShown ? this.#plans[row]! : this.#planRow(picture, row);
    if (this.#keptRow(picture, row, plan) !== null) return;
    const { width, height } = this.#pixelsFor(rows[row]!.height);
    const canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext("2d");
    if (context === null) return;
    if (isShown) copy(context, this.#rows[row]!);
    else this.#drawRow(context, plan);
    // What is drawn on a canvas waits there until somebody looks; a bitmap is drawn.
    this.#kept.keep(picture.scale, row, { plan, bitmap: canvas.transferToImageBitmap() });
  }

  #drawRow(context: Pen, plan: readonly Paint[]): void {
    const { width, height } = context.canvas;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, width, height);
    setSheet(context, this.#sheet);
    this.#paint(context, plan);
  }

  #askIdle(): void {
    if (this.#isIdleAsked || this.#nearby.length === 0 || typeof requestIdleCallback === "undefined") return;
    this.#isIdleAsked = true;
    requestIdleCallback((idle) => {
      this.#isIdleAsked = false;
      if (this.#drawAhead(idle)) this.#askIdle();
    });
  }

  /** Draws rows of the nearby scales as long as there is time; whether there are more. */
  #drawAhead(idle: IdleDeadline): boolean {
    if (this.#rows.includes(null)) return false; // The year was left: there is nothing to copy, or to measure with.
    for (const scale of this.#nearby) {
      for (let row = 0; row < ROWS; row++) {
        if (this.#isSpare(scale, row) || this.#kept.get(scale, row) !== undefined) continue;
        if (idle.timeRemaining() < (isPlain(scale.rows[row]!) ? ROW_MS : LENS_MS)) return true;
        this.#keepRow({ ...this.#picture!, scale }, row);
        if (this.#kept.get(scale, row) === undefined) return false; // There is no more room.
      }
    }
    return false;
  }

  /** The month under a lens that is there for what it makes of the other months. */
  #isSpare(scale: Scale, row: number): boolean {
    return !isPlain(scale.rows[row]!) && scale !== this.#nearby[0];
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

  #paint(context: Pen, plan: readonly Paint[]): void {
    paint(context, plan, this.#colours(), sizesOf(this.#picture!), this.#hatches, this.#sheet.isMirrored);
  }

  #colours(): Palette {
    this.#palette ??= readPalette(document.documentElement);
    return this.#palette;
  }
}

/** Under the lens a row is higher than any other, and shows every event. */
function isPlain({ density }: RowPlace): boolean {
  return density !== "lens";
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
function erase(context: Pen, step: Paint): void {
  if (step.op !== "box" && step.op !== "outline") return;
  context.clearRect(step.x - 3, step.y - 3, step.width + 6, step.height + 6);
}

/** The same pixels, whatever was there before. */
function copy(context: Pen, bitmap: HTMLCanvasElement | ImageBitmap): void {
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.globalCompositeOperation = "copy";
  context.drawImage(bitmap, 0, 0);
  context.globalCompositeOperation = "source-over";
}
