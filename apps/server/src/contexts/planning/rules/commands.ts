import { isRefused, limits, refusePlanning, refuseRequest, type Refused } from "@hourwright/contract";
import type { Unit } from "../../../platform/db/database.ts";
import type { IfMatch } from "../../../platform/operations/context.ts";
import { subjectsById, teamsById } from "../../identity/public.ts";
import { GROUP_PEOPLE_MAX, peopleOfGroup, type RuleFacts } from "./book.ts";
import { aboutOf, constraintOf, isAboutSkills, isOfGroup, ruleOf } from "./decide.ts";
import { RULE, type Rule, type RuleContents, type RuleWish } from "./model.ts";
import { contentsOf, deleteRule, insertRule, lockRule, rulesOf, updateRule } from "./store.ts";

const notFound = refuseRequest("not-found", "rule", {});
const stands = refusePlanning("rule-stands", "stands", {});

/** Sets a rule. */
export async function createRule(
  unit: Unit,
  wish: RuleWish,
  facts: RuleFacts,
): Promise<Rule | Refused<"planning/rule-invalid" | "planning/rule-stands" | "planning/too-many-rules">> {
  const contents = ruleOf(wish);
  if (isRefused(contents)) return contents;
  const holder = await holderOf(unit, contents, facts);
  if (isRefused(holder)) return holder;
  if (isAboutSkills(contents)) await facts.skills.keep(unit, contents.namedIds);
  const wrong = (await wrongName(unit, contents, facts)) ?? (await wrongGroup(unit, contents, facts));
  if (wrong !== null) return wrong;
  if ((await rulesOf(unit)).length >= limits.RULES_MAX)
    return refusePlanning("too-many-rules", "most", { most: limits.RULES_MAX });
  const rule: Rule = { id: unit.newId("rul"), version: 1, ...contents };
  if (!(await insertRule(unit, rule))) return stands;
  record(unit, rule.id, "created", null, contents);
  return rule;
}

/** Changes what a rule says; for whom it holds stays. */
export async function changeRule(
  unit: Unit,
  id: string,
  wish: { readonly [Key in "isHard" | "weight" | "values" | "namedIds"]?: RuleWish[Key] | undefined },
  ifMatch: IfMatch,
  facts: RuleFacts,
): Promise<Rule | Refused<"planning/rule-invalid" | "request/not-found" | "request/version-changed">> {
  const before = await lockRule(unit, id);
  if (before === null) return notFound;
  if (ifMatch?.includes(before.version) === false) return versionChanged;
  const given = Object.fromEntries(Object.entries(wish).filter(([, value]) => value !== undefined));
  const contents = ruleOf({ ...contentsOf(before), ...given, values: { ...before.values, ...wish.values } });
  if (isRefused(contents)) return contents;
  if (aboutOf(contents) !== aboutOf(before)) return refusePlanning("rule-invalid", "about", {});
  const wrong = await wrongName(unit, contents, facts);
  if (wrong !== null) return wrong;
  const after: Rule = { ...before, ...contents, version: before.version + 1 };
  await updateRule(unit, after);
  record(unit, id, "updated", contentsOf(before), contents);
  return after;
}

export async function removeRule(
  unit: Unit,
  id: string,
  ifMatch: IfMatch,
): Promise<null | Refused<"request/not-found" | "request/version-changed">> {
  const before = await lockRule(unit, id);
  if (before === null) return notFound;
  if (ifMatch?.includes(before.version) === false) return versionChanged;
  await deleteRule(unit, id);
  record(unit, id, "removed", contentsOf(before), null);
  return null;
}

/** Puts a rule back as it was before a change, or takes away the one that a change made. */
export async function putRule(
  unit: Unit,
  id: string,
  was: RuleContents | null,
): Promise<{ readonly id: string } | Refused<"planning/rule-stands">> {
  const before = await lockRule(unit, id);
  if (was === null) await deleteRule(unit, id);
  else if (before === null) {
    if (!(await insertRule(unit, { id, version: 1, ...was }))) return stands;
  } else await updateRule(unit, { ...before, ...was, version: before.version + 1 });
  const kind = before === null ? "created" : was === null ? "removed" : "updated";
  if (before !== null || was !== null) record(unit, id, kind, before === null ? null : contentsOf(before), was);
  return { id };
}

/** Why whom or what a rule names cannot be named. */
export async function wrongName(
  unit: Unit,
  { constraintId, namedIds }: Pick<RuleContents, "constraintId" | "namedIds">,
  { skills }: RuleFacts,
): Promise<Refused<"planning/rule-invalid"> | null> {
  if (namedIds.length === 0) return null;
  const { of } = constraintOf(constraintId)!.names!;
  if (of === "skills")
    return (await skills.named(unit, namedIds)).length === namedIds.length
      ? null
      : refusePlanning("rule-invalid", "not-named", { of });
  const known = await subjectsById(unit, namedIds);
  const isMeant = (kind: string): boolean => (kind === "person" || kind === "outside") === (of === "people");
  if (known.length === namedIds.length && known.every(({ kind }) => isMeant(kind))) return null;
  return refusePlanning("rule-invalid", "not-named", { of });
}

/** Why a group cannot be judged as one. */
export async function wrongGroup(
  unit: Unit,
  rule: RuleContents,
  { collections }: RuleFacts,
): Promise<Refused<"planning/rule-invalid"> | null> {
  if (!isOfGroup(rule)) return null;
  const { length } = await peopleOfGroup(unit, rule, collections, GROUP_PEOPLE_MAX + 1);
  return length <= GROUP_PEOPLE_MAX ? null : refusePlanning("rule-invalid", "compared", { most: GROUP_PEOPLE_MAX });
}

/** The name of whom a rule holds for; null for the organisation. */
export async function holderOf(
  unit: Unit,
  { scope, holderId }: Pick<RuleContents, "scope" | "holderId">,
  { collections }: RuleFacts,
): Promise<string | null | Refused<"planning/rule-invalid">> {
  if (holderId === null) return null;
  const among = {
    organisation: subjectsById,
    person: subjectsById,
    team: teamsById,
    calendar: collections.named,
    service: collections.named,
  };
  const [found] = await among[scope](unit, [holderId]);
  return found?.name ?? refusePlanning("rule-invalid", "holder", { scope });
}

const versionChanged = refuseRequest("version-changed", "read", {});

function record(
  unit: Unit,
  id: string,
  kind: "created" | "updated" | "removed",
  before: RuleContents | null,
  after: RuleContents | null,
): void {
  unit.record({ kind, thing: { type: RULE, id }, fields: ["rule"], before, after });
}
