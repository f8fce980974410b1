import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { seededRandom } from "@hourwright/std";
import * as fc from "fast-check";
import { dayAfter, openBoard, type Board, type Stretches } from "./board.ts";
import { CURTOIS_SOFT, curtoisInstance, scoreCurtois } from "./curtois/index.ts";
import { inrc1Instance, scoreInrc1 } from "./inrc1/index.ts";
import { INRC2_HARD, inrc2Instance, scoreInrc2 } from "./inrc2/index.ts";
import type { RosterInstance } from "./instance.ts";
import { neighboursOf } from "./neighbours.ts";
import { openBestRow } from "./row.ts";
import { anyCurtois, anyInrc1, anyInrc2 } from "./testing.ts";

type Judge = (values: Uint8Array) => { readonly soft: number; readonly isKept: boolean };
type Judged = { readonly instance: RosterInstance; readonly judge: Judge };

const sumOf = (costs: Readonly<Record<string, number>>, names: (name: string) => boolean): number =>
  Object.entries(costs).reduce((sum, [name, cost]) => sum + (names(name) ? cost : 0), 0);

const judgeOf =
  (score: (values: Uint8Array) => Readonly<Record<string, number>>, isSoft: (name: string) => boolean): Judge =>
  (values) => {
    const costs = score(values);
    return { soft: sumOf(costs, isSoft), isKept: sumOf(costs, (name) => !isSoft(name)) === 0 };
  };

/** Rosters of all formats, each as the search knows it and as its own rules count it. */
const anyJudged: fc.Arbitrary<Judged> = fc.oneof(
  anyCurtois.map((roster) => ({
    instance: curtoisInstance(roster)!,
    judge: judgeOf(
      (values) => scoreCurtois(roster, values),
      (name) => CURTOIS_SOFT.some((soft) => soft === name),
    ),
  })),
  anyInrc1.map((roster) => ({
    instance: inrc1Instance(roster)!,
    judge: judgeOf(
      (values) => scoreInrc1(roster, values),
      (name) => name !== "cover",
    ),
  })),
  anyInrc2.map((roster) => ({
    instance: inrc2Instance(roster)!,
    judge: judgeOf(
      (values) => scoreInrc2(roster, values),
      (name) => !INRC2_HARD.some((hard) => hard === name),
    ),
  })),
);

const HARD_POINTS = 7;
/** More than all soft points together. */
const HARD_POINTS_MANY = 10_000;
const MOVES = 60;

const emptyRows = ({ lines, days }: RosterInstance): Uint8Array => new Uint8Array(lines.length * days);

describe("a board", () => {
  test("has after every move the energy that counting from the beginning gives, and the costs of the format's rules (SV22)", () => {
    fc.assert(
      fc.property(anyJudged, fc.nat(), ({ instance, judge }, seed) => {
        const random = seededRandom(seed);
        const board = openBoard(instance, emptyRows(instance), HARD_POINTS);
        const neighbours = neighboursOf(board);
        for (let i = 0; i < MOVES; i++) {
          const { propose } = neighbours[Math.floor(random() * neighbours.length)]!;
          const before = [...board.values];
          if (propose(board, random, Infinity)) board.weigh(Infinity);
          if (random() < 0.3) {
            board.leave();
            assert.deepEqual([...board.values], before);
          } else board.take();
          const { soft, hard } = openBoard(instance, board.values, HARD_POINTS).score();
          assert.deepEqual(board.score(), { soft, hard });
          assert.equal(board.energy, soft + HARD_POINTS * hard);
          const judged = judge(board.values);
          assert.equal(judged.soft, soft);
          assert.equal(judged.isKept, hard === 0);
        }
      }),
    );
  });

  test("gives a move up only when it adds more than is allowed", () => {
    fc.assert(
      fc.property(anyJudged, fc.nat(), fc.integer({ min: 0, max: 30 }), ({ instance }, seed, most) => {
        const random = seededRandom(seed);
        const board = openBoard(instance, emptyRows(instance), HARD_POINTS);
        const neighbours = neighboursOf(board);
        for (let i = 0; i < MOVES; i++) {
          const { propose } = neighbours[i % neighbours.length]!;
          const before = board.energy;
          if (!propose(board, random, Infinity)) {
            board.leave();
            continue;
          }
          const isGivenUp = board.weigh(most) === Infinity;
          board.weigh(Infinity);
          board.take();
          if (isGivenUp) assert.ok(board.energy - before > most);
        }
      }),
    );
  });
});

describe("what a row would cost more with another's values", () => {
  test("is what two people's exchange of one or two stretches adds, and nothing is put down for it (SV27)", () => {
    fc.assert(
      fc.property(anyJudged, fc.nat(), ({ instance }, seed) => {
        const { days, lines } = instance;
        fc.pre(lines.length > 1);
        const random = seededRandom(seed);
        const board = openBoard(instance, emptyRows(instance), HARD_POINTS);
        const [change] = neighboursOf(board);
        for (let i = 0; i < MOVES; i++) {
          if (change!.propose(board, random, Infinity)) board.weigh(Infinity);
          board.take();
          const [from, to, again, until] = Array.from({ length: 4 }, () => Math.floor(random() * (days + 1))).sort(
            (a, b) => a - b,
          ) as [number, number, number, number];
          if (from === to) continue;
          const stretches = again < until ? { from, to, again, until } : { from, to, again: to, until: to };
          const most = Math.floor(random() * 20);
          const before = [...board.values];
          const told = rowsWorse(board, stretches, Infinity);
          const isGivenUp = rowsWorse(board, stretches, most) === Infinity;
          assert.deepEqual([...board.values], before);
          if (told === Infinity) continue;
          assert.ok(told >= -board.rowSavable(0, stretches) - board.rowSavable(1, stretches));
          if (isGivenUp) assert.ok(told > most);
          for (const [person, source] of [
            [0, 1],
            [1, 0],
          ] as const) {
            for (let day = from; day < stretches.until; day = dayAfter(stretches, day))
              board.put(person, day, before[source * days + day]!);
          }
          assert.equal(board.weigh(Infinity), told);
          board.leave();
        }
      }),
    );
  });

  /** What an exchange of the first two people adds; Infinity where it may not be, or adds more than `most`. */
  function rowsWorse(board: Board, stretches: Stretches, most: number): number {
    const first = board.rowWorse(0, 1, stretches, most + board.rowSavable(1, stretches));
    return first + board.rowWorse(1, 0, stretches, most - first);
  }
});

describe("the best row of a person", () => {
  test("is no worse than any other row that keeps the rules of a row, all of it or some days (SV23)", () => {
    const small = anyCurtois.filter(({ days, shifts }) => days <= 5 && shifts.length <= 2);
    fc.assert(
      fc.property(small, fc.nat(), fc.nat(), fc.nat(), (roster, seed, begin, length) => {
        // Most days of a value are told by weighing, not by the best row: they bind nobody here.
        const [first] = roster.staff;
        const free = [{ ...first!, shiftsMost: roster.shifts.map(() => roster.days) }];
        const instance = curtoisInstance({ ...roster, staff: free })!;
        const random = seededRandom(seed);
        const board = openBoard(instance, emptyRows(instance), HARD_POINTS_MANY);
        const [change] = neighboursOf(board);
        for (let i = 0; i < 10; i++) {
          if (change!.propose(board, random, Infinity)) board.weigh(Infinity);
          board.take();
        }
        const from = begin % instance.days;
        const to = from + 1 + (length % (instance.days - from));
        const best = leastEnergy(instance, board.values, from, to);
        if (openBestRow(board, random).bestRow(0, from, to, 0)) board.weigh(Infinity);
        board.take();
        if (best.hard === 0) assert.deepEqual(board.score(), best);
      }),
    );
  });

  /** The score of the best of all rows of the only person that are as they are outside from–to. */
  function leastEnergy(
    instance: RosterInstance,
    values: Uint8Array,
    from: number,
    to: number,
  ): { soft: number; hard: number } {
    const { kinds, lines } = instance;
    const rows = values.slice();
    let best = { soft: Infinity, hard: Infinity };
    for (let code = 0; code < kinds ** (to - from); code++) {
      let rest = code;
      let isAllowed = true;
      for (let day = from; day < to; day++) {
        rows[day] = rest % kinds;
        rest = Math.floor(rest / kinds);
        isAllowed = isAllowed && lines[0]!.may[day * kinds + rows[day]!] === 1;
      }
      if (!isAllowed) continue;
      const score = openBoard(instance, rows, HARD_POINTS_MANY).score();
      if (score.hard < best.hard || (score.hard === best.hard && score.soft < best.soft)) best = score;
    }
    return best;
  }
});
