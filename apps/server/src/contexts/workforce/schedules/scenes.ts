import type { Holiday, ScheduleQuestion } from "@hourwright/schedule";
import { findZone, UTC, type Zone } from "@hourwright/time";
import type { Unit } from "../../../platform/db/database.ts";
import { subjectsById } from "../../identity/public.ts";
import { adjustmentOf, othersIn } from "../adjustments/model.ts";
import { adjustmentsAround } from "../adjustments/store.ts";
import type { Version } from "../contracts/model.ts";
import { ruleSetsOf, versionsOf } from "../contracts/store.ts";
import { contractOf } from "../contracts/terms.ts";
import { knownRegions, namedDays } from "../holidays/store.ts";
import { ORGANISATION } from "../hours/model.ts";
import { closingHolidays } from "../hours/stack.ts";
import { layersOf } from "../hours/store.ts";

/** All that somebody's schedule is made of around some days. */
export type Scene = Omit<ScheduleQuestion, "fromDay" | "toDay"> & {
  readonly personId: string;
  readonly name: string;
  readonly versions: readonly Version[];
  /** When each adjustment was approved. */
  readonly approvedMs: ReadonlyMap<string, number>;
};

export type DayWindow = { readonly fromDay: number; readonly toDay: number };

/** What the schedules of some people are made of, of those who ever had a contract. Some statements, however many people. */
export async function scenesOf(
  unit: Unit,
  people: readonly string[],
  window: DayWindow,
): Promise<ReadonlyMap<string, Scene>> {
  const versions = await versionsOf(unit, people);
  if (versions.size === 0) return new Map();
  const ids = [...versions.keys()];
  const adjustments = await adjustmentsAround(unit, ids, window);
  const others = [...adjustments.values()].flatMap((own) => own.flatMap(({ what }) => othersIn(what)));
  const subjects = new Map(
    (await subjectsById(unit, [...new Set([...ids, ...others])])).map((each) => [each.id, each]),
  );
  const rulesOf = new Map((await ruleSetsOf(unit)).map(({ id, rules }) => [id, rules]));
  const regions = new Set([...versions.values()].flatMap((own) => own.map(({ terms }) => terms.region)));
  const holidays = await holidaysOf(unit, regions);
  const nameOf = (id: string) => subjects.get(id)?.name ?? "somebody";
  return new Map(
    ids.flatMap((id): [string, Scene][] => {
      const subject = subjects.get(id);
      if (subject === undefined) return [];
      const zone: Zone = findZone(subject.zone) ?? UTC;
      const own = versions.get(id)!;
      const scene: Scene = {
        personId: id,
        name: subject.name,
        zone,
        versions: own,
        contracts: own.map((version) => contractOf(version, rulesOf.get(version.ruleSetId ?? "") ?? [])),
        adjustments: (adjustments.get(id) ?? []).map((each) => adjustmentOf(each, zone, nameOf)),
        approvedMs: new Map((adjustments.get(id) ?? []).map((each) => [each.id, each.approved?.atMs ?? Infinity])),
        holidays,
      };
      return [[id, scene]];
    }),
  );
}

/** The holidays that contracts of some regions keep: days the organisation has named, and public ones, as the organisation has changed them. */
async function holidaysOf(unit: Unit, regions: ReadonlySet<string | null>): Promise<readonly Holiday[]> {
  const named = (await namedDays(unit)).map(({ day, name }): Holiday => ({ day, part: null, name, region: null }));
  const known = await knownRegions(unit);
  const { layers } = (await layersOf(unit, [ORGANISATION])).get(ORGANISATION)!;
  const changed = layers.find((layer) => layer.kind === "holidays");
  const ofRegions = [...regions].flatMap((region) => {
    const days = region === null ? undefined : known.get(region)?.days;
    if (days === undefined) return [];
    const closing = changed?.kind === "holidays" && changed.region === region ? changed : PUBLIC;
    return closingHolidays(closing, days).map(({ day, fromMinute, name }): Holiday => ({
      day,
      part: fromMinute === null ? null : { fromMinute, toMinute: 1_440 },
      name,
      region,
    }));
  });
  return [...named, ...ofRegions];
}

const PUBLIC = { kind: "holidays" as const, region: null, types: ["public" as const], without: [], renamed: [] };
