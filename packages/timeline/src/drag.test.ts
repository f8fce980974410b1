import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import { draggedTo } from "./drag.ts";
import { grabAt } from "./grab.ts";
import { boxOfDay, scaleFor, yearShape } from "./scale.ts";
import { blocksOn, pictureOf, SCREENS } from "./testing.ts";

const shape = yearShape(2027, 1);
const camp = { id: "camp", fromDay: 10, toDay: 14, title: "camp", hue: 165, tone: "plain" as const };
const lesson = {
  id: "lesson",
  day: 5,
  fromMinute: 540,
  toMinute: 600,
  title: "lesson",
  hue: 75,
  tone: "plain" as const,
};
const year = pictureOf(shape, { bars: [camp] });
const lens = pictureOf(shape, { blocksOn: blocksOn([lesson]), scale: scaleFor(SCREENS[0], { step: "lens", row: 0 }) });
const exact = { isFine: false };

/** The middle of a day's cell. */
const on = (picture: typeof year, day: number) => {
  const { x, y, width, height } = boxOfDay(shape, picture.scale, day);
  return { x: x + width / 2, y: y + height / 2 };
};
const bar = (edge: "start" | "end" | null, day = 11) => ({ what: "bar", bar: camp, edge, day }) as const;
const block = (edge: "start" | "end" | null) => ({ what: "block", block: lesson, edge, day: 5, minute: 560 }) as const;
const days = (ghost: ReturnType<typeof draggedTo>) => [ghost?.fromDay, ghost?.toDay];

describe("a drag over the year [TL15]", () => {
  test("on empty days is a stretch of whole days, whichever way it goes, over months", () => {
    const empty = { what: "day", day: 40, minute: null } as const;
    assert.deepEqual(draggedTo(year, empty, on(year, 43), exact), { fromDay: 40, toDay: 44, minutes: null });
    assert.deepEqual(draggedTo(year, empty, on(year, 20), exact), { fromDay: 20, toDay: 41, minutes: null });
  });

  test("of a bar moves it by days, from wherever it was taken", () => {
    assert.deepEqual(days(draggedTo(year, bar(null), on(year, 41), exact)), [40, 44]);
    assert.deepEqual(days(draggedTo(year, bar(null, 13), on(year, 12), exact)), [9, 13]);
  });

  test("of a bar's end resizes it, to one day at the least", () => {
    assert.deepEqual(days(draggedTo(year, bar("end", 13), on(year, 20), exact)), [10, 21]);
    assert.deepEqual(days(draggedTo(year, bar("end", 13), on(year, 3), exact)), [10, 11]);
    assert.deepEqual(days(draggedTo(year, bar("start", 10), on(year, 8), exact)), [8, 14]);
    assert.deepEqual(days(draggedTo(year, bar("start", 10), on(year, 20), exact)), [13, 14]);
  });

  test("beside a month is its nearest day, and off the grid nothing", () => {
    const place = on(year, 30);
    assert.deepEqual(days(draggedTo(year, bar(null, 11), { x: place.x + 400, y: place.y }, exact)), [29, 33]);
    assert.equal(draggedTo(year, bar(null), { x: 20, y: -20 }, exact), null);
  });

  test("under the lens sets quarters of an hour, and minutes when asked", () => {
    fc.assert(
      fc.property(fc.double({ min: 0.3, max: 0.9, noNaN: true }), fc.boolean(), (part, isFine) => {
        const { x, y, width, height } = boxOfDay(shape, lens.scale, 8);
        const from = { x: x + width / 2, y: y + height * 0.3 };
        const grab = grabAt(lens, from);
        assert.ok(grab?.what === "day" && grab.minute !== null);
        const ghost = draggedTo(lens, grab, { x: from.x, y: y + height * part }, { isFine });
        const { fromMinute, toMinute } = ghost!.minutes!;
        assert.ok(toMinute - fromMinute >= 15 && fromMinute >= 7 * 60 && toMinute <= 19 * 60 + 15);
        if (!isFine) assert.ok(fromMinute % 15 === 0 && toMinute % 15 === 0);
      }),
    );
  });

  test("of a block keeps its length on another day, its minutes too where the month is no lens", () => {
    const { x, width } = boxOfDay(shape, lens.scale, 9);
    const found = grabAt(lens, { x: boxOfDay(shape, lens.scale, 5).x + 14, y: blockMiddle() });
    assert.ok(found?.what === "block");
    const moved = draggedTo(lens, found, { x: x + width / 2, y: blockMiddle() }, exact)!;
    assert.deepEqual(moved, { fromDay: 9, toDay: 10, minutes: { fromMinute: 540, toMinute: 600 } });
    assert.deepEqual(draggedTo(lens, block(null), on(lens, 70), exact), {
      fromDay: 70,
      toDay: 71,
      minutes: { fromMinute: 540, toMinute: 600 },
    });
  });

  test("of a block's end never passes the other", () => {
    const { x, y, height } = boxOfDay(shape, lens.scale, 5);
    const low = { x: x + 14, y: y + height * 0.9 };
    assert.deepEqual(draggedTo(lens, block("start"), low, exact)!.minutes, { fromMinute: 585, toMinute: 600 });
    const high = { x: x + 14, y: y + 30 };
    assert.deepEqual(draggedTo(lens, block("end"), high, exact)!.minutes, { fromMinute: 540, toMinute: 555 });
  });
});

/** A height within the lesson's block, found by asking. */
function blockMiddle(): number {
  const { x, y, height } = boxOfDay(shape, lens.scale, 5);
  const found: number[] = [];
  for (let at = y; at < y + height; at++) if (grabAt(lens, { x: x + 14, y: at })?.what === "block") found.push(at);
  return found[found.length >> 1]!;
}
