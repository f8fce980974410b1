import { DAY_MS, startOfWeek, type Zone } from "@hourwright/time";
import type { SlotQuestion } from "./question.ts";

/** A limit that one more booking would break: `count` are there already, in the day, the week or the customer's days. */
export type LimitBreach = { readonly per: "day" | "week" | "customer"; readonly max: number; readonly count: number };

/** Tells of a start which limits it would break [SL12] to [SL14]. O(bookings) once, then O(1), or O(the customer's own). */
export function limitsOf({ rules, booked }: SlotQuestion): (startMs: number) => LimitBreach[] {
  const { zone, limits } = rules;
  const { perDay, perWeek, perCustomer } = limits;
  if (perDay === null && perWeek === null && perCustomer === null) return () => [];
  const days = booked.map(({ startMs }) => dayIn(zone, startMs));
  const inDay = countsOf(days);
  const inWeek = countsOf(days.map(weekOf));
  const ownDays = days.filter((_, i) => booked[i]!.byCustomer).toSorted((a, b) => a - b);
  return (startMs) => {
    const day = dayIn(zone, startMs);
    const breaches: LimitBreach[] = [];
    const tell = (per: LimitBreach["per"], count: number, max: number | null) => {
      if (max !== null && count >= max) breaches.push({ per, max, count });
    };
    tell("day", inDay.get(day) ?? 0, perDay);
    tell("week", inWeek.get(weekOf(day)) ?? 0, perWeek);
    if (perCustomer !== null) tell("customer", mostInDays(ownDays, day, perCustomer.days), perCustomer.count);
    return breaches;
  };
}

/** The day of an instant on the wall of a zone, as days since 1970-01-01. */
export function dayIn(zone: Zone, epochMs: number): number {
  return Math.floor(zone.toLocalMs(epochMs) / DAY_MS);
}

function weekOf(day: number): number {
  return startOfWeek(day, 1);
}

function countsOf(keys: readonly number[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

/**
 * How many of some starts lie within any `days` days on the wall that hold the day of `startMs` as well, at most [SL14]: of all
 * such stretches the fullest counts. O(starts²) of those around it.
 */
export function mostAround(startsMs: readonly number[], startMs: number, days: number, zone: Zone): number {
  const starts = startsMs.map((each) => dayIn(zone, each)).toSorted((a, b) => a - b);
  return mostInDays(starts, dayIn(zone, startMs), days);
}

/** Only stretches that begin on one of the sorted days, or on `day`, can hold the most. */
function mostInDays(sorted: readonly number[], day: number, length: number): number {
  const near = sorted.filter((each) => Math.abs(each - day) < length);
  const firsts = [...near.filter((each) => each <= day), day];
  return Math.max(...firsts.map((first) => near.filter((each) => each >= first && each < first + length).length));
}
