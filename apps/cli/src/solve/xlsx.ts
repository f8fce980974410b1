import { inflateRawSync } from "node:zlib";
import { Refusal } from "./planned.ts";

// As much of a spreadsheet (ECMA-376, in a ZIP of APPNOTE 6.3) as tables of words and numbers need: no formulas, no styles.

/** Rows of cells by the sheet's name; an empty cell is "". */
export type Sheets = ReadonlyMap<string, readonly (readonly string[])[]>;

const FILE_BYTES_MAX = 50_000_000;
const FILES_MAX = 1_000;
const ROWS_MAX = 100_000;
const CELLS_MAX = 2_000_000;
const COLUMNS_MAX = 2_000;

/** Reads the sheets that are asked for. */
export function readSheets(file: Uint8Array, names: readonly string[]): Sheets {
  const files = unzip(file);
  const text = (path: string): string => {
    const bytes = files.get(path);
    if (bytes === undefined) throw new Refusal(`there is no ${path} in it: no spreadsheet.`);
    return new TextDecoder().decode(bytes());
  };
  const words = files.has("xl/sharedStrings.xml") ? sharedWords(text("xl/sharedStrings.xml")) : [];
  const targets = new Map(
    elementsOf(text("xl/_rels/workbook.xml.rels"), "Relationship", FILES_MAX).map(({ head }) => [
      attribute(head, "Id"),
      attribute(head, "Target"),
    ]),
  );
  const sheets = new Map<string, readonly (readonly string[])[]>();
  for (const { head } of elementsOf(text("xl/workbook.xml"), "sheet", FILES_MAX)) {
    const name = plain(attribute(head, "name"));
    if (!names.includes(name)) continue;
    const target = targets.get(attribute(head, "r:id")) ?? "";
    sheets.set(name, rowsOf(text(target.startsWith("/") ? target.slice(1) : `xl/${target}`), words));
  }
  const missing = names.find((name) => !sheets.has(name));
  if (missing !== undefined) throw new Refusal(`there is no sheet "${missing}".`);
  return sheets;
}

function rowsOf(xml: string, words: readonly string[]): string[][] {
  let cells = 0;
  return elementsOf(xml, "row", ROWS_MAX).map(({ body: row }) => {
    const values: string[] = [];
    for (const { head, body } of elementsOf(row, "c", COLUMNS_MAX)) {
      const column = columnOf(attribute(head, "r"));
      if (++cells > CELLS_MAX || column >= COLUMNS_MAX) throw new Refusal(`a sheet has at most ${CELLS_MAX} cells.`);
      while (values.length < column) values.push("");
      const [value = ""] = ["v", "t"].flatMap((name) => elementsOf(body, name, CELLS_MAX).map((each) => each.body));
      values[column] = attribute(head, "t") === "s" ? (words[Number(value)] ?? "") : plain(value);
    }
    return values;
  });
}

/** The column of "AB12", from 0. */
function columnOf(reference: string): number {
  let column = 0;
  for (let i = 0; i < 3 && /[A-Z]/.test(reference.charAt(i)); i++) column = column * 26 + reference.charCodeAt(i) - 64;
  return Math.max(0, column - 1);
}

const sharedWords = (xml: string): string[] =>
  elementsOf(xml, "si", CELLS_MAX).map(({ body }) =>
    elementsOf(body, "t", CELLS_MAX)
      .map((each) => plain(each.body))
      .join(""),
  );

/** The elements of one name, none of them within another. O(length), whatever is left open. */
function elementsOf(xml: string, name: string, max: number): { readonly head: string; readonly body: string }[] {
  const elements: { head: string; body: string }[] = [];
  const opens = new RegExp(`<${name}(?=[\\s/>])`, "g");
  for (let open = opens.exec(xml); open !== null; open = opens.exec(xml)) {
    const headEnd = xml.indexOf(">", opens.lastIndex);
    const isEmpty = xml[headEnd - 1] === "/";
    const bodyEnd = isEmpty ? headEnd : xml.indexOf(`</${name}>`, headEnd);
    if (headEnd === -1 || bodyEnd === -1) throw new Refusal(`a <${name}> in it is never closed: no spreadsheet.`);
    if (elements.length === max) throw new Refusal(`more than ${max} <${name}> in it are too many.`);
    const head = xml.slice(opens.lastIndex, isEmpty ? headEnd - 1 : headEnd);
    elements.push({ head, body: isEmpty ? "" : xml.slice(headEnd + 1, bodyEnd) });
    opens.lastIndex = bodyEnd;
  }
  return elements;
}

const attribute = (tag: string, name: string): string => new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(tag)?.[1] ?? "";

const plain = (xml: string): string =>
  xml
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&apos;", "'")
    .replaceAll("&amp;", "&");

/** The files of a ZIP by path, each unpacked when it is asked for; stored and deflated ones. */
function unzip(bytes: Uint8Array): Map<string, () => Uint8Array> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = endOfDirectory(view);
  const files = new Map<string, () => Uint8Array>();
  let at = view.getUint32(end + 16, true);
  for (let left = view.getUint16(end + 10, true); left > 0; left--) {
    if (files.size >= FILES_MAX || at + 46 > bytes.length || view.getUint32(at, true) !== 0x02014b50) {
      throw new Refusal("its list of files is broken: no spreadsheet.");
    }
    const [method, size, local] = [
      view.getUint16(at + 10, true),
      view.getUint32(at + 20, true),
      view.getUint32(at + 42, true),
    ];
    const nameLength = view.getUint16(at + 28, true);
    const path = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength));
    files.set(path, () => {
      if (local + 30 > bytes.length) throw new Refusal(`${path} is not in it: no spreadsheet.`);
      const from = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
      const packed = bytes.subarray(from, from + size);
      return method === 0 ? packed : inflated(path, packed);
    });
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return files;
}

function inflated(path: string, packed: Uint8Array): Uint8Array {
  try {
    return inflateRawSync(packed, { maxOutputLength: FILE_BYTES_MAX });
  } catch {
    throw new Refusal(`${path} is damaged, or more than ${FILE_BYTES_MAX} bytes: no spreadsheet.`);
  }
}

/** The record at the end of every ZIP, before a comment of at most 65,535 bytes. */
function endOfDirectory(view: DataView): number {
  const first = Math.max(0, view.byteLength - 22 - 65_535);
  for (let at = view.byteLength - 22; at >= first; at--) if (view.getUint32(at, true) === 0x06054b50) return at;
  throw new Refusal("it is no ZIP: no spreadsheet.");
}
