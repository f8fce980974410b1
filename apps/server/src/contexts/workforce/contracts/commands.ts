import { isRefused, limits, refuseRequest, refuseWork, type Refused } from "@hourwright/contract";
import type { Contract, Rule } from "@hourwright/schedule";
import { assert } from "@hourwright/std";
import { DAY_MS } from "@hourwright/time";
import type { Unit } from "../../../platform/db/database.ts";
import type { Caller, IfMatch } from "../../../platform/operations/context.ts";
import { lockTimelines } from "../../claims/public.ts";
import { isAdministrator, personManaged, whyNotManaged, type MayNot } from "../access.ts";
import { claimDuties } from "../duties/claim.ts";
import { allMonths } from "../duties/model.ts";
import { followSchedules } from "../schedules/follow.ts";
import { scenesOf } from "../schedules/scenes.ts";
import { decideRulesOf, decideVersion, decideVersions, type Contradicted, type WrongContract } from "./decide.ts";
import { CONTRACTS, type FormerVersion, type Version, type WrittenContract } from "./model.ts";
import { countVersions, keepRuleSets, lockSchedules, replaceVersions, versionById, versionsOf } from "./store.ts";
import { contractOf, dayOf, termsOf, toDayOf, writtenVersion } from "./terms.ts";

type Gone = Refused<"request/not-found" | "request/version-changed">;
type TooMany = Refused<"workforce/too-many-contracts">;

export const noContract = refuseRequest("not-found", "contract", {});
const versionChanged = refuseRequest("version-changed", "read", {});
const costsAreOfAdministrators = refuseRequest("forbidden", "cost", {});

/** Writes a contract down, or changes one from a day on: who had another has it until the day before. */
export async function createContract(
  unit: Unit,
  caller: Caller,
  wish: WrittenContract,
): Promise<Version | WrongContract | Contradicted | TooMany | MayNot> {
  const made = await createContracts(unit, caller, [wish]);
  return isRefused(made) ? made : made[0]!;
}

/** The same of some people, each once: a few statements however many they are. Nothing is written when one is refused. */
export async function createContracts(
  unit: Unit,
  caller: Caller,
  wishes: readonly WrittenContract[],
): Promise<readonly Version[] | WrongContract | Contradicted | TooMany | MayNot> {
  const ids = [...new Set(wishes.map(({ personId }) => personId))];
  assert(ids.length === wishes.length, "of each person one contract at a time");
  const barred = await whyNotManaged(unit, caller, ids);
  if (barred !== null) return barred;
  if (!isAdministrator(caller) && wishes.some(({ cost }) => cost !== undefined)) return costsAreOfAdministrators;
  await lockSchedules(unit, ids);
  const versions = await versionsOf(unit, ids);
  if ((await countVersions(unit)) + wishes.length > limits.CONTRACT_VERSIONS_MAX)
    return refuseWork("too-many-contracts", "most", { most: limits.CONTRACT_VERSIONS_MAX });
  const wanted = wishes.map((wish) => {
    const before = versions.get(wish.personId) ?? [];
    return { personId: wish.personId, before, next: nextVersion(unit, before, wish) };
  });
  const rules = await rulesOf(
    unit,
    wanted.flatMap(({ before, next }) => [...before, next]),
  );
  if (isRefused(rules)) return rules;
  const merged = (version: Version): Contract => contractOf(version, rules.get(version.ruleSetId ?? "") ?? []);
  const changes: Changed[] = [];
  for (const { personId, before, next } of wanted) {
    const decided = decideVersion(before.map(merged), merged(next));
    if (isRefused(decided)) return decided;
    const contradicted = decideRulesOf(merged(next));
    if (contradicted !== null) return contradicted;
    const ended = before.map((version, i): Version => {
      const { toDay } = decided[i]!;
      return toDay === version.toDay ? version : { ...version, toDay, version: version.version + 1 };
    });
    changes.push({ personId, before, after: [...ended, next] });
  }
  await change(unit, changes);
  return wanted.map(({ next }) => next);
}

function nextVersion(unit: Unit, before: readonly Version[], wish: WrittenContract): Version {
  return {
    id: unit.newId("con"),
    personId: wish.personId,
    fromDay: dayOf(wish.from),
    toDay: toDayOf(wish.until),
    terms: termsOf(wish),
    cost: wish.cost === undefined ? (before.at(-1)?.cost ?? null) : wish.cost,
    ruleSetId: wish.ruleSetId,
    version: 1,
  };
}

/** Ends the last version of a contract with a day, or lets it go on. */
export async function endContract(
  unit: Unit,
  caller: Caller,
  id: string,
  until: string | null,
  ifMatch: IfMatch,
): Promise<Version | WrongContract | Gone | MayNot> {
  const found = await versionById(unit, id);
  if (found === null) return noContract;
  const person = await personManaged(unit, caller, found.personId);
  if (isRefused(person)) return person;
  await lockSchedules(unit, [person.id]);
  const before = await versionsOfOne(unit, person.id);
  const own = before.find((each) => each.id === id);
  if (own === undefined) return noContract;
  if (ifMatch?.includes(own.version) === false) return versionChanged;
  if (own !== before.at(-1)) return refuseWork("contracts-overlap", "followed", {});
  const ended: Version = { ...own, toDay: toDayOf(until), version: own.version + 1 };
  const after = before.map((each) => (each === own ? ended : each));
  const wrong = decideVersions(after.map((version) => contractOf(version, [])));
  if (wrong !== null) return wrong;
  await change(unit, [{ personId: person.id, before, after }]);
  return ended;
}

/** Puts the versions of somebody's contract back as they were. */
export async function putVersions(
  unit: Unit,
  caller: Caller,
  personId: string,
  former: readonly FormerVersion[],
): Promise<{ readonly id: string } | WrongContract | MayNot> {
  const person = await personManaged(unit, caller, personId);
  if (isRefused(person)) return person;
  await lockSchedules(unit, [personId]);
  const before = await versionsOfOne(unit, personId);
  const after = former.map(({ id, from, until, cost, ruleSetId, ...written }): Version => ({
    id,
    personId,
    fromDay: dayOf(from),
    toDay: toDayOf(until),
    terms: termsOf({ ...written, ruleSetId }),
    cost,
    ruleSetId,
    version: (before.find((each) => each.id === id)?.version ?? 0) + 1,
  }));
  const rules = await rulesOf(unit, after);
  if (isRefused(rules)) return rules;
  const wrong = decideVersions(after.map((version) => contractOf(version, [])));
  if (wrong !== null) return wrong;
  await change(unit, [{ personId, before, after }]);
  return { id: personId };
}

const versionsOfOne = async (unit: Unit, personId: string): Promise<readonly Version[]> =>
  (await versionsOf(unit, [personId])).get(personId) ?? [];

/** The rules of the sets that versions name, which nobody takes away until the unit ends. */
async function rulesOf(
  unit: Unit,
  versions: readonly Version[],
): Promise<ReadonlyMap<string, readonly Rule[]> | Refused<"workforce/contract-invalid">> {
  const named = [...new Set(versions.flatMap(({ ruleSetId }) => ruleSetId ?? []))];
  const kept = new Map((await keepRuleSets(unit, named)).map(({ id, rules }) => [id, rules]));
  if (kept.size === named.length) return kept;
  return refuseWork("contract-invalid", "rule-set", {});
}

type Changed = {
  readonly personId: string;
  readonly before: readonly Version[];
  readonly after: readonly Version[];
};

async function change(unit: Unit, changes: readonly Changed[]): Promise<void> {
  const ids = changes.map(({ personId }) => personId);
  // Before the facts: whoever hands hours in has the timeline first, and facts are one row of the organisation.
  await lockTimelines(unit, ids);
  await replaceVersions(unit, changes);
  unit.record(
    ...changes.map(({ personId, before, after }) => ({
      kind:
        before.length === 0 ? ("created" as const) : after.length === 0 ? ("removed" as const) : ("updated" as const),
      thing: { type: CONTRACTS, id: personId },
      collectionId: personId,
      fields: ["contracts"],
      before: { versions: before.map(writtenVersion) },
      after: { versions: after.map(writtenVersion) },
    })),
  );
  const today = Math.floor(unit.nowMs / DAY_MS);
  const days = { fromDay: today - CLAIMED_DAYS, toDay: today + CLAIMED_DAYS };
  await claimDuties(unit, [...(await scenesOf(unit, ids, days)).values()], allMonths(today), "report");
  await followSchedules(unit, ids);
}

/** Duties are claimed two years ahead. */
const CLAIMED_DAYS = 800;
