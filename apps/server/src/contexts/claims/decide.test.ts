import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { clashesOf, difference, guardOf, isBarred, lineChangeOf, meetsItself } from "./decide.ts";
import type { OverlapPolicy, StandingClaim, Stretch } from "./model.ts";

const stretch = (startMs: number, endMs: number, more: Partial<Stretch> = {}): Stretch => ({
  subjectId: "hall",
  startMs,
  endMs,
  bufferBeforeMs: 0,
  bufferAfterMs: 0,
  policy: "forbid",
  role: "resource",
  attends: false,
  occurrence: "",
  label: "",
  places: 1,
  site: null,
  wallStart: null,
  zone: null,
  expiresAtMs: null,
  ...more,
});

const standing = (startMs: number, endMs: number, more: Partial<StandingClaim> = {}): StandingClaim => ({
  id: 1,
  track: 1,
  subjectId: "hall",
  startMs,
  endMs,
  guardStartMs: startMs,
  guardEndMs: endMs,
  status: "confirmed",
  policy: "forbid",
  role: "resource",
  attends: false,
  source: "calendars",
  commitment: "other",
  occurrence: "",
  label: "",
  ...more,
});

describe("clashes", () => {
  const table: [sentence: string, wanted: Stretch[], claims: StandingClaim[], met: number][] = [
    ["none where the time only touches", [stretch(9, 10)], [standing(8, 9), standing(10, 11)], 0],
    ["one for a single minute", [stretch(9, 10)], [standing(8, 9.5)], 1],
    ["none on another's timeline", [stretch(9, 10)], [standing(9, 10, { subjectId: "pool" })], 0],
    ["one for each claim that a long stretch covers", [stretch(0, 100)], [standing(1, 2), standing(50, 60)], 2],
    ["one long claim met by each short stretch", [stretch(1, 2), stretch(50, 60)], [standing(0, 100)], 2],
    ["two buffers add up", [stretch(10, 11, { bufferBeforeMs: 1 })], [standing(8, 9, { guardEndMs: 9.5 })], 1],
  ];
  for (const [sentence, wanted, claims, met] of table)
    test(sentence, () => assert.equal(clashesOf(wanted, claims).length, met));

  test("agree with comparing everything with everything, for any stretches and claims", () => {
    const span = fc.record({
      start: fc.nat({ max: 50 }),
      length: fc.integer({ min: 1, max: 30 }),
      subject: fc.constantFrom("a", "b"),
      before: fc.nat({ max: 3 }),
      after: fc.nat({ max: 3 }),
    });
    fc.assert(
      fc.property(fc.array(span, { maxLength: 12 }), fc.array(span, { maxLength: 12 }), (left, right) => {
        const wanted = left.map(({ start, length, subject, before, after }) =>
          stretch(start, start + length, { subjectId: subject, bufferBeforeMs: before, bufferAfterMs: after }),
        );
        const claims = right.map(({ start, length, subject, before, after }, id) =>
          standing(start, start + length, {
            id,
            subjectId: subject,
            guardStartMs: start - before,
            guardEndMs: start + length + after,
          }),
        );
        const expected = wanted.flatMap((a) =>
          claims
            .filter(
              (b) =>
                a.subjectId === b.subjectId && guardOf(a).startMs < b.guardEndMs && guardOf(a).endMs > b.guardStartMs,
            )
            .map((b) => `${a.subjectId} ${a.startMs}-${a.endMs} ${b.id}`),
        );
        const found = clashesOf(wanted, claims).map(
          ({ wanted: a, standing: b }) => `${a.subjectId} ${a.startMs}-${a.endMs} ${b.id}`,
        );
        assert.deepEqual(found.sort(), expected.sort());
      }),
      { numRuns: 400 },
    );
  });
});

describe("a clash bars", () => {
  const policies: OverlapPolicy[] = ["forbid", "warn", "allow", "observe"];
  /** wanted policy × standing policy → asked politely / insisted on. */
  const barred: Record<string, string> = {
    "forbid forbid": "yes yes",
    "forbid warn": "yes no",
    "forbid allow": "no no",
    "forbid observe": "yes no",
    "warn forbid": "yes no",
    "warn warn": "yes no",
    "warn allow": "no no",
    "warn observe": "yes no",
  };
  for (const wanted of policies) {
    for (const other of policies) {
      const expected = barred[`${wanted} ${other}`] ?? "no no";
      test(`${wanted} that meets ${other}: asked ${expected.split(" ")[0]}, insisted ${expected.split(" ")[1]}`, () => {
        const clash = { wanted: stretch(0, 1, { policy: wanted }), standing: standing(0, 1, { policy: other }) };
        assert.equal(`${isBarred(clash, false) ? "yes" : "no"} ${isBarred(clash, true) ? "yes" : "no"}`, expected);
      });
    }
  }
  test("not when the standing claim is itself only contested and one insists", () => {
    assert.equal(isBarred({ wanted: stretch(0, 1), standing: standing(0, 1, { status: "contested" }) }, true), false);
  });
});

describe("what a write changes on timelines", () => {
  const commitment = (id: string, ...stretches: Stretch[]) => ({
    source: "calendars" as const,
    id,
    batch: null,
    stretches,
  });

  test("takes nobody anew where the later part of a series has got a name of its own", () => {
    const stood = new Map([["all", [standing(0, 1, { occurrence: "1" }), standing(10, 11, { occurrence: "2" })]]]);
    const first = commitment("all", stretch(0, 1, { occurrence: "1" }));
    const parts = [first, commitment("later", stretch(10, 11, { occurrence: "2" }))];
    assert.deepEqual(
      lineChangeOf(parts, stood).come.map(({ id, isNew }) => [id, isNew]),
      [["later", false]],
    );
    const moved = [first, commitment("later", stretch(12, 13, { occurrence: "2" }))];
    assert.deepEqual(
      lineChangeOf(moved, stood).come.map(({ id, isNew }) => [id, isNew]),
      [["later", true]],
    );
  });
});

describe("a commitment that lies elsewhere now", () => {
  const stood = new Map([["all", [standing(0, 1), standing(10, 11, { occurrence: "2" })]]]);
  const stretches = [stretch(0, 1), stretch(10, 11, { occurrence: "2" })];
  const written = (was: readonly string[], will: readonly string[]) =>
    lineChangeOf([{ source: "calendars", id: "all", batch: null, stretches, collections: { was, will } }], stood);

  test("is told with all its dates, which take nobody anew", () => {
    const { gone, come, collections } = written(["cal_1"], ["cal_2"]);
    assert.deepEqual(
      [gone.length, come.map(({ isNew }) => isNew), collections.get("all")],
      [2, [false, false], { was: ["cal_1"], will: ["cal_2"] }],
    );
  });

  test("is told with none where it lies as before", () => {
    const { gone, come } = written(["cal_1", "cal_2"], ["cal_2", "cal_1"]);
    assert.deepEqual([gone, come], [[], []]);
  });
});

describe("a commitment", () => {
  test("may not meet itself on one timeline, and may on two", () => {
    assert.notEqual(meetsItself([stretch(0, 10), stretch(5, 15)]), null);
    assert.equal(meetsItself([stretch(0, 10), stretch(10, 15)]), null);
    assert.equal(meetsItself([stretch(0, 10), stretch(5, 15, { subjectId: "pool" })]), null);
  });

  test("touches only the stretches that differ when it is edited", () => {
    const asStanding = (each: Stretch, id: number) => ({
      ...standing(each.startMs, each.endMs),
      id,
      commitment: "own",
      expiresAtMs: null,
    });
    const before = [stretch(0, 1), stretch(2, 3), stretch(4, 5)];
    const { give, take } = difference(before.map(asStanding), [
      stretch(0, 1),
      stretch(2, 3.5),
      stretch(4, 5),
      stretch(6, 7),
    ]);
    assert.deepEqual(
      give.map(({ id }) => id),
      [1],
    );
    assert.deepEqual(
      take.map(({ startMs, endMs }) => [startMs, endMs]),
      [
        [2, 3.5],
        [6, 7],
      ],
    );
  });
});
