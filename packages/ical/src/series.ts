// What an event's series is, before anybody asks for a stretch of it: its rules as @hourwright/time wants them, the
// name of each occurrence, and which component governs it from when on.

import { DAY_MS, expand, type Expansion, type Series, type StepBudget, type Zone } from "@hourwright/time";
import { addDuration } from "./duration.ts";
import type { EventView } from "./event-view.ts";
import { dateOnly, instantOf, printTime, type TimeValue } from "./time-value.ts";

/** The default budget of one question about a series: under 50 ms, and enough for all but seconds and minutes. */
export const QUESTION_STEPS_MAX = 100_000;

/** An occurrence of a series: what it is called, and when the series would have it. */
export type OccurrenceId = { readonly text: string; readonly epochMs: number; readonly localMs: number };

/** The zone a time is read in. */
export function zoneFor({ zone }: TimeValue, floatingZone: Zone): Zone {
  return zone ?? floatingZone;
}

/** A RECURRENCE-ID, EXDATE or RDATE as the master would write it: clients mix DATE, UTC and other zones. */
export function occurrenceIdIn(
  { start }: Pick<EventView, "start">,
  given: TimeValue,
  floatingZone: Zone,
): OccurrenceId {
  const localMs = localIn(start, given, floatingZone);
  const zone = zoneFor(start, floatingZone);
  return { text: printTime({ form: start.form, localMs }), epochMs: zone.toEpochMs(localMs), localMs };
}

function localIn(start: TimeValue, given: TimeValue, floatingZone: Zone): number {
  if (start.form === "date") return dateOnly(given).localMs;
  // A date means the occurrence of that day, at the time of the series.
  if (given.form === "date") return given.localMs + start.localMs - dateOnly(start).localMs;
  const isSameClock = given.form === start.form && given.zone?.id === start.zone?.id;
  if (isSameClock) return given.localMs;
  return zoneFor(start, floatingZone).toLocalMs(instantOf(given, floatingZone));
}

/** The master's rules and dates. */
export function seriesOf(master: EventView, floatingZone: Zone): Series {
  const { start, rrules, exrules, rdates, exdates } = master;
  return {
    startLocalMs: start.localMs,
    zone: zoneFor(start, floatingZone),
    isDate: start.form === "date",
    includesStart: true,
    rrules,
    exrules,
    rdatesMs: rdates.map((period) => occurrenceIdIn(master, period.start, floatingZone).epochMs),
    exdatesMs: exdates.map((exdate) => occurrenceIdIn(master, exdate, floatingZone).epochMs),
  };
}

/** What was found of a series. Of those before `completeToMs` none is missing; null when none is missing at all. */
export type SeriesExpansion = Expansion & { readonly completeToMs: number | null };

/**
 * The occurrences of the series within a window of instants, the first `limit` of them, less the days that an EXDATE
 * takes whole.
 */
export function expandSeries(
  master: EventView,
  window: { readonly fromMs: number; readonly toMs: number; readonly limit?: number },
  floatingZone: Zone,
  budget: number | StepBudget = QUESTION_STEPS_MAX,
): SeriesExpansion {
  const { epochMs, localMs, refused } = expand(seriesOf(master, floatingZone), { kind: "between", ...window }, budget);
  const isCut = refused !== null || epochMs.length >= (window.limit ?? Infinity);
  const completeToMs = isCut ? (epochMs.at(-1) ?? window.fromMs) : null;
  const days = excludedDays(master);
  if (days.size === 0) return { epochMs, localMs, refused, completeToMs };
  const isKept = localMs.map((each) => !days.has(dateMs(each)));
  return {
    epochMs: epochMs.filter((_, i) => isKept[i]),
    localMs: localMs.filter((_, i) => isKept[i]),
    refused,
    completeToMs,
  };
}

/** An EXDATE that is a DATE takes the whole day of a timed series, as clients mean it. */
function excludedDays({ start, exdates }: EventView): Set<number> {
  const days = start.form === "date" ? [] : exdates.filter(({ form }) => form === "date");
  return new Set(days.map(({ localMs }) => localMs));
}

function dateMs(localMs: number): number {
  return Math.floor(localMs / DAY_MS) * DAY_MS;
}

/** Tells of an occurrence whether the master takes it out, so that not even an override brings it back. */
export function exclusionsOf(master: EventView, floatingZone: Zone): (id: OccurrenceId) => boolean {
  const days = excludedDays(master);
  const instants = new Set(master.exdates.map((exdate) => occurrenceIdIn(master, exdate, floatingZone).epochMs));
  return ({ epochMs, localMs }) => instants.has(epochMs) || days.has(dateMs(localMs));
}

/** How long an occurrence lasts: whole days by the wall, the rest by the stopwatch. */
export type Length = { readonly days: number; readonly ms: number };

/** The length of an event's first occurrence, which is that of all (RFC 5545 §3.8.5.3). */
export function lengthOf({ span, start }: EventView, floatingZone: Zone): Length {
  if (span.kind === "lasting") return span;
  return { days: 0, ms: Math.max(0, instantOf(span.end, floatingZone) - instantOf(start, floatingZone)) };
}

/** When an occurrence that starts at wall time `localMs` of `zone` ends. */
export function endOf(localMs: number, { days, ms }: Length, zone: Zone): number {
  return zone.toEpochMs(localMs + days * DAY_MS) + ms;
}

/** The length of each RDATE that is a PERIOD, by its start. */
export function periodLengths({ rdates, start: master }: EventView, floatingZone: Zone): Map<number, number> {
  const lengths = new Map<number, number>();
  if (master.form === "date") return lengths;
  for (const { start, end } of rdates) {
    if (end === null) continue;
    const zone = zoneFor(start, floatingZone);
    const startMs = instantOf(start, floatingZone);
    const isDuration = "days" in end;
    const endMs = isDuration
      ? addDuration(start.localMs, end, (localMs) => zone.toEpochMs(localMs))
      : instantOf(end, floatingZone);
    lengths.set(startMs, Math.max(0, endMs - startMs));
  }
  return lengths;
}

/** From `fromMs` on, occurrences follow `view`, moved by `shiftMs` of wall time: the master, then THISANDFUTURE. */
export type Branch = {
  readonly fromMs: number;
  readonly view: EventView;
  readonly shiftMs: number;
  readonly length: Length;
};

/** The master and its RANGE=THISANDFUTURE overrides, in order of time. */
export function branchesOf(master: EventView, overrides: readonly EventView[], floatingZone: Zone): Branch[] {
  const first: Branch = { fromMs: -Infinity, view: master, shiftMs: 0, length: lengthOf(master, floatingZone) };
  const later = overrides
    .filter(({ thisAndFuture }) => thisAndFuture)
    .map((view): Branch => {
      const id = occurrenceIdIn(master, view.recurrenceId!, floatingZone);
      const fromLocalMs = view.allDay ? dateMs(id.localMs) : id.localMs;
      const length = lengthOf(view, floatingZone);
      return { fromMs: id.epochMs, view, shiftMs: view.start.localMs - fromLocalMs, length };
    })
    .sort((one, other) => one.fromMs - other.fromMs);
  return [first, ...later];
}

/** The wall time at which a branch has the occurrence that the series has at `localMs`. */
export function shifted(localMs: number, { view, shiftMs }: Branch): number {
  return (view.allDay ? dateMs(localMs) : localMs) + shiftMs;
}
