// Rules IV* are in ../SPEC.md. Strategy: a table for the shapes a reader should know,
// then every shape at once against the obvious point-set model.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { complement, intersect, interval, isNormal, normalise, overlaps, subtract, union } from "./interval.ts";
import { intervals, normalIntervals, pointsOf } from "./testing.ts";

const span = (text: string) =>
  text === "" ? [] : text.split(" ").map((part) => interval(Number(part.split("-")[0]), Number(part.split("-")[1])));

describe("an interval", () => {
  test("[IV5] without length is a bug of the caller", () => {
    assert.throws(() => interval(9, 9), /must have a length: 9 to 9/);
    assert.throws(() => interval(10, 9), /must have a length/);
  });

  test("of broken milliseconds is a bug of the caller", () => {
    assert.throws(() => interval(0.5, 2), /whole milliseconds: 0.5/);
    assert.throws(() => interval(0, Number.NaN), /whole milliseconds: NaN/);
  });

  test("[IV4] that touches another does not overlap it", () => {
    assert.equal(overlaps(interval(9, 10), interval(10, 11)), false);
    assert.equal(overlaps(interval(9, 10), interval(9, 10)), true);
    assert.equal(overlaps(interval(9, 12), interval(10, 11)), true);
  });
});

describe("subtract", () => {
  const table = [
    { name: "[IV3] nothing busy leaves everything free", free: "9-17", busy: "", left: "9-17" },
    { name: "[IV3] a booking in the middle splits the day", free: "9-17", busy: "11-12", left: "9-11 12-17" },
    { name: "[IV4] a booking that only touches takes nothing", free: "9-10", busy: "8-9 10-11", left: "9-10" },
    { name: "[IV3] one booking may span two openings", free: "9-12 13-17", busy: "11-14", left: "9-11 14-17" },
    { name: "[IV5] a booking over everything leaves nothing", free: "9-12", busy: "8-13", left: "" },
  ];
  for (const { name, free, busy, left } of table) {
    test(name, () => assert.deepEqual(subtract(span(free), span(busy)), span(left)));
  }

  test("[IV1] a list out of order is a bug of the caller, not an input", () => {
    assert.throws(() => subtract(span("9-10 8-9"), []), /free must be sorted and disjoint/);
    assert.throws(() => subtract([], span("9-11 10-12")), /busy must be sorted and disjoint/);
  });

  test("[IV2] agrees with taking points out of a set, for any two lists", () => {
    fc.assert(
      fc.property(normalIntervals, normalIntervals, (free, busy) => {
        const left = subtract(free, busy);
        assert.ok(isNormal(left));
        assert.deepEqual(pointsOf(left), pointsOf(free).difference(pointsOf(busy)));
      }),
    );
  });
});

describe("sets of time", () => {
  test("[IV6] are normalised to the fewest stretches with the same points", () => {
    assert.deepEqual(normalise(span("5-7 1-3 3-5 9-10")), span("1-7 9-10"));
    fc.assert(
      fc.property(intervals, (list) => {
        const normal = normalise(list);
        assert.ok(isNormal(normal));
        assert.ok(
          normal.every(({ startMs }, i) => i === 0 || normal[i - 1]!.endMs < startMs),
          "none touch",
        );
        assert.deepEqual(pointsOf(normal), pointsOf(list));
      }),
    );
  });

  test("[IV7] have a union, an intersection and a complement that agree with those of points", () => {
    const line = interval(0, 80);
    fc.assert(
      fc.property(normalIntervals, normalIntervals, (one, other) => {
        assert.deepEqual(pointsOf(union(one, other)), pointsOf(one).union(pointsOf(other)));
        assert.deepEqual(pointsOf(intersect(one, other)), pointsOf(one).intersection(pointsOf(other)));
        assert.deepEqual(pointsOf(complement(one, line)), pointsOf([line]).difference(pointsOf(one)));
        assert.ok(isNormal(intersect(one, other)));
      }),
    );
  });
});
