import { parse } from "csv-parse/sync";
import { stringify } from "csv-stringify/sync";
import type { Row, Wrong } from "./sheet.ts";
import { wrongLine } from "./wrong.ts";

const DELIMITERS = [",", ";", "\t"] as const;

/** More than all fields of a customer or of a contract hold, with some of others: who reads one longer holds up everybody. */
const RECORD_CHARACTERS_MAX = 65_536;

/**
 * The records of a CSV file (RFC 4180), in UTF-8, in UTF-16 with its mark or, where it is none of these, in Windows-1252; by whichever
 * of comma, semicolon and tab its first line has most. Empty lines are left out. Wrong: what is no text (it holds U+0000), quotes that are not closed, a record that
 * is too long. No more than `rowsMax` are read, the header among them.
 */
export function csvRowsOf(bytes: Uint8Array, rowsMax: number): readonly Row[] | Wrong {
  const text = decoded(bytes);
  if (text.includes("\0")) return wrongLine(1, "", "no-text", {});
  const long = lineTooLong(text);
  if (long !== null) return tooLong(long);
  const first = text.match(/[^\r\n]+/)?.[0] ?? "";
  const delimiter = DELIMITERS.toSorted((one, other) => first.split(other).length - first.split(one).length)[0]!;
  const options = {
    delimiter,
    bom: true,
    skip_empty_lines: true,
    relax_column_count: true,
    info: true,
    max_record_size: RECORD_CHARACTERS_MAX,
    to: rowsMax,
  } as const;
  try {
    const records = parse(text, options) as unknown as {
      readonly info: { readonly lines: number };
      readonly record: string[];
    }[];
    return records.map(({ info, record }) => ({ line: info.lines - linesIn(record), cells: record.map(unescaped) }));
  } catch (error) {
    const { lines = 1, code, records = 0 } = error as { lines?: number; code?: string; records?: number };
    if (code === "CSV_MAX_RECORD_SIZE") return tooLong(records + 1);
    return wrongLine(lines, "", "quotation", {});
  }
}

const tooLong = (line: number): Wrong => wrongLine(line, "", "record", { most: RECORD_CHARACTERS_MAX });

/** The first line that alone is longer than a record; null where none is. */
function lineTooLong(text: string): number | null {
  const lineEnd = text.includes("\n") ? "\n" : "\r";
  let begin = 0;
  for (let line = 1; ; line++) {
    const end = text.indexOf(lineEnd, begin);
    if ((end === -1 ? text.length : end) - begin > RECORD_CHARACTERS_MAX) return line;
    if (end === -1) return null;
    begin = end + 1;
  }
}

/** Takes the apostrophe away by which a spreadsheet is told that something is no formula. */
const unescaped = (cell: string): string => cell.replace(/^'(?=[=+\-@\t\r\uff1d\uff0b\uff0d\uff20])/, "");

/** Line ends within a record's own fields: it is counted where it ends, and told where it begins. */
const linesIn = (record: readonly string[]): number =>
  record.reduce((sum, cell) => sum + (cell.match(/\r\n|\r|\n/g)?.length ?? 0), 0);

function decoded(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

/** A CSV file with a header. What a spreadsheet would take for a formula is told apart by an apostrophe. */
export const csvOf = (columns: readonly string[], rows: readonly (readonly string[])[]): string =>
  stringify([columns, ...rows] as string[][], { escape_formulas: true, record_delimiter: "\r\n", bom: true });
