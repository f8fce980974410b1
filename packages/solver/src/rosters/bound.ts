/**
 * Patterns for some cells (a person's week, or the column of a day), each with what it costs: `values` are patterns × slots. Costs are
 * moved between rows and columns, so that what a whole roster costs never changes, and what each can cost at least rises.
 */
export type Factor = {
  readonly slots: number;
  count: number;
  values: Uint8Array;
  costs: Float64Array;
};

/** Rows share the cell (row, column) as their slot `column`, columns as their slot `row`. */
export type Grid = { readonly rows: readonly Factor[]; readonly columns: readonly Factor[]; readonly kinds: number };

/** Costs are whole; sums of the parts into which they were cut may miss by less than this. */
export const EPSILON = 1e-4;

const SWEEPS_MAX = 400;
/** A sweep that raises the bound by less is the last but `PATIENCE`. */
const RISE_MIN = 0.02;
const PATIENCE = 12;

/**
 * Raises the bound by moving costs (max-product diffusion: Globerson and Jaakkola, 2007) and drops patterns that no roster cheaper
 * than `below` can have. Returns the bound: no roster that remains costs less. Infinity when none remains.
 */
export function raiseBound(grid: Grid, below: number): number {
  let bound = boundOf(grid);
  let patience = PATIENCE;
  for (let sweep = 0; sweep < SWEEPS_MAX && patience > 0; sweep++) {
    for (let row = 0; row < grid.rows.length; row++) balance(grid, row);
    const risen = boundOf(grid);
    if (risen > below - 1 + EPSILON) return Infinity;
    if (risen - bound < RISE_MIN) patience--;
    bound = risen;
    drop(grid, below - 1 + EPSILON - bound);
  }
  return bound;
}

const least = ({ costs, count }: Factor): number => {
  let min = Infinity;
  for (let i = 0; i < count; i++) if (costs[i]! < min) min = costs[i]!;
  return min;
};

const boundOf = ({ rows, columns }: Grid): number =>
  [...rows, ...columns].reduce((sum, factor) => sum + least(factor), 0);

/** What the cheapest pattern with each value at a slot costs more than the cheapest of all; Infinity for values that none has. */
function excessAt({ values, costs, slots, count }: Factor, slot: number, kinds: number): Float64Array {
  const excess = new Float64Array(kinds).fill(Infinity);
  for (let i = 0, at = slot; i < count; i++, at += slots) {
    const value = values[at]!;
    if (costs[i]! < excess[value]!) excess[value] = costs[i]!;
  }
  const min = Math.min(...excess);
  return excess.map((cost) => (cost === Infinity ? Infinity : cost - min));
}

/** Takes from every column what it can spare for this row, and gives back in equal parts what the row can spare then. */
function balance({ rows, columns, kinds }: Grid, row: number): void {
  const taker = rows[row]!;
  for (const [slot, column] of columns.entries()) shift(column, row, taker, slot, excessAt(column, row, kinds), 1);
  const spare = columns.map((_, slot) => excessAt(taker, slot, kinds));
  for (const [slot, column] of columns.entries()) shift(taker, slot, column, row, spare[slot]!, 1 / columns.length);
}

/** Moves a part of the excess by value from one factor's slot to another's; patterns with a value that the first never has are dropped. */
function shift(from: Factor, fromSlot: number, to: Factor, toSlot: number, excess: Float64Array, part: number): void {
  for (let i = 0, at = fromSlot; i < from.count; i++, at += from.slots)
    from.costs[i]! -= excess[from.values[at]!]! * part;
  for (let i = 0, at = toSlot; i < to.count; i++, at += to.slots) to.costs[i]! += excess[to.values[at]!]! * part;
  if (excess.includes(Infinity)) keepBelow(to, Infinity);
}

/** Drops patterns that cost more than the gap above the cheapest. */
function drop({ rows, columns }: Grid, gap: number): void {
  for (const factor of [...rows, ...columns]) keepBelow(factor, least(factor) + gap);
}

function keepBelow(factor: Factor, limit: number): void {
  const { slots, count, values, costs } = factor;
  let kept = 0;
  for (let i = 0; i < count; i++) {
    if (!(costs[i]! < limit)) continue;
    costs[kept] = costs[i]!;
    values.copyWithin(kept * slots, i * slots, (i + 1) * slots);
    kept++;
  }
  factor.count = kept;
}
