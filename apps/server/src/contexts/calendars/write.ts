import { isRefused, type Refused } from "@hourwright/contract";
import { readObject, type CalendarObject } from "@hourwright/ical";
import type { ChangeRecord } from "../../platform/changes/write.ts";
import type { Unit } from "../../platform/db/database.ts";
import { take, type Clash, type Commitment, type Stretch, type TakeOptions } from "../claims/public.ts";
import { subjectsByEmail, subjectsById, subjectsOfAddresses, type Subject } from "../identity/public.ts";
import { contentTagOf } from "./content-tag.ts";
import { addressesOf, commitmentOf, derive, type Derived, type DeriveFacts } from "./derive.ts";
import {
  DERIVED_MONTHS_AHEAD,
  DERIVED_MONTHS_BACK,
  subjectAddress,
  subjectOfAddress,
  type Calendar,
  type StoredObject,
} from "./model.ts";
import { calendarsById, deleteObjects, objectsByUid, writeObjects, type ObjectWrite } from "./store.ts";

/** One object as it is to be: `after` null takes it away. `before` is locked by the caller, null when it is new. */
export type ObjectChange = {
  readonly before: StoredObject | null;
  readonly after: StoredObject | null;
  /** The object that `after.bytes` hold, when the caller has just made it; read from the bytes otherwise. */
  readonly parsed?: CalendarObject;
  /** What is derived from `after`, when the caller has had it derived elsewhere. */
  readonly done?: Worked;
  readonly calendar: Calendar;
};

/** What is kept beside the bytes of an object. */
export type Worked = { readonly derived: Derived; readonly contentTag: string };

export type Written = { readonly contested: readonly Stretch[]; readonly derived: readonly Derived[] };

/** Time was taken by others: which of ours met whom. */
export type Barred = { readonly clashes: readonly Clash[] };

export const isBarred = (answer: object): answer is Barred => "clashes" in answer;

/**
 * The one way in which events change: takes and gives back time, stores the bytes with all that is derived from them,
 * and records what happened. Claims come first, so that nothing is stored for time that was not there.
 */
export async function changeObjects(
  unit: Unit,
  changes: readonly ObjectChange[],
  options: TakeOptions & { readonly importId?: string; readonly silent?: true },
): Promise<Written | Barred | Refused<"claims/meets-itself" | "claims/too-many-stretches">> {
  const importId = options.importId ?? null;
  const window = derivedWindow(unit.nowMs);
  const read = changes.map((change) => ({ ...change, object: objectToDerive(change) }));
  const facts = await factsFor(unit, read, window);
  const worked = read.map(({ object, after, calendar, done }): Worked | null =>
    object === null || after === null
      ? (done ?? null)
      : {
          derived: derive(object, facts(calendar, after.floatingZone)),
          contentTag: contentTagOf(object.calendar),
        },
  );
  const derived = worked.map((each) => each?.derived ?? null);

  const commitments = await commitmentsOf(unit, changes, derived, window, importId);
  const taken = await take(unit, commitments, options);
  if (isRefused(taken) || isBarred(taken)) return taken;

  const writes: ObjectWrite[] = [];
  changes.forEach(({ after }, i) => {
    if (after !== null) writes.push({ object: after, ...worked[i]!, importId });
  });
  await deleteObjects(
    unit,
    changes.flatMap(({ before, after }) => (after === null && before !== null ? [before.id] : [])),
  );
  await writeObjects(unit, writes);
  // Deriving further ahead changes no event.
  if (options.silent !== true) unit.record(...changes.flatMap(changeRecord));
  return { contested: taken.contested, derived: derived.filter((each) => each !== null) };
}

function objectToDerive({ parsed, after, done }: ObjectChange): CalendarObject | null {
  if (done !== undefined || after === null) return null;
  return parsed ?? readObject(after.bytes);
}

/** The window in which series are derived, as of now. */
export function derivedWindow(nowMs: number): { fromMs: number; toMs: number } {
  const now = Temporal.Instant.fromEpochMilliseconds(nowMs).toZonedDateTimeISO("UTC");
  return {
    fromMs: now.subtract({ months: DERIVED_MONTHS_BACK }).epochMilliseconds,
    toMs: now.add({ months: DERIVED_MONTHS_AHEAD }).epochMilliseconds,
  };
}

type ReadChange = ObjectChange & { readonly object: CalendarObject | null };

/** The facts for deriving objects of one calendar that invite these addresses. */
export async function deriveFacts(
  unit: Unit,
  calendar: Calendar,
  floatingZone: string | null,
  addresses: readonly { readonly email: string; readonly name: string | null }[],
): Promise<DeriveFacts> {
  const owners = calendar.ownerSubjectId === null ? [] : [calendar.ownerSubjectId];
  return factsOf(
    calendar,
    floatingZone,
    await resolveSubjects(unit, addresses, owners, calendar.zone),
    derivedWindow(unit.nowMs),
  );
}

/** Looks up every address and owner once, and gives out the facts for deriving one object. */
async function factsFor(unit: Unit, changes: readonly ReadChange[], window: { fromMs: number; toMs: number }) {
  const addresses = new Map(
    changes.flatMap(({ object }) => (object === null ? [] : addressesOf(object))).map((each) => [each.email, each]),
  );
  const owners = changes.flatMap(({ calendar }) => calendar.ownerSubjectId ?? []);
  const found = await resolveSubjects(unit, [...addresses.values()], owners, changes[0]?.calendar.zone ?? "UTC");
  return (calendar: Calendar, floatingZone: string | null): DeriveFacts =>
    factsOf(calendar, floatingZone, found, window);
}

function factsOf(
  calendar: Calendar,
  floatingZone: string | null,
  found: Awaited<ReturnType<typeof resolveSubjects>>,
  window: { readonly fromMs: number; readonly toMs: number },
): DeriveFacts {
  const ownerEmail =
    calendar.ownerSubjectId === null ? null : (found.owners.get(calendar.ownerSubjectId)?.email ?? null);
  return {
    calendar: { ownerSubjectId: calendar.ownerSubjectId, ownerEmail, policy: calendar.policy, zone: calendar.zone },
    subjects: found.byAddress,
    floatingZone,
    ...window,
  };
}

/** The subjects behind addresses and ids. Strangers with a mail address become outside people, unless one only reads. */
export async function resolveSubjects(
  unit: Unit,
  addresses: readonly { readonly email: string; readonly name: string | null }[],
  ownerIds: readonly string[],
  zone: string,
  strangers: "become-outside-people" | "stay-unknown" = "become-outside-people",
): Promise<{ byAddress: Record<string, Subject>; owners: Map<string, Subject> }> {
  const named = addresses.flatMap(
    ({ email }) =>
      subjectOfAddress(email)?.replace(
        /^(...)_(.*)$/,
        (_, kind: string, rest: string) => `${kind}_${rest.toUpperCase()}`,
      ) ?? [],
  );
  const byId = new Map(
    (await subjectsById(unit, [...new Set([...named, ...ownerIds])])).map((subject) => [subject.id, subject]),
  );
  const mail = addresses.filter(({ email }) => subjectOfAddress(email) === null);
  const byAddress: Record<string, Subject> = Object.fromEntries(
    strangers === "stay-unknown"
      ? (
          await subjectsByEmail(
            unit,
            mail.map(({ email }) => email),
          )
        ).map((subject) => [subject.email!, subject])
      : await subjectsOfAddresses(unit, mail, zone),
  );
  for (const id of named) {
    const subject = byId.get(id);
    if (subject !== undefined) byAddress[subjectAddress(id).toLowerCase()] = subject;
  }
  return { byAddress, owners: byId };
}

/** What each UID wants to take now, out of every calendar that holds it. */
async function commitmentsOf(
  unit: Unit,
  changes: readonly ObjectChange[],
  derived: readonly (Derived | null)[],
  window: { fromMs: number; toMs: number },
  importId: string | null,
): Promise<Commitment[]> {
  const uids = new Set(
    changes.flatMap(({ before, after }) => [before?.uid, after?.uid]).filter((uid) => uid !== undefined),
  );
  const touched = new Set(changes.flatMap(({ before, after }) => [before?.id, after?.id]));
  const others = (await objectsByUid(unit, [...uids])).filter(({ id }) => !touched.has(id));
  const calendars = await calendarsById(unit, [...new Set(others.map(({ calendarId }) => calendarId))]);
  const parsed = others.map((after) => ({
    before: null,
    after,
    calendar: calendars.find(({ id }) => id === after.calendarId)!,
    object: readObject(after.bytes),
  }));
  const facts = await factsFor(unit, parsed, window);

  const parts = new Map<string, Derived[]>([...uids].map((uid) => [uid, []]));
  changes.forEach(({ after }, i) => {
    if (after !== null) parts.get(after.uid)!.push(derived[i]!);
  });
  for (const { after, calendar, object } of parsed) {
    if (object !== null) parts.get(after.uid)!.push(derive(object, facts(calendar, after.floatingZone)));
  }
  return [...parts].map(([uid, list]) => commitmentOf(uid, importId, list));
}

/** What undo needs: the whole object as it was. A move between calendars is two records. */
function changeRecord({ before, after }: ObjectChange): ChangeRecord[] {
  const thing = { type: "event", id: (after ?? before)!.id };
  const fields = ["title", "start", "end", "attendees", "location", "rrule"];
  const reached = after === null ? null : { version: after.version, calendarId: after.calendarId };
  if (before === null)
    return [{ kind: "created", thing, collectionId: after!.calendarId, fields, before: null, after: reached }];

  const was = {
    calendarId: before.calendarId,
    name: before.name,
    uid: before.uid,
    version: before.version,
    floatingZone: before.floatingZone,
    bytes: Buffer.from(before.bytes).toString("utf8"),
  };
  if (after === null) return [{ kind: "removed", thing, collectionId: before.calendarId, before: was, after: null }];
  const updated: ChangeRecord = {
    kind: "updated",
    thing,
    collectionId: after.calendarId,
    fields,
    before: was,
    after: reached,
  };
  if (before.calendarId === after.calendarId) return [updated];
  return [{ kind: "removed", thing, collectionId: before.calendarId }, updated];
}
