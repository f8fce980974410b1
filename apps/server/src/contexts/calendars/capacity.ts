import { DAY_MS, intersect, normalise, type Interval, type Zone } from "@hourwright/time";
import type { Unit } from "../../platform/db/database.ts";
import { availabilityInWindow, takenTime } from "../claims/public.ts";

const ROWS_MAX = 100_000;
const SUBJECTS_MAX = 100;

/** For each subject and local day: the minutes available, and how many of them are taken. Days without availability are left out. */
export async function capacityOf(
  unit: Unit,
  subjects: readonly string[],
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
  zone: Zone,
) {
  const asked = subjects.slice(0, SUBJECTS_MAX);
  const available = Map.groupBy(await availabilityInWindow(unit, asked, fromMs, toMs), ({ subjectId }) => subjectId);
  const taken = Map.groupBy(await takenTime(unit, asked, fromMs, toMs, ROWS_MAX), ({ subjectId }) => subjectId);
  return asked.flatMap((subjectId) => {
    const open = normalise((available.get(subjectId) ?? []).map(({ startMs, endMs }) => ({ startMs, endMs })));
    const busy = intersect(
      open,
      normalise((taken.get(subjectId) ?? []).map(({ startMs, endMs }) => ({ startMs, endMs }))),
    );
    const busyByDay = minutesByDay(busy, zone);
    return [...minutesByDay(open, zone)].map(([day, availableMinutes]) => ({
      subjectId,
      day,
      availableMinutes,
      busyMinutes: busyByDay.get(day) ?? 0,
    }));
  });
}

function minutesByDay(intervals: readonly Interval[], zone: Zone): Map<string, number> {
  const minutes = new Map<string, number>();
  for (const { startMs, endMs } of intervals) {
    for (let fromMs = startMs; fromMs < endMs;) {
      const dayMs = Math.floor(zone.toLocalMs(fromMs) / DAY_MS) * DAY_MS;
      const untilMs = Math.min(endMs, zone.toEpochMs(dayMs + DAY_MS));
      const day = Temporal.Instant.fromEpochMilliseconds(dayMs).toString().slice(0, 10);
      minutes.set(day, (minutes.get(day) ?? 0) + Math.round((untilMs - fromMs) / 60_000));
      fromMs = untilMs;
    }
  }
  return minutes;
}
