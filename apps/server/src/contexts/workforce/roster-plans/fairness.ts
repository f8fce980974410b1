import { setImmediate } from "node:timers/promises";
import { limits } from "@hourwright/contract";
import { withEntries, type Entry } from "@hourwright/roster";
import { fairCounts, type FairCounts } from "@hourwright/roster/planning";
import { contractOn, unify } from "@hourwright/schedule";
import type { RequestContext } from "../../../platform/operations/context.ts";
import { holidayDays } from "../holidays/queries.ts";
import { scenesOf, type Scene } from "../schedules/scenes.ts";
import type { Draft } from "../drafts/model.ts";

/** How often somebody worked at times that are shared out, in the rolling year that ends with a draft. */
export type PersonFairness = {
  readonly personId: string;
  readonly name: string;
  /** With a contract, and these times the part of full time. */
  readonly days: number;
  readonly fullDays: number;
  /** Before the draft begins. */
  readonly before: FairCounts;
  readonly without: FairCounts;
  readonly with: FairCounts;
};

/** People whose year is read at once, and merged before others have their turn: some 2 ms each. */
const PEOPLE_OF_A_READ = 100;
const PEOPLE_OF_A_TURN = 5;

export const rollingYear = ({ toDay }: Pick<Draft, "toDay">) => ({ fromDay: toDay - limits.FAIRNESS_DAYS, toDay });

/** The rolling year of some people, as it stands and with the shifts of a draft. O(people × 365 days). */
export async function fairnessOf(
  read: RequestContext["read"],
  draft: Pick<Draft, "fromDay" | "toDay">,
  people: readonly string[],
  { entries, unpopular }: { readonly entries: readonly Entry[]; readonly unpopular: readonly string[] },
): Promise<PersonFairness[]> {
  const year = rollingYear(draft);
  const byPerson = Map.groupBy(entries, ({ personId }) => personId);
  const holidays = new Set(await read(holidayDays));
  const shared = { isHoliday: (day: number) => holidays.has(day), unpopular: new Set(unpopular) };
  const found: PersonFairness[] = [];
  for (let from = 0; from < people.length; from += PEOPLE_OF_A_READ) {
    const scenes = await read((unit) => scenesOf(unit, people.slice(from, from + PEOPLE_OF_A_READ), year));
    for (const [personId, scene] of scenes) {
      found.push(counted(scene, byPerson.get(personId) ?? [], { ...draft, year, shared }));
      if (found.length % PEOPLE_OF_A_TURN === 0) await setImmediate();
    }
  }
  return found;
}

type Counting = Pick<Draft, "fromDay" | "toDay"> & {
  readonly year: ReturnType<typeof rollingYear>;
  readonly shared: { readonly isHoliday: (day: number) => boolean; readonly unpopular: ReadonlySet<string> };
};

function counted(scene: Scene, own: readonly Entry[], { fromDay, year, shared }: Counting): PersonFairness {
  const { personId, name, zone, contracts } = scene;
  const question = { ...shared, zone };
  const { stretches } = unify({ ...scene, ...year });
  const without = fairCounts(stretches, year, question);
  const drafted = own.length === 0 ? null : unify({ ...withEntries({ ...scene, skills: [] }, own), ...year });
  let [days, permille] = [0, 0];
  for (let { fromDay: day } = year; day < year.toDay; day++) {
    const contract = contractOn(contracts, day);
    if (contract === null) continue;
    days++;
    permille += contract.partPermille;
  }
  return {
    personId,
    name,
    days,
    fullDays: permille / 1_000,
    before: fairCounts(stretches, { fromDay: year.fromDay, toDay: Math.max(year.fromDay, fromDay) }, question),
    without,
    with: drafted === null ? without : fairCounts(drafted.stretches, year, question),
  };
}
