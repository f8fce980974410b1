import { reliefOf } from "@hourwright/capacity";
import type { DayLoad } from "../features/year/day-panel.tsx";
import type { YearLoad } from "../features/year/load.ts";

/** What the inspector says of a day's load; null until it is known. `day` counts from the first of the year. */
export function loadOfDay(
  { load, thresholds, ribbons, focusOfDay }: YearLoad,
  firstEpochDay: number,
  day: number,
  pastBefore: number,
): DayLoad | null {
  if (load === null || thresholds === null) return null;
  const isPast = day < pastBefore;
  const relief = isPast ? null : reliefOf(load, thresholds, day, pastBefore);
  const to = relief === null || relief.to === null ? null : firstEpochDay + relief.to;
  return {
    ribbon: ribbons[day] ?? null,
    isPast,
    focus: focusOfDay[day] ?? [],
    relief: relief === null ? null : { minutes: relief.minutes, to },
  };
}
