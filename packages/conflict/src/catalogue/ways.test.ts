// Strategy: distances that anybody can look up, then what must hold of any ways.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import { HOUR_MS, MINUTE_MS } from "@hourwright/time";
import { distanceKm, waysOver } from "./ways.ts";

const PRAGUE = { latitude: 50.0755, longitude: 14.4378 };
const BRNO = { latitude: 49.1951, longitude: 16.6068 };
const SYDNEY = { latitude: -33.8688, longitude: 151.2093 };

describe("ways between places", () => {
  test("are as long as the earth is round", () => {
    assert.ok(Math.abs(distanceKm(PRAGUE, BRNO) - 184) < 2, `${distanceKm(PRAGUE, BRNO)}`);
    assert.ok(Math.abs(distanceKm(PRAGUE, SYDNEY) - 16_090) < 60, `${distanceKm(PRAGUE, SYDNEY)}`);
    const [west, east] = [
      { latitude: 0, longitude: -179.5 },
      { latitude: 0, longitude: 179.5 },
    ];
    assert.ok(distanceKm(west, east) < 112, "over the line where days change");
  });

  test("take as long as somebody has said, in both directions, unless the other was said as well", () => {
    const way = waysOver([PRAGUE, BRNO], [{ from: 0, to: 1, minutes: 125 }]);
    assert.deepEqual([way(0, 1), way(1, 0)], [125 * MINUTE_MS, 125 * MINUTE_MS]);
    const back = waysOver(
      [PRAGUE, BRNO],
      [
        { from: 0, to: 1, minutes: 125 },
        { from: 1, to: 0, minutes: 140 },
      ],
    );
    assert.equal(back(1, 0), 140 * MINUTE_MS);
  });

  test("are 0 to where one is, to a place that nobody knows, never negative, and shorter when one is faster", () => {
    const degrees = fc.record({
      latitude: fc.double({ min: -90, max: 90, noNaN: true }),
      longitude: fc.double({ min: -180, max: 180, noNaN: true }),
    });
    fc.assert(
      fc.property(degrees, degrees, fc.integer({ min: 3, max: 129 }), (one, other, speed) => {
        const way = waysOver([one, other], []);
        const ms = way(0, 1, speed);
        assert.deepEqual([way(0, 0), way(0, 7)], [0, 0]);
        assert.ok(ms >= 0 && ms <= (20_100 * 1.3 * HOUR_MS) / speed, `${ms}`);
        assert.ok(way(0, 1, speed + 1) <= ms && Math.abs(way(1, 0, speed) - ms) < 1);
      }),
    );
  });
});
