import { briefHours } from "@hourwright/timeline/team";

export const FAMILY = `"Inter Variable", ui-sans-serif, system-ui, sans-serif`;
export const TAU = 2 * Math.PI;

/** Colours of the theme, as a canvas knows them, and pens for its pixels. Kept until they are forgotten. */
export class Ink {
  readonly #colours = new Map<string, string>();
  #style: CSSStyleDeclaration | null = null;
  #ratio = 1;

  /** Pixels of the screen to one of the page. */
  get ratio(): number {
    return this.#ratio;
  }

  from(canvas: HTMLCanvasElement | null): void {
    this.#style = canvas === null ? null : getComputedStyle(canvas);
  }

  forget(): void {
    this.#colours.clear();
    this.#ratio = devicePixelRatio;
  }

  token(name: string): string {
    let value = this.#colours.get(name);
    if (value === undefined) {
      value = this.#style?.getPropertyValue(`--${name}`).trim() ?? "";
      this.#colours.set(name, value);
    }
    return value;
  }

  /** A colour of a role in a hue of its own. */
  of(role: string, hue: number): string {
    const key = `${role} ${hue}`;
    let value = this.#colours.get(key);
    if (value === undefined) {
      value = `oklch(${this.token(role)} ${hue})`;
      this.#colours.set(key, value);
    }
    return value;
  }

  fit(canvas: HTMLCanvasElement, width: number, height: number): CanvasRenderingContext2D {
    const [w, h] = [Math.max(1, Math.round(width * this.#ratio)), Math.max(1, Math.round(height * this.#ratio))];
    if (canvas.width !== w || canvas.height !== h) [canvas.width, canvas.height] = [w, h];
    const pen = canvas.getContext("2d")!;
    pen.setTransform(this.#ratio, 0, 0, this.#ratio, 0, 0);
    pen.textBaseline = "middle";
    return pen;
  }
}

export function round(
  pen: CanvasRenderingContext2D,
  x: number,
  y: number,
  width: number,
  height: number,
  radius: number,
): void {
  pen.beginPath();
  pen.roundRect(x, y, width, height, radius);
  pen.fill();
}

export function hatch(
  pen: CanvasRenderingContext2D,
  x: number,
  y: number,
  width: number,
  height: number,
  colour: string,
): void {
  pen.save();
  pen.beginPath();
  pen.rect(x, y, width, height);
  pen.clip();
  pen.strokeStyle = colour;
  pen.globalAlpha *= 0.45;
  pen.lineWidth = 2;
  pen.beginPath();
  for (let at = -height; at < width; at += 5.6) {
    pen.moveTo(x + at, y + height);
    pen.lineTo(x + at + height, y);
  }
  pen.stroke();
  pen.restore();
}

const LETTERS = new Intl.Segmenter();

/** A text cut to a width with an ellipsis; by letters as people see them. */
export function fitted(pen: CanvasRenderingContext2D, text: string, width: number): string {
  if (width <= 0) return "";
  if (pen.measureText(text).width <= width) return text;
  const letters = Array.from(LETTERS.segment(text), ({ segment }) => segment);
  while (letters.length > 1 && pen.measureText(`${letters.join("")}…`).width > width) letters.pop();
  return letters.length > 1 ? `${letters.join("").trimEnd()}…` : "";
}

const LABEL_PX = [10.5, 10, 9.5] as const;
const TWO_LINES_PX = 9;

/** A label in one line, in the largest letters in which it fits; else in two, parted where it is read apart. */
export function labelIn(
  pen: CanvasRenderingContext2D,
  label: string,
  room: number,
  font: (px: number) => string,
): { readonly lines: readonly string[]; readonly px: number } {
  for (const px of LABEL_PX) {
    pen.font = font(px);
    if (pen.measureText(label).width <= room) return { lines: [label], px };
  }
  pen.font = font(TWO_LINES_PX);
  const at = label.includes(" ") ? label.indexOf(" ") : label.indexOf("–") + 1;
  const parts = at <= 0 ? [label] : [label.slice(0, at), label.slice(at).trimStart()];
  return { lines: parts.map((part) => fitted(pen, briefHours(part), room)), px: TWO_LINES_PX };
}
