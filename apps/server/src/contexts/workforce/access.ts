import { isRefused, refuseRequest, type Refused } from "@hourwright/contract";
import type { Unit } from "../../platform/db/database.ts";
import type { Caller } from "../../platform/operations/context.ts";
import { answersFor, peopleAnsweredFor, subjectsById, type Subject } from "../identity/public.ts";

// Who may see and decide what of whose schedule.

export type MayNot = Refused<"request/not-found" | "request/forbidden">;

export const noPerson = refuseRequest("not-found", "person", {});

export const isAdministrator = ({ role }: Pick<Caller, "role">): boolean =>
  role === "owner" || role === "administrator";

/** A person who is managed by the caller: administrators manage everybody, managers those of their scope but themselves. */
export async function personManaged(unit: Unit, caller: Caller, personId: string): Promise<Subject | MayNot> {
  const [person] = await subjectsById(unit, [personId]);
  if (person?.kind !== "person") return noPerson;
  if (await manages(unit, caller, personId)) return person;
  return refuseRequest("forbidden", "managers", {});
}

/** Why one of some people is not managed by the caller; null when all of them are. */
export async function whyNotManaged(unit: Unit, caller: Caller, ids: readonly string[]): Promise<MayNot | null> {
  const people = (await subjectsById(unit, ids)).filter(({ kind }) => kind === "person");
  if (people.length < ids.length) return noPerson;
  for (const id of isAdministrator(caller) ? [] : ids) {
    const person = await personManaged(unit, caller, id);
    if (isRefused(person)) return person;
  }
  return null;
}

export async function manages(unit: Unit, caller: Caller, personId: string): Promise<boolean> {
  return isAdministrator(caller) || (caller.personId !== personId && (await answersFor(unit, caller, personId)));
}

/** A person whose schedule the caller may know in all: their own, or of somebody they manage. */
export async function personKnown(unit: Unit, caller: Caller, personId: string): Promise<Subject | MayNot> {
  const [person] = await subjectsById(unit, [personId]);
  if (person?.kind !== "person") return noPerson;
  if (await answersFor(unit, caller, personId)) return person;
  return refuseRequest("forbidden", "told", {});
}

/** Those of whom somebody may know all; null: everybody. */
export async function knownTo(unit: Unit, caller: Caller): Promise<readonly string[] | null> {
  if (isAdministrator(caller)) return null;
  return [caller.personId, ...(await peopleAnsweredFor(unit, caller))];
}

/** Whether somebody plans rosters: who runs the organisation, and who manages anybody. */
export async function plans(unit: Unit, caller: Caller): Promise<boolean> {
  return isAdministrator(caller) || (await peopleAnsweredFor(unit, caller)).length > 0;
}
