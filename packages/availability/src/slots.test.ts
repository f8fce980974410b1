// Rules SL* are in ../SPEC.md. Strategy: tables for what a reader should know, then random organisations across changes of
// the clocks against a model that tries every minute.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { HOUR_MS, MINUTE_MS, findZone, type Interval } from "@hourwright/time";
import type { SlotQuestion, SlotRules, SubjectTime, TakenTime } from "./question.ts";
import { slotsIn, whoCan } from "./slots.ts";
import { anyScene, obviousSeatings, obviousSlots, obviouslyCan } from "./testing.ts";

const berlin = findZone("Europe/Berlin")!;
const instant = (text: string) => Temporal.ZonedDateTime.from(`${text}[Europe/Berlin]`).epochMilliseconds;
const day = "2027-03-01"; // A Monday.
const at = (time: string) => instant(`${day}T${time}`);
const hours = (from: string, to: string): Interval => ({ startMs: at(from), endMs: at(to) });
const wholeDay: Interval = { startMs: at("00:00"), endMs: at("00:00") + 24 * HOUR_MS };
const taken = (from: string, to: string, guard = 0, site: string | null = null): TakenTime => ({
  ...hours(from, to),
  guardStartMs: at(from) - guard * MINUTE_MS,
  guardEndMs: at(to) + guard * MINUTE_MS,
  site,
});
const open = (from: string, to: string, ...list: TakenTime[]): SubjectTime => ({
  open: [hours(from, to)],
  taken: list,
});

const plain: SlotRules = {
  lengthMinutes: 60,
  bufferBeforeMinutes: 0,
  bufferAfterMinutes: 0,
  noticeMinutes: 0,
  bookable: null,
  raster: { everyMinutes: 60, from: "midnight" },
  zone: berlin,
  hours: null,
  limits: { perDay: null, perWeek: null, perCustomer: null },
  roles: [{ anyOf: [0], count: 1 }],
  places: 1,
  site: null,
};

function question(subjects: readonly SubjectTime[], rules: Partial<SlotRules> = {}, more: Partial<SlotQuestion> = {}) {
  return { rules: { ...plain, ...rules }, subjects, nowMs: at("00:00"), booked: [], sessions: [], ...more };
}

const times = (asked: SlotQuestion, window = wholeDay) =>
  slotsIn(asked, window, 100)
    .map(({ startMs }) => Temporal.Instant.fromEpochMilliseconds(startMs).toZonedDateTimeISO("Europe/Berlin"))
    .map((start) => start.toPlainTime().toString().slice(0, 5))
    .join(" ");

describe("slots", () => {
  test("[SL2] [SL3] lie in open time, whole, where nothing is taken; touching is free", () => {
    assert.equal(times(question([open("09:00", "13:30", taken("10:00", "11:00"))])), "09:00 11:00 12:00");
  });

  test("[SL4] keep the buffers of both sides, added up", () => {
    const one = open("09:00", "17:00", taken("12:00", "13:00", 15));
    assert.equal(
      times(
        question([one], {
          bufferBeforeMinutes: 15,
          bufferAfterMinutes: 30,
          raster: { everyMinutes: 15, from: "midnight" },
        }),
      )
        .split(" ")
        .filter((time) => time > "10:00" && time < "14:00")
        .join(" "),
      "10:15 13:30 13:45",
    );
  });

  test("[SL5] leave time for the way, of which and the buffers the longer counts", () => {
    const one = open("09:00", "17:00", taken("12:00", "13:00", 15, "branch"));
    const rules = { site: "main", raster: { everyMinutes: 15, from: "midnight" } } as const;
    const way = (minutes: number | null) =>
      times(question([one], rules, { wayMinutes: () => minutes }), hours("10:00", "14:00"));
    assert.equal(way(30), "10:00 10:15 10:30 13:30 13:45");
    assert.equal(way(10), "10:00 10:15 10:30 10:45 13:15 13:30 13:45");
    assert.equal(way(null), way(10));
    const oneWay = { wayMinutes: (from: string) => (from === "branch" ? 60 : 90) };
    assert.equal(
      times(question([one], rules, oneWay), hours("09:00", "15:00")),
      "09:00 09:15 09:30 14:00 14:15 14:30 14:45",
    );
  });

  test("[SL6] [SL7] are neither past, nor too soon, nor too late", () => {
    const all = { open: null, taken: [] };
    const now = { nowMs: at("09:30") };
    assert.equal(times(question([all], {}, now), hours("00:00", "12:00")), "10:00 11:00");
    assert.equal(times(question([all], { noticeMinutes: 90 }, now), hours("00:00", "13:00")), "11:00 12:00");
    const until = { kind: "until", endMs: at("11:00") } as const;
    assert.equal(times(question([all], { bookable: until }, now), hours("00:00", "13:00")), "10:00");
    const today = slotsIn(
      question([all], { bookable: { kind: "days", days: 1 } }, now),
      {
        startMs: at("00:00"),
        endMs: at("00:00") + 200 * HOUR_MS,
      },
      1_000,
    );
    assert.equal(today.at(-1)!.startMs, instant("2027-03-02T23:00"));
  });

  test("[SL9] begin on multiples after midnight, or count from each opening", () => {
    const one = { open: [hours("09:10", "11:20"), hours("13:05", "15:00")], taken: [] };
    const from = (kind: "midnight" | "opening", everyMinutes: number) =>
      times(question([one], { lengthMinutes: 30, raster: { everyMinutes, from: kind } }));
    assert.equal(from("midnight", 30), "09:30 10:00 10:30 13:30 14:00 14:30");
    assert.equal(from("opening", 40), "09:10 09:50 10:30 13:05 13:45 14:25");
  });

  test("[SL10] of openings that differ count from each, in order and each once", () => {
    const others = [open("09:00", "11:00"), open("09:20", "11:30")];
    const rules = {
      lengthMinutes: 30,
      roles: [{ anyOf: [0, 1], count: 1 }],
      raster: { everyMinutes: 30, from: "opening" },
    } as const;
    assert.equal(times(question(others, rules)), "09:00 09:20 09:30 09:50 10:00 10:20 10:30 10:50");
  });

  test("[SL11] skip the hour that the clocks skip, and offer both hours that are doubled", () => {
    const always = question([{ open: null, taken: [] }], {
      lengthMinutes: 30,
      raster: { everyMinutes: 30, from: "midnight" },
    });
    const spring = { startMs: instant("2027-03-28T01:00"), endMs: instant("2027-03-28T04:00") };
    assert.equal(times(always, spring), "01:00 01:30 03:00 03:30");
    const autumn = { startMs: instant("2027-10-31T01:30"), endMs: instant("2027-10-31T03:30") };
    assert.equal(times(always, autumn), "01:30 02:00 02:30 02:00 02:30 03:00");
  });

  test("[SL12] [SL13] stop at the limits of a day and a week, from Monday", () => {
    const all = question(
      [{ open: null, taken: [] }],
      { limits: { perDay: 1, perWeek: 2, perCustomer: null } },
      {
        booked: [
          { startMs: instant("2027-03-02T10:00"), endMs: instant("2027-03-02T11:00"), byCustomer: false },
          { startMs: instant("2027-03-09T10:00"), endMs: instant("2027-03-09T11:00"), byCustomer: false },
          { startMs: instant("2027-03-14T23:00"), endMs: instant("2027-03-15T01:00"), byCustomer: false },
        ],
      },
    );
    const days = new Set(
      slotsIn(all, { startMs: at("00:00"), endMs: at("00:00") + 15 * 24 * HOUR_MS }, 1_000).map(({ startMs }) =>
        Temporal.Instant.fromEpochMilliseconds(startMs).toZonedDateTimeISO("Europe/Berlin").toPlainDate().toString(),
      ),
    );
    assert.deepEqual(
      [...days],
      ["2027-03-01", "2027-03-03", "2027-03-04", "2027-03-05", "2027-03-06", "2027-03-07", "2027-03-15"],
    );
  });

  test("[SL14] of a customer stop where any so many days around them would hold too many", () => {
    const own = (text: string) => ({
      startMs: instant(`${text}T10:00`),
      endMs: instant(`${text}T11:00`),
      byCustomer: true,
    });
    const all = question(
      [{ open: null, taken: [] }],
      { limits: { perDay: null, perWeek: null, perCustomer: { count: 2, days: 3 } } },
      {
        booked: [own("2027-03-03"), own("2027-03-04"), own("2027-03-09")],
      },
    );
    const days = new Set(
      slotsIn(all, { startMs: at("00:00"), endMs: at("00:00") + 10 * 24 * HOUR_MS }, 1_000).map(
        ({ startMs }) => Temporal.Instant.fromEpochMilliseconds(startMs).toZonedDateTimeISO("Europe/Berlin").day,
      ),
    );
    assert.deepEqual([...days], [1, 6, 7, 8, 9, 10]);
  });

  test("[SL10] need a subject for each role, and one subject plays one role", () => {
    const people = [open("09:00", "12:00"), open("10:00", "14:00")];
    const both = {
      roles: [
        { anyOf: [0, 1], count: 1 },
        { anyOf: [1], count: 1 },
      ],
    };
    assert.equal(times(question(people, both)), "10:00 11:00");
    assert.deepEqual(whoCan(question(people, both), at("10:00")), [[0], [1]]);
    assert.deepEqual(whoCan(question(people, both), at("12:00")), [[], []]);
    assert.equal(times(question(people, { roles: [{ anyOf: [0, 1], count: 2 }] })), "10:00 11:00");
    assert.equal(times(question(people, { roles: [{ anyOf: [0, 1], count: 3 }] })), "");
  });

  test("[SL15] of a session that stands are offered as it stands, with the places it has left", () => {
    const session = { startMs: at("10:10"), endMs: at("11:40"), placesLeft: 3 };
    const asked = question([open("09:00", "12:00", taken("10:10", "11:40"))], { places: 8 }, { sessions: [session] });
    assert.deepEqual(slotsIn(asked, wholeDay, 10), [
      { startMs: at("09:00"), endMs: at("10:00"), placesLeft: 8 },
      session,
    ]);
    assert.equal(times({ ...asked, nowMs: at("10:11") }), "");
    const others = [
      { ...session, placesLeft: 2 },
      { ...session, endMs: at("11:50") },
    ];
    for (const sessions of [
      [session, ...others],
      [...others, session],
    ]) {
      assert.deepEqual(slotsIn({ ...asked, sessions }, wholeDay, 10)[1], session);
    }
  });

  test("[SL8] ask the organisation's rules only of whom it depends on, and first of those who could before", () => {
    const asked: string[] = [];
    const all = question(
      [open("09:00", "11:00"), open("09:00", "12:00"), open("09:00", "12:00")],
      { roles: [{ anyOf: [0, 1, 2], count: 1 }] },
      {
        objections: (subject, startMs) => {
          asked.push(`${subject} at ${(startMs - at("00:00")) / HOUR_MS}`);
          return subject === 0 ? [{ ruleId: "rest", sentence: "Too little rest.", relaxation: null }] : [];
        },
      },
    );
    assert.equal(times(all), "09:00 10:00 11:00");
    assert.deepEqual(asked, ["0 at 9", "1 at 9", "1 at 10", "1 at 11"]);
  });

  test("[SL1] are the first so many", () => {
    assert.deepEqual(
      slotsIn(question([open("09:00", "17:00")]), wholeDay, 2).map(({ startMs }) => startMs),
      [at("09:00"), at("10:00")],
    );
    assert.throws(() => slotsIn(question([]), wholeDay, 20_001), /1 to 20000 slots/);
  });

  test("[SL1] to [SL15] are what trying every minute finds, in organisations of all kinds, as the clocks change", () => {
    fc.assert(
      fc.property(anyScene(2), ({ question: asked, window }) => {
        assert.deepEqual(slotsIn(asked, window, 5_000), obviousSlots(asked, window));
      }),
      { numRuns: 60 },
    );
  });

  test("[SL10] name for each role whom it could have while the others have theirs", () => {
    fc.assert(
      fc.property(anyScene(1), fc.nat({ max: 287 }), ({ question: asked, window }, fives) => {
        const startMs = window.startMs + fives * 5 * MINUTE_MS;
        const { roles } = asked.rules;
        const able = new Set(asked.subjects.keys().filter((subject) => obviouslyCan(asked, subject, startMs)));
        const seatings = obviousSeatings(roles, able);
        const expected = roles.map((_, role) =>
          [...new Set(seatings.flatMap((seating) => seating[role]!))].toSorted((a, b) => a - b),
        );
        assert.deepEqual(whoCan(asked, startMs), expected);
      }),
      { numRuns: 300 },
    );
  });

  test("[SL10] give roles one after the other: whoever is chosen leaves the others enough", () => {
    fc.assert(
      fc.property(anyScene(1), fc.nat({ max: 287 }), fc.nat(), ({ question: asked, window }, fives, pick) => {
        const startMs = window.startMs + fives * 5 * MINUTE_MS;
        const { roles } = asked.rules;
        if (whoCan(asked, startMs).some((subjects) => subjects.length === 0)) return;
        const chosen: number[][] = roles.map(() => []);
        roles.forEach(({ count }, role) => {
          for (let i = 0; i < count; i++) {
            const able = whoCan(asked, startMs, chosen)[role]!;
            chosen[role]!.push(able[pick % able.length]!);
          }
        });
        assert.ok(chosen.every((subjects, role) => subjects.length === roles[role]!.count));
        assert.ok(chosen.flat().every((subject) => subject !== undefined && obviouslyCan(asked, subject, startMs)));
        assert.equal(new Set(chosen.flat()).size, chosen.flat().length);
      }),
      { numRuns: 300 },
    );
  });
});
