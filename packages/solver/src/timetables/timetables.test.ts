import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import { stepBudget } from "../budget.ts";
import { explainScore } from "../explain.ts";
import { scoreOf } from "../plan.ts";
import { shadowCheck } from "../shadow.ts";
import { solve } from "../solve.ts";
import { printSolution, readCtt, readSolution } from "./ctt.ts";
import { lecturesOf } from "./model.ts";
import { timetableProblem } from "./problem.ts";
import { anyTimetable, printCtt } from "./testing.ts";
import type { Lecture, Timetable } from "./timetable.ts";
import { validate } from "./validate.ts";

/** Two days of three periods; two teachers, one curriculum of both courses; course b not on the first period. */
const tiny: Timetable = {
  name: "tiny",
  days: 2,
  periodsPerDay: 3,
  courses: [
    { id: "a", teacher: "t1", lectures: 2, daysLeast: 2, students: 12, unavailable: [] },
    { id: "b", teacher: "t2", lectures: 2, daysLeast: 1, students: 5, unavailable: [0] },
  ],
  rooms: [
    { id: "big", seats: 20 },
    { id: "small", seats: 10 },
  ],
  curricula: [{ id: "q", courses: [0, 1] }],
};

const at = (course: number, room: number, period: number): Lecture => ({ course, room, period });

describe("the costs of a timetable", () => {
  const none = {
    lectures: 0,
    conflicts: 0,
    availability: 0,
    occupancy: 0,
    capacity: 0,
    days: 0,
    compactness: 0,
    stability: 0,
  };
  const cases: [name: string, lectures: Lecture[], costs: Partial<typeof none>][] = [
    ["nothing where all is well", [at(0, 0, 0), at(0, 0, 4), at(1, 0, 1), at(1, 0, 3)], {}],
    [
      "a student without a seat one point",
      [at(0, 0, 0), at(0, 1, 4), at(1, 0, 1), at(1, 0, 3)],
      { capacity: 2, stability: 1 },
    ],
    ["a day that lacks five", [at(0, 0, 0), at(0, 0, 2), at(1, 0, 1), at(1, 0, 3)], { days: 5, compactness: 2 }],
    ["a lecture that stands alone two", [at(0, 0, 0), at(0, 0, 5), at(1, 0, 1), at(1, 0, 3)], { compactness: 4 }],
    ["a lecture too few", [at(0, 0, 0), at(1, 0, 1), at(1, 0, 2)], { lectures: 1, days: 5 }],
    [
      "two lectures of a curriculum at once",
      [at(0, 0, 1), at(0, 0, 4), at(1, 1, 1), at(1, 1, 3)],
      { conflicts: 1, compactness: 4 },
    ],
    [
      "two lectures in a room at once",
      [at(0, 0, 1), at(0, 0, 4), at(1, 0, 1), at(1, 0, 3)],
      { conflicts: 1, occupancy: 1, compactness: 4 },
    ],
    ["a period that is not available", [at(0, 0, 1), at(0, 0, 4), at(1, 0, 0), at(1, 0, 3)], { availability: 1 }],
  ];
  for (const [name, lectures, expected] of cases) {
    test(`count ${name}`, () => {
      const { violations, total, ...costs } = validate(tiny, lectures);
      assert.deepEqual(costs, { ...none, ...expected });
      assert.equal(violations, costs.lectures + costs.conflicts + costs.availability + costs.occupancy);
      assert.equal(total, costs.capacity + costs.days + costs.compactness + costs.stability);
    });
  }
});

describe("the timetable problem", () => {
  test("[SV4] its deltas agree with a full count", () => {
    fc.assert(
      fc.property(anyTimetable, fc.integer(), (timetable, seed) => {
        assert.deepEqual(shadowCheck(timetableProblem(timetable), { seed, steps: 100, every: 10 }), []);
      }),
    );
  });

  test("[SV13] costs what the validator counts, wherever no hard rule is broken, and breaks what it finds broken", () => {
    let feasible = 0;
    fc.assert(
      fc.property(anyTimetable, fc.integer(), fc.constantFrom(1, 300), (timetable, seed, steps) => {
        const problem = timetableProblem(timetable);
        const { values, score } = solve(problem, { seed, budget: stepBudget(steps) });
        const costs = validate(timetable, lecturesOf(timetable, values));
        assert.equal(costs.availability, 0);
        assert.equal(score.hard === 0, costs.violations === 0);
        if (score.hard === 0) assert.equal(score.soft, costs.total);
        feasible += score.hard === 0 ? 1 : 0;
        const points = new Map(explainScore(problem, values).map((each) => [each.name, each.points]));
        assert.equal(points.get("capacity"), costs.capacity);
        assert.equal(points.get("days"), costs.days);
        assert.equal(points.get("stability"), costs.stability);
      }),
    );
    assert.ok(feasible > 10, `${feasible} of 100 were feasible`);
  });

  test("finds the timetable that costs nothing", () => {
    const problem = timetableProblem(tiny);
    assert.deepEqual(solve(problem, { seed: 1, budget: stepBudget(2_000) }).score, { hard: 0, soft: 0 });
    assert.ok(scoreOf(problem, problem.start).hard > 0);
  });
});

describe("the competition's files", () => {
  test("[SV14] are read as they were printed", () => {
    fc.assert(
      fc.property(anyTimetable, (timetable) => {
        assert.deepEqual(readCtt(printCtt(timetable)), { read: timetable });
      }),
    );
  });

  test("[SV14] a solution is read as it was printed", () => {
    const lectures = [at(0, 1, 5), at(1, 0, 2)];
    assert.equal(printSolution(tiny, lectures), "a small 1 2\nb big 0 2\n");
    assert.deepEqual(readSolution(tiny, printSolution(tiny, lectures)), { read: lectures });
    assert.match(readSolution(tiny, "c big 0 0").refused ?? "", /line 1: there is no course "c"/);
    assert.match(readSolution(tiny, "a big 2 0").refused ?? "", /day is a whole number from 0 to 1, not "2"/);
  });

  const text = printCtt(tiny);
  const refused: [name: string, given: string, sentence: RegExp][] = [
    ["nothing", "", /Days: is a whole number/],
    ["words", "once upon a time", /Days: is a whole number/],
    ["a count that is too large", text.replace("Rooms: 2", "Rooms: 3"), /section ROOMS: has fewer than 3 lines/],
    ["a section that is not there", text.replace("CURRICULA:", "CURRICULUMS"), /no section CURRICULA:/],
    ["a course nobody knows", text.replace("q  2 a b", "q  2 a x"), /no course "x"/],
    ["half a lecture", text.replace("t1 2 2", "t1 1.5 2"), /lectures is a whole number from 1 to/],
    ["a course twice", text.replace("\nb t2", "\na t2"), /twice/],
    ["a day too far", text.replace("b 0 0", "b 2 0"), /day is a whole number from 0 to 1, not "2"/],
    ["more periods than a day has bits", text.replace("Periods_per_day: 3", "Periods_per_day: 40"), /from 1 to 16/],
  ];
  for (const [name, given, sentence] of refused) {
    test(`[SV14] are refused when they hold ${name}`, () => {
      assert.match(readCtt(given).refused ?? "", sentence);
    });
  }

  test("[SV14] are refused when a course is available in no period", () => {
    const [first, second] = tiny.courses;
    const shut = { ...tiny, courses: [{ ...first!, unavailable: [0, 1, 2, 3, 4, 5] }, second!] };
    assert.match(readCtt(printCtt(shut)).refused ?? "", /"a" is available in no period/);
  });
});
