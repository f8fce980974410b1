import { createHash } from "node:crypto";
import { instancesOf, isLocked, readObject, type CalendarObject, type Instance } from "@hourwright/ical";
import { findZone, UTC } from "@hourwright/time";
import type { Unit } from "../../platform/db/database.ts";
import type { Caller } from "../../platform/operations/context.ts";
import type { EventNow, EventRef } from "../planning/public.ts";
import { subjectsByEmail, subjectsById } from "../identity/public.ts";
import { calendarsSeenBy, type SeenCalendar } from "./access.ts";
import { contentTagOf } from "./content-tag.ts";
import { mayWriteInto, reaches, subjectOfAddress, type StoredObject } from "./model.ts";
import { AFTER_MS, BEFORE_MS, occurrenceOf, startOf } from "./occurrence.ts";
import { lockObjects, objectsById } from "./store.ts";
import { daysOf } from "./takers.ts";

/** Names of one event that are told; the rest is a count of the reader's. */
const PEOPLE_TOLD_MAX = 20;

/**
 * Events and dates of series as they are now, for those who may know of them: the port by which proposals speak of events. In the
 * order of `refs`; null for what is gone, was cancelled, or may not be known to be there. `isHeld` locks them until the commit.
 * Some milliseconds for a series.
 */
export async function lookAtEvents(
  unit: Unit,
  viewer: Caller,
  refs: readonly EventRef[],
  { isHeld }: { readonly isHeld: boolean },
): Promise<(EventNow | null)[]> {
  const ids = [...new Set(refs.map(({ id }) => id))].sort();
  if (ids.length === 0) return [];
  const objects = new Map((await (isHeld ? lockObjects : objectsById)(unit, ids)).map((each) => [each.id, each]));
  const calendars = new Map((await calendarsSeenBy(unit, viewer)).map((calendar) => [calendar.id, calendar]));
  const found = refs.map(({ id, recurrenceId, isWhole }) => {
    const object = objects.get(id);
    const calendar = object && calendars.get(object.calendarId);
    if (object === undefined || calendar === undefined) return null;
    const parsed = readObject(object.bytes);
    const date = parsed && dateOf(parsed, object, calendar, recurrenceId);
    return parsed === null || date === null ? null : { object, calendar, parsed, date, isWhole };
  });
  const nameOf = await namesFor(
    unit,
    found.flatMap((each) => (each === null ? [] : each.date.view.attendees.map(({ address }) => address))),
  );
  return found.map((each) => each && told(each, nameOf));
}

type Found = {
  readonly calendar: SeenCalendar;
  readonly parsed: CalendarObject;
  readonly date: Instance;
  readonly isWhole: boolean;
};

function told({ calendar, parsed, date, isWhole }: Found, nameOf: (address: string) => string | null): EventNow {
  const { view, startMs, endMs, allDay } = date;
  const isPublic = view.classification === "" || view.classification === "PUBLIC";
  const mayRead = reaches(calendar.access, "write") || (reaches(calendar.access, "read") && isPublic);
  return {
    title: mayRead ? view.summary : "Busy",
    startMs,
    endMs,
    days: allDay ? daysOf(date) : null,
    location: mayRead && view.location !== "" ? view.location : null,
    people: mayRead
      ? view.attendees.slice(0, PEOPLE_TOLD_MAX).map(({ address, name }) => nameOf(address) ?? name ?? address)
      : [],
    calendar: calendar.name,
    isSeries: date.recurrenceId !== null,
    // The whole of a series is as locked as any of its dates.
    isLocked: (isWhole ? [parsed.master, ...parsed.overrides] : [view]).some(
      (each) => each !== null && isLocked(each.component),
    ),
    mayChange: mayWriteInto(calendar),
    tag: isWhole ? contentTagOf(parsed.calendar) : tagOfDate(date),
  };
}

/** The date that is meant; of a series as a whole its first. */
function dateOf(
  parsed: CalendarObject,
  object: StoredObject,
  calendar: SeenCalendar,
  recurrenceId: string | null,
): Instance | null {
  const date = occurrenceOf(object, calendar, recurrenceId);
  if (date !== null || recurrenceId !== null) return date;
  const near = startOf(parsed);
  if (near === null) return null;
  const floatingZone = findZone(object.floatingZone ?? calendar.zone) ?? UTC;
  const range = { fromMs: near - BEFORE_MS, toMs: near + AFTER_MS, floatingZone, datesMax: 1 };
  return instancesOf(parsed, range).instances[0] ?? null;
}

/** A date of a series is the same as long as it says the same, whatever became of the others. */
function tagOfDate({ startMs, endMs, allDay, view }: Instance): string {
  const { summary, location, description, status, transparency, attendees } = view;
  const people = attendees.map(({ address, role }) => [address, role]);
  const said = [startMs, endMs, allDay, summary, location, description, status, transparency, people];
  return createHash("sha256").update(JSON.stringify(said)).digest("base64url").slice(0, 32);
}

/** Who of the organisation is behind some addresses, by address. */
async function namesFor(unit: Unit, addresses: readonly string[]): Promise<(address: string) => string | null> {
  const things = addresses.flatMap((address) => ownId(address) ?? []);
  const byId = new Map((await subjectsById(unit, [...new Set(things)])).map(({ id, name }) => [id, name]));
  const mail = new Set(addresses.filter((address) => ownId(address) === null).map((address) => address.toLowerCase()));
  const byEmail = new Map((await subjectsByEmail(unit, [...mail])).map(({ email, name }) => [email!, name]));
  return (address) => byId.get(ownId(address) ?? "") ?? byEmail.get(address.toLowerCase()) ?? null;
}

/** The id in an address of one of our own, in the spelling of ids: other programs change the case. */
function ownId(address: string): string | null {
  const id = subjectOfAddress(address);
  return id === null ? null : `${id.slice(0, 4).toLowerCase()}${id.slice(4).toUpperCase()}`;
}
