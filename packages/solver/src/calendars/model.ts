import type { Model } from "../constraint.ts";
import type { Counts } from "./counts.ts";
import type { Layout } from "./layout.ts";
import { openSheet, type Counted } from "./sheet.ts";

/** Calendars at work. All that constraints count is counted together, once for each change that is looked at. */
export type CalendarModel = Model & {
  /** What each count changes by when a variable goes from its value to another. Only lent. */
  change(variable: number, to: number): readonly number[];
  /** Whether a variable at a value would share time with something on one of its timelines. */
  meets(variable: number, value: number): boolean;
  /** Each count now, counted from the beginning. */
  full(): readonly number[];
  /** Every cell of a sheet as it is now, counted from the beginning. */
  cells(sheet: number): readonly Counted[];
};

export function calendarModel(layout: Layout, counts: Counts, values: Int32Array): CalendarModel {
  const current = values.slice();
  const sheets = counts.sheets.map((sheet) => openSheet(layout, sheet, values));
  const total: number[] = Array.from({ length: counts.size }, () => 0);
  const last = { variable: -1, to: -1 };
  let full: readonly number[] | null = null;

  return {
    values: current,
    assign(variable, value) {
      const from = current[variable]!;
      current[variable] = value;
      for (const sheet of sheets) sheet.assigned(variable, from, value);
      last.variable = -1;
      full = null;
    },
    change(variable, to) {
      if (last.variable === variable && last.to === to) return total;
      const from = current[variable]!;
      const [before, after] = [counts.aloneAt(variable, from), counts.aloneAt(variable, to)];
      for (let i = 0; i < total.length; i++) total[i] = i < after.length ? after[i]! - before[i]! : 0;
      let at = counts.alone;
      for (const sheet of sheets) {
        sheet.change(variable, from, to, total, at);
        at += sheet.counts;
      }
      last.variable = variable;
      last.to = to;
      return total;
    },
    meets: (variable, value) => sheets[0]!.meets(variable, value),
    full: () => (full ??= countAll()),
    cells: (sheet) => counts.cellsAt(current)[sheet]!,
  };

  function countAll(): readonly number[] {
    const all = Array.from({ length: counts.size }, () => 0);
    for (let variable = 0; variable < current.length; variable++)
      counts.aloneAt(variable, current[variable]!).forEach((units, i) => (all[i]! += units));
    let at = counts.alone;
    const cells = counts.cellsAt(current);
    for (const [i, sheet] of sheets.entries()) {
      for (const { units } of cells[i]!) units.forEach((each, place) => (all[at + place]! += each));
      at += sheet.counts;
    }
    return all;
  }
}
