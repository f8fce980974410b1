import { DAY_MS, MINUTE_MS, intersect, normalise, type Interval, type Zone } from "@hourwright/time";
import type { SlotQuestion } from "./question.ts";

/** The starts of sorted stretches that lie on the raster, in order [SL9] to [SL11]. */
export function* startsOnRaster(question: SlotQuestion, stretches: readonly Interval[]): Generator<number> {
  const { raster, zone } = question.rules;
  const everyMs = raster.everyMinutes * MINUTE_MS;
  const openings = raster.from === "opening" ? openingsOf(question) : null;
  if (openings === null) for (const stretch of stretches) yield* onTheWall(zone, everyMs, stretch);
  else yield* fromOpenings(openings, everyMs, stretches);
}

/** Whether a start lies on the raster. */
export function isOnRaster(question: SlotQuestion, startMs: number): boolean {
  return startsOnRaster(question, [{ startMs, endMs: startMs + 1 }]).next().done !== true;
}

/**
 * The openings that a raster may count from: the service's hours; where it has none, those of each subject of the first
 * role that has somebody with hours; null where nobody has.
 */
export function openingsOf({ rules, subjects }: SlotQuestion): readonly Interval[] | null {
  if (rules.hours !== null) return normalise(rules.hours);
  for (const { anyOf } of rules.roles) {
    const lists = anyOf.flatMap((subject) => subjects[subject]!.open ?? []);
    if (anyOf.some((subject) => subjects[subject]!.open !== null)) {
      return anyOf.length === 1
        ? normalise(lists)
        : anyOf.flatMap((subject) => normalise(subjects[subject]!.open ?? []));
    }
  }
  return null;
}

/** Multiples after midnight on the wall: in the hour that the clocks skip there is none, a doubled hour has both. */
function* onTheWall(zone: Zone, everyMs: number, { startMs, endMs }: Interval): Generator<number> {
  for (let atMs = startMs; atMs < endMs;) {
    const offsetMs = zone.offsetMsAt(atMs);
    const untilMs = zone.transitionsBetween(atMs + 1, endMs)[0]?.atMs ?? endMs;
    let localMs = multipleFrom(atMs + offsetMs, everyMs);
    for (; localMs - offsetMs < untilMs; localMs = multipleFrom(localMs + 1, everyMs)) yield localMs - offsetMs;
    atMs = untilMs;
  }
}

/** The first wall time at or after one that is a multiple after its own midnight. */
function multipleFrom(localMs: number, everyMs: number): number {
  const midnightMs = Math.floor(localMs / DAY_MS) * DAY_MS;
  return Math.min(midnightMs + Math.ceil((localMs - midnightMs) / everyMs) * everyMs, midnightMs + DAY_MS);
}

/** Openings that count alike are one list: most of them begin on the same minutes. */
function* fromOpenings(
  openings: readonly Interval[],
  everyMs: number,
  stretches: readonly Interval[],
): Generator<number> {
  const alike = Map.groupBy(openings, ({ startMs }) => remainder(startMs, everyMs));
  const lists = [...alike].map(([phaseMs, list]) => ({ phaseMs, within: intersect(normalise(list), stretches) }));
  const next = lists.map(() => 0);
  for (const stretch of stretches) {
    const starts: number[] = [];
    lists.forEach(({ phaseMs, within }, i) => {
      for (; next[i]! < within.length && within[next[i]!]!.startMs < stretch.endMs; next[i]!++) {
        const { startMs, endMs } = within[next[i]!]!;
        for (let ms = startMs + remainder(phaseMs - startMs, everyMs); ms < endMs; ms += everyMs) starts.push(ms);
      }
    });
    yield* starts.sort((a, b) => a - b); // Lists that count differently never meet.
  }
}

function remainder(value: number, divisor: number): number {
  return ((value % divisor) + divisor) % divisor;
}
