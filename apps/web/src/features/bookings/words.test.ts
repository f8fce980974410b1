// Strategy: both languages have the same words, and none of German is that of English.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createFormats } from "../../messages/format.ts";
import { wordsOf } from "../../testing/words-of.ts";
import { de as awayDe } from "./away-words-de.ts";
import { en as awayEn } from "./away-words-en.ts";
import { de } from "./words-de.ts";
import { en } from "./words-en.ts";

describe("the words of bookings", () => {
  const formats = { en: createFormats("en-GB", "Europe/Prague"), de: createFormats("de-DE", "Europe/Prague") };
  const [english, german] = [
    new Map(wordsOf({ ...en(formats.en), away: awayEn(formats.en) })),
    new Map(wordsOf({ ...de(formats.de), away: awayDe(formats.de) })),
  ];

  test("are the same in number and place", () => assert.deepEqual([...german.keys()], [...english.keys()]));

  test("are German in German", () => {
    const same = [...english].filter(([path, word]) => german.get(path) === word && /\p{L}{3}/u.test(word));
    assert.deepEqual(
      same.map(([path]) => path),
      [],
    );
  });
});
