import type { Found } from "./detect.ts";
import { kinds } from "./kinds.ts";
import { dayAndSpanText, lengthText, spanText } from "./words.ts";

/** One side of a conflict as it is told: what it is called, and when it is. */
export type Side = { readonly title: string; readonly startMs: number; readonly endMs: number };

/** A conflict in one sentence: who, what, when, which rule. Times are shown in `zone`. */
export function explanationOf(
  { kind, startMs, endMs }: Pick<Found, "kind" | "startMs" | "endMs">,
  subjects: readonly string[],
  { first, second, zone }: { readonly first: Side; readonly second: Side; readonly zone: string },
): string {
  const told = (side: Side) => ({ title: side.title, time: spanText(side.startMs, side.endMs, zone) });
  return kinds[kind].explain({
    subjects,
    first: told(first),
    second: told(second),
    shared: dayAndSpanText(startMs, endMs, zone),
    length: lengthText(endMs - startMs),
  });
}
