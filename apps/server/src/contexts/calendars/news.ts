import { instancesOf, readObject, type CalendarObject, type Instance } from "@hourwright/ical";
import { DAY_MS, findZone, UTC, type Zone } from "@hourwright/time";
import type { ChangeWithContents } from "../../platform/changes/read.ts";
import type { Unit } from "../../platform/db/database.ts";
import { subjectsByEmail } from "../identity/public.ts";
import { addressesOf } from "./derive.ts";
import { calendarsById, objectById } from "./store.ts";

/** What a change of an event means to one person who takes part in it. */
export type EventNews = {
  readonly seq: number;
  readonly eventId: string;
  readonly personId: string;
  readonly kind: "invited" | "moved" | "cancelled";
  readonly title: string;
  /** When it is now, or was to be; the first date that is meant. */
  readonly startMs: number;
  readonly endMs: number;
  readonly allDay: boolean;
};

/** How far beyond its start, or now, a series is looked at: a change of what lies beyond is no news yet. */
const AHEAD_MS = 760 * DAY_MS;
/** Of a rule that names more dates, the first are compared. */
const DATES_MAX = 2_000;

/**
 * Who is to be told what of some changes, in order: those who took part before or take part now, with what is not over yet.
 * Nothing for who changed it, nothing for the past, nothing where only words changed. Two short statements a change.
 */
export async function newsOf(unit: Unit, changes: readonly ChangeWithContents[]): Promise<EventNews[]> {
  const news: EventNews[] = [];
  for (const [i, change] of changes.entries()) {
    if (change.thing.type !== "event" || (change.before === null && change.after === null)) continue;
    const next = changes.slice(i + 1).find(({ thing }) => thing.id === change.thing.id);
    news.push(...(await newsOfChange(unit, change, next ?? null)));
  }
  return news;
}

export type Was = { readonly calendarId: string; readonly bytes: string };

/** One side of a change: the event as it was or is, with who takes part. */
export type Side = {
  readonly dates: ReadonlyMap<string, Instance>;
  /** None is missing of those that start before. */
  readonly completeToMs: number;
  readonly people: ReadonlySet<string>;
  /** Those of them who have said that they come. */
  readonly accepted: ReadonlySet<string>;
};

async function newsOfChange(
  unit: Unit,
  change: ChangeWithContents,
  next: ChangeWithContents | null,
): Promise<EventNews[]> {
  const before = await sideOf(unit, change.before as Was | null);
  const after = change.kind === "removed" ? null : await sideOf(unit, await left(unit, change.thing.id, next));
  const everybody = new Set([...(before?.people ?? []), ...(after?.people ?? [])]);
  if (change.actor.personId !== null) everybody.delete(change.actor.personId);
  return [...everybody].flatMap((personId) => {
    const seen = (side: Side | null) => (side?.people.has(personId) === true ? side : null);
    const told = difference(seen(before), seen(after));
    if (told === null) return [];
    const { startMs, endMs, allDay, view } = told.date;
    const title = view.summary;
    return [{ seq: change.seq, eventId: change.thing.id, personId, kind: told.kind, title, startMs, endMs, allDay }];
  });
}

/** How a change left the event: as the next change found it, else as it is. */
export async function left(unit: Unit, id: string, next: ChangeWithContents | null): Promise<Was | null> {
  if (next !== null) return next.before as Was | null;
  const object = await objectById(unit, id);
  return object && { calendarId: object.calendarId, bytes: Buffer.from(object.bytes).toString("utf8") };
}

export async function sideOf(unit: Unit, was: Was | null): Promise<Side | null> {
  const object = was === null ? null : readObject(Buffer.from(was.bytes));
  if (was === null || object === null || object.kind !== "VEVENT") return null;
  const [calendar] = await calendarsById(unit, [was.calendarId]);
  const zone = findZone(calendar?.zone ?? "") ?? UTC;
  const attendees = await attending(unit, object);
  const people = new Set(attendees.map(({ id }) => id));
  const accepted = new Set(attendees.filter((each) => each.isAccepted).map(({ id }) => id));
  const owner = calendar?.ownerSubjectId ?? null;
  if (owner !== null && owner.startsWith("per_")) people.add(owner);
  return { ...datesAhead(object, unit.nowMs, zone), people, accepted };
}

/** The people of the house who are invited and have not declined. */
async function attending(
  unit: Unit,
  object: CalendarObject,
): Promise<{ readonly id: string; readonly isAccepted: boolean }[]> {
  const views = [object.master, ...object.overrides].flatMap((view) => view?.attendees ?? []);
  const who = (answer: string) =>
    new Set(views.filter(({ participation }) => participation === answer).map(({ address }) => address.toLowerCase()));
  const [declined, accepted] = [who("DECLINED"), who("ACCEPTED")];
  const addresses = addressesOf(object).filter(({ email }) => !declined.has(email));
  const subjects = await subjectsByEmail(
    unit,
    addresses.map(({ email }) => email),
  );
  return subjects
    .filter(({ kind }) => kind === "person")
    .map(({ id, email }) => ({ id, isAccepted: email !== null && accepted.has(email) }));
}

function datesAhead(object: CalendarObject, nowMs: number, floatingZone: Zone): Pick<Side, "dates" | "completeToMs"> {
  const first = Math.max(nowMs, ...[object.master, ...object.overrides].map((view) => view?.start.localMs ?? nowMs));
  const range = { fromMs: nowMs, toMs: first + AHEAD_MS, floatingZone, datesMax: DATES_MAX };
  const { instances, completeToMs } = instancesOf(object, range);
  const ahead = instances.filter(({ endMs, view }) => endMs > nowMs && view.status !== "CANCELLED");
  return {
    dates: new Map(ahead.map((each) => [each.recurrenceId ?? "", each])),
    completeToMs: completeToMs ?? Infinity,
  };
}

/** What differs between two sides, for somebody who takes part in those that are given. */
function difference(
  before: Side | null,
  after: Side | null,
): { readonly kind: EventNews["kind"]; readonly date: Instance } | null {
  const dates = (side: Side | null): ReadonlyMap<string, Instance> => side?.dates ?? new Map();
  const untilMs = Math.min(before?.completeToMs ?? Infinity, after?.completeToMs ?? Infinity);
  const missing = (here: Side | null, there: Side | null) =>
    dates(here)
      .entries()
      .find(([key, { startMs }]) => startMs < untilMs && !dates(there).has(key))?.[1];
  const [gone, fresh] = [missing(before, after), missing(after, before)];
  if (before === null || dates(before).size === 0) return fresh === undefined ? null : { kind: "invited", date: fresh };
  const moved = dates(after)
    .entries()
    .find(([key, { startMs, endMs }]) => {
      const was = dates(before).get(key);
      return was !== undefined && (was.startMs !== startMs || was.endMs !== endMs);
    })?.[1];
  if (moved !== undefined) return { kind: "moved", date: moved };
  if (gone === undefined) return null;
  return fresh === undefined ? { kind: "cancelled", date: gone } : { kind: "moved", date: fresh };
}
