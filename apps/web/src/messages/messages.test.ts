import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { de } from "./de.ts";
import { en } from "./en.ts";
import { createFormats, localeFor } from "./format.ts";
import { LANGUAGE_NAMES, LANGUAGES, spokenOf } from "./language.ts";
import { isTheSame } from "../testing/same-in-german.ts";

const ZONE = "Europe/Prague";
const MONDAY = 20_892; // 2027-03-15.

/** What stands for a parameter, by its name in English; for all others a number does, text as well. */
const GIVEN: Readonly<Record<string, unknown>> = {
  parts: {
    date: "15.3.",
    isToday: true,
    events: 2,
    conflicts: ["3 x"],
    load: 0.8,
    focus: [[0, 3_600_000]],
    zones: ["z"],
    title: "T",
    when: "w",
    location: "l",
    people: ["P"],
    isRecurring: true,
    isTentative: true,
    isPast: true,
    conflict: "c",
    isReadOnly: true,
    isLocked: true,
  },
  told: { who: "w", what: "t", others: "o", day: "d", when: "m" },
  facts: Object.fromEntries(
    [
      "above",
      "ahead",
      "begun",
      "days",
      "from",
      "guests",
      "hours",
      "has",
      "least",
      "level",
      "longest",
      "mean",
      "minutes",
      "notice",
      "outside",
      "own",
      "people",
    ]
      .concat([
        "part",
        "pause",
        "places",
        "rest",
        "share",
        "slack",
        "speed",
        "stretch",
        "taken",
        "there",
        "times",
        "to",
        "way",
        "weeks",
      ])
      .map((name) => [name, 6]),
  ),
  level: "full",
  kind: "overlap",
  ...Object.fromEntries(["names", "titles", "times", "owners", "stretches", "ways"].map((name) => [name, ["8", "9"]])),
};

const parametersAt = new Map(leavesOf(en(formats("en"))).map(({ path, value }) => [path, parametersOf(value)]));

type Leaf = { readonly path: string; readonly value: unknown };

describe("the languages of the page", () => {
  for (const name of LANGUAGE_NAMES) {
    test(`${LANGUAGES[name].ownName} has all that English has, and nothing else`, async () => {
      const words = await LANGUAGES[name].load();
      assert.deepEqual(shapeOf(words(formats(name))), shapeOf(en(formats("en"))));
    });

    test(`${LANGUAGES[name].ownName} says something everywhere, with every sample`, async () => {
      const words = await LANGUAGES[name].load();
      for (const [path, sentences] of saidIn(words(formats(name))))
        for (const said of sentences) {
          assert.notEqual(said.trim(), "", path);
          assert.doesNotMatch(said, /undefined|NaN|\[object/, path);
        }
    });
  }

  test("German is not English, but for what is the same in both", () => {
    const [english, german] = [saidIn(en(formats("en"))), saidIn(de(formats("de")))];
    const untranslated = [...german].flatMap(([path, sentences]) => {
      const isSame = sentences.every((said, index) => said === english.get(path)?.[index]);
      return isSame && !sentences.every(isTheSame) ? [`${path}: ${sentences[0]}`] : [];
    });
    assert.deepEqual(untranslated, []);
  });

  test("German quotes and dashes are German ones", () => {
    for (const [path, sentences] of saidIn(de(formats("de"))))
      for (const said of sentences) assert.doesNotMatch(said, /["'’”]| - |\.\.\./, path);
  });

  test("the language is the first of the browser's that the page speaks", () => {
    const table = [
      [["de-AT", "en"], "de"],
      [["fr-FR", "de", "en"], "de"],
      [["en-GB", "de"], "en"],
      [["fr"], "en"],
      [["den"], "en"],
      [[], "en"],
    ] as const;
    for (const [asked, spoken] of table) assert.equal(spokenOf(asked), spoken, asked.join());
  });

  test("dates are written as in the reader's country", () => {
    const table = [
      ["en", ["en-US"], "America/New_York", "en-US"],
      ["en", ["en-US"], ZONE, "en-GB"],
      ["en", ["de-DE"], ZONE, "en-GB"],
      ["de", ["de-AT", "de"], ZONE, "de-AT"],
      ["de", ["en-GB", "de-CH"], ZONE, "de-CH"],
      ["de", ["en-GB"], ZONE, "de"],
      ["de", ["de-DE@posix"], ZONE, "de"],
    ] as const;
    for (const [language, asked, zone, locale] of table) assert.equal(localeFor(language, asked, zone), locale);
    const [german, austrian] = [formats("de"), createFormats("de-AT", ZONE)];
    assert.equal(german.day(MONDAY), "Montag 15. März");
    assert.equal(german.dayShort(MONDAY + 31), "Do 15. Apr");
    assert.match(german.dayRange(MONDAY, MONDAY + 31, "short"), /^15. März\s–\s15. Apr$/);
    assert.equal(german.dayRange(MONDAY, MONDAY + 6), "15.–21. März");
    assert.equal(german.time((MONDAY * 24 + 14) * 3_600_000), "15:00");
    assert.equal(german.list(["A", "B", "C"]), "A, B und C");
    assert.equal(german.number(1_234), "1.234");
    assert.equal(german.monthLong(1), "Januar");
    assert.equal(austrian.monthLong(1), "Jänner");
  });

  test("a plural takes the form that its language asks for", () => {
    const forms = { one: "# den", few: "# dny", other: "# dní" };
    const czech = createFormats("cs", ZONE);
    assert.deepEqual(
      [1, 3, 5].map((count) => czech.plural(count, forms)),
      ["1 den", "3 dny", "5 dní"],
    );
    assert.equal(formats("de").plural(3, forms), "3 dní");
  });
});

function formats(locale: string) {
  return createFormats(locale, ZONE);
}

/** All strings and functions, by where they stand. */
function leavesOf(value: unknown, path = ""): Leaf[] {
  if (typeof value !== "object" || value === null) return [{ path, value }];
  return Object.entries(value).flatMap(([key, below]) => leavesOf(below, path === "" ? key : `${path}.${key}`));
}

function shapeOf(words: object): string[] {
  return leavesOf(words)
    .map(({ path, value }) => `${path} ${typeof value}`)
    .sort();
}

/** What each leaf says: a string itself, a function with numbers of each plural. */
function saidIn(words: object): Map<string, string[]> {
  return new Map(leavesOf(words).map(({ path, value }) => [path, saidBy(value, parametersAt.get(path) ?? [])]));
}

function saidBy(value: unknown, parameters: readonly string[]): string[] {
  if (typeof value === "string") return [value];
  assert.ok(typeof value === "function");
  return [1, 0, 2, 7].map((count) => String(value(...parameters.map((name) => GIVEN[name] ?? count))));
}

/** The names of what a function takes, out of its own text: types are gone by now, and nothing has a default. */
function parametersOf(leaf: unknown): string[] {
  const [, list = ""] = /\(([^)]*)\)/.exec(String(leaf)) ?? [];
  return list
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
}
