import { assert } from "@hourwright/std";

/** "08:30" as a minute of the day. */
export function minuteOf(clock: string): number {
  const [hours, minutes] = clock.split(":").map(Number);
  assert(hours !== undefined && minutes !== undefined && hours < 24 && minutes < 60, `no time of the day: "${clock}"`);
  return hours * 60 + minutes;
}
