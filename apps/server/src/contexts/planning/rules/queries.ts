import { catalogue } from "@hourwright/conflict";
import type { Unit } from "../../../platform/db/database.ts";
import { subjectsById, teamsById } from "../../identity/public.ts";
import { namedBy } from "./book.ts";
import { isSettable } from "./decide.ts";
import type { Rule } from "./model.ts";
import { rulesOf } from "./store.ts";

/** The catalogue as the API shows it. */
export const shownConstraints = catalogue.map((constraint) => ({
  id: constraint.id,
  title: constraint.title,
  rule: constraint.rule,
  isHard: constraint.isHard,
  weight: constraint.weight,
  severity: constraint.severity,
  concerns: [...constraint.concerns],
  scopes: [...constraint.scopes],
  judges: constraint.judges,
  settable: isSettable(constraint),
  names: constraint.names ?? null,
  parameters: Object.entries(constraint.parameters).map(([name, parameter]) => ({ name, ...parameter })),
  examples: constraint.examples.map(({ says }, i) => ({ says, isKept: i === 0 })),
}));

/** Rules with the names of whom they hold for. */
export async function shownRules(unit: Unit, rules: readonly Rule[]) {
  const holders = rules.flatMap(({ holderId }) => holderId ?? []);
  const named = [...(await subjectsById(unit, holders)), ...(await teamsById(unit, holders))];
  const names = new Map(named.map(({ id, name }) => [id, name]));
  const others = new Map((await namedBy(unit, rules)).map(({ id, name }) => [id, name]));
  return rules.map(({ namedIds, ...rule }) => ({
    ...rule,
    values: { ...rule.values },
    named: namedIds.map((id) => ({ id, name: others.get(id) ?? "Somebody" })),
    holder: rule.holderId === null ? null : (names.get(rule.holderId) ?? "Somebody"),
  }));
}

export const listRules = async (unit: Unit) => shownRules(unit, await rulesOf(unit));
