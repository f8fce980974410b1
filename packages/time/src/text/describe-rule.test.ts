// Rules RD* are in ../../SPEC.md. Strategy: a table that a speaker of each language can read; then every rule in every
// language: a whole sentence, and a different one for every count, end and interval.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { parseRule } from "../recurrence/parse-rule.ts";
import { printRule } from "../recurrence/rule.ts";
import { rules } from "../testing.ts";
import { parseWallTime } from "../wall-time.ts";
import { findZone } from "../zone.ts";
import { describeRule, type RuleLanguage } from "./describe-rule.ts";

const startLocalMs = parseWallTime("2026-01-06T09:00")!.localMs; // A Tuesday.
const LANGUAGES: readonly RuleLanguage[] = ["en", "de", "fr"];
const told = (text: string, language: RuleLanguage) =>
  describeRule(parseRule(text).rule!, { language, startLocalMs, zone: findZone("Europe/Berlin")! });

const table: [rule: string, en: string, de: string, fr: string][] = [
  ["FREQ=DAILY", "every day", "jeden Tag", "tous les jours"],
  ["FREQ=DAILY;INTERVAL=3;COUNT=10", "every 3 days, 10 times", "alle 3 Tage, 10-mal", "tous les 3 jours, 10 fois"],
  [
    "FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR",
    "every day from Monday to Friday",
    "jeden Tag von Montag bis Freitag",
    "tous les jours du lundi au vendredi",
  ],
  [
    "FREQ=WEEKLY;INTERVAL=2;UNTIL=20260302T230000Z",
    "every second Tuesday until 3 March",
    "jeden zweiten Dienstag bis 3. März",
    "un mardi sur deux jusqu'au 3 mars",
  ],
  [
    "FREQ=WEEKLY;INTERVAL=3;BYDAY=MO,WE",
    "every 3 weeks on Monday and Wednesday",
    "alle 3 Wochen am Montag und Mittwoch",
    "toutes les 3 semaines le lundi et le mercredi",
  ],
  [
    "FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20270303",
    "every Monday and Wednesday until 3 March 2027",
    "jeden Montag und Mittwoch bis 3. März 2027",
    "tous les lundis et mercredis jusqu'au 3 mars 2027",
  ],
  [
    "FREQ=MONTHLY;BYMONTHDAY=1,-1",
    "every month on the 1st and the last day",
    "jeden Monat am 1. und am letzten Tag",
    "tous les mois le 1er et le dernier jour",
  ],
  ["FREQ=MONTHLY", "every month on the 6th", "jeden Monat am 6.", "tous les mois le 6"],
  [
    "FREQ=MONTHLY;BYDAY=2TU,-2FR",
    "every month on the second Tuesday and the second to last Friday",
    "jeden Monat am zweiten Dienstag und am vorletzten Freitag",
    "tous les mois le deuxième mardi et l'avant-dernier vendredi",
  ],
  [
    "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1,-1;COUNT=5",
    "every month from Monday to Friday, of these only the first and last, 5 times",
    "jeden Monat von Montag bis Freitag, davon nur am ersten und letzten, 5-mal",
    "tous les mois du lundi au vendredi, dont seulement le premier et le dernier, 5 fois",
  ],
  ["FREQ=YEARLY", "every year on 6 January", "jedes Jahr am 6. Januar", "tous les ans le 6 janvier"],
  [
    "FREQ=YEARLY;BYMONTH=3,10;BYDAY=-1SU",
    "every year on the last Sunday in March and October",
    "jedes Jahr am letzten Sonntag im März und Oktober",
    "tous les ans le dernier dimanche en mars et octobre",
  ],
  [
    "FREQ=YEARLY;BYWEEKNO=20",
    "every year in week 20 on Tuesday",
    "jedes Jahr in Woche 20 am Dienstag",
    "tous les ans la semaine 20 le mardi",
  ],
  [
    "FREQ=YEARLY;BYYEARDAY=100,-1",
    "every year on the 100th day and the last day of the year",
    "jedes Jahr am 100. Tag und am letzten Tag des Jahres",
    "tous les ans le 100e jour et le dernier jour de l'année",
  ],
  [
    "FREQ=DAILY;BYHOUR=9,14;BYMINUTE=0,30",
    "every day at 9:00, 9:30, 14:00 and 14:30",
    "jeden Tag um 9:00, 9:30, 14:00 und 14:30 Uhr",
    "tous les jours à 9:00, 9:30, 14:00 et 14:30",
  ],
  [
    "FREQ=MINUTELY;INTERVAL=30;BYHOUR=9,10;BYDAY=TU",
    "every 30 minutes on Tuesday in the hours 9 and 10",
    "alle 30 Minuten am Dienstag in den Stunden 9 und 10",
    "toutes les 30 minutes le mardi pendant les heures 9 et 10",
  ],
  [
    "RSCALE=GREGORIAN;FREQ=MONTHLY;BYMONTHDAY=31;SKIP=BACKWARD",
    "every month on the 31st, or the day before where there is no such date",
    "jeden Monat am 31., oder am Tag davor, wo es das Datum nicht gibt",
    "tous les mois le 31, ou la veille si la date n'existe pas",
  ],
];

describe("a rule in words", () => {
  for (const [rule, en, de, fr] of table) {
    test(`[RD1] ${rule}: ${en}`, () => {
      assert.deepEqual(
        LANGUAGES.map((language) => told(rule, language)),
        [en, de, fr],
      );
    });
  }

  test("[RD1] is one for every rule, in every language, and tells its end and interval", () => {
    fc.assert(
      fc.property(rules(), fc.integer({ min: 2, max: 400 }), (rule, number) => {
        for (const language of LANGUAGES) {
          const tell = (more: object) => describeRule({ ...rule, ...more }, { language, startLocalMs });
          const variants = [{}, { interval: number + 13 }, { count: number }, { skip: "FORWARD" }].map(tell);
          assert.equal(new Set(variants).size, variants.length, printRule(rule));
          for (const text of variants) assert.doesNotMatch(text, /undefined|null|NaN| {2}| ,|^ | $/, printRule(rule));
        }
      }),
      { numRuns: 300 },
    );
  });
});
