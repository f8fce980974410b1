import { printHistory, simulateHistory, type History, type HistoryRow } from "@hourwright/learn";

// Pure: a history as the lines of its file.

/** The rows as lines, without the head. */
export function linesOf(history: History): string {
  const text = printHistory(history);
  return text.slice(text.indexOf("\n") + 1);
}

const EMPTY: Omit<History, "rows"> = { source: "", consent: "", isSimulated: false };

export const lineOf = (row: HistoryRow): string => linesOf({ ...EMPTY, rows: [row] });

/** The head of the history of an organisation that is called so. */
export const headOf = (name: string, consent: string): string =>
  printHistory({ source: `Calendars of ${name}, from its own log of changes`, consent, isSimulated: false, rows: [] });

/** The head of the history of nobody. */
export const madeUpHead = (): string => printHistory({ ...simulateHistory(1, 1).history, rows: [] });
