import { byStart } from "@hourwright/conflict";
import { AssertionError } from "@hourwright/std";
import type { Placed } from "./day.ts";
import { cellAt, lastCellSeeing, seenIn, type Frame } from "./frame.ts";
import { placedAt, startMsOf, type Layout } from "./layout.ts";

/** What a cell of one subject counts, from what is taken in it by start. Fills `units` from 0 on; all are 0 before. */
export type Judge = (cell: { subject: number; cell: number }, taken: readonly Placed[], units: number[]) => void;

/** A frame with its judge, which counts `counts` things in each cell of each involved subject. */
export type Sheet = {
  readonly frame: Frame;
  readonly counts: number;
  /** So many times 0: what a cell counts before it is judged. */
  readonly none: readonly number[];
  readonly judge: Judge;
  /** What stays, by involved subject × cells + cell. */
  readonly fixed: readonly (readonly Placed[])[];
};

export const sheetOf = (layout: Layout, frame: Frame, counts: number, judge: Judge): Sheet => ({
  frame,
  counts,
  none: Array.from({ length: counts }, () => 0),
  judge,
  fixed: fixedByCell(layout, frame),
});

/** A cell with what is taken in it by start, which variables are in it, and what it counts. */
export type Counted = {
  readonly subject: number;
  readonly cell: number;
  readonly taken: readonly Placed[];
  readonly variables: readonly number[];
  readonly units: readonly number[];
};

/**
 * Cells at work: who moves in which of them now. A cell is judged again only when what is in it has never stood so before, or long
 * ago: what it counted is remembered under a hash of what moves in it.
 */
export type OpenSheet = {
  readonly counts: number;
  /** Adds to `total`, from `at` on, what changes when a variable goes from value to value. */
  change(variable: number, from: number, to: number, total: number[], at: number): void;
  assigned(variable: number, from: number, to: number): void;
  /** Whether a variable at a value would share time with anything that it conflicts with. */
  meets(variable: number, value: number): boolean;
};

/** Counts remembered in one sheet: about 20 MB. When they are full all go. */
const REMEMBERED_MAX = 60_000;

export function openSheet(layout: Layout, sheet: Sheet, values: Int32Array): OpenSheet {
  const { variables } = layout;
  const { frame, counts, fixed } = sheet;
  const current = values.slice();
  const size = fixed.length;
  const moving = movingByCell(layout, frame, values);
  const [high, low] = [new Int32Array(size), new Int32Array(size)];
  const now: (readonly number[] | undefined)[] = Array.from({ length: size });
  const known: (Map<number, readonly number[]> | undefined)[] = Array.from({ length: size });
  let remembered = 0;
  moving.forEach((list, at) => {
    for (const variable of list) hash(at, variable, current[variable]!);
  });
  const eachCell = (variable: number, value: number, visit: (at: number) => void): void =>
    visitCells(layout, frame, variable, value, visit);

  function hash(at: number, variable: number, value: number): void {
    high[at]! ^= mixed(variable, value, 0x5bd1e995);
    low[at]! ^= mixed(variable, value, 0x2545f491);
  }

  /** What a cell would count without one variable (-1: with all), and with one at a value. */
  function unitsWith(at: number, gone: number, come: number, value: number): readonly number[] {
    let [hi, lo] = [high[at]!, low[at]!];
    if (gone >= 0) {
      hi ^= mixed(gone, current[gone]!, 0x5bd1e995);
      lo ^= mixed(gone, current[gone]!, 0x2545f491);
    }
    if (come >= 0) {
      hi ^= mixed(come, value, 0x5bd1e995);
      lo ^= mixed(come, value, 0x2545f491);
    }
    const key = (hi & 0x1fffff) * 2 ** 32 + (lo >>> 0);
    const ofCell = (known[at] ??= new Map());
    let units = ofCell.get(key);
    if (units !== undefined) return units;
    const taken = fixed[at]!.slice();
    for (const variable of moving[at]!)
      if (variable !== gone) taken.push(placedIn(layout, frame, at, variable, current[variable]!));
    if (come >= 0) taken.push(placedIn(layout, frame, at, come, value));
    units = judged(layout, sheet, at, taken);
    if (++remembered > REMEMBERED_MAX) {
      known.fill(undefined);
      remembered = 1;
    }
    (known[at] ??= new Map()).set(key, units);
    return units;
  }

  const unitsNow = (at: number): readonly number[] => (now[at] ??= unitsWith(at, -1, -1, 0));
  const left: number[] = [];
  const joined: number[] = [];

  return {
    counts,
    change(variable, from, to, total, place) {
      left.length = 0;
      joined.length = 0;
      eachCell(variable, from, (at) => left.push(at));
      eachCell(variable, to, (at) => joined.push(at));
      for (const at of left) add(at, variable, joined.includes(at) ? variable : -1);
      for (const at of joined) if (!left.includes(at)) add(at, -1, variable);

      function add(at: number, gone: number, come: number): void {
        const before = unitsNow(at);
        const after = unitsWith(at, gone, come, to);
        if (before === after) return;
        for (let i = 0; i < counts; i++) total[place + i]! += after[i]! - before[i]!;
      }
    },
    assigned(variable, from, to) {
      eachCell(variable, from, (at) => {
        const list = moving[at]!;
        list.splice(list.indexOf(variable), 1);
        hash(at, variable, from);
        now[at] = undefined;
      });
      current[variable] = to;
      eachCell(variable, to, (at) => {
        moving[at]!.push(variable);
        hash(at, variable, to);
        now[at] = undefined;
      });
    },
    meets(variable, value) {
      const { lengthMs, thing, takes, choices } = variables[variable]!;
      const startMs = startMsOf(variables[variable]!, value);
      const endMs = startMs + lengthMs;
      const [first, last] = [cellAt(frame, startMs), lastCellSeeing(frame, endMs)];
      for (const { subject } of takes[value % choices]!) {
        const row = layout.rowOf[subject]! * frame.cells;
        for (let at = row + first; at <= row + last; at++) {
          for (const each of fixed[at]!)
            if (each.startMs < endMs && each.endMs > startMs && each.event !== thing.event) return true;
          for (const other of moving[at]!) {
            if (other === variable || variables[other]!.thing.event === thing.event) continue;
            const otherMs = startMsOf(variables[other]!, current[other]!);
            if (otherMs < endMs && otherMs + variables[other]!.lengthMs > startMs) return true;
          }
        }
      }
      return false;
    },
  };
}

/** Every cell of every involved subject as it is at some values, counted from the beginning. */
export function countSheet(layout: Layout, sheet: Sheet, values: Int32Array): Counted[] {
  const { frame, fixed } = sheet;
  return movingByCell(layout, frame, values).map((variables, at) => {
    const taken = [
      ...fixed[at]!,
      ...variables.map((variable) => placedIn(layout, frame, at, variable, values[variable]!)),
    ];
    const units = judged(layout, sheet, at, taken);
    const subject = layout.involved[Math.floor(at / frame.cells)]!;
    return { subject, cell: at % frame.cells, taken, variables, units };
  });
}

function judged(layout: Layout, { frame, none, judge }: Sheet, at: number, taken: Placed[]): readonly number[] {
  const units = none.slice();
  const subject = layout.involved[Math.floor(at / frame.cells)]!;
  judge({ subject, cell: at % frame.cells }, sorted(taken), units);
  return units;
}

/** By start, in place. What stays is in order, and a few come after it: insertion is several times faster here than `sort`. */
function sorted(taken: Placed[]): Placed[] {
  for (let i = 1; i < taken.length; i++) {
    const each = taken[i]!;
    let at = i;
    for (; at > 0 && byStart(taken[at - 1]!, each) > 0; at--) taken[at] = taken[at - 1]!;
    taken[at] = each;
  }
  return taken;
}

function placedIn({ variables, involved }: Layout, frame: Frame, at: number, variable: number, value: number): Placed {
  const movable = variables[variable]!;
  const subject = involved[Math.floor(at / frame.cells)]!;
  for (const take of movable.takes[value % movable.choices]!)
    if (take.subject === subject) return placedAt(movable, value, take.how);
  throw new AssertionError(`thing ${variable} does not take subject ${subject}`);
}

/** The cells in which a variable at a value is, on the timeline of each subject that it takes. */
function visitCells(
  { variables, rowOf }: Layout,
  frame: Frame,
  variable: number,
  value: number,
  visit: (at: number) => void,
): void {
  const movable = variables[variable]!;
  const startMs = startMsOf(movable, value);
  const [first, last] = [cellAt(frame, startMs), lastCellSeeing(frame, startMs + movable.lengthMs)];
  for (const { subject } of movable.takes[value % movable.choices]!) {
    const row = rowOf[subject]! * frame.cells;
    for (let cell = first; cell <= last; cell++) visit(row + cell);
  }
}

function movingByCell(layout: Layout, frame: Frame, values: Int32Array): number[][] {
  const lists: number[][] = Array.from({ length: layout.involved.length * frame.cells }, () => []);
  for (let variable = 0; variable < values.length; variable++)
    visitCells(layout, frame, variable, values[variable]!, (at) => lists[at]!.push(variable));
  return lists;
}

/** What stays, by involved subject and cell. */
function fixedByCell({ involved, fixed }: Layout, frame: Frame): Placed[][] {
  const lists: Placed[][] = Array.from({ length: involved.length * frame.cells }, () => []);
  const end = seenIn(frame, frame.cells - 1).endMs;
  for (const [row, subject] of involved.entries()) {
    for (const placed of fixed[subject]!) {
      if (placed.startMs >= end || placed.endMs <= seenIn(frame, 0).startMs) continue;
      const last = lastCellSeeing(frame, placed.endMs);
      for (let cell = cellAt(frame, placed.startMs); cell <= last; cell++)
        lists[row * frame.cells + cell]!.push(placed);
    }
  }
  return lists.map(sorted);
}

/** A variable at a value as 32 bits that look like chance: exclusive or of them tells what is in a cell, in whatever order it came. */
function mixed(variable: number, value: number, salt: number): number {
  let bits = Math.imul(variable + 1, 0x9e3779b1) ^ Math.imul(value + 1, 0x85ebca6b) ^ salt;
  bits = Math.imul(bits ^ (bits >>> 16), 0x7feb352d);
  bits = Math.imul(bits ^ (bits >>> 15), 0x846ca68b);
  return bits ^ (bits >>> 16);
}
