/** A cell by its line (0 is the first shown) and its day (0 is the first shown). */
export type TeamCursor = { readonly line: number; readonly day: number };
/** What is selected: from where it was begun to where the keyboard stands. */
export type TeamSelection = { readonly anchor: TeamCursor; readonly head: TeamCursor };
/** Lines and days of a selection; ends are exclusive. */
export type TeamBlock = {
  readonly fromLine: number;
  readonly toLine: number;
  readonly fromDay: number;
  readonly toDay: number;
};
export type TeamGrid = {
  readonly lines: number;
  readonly days: number;
  /** Lines of a page. */
  readonly page: number;
};

const KEYS = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End", "PageUp", "PageDown"] as const;
export type TeamKey = (typeof KEYS)[number];

const WEEK_DAYS = 7;

export const isTeamKey = (key: string): key is TeamKey => (KEYS as readonly string[]).includes(key);

/**
 * Where a key leads [TM8]: by a cell, with ⌘ or Ctrl by a week and to the first and last line; Home and End to the first and
 * last day, with ⌘ or Ctrl to the first and last cell of all; pages by what fits. Never out of the grid.
 */
export function teamCursorAfter(grid: TeamGrid, { line, day }: TeamCursor, key: TeamKey, isFar: boolean): TeamCursor {
  const [lastLine, lastDay] = [Math.max(0, grid.lines - 1), Math.max(0, grid.days - 1)];
  const to = (nextLine: number, nextDay: number): TeamCursor => ({
    line: Math.min(lastLine, Math.max(0, nextLine)),
    day: Math.min(lastDay, Math.max(0, nextDay)),
  });
  const step = isFar ? WEEK_DAYS : 1;
  switch (key) {
    case "ArrowLeft":
      return to(line, day - step);
    case "ArrowRight":
      return to(line, day + step);
    case "ArrowUp":
      return to(isFar ? 0 : line - 1, day);
    case "ArrowDown":
      return to(isFar ? lastLine : line + 1, day);
    case "Home":
      return to(isFar ? 0 : line, 0);
    case "End":
      return to(isFar ? lastLine : line, lastDay);
    case "PageUp":
      return to(line - grid.page, day);
    case "PageDown":
      return to(line + grid.page, day);
  }
}

export const blockOf = ({ anchor, head }: TeamSelection): TeamBlock => ({
  fromLine: Math.min(anchor.line, head.line),
  toLine: Math.max(anchor.line, head.line) + 1,
  fromDay: Math.min(anchor.day, head.day),
  toDay: Math.max(anchor.day, head.day) + 1,
});

export const blockHas = (block: TeamBlock, line: number, day: number): boolean =>
  line >= block.fromLine && line < block.toLine && day >= block.fromDay && day < block.toDay;

/** The selection grown to the whole weeks that it touches; those shown whole already grow to all days [TM9]. */
export function wholeWeeks(grid: TeamGrid, selection: TeamSelection, firstOfWeek: number): TeamSelection {
  const block = blockOf(selection);
  const offset = ((firstOfWeek % WEEK_DAYS) + WEEK_DAYS) % WEEK_DAYS;
  const start = Math.floor((block.fromDay - offset) / WEEK_DAYS) * WEEK_DAYS + offset;
  const end = Math.ceil((block.toDay - offset) / WEEK_DAYS) * WEEK_DAYS + offset;
  const from = Math.max(0, start);
  const to = Math.min(grid.days, end);
  const isWhole = from === block.fromDay && to === block.toDay;
  return {
    anchor: { line: block.fromLine, day: isWhole ? 0 : from },
    head: { line: block.toLine - 1, day: (isWhole ? grid.days : to) - 1 },
  };
}
