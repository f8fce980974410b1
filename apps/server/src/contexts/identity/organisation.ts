import { isRefused, refuseIdentity, refuseRequest, type Refused } from "@hourwright/contract";
import { findZone } from "@hourwright/time";
import type { Unit } from "../../platform/db/database.ts";
import type { IfMatch } from "../../platform/operations/context.ts";
import { unknownZone } from "./commands.ts";
import { areInOrder } from "./decide.ts";
import type { Organisation } from "./model.ts";
import { lockOrganisation, updateOrganisationRow } from "./store.ts";

export type OrganisationWish = {
  readonly [Key in "name" | "zone" | "firstWeekday" | "thresholds" | "focusMinutes"]?: Organisation[Key] | undefined;
};

/** Changes the organisation's settings. A new zone is for what is made from now on: people and calendars keep theirs. */
export async function changeOrganisation(
  unit: Unit,
  wish: OrganisationWish,
  ifMatch: IfMatch,
): Promise<
  Organisation | Refused<"identity/unknown-zone" | "identity/thresholds-out-of-order" | "request/version-changed">
> {
  const before = await lockOrganisation(unit);
  const barred = refusalOf(before, wish, ifMatch);
  if (barred !== null && isRefused(barred)) return barred;
  const given = Object.fromEntries(
    Object.entries(wish).filter(([, value]) => value !== undefined),
  ) as Partial<Organisation>;
  const after: Organisation = { ...before, ...given, version: before.version + 1 };
  await updateOrganisationRow(unit, after);
  const fields = Object.keys(given) as (keyof Organisation)[];
  unit.record({
    kind: "updated",
    thing: { type: "organisation", id: "organisation" },
    fields,
    before: Object.fromEntries(fields.map((field) => [field, before[field]])),
    after: given,
  });
  return after;
}

function refusalOf(before: Organisation, wish: OrganisationWish, ifMatch: IfMatch) {
  if (ifMatch?.includes(before.version) === false) return refuseRequest("version-changed", "read", {});
  if (wish.zone !== undefined && findZone(wish.zone) === null) return unknownZone(wish.zone);
  if (wish.thresholds !== undefined && !areInOrder(wish.thresholds))
    return refuseIdentity("thresholds-out-of-order", "order", {});
  return null;
}
