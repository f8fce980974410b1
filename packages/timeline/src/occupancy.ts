import { assert } from "@hourwright/std";

export const QUARTER_MS = 900_000;
export const QUARTERS_PER_DAY = 96;
/** The window of a day barcode, 07:00 to 19:00, in quarters of the day. */
export const BARCODE = { fromQuarter: 28, toQuarter: 76 } as const;

/**
 * How a zone's clocks ran: from `fromMs[i]` on (epoch ms, ascending), wall time is exact time plus `offsetMs[i]`.
 * The first entry holds for everything before it as well.
 */
export type WallClock = { readonly fromMs: readonly number[]; readonly offsetMs: readonly number[] };

/** Stretches of exact time in columns: `[startMs, endMs)` in epoch ms, sorted by start. */
export type Stretches = { readonly startMs: Float64Array; readonly endMs: Float64Array };

/** Quarter hours of consecutive local days: cell `day × 96 + quarter`, counted on the wall clock. */
export type Occupancy = {
  readonly days: number;
  /** How many stretches touch the quarter. */
  readonly touched: Uint16Array;
  /** Which stretch paints it: the earliest that touches it, or -1. */
  readonly owner: Int32Array;
};

const STRETCHES_MAX = 1_000_000;
/** A stretch longer than the table crosses at most the zone changes of some years: four a year is beyond any zone. */
const CHANGES_MAX = 64;

/**
 * Which quarter hours of the wall clock are touched, by how many stretches and first by whom [TL6], [TL7].
 *
 * A quarter is touched when they share any time. In the hour that a zone skips nothing can be touched; the hour
 * it repeats is one hour on the clock face, and a stretch counts there once. `firstEpochDay` is the first local day.
 * O(stretches + days × 96), however long the stretches.
 */
export function occupancy(stretches: Stretches, clock: WallClock, firstEpochDay: number, days: number): Occupancy {
  const { startMs, endMs } = stretches;
  assert(startMs.length === endMs.length, "every start needs its end");
  assert(startMs.length <= STRETCHES_MAX, `at most ${STRETCHES_MAX} stretches: ${startMs.length}`);
  assert(clock.fromMs.length > 0 && clock.fromMs.length <= CHANGES_MAX, `zone changes: ${clock.fromMs.length}`);
  assert(days >= 1 && days <= 366, `a table covers 1 to 366 days: ${days}`);

  const cells = days * QUARTERS_PER_DAY;
  if (startMs.length === 0) return { days, touched: new Uint16Array(cells), owner: new Int32Array(cells).fill(-1) };
  const table = new Table(cells);
  const originQuarter = firstEpochDay * QUARTERS_PER_DAY;
  const { fromMs, offsetMs } = clock;
  let first = 0; // The run of constant offset in which the stretch begins: stretches are sorted, so it only grows.
  for (let i = 0; i < startMs.length; i++) {
    const endsMs = endMs[i]!;
    let cursorMs = startMs[i]!;
    if (i > 0 && startMs[i - 1]! > cursorMs) assert(false, `stretch ${i} starts before the one in front of it`);
    while (first + 1 < fromMs.length && fromMs[first + 1]! <= cursorMs) first++;
    for (let run = first; cursorMs < endsMs; run++) {
      const untilMs = run + 1 < fromMs.length ? Math.min(endsMs, fromMs[run + 1]!) : endsMs;
      const from = Math.max(0, Math.floor((cursorMs + offsetMs[run]!) / QUARTER_MS) - originQuarter);
      const to = Math.min(cells, Math.ceil((untilMs + offsetMs[run]!) / QUARTER_MS) - originQuarter);
      if (from < to) table.add(i, from, to);
      cursorMs = untilMs;
    }
    table.closeStretch();
  }
  return { days, touched: table.counts(), owner: table.owner };
}

/** A maximal run of quarters of one day painted by the same stretch; quarters from 0 to 96, half-open. */
export type Tick = { readonly fromQuarter: number; readonly toQuarter: number; readonly owner: number };

/** The runs of a day between two quarters: what its barcode shows [TL8]. O(quarters). */
export function ticksOfDay(table: Occupancy, day: number, window: { fromQuarter: number; toQuarter: number }): Tick[] {
  const ticks: Tick[] = [];
  const base = day * QUARTERS_PER_DAY;
  let from = window.fromQuarter;
  while (from < window.toQuarter) {
    const owner = table.owner[base + from]!;
    let to = from + 1;
    while (to < window.toQuarter && table.owner[base + to] === owner) to++;
    if (owner >= 0) ticks.push({ fromQuarter: from, toQuarter: to, owner });
    from = to;
  }
  return ticks;
}

/** Counts by differences, owners by jumping over what is owned: both linear over a whole year. */
class Table {
  readonly owner: Int32Array;
  readonly #change: Int32Array;
  #openFrom = -1;
  #openTo = -1;
  /** The quarters owned last, without a gap: what comes by start begins in them or after, but for an hour that is repeated. */
  #ownedFrom = 0;
  #ownedTo = 0;

  constructor(cells: number) {
    this.owner = new Int32Array(cells).fill(-1);
    this.#change = new Int32Array(cells + 1);
  }

  /** Adds a piece of a stretch. Pieces that meet on the wall clock (a repeated hour) become one. */
  add(stretch: number, from: number, to: number): void {
    this.#own(stretch, from, to);
    if (this.#openFrom !== -1 && from <= this.#openTo && to >= this.#openFrom) {
      this.#openFrom = Math.min(this.#openFrom, from);
      this.#openTo = Math.max(this.#openTo, to);
      return;
    }
    this.closeStretch();
    this.#openFrom = from;
    this.#openTo = to;
  }

  closeStretch(): void {
    if (this.#openFrom === -1) return;
    this.#change[this.#openFrom]! += 1;
    this.#change[this.#openTo]! -= 1;
    this.#openFrom = -1;
  }

  counts(): Uint16Array {
    const touched = new Uint16Array(this.owner.length);
    let open = 0;
    for (let cell = 0; cell < touched.length; cell++) {
      open += this.#change[cell]!;
      touched[cell] = Math.min(open, 65_535);
    }
    return touched;
  }

  #own(stretch: number, from: number, to: number): void {
    for (let cell = from; cell < to; cell++) {
      if (cell >= this.#ownedFrom && cell < this.#ownedTo) cell = this.#ownedTo;
      if (cell < to && this.owner[cell] === -1) this.owner[cell] = stretch;
    }
    if (to < this.#ownedFrom) return; // A repeated hour, before what is owned.
    this.#ownedFrom = from > this.#ownedTo ? from : Math.min(this.#ownedFrom, from);
    this.#ownedTo = Math.max(this.#ownedTo, to);
  }
}
