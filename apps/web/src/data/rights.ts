import type { Calendar, Conflict, Me } from "./api.ts";
import type { Entry } from "./entries.ts";
import type { Directory } from "./session.ts";

/** Whether one of a conflict's events may be moved by whoever looks: by what their access to its calendar allows. */
export function mayMove(conflict: Conflict, calendars: ReadonlyMap<string, Calendar>): boolean {
  return conflict.events.some(({ calendarId }) => {
    const calendar = calendarId === null ? undefined : calendars.get(calendarId);
    return calendar !== undefined && mayWriteInto(calendar);
  });
}

/** Whether events of a calendar may be written by whoever looks. Those that follow an address are written by nobody here. */
export const mayWriteInto = ({ access, fed }: Calendar): boolean => !fed && (access === "write" || access === "own");

/** Whether `me` may propose another time for an event: they are invited, have not declined, and may not move it themselves. */
export function mayPropose({ event, calendar }: Entry, me: Me): boolean {
  if (event.canEdit || calendar?.fed === true) return false;
  const email = me.email.toLowerCase();
  return event.attendees.some((guest) => guest.email.toLowerCase() === email && guest.status !== "declined");
}

/** Whether a conflict is for `me` to resolve: it takes their own time, or they may move one of its events. */
export function isForMe(conflict: Conflict, me: Me, calendars: ReadonlyMap<string, Calendar>): boolean {
  return conflict.subjectIds.includes(me.personId) || mayMove(conflict, calendars);
}

/** The people whose calendars a conflict's events stand in, once each: who may be asked to move one. */
export function ownersOf(conflict: Conflict, { calendars, people }: Directory): string[] {
  const owners = conflict.events.flatMap(({ calendarId }) => {
    const ownerId = calendarId === null ? null : (calendars.get(calendarId)?.ownerSubjectId ?? null);
    return people.find(({ id }) => id === ownerId)?.name ?? [];
  });
  return [...new Set(owners)];
}

/** The people whose time is shown: those chosen and the owners of calendars chosen; everybody when nobody is. */
export function peopleShown(who: readonly string[], { calendars, people }: Directory): string[] {
  if (who.length === 0) return people.map(({ id }) => id);
  const wanted = new Set(who.map((id) => calendars.get(id)?.ownerSubjectId ?? id));
  return people.filter(({ id }) => wanted.has(id)).map(({ id }) => id);
}

/** The calendars that one may write to, one's own first, the one that one began with before those of imports. */
export function writableCalendars({ calendars }: Directory, me: Me): readonly Calendar[] {
  const isOwn = ({ ownerSubjectId }: Calendar) => Number(ownerSubjectId === me.personId);
  return [...calendars.values()]
    .filter(mayWriteInto)
    .sort((one, other) => isOwn(other) - isOwn(one) || (one.id < other.id ? -1 : 1)); // Ids are in order of time.
}
