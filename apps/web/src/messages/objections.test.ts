// Strategy: a sample of every kind of what is said for or against a schedule, of it and of a plan, and of every kind of rule: each has its
// own sentence in each language but the server's own, in words that are not English.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { lineText, type LineFacts } from "@hourwright/roster";
import { planText, type PlanFacts, type UnmetFacts, type UnmetReasonFacts } from "@hourwright/roster/planning";
import { objectionText, stretchText, type ObjectionFacts, type Rule, type StretchFacts } from "@hourwright/schedule";
import { createFormats } from "./format.ts";
import { LANGUAGE_NAMES, LANGUAGES } from "./language.ts";

const shift = { name: "Früh", fromMinute: 360, toMinute: 840 };
const day = "2027-03-01";
const name = "Ana Ruiz";
const absence = { type: "leave", approval: { by: "Ben Okafor", onDay: day } } as const;
const begins = { fromMinute: 360, day };
const onDay = { shift, day };

type Samples<Facts extends { readonly kind: string }> = {
  readonly [Kind in Facts["kind"]]: Omit<Facts & { readonly kind: Kind }, "kind">;
};
const SAMPLES: Samples<ObjectionFacts> = {
  "adjustments-max": { most: 20_000 },
  "too-many": {},
  "approved-already": { id: "adj_1" },
  "absence-span": {},
  "absence-days": { most: 1_098 },
  "call-span": {},
  "not-on-call": {},
  "no-contract": { day },
  "absences-overlap": { type: "leave", other: absence },
  "shift-fault": { about: "break", sentence: "In English." },
  "clocks-skip": onDay,
  "no-such-shift": begins,
  "shift-away": { absence, ...begins },
  "shifts-overlap": { other: { shift, how: "taken", from: "Cem Arslan" }, ...onDay },
  "in-absence": { absence, mayInterrupt: true, ...onDay },
  "their-shift-missing": { name, ...begins },
  "their-contract-missing": { name, day },
  "their-shifts-overlap": { name, other: { ...onDay, isOfContract: true }, ...onDay },
  "their-absence": { name, absence, ...onDay },
  "their-skill-missing": { name, skill: "Erste Hilfe", day },
  "their-time-off": { name },
  "shift-gone": {},
  "nothing-to-swap": {},
  "nothing-to-change": {},
  "no-contract-ever": {},
  "no-roster": {},
  left: {},
  "left-yourself": {},
  barred: {},
  lacks: { what: "Erste Hilfe" },
  "free-day": {},
  "below-hours": { minutes: 90 },
  "over-hours": { minutes: 90 },
  rest: { minutes: 660 },
  covered: { count: 2, days: 90 },
  site: { site: "Halle B" },
  "start-instead": { fromMinute: 540 },
  "keeps-rules": onDay,
  "give-to": { name },
  "hours-planned": { minutes: 1_200, of: 2_400, skill: "Erste Hilfe" },
  "leave-open": {},
  "can-ask": {},
  rule: { rule: { kind: "week", minutesMax: 2_400 }, measured: 2_460, fromDay: day, untilDay: "2027-03-05" },
};
const RULES: { readonly [Kind in Rule["kind"]]: Omit<Rule & { readonly kind: Kind }, "kind"> } = {
  shift: { minutesMax: 480 },
  day: { minutesMax: 480 },
  week: { minutesMax: 2_400 },
  rolling: { days: 14, minutesMax: 4_800 },
  rest: { minutesMin: 660 },
  "week-rest": { minutesMin: 2_160 },
  days: { max: 6 },
  nights: { max: 1 },
  weekends: { of: 4, freeMin: 2 },
  curfew: { fromMinute: 1_320, toMinute: 360 },
};
const REASON = { kind: "unmet-costly", count: 2 } as const;
const UNMET: UnmetFacts = {
  kind: "unmet",
  site: "Halle B",
  skill: "Erste Hilfe",
  levelMin: 2,
  day,
  fromMinute: 1_320,
  toMinute: 1_800,
  have: 1,
  able: 3,
  there: 1,
  reasons: [REASON],
};
const PLANS: Samples<PlanFacts> = {
  unmet: UNMET,
  "unmet-locked": { count: 1 },
  "unmet-no-contract": { count: 1 },
  "unmet-away": { count: 1, type: null },
  "unmet-busy": { count: 1, meets: "time" },
  "unmet-rule": { count: 1, rule: { kind: "rest", minutesMin: 660 }, measured: 540 },
  "unmet-no-shift": { count: 1, isBefore: false },
  "unmet-costly": { count: 1 },
  "wish-off": { name, day },
  "wish-work": { name: null, day },
  "draft-changed": { name },
  "open-shift-changed": { name },
  "contract-gone": { name },
  "not-planned": { name },
  "left-out": { name, of: { kind: "shifts-overlap", other: { shift, how: "cover", from: null }, ...onDay } },
};
const REASONS: readonly UnmetReasonFacts[] = [
  ...(["leave", "sick", "training", "compensation", "unpaid", "parental"] as const).map((type) => {
    return { kind: "unmet-away", count: 2, type } as const;
  }),
  ...(["day", "shift"] as const).map((meets) => ({ kind: "unmet-busy", count: 2, meets }) as const),
  { kind: "unmet-no-shift", count: 2, isBefore: true },
];
const rules = Object.entries(RULES).map(([kind, rule]) => ({ kind, ...rule }) as Rule);
const objections: readonly ObjectionFacts[] = [
  ...Object.entries(SAMPLES).map(([kind, facts]) => ({ kind, ...facts }) as ObjectionFacts),
  ...rules.map((rule) => ({ kind: "rule", rule, measured: 90, fromDay: day, untilDay: day }) as const),
];
const plans: readonly PlanFacts[] = [
  ...Object.entries(PLANS).map(([kind, facts]) => ({ kind, ...facts }) as PlanFacts),
  ...REASONS,
  ...rules.map((rule) => ({ kind: "unmet-rule", count: 2, rule, measured: 90 }) as const),
  { ...UNMET, skill: null, levelMin: null, have: 0, able: 0 },
  { ...UNMET, have: 12, reasons: null },
];
const placed = { shift, how: "contract", from: null } as const;
const { approval } = absence;
const STRETCHES: Samples<StretchFacts> = {
  "off-no-contract": {},
  "off-free": {},
  "off-away": {},
  "off-holiday": { holiday: "Ostermontag", replaces: placed },
  "off-absence": { absence, replaces: placed },
  "off-left-out": { shift: placed, approval },
  "off-taken-away": { shift: placed, approval },
  "off-given": { shift: placed, to: name, approval },
  "off-moved": { shift: placed, to: onDay, approval },
  "called-in": { approval, during: placed },
  "at-work": { state: "work", shift: placed, moved: null, approval: null },
};
const worked = { kind: "at-work", state: "work", moved: null, approval } as const;
const stretches: readonly StretchFacts[] = [
  ...Object.entries(STRETCHES).map(([kind, facts]) => ({ kind, ...facts }) as StretchFacts),
  ...(["on-call", "paid-break", "unpaid-break"] as const).map((state) => ({ ...worked, state, shift: placed })),
  ...(["extra", "overtime", "taken", "cover", "rostered", "other"] as const).map((how) => {
    return { ...worked, shift: { shift, how, from: "Cem Arslan" } };
  }),
  { ...worked, shift: { shift, how: "change", from: null }, moved: begins },
  { ...worked, shift: { shift, how: "rostered", from: null }, approval: null },
  { kind: "off-absence", absence: null, replaces: null },
];
const LINES: { readonly [Kind in LineFacts["kind"]]: LineFacts & { readonly kind: Kind } } = {
  "line-new": { kind: "line-new", ...onDay },
  "line-changed": { kind: "line-changed", ...onDay, was: shift },
  "line-dropped": { kind: "line-dropped", day, was: shift },
};
type Facts = ObjectionFacts | PlanFacts | StretchFacts | LineFacts;
const ALL: readonly (readonly [facts: Facts, english: string])[] = [
  ...objections.map((of) => [of, objectionText(of)] as const),
  ...plans.map((of) => [of, planText(of)] as const),
  ...stretches.map((of) => [of, stretchText(of)] as const),
  ...Object.values(LINES).map((of) => [of, lineText(of)] as const),
];

const problem = (facts: object) => ({
  type: "",
  status: 409,
  title: "",
  detail: "In English.",
  instance: "",
  code: "workforce/adjustment-refused",
  reason: "barred",
  facts,
});

describe("what is said for or against a schedule in the language of the page", () => {
  for (const language of LANGUAGE_NAMES.filter((each) => each !== "en"))
    test(`has a sentence of its own in ${LANGUAGES[language].ownName} for every kind and every rule`, async () => {
      const say = (await LANGUAGES[language].loadRefusals())(createFormats(language, "Europe/Prague"));
      const unknown = say(problem({ who: null, sentence: "In English.", of: { kind: "toString" } }))!.detail;
      for (const [of, english] of ALL) {
        const { detail } = say(problem({ who: null, sentence: "In English.", of }))!;
        const where = `${JSON.stringify(of)}: ${detail}`;
        assert.notEqual(detail, unknown, where);
        assert.notEqual(detail, english, where);
        assert.doesNotMatch(detail, /undefined|NaN|null|English|2027-|object|["'’]/, where);
      }
    });

  test("says of whom, once", async () => {
    const say = (await LANGUAGES.de.loadRefusals())(createFormats("de", "Europe/Prague"));
    const said = (who: string | null, of: object) => say(problem({ who, sentence: "In English.", of }))!.detail;
    const rule = { kind: "rest", minutesMin: 660 };
    assert.equal(
      said(name, { kind: "rule", rule, measured: 540, fromDay: day, untilDay: "2027-03-02" }),
      "Ana Ruiz: 9 h Ruhe vom 1. März 2027 bis 2. März 2027. Die Regel: mindestens 11 h Ruhe zwischen Schichten.",
    );
    assert.equal(said(name, { kind: "their-time-off", name }), "Ana Ruiz ist dann abwesend.");
    assert.equal(
      said(null, { kind: "in-absence", absence, mayInterrupt: false, ...onDay }),
      "Früh (06:00–14:00) am 1. März 2027 liegt in Urlaub (genehmigt von Ben Okafor am 1. März 2027).",
    );
  });

  test("says of a plan what stays short and why, and of whom it is", async () => {
    const say = (await LANGUAGES.de.loadRefusals())(createFormats("de", "Europe/Prague"));
    const said = (of: PlanFacts) => say(problem({ who: null, sentence: "In English.", of }))!.detail;
    const rest = { kind: "unmet-rule", count: 1, rule: { kind: "rest", minutesMin: 660 }, measured: 540 } as const;
    assert.equal(
      said({ ...UNMET, reasons: [{ kind: "unmet-away", count: 1, type: "sick" }, rest] }),
      "Keine zweite Person mit „Erste Hilfe“ (ab Stufe 2) in Halle B am Montag 1. März 2027, 22:00–06:00 Uhr. " +
        "Von 3 Personen, die das haben: 1 ist da, 1 ist krank, 1 hätte 9 h Ruhe (mindestens 11 h).",
    );
    assert.equal(
      said({ ...UNMET, skill: null, levelMin: null, have: 0, able: 2, there: 0, reasons: [REASON] }),
      "Niemand in Halle B am Montag 1. März 2027, 22:00–06:00 Uhr. " +
        "Von 2 Personen, die dort arbeiten: 2 könnten, doch Stunden, Gerechtigkeit, Wünsche oder Änderungen wiegen mehr.",
    );
    assert.equal(
      said({ kind: "left-out", name, of: { kind: "clocks-skip", ...onDay } }),
      "Ana Ruiz: Die Uhren werden vorgestellt: Früh (06:00–14:00) am 1. März 2027 gibt es nicht.",
    );
    assert.equal(said({ kind: "left-out", name, of: { kind: "their-time-off", name } }), "Ana Ruiz ist dann abwesend.");
  });

  test("says why a minute is as it is, and what a roster tells each person", async () => {
    const say = (await LANGUAGES.de.loadRefusals())(createFormats("de", "Europe/Prague"));
    const said = (of: StretchFacts | LineFacts) => say(problem({ who: null, sentence: "In English.", of }))!.detail;
    assert.equal(
      said({ kind: "off-absence", absence, replaces: placed }),
      "Abwesend: Urlaub (genehmigt von Ben Okafor am 1. März 2027), statt Früh (06:00–14:00) des Vertrags.",
    );
    assert.equal(
      said({ ...worked, shift: { shift, how: "change", from: null }, moved: begins }),
      "Arbeit: Früh (06:00–14:00), verschoben (vorher am 1. März 2027 um 06:00 Uhr), genehmigt von Ben Okafor am 1. März 2027.",
    );
    assert.equal(
      said({ kind: "line-changed", ...onDay, was: { name: "", fromMinute: 840, toMinute: 1_320 } }),
      "Geändert am 1. März 2027: Früh (06:00–14:00), vorher Schicht (14:00–22:00).",
    );
  });
});
