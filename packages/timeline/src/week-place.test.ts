import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import { weekAxis } from "./week-axis.ts";
import { weekGrabAt } from "./week-grab.ts";
import { placeBars, placeBlocks, sharedStrip, type Frame } from "./week-place.ts";
import { railOfDay, roomOfDay, weekDayAt, weekMinuteAt, weekScale, weekUpright } from "./week-scale.ts";
import { anyThings, daysAt, thingAt } from "./week-testing.ts";

const utc = { fromMs: [0], offsetMs: [0] };
const WEEKDAYS = [false, false, false, false, false, true, true];
const week = weekAxis(utc, 0, 7);
const desk = weekScale(week, { width: 1230, height: 780 }, WEEKDAYS, 2);
const anySize = fc.record({
  width: fc.integer({ min: 200, max: 2_400 }),
  height: fc.integer({ min: 200, max: 1_400 }),
});

const meet = (one: Frame, other: Frame) =>
  one.x < other.x + other.width - 0.01 &&
  other.x < one.x + one.width - 0.01 &&
  one.y < other.y + other.height - 0.01 &&
  other.y < one.y + one.height - 0.01;

describe("the scale of a week [TL23]", () => {
  test("gives days of the weekend 55 % of a weekday, and 13 hours the height", () => {
    const [monday, , , , , saturday] = desk.columns;
    assert.ok(Math.abs(saturday!.width / monday!.width - 0.55) < 0.02);
    assert.equal(desk.minutePx, 1);
    assert.equal(weekUpright(desk, { fromMinute: 420, toMinute: 1_200 }).height, 780);
  });

  test("shows three equal days at a time where weekdays would be too narrow", () => {
    const phone = weekScale(week, { width: 345, height: 600 }, WEEKDAYS, 0);
    assert.deepEqual(new Set(phone.columns.map(({ width }) => width)), new Set([115]));
    assert.equal(phone.width, 805);
  });

  test("has columns of whole pixels that touch and fill it; every point of a day leads back to it", () => {
    fc.assert(
      fc.property(anySize, fc.integer({ min: 1, max: 7 }), fc.nat({ max: 6 }), (size, days, rails) => {
        const scale = weekScale(weekAxis(utc, 0, days), size, WEEKDAYS.slice(0, days), rails);
        let x = 0;
        for (const [day, column] of scale.columns.entries()) {
          assert.equal(column.x, x);
          assert.ok(Number.isInteger(column.width) && column.width > 0);
          assert.equal(weekDayAt(scale, column.x), day);
          assert.equal(weekDayAt(scale, column.x + column.width - 0.1), day);
          x += column.width;
        }
        assert.equal(x, scale.width);
        for (const minute of [0, 1, 421, 1_439])
          assert.ok(
            Math.abs(weekMinuteAt(scale, weekUpright(scale, { fromMinute: minute, toMinute: minute }).y) - minute) <
              1e-6,
          );
      }),
    );
  });

  test("keeps the rails, and the free lane behind them, beside the blocks", () => {
    const room = roomOfDay(desk, 0);
    assert.ok(room.x + room.width <= railOfDay(desk, 0, 0).x);
    assert.equal(railOfDay(desk, 0, 1).x, railOfDay(desk, 0, 0).x + 9);
    const free = railOfDay(desk, 0, 2);
    assert.equal(free.x + free.width, desk.columns[0]!.width);
  });
});

describe("blocks of a week", () => {
  test("never cover each other, stay within their day, and every one is shown or counted [TL24]", () => {
    fc.assert(
      fc.property(anyThings, anySize, (things, size) => {
        const axis = weekAxis(utc, 0, 2);
        const scale = weekScale(axis, size, [false, false], 0);
        const { blocks, crowds } = placeBlocks(axis, scale, things);
        const frames = [...blocks, ...crowds];
        for (const one of frames) {
          const room = roomOfDay(scale, one.day);
          assert.ok(one.frame.x >= room.x && one.frame.x + one.frame.width <= room.x + room.width + 0.01);
          for (const other of frames) assert.ok(one === other || !meet(one.frame, other.frame));
        }
        const touched = [0, 1].map(
          (day) =>
            things.filter(({ startMs, endMs }) => {
              const [from, to] = [day * 86_400_000, (day + 1) * 86_400_000];
              return startMs < to && (endMs > from || (startMs === endMs && startMs === from));
            }).length,
        );
        for (const day of [0, 1]) {
          const shown = blocks.filter((block) => block.day === day).length;
          const counted = crowds.filter((crowd) => crowd.day === day).reduce((sum, { count }) => sum + count, 0);
          assert.equal(shown + counted, touched[day]);
        }
      }),
    );
  });

  test("of which there are 400 at once are a few and a number", () => {
    const many = Array.from({ length: 400 }, (_, index) => thingAt(`t${index}`, 600 * 60_000, 60));
    const { blocks, crowds } = placeBlocks(week, desk, many);
    assert.ok(blocks.length < 10 && blocks.every(({ frame }) => frame.width > 20));
    assert.equal(crowds.length, 1);
    assert.equal(blocks.length + crowds[0]!.count, 400);
  });

  test("stand on every day they touch, with the ends they have there", () => {
    const night = thingAt("night", 23 * 3_600_000, 120);
    const { blocks } = placeBlocks(week, desk, [night]);
    assert.deepEqual(
      blocks.map(({ day, fromMinute, toMinute, hasStart, hasEnd }) => [day, fromMinute, toMinute, hasStart, hasEnd]),
      [
        [0, 1_380, 1_440, true, false],
        [1, 0, 60, false, true],
      ],
    );
  });

  test("share minutes that are hatched over the edge between them [TL26]", () => {
    const { blocks } = placeBlocks(week, desk, [thingAt("a", 900 * 60_000, 60), thingAt("b", 930 * 60_000, 60)]);
    const strip = sharedStrip(desk, { fromMinute: 930, toMinute: 960 }, blocks)!;
    assert.equal(strip.y, 931);
    assert.ok(strip.x < blocks[1]!.frame.x && strip.x + strip.width > blocks[1]!.frame.x);
    assert.equal(sharedStrip(desk, { fromMinute: 930, toMinute: 960 }, []), null);
  });
});

describe("bars of a week [TL25]", () => {
  test("are cut to the days shown and know which of their ends are", () => {
    const { bars, lanes } = placeBars(week, desk, [daysAt("camp", -2, 3), daysAt("fair", 2, 4), daysAt("gone", -5, 0)]);
    assert.deepEqual(
      bars.map(({ thing, fromDay, toDay, lane, hasStart, hasEnd }) => [
        thing.id,
        fromDay,
        toDay,
        lane,
        hasStart,
        hasEnd,
      ]),
      [
        ["camp", 0, 3, 0, false, true],
        ["fair", 2, 4, 1, true, true],
      ],
    );
    assert.equal(lanes, 2);
  });

  test("beyond four lanes are counted by day, in the fourth", () => {
    const many = Array.from({ length: 9 }, (_, index) => daysAt(`d${index}`, 1, 3));
    const { bars, lanes, hidden } = placeBars(week, desk, many);
    assert.equal(bars.length, 3);
    assert.equal(lanes, 4);
    assert.deepEqual(hidden, [0, 6, 6, 0, 0, 0, 0]);
  });
});

describe("what is under a point of a week [TL27]", () => {
  const lesson = thingAt("lesson", 600 * 60_000, 60);
  const camp = daysAt("camp", 1, 3);
  const { blocks } = placeBlocks(week, desk, [lesson]);
  const { bars } = placeBars(week, desk, [camp]);
  const under = (part: "hours" | "lane", x: number, y: number) => weekGrabAt(desk, { blocks, bars }, part, { x, y });

  test("is a block, its upper and lower edge, or an empty minute", () => {
    assert.deepEqual(under("hours", 50, 630), { what: "block", thing: lesson, edge: null, day: 0, minute: 630 });
    assert.equal((under("hours", 50, 603) as { edge: string }).edge, "start");
    assert.equal((under("hours", 50, 657) as { edge: string }).edge, "end");
    assert.deepEqual(under("hours", 50, 700), { what: "minute", day: 0, minute: 700 });
    assert.equal(under("hours", desk.columns[1]!.x - 4, 630).what, "minute", "beside the block, among the rails");
  });

  test("in the lane is a bar, its ends, or a day", () => {
    const { frame } = bars[0]!;
    assert.deepEqual(under("lane", frame.x + 40, frame.y + 4), { what: "bar", thing: camp, edge: null, day: 1 });
    assert.equal((under("lane", frame.x + 1, frame.y + 4) as { edge: string }).edge, "start");
    assert.equal((under("lane", frame.x + frame.width - 1, frame.y + 4) as { edge: string }).edge, "end");
    assert.deepEqual(under("lane", 20, 10), { what: "day", day: 0 });
  });

  test("belongs to every block at all of its points", () => {
    fc.assert(
      fc.property(anyThings, fc.double({ min: 0.02, max: 0.98, noNaN: true }), (things, part) => {
        const placed = placeBlocks(week, desk, things);
        for (const { frame, thing, day } of placed.blocks) {
          const point = { x: frame.x + frame.width * part, y: frame.y + frame.height * part };
          const grab = weekGrabAt(desk, { ...placed, bars: [] }, "hours", point);
          assert.ok(grab.what === "block" && grab.thing === thing && grab.day === day);
        }
      }),
    );
  });
});
