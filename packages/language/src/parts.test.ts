import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import { dayNumber } from "@hourwright/time";
import { german } from "./de.ts";
import { english } from "./en.ts";
import type { Situation } from "./meaning.ts";
import { readDate } from "./read-date.ts";
import { READINGS_MAX, readWords } from "./read-words.ts";
import { SITUATION, anySentence, anySituation, anyText, printMeaning, printParts } from "./testing.ts";
import { READ_UNITS_MAX } from "./tokens.ts";
import { vocabularyOf } from "./vocabulary.ts";

const said = (text: string, situation: Partial<Situation> = {}) =>
  printMeaning(readWords(text, { ...SITUATION, ...situation }).meaning);
const underlined = (text: string, situation: Partial<Situation> = {}) =>
  printParts(text, readWords(text, { ...SITUATION, ...situation }));

describe("parts", () => {
  test("[LG1] the parts of the picture are underlined, what is doubtful dashed", () => {
    assert.equal(
      underlined("lunch with Ines next Fri 12 30m Studio"),
      "title:lunch | person:Ines | day?:next Fri | time?:12 | duration:30m | place:Studio",
    );
  });

  test("[LG1] whatever is typed, parts lie in the text, in order, apart and not empty", () => {
    fc.assert(
      fc.property(anyText, anySituation, (text, situation) => {
        const { parts, readings } = readWords(text, situation);
        for (const list of [parts, ...readings.map((reading) => reading.parts)]) {
          let end = 0;
          for (const { from, to } of list) {
            assert.ok(end <= from && from < to && to <= text.length);
            assert.ok(!isInsideLetter(text, from) && !isInsideLetter(text, to));
            end = to;
          }
        }
        readDate(text, situation);
      }),
      { numRuns: 3000 },
    );
  });

  test("[LG1] a meaning is always a plan: whole days that end after they begin, or a time of the day with a length", () => {
    fc.assert(
      fc.property(anySentence, anySituation, (text, situation) => {
        const { meaning, readings } = readWords(text, situation);
        for (const one of [meaning, ...readings.map((reading) => reading.meaning)]) {
          assert.ok(Number.isInteger(one.fromDay));
          if (one.startMinute === null) assert.ok(one.toDay > one.fromDay);
          else assert.ok(one.startMinute >= 0 && one.startMinute < 1440 && one.minutes > 0);
        }
      }),
      { numRuns: 2000 },
    );
  });

  test("[LG3] spaces at the end change nothing", () => {
    fc.assert(
      fc.property(anyText, anySituation, fc.integer({ min: 1, max: 5 }), (text, situation, spaces) => {
        fc.pre(text.length < READ_UNITS_MAX - 5);
        assert.deepEqual(readWords(text + " ".repeat(spaces), situation), readWords(text, situation));
      }),
      { numRuns: 1000 },
    );
  });

  for (const [locale, grammar] of [["en", english] as const, ["de", german] as const]) {
    test(`[LG3] a weekday that was read stays read while it is typed to the end (${locale})`, () => {
      const vocabulary = vocabularyOf({ people: [], resources: [] });
      for (const [short, weekday] of grammar.weekdays) {
        for (const [long, other] of grammar.weekdays) {
          if (weekday !== other || !long.startsWith(short)) continue;
          for (let length = short.length; length <= long.length; length++) {
            const text = `x ${long.slice(0, length)}`;
            assert.equal(said(text, { locale, vocabulary }), said(`x ${short}`, { locale, vocabulary }), text);
          }
        }
      }
    });

    test(`[LG3] a month that was read stays read while it is typed to the end (${locale})`, () => {
      for (const [short, month] of grammar.months) {
        for (const [long, other] of grammar.months) {
          if (month !== other || !long.startsWith(short)) continue;
          for (let length = short.length; length <= long.length; length++) {
            assert.equal(
              readDate(`12 ${long.slice(0, length)}`, { ...SITUATION, locale })?.day,
              dayNumber(2027, month, 12),
            );
          }
        }
      }
    });
  }

  const typed: readonly (readonly [string, string])[] = [
    ["lunch f", "title:lunch f"],
    ["lunch fr", "title:lunch fr"],
    ["lunch fri", "title:lunch | day:fri"],
    ["lunch frid", "title:lunch | day:frid"],
    ["lunch friday", "title:lunch | day:friday"],
    ["lunch friday 8", "title:lunch | day?:friday | time?:8"],
    ["lunch friday 8:", "title:lunch | day:friday | time:8:"],
    ["lunch friday 8:3", "title:lunch | day:friday | time:8:3"],
    ["lunch friday 8:30", "title:lunch | day:friday | time:8:30"],
    ["lunch fri 8a", "title:lunch | day:fri | time:8a"],
    ["lunch 30m", "title:lunch | duration:30m"],
    ["lunch 30mi", "title:lunch | duration:30mi"],
    ["lunch 30min", "title:lunch | duration:30min"],
    ["frid kahlo", "title:frid kahlo"],
    ["with frida", "person:frida"],
  ];
  for (const [text, parts] of typed) test(`[LG3] "${text}" is ${parts}`, () => assert.equal(underlined(text), parts));

  test("[LG4] nothing is read inside words, codes and addresses", () => {
    for (const text of ["x-fri", "fri-x", "v12.3.4.", "12:30:15x", "a@studio.de", "(25.3.)x", "#8am5", "friday's"]) {
      assert.equal(underlined(text), `title:${text}`);
    }
    assert.equal(underlined("(25.3.), x"), "day:25.3. | title:x");
  });

  test("[LG5] what lies beyond the limit is title, and a word cut there too", () => {
    const filler = "a ".repeat(248);
    assert.match(underlined(`${filler}fri x`), /day:fri/);
    assert.doesNotMatch(underlined(`${filler}frid x`.replace("frid", "  friday")), /day:/);
    const long = `${"ṩ̴".repeat(5000)} fri`;
    assert.equal(readWords(long, SITUATION).meaning.title, long);
    const spaces = `a${" ".repeat(10_000)}b`;
    assert.equal(readWords(spaces, SITUATION).meaning.title, spaces);
  });

  test("[LG6] one part of each kind, the one with a connecting word first", () => {
    assert.equal(underlined("Friday report on Monday"), "title:Friday report | day:Monday");
    assert.equal(underlined("Friday report Monday"), "day:Friday | title:report Monday");
    assert.equal(underlined("shift 8h at 9 fri"), "title:shift | duration:8h | time:9 | day:fri");
    assert.equal(underlined("fri 9-10 1h"), "day:fri | time:9-10 | title:1h");
  });

  test("[LG7] a part can be made plain text, with its connecting word", () => {
    const text = "lunch with Ines next Fri 12";
    assert.equal(
      underlined(text, { plain: [{ from: 11, to: 15 }] }),
      "title:lunch with Ines | day?:next Fri | time?:12",
    );
    assert.equal(said(text, { plain: [{ from: 16, to: 24 }] }), "lunch next Fri 12 | 03-18 @ines");
  });

  test("[LG7] nothing plain is ever read", () => {
    fc.assert(
      fc.property(anySentence, anySituation, fc.nat(), (text, situation, pick) => {
        const read = readWords(text, situation).parts.filter(({ kind }) => kind !== "title");
        fc.pre(read.length > 0);
        const { from, to } = read[pick % read.length]!;
        const { parts } = readWords(text, { ...situation, plain: [{ from, to }] });
        assert.ok(parts.every((part) => part.kind === "title" || part.to <= from || part.from >= to));
      }),
      { numRuns: 1000 },
    );
  });

  test("[LG8] without parts the title is the text, trimmed and no more", () => {
    for (const title of ["– lunch –", "(x)", "…", "with", "at the", "👩‍🏫 שלום", "x, y."]) {
      assert.equal(readWords(`  ${title} `, SITUATION).meaning.title, title);
    }
    assert.equal(readWords("   ", SITUATION).meaning.title, "");
    assert.deepEqual(readWords("", SITUATION).parts, []);
  });

  test("[LG9] readings are few, differ from the meaning and from each other, and say in what", () => {
    fc.assert(
      fc.property(anySentence, anySituation, (text, situation) => {
        const { parts, meaning, readings } = readWords(text, situation);
        assert.ok(readings.length <= READINGS_MAX);
        const all = [meaning, ...readings.map((reading) => reading.meaning)].map((one) => JSON.stringify(one));
        assert.equal(new Set(all).size, all.length);
        assert.equal(
          readings.length > 0,
          parts.some(({ isAmbiguous }) => isAmbiguous),
        );
        for (const { differs, from, to } of readings) {
          assert.ok(differs.length > 0);
          assert.ok(parts.some((part) => part.isAmbiguous && part.from >= from && part.to <= to));
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe("people and places", () => {
  test("[LG60] three letters of any word, or a whole word, find a name", () => {
    assert.equal(said("x with dua"), "x | 03-18 @ines");
    assert.equal(said("x with du"), "x with du | 03-18");
    assert.equal(said("x with LUKASZ soon"), "x soon | 03-18 @lukasz");
    assert.equal(said("x with o'neil"), "x | 03-18 @jean");
  });

  test("[LG61] equal names are readings in the order given; more words decide", () => {
    const { readings } = readWords("x with ana", SITUATION);
    assert.deepEqual(
      readings.map(({ differs, meaning }) => [differs, meaning.people]),
      [[["people"], ["ana-r"]]],
    );
    assert.equal(said("x with ana rossi and ana silva"), "x | 03-18 @ana-r @ana-s");
  });

  test("every name of a large vocabulary is found by itself", () => {
    const people = Array.from({ length: 300 }, (_, i) => ({ id: `p${i}`, name: `Person${i} Família${i % 40}` }));
    const vocabulary = vocabularyOf({ people, resources: [] });
    for (const { id, name } of people) {
      assert.deepEqual(readWords(`x with ${name} fri`, { ...SITUATION, vocabulary }).meaning.people, [id]);
    }
    assert.equal(readWords("x with pers", { ...SITUATION, vocabulary }).readings.length, 5);
  });
});

/** Whether a place lies between the two units of one letter. */
function isInsideLetter(text: string, at: number): boolean {
  return at > 0 && at < text.length && text.codePointAt(at - 1)! > 0xffff;
}
