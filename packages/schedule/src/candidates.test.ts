// Strategy: sentences by table; then for any schedules: who may be asked is who nothing speaks against, the order is one whatever order
// people are handed in, and who has covered more is never asked sooner for it.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { findZone, UTC } from "@hourwright/time";
import { exactly } from "@hourwright/availability";
import type { Before } from "./decide.ts";
import { decideAdjustment, rankCandidates, shiftByClocksOf, type Candidate } from "./index.ts";
import { anySchedule, anyShift, approved, contract, dayOf, shift } from "./testing.ts";

const zone = findZone("Europe/Berlin")!;
const MONDAY = dayOf("2027-03-01");
const WANTED = { day: MONDAY, shift: shift("early shift", "07:00", "15:00") };
const RULES = [{ kind: "rest", minutesMin: 660 } as const, { kind: "days", max: 6 } as const];
const free = [[], [], [], [], [], [], []];
const week = (...days: (readonly ReturnType<typeof shift>[])[]) => [
  Array.from({ length: 7 }, (_, i) => [...(days[i] ?? [])]),
];
const LATE = shift("late shift", "14:00", "22:00");

const before = (weeks: Parameters<typeof contract>[0], more: Partial<Before> = {}): Before => ({
  zone,
  contracts: [contract({ rules: RULES, ...weeks })],
  holidays: [],
  adjustments: [],
  ...more,
});
const off = before({ turns: { weeks: [free], anchorDay: MONDAY } });
const person = (id: string, more: Partial<Candidate> = {}): Candidate => ({
  id,
  isHere: true,
  before: off,
  lacks: null,
  covers: 0,
  lastCoverMs: null,
  ...more,
});
const rank = (...people: Candidate[]) => rankCandidates({ wanted: WANTED, zone, people, coverDays: 90 });

describe("who could work a shift", () => {
  test("is told with what speaks for and against each [SC2] [SC3] [SC4]", () => {
    const late = before({ turns: { weeks: week([], [], [], [], [], [], [LATE]), anchorDay: MONDAY } });
    const works = before({ turns: { weeks: week([LATE]), anchorDay: MONDAY } });
    const leave = { kind: "absence", type: "leave", span: { fromDay: MONDAY, toDay: MONDAY + 1 } } as const;
    const table: readonly (readonly [Candidate, string, string[]])[] = [
      [person("free"), "ask", []],
      [person("gone", { isHere: false }), "no", ["They are not here any more."]],
      [person("unskilled", { lacks: "first aid" }), "no", ["They lack first aid."]],
      [person("loose", { before: null }), "no", ["They have no contract."]],
      [
        person("works", { before: works }),
        "no",
        ["early shift (07:00–15:00) on 1 March 2027 overlaps late shift (14:00–22:00) of the contract."],
      ],
      [
        person("away", { before: { ...off, adjustments: [approved("a", leave)] } }),
        "no",
        [
          "early shift (07:00–15:00) on 1 March 2027 lies in leave approved by Ana on 1 March 2027. It can be agreed on as an interruption.",
        ],
      ],
      [
        person("tired", { before: late }),
        "rules",
        ["9 h of rest from 28 February 2027 to 1 March 2027. The rule is at least 11 h of rest between shifts."],
      ],
      [person("covered", { covers: 2 }), "ask", ["Has covered 2 times in 90 days."]],
    ];
    for (const [one, may, against] of table) {
      const [found] = rank(one);
      assert.equal(found!.may, may, one.id);
      assert.deepEqual(
        found!.against.map(({ sentence }) => sentence),
        against,
        one.id,
      );
    }
    assert.deepEqual(
      rank(person("free"))[0]!.reasons.map(({ sentence }) => sentence),
      ["No shift on that day.", "32 h below the hours of the contract that week.", "Has covered nobody in 90 days."],
    );
  });

  test("is asked by rules, hours, and who has covered least [SC5]", () => {
    const full = before({
      turns: { weeks: [[[], ...Array.from({ length: 5 }, () => [LATE]), []]], anchorDay: MONDAY },
    });
    const order = rank(
      person("e-gone", { isHere: false }),
      person("d-over", { before: full }),
      person("c-twice", { covers: 2 }),
      person("b-once", { covers: 1 }),
      person("a-never"),
    );
    assert.deepEqual(
      order.map(({ id }) => id),
      ["a-never", "b-once", "c-twice", "d-over", "e-gone"],
    );
    assert.equal(order[3]!.overMinutes, 480);
  });

  test("is told by the clocks of each [SC1]", () => {
    const tokyo = findZone("Asia/Tokyo")!;
    const theirs = shiftByClocksOf(WANTED, zone, tokyo);
    assert.deepEqual([theirs.day, theirs.shift.fromMinute, theirs.shift.toMinute], [MONDAY, 900, 1_380]);
    const night = shiftByClocksOf({ day: MONDAY, shift: shift("night", "20:00", "28:00") }, UTC, tokyo);
    assert.deepEqual([night.day, night.shift.fromMinute], [MONDAY + 1, 300]);
  });

  test("keeps its time in every zone [SC1]", () => {
    const zones = ["Europe/Berlin", "Australia/Lord_Howe", "America/Sao_Paulo", "Asia/Kolkata"].map((id) =>
      findZone(id)!,
    );
    fc.assert(
      fc.property(
        anyShift,
        fc.integer({ min: 17_000, max: 22_000 }),
        fc.nat({ max: 3 }),
        fc.nat({ max: 3 }),
        (own, day, a, b) => {
          const placed = shiftByClocksOf({ day, shift: own }, zones[a]!, zones[b]!);
          const was = exactly(own, day, zones[a]!);
          const is = exactly(placed.shift, placed.day, zones[b]!);
          // What begins or ends in an hour that the other clocks skip or repeat is off by it, and by nothing else.
          if (was === null || is === null) return;
          assert.ok(Math.abs(is.startMs - was.startMs) <= 3_600_000 && Math.abs(is.endMs - was.endMs) <= 3_600_000);
          assert.ok(placed.shift.fromMinute >= 0 && placed.shift.fromMinute < 1_440);
        },
      ),
    );
  });
});

describe("for any schedules", () => {
  const anyPeople = fc.array(
    fc.tuple(anySchedule, fc.boolean(), fc.option(fc.constant("first aid")), fc.nat({ max: 3 })),
    {
      minLength: 1,
      maxLength: 5,
    },
  );
  const asCandidates = (all: readonly (readonly [Before, boolean, string | null, number])[]): Candidate[] =>
    all.map(([scene, isHere, lacks, covers], i) => person(`p${i}`, { before: scene, isHere, lacks, covers }));
  const anyWanted = (people: readonly (readonly [{ readonly fromDay: number }, ...unknown[]])[]) =>
    people[0]![0].fromDay + 1;

  test("nobody may be asked of whom something speaks against it, and everybody else may [SC2] [SC3]", () => {
    fc.assert(
      fc.property(anyPeople, anyShift, (all, own) => {
        const wanted = { day: anyWanted(all), shift: own };
        const people = asCandidates(all);
        const clocks = all[0]![0].zone;
        for (const found of rankCandidates({ wanted, zone: clocks, people, coverDays: 90 })) {
          const one = people.find(({ id }) => id === found.id)!;
          const what = { kind: "cover", ...found.placed, from: null, interrupts: false } as const;
          const refused = decideAdjustment(one.before!, { id: "x", approval: null, what });
          const isBarred = refused.length > 0 || !one.isHere || one.lacks !== null;
          assert.equal(found.may === "no", isBarred);
          assert.equal(found.may === "rules", !isBarred && found.broken.length > 0);
          assert.ok(found.may !== "no" || (found.against.length > 0 && found.reasons.length === 0));
        }
      }),
      { numRuns: 150 },
    );
  });

  test("the order is one, whoever is handed in first; and who covers once more is not asked sooner [SC5] [SC6]", () => {
    fc.assert(
      fc.property(anyPeople, anyShift, fc.nat({ max: 4 }), (all, own, which) => {
        const wanted = { day: anyWanted(all), shift: own };
        const people = asCandidates(all);
        const clocks = all[0]![0].zone;
        const orderOf = (list: readonly Candidate[]) =>
          rankCandidates({ wanted, zone: clocks, people: list, coverDays: 90 }).map(({ id }) => id);
        const order = orderOf(people);
        assert.deepEqual(orderOf(people.toReversed()), order);
        const chosen = people[which % people.length]!;
        const more = people.map((each) => (each === chosen ? { ...each, covers: each.covers + 1 } : each));
        assert.ok(orderOf(more).indexOf(chosen.id) >= order.indexOf(chosen.id));
      }),
      { numRuns: 100 },
    );
  });
});
