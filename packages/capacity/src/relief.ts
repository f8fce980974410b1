import type { Thresholds } from "./level.ts";
import { partOf, type Load } from "./load.ts";

/** What would bring a day under its limit: minutes to move away, and the day near by that has most room for them. */
export type Relief = { readonly minutes: number; readonly to: number | null };

const STEP_MINUTES = 5;
/** Nobody moves a Tuesday's work to next month. */
const DAYS_AWAY_MAX = 14;

/**
 * How a day over the limit gets under it [CP9]: the fewest minutes (in fives) that have to leave it, and of the days within
 * two weeks, none before `from`, the emptiest that stays below full with them; null when there is none. Null for a day that
 * is not over. Days by number, minutes summed over the people of the load. O(1).
 */
export function reliefOf(load: Load, thresholds: Thresholds, day: number, from: number): Relief | null {
  const part = partOf(load, day);
  if (part === null || part < thresholds.over) return null;
  const over = load.takenMinutes[day]! - thresholds.over * load.openMinutes[day]!;
  const minutes = (Math.floor(over / STEP_MINUTES) + 1) * STEP_MINUTES;
  let best: { readonly day: number; readonly part: number } | null = null;
  const last = Math.min(load.openMinutes.length - 1, day + DAYS_AWAY_MAX);
  for (let other = Math.max(0, from, day - DAYS_AWAY_MAX); other <= last; other++) {
    const open = load.openMinutes[other]!;
    if (other === day || open === 0) continue;
    const then = (load.takenMinutes[other]! + minutes) / open;
    if (then < thresholds.full && (best === null || then < best.part)) best = { day: other, part: then };
  }
  return { minutes, to: best?.day ?? null };
}
