import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import { boxOfCell, linesSeen, scrolledTo, spotAt, teamExtent, teamScale } from "./team-scale.ts";

const anyScale = fc
  .record({
    width: fc.integer({ min: 320, max: 2_400 }),
    height: fc.integer({ min: 400, max: 1_400 }),
    lines: fc.integer({ min: 1, max: 300 }),
    days: fc.integer({ min: 1, max: 42 }),
    footLines: fc.integer({ min: 0, max: 9 }),
  })
  .map(({ width, height, ...given }) => teamScale({ width, height }, given));
const withCell = anyScale.chain((scale) =>
  fc.record({
    scale: fc.constant(scale),
    line: fc.integer({ min: 0, max: scale.lines }),
    day: fc.integer({ min: 0, max: scale.edges.length - 2 }),
    part: fc.record({
      x: fc.double({ min: 0, max: 0.99, noNaN: true }),
      y: fc.double({ min: 0, max: 0.99, noNaN: true }),
    }),
  }),
);

describe("where the cells of the team lie [TM3]", () => {
  test("every point of a cell that was panned into view leads back to it", () => {
    fc.assert(
      fc.property(withCell, ({ scale, line, day, part }) => {
        const scroll = scrolledTo(scale, { left: 0, top: 0 }, line, day);
        const box = boxOfCell(scale, scroll, line, day);
        assert.deepEqual(spotAt(scale, scroll, box.x + part.x * box.width, box.y + part.y * box.height), {
          part: "cell",
          line,
          day,
        });
      }),
    );
  });

  test("a cell that is panned into view is among the lines seen, and is not panned again", () => {
    fc.assert(
      fc.property(withCell, ({ scale, line, day }) => {
        const scroll = scrolledTo(scale, { left: 0, top: 0 }, line, day);
        assert.equal(scrolledTo(scale, scroll, line, day), scroll);
        const seen = linesSeen(scale, scroll);
        assert.ok(line === 0 || (line - 1 >= seen.from && line - 1 < seen.to));
      }),
    );
  });

  test("days lie on whole pixels, none narrower than 33 or so, and fill the width", () => {
    fc.assert(
      fc.property(anyScale, (scale) => {
        for (let day = 1; day < scale.edges.length; day++) {
          assert.ok(Number.isInteger(scale.edges[day]));
          assert.ok(scale.edges[day]! - scale.edges[day - 1]! >= 32);
        }
        assert.ok(teamExtent(scale).width >= scale.width);
      }),
    );
  });
});
