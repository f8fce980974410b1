import { isRefused, refuseCalendar, refuseIdentity, refuseRequest, type Refused } from "@hourwright/contract";
import type { Alarm, EventFields, NewPerson } from "@hourwright/ical";
import type { Unit } from "../../platform/db/database.ts";
import type { Caller } from "../../platform/operations/context.ts";
import { subjectsById, type Subject } from "../identity/public.ts";
import { subjectAddress, subjectOfAddress } from "./model.ts";
import { rulesOf } from "./times.ts";

/** What a request may say of an event, beside its times. */
export type EventWish = {
  readonly title?: string | undefined;
  readonly start?: string | undefined;
  readonly end?: string | undefined;
  readonly timeZone?: string | undefined;
  readonly description?: string | null | undefined;
  readonly location?: string | null | undefined;
  readonly attendees?:
    | readonly (
        | string
        | {
            readonly email: string;
            readonly name?: string | null | undefined;
            readonly status?: "needs-action" | "accepted" | "declined" | "tentative" | undefined;
            /** Whether they need not come; not given: as it was. */
            readonly optional?: boolean | undefined;
          }
      )[]
    | undefined;
  readonly resourceIds?: readonly string[] | undefined;
  /** Who or what takes part instead of those, by ids; everyone else stays. */
  readonly instead?: readonly { readonly subjectId: string; readonly by: string | null }[] | undefined;
  readonly transparency?: "opaque" | "transparent" | undefined;
  readonly status?: "confirmed" | "tentative" | "cancelled" | undefined;
  readonly priority?: number | undefined;
  readonly alarms?: readonly { readonly minutesBefore: number }[] | undefined;
  readonly rrule?: string | null | undefined;
  readonly locked?: boolean | undefined;
};

type WishProblem = "calendars/rule-invalid" | "calendars/address-invalid" | "identity/retired" | `request/${string}`;

/** The fields of a wish as iCalendar has them; what is not wished stays. */
export async function fieldsOf(
  unit: Unit,
  caller: Caller,
  wish: EventWish,
  invited: readonly NewPerson[],
): Promise<Partial<EventFields> | Refused<WishProblem>> {
  const rrules = rulesOf(wish.rrule);
  if (rrules !== undefined && isRefused(rrules)) return rrules;
  const attendees = await attendeesOf(unit, wish, invited);
  if (attendees !== undefined && isRefused(attendees)) return attendees;
  return {
    ...given("summary", wish.title),
    ...given("description", wish.description === null ? "" : wish.description),
    ...given("location", wish.location === null ? "" : wish.location),
    ...given("transparency", wish.transparency === undefined ? undefined : upper(wish.transparency)),
    ...given("status", wish.status === undefined ? undefined : upper(wish.status)),
    ...given("priority", wish.priority),
    ...given("isLocked", wish.locked),
    ...given(
      "alarms",
      wish.alarms?.map(({ minutesBefore }) => reminder(minutesBefore, wish.title ?? "Reminder")),
    ),
    ...given("rrules", rrules),
    ...given("attendees", attendees),
    ...(wish.instead === undefined && attendees !== undefined && attendees.length > 0
      ? { organizer: { address: caller.email, name: caller.name } }
      : {}),
  };
}

const given = <Key extends string, Value>(key: Key, value: Value | undefined) =>
  value === undefined ? {} : ({ [key]: value } as Record<Key, Value>);
const upper = <Word extends string>(word: Word) => word.toUpperCase() as Uppercase<Word>;

const reminder = (minutesBefore: number, description: string): Alarm => ({
  action: "DISPLAY",
  trigger: { after: { days: 0, ms: -minutesBefore * 60_000 }, related: "START" },
  description,
});

/** Everyone invited from now on: people as given, things by their ids; a list that is not given stays as it was. */
async function attendeesOf(
  unit: Unit,
  wish: EventWish,
  invited: readonly NewPerson[],
): Promise<readonly NewPerson[] | undefined | Refused<WishProblem>> {
  if (wish.instead !== undefined) return exchanged(unit, wish, wish.instead, invited);
  if (wish.attendees === undefined && wish.resourceIds === undefined) return undefined;
  const isThing = ({ address }: NewPerson) => subjectOfAddress(address) !== null;
  const people =
    wish.attendees === undefined ? invited.filter((each) => !isThing(each)) : wish.attendees.map(invitation);
  const wrong = wish.attendees === undefined ? undefined : people.find(({ address }) => !isMailAddress(address));
  if (wrong !== undefined)
    return refuseCalendar("address-invalid", "address", { address: wrong.address.slice(0, 100) });
  if (wish.resourceIds === undefined) return [...people, ...invited.filter(isThing)];

  const things = await subjectsById(unit, wish.resourceIds);
  const missing = wish.resourceIds.find((id) => !things.some((thing) => thing.id === id));
  if (missing !== undefined) return refuseRequest("not-found", "named-thing", { id: missing });
  // What the event has already may stay in it: it was taken before it was retired.
  const kept = new Set(invited.map(({ address }) => address));
  const retired = things.find((thing) => thing.retired && !kept.has(thing.email ?? subjectAddress(thing.id)));
  if (retired !== undefined) return refuseIdentity("retired", "nothing", { name: retired.name });
  return [...people, ...things.map((thing) => invitationOf(thing))];
}

/** Those who are invited, with others instead of some. Whoever comes instead is asked in the same role. */
async function exchanged(
  unit: Unit,
  wish: EventWish,
  swaps: NonNullable<EventWish["instead"]>,
  invited: readonly NewPerson[],
): Promise<readonly NewPerson[] | Refused<WishProblem>> {
  if (wish.attendees !== undefined || wish.resourceIds !== undefined) return refuseRequest("invalid", "instead", {});
  const ids = swaps.flatMap(({ subjectId, by }) => (by === null ? [subjectId] : [subjectId, by]));
  const subjects = new Map((await subjectsById(unit, [...new Set(ids)])).map((subject) => [subject.id, subject]));
  let people = invited;
  for (const { subjectId, by } of swaps) {
    const old = people.find(({ address }) => isAddressOf(address, subjectId, subjects.get(subjectId)));
    if (old === undefined) return refuseRequest("not-found", "guest", { id: subjectId });
    const next = by === null ? null : subjects.get(by);
    if (next === undefined) return refuseRequest("not-found", "replacement", { id: by ?? "" });
    if (next?.retired === true) return refuseIdentity("retired", "nothing", { name: next.name });
    const isThere = next !== null && people.some(({ address }) => isAddressOf(address, next.id, next));
    const come = next === null || isThere ? [] : [invitationOf(next, old.role)];
    people = people.flatMap((each) => (each === old ? come : [each]));
  }
  return people;
}

function isAddressOf(address: string, subjectId: string, subject: Subject | undefined): boolean {
  const own = address.toLowerCase();
  return own === subject?.email || own === subjectAddress(subjectId).toLowerCase();
}

const invitationOf = (subject: Subject, role?: string): NewPerson =>
  subject.kind === "person" || subject.kind === "outside"
    ? {
        address: subject.email ?? subjectAddress(subject.id),
        name: subject.name,
        participation: "NEEDS-ACTION",
        ...given("role", role),
      }
    : thingInvitation(subject);

/**
 * A mail address that one can write to: an addr-spec without quotes and comments (RFC 5322 §3.4.1), letters of any
 * language allowed (RFC 6531), the domain a name of letters, digits and hyphens.
 */
const isMailAddress = (address: string): boolean =>
  /^[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+(\.[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+)*@(?!-)[\p{L}\p{M}\p{N}-]+(\.[\p{L}\p{M}\p{N}-]+)*$/u.test(
    address,
  );

function invitation(each: NonNullable<EventWish["attendees"]>[number]): NewPerson {
  if (typeof each === "string")
    return {
      address: each
        .trim()
        .toLowerCase()
        .replace(/^mailto:/, ""),
      participation: "NEEDS-ACTION",
    };
  return {
    address: each.email
      .trim()
      .toLowerCase()
      .replace(/^mailto:/, ""),
    name: each.name ?? null,
    participation: (each.status ?? "needs-action").toUpperCase(),
    ...given("role", each.optional === undefined ? undefined : each.optional ? "OPT-PARTICIPANT" : "REQ-PARTICIPANT"),
  };
}

const thingInvitation = ({ id, name, kind, email }: Subject): NewPerson => ({
  address: email ?? subjectAddress(id),
  name,
  kind: kind === "room" ? "ROOM" : "RESOURCE",
  participation: "ACCEPTED",
  role: "NON-PARTICIPANT",
});
