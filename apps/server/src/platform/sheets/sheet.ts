import { csvRowsOf } from "./csv.ts";
import { isXlsx, xlsxRowsOf } from "./xlsx.ts";

/** A record of a file, with the line (of a spreadsheet: the row) on which it begins, from 1. */
export type Row = { readonly line: number; readonly cells: readonly string[] };

/** What is wrong with a line: `why` in English, and by its reason and facts in any language where these are known. */
export type Wrong = {
  readonly line: number;
  readonly column: string;
  readonly why: string;
  /** What it was refused for; left out: `files/line`. */
  readonly code?: string | undefined;
  readonly reason?: string | undefined;
  readonly facts?: Readonly<Record<string, unknown>> | undefined;
};

/** The records of a CSV file or of the first sheet of a spreadsheet (XLSX), whichever the bytes are. At most `rowsMax`, the header among them. */
export async function rowsOf(bytes: Uint8Array, rowsMax: number): Promise<readonly Row[] | Wrong> {
  return isXlsx(bytes) ? xlsxRowsOf(bytes, rowsMax) : csvRowsOf(bytes, rowsMax);
}
