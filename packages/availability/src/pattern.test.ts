// Rules PT* are in ../SPEC.md. Strategy: patterns as people have them; then any weeks and days, written out and found again.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { DAY_MS, findZone } from "@hourwright/time";
import { openIn, type Layer, type Opening, type Week } from "./layers.ts";
import { layersOfPattern, patternOf } from "./pattern.ts";

const zone = findZone("Europe/Berlin")!;
const dayOf = (text: string) => Temporal.PlainDate.from("1970-01-01").until(text).days;
const first = dayOf("2027-01-04");
const spanOf = (days: number) => ({
  startMs: zone.toEpochMs(first * DAY_MS),
  endMs: zone.toEpochMs((first + days) * DAY_MS),
});
const opening = (from: number, to: number): Opening => ({ fromMinute: from * 60, toMinute: to * 60 });
const weekly = (weeks: readonly Week[], fromDay: number | null = null): Layer => ({
  kind: "weekly",
  weeks,
  anchorDay: first,
  fromDay,
  toDay: null,
  reason: "",
});
const workdays = (...openings: Opening[]): Week => [1, 2, 3, 4, 5, 6, 7].map((day) => (day < 6 ? openings : []));

describe("a pattern", () => {
  test("[PT1] is the fewest weeks that take turns, and the days that differ", () => {
    const early = workdays(opening(6, 14));
    const late = workdays(opening(14, 22));
    const closed: Layer = { kind: "override", fromDay: first + 30, toDay: first + 32, openings: [], reason: "" };
    const found = patternOf(openIn([closed, weekly([early, late])], zone, spanOf(300)), zone, spanOf(300));
    assert.deepEqual(found.weeks, [early, late]);
    assert.deepEqual(found.days, [{ fromDay: first + 30, toDay: first + 32, openings: [] }]);
    assert.equal(found.lostMs, 0);
  });

  test("[PT2] begins with the first opening after more than four weeks without", () => {
    const layer = weekly([workdays(opening(9, 17))], first + 35);
    const found = patternOf(openIn([layer], zone, spanOf(200)), zone, spanOf(200));
    assert.deepEqual([found.fromDay, found.toDay, found.days], [first + 35, null, []]);
  });

  test("[PT3] has nights on the day they begin, and days around the clock cut at midnight", () => {
    const nights = patternOf(openIn([weekly([workdays(opening(22, 30))])], zone, spanOf(50)), zone, spanOf(50));
    assert.deepEqual(nights.weeks[0]![0], [opening(22, 30)]);
    const always = patternOf([spanOf(50)], zone, spanOf(50));
    assert.deepEqual([always.weeks.length, always.weeks[0]![6], always.days], [1, [opening(0, 24)], []]);
  });

  test("[PT4] takes no notice of days that something else decides, and says what the wall cannot tell", () => {
    const layers = [weekly([workdays(opening(9, 17))])];
    const found = patternOf(openIn(layers, zone, spanOf(60)), zone, spanOf(60), (day) => day % 7 === 0);
    assert.deepEqual(found.days, []);
    const second = Temporal.Instant.from("2027-10-31T01:30:00Z").epochMilliseconds;
    const autumn = { startMs: second - 40 * DAY_MS, endMs: second + 40 * DAY_MS };
    const folded = patternOf([{ startMs: second, endMs: second + DAY_MS / 48 }], zone, autumn);
    assert.ok(folded.lostMs > 0);
  });

  test("[PT1] to [PT3] makes the same open time again", () => {
    const hours = fc
      .tuple(fc.nat({ max: 90 }), fc.integer({ min: 1, max: 40 }))
      .map(([from, length]): Opening => ({ fromMinute: from * 15, toMinute: (from + length) * 15 }));
    const day = fc.array(hours, { maxLength: 2 });
    const week = fc.array(day, { minLength: 7, maxLength: 7 });
    const override = fc.record({ at: fc.nat({ max: 200 }), openings: day }).map(({ at, openings }): Layer => ({
      kind: "override",
      fromDay: first + at,
      toDay: first + at,
      openings,
      reason: "",
    }));
    fc.assert(
      fc.property(
        fc.array(week, { minLength: 1, maxLength: 4 }),
        fc.array(override, { maxLength: 4 }),
        fc.constantFrom("Europe/Berlin", "UTC", "America/St_Johns"),
        (weeks, overrides, id) => {
          const own = findZone(id)!;
          const window = {
            startMs: own.toEpochMs(first * DAY_MS),
            endMs: own.toEpochMs((first + 65) * DAY_MS),
          };
          const open = openIn([...overrides, weekly(weeks)], own, window);
          const { lostMs, ...found } = patternOf(open, own, window);
          assert.equal(lostMs, 0);
          const inner = { ...window, startMs: own.toEpochMs((first + 2) * DAY_MS) };
          const asked = openIn([...overrides, weekly(weeks)], own, inner);
          assert.deepEqual(openIn(layersOfPattern(found), own, inner), asked);
        },
      ),
      { numRuns: 100 },
    );
  });
});
