import { isRefused, refuseCalendar, refuseRequest, type Refused } from "@hourwright/contract";
import { findZone } from "@hourwright/time";
import type { Unit } from "../../platform/db/database.ts";
import type { Caller, IfMatch } from "../../platform/operations/context.ts";
import type { OverlapPolicy } from "../claims/pure.ts";
import { mayActFor, organisationOf, subjectsById } from "../identity/public.ts";
import { calendarFor, type SeenCalendar } from "./access.ts";
import { HORIZON } from "./horizon.ts";
import { reaches, type Access, type Calendar, type Category, type Sharing } from "./model.ts";
import {
  AHEAD_COUNTED_MAX,
  countAhead,
  deleteCalendarRow,
  hasObjects,
  insertCalendars,
  lockCalendar,
  markToDerive,
  replaceShares,
  updateCalendarRow,
} from "./store.ts";

export type NewCalendar = {
  readonly name: string;
  readonly colour: number;
  readonly category: Category | null;
  readonly ownerSubjectId: string | null;
  readonly zone: string;
  readonly policy: OverlapPolicy;
  readonly sharing: Sharing;
  readonly fed?: boolean;
};

/** Makes calendars, without asking who may: for the system. */
export async function openCalendars(unit: Unit, wanted: readonly NewCalendar[]): Promise<Calendar[]> {
  const calendars = wanted.map((wish) => ({ fed: false, ...wish, id: unit.newId("cal"), version: 1 }));
  await insertCalendars(unit, calendars);
  unit.record(
    ...calendars.map(({ id, name }) => ({
      kind: "created" as const,
      thing: { type: "calendar", id },
      collectionId: id,
      fields: ["name"],
      after: { name },
    })),
  );
  return calendars;
}

type CalendarProblem = "calendars/unknown-zone" | "calendars/read-only" | "calendars/not-empty" | `request/${string}`;

export async function createCalendar(
  unit: Unit,
  caller: Caller,
  wish: Omit<NewCalendar, "zone" | "ownerSubjectId"> & {
    readonly zone: string | undefined;
    readonly ownerSubjectId: string | null | undefined;
  },
): Promise<SeenCalendar | Refused<CalendarProblem>> {
  const owner = wish.ownerSubjectId === undefined ? caller.personId : wish.ownerSubjectId;
  const rules = caller.role === "owner" || caller.role === "administrator";
  if (owner === null ? !rules : !(await mayActFor(unit, caller, owner))) {
    return refuseRequest("forbidden", "calendar", {});
  }
  if (owner !== null && (await strangerAmong(unit, [owner])) !== null) return noSubject;
  const zone = wish.zone ?? (await organisationOf(unit)).zone;
  if (findZone(zone) === null) return refuseCalendar("unknown-zone", "zone", { zone });
  const [made] = await openCalendars(unit, [{ ...wish, zone, ownerSubjectId: owner }]);
  return (await calendarFor(unit, caller, made!.id, "busy")) as SeenCalendar;
}

const noSubject = refuseRequest("not-found", "person-or-thing", {});

/** The first of some ids that is nobody's here; null when all are known. */
async function strangerAmong(unit: Unit, ids: readonly string[]): Promise<string | null> {
  const known = new Set((await subjectsById(unit, [...new Set(ids)])).map(({ id }) => id));
  return ids.find((id) => !known.has(id)) ?? null;
}

export type CalendarWish = {
  readonly [Key in "name" | "colour" | "category" | "zone" | "policy" | "sharing"]?: Calendar[Key] | undefined;
} & {
  readonly shares?: readonly { readonly subjectId: string; readonly access: Exclude<Access, "own"> }[] | undefined;
};

export async function changeCalendar(
  unit: Unit,
  caller: Caller,
  id: string,
  wish: CalendarWish,
  ifMatch: IfMatch,
): Promise<{ readonly calendar: SeenCalendar; readonly notes: readonly string[] } | Refused<CalendarProblem>> {
  const seen = await managed(unit, caller, id, ifMatch);
  if (isRefused(seen)) return seen;
  if (seen.fed && wish.policy !== undefined && wish.policy !== "observe")
    return refuseCalendar("read-only", "watched", {});
  if (wish.zone !== undefined && findZone(wish.zone) === null)
    return refuseCalendar("unknown-zone", "zone", { zone: wish.zone });
  const { shares, ...rest } = wish;
  if (
    shares !== undefined &&
    (await strangerAmong(
      unit,
      shares.map(({ subjectId }) => subjectId),
    )) !== null
  )
    return noSubject;
  const given = Object.fromEntries(
    Object.entries(rest).filter(([, value]) => value !== undefined),
  ) as Partial<Calendar>;
  const calendar: Calendar = { ...seen, ...given, version: seen.version + 1 };
  await updateCalendarRow(unit, calendar);
  if (shares !== undefined) await replaceShares(unit, id, shares);
  if (calendar.policy !== seen.policy || calendar.zone !== seen.zone) {
    // Another zone moves floating times, another policy claims differently: the reconciler sees to it, object by object.
    await markToDerive(unit, id);
    unit.wake(HORIZON);
  }
  unit.record({
    kind: "updated",
    thing: { type: "calendar", id },
    collectionId: id,
    fields: Object.keys(given),
    before: { name: seen.name },
    after: given,
  });
  const notes = calendar.policy === seen.policy ? [] : policyNotes(calendar.policy, await countAhead(unit, id));
  return { calendar: (await calendarFor(unit, caller, id, "busy")) as SeenCalendar, notes };
}

/** What another policy does to what is planned already. */
export function policyNotes(policy: OverlapPolicy, ahead: number): readonly string[] {
  if (ahead === 0) return [];
  const planned =
    ahead >= AHEAD_COUNTED_MAX
      ? `The ${ahead} and more dates ahead`
      : ahead === 1
        ? "The one date ahead"
        : `The ${ahead} dates ahead`;
  const sentences: Readonly<Record<OverlapPolicy, string>> = {
    forbid: "stay where they are. Those that overlap are shown as conflicts; from now on taken time is refused.",
    warn: "stay where they are. From now on taken time is refused unless somebody insists.",
    allow: "stay where they are, and no longer clash with anything.",
    observe: "stay where they are. They are shown as busy and keep nobody else from taking the time.",
  };
  return [`${planned} ${sentences[policy]}`];
}

/** What needs a calendar without being an event of it, in words; null: nothing. */
export type HeldBy = (unit: Unit, calendarId: string) => Promise<string | null>;

export async function removeCalendar(
  unit: Unit,
  caller: Caller,
  { id, ifMatch, heldBy }: { readonly id: string; readonly ifMatch: IfMatch; readonly heldBy: HeldBy },
): Promise<null | Refused<CalendarProblem>> {
  const seen = await managed(unit, caller, id, ifMatch);
  if (isRefused(seen)) return seen;
  const holder = await heldBy(unit, id);
  if (holder !== null) return refuseCalendar("not-empty", "held", { holder });
  if (await hasObjects(unit, id)) return refuseCalendar("not-empty", "events", {});
  await deleteCalendarRow(unit, id);
  unit.record({
    kind: "removed",
    thing: { type: "calendar", id },
    collectionId: id,
    fields: [],
    before: { name: seen.name },
  });
  return null;
}

async function managed(
  unit: Unit,
  caller: Caller,
  id: string,
  ifMatch: IfMatch,
): Promise<SeenCalendar | Refused<CalendarProblem>> {
  const locked = await lockCalendar(unit, id);
  const seen = locked === null ? "unknown" : await calendarFor(unit, caller, id, "busy");
  if (seen === "unknown" || seen === "read-only") return refuseRequest("not-found", "calendar", {});
  if (!reaches(seen.access, "own")) return refuseCalendar("read-only", "owner", {});
  if (ifMatch?.includes(seen.version) === false) return refuseRequest("version-changed", "read", {});
  return seen;
}
