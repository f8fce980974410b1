import type { TeamLayer } from "@hourwright/timeline/team";
import { FAMILY, type Ink, labelIn, round, TAU } from "./ink.ts";

const SPRITES_MAX = 1_500;
export const SPRITE_MARGIN = 4;

/** Shifts that were drawn once: by layer, hue, label and width. A month of 300 people has some hundred of them. */
export class Sprites {
  readonly ink: Ink;
  readonly #sprites = new Map<string, HTMLCanvasElement>();

  constructor(ink: Ink) {
    this.ink = ink;
  }

  forget(): void {
    this.#sprites.clear();
  }

  of(layer: TeamLayer, hue: number, label: string, width: number, tall: number, isChanged: boolean): HTMLCanvasElement {
    const { ink } = this;
    const key = `${layer} ${hue} ${width} ${isChanged ? "!" : ""}${label}`;
    const known = this.#sprites.get(key);
    if (known !== undefined) return known;
    if (this.#sprites.size >= SPRITES_MAX) this.#sprites.clear();
    const canvas = document.createElement("canvas");
    const pen = ink.fit(canvas, width + SPRITE_MARGIN, tall + 2 * SPRITE_MARGIN);
    pen.translate(0, SPRITE_MARGIN);
    drawShift(pen, ink, layer, hue, label, width, tall);
    if (isChanged) {
      pen.fillStyle = ink.of("bar-edge", hue);
      pen.beginPath();
      pen.moveTo(width - 7, 0.5);
      pen.lineTo(width - 0.5, 0.5);
      pen.lineTo(width - 0.5, 7);
      pen.fill();
    }
    this.#sprites.set(key, canvas);
    return canvas;
  }
}

/** One shift from its own corner: contract outlined, adjusted filled, draft hatched, pending dashed with a dot. */
export function drawShift(
  pen: CanvasRenderingContext2D,
  ink: Ink,
  layer: TeamLayer,
  hue: number,
  label: string,
  width: number,
  tall: number,
): void {
  const edge = ink.of("bar-edge", hue);
  const isBold = layer === "adjusted" || layer === "open";
  let edgeWidth = 0;
  pen.save();
  pen.beginPath();
  pen.roundRect(0, 0, width, tall, 5);
  switch (layer) {
    case "contract":
      pen.clip();
      pen.strokeStyle = edge;
      pen.globalAlpha = 0.32;
      pen.lineWidth = 2; // Half of it lies within.
      pen.stroke();
      pen.globalAlpha = 1;
      pen.fillStyle = edge;
      edgeWidth = 2;
      pen.fillRect(0, 0, edgeWidth, tall);
      break;
    case "adjusted":
      pen.clip();
      pen.fillStyle = ink.of("bar", hue);
      pen.fillRect(0, 0, width, tall);
      pen.fillStyle = edge;
      edgeWidth = 3;
      pen.fillRect(0, 0, edgeWidth, tall);
      break;
    case "open":
      pen.clip();
      pen.fillStyle = ink.token("raised");
      pen.fillRect(0, 0, width, tall);
      pen.strokeStyle = ink.token("accent");
      pen.globalAlpha = 0.45;
      pen.lineWidth = 2;
      pen.stroke();
      pen.globalAlpha = 1;
      pen.fillStyle = edge;
      edgeWidth = 3;
      pen.fillRect(0, 0, edgeWidth, tall);
      break;
    case "draft":
      pen.clip();
      pen.fillStyle = ink.of("block", hue);
      pen.fillRect(0, 0, width, tall);
      pen.strokeStyle = edge;
      pen.globalAlpha = 0.26;
      pen.lineWidth = 1.3;
      pen.beginPath();
      for (let x = -tall; x < width + tall; x += 6.4) {
        pen.moveTo(x, tall);
        pen.lineTo(x + tall, 0);
      }
      pen.stroke();
      pen.globalAlpha = 1;
      break;
    case "pending":
      pen.fillStyle = ink.token("surface");
      pen.fill();
      pen.strokeStyle = edge;
      pen.lineWidth = 1.3;
      pen.setLineDash([3, 2.5]);
      pen.beginPath();
      pen.roundRect(0.65, 0.65, width - 1.3, tall - 1.3, 5);
      pen.stroke();
      pen.setLineDash([]);
      break;
  }
  const room = width - edgeWidth - 2;
  const font = (px: number) => `${isBold ? 600 : 500} ${px}px ${FAMILY}`;
  pen.letterSpacing = isBold ? "-0.035em" : "-0.03em";
  const { lines, px } = labelIn(pen, label, room, font);
  const middle = edgeWidth + (width - edgeWidth) / 2;
  if (layer === "draft") {
    const measured = Math.max(...lines.map((each) => pen.measureText(each).width));
    pen.fillStyle = ink.of("block", hue);
    const high = lines.length * px + 2.5;
    round(pen, middle - measured / 2 - 2, (tall - high) / 2, measured + 4, high, 3);
  }
  pen.textAlign = "center";
  pen.fillStyle = ink.of("bar-text", hue);
  const [first = "", second] = lines;
  if (second === undefined) pen.fillText(first, middle, tall / 2 + 0.5);
  else {
    pen.fillText(first, middle, tall / 2 - px / 2 + 0.5);
    pen.fillText(second, middle, tall / 2 + px / 2 + 0.5);
  }
  pen.restore();
  if (layer === "pending") drawDot(pen, ink, width - 1.5, -1);
}

export function drawDot(pen: CanvasRenderingContext2D, ink: Ink, x: number, y: number): void {
  pen.fillStyle = ink.token("surface");
  pen.beginPath();
  pen.arc(x, y + 1.5, 5, 0, TAU);
  pen.fill();
  pen.fillStyle = ink.token("accent");
  pen.beginPath();
  pen.arc(x, y + 1.5, 3.5, 0, TAU);
  pen.fill();
}
