import { DAY_MS, UTC, type ExpansionRefusal, type StepBudget, type Zone } from "@hourwright/time";
import type { CalendarObject } from "./calendar-object.ts";
import { isRecurring, type EventView } from "./event-view.ts";
import {
  QUESTION_STEPS_MAX,
  branchesOf,
  endOf,
  exclusionsOf,
  expandSeries,
  lengthOf,
  occurrenceIdIn,
  periodLengths,
  shifted,
  zoneFor,
  type Length,
} from "./series.ts";
import { printTime } from "./time-value.ts";

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
  /** Of those that start before it none is missing: where a refusal or `datesMax` ended the search. Null: all are there. */
  readonly completeToMs: number | null;
};

export type InstanceRange = {
  readonly fromMs: number;
  readonly toMs: number;
  /** Where floating times, and the days of all-day events, are read. */
  readonly floatingZone: Zone;
  /** Dates of the series looked for; all when left out. Overrides come on top. */
  readonly datesMax?: number;
};

/**
 * The occurrences of an object that touch `[fromMs, toMs)`: RRULE, RDATE, EXDATE, EXRULE, overrides, and
 * RANGE=THISANDFUTURE. One without length touches when it starts inside. Cancelled ones are there with their status.
 * Pure; costs what is found, wherever the range lies, and at most `budget` steps: its own number, or what is left of one that many share.
 */
export function instancesOf(
  object: CalendarObject,
  range: InstanceRange,
  budget: number | StepBudget = QUESTION_STEPS_MAX,
): Instances {
  const { master, overrides } = object;
  const found: Instance[] = [];
  if (master !== null && overrides.length === 0 && !isRecurring(master)) {
    if (master.exdates.length === 0) addSingle(found, master, null, range);
    return { instances: found, refused: null, completeToMs: null };
  }
  const { refused, completeToMs } =
    master === null ? nothingMissing : addSeries(found, master, overrides, range, budget);
  const isExcluded = master === null ? () => false : exclusionsOf(master, range.floatingZone);
  for (const override of overrides) {
    if (master === null) addSingle(found, override, printTime(override.recurrenceId!), range);
    else {
      const id = occurrenceIdIn(master, override.recurrenceId!, range.floatingZone);
      if (!isExcluded(id)) addSingle(found, override, id.text, range);
    }
  }
  found.sort((one, other) => one.startMs - other.startMs);
  return { instances: found, refused, completeToMs };
}

type Completeness = Pick<Instances, "refused" | "completeToMs">;
const nothingMissing: Completeness = { refused: null, completeToMs: null };

function addSingle(found: Instance[], view: EventView, recurrenceId: string | null, range: InstanceRange): void {
  add(found, { view, recurrenceId, localMs: view.start.localMs, range, length: lengthOf(view, range.floatingZone) });
}

/** Adds the occurrences that no override of their own governs. */
function addSeries(
  found: Instance[],
  master: EventView,
  overrides: readonly EventView[],
  range: InstanceRange,
  budget: number | StepBudget,
): Completeness {
  const { floatingZone } = range;
  const own = new Set(overrides.map((view) => occurrenceIdIn(master, view.recurrenceId!, floatingZone).epochMs));
  const branches = branchesOf(master, overrides, floatingZone);
  const periods = periodLengths(master, floatingZone);
  const longestMs = Math.max(greatest(branches.map(({ length }) => longest(length))), greatest(periods.values()));
  const shiftMs = greatest(branches.map(({ shiftMs }) => Math.abs(shiftMs))) + (branches.length > 1 ? DAY_MS : 0);
  const window = {
    fromMs: range.fromMs - longestMs - shiftMs,
    toMs: range.toMs + shiftMs,
    ...(range.datesMax === undefined ? {} : { limit: range.datesMax }),
  };
  const { epochMs, localMs, refused, completeToMs } = expandSeries(master, window, floatingZone, budget);

  let branch = 0;
  for (let i = 0; i < epochMs.length; i++) {
    const atMs = epochMs[i]!;
    if (own.has(atMs)) continue;
    while (branch + 1 < branches.length && branches[branch + 1]!.fromMs <= atMs) branch++;
    const { view, length } = branches[branch]!;
    const periodMs = periods.get(atMs);
    add(found, {
      view,
      recurrenceId: printTime({ form: master.start.form, localMs: localMs[i]! }),
      localMs: shifted(localMs[i]!, branches[branch]!),
      range,
      length: periodMs === undefined ? length : { days: 0, ms: periodMs },
    });
  }
  return { refused, completeToMs: completeToMs === null ? null : completeToMs - shiftMs };
}

function longest({ days, ms }: Length): number {
  return days * DAY_MS + ms + (days > 0 ? DAY_MS : 0); // A day may have 25 hours.
}

function greatest(lengthsMs: Iterable<number>): number {
  let greatestMs = 0;
  for (const ms of lengthsMs) greatestMs = Math.max(greatestMs, ms);
  return greatestMs;
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
  const zone = zoneFor(view.start, range.floatingZone);
  const startMs = zone.toEpochMs(localMs);
  if (startMs >= range.toMs) return;
  const endMs = length.days === 0 ? startMs + length.ms : endOf(localMs, length, zone);
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
