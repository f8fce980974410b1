import type { Event } from "./api.ts";

/** Of whom something is known or wanted: of everybody, or of some people, things and calendars, by their ids. */
export type Scope = ReadonlySet<string> | typeof EVERYONE;
export const EVERYONE = "everyone";

/** More than these are asked for as everybody: an address has its bound. */
const ASKED_MAX = 100;

export const NOBODY: Scope = new Set();

/** Those who are named; everybody when nobody is, or too many are. */
export const scopeOf = (who: readonly string[]): Scope =>
  who.length === 0 || who.length > ASKED_MAX ? EVERYONE : new Set(who);

export function together(one: Scope, other: Scope): Scope {
  if (one === EVERYONE || other === EVERYONE) return EVERYONE;
  const all = one.union(other);
  return all.size > ASKED_MAX ? EVERYONE : all;
}

/** Who of those wanted is not among the known. */
export function missingIn(known: Scope, wanted: Scope): Scope {
  if (known === EVERYONE) return new Set();
  return wanted === EVERYONE ? EVERYONE : wanted.difference(known);
}

/** How a scope is asked for: calendars and those whose time is taken are questions of their own, everybody is one. */
export function partsOf(scope: Scope): { subjects?: string[]; calendars?: string[] }[] {
  if (scope === EVERYONE) return [{}];
  const [calendars, subjects] = [[...scope].filter(isCalendar), [...scope].filter((id) => !isCalendar(id))];
  return [...(subjects.length === 0 ? [] : [{ subjects }]), ...(calendars.length === 0 ? [] : [{ calendars }])];
}

/**
 * Whose conflicts are those of a scope: of the people and things in it, and of whoever takes part in an event of its
 * calendars. Null is everybody.
 */
export function subjectsIn(scope: Scope, events: readonly Event[]): readonly string[] | null {
  if (scope === EVERYONE) return null;
  const subjects = new Set([...scope].filter((id) => !isCalendar(id)));
  if ([...scope].some(isCalendar))
    for (const { calendarId, subjectIds } of events)
      if (scope.has(calendarId)) for (const id of subjectIds) subjects.add(id);
  return subjects.size > ASKED_MAX ? null : [...subjects];
}

const isCalendar = (id: string): boolean => id.startsWith("cal_");
