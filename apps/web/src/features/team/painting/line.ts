import { printHours, teamExtent, type TeamLayer, type TeamShift } from "@hourwright/timeline/team";
import { hueOfName } from "../../../ui/name-hue.ts";
import { hueOfSite, itemsOf, minutesOf, shownIn, type TeamLine } from "../model.ts";
import { FAMILY, fitted, type Ink, round, TAU } from "./ink.ts";
import type { TeamPicture } from "./picture.ts";
import { drawDot, drawShift, SPRITE_MARGIN, type Sprites } from "./shift.ts";

const DAY_MINUTES = 1_440;
/** Hours beyond the contract by so much are shown as full. */
const OVER_HOURS = 1.03;
/** Where the tick of the contract stands. */
const TICK = 0.8;
/** A bar of one day where four weeks are shown has room for a short word, in smaller letters. */
const ONE_DAY_PX = 44;

/** One line: who it is, their days, and their hours against those of the contract. */
export function drawLine(
  pen: CanvasRenderingContext2D,
  sprites: Sprites,
  picture: TeamPicture,
  line: TeamLine,
  height: number,
): void {
  const { ink } = sprites;
  const { scale, model, draft } = picture;
  const isOpen = line.personId === null;
  const width = teamExtent(scale).width;
  pen.fillStyle = ink.token(isOpen ? "accent-soft" : "surface");
  pen.fillRect(0, 0, width, height);
  for (let day = 0; day < model.window.days; day++) drawGround(pen, ink, picture, day, height, isOpen);
  if (!isOpen) {
    pen.globalAlpha = 0.7;
    pen.fillStyle = ink.token("line");
    pen.fillRect(0, height - 1, width, 1);
    pen.globalAlpha = 1;
  } else {
    pen.fillStyle = ink.token("line-strong");
    pen.fillRect(0, height - 1, width, 1);
  }
  if (line.isFirst) {
    pen.fillStyle = ink.token("line-strong");
    pen.fillRect(0, 0, width, 1);
  }
  drawName(pen, ink, picture, line, height);
  if (model.window.days === 1) drawHoursOfDay(pen, ink, picture, line, height);
  else {
    for (const bar of line.bars) drawBar(pen, ink, picture, bar, height);
    for (let day = 0; day < model.window.days; day++) {
      const { cell, shifts } = shownIn(model, draft, line, day);
      const shown = cell.pending.length > 0 ? cell.pending : shifts;
      if (shown.length > 0) drawCell(pen, sprites, picture, line, day, shown, height);
      else if (itemsOf(draft, line.personId, model.window.fromDay + day).length > 0)
        drawDropped(pen, ink, picture, day, height);
    }
  }
  if (scale.hours > 0) drawHours(pen, ink, picture, line, height);
}

function drawGround(
  pen: CanvasRenderingContext2D,
  ink: Ink,
  picture: TeamPicture,
  day: number,
  height: number,
  isOpen: boolean,
): void {
  const { scale, weekends, weekStarts, model } = picture;
  const x = scale.names + scale.edges[day]!;
  const width = scale.edges[day + 1]! - scale.edges[day]!;
  if (!isOpen && (weekends[day] === true || model.holidays[day] !== null)) {
    pen.fillStyle = ink.token("weekend");
    pen.fillRect(x, 0, width, height);
  }
  const isStrong = weekStarts[day] === true;
  pen.globalAlpha = isStrong ? 1 : 0.75;
  pen.fillStyle = ink.token(isStrong ? "line-strong" : "line");
  pen.fillRect(x, 0, 1, height);
  pen.globalAlpha = 1;
}

function drawName(pen: CanvasRenderingContext2D, ink: Ink, picture: TeamPicture, line: TeamLine, height: number): void {
  const { scale, words, model, draft } = picture;
  const middle = height / 2 + 0.5;
  if (line.personId === null) {
    let shifts = 0;
    for (let day = 0; day < model.window.days; day++) shifts += shownIn(model, draft, line, day).shifts.length;
    pen.fillStyle = ink.token("accent");
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
  pen.fillStyle = ink.of("solid", hue);
  pen.beginPath();
  pen.arc(x + size / 2, middle - 0.5, size / 2, 0, TAU);
  pen.fill();
  pen.fillStyle = ink.token("on-accent");
  pen.font = `600 8px ${FAMILY}`;
  pen.textAlign = "center";
  pen.fillText(initialsOf(line.name), x + size / 2, middle);
  let right = scale.names - 10;
  pen.textAlign = "end";
  if (line.isFirst && !isNarrow && line.site !== "") {
    pen.font = `600 11px ${FAMILY}`;
    pen.fillStyle = ink.token("text");
    const site = fitted(pen, line.site, 64);
    pen.fillText(site, right, middle);
    right -= pen.measureText(site).width + 6;
  }
  if (line.partPermille < 1_000 && !isNarrow && !line.isFirst) {
    pen.font = `450 11px ${FAMILY}`;
    pen.fillStyle = ink.token("text-2");
    const part = words.part(line.partPermille);
    pen.fillText(part, right, middle);
    right -= pen.measureText(part).width + 6;
  }
  pen.textAlign = "start";
  pen.font = `500 12.5px ${FAMILY}`;
  pen.fillStyle = ink.token("text");
  pen.fillText(fitted(pen, line.name, right - x - size - 8), x + size + 8, middle);
}

function drawHours(
  pen: CanvasRenderingContext2D,
  ink: Ink,
  picture: TeamPicture,
  line: TeamLine,
  height: number,
): void {
  const { scale, words, model, draft } = picture;
  const left = scale.names + scale.edges.at(-1)!;
  if (line.personId !== null) {
    pen.fillStyle = ink.token("surface");
    pen.fillRect(left, line.isFirst ? 1 : 0, scale.hours, height - (line.isFirst ? 2 : 1));
  }
  pen.fillStyle = ink.token("line");
  pen.fillRect(left, 0, 1, height);
  const x = left + 12;
  pen.textAlign = "start";
  if (line.personId === null) {
    let minutes = 0;
    for (let day = 0; day < model.window.days; day++)
      for (const shift of shownIn(model, draft, line, day).shifts) minutes += shift.toMinute - shift.fromMinute;
    pen.font = `600 11px ${FAMILY}`;
    pen.fillStyle = ink.token("accent");
    if (minutes > 0) pen.fillText(words.openHours(minutes), x, height / 2 + 0.5);
    return;
  }
  const minutes = minutesOf(model, draft, line);
  const asked = line.askedMinutes;
  const text = words.hoursOf(minutes);
  pen.font = `600 11px ${FAMILY}`;
  pen.fillStyle = ink.token("text");
  pen.fillText(text, x, height / 2 - 2.5);
  if (asked === null || asked === 0) return;
  const before = pen.measureText(text).width;
  pen.font = `450 11px ${FAMILY}`;
  pen.fillStyle = ink.token("text-2");
  pen.fillText(` / ${words.hoursOf(asked)}`, x + before, height / 2 - 2.5);
  const room = scale.hours - 24;
  const y = height - 7;
  const part = minutes / asked;
  pen.fillStyle = ink.token("line");
  round(pen, x, y, room, 3, 1.5);
  pen.fillStyle = ink.token(part > OVER_HOURS ? "cap-full" : "cap-steady");
  if (part > 0) round(pen, x, y, Math.min(1, part * TICK) * room, 3, 1.5);
  pen.fillStyle = ink.token("text-3");
  pen.fillRect(x + room * TICK, y - 2, 1, 7);
}

function drawBar(
  pen: CanvasRenderingContext2D,
  ink: Ink,
  { scale, words }: TeamPicture,
  bar: TeamLine["bars"][number],
  height: number,
): void {
  const x = scale.names + scale.edges[bar.fromDay]! + 2;
  const width = scale.names + scale.edges[bar.toDay]! - x - 1;
  const tall = 22;
  const y = (height - tall) / 2;
  if (bar.isPending) {
    pen.fillStyle = ink.token("surface");
    round(pen, x, y, width, tall, 5);
    pen.strokeStyle = ink.token("leave-edge");
    pen.lineWidth = 1.3;
    pen.setLineDash([4, 3]);
    pen.beginPath();
    pen.roundRect(x + 0.65, y + 0.65, width - 1.3, tall - 1.3, 5);
    pen.stroke();
    pen.setLineDash([]);
    drawDot(pen, ink, x + width - 2, y + 1);
  } else {
    pen.fillStyle = ink.token("leave");
    round(pen, x, y, width, tall, 5);
  }
  const [size, pad] = width < ONE_DAY_PX ? [10, 3] : [11, 8];
  pen.font = `500 ${size}px ${FAMILY}`;
  pen.textAlign = "start";
  pen.fillStyle = ink.token("leave-text");
  pen.fillText(fitted(pen, words.absence(bar.what), width - 2 * pad), x + pad, height / 2 + 0.5);
}

function drawCell(
  pen: CanvasRenderingContext2D,
  sprites: Sprites,
  picture: TeamPicture,
  line: TeamLine,
  day: number,
  shifts: readonly TeamShift[],
  height: number,
): void {
  const { ink } = sprites;
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
  const sprite = sprites.of(layer, hue, label, width, tall, shift.isChanged);
  pen.drawImage(sprite, x, y - SPRITE_MARGIN, sprite.width / ink.ratio, sprite.height / ink.ratio);
  pen.globalAlpha = 1;
  if (shifts.every(({ sourceId }) => sourceId === null || !picture.objections.has(sourceId))) return;
  pen.fillStyle = ink.token("conflict");
  pen.beginPath();
  pen.moveTo(x + width - 4, y - 1);
  pen.lineTo(x + width + 0.5, y + 6);
  pen.lineTo(x + width - 8.5, y + 6);
  pen.fill();
}

function drawDropped(
  pen: CanvasRenderingContext2D,
  ink: Ink,
  { scale }: TeamPicture,
  day: number,
  height: number,
): void {
  const x = scale.names + scale.edges[day]! + 2;
  const width = scale.edges[day + 1]! - scale.edges[day]! - 3;
  pen.strokeStyle = ink.token("text-3");
  pen.lineWidth = 1.2;
  pen.beginPath();
  pen.moveTo(x + width / 2 - 7, height / 2 + 0.5);
  pen.lineTo(x + width / 2 + 7, height / 2 + 0.5);
  pen.stroke();
}

/** One day by its hours: shifts are bars from their begin to their end, breaks are gaps in them. */
function drawHoursOfDay(
  pen: CanvasRenderingContext2D,
  ink: Ink,
  picture: TeamPicture,
  line: TeamLine,
  height: number,
): void {
  const { scale, model, draft, words } = picture;
  const room = scale.edges.at(-1)!;
  const at = (minute: number) => scale.names + (Math.min(DAY_MINUTES, Math.max(0, minute)) / DAY_MINUTES) * room;
  pen.globalAlpha = 0.75;
  pen.fillStyle = ink.token("line");
  for (let hour = 1; hour < 24; hour++) pen.fillRect(Math.round(at(hour * 60)), 0, 1, height);
  pen.globalAlpha = 1;
  const { cell, shifts } = shownIn(model, draft, line, 0);
  const tall = 22;
  const y = Math.round((height - tall) / 2);
  if (shifts.length === 0 && cell.absence !== null) {
    pen.fillStyle = ink.token("leave");
    round(pen, at(0) + 2, y, room - 3, tall, 5);
    pen.font = `500 11px ${FAMILY}`;
    pen.textAlign = "start";
    pen.fillStyle = ink.token("leave-text");
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
    drawShift(pen, ink, layer, hue, label, width, tall);
    pen.fillStyle = ink.token("surface");
    for (const each of shift.breaks) {
      pen.globalAlpha = 0.75;
      pen.fillRect(at(each.fromMinute) - x, tall - 5, at(each.toMinute) - at(each.fromMinute), 5);
    }
    pen.restore();
  }
}

function initialsOf(name: string): string {
  const parts = name.trim().split(/\s+/);
  return [parts[0], parts.length > 1 ? parts.at(-1) : ""]
    .map((part) => (part ?? "").slice(0, 1).toUpperCase())
    .join("");
}
