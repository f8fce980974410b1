// Strategy: whatever stands, and whichever window is asked for, reading in slices finds what reading at once finds. Calendars so
// full that a slice has to be read again in shorter ones are made by hand.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import fc from "fast-check";
import { sql } from "kysely";
import { DAY_MS } from "@hourwright/time";
import type { Unit } from "../../platform/db/database.ts";
import { databases, type TestDatabase } from "../../platform/testing/databases.ts";
import { openTimeText, takenText } from "./queries.ts";
import { openTimeFrom, takenFrom } from "./texts.ts";
import { CLAIMS_OF_A_SLICE, openTimeTexts, takenTexts } from "./slices.ts";
import { insertTimelines, lockTimelines, replaceAvailability } from "./store.ts";

const floors = [{ floor: "claims", folder: new URL("./migrations/", import.meta.url) }];
const BASE_MS = Temporal.Instant.from("2031-01-01T00:00:00Z").epochMilliseconds;
const LIMIT = 100_000;
const SUBJECTS = Array.from({ length: 60 }, (_, n) => `per_${n}`);

for (const kind of databases()) {
  describe(`time read in slices on ${kind.name}`, { skip: kind.skip }, () => {
    let base: TestDatabase;
    before(async () => void (base = await kind.open(floors)));
    after(() => base[Symbol.asyncDispose]());

    async function world() {
      const organisation = base.newOrganisation();
      let units = 0;
      const run = <T>(work: (unit: Unit) => Promise<T>) => {
        units++;
        return base.database.inOrganisation(base.context(organisation), work);
      };
      await run((unit) =>
        insertTimelines(
          unit,
          SUBJECTS.map((id) => ({ id, policy: "allow" as const, capacity: null, zone: "UTC" })),
        ),
      );
      /** Claims of the subjects in turn, each at its hour and for so many. */
      const claim = (stretches: readonly (readonly [startHour: number, hours: number])[]) =>
        run(({ db }) =>
          sql`
            insert into claims.claim (org_id, track, starts_at, ends_at, guard, status, policy, role, source, commitment, occurrence, label)
            select t.org_id, t.track, s.starts_at, s.ends_at, tstzrange(s.starts_at, s.ends_at), 'confirmed', 'allow', 'owner', 'test', s.n::text, '', ''
            from (
              select n, to_timestamp(${BASE_MS / 1_000} + start * 3600) as starts_at,
                to_timestamp(${BASE_MS / 1_000} + (start + hours) * 3600) as ends_at
              from unnest(${stretches.map(([start]) => start)}::float8[], ${stretches.map(([, hours]) => hours)}::float8[])
                with ordinality as s(start, hours, n)
            ) s
            join claims.timeline t on t.subject_id = 'per_' || (s.n % ${SUBJECTS.length})::text`.execute(db),
        );
      const compare = async (subjects: readonly string[] | null, fromMs: number, toMs: number) => {
        const whole = takenFrom([await run((unit) => takenText(unit, subjects, fromMs, toMs, LIMIT))]);
        const before = units;
        const slices = takenFrom(await takenTexts(run, subjects, { fromMs, toMs }, LIMIT));
        const inOrder = (list: typeof whole) => list.map((each) => JSON.stringify(each)).sort();
        assert.deepEqual(inOrder(slices), inOrder(whole));
        return { count: whole.length, units: units - before };
      };
      return { run, claim, compare };
    }

    test("is what is read at once, however long things last and wherever the window begins", async () => {
      const { claim, compare } = await world();
      const hour = fc.integer({ min: -400 * 24, max: 800 * 24 });
      const hours = fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 600, max: 3_000 }));
      await claim(fc.sample(fc.tuple(hour, hours), { numRuns: 1_500, seed: 7 }));
      const window = fc.record({ day: fc.integer({ min: -420, max: 820 }), days: fc.integer({ min: 1, max: 800 }) });
      const subjects = fc.option(fc.uniqueArray(fc.constantFrom(...SUBJECTS), { maxLength: 10 }));
      await fc.assert(
        fc.asyncProperty(window, subjects, async ({ day, days }, only) => {
          await compare(only, BASE_MS + day * DAY_MS, BASE_MS + (day + days) * DAY_MS);
        }),
        { numRuns: 40 },
      );
      const { units } = await compare(null, BASE_MS, BASE_MS + 365 * DAY_MS);
      assert.ok(units <= 3, `the year of a quiet organisation is read in ${units} units`);
    });

    test("is read in shorter slices where a calendar is full, and at once where everything starts together", async () => {
      const { claim, compare } = await world();
      // One slice a statement: a statement has an end, and machines are slow at times.
      for (let part = 0; part < 5; part++)
        await claim(
          Array.from({ length: CLAIMS_OF_A_SLICE }, (_, n) => [part * (CLAIMS_OF_A_SLICE / 200) + n / 200, 0.25]),
        );
      for (let part = 0; part < 3; part++) await claim(Array.from({ length: CLAIMS_OF_A_SLICE }, () => [2_000, 1]));
      const { count, units } = await compare(null, BASE_MS, BASE_MS + 365 * DAY_MS);
      assert.equal(count, 8 * CLAIMS_OF_A_SLICE);
      // Around the hour in which 12,000 start at once most slices are read again in shorter ones.
      assert.ok(units >= 6 && units < 80, `${units} units`);
    });

    test("ends at the limit of who asks", async () => {
      const { run, claim } = await world();
      await claim(Array.from({ length: 900 }, (_, n) => [n, 1]));
      const texts = await takenTexts(run, null, { fromMs: BASE_MS, toMs: BASE_MS + 365 * DAY_MS }, 500);
      assert.equal(takenFrom(texts).length, 500);
    });

    test("has everybody's open time, of some people after the others", async () => {
      const { run } = await world();
      const stretches = [0, 1, 2].map((day) => ({
        startMs: BASE_MS + day * DAY_MS,
        endMs: BASE_MS + day * DAY_MS + 3_600_000,
        reason: "test",
      }));
      const known = SUBJECTS.slice(0, 55);
      await run(async (unit) => {
        const timelines = await lockTimelines(unit, known);
        for (const { track } of timelines)
          await replaceAvailability(unit, track, BASE_MS, BASE_MS + 10 * DAY_MS, stretches);
      });
      const window = { fromMs: BASE_MS + 1, toMs: BASE_MS + 2 * DAY_MS };
      const whole = openTimeFrom([await run((unit) => openTimeText(unit, SUBJECTS, window.fromMs, window.toMs))]);
      assert.equal(whole.size, 55);
      assert.deepEqual(openTimeFrom(await openTimeTexts(run, SUBJECTS, window)), whole);
    });
  });
}
