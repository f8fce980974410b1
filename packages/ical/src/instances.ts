import {
  DAY_MS,
  STEPS_MAX,
  UTC,
  expand,
  printBasicTime,
  type ExpansionRefusal,
  type Series,
  type Zone,
} from "@hourwright/time";
import type { CalendarObject } from "./calendar-object.ts";
import { addDuration } from "./duration.ts";
import { isRecurring, type EventView, type Span } from "./event-view.ts";
import { dateOnly, instantOf, type PeriodValue, type TimeValue } from "./time-value.ts";

/** One occurrence of an event, where and how it really happens. */
export type Instance = {
  /**
   * Which occurrence of its series it is: the start that the series gives it, as RECURRENCE-ID would write it
   * (`20260329`, `20260329T090000`, `20260329T070000Z`). Null for an event that does not recur.
   */
  readonly recurrenceId: string | null;
  readonly startMs: number;
  readonly endMs: number;
  readonly allDay: boolean;
  /** Wall time of the start in `zone`; `printWallTime` shows it. */
  readonly startLocalMs: number;
  /** The zone it is planned in: an IANA id, "UTC", or null when it is all-day or floats. */
  readonly zone: string | null;
  /** The component that says what happens: the override of this occurrence, else the master. */
  readonly view: EventView;
};

export type Instances = {
  /** In order of start. What was found before a refusal is kept. */
  readonly instances: readonly Instance[];
  readonly refused: ExpansionRefusal | null;
};

export type InstanceRange = {
  readonly fromMs: number;
  readonly toMs: number;
  /** Where floating times, and the days of all-day events, are read. */
  readonly floatingZone: Zone;
};

/**
 * The occurrences of an object that touch `[fromMs, toMs)`: RRULE, RDATE, EXDATE, EXRULE, overrides, and
 * RANGE=THISANDFUTURE. One without length touches when it starts inside. Cancelled ones are there with their status.
 * Pure; costs what is found, wherever the range lies, and at most `stepsMax` steps.
 */
export function instancesOf(object: CalendarObject, range: InstanceRange, stepsMax: number = STEPS_MAX): Instances {
  const { master, overrides } = object;
  const found: Instance[] = [];
  if (master !== null && overrides.length === 0 && !isRecurring(master)) {
    addSingle(found, master, null, range);
    return { instances: found, refused: null };
  }
  const refused = master === null ? null : addSeries(found, master, overrides, range, stepsMax);
  for (const override of overrides) {
    const id = master === null ? ownId(override, range) : idIn(master, override.recurrenceId!, range);
    if (master === null || !isExcluded(master, id.epochMs, id.localMs, range))
      addSingle(found, override, id.text, range);
  }
  found.sort((one, other) => one.startMs - other.startMs);
  return { instances: found, refused };
}

/** An occurrence of a series: what it is called, and when it would be. */
type OccurrenceId = { readonly text: string; readonly epochMs: number; readonly localMs: number };

function zoneOf({ zone }: TimeValue, { floatingZone }: InstanceRange): Zone {
  return zone ?? floatingZone;
}

function ownId({ recurrenceId }: EventView, range: InstanceRange): OccurrenceId {
  const { form, localMs } = recurrenceId!;
  return { text: printBasicTime(localMs, form), epochMs: instantOf(recurrenceId!, range.floatingZone), localMs };
}

/** A RECURRENCE-ID as the master would write it: clients mix DATE, UTC and other zones. */
function idIn({ start }: EventView, given: TimeValue, range: InstanceRange): OccurrenceId {
  const zone = zoneOf(start, range);
  if (start.form === "date") {
    const { localMs } = dateOnly(given);
    return { text: printBasicTime(localMs, "date"), epochMs: zone.toEpochMs(localMs), localMs };
  }
  if (given.form === "date") {
    const localMs = given.localMs + timeOfDay(start); // The occurrence of that day, at the time of the series.
    return { text: printBasicTime(localMs, start.form), epochMs: zone.toEpochMs(localMs), localMs };
  }
  const epochMs = instantOf(given, range.floatingZone);
  const isSameClock = given.form === start.form && given.zone?.id === start.zone?.id;
  const localMs = isSameClock ? given.localMs : zone.toLocalMs(epochMs);
  return { text: printBasicTime(localMs, start.form), epochMs, localMs };
}

function timeOfDay({ localMs }: TimeValue): number {
  return localMs - Math.floor(localMs / DAY_MS) * DAY_MS;
}

function addSingle(found: Instance[], view: EventView, recurrenceId: string | null, range: InstanceRange): void {
  const { start } = view;
  add(found, { view, recurrenceId, localMs: start.localMs, range, length: lengthOf(view.span, start, range) });
}

/** Adds the occurrences that no override of their own governs. */
function addSeries(
  found: Instance[],
  master: EventView,
  overrides: readonly EventView[],
  range: InstanceRange,
  stepsMax: number,
): ExpansionRefusal | null {
  const own = new Set(overrides.map(({ recurrenceId }) => idIn(master, recurrenceId!, range).epochMs));
  const branches = branchesOf(master, overrides, range);
  const periods = periodsOf(master.rdates, range);
  const longestMs = Math.max(0, ...branches.map(({ length }) => longest(length)), ...periods.values());
  const shiftMs = Math.max(0, ...branches.map(({ shiftMs }) => Math.abs(shiftMs))) + (branches.length > 1 ? DAY_MS : 0);
  const window = {
    kind: "between" as const,
    fromMs: range.fromMs - longestMs - shiftMs,
    toMs: range.toMs + shiftMs,
  };
  const { epochMs, localMs, refused } = expand(seriesOf(master, range), window, stepsMax);

  let branch = 0;
  for (let i = 0; i < epochMs.length; i++) {
    const atMs = epochMs[i]!;
    if (own.has(atMs) || isExcludedDay(master, localMs[i]!)) continue;
    while (branch + 1 < branches.length && branches[branch + 1]!.fromMs <= atMs) branch++;
    const { view, length } = branches[branch]!;
    const periodMs = periods.get(atMs);
    add(found, {
      view,
      recurrenceId: printBasicTime(localMs[i]!, master.start.form),
      localMs: shifted(localMs[i]!, branches[branch]!),
      range,
      length: periodMs === undefined ? length : { days: 0, ms: periodMs },
    });
  }
  return refused;
}

function seriesOf(master: EventView, range: InstanceRange): Series {
  const { start, rrules, exrules } = master;
  const zone = zoneOf(start, range);
  return {
    startLocalMs: start.localMs,
    zone,
    isDate: start.form === "date",
    includesStart: true,
    rrules,
    exrules,
    rdatesMs: master.rdates.map((period) => idIn(master, period.start, range).epochMs),
    exdatesMs: master.exdates.map((exdate) => idIn(master, exdate, range).epochMs),
  };
}

/** An EXDATE that is a DATE takes the whole day of a timed series, as clients mean it. */
function isExcludedDay({ start, exdates }: EventView, localMs: number): boolean {
  if (start.form === "date") return false;
  return exdates.some((exdate) => exdate.form === "date" && Math.floor(localMs / DAY_MS) * DAY_MS === exdate.localMs);
}

function isExcluded(master: EventView, epochMs: number, localMs: number, range: InstanceRange): boolean {
  if (master.exdates.some((exdate) => idIn(master, exdate, range).epochMs === epochMs)) return true;
  return isExcludedDay(master, localMs);
}

/** From `fromMs` on, occurrences follow `view`, moved by `shiftMs` of wall time: the master, then THISANDFUTURE. */
type Branch = {
  readonly fromMs: number;
  readonly view: EventView;
  readonly shiftMs: number;
  readonly length: Length;
};

function branchesOf(master: EventView, overrides: readonly EventView[], range: InstanceRange): Branch[] {
  const first: Branch = {
    fromMs: -Infinity,
    view: master,
    shiftMs: 0,
    length: lengthOf(master.span, master.start, range),
  };
  const later = overrides
    .filter(({ thisAndFuture }) => thisAndFuture)
    .map((view): Branch => {
      const id = idIn(master, view.recurrenceId!, range);
      const from = view.allDay ? Math.floor(id.localMs / DAY_MS) * DAY_MS : id.localMs;
      const length = lengthOf(view.span, view.start, range);
      return { fromMs: id.epochMs, view, shiftMs: view.start.localMs - from, length };
    })
    .sort((one, other) => one.fromMs - other.fromMs);
  return [first, ...later];
}

function shifted(localMs: number, { view, shiftMs }: Branch): number {
  if (shiftMs === 0 && !view.allDay) return localMs;
  return (view.allDay ? Math.floor(localMs / DAY_MS) * DAY_MS : localMs) + shiftMs;
}

/** How long an occurrence lasts: whole days by the wall, the rest by the stopwatch. */
type Length = { readonly days: number; readonly ms: number };

function lengthOf(span: Span, start: TimeValue, range: InstanceRange): Length {
  if (span.kind === "lasting") return span;
  const ms = instantOf(span.end, range.floatingZone) - instantOf(start, range.floatingZone);
  return { days: 0, ms: Math.max(0, ms) };
}

function longest({ days, ms }: Length): number {
  return days * DAY_MS + ms + (days > 0 ? DAY_MS : 0); // A day may have 25 hours.
}

function periodsOf(rdates: readonly PeriodValue[], range: InstanceRange): Map<number, number> {
  const lengths = new Map<number, number>();
  for (const { start, end } of rdates) {
    if (end === null) continue;
    const startMs = instantOf(start, range.floatingZone);
    const zone = zoneOf(start, range);
    const endMs =
      "form" in end
        ? instantOf(end, range.floatingZone)
        : addDuration(start.localMs, end, (localMs) => zone.toEpochMs(localMs));
    lengths.set(startMs, Math.max(0, endMs - startMs));
  }
  return lengths;
}

type Candidate = {
  readonly view: EventView;
  readonly recurrenceId: string | null;
  readonly localMs: number;
  readonly length: Length;
  readonly range: InstanceRange;
};

function add(found: Instance[], { view, recurrenceId, localMs, length, range }: Candidate): void {
  const { form } = view.start;
  const zone = zoneOf(view.start, range);
  const startMs = zone.toEpochMs(localMs);
  if (startMs >= range.toMs) return;
  const endMs = (length.days === 0 ? startMs : zone.toEpochMs(localMs + length.days * DAY_MS)) + length.ms;
  if (endMs <= range.fromMs && (endMs > startMs || startMs < range.fromMs)) return;
  found.push({
    recurrenceId,
    startMs,
    endMs,
    allDay: form === "date",
    startLocalMs: zone.toLocalMs(startMs),
    zone: form === "date" || view.start.zone === null ? null : zone === UTC ? "UTC" : zone.id,
    view,
  });
}
