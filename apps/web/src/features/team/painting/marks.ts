import { boxOfCell, teamExtent, type TeamBlock, type TeamScale, type TeamScroll } from "@hourwright/timeline/team";
import { FAMILY, type Ink, round } from "./ink.ts";
import type { TeamMarks, TeamPicture } from "./picture.ts";

type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

/** What lies over the cells: the block that is selected, the cursor, what is in hand. */
export function drawMarks(
  pen: CanvasRenderingContext2D,
  ink: Ink,
  { picture, marks, scroll }: { readonly picture: TeamPicture; readonly marks: TeamMarks; readonly scroll: TeamScroll },
): void {
  const { scale } = picture;
  const boxOf = (block: TeamBlock) => boxOfBlock(scale, scroll, block);
  const bottom = Math.min(scale.height, teamExtent(scale).height) - scale.foot;
  pen.save();
  pen.beginPath();
  pen.rect(scale.names, scale.head, scale.width - scale.names - scale.hours, bottom - scale.head);
  pen.clip();
  const accent = ink.token("accent");
  if (marks.hover !== null) {
    pen.globalAlpha = 0.5;
    outline(pen, boxOf(blockOfCell(marks.hover)), ink.token("text-3"), 1, []);
    pen.globalAlpha = 1;
  }
  if (marks.block !== null && !isOne(marks.block)) {
    const box = boxOf(marks.block);
    pen.globalAlpha = 0.1;
    pen.fillStyle = accent;
    pen.fillRect(box.x, box.y, box.width, box.height);
    pen.globalAlpha = 1;
    outline(pen, box, accent, 1.5, []);
  }
  if (marks.copied !== null) outline(pen, boxOf(marks.copied), accent, 1.5, [4, 3]);
  if (marks.fill !== null) outline(pen, boxOf(marks.fill), accent, 1.5, [2, 2]);
  if (marks.cursor !== null) outline(pen, boxOf(blockOfCell(marks.cursor)), accent, marks.hasFocus ? 2 : 1.25, []);
  if (marks.block !== null && picture.isDraft) {
    const box = boxOf(marks.block);
    pen.fillStyle = ink.token("surface");
    pen.fillRect(box.x + box.width - 5, box.y + box.height - 5, 8, 8);
    pen.fillStyle = accent;
    pen.fillRect(box.x + box.width - 4, box.y + box.height - 4, 6, 6);
  }
  if (marks.target !== null) outline(pen, boxOf(blockOfCell(marks.target)), accent, 2, [3, 2]);
  if (marks.refused !== null) refusal(pen, ink, boxOf(blockOfCell(marks.refused)));
  pen.restore();
  if (marks.carried !== null) hand(pen, ink, marks.carried);
}

const blockOfCell = ({ line, day }: { readonly line: number; readonly day: number }): TeamBlock => ({
  fromLine: line,
  toLine: line + 1,
  fromDay: day,
  toDay: day + 1,
});
const isOne = (block: TeamBlock) => block.toLine - block.fromLine === 1 && block.toDay - block.fromDay === 1;

function boxOfBlock(scale: TeamScale, scroll: TeamScroll, block: TeamBlock): Box {
  const from = boxOfCell(scale, scroll, block.fromLine, block.fromDay);
  const to = boxOfCell(scale, scroll, block.toLine - 1, block.toDay - 1);
  const top = block.fromLine > 0 ? Math.max(from.y, scale.head + scale.openLine - 1) : from.y;
  return { x: from.x, y: top, width: to.x + to.width - from.x, height: to.y + to.height - top };
}

function outline(
  pen: CanvasRenderingContext2D,
  box: Box,
  colour: string,
  width: number,
  dash: readonly number[],
): void {
  if (box.height <= 0) return;
  pen.strokeStyle = colour;
  pen.lineWidth = width;
  pen.setLineDash([...dash]);
  pen.beginPath();
  pen.roundRect(box.x + 0.5, box.y - 0.5, box.width, box.height, 5);
  pen.stroke();
  pen.setLineDash([]);
}

function refusal(pen: CanvasRenderingContext2D, ink: Ink, box: Box): void {
  pen.fillStyle = ink.token("conflict-soft");
  round(pen, box.x, box.y - 0.5, box.width + 1, box.height + 1, 6);
  outline(pen, { ...box, y: box.y + 0.5 }, ink.token("conflict"), 2, []);
  const [x, y] = [box.x + box.width / 2 + 0.5, box.y + box.height / 2];
  pen.strokeStyle = ink.token("conflict");
  pen.lineWidth = 1.8;
  pen.lineCap = "round";
  pen.beginPath();
  pen.moveTo(x - 3.5, y - 3.5);
  pen.lineTo(x + 3.5, y + 3.5);
  pen.moveTo(x + 3.5, y - 3.5);
  pen.lineTo(x - 3.5, y + 3.5);
  pen.stroke();
}

function hand(pen: CanvasRenderingContext2D, ink: Ink, { label, x, y }: NonNullable<TeamMarks["carried"]>): void {
  pen.font = `600 11px ${FAMILY}`;
  const width = pen.measureText(label).width + 16;
  pen.save();
  pen.shadowColor = "rgb(0 0 0 / 0.3)";
  pen.shadowBlur = 14;
  pen.shadowOffsetY = 5;
  pen.fillStyle = ink.token("accent");
  round(pen, x, y, width, 23, 6);
  pen.restore();
  pen.fillStyle = ink.token("on-accent");
  pen.textAlign = "start";
  pen.fillText(label, x + 8, y + 12);
}
