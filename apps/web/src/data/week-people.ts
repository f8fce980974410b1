import type { Me } from "./api.ts";
import type { Entry } from "./entries.ts";
import type { Directory } from "./session.ts";
import { peopleShown } from "./rights.ts";

/** More would leave the blocks no room. */
export const BESIDES_MAX = 6;

/** Who is where in a week: one fills the columns, the others stand beside. */
export type WeekPeople = {
  /** Null when nobody in particular is shown: then the columns hold everything. */
  readonly main: string | null;
  readonly besides: readonly string[];
  /** Whose hours are shaded, and whose free time is counted. */
  readonly hoursOf: string | null;
  /** Whose load the days show. */
  readonly loadOf: readonly string[];
};

/** Reads from the people and calendars shown, and who of them was pressed, who stands where. */
export function weekPeople(who: readonly string[], pressed: string | null, me: Me, directory: Directory): WeekPeople {
  const shown = peopleShown(who, directory);
  const fallback = shown.includes(me.personId) ? me.personId : (shown[0] ?? null);
  const named = who.filter((id) => directory.people.some((person) => person.id === id));
  if (named.length < 2) return { main: null, besides: [], hoursOf: fallback, loadOf: shown };
  const main =
    pressed !== null && named.includes(pressed) ? pressed : named.includes(me.personId) ? me.personId : named[0]!;
  return {
    main,
    besides: named.filter((id) => id !== main).slice(0, BESIDES_MAX),
    hoursOf: main,
    loadOf: [main],
  };
}

/** Of the entries shown those that belong in the columns: of the one who fills them, and of the calendars chosen. */
export function entriesOfMain(
  entries: readonly Entry[],
  { main }: WeekPeople,
  who: readonly string[],
  { people, calendars }: Directory,
): readonly Entry[] {
  if (main === null) return entries;
  const email = people.find(({ id }) => id === main)?.email?.toLowerCase();
  const rest = new Set(who.filter((id) => calendars.has(id)));
  return entries.filter(
    ({ event, calendar }) =>
      event.subjectIds.includes(main) ||
      rest.has(event.calendarId) ||
      (event.allDay && calendar?.ownerSubjectId === main) ||
      event.attendees.some((attendee) => attendee.email.toLowerCase() === email),
  );
}
