import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import { dayNumber } from "@hourwright/time";
import { wallMs } from "./wall.ts";
import { msOfMinute, weekAxis } from "./week-axis.ts";
import { weekDraggedTo } from "./week-drag.ts";
import type { WeekGrab } from "./week-grab.ts";
import { weekScale, type WeekScale } from "./week-scale.ts";
import { anyWeek, clockOf, daysAt, thingAt } from "./week-testing.ts";

const utc = { fromMs: [0], offsetMs: [0] };
const WEEKDAYS = [false, false, false, false, false, true, true];
const week = weekAxis(utc, 0, 7);
const scale = weekScale(week, { width: 1_220, height: 780 }, WEEKDAYS, 0);
const exact = { isFine: false };
const HOUR_MS = 3_600_000;

const point = (of: WeekScale, day: number, minute: number) => ({
  x: of.columns[day]!.x + of.columns[day]!.width / 2,
  y: minute * of.minutePx,
});
const hours = (day: number, minute: number) => ({ part: "hours" as const, point: point(scale, day, minute) });
const lane = (day: number) => ({ part: "lane" as const, point: { ...point(scale, day, 0), y: 10 } });

const lesson = thingAt("lesson", 10 * HOUR_MS, 50);
const block = (edge: "start" | "end" | null, minute = 620): WeekGrab => ({
  what: "block",
  thing: lesson,
  edge,
  day: 0,
  minute,
});
const timed = (day: number, from: number, to: number) => ({
  allDay: false,
  startMs: day * 24 * HOUR_MS + from * 60_000,
  endMs: day * 24 * HOUR_MS + to * 60_000,
});

describe("a drag over a week [TL28]", () => {
  test("on empty minutes is a stretch by quarters, whichever way it goes, of its own day", () => {
    const empty: WeekGrab = { what: "minute", day: 2, minute: 601 };
    assert.deepEqual(weekDraggedTo(week, scale, empty, hours(2, 697), exact), timed(2, 600, 690));
    assert.deepEqual(weekDraggedTo(week, scale, empty, hours(4, 500), exact), timed(2, 495, 600));
    assert.deepEqual(weekDraggedTo(week, scale, empty, hours(2, 603), exact), timed(2, 600, 615));
    assert.deepEqual(weekDraggedTo(week, scale, empty, hours(2, 700), { isFine: true }), timed(2, 601, 700));
  });

  test("of a block moves it over days by quarters from wherever it was taken, and by minutes when asked", () => {
    assert.deepEqual(weekDraggedTo(week, scale, block(null), hours(3, 733), exact), timed(3, 720, 770));
    assert.deepEqual(weekDraggedTo(week, scale, block(null, 645), hours(3, 758), exact), timed(3, 720, 770));
    assert.deepEqual(weekDraggedTo(week, scale, block(null), hours(3, 733), { isFine: true }), timed(3, 713, 763));
  });

  test("of a block's end resizes it, and never past the other", () => {
    assert.deepEqual(weekDraggedTo(week, scale, block("end"), hours(0, 700), exact), timed(0, 600, 705));
    assert.deepEqual(weekDraggedTo(week, scale, block("end"), hours(0, 100), exact), timed(0, 600, 615));
    assert.deepEqual(weekDraggedTo(week, scale, block("start"), hours(0, 533), exact), timed(0, 540, 650));
    assert.deepEqual(weekDraggedTo(week, scale, block("start"), hours(0, 900), exact), timed(0, 635, 650));
  });

  test("to the lane makes whole days of it, and from there an hour", () => {
    assert.deepEqual(weekDraggedTo(week, scale, block(null), lane(4), exact), { allDay: true, fromDay: 4, toDay: 5 });
    const bar: WeekGrab = { what: "bar", thing: daysAt("fair", 1, 2), edge: null, day: 1 };
    assert.deepEqual(weekDraggedTo(week, scale, bar, hours(3, 541), exact), timed(3, 540, 600));
  });

  test("in the lane moves and resizes by days, and on empty days is a stretch of them", () => {
    const camp = daysAt("camp", 1, 4);
    const bar = (edge: "start" | "end" | null, day: number): WeekGrab => ({ what: "bar", thing: camp, edge, day });
    assert.deepEqual(weekDraggedTo(week, scale, bar(null, 2), lane(4), exact), { allDay: true, fromDay: 3, toDay: 6 });
    assert.deepEqual(weekDraggedTo(week, scale, bar("end", 3), lane(6), exact), { allDay: true, fromDay: 1, toDay: 7 });
    assert.deepEqual(weekDraggedTo(week, scale, bar("end", 3), lane(0), exact), { allDay: true, fromDay: 1, toDay: 2 });
    assert.deepEqual(weekDraggedTo(week, scale, bar("start", 1), lane(6), exact), {
      allDay: true,
      fromDay: 3,
      toDay: 4,
    });
    const empty: WeekGrab = { what: "day", day: 5 };
    assert.deepEqual(weekDraggedTo(week, scale, empty, lane(2), exact), { allDay: true, fromDay: 2, toDay: 6 });
  });

  test("of what lasts for days and has times moves it by days, its times as they are", () => {
    const thing = thingAt("trip", 10 * HOUR_MS, 30 * 60);
    const bar: WeekGrab = { what: "bar", thing, edge: null, day: 0 };
    assert.deepEqual(weekDraggedTo(week, scale, bar, lane(2), exact), {
      allDay: false,
      startMs: thing.startMs + 48 * HOUR_MS,
      endMs: thing.endMs + 48 * HOUR_MS,
    });
  });

  test("of what began the day before keeps it begun there", () => {
    const thing = thingAt("night", 22 * HOUR_MS, 240);
    const grab: WeekGrab = { what: "block", thing, edge: null, day: 1, minute: 60 };
    assert.deepEqual(weekDraggedTo(week, scale, grab, hours(1, 120), exact), timed(0, 23 * 60, 27 * 60));
    assert.deepEqual(weekDraggedTo(week, scale, grab, hours(2, 60), exact), timed(1, 22 * 60, 26 * 60));
  });

  test("over a change of clocks keeps the length on the wall, and what is dropped into a gap begins behind it", () => {
    const prague = clockOf("Europe/Prague", 2027);
    const axis = weekAxis(prague, dayNumber(2027, 3, 22), 7);
    const spring = weekScale(axis, { width: 1_220, height: 780 }, WEEKDAYS, 0);
    const startMs = msOfMinute(axis, 5, 60);
    const thing = { ...thingAt("watch", startMs, 180), fromDay: axis.firstDay + 5, toDay: axis.firstDay + 6 };
    const grab: WeekGrab = { what: "block", thing, edge: null, day: 5, minute: 60 };
    const to = (minute: number) =>
      weekDraggedTo(axis, spring, grab, { part: "hours", point: point(spring, 6, minute) }, exact);
    const texts = (times: ReturnType<typeof to>) =>
      times.allDay
        ? []
        : [times.startMs, times.endMs].map((ms) => Temporal.Instant.fromEpochMilliseconds(ms).toString());
    assert.deepEqual(texts(to(60)), ["2027-03-28T00:00:00Z", "2027-03-28T02:00:00Z"], "01:00 to 04:00, two hours");
    assert.deepEqual(texts(to(140)), ["2027-03-28T01:00:00Z", "2027-03-28T04:00:00Z"], "03:00 to 06:00");
  });

  test("always ends after it begins, on quarters of the wall, wherever it goes", () => {
    fc.assert(
      fc.property(
        anyWeek,
        fc.nat({ max: 1_439 }),
        fc.integer({ min: 1, max: 500 }),
        fc.nat({ max: 6 }),
        fc.integer({ min: -50, max: 1_600 }),
        fc.constantFrom<"start" | "end" | null>("start", "end", null),
        ({ clock, firstDay, days }, from, minutes, to, minute, edge) => {
          const axis = weekAxis(clock, firstDay, days);
          const of = weekScale(axis, { width: 1_220, height: 780 }, WEEKDAYS.slice(0, days), 0);
          const startMs = msOfMinute(axis, 0, from);
          const thing = { ...thingAt("x", startMs, minutes), fromDay: firstDay, toDay: firstDay + 1 };
          const grab: WeekGrab = { what: "block", thing, edge, day: 0, minute: from };
          const target = { part: "hours" as const, point: point(of, Math.min(to, days - 1), minute) };
          const times = weekDraggedTo(axis, of, grab, target, exact);
          assert.ok(!times.allDay && times.endMs > times.startMs);
          if (edge === "start") assert.equal(times.endMs, thing.endMs);
          else if (edge === "end") assert.equal(times.startMs, thing.startMs);
          else assert.equal((wallMs(clock, times.startMs) / 60_000) % 15, 0);
        },
      ),
      { numRuns: 300 },
    );
  });
});
