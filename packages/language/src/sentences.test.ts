import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Situation } from "./meaning.ts";
import { readWords } from "./read-words.ts";
import { SITUATION, printMeaning, type Sentences } from "./testing.ts";
import { GERMAN } from "./testing/sentences-de.ts";
import { ENGLISH } from "./testing/sentences-en.ts";

const LANGUAGES: readonly (readonly [Situation["locale"], Sentences])[] = [
  ["en", ENGLISH],
  ["de", GERMAN],
];

// Words that were whole when they were read and turn out to be others.
const TURNS = new Set(
  [
    "lunch on frida|frida|Review Frida|call Frida|yoga on mondays and frida|yoga every 2 weeks on frida|yoga mont|sunn",
    "lunch with Jean-Luc O'|Essen in Halle|call at half|Mittage|25 mara|Monday's|Review Friday report on Mon|call at 24",
    "dentist 1 jan 99|dentist 1 jan 9999|call tomorrow 3pm-2p|call 12:30 to 12:3|Anruf 12:30 bis 12:3|Termin am 1.1.1800",
    "dentist 2027-02-29|camp march 25-2|camp mon–w|Lager 25.3.–2|Fr. 12.3",
  ].flatMap((line) => line.split("|")),
);

for (const [locale, sentences] of LANGUAGES) {
  const situation = { ...SITUATION, locale };
  test(`[LG3] typed letter by letter, what is underlined stays underlined (${locale})`, () => {
    for (const [text] of Object.values(sentences).flat()) {
      let before: readonly boolean[] = [];
      for (let length = 1; length <= text.length; length++) {
        const typed = text.slice(0, length);
        const now = marks(typed, situation);
        const isLost = before.some((mark, i) => mark && now[i] !== true && typed[i] !== " ");
        assert.equal(isLost, TURNS.has(typed), typed);
        before = now;
      }
    }
  });
}

/** For every unit, whether it is underlined as something else than title. */
function marks(text: string, situation: Situation): boolean[] {
  const units = Array.from({ length: text.length }, () => false);
  for (const { kind, from, to } of readWords(text, situation).parts) if (kind !== "title") units.fill(true, from, to);
  return units;
}

for (const [locale, sentences] of LANGUAGES) {
  const situation = { ...SITUATION, locale };
  for (const [subject, rows] of Object.entries(sentences)) {
    describe(`${subject} (${locale})`, () => {
      for (const [text, meaning, ...others] of rows) {
        test(`"${text}" is ${meaning}`, () => {
          const words = readWords(text, situation);
          assert.equal(printMeaning(words.meaning), meaning);
          assert.deepEqual(
            words.readings.map((reading) => printMeaning(reading.meaning)),
            others,
          );
        });
      }
    });
  }
}
