import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { seededRandom } from "@hourwright/std";
import * as fc from "fast-check";
import { stepBudget } from "../budget.ts";
import { openBoard } from "./board.ts";
import { settleRows } from "./columns.ts";
import { inrc1Instance } from "./inrc1/index.ts";
import type { RosterInstance } from "./instance.ts";
import { openBestRow } from "./row.ts";
import { planRows } from "./search.ts";
import { anyInrc1 } from "./testing.ts";

const HARD_POINTS = 50;
const small = anyInrc1.filter(({ days }) => days <= 5).map((roster) => inrc1Instance(roster)!);
const emptyRows = ({ lines, days }: RosterInstance): Uint8Array => new Uint8Array(lines.length * days);

describe("the best whole row by prices", () => {
  test("is no dearer than any other (SV28)", () => {
    const prices = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 15, maxLength: 15 });
    fc.assert(
      fc.property(small, prices, fc.nat(), (instance, list, seed) => {
        const { days, kinds, lines } = instance;
        const alone = { ...instance, lines: [lines[0]!] };
        const priceOf = Float64Array.from({ length: days * kinds }, (_, at) => (at % kinds === 0 ? 0 : list[at]!));
        const board = openBoard(alone, emptyRows(alone), HARD_POINTS);
        const costOf = (row: Uint8Array): number => {
          board.reset(row, 0);
          return row.reduce((sum, value, day) => sum + priceOf[day * kinds + value]!, board.score().soft);
        };
        const found = openBestRow(board, seededRandom(seed)).bestOf(0, priceOf);
        assert.ok(found !== null);
        const cost = costOf(found);
        for (let code = 0; code < kinds ** days; code++) {
          const row = Uint8Array.from({ length: days }, (_, day) => Math.floor(code / kinds ** day) % kinds);
          assert.ok(cost <= costOf(row));
        }
      }),
      { numRuns: 40 },
    );
  });
});

describe("settling rows", () => {
  test("puts rows down that cost what counting from the beginning gives, and tells whose are free", () => {
    fc.assert(
      fc.property(anyInrc1, fc.nat(), fc.boolean(), (roster, seed, isLate) => {
        const instance = inrc1Instance(roster)!;
        const board = openBoard(instance, emptyRows(instance), HARD_POINTS);
        const settling = settleRows(board, seededRandom(seed), [], () => isLate);
        let step = settling.next();
        while (step.done !== true) step = settling.next();
        assert.ok(step.value.every((person) => instance.lines[person] !== undefined));
        const { soft, hard } = openBoard(instance, board.values, HARD_POINTS).score();
        assert.ok(Math.abs(board.energy - soft - HARD_POINTS * hard) < 1e-6);
      }),
      { numRuns: 40 },
    );
  });

  test("repeats from seed and steps, and ends where there is no time for it", () => {
    fc.assert(
      fc.property(anyInrc1, fc.nat(), fc.integer({ min: 1, max: 200_000 }), (roster, seed, steps) => {
        const instance = inrc1Instance(roster)!;
        const [one, other] = [0, 1].map(() => {
          const slices = planRows(instance, { seed, budget: stepBudget(steps) });
          let step = slices.next();
          while (step.done !== true) step = slices.next();
          return step.value;
        });
        assert.deepEqual(one, other);
        assert.ok(one!.steps <= steps);
      }),
      { numRuns: 20 },
    );
  });
});
