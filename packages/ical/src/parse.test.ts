// Rules PA* and TX* are in ../SPEC.md. Strategy: small files for each rule, then the public fixtures and mutants of
// them, for which printing what was parsed must give the same bytes.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { describe, test } from "node:test";
import fc from "fast-check";
import {
  FOLD_BYTES,
  escapeText,
  fold,
  newProperty,
  parameterOf,
  parametersOf,
  rawValue,
  readText,
  readTexts,
  withValue,
} from "./content-line.ts";
import { DEPTH_MAX, parse, parseInSlices } from "./parse.ts";
import { print, printKept } from "./print.ts";
import { PROBLEMS_MAX } from "./problem.ts";
import { calendarBytes, mutants } from "./testing.ts";
import { componentsOf, propertiesOf, propertyOf, withReplaced, type Component } from "./tree.ts";
import { decode, encode } from "./utf8.ts";

const folder = new URL("../fixtures/public/", import.meta.url);
const fixtures = readdirSync(folder)
  .filter((name) => name.endsWith(".ics"))
  .map((name) => ({ name, bytes: new Uint8Array(readFileSync(new URL(name, folder))) }));

function calendar(text: string): Component {
  const [first] = parse(encode(text)).nodes;
  assert.ok(first?.kind === "component");
  return first;
}

const codes = (bytes: Uint8Array) => parse(bytes).problems.map(({ line, column, code }) => `${line}:${column} ${code}`);

function withoutMark(bytes: Uint8Array): Uint8Array {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
}

function assertKept(bytes: Uint8Array): void {
  assert.deepEqual(Buffer.from(printKept(parse(bytes).nodes)), Buffer.from(withoutMark(bytes)));
}

describe("parsing", () => {
  test("[PA2] reads CRLF and bare LF, folds in the middle of a character, and a byte order mark", () => {
    const text = "BEGIN:VCALENDAR\nSUMMARY:a\n  b\n\tc\r\n d\r\nX-É:never\r\nNAME:ok\r\nEND:VCALENDAR";
    const root = calendar(`\uFEFF${text}`);
    assert.equal(rawValue(propertyOf(root, "SUMMARY")!), "a bcd");
    const smile = encode("SUMMARY:🗓\r\n");
    const folded = new Uint8Array([...smile.subarray(0, 10), 13, 10, 32, ...smile.subarray(10)]);
    const file = parse(folded);
    assert.equal(file.problems.length, 0);
    assert.equal(rawValue(file.nodes[0] as never), "🗓");
  });

  test("[PA2] reads names and parameters that are folded themselves", () => {
    const root = calendar("BEGIN:VCALENDAR\r\nSUM\r\n MARY;LANG\r\n UAGE=e\r\n n:te\r\n xt\r\nEND:VCALENDAR\r\n");
    const summary = propertyOf(root, "SUMMARY")!;
    assert.equal(rawValue(summary), "text");
    assert.equal(parameterOf(summary, "LANGUAGE"), "en");
  });

  test("[PA4] reads quoted, several and escaped parameter values", () => {
    const root = calendar('BEGIN:X\r\nATTENDEE;CN="A: B; C, D";X-L=1,"2,3";X-E=a^nb^^c^\'d^e:mailto:a@b\r\nEND:X\r\n');
    const attendee = propertyOf(root, "ATTENDEE")!;
    assert.equal(rawValue(attendee), "mailto:a@b");
    assert.deepEqual(parametersOf(attendee), [
      { name: "CN", values: ["A: B; C, D"] },
      { name: "X-L", values: ["1", "2,3"] },
      { name: "X-E", values: ['a\nb^c"d^e'] },
    ]);
  });

  test("[PA4] ends a quote that never closes at the first colon", () => {
    const bytes = encode('BEGIN:X\r\nSUMMARY;CN="A:text\r\nEND:X\r\n');
    assert.deepEqual(codes(bytes), ["2:1 quote-not-closed"]);
    assert.equal(rawValue(propertyOf(parse(bytes).nodes[0] as Component, "SUMMARY")!), "text");
  });

  test("[PA5] keeps, reports and never reads what is no content line", () => {
    const bytes = encode("BEGIN:X\r\n\r\nno colon\r\n:no name\r\nSUMMARY:a\r\n;x:y\r\n   \r\nEND:X\r\n\r\n");
    assert.deepEqual(codes(bytes), ["3:1 not-a-property", "4:1 not-a-property", "6:1 not-a-property"]);
    assertKept(bytes);
  });

  test("[PA6] ends what is not closed with what is around it", () => {
    const bytes = encode("BEGIN:A\nBEGIN:B\nX:1\nBEGIN:C\nEND:A\nEND:B\nBEGIN:D\nY:2\n");
    assert.deepEqual(codes(bytes), [
      "4:1 component-not-closed",
      "2:1 component-not-closed",
      "6:1 end-without-begin",
      "7:1 component-not-closed",
    ]);
    const [a, junk, d] = parse(bytes).nodes;
    assert.equal(rawValue(propertyOf(componentsOf(a as Component, "B")[0]!, "X")!), "1");
    assert.equal(junk?.kind, "junk");
    assert.equal(rawValue(propertyOf(d as Component, "Y")!), "2");
    assertKept(bytes);
  });

  test("[PA7] survives a million components inside each other, in linear time", () => {
    const deep = encode("BEGIN:A\n".repeat(1_000_000));
    const file = parse(deep);
    assert.deepEqual(
      file.problems.map(({ code }) => code).filter((code) => code === "too-deep"),
      ["too-deep"],
    );
    assert.equal(file.problems.length, DEPTH_MAX + 1);
    assertKept(deep);
  });

  test("[PA7] lists a thousand problems and counts the rest", () => {
    const file = parse(encode("junk\n".repeat(2500)));
    assert.equal(file.problems.length, PROBLEMS_MAX);
    assert.equal(file.problemsLeftOut, 1500);
  });

  test("[PA8] quotes nothing in a message that could not be shown or kept", () => {
    const nasty = `BEGIN:VEVENT\r\nEND:A\u0000B\u001b[31m${"é".repeat(2_000)}\r\n`;
    const { problems } = parse(encode(nasty));
    assert.ok(problems.some(({ code }) => code === "end-without-begin"));
    for (const { message } of problems) {
      assert.ok(message.length <= 500 && message.isWellFormed());
      assert.doesNotMatch(message, /\p{Cc}/u);
    }
  });

  test("[PA8] reports bytes that are no text, where they stand", () => {
    const bytes = encode("BEGIN:X\r\nSUMMARY:a\u0000b\r\nLOCATION:?\r\nCOMMENT:\r\n  ???\r\nURL:a\rb\r\nEND:X\r\n");
    bytes[bytes.indexOf(63)] = 0xff;
    bytes.set([0xed, 0xa0, 0x80], bytes.indexOf(63));
    assert.deepEqual(codes(bytes), [
      "2:10 nul-character",
      "3:10 not-utf8",
      "5:3 lone-surrogate",
      "6:6 control-character",
    ]);
    const root = parse(bytes).nodes[0] as Component;
    assert.equal(readText(rawValue(propertyOf(root, "SUMMARY")!)), "ab");
    assert.equal(readText(rawValue(propertyOf(root, "LOCATION")!)), "\uFFFD");
    assert.ok(readText(rawValue(propertyOf(root, "COMMENT")!)).isWellFormed());
    assert.equal(readText(rawValue(propertyOf(root, "URL")!)), "ab");
    assertKept(bytes);
  });

  test("reads in slices what it reads at once", () => {
    const bytes = calendarBytes(...Array.from({ length: 500 }, (_, i) => `COMMENT:number ${i}`));
    const slices = parseInSlices(bytes, 1000);
    const read: number[] = [];
    for (;;) {
      const step = slices.next();
      if (step.done === true) {
        assert.deepEqual(step.value, parse(bytes));
        break;
      }
      read.push(step.value);
    }
    assert.ok(read.length >= 8 && read.every((at, i) => i === 0 || at >= read[i - 1]! + 1000));
  });

  test("keeps names in a group, and names in lower case as their upper case", () => {
    const root = calendar("begin:vcalendar\r\ngroup1.x-test;value=text:test!\r\nend:vcalendar\r\n");
    assert.equal(root.name, "VCALENDAR");
    const [line] = propertiesOf(root, "GROUP1.X-TEST");
    assert.equal(parameterOf(line!, "VALUE"), "text");
  });
});

describe("printing", () => {
  test("[PA3] leaves what is canonical alone, and makes canonical what is not", () => {
    const long = "DESCRIPTION:" + "Žluťoučký kůň 🐎 ".repeat(30);
    const canonical = print(parse(encode(`BEGIN:X\n${long}\nEND:X`)).nodes);
    assert.deepEqual(print(parse(canonical).nodes), canonical);
    const lines = decode(canonical).split("\r\n");
    assert.ok(lines.every((line) => encode(line).length <= FOLD_BYTES));
    assert.equal(rawValue(propertyOf(parse(canonical).nodes[0] as Component, "DESCRIPTION")!), long.slice(12));
  });

  test("[PA3] prints a component's name that was too long so that it is read as the same", () => {
    const name = `${"A".repeat(63)} B`;
    const canonical = print(parse(encode(`BEGIN:${name}\r\nEND:${name}\r\n`)).nodes);
    assert.equal(decode(canonical), `BEGIN:${"A".repeat(63)}\r\nEND:${"A".repeat(63)}\r\n`);
    assert.deepEqual(print(parse(canonical).nodes), canonical);
  });

  test("[PA3] never folds inside a character, whatever the text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", minLength: 60, maxLength: 400 }), (text) => {
        const folded = decode(fold(encode(`X:${text}`)));
        assert.ok(!folded.includes("\uFFFD") || text.includes("\uFFFD"));
        for (const line of folded.split("\r\n")) assert.ok(encode(line).length <= FOLD_BYTES);
      }),
    );
  });

  test("[PA3] keeps blank lines when asked to, and is the same the next time", () => {
    const text = "\r\nBEGIN:A\r\n\r\nno property\r\nX:1\r\nEND:Z\r\nBEGIN:B\r\nEND:A\r\n\r\n";
    const once = print(parse(encode(text)).nodes, { keepsBlankLines: true });
    assert.equal(decode(once), "\r\nBEGIN:A\r\n\r\nX:1\r\nBEGIN:B\r\nEND:B\r\nEND:A\r\n\r\n");
    assert.deepEqual(print(parse(once).nodes, { keepsBlankLines: true }), once);
    assert.equal(decode(print(parse(once).nodes)), "BEGIN:A\r\nX:1\r\nBEGIN:B\r\nEND:B\r\nEND:A\r\n");
    fc.assert(
      fc.property(mutants(encode(text)), (bytes) => {
        const printed = print(parse(bytes).nodes, { keepsBlankLines: true });
        assert.deepEqual(print(parse(printed).nodes, { keepsBlankLines: true }), printed);
      }),
      { numRuns: 2000 },
    );
  });

  test("[PA3] is folded anew wherever a line was folded, and left alone only where that changes nothing", () => {
    const ends = fc.constantFrom("\r\n ", "\r\n ", "\n ", "\r\n\t");
    const cut = fc.record({ after: fc.constantFrom(0, 1, 60, 70, 71, 72, 73, 74, 75, 76, 77), end: ends });
    const text = fc.string({ unit: fc.constantFrom("a", "ž", "…", "🐎"), minLength: 30, maxLength: 150 });
    fc.assert(
      fc.property(text, fc.array(cut, { maxLength: 5 }), (words, cuts) => {
        const whole = encode(`X:${words}`);
        const pieces: Buffer[] = [];
        let at = 0;
        for (const { after, end } of cuts) {
          pieces.push(Buffer.from(whole.subarray(at, at + after)), Buffer.from(end));
          at = Math.min(at + after, whole.length);
        }
        pieces.push(Buffer.from(whole.subarray(at)), Buffer.from("\r\n"));
        assert.deepEqual(print(parse(Buffer.concat(pieces)).nodes), fold(whole));
      }),
      { numRuns: 2000 },
    );
  });

  test("[PA9] [TX2] keeps what stands before a value that is changed, and writes no name that breaks a line", () => {
    for (const head of ["x-own;ODD NAME=1", 'X-A;B="c:d";e=f,g', "X-Y;=1;;Z"]) {
      const property = propertyOf(
        parse(encode(`BEGIN:X\r\n${head}:old\r\nEND:X\r\n`)).nodes[0] as Component,
        head.split(";")[0]!.toUpperCase(),
      )!;
      assert.equal(decode(withValue(property, "new").bytes), `${head}:new\r\n`);
    }
    const odd = ["A B", 'A"', "A:B", "A;B", "A=B", "A\nB", ""].map((name) => ({ name, values: ["1"] }));
    assert.equal(decode(newProperty("X", odd, "v").bytes), "X;A B=1:v\r\n");
  });

  test("[PA9] changes one line and no other byte", () => {
    for (const { name, bytes } of fixtures) {
      const root = parse(bytes).nodes.find((node) => node.kind === "component" && node.name === "VCALENDAR");
      const event = root?.kind === "component" ? componentsOf(root, "VEVENT")[0] : undefined;
      const summary = event === undefined ? null : propertyOf(event, "SUMMARY");
      if (root?.kind !== "component" || summary === null) continue;
      const changed = withReplaced(root, event!, withReplaced(event!, summary, withValue(summary, "changed")));
      const before = printKept([root]);
      const after = Buffer.from(printKept([changed]));
      const at = summary.from - root.from;
      assert.deepEqual(after.subarray(0, at), Buffer.from(before.subarray(0, at)), name);
      const rest = Buffer.from(before.subarray(summary.to - root.from));
      assert.deepEqual(after.subarray(after.length - rest.length), rest, name);
      assert.match(after.subarray(at, after.length - rest.length).toString(), /^SUMMARY(;[^:]*)?:changed\r\n$/);
    }
  });
});

describe("texts", () => {
  test("[TX1] lose their escapes, and stray backslashes", () => {
    assert.equal(readText("a\\, b\\; c\\\\ d\\nE\\Nf\\x"), "a, b; c\\ d\nE\nfx");
    assert.deepEqual(readTexts("a\\,b,c,,d\\\\,e"), ["a,b", "c", "", "d\\", "e"]);
  });

  test("[TX1] are read as they were written", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        const shown = readText(text.replaceAll("\\", "").replace(/\r\n?/g, "\n"));
        assert.equal(readText(escapeText(shown)), shown);
      }),
    );
  });

  test("[TX2] cannot begin another line or parameter, whatever they hold", () => {
    const nasty = fc
      .array(
        fc.constantFrom("\r", "\n", "\r\n", "\u0000", '"', ":", ";", ",", "^", "\\", "a", "END:VEVENT", "\uD800", "é"),
      )
      .map((pieces) => pieces.join(""));
    fc.assert(
      fc.property(nasty, nasty, (value, parameter) => {
        const line = newProperty("SUMMARY", [{ name: "CN", values: [parameter] }], escapeText(value));
        const file = parse(line.bytes);
        assert.deepEqual(file.problems, []);
        assert.equal(file.nodes.length, 1);
        const [read] = file.nodes;
        assert.ok(read?.kind === "property" && read.name === "SUMMARY");
        assert.equal(parametersOf(read).length, 1);
        assert.equal(readText(rawValue(read)), readText(escapeText(value)));
      }),
      { numRuns: 500 },
    );
  });
});

describe("any file", () => {
  for (const { name, bytes } of fixtures) {
    test(`[PA1] ${name} is printed as it came, and canonical once it was printed so`, () => {
      assertKept(bytes);
      const canonical = print(parse(bytes).nodes);
      assert.deepEqual(print(parse(canonical).nodes), canonical);
    });
  }

  test("[PA1] that was damaged is printed as it came", () => {
    for (const { bytes } of fixtures) {
      fc.assert(
        fc.property(mutants(bytes), (mutant) => {
          assertKept(mutant);
          const canonical = print(parse(mutant).nodes);
          assert.deepEqual(print(parse(canonical).nodes), canonical);
        }),
        { numRuns: 20 },
      );
    }
  });
});
