// The catalogue: each entry's worked examples, and that judging a change is the same as judging everything twice.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { DAY_MS, findZone, HOUR_MS, MINUTE_MS } from "@hourwright/time";
import { detect } from "../detect.ts";
import { indexBySubject, takingsOf, type TakingRow } from "../schedule.ts";
import { catalogue } from "./catalogue.ts";
import { isStillFree, movesOf, type RepairFacts } from "../repair.ts";
import { breachesIn, effectOf, presetOf, type Change, type Scene, type Setting } from "./check.ts";
import type { Breach } from "./constraint.ts";
import { sceneOfExample } from "./examples.ts";
import { barring, barringNew } from "./judge.ts";
import { PLAIN, type Subject, type Taken } from "./line.ts";

describe("each constraint", () => {
  for (const constraint of catalogue) {
    const [kept, broken] = constraint.examples;
    const made = (example: typeof kept) => {
      const { scene, wish } = sceneOfExample(constraint, example);
      return effectOf(scene, [presetOf(constraint, example.values, example.named)], [wish]).made;
    };
    test(`${constraint.id} keeps quiet: ${kept.says}`, () => assert.deepEqual(made(kept), []));
    test(`${constraint.id} does not: ${broken.says}`, () => {
      const breaches = made(broken);
      assert.ok(breaches.length > 0);
      for (const breach of breaches) {
        assert.ok(breach.units > 0, `${breach.units} units`);
        const said = constraint.explain(breach, { subject: "Ana", titleOf: (each) => `Thing ${each}`, zone: "UTC" });
        assert.match(said, /^[“A-Z0-9].*\.$/);
        assert.ok(!/undefined|NaN|null/.test(said), said);
      }
    });
    for (const [example, isKept] of [
      [kept, true],
      [broken, false],
    ] as const) {
      const { scene, wish } = sceneOfExample(constraint, example);
      const settings = [{ ...presetOf(constraint, example.values, example.named), isHard: true }];
      const come = wish.come!;
      test(`${constraint.id} ${isKept ? "lets" : "bars"} the time in the search for slots: ${example.says}`, () => {
        const wanted = scheduleWith([{ ...come, subject: 0 }]);
        const facts = { ...factsOf(scene, wanted), isBarred: barringNew([{ scene, settings }], () => come.traits) };
        assert.equal(isFreeOn(scene, come) && isStillFree(come, facts), isKept);
        for (const { moves } of movesOf(come.occurrence, facts, 10)) {
          const change = { subject: 0, gone: null, come: { ...come, ...moves[0]! } };
          assert.deepEqual(effectOf(scene, settings, [change]).made, [], "what is offered breaks nothing");
        }
      });
      test(`${constraint.id} ${isKept ? "lets" : "bars"} a repair go there: ${example.says}`, () => {
        // It stands five weeks later at the time of the example that is kept, and is moved to where it is wished.
        const { startMs, endMs } = sceneOfExample(constraint, kept).wish.come!;
        const elsewhere = { startMs: startMs + 35 * DAY_MS, endMs: endMs + 35 * DAY_MS };
        const standing = [...takenOf(scene), { ...come, ...elsewhere, subject: 0 }];
        const traits = new Map(standing.map((each) => [each.occurrence, each.traits]));
        const withIt = { ...scene, traitsOf: (each: number) => traits.get(each)!, index: scheduleWith(standing).index };
        const facts = { ...factsOf(withIt, scheduleWith(standing)), isBarred: barring([{ scene: withIt, settings }]) };
        // What breaks it wherever it lies (too many guests, a skill that is missing) gets no worse by moving.
        const isBrokenAnyway = breachesIn(withIt, settings, elsewhere).length > 0;
        assert.equal(isStillFree(come, facts), isKept || isBrokenAnyway);
      });
    }
    test(`${constraint.id} has presets within their bounds, in whole words`, () => {
      for (const { from, to, preset, says } of Object.values(constraint.parameters)) {
        assert.ok(from <= preset && preset <= to && says.length > 0);
      }
      assert.ok(Number.isInteger(constraint.weight) && constraint.weight > 0);
    });
  }

  test("is told apart by its id", () => {
    assert.equal(new Set(catalogue.map(({ id }) => id)).size, catalogue.length);
  });
});

/** Some takings with an index, and the rows of each occurrence. */
function scheduleWith(takings: readonly Placed[]) {
  const rows = takings.map((_, row) => row);
  return {
    index: indexBySubject(takingsOf(takings)),
    rowsOf: (occurrence: number) => rows.filter((row) => takings[row]!.occurrence === occurrence),
  };
}

const takenOf = ({ index: { takings }, traitsOf }: Scene): Placed[] =>
  Array.from({ length: takings.count }, (_, row) => ({
    occurrence: takings.occurrence[row]!,
    event: takings.event[row]!,
    subject: takings.subject[row]!,
    how: takings.how[row]!,
    startMs: takings.startMs[row]!,
    endMs: takings.endMs[row]!,
    traits: traitsOf(takings.occurrence[row]!),
  }));

const factsOf = ({ world }: Scene, schedule: ReturnType<typeof scheduleWith>): RepairFacts => ({
  ...schedule,
  titleOf: (each) => `Thing ${each}`,
  isMovable: () => true,
  zone: "UTC",
  nowMs: world.nowMs,
});

const isFreeOn = (scene: Scene, { startMs, endMs }: Taken): boolean =>
  takenOf(scene).every((each) => each.subject !== 0 || each.endMs <= startMs || each.startMs >= endMs);

/** Two days before the clocks of Prague go forward. */
const BASE_MS = Temporal.Instant.from("2027-03-25T23:00:00Z").epochMilliseconds;
const zone = findZone("Europe/Prague")!;
const SUBJECTS = 3;

const traits = fc.record({
  site: fc.constantFrom(null, 0, 1, 2),
  isFocus: fc.boolean(),
  guests: fc.integer({ min: 0, max: 14 }),
  people: fc.uniqueArray(fc.integer({ min: 0, max: SUBJECTS }), { maxLength: 3 }),
  things: fc.uniqueArray(fc.integer({ min: 0, max: SUBJECTS }), { maxLength: 2 }),
  collections: fc.uniqueArray(fc.integer({ min: 0, max: 2 }), { maxLength: 2 }),
});

const taking: fc.Arbitrary<Wanted> = fc.record({
  subject: fc.integer({ min: 0, max: SUBJECTS - 1 }),
  startMs: fc.integer({ min: 0, max: 12 * 24 * 4 }).map((quarter) => BASE_MS + quarter * 15 * MINUTE_MS),
  lengthMs: fc.integer({ min: 1, max: 40 }).map((quarters) => quarters * 15 * MINUTE_MS),
  how: fc.constantFrom(1, 2, 3, 4),
  event: fc.integer({ min: 0, max: 20 }),
  traits,
});

type Placed = Taken & { readonly subject: number };
type Wanted = Omit<Placed, "occurrence" | "endMs"> & { readonly lengthMs: number };
const placed = ({ lengthMs, ...wanted }: Wanted, occurrence: number): Placed => ({
  ...wanted,
  occurrence,
  endMs: wanted.startMs + lengthMs,
});

const EVERYBODY: ReadonlySet<number> = new Set(Array.from({ length: SUBJECTS }, (_, subject) => subject));

/** The whole catalogue for everybody, and for what lies in one calendar what may be set for one. */
const settings: readonly Setting[] = catalogue
  .filter(({ judges }) => judges === "plan")
  .flatMap((constraint) => {
    const setting = { ...presetOf(constraint, {}, [1, SUBJECTS]), subjects: EVERYBODY };
    return constraint.scopes.includes("calendar") ? [setting, { ...setting, name: "one", collection: 1 }] : [setting];
  });

function sceneWith(takings: readonly Placed[]): Scene {
  const rows: TakingRow[] = takings.map((each) => ({ ...each }));
  const traitsOf = new Map(takings.map((each) => [each.occurrence, each.traits]));
  const open = Array.from({ length: 20 }, (_, day) => ({
    startMs: BASE_MS + day * DAY_MS + 8 * HOUR_MS,
    endMs: BASE_MS + day * DAY_MS + 17 * HOUR_MS,
  }));
  const subjects: Subject[] = [
    { open, skills: [{ skill: 1, level: 2, fromMs: -Infinity, untilMs: Infinity }], places: null },
    { open: null, skills: [], places: 12 },
    {
      open: open.filter((_, day) => day % 3 !== 0),
      skills: [{ skill: 1, level: 3, fromMs: BASE_MS + 2 * DAY_MS, untilMs: BASE_MS + 9 * DAY_MS }],
      places: null,
    },
  ];
  return {
    index: indexBySubject(takingsOf(rows)),
    subjectOf: (number) => subjects[number]!,
    traitsOf: (occurrence) => traitsOf.get(occurrence) ?? PLAIN,
    world: {
      zone,
      firstWeekday: 1,
      nowMs: BASE_MS - 30 * DAY_MS,
      holidays: new Set([Math.floor(BASE_MS / DAY_MS) + 4]),
      travelMs: (from, to) => Math.abs(from - to) * 40 * MINUTE_MS,
    },
  };
}

const EVERYTHING = { startMs: BASE_MS - 60 * DAY_MS, endMs: BASE_MS + 60 * DAY_MS };

const keyOf = ({ constraint, setting, subject, occurrences, startMs, endMs, units }: Breach): string =>
  [constraint, setting, subject, occurrences.join(","), startMs, endMs, units].join(" ");

describe("a change", () => {
  test("makes and removes what all breaches before and after differ in", () => {
    fc.assert(
      fc.property(
        fc.array(taking, { maxLength: 30 }),
        fc.array(fc.record({ which: fc.nat(), to: fc.option(taking, { nil: null }) }), { minLength: 1, maxLength: 3 }),
        (things, wishes) => {
          const before = things.map((each, i) => placed(each, i));
          const gone = new Map<number, Placed>();
          const come: Placed[] = [];
          const changes: Change[] = wishes.map(({ which, to }, i) => {
            const old = before.length === 0 ? undefined : before[which % before.length];
            const isNew = old === undefined || gone.has(old.occurrence);
            if (!isNew) gone.set(old.occurrence, old);
            // What is moved stays on its line; what is new comes where it is wanted.
            const subject = isNew ? (to?.subject ?? 0) : old.subject;
            const next = to === null ? null : placed({ ...to, subject }, isNew ? 100 + i : old.occurrence);
            if (next !== null) come.push(next);
            return { subject, gone: isNew ? null : old, come: next };
          });
          const after = [...before.filter(({ occurrence }) => !gone.has(occurrence)), ...come];
          const [one, other] = [sceneWith(before), sceneWith(after)].map((scene) =>
            breachesIn(scene, settings, EVERYTHING).map(keyOf),
          ) as [string[], string[]];
          // What comes has traits of its own, which the scene before does not know.
          const scene = sceneWith(before);
          const effect = effectOf(scene, settings, changes);
          assert.deepEqual(effect.made.map(keyOf).sort(), other.filter((key) => !one.includes(key)).sort());
          assert.deepEqual(effect.removed.map(keyOf).sort(), one.filter((key) => !other.includes(key)).sort());
        },
      ),
      { numRuns: 400 },
    );
  });
});

describe("a rule for what lies in one calendar", () => {
  test("judges as if nothing else stood, whatever stands", () => {
    fc.assert(
      fc.property(fc.array(taking, { maxLength: 30 }), (things) => {
        const all = things.map((each, i) => placed(each, i));
        const inIt = all.filter(({ traits: { collections } }) => collections.includes(1));
        const found = (own: readonly Placed[], set: readonly Setting[]) =>
          breachesIn(sceneWith(own), set, EVERYTHING).map((breach) => keyOf({ ...breach, setting: "" }));
        const [narrow, wide] = [true, false].map((isNarrow) =>
          settings.filter((each) => (each.collection !== undefined) === isNarrow),
        ) as [Setting[], Setting[]];
        const same = wide.filter(({ constraint }) => constraint.scopes.includes("calendar"));
        assert.deepEqual(found(all, narrow), found(inIt, same));
      }),
      { numRuns: 100 },
    );
  });
});

describe("the kinds of pairs", () => {
  test("are those that the sweep over everybody finds", () => {
    fc.assert(
      fc.property(fc.array(taking, { maxLength: 30 }), (things) => {
        const scene = sceneWith(things.map((each, i) => placed(each, i)));
        const pairs = settings.filter(
          ({ constraint, name }) => name === undefined && ["overlap", "attendee", "resource"].includes(constraint.id),
        );
        const found = breachesIn(scene, pairs, EVERYTHING).map(
          ({ constraint, subject, occurrences, startMs, endMs }) =>
            `${constraint} ${occurrences.join(",")} ${subject} ${startMs} ${endMs}`,
        );
        const swept = detect(scene.index, -Infinity, Infinity).found.flatMap(
          ({ kind, first, second, subjects, startMs, endMs }) =>
            subjects.map(
              (subject) => `${kind} ${[first, second].sort((a, b) => a - b).join(",")} ${subject} ${startMs} ${endMs}`,
            ),
        );
        assert.deepEqual(found.sort(), swept.sort());
      }),
      { numRuns: 200 },
    );
  });
});
