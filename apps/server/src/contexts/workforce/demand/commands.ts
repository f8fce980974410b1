import { isRefused, limits, refuseRequest, refuseWork, type Refused } from "@hourwright/contract";
import { crowdedSites, demandFaults, rowsOf, SKILL_ROWS_OF_A_SITE_MAX, type Demand } from "@hourwright/roster";
import type { Unit } from "../../../platform/db/database.ts";
import type { IfMatch } from "../../../platform/operations/context.ts";
import { keepSkills, skillsById } from "../skills/store.ts";
import { DEMAND, demandOf, writtenDemand, type StoredDemand, type WrittenDemand } from "./model.ts";
import { deleteDemand, demandsOf, lockDemand, lockDemands, putDemandRow } from "./store.ts";

type Invalid = Refused<"workforce/demand-invalid">;
type TooMany = Refused<"workforce/too-many-demands">;
type Gone = Refused<"request/not-found" | "request/version-changed">;

export const noDemand = refuseRequest("not-found", "demand", {});
const versionChanged = refuseRequest("version-changed", "read", {});

export async function createDemand(unit: Unit, wish: WrittenDemand): Promise<StoredDemand | Invalid | TooMany> {
  return store(unit, null, demandOf(unit.newId("dem"), wish));
}

type Change = { readonly [Key in keyof WrittenDemand]?: WrittenDemand[Key] | undefined };

export async function changeDemand(
  unit: Unit,
  id: string,
  wish: Change,
  ifMatch: IfMatch,
): Promise<StoredDemand | Invalid | TooMany | Gone> {
  await lockDemands(unit);
  const before = await lockDemand(unit, id);
  if (before === null) return noDemand;
  if (ifMatch?.includes(before.version) === false) return versionChanged;
  const given = Object.fromEntries(Object.entries(wish).filter(([, value]) => value !== undefined)) as Change;
  return store(unit, before, demandOf(id, { ...writtenDemand(before), ...given } as WrittenDemand));
}

export async function removeDemand(unit: Unit, id: string, ifMatch: IfMatch): Promise<null | Gone> {
  const before = await lockDemand(unit, id);
  if (before === null) return noDemand;
  if (ifMatch?.includes(before.version) === false) return versionChanged;
  await deleteDemand(unit, id);
  record(unit, before, null);
  return null;
}

/** Puts a demand back as it was before a change, or takes away the one that a change made. */
export async function putDemandBack(
  unit: Unit,
  id: string,
  was: WrittenDemand | null,
): Promise<{ readonly id: string } | Invalid | TooMany> {
  await lockDemands(unit);
  const before = await lockDemand(unit, id);
  if (was === null) {
    if (before !== null) {
      await deleteDemand(unit, id);
      record(unit, before, null);
    }
    return { id };
  }
  const put = await store(unit, before, demandOf(id, was));
  return isRefused(put) ? put : { id };
}

async function store(
  unit: Unit,
  before: StoredDemand | null,
  demand: Demand,
): Promise<StoredDemand | Invalid | TooMany> {
  const [fault] = demandFaults(demand);
  if (fault !== undefined) return refuseWork("demand-invalid", "fault", { sentence: fault });
  await lockDemands(unit);
  if (demand.skillId !== null) {
    await keepSkills(unit, [demand.skillId]);
    if ((await skillsById(unit, [demand.skillId])).length === 0) return refuseWork("demand-invalid", "skill", {});
  }
  const others = (await demandsOf(unit)).filter(({ id }) => id !== demand.id);
  if (others.length >= limits.DEMANDS_MAX) return refuseWork("too-many-demands", "most", { most: limits.DEMANDS_MAX });
  const [crowded] = crowdedSites(rowsOf([...others, demand]));
  if (crowded !== undefined)
    return refuseWork("demand-invalid", "crowded", { most: SKILL_ROWS_OF_A_SITE_MAX, site: crowded });
  const after: StoredDemand = { ...demand, version: (before?.version ?? 0) + 1 };
  await putDemandRow(unit, after);
  record(unit, before, after);
  return after;
}

function record(unit: Unit, before: StoredDemand | null, after: StoredDemand | null): void {
  unit.record({
    kind: before === null ? "created" : after === null ? "removed" : "updated",
    thing: { type: DEMAND, id: (after ?? before)!.id },
    fields: ["demand"],
    before: before === null ? null : writtenDemand(before),
    after: after === null ? null : writtenDemand(after),
  });
}
