// Strategy: a group is judged as an obvious sum over minutes says; then what a write may rely on that locks only some of the lines.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { DAY_MS, findZone, HOUR_MS, MINUTE_MS } from "@hourwright/time";
import { indexBySubject, OWN, takingsOf } from "../schedule.ts";
import { catalogue } from "./catalogue.ts";
import { breachesIn, effectOf, presetOf, worsenedBy, type Change, type Scene, type Setting } from "./check.ts";
import type { Breach } from "./constraint.ts";
import { stretchAt } from "./group.ts";
import { brokenBy } from "./judge.ts";
import { PLAIN, type Taken } from "./line.ts";

const PEOPLE = 4;
const WEEKS = 6;
/** Monday, 1 March 2027, in Prague: the clocks go forward in the fourth week. */
const MONDAY_MS = Temporal.ZonedDateTime.from("2027-03-01T00:00[Europe/Prague]").epochMilliseconds;
const zone = findZone("Europe/Prague")!;
const EVERYTHING = { startMs: MONDAY_MS - 60 * DAY_MS, endMs: MONDAY_MS + 120 * DAY_MS };

type Row = Taken & { readonly subject: number };

const row = fc
  .record({
    subject: fc.nat(PEOPLE - 1),
    startMs: fc.integer({ min: 0, max: WEEKS * 7 * 48 - 1 }).map((half) => MONDAY_MS + half * 30 * MINUTE_MS),
    lengthMs: fc.integer({ min: 1, max: 20 }).map((halves) => halves * 30 * MINUTE_MS),
  })
  .map(({ subject, startMs, lengthMs }) => ({ subject, startMs, endMs: startMs + lengthMs }));
type Wanted = { readonly subject: number; readonly startMs: number; readonly endMs: number };

const numbered = (rows: readonly Wanted[], from = 0): Row[] =>
  rows.map((each, i) => ({ ...each, occurrence: from + i, event: from + i, how: OWN, traits: PLAIN }));

/** `away` works in the second half of it only. */
function sceneWith(rows: readonly Row[], away = -1): Scene {
  const open = [{ startMs: MONDAY_MS + 21 * DAY_MS, endMs: MONDAY_MS + WEEKS * 7 * DAY_MS }];
  return {
    index: indexBySubject(takingsOf(rows)),
    subjectOf: (subject) => ({ open: subject === away ? open : null, skills: [], places: null }),
    traitsOf: () => PLAIN,
    world: { zone, firstWeekday: 1, nowMs: MONDAY_MS, holidays: new Set(), travelMs: () => 0 },
  };
}

const settingOf = (id: string, values: Setting["values"]): Setting => ({
  ...presetOf(
    catalogue.find((each) => each.id === id)!,
    values,
  ),
  isHard: true,
  subjects: new Set(Array.from({ length: PEOPLE }, (_, subject) => subject)),
});

const coming = ({ subject, ...come }: Row): Change => ({ subject, gone: null, come });
const going = ({ subject, ...gone }: Row): Change => ({ subject, gone, come: null });

describe("a group that is judged as one", () => {
  test("has too much where the half hours of a week, less the average, say so", () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 40 }), fc.integer({ min: 1, max: 8 }), (wanted, above) => {
        const rows = numbered(wanted);
        const found = breachesIn(sceneWith(rows), [settingOf("fairness", { above, weeks: 1 })], EVERYTHING);
        const expected: string[] = [];
        for (let week = 0; week <= WEEKS; week++) {
          const from = Temporal.Instant.fromEpochMilliseconds(MONDAY_MS)
            .toZonedDateTimeISO("Europe/Prague")
            .add({ weeks: week });
          const [startMs, endMs] = [from.epochMilliseconds, from.add({ weeks: 1 }).epochMilliseconds];
          const minutes = Array.from({ length: PEOPLE }, (_, subject) => {
            let sum = 0;
            for (let ms = startMs; ms < endMs; ms += 30 * MINUTE_MS)
              if (rows.some((each) => each.subject === subject && each.startMs <= ms && each.endMs > ms)) sum += 30;
            return sum;
          });
          const mean = minutes.reduce((sum, each) => sum + each, 0) / PEOPLE;
          minutes.forEach((own, subject) => {
            const units = Math.ceil(own - mean - above * 60 - 1e-6);
            if (units > 0) expected.push(`${startMs} ${subject} ${units}`);
          });
        }
        assert.deepEqual(
          found.map(({ startMs, subject, units }) => `${startMs} ${subject} ${units}`).sort(),
          expected.sort(),
        );
      }),
      { numRuns: 60 },
    );
  });

  test("is compared over four weeks that begin with the same week for everybody", () => {
    const { startMs: firstMs } = stretchAt(MONDAY_MS, 4, sceneWith([]).world);
    // In turns: in four weeks each has as much as the others.
    const turns = Array.from({ length: 8 }, (_, at): Wanted => {
      const startMs = firstMs + at * 7 * DAY_MS + 9 * HOUR_MS;
      return { subject: at % PEOPLE, startMs, endMs: startMs + 10 * HOUR_MS };
    });
    const foundOver = (weeks: number) =>
      breachesIn(sceneWith(numbered(turns)), [settingOf("fairness", { above: 4, weeks })], EVERYTHING).length;
    assert.deepEqual([foundOver(1), foundOver(4)], [8, 0]);
  });

  test("counts nobody in the average who has no hours", () => {
    const ten = (subject: number): Wanted => ({
      subject,
      startMs: MONDAY_MS + 9 * HOUR_MS,
      endMs: MONDAY_MS + 19 * HOUR_MS,
    });
    const rows = numbered([0, 1, 2].map(ten));
    const setting = settingOf("fairness", { above: 2, weeks: 1 });
    assert.equal(breachesIn(sceneWith(rows), [setting], EVERYTHING).length, 3);
    assert.deepEqual(breachesIn(sceneWith(rows, 3), [setting], EVERYTHING), []);
  });

  test("of a collection has what lies in it, and nothing else", () => {
    const inside = { ...PLAIN, collections: [1] };
    fc.assert(
      fc.property(fc.array(fc.tuple(row, fc.boolean()), { maxLength: 40 }), (wanted) => {
        const rows = numbered(wanted.map(([each]) => each)).map((each, i) =>
          wanted[i]![1] ? { ...each, traits: inside } : each,
        );
        const within = rows.filter(({ traits }) => traits === inside);
        const setting = settingOf("fairness", { above: 2, weeks: 1 });
        const scene = { ...sceneWith(rows), traitsOf: (occurrence: number) => rows[occurrence]!.traits };
        const of = (found: readonly Breach[]) => found.map(({ subject, startMs, units }) => [subject, startMs, units]);
        assert.deepEqual(
          of(breachesIn(scene, [{ ...setting, collection: 1 }], EVERYTHING)),
          of(breachesIn(sceneWith(within), [setting], EVERYTHING)),
        );
      }),
      { numRuns: 60 },
    );
  });

  test("is told with who has how much, the average, the least, and what would be enough", () => {
    const { constraint, ...rest } = settingOf("fairness", { above: 2, weeks: 1 });
    const nine = MONDAY_MS + 9 * HOUR_MS;
    const rows = numbered(
      [0, 1, 2].map((subject) => ({ subject, startMs: nine, endMs: nine + (9 - 3 * subject) * HOUR_MS })),
    );
    const [breach] = breachesIn(sceneWith(rows), [{ constraint, ...rest }], EVERYTHING);
    assert.deepEqual(breach!.facts, { own: 9, mean: 4.5, above: 2, least: 0, people: 4, weeks: 1 });
    assert.equal(
      constraint.explain(breach!, {
        subject: "Ana",
        titleOf: () => null,
        nameOf: (each) => ["Ana", "Ben", "Cleo", "Dan"][each]!,
        zone: "Europe/Prague",
      }),
      "Ana has 9 h in the week of Mon 1 Mar 2027, where the average of 4 is 4.5 h, and Dan has the least, 0 h: no more than 2 h above the average is wanted.",
    );
  });
});

describe("a write under a rule of a group", () => {
  const rules = fc.constantFrom(
    settingOf("fairness", { above: 3, weeks: 1 }),
    settingOf("fairness", { above: 5, weeks: 4 }),
    settingOf("fairness-times", { above: 1, weeks: 2 }),
  );
  const isRefused = (scene: Scene, setting: Setting, changes: readonly Change[]): boolean =>
    brokenBy({ scene, settings: [setting] }, changes, changes).length > 0;

  test("is never refused for what it gives back, or for those who get nothing by it", () => {
    fc.assert(
      fc.property(rules, fc.array(row, { minLength: 1, maxLength: 30 }), row, (setting, wanted, more) => {
        const rows = numbered(wanted);
        const scene = sceneWith(rows);
        assert.ok(!isRefused(scene, setting, [going(rows[0]!)]));
        const [come] = numbered([more], 1_000);
        const worse = worsenedBy(effectOf(scene, [setting], [coming(come!)]));
        assert.ok(worse.every(({ subject }) => subject === come!.subject));
      }),
    );
  });

  test("is worse by less than one unit, and refused: of two that give different people more neither is refused for being second", () => {
    const setting = settingOf("fairness-times", { above: 1, weeks: 1 });
    const at = (subject: number, hour: number): Wanted => ({
      subject,
      startMs: MONDAY_MS + hour * HOUR_MS,
      endMs: MONDAY_MS + (hour + 1) * HOUR_MS,
    });
    const rows = numbered([at(0, 8), at(0, 9), at(0, 10)]);
    const [more] = numbered([at(0, 11)], 1_000) as [Row];
    assert.ok(isRefused(sceneWith(rows), setting, [coming(more)]));
    const forAll = numbered(
      [0, 1, 2, 3].map((subject) => at(subject, 12)),
      2_000,
    );
    assert.ok(!isRefused(sceneWith(rows), setting, forAll.map(coming)));
  });

  test("that might be made alone might also be made after another that gave somebody else more: it need not lock their lines", () => {
    fc.assert(
      fc.property(rules, fc.array(row, { maxLength: 30 }), row, row, (setting, wanted, one, other) => {
        fc.pre(one.subject !== other.subject);
        const rows = numbered(wanted);
        const [first, second] = numbered([one, other], 1_000) as [Row, Row];
        fc.pre(!isRefused(sceneWith(rows), setting, [coming(second)]));
        assert.ok(!isRefused(sceneWith([...rows, first]), setting, [coming(second)]));
      }),
    );
  });
});
