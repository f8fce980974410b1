import type { Parameter } from "@hourwright/conflict";
import type { Broken } from "../../claims/pure.ts";
import type { SetRule } from "./decide.ts";

// Pure: the nearest number of a rule with which a change would keep it, found by judging again.

/** How finely numbers of each unit are looked for. */
const STEP: Readonly<Record<Parameter["unit"], number>> = {
  minutes: 5,
  hours: 0.25,
  days: 1,
  weeks: 1,
  times: 1,
  share: 0.01,
  "time of day": 15,
  "km/h": 5,
  level: 1,
};

/**
 * For each parameter of a rule the number nearest to its own with which all would be kept, where one within its bounds does.
 * About ten judgements for each parameter and direction.
 */
export function relaxationsOf(
  { constraint, values }: Pick<SetRule, "constraint" | "values">,
  isKeptBy: (values: SetRule["values"]) => boolean,
): Broken["relaxations"] {
  return Object.entries(constraint.parameters).flatMap(([parameter, { unit, from, to }]) => {
    // Another stretch of time is another question, and not a bound that is nearer or farther.
    if (unit === "weeks") return [];
    const now = values[parameter]!;
    const isKeptAt = (value: number): boolean => isKeptBy({ ...values, [parameter]: value });
    const found = [from, to].flatMap((bound) => nearest(now, bound, STEP[unit], isKeptAt) ?? []);
    const [value] = found.sort((a, b) => Math.abs(a - now) - Math.abs(b - now));
    return value === undefined ? [] : [{ parameter, unit, value }];
  });
}

/** The value nearest to `now`, in whole steps towards a bound, with which it is kept; null when not even the bound is enough. */
function nearest(now: number, bound: number, step: number, isKeptAt: (value: number) => boolean): number | null {
  if (bound === now || !isKeptAt(bound)) return null;
  const direction = Math.sign(bound - now);
  const valueAt = (steps: number): number =>
    direction > 0 ? Math.min(bound, tidy(now + steps * step)) : Math.max(bound, tidy(now - steps * step));
  let [broken, kept] = [0, Math.ceil(Math.abs(bound - now) / step)];
  while (kept - broken > 1) {
    const middle = (broken + kept) >>> 1;
    if (isKeptAt(valueAt(middle))) kept = middle;
    else broken = middle;
  }
  return valueAt(kept);
}

/** Without the dust of sums of fractions. */
const tidy = (value: number): number => Math.round(value * 10_000) / 10_000;
