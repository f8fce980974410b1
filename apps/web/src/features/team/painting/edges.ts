import { teamExtent } from "@hourwright/timeline/team";
import { hueOfSite, type TeamModel } from "../model.ts";
import { FAMILY, fitted, hatch, type Ink, round } from "./ink.ts";
import type { TeamPicture } from "./picture.ts";

const LEVELS = {
  spare: { name: "open", height: 2 },
  "one-spare": { name: "steady", height: 3.5 },
  exact: { name: "full", height: 4.5 },
  short: { name: "over", height: 5.5 },
} as const;

/** The days above the lines. */
export function drawHead(pen: CanvasRenderingContext2D, ink: Ink, picture: TeamPicture): void {
  const { scale, model, words } = picture;
  const width = teamExtent(scale).width;
  pen.fillStyle = ink.token("surface");
  pen.fillRect(0, 0, width, scale.head);
  for (let day = 0; day < model.window.days; day++) drawDay(pen, ink, picture, day);
  pen.font = `600 11px ${FAMILY}`;
  pen.fillStyle = ink.token("text-2");
  pen.textAlign = "start";
  pen.fillText(fitted(pen, picture.people, scale.names - 16), 12, scale.head - 14);
  if (scale.hours > 0) {
    const left = scale.names + scale.edges.at(-1)!;
    pen.fillText(words.hours, left + 12, scale.head - 14);
    pen.fillStyle = ink.token("line");
    pen.fillRect(left, 0, 1, scale.head);
  }
  pen.fillStyle = ink.token("line-strong");
  pen.fillRect(0, scale.head - 1, width, 1);
}

function drawDay(pen: CanvasRenderingContext2D, ink: Ink, picture: TeamPicture, day: number): void {
  const { scale, words, weekends, weekStarts, model, today } = picture;
  const x = scale.names + scale.edges[day]!;
  const width = scale.edges[day + 1]! - scale.edges[day]!;
  const isWeekend = weekends[day] === true;
  if (isWeekend || model.holidays[day] !== null) {
    pen.fillStyle = ink.token("weekend");
    pen.fillRect(x, 0, width, scale.head);
  }
  pen.fillStyle = ink.token(weekStarts[day] === true ? "line-strong" : "line");
  pen.fillRect(x, 0, 1, scale.head);
  if (model.window.days === 1) {
    pen.font = `500 10.5px ${FAMILY}`;
    pen.textAlign = "center";
    pen.fillStyle = ink.token("text-2");
    for (let hour = 1; hour < 24; hour++) pen.fillText(words.hour(hour), x + (width * hour) / 24, scale.head - 14);
    return;
  }
  const middle = x + width / 2;
  const { weekday, number, note } = words.head(day);
  const isPast = day < today;
  pen.textAlign = "center";
  pen.font = `400 10.5px ${FAMILY}`;
  pen.fillStyle = ink.token(isWeekend ? "text-3" : "text-2");
  pen.fillText(weekday, middle, 11.5);
  if (day === today) {
    pen.fillStyle = ink.token("accent");
    round(pen, middle - 12, 17, 24, 16, 5);
  }
  pen.font = `${day === today ? 650 : isPast ? 450 : isWeekend ? 500 : 600} 12.5px ${FAMILY}`;
  pen.fillStyle = ink.token(day === today ? "on-accent" : isPast || isWeekend ? "text-2" : "text");
  pen.fillText(number, middle, 25.5);
  if (note !== "") {
    pen.font = `600 9px ${FAMILY}`;
    pen.fillStyle = ink.token("accent");
    pen.fillText(fitted(pen, note, width - 2), middle, 38);
  }
}

/** One line of coverage below the lines. */
export function drawFoot(
  pen: CanvasRenderingContext2D,
  ink: Ink,
  picture: TeamPicture,
  row: TeamModel["coverage"][number],
): void {
  const { scale, words, weekends, weekStarts, model, today } = picture;
  const height = scale.footLine;
  let shortDays = 0;
  for (let day = 0; day < model.window.days; day++) {
    const x = scale.names + scale.edges[day]!;
    const width = scale.edges[day + 1]! - scale.edges[day]!;
    if (weekends[day] === true || model.holidays[day] !== null) {
      pen.fillStyle = ink.token("weekend");
      pen.fillRect(x, 0, width, height);
    }
    pen.globalAlpha = weekStarts[day] === true ? 1 : 0.75;
    pen.fillStyle = ink.token(weekStarts[day] === true ? "line-strong" : "line");
    pen.fillRect(x, 0, 1, height);
    pen.globalAlpha = 1;
    const told = row.days[day];
    if (told === undefined || told.level === "none") continue;
    const isShort = told.level === "short";
    if (isShort) shortDays++;
    pen.font = `${isShort ? 650 : 400} 10.5px ${FAMILY}`;
    pen.textAlign = "center";
    pen.fillStyle = ink.token(isShort ? "conflict" : "text-2");
    pen.fillText(`${told.have}/${told.need}`, x + width / 2, 8.5);
    const level = LEVELS[told.level];
    pen.globalAlpha = day < today ? 0.62 : 1;
    pen.fillStyle = ink.token(`cap-${level.name}`);
    pen.fillRect(x + 1, height - level.height, width - 1, level.height);
    if (isShort) hatch(pen, x + 1, height - level.height, width - 1, level.height, ink.token("surface"));
    pen.fillStyle = ink.token(`cap-${level.name}-edge`);
    pen.fillRect(x + 1, height - level.height, width - 1, 1.2);
    pen.globalAlpha = 1;
  }
  const middle = height / 2 + 0.5;
  pen.textAlign = "start";
  pen.fillStyle = ink.of("bar-edge", hueOfSite(model, row.site));
  round(pen, 12, height / 2 - 3.5, 7, 7, 2.5);
  pen.font = `500 11.5px ${FAMILY}`;
  pen.fillStyle = ink.token("text-2");
  pen.fillText(fitted(pen, words.coverage(row.site, row.name, row.levelMin), scale.names - 36), 26, middle);
  if (scale.hours === 0) return;
  const left = scale.names + scale.edges.at(-1)!;
  pen.fillStyle = ink.token("surface");
  pen.fillRect(left, 0, scale.hours, height);
  pen.fillStyle = ink.token("line");
  pen.fillRect(left, 0, 1, height);
  pen.font = `${shortDays > 0 ? 650 : 400} 11px ${FAMILY}`;
  pen.fillStyle = ink.token(shortDays > 0 ? "conflict" : "text-2");
  pen.fillText(shortDays > 0 ? words.short(shortDays) : words.covered, left + 12, middle);
}
