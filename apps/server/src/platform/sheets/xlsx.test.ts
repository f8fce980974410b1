// Strategy: what is written is read again, cell by cell; then archives that mean harm, and what is no spreadsheet.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { unzipSync, zipSync } from "fflate";
import writeSheet from "write-excel-file/node";
import { rowsOf } from "./sheet.ts";
import { isXlsx, xlsxOf } from "./xlsx.ts";

const ROWS_MAX = 100;
const cellsOf = async (bytes: Uint8Array) => {
  const rows = await rowsOf(bytes, ROWS_MAX);
  return "why" in rows ? rows.why : rows.map(({ cells }) => cells);
};
/** A day as a spreadsheet counts it: days since the last but one of 1899. */
const dated = (value: number, format: string) => ({ value, format });

describe("a spreadsheet", () => {
  test("is read as it was written: texts, numbers, and what looks like a formula", async () => {
    const bytes = await xlsxOf(
      ["name", "hours"],
      [
        ["=1+2", 7.5],
        ["Jürgen “Groß”\n<b>", 0],
        [null, -3],
      ],
    );
    assert.ok(isXlsx(bytes));
    assert.deepEqual(await cellsOf(bytes), [
      ["name", "hours"],
      ["=1+2", "7.5"],
      ["Jürgen “Groß”\n<b>", "0"],
      ["", "-3"],
    ]);
  });

  test("has days and times of the day as people write them down", async () => {
    const cells = [dated(46_447, "yyyy-mm-dd"), dated(0.3125, "hh:mm"), dated(46_447.25, "dd.mm.yyyy hh:mm")];
    const bytes = await writeSheet([cells]).toBuffer();
    assert.deepEqual(await cellsOf(bytes), [["2027-03-01", "07:30", "2027-03-01T06:00"]]);
  });

  test("gives every text again", async () => {
    const text = fc.string({ unit: fc.constantFrom(...Array.from("aé€𝄞<&\"'=+-,; \n")) }).map((each) => each.trim());
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(text, text), { minLength: 1, maxLength: 20 }), async (rows) => {
        const read = await cellsOf(await xlsxOf(["one", "other"], rows));
        const full = rows.filter((row) => row.some((cell) => cell !== ""));
        assert.deepEqual(
          (read as string[][]).slice(1).map(([one = "", other = ""]) => [one, other]),
          full,
        );
      }),
      { numRuns: 30 },
    );
  });

  test("is read no further than it may have rows", async () => {
    const bytes = await xlsxOf(
      ["n"],
      Array.from({ length: 1_000 }, (_, i) => [i]),
    );
    assert.equal((await cellsOf(bytes)).length, ROWS_MAX);
  });

  test("one cell of which lies far away is refused before all cells between are made", async () => {
    const parts = unzipSync(await xlsxOf(["n"], [[1]]));
    const sheet = Object.keys(parts).find((name) => name.startsWith("xl/worksheets/"))!;
    const written = Buffer.from(parts[sheet]!).toString();
    assert.ok(written.includes('r="A2"'), written);
    const moved = (to: string) => zipSync({ ...parts, [sheet]: Buffer.from(written.replace('r="A2"', to)) });
    for (const far of [
      'r="XFD1048576"',
      "r='XFD1048576'",
      'r = "ZZZ999"',
      'r="&#88;FD1048576"',
      'r="AAAAAAA9"',
      'r="A99999999"',
    ])
      assert.match(String(await cellsOf(moved(far))), /far away/, far);
    assert.deepEqual(await cellsOf(moved('r="C2"')), [
      ["n", "", ""],
      ["", "", "1"],
    ]);
  });

  test("that would be too large when it is unpacked is refused, and so is what is none", async () => {
    const bomb = zipSync({ "xl/worksheets/sheet1.xml": new Uint8Array(80 * 2 ** 20) });
    assert.ok(bomb.length < 2 ** 20);
    assert.match(String(await cellsOf(bomb)), /more than 64 MB/);
    const many = zipSync(Object.fromEntries(Array.from({ length: 1_001 }, (_, i) => [`${i}`, new Uint8Array(1)])));
    assert.match(String(await cellsOf(many)), /no spreadsheet/);
    assert.match(String(await cellsOf(zipSync({ "a.txt": new Uint8Array(3) }))), /no spreadsheet that can be read/);
    const good = await xlsxOf(["n"], [[1]]);
    for (const cut of [5, 100, good.length - 30])
      assert.match(String(await cellsOf(good.subarray(0, cut))), /no spreadsheet/);
  });
});
