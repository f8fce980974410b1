import type { Interval } from "@hourwright/time";
import { openTimeFrom, takenFrom } from "../claims/pure.ts";
import { effectOf, type Changed, type Effect, type Measure } from "./effect.ts";

export type EffectInput = Measure & {
  /** `takenTexts` and `openTimeTexts` of claims: of the people that the steps touch, over the months. */
  readonly taken: readonly string[];
  readonly openTime: readonly string[];
  readonly steps: readonly (readonly Changed[])[];
};

/** What steps do to those people of whom it is known when they may be claimed; null where nobody's is known. */
export async function* effectTask({
  taken,
  openTime,
  steps,
  ...measure
}: EffectInput): AsyncGenerator<never, Effect | null> {
  const rows = Map.groupBy(takenFrom(taken), ({ subjectId }) => subjectId);
  const people = Array.from(openTimeFrom(openTime), ([id, stretches]) => ({
    id,
    open: columnsOf(stretches),
    taken: rows.get(id) ?? [],
  }));
  return people.length === 0 ? null : effectOf(people, steps, measure);
}

const columnsOf = (stretches: readonly Interval[]) => ({
  startMs: Float64Array.from(stretches, ({ startMs }) => startMs),
  endMs: Float64Array.from(stretches, ({ endMs }) => endMs),
});
