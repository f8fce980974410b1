import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import { grabAt } from "./grab.ts";
import type { Bar, Block } from "./picture.ts";
import { boxOfDay, scaleFor, yearShape } from "./scale.ts";
import { anyZoom, blocksOn, pictureOf, SCREENS } from "./testing.ts";

const shape = yearShape(2027, 1);
const plain = { hue: 165, tone: "plain" as const };
const bar = (id: string, fromDay: number, toDay: number): Bar => ({ id, fromDay, toDay, title: id, ...plain });
const block = (id: string, day: number, fromMinute: number, toMinute: number): Block => ({
  id,
  day,
  fromMinute,
  toMinute,
  title: id,
  ...plain,
});
const FIRST_LANE = 25; // From the top of a row of the year: within its first lane.

describe("what lies under a point of the year", () => {
  test("is a bar, taken at its start, its end, or in between", () => {
    const picture = pictureOf(shape, { bars: [bar("camp", 10, 14)] });
    const from = boxOfDay(shape, picture.scale, 10);
    const last = boxOfDay(shape, picture.scale, 13);
    const at = (x: number) => grabAt(picture, { x, y: from.y + FIRST_LANE });
    const edges = [from.x + 3, from.x + 20, last.x + last.width - 4].map((x) => {
      const grab = at(x);
      return grab?.what === "bar" ? grab.edge : grab?.what;
    });
    assert.deepEqual(edges, ["start", null, "end"]);
    assert.equal(at(last.x + last.width + 6)?.what, "day");
  });

  test("is no end of a bar where it goes on in another month", () => {
    const picture = pictureOf(shape, { bars: [bar("over the end", 28, 40)] });
    const last = boxOfDay(shape, picture.scale, 30);
    const grab = grabAt(picture, { x: last.x + last.width - 4, y: last.y + FIRST_LANE });
    assert.ok(grab?.what === "bar" && grab.edge === null);
  });

  test("is the sign of what a day does not show", () => {
    const picture = pictureOf(shape, { bars: [bar("a", 3, 5), bar("b", 3, 5), bar("c", 3, 5)] });
    const cell = boxOfDay(shape, picture.scale, 4);
    assert.deepEqual(grabAt(picture, { x: cell.x + cell.width - 4, y: cell.y + 10 }), { what: "overflow", day: 4 });
  });

  test("is a block under the lens, and a minute where there is none", () => {
    const scale = scaleFor(SCREENS[0], { step: "lens", row: 0 });
    const picture = pictureOf(shape, { scale, blocksOn: blocksOn([block("lesson", 5, 9 * 60, 12 * 60)]) });
    const cell = boxOfDay(shape, scale, 5);
    const found = new Set<string>();
    let before = 0;
    for (let y = cell.y + 60; y < cell.y + cell.height - 20; y++) {
      const grab = grabAt(picture, { x: cell.x + 12, y });
      if (grab?.what === "block") found.add(grab.block.id);
      if (grab === null || grab.what === "bar" || grab.what === "overflow" || grab.minute === null) continue;
      assert.ok(grab.minute >= before && grab.minute >= 7 * 60 && grab.minute <= 19 * 60);
      before = grab.minute;
      if (grab.what === "block") assert.ok(grab.minute > 8.9 * 60 && grab.minute < 12.1 * 60);
    }
    assert.deepEqual([...found], ["lesson"]);
  });

  test("is the day it stands in, however closely one looks; nothing outside of the months", () => {
    fc.assert(
      fc.property(
        anyZoom,
        fc.integer({ min: 0, max: 364 }),
        fc.double({ min: 0, max: 0.99, noNaN: true }),
        (zoom, day, part) => {
          const picture = pictureOf(shape, { scale: scaleFor(SCREENS[0], zoom) });
          const { x, y, width, height } = boxOfDay(shape, picture.scale, day);
          const grab = grabAt(picture, { x: x + part * width, y: y + part * height });
          assert.ok(grab?.what === "day" && grab.day === day);
        },
      ),
    );
    assert.equal(grabAt(pictureOf(shape), { x: 3, y: 10 }), null, "January 2027 begins on a Friday");
    assert.equal(grabAt(pictureOf(shape), { x: -3, y: -10 }), null);
  });
});
