import { DAY_MS, startOfWeek, type Interval } from "@hourwright/time";
import { minutesOf, stretchAt, type Stretch, type Unified } from "./unify.ts";
import { dayText } from "./text.ts";

/** In and out by the clock; who is still in has no end. Breaks that are not paid are clocked out of. */
export type Clocked = { readonly id: string; readonly startMs: number; readonly endMs: number | null };

/** An approved correction: `of` a pair, or (null) of one that was forgotten; without time the pair did not happen. Later ones win. */
export type Correction = { readonly of: string | null; readonly time: Interval | null };

/** Minutes of a day are rounded once, after they were added up. */
export type Rounding = { readonly toMinutes: number; readonly how: "nearest" | "up" | "down" };

/** Work beyond so many minutes of a day, or of a week from Monday; null where there is none. */
export type OvertimeRule = { readonly dailyMinutes: number | null; readonly weeklyMinutes: number | null };

/**
 * One day of an account, in minutes. `planned`: work that stands in the schedule, paid. `credited`: paid absence and public
 * holidays. `overtime` is part of `worked`; what the week has beyond that of its days stands on its last day of work.
 */
export type AccountDay = {
  readonly day: number;
  readonly planned: number;
  readonly credited: number;
  readonly worked: number;
  readonly overtime: number;
};

export const CLOCKED_MAX = 20_000;

/** Pairs as corrected, in order of time, and what is wrong with them [TA1] [TA2]. O(n log n). */
export function correctedOf(
  clocked: readonly Clocked[],
  corrections: readonly Correction[],
  dayOfMs: (ms: number) => number,
): { readonly worked: readonly Interval[]; readonly faults: readonly string[] } {
  if (clocked.length + corrections.length > CLOCKED_MAX)
    return { worked: [], faults: [`There may be ${CLOCKED_MAX} pairs and corrections.`] };
  const byId = new Map<string, { startMs: number; endMs: number | null } | null>(
    clocked.map(({ id, startMs, endMs }) => [id, { startMs, endMs }]),
  );
  const added = corrections.flatMap(({ of, time }) => (of === null && time !== null ? [time] : []));
  for (const { of, time } of corrections) if (of !== null) byId.set(of, time);
  const all = [...[...byId.values()].filter((time) => time !== null), ...added];
  const sorted = all.toSorted((one, other) => one.startMs - other.startMs);
  const worked: Interval[] = [];
  const faults: string[] = [];
  for (const { startMs, endMs } of sorted) {
    const on = dayText(dayOfMs(startMs));
    const before = worked.at(-1);
    if (endMs === null) faults.push(`Clocked in on ${on} and never out: it counts when it is corrected.`);
    else if (endMs <= startMs) faults.push(`Clocked out before in on ${on}: it counts when it is corrected.`);
    else if (endMs - startMs > DAY_MS)
      faults.push(`In for more than a day from ${on} on: it counts when it is corrected.`);
    else if (before !== undefined && before.endMs > startMs) {
      faults.push(`Clocked in twice on ${on}: the time counts once.`);
      worked[worked.length - 1] = { startMs: before.startMs, endMs: Math.max(before.endMs, endMs) };
    } else worked.push({ startMs, endMs });
  }
  return { worked, faults };
}

/** The account of the days of a schedule, each day of the window once [TA3] to [TA5]. Linear, but for finding the stretch in which somebody came. */
export function accountOf(
  unified: Unified,
  worked: readonly Interval[],
  rounding: Rounding,
  overtime: OvertimeRule,
): AccountDay[] {
  const planned = sumsOf(unified.stretches, ({ isPaid, kind }) => isPaid && (kind === "work" || kind === "break"));
  const credited = sumsOf(
    unified.stretches,
    ({ isPaid, kind }) => isPaid && (kind === "absence" || kind === "holiday"),
  );
  const clocked = new Map<number, number>();
  for (const time of worked) {
    const day = workDayOf(unified, time.startMs);
    clocked.set(day, (clocked.get(day) ?? 0) + minutesOf(time));
  }
  const days = Array.from({ length: unified.toDay - unified.fromDay }, (_, i) => {
    const day = unified.fromDay + i;
    const minutes = rounded(clocked.get(day) ?? 0, rounding);
    const beyond = overtime.dailyMinutes === null ? 0 : Math.max(0, minutes - overtime.dailyMinutes);
    return { day, planned: planned.get(day) ?? 0, credited: credited.get(day) ?? 0, worked: minutes, overtime: beyond };
  });
  return overtime.weeklyMinutes === null ? days : withWeeks(days, overtime.weeklyMinutes);
}

/** The day of the shift in which somebody came, else the day of the wall. */
function workDayOf(unified: Unified, ms: number): number {
  const stretch = stretchAt(unified, ms);
  if (stretch?.shift !== undefined && stretch.shift !== null) return stretch.day;
  return Math.floor(unified.zone.toLocalMs(ms) / DAY_MS);
}

function sumsOf(stretches: readonly Stretch[], counts: (stretch: Stretch) => boolean): Map<number, number> {
  const sums = new Map<number, number>();
  for (const stretch of stretches)
    if (counts(stretch)) sums.set(stretch.day, (sums.get(stretch.day) ?? 0) + minutesOf(stretch));
  return sums;
}

/** Halves are rounded up. */
export function rounded(minutes: number, { toMinutes, how }: Rounding): number {
  const parts = minutes / toMinutes;
  const whole = how === "up" ? Math.ceil(parts) : how === "down" ? Math.floor(parts) : Math.floor(parts + 0.5);
  return whole * toMinutes;
}

/** A week's overtime is the larger of its own and that of its days: no minute counts twice. */
function withWeeks(days: readonly AccountDay[], weeklyMinutes: number): AccountDay[] {
  const weeks = new Map<number, { worked: number; overtime: number; last: number }>();
  for (const [i, { day, worked, overtime }] of days.entries()) {
    const key = startOfWeek(day, 1);
    const before = weeks.get(key) ?? { worked: 0, overtime: 0, last: i };
    const last = worked > 0 ? i : before.last;
    weeks.set(key, { worked: before.worked + worked, overtime: before.overtime + overtime, last });
  }
  const more = new Map([...weeks.values()].map((week) => [week.last, week.worked - weeklyMinutes - week.overtime]));
  return days.map((day, i) => ({ ...day, overtime: day.overtime + Math.max(0, more.get(i) ?? 0) }));
}
