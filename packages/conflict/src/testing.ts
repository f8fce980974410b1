import fc from "fast-check";
import { kindsOf, KIND_IDS } from "./kinds.ts";
import type { TakingRow } from "./schedule.ts";
export { seededMeeting } from "./find-time/testing.ts";

/** Rows over a few subjects and a short time, so that much of it meets; one row an occurrence and subject. */
export const takingRows: fc.Arbitrary<TakingRow[]> = fc
  .array(
    fc.record({
      event: fc.integer({ min: 0, max: 15 }),
      subjects: fc.uniqueArray(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 3 }),
      startMs: fc.integer({ min: 0, max: 60 }),
      lengthMs: fc.integer({ min: 1, max: 20 }),
      how: fc.constantFrom(1, 2, 3, 4),
    }),
    { maxLength: 25 },
  )
  .map((things) =>
    things.flatMap(({ event, subjects, startMs, lengthMs, how }, occurrence) =>
      subjects.map((subject) => ({ occurrence, event, subject, startMs, endMs: startMs + lengthMs, how })),
    ),
  );

/** Every pair of rows compared with every other: slow, obvious, and the judge of the sweep. */
export function detectSlowly(rows: readonly TakingRow[], fromMs: number, toMs: number): string[] {
  const found = new Map<string, Set<number>>();
  for (const a of rows) {
    for (const b of rows) {
      if (a.occurrence >= b.occurrence || a.event === b.event || a.subject !== b.subject) continue;
      const [start, end] = [Math.max(a.startMs, b.startMs), Math.min(a.endMs, b.endMs)];
      if (start >= end || start >= toMs || end <= fromMs) continue;
      KIND_IDS.forEach((kind, bit) => {
        if ((kindsOf(a.how, b.how) & (1 << bit)) === 0) return;
        const key = `${kind} ${a.occurrence} ${b.occurrence} ${start} ${end}`;
        found.set(key, (found.get(key) ?? new Set()).add(a.subject));
      });
    }
  }
  return [...found].map(([key, subjects]) => `${key} ${[...subjects].sort((x, y) => x - y).join(",")}`).sort();
}
