import { NIGHT, type Stretch } from "@hourwright/schedule";
import { DAY_MS, MINUTE_MS, startOfWeek, weekdayOf, type Interval, type Zone } from "@hourwright/time";
import { standingIn } from "../draft.ts";

/** How often somebody worked at times that are shared out [PL6]. */
export type FairCounts = {
  readonly nights: number;
  readonly weekends: number;
  readonly holidays: number;
  readonly unpopular: number;
};

export type FairKind = keyof FairCounts;
export const FAIR_KINDS: readonly FairKind[] = ["nights", "weekends", "holidays", "unpopular"];

export type FairQuestion = {
  readonly zone: Zone;
  readonly isHoliday: (day: number) => boolean;
  /** In lower case. */
  readonly unpopular: ReadonlySet<string>;
};

/** What a shift counts as. `weekend`: the Monday before it; null: none. */
export type FairShift = {
  readonly isNight: boolean;
  readonly weekend: number | null;
  readonly isHoliday: boolean;
  readonly isUnpopular: boolean;
};

export const NO_COUNTS: FairCounts = { nights: 0, weekends: 0, holidays: 0, unpopular: 0 };

/** Of a shift that begins on a day and is worked from when to when [PL6]. */
export function fairShift(
  name: string,
  day: number,
  spans: readonly Interval[],
  { zone, isHoliday, unpopular }: FairQuestion,
): FairShift {
  return {
    isNight: isNightWork(day, spans, zone),
    weekend: weekdayOf(day) >= 6 ? startOfWeek(day, 1) : null,
    isHoliday: isHoliday(day),
    isUnpopular: unpopular.has(name.toLowerCase()),
  };
}

/** More than two hours between 23:00 and 06:00 of any night. */
function isNightWork(day: number, spans: readonly Interval[], zone: Zone): boolean {
  for (let night = day - 1; night <= day + 1; night++) {
    const fromMs = zone.toEpochMs(night * DAY_MS + NIGHT.fromMinute * MINUTE_MS);
    const toMs = zone.toEpochMs(night * DAY_MS + NIGHT.toMinute * MINUTE_MS);
    let ms = 0;
    for (const { startMs, endMs } of spans) ms += Math.max(0, Math.min(endMs, toMs) - Math.max(startMs, fromMs));
    if (ms > NIGHT.moreThanMinutes * MINUTE_MS) return true;
  }
  return false;
}

/** How often somebody works so, of the shifts that begin on some days (half-open) and stand in their schedule. Linear. */
export function fairCounts(
  stretches: readonly Stretch[],
  { fromDay, toDay }: { readonly fromDay: number; readonly toDay: number },
  question: FairQuestion,
): FairCounts {
  let [nights, holidays, unpopular] = [0, 0, 0];
  const weekends = new Set<number>();
  for (const { placed, spans } of standingIn(stretches)) {
    if (placed.day < fromDay || placed.day >= toDay || placed.shift.kind === "on-call") continue;
    const counts = fairShift(placed.shift.name, placed.day, spans, question);
    nights += Number(counts.isNight);
    holidays += Number(counts.isHoliday);
    unpopular += Number(counts.isUnpopular);
    if (counts.weekend !== null) weekends.add(counts.weekend);
  }
  return { nights, weekends: weekends.size, holidays, unpopular };
}
