import { DAY_MS, HOUR_MS, MINUTE_MS, type Interval } from "@hourwright/time";
import type { Scene, Setting } from "../catalogue/check.ts";
import { likingOf } from "../liking.ts";
import { visitMeeting } from "../schedule.ts";
import type { Guest, TimeWish } from "./wish.ts";

/** The times that are looked at: `firstMs`, and so many more, `stepMs` apart. */
export type Starts = {
  readonly firstMs: number;
  readonly stepMs: number;
  readonly count: number;
  readonly lengthMs: number;
};

export function startsIn({ window, lengthMs, stepMs }: Pick<TimeWish, "window" | "lengthMs" | "stepMs">): Starts {
  const firstMs = Math.ceil(window.startMs / stepMs) * stepMs;
  const count = Math.max(0, Math.floor((window.endMs - lengthMs - firstMs) / stepMs) + 1);
  return { firstMs, stepMs, count, lengthMs };
}

export const startAt = ({ firstMs, stepMs }: Starts, at: number): number => firstMs + at * stepMs;

/** What is known of a start at once: bits. */
export const BUSY = 1;
export const OUTSIDE = 2;

/** At which starts a subject is busy with another event, or, where that is a hard rule for them, outside their hours. O(starts + takings). */
export function hindrancesOf(
  { index, subjectOf }: Scene,
  subject: number,
  starts: Starts,
  event: number,
  isBoundToHours: boolean,
): Uint8Array {
  const bits = new Uint8Array(starts.count);
  const { open } = subjectOf(subject);
  if (isBoundToHours && open !== null) {
    bits.fill(OUTSIDE);
    for (const { startMs, endMs } of joined(open)) {
      const from = Math.max(0, Math.ceil((startMs - starts.firstMs) / starts.stepMs));
      const to = Math.floor((endMs - starts.lengthMs - starts.firstMs) / starts.stepMs);
      for (let at = from; at <= to && at < starts.count; at++) bits[at] = 0;
    }
  }
  const { startMs, endMs, event: eventOf } = index.takings;
  const lastMs = startAt(starts, starts.count - 1) + starts.lengthMs;
  visitMeeting(index, subject, starts.firstMs, lastMs, (row) => {
    if (eventOf[row] === event) return false;
    const from = Math.max(0, Math.floor((startMs[row]! - starts.lengthMs - starts.firstMs) / starts.stepMs) + 1);
    const to = Math.ceil((endMs[row]! - starts.firstMs) / starts.stepMs) - 1;
    for (let at = from; at <= to && at < starts.count; at++) bits[at]! |= BUSY;
    return false;
  });
  return bits;
}

/** Stretches of which one ends when the next begins are one. */
function joined(open: readonly Interval[]): Interval[] {
  const all: Interval[] = [];
  for (const each of open) {
    const last = all.at(-1);
    if (last !== undefined && last.endMs >= each.startMs)
      all[all.length - 1] = { startMs: last.startMs, endMs: Math.max(last.endMs, each.endMs) };
    else all.push(each);
  }
  return all;
}

/** Whether a setting holds for a subject. */
export const holdsFor = ({ subjects }: Setting, subject: number): boolean => subjects === null || subjects.has(subject);

/** How much each start is liked, on average of those whose likings are known, each by their own clocks; 0 where nobody's are. */
export function likingsOf(
  guests: readonly Guest[],
  starts: Starts,
  zoneOf: (guest: Guest) => Scene["world"]["zone"],
): Float64Array {
  const liking = new Float64Array(starts.count);
  const known = guests.filter(({ likings }) => likings !== null);
  const byZone = Map.groupBy(known, zoneOf);
  for (const [zone, own] of byZone) {
    const mean = Array.from(
      { length: 168 },
      (_, hour) => own.reduce((sum, { likings }) => sum + likings![hour]!, 0) / known.length,
    );
    for (let at = 0; at < starts.count; at++) {
      const startMs = startAt(starts, at);
      liking[at]! += likingOf(mean, { startMs, endMs: startMs + starts.lengthMs }, zone);
    }
  }
  return liking;
}

/** 1 at each start whose time does not lie within a part of one day, by the clocks of `zone`. */
export function apartOf(starts: Starts, part: TimeWish["part"], zone: Scene["world"]["zone"]): Uint8Array {
  const apart = new Uint8Array(starts.count);
  if (part === undefined) return apart;
  for (let at = 0; at < starts.count; at++) {
    const startMs = startAt(starts, at);
    const localMs = zone.toLocalMs(startMs);
    const dayMs = Math.floor(localMs / DAY_MS) * DAY_MS;
    const isWithin =
      localMs - dayMs >= part.from * MINUTE_MS &&
      zone.toLocalMs(startMs + starts.lengthMs) - dayMs <= part.to * MINUTE_MS;
    apart[at] = isWithin ? 0 : 1;
  }
  return apart;
}

/** How round a start is on the clock: 0 on the hour, 1 half past, 2 else. */
export function roundnessOf(startMs: number, zone: Scene["world"]["zone"]): number {
  const pastMs = zone.toLocalMs(startMs) % HOUR_MS;
  return pastMs === 0 ? 0 : pastMs === HOUR_MS / 2 ? 1 : 2;
}
