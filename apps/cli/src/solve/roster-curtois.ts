import {
  CURTOIS_SOFT,
  curtoisInstance,
  printCurtoisRows,
  readCurtois,
  readCurtoisRows,
  scoreCurtois,
} from "@hourwright/solver/rostering";
import { Refusal } from "./planned.ts";
import type { RosterFile } from "./roster-file.ts";

/** Rosters of schedulingbenchmarks.org. */
export function curtoisFamily(text: string): RosterFile {
  const { read: roster, refused } = readCurtois(text);
  if (roster === undefined) throw new Refusal(refused);
  const instance = curtoisInstance(roster);
  if (instance === null) throw new Refusal("the rules about days in a row are too long to be planned.");
  const isSoft = (name: string) => CURTOIS_SOFT.some((soft) => soft === name);
  return {
    name: `${roster.staff.length} people, ${roster.days} days`,
    instance,
    score(values) {
      const costs = Object.entries(scoreCurtois(roster, values));
      return {
        soft: Object.fromEntries(costs.filter(([name]) => isSoft(name))),
        hard: Object.fromEntries(costs.filter(([name]) => !isSoft(name))),
      };
    },
    print: (values) => printCurtoisRows(roster, values),
    read: (solution) => readCurtoisRows(roster, solution),
  };
}
