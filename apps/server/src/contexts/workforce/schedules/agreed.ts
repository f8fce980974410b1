import type { Layer } from "@hourwright/availability";
import {
  stretchAt,
  stretchFacts,
  stretchText,
  UNIFIED_DAYS_MAX,
  unify,
  type ScheduleQuestion,
  type Stretch,
  type Unified,
} from "@hourwright/schedule";
import type { Interval } from "@hourwright/time";

// Pure: what a contract says of days, as a layer of opening times, and told part by part.

/** What somebody's schedule is made of, whichever days are asked. */
export type Agreed = Omit<ScheduleQuestion, "fromDay" | "toDay">;

/** The first day on which a contract holds, and with which it decides instead of loose hours; null where there is none. */
export const firstDayOf = ({ contracts }: Pick<Agreed, "contracts">): number | null =>
  contracts.length === 0 ? null : Math.min(...contracts.map(({ fromDay }) => fromDay));

/** The schedule of some days, in parts that the merge takes at once: a window says of its minutes what larger ones say. */
export function* unifiedParts(agreed: Agreed, fromDay: number, toDay: number): Generator<Unified> {
  for (let day = fromDay; day < toDay; day += UNIFIED_DAYS_MAX)
    yield unify({ ...agreed, fromDay: day, toDay: Math.min(day + UNIFIED_DAYS_MAX, toDay) });
}

/** The days from the first contract on as a layer: open at work, and closed where the contract ends or leaves a gap. */
export function agreedLayer(agreed: Agreed, firstDay: number, lastDay: number): Layer | null {
  const begins = firstDayOf(agreed);
  if (begins === null || begins > lastDay) return null;
  const fromDay = Math.max(begins, firstDay);
  const openings = new Map<number, Interval[]>();
  const approved = { ...agreed, adjustments: agreed.adjustments.filter(({ approval }) => approval !== null) };
  for (const { stretches } of unifiedParts(approved, fromDay, lastDay + 1)) {
    for (const { kind, day, startMs, endMs } of stretches) {
      if (kind !== "work") continue;
      const own = openings.get(day);
      const before = own?.at(-1);
      if (own === undefined) openings.set(day, [{ startMs, endMs }]);
      else if (before!.endMs === startMs) own[own.length - 1] = { startMs: before!.startMs, endMs };
      else own.push({ startMs, endMs });
    }
  }
  return { kind: "agreed", fromDay, toDay: lastDay, openings, reason: "the contract" };
}

/** A part of time that the contract decides, stretch by stretch, each with its sentence. */
export function toldBy(agreed: Agreed, { startMs, endMs }: Interval, isOpen: boolean, tellsReasons: boolean) {
  const { zone } = agreed;
  const dayOf = (ms: number) => Math.floor(zone.toLocalMs(ms) / 86_400_000);
  const unified = unify({ ...agreed, fromDay: dayOf(startMs) - 1, toDay: dayOf(endMs) + 2 });
  const parts: (Interval & { readonly isAway: boolean; readonly sentence: string })[] = [];
  for (let ms = startMs; ms < endMs;) {
    const stretch = stretchAt(unified, ms)!;
    const until = Math.min(stretch.endMs, endMs);
    parts.push({
      startMs: ms,
      endMs: until,
      isAway: stretch.kind === "absence",
      sentence: sentenceOf(stretch, isOpen, tellsReasons),
    });
    ms = until;
  }
  return parts;
}

/** "Closed: leave approved by Ana on 3 March 2027, replaces early shift (06:00–14:00) of the contract." Why somebody is away is told to some alone. */
function sentenceOf(stretch: Stretch, isOpen: boolean, tellsReasons: boolean): string {
  const state = isOpen ? "Open" : "Closed";
  if (stretch.kind === "absence" && !tellsReasons) return `${state}: away.`;
  const sentence = stretchText(stretchFacts(stretch));
  const [head = "", ...rest] = sentence.split(": ");
  const how = stretch.kind === "break" || stretch.kind === "on-call" ? `${head.toLowerCase()}, ` : "";
  return `${state}: ${how}${rest.join(": ")}`;
}
