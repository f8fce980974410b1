import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { crc32, inflateSync } from "node:zlib";
import { drawIcons, pngIcon, type IconForm } from "./icons.ts";

/** The pixels of a PNG of ours, [red, green, blue, alpha] by column and row; every chunk's check is looked at. */
function readPng(png: Buffer): { size: number; at: (x: number, y: number) => number[] } {
  assert.equal(png.subarray(0, 8).toString("latin1"), "\x89PNG\r\n\x1a\n");
  const chunks = new Map<string, Buffer>();
  for (let from = 8; from < png.length;) {
    const end = from + 8 + png.readUInt32BE(from);
    const named = png.subarray(from + 4, end);
    assert.equal(png.readUInt32BE(end), crc32(named));
    chunks.set(named.toString("latin1", 0, 4), named.subarray(4));
    from = end + 4;
  }
  assert.deepEqual([...chunks.keys()], ["IHDR", "IDAT", "IEND"]);
  const size = chunks.get("IHDR")!.readUInt32BE(0);
  const rows = inflateSync(chunks.get("IDAT")!);
  assert.equal(rows.length, size * (1 + 4 * size));
  return { size, at: (x, y) => [...rows.subarray(y * (1 + 4 * size) + 1 + 4 * x).subarray(0, 4)] };
}

const ACCENT = [0x28, 0x5c, 0xc2, 255];
const WHITE = [255, 255, 255, 255];

describe("the icons of the installed app", () => {
  const cases: [where: string, form: IconForm, x: number, y: number, expected: number[]][] = [
    ["the corner of a rounded one is nothing", "rounded", 0, 0, [0x28, 0x5c, 0xc2, 0]],
    ["the corner of a whole one is ground", "whole", 0, 0, ACCENT],
    ["the middle of an edge is ground", "rounded", 160, 0, ACCENT],
    ["the first bar is white from its start", "rounded", 100, 110, WHITE],
    ["and to its end", "rounded", 170, 110, WHITE],
    ["beyond its round end there is ground", "rounded", 185, 110, ACCENT],
    ["the second bar stands further in", "whole", 140, 160, WHITE],
    ["where the first has none", "whole", 210, 160, WHITE],
    ["between two bars there is ground", "whole", 160, 135, ACCENT],
  ];
  for (const [where, form, x, y, expected] of cases)
    test(where, () => assert.deepEqual(readPng(pngIcon(320, form)).at(x, y), expected));

  test("have the sizes that their names say, and one square each", () => {
    const icons = drawIcons();
    assert.equal(readPng(icons.get("icon-192.png") as Buffer).size, 192);
    assert.equal(readPng(icons.get("icon-512.png") as Buffer).size, 512);
    assert.equal(readPng(icons.get("icon-maskable-512.png") as Buffer).size, 512);
    assert.equal(readPng(icons.get("apple-touch-icon.png") as Buffer).size, 180);
  });

  test("keep the mark within what a system leaves of a maskable one: a circle of 40 % of its side", () => {
    const { size, at } = readPng(pngIcon(64, "whole"));
    for (let y = 0; y < size; y++)
      for (let x = 0; x < size; x++)
        if (at(x, y)[0] !== ACCENT[0]) assert.ok(Math.hypot(x + 0.5 - size / 2, y + 0.5 - size / 2) <= 0.4 * size);
  });
});
