import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import { BARCODE, occupancy, QUARTERS_PER_DAY } from "./occupancy.ts";
import type { Paint } from "./paint.ts";
import type { Bar, YearPicture } from "./picture.ts";
import { labelOf } from "./plan-bars.ts";
import { overflowOf, placedIn, planMonth, samePlan } from "./plan-month.ts";
import { planOverlay, type Marks } from "./plan-overlay.ts";
import { cellOfDay, columnLeft, ROWS, scaleFor, yearShape, type Zoom } from "./scale.ts";
import { anyZoom, blocksOn, pictureOf, SCREENS } from "./testing.ts";

const CLOCK = { fromMs: [0], offsetMs: [0] };
const DAY_MS = 86_400_000;
const measure = (text: string) => text.length * 6;
const shape = yearShape(2027, 1);

function picture(
  changes: Partial<YearPicture> & { busyQuarters?: [day: number, from: number, to: number][] } = {},
): YearPicture {
  const sorted = (changes.busyQuarters ?? []).toSorted((one, other) => one[0] - other[0] || one[1] - other[1]);
  const at = (day: number, quarter: number) => (shape.firstEpochDay + day) * DAY_MS + quarter * 900_000;
  const columns = {
    startMs: Float64Array.from(sorted, ([day, from]) => at(day, from)),
    endMs: Float64Array.from(sorted, ([day, , to]) => at(day, to)),
  };
  return pictureOf(shape, {
    busy: occupancy(columns, CLOCK, shape.firstEpochDay, shape.days),
    hues: new Int16Array(sorted.length).fill(250),
    ...changes,
  });
}

const bar = (id: string, fromDay: number, toDay: number, more: Partial<Bar> = {}): Bar => ({
  id,
  fromDay,
  toDay,
  title: id,
  hue: 165,
  tone: "plain",
  ...more,
});
const texts = (paints: readonly Paint[]) => paints.flatMap((paint) => (paint.op === "text" ? [paint.text] : []));
const ofRole = (paints: readonly Paint[], role: string) =>
  paints.filter((paint) => paint.op === "box" && typeof paint.ink === "object" && paint.ink.role === role);

describe("the plan of a month", () => {
  test("numbers its days and nothing more when nothing is planned", () => {
    const paints = planMonth(picture(), 1, measure);
    assert.deepEqual(
      texts(paints),
      Array.from({ length: 28 }, (_, index) => String(index + 1)),
    );
    assert.equal(paints.filter(({ op }) => op === "glyph").length, 0);
    assert.equal(ofRole(paints, "tick").length, 0);
  });

  test("is the same each time [TL11]", () => {
    const full = picture({ bars: [bar("camp", 3, 9)], busyQuarters: [[5, 36, 40]] });
    assert.deepEqual(planMonth(full, 0, measure), planMonth(full, 0, measure));
  });

  test("differs only for the months that an edit touches [TL11]", () => {
    const before = picture({ bars: [bar("camp", 3, 9)] });
    const after = picture({ bars: [bar("camp", 3, 10)] });
    const changed = shape.months.flatMap((_, row) =>
      samePlan(planMonth(before, row, measure), planMonth(after, row, measure)) ? [] : [row],
    );
    assert.deepEqual(changed, [0]);
    assert.ok(!samePlan(planMonth(picture({ today: 3 }), 0, measure), planMonth(picture({ today: 4 }), 0, measure)));
  });

  test("stays inside its strip, clips opened are closed, whatever the screen and the zoom", () => {
    const zooms = [...fc.sample(anyZoom, 12), { step: "density" } as const, { step: "year" } as const];
    for (const [screen, zoom] of SCREENS.flatMap((size) => zooms.map((each) => [size, each] as const))) {
      const scale = scaleFor(screen, zoom);
      const ribbons = Array.from({ length: 365 }, () => ({ part: 1, level: "over" as const }));
      const blocks = [
        { id: "b", day: 40, fromMinute: 0, toMinute: 1_440, title: "all day", hue: 75, tone: "plain" as const },
      ];
      const bars = [bar("over the year's end", -20, 400)];
      const full = picture({ scale, bars, blocksOn: blocksOn(blocks), ribbons, busyQuarters: [[40, 0, 96]] });
      for (let row = 0; row < ROWS; row++) {
        const paints = planMonth(full, row, measure);
        let open = 0;
        for (const paint of paints) {
          if (paint.op === "clip") open++;
          if (paint.op === "unclip") open--;
          if (paint.op !== "box") continue;
          assert.ok(paint.x >= 0 && paint.x + paint.width <= scale.gridWidth + 1, JSON.stringify(paint));
          assert.ok(paint.y >= 0 && paint.y + paint.height <= scale.rows[row]!.height + 1, JSON.stringify(paint));
        }
        assert.equal(open, 0);
      }
    }
  });

  test("draws a barcode tick exactly where the table is touched, inside its day [TL8]", () => {
    const quarter = fc.integer({ min: BARCODE.fromQuarter, max: BARCODE.toQuarter - 1 });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 364 }), fc.uniqueArray(quarter, { maxLength: 12 }), (day, quarters) => {
        const scale = scaleFor({ width: 9_000, height: 1_080 }); // So wide that no two ticks touch.
        const seen = picture({ scale, busyQuarters: quarters.map((from) => [day, from, from + 1]) });
        const { row, column } = cellOfDay(shape, day);
        const left = columnLeft(seen.scale, column) + 3;
        const width = columnLeft(seen.scale, column + 1) - columnLeft(seen.scale, column) - 6;
        const drawn = ofRole(planMonth(seen, row, measure), "tick").map((paint) =>
          paint.op === "box" ? Math.round(((paint.x - left) / width) * 48) + BARCODE.fromQuarter : -1,
        );
        assert.deepEqual(
          drawn,
          quarters.toSorted((one, other) => one - other),
        );
        const touched = seen.busy.touched.reduce((sum, count) => sum + count, 0);
        assert.equal(touched, quarters.length);
        assert.ok(seen.busy.touched.every((count, cell) => count === 0 || Math.floor(cell / QUARTERS_PER_DAY) === day));
      }),
    );
  });

  test("draws ticks that lie over each other as one, over the same pixels [TL8]", () => {
    const quarter = fc.integer({ min: BARCODE.fromQuarter, max: BARCODE.toQuarter - 1 });
    fc.assert(
      fc.property(fc.uniqueArray(quarter, { maxLength: 40 }), (quarters) => {
        const seen = picture({ busyQuarters: quarters.map((from) => [100, from, from + 1]) });
        const drawn = ofRole(planMonth(seen, 3, measure), "tick").flatMap((paint) =>
          paint.op === "box" ? [[paint.x, paint.x + paint.width] as const] : [],
        );
        const left = columnLeft(seen.scale, cellOfDay(shape, 100).column) + 3;
        const width = columnLeft(seen.scale, cellOfDay(shape, 100).column + 1) - 3 - left;
        const alone = quarters.map((from) => {
          const x = left + ((from - BARCODE.fromQuarter) / 48) * width;
          return [x, x + Math.max(1.6, width / 48 - 0.7)] as const;
        });
        const isIn = (list: readonly (readonly [number, number])[], x: number) =>
          list.some(([from, to]) => from <= x && x < to);
        for (let x = left; x < left + width; x += 0.1) assert.equal(isIn(drawn, x), isIn(alone, x), `${x}`);
        for (const [i, [from]] of drawn.entries()) if (i > 0) assert.ok(from >= drawn[i - 1]![1]);
      }),
    );
  });

  test("says how many bars a day does not show", () => {
    const bars = [bar("a", 3, 6), bar("b", 3, 6), bar("c", 4, 6), bar("d", 5, 6)];
    const january = shape.months[0]!;
    const hidden = overflowOf(placedIn(bars, january), january, 2);
    assert.deepEqual([...hidden.subarray(3, 7)], [0, 1, 2, 0]);
    const paints = planMonth(picture({ bars }), 0, measure);
    assert.deepEqual(
      texts(paints).filter((text) => text.startsWith("+")),
      ["+1", "+2"],
    );
  });

  test("marks a conflict by its shape, moved aside by the overflow's number", () => {
    const glyphs = Array.from({ length: 365 }, (_, day) => (day === 4 ? ("resource" as const) : null));
    const alone = planMonth(picture({ glyphs }), 0, measure).find(({ op }) => op === "glyph");
    assert.ok(alone?.op === "glyph" && alone.kind === "resource" && alone.radius === 4);
    const bars = [bar("a", 4, 5), bar("b", 4, 5), bar("c", 4, 5)];
    const crowded = planMonth(picture({ glyphs, bars }), 0, measure).find(({ op }) => op === "glyph");
    assert.ok(crowded?.op === "glyph" && crowded.radius === 3 && crowded.x < alone.x);
  });

  test("hatches leave, dashes what is tentative, dims what is past", () => {
    const paints = planMonth(
      picture({
        pastBefore: 5,
        bars: [bar("leave", 0, 3, { tone: "leave" }), bar("maybe", 7, 9, { tone: "tentative" })],
      }),
      0,
      measure,
    );
    const hatch = paints.find(({ op }) => op === "hatch");
    assert.ok(hatch?.op === "hatch" && hatch.ink === "leave-hatch" && hatch.alpha === 0.78);
    assert.ok(paints.some((paint) => paint.op === "outline" && paint.dashed && paint.alpha === 1));
  });

  test("keeps the label of a bar in view that begins where the grid is panned out of sight [TL4]", () => {
    const labelOn = (hiddenStart: number) =>
      planMonth(picture({ bars: [bar("Roof works", 10, 19)], hiddenStart }), 0, measure).find(
        (paint) => paint.op === "text" && paint.font === "bar",
      );
    const [whole, panned] = [labelOn(0), labelOn(560)];
    assert.ok(whole?.op === "text" && panned?.op === "text");
    assert.ok(whole.x < 560 && panned.x > 560);
    assert.equal(labelOn(1100), undefined);
  });

  test("gives today a pill and its number the ink upon it", () => {
    const paints = planMonth(picture({ today: 9 }), 0, measure);
    assert.ok(paints.some((paint) => paint.op === "text" && paint.text === "10" && paint.ink === "on-accent"));
    assert.equal(paints.filter((paint) => paint.op === "box" && paint.ink === "accent").length, 1);
  });

  test("draws touching clashes as one block", () => {
    const at = (minute: number) => (shape.firstEpochDay + 2) * DAY_MS + minute * 60_000;
    const columns = { startMs: Float64Array.of(at(600), at(630)), endMs: Float64Array.of(at(630), at(645)) };
    const clash = occupancy(columns, CLOCK, shape.firstEpochDay, shape.days);
    const drawn = planMonth(picture({ clash }), 0, measure).filter(
      (paint) => paint.op === "box" && paint.ink === "conflict",
    );
    assert.equal(drawn.length, 1);
  });
});

describe("a clash of a room", () => {
  test("is outlined and not hatched: the people are free", () => {
    const at = (minute: number) => (shape.firstEpochDay + 2) * DAY_MS + minute * 60_000;
    const columns = { startMs: Float64Array.of(at(600)), endMs: Float64Array.of(at(660)) };
    const outlined = occupancy(columns, CLOCK, shape.firstEpochDay, shape.days);
    const paints = planMonth(picture({ outlined }), 0, measure);
    assert.equal(paints.filter((paint) => paint.op === "outline" && paint.ink === "conflict").length, 1);
    assert.equal(paints.filter(({ op }) => op === "hatch").length, 0);
  });
});

describe("a label", () => {
  test("runs on into free space, is cut where there is none, and vanishes where one letter would be left [TL4]", () => {
    assert.equal(labelOf("Theory test week", 30, 200, measure), "Theory test week");
    assert.equal(labelOf("Theory test week", 60, 60, measure), "Theory te…");
    assert.equal(labelOf("Theory test week", 12, 12, measure), "");
  });

  test("is never cut inside what a person sees as one letter [TL4]", () => {
    assert.equal(
      labelOf("👨‍👩‍👧 family day", 100, 100, (text) => [...new Intl.Segmenter().segment(text)].length * 20),
      "👨‍👩‍👧 fa…",
    );
  });

  test("of 10,000 characters is measured short", () => {
    let longest = 0;
    labelOf("x".repeat(10_000), 60, 60, (text) => {
      longest = Math.max(longest, text.length);
      return text.length * 6;
    });
    assert.ok(longest <= 200);
  });
});

describe("a ribbon", () => {
  const ribbonsOf = (part: number, level: "open" | "steady" | "full" | "over", zoom: Zoom = { step: "year" }) => {
    const ribbons = Array.from({ length: 365 }, (_, day) => (day === 5 ? { part, level } : null));
    return planMonth(picture({ ribbons, scale: scaleFor(SCREENS[0], zoom) }), 0, measure);
  };
  const fillOf = (paints: readonly Paint[], ink: string) =>
    paints.find((paint) => paint.op === "box" && paint.ink === ink) as Extract<Paint, { op: "box" }> | undefined;

  test("is as high as the load, edged, in the colour of its level, and hatched over the limit [TL13]", () => {
    const [half, whole] = [ribbonsOf(0.5, "open"), ribbonsOf(1, "over")];
    assert.equal(fillOf(half, "cap-open")!.height, 5);
    assert.equal(fillOf(whole, "cap-over")!.height, 10);
    assert.ok(fillOf(whole, "cap-over-edge")!.y === fillOf(whole, "cap-over")!.y);
    assert.equal(half.filter(({ op }) => op === "hatch").length, 0);
    assert.equal(whole.filter(({ op }) => op === "hatch").length, 1);
  });

  test("is a heat strip of one height where the row is low [TL13]", () => {
    const heights = [0.1, 0.99].map((part) => {
      const paints = ribbonsOf(part, "steady", { step: "density" });
      return fillOf(paints, "cap-steady")!.height;
    });
    assert.equal(heights[0], heights[1]);
  });

  test("is not drawn where nobody may be claimed, nor where its layer is hidden, and moves nothing [TL14]", () => {
    const ribbons = Array.from({ length: 365 }, (_, day) => (day === 5 ? { part: 0.9, level: "full" as const } : null));
    const shown = planMonth(picture({ ribbons }), 0, measure);
    const hidden = planMonth(
      picture({ ribbons, layers: new Set(["events", "conflicts", "focus"] as const) }),
      0,
      measure,
    );
    const isRibbon = (paint: Paint) => "ink" in paint && typeof paint.ink === "string" && paint.ink.startsWith("cap-");
    assert.equal(shown.filter(isRibbon).length, 2);
    assert.deepEqual(
      shown.filter((paint) => !isRibbon(paint)),
      hidden,
    );
  });
});

describe("the lens", () => {
  const scale = scaleFor(SCREENS[0], { step: "lens", row: 0 });
  const block = (id: string, fromMinute: number, toMinute: number) => ({
    id,
    day: 5,
    fromMinute,
    toMinute,
    title: id,
    hue: 75,
    tone: "plain" as const,
  });

  test("turns a day's barcode into blocks with titles, side by side where they overlap", () => {
    const blocks = [block("a", 540, 720), block("b", 600, 660)];
    const paints = planMonth(picture({ scale, blocksOn: blocksOn(blocks), busyQuarters: [[5, 36, 48]] }), 0, measure);
    assert.equal(ofRole(paints, "tick").length, 0);
    const [first, second] = ofRole(paints, "bar") as Extract<Paint, { op: "box" }>[];
    assert.ok(first!.height > second!.height * 2.5 && second!.x >= first!.x + first!.width);
    assert.deepEqual(
      texts(paints).filter((text) => text === "a" || text === "b"),
      ["a", "b"],
    );
  });

  test("[TL31] shows what is taken of a day with more blocks than can be told apart", () => {
    const of = (count: number) => {
      const blocks = Array.from({ length: count }, (_, i) => block(`${i}`, 540 + i, 720 + i));
      return planMonth(picture({ scale, blocksOn: blocksOn(blocks), busyQuarters: [[5, 36, 48]] }), 0, measure);
    };
    assert.deepEqual([ofRole(of(60), "bar").length, ofRole(of(60), "tick").length], [60, 0]);
    assert.deepEqual([ofRole(of(61), "bar").length, ofRole(of(61), "tick").length], [0, 1]);
  });

  test("has as many lanes as the month asks for, up to six", () => {
    const bars = Array.from({ length: 9 }, (_, index) => bar(`${index}`, 3, 6));
    const paints = planMonth(picture({ scale, bars }), 0, measure);
    assert.equal(ofRole(paints, "bar").length, 6);
    assert.ok(texts(paints).includes("+3"));
  });
});

describe("the overlay", () => {
  const marks: Marks = { hovered: null, selected: null, ghosts: [], foreseen: null, now: null };
  const days = (fromDay: number, toDay = fromDay + 1) => ({ fromDay, toDay });

  test("rings the selected day, and a hovered one only when it is another", () => {
    assert.equal(planOverlay(picture(), { ...marks, hovered: 5, selected: days(5) }).length, 1);
    assert.equal(planOverlay(picture(), { ...marks, hovered: 6, selected: days(5) }).length, 2);
  });

  test("[TL30] draws the ribbons that days would have over those they have, and a sign where there is none", () => {
    const ribbons = new Map([[76, { part: 0.98, level: "over" as const }]]);
    const foreseen = { ribbons, glyphs: new Map([[76, "time" as const]]) };
    const kinds = (given: Parameters<typeof picture>[0]) =>
      planOverlay(picture(given), { ...marks, foreseen }).map((paint) => (paint.op === "box" ? paint.ink : paint.op));
    assert.deepEqual(kinds({}), ["surface", "cap-over", "hatch", "cap-over-edge", "glyph"]);
    const glyphs = Array.from({ length: 365 }, (_, day) => (day === 76 ? ("travel" as const) : null));
    assert.deepEqual(kinds({ glyphs }), ["surface", "cap-over", "hatch", "cap-over-edge"], "it has a sign");
    assert.deepEqual(kinds({ layers: new Set(["events" as const]) }), [], "its layers are not shown");
    const gone = { ribbons: new Map([[76, null]]), glyphs: new Map() };
    assert.equal(planOverlay(picture(), { ...marks, foreseen: gone }).length, 1, "nothing is left of it");
  });

  test("rings a stretch of days once in each month", () => {
    assert.equal(planOverlay(picture(), { ...marks, selected: days(20, 70) }).length, 3);
  });

  test("draws the present minute at its place in the barcode, at its ends outside the window", () => {
    const xAt = (minute: number) => {
      const [line] = planOverlay(picture(), { ...marks, now: { day: 76, minute } });
      return line?.op === "box" ? line.x : Number.NaN;
    };
    assert.equal(xAt(3 * 60), xAt(7 * 60));
    assert.equal(xAt(23 * 60), xAt(19 * 60));
    assert.ok(xAt(8 * 60) < xAt(13 * 60) && xAt(13 * 60) < xAt(18 * 60));
  });

  test("draws what is proposed dashed, where it is now as an empty frame, and what is pointed at in full [TL31]", () => {
    const minutes = { fromMinute: 540, toMinute: 600 };
    const paintsOf = (part: "old" | "new" | "pointed") =>
      planOverlay(picture(), { ...marks, ghosts: [{ ...days(5), minutes, part }] }).map((paint) =>
        paint.op === "outline" ? (paint.dashed ? "dashed" : "full") : paint.op,
      );
    assert.deepEqual(paintsOf("old"), ["dashed"]);
    assert.deepEqual(paintsOf("new"), ["box", "dashed"]);
    assert.deepEqual(paintsOf("pointed"), ["box", "full"]);
  });

  test("draws a ghost of whole days in its lane, and a timed one in the barcode or under the lens", () => {
    const inBarcode = planOverlay(picture(), {
      ...marks,
      ghosts: [{ ...days(5), minutes: { fromMinute: 540, toMinute: 600 } }],
    });
    const whole = planOverlay(picture(), { ...marks, ghosts: [{ ...days(29, 33), minutes: null }] });
    const scale = scaleFor(SCREENS[0], { step: "lens", row: 0 });
    const inLens = planOverlay(picture({ scale }), {
      ...marks,
      ghosts: [{ ...days(5), minutes: { fromMinute: 540, toMinute: 600 } }],
    });
    assert.equal(inBarcode.length, 2);
    assert.equal(whole.length, 4, "two months, each with its part");
    assert.ok(inLens[0]!.op === "box" && inBarcode[0]!.op === "box" && inLens[0]!.width > inBarcode[0]!.width * 2);
  });
});
