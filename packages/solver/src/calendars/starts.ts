import { comfortKept, type World } from "@hourwright/conflict";
import { MINUTE_MS, type Interval } from "@hourwright/time";
import type { PlannedSubject, PlannedThing } from "./plan.ts";

/** Things move by so much. Zones are offset from UTC by quarters of an hour, so that it is a quarter on every clock. */
export const RASTER_MS = 15 * MINUTE_MS;

/**
 * When a thing may begin, ascending: where it begins now, and each quarter of an hour at which it lies within its bounds and suits
 * everybody whom it takes as well as now (`comfortKept`: who is within their hours stays within them).
 */
export function startsOf(
  thing: PlannedThing,
  subjects: readonly PlannedSubject[],
  window: Interval,
  { zone }: World,
): Float64Array {
  const lengthMs = thing.endMs - thing.startMs;
  const fromMs = Math.max(window.startMs, thing.earliestMs ?? -Infinity);
  const toMs = Math.min(window.endMs, thing.latestMs ?? Infinity) - lengthMs;
  const hours = thing.takes.flatMap(({ subject }) => {
    const { open: own } = subjects[subject]!;
    return own === null ? [] : [own];
  });
  const suits = comfortKept(hours, thing.startMs, thing.endMs, zone);
  const starts: number[] = [];
  let isIn = false;
  for (let ms = Math.ceil(fromMs / RASTER_MS) * RASTER_MS; ms <= toMs; ms += RASTER_MS) {
    if (!isIn && ms >= thing.startMs) {
      starts.push(thing.startMs);
      isIn = true;
    }
    if (ms !== thing.startMs && suits(ms, ms + lengthMs)) starts.push(ms);
  }
  if (!isIn) starts.push(thing.startMs);
  return Float64Array.from(starts).sort();
}
