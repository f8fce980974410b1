import type { Random } from "@hourwright/std";

/** What a unit of a column must save before it is worth a pivot. */
const GAIN_LEAST = 1e-7;
/** Smaller entries are no pivots. */
const PIVOT_LEAST = 1e-8;
/** The inverse is made anew after so many pivots. */
const PIVOTS_BETWEEN = 400;
/** Pivots of one solution at most, and between two looks at the budget. */
const PIVOTS_MAX = 20_000;
const PIVOTS_PER_LOOK = 32;
/** What a cell needs is changed by chance by so much at most: then no two pivots are equally far, and none leads round in a circle. */
const SHAKE = 1e-5;
/** Columns looked at between two pivots, where one of them gains. */
const LOOKED_AT = 1_000;
/** Smaller shares are none. */
const SHARE_LEAST = 1e-3;

/** Each person has one row, or shares of several; each cell has as many people as it needs, or pays for each too few and too many. */
export type Needs = {
  readonly people: number;
  readonly need: Float64Array;
  readonly under: Float64Array;
  readonly over: Float64Array;
};

export type Share = { readonly column: number; readonly person: number; readonly share: number };

export type Master = ReturnType<typeof openMaster>;

/**
 * The linear program of choosing rows: the cheapest shares of the columns known so far, and what each person and each cell is worth in
 * it (`duals`: people, then cells). Primal simplex with a dense inverse: a pivot costs (people + cells)², about 0.05 ms for 200 of them.
 */
export function openMaster({ people, need, under, over }: Needs, random: Random) {
  const cells = need.length;
  const size = people + cells;
  /** Column j has the places places[firsts[j]..firsts[j + 1]). The first ones pay for people too few in a cell, then for too many. */
  const slacks = 2 * cells;
  const firsts: number[] = [0];
  const places: number[] = [];
  const costs: number[] = [];
  const personOf: number[] = [];
  const isBasic: boolean[] = [];
  const isShut: boolean[] = [];
  const wanted = new Float64Array(size).fill(1);
  for (let cell = 0; cell < cells; cell++) wanted[people + cell] = need[cell]! + SHAKE * (random() - 0.5);
  for (let cell = 0; cell < cells; cell++) push(-1, under[cell]!, [people + cell]);
  for (let cell = 0; cell < cells; cell++) push(-1, over[cell]!, [people + cell]);

  const basis = new Int32Array(size);
  const amounts = new Float64Array(size);
  /** Column by column. */
  const inverse = new Float64Array(size * size);
  const duals = new Float64Array(size);
  const entering = new Float64Array(size);
  let pivots = 0;
  let looked = 0;

  function push(person: number, cost: number, list: readonly number[]): number {
    for (const place of list) places.push(place);
    firsts.push(places.length);
    costs.push(cost);
    personOf.push(person);
    isBasic.push(false);
    isShut.push(false);
    return costs.length - 1;
  }

  const signOf = (column: number): number => (column >= cells && column < slacks ? -1 : 1);

  /** What a unit of a column costs more than its places are worth. */
  function reduced(column: number): number {
    let worth = 0;
    for (let at = firsts[column]!; at < firsts[column + 1]!; at++) worth += duals[places[at]!]!;
    return costs[column]! - signOf(column) * worth;
  }

  /** Begins with one column of each person. */
  function begin(columns: readonly number[]): void {
    const left = wanted.slice();
    for (const [person, column] of columns.entries()) {
      basis[person] = column;
      for (let at = firsts[column]!; at < firsts[column + 1]!; at++) left[places[at]!]! -= 1;
    }
    for (let cell = 0; cell < cells; cell++) basis[people + cell] = left[people + cell]! >= 0 ? cell : cells + cell;
    for (const column of basis) isBasic[column] = true;
    invert();
  }

  /** The inverse, amounts and duals, from the basis alone: Gauss and Jordan. */
  function invert(): void {
    const wide = 2 * size;
    const table = new Float64Array(size * wide);
    for (let i = 0; i < size; i++) {
      const column = basis[i]!;
      for (let at = firsts[column]!; at < firsts[column + 1]!; at++) table[places[at]! * wide + i] = signOf(column);
      table[i * wide + size + i] = 1;
    }
    for (let i = 0; i < size; i++) {
      let row = i;
      for (let other = i + 1; other < size; other++)
        if (Math.abs(table[other * wide + i]!) > Math.abs(table[row * wide + i]!)) row = other;
      if (row !== i) {
        const held = table.slice(i * wide, (i + 1) * wide);
        table.copyWithin(i * wide, row * wide, (row + 1) * wide);
        table.set(held, row * wide);
      }
      const by = table[i * wide + i]!;
      for (let k = i; k < wide; k++) table[i * wide + k]! /= by;
      for (let other = 0; other < size; other++) {
        const factor = table[other * wide + i]!;
        if (other === i || factor === 0) continue;
        for (let k = i; k < wide; k++) table[other * wide + k]! -= factor * table[i * wide + k]!;
      }
    }
    for (let i = 0; i < size; i++) {
      let amount = 0;
      for (let k = 0; k < size; k++) {
        const entry = table[i * wide + size + k]!;
        inverse[k * size + i] = entry;
        amount += entry * wanted[k]!;
      }
      amounts[i] = Math.max(0, amount);
    }
    pivots = 0;
    price();
  }

  function price(): void {
    for (let k = 0; k < size; k++) {
      let dual = 0;
      for (let i = 0; i < size; i++) dual += costs[basis[i]!]! * inverse[k * size + i]!;
      duals[k] = dual;
    }
  }

  /** Exchanges columns until none gains; a yield is a look at the budget. */
  function* solve(): Generator<void> {
    for (let i = 1; i <= PIVOTS_MAX; i++) {
      const column = gaining();
      if (column === -1) return;
      pivot(column);
      if (i % PIVOTS_PER_LOOK === 0) yield;
    }
  }

  /** A column that gains, the best of some; -1 where there is none. */
  function gaining(): number {
    const count = costs.length;
    let found = -1;
    let least = -GAIN_LEAST;
    for (let seen = 0; seen < count && (found === -1 || seen < LOOKED_AT); seen++) {
      looked = looked + 1 < count ? looked + 1 : 0;
      if (isBasic[looked] === true || isShut[looked] === true) continue;
      const gain = reduced(looked);
      if (gain >= least) continue;
      least = gain;
      found = looked;
    }
    return found;
  }

  function pivot(column: number): void {
    entering.fill(0);
    const sign = signOf(column);
    for (let at = firsts[column]!; at < firsts[column + 1]!; at++) {
      const from = places[at]! * size;
      for (let i = 0; i < size; i++) entering[i]! += sign * inverse[from + i]!;
    }
    let out = -1;
    let amount = Infinity;
    for (let i = 0; i < size; i++) {
      if (entering[i]! <= PIVOT_LEAST) continue;
      const most = amounts[i]! / entering[i]!;
      if (most > amount || (most === amount && entering[i]! < entering[out]!)) continue;
      amount = most;
      out = i;
    }
    if (out === -1) {
      // Only rounding makes a column look as if there could be any amount of it.
      isShut[column] = true;
      return;
    }
    const gain = reduced(column);
    const by = entering[out]!;
    for (let i = 0; i < size; i++) amounts[i] = Math.max(0, amounts[i]! - amount * entering[i]!);
    amounts[out] = amount;
    entering[out] = 0;
    for (let k = 0; k < size; k++) {
      const at = k * size;
      const factor = inverse[at + out]! / by;
      if (factor === 0) continue;
      for (let i = 0; i < size; i++) inverse[at + i]! -= factor * entering[i]!;
      inverse[at + out] = factor;
      duals[k]! += gain * factor;
    }
    isBasic[basis[out]!] = false;
    isBasic[column] = true;
    basis[out] = column;
    pivots += 1;
    if (pivots >= PIVOTS_BETWEEN) invert();
  }

  return {
    duals,
    /** A row of a person that takes these cells; the number of its column. */
    add: (person: number, cost: number, taken: readonly number[]): number =>
      push(person, cost, [person, ...taken.map((cell) => people + cell)]),
    begin,
    solve,
    reduced,
    /** What the shares cost now. */
    cost(): number {
      let sum = 0;
      for (let i = 0; i < size; i++) sum += amounts[i]! * costs[basis[i]!]!;
      return sum;
    },
    /** The greatest first. */
    shares(): readonly Share[] {
      const found: Share[] = [];
      for (const [i, column] of basis.entries()) {
        if (column >= slacks && amounts[i]! > SHARE_LEAST)
          found.push({ column, person: personOf[column]!, share: amounts[i]! });
      }
      return found.sort((a, b) => b.share - a.share);
    },
    /** A person is to have this column alone: others cost so much more, or are no longer looked at. */
    settle(person: number, column: number, more: number): void {
      for (let each = slacks; each < costs.length; each++) {
        if (personOf[each] !== person || each === column) continue;
        if (isBasic[each] === true) costs[each]! += more;
        else isShut[each] = true;
      }
      price();
    },
  };
}
