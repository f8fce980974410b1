import type { Catalogue, OperationInput } from "@hourwright/contract";
import type { Demand } from "@hourwright/roster";
import { dayOf, dayText, toDayOf, untilOf } from "../contracts/terms.ts";
import { clockOf, minuteOf } from "../hours/decide.ts";

/** A demand as it is written in the API. */
export type WrittenDemand = OperationInput<Catalogue["demands.create"]>["body"];

/** A demand as it is kept: its days are numbers. */
export type StoredDemand = Demand & { readonly version: number };

/** What the log of changes calls them. */
export const DEMAND = "demand";

export function demandOf(id: string, written: WrittenDemand): Demand {
  const { name, site, skillId, levelMin, weekdays, onHolidays, dates, from, until, stretches } = written;
  return {
    id,
    name: name.trim(),
    site: site.trim(),
    skillId,
    levelMin: skillId === null ? null : levelMin,
    weekdays: [...new Set(weekdays)].sort((one, other) => one - other),
    onHolidays,
    dates: [...new Set(dates.map(dayOf))].sort((one, other) => one - other),
    fromDay: dayOf(from),
    toDay: toDayOf(until),
    stretches: stretches.map(({ starts, minutes, minimum, ideal }) => {
      const fromMinute = minuteOf(starts);
      return { fromMinute, toMinute: fromMinute + minutes, minimum, ideal };
    }),
  };
}

export function writtenDemand(demand: Demand): WrittenDemand {
  const { name, site, skillId, levelMin, weekdays, onHolidays, dates, fromDay, toDay, stretches } = demand;
  return {
    name,
    site,
    skillId,
    levelMin,
    weekdays: [...weekdays],
    onHolidays,
    dates: dates.map(dayText),
    from: dayText(fromDay),
    until: untilOf(toDay),
    stretches: stretches.map(({ fromMinute, toMinute, minimum, ideal }) => ({
      starts: clockOf(fromMinute),
      minutes: toMinute - fromMinute,
      minimum,
      ideal,
    })),
  };
}
