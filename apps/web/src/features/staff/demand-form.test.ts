import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import {
  carried,
  DAY_MINUTES,
  demandBodyOf,
  demandFaults,
  demandFormOf,
  formOfStretch,
  freeStretch,
  pressed,
  snapped,
  stretchOf,
  valueOf,
  type Demand,
  type Handle,
  type Stretch,
} from "./demand-form.ts";

const stretch = fc
  .record({
    fromMinute: fc.integer({ min: 0, max: DAY_MINUTES - 1 }),
    length: fc.integer({ min: 1, max: DAY_MINUTES }),
    minimum: fc.integer({ min: 0, max: 20 }),
    more: fc.integer({ min: 0, max: 5 }),
  })
  .map(({ fromMinute, length, minimum, more }): Stretch => ({
    key: 0,
    fromMinute,
    toMinute: fromMinute + length,
    minimum,
    ideal: minimum + more,
  }));
const handle = fc.constantFrom<Handle>("move", "start", "end", "minimum", "ideal");
const mayBe = ({ fromMinute, toMinute, minimum, ideal }: Stretch): boolean =>
  fromMinute >= 0 &&
  fromMinute < DAY_MINUTES &&
  toMinute > fromMinute &&
  toMinute - fromMinute <= DAY_MINUTES &&
  minimum >= 0 &&
  ideal >= minimum;

describe("a demand that is drawn", () => {
  test("has stretches that may be, wherever a handle is carried", () => {
    fc.assert(
      fc.property(stretch, handle, fc.integer({ min: -5_000, max: 5_000 }), (before, by, to) => {
        const after = carried(before, by, to);
        assert.ok(mayBe(after), JSON.stringify(after));
        if (by === "move") assert.equal(after.toMinute - after.fromMinute, before.toMinute - before.fromMinute);
        if (by === "start") assert.equal(after.toMinute, before.toMinute);
        if (by === "end") assert.equal(after.fromMinute, before.fromMinute);
      }),
    );
  });

  test("moves by keys to the next quarter, by the minute when asked to, and by one person", () => {
    const day: Stretch = { key: 0, fromMinute: 367, toMinute: 840, minimum: 2, ideal: 3 };
    assert.equal(pressed(day, "start", "ArrowRight", false)!.fromMinute, 375);
    assert.equal(pressed(day, "start", "ArrowLeft", false)!.fromMinute, 360);
    assert.equal(pressed(day, "start", "ArrowRight", true)!.fromMinute, 368);
    assert.equal(pressed(day, "end", "PageUp", false)!.toMinute, 900);
    assert.deepEqual(pressed(day, "ideal", "ArrowDown", false), { ...day, ideal: 2 });
    assert.deepEqual(pressed({ ...day, ideal: 2 }, "minimum", "ArrowUp", false), { ...day, minimum: 3, ideal: 3 });
    assert.equal(pressed(day, "start", "Tab", false), null);
    assert.equal(snapped(367, false), 360);
    assert.equal(snapped(367.4, true), 367);
  });

  test("may be by keys as well, and each key moves its own handle alone", () => {
    const keys = fc.constantFrom("ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "PageUp", "PageDown");
    fc.assert(
      fc.property(stretch, handle, keys, fc.boolean(), (before, by, key, isFine) => {
        const after = pressed(before, by, key, isFine)!;
        assert.ok(mayBe(after));
        assert.ok(key !== "ArrowRight" || valueOf(after, by) >= valueOf(before, by));
      }),
    );
  });

  test("is typed as it is drawn", () => {
    fc.assert(fc.property(stretch, (drawn) => assert.deepEqual(stretchOf(formOfStretch(drawn)), drawn)));
  });

  test("finds room for another stretch, until the day is full", () => {
    assert.deepEqual(freeStretch([], 7), { key: 7, fromMinute: 480, toMinute: 960, minimum: 1, ideal: 1 });
    fc.assert(
      fc.property(fc.array(stretch, { maxLength: 4 }), (taken) => {
        const free = freeStretch(taken, 1);
        if (free === null) return;
        assert.ok(mayBe(free));
        assert.ok(taken.every((each) => each.toMinute <= free.fromMinute || each.fromMinute >= free.toMinute));
      }),
    );
    assert.equal(freeStretch([{ key: 0, fromMinute: 0, toMinute: 1_440, minimum: 1, ideal: 1 }], 1), null);
  });

  test("comes back from what the server keeps as it was", () => {
    const demand: Demand = {
      id: "dem_1",
      name: "Night",
      site: "Ward 3",
      skillId: "skl_1",
      skillName: "First aid",
      levelMin: 2,
      weekdays: [1, 7],
      onHolidays: true,
      dates: ["2027-12-24"],
      from: "2027-01-01",
      until: "2027-06-30",
      stretches: [{ starts: "22:00", minutes: 480, minimum: 1, ideal: 2 }],
      version: 3,
    };
    const form = demandFormOf(demand, "2027-01-01");
    assert.deepEqual(demandFaults(form), []);
    const { id: _id, version: _version, skillName: _skillName, ...body } = demand;
    assert.deepEqual(demandBodyOf(form), body);
  });

  test("says what is wrong, and with which stretch, before it is sent", () => {
    const form = { ...demandFormOf(null, "2027-01-01"), weekdays: [], until: "2026-01-01" };
    assert.deepEqual(
      demandFaults(form).map(({ at }) => at),
      ["name", "site", "endsFirst", "days", "stretches"],
    );
    const typed = (key: number, starts: string, ends: string, minimum = "1", ideal = "1") => ({
      key,
      starts,
      ends,
      minimum,
      ideal,
    });
    const stretches = [
      typed(0, "06:00", "14:00"),
      typed(1, "13:59", "15:00"),
      typed(2, "16:00", "17:00", "2", "1"),
      typed(3, "", "1"),
    ];
    assert.deepEqual(demandFaults({ ...demandFormOf(null, "2027-01-01"), name: "n", site: "s", stretches }), [
      { at: "stretch", key: 1, why: "overlap" },
      { at: "stretch", key: 2, why: "ideal" },
      { at: "stretch", key: 3, why: "unread" },
    ]);
  });
});
