import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { seededRandom } from "@hourwright/std";
import * as fc from "fast-check";
import { openMaster, type Master } from "./linear.ts";

const CLOSE = 1e-2;

const anyProgram = fc.integer({ min: 1, max: 6 }).chain((cells) => {
  const costs = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: cells, maxLength: cells });
  const row = fc.record({ cost: fc.integer({ min: 0, max: 20 }), taken: fc.uniqueArray(fc.nat(cells - 1)) });
  return fc.record({
    need: fc.array(fc.nat(3), { minLength: cells, maxLength: cells }),
    under: costs,
    over: costs,
    rows: fc.array(fc.array(row, { minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 5 }),
    seed: fc.nat(),
  });
});

type Program = {
  readonly need: readonly number[];
  readonly under: readonly number[];
  readonly over: readonly number[];
  readonly rows: readonly (readonly { readonly cost: number; readonly taken: readonly number[] }[])[];
  readonly seed: number;
};
type Vectors = [Float64Array, Float64Array, Float64Array];

function solve(master: Master): void {
  const looks = master.solve();
  while (looks.next().done !== true) continue;
}

function solved({ need, under, over, rows, seed }: Program) {
  const [needs, unders, overs] = [need, under, over].map((list) => Float64Array.from(list)) as Vectors;
  const master = openMaster({ people: rows.length, need: needs, under: unders, over: overs }, seededRandom(seed));
  const columns = rows.map((list, person) => list.map(({ cost, taken }) => master.add(person, cost, taken)));
  master.begin(columns.map((list) => list[0]!));
  solve(master);
  return { master, columns };
}

describe("the linear program of choosing rows", () => {
  test("ends where no row gains and shares cost what people and cells are worth: nothing is cheaper (SV28)", () => {
    fc.assert(
      fc.property(anyProgram, ({ need, under, over, rows, seed }) => {
        const people = rows.length;
        const { master, columns } = solved({ need, under, over, rows, seed });
        for (const list of columns) for (const column of list) assert.ok(master.reduced(column) > -CLOSE);
        const worths = [...master.duals];
        for (let cell = 0; cell < need.length; cell++) {
          const worth = worths[people + cell]!;
          assert.ok(worth < under[cell]! + CLOSE && worth > -over[cell]! - CLOSE);
        }
        const worth = worths.reduce((sum, each, i) => sum + each * (i < people ? 1 : need[i - people]!), 0);
        assert.ok(Math.abs(master.cost() - worth) < CLOSE, `${master.cost()} is not ${worth}`);
        for (let person = 0; person < people; person++) {
          const whole = master.shares().filter((each) => each.person === person);
          assert.ok(Math.abs(whole.reduce((sum, { share }) => sum + share, 0) - 1) < CLOSE);
        }
      }),
    );
  });

  test("gives a person who is settled one row alone", () => {
    fc.assert(
      fc.property(anyProgram, fc.nat(), (program, pick) => {
        const { master } = solved(program);
        const shares = master.shares();
        const { person, column } = shares[pick % shares.length]!;
        master.settle(person, column, 1_000_000);
        solve(master);
        assert.deepEqual(
          master.shares().flatMap((each) => (each.person === person ? [each.column] : [])),
          [column],
        );
      }),
    );
  });
});
