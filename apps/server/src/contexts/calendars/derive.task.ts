import { readObject } from "@hourwright/ical";
import { deriveAhead, type KeptDates } from "./derive-ahead.ts";
import type { DeriveFacts } from "./derive.ts";

export type DeriveInput = {
  /** Objects as they are staged; their floating times are read in `floatingZone`, else in the calendar's. */
  readonly objects: readonly { readonly bytes: Uint8Array; readonly floatingZone: string | null }[];
  readonly facts: DeriveFacts;
  readonly nowMs: number;
  /** About so many rows are handed out together: what one short unit writes. */
  readonly rows: number;
};

/** What was derived of the objects from `from` on; null where the bytes hold no object. */
export type DerivedSlice = { readonly from: number; readonly derived: readonly (KeptDates | null)[] };

/** Rows of an object beside its dates and the time it takes. */
const ROWS_OF_AN_OBJECT = 5;

/** Derives objects of an import on a compute thread, and hands them out in slices of about as many rows. */
export async function* deriveTask({ objects, facts, nowMs, rows }: DeriveInput): AsyncGenerator<DerivedSlice, null> {
  let derived: (KeptDates | null)[] = [];
  let held = 0;
  for (const [i, { bytes, floatingZone }] of objects.entries()) {
    const object = readObject(bytes);
    const dates = object === null ? null : deriveAhead(object, { ...facts, floatingZone }, nowMs);
    const more = dates === null ? 0 : ROWS_OF_AN_OBJECT + dates.instances.length + dates.stretches.length;
    if (held > 0 && held + more > rows) {
      yield { from: i - derived.length, derived };
      derived = [];
      held = 0;
    }
    derived.push(dates);
    held += more;
  }
  if (derived.length > 0) yield { from: objects.length - derived.length, derived };
  return null;
}
