import { limits, refuseWork, type Refused } from "@hourwright/contract";
import type { LayerOf, StoredLayer } from "./model.ts";

// Pure: what layers may look like.

type Problem = Refused<"workforce/closes-before-opens" | "workforce/stretches-meet" | "workforce/layer-invalid">;

/** Why layers cannot be like this; null when they can. Whether a region exists is asked elsewhere. */
export function problemOf(layers: readonly StoredLayer[]): Problem | null {
  for (const layer of layers) {
    const problem = problemOfLayer(layer);
    if (problem !== null) return problem;
  }
  if (layers.filter(({ kind }) => kind === "holidays").length > 1) return refuseWork("layer-invalid", "regions", {});
  const days = layers.reduce(
    (sum, layer) => sum + (layer.kind === "days" && layer.times.length > 0 ? spanOf(layer.from, layer.until) : 0),
    0,
  );
  if (days > limits.DAYS_WITH_HOURS_MAX)
    return refuseWork("layer-invalid", "days", { days, most: limits.DAYS_WITH_HOURS_MAX });
  return null;
}

function problemOfLayer(layer: StoredLayer): Problem | null {
  switch (layer.kind) {
    case "weeks":
      return problemOfWeeks(layer);
    case "days":
      return problemOfSpan(layer.from, layer.until) ?? problemOfTimes(layer.times, { weekday: null, day: layer.from });
    case "away":
      return problemOfAway(layer);
    case "holidays":
      return null;
  }
}

function problemOfWeeks({ weeks, season }: LayerOf<"weeks">): Problem | null {
  if (season?.every === "once" && season.from !== null && season.until !== null && season.until < season.from)
    return refuseWork("layer-invalid", "season", { from: season.from, until: season.until });
  for (const week of weeks) {
    for (const [weekday, times] of Map.groupBy(week, (stretch) => stretch.weekday)) {
      const problem = problemOfTimes(times, { weekday, day: null });
      if (problem !== null) return problem;
    }
  }
  return null;
}

type Times = { readonly opens: string; readonly closes: string };

/** A day of each week, or one by itself. */
type Where = { readonly weekday: number | null; readonly day: string | null };

function problemOfTimes(times: readonly Times[], where: Where): Problem | null {
  const sorted = times
    .map(({ opens, closes }) => ({ opens, closes, ...openingOf({ opens, closes }) }))
    .toSorted((a, b) => a.fromMinute - b.fromMinute);
  for (const [at, { opens, fromMinute }] of sorted.entries()) {
    if (opens === "24:00") return refuseWork("closes-before-opens", "midnight", where);
    const before = sorted[at - 1];
    if (before !== undefined && before.toMinute > fromMinute)
      return refuseWork("stretches-meet", "meet", { ...where, opens, closes: before.closes });
  }
  return null;
}

function problemOfAway({ start, end }: LayerOf<"away">): Problem | null {
  if (start.length !== end.length) return refuseWork("layer-invalid", "mixed", {});
  if (start.length === 10) return problemOfSpan(start, end);
  if (end <= start) return refuseWork("layer-invalid", "times", { start, end });
  return problemOfSpan(start.slice(0, 10), end.slice(0, 10));
}

function problemOfSpan(from: string, until: string): Problem | null {
  if (until < from) return refuseWork("layer-invalid", "turned", { from, until });
  if (spanOf(from, until) > limits.LAYER_DAYS_MAX)
    return refuseWork("layer-invalid", "long", { from, until, most: limits.LAYER_DAYS_MAX });
  return null;
}

const spanOf = (from: string, until: string): number =>
  Temporal.PlainDate.from(from).until(until, { largestUnit: "days" }).days + 1;

/** Times of a day as minutes after its midnight; what does not close after it opens closes on the next day. */
export function openingOf({ opens, closes }: Times): { readonly fromMinute: number; readonly toMinute: number } {
  const [fromMinute, toMinute] = [minuteOf(opens), minuteOf(closes)];
  return { fromMinute, toMinute: toMinute > fromMinute ? toMinute : toMinute + 1_440 };
}

/** A time of the day as minutes after midnight. */
export const minuteOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5));

/** Minutes after midnight as a time of the day, of the next day where they pass midnight. */
export function clockOf(minute: number): string {
  const within = minute > 1_440 ? minute - 1_440 : minute;
  return `${String(Math.floor(within / 60)).padStart(2, "0")}:${String(within % 60).padStart(2, "0")}`;
}
