import { DAY_MS } from "@hourwright/time";
import { refuseWork, type Refused } from "@hourwright/contract";
import type { Unit } from "../../../platform/db/database.ts";
import type { RequestContext } from "../../../platform/operations/context.ts";
import type { HolidayLibrary, RegionYears } from "./model.ts";
import { knownRegions, storeRegion, yearsAround } from "./store.ts";

/** Regions that somebody names and that are not worked out yet, beside the event loop. In a bundle the reconciler does it. */
export async function newRegions(
  context: RequestContext,
  library: HolidayLibrary,
  named: readonly string[],
): Promise<readonly RegionYears[] | Refused<"workforce/layer-invalid">> {
  if (context.asOf === null || named.length === 0) return [];
  const known = await context.read(knownRegions);
  const found: RegionYears[] = [];
  for (const region of named.filter((each) => !known.has(each))) {
    const { fromYear, toYear } = yearsAround(todayAt(context.nowMs));
    const years = await library.holidaysOf(region, fromYear, toYear);
    if (years === null) return refuseWork("layer-invalid", "region", { region });
    found.push(years);
  }
  return found;
}

/** Keeps what was worked out. */
export async function learnRegions(unit: Unit, regions: readonly RegionYears[]): Promise<void> {
  for (const region of regions) await storeRegion(unit, region, yearsAround(todayAt(unit.nowMs)).toYear);
}

const todayAt = (nowMs: number): number => Math.floor(nowMs / DAY_MS);
