import { isRefused, refuseIdentity, refuseRequest, type Refused } from "@hourwright/contract";
import { findZone } from "@hourwright/time";
import type { Unit } from "../../platform/db/database.ts";
import type { Caller, IfMatch } from "../../platform/operations/context.ts";
import { timeAhead, updateTimeline } from "../claims/public.ts";
import { emailTaken, unknownZone } from "./commands.ts";
import { isThingKind, type Subject } from "./model.ts";
import { hasPool, unknownPool } from "./pools.ts";
import {
  disableMembership,
  lockOwners,
  lockSubject,
  membershipOf,
  organisationOf,
  subjectsByEmail,
  updateSubject,
} from "./store.ts";
import { decideAhead, type Ahead } from "./decide.ts";

/** What others do when a subject is not what it was; filled by `compose.ts`, because identity lies below them. */
export type SubjectPorts = {
  /** Its policy or zone changed, or it left: what is planned with it is claimed again. */
  readonly deriveAgain: (unit: Unit, subjectId: string) => Promise<void>;
  /** When it may be claimed has to be handed in again. */
  readonly wakeAvailability: (unit: Unit) => void;
};

export type SubjectWish = {
  readonly [Key in "name" | "kind" | "email" | "zone" | "policy" | "capacity" | "site" | "poolId"]?:
    | Subject[Key]
    | undefined;
} & { readonly retired?: false | undefined };

type SubjectProblem = "identity/unknown-zone" | "identity/email-taken" | "identity/unknown-pool" | `request/${string}`;

type Family = "person" | "thing";

/** Changes a person or a thing, or brings one back that was retired. */
export async function changeSubject(
  unit: Unit,
  ports: SubjectPorts,
  { id, family, ifMatch }: Named,
  wish: SubjectWish,
): Promise<Subject | Refused<SubjectProblem>> {
  const before = await held(unit, id, family, ifMatch);
  if (isRefused(before)) return before;
  const barred = await refusalOf(unit, before, wish);
  if (barred !== null) return barred;
  const given = Object.fromEntries(Object.entries(wish).filter(([, value]) => value !== undefined)) as Partial<Subject>;
  const after: Subject = { ...before, ...given, version: before.version + 1 };
  await updateSubject(unit, after);
  if (after.retired !== before.retired) await disableMembership(unit, id, false);
  await followers(unit, ports, before, after);
  const fields = Object.keys(given) as (keyof Subject)[];
  unit.record({
    kind: "updated",
    thing: { type: family === "person" ? "person" : "resource", id },
    fields,
    before: Object.fromEntries(fields.map((field) => [field, before[field]])),
    after: given,
  });
  return after;
}

type Named = { readonly id: string; readonly family: Family; readonly ifMatch: IfMatch };
type Retired = { readonly subject: Subject; readonly ahead: Ahead };

/** Retires a person: who rules is not left without, and nobody does it to themselves. */
export async function retirePerson(
  unit: Unit,
  ports: SubjectPorts,
  caller: Caller,
  named: Omit<Named, "family">,
): Promise<Retired | Refused<"identity/needed" | `request/${string}`>> {
  const before = await held(unit, named.id, "person", named.ifMatch);
  if (isRefused(before)) return before;
  if (before.id === caller.personId) return refuseIdentity("needed", "yourself", {});
  if ((await membershipOf(unit, before.id))?.role === "owner") {
    if (caller.role !== "owner") return refuseIdentity("needed", "owner", {});
    if ((await lockOwners(unit)) < 2) return refuseIdentity("needed", "last-owner", { name: before.name });
  }
  return retire(unit, ports, before);
}

export async function retireThing(
  unit: Unit,
  ports: SubjectPorts,
  named: Omit<Named, "family">,
): Promise<Retired | Refused<`request/${string}`>> {
  const before = await held(unit, named.id, "thing", named.ifMatch);
  return isRefused(before) ? before : retire(unit, ports, before);
}

/** What was and what is planned stays; the answer says what that is. */
async function retire(unit: Unit, ports: SubjectPorts, before: Subject): Promise<Retired> {
  const { zone } = await organisationOf(unit);
  const ahead = decideAhead(before.name, await timeAhead(unit, before.id, unit.nowMs), zone);
  if (before.retired) return { subject: before, ahead };
  const after: Subject = { ...before, retired: true, version: before.version + 1 };
  await updateSubject(unit, after);
  await disableMembership(unit, before.id, true);
  await followers(unit, ports, before, after);
  unit.record({
    kind: "updated",
    thing: { type: isThingKind(before.kind) ? "resource" : "person", id: before.id },
    fields: ["retired"],
    before: { retired: false },
    after: { retired: true },
  });
  return { subject: after, ahead };
}

async function followers(unit: Unit, ports: SubjectPorts, before: Subject, after: Subject): Promise<void> {
  const isMoved = before.zone !== after.zone;
  if (isMoved || before.policy !== after.policy || before.capacity !== after.capacity) {
    await updateTimeline(unit, after);
    await ports.deriveAgain(unit, after.id);
  }
  if (isMoved || before.retired !== after.retired) ports.wakeAvailability(unit);
}

async function held(
  unit: Unit,
  id: string,
  family: Family,
  ifMatch: IfMatch,
): Promise<Subject | Refused<`request/${string}`>> {
  const subject = await lockSubject(unit, id);
  if (subject === null || isThingKind(subject.kind) !== (family === "thing"))
    return refuseRequest("not-found", family, {});
  if (ifMatch?.includes(subject.version) === false) return refuseRequest("version-changed", "read", {});
  return subject;
}

async function refusalOf(unit: Unit, before: Subject, wish: SubjectWish): Promise<Refused<SubjectProblem> | null> {
  if (wish.zone !== undefined && findZone(wish.zone) === null) return unknownZone(wish.zone);
  if (wish.poolId !== undefined && wish.poolId !== null && !(await hasPool(unit, wish.poolId)))
    return unknownPool(wish.poolId);
  if (wish.email === undefined || wish.email === null) return null;
  const owner = (await subjectsByEmail(unit, [wish.email])).find(({ id }) => id !== before.id);
  return owner === undefined ? null : emailTaken(owner);
}
