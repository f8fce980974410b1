// Strategy: what speaks against a swap by table; then small worlds in which every pair and every ring is tried one by one and judged by
// all rules: the same are found.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { DAY_MS, findZone } from "@hourwright/time";
import { approved, contract, dayOf, shift } from "./testing.ts";
import { checkSwap, swapMatches, type Leg, type Shift, type Swapper } from "./index.ts";

const zone = findZone("Europe/Berlin")!;
const MONDAY = dayOf("2027-03-01");
const EARLY = shift("early shift", "06:00", "14:00");
const LATE = shift("late shift", "14:00", "22:00");
const NIGHT = shift("night shift", "22:00", "30:00");
const RULES = [{ kind: "rest", minutesMin: 660 } as const, { kind: "days", max: 6 } as const];

function works(id: string, days: readonly (Shift | null)[], more: Partial<Swapper["before"]> = {}): Swapper {
  const weeks = [
    Array.from({ length: 7 }, (_, i) => {
      const own = days[i];
      return own === undefined || own === null ? [] : [own];
    }),
  ];
  const version = contract({ fromDay: MONDAY, toDay: MONDAY + 7, turns: { weeks, anchorDay: MONDAY }, rules: RULES });
  return { id, name: id, before: { zone, contracts: [version], holidays: [], adjustments: [], ...more } };
}

const key = (after: number, { fromMinute }: Shift) => ({ day: MONDAY + after, fromMinute });
const world = (...people: Swapper[]) => new Map(people.map((each) => [each.id, each]));
const told = (verdict: ReturnType<typeof checkSwap>) =>
  [...verdict.objections, ...verdict.broken].map(({ personId, code }) => `${personId} ${code}`);

describe("a swap", () => {
  const ana = works("ana", [EARLY, null, null, EARLY]);
  const ben = works("ben", [null, LATE, LATE]);
  const both: readonly Leg[] = [
    { from: "ana", of: key(0, EARLY), to: "ben" },
    { from: "ben", of: key(1, LATE), to: "ana" },
  ];

  test("is several halves, what is given before what comes", () => {
    const { halves, objections, broken } = checkSwap(world(ana, ben), both);
    assert.deepEqual([objections, broken], [[], []]);
    assert.deepEqual(
      halves.map(({ personId, what }) => `${personId} ${what.kind}`),
      ["ana given", "ben given", "ana taken", "ben taken"],
    );
  });

  test("is spoken against for each who takes part [SW1] [SW2]", () => {
    const leave = { kind: "absence", type: "leave", span: { fromDay: MONDAY + 1, toDay: MONDAY + 2 } } as const;
    const away = works("ana", [EARLY], { adjustments: [approved("x", leave)] });
    assert.deepEqual(told(checkSwap(world(away, ben), both)), ["ana over-absence"]);
    const busy = works("ben", [EARLY, LATE]);
    assert.deepEqual(told(checkSwap(world(ana, busy), both)), ["ben over-shift"]);
    const early = works("ana", [EARLY, null, EARLY]);
    assert.deepEqual(told(checkSwap(world(early, ben), both)), ["ana rule"], "eight hours of rest");
    assert.deepEqual(told(checkSwap(world(ana), both)), ["ben no-such-shift"]);
    const gone = [{ from: "ana", of: key(4, EARLY), to: "ben" }];
    assert.deepEqual(told(checkSwap(world(ana, ben), gone)), ["ana no-such-shift"]);
  });

  test("goes round among three [SW4]", () => {
    const one = works("one", [EARLY, EARLY]);
    const two = works("two", [null, EARLY]);
    const three = works("three", [null, null, EARLY]);
    const question = {
      giver: "one",
      of: key(0, EARLY),
      people: [one, two, three],
      fromDay: MONDAY,
      toDay: MONDAY + 7,
      afterMs: 0,
    };
    const { pairs, rings, isComplete } = swapMatches(question);
    assert.ok(isComplete);
    assert.deepEqual(
      pairs.map(([, back]) => back!.from),
      ["three"],
    );
    assert.deepEqual(
      rings.map((legs) => legs.map(({ from }) => from).join(" ")),
      ["one two three"],
    );
  });

  test("is not offered of what has begun, or of what is away in part", () => {
    const ill = { kind: "absence", type: "sick", span: { fromDay: MONDAY + 1, toDay: MONDAY + 2 } } as const;
    const sick = works("ben", [null, LATE, LATE], { adjustments: [approved("x", ill)] });
    const ask = (people: Swapper[], afterMs: number) =>
      swapMatches({ giver: "ana", of: key(0, EARLY), people, fromDay: MONDAY, toDay: MONDAY + 7, afterMs }).pairs
        .length;
    const eve = zone.toEpochMs(MONDAY * DAY_MS);
    assert.equal(ask([works("ana", [EARLY]), ben], eve), 2);
    assert.equal(ask([works("ana", [EARLY]), sick], eve), 1);
    assert.equal(ask([works("ana", [EARLY]), ben], eve + DAY_MS), 0);
  });
});

test("for any small world, what is found is what holds when each is tried [SW3] [SW4]", () => {
  const anyDay = fc.constantFrom(null, null, EARLY, LATE, NIGHT);
  const anyWeek = fc.array(anyDay, { minLength: 4, maxLength: 4 });
  const anyLeave = fc.option(fc.integer({ min: 0, max: 4 }));
  fc.assert(
    fc.property(
      fc.array(fc.tuple(anyWeek, anyLeave), { minLength: 2, maxLength: 4 }),
      fc.nat({ max: 3 }),
      (all, pick) => {
        const people = all.map(([days, leave], i) => {
          const what = {
            kind: "absence",
            type: "leave",
            span: { fromDay: MONDAY + (leave ?? 0), toDay: MONDAY + (leave ?? 0) + 1 },
          } as const;
          return works(`p${i}`, days, { adjustments: leave === null ? [] : [approved("l", what)] });
        });
        const own = all[0]![0][pick];
        if (own === undefined || own === null || all[0]![1] === pick) return;
        const given = { from: "p0", of: key(pick, own) };
        const byId = world(...people);
        const holds = (legs: readonly Leg[]) => told(checkSwap(byId, legs)).length === 0;
        const theirs = all.flatMap(([days], i) =>
          i === 0 ? [] : days.flatMap((one, after) => (one === null ? [] : [{ from: `p${i}`, of: key(after, one) }])),
        );
        const pairs = theirs.flatMap((back) => {
          const legs = [
            { ...given, to: back.from },
            { ...back, to: "p0" },
          ];
          return holds(legs) ? [legs] : [];
        });
        const rings = theirs.flatMap((second) =>
          theirs.flatMap((third) => {
            if (third.from === second.from) return [];
            const direct = checkSwap(byId, [
              { ...given, to: second.from },
              { ...second, to: "p0" },
            ]).objections;
            if (direct.every(({ personId }) => personId !== "p0")) return [];
            const legs = [
              { ...given, to: second.from },
              { ...second, to: third.from },
              { ...third, to: "p0" },
            ];
            return holds(legs) ? [legs] : [];
          }),
        );
        const found = swapMatches({
          giver: "p0",
          of: given.of,
          people,
          fromDay: MONDAY,
          toDay: MONDAY + 7,
          afterMs: 0,
        });
        const sorted = (list: readonly (readonly Leg[])[]) => list.map((legs) => JSON.stringify(legs)).toSorted();
        if (found.isComplete) {
          assert.deepEqual(sorted(found.pairs), sorted(pairs));
          assert.deepEqual(sorted(found.rings), sorted(rings));
        } else for (const legs of [...found.pairs, ...found.rings]) assert.ok(holds(legs));
      },
    ),
    { numRuns: 120 },
  );
});
