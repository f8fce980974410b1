import { keyedHash } from "@hourwright/learn/pseudonym";
import type { Task } from "../../../platform/workers/pool.ts";
import type { PastDate } from "./read.ts";
import { historyRows, type DateRow } from "./rows.ts";

// The rows of a history on a thread: of tens of thousands of dates they take seconds.

export type RowsInput = {
  readonly dates: readonly PastDate[];
  /** Epoch days on which nobody works. */
  readonly holidays: readonly number[];
  /** Names people, by keyed hash. */
  readonly key: string;
  /** Rows of what began before are left out; what they tell of people is not. */
  readonly fromMs: number;
};

/** Rows handed out at once. */
const PART = 250;

/** How many there were. */
export async function* rowsTask({ dates, holidays, key, fromMs }: RowsInput): AsyncGenerator<DateRow[], number> {
  const rows = historyRows({ dates, who: keyedHash(key), holidays: new Set(holidays) });
  const asked = rows.filter(({ row }) => row.startMs >= fromMs);
  for (let from = 0; from < asked.length; from += PART) yield asked.slice(from, from + PART);
  return asked.length;
}

/** Hands out the rows by start, some hundred at a time. */
export const pastRows: Task<RowsInput, DateRow[], number> = {
  module: new URL("rows.task.ts", import.meta.url),
  name: "rowsTask",
};
