import { refuseObjected, type Refused } from "@hourwright/contract";
import {
  checkRules,
  contractOn,
  decideAdjustment,
  minutesOf,
  objectionText,
  unify,
  type Adjustment,
  type Contract,
  type ObjectionFacts,
  type ScheduleQuestion,
  type Unified,
} from "@hourwright/schedule";
import { DAY_MS, startOfWeek } from "@hourwright/time";
import type { Scene } from "../schedules/scenes.ts";
import type { StoredAdjustment } from "./model.ts";

// Pure: what speaks against adjustments that are decided together, and what comes of them.

export type Objection = { readonly code: string; readonly facts: ObjectionFacts; readonly sentence: string };

/** What the schedule of somebody is made of, whatever else is known of them. */
type ScheduleOf = Omit<ScheduleQuestion, "fromDay" | "toDay">;

/** What stands of each person once all of a group is approved, and everything that speaks against it. */
export type Decided<Of> = { readonly objections: readonly Objection[]; readonly after: ReadonlyMap<string, Of> };

/** Decides halves one after the other, each beside those before it [AD1] to [AD9]. `approval`: how they will be approved. */
export function decideGroup<Of extends ScheduleOf>(
  group: readonly StoredAdjustment[],
  scenes: ReadonlyMap<string, Of>,
  approval: NonNullable<Adjustment["approval"]>,
): Decided<Of> {
  const after = new Map(scenes);
  const objections: Objection[] = [];
  for (const { id, personId } of group) {
    const scene = after.get(personId);
    const asked = scene?.adjustments.find((each) => each.id === id);
    if (scene === undefined || asked === undefined) {
      objections.push({ code: "no-contract", facts: NOTHING_TO_CHANGE, sentence: objectionText(NOTHING_TO_CHANGE) });
      continue;
    }
    objections.push(...decideAdjustment(scene, asked));
    const others = scene.adjustments.filter((each) => each !== asked);
    const approved = others.filter((each) => each.approval !== null);
    const pending = others.filter((each) => each.approval === null);
    after.set(personId, { ...scene, adjustments: [...approved, { ...asked, approval }, ...pending] });
  }
  return { objections, after };
}

const NOTHING_TO_CHANGE = { kind: "nothing-to-change" } as const;

/** For the first of what speaks against it; `who`: of whom, where that is not plain. */
export function refusedBy(
  objections: readonly Objection[],
  who: string | null = null,
): Refused<"workforce/adjustment-refused"> {
  return refuseObjected("adjustment-refused", { who, ...objections[0]! }, { objections });
}

/** What comes of a group: rules broken that were not before, and paid minutes beyond what stands. */
export type Effect = {
  readonly broken: readonly (Omit<Objection, "code"> & { readonly personId: string })[];
  readonly paidMinutes: number;
  readonly cost: readonly { readonly minorUnits: number; readonly currency: string }[];
};

/** Rules look back into the week before, and into the weeks that they count. */
const WEEKS_BEFORE = 4;
/** Longer ones are looked at from their beginning. */
const EFFECT_DAYS_MAX = 400;

export function effectOf(
  group: readonly StoredAdjustment[],
  before: ReadonlyMap<string, Scene>,
  after: ReadonlyMap<string, Scene>,
): Effect {
  const broken: Effect["broken"][number][] = [];
  const money = new Map<string, number>();
  let paidMinutes = 0;
  for (const personId of new Set(group.map((each) => each.personId))) {
    const [was, will] = [before.get(personId), after.get(personId)];
    if (was === undefined || will === undefined) continue;
    const own = group.filter((each) => each.personId === personId);
    const first = Math.min(...own.map(({ firstDay }) => firstDay));
    const fromDay = startOfWeek(first, 1) - 7 * WEEKS_BEFORE;
    const last = Math.min(Math.max(...own.map(({ lastDay }) => lastDay)), first + EFFECT_DAYS_MAX);
    const toDay = startOfWeek(last, 1) + 14;
    const [one, other] = [unify({ ...was, fromDay, toDay }), unify({ ...will, fromDay, toDay })];
    const rules = contractOn(was.contracts, first)?.rules ?? [];
    const known = new Set(checkRules(one, rules).map(({ sentence }) => sentence));
    for (const { facts, sentence } of checkRules(other, rules))
      if (!known.has(sentence)) broken.push({ personId, facts, sentence });
    const changed = differenceOf(paidByVersion(one, was.contracts), paidByVersion(other, was.contracts));
    for (const [version, minutes] of changed) {
      paidMinutes += minutes;
      const cost = was.contracts.find(({ id }) => id === version)?.cost ?? null;
      if (cost !== null) money.set(cost.currency, (money.get(cost.currency) ?? 0) + (cost.minorUnits * minutes) / 60);
    }
  }
  const cost = [...money].map(([currency, units]) => ({ minorUnits: Math.round(units), currency }));
  return { broken: broken.slice(0, BROKEN_TOLD_MAX), paidMinutes, cost };
}

/** Paid minutes by the version of the contract that holds on the day. */
function paidByVersion({ stretches, zone }: Unified, contracts: readonly Contract[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const stretch of stretches.filter(({ isPaid }) => isPaid)) {
    const day = Math.floor(zone.toLocalMs(stretch.startMs) / DAY_MS);
    const version = stretch.shift?.contract?.id ?? contractOn(contracts, day)?.id ?? "";
    sums.set(version, (sums.get(version) ?? 0) + minutesOf(stretch));
  }
  return sums;
}

const BROKEN_TOLD_MAX = 50;

function differenceOf(one: ReadonlyMap<string, number>, other: ReadonlyMap<string, number>): Map<string, number> {
  const all = new Set([...one.keys(), ...other.keys()]);
  return new Map([...all].map((key) => [key, (other.get(key) ?? 0) - (one.get(key) ?? 0)]));
}
