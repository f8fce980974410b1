import { setImmediate } from "node:timers/promises";
import { sql } from "kysely";
import { instancesOf, readObject, type CalendarObject, type EventView } from "@hourwright/ical";
import { DAY_MS, findZone, UTC } from "@hourwright/time";
import { foundByChanges, madeAt, type ChangeWithContents } from "../../../platform/changes/read.ts";
import type { Unit } from "../../../platform/db/database.ts";
import { subjectsByEmail, subjectsById } from "../../identity/public.ts";
import { subjectOfAddress } from "../model.ts";
import { calendarsById } from "../store.ts";

// What became of commitments: the calendars as they are, and what the log of changes found there before.

/** A date of an event that has begun: as it was planned when it was made, and what it was when it began. Times as epoch milliseconds. */
export type PastDate = {
  readonly eventId: string;
  /** Which of the dates of a series, as it was named first; "" of what happens once. */
  readonly date: string;
  /** Whose calendar it was made in. */
  readonly organiserId: string;
  readonly zone: string;
  readonly isRecurring: boolean;
  /** When it was made: all that is known of it beforehand was known then. */
  readonly madeMs: number;
  /** The log says when it was made; false of what came with an import. */
  readonly isMadeKnown: boolean;
  readonly startMs: number;
  readonly endMs: number;
  readonly location: string;
  readonly priority: number;
  readonly guests: readonly { readonly email: string; readonly isOutside: boolean; readonly isOptional: boolean }[];
  /** Null: it was taken away before it began. */
  readonly became: { readonly startMs: number; readonly endMs: number } | null;
  /** When it became so; null where it stayed as it was. */
  readonly becameMs: number | null;
  /** Guests who had declined when it began. */
  readonly declined: readonly string[];
};

export type PastAnswer = {
  readonly dates: readonly PastDate[];
  /** There are more than are read: nothing after `untilMs` is missing before it. */
  readonly isCut: boolean;
};

type InUnit = <T>(work: (unit: Unit) => Promise<T>) => Promise<T>;
type Window = {
  readonly fromMs: number;
  readonly untilMs: number;
  /** When what came with an import counts as made; null leaves it out. */
  readonly importedMs: number | null;
};

const PAGE = 100;
/** So many changes and dates are held in memory; an organisation with more is asked for a shorter time. */
const CHANGES_MAX = 50_000;
const DATES_MAX = 200_000;
/** A date that is moved further away counts as taken away. */
const BEYOND_MS = 400 * DAY_MS;
const DATES_OF_EVENT_MAX = 1_000;

/**
 * What was planned in calendars of people and was to begin in a window that is over. All-day events and feeds are left out, and imports unless told otherwise.
 * What was changed before the log's contents begin counts as planned so; a series that is split tells of its later part as taken away.
 */
export async function pastDates(inUnit: InUnit, window: Window): Promise<PastAnswer> {
  const changes = await changesKnown(inUnit);
  const dates: PastDate[] = [];
  let isCut = changes.length >= CHANGES_MAX;
  const byEvent = Map.groupBy(changes, ({ thing }) => thing.id);
  for await (const ids of eventsOf(inUnit, window, [...byEvent.keys()])) {
    const events = await inUnit((unit) => eventsWithOwners(unit, ids, byEvent, window));
    const found = await datesOfEvents(events, window);
    dates.push(...(await inUnit((unit) => withOutsiders(unit, found))));
    if (dates.length > DATES_MAX) {
      isCut = true;
      break;
    }
  }
  return { dates: dates.slice(0, DATES_MAX), isCut };
}

async function changesKnown(inUnit: InUnit): Promise<ChangeWithContents[]> {
  const all: ChangeWithContents[] = [];
  for (let after = 0; all.length < CHANGES_MAX;) {
    const from = after;
    const page = await inUnit((unit) => foundByChanges(unit, { type: "event", after: from, limit: PAGE }));
    all.push(...page);
    if (page.length < PAGE) break;
    after = page.at(-1)!.seq;
  }
  return all;
}

/** Events of which something changed, and those of which something lies in the window, some at once. */
async function* eventsOf(inUnit: InUnit, { fromMs, untilMs }: Window, changed: readonly string[]) {
  for (let from = 0; from < changed.length; from += PAGE) yield changed.slice(from, from + PAGE);
  const known = new Set(changed);
  const at = (ms: number) => Temporal.Instant.fromEpochMilliseconds(ms);
  for (let last = ""; ;) {
    const after = last;
    const rows = await inUnit(async (unit) => {
      const page = await sql<{ object_id: string }>`
        select distinct object_id from calendars.instance
        where org_id = ${unit.organisation} and object_id > ${after}
          and starts_at >= ${at(fromMs)}::timestamptz and starts_at < ${at(untilMs)}::timestamptz
        order by object_id
        limit ${PAGE}`.execute(unit.db);
      return page.rows;
    });
    yield rows.flatMap(({ object_id }) => (known.has(object_id) ? [] : [object_id]));
    if (rows.length < PAGE) return;
    last = rows.at(-1)!.object_id;
  }
}

type Was = { readonly calendarId: string; readonly bytes: string };
/** An event as it was from a moment on; `bytes` null once it was gone. */
type Version = { readonly sinceMs: number; readonly was: Was | null };

/** An event of somebody's own calendar, through all its versions. */
type PastEvent = {
  readonly id: string;
  readonly isMadeKnown: boolean;
  readonly versions: readonly Version[];
  readonly owner: { readonly id: string; readonly zone: string; readonly email: string | null };
  readonly zone: string;
};

async function eventsWithOwners(
  unit: Unit,
  ids: readonly string[],
  changes: ReadonlyMap<string, readonly ChangeWithContents[]>,
  window: Window,
): Promise<PastEvent[]> {
  const { rows } = await sql<{ id: string; calendar_id: string; bytes: Uint8Array }>`
    select id, calendar_id, bytes from calendars.object
    where org_id = ${unit.organisation} and id = any(${[...ids]}::text[]) and kind = 'VEVENT'`.execute(unit.db);
  const now = new Map(
    rows.map(({ id, calendar_id, bytes }): [string, Was] => [
      id,
      { calendarId: calendar_id, bytes: Buffer.from(bytes).toString("utf8") },
    ]),
  );
  const made = await madeAt(unit, "event", ids);
  const events = ids.flatMap((id): { id: string; versions: readonly Version[] }[] => {
    const madeMs = made.get(id) ?? window.importedMs;
    return madeMs === null ? [] : [{ id, versions: versionsOf(madeMs, changes.get(id) ?? [], now.get(id) ?? null) }];
  });
  const calendarIds = events.flatMap(({ versions }) => versions[0]?.was?.calendarId ?? []);
  const calendars = new Map((await calendarsById(unit, [...new Set(calendarIds)])).map((each) => [each.id, each]));
  const owners = [...calendars.values()].flatMap(({ ownerSubjectId }) => ownerSubjectId ?? []);
  const people = new Map(
    (await subjectsById(unit, owners)).filter(({ kind }) => kind === "person").map((each) => [each.id, each]),
  );
  return events.flatMap(({ id, versions }) => {
    const calendar = calendars.get(versions[0]?.was?.calendarId ?? "");
    const owner = people.get(calendar?.ownerSubjectId ?? "");
    const isMadeKnown = made.has(id);
    if (owner === undefined || (!isMadeKnown && calendar!.fed)) return [];
    return [{ id, isMadeKnown, versions, owner, zone: calendar!.zone }];
  });
}

/** Others have their turn after so long: an event of many versions takes some milliseconds to read. */
const TURN_MS = 10;

/** The dates of events, outside of any unit. */
async function datesOfEvents(events: readonly PastEvent[], window: Window): Promise<PastDate[]> {
  const dates: PastDate[] = [];
  let sinceMs = performance.now();
  for (const { id, isMadeKnown, versions, owner, zone } of events) {
    dates.push(...datesThrough(id, versions, owner, zone, window).map((date) => ({ ...date, isMadeKnown })));
    if (performance.now() - sinceMs < TURN_MS) continue;
    await setImmediate();
    sinceMs = performance.now();
  }
  return dates;
}

/** The same with who of the guests is nobody of the organisation. */
async function withOutsiders(unit: Unit, dates: readonly PastDate[]): Promise<PastDate[]> {
  const emails = [...new Set(dates.flatMap(({ guests }) => guests.map(({ email }) => email)))];
  const inside = new Set(
    (await subjectsByEmail(unit, emails)).flatMap(({ kind, email }) =>
      kind === "person" && email !== null ? [email.toLowerCase()] : [],
    ),
  );
  return dates.map((date) => ({
    ...date,
    guests: date.guests.map((guest) => ({
      ...guest,
      isOutside: !inside.has(guest.email) && subjectOfAddress(guest.email) === null,
    })),
  }));
}

/** Each change says what it found: what there was from the change before it on. */
function versionsOf(madeMs: number, changes: readonly ChangeWithContents[], now: Was | null): Version[] {
  const found = changes.map(({ before }) => before as Was);
  return [...found, now].map((was, i) => ({ sinceMs: i === 0 ? madeMs : changes[i - 1]!.at.epochMilliseconds, was }));
}

type Planned = { readonly startMs: number; readonly endMs: number; readonly view: EventView };

/** The dates of an event that were planned to begin in the window, through all its versions. */
function datesThrough(
  eventId: string,
  versions: readonly Version[],
  owner: { readonly id: string; readonly zone: string; readonly email: string | null },
  zone: string,
  window: Window,
): Omit<PastDate, "isMadeKnown">[] {
  const planned: Map<string, Planned>[] = [];
  for (const { was } of versions) {
    const dates = plannedIn(was, zone, window);
    if (dates === null) return []; // Too many to say that one of them is gone.
    planned.push(planned.length === 0 ? dates : namedAsBefore(dates, planned.at(-1)!));
  }
  const firsts = new Map<string, number>();
  for (const [i, dates] of planned.entries()) for (const key of dates.keys()) if (!firsts.has(key)) firsts.set(key, i);
  return [...firsts].flatMap(([key, first]): Omit<PastDate, "isMadeKnown">[] => {
    const { startMs, endMs, view } = planned[first]!.get(key)!;
    const madeMs = versions[first]!.sinceMs;
    if (startMs < window.fromMs || startMs >= window.untilMs || startMs <= madeMs || view.allDay) return [];
    // What is changed once it has begun tells nothing of what became of it.
    const last = versions.findLastIndex(({ sinceMs }) => sinceMs < startMs);
    const final = planned[last]!.get(key);
    const isGone = final === undefined || final.view.status === "CANCELLED";
    const isSame = !isGone && final.startMs === startMs && final.endMs === endMs;
    return [
      {
        eventId,
        date: key,
        organiserId: owner.id,
        zone: owner.zone,
        isRecurring: key !== "",
        madeMs,
        startMs,
        endMs,
        location: view.location,
        priority: view.priority,
        guests: guestsOf(view)
          .filter(({ address }) => address.toLowerCase() !== owner.email?.toLowerCase())
          .map(({ address, role }) => ({
            email: address.toLowerCase(),
            isOutside: false,
            isOptional: role === "OPT-PARTICIPANT",
          })),
        became: isGone ? null : { startMs: final.startMs, endMs: final.endMs },
        becameMs: isSame ? null : versions[last]!.sinceMs,
        declined: guestsOf(final?.view ?? view).flatMap(({ participation, address }) =>
          participation === "DECLINED" ? [address.toLowerCase()] : [],
        ),
      },
    ];
  });
}

/** A series that is moved as a whole names its dates anew: those that are gone and those that are new are the same, in order. */
function namedAsBefore(
  dates: ReadonlyMap<string, Planned>,
  before: ReadonlyMap<string, Planned>,
): Map<string, Planned> {
  const missing = [...before.keys()].filter((key) => !dates.has(key));
  const fresh = [...dates.keys()].filter((key) => !before.has(key));
  const names = new Map(fresh.slice(0, missing.length).map((key, i) => [key, missing[i]!]));
  return new Map(Array.from(dates, ([key, date]) => [names.get(key) ?? key, date]));
}

const guestsOf = ({ attendees }: EventView) => attendees.filter(({ kind }) => kind === "INDIVIDUAL" || kind === "");

/** By the name of each date; null where not all that matter could be found. */
function plannedIn(was: Was | null, zoneId: string, { fromMs, untilMs }: Window): Map<string, Planned> | null {
  const object: CalendarObject | null = was === null ? null : readObject(Buffer.from(was.bytes));
  if (object === null || object.kind !== "VEVENT") return new Map();
  const range = {
    fromMs,
    toMs: untilMs + BEYOND_MS,
    floatingZone: findZone(zoneId) ?? UTC,
    datesMax: DATES_OF_EVENT_MAX,
  };
  const { instances, completeToMs } = instancesOf(object, range);
  if (completeToMs !== null && completeToMs < untilMs) return null;
  return new Map(
    instances.map(({ recurrenceId, startMs, endMs, view }) => [recurrenceId ?? "", { startMs, endMs, view }]),
  );
}
