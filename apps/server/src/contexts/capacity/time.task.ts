import { normalise, type Interval } from "@hourwright/time";
import { openTimeFrom, takenFrom } from "../claims/pure.ts";

// Unions and their texts on a compute thread: a year of 300 people is more than anybody may hold the event loop for.

export type TimeInput = {
  /** `openTimeTexts` of claims. */
  readonly open: readonly string[];
  /** `takenTexts` of claims. */
  readonly taken: readonly string[];
  readonly fromMs: number;
  readonly toMs: number;
};

/** Open time once for all who share it, and what is taken of each, as the JSON texts of two lists. */
export async function* timeTask({ open, taken, fromMs, toMs }: TimeInput): AsyncGenerator<never, TimeTexts> {
  const sharing = new Map<string, string[]>();
  for (const [subjectId, stretches] of openTimeFrom(open)) {
    const minutes = JSON.stringify(minutesByTurns(stretches, fromMs, toMs));
    const subjectIds = sharing.get(minutes);
    if (subjectIds === undefined) sharing.set(minutes, [subjectId]);
    else subjectIds.push(subjectId);
  }
  const bySubject = Map.groupBy(takenFrom(taken), ({ subjectId }) => subjectId);
  return {
    open: listed(sharing, (minutes, subjectIds) => `"subjectIds":${JSON.stringify(subjectIds)},"minutes":${minutes}`),
    taken: listed(bySubject, (subjectId, rows) => {
      const minutes = minutesByTurns(normalise(rows.filter(({ startMs, endMs }) => startMs < endMs)), fromMs, toMs);
      return `"subjectId":"${subjectId}","minutes":${JSON.stringify(minutes)}`;
    }),
  };
}

export type TimeTexts = { readonly open: string; readonly taken: string };

/** Stretches in order, none meeting another, as minutes by turns outside and inside of them, from `fromMs` on. */
export function minutesByTurns(stretches: readonly Interval[], fromMs: number, toMs: number): number[] {
  const minutes: number[] = [];
  let atMs = fromMs;
  for (const stretch of stretches) {
    const [startMs, endMs] = [Math.max(fromMs, stretch.startMs), Math.min(toMs, stretch.endMs)];
    if (startMs >= endMs) continue;
    minutes.push((startMs - atMs) / 60_000, (endMs - startMs) / 60_000);
    atMs = endMs;
  }
  return minutes;
}

function listed<Key, Value>(map: ReadonlyMap<Key, Value>, fieldsOf: (key: Key, value: Value) => string): string {
  return `[${Array.from(map, ([key, value]) => `{${fieldsOf(key, value)}}`).join(",")}]`;
}
