import {
  isRefused,
  refuseCalendar,
  refuseClaim,
  refusePlanning,
  refuseRequest,
  type Refused,
} from "@hourwright/contract";
import { expand, findZone, UTC, type Zone } from "@hourwright/time";
import {
  alarmsOf,
  changeEvent,
  createEvent,
  deleteEvent,
  isRecurring,
  objectBytes,
  readObject,
  type CalendarObject,
  type EditRefusal,
  type EventFields,
  type Target,
} from "@hourwright/ical";
import type { Unit } from "../../platform/db/database.ts";
import type { Caller, IfMatch } from "../../platform/operations/context.ts";
import type { TakeOptions } from "../claims/public.ts";
import { CLASHES_LISTED_MAX, type Broken, type Clash } from "../claims/pure.ts";
import { subjectsById } from "../identity/public.ts";
import { shownBroken } from "../planning/pure.ts";
import { calendarFor, ownCalendar, type SeenCalendar } from "./access.ts";
import { pickFromPools } from "./pools.ts";
import { fieldsOf, type EventWish } from "./event-wish.ts";
import { EVENT_BYTES_MAX, mayWriteInto, type StoredObject } from "./model.ts";
import { occurrenceOf } from "./occurrence.ts";
import { lockObjects, uidKey } from "./store.ts";
import { spanOf, standingFacts, whenOf, zoneAsked, type TimeProblem } from "./times.ts";
import { changeObjects, isBarred, type Barred } from "./write.ts";

export type WriteProblem =
  | TimeProblem
  | "claims/taken"
  | "planning/rule-broken"
  | "claims/too-many-stretches"
  | "claims/meets-itself"
  | "calendars/address-invalid"
  | "calendars/read-only"
  | "calendars/too-large"
  | "calendars/occurrence-not-found"
  | "identity/retired"
  | `request/${string}`;

/** What a write left: the event, and the calendar it lies in. */
export type EventWritten = {
  readonly object: StoredObject;
  readonly calendar: SeenCalendar;
  readonly following: StoredObject | null;
  readonly warnings: readonly string[];
  /** Soft rules that do not hold any more. */
  readonly broken: readonly Broken[];
};

const notFound = refuseRequest("not-found", "event", {});
const readOnly = refuseCalendar("read-only", "ask", {});

/** Makes an event in a calendar the caller may write to. */
export async function createOne(
  unit: Unit,
  caller: Caller,
  calendarId: string | undefined,
  {
    like,
    ...wish
  }: EventWish & {
    readonly title: string;
    readonly start: string;
    readonly like?: { readonly eventId: string; readonly recurrenceId: string | null } | undefined;
  },
  onTaken: TakeOptions["onTaken"],
): Promise<EventWritten | Refused<WriteProblem>> {
  const calendar =
    calendarId === undefined ? await ownCalendar(unit, caller) : await calendarFor(unit, caller, calendarId, "write");
  if (calendar === "unknown") return refuseRequest("not-found", "calendar", {});
  if (calendar === "read-only") return readOnly;
  if (calendar === null) return refuseRequest("invalid", "no-calendar", {});

  const home = findZone(calendar.zone) ?? UTC;
  const zone = zoneAsked(wish.timeZone, null);
  if (isRefused(zone)) return zone;
  const span = spanOf(wish.start, wish.end, zone, home);
  if (isRefused(span)) return span;
  const model = like === undefined ? {} : await fieldsLike(unit, caller, like);
  if (isRefused(model)) return model;
  const id = unit.newId("evt");
  const uid = uidOfEvent(id);
  const made = async (given: EventWish) => {
    const fields = await fieldsOf(unit, caller, given, []);
    return isRefused(fields) ? fields : createEvent({ ...model, ...fields, ...span }, { uid, nowMs: unit.nowMs });
  };
  const resourceIds =
    wish.resourceIds === undefined
      ? undefined
      : await pickFromPools(unit, calendar, { uid: null }, wish.resourceIds, (ids) =>
          made({ ...wish, resourceIds: ids }),
        );
  if (resourceIds !== undefined && isRefused(resourceIds)) return resourceIds;
  const parsed = await made({ ...wish, resourceIds });
  if (isRefused(parsed)) return parsed;
  const object: StoredObject = {
    id,
    calendarId: calendar.id,
    name: `${id}.ics`,
    uid: uidKey(parsed.uid),
    kind: "VEVENT",
    bytes: objectBytes(parsed),
    version: 1,
    floatingZone: null,
  };
  return store(unit, calendar, [{ before: null, after: object, parsed }], { onTaken, isFirst: true }, wish.rrule);
}

/** Under which UID an event is made here. */
export const uidOfEvent = (id: string): string => `${id.slice("evt_".length).toLowerCase()}@hourwright`;

/** What an event says beside when it is and who is invited, for another like it. */
async function fieldsLike(
  unit: Unit,
  caller: Caller,
  { eventId, recurrenceId }: { readonly eventId: string; readonly recurrenceId: string | null },
): Promise<Partial<EventFields> | Refused<WriteProblem>> {
  const held = await heldForWriting(unit, caller, eventId, null);
  if (isRefused(held)) return held;
  const view = occurrenceOf(held.object, held.calendar, recurrenceId)?.view;
  if (view === undefined) return recurrenceId === null ? notFound : noSuchOccurrence(recurrenceId);
  const { description, location, url, colour, categories, status, transparency, classification, priority } = view;
  return {
    description,
    location,
    url,
    colour,
    categories,
    status,
    transparency,
    priority,
    classification: classification === "" ? null : classification,
    alarms: alarmsOf(view.component),
  };
}

/** Changes all of an event, one occurrence, or it and all that follow. */
export async function changeOne(
  unit: Unit,
  caller: Caller,
  id: string,
  target: Omit<Target, "recurrenceId"> & { readonly recurrenceId: string | undefined },
  wish: EventWish,
  options: { readonly onTaken: TakeOptions["onTaken"]; readonly ifMatch: IfMatch },
): Promise<EventWritten | Refused<WriteProblem>> {
  const held = await heldForWriting(unit, caller, id, options.ifMatch);
  if (isRefused(held)) return held;
  const { object, calendar, parsed } = held;
  const first = parsed.master ?? parsed.overrides[0]!;
  if (target.recurrenceId !== undefined && isSingle(parsed)) return noSuchOccurrence(target.recurrenceId);
  const home = findZone(object.floatingZone ?? calendar.zone) ?? UTC;
  const zone = zoneAsked(wish.timeZone, first.start.zone);
  if (isRefused(zone)) return zone;

  const times = changedTimes(wish, zone, first.start.zone ?? home);
  if (isRefused(times)) return times;
  const newUid = uidOfEvent(unit.newId("evt"));
  const { attendees } = shownAt(held, target) ?? first;
  const edited = async (given: EventWish) => {
    const fields = await fieldsOf(unit, caller, given, attendees);
    if (isRefused(fields)) return fields;
    const edit = changeEvent(
      parsed,
      { scope: target.scope, recurrenceId: target.recurrenceId ?? null },
      { ...fields, ...times },
      { nowMs: unit.nowMs, newUid, floatingZone: home },
    );
    return edit.refused === undefined ? edit : editProblem(edit.refused);
  };
  const trial = async (ids: readonly string[]) => {
    const tried = await edited({ ...wish, resourceIds: ids });
    return isRefused(tried) ? tried : (tried.following ?? tried.object ?? parsed);
  };
  const resourceIds =
    wish.resourceIds === undefined
      ? undefined
      : await pickFromPools(unit, calendar, { uid: object.uid }, wish.resourceIds, trial);
  if (resourceIds !== undefined && isRefused(resourceIds)) return resourceIds;
  const edit = await edited({ ...wish, resourceIds });
  if (isRefused(edit)) return edit;
  return storeEdit(unit, held, edit.object, edit.following, options.onTaken, wish.rrule);
}

/** What is shown at one date of a series that is changed alone: it may have its own people. */
const shownAt = (
  { object, calendar }: Held,
  { scope, recurrenceId }: Pick<Target, "scope"> & { recurrenceId: string | undefined },
) => (scope === "this" && recurrenceId !== undefined ? occurrenceOf(object, calendar, recurrenceId)?.view : undefined);

/** Removes an event, one occurrence, or it and all that follow. */
export async function removeOne(
  unit: Unit,
  caller: Caller,
  id: string,
  target: Omit<Target, "recurrenceId"> & { readonly recurrenceId: string | undefined },
  ifMatch: IfMatch,
): Promise<EventWritten | { readonly removed: true } | Refused<WriteProblem>> {
  const held = await heldForWriting(unit, caller, id, ifMatch);
  if (isRefused(held)) return held;
  const home = findZone(held.object.floatingZone ?? held.calendar.zone) ?? UTC;
  if (target.recurrenceId !== undefined && isSingle(held.parsed)) return noSuchOccurrence(target.recurrenceId);
  const edit = deleteEvent(
    held.parsed,
    { scope: target.scope, recurrenceId: target.recurrenceId ?? null },
    { nowMs: unit.nowMs, floatingZone: home },
  );
  if (edit.refused !== undefined) return editProblem(edit.refused);
  if (edit.object !== null) return storeEdit(unit, held, edit.object, null, "report");
  const removed = await changeObjects(unit, [{ before: held.object, after: null, calendar: held.calendar }], {
    onTaken: "report",
  });
  return isRefused(removed) ? removed : { removed: true };
}

/** Puts the exact bytes of an object, or takes it away: what undo is made of. Refused unless it is at `ifVersion` (0: absent; null: any). */
export async function putOne(
  unit: Unit,
  caller: Caller,
  id: string,
  wish: {
    readonly calendarId: string;
    readonly ifVersion: number | null;
    readonly bytes: string | null;
    readonly name: string;
    readonly uid: string;
    readonly floatingZone: string | null;
    readonly insist: boolean;
    readonly beside?: TakeOptions["beside"] | undefined;
  },
): Promise<{ readonly id: string; readonly version: number } | Refused<WriteProblem>> {
  const calendar = await calendarFor(unit, caller, wish.calendarId, "write");
  if (calendar === "unknown") return notFound;
  if (calendar === "read-only") return readOnly;
  const before = (await lockObjects(unit, [id]))[0] ?? null;
  if (wish.ifVersion !== null && (before?.version ?? 0) !== wish.ifVersion) return versionChanged;
  if (before !== null && before.calendarId !== calendar.id) {
    const source = await calendarFor(unit, caller, before.calendarId, "write");
    if (source === "unknown" || source === "read-only") return readOnly;
  }
  const version = (before?.version ?? 0) + 1;
  const after: StoredObject | null =
    wish.bytes === null
      ? null
      : {
          id,
          calendarId: calendar.id,
          name: wish.name,
          uid: wish.uid,
          kind: readObject(Buffer.from(wish.bytes))?.kind ?? "VEVENT",
          bytes: Buffer.from(wish.bytes),
          version,
          floatingZone: wish.floatingZone,
        };
  const written = await changeObjects(unit, [{ before, after, calendar }], {
    onTaken: wish.insist ? "insist" : "refuse",
    beside: wish.beside ?? [],
    waivesRules: true,
  });
  if (isRefused(written)) return written;
  if (isBarred(written)) return barredProblem(unit, written);
  return { id, version };
}

export type Held = { readonly object: StoredObject; readonly calendar: SeenCalendar; readonly parsed: CalendarObject };

/** Locks the event and checks that the caller may change it, and that it is still what they saw. */
export async function heldForWriting(
  unit: Unit,
  caller: Caller,
  id: string,
  ifMatch: IfMatch,
): Promise<Held | Refused<WriteProblem>> {
  const object = (await lockObjects(unit, [id]))[0];
  if (object === undefined) return notFound;
  const calendar = await calendarFor(unit, caller, object.calendarId, "busy");
  if (calendar === "unknown" || calendar === "read-only") return notFound;
  if (!mayWriteInto(calendar)) return readOnly;
  if (ifMatch?.includes(object.version) === false) return versionChanged;
  const parsed = readObject(object.bytes);
  if (parsed === null || (parsed.master === null && parsed.overrides.length === 0)) return notFound; // A task or a journal: kept, not shown.
  return { object, calendar, parsed };
}

/** Who means one date of a series that is none any more must not change or remove the whole of it. */
export const isSingle = ({ master, overrides }: CalendarObject): boolean =>
  master !== null && overrides.length === 0 && !isRecurring(master);

export const noSuchOccurrence = (recurrenceId: string) =>
  refuseCalendar("occurrence-not-found", "date", { date: recurrenceId });

const versionChanged = refuseRequest("version-changed", "read", {});

function storeEdit(
  unit: Unit,
  { object, calendar }: Held,
  edited: CalendarObject | null,
  following: CalendarObject | null,
  onTaken: TakeOptions["onTaken"],
  ruleAsked?: string | null,
) {
  const changes = [];
  if (edited !== null)
    changes.push({
      before: object,
      after: { ...object, bytes: objectBytes(edited), version: object.version + 1 },
      parsed: edited,
    });
  else changes.push({ before: object, after: null });
  if (following !== null) {
    const id = unit.newId("evt");
    changes.push({
      before: null,
      after: {
        ...object,
        id,
        name: `${id}.ics`,
        uid: uidKey(following.uid),
        bytes: objectBytes(following),
        version: 1,
      },
      parsed: following,
    });
  }
  return store(unit, calendar, changes, { onTaken }, ruleAsked);
}

async function store(
  unit: Unit,
  calendar: SeenCalendar,
  changes: readonly {
    readonly before: StoredObject | null;
    readonly after: StoredObject | null;
    readonly parsed?: CalendarObject;
  }[],
  taking: Pick<TakeOptions, "onTaken" | "isFirst">,
  ruleAsked: string | null | undefined,
): Promise<EventWritten | Refused<WriteProblem>> {
  if (changes.some(({ after }) => after !== null && after.bytes.byteLength > EVENT_BYTES_MAX)) {
    return refuseCalendar("too-large", "bytes", { most: EVENT_BYTES_MAX });
  }
  // Of a series that was divided, the later part has the rule that was asked for.
  const asked = ruleAsked ? changes.at(-1)?.parsed : undefined;
  if (asked !== undefined && !namesADate(asked, findZone(calendar.zone) ?? UTC))
    return refuseCalendar("rule-invalid", "no-date", { rule: ruleAsked ?? "" });
  const written = await changeObjects(
    unit,
    changes.map((change) => ({ ...change, calendar })),
    { ...taking, ruleAsked },
  );
  if (isRefused(written)) return written;
  if (isBarred(written)) return barredProblem(unit, written);
  const kept = changes.map(({ after }) => after).filter((after) => after !== null);
  return {
    object: kept[0]!,
    calendar,
    following: kept[1] ?? null,
    warnings: [
      ...written.derived.flatMap(({ problem }) => problem ?? []),
      ...written.broken.map(({ sentence }) => sentence),
    ],
    broken: written.broken,
  };
}

/** Whether the rules of a series name any date at all; what takes too many steps to say is judged elsewhere. */
function namesADate({ master }: CalendarObject, home: Zone): boolean {
  if (master === null || master.rrules.length === 0) return true;
  const { start, rrules } = master;
  const zone = start.zone ?? home;
  const series = { startLocalMs: start.localMs, zone, isDate: start.form === "date", rrules };
  const from = { kind: "from", fromMs: zone.toEpochMs(start.localMs), limit: 1 } as const;
  const { epochMs, refused } = expand(series, from, RULE_STEPS_MAX);
  return epochMs.length > 0 || refused !== null;
}

/** Enough for a date in four hundred years: a few milliseconds. */
const RULE_STEPS_MAX = 100_000;

function changedTimes(
  wish: EventWish,
  zone: Zone | null,
  home: Zone,
): Partial<Pick<EventFields, "start" | "end">> | Refused<TimeProblem> {
  const start = wish.start === undefined ? undefined : whenOf(wish.start, zone, home);
  if (start !== undefined && isRefused(start)) return start;
  const end = wish.end === undefined ? undefined : whenOf(wish.end, zone, home);
  if (end !== undefined && isRefused(end)) return end;
  return { ...(start === undefined ? {} : { start }), ...(end === undefined ? {} : { end }) };
}

export function editProblem({
  code,
  message,
}: EditRefusal): Refused<"calendars/occurrence-not-found" | "calendars/ends-before-start" | "calendars/rule-invalid"> {
  const said = { sentence: message };
  switch (code) {
    case "no-such-occurrence":
      return refuseCalendar("occurrence-not-found", code, said);
    case "end-before-start":
    case "end-needed":
      return refuseCalendar("ends-before-start", code, said);
    default:
      return refuseCalendar("rule-invalid", code, said);
  }
}

/** What bars a write, in one sentence; all of it as data. Taken time comes before rules: it is asked for nowhere else. */
export async function barredProblem(
  unit: Unit,
  { clashes, broken }: Barred,
): Promise<Refused<"claims/taken" | "planning/rule-broken">> {
  const hard = broken.filter(({ isHard }) => isHard);
  if (clashes.length > 0 || hard.length === 0) {
    const { refused } = await takenProblem(unit, clashes);
    return hard.length === 0
      ? { refused }
      : { refused: { ...refused, extra: { ...refused.extra, broken: hard.map(shownBroken) } } };
  }
  const [first, ...more] = hard;
  const facts = { sentence: first!.sentence, name: first!.subject, more: more.length };
  return refusePlanning("rule-broken", "rules", facts, { broken: hard.map(shownBroken) });
}

/** "Hall B is taken by “Swim gala” on …": the first clash in a sentence, the rest as data. */
export async function takenProblem(unit: Unit, clashes: readonly Clash[]): Promise<Refused<"claims/taken">> {
  const listed = clashes.slice(0, CLASHES_LISTED_MAX);
  const first = listed[0];
  if (first === undefined) return refuseClaim("taken", "raced", {}, { clashes: [] });
  const names = new Map(
    (
      await subjectsById(
        unit,
        listed.map(({ standing }) => standing.subjectId),
      )
    ).map(({ id, name }) => [id, name]),
  );
  const { standing } = first;
  const facts = {
    name: names.get(standing.subjectId) ?? null,
    more: clashes.length - 1,
    ...standingFacts(standing.startMs, standing.endMs, first.wanted.zone ?? "UTC"),
  };
  return refuseClaim("taken", "by", facts, {
    clashes: listed.map(({ wanted, standing: other }) => ({
      subjectId: other.subjectId,
      subject: names.get(other.subjectId) ?? "Somebody",
      start: Temporal.Instant.fromEpochMilliseconds(Math.max(wanted.startMs, other.startMs)).toString(),
      end: Temporal.Instant.fromEpochMilliseconds(Math.min(wanted.endMs, other.endMs)).toString(),
    })),
  });
}
