import { limits, workforceProblems, type Refused } from "@hourwright/contract";
import type { LayerOf, StoredLayer } from "./model.ts";

// Pure: what layers may look like.

type Problem = Refused<"workforce/closes-before-opens" | "workforce/stretches-meet" | "workforce/layer-invalid">;

const DAYS = ["", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/** Why layers cannot be like this; null when they can. Whether a region exists is asked elsewhere. */
export function problemOf(layers: readonly StoredLayer[]): Problem | null {
  for (const layer of layers) {
    const problem = problemOfLayer(layer);
    if (problem !== null) return problem;
  }
  if (layers.filter(({ kind }) => kind === "holidays").length > 1)
    return invalid("There are holidays of two regions. One of them is a layer of the place, or of the person.");
  const days = layers.reduce(
    (sum, layer) => sum + (layer.kind === "days" && layer.times.length > 0 ? spanOf(layer.from, layer.until) : 0),
    0,
  );
  if (days > limits.DAYS_WITH_HOURS_MAX)
    return invalid(
      `${days} days have hours of their own: at most ${limits.DAYS_WITH_HOURS_MAX}. Weeks with a season hold for longer.`,
    );
  return null;
}

function problemOfLayer(layer: StoredLayer): Problem | null {
  switch (layer.kind) {
    case "weeks":
      return problemOfWeeks(layer);
    case "days":
      return problemOfSpan(layer.from, layer.until) ?? problemOfTimes(layer.times, `On ${layer.from}`);
    case "away":
      return problemOfAway(layer);
    case "holidays":
      return null;
  }
}

function problemOfWeeks({ weeks, season }: LayerOf<"weeks">): Problem | null {
  if (season?.every === "once" && season.from !== null && season.until !== null && season.until < season.from)
    return invalid(`The season ends on ${season.until}, before it begins on ${season.from}.`);
  for (const week of weeks) {
    for (const [weekday, times] of Map.groupBy(week, (stretch) => stretch.weekday)) {
      const problem = problemOfTimes(times, DAYS[weekday]!);
      if (problem !== null) return problem;
    }
  }
  return null;
}

type Times = { readonly opens: string; readonly closes: string };

function problemOfTimes(times: readonly Times[], where: string): Problem | null {
  const sorted = times
    .map(({ opens, closes }) => ({ opens, closes, ...openingOf({ opens, closes }) }))
    .toSorted((a, b) => a.fromMinute - b.fromMinute);
  for (const [at, { opens, fromMinute }] of sorted.entries()) {
    if (opens === "24:00")
      return workforceProblems.refuse("closes-before-opens", `${where}: what opens at 24:00 belongs to the next day.`);
    const before = sorted[at - 1];
    if (before !== undefined && before.toMinute > fromMinute)
      return workforceProblems.refuse(
        "stretches-meet",
        `${where}: ${opens} lies before ${before.closes}. Make one stretch of the two.`,
      );
  }
  return null;
}

function problemOfAway({ start, end }: LayerOf<"away">): Problem | null {
  if (start.length !== end.length) return invalid("Time off has two days, or two times.");
  if (start.length === 10) return problemOfSpan(start, end);
  if (end <= start) return invalid(`It ends at ${end.replace("T", " ")}, not after ${start.replace("T", " ")}.`);
  return problemOfSpan(start.slice(0, 10), end.slice(0, 10));
}

function problemOfSpan(from: string, until: string): Problem | null {
  if (until < from) return invalid(`It ends on ${until}, before it begins on ${from}.`);
  if (spanOf(from, until) > limits.LAYER_DAYS_MAX)
    return invalid(`From ${from} to ${until} is more than ${limits.LAYER_DAYS_MAX} days.`);
  return null;
}

const spanOf = (from: string, until: string): number =>
  Temporal.PlainDate.from(from).until(until, { largestUnit: "days" }).days + 1;

const invalid = (sentence: string) => workforceProblems.refuse("layer-invalid", sentence);

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
