import { readObject } from "@hourwright/ical";
import { deriveAhead, type KeptDates } from "./derive-ahead.ts";
import type { DeriveFacts } from "./derive.ts";

/** An object as it is staged: its floating times are read in `floatingZone`, else in the calendar's. */
export type ToDerive = { readonly bytes: Uint8Array; readonly floatingZone: string | null };

/** Derives the objects of one import chunk on a compute thread; null where the bytes hold no object. */
export async function* deriveTask({
  objects,
  facts,
  nowMs,
}: {
  readonly objects: readonly ToDerive[];
  readonly facts: DeriveFacts;
  readonly nowMs: number;
}): AsyncGenerator<never, (KeptDates | null)[]> {
  return objects.map(({ bytes, floatingZone }) => {
    const object = readObject(bytes);
    return object === null ? null : deriveAhead(object, { ...facts, floatingZone }, nowMs);
  });
}
