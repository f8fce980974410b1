import { unzipSync, zipSync } from "fflate";
import { readSheet } from "read-excel-file/node";
import writeSheet from "write-excel-file/node";
import type { Row, Wrong } from "./sheet.ts";
import { wrongLine } from "./wrong.ts";

/** What a spreadsheet may be when it is unpacked: a file of some kilobytes can say that it is gigabytes. */
const UNPACKED_BYTES_MAX = 64 * 2 ** 20;
const PARTS_MAX = 1_000;
/** Cells of the rectangle that reaches to the last: one cell far away makes all before it, however few there are. */
const CELLS_MAX = 2_000_000;

/** A spreadsheet is a ZIP archive, and no text begins like one. */
export const isXlsx = (bytes: Uint8Array): boolean =>
  bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 0x03 && bytes[3] === 0x04;

/**
 * The rows of the first sheet of a spreadsheet (ECMA-376), empty ones left out. Days come as `2027-03-01`, times of the day as `07:30`,
 * numbers as they are written in JSON. Wrong: what is no spreadsheet, or too much of one.
 */
export async function xlsxRowsOf(bytes: Uint8Array, rowsMax: number): Promise<readonly Row[] | Wrong> {
  const unpacked = withinBounds(bytes);
  if (unpacked === null) return wrongLine(1, "", "no-sheet", { megabytes: UNPACKED_BYTES_MAX / 2 ** 20 });
  if (unpacked === "far") return wrongLine(1, "", "far", {});
  try {
    const rows = await readSheet(Buffer.from(unpacked));
    return rows
      .slice(0, rowsMax)
      .map((cells, i): Row => ({ line: i + 1, cells: cells.map(textOf) }))
      .filter(({ cells }) => cells.some((cell) => cell !== ""));
  } catch {
    return wrongLine(1, "", "archive", {});
  }
}

/** The same archive, unpacked: nothing behind can meet more than was counted. Null where it is broken or too large; far: a cell is. */
function withinBounds(bytes: Uint8Array): Uint8Array | "far" | null {
  let [left, parts] = [UNPACKED_BYTES_MAX, 0];
  try {
    const files = unzipSync(bytes, {
      filter: ({ originalSize }) => {
        left -= originalSize;
        if (left < 0 || ++parts > PARTS_MAX) throw new Error("too large");
        return true;
      },
    });
    return Object.values(files).every(isNear) ? zipSync(files, { level: 0 }) : "far";
  } catch {
    return null;
  }
}

/** Whether the cells of a part, if it is a sheet, lie within a rectangle of bounded size, by what rows and cells say of their place. */
function isNear(part: Uint8Array): boolean {
  const text = Buffer.from(part).toString("latin1");
  if (!text.includes("sheetData")) return true;
  let [rows, columns] = [1, 1];
  for (const [, place] of text.matchAll(/\sr\s*=\s*["']([^"']*)["']/g)) {
    const match = /^([A-Z]{0,3})(\d{1,7})$/i.exec(place!);
    if (match === null) return false;
    rows = Math.max(rows, Number(match[2]));
    columns = Math.max(columns, columnOf(match[1]!));
    if (rows * columns > CELLS_MAX) return false;
  }
  return true;
}

/** A column by its letters: A is 1, Z 26, AA 27. */
const columnOf = (letters: string): number =>
  Array.from(letters.toUpperCase()).reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);

/** What a spreadsheet calls a date counts from here: what lies on the first day is a time without one. */
const FIRST_DAY = "1899-12-31";

function textOf(cell: unknown): string {
  if (typeof cell === "string") return cell.trim();
  if (typeof cell === "number" || typeof cell === "boolean") return `${cell}`;
  if (cell === null || cell === undefined) return "";
  const at = Temporal.Instant.fromEpochMilliseconds(Math.round(Number(cell) / 60_000) * 60_000).toString();
  const [day, time] = [at.slice(0, 10), at.slice(11, 16)];
  if (day <= FIRST_DAY) return time;
  return time === "00:00" ? day : `${day}T${time}`;
}

/** A spreadsheet of one sheet with a header. Texts stay texts: none is run as a formula. */
export function xlsxOf(
  columns: readonly string[],
  rows: readonly (readonly (string | number | null)[])[],
): Promise<Uint8Array> {
  const header = columns.map((value) => ({ value, fontWeight: "bold" as const }));
  return writeSheet([header, ...rows.map((row) => [...row])], { stickyRowsCount: 1 }).toBuffer();
}
