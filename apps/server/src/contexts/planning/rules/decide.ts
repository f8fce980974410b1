import { refusePlanning, type Refused } from "@hourwright/contract";
import { catalogue, isSettable, weeksOf, type Constraint, type Setting } from "@hourwright/conflict";
import { DAY_MS } from "@hourwright/time";
import type { Book } from "./book.ts";
import type { Rule, RuleContents, RuleWish } from "./model.ts";

// Pure: what a rule may be, and whom of several rules binds.

const byId = new Map(catalogue.map((constraint) => [constraint.id, constraint]));

/** Whether some rule asks where things are that stand beside what is judged: who judges has to know what these need. */
export const asksForPlaces = ({ rules, sites }: Pick<Book, "rules" | "sites">): boolean =>
  sites.length > 0 && rules.some(({ constraintId }) => constraintId === "travel");

/** Whether a rule judges a group as one. */
export const isOfGroup = ({ constraintId }: Pick<Rule, "constraintId">): boolean =>
  byId.get(constraintId)?.compares !== undefined;

/** Whether a rule needs a skill. */
export const isAboutSkills = ({ constraintId }: Pick<Rule, "constraintId">): boolean =>
  byId.get(constraintId)?.names?.of === "skills";

/** What a rule is about that names one thing alone: rules about others stand beside it. Empty where it is about none. */
export const aboutOf = ({ constraintId, namedIds }: Pick<Rule, "constraintId" | "namedIds">): string =>
  byId.get(constraintId)?.names?.most === 1 ? (namedIds[0] ?? "") : "";

/** A week, and the longest way before it: so far around a change reach the rules that judge a line alone. */
const LINE_REACH_MS = 9 * DAY_MS;

/** How much farther around than a day or a week some rules reach that judge a group: the longest stretch they compare. */
export const groupReachMs = (rules: readonly Rule[]): number =>
  Math.max(0, ...rules.filter(isOfGroup).map((rule) => (7 * weeksOf(rule) + 1) * DAY_MS));

/** So far around a change what stands is read, so that all of some rules can be judged. */
export const reachMsOf = (rules: readonly Rule[]): number => Math.max(LINE_REACH_MS, groupReachMs(rules));

/** The constraint that a rule was made of; null of a rule that a newer program has made. */
export const constraintOf = (id: string): Constraint | null => byId.get(id) ?? null;

/** A rule with everything said, or why it cannot be set. */
export function ruleOf(wish: RuleWish): RuleContents | Refused<"planning/rule-invalid"> {
  const constraint = byId.get(wish.constraintId);
  if (constraint === undefined) return refusePlanning("rule-invalid", "constraint", { id: wish.constraintId });
  const { id, title, parameters, scopes } = constraint;
  if (!isSettable(constraint)) return refusePlanning("rule-invalid", "unsettable", { title });
  if (constraint.compares !== undefined && wish.scope === "person")
    return refusePlanning("rule-invalid", "compares", { title });
  if (!scopes.includes(wish.scope)) return refusePlanning("rule-invalid", "scope", { title, scope: wish.scope });
  if ((wish.scope === "organisation") !== (wish.holderId === null))
    return refusePlanning("rule-invalid", "holder-or-none", {});
  const unknown = Object.keys(wish.values).find((name) => !Object.hasOwn(parameters, name));
  if (unknown !== undefined) return refusePlanning("rule-invalid", "parameter", { title, name: unknown });
  const values: Record<string, number> = {};
  for (const [name, { from, to, preset, unit, says }] of Object.entries(parameters)) {
    const value = wish.values[name] ?? preset;
    if (!Number.isFinite(value) || value < from || value > to)
      return refusePlanning("rule-invalid", "range", { says, from, to, unit, value });
    if (WHOLE.has(unit) && !Number.isInteger(value))
      return refusePlanning("rule-invalid", "whole", { says, unit, value });
    values[name] = value;
  }
  const [earliest, latest] = [values["from"], values["to"]];
  if (earliest !== undefined && latest !== undefined && earliest >= latest)
    return refusePlanning("rule-invalid", "turned", { title });
  const namedIds = [...new Set(wish.namedIds ?? [])];
  if (constraint.names === undefined && namedIds.length > 0)
    return refusePlanning("rule-invalid", "names-nobody", { title });
  const mayName = constraint.names?.optionalFor;
  if (mayName?.includes(wish.scope) === false && namedIds.length > 0)
    return refusePlanning("rule-invalid", "names-for", { title, scopes: mayName });
  if (constraint.names !== undefined && mayName === undefined && namedIds.length === 0)
    return refusePlanning("rule-invalid", "names-one", { title, kind: constraint.names.of });
  const most = constraint.names?.most ?? Infinity;
  if (namedIds.length > most) return refusePlanning("rule-invalid", "names-alone", { title });
  if (wish.scope === "person" && namedIds.includes(wish.holderId!))
    return refusePlanning("rule-invalid", "names-others", { title });
  return {
    constraintId: id,
    scope: wish.scope,
    holderId: wish.holderId,
    isHard: wish.isHard ?? constraint.isHard,
    weight: wish.weight ?? constraint.weight,
    values,
    namedIds,
  };
}

const WHOLE: ReadonlySet<string> = new Set(["weeks", "level"]);

/** Whose line it is, as far as rules ask. */
export type Holder = {
  readonly id: string;
  readonly kind: "person" | "thing" | "outside";
  readonly teams: readonly string[];
};

/** A rule as the check takes it, with its name. */
export type SetRule = Setting & { readonly ruleId: string };

/** Whether a rule holds for what lies in one calendar, or is booked of one service, alone: beside whatever else binds those whose time that takes. */
export const isOfCollection = ({ scope }: Pick<Rule, "scope">): boolean => scope === "calendar" || scope === "service";

const NARROW: readonly Rule["scope"][] = ["person", "team", "organisation"];

/**
 * Rules as the check takes them: of those for one constraint (and about one skill) the narrowest binds each holder, and of two teams' the one that
 * was made first. Those that judge a group as one bind all of it, whatever else does, and nobody beside. Who is outside the organisation is bound by none.
 */
export function settingsOf(
  { rules, named, collections, compared }: Pick<Book, "rules" | "named" | "collections" | "compared">,
  holders: readonly Holder[],
): SetRule[] {
  const settings: SetRule[] = [];
  const { numberOf } = namesOver({ named }, holders);
  const groups = new Map(Array.from(compared, ([rule, people]) => [rule, new Set(people)]));
  const isMeant = (rule: Rule, { id }: Holder): boolean => !isOfGroup(rule) || groups.get(rule.id)?.has(id) === true;
  for (const own of Map.groupBy(rules, (rule) => `${rule.constraintId} ${aboutOf(rule)}`).values()) {
    const constraint = constraintOf(own[0]!.constraintId);
    if (constraint === null) continue;
    const bound = new Map<Rule, Set<number>>();
    const inOrder = own.toSorted((a, b) => NARROW.indexOf(a.scope) - NARROW.indexOf(b.scope) || (a.id < b.id ? -1 : 1));
    holders.forEach((holder, number) => {
      if (!concerns(constraint, holder)) return;
      const binding = inOrder.filter((each) => binds(each, holder));
      const ofCollections = own.filter((rule) => isOfCollection(rule) && isMeant(rule, holder));
      for (const rule of [...(constraint.compares === undefined ? binding.slice(0, 1) : binding), ...ofCollections])
        bound.set(rule, (bound.get(rule) ?? new Set()).add(number));
    });
    for (const [{ id, scope, holderId, isHard, weight, values, namedIds }, subjects] of bound) {
      const collection = collections.findIndex((each) => each.id === holderId);
      if (isOfCollection({ scope }) && collection < 0) continue;
      const numbers = new Set(namedIds.flatMap((each) => numberOf(each) ?? []));
      settings.push({
        ruleId: id,
        name: id,
        constraint,
        isHard,
        weight,
        values,
        named: numbers,
        subjects,
        ...(collection < 0 ? {} : { collection }),
      });
    }
  }
  return settings;
}

/** The numbers of whom rules name: those of the lines, and behind these those of whom no line is. */
export function namesOver({ named }: Pick<Book, "named">, lines: readonly { readonly id: string }[]) {
  const numbers = new Map(
    [...lines, ...named].map(({ id }, number) => [id, number]).toReversed() as [string, number][],
  );
  return {
    numberOf: (id: string): number | undefined => numbers.get(id),
    nameOf: (number: number): string => named[number - lines.length]?.name ?? "somebody else",
  };
}

const concerns = ({ concerns }: Constraint, { kind }: Holder): boolean =>
  kind === "person" ? concerns.includes("people") : kind === "thing" && concerns.includes("things");

const binds = ({ scope, holderId }: Rule, { id, teams }: Holder): boolean =>
  scope === "organisation" || (scope === "team" ? teams.includes(holderId!) : holderId === id);
