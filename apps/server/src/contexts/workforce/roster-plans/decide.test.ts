// Strategy: a table of what may have become of a draft while it was planned, and what of the plan still goes onto it.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { groundOf, type Entry, type Person } from "@hourwright/roster";
import { clocks, FIRST, zone } from "@hourwright/roster/testing";
import { contract, shift } from "@hourwright/schedule/testing";
import { appliedOf, decideFitting, resultTold, shownConstraints } from "./decide.ts";
import type { PlanResult } from "./model.ts";

const EARLY = shift("early shift", "06:00", "14:00", { site: "Ward" });
const free = { weeks: [[[], [], [], [], [], [], []]], anchorDay: FIRST };

const person = (personId: string, adjustments: Person["adjustments"] = []): Person => ({
  personId,
  name: { ana: "Ana", ben: "Ben" }[personId]!,
  zone,
  contracts: [contract({ turns: free, fromDay: FIRST - 60, rules: [{ kind: "days", max: 2 }] })],
  holidays: [],
  adjustments,
  skills: [],
});
const leave: Person["adjustments"] = [
  {
    id: "leave",
    approval: { by: "Mara", onDay: FIRST - 1 },
    what: { kind: "absence", type: "leave", span: { fromDay: FIRST + 1, toDay: FIRST + 2 } },
  },
];

const add = (id: string, personId: string | null, after: number): Entry => {
  return { id, kind: "add", personId, day: FIRST + after, shift: EARLY, skillId: null };
};

const ground = (people: readonly Person[] = [person("ana"), person("ben")]) =>
  groundOf({ people, rows: [], clocks, skillName: () => "", fromDay: FIRST, toDay: FIRST + 4 });

describe("what of a plan goes onto a draft", () => {
  const open = add("open", null, 1);
  const began = [add("a", "ana", 0), open];
  const plan = { put: [add("new 1", "ben", 0), { ...open, personId: "ben" } as Entry], removed: ["a"] };

  test("is all of it while nothing has changed", () => {
    const { leftOut, ...rest } = decideFitting(plan, { began, now: began, ground: ground() });
    assert.deepEqual([rest, leftOut], [plan, []]);
    assert.deepEqual(appliedOf(rest, began), { given: 1, filled: 1, taken: 1, dropped: 0 });
  });

  for (const { what, now, people, kept, sentence } of [
    {
      what: "not of who has other shifts in the draft now",
      now: [...began, add("more", "ana", 2)],
      people: undefined,
      kept: { put: plan.put, removed: [] },
      sentence: "The shifts of Ana in the draft were changed meanwhile.",
    },
    {
      what: "not of who was to have an open shift that somebody has now",
      now: [began[0]!, { ...open, personId: "ana" } as Entry],
      people: undefined,
      kept: { put: [], removed: [] },
      sentence: "The open shift for Ben was changed meanwhile.",
    },
    {
      what: "not of who is away now",
      now: began,
      people: [person("ana"), person("ben", leave)],
      kept: { put: [], removed: ["a"] },
      sentence:
        "Ben is away then: early shift (06:00–14:00) on 27 March 2027 lies in leave approved by Mara on 25 March 2027.",
    },
    {
      what: "not of who has no contract any more",
      now: began,
      people: [person("ana")],
      kept: { put: [], removed: ["a"] },
      sentence: "Somebody has no contract any more, and so no roster.",
    },
  ])
    test(`is ${what}`, () => {
      const fitting = decideFitting(plan, { began, now, ground: ground(people) });
      assert.deepEqual({ put: fitting.put, removed: fitting.removed }, kept);
      assert.ok(
        fitting.leftOut.some((each) => each.sentence === sentence),
        JSON.stringify(fitting.leftOut),
      );
    });

  test("is not of who would break a rule with what stands now", () => {
    const two = { put: [add("new 1", "ben", 0), add("new 2", "ben", 2)], removed: [] };
    const stands: Person["adjustments"] = [
      {
        id: "extra",
        approval: { by: "Mara", onDay: FIRST - 1 },
        what: { kind: "extra", day: FIRST + 1, shift: EARLY, from: null, interrupts: false },
      },
    ];
    const { leftOut } = decideFitting(two, { began: [], now: [], ground: ground([person("ben", stands)]) });
    assert.match(leftOut[0]!.sentence, /^Ben: Work on 3 days in a row/);
  });

  test("is told constraint by constraint, in hours and in times", () => {
    const counted = Object.fromEntries(
      [
        "minimum",
        "ideal",
        "over",
        "open",
        "hours",
        "nights",
        "weekends",
        "holidays",
        "unpopular",
        "wishes",
        "changes",
      ].map((name) => [name, { units: 90, points: 1.4 }]),
    ) as Parameters<typeof shownConstraints>[0]["before"];
    const shown = shownConstraints({ before: counted, after: { ...counted, minimum: { units: 0, points: 0 } } });
    assert.equal(shown[0]!.sentence, "0 h below the minimum, 1 h 30 min before.");
    assert.equal(shown.find(({ name }) => name === "wishes")!.sentence, "90 wishes refused, 90 before.");
  });
});

describe("what is told of a plan to who may not know everybody", () => {
  type Reason = PlanResult["unmet"][number]["reasons"][number];
  const away = (people: readonly string[], count = people.length): Reason => ({
    code: "away",
    count,
    facts: {},
    sentence: `${count} away`,
    people: [...people],
  });
  const result = (reasons: readonly Reason[]): PlanResult => ({
    seed: 1,
    steps: 1,
    stepsPerSecond: 1,
    score: { hard: 0, soft: 0 },
    before: { hard: 0, soft: 0 },
    constraints: [],
    applied: { given: 0, filled: 0, taken: 0, dropped: 0, requestId: null, version: 1 },
    leftOut: [],
    unmet: [
      {
        site: "Ward",
        skillId: null,
        levelMin: null,
        name: "",
        day: "2027-03-01",
        start: "2027-03-01T06:00:00Z",
        end: "2027-03-01T14:00:00Z",
        have: 0,
        need: 1,
        shortMinutes: 480,
        able: 7,
        facts: {},
        sentence: "Nobody at Ward. Of 7 who can work there, some are away.",
        reasons: [...reasons],
      },
    ],
    unmetCount: 1,
    wishesRefused: [],
  });
  const KNOWN = ["ana", "ben", "cem", "dia", "eva"];

  for (const { what, reasons, kept } of [
    { what: "a reason of people who are all known", reasons: [away(KNOWN)], kept: 1 },
    { what: "no reason of somebody who is not", reasons: [away(["ana", "finn"]), away(["ben"])], kept: 1 },
    { what: "no reason that counts more people than it names", reasons: [away(KNOWN, 6), away(["ben"])], kept: 1 },
    { what: "nothing of why", reasons: [away(KNOWN, 6)], kept: 0 },
  ]) {
    test(`is ${what}`, () => {
      const [told] = resultTold(result(reasons), (id) => KNOWN.includes(id)).unmet;
      assert.equal(told!.reasons.length, kept);
      assert.equal(told!.sentence.includes(" Of 7 who "), kept === reasons.length);
    });
  }
});
