// Strategy: a sample of every kind that the contract names, in both languages: the table is whole, because a kind without a sample or without
// words of its own fails.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { slotChangeFacts, slotReasonFacts, subjectReasonFacts } from "@hourwright/contract";
import type { Answer } from "../../data/api.ts";
import { createFormats } from "../../messages/format.ts";
import { LANGUAGES, LANGUAGE_NAMES, type LanguageName } from "../../messages/language.ts";
import { printAge, printChange, printReason, type WhyLanguage } from "./printed-why.ts";
import { de } from "./why-words-de.ts";
import { en } from "./why-words-en.ts";

type Told = Answer<"services.why">;
type Reason = Told["reasons"][number]["facts"];
type Change = NonNullable<Told["relaxation"]>[number]["facts"];
type SubjectReason = Extract<Reason, { kind: "subjects" }>["unable"][number]["why"][number];

const WHY = { en, de };

async function languageOf(locale: LanguageName): Promise<WhyLanguage> {
  const format = createFormats(locale === "en" ? "en-GB" : "de-DE", "Europe/Prague");
  return { words: (await LANGUAGES[locale].load())(format), why: WHY[locale](format), format, locale };
}

const ana = { id: "per_01J8Z3K4M5N6P7Q8R9S0T1V2W3", name: "Ana" };
const [start, end] = ["2027-03-01T10:00:00+01:00", "2027-03-01T11:00:00+01:00"];
const broken: Extract<SubjectReason, { kind: "rule" }>["broken"] = {
  constraintId: "lunch",
  ruleId: "rul_1",
  isHard: true,
  severity: "should",
  collection: null,
  subjectId: "per_1",
  subject: "Ana",
  start: "2027-03-01T11:00:00+01:00",
  end: "2027-03-01T14:00:00+01:00",
  units: 30,
  facts: { from: 660, to: 840, minutes: 30, longest: 0 },
  others: [],
  titles: [],
  sentence: "As the server says it.",
  relaxations: [{ parameter: "to", unit: "time of day", value: 870 }],
};
const holiday = {
  kind: "holidays",
  of: "organisation",
  name: "Assumption Day",
  names: { en: "Assumption Day", de: "Mariä Himmelfahrt" },
  region: "Bavaria",
  regionNames: { en: "Bavaria", de: "Bayern" },
  reason: null,
} as const;

const SUBJECT: readonly (readonly [SubjectReason, string, string])[] = [
  [{ kind: "closed", because: null }, "Ana: not open for all of that time.", "Ana: nicht für die ganze Zeit geöffnet."],
  [
    { kind: "closed", because: { sentence: "", isAway: false, layer: holiday } },
    "Ana: not open for all of that time – public holiday in Bavaria (Assumption Day).",
    "Ana: nicht für die ganze Zeit geöffnet – Feiertag in Bayern (Mariä Himmelfahrt).",
  ],
  [
    { kind: "closed", because: { sentence: "", isAway: true, layer: { ...holiday, kind: "contract" } } },
    "Ana: not open for all of that time – away.",
    "Ana: nicht für die ganze Zeit geöffnet – abwesend.",
  ],
  [{ kind: "taken", what: "Review" }, "Ana: taken by “Review”.", "Ana: belegt durch „Review“."],
  [{ kind: "taken", what: null }, "Ana: taken by something else.", "Ana: belegt durch etwas anderes."],
  [
    { kind: "buffer", what: null, missingMinutes: 20 },
    "Ana: 20 min too little beside something else.",
    "Ana: Abstand zu etwas anderem um 20 min zu kurz.",
  ],
  [
    { kind: "way", what: "Review", missingMinutes: 90 },
    "Ana: 1 h 30 min too little for the way beside “Review”.",
    "Ana: Zeit für den Weg von oder zu „Review“ um 1 h 30 min zu kurz.",
  ],
  [
    { kind: "rule", broken: broken },
    "Ana has no time for lunch, Mon 1 Mar, 11:00–14:00, and 30 min are wanted.",
    "Ana: keine Zeit für eine Mittagspause, Mo 1. März, 11:00–14:00, gewünscht sind 30 min.",
  ],
  [
    { kind: "calendar", calendar: "Private", ageMinutes: 4_320, afterMinutes: 60 },
    "Ana: the calendar “Private” is 3 days old, and may be 1 h old.",
    "Ana: Kalender „Private“ veraltet: 3 Tage alt, erlaubt sind 1 h.",
  ],
  [
    { kind: "calendar", calendar: "Private", ageMinutes: null, afterMinutes: 60 },
    "Ana: the calendar “Private” was never read yet.",
    "Ana: Kalender „Private“ wurde noch nie gelesen.",
  ],
];

const lacking = (why: SubjectReason): Reason => ({
  kind: "subjects",
  roles: ["Instructor", "Car"],
  needed: 2,
  able: 0,
  unable: [{ subject: ana, why: [why] }],
});

const REASONS: readonly (readonly [Reason, string, string])[] = [
  [{ kind: "past" }, "It is past.", "Diese Zeit ist vorbei."],
  [
    { kind: "notice", noticeMinutes: 2_880, earliest: start },
    "It takes 2 days of notice: from Monday 1 March 2027, 10:00 on.",
    "Zu kurzfristig: Der Vorlauf beträgt 2 Tage, buchbar ist ab Montag 1. März 2027, 10:00.",
  ],
  [
    { kind: "window", end: start },
    "It can be booked before Monday 1 March 2027, 10:00 only.",
    "Zu weit voraus: Buchbar ist nur, was vor Montag 1. März 2027, 10:00 beginnt.",
  ],
  [
    { kind: "raster", everyMinutes: 30, from: "midnight" },
    "It begins every 30 min, counted from midnight; this lies between.",
    "Buchungen beginnen alle 30 min ab Mitternacht; diese Zeit liegt dazwischen.",
  ],
  [
    { kind: "raster", everyMinutes: 60, from: "opening" },
    "It begins every 60 min, counted from opening; this lies between.",
    "Buchungen beginnen alle 60 min ab Öffnung; diese Zeit liegt dazwischen.",
  ],
  [
    { kind: "closed" },
    "The service is closed for a part of that time.",
    "Das Angebot ist für einen Teil dieser Zeit geschlossen.",
  ],
  [
    { kind: "limit", per: "day", max: 1 },
    "There may be 1 booking a day, and there are.",
    "Am Tag ist höchstens 1 Buchung vorgesehen, und die gibt es schon.",
  ],
  [
    { kind: "limit", per: "week", max: 2 },
    "There may be 2 bookings a week, and there are.",
    "In der Woche sind höchstens 2 Buchungen vorgesehen, und die gibt es schon.",
  ],
  [
    { kind: "limit", per: "customer", max: 2 },
    "A customer may have 2 bookings in these days, and has.",
    "Je Kunde und Zeitraum sind höchstens 2 Buchungen vorgesehen, und die gibt es schon.",
  ],
  ...SUBJECT.map(
    ([why, english, german]) =>
      [
        lacking(why),
        `Instructor and Car: 2 needed, 0 can.\n${english}`,
        `Instructor und Car: 2 nötig, nichts davon verfügbar.\n${german}`,
      ] as const,
  ),
];

const CHANGES: readonly (readonly [Change, string, string])[] = [
  [{ kind: "notice", minutes: 100 }, "1 h 40 min of notice", "Vorlauf: 1 h 40 min"],
  [{ kind: "window", days: 9, end: null }, "bookings 9 days ahead", "Buchbar 9 Tage im Voraus"],
  [
    { kind: "window", days: null, end: start },
    "bookings until Monday 1 March 2027, 10:00",
    "Buchbar bis Montag 1. März 2027, 10:00",
  ],
  [{ kind: "window", days: null, end: null }, "bookings without an end", "Buchbar ohne Ende"],
  [
    { kind: "raster", everyMinutes: 10, from: "midnight" },
    "a start every 10 min, counted from midnight",
    "Beginn alle 10 min ab Mitternacht",
  ],
  [
    { kind: "raster", everyMinutes: 1, from: "midnight" },
    "a start every minute, counted from midnight",
    "Beginn jede Minute ab Mitternacht",
  ],
  [
    { kind: "hours", start, end },
    "the service open Monday 1 March 2027, 10:00–11:00",
    "Angebot geöffnet: Montag 1. März 2027, 10:00–11:00",
  ],
  [{ kind: "limit", per: "day", max: 3 }, "3 bookings a day", "3 Buchungen am Tag"],
  [{ kind: "limit", per: "week", max: 1 }, "1 booking a week", "1 Buchung in der Woche"],
  [
    { kind: "limit", per: "customer", max: 2 },
    "2 bookings of a customer in these days",
    "2 Buchungen je Kunde in diesem Zeitraum",
  ],
  [
    { kind: "buffer", beforeMinutes: 10, afterMinutes: 0 },
    "buffers of 10 min before and 0 min after",
    "Puffer von 10 min davor und 0 min danach",
  ],
  [
    { kind: "open", subject: ana, start, end: "2027-03-02T01:00:00+01:00" },
    "Ana open Monday 1 March 2027, 10:00 to Tuesday 2 March 2027, 01:00",
    "Ana: geöffnet Montag 1. März 2027, 10:00 bis Dienstag 2. März 2027, 01:00",
  ],
  [{ kind: "guard", subject: ana, what: "Review" }, "Ana: no buffer of “Review”", "Ana: „Review“ ohne Puffer"],
  [
    { kind: "free", subject: { id: "per_01J8Z3K4M5N6P7Q8R9S0T1V2W4", name: "" }, what: null },
    "Somebody who is gone free of something else",
    "Wer nicht mehr da ist: nicht belegt durch etwas anderes",
  ],
  [
    { kind: "rule", subject: ana, broken: broken },
    "Ana: the rule “Lunch” with lunch until 14:30",
    "Ana: Regel „Mittagspause“ mit Mittag bis 14:30",
  ],
  [
    { kind: "rule", subject: ana, broken: { ...broken, relaxations: [] } },
    "Ana without the rule “Lunch”",
    "Ana: ohne die Regel „Mittagspause“",
  ],
  [
    { kind: "calendar", subject: ana, calendar: "Private", afterMinutes: 1_440 },
    "Ana: “Private” read again, or calendars that may be 1 day old",
    "Ana: „Private“ neu gelesen, oder Kalender dürften 1 Tag alt sein",
  ],
  [
    { kind: "calendar", subject: ana, calendar: "Private", afterMinutes: null },
    "Ana: “Private” read",
    "Ana: „Private“ gelesen",
  ],
];

const sentence = "As the server says it.";
const sayReason = (facts: Reason, language: WhyLanguage) =>
  printReason({ kind: facts.kind, sentence, subject: null, facts }, language);
const sayChange = (facts: Change, language: WhyLanguage) =>
  printChange({ kind: facts.kind, sentence, facts }, language);

describe("why there is no slot, in the reader's language", () => {
  test("has a sample of every kind that the contract names", () => {
    const kindsOf = (union: {
      readonly options: readonly { readonly shape: { readonly kind: { readonly value: string } } }[];
    }) => union.options.map(({ shape }) => shape.kind.value).toSorted();
    const sampled = (rows: readonly (readonly [{ readonly kind: string }, ...unknown[]])[]) =>
      [...new Set(rows.map(([{ kind }]) => kind))].toSorted();
    assert.deepEqual(sampled(REASONS), kindsOf(slotReasonFacts));
    assert.deepEqual(sampled(SUBJECT), kindsOf(subjectReasonFacts));
    assert.deepEqual(sampled(CHANGES), kindsOf(slotChangeFacts));
    for (const [facts] of REASONS) assert.deepEqual(slotReasonFacts.parse(facts), facts);
    for (const [facts] of CHANGES) assert.deepEqual(slotChangeFacts.parse(facts), facts);
  });

  for (const [facts, ...said] of REASONS)
    test(`is said of ${facts.kind}: ${said[0]}`, async () => {
      for (const [index, name] of (["en", "de"] as const).entries())
        assert.equal(sayReason(facts, await languageOf(name)), said[index]);
    });

  for (const [facts, ...said] of CHANGES)
    test(`is said of what would do: ${said[0]}`, async () => {
      for (const [index, name] of (["en", "de"] as const).entries())
        assert.equal(sayChange(facts, await languageOf(name)), said[index]);
    });

  test("is said of calendars elsewhere", async () => {
    const calendar = { whose: "Ana", calendar: "Private", ageMinutes: 180 };
    const [english, german] = [await languageOf("en"), await languageOf("de")];
    assert.equal(printAge(calendar, english), "Ana: “Private” was last read 3 h ago.");
    assert.equal(printAge(calendar, german), "Ana: „Private“, Stand 3 h alt.");
    assert.equal(
      printAge({ ...calendar, whose: null, ageMinutes: null }, english),
      "Somebody who is gone: “Private” was never read yet.",
    );
  });

  test("is said in every language of the page", () =>
    assert.deepEqual(Object.keys(WHY).toSorted(), LANGUAGE_NAMES.toSorted()));

  test("is in the server's words where the page does not know the kind yet", async () => {
    const facts = { kind: "weather" } as unknown as Reason & Change;
    for (const name of LANGUAGE_NAMES) {
      const language = await languageOf(name);
      assert.deepEqual([sayReason(facts, language), sayChange(facts, language)], [sentence, sentence]);
    }
  });
});
