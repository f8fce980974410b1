import type { Random } from "@hourwright/std";
import type { Board } from "./board.ts";
import type { RosterInstance } from "./instance.ts";
import { openMaster, type Master, type Share } from "./linear.ts";
import { openBestRow } from "./row.ts";

/** People and cells of a linear program at most: its inverse is made anew in the time of their third power. */
const SIZE_MAX = 300;
/** Rounds of planning every row, before people are settled, and after each of them. */
const ROUNDS_MAX = 300;
const ROUNDS_PER_SETTLED = 20;
/** How much of the prices are the best ones so far; so much less where they find nothing. */
const STEADY = 0.8;
const STEADY_LESS = 0.3;
/** Shares of at least so much are settled together. */
const SHARE_SURE = 0.95;
/** Rows are settled until the linear program costs so much more, and half a point; it is solved up to half of it. */
const DEARER = 0.01;
const POINT = 0.5;
/** What other rows of a person who is settled cost more, in hard units. */
const SETTLED = 1_000;
/** A row must save so much to be another column. */
const GAIN_LEAST = 1e-6;

/** Whether rows of an instance can be chosen by a linear program. */
export const hasColumns = ({ lines, days, kinds }: RosterInstance): boolean =>
  lines.length > 1 && lines.length + days * (kinds - 1) <= SIZE_MAX;

/**
 * Chooses rows by a linear program whose columns are best rows by the prices of its cells (column generation), beginning with the rows
 * of the rosters in `seen`; then settles people one by one, on the row of which they have the greatest share, until that makes the
 * program dearer. Puts the rows of those who are settled down on the board, of others the row of the greatest share, and returns the
 * others. When it is late, no more rows are planned: it makes do with the columns that it has. A yield is a look at the budget, about 2 ms.
 */
export function* settleRows(
  board: Board,
  random: Random,
  seen: readonly Uint8Array[],
  isLate: () => boolean,
): Generator<void, readonly number[]> {
  const { days, lines } = board.instance;
  const people = lines.length;
  const program = openProgram(board, random, seen, isLate);
  const { master, settled } = program;
  yield* master.solve();
  yield* program.converge(ROUNDS_MAX, POINT);
  const most = master.cost() + Math.abs(master.cost()) * DEARER + POINT;
  const close = (most - master.cost()) / 2;
  let shares = master.shares();
  while (settled.size < people) {
    const next = surest(shares, settled);
    const before = master.cost();
    for (const { person, column } of next) {
      settled.set(person, column);
      master.settle(person, column, SETTLED * board.hardPoints);
    }
    yield* master.solve();
    if (master.cost() > before + close) yield* program.converge(ROUNDS_PER_SETTLED, close);
    if (next.length === 0 || master.cost() > most) {
      for (const { person } of next) settled.delete(person);
      break;
    }
    shares = master.shares();
  }
  const chosen = new Map(settled);
  for (const { person, column } of shares) if (!chosen.has(person)) chosen.set(person, column);
  for (const [person, column] of chosen) {
    for (let day = 0; day < days; day++) board.put(person, day, program.rowOf(column)[day]!);
    board.weigh(Infinity);
    board.take();
  }
  return [...lines.keys()].filter((person) => !settled.has(person));
}

/** The greatest share of somebody who is not settled, and all that are as good as whole. */
function surest(shares: readonly Share[], settled: ReadonlyMap<number, number>): readonly Share[] {
  const open = shares.filter(({ person }) => !settled.has(person));
  return open.filter(({ share }, i) => i === 0 || share >= SHARE_SURE);
}

function openProgram(board: Board, random: Random, seen: readonly Uint8Array[], isLate: () => boolean) {
  const { instance } = board;
  const { days, kinds, lines } = instance;
  const people = lines.length;
  const { cellOf, need, under, over } = needsOf(board);
  const cells = need.length;
  const master: Master = openMaster({ people, need, under, over }, random);
  const { bestOf } = openBestRow(board, random);
  const rows = new Map<number, Uint8Array>();
  const known = lines.map(() => new Set<string>());
  /** Columns of the people who have one row alone. */
  const settled = new Map<number, number>();
  /** What a person on a value of a day is to pay: the best prices so far, and what the rows cost at least by them. */
  const best = new Float64Array(cells);
  let bound = -Infinity;
  const worths = new Float64Array(cells);
  const prices = new Float64Array(days * kinds);

  const rowIn = (values: Uint8Array, person: number): Uint8Array => values.slice(person * days, (person + 1) * days);
  master.begin(lines.map((_, person) => add(person, rowIn(board.values, person))));
  for (const values of seen) for (let person = 0; person < people; person++) addNew(person, rowIn(values, person));

  /** The number of a new column, null where the row is known. */
  function addNew(person: number, row: Uint8Array): number | null {
    return known[person]!.has(row.join()) ? null : add(person, row);
  }

  function add(person: number, row: Uint8Array): number {
    known[person]!.add(row.join());
    const taken: number[] = [];
    for (const [day, value] of row.entries()) if (value !== 0) taken.push(cellOf[day * kinds + value]!);
    const column = master.add(person, rowCost(board, person, row), taken);
    rows.set(column, row);
    return column;
  }

  /** Plans every row that is not settled by prices that are `steady` the best ones; returns how many columns gain. */
  function* round(steady: number): Generator<void, number> {
    let least = 0;
    for (let cell = 0; cell < cells; cell++) {
      const worth = steady * best[cell]! + (1 - steady) * master.duals[people + cell]!;
      worths[cell] = worth;
      least += worth * need[cell]!;
    }
    for (const [at, cell] of cellOf.entries()) if (cell !== -1) prices[at] = -worths[cell]!;
    let gaining = 0;
    for (let person = 0; person < people; person++) {
      const column = settled.get(person);
      const row = column === undefined ? bestOf(person, prices) : rows.get(column)!;
      if (row === null) continue;
      least += rowCost(board, person, row);
      for (const [day, value] of row.entries()) least += prices[day * kinds + value]!;
      if (column !== undefined) continue;
      const found = addNew(person, row);
      if (found !== null && master.reduced(found) < -GAIN_LEAST) gaining += 1;
      yield;
    }
    if (least > bound) {
      bound = least;
      best.set(worths);
    }
    return gaining;
  }

  /** Plans rows and solves until the program is within `close` of what any rows cost at least, or it is late, or so many rounds. */
  function* converge(roundsMax: number, close: number): Generator<void> {
    bound = -Infinity;
    let steady = STEADY;
    for (let i = 0; i < roundsMax && master.cost() - bound > close && !isLate(); i++) {
      const gaining = yield* round(steady);
      if (gaining > 0) {
        if (steady > 0) steady = STEADY;
        yield* master.solve();
      } else if (steady > 0) steady = steady > STEADY_LESS ? steady - STEADY_LESS : 0;
      else return;
    }
  }

  return { master, settled, converge, rowOf: (column: number): Uint8Array => rows.get(column)! };
}

/** Each value of each day is a cell: how many people cost least there, and what one fewer or more costs. */
function needsOf(board: Board) {
  const { days, kinds, lines } = board.instance;
  const people = lines.length;
  const cellOf = new Int32Array(days * kinds).fill(-1);
  const [need, under, over] = [[] as number[], [] as number[], [] as number[]];
  for (let day = 0; day < days; day++) {
    for (let value = 1; value < kinds; value++) {
      const costOf = (count: number) => board.coverEnergy(day, value, count);
      let least = 0;
      for (let count = 1; count <= people; count++) if (costOf(count) < costOf(least)) least = count;
      cellOf[day * kinds + value] = need.length;
      need.push(least);
      under.push(least === 0 ? board.hardPoints : costOf(least - 1) - costOf(least));
      over.push(least === people ? board.hardPoints : costOf(least + 1) - costOf(least));
    }
  }
  return {
    cellOf,
    need: Float64Array.from(need),
    under: Float64Array.from(under),
    over: Float64Array.from(over),
  };
}

/** What a row alone costs. */
function rowCost({ instance, hardPoints, loadEnergy, weekendEnergy }: Board, person: number, row: Uint8Array): number {
  const { days, kinds, firstWeekday, lines } = instance;
  const { automaton, start, dayCost, loadOf, mostOf } = lines[person]!;
  const daysOf = new Int32Array(kinds);
  let [cost, load, weekends, state] = [0, 0, 0, start];
  const pay = (toll: { readonly soft: number; readonly hard: number; readonly weekends: number }): void => {
    cost += toll.soft + hardPoints * toll.hard;
    weekends += toll.weekends;
  };
  for (let day = 0; day < days; day++) {
    const value = row[day]!;
    const at = (((firstWeekday + day) % 7) * automaton.states + state) * kinds + value;
    pay(automaton.tolls[automaton.toll[at]!]!);
    cost += dayCost[day * kinds + value]!;
    load += loadOf[value]!;
    daysOf[value]! += 1;
    state = automaton.next[at]!;
  }
  pay(automaton.end[state]!);
  for (let value = 1; value < kinds; value++) cost += hardPoints * Math.max(0, daysOf[value]! - mostOf[value]!);
  return cost + loadEnergy(person, load) + weekendEnergy(person, weekends);
}
