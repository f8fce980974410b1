import { limits, refuseApproval, refuseRequest, type Refused } from "@hourwright/contract";
import type { Unit } from "../../platform/db/database.ts";
import type { Caller } from "../../platform/operations/context.ts";
import { subjectsById } from "../identity/public.ts";
import { APPROVALS, peopleHere } from "./commands.ts";
import { dayAt, isOn } from "./facts.ts";
import { DEPUTY } from "./model.ts";
import { deleteDeputy, deputiesOf, insertDeputy, lockDeputies, lockDeputy, lookSoonFor, type Deputy } from "./store.ts";

type Invalid = Refused<"approvals/deputy-invalid">;
type Barred = Refused<"request/forbidden">;

const noDeputy = refuseRequest("not-found", "deputy", {});

/** Whether somebody names deputies for a person: for themselves, and for anybody as who runs the organisation. */
const mayName = ({ role, personId }: Caller, of: string): boolean =>
  personId === of || role === "owner" || role === "administrator";

export async function listDeputies(unit: Unit, caller: Caller, personId: string) {
  if (!mayName(caller, personId)) return refuseRequest("forbidden", "deputies", {});
  return { items: await shownDeputies(unit, await deputiesOf(unit, [personId], "both")) };
}

/** Names who answers for somebody. Days that are given count by the clocks of whom they stand in for. */
export async function nameDeputy(
  unit: Unit,
  caller: Caller,
  wish: Omit<Deputy, "id"> & { readonly id?: string },
): Promise<Awaited<ReturnType<typeof shownDeputies>>[number] | Invalid | Barred> {
  const { personId, deputyId, from, until } = wish;
  if (!mayName(caller, personId)) return refuseRequest("forbidden", "name-deputies", {});
  if (personId === deputyId) return refuseApproval("deputy-invalid", "themselves", {});
  if (!(await peopleHere(unit, [personId, deputyId])).has(deputyId))
    return refuseApproval("deputy-invalid", "nobody", {});
  if (from !== null && until !== null && until < from)
    return refuseApproval("deputy-invalid", "turned", { from, until });
  await lockDeputies(unit, personId);
  const standing = await deputiesOf(unit, [personId]);
  if (standing.length >= limits.DEPUTIES_MAX)
    return refuseApproval("deputy-invalid", "most", { most: limits.DEPUTIES_MAX });
  const twin = standing.find((each) => each.deputyId === deputyId && meet(each, wish));
  if (twin !== undefined) return refuseApproval("deputy-invalid", "twice", {});
  const deputy: Deputy = { id: wish.id ?? unit.newId("dpy"), personId, deputyId, from, until };
  await insertDeputy(unit, deputy);
  await lookSoonFor(unit, personId);
  unit.wake(APPROVALS);
  record(unit, deputy.id, null, deputy);
  return (await shownDeputies(unit, [deputy]))[0]!;
}

export async function removeDeputy(
  unit: Unit,
  caller: Caller,
  id: string,
): Promise<null | Refused<"request/not-found">> {
  const before = await lockDeputy(unit, id);
  if (before === null || !mayName(caller, before.personId)) return noDeputy;
  await deleteDeputy(unit, id);
  await lookSoonFor(unit, before.personId);
  await lookSoonFor(unit, before.deputyId);
  unit.wake(APPROVALS);
  record(unit, id, before, null);
  return null;
}

type Period = Pick<Deputy, "from" | "until">;

const meet = (a: Period, b: Period): boolean =>
  (a.from === null || b.until === null || a.from <= b.until) &&
  (b.from === null || a.until === null || b.from <= a.until);

async function shownDeputies(unit: Unit, deputies: readonly Deputy[]) {
  const ids = [...new Set(deputies.flatMap(({ personId, deputyId }) => [personId, deputyId]))];
  const people = new Map((await subjectsById(unit, ids)).map((each) => [each.id, each]));
  return deputies.flatMap(({ id, personId, deputyId, from, until }) => {
    const [person, deputy] = [people.get(personId), people.get(deputyId)];
    if (person === undefined || deputy === undefined) return [];
    return [
      {
        id,
        person: { id: personId, name: person.name },
        deputy: { id: deputyId, name: deputy.name, retired: deputy.retired },
        from,
        until,
        isNow: isOn({ from, until }, dayAt(unit.nowMs, person.zone)),
      },
    ];
  });
}

function record(unit: Unit, id: string, before: Deputy | null, after: Deputy | null): void {
  unit.record({
    kind: before === null ? "created" : "removed",
    thing: { type: DEPUTY, id },
    fields: ["deputy"],
    before,
    after,
  });
}
