import {
  boxOfCell,
  briefHours,
  linesSeen,
  printHours,
  teamExtent,
  type TeamBlock,
  type TeamLayer,
  type TeamScale,
  type TeamScroll,
  type TeamShift,
} from "@hourwright/timeline/team";
import { hueOfName } from "../../ui/name-hue.ts";
import { hueOfSite, itemsOf, minutesOf, shownIn, type DraftByPerson, type TeamLine, type TeamModel } from "./model.ts";

/** Words that are drawn. */
export type DrawnWords = {
  readonly hours: string;
  readonly open: string;
  readonly openCount: (shifts: number) => string;
  readonly openHours: (minutes: number) => string;
  readonly part: (permille: number) => string;
  readonly hoursOf: (minutes: number) => string;
  readonly absence: (what: string) => string;
  readonly coverage: (site: string, name: string) => string;
  readonly short: (days: number) => string;
  readonly covered: string;
  /** Head of a day: the weekday, the number, and what is written below it in small letters. */
  readonly head: (day: number) => { readonly weekday: string; readonly number: string; readonly note: string };
  readonly hour: (hour: number) => string;
};

/** What is drawn over the cells. */
export type TeamMarks = {
  readonly block: TeamBlock | null;
  readonly cursor: { readonly line: number; readonly day: number } | null;
  readonly hasFocus: boolean;
  readonly hover: { readonly line: number; readonly day: number } | null;
  /** A cell on which a shift was refused. */
  readonly refused: { readonly line: number; readonly day: number } | null;
  /** A shift in hand, and where the hand is. */
  readonly carried: { readonly label: string; readonly x: number; readonly y: number } | null;
  readonly target: { readonly line: number; readonly day: number } | null;
  readonly fill: TeamBlock | null;
  /** What was copied: dashed until it is pasted or Esc is pressed. */
  readonly copied: TeamBlock | null;
};

export type TeamPicture = {
  readonly model: TeamModel;
  readonly draft: DraftByPerson;
  readonly isDraft: boolean;
  /** What speaks against an item of the draft, by its id. */
  readonly objections: ReadonlyMap<string, string>;
  readonly scale: TeamScale;
  readonly words: DrawnWords;
  /** How many people and sites are shown. */
  readonly people: string;
  /** Today after the first day, and how much of it is over; days before are past. */
  readonly today: number;
  readonly todayPart: number;
  readonly weekends: readonly boolean[];
  /** The first day of a week. */
  readonly weekStarts: readonly boolean[];
};

type Strip = { readonly canvas: HTMLCanvasElement; readonly key: readonly unknown[] };

const FAMILY = `"Inter Variable", ui-sans-serif, system-ui, sans-serif`;
const STRIPS_MAX = 160;
const SPRITES_MAX = 1_500;
const TAU = 2 * Math.PI;
const DAY_MINUTES = 1_440;

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
  #ratio = 1;
  #isBaseStale = false;
  #frame: number | null = null;
  readonly #strips = new Map<string, Strip>();
  readonly #sprites = new Map<string, HTMLCanvasElement>();
  readonly #colours = new Map<string, string>();
  #style: CSSStyleDeclaration | null = null;

  attach(base: HTMLCanvasElement | null, over: HTMLCanvasElement | null): void {
    [this.#base, this.#over] = [base, over];
    this.#style = base === null ? null : getComputedStyle(base);
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
    this.#sprites.clear();
    this.#colours.clear();
    this.#ratio = devicePixelRatio;
    this.#stale(true);
  }

  stop(): void {
    if (this.#frame !== null) cancelAnimationFrame(this.#frame);
    this.#frame = null;
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
    this.#paintOver(picture, this.#over);
  }

  #token(name: string): string {
    let value = this.#colours.get(name);
    if (value === undefined) {
      value = this.#style?.getPropertyValue(`--${name}`).trim() ?? "";
      this.#colours.set(name, value);
    }
    return value;
  }

  #ink(role: string, hue: number): string {
    const key = `${role} ${hue}`;
    let value = this.#colours.get(key);
    if (value === undefined) {
      value = `oklch(${this.#token(role)} ${hue})`;
      this.#colours.set(key, value);
    }
    return value;
  }

  #fit(canvas: HTMLCanvasElement, width: number, height: number): CanvasRenderingContext2D {
    const [w, h] = [Math.max(1, Math.round(width * this.#ratio)), Math.max(1, Math.round(height * this.#ratio))];
    if (canvas.width !== w || canvas.height !== h) [canvas.width, canvas.height] = [w, h];
    const pen = canvas.getContext("2d")!;
    pen.setTransform(this.#ratio, 0, 0, this.#ratio, 0, 0);
    pen.textBaseline = "middle";
    return pen;
  }

  #paintBase(picture: TeamPicture, canvas: HTMLCanvasElement): void {
    const { scale, model } = picture;
    const pen = this.#fit(canvas, scale.width, scale.height);
    pen.fillStyle = this.#token("canvas");
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
      pen.fillStyle = this.#token("line-strong");
      pen.fillRect(0, bottom, Math.min(scale.width, teamExtent(scale).width), 1);
      const count = Math.round((scale.foot - 1) / scale.footLine);
      for (let index = 0; index < count; index++)
        this.#blit(pen, this.#footStrip(picture, index), bottom + 1 + index * scale.footLine, scale.footLine, scale);
    }
    if (picture.today >= 0 && picture.today < model.window.days) this.#paintNow(pen, picture, top, bottom);
  }

  #paintNow(
    pen: CanvasRenderingContext2D,
    { scale, today, todayPart }: TeamPicture,
    top: number,
    bottom: number,
  ): void {
    const { x, width } = boxOfCell(scale, this.#scroll, 0, today);
    const at = x + width * todayPart;
    if (at < scale.names || at > scale.width - scale.hours) return;
    pen.globalAlpha = 0.9;
    pen.fillStyle = this.#token("accent");
    pen.fillRect(Math.round(at), top, 1.5, Math.min(bottom, top + scale.lines * scale.line - this.#scroll.top) - top);
    pen.globalAlpha = 1;
  }

  /** Copies a strip: names and hours stand still, days are panned. */
  #blit(pen: CanvasRenderingContext2D, canvas: HTMLCanvasElement, y: number, height: number, scale: TeamScale): void {
    const r = this.#ratio;
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
    const pen = this.#fit(canvas, width, height);
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
      this.#drawLine(pen, picture, line, height),
    );
  }

  #drawLine(pen: CanvasRenderingContext2D, picture: TeamPicture, line: TeamLine, height: number): void {
    const { scale, model, draft } = picture;
    const isOpen = line.personId === null;
    const width = teamExtent(scale).width;
    pen.fillStyle = this.#token(isOpen ? "accent-soft" : "surface");
    pen.fillRect(0, 0, width, height);
    for (let day = 0; day < model.window.days; day++) this.#drawGround(pen, picture, day, height, isOpen);
    if (!isOpen) {
      pen.globalAlpha = 0.7;
      pen.fillStyle = this.#token("line");
      pen.fillRect(0, height - 1, width, 1);
      pen.globalAlpha = 1;
    } else {
      pen.fillStyle = this.#token("line-strong");
      pen.fillRect(0, height - 1, width, 1);
    }
    if (line.isFirst) {
      pen.fillStyle = this.#token("line-strong");
      pen.fillRect(0, 0, width, 1);
    }
    this.#drawName(pen, picture, line, height);
    if (model.window.days === 1) this.#drawHoursOfDay(pen, picture, line, height);
    else {
      for (const bar of line.bars) this.#drawBar(pen, picture, bar, height);
      for (let day = 0; day < model.window.days; day++) {
        const { cell, shifts } = shownIn(model, draft, line, day);
        const shown = cell.pending.length > 0 ? cell.pending : shifts;
        if (shown.length > 0) this.#drawCell(pen, picture, line, day, shown, height);
        else if (itemsOf(draft, line.personId, model.window.fromDay + day).length > 0)
          this.#drawDropped(pen, picture, day, height);
      }
    }
    if (scale.hours > 0) this.#drawHours(pen, picture, line, height);
  }

  #drawGround(pen: CanvasRenderingContext2D, picture: TeamPicture, day: number, height: number, isOpen: boolean): void {
    const { scale, weekends, weekStarts, model } = picture;
    const x = scale.names + scale.edges[day]!;
    const width = scale.edges[day + 1]! - scale.edges[day]!;
    if (!isOpen && (weekends[day] === true || model.holidays[day] !== null)) {
      pen.fillStyle = this.#token("weekend");
      pen.fillRect(x, 0, width, height);
    }
    const isStrong = weekStarts[day] === true;
    pen.globalAlpha = isStrong ? 1 : 0.75;
    pen.fillStyle = this.#token(isStrong ? "line-strong" : "line");
    pen.fillRect(x, 0, 1, height);
    pen.globalAlpha = 1;
  }

  #drawName(pen: CanvasRenderingContext2D, picture: TeamPicture, line: TeamLine, height: number): void {
    const { scale, words, model, draft } = picture;
    const middle = height / 2 + 0.5;
    if (line.personId === null) {
      let shifts = 0;
      for (let day = 0; day < model.window.days; day++) shifts += shownIn(model, draft, line, day).shifts.length;
      pen.fillStyle = this.#token("accent");
      pen.font = `600 12.5px ${FAMILY}`;
      pen.textAlign = "start";
      pen.fillText(fitted(pen, words.open, scale.names - 50), 14, middle);
      pen.font = `600 11px ${FAMILY}`;
      pen.textAlign = "end";
      if (shifts > 0) pen.fillText(words.openCount(shifts), scale.names - 10, middle);
      return;
    }
    const isNarrow = scale.hours === 0;
    const x = 12;
    const size = 18;
    const hue = hueOfName(line.name);
    pen.fillStyle = this.#ink("solid", hue);
    pen.beginPath();
    pen.arc(x + size / 2, middle - 0.5, size / 2, 0, TAU);
    pen.fill();
    pen.fillStyle = this.#token("on-accent");
    pen.font = `600 8px ${FAMILY}`;
    pen.textAlign = "center";
    pen.fillText(initialsOf(line.name), x + size / 2, middle);
    let right = scale.names - 10;
    pen.textAlign = "end";
    if (line.isFirst && !isNarrow && line.site !== "") {
      pen.font = `600 11px ${FAMILY}`;
      pen.fillStyle = this.#token("text");
      const site = fitted(pen, line.site, 64);
      pen.fillText(site, right, middle);
      right -= pen.measureText(site).width + 6;
    }
    if (line.partPermille < 1_000 && !isNarrow && !line.isFirst) {
      pen.font = `450 11px ${FAMILY}`;
      pen.fillStyle = this.#token("text-2");
      const part = words.part(line.partPermille);
      pen.fillText(part, right, middle);
      right -= pen.measureText(part).width + 6;
    }
    pen.textAlign = "start";
    pen.font = `500 12.5px ${FAMILY}`;
    pen.fillStyle = this.#token("text");
    pen.fillText(fitted(pen, line.name, right - x - size - 8), x + size + 8, middle);
  }

  #drawHours(pen: CanvasRenderingContext2D, picture: TeamPicture, line: TeamLine, height: number): void {
    const { scale, words, model, draft } = picture;
    const left = scale.names + scale.edges.at(-1)!;
    if (line.personId !== null) {
      pen.fillStyle = this.#token("surface");
      pen.fillRect(left, line.isFirst ? 1 : 0, scale.hours, height - (line.isFirst ? 2 : 1));
    }
    pen.fillStyle = this.#token("line");
    pen.fillRect(left, 0, 1, height);
    const x = left + 12;
    pen.textAlign = "start";
    if (line.personId === null) {
      let minutes = 0;
      for (let day = 0; day < model.window.days; day++)
        for (const shift of shownIn(model, draft, line, day).shifts) minutes += shift.toMinute - shift.fromMinute;
      pen.font = `600 11px ${FAMILY}`;
      pen.fillStyle = this.#token("accent");
      if (minutes > 0) pen.fillText(words.openHours(minutes), x, height / 2 + 0.5);
      return;
    }
    const minutes = minutesOf(model, draft, line);
    const asked = line.askedMinutes;
    const text = words.hoursOf(minutes);
    pen.font = `600 11px ${FAMILY}`;
    pen.fillStyle = this.#token("text");
    pen.fillText(text, x, height / 2 - 2.5);
    if (asked === null || asked === 0) return;
    const before = pen.measureText(text).width;
    pen.font = `450 11px ${FAMILY}`;
    pen.fillStyle = this.#token("text-2");
    pen.fillText(` / ${words.hoursOf(asked)}`, x + before, height / 2 - 2.5);
    const room = scale.hours - 24;
    const y = height - 7;
    const part = minutes / asked;
    pen.fillStyle = this.#token("line");
    round(pen, x, y, room, 3, 1.5);
    pen.fillStyle = this.#token(part > OVER_HOURS ? "cap-full" : "cap-steady");
    if (part > 0) round(pen, x, y, Math.min(1, part * TICK) * room, 3, 1.5);
    pen.fillStyle = this.#token("text-3");
    pen.fillRect(x + room * TICK, y - 2, 1, 7);
  }

  #drawBar(
    pen: CanvasRenderingContext2D,
    { scale, words }: TeamPicture,
    bar: TeamLine["bars"][number],
    height: number,
  ): void {
    const x = scale.names + scale.edges[bar.fromDay]! + 2;
    const width = scale.names + scale.edges[bar.toDay]! - x - 1;
    const tall = 22;
    const y = (height - tall) / 2;
    if (bar.isPending) {
      pen.fillStyle = this.#token("surface");
      round(pen, x, y, width, tall, 5);
      pen.strokeStyle = this.#token("leave-edge");
      pen.lineWidth = 1.3;
      pen.setLineDash([4, 3]);
      pen.beginPath();
      pen.roundRect(x + 0.65, y + 0.65, width - 1.3, tall - 1.3, 5);
      pen.stroke();
      pen.setLineDash([]);
      this.#drawDot(pen, x + width - 2, y + 1);
    } else {
      pen.fillStyle = this.#token("leave");
      round(pen, x, y, width, tall, 5);
    }
    const [size, pad] = width < ONE_DAY_PX ? [10, 3] : [11, 8];
    pen.font = `500 ${size}px ${FAMILY}`;
    pen.textAlign = "start";
    pen.fillStyle = this.#token("leave-text");
    pen.fillText(fitted(pen, words.absence(bar.what), width - 2 * pad), x + pad, height / 2 + 0.5);
  }

  #drawDot(pen: CanvasRenderingContext2D, x: number, y: number): void {
    pen.fillStyle = this.#token("surface");
    pen.beginPath();
    pen.arc(x, y + 1.5, 5, 0, TAU);
    pen.fill();
    pen.fillStyle = this.#token("accent");
    pen.beginPath();
    pen.arc(x, y + 1.5, 3.5, 0, TAU);
    pen.fill();
  }

  #drawCell(
    pen: CanvasRenderingContext2D,
    picture: TeamPicture,
    line: TeamLine,
    day: number,
    shifts: readonly TeamShift[],
    height: number,
  ): void {
    const { scale, model } = picture;
    const x = scale.names + scale.edges[day]! + 2;
    const width = scale.edges[day + 1]! - scale.edges[day]! - 3;
    const tall = 22;
    const y = Math.round((height - tall) / 2);
    const shift = shifts[0]!;
    const hue = hueOfSite(model, shift.site ?? line.site);
    const label = shifts.length === 1 ? printHours(shift) : `${printHours(shift)} +${shifts.length - 1}`;
    const layer: TeamLayer = line.personId === null && shift.layer !== "draft" ? "open" : shift.layer;
    if (day < picture.today) pen.globalAlpha = 0.8;
    const sprite = this.#sprite(layer, hue, label, width, tall, shift.isChanged);
    pen.drawImage(sprite, x, y - SPRITE_MARGIN, sprite.width / this.#ratio, sprite.height / this.#ratio);
    pen.globalAlpha = 1;
    if (shifts.every(({ sourceId }) => sourceId === null || !picture.objections.has(sourceId))) return;
    pen.fillStyle = this.#token("conflict");
    pen.beginPath();
    pen.moveTo(x + width - 4, y - 1);
    pen.lineTo(x + width + 0.5, y + 6);
    pen.lineTo(x + width - 8.5, y + 6);
    pen.fill();
  }

  #drawDropped(pen: CanvasRenderingContext2D, { scale }: TeamPicture, day: number, height: number): void {
    const x = scale.names + scale.edges[day]! + 2;
    const width = scale.edges[day + 1]! - scale.edges[day]! - 3;
    pen.strokeStyle = this.#token("text-3");
    pen.lineWidth = 1.2;
    pen.beginPath();
    pen.moveTo(x + width / 2 - 7, height / 2 + 0.5);
    pen.lineTo(x + width / 2 + 7, height / 2 + 0.5);
    pen.stroke();
  }

  #sprite(layer: TeamLayer, hue: number, label: string, width: number, tall: number, isChanged: boolean) {
    const key = `${layer} ${hue} ${width} ${isChanged ? "!" : ""}${label}`;
    const known = this.#sprites.get(key);
    if (known !== undefined) return known;
    if (this.#sprites.size >= SPRITES_MAX) this.#sprites.clear();
    const canvas = document.createElement("canvas");
    const pen = this.#fit(canvas, width + SPRITE_MARGIN, tall + 2 * SPRITE_MARGIN);
    pen.translate(0, SPRITE_MARGIN);
    this.#drawShift(pen, layer, hue, label, width, tall);
    if (isChanged) {
      pen.fillStyle = this.#ink("bar-edge", hue);
      pen.beginPath();
      pen.moveTo(width - 7, 0.5);
      pen.lineTo(width - 0.5, 0.5);
      pen.lineTo(width - 0.5, 7);
      pen.fill();
    }
    this.#sprites.set(key, canvas);
    return canvas;
  }

  /** One shift from its own corner: contract outlined, adjusted filled, draft hatched, pending dashed with a dot. */
  #drawShift(
    pen: CanvasRenderingContext2D,
    layer: TeamLayer,
    hue: number,
    label: string,
    width: number,
    tall: number,
  ): void {
    const edge = this.#ink("bar-edge", hue);
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
        pen.fillStyle = this.#ink("bar", hue);
        pen.fillRect(0, 0, width, tall);
        pen.fillStyle = edge;
        edgeWidth = 3;
        pen.fillRect(0, 0, edgeWidth, tall);
        break;
      case "open":
        pen.clip();
        pen.fillStyle = this.#token("raised");
        pen.fillRect(0, 0, width, tall);
        pen.strokeStyle = this.#token("accent");
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
        pen.fillStyle = this.#ink("block", hue);
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
        pen.fillStyle = this.#token("surface");
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
      pen.fillStyle = this.#ink("block", hue);
      const high = lines.length * px + 2.5;
      round(pen, middle - measured / 2 - 2, (tall - high) / 2, measured + 4, high, 3);
    }
    pen.textAlign = "center";
    pen.fillStyle = this.#ink("bar-text", hue);
    const [first = "", second] = lines;
    if (second === undefined) pen.fillText(first, middle, tall / 2 + 0.5);
    else {
      pen.fillText(first, middle, tall / 2 - px / 2 + 0.5);
      pen.fillText(second, middle, tall / 2 + px / 2 + 0.5);
    }
    pen.restore();
    if (layer === "pending") this.#drawDot(pen, width - 1.5, -1);
  }

  /** One day by its hours: shifts are bars from their begin to their end, breaks are gaps in them. */
  #drawHoursOfDay(pen: CanvasRenderingContext2D, picture: TeamPicture, line: TeamLine, height: number): void {
    const { scale, model, draft, words } = picture;
    const room = scale.edges.at(-1)!;
    const at = (minute: number) => scale.names + (Math.min(DAY_MINUTES, Math.max(0, minute)) / DAY_MINUTES) * room;
    pen.globalAlpha = 0.75;
    pen.fillStyle = this.#token("line");
    for (let hour = 1; hour < 24; hour++) pen.fillRect(Math.round(at(hour * 60)), 0, 1, height);
    pen.globalAlpha = 1;
    const { cell, shifts } = shownIn(model, draft, line, 0);
    const tall = 22;
    const y = Math.round((height - tall) / 2);
    if (shifts.length === 0 && cell.absence !== null) {
      pen.fillStyle = this.#token("leave");
      round(pen, at(0) + 2, y, room - 3, tall, 5);
      pen.font = `500 11px ${FAMILY}`;
      pen.textAlign = "start";
      pen.fillStyle = this.#token("leave-text");
      pen.fillText(words.absence(cell.absence), at(0) + 10, height / 2 + 0.5);
    }
    for (const shift of [...shifts, ...cell.pending]) {
      const x = at(shift.fromMinute);
      const width = Math.max(6, at(shift.toMinute) - x);
      const hue = hueOfSite(model, shift.site ?? line.site);
      const layer: TeamLayer = line.personId === null && shift.layer !== "draft" ? "open" : shift.layer;
      const label = shift.name === "" ? printHours(shift) : `${printHours(shift)} ${shift.name}`;
      pen.save();
      pen.translate(x, y);
      this.#drawShift(pen, layer, hue, label, width, tall);
      pen.fillStyle = this.#token("surface");
      for (const each of shift.breaks) {
        pen.globalAlpha = 0.75;
        pen.fillRect(at(each.fromMinute) - x, tall - 5, at(each.toMinute) - at(each.fromMinute), 5);
      }
      pen.restore();
    }
  }

  #headStrip(picture: TeamPicture): HTMLCanvasElement {
    const { scale, model, words, today } = picture;
    const width = teamExtent(scale).width;
    return this.#strip("head", [model.window, model.holidays, today, picture.people], width, scale.head, (pen) => {
      pen.fillStyle = this.#token("surface");
      pen.fillRect(0, 0, width, scale.head);
      for (let day = 0; day < model.window.days; day++) this.#drawHead(pen, picture, day);
      pen.font = `600 11px ${FAMILY}`;
      pen.fillStyle = this.#token("text-2");
      pen.textAlign = "start";
      pen.fillText(fitted(pen, picture.people, scale.names - 16), 12, scale.head - 14);
      if (scale.hours > 0) {
        const left = scale.names + scale.edges.at(-1)!;
        pen.fillText(words.hours, left + 12, scale.head - 14);
        pen.fillStyle = this.#token("line");
        pen.fillRect(left, 0, 1, scale.head);
      }
      pen.fillStyle = this.#token("line-strong");
      pen.fillRect(0, scale.head - 1, width, 1);
    });
  }

  #drawHead(pen: CanvasRenderingContext2D, picture: TeamPicture, day: number): void {
    const { scale, words, weekends, weekStarts, model, today } = picture;
    const x = scale.names + scale.edges[day]!;
    const width = scale.edges[day + 1]! - scale.edges[day]!;
    const isWeekend = weekends[day] === true;
    if (isWeekend || model.holidays[day] !== null) {
      pen.fillStyle = this.#token("weekend");
      pen.fillRect(x, 0, width, scale.head);
    }
    pen.fillStyle = this.#token(weekStarts[day] === true ? "line-strong" : "line");
    pen.fillRect(x, 0, 1, scale.head);
    if (model.window.days === 1) {
      pen.font = `500 10.5px ${FAMILY}`;
      pen.textAlign = "center";
      pen.fillStyle = this.#token("text-2");
      for (let hour = 1; hour < 24; hour++) pen.fillText(words.hour(hour), x + (width * hour) / 24, scale.head - 14);
      return;
    }
    const middle = x + width / 2;
    const { weekday, number, note } = words.head(day);
    const isPast = day < today;
    pen.textAlign = "center";
    pen.font = `400 10.5px ${FAMILY}`;
    pen.fillStyle = this.#token(isWeekend ? "text-3" : "text-2");
    pen.fillText(weekday, middle, 11.5);
    if (day === today) {
      pen.fillStyle = this.#token("accent");
      round(pen, middle - 12, 17, 24, 16, 5);
    }
    pen.font = `${day === today ? 650 : isPast ? 450 : isWeekend ? 500 : 600} 12.5px ${FAMILY}`;
    pen.fillStyle = this.#token(day === today ? "on-accent" : isPast || isWeekend ? "text-2" : "text");
    pen.fillText(number, middle, 25.5);
    if (note !== "") {
      pen.font = `600 9px ${FAMILY}`;
      pen.fillStyle = this.#token("accent");
      pen.fillText(fitted(pen, note, width - 2), middle, 38);
    }
  }

  #footStrip(picture: TeamPicture, index: number): HTMLCanvasElement {
    const { scale, model } = picture;
    const row = model.coverage[index];
    const width = teamExtent(scale).width;
    return this.#strip(`foot ${index}`, [row, model.window, picture.today], width, scale.footLine, (pen) => {
      pen.fillStyle = this.#token("surface");
      pen.fillRect(0, 0, width, scale.footLine);
      if (row !== undefined) this.#drawFoot(pen, picture, row);
    });
  }

  #drawFoot(pen: CanvasRenderingContext2D, picture: TeamPicture, row: TeamModel["coverage"][number]): void {
    const { scale, words, weekends, weekStarts, model, today } = picture;
    const height = scale.footLine;
    let shortDays = 0;
    for (let day = 0; day < model.window.days; day++) {
      const x = scale.names + scale.edges[day]!;
      const width = scale.edges[day + 1]! - scale.edges[day]!;
      if (weekends[day] === true || model.holidays[day] !== null) {
        pen.fillStyle = this.#token("weekend");
        pen.fillRect(x, 0, width, height);
      }
      pen.globalAlpha = weekStarts[day] === true ? 1 : 0.75;
      pen.fillStyle = this.#token(weekStarts[day] === true ? "line-strong" : "line");
      pen.fillRect(x, 0, 1, height);
      pen.globalAlpha = 1;
      const told = row.days[day];
      if (told === undefined || told.level === "none") continue;
      const isShort = told.level === "short";
      if (isShort) shortDays++;
      pen.font = `${isShort ? 650 : 400} 10.5px ${FAMILY}`;
      pen.textAlign = "center";
      pen.fillStyle = this.#token(isShort ? "conflict" : "text-2");
      pen.fillText(`${told.have}/${told.need}`, x + width / 2, 8.5);
      const level = LEVELS[told.level];
      pen.globalAlpha = day < today ? 0.62 : 1;
      pen.fillStyle = this.#token(`cap-${level.name}`);
      pen.fillRect(x + 1, height - level.height, width - 1, level.height);
      if (isShort) hatch(pen, x + 1, height - level.height, width - 1, level.height, this.#token("surface"));
      pen.fillStyle = this.#token(`cap-${level.name}-edge`);
      pen.fillRect(x + 1, height - level.height, width - 1, 1.2);
      pen.globalAlpha = 1;
    }
    const middle = height / 2 + 0.5;
    pen.textAlign = "start";
    pen.fillStyle = this.#ink("bar-edge", hueOfSite(model, row.site));
    round(pen, 12, height / 2 - 3.5, 7, 7, 2.5);
    pen.font = `500 11.5px ${FAMILY}`;
    pen.fillStyle = this.#token("text-2");
    pen.fillText(fitted(pen, words.coverage(row.site, row.name), scale.names - 36), 26, middle);
    if (scale.hours === 0) return;
    const left = scale.names + scale.edges.at(-1)!;
    pen.fillStyle = this.#token("surface");
    pen.fillRect(left, 0, scale.hours, height);
    pen.fillStyle = this.#token("line");
    pen.fillRect(left, 0, 1, height);
    pen.font = `${shortDays > 0 ? 650 : 400} 11px ${FAMILY}`;
    pen.fillStyle = this.#token(shortDays > 0 ? "conflict" : "text-2");
    pen.fillText(shortDays > 0 ? words.short(shortDays) : words.covered, left + 12, middle);
  }

  #paintOver(picture: TeamPicture, canvas: HTMLCanvasElement): void {
    const { scale } = picture;
    const pen = this.#fit(canvas, scale.width, scale.height);
    pen.clearRect(0, 0, scale.width, scale.height);
    const marks = this.#marks;
    if (marks === null) return;
    const bottom = Math.min(scale.height, teamExtent(scale).height) - scale.foot;
    pen.save();
    pen.beginPath();
    pen.rect(scale.names, scale.head, scale.width - scale.names - scale.hours, bottom - scale.head);
    pen.clip();
    const accent = this.#token("accent");
    if (marks.hover !== null) {
      pen.globalAlpha = 0.5;
      this.#outline(pen, this.#boxOf(scale, blockOfCell(marks.hover)), this.#token("text-3"), 1, []);
      pen.globalAlpha = 1;
    }
    if (marks.block !== null && !isOne(marks.block)) {
      const box = this.#boxOf(scale, marks.block);
      pen.globalAlpha = 0.1;
      pen.fillStyle = accent;
      pen.fillRect(box.x, box.y, box.width, box.height);
      pen.globalAlpha = 1;
      this.#outline(pen, box, accent, 1.5, []);
    }
    if (marks.copied !== null) this.#outline(pen, this.#boxOf(scale, marks.copied), accent, 1.5, [4, 3]);
    if (marks.fill !== null) this.#outline(pen, this.#boxOf(scale, marks.fill), accent, 1.5, [2, 2]);
    if (marks.cursor !== null)
      this.#outline(pen, this.#boxOf(scale, blockOfCell(marks.cursor)), accent, marks.hasFocus ? 2 : 1.25, []);
    if (marks.block !== null && picture.isDraft) {
      const box = this.#boxOf(scale, marks.block);
      pen.fillStyle = this.#token("surface");
      pen.fillRect(box.x + box.width - 5, box.y + box.height - 5, 8, 8);
      pen.fillStyle = accent;
      pen.fillRect(box.x + box.width - 4, box.y + box.height - 4, 6, 6);
    }
    if (marks.target !== null) this.#outline(pen, this.#boxOf(scale, blockOfCell(marks.target)), accent, 2, [3, 2]);
    if (marks.refused !== null) this.#refusal(pen, this.#boxOf(scale, blockOfCell(marks.refused)));
    pen.restore();
    if (marks.carried !== null) this.#hand(pen, marks.carried);
  }

  #boxOf(scale: TeamScale, block: TeamBlock): Box {
    const from = boxOfCell(scale, this.#scroll, block.fromLine, block.fromDay);
    const to = boxOfCell(scale, this.#scroll, block.toLine - 1, block.toDay - 1);
    const top = block.fromLine > 0 ? Math.max(from.y, scale.head + scale.openLine - 1) : from.y;
    return { x: from.x, y: top, width: to.x + to.width - from.x, height: to.y + to.height - top };
  }

  #outline(pen: CanvasRenderingContext2D, box: Box, colour: string, width: number, dash: readonly number[]): void {
    if (box.height <= 0) return;
    pen.strokeStyle = colour;
    pen.lineWidth = width;
    pen.setLineDash([...dash]);
    pen.beginPath();
    pen.roundRect(box.x + 0.5, box.y - 0.5, box.width, box.height, 5);
    pen.stroke();
    pen.setLineDash([]);
  }

  #refusal(pen: CanvasRenderingContext2D, box: Box): void {
    pen.fillStyle = this.#token("conflict-soft");
    round(pen, box.x, box.y - 0.5, box.width + 1, box.height + 1, 6);
    this.#outline(pen, { ...box, y: box.y + 0.5 }, this.#token("conflict"), 2, []);
    const [x, y] = [box.x + box.width / 2 + 0.5, box.y + box.height / 2];
    pen.strokeStyle = this.#token("conflict");
    pen.lineWidth = 1.8;
    pen.lineCap = "round";
    pen.beginPath();
    pen.moveTo(x - 3.5, y - 3.5);
    pen.lineTo(x + 3.5, y + 3.5);
    pen.moveTo(x + 3.5, y - 3.5);
    pen.lineTo(x - 3.5, y + 3.5);
    pen.stroke();
  }

  #hand(pen: CanvasRenderingContext2D, { label, x, y }: NonNullable<TeamMarks["carried"]>): void {
    pen.font = `600 11px ${FAMILY}`;
    const width = pen.measureText(label).width + 16;
    pen.save();
    pen.shadowColor = "rgb(0 0 0 / 0.3)";
    pen.shadowBlur = 14;
    pen.shadowOffsetY = 5;
    pen.fillStyle = this.#token("accent");
    round(pen, x, y, width, 23, 6);
    pen.restore();
    pen.fillStyle = this.#token("on-accent");
    pen.textAlign = "start";
    pen.fillText(label, x + 8, y + 12);
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
}

/** Whether what is drawn of a line lies at the same places. */
const isSameWide = (one: TeamScale, other: TeamScale): boolean =>
  one.names === other.names &&
  one.hours === other.hours &&
  one.line === other.line &&
  one.edges.length === other.edges.length &&
  one.edges.at(-1) === other.edges.at(-1);

type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

const SPRITE_MARGIN = 4;
/** Hours beyond the contract by so much are shown as full. */
const OVER_HOURS = 1.03;
/** Where the tick of the contract stands. */
const TICK = 0.8;
const LEVELS = {
  spare: { name: "open", height: 2 },
  "one-spare": { name: "steady", height: 3.5 },
  exact: { name: "full", height: 4.5 },
  short: { name: "over", height: 5.5 },
} as const;

const blockOfCell = ({ line, day }: { readonly line: number; readonly day: number }): TeamBlock => ({
  fromLine: line,
  toLine: line + 1,
  fromDay: day,
  toDay: day + 1,
});
const isOne = (block: TeamBlock) => block.toLine - block.fromLine === 1 && block.toDay - block.fromDay === 1;

function round(
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

function hatch(
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

/** A bar of one day where four weeks are shown has room for a short word, in smaller letters. */
const ONE_DAY_PX = 44;

const LETTERS = new Intl.Segmenter();

/** A text cut to a width with an ellipsis; by letters as people see them. */
function fitted(pen: CanvasRenderingContext2D, text: string, width: number): string {
  if (width <= 0) return "";
  if (pen.measureText(text).width <= width) return text;
  const letters = Array.from(LETTERS.segment(text), ({ segment }) => segment);
  while (letters.length > 1 && pen.measureText(`${letters.join("")}…`).width > width) letters.pop();
  return letters.length > 1 ? `${letters.join("").trimEnd()}…` : "";
}

const LABEL_PX = [10.5, 10, 9.5] as const;
const TWO_LINES_PX = 9;

/** A label in one line, in the largest letters in which it fits; else in two, parted where it is read apart. */
function labelIn(
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

function initialsOf(name: string): string {
  const parts = name.trim().split(/\s+/);
  return [parts[0], parts.length > 1 ? parts.at(-1) : ""]
    .map((part) => (part ?? "").slice(0, 1).toUpperCase())
    .join("");
}
