import { readObject } from "@hourwright/ical";
import { derive, type Derived, type DeriveFacts } from "./derive.ts";

/** An object as it is staged: its floating times are read in `floatingZone`, else in the calendar's. */
export type ToDerive = { readonly bytes: Uint8Array; readonly floatingZone: string | null };

/** Derives the objects of one import chunk on a compute thread; null where the bytes hold no object. */
export async function* deriveTask({
  objects,
  facts,
}: {
  readonly objects: readonly ToDerive[];
  readonly facts: DeriveFacts;
}): AsyncGenerator<never, (Derived | null)[]> {
  return objects.map(({ bytes, floatingZone }) => {
    const object = readObject(bytes);
    return object === null ? null : derive(object, { ...facts, floatingZone });
  });
}
