import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import { dateOf, dayNumber } from "@hourwright/time";
import { german } from "./de.ts";
import { english } from "./en.ts";
import type { Grammar } from "./grammar.ts";
import type { Situation } from "./meaning.ts";
import { readDate } from "./read-date.ts";
import { readWords } from "./read-words.ts";
import { SITUATION, TODAY, anyDay, anySituation, printDay, printMeaning, printMinute } from "./testing.ts";

const GERMAN: Situation = { ...SITUATION, locale: "de" };
const said = (text: string, situation: Partial<Situation> = {}) =>
  printMeaning(readWords(text, { ...SITUATION, ...situation }).meaning);

describe("days", () => {
  test("[LG11] the next week begins on the first weekday", () => {
    assert.equal(said("x next sun"), "x | 03-28");
    assert.equal(said("x next sun", { firstWeekday: 7 }), "x | 03-21");
    assert.equal(said("x next week", { firstWeekday: 7 }), "x | 03-22");
  });

  test("[LG10] on its own weekday a weekday is in seven days, and today is offered", () => {
    fc.assert(
      fc.property(anyDay, (today) => {
        const name = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"][(((today + 3) % 7) + 7) % 7]!;
        const { meaning, readings } = readWords(`x ${name}`, { ...SITUATION, today, selectedDay: today });
        assert.deepEqual([meaning.fromDay, ...readings.map((one) => one.meaning.fromDay)], [today + 7, today]);
      }),
    );
  });

  test("[LG14] which of day and month comes first is a habit that can be said", () => {
    assert.equal(said("x 3/4", { isDayFirst: true }), "x | 04-03");
    assert.equal(said("x 3/4", { locale: "de", isDayFirst: false }), "x | 2028-03-04");
    assert.equal(said("x 4/4"), "x | 04-04");
    assert.deepEqual(readWords("x 4/4", SITUATION).readings, []);
  });

  test("[LG15] [LG16] with another year in view, dates without a year lie in it", () => {
    const selectedDay = dayNumber(2029, 6, 5);
    assert.equal(said("x 3 mar", { selectedDay }), "x | 2029-03-03");
    assert.equal(said("x the 2nd", { selectedDay }), "x | 2029-06-02");
    assert.equal(said("x 29 feb", { selectedDay }), "x | 2032-02-29");
  });

  test("[LG18] +6w counts from the selected day, in 6 weeks from today", () => {
    const selectedDay = TODAY + 10;
    assert.equal(said("x +6w", { selectedDay }), `x | ${printDay(TODAY + 52).slice(5)}`);
    assert.equal(said("x in 6 weeks", { selectedDay }), `x | ${printDay(TODAY + 42).slice(5)}`);
  });

  test("[LG13] [LG14] every day of three centuries is read back from every form it is printed in", () => {
    const nameOf = (grammar: Grammar, month: number) =>
      [...grammar.months].findLast(([, value]) => value === month)?.[0] ?? "";
    fc.assert(
      fc.property(anyDay, anySituation, (day, situation) => {
        const { year, month, day: number } = dateOf(day);
        const two = (value: number) => String(value).padStart(2, "0");
        const forms: readonly (readonly ["en" | "de", string])[] = [
          ["en", printDay(day)],
          ["en", `${number} ${nameOf(english, month)} ${year}`],
          ["en", `${nameOf(english, month)} ${number}, ${year}`],
          ["en", `${number}.${month}.${year}`],
          ["en", `${month}/${number}/${year}`],
          ["de", `${two(number)}.${two(month)}.${year}`],
          ["de", `${number}. ${nameOf(german, month)} ${year}`],
          ["de", `${number}/${month}/${year}`],
        ];
        for (const [locale, text] of forms) {
          const { meaning, parts } = readWords(`x ${text} y`, { ...situation, locale });
          assert.equal(meaning.fromDay, day, text);
          assert.equal(parts.length, 3);
          assert.equal(readDate(text, { ...situation, locale })?.day, day, text);
        }
      }),
      { numRuns: 500 },
    );
  });

  test("[LG13] a date in a year beyond the bounds is none, and nothing of it is another", () => {
    const years = ["0999", "1800", "1899", "2200", "9999", "20275"];
    const dates = [
      "1 jan YEAR",
      "jan 1, YEAR",
      "on 1 jan YEAR",
      "fri 1 jan YEAR",
      "fri, 1/1/YEAR",
      "1.1.YEAR",
      "YEAR-01-01",
    ];
    const german = ["1. Januar YEAR", "am 1. Januar YEAR", "Fr, den 1. Jan. YEAR", "vom 1.1.YEAR", "12–14 Jan YEAR"];
    const named = [
      dates.map((date) => [date, SITUATION] as const),
      german.map((date) => [date, GERMAN] as const),
    ].flat();
    for (const [date, situation] of named) {
      for (const year of years) {
        const text = `x ${date.replace("YEAR", year)}`;
        assert.equal(printMeaning(readWords(text, situation).meaning), `${text} | 03-18`);
        assert.equal(readDate(text.slice(2), situation), null, text);
      }
    }
  });

  test("[LG20] a range of days is read back", () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 1, max: 400 }), anySituation, (day, length, situation) => {
        fc.pre(day + length < dayNumber(2200, 1, 1));
        const { meaning } = readWords(`x ${printDay(day)} – ${printDay(day + length)}`, situation);
        assert.deepEqual([meaning.fromDay, meaning.startMinute === null && meaning.toDay], [day, day + length + 1]);
      }),
    );
  });

  test("[LG22] a number behind a weekday is its date only when it falls on it", () => {
    assert.equal(said("x fri 19"), "x | 03-19");
    assert.equal(said("x fri 12"), "x | 03-19 12:00 60m");
    assert.equal(said("x fri 26"), "x | 03-26");
    assert.equal(said("x fri 31"), "x | 12-31");
    assert.equal(said("x thu 25"), "x | 03-25");
    assert.equal(said("x thu 25, 17:00"), "x | 03-25 17:00 60m");
    assert.equal(said("x thu 24"), "x | 06-24"); // No clock shows 24.
    assert.equal(said("x fri 30 feb"), "x fri 30 feb | 03-18"); // Not Friday the 30th of April.
  });
});

describe("times", () => {
  test("[LG30] [LG31] every minute of the day is read back", () => {
    for (let minute = 0; minute < 1440; minute++) {
      const text = printMinute(minute).padStart(5, "0");
      for (const form of [`x tomorrow ${text}`, `x tomorrow at ${text} y`]) {
        assert.equal(readWords(form, SITUATION).meaning.startMinute, minute, form);
      }
      assert.equal(readWords(`x morgen um ${text.replace(":", ".")} Uhr`, GERMAN).meaning.startMinute, minute);
    }
  });

  test("[LG30] every minute is read back from the twelve-hour clock", () => {
    for (let minute = 0; minute < 1440; minute++) {
      const hour = Math.floor(minute / 60);
      const text = `${hour % 12 || 12}:${String(minute % 60).padStart(2, "0")}${hour < 12 ? "am" : " p.m."}`;
      assert.equal(readWords(`x tomorrow ${text}`, SITUATION).meaning.startMinute, minute, text);
    }
  });

  test("[LG34] every range is read back, over midnight too", () => {
    fc.assert(
      fc.property(fc.nat(1439), fc.integer({ min: 1, max: 1439 }), (start, length) => {
        const end = (start + length) % 1440;
        fc.pre(start + length <= 1440 || length <= 960); // No night is longer.
        const text = `x tomorrow ${printMinute(start).padStart(5, "0")}–${printMinute(end).padStart(5, "0")}`;
        const { meaning } = readWords(text, SITUATION);
        assert.deepEqual([meaning.startMinute, meaning.startMinute !== null && meaning.minutes], [start, length]);
      }),
    );
  });

  test("[LG34] figures are as long in all languages, and a range in all of them or in none", () => {
    const anyFigures = fc
      .record({ hour: fc.integer({ min: 0, max: 23 }), minute: fc.constantFrom("00", "30"), isPadded: fc.boolean() })
      .map(({ hour, minute, isPadded }) => `${String(hour).padStart(isPadded ? 2 : 1, "0")}:${minute}`);
    fc.assert(
      fc.property(anyFigures, anyFigures, (from, to) => {
        const [english, german] = [SITUATION, GERMAN].map((situation) => {
          const { meaning } = readWords(`x 2027-03-25 ${from}–${to}`, situation);
          return meaning.startMinute === null ? null : meaning.minutes;
        });
        assert.equal(english, german);
        assert.ok(english === null || english! > 0);
      }),
      { numRuns: 500 },
    );
  });

  const ranges: readonly (readonly [string, string, string?])[] = [
    ["10:00-9:00", "10:00 660m"],
    ["11:30–1:00", "11:30 90m"],
    ["22:00-6:00", "22:00 480m"],
    ["17:00–8:00", "17:00 900m"],
    ["0:00–24:00", "0:00 1440m"],
    ["10:00-0:30", "10:00 870m"],
    ["12:30-12:30", "", "12:30-12:30"],
    ["9:00 – 9:00", "", "9:00 – 9:00"],
    ["15:00-14:00", "", "15:00-14:00"],
    ["14:30-10:00", "", "14:30-10:00"],
  ];
  for (const [text, time, title = ""] of ranges) {
    test(`[LG34] "${text}" is ${time || "no time"} in every language`, () => {
      for (const locale of ["en", "de"] as const) {
        const expected = [["x", title].join(" ").trim(), ["03-25", time].join(" ").trim()].join(" | ");
        assert.equal(said(`x 25.3. ${text}`, { locale }), expected);
      }
    });
  }

  test("[LG32] a bare hour is in the half of the day that is nearer to the working hours", () => {
    const night = { workingHours: { fromMinute: 1080, toMinute: 1380 } };
    assert.equal(said("x fri at 8", night), "x | 03-19 20:00 60m");
    assert.equal(said("x fri at 8"), "x | 03-19 8:00 60m");
    assert.deepEqual(readWords("x fri at 3", SITUATION).readings, []);
    assert.equal(readWords("x fri at 7", SITUATION).readings.length, 1);
  });

  test("[LG36] a time from now may fall on the next day", () => {
    assert.equal(said("x in 12 hours"), "x | 03-19 1:24 60m");
  });
});
