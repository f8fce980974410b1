import { DAY_MS } from "../civil.ts";
import { expand } from "./expand.ts";
import { movedRule, type Anchor } from "./move-rule.ts";
import {
  hasOccurrence,
  type Occurrence,
  occurrenceNamed,
  seriesOfPlan,
  type Length,
  type Override,
  type Place,
  type Plan,
} from "./plan.ts";
import type { Rule } from "./rule.ts";
import { splitRules } from "./split-rule.ts";

/** What an edit says; what it does not name stays. A place is that of the occurrence pointed at. */
export type PlanChange<Details extends object> = {
  readonly place?: Place;
  readonly length?: Length;
  readonly rrules?: readonly Rule[];
  readonly details?: Partial<Details>;
};

/** Which occurrences are meant: `name` is the one pointed at. */
export type PlanTarget = { readonly scope: "this" | "following" | "all"; readonly name: number };

export type PlanRefusal = {
  readonly code:
    | "no-such-occurrence"
    | "rule-of-one-occurrence"
    | "rule-does-not-move"
    | "exceptions-in-the-way"
    | "cannot-split-here"
    | "too-many-steps";
  readonly message: string;
};

/** The plan afterwards, null when nothing of it happens any more; and for "this and following" the one that takes over. */
export type EditedPlan<Details extends object> =
  | { readonly plan: Plan<Details> | null; readonly following: Plan<Details> | null; readonly refused?: undefined }
  | { readonly refused: PlanRefusal };

/**
 * Changes one occurrence, it and all later ones, or all. Pure; what is refused changes nothing.
 *
 * *This* makes an override. *Following* ends the rules before the occurrence and lets a second plan go on from there
 * with all that was different later. *All* moves the whole series as far as the occurrence pointed at; what was moved
 * by itself stays where it was put. Exceptions that have no place in a new rhythm are dropped when the rule itself is
 * changed, and refuse the edit when it is only moved. Costs a few expansions.
 */
export function changePlan<Details extends object>(
  plan: Plan<Details>,
  { scope, name }: PlanTarget,
  change: PlanChange<Details>,
): EditedPlan<Details> {
  if (!hasOccurrence(plan, name)) return refuse("no-such-occurrence", "There is no such occurrence.");
  if (scope === "this") {
    if (change.rrules !== undefined) return refuse("rule-of-one-occurrence", "One occurrence has no rule.");
    return { plan: withOverride(plan, name, change), following: null };
  }
  if (scope === "all" || isFirst(plan, name)) return changeAll(plan, name, change);
  const split = splitPlan(plan, name, change.rrules === undefined);
  if ("refused" in split) return split;
  const following = changeAll(split.following, name, change);
  return following.refused === undefined ? { plan: split.plan, following: following.plan } : following;
}

/** Takes one occurrence, it and all later ones, or all out. */
export function removeFromPlan<Details extends object>(
  plan: Plan<Details>,
  { scope, name }: PlanTarget,
): EditedPlan<Details> {
  if (!hasOccurrence(plan, name)) return refuse("no-such-occurrence", "There is no such occurrence.");
  if (scope === "all" || (scope === "following" && isFirst(plan, name))) return { plan: null, following: null };
  if (scope === "following") {
    const split = splitPlan(plan, name, false);
    return "refused" in split ? split : { plan: split.plan, following: null };
  }
  const overrides = new Map(plan.overrides);
  overrides.delete(name);
  return { plan: unlessEmpty({ ...plan, overrides, excluded: [...plan.excluded, name] }), following: null };
}

function refuse(code: PlanRefusal["code"], message: string): { readonly refused: PlanRefusal } {
  return { refused: { code, message } };
}

function isFirst<Details extends object>(plan: Plan<Details>, name: number): boolean {
  return expand(seriesOfPlan(plan), { kind: "from", fromMs: -Infinity, limit: 1 }).localMs[0] === name;
}

function unlessEmpty<Details extends object>(plan: Plan<Details>): Plan<Details> | null {
  return expand(seriesOfPlan(plan), { kind: "from", fromMs: -Infinity, limit: 1 }).epochMs.length === 0 ? null : plan;
}

function withOverride<Details extends object>(
  plan: Plan<Details>,
  name: number,
  { place, length, details }: PlanChange<Details>,
): Plan<Details> {
  const before = plan.overrides.get(name) ?? {};
  const override: Override<Details> = {
    ...before,
    ...(place === undefined ? {} : { place }),
    ...(length === undefined ? {} : { length }),
    ...(details === undefined ? {} : { details: { ...before.details, ...details } }),
  };
  return { ...plan, overrides: new Map(plan.overrides).set(name, override) };
}

const dateMs = (localMs: number) => Math.floor(localMs / DAY_MS) * DAY_MS;

function changeAll<Details extends object>(
  plan: Plan<Details>,
  name: number,
  { place, length, rrules, details }: PlanChange<Details>,
): EditedPlan<Details> {
  const shown = occurrenceNamed(plan, name);
  const after = place === undefined ? plan : placeAfter(plan, shown, place);
  const carry = carrier(plan, after);
  const move = (rules: readonly Rule[]) => rules.map((rule) => movedRule(rule, anchorOf(plan), anchorOf(after)));
  const newRules = rrules ?? move(plan.rrules);
  const exrules = move(plan.exrules);
  if (!areAll(newRules) || !areAll(exrules)) {
    return refuse("rule-does-not-move", "The rule names dates or times that one move cannot carry; change it as well.");
  }

  const bare: Plan<Details> = {
    ...plan,
    startLocalMs: after.startLocalMs,
    zone: after.zone,
    isDate: after.isDate,
    length: length ?? plan.length,
    details: details === undefined ? plan.details : { ...plan.details, ...details },
    rrules: newRules,
    exrules,
    added: plan.added.map(carry),
    excluded: [],
    overrides: new Map(),
  };
  const isNewRhythm = place !== undefined || rrules !== undefined;
  const keeps = (carried: number) => !isNewRhythm || hasOccurrence(bare, carried);
  const excluded = plan.excluded.map(carry).filter(keeps);
  const overrides = new Map<number, Override<Details>>();
  for (const [old, override] of plan.overrides) {
    const isPointed = old === name && place !== undefined && override.place !== undefined;
    if (keeps(carry(old))) overrides.set(carry(old), isPointed ? { ...override, place } : override);
  }
  const isLost = excluded.length < plan.excluded.length || overrides.size < plan.overrides.size;
  if (isLost && rrules === undefined) {
    return refuse("exceptions-in-the-way", "Changed or cancelled dates have no place in the new rhythm.");
  }
  return { plan: unlessEmpty({ ...bare, excluded, overrides }), following: null };
}

/**
 * Where the series goes when one of its occurrences goes to `place`: as far. Where that one had been put elsewhere by
 * itself its days are carried over, and its new time is that of all from now on.
 */
function placeAfter<Details extends object>(plan: Plan<Details>, shown: Occurrence<Details>, place: Place): Place {
  const days = dateMs(place.startLocalMs) - dateMs(shown.startLocalMs);
  if (place.isDate) return { ...place, startLocalMs: dateMs(plan.startLocalMs) + days };
  const timeMs = place.startLocalMs - dateMs(place.startLocalMs);
  const shiftMs = dateMs(shown.name) + days + timeMs - shown.name;
  return { ...place, startLocalMs: plan.startLocalMs + shiftMs };
}

/** What an occurrence is called after the series has moved. */
function carrier(before: Place, after: Place): (name: number) => number {
  if (after.isDate) return (name) => dateMs(name) + after.startLocalMs - dateMs(before.startLocalMs);
  return (name) => name + after.startLocalMs - before.startLocalMs;
}

function anchorOf({ startLocalMs, zone, isDate }: Place): Anchor {
  return { form: isDate ? "date" : "local", localMs: startLocalMs, zone: isDate ? null : zone };
}

function areAll(rules: readonly (Rule | null)[]): rules is readonly Rule[] {
  return rules.every((rule) => rule !== null);
}

type Split<Details extends object> = { readonly plan: Plan<Details> | null; readonly following: Plan<Details> };

/**
 * The plan up to a name, and from it on. Together they have the occurrences that the plan had, each once. Where the
 * rules are not kept they need not go on: the second plan has then only what stands for itself.
 */
function splitPlan<Details extends object>(
  plan: Plan<Details>,
  name: number,
  keepsRules: boolean,
): Split<Details> | { readonly refused: PlanRefusal } {
  const rrules = splitRules(plan, plan.rrules, name, { countsStart: true, goesOn: keepsRules });
  const exrules = splitRules(plan, plan.exrules, name, { countsStart: false, goesOn: keepsRules });
  if ("refused" in rrules) return rrules;
  if ("refused" in exrules) return exrules;
  const earlier = (at: number) => at < name;
  const later = (at: number) => at >= name;
  const overridesWhere = (isMeant: (at: number) => boolean) =>
    new Map([...plan.overrides].filter(([at]) => isMeant(at)));
  const following: Plan<Details> = {
    ...plan,
    startLocalMs: name,
    rrules: rrules.after,
    exrules: exrules.after,
    added: [...plan.added.filter(later), ...rrules.dates],
    excluded: plan.excluded.filter(later),
    overrides: overridesWhere(later),
  };
  // What an EXRULE names is mostly no occurrence; only what it takes out is an exception.
  const takenOut = exrules.dates.filter((at) => hasOccurrence(following, at));
  return {
    plan: unlessEmpty({
      ...plan,
      rrules: rrules.before,
      exrules: exrules.before,
      added: plan.added.filter(earlier),
      excluded: plan.excluded.filter(earlier),
      overrides: overridesWhere(earlier),
    }),
    following: { ...following, excluded: [...following.excluded, ...takenOut] },
  };
}
