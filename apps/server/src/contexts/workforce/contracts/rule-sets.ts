import { isRefused, limits, refuseRequest, refuseWork, type Refused } from "@hourwright/contract";
import { ruleText } from "@hourwright/schedule";
import type { Unit } from "../../../platform/db/database.ts";
import type { IfMatch, RequestContext } from "../../../platform/operations/context.ts";
import type { Handlers } from "../../../platform/operations/dispatcher.ts";
import { decideRuleSet, type Contradicted } from "./decide.ts";
import { RULE_SET, type RuleSet, type RuleSetContents } from "./model.ts";
import {
  contractsByRuleSet,
  deleteRuleSet,
  lockRuleSet,
  lockRuleSetNames,
  putRuleSetRow,
  ruleSetsOf,
} from "./store.ts";

type Invalid = Refused<"workforce/rule-set-invalid">;
type Named = Refused<"workforce/rule-set-named">;
type Gone = Refused<"request/not-found" | "request/version-changed">;

const noRuleSet = refuseRequest("not-found", "rule-set", {});
const versionChanged = refuseRequest("version-changed", "read", {});

/** What shifts may not do, under names that contracts use again and again. */
export const ruleSetOperations: Handlers<`ruleSets.${"list" | "create" | "update" | "remove" | "put"}`> = {
  "ruleSets.list": (_input, context) =>
    context.read(async (unit) => {
      const counts = await contractsByRuleSet(unit);
      return { items: (await ruleSetsOf(unit)).map((set) => shown(set, counts.get(set.id) ?? 0)) };
    }),

  "ruleSets.create": async ({ body }, context) => {
    const created = await context.write((unit) => create(unit, body));
    if (isRefused(created)) return created;
    context.reply.headers["location"] = `/v1/rule-sets/${created.id}`;
    return withVersion(context, shown(created, 0));
  },

  "ruleSets.update": async ({ params, body }, context) => {
    const changed = await context.write(async (unit) => {
      const set = await update(unit, params.id, body, context.ifMatch);
      return isRefused(set) ? set : shown(set, (await contractsByRuleSet(unit)).get(set.id) ?? 0);
    });
    return isRefused(changed) ? changed : withVersion(context, changed);
  },

  "ruleSets.remove": ({ params }, context) => context.write((unit) => remove(unit, params.id, context.ifMatch)),

  "ruleSets.put": ({ params, body }, context) => context.write((unit) => putBack(unit, params.id, body.was)),
};

async function create(
  unit: Unit,
  wish: RuleSetContents,
): Promise<RuleSet | Invalid | Contradicted | Refused<"workforce/too-many-rule-sets">> {
  const contents = decideRuleSet(wish);
  if (isRefused(contents)) return contents;
  await lockRuleSetNames(unit);
  const sets = await ruleSetsOf(unit);
  if (sets.length >= limits.RULE_SETS_MAX)
    return refuseWork("too-many-rule-sets", "most", { most: limits.RULE_SETS_MAX });
  const set: RuleSet = { id: unit.newId("rst"), version: 1, ...contents };
  return (await calledSo(unit, set)) ?? store(unit, null, set);
}

async function update(
  unit: Unit,
  id: string,
  wish: { readonly [Key in keyof RuleSetContents]?: RuleSetContents[Key] | undefined },
  ifMatch: IfMatch,
): Promise<RuleSet | Invalid | Contradicted | Gone> {
  await lockRuleSetNames(unit);
  const before = await lockRuleSet(unit, id);
  if (before === null) return noRuleSet;
  if (ifMatch?.includes(before.version) === false) return versionChanged;
  const contents = decideRuleSet({
    name: wish.name ?? before.name,
    rules: wish.rules ?? before.rules,
    weeklyMinutes: wish.weeklyMinutes ?? before.weeklyMinutes,
  });
  if (isRefused(contents)) return contents;
  const after: RuleSet = { id, version: before.version + 1, ...contents };
  return (await calledSo(unit, after)) ?? store(unit, before, after);
}

async function remove(unit: Unit, id: string, ifMatch: IfMatch): Promise<null | Named | Gone> {
  const before = await lockRuleSet(unit, id);
  if (before === null) return noRuleSet;
  if (ifMatch?.includes(before.version) === false) return versionChanged;
  const named = await namedByContracts(unit, before);
  if (named !== null) return named;
  await deleteRuleSet(unit, id);
  record(unit, id, before, null);
  return null;
}

async function putBack(
  unit: Unit,
  id: string,
  was: RuleSetContents | null,
): Promise<{ readonly id: string } | Invalid | Named> {
  await lockRuleSetNames(unit);
  const before = await lockRuleSet(unit, id);
  if (was === null) {
    const named = before === null ? null : await namedByContracts(unit, before);
    if (named !== null) return named;
    await deleteRuleSet(unit, id);
    record(unit, id, before, null);
    return { id };
  }
  const after: RuleSet = { id, version: (before?.version ?? 0) + 1, ...was };
  return (await calledSo(unit, after)) ?? store(unit, before, after);
}

async function store(unit: Unit, before: RuleSet | null, after: RuleSet): Promise<RuleSet> {
  await putRuleSetRow(unit, after);
  record(unit, after.id, before, after);
  return after;
}

async function calledSo(unit: Unit, { id, name }: RuleSet): Promise<Invalid | null> {
  const other = (await ruleSetsOf(unit)).find((each) => each.name.toLowerCase() === name.toLowerCase());
  if (other === undefined || other.id === id) return null;
  return refuseWork("rule-set-invalid", "named", { name });
}

async function namedByContracts(unit: Unit, { id, name }: RuleSet): Promise<Named | null> {
  const count = (await contractsByRuleSet(unit)).get(id) ?? 0;
  if (count === 0) return null;
  return refuseWork("rule-set-named", "contracts", { count, name });
}

function record(unit: Unit, id: string, before: RuleSet | null, after: RuleSet | null): void {
  const contents = (set: RuleSet | null) =>
    set === null ? null : { name: set.name, rules: set.rules, weeklyMinutes: set.weeklyMinutes };
  const kind = before === null ? "created" : after === null ? "removed" : "updated";
  unit.record({
    kind,
    thing: { type: RULE_SET, id },
    fields: ["ruleSet"],
    before: contents(before),
    after: contents(after),
  });
}

const shown = ({ rules, ...set }: RuleSet, contracts: number) => ({
  ...set,
  rules: [...rules],
  sentences: rules.map(ruleText),
  contracts,
});

function withVersion<T extends { readonly version: number }>(context: RequestContext, answer: T): T {
  context.reply.headers["etag"] = `"${answer.version}"`;
  return answer;
}
