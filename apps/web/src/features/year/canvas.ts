import type { Font, Ink, Measure, Paint } from "@hourwright/timeline";

/** The theme's tokens as the canvas needs them: colours by name, and lightness and chroma by role. */
export type Palette = {
  readonly colourOf: (ink: Ink) => string;
};

const ROLES = ["bar", "bar-edge", "bar-text", "tick"];
const FAMILY = `"Inter Variable", ui-sans-serif, system-ui, sans-serif`;

export type FontSizes = "year" | "phone";

const FONTS: Readonly<Record<FontSizes, Readonly<Record<Font, string>>>> = {
  year: {
    number: `550 10.5px ${FAMILY}`,
    "number-past": `450 10.5px ${FAMILY}`,
    "number-today": `700 10.5px ${FAMILY}`,
    bar: `560 10.5px ${FAMILY}`,
    block: `560 9px ${FAMILY}`,
    overflow: `650 9px ${FAMILY}`,
  },
  phone: {
    number: `550 10px ${FAMILY}`,
    "number-past": `450 10px ${FAMILY}`,
    "number-today": `700 10px ${FAMILY}`,
    bar: `560 9px ${FAMILY}`,
    block: `560 9px ${FAMILY}`,
    overflow: `650 8px ${FAMILY}`,
  },
};

/** Reads the tokens that hold now: after a change of theme, read again. */
export function readPalette(element: HTMLElement): Palette {
  const style = getComputedStyle(element);
  const colours = new Map<string, string>();
  const token = (name: string) => {
    let value = colours.get(name);
    if (value === undefined) {
      value = style.getPropertyValue(`--${name}`).trim();
      colours.set(name, value);
    }
    return value;
  };
  const ofHue = new Map<number, string>();
  return {
    colourOf: (ink) => {
      if (typeof ink === "string") return token(ink);
      const key = ROLES.indexOf(ink.role) * 360 + ink.hue;
      const known = ofHue.get(key);
      if (known !== undefined) return known;
      const colour = `oklch(${token(ink.role)} ${ink.hue})`;
      ofHue.set(key, colour);
      return colour;
    },
  };
}

const WIDTHS_MAX = 20_000;

/** Text widths on this screen, remembered: the same titles come back each time a row is planned. */
export function createMeasure(context: Pen, sizes: FontSizes): Measure {
  const widths = new Map<string, number>();
  let setFont: Font | null = null;
  return (text, font) => {
    const key = `${font} ${text}`;
    let width = widths.get(key);
    if (width === undefined) {
      if (widths.size >= WIDTHS_MAX) widths.clear();
      if (setFont !== font) context.font = FONTS[sizes][font]; // Setting it is dearer than measuring.
      setFont = font;
      width = context.measureText(text).width;
      widths.set(key, width);
    }
    return width;
  };
}

/** What draws: on the screen, or beside it. */
export type Pen = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** How plans come onto a canvas: device pixels for a CSS pixel, and whether the page runs from right to left. */
export type Sheet = { readonly pixelRatio: number; readonly isMirrored: boolean };

/** Makes CSS pixels the unit; on a mirrored sheet x runs from the right. */
export function setSheet(context: Pen, { pixelRatio, isMirrored }: Sheet): void {
  if (isMirrored) context.setTransform(-pixelRatio, 0, 0, pixelRatio, context.canvas.width, 0);
  else context.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
  context.direction = isMirrored ? "rtl" : "ltr";
}

/** Draws a plan: no decision is taken here. The context has had its sheet set. */
export function paint(
  context: Pen,
  plan: readonly Paint[],
  palette: Palette,
  sizes: FontSizes,
  hatches: Hatches,
  isMirrored: boolean,
): void {
  let fill: string | CanvasPattern = "";
  let font = "";
  let alpha = -1;
  const begin = () => {
    context.textBaseline = "middle";
    [fill, font, alpha] = ["", "", -1];
  };
  /** Colours and fonts are parsed each time they are set: only changes are. */
  const fillWith = (style: string | CanvasPattern) => {
    if (style !== fill) context.fillStyle = style;
    fill = style;
  };
  const fade = (to: number) => {
    if (to !== alpha) context.globalAlpha = to;
    alpha = to;
  };
  begin();
  for (const step of plan) {
    switch (step.op) {
      case "box":
        fade(step.alpha);
        fillWith(palette.colourOf(step.ink));
        if (step.radius === 0) {
          context.fillRect(step.x, step.y, step.width, step.height);
        } else {
          trace(context, step, step.startOnly === true);
          context.fill();
        }
        break;
      case "outline":
        fade(step.alpha);
        context.strokeStyle = palette.colourOf(step.ink);
        context.lineWidth = step.lineWidth;
        context.setLineDash(step.dashed ? [3, 2.5] : []);
        trace(context, step, false);
        context.stroke();
        break;
      case "hatch":
        fade(step.alpha);
        fillWith(hatches(context, palette.colourOf(step.ink)));
        trace(context, step, false);
        context.fill();
        break;
      case "text":
        fade(step.alpha);
        if (FONTS[sizes][step.font] !== font) context.font = FONTS[sizes][step.font];
        font = FONTS[sizes][step.font];
        context.textAlign = step.align;
        fillWith(palette.colourOf(step.ink));
        if (isMirrored) {
          context.scale(-1, 1); // Letters are not mirrored, only where they stand.
          context.fillText(step.text, -step.x, step.middle);
          context.scale(-1, 1);
        } else {
          context.fillText(step.text, step.x, step.middle);
        }
        break;
      case "glyph":
        fade(1);
        fillWith(palette.colourOf(step.ink));
        traceGlyph(context, step);
        context.fill();
        break;
      case "clip":
        context.save();
        trace(context, step, false);
        context.clip();
        break;
      case "unclip":
        context.restore();
        begin();
        break;
    }
  }
  context.globalAlpha = 1;
  context.setLineDash([]);
}

export type Hatches = (context: Pen, colour: string) => CanvasPattern | string;

const HATCH_PX = 8; // Drawn at twice its size, so that it stays fine on dense screens.

/** Diagonal hatching, one pattern a colour. */
export function createHatches(): Hatches {
  const patterns = new Map<string, CanvasPattern>();
  return (context, colour) => {
    const known = patterns.get(colour);
    if (known !== undefined) return known;
    const tile = document.createElement("canvas");
    tile.width = HATCH_PX;
    tile.height = HATCH_PX;
    const pen = tile.getContext("2d");
    if (pen === null) return colour;
    pen.strokeStyle = colour;
    pen.lineWidth = 2.2;
    pen.beginPath();
    for (const shift of [-HATCH_PX, 0, HATCH_PX]) {
      pen.moveTo(shift - 1, HATCH_PX + 1);
      pen.lineTo(shift + HATCH_PX + 1, -1);
    }
    pen.stroke();
    const pattern = context.createPattern(tile, "repeat");
    if (pattern === null) return colour;
    pattern.setTransform(new DOMMatrix().scale(0.5));
    patterns.set(colour, pattern);
    return pattern;
  };
}

type Frame = { x: number; y: number; width: number; height: number; radius: number };

function trace(context: Pen, { x, y, width, height, radius }: Frame, startOnly: boolean): void {
  context.beginPath();
  context.roundRect(x, y, width, height, startOnly ? [radius, 0, 0, radius] : radius);
}

function traceGlyph(context: Pen, { kind, x, y, radius }: Extract<Paint, { op: "glyph" }>): void {
  context.beginPath();
  switch (kind) {
    case "time":
      context.moveTo(x, y - radius);
      context.lineTo(x + radius * 1.08, y + radius * 0.85);
      context.lineTo(x - radius * 1.08, y + radius * 0.85);
      break;
    case "travel":
      context.moveTo(x, y - radius * 1.1);
      context.lineTo(x + radius * 1.1, y);
      context.lineTo(x, y + radius * 1.1);
      context.lineTo(x - radius * 1.1, y);
      break;
    case "resource":
      context.roundRect(x - radius * 0.9, y - radius * 0.9, radius * 1.8, radius * 1.8, 1);
      break;
    case "load":
      context.arc(x, y, radius, 0, 2 * Math.PI);
      break;
  }
  context.closePath();
}
