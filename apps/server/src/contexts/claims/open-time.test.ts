// Strategy: open time is cut from months that are known. Whatever was handed in, and whichever window is asked for, the cut is what
// was handed in, clipped; also in the unit that hands it in, and in every unit after it.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import fc from "fast-check";
import { DAY_MS, HOUR_MS, normalise, type Interval } from "@hourwright/time";
import type { Unit } from "../../platform/db/database.ts";
import { databases, type TestDatabase } from "../../platform/testing/databases.ts";
import { openTimeText } from "./queries.ts";
import { openTimeFrom } from "./texts.ts";
import { insertTimelines, lockTimelines, replaceAvailability } from "./store.ts";

const floors = [{ floor: "claims", folder: new URL("./migrations/", import.meta.url) }];
const BASE_MS = Temporal.Instant.from("2031-01-01T00:00:00Z").epochMilliseconds;
const DAYS = 120;
const SUBJECTS = ["per_a", "per_b", "per_nobody"];

const clipped = (stretches: readonly Interval[], window: Interval) =>
  normalise(
    stretches.flatMap(({ startMs, endMs }) =>
      startMs < window.endMs && endMs > window.startMs
        ? [{ startMs: Math.max(startMs, window.startMs), endMs: Math.min(endMs, window.endMs) }]
        : [],
    ),
  );

const stretches = fc.array(
  fc.record({ day: fc.integer({ min: 0, max: DAYS - 1 }), hours: fc.integer({ min: 1, max: 20 * 24 }) }),
  { maxLength: 12 },
);
const window = fc.record({
  hour: fc.integer({ min: -48, max: DAYS * 24 }),
  hours: fc.integer({ min: 1, max: 70 * 24 }),
});

for (const kind of databases()) {
  describe(`open time on ${kind.name}`, { skip: kind.skip }, () => {
    let base: TestDatabase;
    before(async () => void (base = await kind.open(floors)));
    after(() => base[Symbol.asyncDispose]());

    test("is what was handed in last, whichever window is asked for", async () => {
      const organisation = base.newOrganisation();
      const run = <T>(work: (unit: Unit) => Promise<T>) =>
        base.database.inOrganisation(base.context(organisation), work);
      const timeline = { policy: "allow" as const, capacity: null, zone: "UTC" };
      await run((unit) =>
        insertTimelines(
          unit,
          SUBJECTS.map((id) => ({ id, ...timeline })),
        ),
      );

      await fc.assert(
        fc.asyncProperty(
          stretches,
          stretches,
          fc.array(window, { minLength: 1, maxLength: 4 }),
          async (a, b, windows) => {
            const handed = new Map(
              [
                ["per_a", a],
                ["per_b", b],
              ].map(([id, list]) => [
                id as string,
                (list as typeof a).map(({ day, hours }) => {
                  const startMs = BASE_MS + day * DAY_MS;
                  return { startMs, endMs: startMs + hours * HOUR_MS };
                }),
              ]),
            );
            const agrees = async (unit: Unit) => {
              for (const { hour, hours } of windows) {
                const asked = { startMs: BASE_MS + hour * HOUR_MS, endMs: BASE_MS + (hour + hours) * HOUR_MS };
                const open = openTimeFrom([await openTimeText(unit, SUBJECTS, asked.startMs, asked.endMs)]);
                for (const [id, list] of handed)
                  assert.deepEqual(
                    open.has(id) ? clipped(open.get(id)!, asked) : null,
                    list.length === 0 ? null : clipped(list, asked),
                  );
                assert.equal(open.has("per_nobody"), false);
              }
            };
            await run(async (unit) => {
              for (const { subjectId, track } of await lockTimelines(unit, ["per_a", "per_b"])) {
                const list = handed.get(subjectId)!.map((each) => ({ ...each, reason: "test" }));
                await replaceAvailability(unit, track, BASE_MS, BASE_MS + DAYS * DAY_MS, list);
              }
              await agrees(unit);
            });
            await run(agrees);
            await run(agrees);
          },
        ),
        { numRuns: 40 },
      );
    });
  });
}
