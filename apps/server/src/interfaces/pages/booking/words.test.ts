// Strategy: every sentence that customers read, in each language, against what a strict reader of it looks for.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { wordsOf as wordsOfMail } from "../../../contexts/mail/words.ts";
import { askedWordsOf } from "./asked-words.ts";
import { LANGUAGES, wordsOf, type Language } from "./words.ts";

/** Every sentence by its path; what asks for something is given a number, or a list where it wants one. */
function saidIn(value: unknown, path = ""): [string, string][] {
  if (typeof value === "string") return [[path, value]];
  if (typeof value === "function") return [[path, said(value as (...given: unknown[]) => string, path)]];
  return Object.entries(value as object).flatMap(([name, part]) => saidIn(part, `${path}.${name}`));
}

const said = (say: (...given: unknown[]) => string, path: string): string =>
  path.endsWith(".and") ? say(["7", "8"]) : say(...Array<number>(say.length).fill(7));

const ofPages = (language: Language) => [...saidIn(wordsOf(language)), ...saidIn(askedWordsOf(language))];
const all = (language: Language) => [...ofPages(language), ...saidIn(wordsOfMail(language))];

describe("what customers read", () => {
  for (const language of LANGUAGES)
    test(`is whole in ${wordsOf(language).own}, with apostrophes and dashes that are such`, () => {
      const paths = ofPages(language).map(([path]) => path);
      assert.deepEqual(
        paths,
        ofPages("en").map(([path]) => path),
      );
      for (const [path, text] of all(language)) {
        assert.doesNotMatch(text, /'| - |\.\.\.|NaN/, path);
        assert.notEqual(text.trim(), "", path);
      }
    });

  test("has no space in French that a line may break at before ? ! ; : »", () => {
    for (const [path, text] of all("fr")) assert.doesNotMatch(text, / [?!;:»]|« |[^\s\d\u00a0/][?!;]/, path);
  });

  test("opens what it asks and exclaims in Spanish, and says tú throughout", () => {
    for (const [path, text] of all("es")) {
      assert.equal(text.split("?").length, text.split("¿").length, path);
      assert.equal(text.split("!").length, text.split("¡").length, path);
      assert.doesNotMatch(text, /\b(usted|elija|póngase|le viene|su reserva)\b/iu, path);
    }
  });

  test("quotes as each language does", () => {
    const others: Readonly<Record<Language, RegExp>> = {
      en: /["„«»]/,
      de: /["”«»]/,
      fr: /["“”„]/,
      es: /["“”„]/,
    };
    for (const language of LANGUAGES)
      for (const [path, text] of all(language)) assert.doesNotMatch(text, others[language], `${language} ${path}`);
  });
});
