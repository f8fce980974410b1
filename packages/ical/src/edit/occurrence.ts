import { DAY_MS, UTC, expand, type Zone } from "@hourwright/time";
import type { CalendarObject } from "../calendar-object.ts";
import type { EventFields } from "../event-fields.ts";
import type { When } from "../property-lines.ts";
import type { EventView } from "../event-view.ts";
import {
  QUESTION_STEPS_MAX,
  branchesOf,
  endOf,
  exclusionsOf,
  expandSeries,
  lengthOf,
  occurrenceIdIn,
  periodLengths,
  seriesOf,
  shifted,
  zoneFor,
  type OccurrenceId,
} from "../series.ts";
import { instantOf, parseTimeLike } from "../time-value.ts";
import { floatingZoneOf, refuse, type EditContext, type EditRefusal } from "./context.ts";

/** One occurrence as it stands: which component says what it is, and where it has been put. */
export type Occurrence = {
  readonly id: OccurrenceId;
  /** The override of this occurrence, else what it follows: the master or a RANGE=THISANDFUTURE. */
  readonly governing: EventView;
  readonly isOverridden: boolean;
  readonly start: When;
  /** Null when it has no length of its own. */
  readonly end: When | null;
};

/** The occurrence of that name, or null when the object has none. */
export function findOccurrence(
  object: CalendarObject,
  recurrenceId: string | null,
  context: EditContext,
): Occurrence | null {
  const { master, overrides } = object;
  const zone = floatingZoneOf(context);
  const like = master?.start ?? overrides[0]?.recurrenceId ?? null;
  const given = recurrenceId === null || like === null ? null : parseTimeLike(recurrenceId, like);
  if (given === null) return null;
  // Without a master its names are all that is known of the series.
  const named = master ?? { ...overrides[0]!, start: like! };
  const id = occurrenceIdIn(named, given, zone);
  if (master !== null && exclusionsOf(master, zone)(id)) return null;
  const override = overrides.find((view) => occurrenceIdIn(named, view.recurrenceId!, zone).epochMs === id.epochMs);
  if (override !== undefined) {
    return { id, governing: override, isOverridden: true, start: override.start, end: endOfView(override, zone) };
  }
  if (master === null) return null;
  const { epochMs, localMs } = expandSeries(master, { fromMs: id.epochMs, toMs: id.epochMs + 1 }, zone);
  return epochMs.length === 0 ? null : placed(object, { ...id, localMs: localMs[0]! }, zone);
}

export function noSuchOccurrence(recurrenceId: string | null): { readonly refused: EditRefusal } {
  return refuse("no-such-occurrence", `The event has no occurrence "${recurrenceId ?? ""}".`);
}

/** An occurrence that no override governs, where its series puts it. */
export function placed({ master, overrides }: CalendarObject, id: OccurrenceId, floatingZone: Zone): Occurrence {
  const branch = branchesOf(master!, overrides, floatingZone).findLast(({ fromMs }) => fromMs <= id.epochMs)!;
  const { view } = branch;
  const zone = zoneFor(view.start, floatingZone);
  const localMs = shifted(id.localMs, branch);
  const startMs = zone.toEpochMs(localMs);
  const periodMs = periodLengths(master!, floatingZone).get(id.epochMs);
  const endMs = periodMs === undefined ? endOf(localMs, branch.length, zone) : startMs + periodMs;
  const endLike = view.span.kind === "until" && view.span.end.zone !== null ? view.span.end : view.start;
  return {
    id,
    governing: view,
    isOverridden: false,
    start: writable(view.start, zone, startMs),
    end: endMs === startMs ? null : writable(endLike, zoneFor(endLike, floatingZone), endMs),
  };
}

/** Where an event ends, as it can be written; null when it has no length. */
export function endOfView(view: EventView, floatingZone: Zone): When | null {
  if (view.span.kind === "until") return view.span.end;
  const zone = zoneFor(view.start, floatingZone);
  const startMs = zone.toEpochMs(view.start.localMs);
  const endMs = endOf(view.start.localMs, lengthOf(view, floatingZone), zone);
  return endMs === startMs ? null : writable(view.start, zone, endMs);
}

/** An instant in the form of `like`; in UTC where its wall time would be read as the hour before (RFC 5545 §3.3.5). */
export function writable(like: When, zone: Zone, epochMs: number): When {
  const localMs = zone.toLocalMs(epochMs);
  if (like.zone !== null && zone.toEpochMs(localMs) !== epochMs) return { form: "utc", localMs: epochMs, zone: UTC };
  return { form: like.form, localMs, zone: like.zone, tzid: like.tzid ?? null };
}

/** Whether nothing of the object comes before this occurrence. */
export function isFirst({ master, overrides }: CalendarObject, { id }: Occurrence, context: EditContext): boolean {
  const zone = floatingZoneOf(context);
  const before = { kind: "before" as const, beforeMs: id.epochMs };
  const { epochMs, refused } = expand(seriesOf(master!, zone), before, QUESTION_STEPS_MAX);
  if (epochMs.length > 0 || refused !== null) return false;
  return overrides.every((view) => occurrenceIdIn(master!, view.recurrenceId!, zone).epochMs >= id.epochMs);
}

/** Why a start and an end cannot stand together; null when they can, or are not both given. */
export function refusedTimes({ start, end }: Partial<EventFields>): EditRefusal | null {
  if (start === undefined || end === undefined || end === null) return null;
  if ((start.form === "date") !== (end.form === "date")) {
    return { code: "end-before-start", message: "Start and end must both be dates, or both be times." };
  }
  const lengthMs = start.form === "date" ? end.localMs - start.localMs - 1 : instant(end) - instant(start);
  return lengthMs < 0 ? { code: "end-before-start", message: "The end lies before the start." } : null;
}

function instant({ form, localMs, zone }: When): number {
  return instantOf({ form, localMs, zone, tzid: null, unknownZone: false }, UTC);
}

/** The times of one occurrence after `changes`; a start alone keeps the length. */
export function changedTimes(
  { start: before, end: endBefore }: Pick<Occurrence, "start" | "end">,
  changes: Partial<EventFields>,
): { readonly start: When; readonly end: When | null } | { readonly refused: EditRefusal } {
  const start = changes.start ?? before;
  if (changes.end === undefined) return movedAlong(before, endBefore, start);
  const refused = refusedTimes({ start, end: changes.end });
  return refused === null ? { start, end: changes.end } : { refused };
}

/** The end that keeps an event's length by the wall when its start moves; turned into dates, the days it touched. */
function movedAlong(before: When, end: When | null, start: When) {
  if (end === null) return { start, end: null };
  if (before.form === "date" && start.form !== "date") {
    return refuse("end-needed", "An all-day event that gets a time needs an end as well.");
  }
  const isElsewhere = end.form === "local" && before.form === "local" && end.zone?.id !== before.zone?.id;
  const zone = before.zone ?? UTC;
  const wallMs =
    (isElsewhere || end.form === before.form ? end.localMs : zone.toLocalMs(instant(end))) - before.localMs;
  if (start.form === "date" && before.form !== "date") {
    const days = Math.max(1, Math.ceil(((before.localMs % DAY_MS) + wallMs) / DAY_MS));
    return { start, end: { ...start, localMs: start.localMs + days * DAY_MS } };
  }
  return { start, end: { ...(isElsewhere ? end : start), localMs: start.localMs + wallMs } };
}
