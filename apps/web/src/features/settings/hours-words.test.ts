// Strategy: both languages have the same words, and none of German is that of English.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createFormats } from "../../messages/format.ts";
import { wordsOf } from "../../testing/words-of.ts";
import { de } from "./hours-words-de.ts";
import { en } from "./hours-words-en.ts";

describe("the words of opening times", () => {
  const [english, german] = [
    new Map(wordsOf(en(createFormats("en-GB", "Europe/Prague")))),
    new Map(wordsOf(de(createFormats("de-DE", "Europe/Prague")))),
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
