import { parse } from "csv-parse/sync";
import { stringify } from "csv-stringify/sync";
import type { Row, Wrong } from "./decide.ts";

const DELIMITERS = [",", ";", "\t"] as const;

/**
 * The records of a CSV file (RFC 4180), in UTF-8 or, where it is none, in Windows-1252; by whichever of comma, semicolon and tab its
 * first line has most. Empty lines are left out. Wrong: quotes that are not closed.
 */
export function rowsOf(bytes: Uint8Array): readonly Row[] | Wrong {
  const text = decoded(bytes);
  const first = text.match(/[^\r\n]+/)?.[0] ?? "";
  const delimiter = DELIMITERS.toSorted((one, other) => first.split(other).length - first.split(one).length)[0]!;
  const options = { delimiter, bom: true, skip_empty_lines: true, relax_column_count: true, info: true } as const;
  try {
    const records = parse(text, options) as unknown as {
      readonly info: { readonly lines: number };
      readonly record: string[];
    }[];
    return records.map(({ info, record }) => ({ line: info.lines - linesIn(record), cells: record.map(unescaped) }));
  } catch (error) {
    const line = (error as { readonly lines?: number }).lines ?? 1;
    return {
      line,
      column: "",
      why: "A quotation mark is not closed, or stands within a field that has none around it.",
    };
  }
}

/** Takes the apostrophe away by which a spreadsheet is told that something is no formula. */
const unescaped = (cell: string): string => cell.replace(/^'(?=[=+\-@\t\r\uff1d\uff0b\uff0d\uff20])/, "");

/** Line ends within a record's own fields: it is counted where it ends, and told where it begins. */
const linesIn = (record: readonly string[]): number =>
  record.reduce((sum, cell) => sum + (cell.match(/\r\n|\r|\n/g)?.length ?? 0), 0);

function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

/** A CSV file with a header. What a spreadsheet would take for a formula is told apart by an apostrophe. */
export const csvOf = (columns: readonly string[], rows: readonly (readonly string[])[]): string =>
  stringify([columns, ...rows] as string[][], { escape_formulas: true, record_delimiter: "\r\n", bom: true });
