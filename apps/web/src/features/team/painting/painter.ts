import { boxOfCell, linesSeen, teamExtent, type TeamScale, type TeamScroll } from "@hourwright/timeline/team";
import { drawFoot, drawHead } from "./edges.ts";
import { Ink } from "./ink.ts";
import { drawLine } from "./line.ts";
import { drawMarks } from "./marks.ts";
import type { TeamMarks, TeamPicture } from "./picture.ts";
import { Sprites } from "./shift.ts";

type Strip = { readonly canvas: HTMLCanvasElement; readonly key: readonly unknown[] };

const STRIPS_MAX = 160;

/**
 * Draws the team's grid. Each line is a strip that is drawn once and kept until something on it is another; panning copies
 * strips. A shift is a sprite by layer, hue, label and width: a month of 300 people has some hundred of them.
 */
export class TeamPainter {
  #base: HTMLCanvasElement | null = null;
  #over: HTMLCanvasElement | null = null;
  #picture: TeamPicture | null = null;
  #scroll: TeamScroll = { left: 0, top: 0 };
  #marks: TeamMarks | null = null;
  #isBaseStale = false;
  #frame: number | null = null;
  readonly #strips = new Map<string, Strip>();
  readonly #ink = new Ink();
  readonly #sprites = new Sprites(this.#ink);

  attach(base: HTMLCanvasElement | null, over: HTMLCanvasElement | null): void {
    [this.#base, this.#over] = [base, over];
    this.#ink.from(base);
    this.forget();
  }

  show(picture: TeamPicture): void {
    const before = this.#picture;
    if (before === null || before.words !== picture.words || !isSameWide(before.scale, picture.scale))
      this.#strips.clear();
    this.#picture = picture;
    this.#stale(true);
  }

  pan(scroll: TeamScroll): void {
    this.#scroll = scroll;
    this.#stale(true);
  }

  mark(marks: TeamMarks): void {
    this.#marks = marks;
    this.#stale(false);
  }

  /** After a change of theme, of fonts or of the screen's pixels. */
  forget(): void {
    this.#strips.clear();
    this.#sprites.forget();
    this.#ink.forget();
    this.#stale(true);
  }

  stop(): void {
    if (this.#frame !== null) cancelAnimationFrame(this.#frame);
    this.#frame = null;
  }

  /** Draws lines near those that are seen while there is time, so that panning finds them drawn; true when all are. */
  drawAhead(hasTime: () => boolean): boolean {
    const picture = this.#picture;
    if (picture === null) return true;
    const seen = linesSeen(picture.scale, this.#scroll);
    const reach = seen.to - seen.from;
    for (let away = 0; away < reach; away++)
      for (const index of [seen.to + away, seen.from - 1 - away]) {
        if (index < 0 || index >= picture.scale.lines) continue;
        if (!hasTime()) return false;
        this.#lineStrip(picture, index + 1);
      }
    return true;
  }

  #stale(isBase: boolean): void {
    this.#isBaseStale ||= isBase;
    this.#frame ??= requestAnimationFrame(() => this.paintNow());
  }

  paintNow(): void {
    this.#frame = null;
    const picture = this.#picture;
    if (picture === null || this.#base === null || this.#over === null) return;
    if (this.#isBaseStale) this.#paintBase(picture, this.#base);
    this.#isBaseStale = false;
    const pen = this.#ink.fit(this.#over, picture.scale.width, picture.scale.height);
    pen.clearRect(0, 0, picture.scale.width, picture.scale.height);
    if (this.#marks !== null) drawMarks(pen, this.#ink, { picture, marks: this.#marks, scroll: this.#scroll });
  }

  #paintBase(picture: TeamPicture, canvas: HTMLCanvasElement): void {
    const { scale, model } = picture;
    const pen = this.#ink.fit(canvas, scale.width, scale.height);
    pen.fillStyle = this.#ink.token("canvas");
    pen.fillRect(0, 0, scale.width, scale.height);
    const bottom = Math.min(scale.height, teamExtent(scale).height) - scale.foot;
    const top = scale.head + scale.openLine;
    pen.save();
    pen.beginPath();
    pen.rect(0, top, scale.width, Math.max(0, bottom - top));
    pen.clip();
    const seen = linesSeen(scale, this.#scroll);
    for (let index = seen.from; index < seen.to; index++) {
      const y = top + index * scale.line - this.#scroll.top;
      this.#blit(pen, this.#lineStrip(picture, index + 1), y, scale.line, scale);
    }
    pen.restore();
    this.#blit(pen, this.#headStrip(picture), 0, scale.head, scale);
    this.#blit(pen, this.#lineStrip(picture, 0), scale.head, scale.openLine, scale);
    if (scale.foot > 0) {
      pen.fillStyle = this.#ink.token("line-strong");
      pen.fillRect(0, bottom, Math.min(scale.width, teamExtent(scale).width), 1);
      const count = Math.round((scale.foot - 1) / scale.footLine);
      for (let index = 0; index < count; index++)
        this.#blit(pen, this.#footStrip(picture, index), bottom + 1 + index * scale.footLine, scale.footLine, scale);
    }
    if (picture.today >= 0 && picture.today < model.window.days) this.#paintToday(pen, picture, top, bottom);
  }

  #paintToday(
    pen: CanvasRenderingContext2D,
    { scale, today, todayPart }: TeamPicture,
    top: number,
    bottom: number,
  ): void {
    const { x, width } = boxOfCell(scale, this.#scroll, 0, today);
    const at = x + width * todayPart;
    if (at < scale.names || at > scale.width - scale.hours) return;
    pen.globalAlpha = 0.9;
    pen.fillStyle = this.#ink.token("accent");
    pen.fillRect(Math.round(at), top, 1.5, Math.min(bottom, top + scale.lines * scale.line - this.#scroll.top) - top);
    pen.globalAlpha = 1;
  }

  /** Copies a strip: names and hours stand still, days are panned. */
  #blit(pen: CanvasRenderingContext2D, canvas: HTMLCanvasElement, y: number, height: number, scale: TeamScale): void {
    const r = this.#ink.ratio;
    const full = scale.names + scale.edges.at(-1)! + scale.hours;
    if (full <= scale.width) {
      pen.drawImage(canvas, 0, y, canvas.width / r, canvas.height / r);
      return;
    }
    const room = scale.width - scale.names - scale.hours;
    const h = Math.min(canvas.height, Math.round(height * r));
    const part = (from: number, to: number, width: number) =>
      pen.drawImage(canvas, Math.round(from * r), 0, Math.max(1, Math.round(width * r)), h, to, y, width, h / r);
    part(scale.names + this.#scroll.left, scale.names, room);
    part(0, 0, scale.names);
    if (scale.hours > 0) part(scale.names + scale.edges.at(-1)!, scale.width - scale.hours, scale.hours);
  }

  #strip(
    id: string,
    key: readonly unknown[],
    width: number,
    height: number,
    draw: (pen: CanvasRenderingContext2D) => void,
  ): HTMLCanvasElement {
    const known = this.#strips.get(id);
    if (known !== undefined && known.key.length === key.length && known.key.every((each, at) => each === key[at])) {
      this.#strips.delete(id); // The last looked at is the last to go.
      this.#strips.set(id, known);
      return known.canvas;
    }
    let canvas = known?.canvas;
    if (canvas === undefined && this.#strips.size >= STRIPS_MAX) {
      const [oldest] = this.#strips.keys();
      canvas = this.#strips.get(oldest!)!.canvas;
      this.#strips.delete(oldest!);
    }
    canvas ??= document.createElement("canvas");
    const pen = this.#ink.fit(canvas, width, height);
    draw(pen);
    this.#strips.set(id, { canvas, key });
    return canvas;
  }

  #lineStrip(picture: TeamPicture, index: number): HTMLCanvasElement {
    const { model, draft, scale } = picture;
    const line = model.lines[index]!;
    const height = index === 0 ? scale.openLine : scale.line;
    const key = [line, draft.get(line.personId ?? ""), picture.today, picture.objections];
    return this.#strip(`line ${line.personId ?? ""}`, key, teamExtent(scale).width, height, (pen) =>
      drawLine(pen, this.#sprites, picture, line, height),
    );
  }

  #headStrip(picture: TeamPicture): HTMLCanvasElement {
    const { scale, model, today } = picture;
    const key = [model.window, model.holidays, today, picture.people];
    return this.#strip("head", key, teamExtent(scale).width, scale.head, (pen) => drawHead(pen, this.#ink, picture));
  }

  #footStrip(picture: TeamPicture, index: number): HTMLCanvasElement {
    const { scale, model } = picture;
    const row = model.coverage[index];
    const width = teamExtent(scale).width;
    return this.#strip(`foot ${index}`, [row, model.window, picture.today], width, scale.footLine, (pen) => {
      pen.fillStyle = this.#ink.token("surface");
      pen.fillRect(0, 0, width, scale.footLine);
      if (row !== undefined) drawFoot(pen, this.#ink, picture, row);
    });
  }
}

/** Whether what is drawn of a line lies at the same places. */
const isSameWide = (one: TeamScale, other: TeamScale): boolean =>
  one.names === other.names &&
  one.hours === other.hours &&
  one.line === other.line &&
  one.edges.length === other.edges.length &&
  one.edges.at(-1) === other.edges.at(-1);
