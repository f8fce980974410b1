import { openByAvailability, patternOf, type Pattern } from "@hourwright/availability";
import { assert } from "@hourwright/std";
import { DAY_MS, findZone } from "@hourwright/time";
import type { DaySpan } from "./stack.ts";

// Opening times of a file as weeks and days, on a compute thread: its rules may take a million steps.

export type FileAsked = {
  readonly bytes: Uint8Array;
  readonly zone: string;
  readonly span: DaySpan;
  /** Days that stay closed, whatever the file says. */
  readonly closed: ReadonlySet<number>;
};

/** `openClosed`: days that stay closed and are open in the file. */
export type FileRead =
  | { readonly refused: string }
  | { readonly refused: null; readonly pattern: Pattern; readonly openClosed: readonly number[] };

// oxlint-disable-next-line require-yield -- a task hands out parts; this one has but its result
export async function* readAvailabilityTask(asked: FileAsked): AsyncGenerator<never, FileRead> {
  const zone = findZone(asked.zone);
  assert(zone !== null, `${asked.zone} is no zone`);
  const atDay = (day: number) => zone.toEpochMs(day * DAY_MS);
  const window = { startMs: atDay(asked.span.firstDay), endMs: atDay(asked.span.lastDay + 1) };
  const { open, refused } = openByAvailability(asked.bytes, window, zone);
  if (refused !== null) return { refused: refused.message };
  const openClosed = [...asked.closed].filter((day) =>
    open.some(({ startMs, endMs }) => startMs < atDay(day + 1) && atDay(day) < endMs),
  );
  return { refused: null, pattern: patternOf(open, zone, window, (day) => asked.closed.has(day)), openClosed };
}
