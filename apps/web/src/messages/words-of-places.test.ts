// Strategy: words that come with a place (`…words-en.ts` beside `…words-de.ts`) are the same in both languages, and none of German is
// that of English.
import assert from "node:assert/strict";
import { globSync } from "node:fs";
import { describe, test } from "node:test";
import { isTheSame } from "../testing/same-in-german.ts";
import { wordsOf } from "../testing/words-of.ts";
import { createFormats, type Formats } from "./format.ts";

type Module = Readonly<Record<string, (format: Formats) => object>>;

const places = globSync("../{features,messages,shell}/**/*-en.ts", { cwd: import.meta.dirname }).toSorted();

describe("the words of places", () => {
  test("are found", () => assert.ok(places.length >= 8));

  for (const place of places) {
    test(`are the same in number in both languages, and German in German: ${place}`, async () => {
      const [english, german] = (await Promise.all([import(place), import(place.replace("-en.ts", "-de.ts"))])) as [
        Module,
        Module,
      ];
      const inEnglish = new Map(wordsOf(english["en"]!(createFormats("en-GB", "Europe/Prague"))));
      const inGerman = new Map(wordsOf(german["de"]!(createFormats("de-DE", "Europe/Prague"))));
      assert.deepEqual([...inGerman.keys()], [...inEnglish.keys()]);
      const same = [...inEnglish].filter(([path, word]) => inGerman.get(path) === word && !isTheSame(word));
      assert.deepEqual(same, []);
    });
  }
});
