import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { assert as holds, AssertionError, unreachable } from "./assert.ts";
import { Lru } from "./lru.ts";
import { oneOf, seededRandom, wholeBetween } from "./random.ts";

describe("assert", () => {
  test("names the values that broke it", () => {
    holds(true, "never said");
    assert.throws(() => holds(false, "3 is not 4"), { name: "AssertionError", message: "3 is not 4" });
    assert.throws(() => unreachable("forgotten" as never), AssertionError);
  });
});

describe("seeded chance", () => {
  test("repeats from its seed, and differs for another", () => {
    const draw = (seed: number) => Array.from({ length: 5 }, seededRandom(seed));
    assert.deepEqual(draw(1), draw(1));
    assert.notDeepEqual(draw(1), draw(2));
  });
  test("stays within its bounds and reaches both ends, for any bounds", () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: -20, max: 20 }), fc.nat({ max: 6 }), (seed, from, more) => {
        const random = seededRandom(seed);
        const drawn = new Set(Array.from({ length: 400 }, () => wholeBetween(random, from, from + more)));
        assert.equal(drawn.size, more + 1);
        assert.equal(Math.min(...drawn), from);
        assert.equal(Math.max(...drawn), from + more);
      }),
    );
  });
  test("takes one of a list", () => assert.ok(["a", "b"].includes(oneOf(seededRandom(7), ["a", "b"]))));
});

describe("the bounded cache", () => {
  test("keeps what was used last: agrees with a list that is searched, for any use", () => {
    const step = fc.record({ key: fc.nat({ max: 6 }), write: fc.boolean() });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), fc.array(step, { maxLength: 60 }), (entriesMax, steps) => {
        const cache = new Lru<number, number>(entriesMax);
        let model: [number, number][] = [];
        steps.forEach(({ key, write }, at) => {
          const known = model.find(([each]) => each === key)?.[1];
          if (!write) assert.equal(cache.get(key), known);
          if (write) cache.set(key, at);
          if (write || known !== undefined)
            model = [...model.filter(([each]) => each !== key), [key, write ? at : known!] as [number, number]].slice(
              -entriesMax,
            );
        });
        assert.equal(cache.size, model.length);
        for (const [key, value] of model) assert.equal(cache.get(key), value);
      }),
    );
  });

  test("keeps no more than may weigh together, and nothing that is too heavy alone", () => {
    const step = fc.record({ key: fc.nat({ max: 6 }), weight: fc.nat({ max: 12 }), remove: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const cache = new Lru<number, { weight: number }>(5, 10, ({ weight }) => weight);
        let model: [number, number][] = [];
        for (const { key, weight, remove } of steps) {
          if (remove) cache.delete(key);
          else cache.set(key, { weight });
          model = model.filter(([each]) => each !== key);
          if (!remove && weight <= 10) model.push([key, weight]);
          while (model.length > 5 || model.reduce((sum, [, each]) => sum + each, 0) > 10) model.shift();
          assert.equal(cache.size, model.length);
          assert.equal(
            cache.weight,
            model.reduce((sum, [, each]) => sum + each, 0),
          );
        }
        for (const [key, weight] of model) assert.equal(cache.get(key)?.weight, weight);
      }),
    );
  });
});
