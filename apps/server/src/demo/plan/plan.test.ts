import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { dayNumber } from "@hourwright/time";
import { larkfield } from "../larkfield/larkfield.ts";
import { northgate } from "../northgate.ts";
import { holidays } from "../testing.ts";
import { ClosedDays, YearDays } from "./days.ts";
import { Diary } from "./diary.ts";
import { makePlan } from "./plan.ts";
import { planRhythms } from "./rhythms.ts";
import { planSpans } from "./spans.ts";
import type { Rhythm } from "./model.ts";
import { Uids } from "./uids.ts";

const years = { fromYear: 2026, toYear: 2028 };
const daysOf = (year: number) =>
  new YearDays(year, holidays, new ClosedDays(holidays, year - 1, year), {
    seasons: larkfield.seasons,
    breakWeeks: [7],
  });

describe("a plan", () => {
  test("is the same for the same seed, and another for another", () => {
    const plan = makePlan(larkfield, 7, years, holidays);
    assert.deepEqual(makePlan(larkfield, 7, years, holidays), plan);
    assert.notDeepEqual(makePlan(larkfield, 8, years, holidays), plan);
  });

  test("has the same 2027 whichever years stand beside it", () => {
    const of2027 = (fromYear: number, toYear: number) =>
      makePlan(northgate, 7, { fromYear, toYear }, holidays).events.filter(({ uid }) => uid.startsWith("2027-"));
    assert.ok(of2027(2027, 2027).length > 20);
    assert.deepEqual(of2027(2025, 2027), of2027(2027, 2029));
  });

  test("names every event by a UID of its own", () => {
    const { events } = makePlan(larkfield, 7, years, holidays);
    assert.equal(new Set(events.map(({ uid }) => uid)).size, events.length);
  });
});

describe("the days of a year", () => {
  const days = daysOf(2027);
  const day = (month: number, date: number) => dayNumber(2027, month, date);

  test("are closed on holidays, at Easter and between the years", () => {
    const closed = [...days.days()].filter((each) => days.closed.has(each)).map((each) => each - day(1, 1));
    const expected = [
      [1, 1],
      [3, 26],
      [3, 27],
      [3, 28],
      [3, 29],
      [5, 1],
      [5, 8],
      [7, 5],
      [7, 6],
      [9, 28],
      [10, 28],
      [11, 17],
      ...[24, 25, 26, 27, 28, 29, 30, 31].map((date) => [12, date]),
    ].map(([month, date]) => day(month!, date!) - day(1, 1));
    assert.deepEqual(closed, expected);
  });

  test("know numbered weeks and Easter", () => {
    assert.equal(days.dayOf({ week: 1, weekday: 1 }), day(1, 4));
    assert.equal(days.dayOf({ week: 25, weekday: 6 }), day(6, 26));
    assert.equal(days.dayOf({ easter: 0 }), day(3, 28));
    assert.equal(daysOf(2026).dayOf({ week: 1, weekday: 1 }), dayNumber(2025, 12, 29));
  });

  test("have breaks before Easter and in the weeks of the table", () => {
    assert.ok(days.isBreak(day(3, 24)) && days.isBreak(day(2, 15)) && days.isBreak(day(2, 21)));
    assert.ok(!days.isBreak(day(3, 30)) && !days.isBreak(day(2, 14)) && !days.isBreak(day(2, 22)));
  });

  test("give closures of consecutive days as one, over New Year too", () => {
    const closures = days.closed.closures(days.firstDay, days.endDay, larkfield.shortNames);
    assert.deepEqual(
      closures.filter(({ days }) => days > 1).map(({ day: from, days, title }) => [from - day(1, 1), days, title]),
      [
        [-8, 9, "Closed · holidays"],
        [day(3, 26) - day(1, 1), 4, "Closed · Easter"],
        [day(7, 5) - day(1, 1), 2, "Closed · Cyril & Methodius"],
        [day(12, 24) - day(1, 1), 9, "Closed · holidays"],
      ],
    );
  });
});

describe("whoever plans with care", () => {
  const clinic: Rhythm = {
    title: "Clinic",
    calendar: "Programmes",
    rule: "FREQ=WEEKLY;BYDAY=WE",
    at: "10:00",
    minutes: 60,
    seasons: ["autumn"],
    people: ["Ana", "Bo"],
    things: ["Hall"],
    standIn: "Cem",
    elsewhere: "Studio",
  };
  const days = daysOf(2027);
  /** The first Wednesday of autumn, 8 September. */
  const first = days.dayOf({ week: 36, weekday: 3 });
  const plan = (prepare: (diary: Diary) => void, rhythm = clinic) => {
    const diary = new Diary();
    prepare(diary);
    return planRhythms([rhythm], days, diary, new Uids("2027", "x.example"), () => 0.5)[0]!;
  };

  test("leaves out closed days and breaks, and ends with the season", () => {
    const { series, when } = plan(() => {}, { ...clinic, termsOnly: true });
    assert.equal(when.day, first);
    assert.deepEqual(series!.excluded, [dayNumber(2027, 11, 17)]);
    assert.equal(series!.lastDay, days.dayOf({ week: 50, weekday: 3 }));
    assert.equal(series!.count, 14);
    assert.deepEqual(series!.overrides, []);
  });

  test("sends a stand-in while the leading one is away, and nobody when there is none", () => {
    const away = (diary: Diary) => diary.markAway(["Ana"], first + 7);
    assert.deepEqual(plan(away).series!.overrides, [{ day: first + 7, people: ["Cem", "Bo"] }]);
    const { standIn: _, ...alone } = clinic;
    assert.deepEqual(plan(away, alone).series!.excluded.slice(0, 1), [first + 7]);
  });

  test("goes elsewhere while the room is closed, and to another hour while somebody is taken", () => {
    const repairs = (diary: Diary) => diary.markAway(["Hall"], first + 7);
    assert.deepEqual(plan(repairs).series!.overrides, [{ day: first + 7, things: ["Studio"], location: "Studio" }]);
    const taken = (diary: Diary) => diary.take(["Bo"], first + 7, { fromMinute: 570, toMinute: 610 });
    assert.deepEqual(plan(taken).series!.overrides, [{ day: first + 7, fromMinute: 630 }]);
  });

  test("shortens a camp by closed days, and drops one of which too little is left", () => {
    const span = { title: "Camp", calendar: "Programmes", on: { easter: -6 } as const };
    const plan = (days_: number) =>
      planSpans([{ ...span, days: days_ }], days, new Diary(), new Uids("2027", "x.example")).map(({ when }) => when);
    assert.deepEqual(plan(5), [{ day: dayNumber(2027, 3, 22), days: 4 }]);
    assert.deepEqual(plan(7), []);
  });
});
