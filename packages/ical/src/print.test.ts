// Rules PA* are in ../SPEC.md. Strategy: lines as programs write them, against printing each line by itself.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { fold } from "./content-line.ts";
import { parse } from "./parse.ts";
import { print, printKept } from "./print.ts";
import { decode, encode, unfold } from "./utf8.ts";

const printed = (text: string) => decode(print(parse(encode(text)).nodes));

describe("print [PA3]", () => {
  const table: readonly (readonly [what: string, given: string, canonical: string])[] = [
    ["a bare line feed becomes CRLF", "A:1\nB:2\n", "A:1\r\nB:2\r\n"],
    ["bare and whole line ends may be mixed", "A:1\r\nB:2\nC:3\r\n", "A:1\r\nB:2\r\nC:3\r\n"],
    ["the last line gets its end", "A:1\nB:2", "A:1\r\nB:2\r\n"],
    ["a line folded too early is made one", "A:1\n 2\nB:3\n", "A:12\r\nB:3\r\n"],
    ["75 octets stay one line", `A:${"x".repeat(73)}\n`, `A:${"x".repeat(73)}\r\n`],
    ["76 octets are two", `A:${"x".repeat(74)}\n`, `A:${"x".repeat(73)}\r\n x\r\n`],
    ["a component is closed", "BEGIN:X\nA:1\n", "BEGIN:X\r\nA:1\r\nEND:X\r\n"],
  ];
  for (const [what, given, canonical] of table) {
    test(what, () => {
      assert.equal(printed(given), canonical);
      assert.equal(printed(canonical), canonical);
    });
  }

  test("gives each line as it would be alone, however lines end and follow each other", () => {
    const value = fc.string({ unit: fc.constantFrom("a", "é", "😀", " ", ":"), maxLength: 90 });
    const line = fc.tuple(value, fc.constantFrom("\n", "\r\n"), fc.boolean()).map(([text, end, isCanonical]) => {
      if (isCanonical) return decode(fold(encode(`NAME:${text}`)));
      const cut = Math.min(5, text.length); // Folded where nobody would.
      return `NAME:${text.slice(0, cut).toWellFormed()}${end} ${text.slice(cut).toWellFormed()}${end}`;
    });
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const alone = lines.map((each) => encode(each)).map((bytes) => decode(fold(unfold(bytes, 0, bytes.length))));
        assert.equal(printed(lines.join("")), alone.join(""));
        assert.equal(decode(printKept(parse(encode(lines.join(""))).nodes)), lines.join(""));
      }),
    );
  });
});
