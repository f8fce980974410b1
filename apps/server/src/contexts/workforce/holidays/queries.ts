import type { Unit } from "../../../platform/db/database.ts";
import { ORGANISATION } from "../hours/model.ts";
import { closingHolidays } from "../hours/stack.ts";
import { layersOf } from "../hours/store.ts";
import type { RegionHoliday } from "./model.ts";
import { knownRegions, namedDays } from "./store.ts";

/** A public holiday that closes the organisation. */
export type ClosingHoliday = Pick<RegionHoliday, "day" | "fromMinute"> & {
  readonly name: string;
  readonly names: Readonly<Record<string, string>>;
  readonly region: string;
};

/** The public holidays of the organisation's region that close it, from a day to before another. */
export async function organisationHolidays(unit: Unit, fromDay: number, toDay: number): Promise<ClosingHoliday[]> {
  const all = await unit.known("holidays of the organisation", async () => {
    const { layers } = (await layersOf(unit, [ORGANISATION])).get(ORGANISATION)!;
    const stored = layers.find((layer) => layer.kind === "holidays");
    if (stored?.kind !== "holidays" || stored.region === null) return [];
    const region = (await knownRegions(unit)).get(stored.region);
    if (region === undefined) return [];
    return closingHolidays(stored, region.days).map(({ day, fromMinute, name, names }): ClosingHoliday => ({
      day,
      fromMinute,
      name,
      names,
      region: region.names.en,
    }));
  });
  return all.filter(({ day }) => fromDay <= day && day < toDay);
}

/** The days on which nobody works, as days of the epoch: those of the region, and those that the organisation has named. */
export async function holidayDays(unit: Unit): Promise<readonly number[]> {
  const ofRegion = await organisationHolidays(unit, -Infinity, Infinity);
  const named = await namedDays(unit);
  return unit.known("holidays", async () => [
    ...new Set([
      ...named.map(({ day }) => day),
      ...ofRegion.filter(({ fromMinute }) => fromMinute === null).map(({ day }) => day),
    ]),
  ]);
}
