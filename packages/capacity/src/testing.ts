import * as fc from "fast-check";
import { dayOf, type Days } from "./days.ts";
import type { Load, Taken } from "./load.ts";
import type { OpenTime } from "./open-time.ts";

const MINUTE_MS = 60_000;

/** Days of 23, 24 and 25 hours, from the epoch on. */
export const anyDays: fc.Arbitrary<Days> = fc
  .array(fc.constantFrom(24, 24, 24, 23, 25), { minLength: 1, maxLength: 9 })
  .map((hours) => {
    const startsMs = new Float64Array(hours.length + 1);
    hours.forEach((count, day) => (startsMs[day + 1] = startsMs[day]! + count * 3_600_000));
    return { startsMs };
  });

/** Minutes away and open by turns: a few days, from some minutes on, also whole nights and days without any. */
export const anyMinutes = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 900 }), fc.integer({ min: 1, max: 900 })), { maxLength: 12 })
  .map((pairs) => pairs.flat());

/** What takes time of `subjects` people in some days, sorted by start; in whole minutes. */
export function anyTaken(subjects: number): fc.Arbitrary<Taken> {
  const one = fc.record({
    who: fc.integer({ min: 0, max: subjects - 1 }),
    from: fc.integer({ min: -600, max: 9 * 1440 }),
    minutes: fc.integer({ min: 0, max: 2_000 }),
  });
  return fc.array(one, { maxLength: 40 }).map((list) => {
    const sorted = list.toSorted((a, b) => a.from - b.from);
    return {
      subject: Int32Array.from(sorted, ({ who }) => who),
      startMs: Float64Array.from(sorted, ({ from }) => from * MINUTE_MS),
      endMs: Float64Array.from(sorted, ({ from, minutes }) => (from + minutes) * MINUTE_MS),
    };
  });
}

/** Every minute of every day looked at for every subject: the obvious count that judges `loadOf`. */
export function loadByCounting(open: readonly (OpenTime | null)[], taken: Taken, days: Days): Load {
  const count = days.startsMs.length - 1;
  const load = { openMinutes: new Float64Array(count), takenMinutes: new Float64Array(count) };
  for (let ms = days.startsMs[0]!; ms < days.startsMs[count]!; ms += MINUTE_MS) {
    const day = dayOf(days, ms);
    open.forEach((openTime, who) => {
      if (openTime === null || !isOpenAt(openTime, ms)) return;
      load.openMinutes[day]! += 1;
      if (isTakenAt(taken, who, ms)) load.takenMinutes[day]! += 1;
    });
  }
  return load;
}

export function isOpenAt({ startMs, endMs }: OpenTime, ms: number): boolean {
  return startMs.some((from, i) => from <= ms && ms < endMs[i]!);
}

function isTakenAt({ subject, startMs, endMs }: Taken, who: number, ms: number): boolean {
  return subject.some((each, i) => each === who && startMs[i]! <= ms && ms < endMs[i]!);
}
