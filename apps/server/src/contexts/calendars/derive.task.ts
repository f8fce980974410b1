import { readObject } from "@hourwright/ical";
import { derive, type Derived, type DeriveFacts } from "./derive.ts";

/** Derives the objects of one import chunk on a compute thread; null where the bytes hold no object. */
export async function* deriveTask({
  objects,
  facts,
}: {
  readonly objects: readonly Uint8Array[];
  readonly facts: DeriveFacts;
}): AsyncGenerator<never, (Derived | null)[]> {
  return objects.map((bytes) => {
    const object = readObject(bytes);
    return object === null ? null : derive(object, facts);
  });
}
