import type { TeamBlock } from "./team-keys.ts";
import { printHours, readTyped, type WallShift } from "./team-shift.ts";

/** What was copied: a block of cells by line, each with its shifts. */
export type TeamClip = {
  readonly lines: number;
  readonly days: number;
  readonly cells: readonly (readonly WallShift[])[];
};
/** A cell that is to hold these shifts and nothing else. */
export type TeamWish = { readonly line: number; readonly day: number; readonly shifts: readonly WallShift[] };

/** Cells of one paste, fill or cut: more than that is refused before anything happens. */
export const TEAM_CELLS_MAX = 500;

type CellOf = (line: number, day: number) => readonly WallShift[];

export function clipOf(block: TeamBlock, cellOf: CellOf): TeamClip {
  const cells: (readonly WallShift[])[] = [];
  for (let line = block.fromLine; line < block.toLine; line++)
    for (let day = block.fromDay; day < block.toDay; day++) cells.push(cellOf(line, day));
  return { lines: block.toLine - block.fromLine, days: block.toDay - block.fromDay, cells };
}

/**
 * Where a clip lands [TM10]: once from the block's first cell, or as often as it fits exactly into the block. What would lie
 * beyond the grid is left out.
 */
export function pasted(
  clip: TeamClip,
  block: TeamBlock,
  grid: { readonly lines: number; readonly days: number },
): readonly TeamWish[] {
  const lines = block.toLine - block.fromLine;
  const days = block.toDay - block.fromDay;
  const isTiled = lines % clip.lines === 0 && days % clip.days === 0;
  return tiled(clip, {
    fromLine: block.fromLine,
    fromDay: block.fromDay,
    toLine: Math.min(grid.lines, block.fromLine + (isTiled ? lines : clip.lines)),
    toDay: Math.min(grid.days, block.fromDay + (isTiled ? days : clip.days)),
  });
}

/** Fill to the right [TM11]: the first day of the block repeats; of a block of one day the day before it. */
export function filledRight(block: TeamBlock, cellOf: CellOf): readonly TeamWish[] {
  const isOne = block.toDay - block.fromDay === 1;
  if (isOne && block.fromDay === 0) return [];
  const from = isOne ? block.fromDay - 1 : block.fromDay;
  const clip = clipOf({ ...block, fromDay: from, toDay: from + 1 }, cellOf);
  return tiled(clip, { ...block, fromDay: from + 1 });
}

/** Fill by the handle [TM11]: the block repeats, as a pattern, over the cells by which it was pulled open. */
export function filledTo(block: TeamBlock, to: TeamBlock, cellOf: CellOf): readonly TeamWish[] {
  const clip = clipOf(block, cellOf);
  const wishes: TeamWish[] = [];
  for (let line = to.fromLine; line < to.toLine; line++)
    for (let day = to.fromDay; day < to.toDay; day++) {
      const isIn = line >= block.fromLine && line < block.toLine && day >= block.fromDay && day < block.toDay;
      if (!isIn) wishes.push({ line, day, shifts: at(clip, line - block.fromLine, day - block.fromDay) });
    }
  return wishes;
}

/** The block pulled open to a cell: along the axis on which it is farther away. */
export function pulledTo(block: TeamBlock, line: number, day: number): TeamBlock {
  const down = line >= block.toLine ? line - block.toLine + 1 : Math.min(0, line - block.fromLine);
  const right = day >= block.toDay ? day - block.toDay + 1 : Math.min(0, day - block.fromDay);
  if (Math.abs(down) > Math.abs(right))
    return down > 0 ? { ...block, toLine: block.toLine + down } : { ...block, fromLine: block.fromLine + down };
  return right >= 0 ? { ...block, toDay: block.toDay + right } : { ...block, fromDay: block.fromDay + right };
}

function tiled(clip: TeamClip, over: TeamBlock): readonly TeamWish[] {
  const wishes: TeamWish[] = [];
  for (let line = over.fromLine; line < over.toLine; line++)
    for (let day = over.fromDay; day < over.toDay; day++)
      wishes.push({ line, day, shifts: at(clip, line - over.fromLine, day - over.fromDay) });
  return wishes;
}

const modulo = (value: number, by: number): number => ((value % by) + by) % by;

const at = (clip: TeamClip, line: number, day: number): readonly WallShift[] =>
  clip.cells[modulo(line, clip.lines) * clip.days + modulo(day, clip.days)]!;

/** A clip as other programs take it: cells apart by tabs, lines by line breaks, shifts of a cell by commas [TM12]. */
export function printClip({ lines, days, cells }: TeamClip): string {
  return Array.from({ length: lines }, (_, line) =>
    cells
      .slice(line * days, (line + 1) * days)
      .map((shifts) => shifts.map(printHours).join(", "))
      .join("\t"),
  ).join("\n");
}

/** Reads what another program copied; null where some cell is no time, or there is too much of it [TM12]. */
export function readClip(
  text: string,
  plain: (hours: { fromMinute: number; toMinute: number }) => WallShift,
): TeamClip | null {
  const rows = text
    .replace(/\r?\n$/, "")
    .split(/\r?\n/)
    .map((row) => row.split("\t"));
  const days = Math.max(...rows.map((row) => row.length));
  if (rows.length * days > TEAM_CELLS_MAX) return null;
  const cells: WallShift[][] = [];
  for (const row of rows)
    for (let day = 0; day < days; day++) {
      const shifts: WallShift[] = [];
      for (const part of (row[day] ?? "").split(",")) {
        const hours = readTyped(part);
        if (hours === undefined) return null;
        if (hours !== null) shifts.push(plain(hours));
      }
      cells.push(shifts);
    }
  return { lines: rows.length, days, cells };
}
