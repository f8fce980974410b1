import { useMemo } from "react";
import { dateOf } from "@hourwright/time";
import type { YearShape } from "@hourwright/timeline";
import { wallClockOf, wallMs } from "../data/wall-clock.ts";

const DAY_MS = 86_400_000;

export type Today = { readonly year: number; readonly epochDay: number; readonly minute: number };

/** Today and its minute, on the wall of the organisation. */
export function useToday(zone: string, nowAt: number): Today {
  return useMemo(() => {
    const year = dateOf(Math.floor(nowAt / DAY_MS)).year;
    const wall = wallMs(wallClockOf(zone, year), nowAt);
    const epochDay = Math.floor(wall / DAY_MS);
    return { year: dateOf(epochDay).year, epochDay, minute: Math.floor(wall / 60_000) - epochDay * 1440 };
  }, [zone, nowAt]);
}

/** The present moment within a year; null in another. */
export function nowIn(shape: YearShape, today: Today): { day: number; minute: number } | null {
  if (today.year !== shape.year) return null;
  return { day: today.epochDay - shape.firstEpochDay, minute: today.minute };
}
