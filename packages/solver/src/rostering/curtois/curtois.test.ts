import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import { stepBudget } from "../../budget.ts";
import { planRows } from "../search.ts";
import { anyCurtois } from "../testing.ts";
import type { CurtoisRoster } from "./model.ts";
import { curtoisInstance, printCurtoisRows, readCurtois, readCurtoisRows, scoreCurtois, type Rows } from "./index.ts";

/** Written by hand: two people, ten days from a Monday, early and late. */
const TINY = `# comment
SECTION_HORIZON
10

SECTION_SHIFTS
E,480,
L,600,E

SECTION_STAFF
# ID, MaxShifts, MaxTotalMinutes, MinTotalMinutes, MaxConsecutiveShifts, MinConsecutiveShifts, MinConsecutiveDaysOff, MaxWeekends
Ana,E=10|L=2,2400,960,3,2,2,1
Ben,E=10|L=0,2400,0,3,1,1,0

SECTION_DAYS_OFF
Ana,0

SECTION_SHIFT_ON_REQUESTS
Ana,1,E,3

SECTION_SHIFT_OFF_REQUESTS
Ben,2,E,2

SECTION_COVER
2,E,2,100,1
`;

const roster = readCurtois(TINY).read!;

const YEAR_DAYS = 364;
const YEAR_STEPS = 200_000;

/** Eight people, five days of seven all the year but for two weeks of leave each, and not more than six days of ten nights. */
const YEAR: CurtoisRoster = {
  days: YEAR_DAYS,
  shifts: [
    { id: "E", minutes: 480, notBefore: [] },
    { id: "N", minutes: 480, notBefore: [0] },
  ],
  staff: Array.from({ length: 8 }, (_, i) => ({
    id: `p${i}`,
    shiftsMost: [YEAR_DAYS, 20],
    minutesLeast: 246 * 480,
    minutesMost: 248 * 480,
    inRowMost: 5,
    inRowLeast: 2,
    offInRowLeast: 2,
    weekendsMost: 26,
    daysOff: Array.from({ length: 14 }, (_, day) => 30 * (i + 1) + day),
  })),
  onRequests: [],
  offRequests: [],
  cover: Array.from({ length: YEAR_DAYS }, (_, day) => [
    { day, shift: 0, need: 5, underWeight: 100, overWeight: 1 },
    { day, shift: 1, need: 1, underWeight: 100, overWeight: 1 },
  ]).flat(),
};

/** Rows as letters, a dot for a day off. */
const rowsOf = (...lines: readonly string[]): Rows =>
  Uint8Array.from(lines.flatMap((line) => Array.from(line).map((letter) => ".EL".indexOf(letter))));

const costsOf = (...lines: readonly string[]) =>
  Object.fromEntries(Object.entries(scoreCurtois(roster, rowsOf(...lines))).filter(([, cost]) => cost > 0));

describe("rosters of schedulingbenchmarks.org", () => {
  test("cost by constraint what the rules of the benchmark say (SV25)", () => {
    const cases: readonly (readonly [string, string, Record<string, number>])[] = [
      [".EE.......", ".E........", { underCover: 100 }],
      ["..EE......", ".E........", { onRequests: 3, underCover: 100 }],
      [".EE.......", "..E.......", { offRequests: 2 }],
      [".EE.......", ".EEE......", { offRequests: 2 }],
      [".EE.....EE", "..E.......", { offRequests: 2 }],
      // One day alone costs inside; at an edge it does not. Two people on one shift too many cost one.
      [".E..EE....", "..E.......", { inRowLeast: 1, offRequests: 2, underCover: 100 }],
      [".EE......E", "..E.......", { offRequests: 2 }],
      // A single day off between work.
      [".EE.EE....", "..E.......", { offInRowLeast: 1, offRequests: 2 }],
      [".EEEE.....", "..E.......", { inRowMost: 1, offRequests: 2 }],
      ["EEE.......", "..E.......", { daysOff: 1, offRequests: 2 }],
      [".EELE.....", "..E.......", { successions: 1, inRowMost: 1, offRequests: 2 }],
      [".EELL...LL", "..E.......", { inRowMost: 1, shiftsMost: 2, minutes: 960, offRequests: 2 }],
      [".EE.......", "..E..E....", { weekends: 1, offRequests: 2 }],
      ["..........", "..........", { minutes: 960, onRequests: 3, underCover: 200 }],
    ];
    for (const [ana, ben, costs] of cases) assert.deepEqual(costsOf(ana, ben), costs, `${ana} ${ben}`);
  });

  test("are written as a line of shifts for each employee, and read as they were written (SV24)", () => {
    const rows = rowsOf(".EE.......", "..E.......");
    const text = printCurtoisRows(roster, rows);
    assert.equal(text, "employee,0,1,2,3,4,5,6,7,8,9\nAna,,E,E,,,,,,,\nBen,,,E,,,,,,,\n");
    assert.deepEqual(readCurtoisRows(roster, text).read, rows);
    fc.assert(
      fc.property(anyCurtois, fc.array(fc.nat(), { minLength: 68, maxLength: 68 }), (any, dice) => {
        const cells = dice.slice(0, any.days * any.staff.length);
        const values = Uint8Array.from(cells, (die) => die % (any.shifts.length + 1));
        assert.deepEqual(readCurtoisRows(any, printCurtoisRows(any, values)).read, values);
      }),
    );
  });

  test("are refused with the line that cannot be read (SV24)", () => {
    const refusals: readonly (readonly [string, string])[] = [
      [TINY.replace("10\n", "many\n"), 'line 3: the days is a whole number from 1 to 400, not "many".'],
      [TINY.replace("L,600,E", "L,600,X"), 'line 7: there is no shift "X".'],
      [TINY.replace("L,600,E", "E,600,"), "a shift is there twice."],
      [TINY.replace("Ana,0", "Cleo,0"), 'line 15: there is no employee "Cleo".'],
      [TINY.replace("Ana,1,E,3", "Ana,10,E,3"), 'line 18: day is a whole number from 0 to 9, not "10".'],
      [TINY.replace("SECTION_COVER", "SECTION_COVERS"), "there is no section SECTION_COVER."],
      [`x\n${TINY}`, 'line 1: "x" stands before the first section.'],
      ["", "there is no section SECTION_HORIZON."],
    ];
    for (const [text, sentence] of refusals) assert.equal(readCurtois(text).refused, sentence);
    const head = "employee,0,1,2,3,4,5,6,7,8,9\n";
    const refusedRows = (text: string) => readCurtoisRows(roster, text).refused;
    assert.equal(refusedRows("Ana,E\n"), 'line 1: the head is "employee,0,1,…,9".');
    assert.equal(refusedRows(`${head}Ana,E\n`), "line 2: 10 days are wanted, not 1.");
    assert.equal(refusedRows(`${head}Ana,,,,,,,,,,\n`), 'employee "Ben" has no line.');
    assert.equal(refusedRows(`${head}Ana,N,,,,,,,,,\n`), 'line 2: there is no shift "N".');
  });

  test("are planned: the same rows for the same seed and steps, and none better on a tiny one (SV3)", () => {
    const instance = curtoisInstance(roster)!;
    const plan = () => {
      const slices = planRows(instance, { seed: 3, budget: stepBudget(60_000) });
      for (;;) {
        const { done, value } = slices.next();
        if (done === true) return value;
      }
    };
    const found = plan();
    assert.deepEqual(plan(), found);
    assert.deepEqual({ soft: found.soft, hard: found.hard }, { soft: 2, hard: 0 });
  });

  test("are planned for a year whose rows have hardly a day to spare: each row is made whole (SV26)", () => {
    const instance = curtoisInstance(YEAR)!;
    const slices = planRows(instance, { seed: 1, budget: stepBudget(YEAR_STEPS) });
    let slice = slices.next();
    while (slice.done !== true) slice = slices.next();
    assert.equal(slice.value.hard, 0);
    assert.ok(slice.value.steps <= YEAR_STEPS);
  });

  test("give the best so far when they are cancelled", () => {
    const slices = planRows(curtoisInstance(roster)!, {
      seed: 1,
      budget: stepBudget(60_000),
      signal: { aborted: true },
    });
    const { done, value } = slices.next();
    assert.ok(done === true && value.steps === 0 && value.stopped === "cancelled");
  });
});
