import { catalogue, isSettable, type Named } from "@hourwright/conflict";
import type { Unit } from "../../../platform/db/database.ts";
import type { Caller } from "../../../platform/operations/context.ts";
import { may, subjectsById, teamsById } from "../../identity/public.ts";
import { namedBy, type RuleFacts } from "./book.ts";
import { constraintOf, isAboutSkills, isOfCollection } from "./decide.ts";
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
  names: constraint.names === undefined ? null : shownNames(constraint.names),
  parameters: Object.entries(constraint.parameters).map(([name, parameter]) => ({ name, ...parameter })),
  examples: constraint.examples.map(({ says }, i) => ({ says, isKept: i === 0 })),
}));

function shownNames({ optionalFor, most, ...names }: Named) {
  return { ...names, most: most ?? null, optionalFor: optionalFor === undefined ? null : [...optionalFor] };
}

/** Rules with the names of whom they hold for. */
export async function shownRules(unit: Unit, rules: readonly Rule[], { collections, skills }: RuleFacts) {
  const holders = rules.flatMap(({ holderId }) => holderId ?? []);
  const named = [
    ...(await subjectsById(unit, holders)),
    ...(await teamsById(unit, holders)),
    ...(await collections.named(unit, holders)),
  ];
  const names = new Map(named.map(({ id, name }) => [id, name]));
  const others = new Map((await namedBy(unit, rules, skills)).map(({ id, name }) => [id, name]));
  return rules.map(({ namedIds, ...rule }) => ({
    ...rule,
    values: { ...rule.values },
    named: namedIds.map((id) => ({
      id,
      name: others.get(id) ?? (isAboutSkills(rule) ? "A skill that is gone" : "Somebody"),
    })),
    holder: rule.holderId === null ? null : (names.get(rule.holderId) ?? "Somebody"),
  }));
}

/** The rules as somebody may know them. */
export const listRules = async (unit: Unit, viewer: Caller, facts: RuleFacts) => {
  const rules = await rulesOf(unit);
  const seen = rules.some(isOfCollection) ? await facts.collections.seenBy(unit, viewer) : NONE;
  return shownRules(
    unit,
    rules.filter((rule) => isToldTo(viewer, rule, seen)),
    facts,
  );
};

const NONE: ReadonlySet<string> = new Set();

/** `seen`: the calendars that the viewer may know of. */
export const isToldTo = (viewer: Caller, rule: Rule, seen: ReadonlySet<string>): boolean =>
  may(viewer, "organisation.manage") ||
  (isOfCollection(rule) ? seen.has(rule.holderId!) : mayKnow(rule, viewer.personId));

/** Who sets no rules knows those of all, of teams, of things, and their own; of those that name people, the ones that concern them. */
function mayKnow({ constraintId, scope, holderId, namedIds }: Rule, personId: string): boolean {
  const concernsThem = holderId === personId || namedIds.includes(personId);
  if (namedIds.length > 0 && constraintOf(constraintId)?.names?.of === "people") return concernsThem;
  return scope !== "person" || concernsThem || isThing(holderId!);
}

/** Ids of rooms and things begin so. */
const isThing = (id: string): boolean => id.startsWith("res_");
