import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import { absenceBars, readTeamRow, type PackedSource, type TeamDay } from "./team-cells.ts";

const source = (given: Partial<PackedSource>): PackedSource => ({
  layer: "contract",
  sourceId: null,
  kind: "work",
  what: "work",
  name: "early",
  site: null,
  isPaid: true,
  ...given,
});
const WORK = 0;
const BREAK = 1;
const LEAVE = 2;
const EXTRA = 3;
const SOURCES = [
  source({}),
  source({ kind: "break", isPaid: false }),
  source({ layer: "adjustment", kind: "absence", what: "leave", name: "", sourceId: "adj_1" }),
  source({ layer: "adjustment", what: "extra", name: "extra", sourceId: "adj_2" }),
];
/** The clocks of the zone are an hour ahead. */
const toWall = (minute: number) => minute + 60;
const read = (stretches: readonly number[], pending: readonly number[] = [], days = 7) =>
  readTeamRow({ stretches, pending }, SOURCES, days, toWall);

describe("a row as it is told [TM1]", () => {
  test("a shift with its break is one shift, at the times of the wall", () => {
    const [day] = read([0, 360, 240, WORK, 0, 600, 30, BREAK, 0, 630, 210, WORK]);
    assert.deepEqual(
      day!.shifts.map(({ fromMinute, toMinute, breaks, layer }) => ({ fromMinute, toMinute, breaks, layer })),
      [
        {
          fromMinute: 420,
          toMinute: 900,
          breaks: [{ fromMinute: 660, toMinute: 690, isPaid: false }],
          layer: "contract",
        },
      ],
    );
    assert.equal(day!.workedMinutes, 450);
  });

  test("what comes of an adjustment is a shift of its own, and what is asked for stands beside it", () => {
    const [day] = read([0, 360, 240, WORK, 0, 600, 60, EXTRA], [0, 900, 60, EXTRA]);
    assert.deepEqual(
      day!.shifts.map(({ layer }) => layer),
      ["contract", "adjusted"],
    );
    assert.equal(day!.pending.length, 1);
    assert.equal(day!.pending[0]!.layer, "pending");
  });

  test("work is counted to the minute, however it is cut", () => {
    const stretches = fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { maxLength: 7 });
    fc.assert(
      fc.property(stretches, fc.integer({ min: 30, max: 300 }), (days, length) => {
        const told = days
          .toSorted((one, other) => one - other)
          .flatMap((day) => [day, day * 1_440 + 360, length, WORK, day, day * 1_440 + 360 + length, 60, WORK]);
        const cells = read(told);
        for (const [day, cell] of cells.entries()) {
          assert.equal(cell.shifts.length, days.includes(day) ? 1 : 0);
          assert.equal(cell.workedMinutes, days.includes(day) ? length + 60 : 0);
        }
      }),
    );
  });

  test("numbers of days or sources that are not there are passed over", () => {
    assert.equal(
      read([9, 0, 60, WORK, 0, 0, 60, 99, 0, 0]).every(({ shifts }) => shifts.length === 0),
      true,
    );
  });
});

describe("days away [TM2]", () => {
  test("that touch are one bar; a day with work breaks it", () => {
    const away = (day: number) => [day, day * 1_440 - 60, 1_440, LEAVE];
    const cells = read([...away(0), ...away(1), ...away(3)]);
    assert.deepEqual(
      absenceBars(cells, () => true),
      [
        { fromDay: 0, toDay: 2, what: "leave", isPending: false },
        { fromDay: 3, toDay: 4, what: "leave", isPending: false },
      ],
    );
    assert.deepEqual(
      absenceBars(cells, (day) => day !== 0).map(({ fromDay }) => fromDay),
      [1, 3],
    );
  });

  test("every day away lies in exactly one bar, and no other day in any", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(null, "leave", "sick"), { maxLength: 30 }), (kinds) => {
        const cells = kinds.map((absence): TeamDay => ({ ...read([])[0]!, absence }));
        const bars = absenceBars(cells, () => true);
        for (const [day, what] of kinds.entries()) {
          const over = bars.filter((bar) => bar.fromDay <= day && bar.toDay > day);
          assert.deepEqual(
            over.map((bar) => bar.what),
            what === null ? [] : [what],
          );
        }
      }),
    );
  });
});
