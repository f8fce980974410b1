import { loadOf, type Days, type OpenTime } from "@hourwright/capacity";
import { DAY_MS, type Interval, type Zone } from "@hourwright/time";
import type { Unit } from "../../platform/db/database.ts";
import { openTimeText, takenTime } from "../claims/public.ts";
import { openTimeFrom } from "../claims/pure.ts";

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
  const open = openTimeFrom([await openTimeText(unit, asked, fromMs, toMs)]);
  const taken = Map.groupBy(await takenTime(unit, asked, fromMs, toMs, ROWS_MAX), ({ subjectId }) => subjectId);
  const days = daysOf(fromMs, toMs, zone);
  return asked.flatMap((subjectId) => {
    const own = (taken.get(subjectId) ?? []).toSorted((one, other) => one.startMs - other.startMs);
    const columns = { subject: new Int32Array(own.length), ...columnsOf(own) };
    const { openMinutes, takenMinutes } = loadOf([columnsOf(open.get(subjectId) ?? [])], columns, days);
    return Array.from(openMinutes, (minutes, day) => ({
      subjectId,
      day: Temporal.Instant.fromEpochMilliseconds(zone.toLocalMs(days.startsMs[day]!)).toString().slice(0, 10),
      availableMinutes: Math.round(minutes),
      busyMinutes: Math.round(takenMinutes[day]!),
    })).filter(({ availableMinutes }) => availableMinutes > 0);
  });
}

function columnsOf(list: readonly Interval[]): OpenTime {
  return {
    startMs: Float64Array.from(list, ({ startMs }) => startMs),
    endMs: Float64Array.from(list, ({ endMs }) => endMs),
  };
}

/** The local days that a window touches; the first and the last are cut to it. */
function daysOf(fromMs: number, toMs: number, zone: Zone): Days {
  const starts = [fromMs];
  for (let day = Math.floor(zone.toLocalMs(fromMs) / DAY_MS) + 1; ; day++) {
    const startMs = zone.toEpochMs(day * DAY_MS);
    if (startMs >= toMs) break;
    if (startMs > starts.at(-1)!) starts.push(startMs);
  }
  return { startsMs: Float64Array.from([...starts, toMs]) };
}
