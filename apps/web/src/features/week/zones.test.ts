import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { dayNumber } from "@hourwright/time";
import { weekAxis } from "@hourwright/timeline";
import { wallClockOf } from "../../data/wall-clock.ts";
import { cityOf, hourLabels, minutesAhead, offsetChanges } from "./zones.ts";

const prague = wallClockOf("Europe/Prague", 2027);
const column = (zone: string) => ({ zone, clock: wallClockOf(zone, 2027) });
const week = (month: number, day: number) => weekAxis(prague, dayNumber(2027, month, day), 7);
const hours = (labels: ReturnType<typeof hourLabels>) =>
  labels.map(({ wallMs }) => (wallMs === null ? null : wallMs / 3_600_000));

describe("zones beside a week", () => {
  const DISTANCES: readonly (readonly [zone: string, month: number, day: number, minutes: number])[] = [
    ["America/New_York", 3, 10, -360],
    ["America/New_York", 3, 14, -300],
    ["America/New_York", 3, 28, -360],
    ["Asia/Kolkata", 3, 18, 270],
    ["Asia/Kolkata", 3, 28, 210],
    ["Europe/Prague", 3, 28, 0],
  ];
  for (const [zone, month, day, minutes] of DISTANCES)
    test(`${zone} is ${minutes} minutes ahead on ${day}.${month}.`, () =>
      assert.equal(minutesAhead(week(3, 15), column(zone).clock, dayNumber(2027, month, day)), minutes));

  test("change their distance on the day on which either clock changes, and are told of a fortnight ahead", () => {
    const newYork = column("America/New_York");
    const sunday14 = { zone: newYork.zone, day: dayNumber(2027, 3, 14), before: -360, after: -300 };
    const sunday28 = { zone: newYork.zone, day: dayNumber(2027, 3, 28), before: -300, after: -360 };
    assert.deepEqual(offsetChanges(week(3, 8), newYork), [sunday14]);
    assert.deepEqual(offsetChanges(week(3, 15), newYork), [sunday28]);
    assert.deepEqual(offsetChanges(week(3, 22), newYork), [sunday28]);
    assert.deepEqual(offsetChanges(week(4, 5), newYork), []);
    assert.deepEqual(offsetChanges(week(3, 22), column("Europe/Vienna")), [], "both change at once");
  });

  test("say their own hours beside the lines, half an hour off where they are", () => {
    const plain = week(3, 15);
    assert.deepEqual(hours(hourLabels(plain, column("Europe/Prague"), true)).slice(8, 10), [9, 10]);
    assert.deepEqual(hours(hourLabels(plain, column("America/New_York"), false)).slice(8, 10), [4, 5]);
    assert.deepEqual(hours(hourLabels(plain, column("Asia/Kolkata"), false)).slice(8, 10), [13.5, 14.5]);
  });

  test("in the week with an hour that comes twice, the axis's own says it twice, another skips what is closed", () => {
    const autumn = week(10, 25);
    assert.deepEqual(hours(hourLabels(autumn, column("Europe/Prague"), true)).slice(0, 5), [1, 2, 2, 3, 4]);
    assert.deepEqual(hours(hourLabels(autumn, column("America/New_York"), false)).slice(0, 5), [19, 20, null, 21, 22]);
  });

  test("are named by their city", () => {
    assert.equal(cityOf("America/Argentina/Buenos_Aires"), "Buenos Aires");
    assert.equal(cityOf("UTC"), "UTC");
  });
});
