import { FEATURES } from "../features/features.ts";
import { FEATURE_COUNT } from "../features/vector.ts";
import { logistic } from "../network/network.ts";
import { OUTPUTS, OUTPUT_COUNT, type Output } from "../outputs.ts";

/**
 * What somebody would say without learning, from features between 0 and 1: who moved much will move much, who is full will
 * clash. Numbers between 0 and 1 that rank, not probabilities.
 */
const RULES: Readonly<Record<Output, readonly (readonly [feature: string, weight: number])[]>> = {
  no_conflict: [
    ["department_load", -1],
    ["same_day_count", -1],
    ["lead_time_hours", -0.5],
    ["travel_time_minutes", -0.5],
  ],
  time_overlap: [
    ["overlap_minutes", 3],
    ["same_day_count", 1],
    ["lead_time_hours", 0.5],
  ],
  travel_conflict: [
    ["travel_time_minutes", 2],
    ["gap_before_minutes", -1],
  ],
  capacity_overload: [
    ["department_load", 1],
    ["same_day_minutes", 1],
  ],
  resource_conflict: [
    ["attendee_count", 1],
    ["is_remote", -1],
  ],
  moved: [
    ["reschedule_frequency", 3],
    ["series_move_rate", 1],
    ["lead_time_hours", 0.5],
  ],
  cancelled: [
    ["cancellation_rate", 3],
    ["lead_time_hours", 0.5],
  ],
  refused: [
    ["refusal_rate", 3],
    ["attendee_count", 0.5],
    ["user_pattern_score", -0.5],
  ],
  missed: [
    ["attendance_rate", -3],
    ["travel_time_minutes", 0.5],
  ],
};

const places = OUTPUTS.map((output) =>
  RULES[output].map(([name, weight]) => ({ place: FEATURES.findIndex((each) => each.name === name), weight })),
);

/** The rules' number, 0 to 1, for each row and output, in a row of 9. */
export function scoreByRules(features: Float64Array): Float64Array {
  const count = features.length / FEATURE_COUNT;
  const scores = new Float64Array(count * OUTPUT_COUNT);
  for (let row = 0; row < count; row++) {
    for (const [output, rules] of places.entries()) {
      for (const { place, weight } of rules)
        scores[row * OUTPUT_COUNT + output]! += weight * features[row * FEATURE_COUNT + place]!;
    }
  }
  return scores.map(logistic);
}
