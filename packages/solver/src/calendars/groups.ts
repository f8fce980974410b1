import {
  aboveOf,
  breachesAmong,
  byStart,
  isThere,
  lineOf,
  lyingIn,
  meanOf,
  meeting,
  stretchAt,
  stretchesIn,
  unitsAbove,
  weeksOf,
  type Member,
  type Setting,
} from "@hourwright/conflict";
import type { Interval } from "@hourwright/time";
import type { Breach, Constraint } from "../constraint.ts";
import type { Placed } from "./day.ts";
import { placedAt, startMsOf, type Layout } from "./layout.ts";
import type { CalendarModel } from "./model.ts";
import { sentenceOf } from "./rules.ts";

/**
 * A setting of the catalogue that judges a group as one. Its places are what each of the group has in each stretch; units are those
 * that are more than what stays would break alone. A change is looked at in the stretches that it touches: O(takings of those whom it
 * takes, and the group) for each.
 */
export function groupConstraint(
  layout: Layout,
  setting: Setting,
  head: Pick<Constraint<CalendarModel>, "name" | "level" | "weight">,
): Constraint<CalendarModel> {
  const group = groupOf(layout, setting);
  return { ...head, on: (model) => openGroup(layout, setting, group, model) };
}

/** A group over a plan: everything of it that does not change. Places are stretch × members + member. */
type Group = {
  /** What lies in it is all that counts; everything where it is left out. */
  readonly collection: number | undefined;
  readonly members: readonly number[];
  /** The place of a subject among the members. */
  readonly placeOf: ReadonlyMap<number, number>;
  readonly stretches: readonly Interval[];
  /** By place: what stays there, whether that member is counted, and what stays breaks alone. */
  readonly fixed: readonly (readonly Placed[])[];
  readonly counts: readonly boolean[];
  readonly base: readonly number[];
};

function groupOf(layout: Layout, setting: Setting): Group {
  const { plan, span, fixed: ofSubject } = layout;
  const { compares } = setting.constraint;
  const weeks = weeksOf(setting);
  const members = [...(setting.subjects ?? plan.subjects.keys())].sort((a, b) => a - b);
  const first = stretchAt(span.startMs, weeks, plan.world);
  const stretches = stretchesIn({ startMs: first.startMs, endMs: span.endMs }, weeks, plan.world);
  const places = stretches.flatMap((stretch) =>
    members.map((subject) => ({
      stretch,
      fixed: meeting(lyingIn(ofSubject[subject]!, setting.collection), stretch) as Placed[],
      counts: isThere(lineOf(plan.subjects[subject]!, [], plan.world), stretch),
    })),
  );
  const [fixed, counts] = [places.map((each) => each.fixed), places.map((each) => each.counts)];
  const group = {
    collection: setting.collection,
    members,
    placeOf: new Map(members.map((subject, i) => [subject, i])),
    stretches,
    fixed,
    counts,
  };
  const amounts = places.map(({ stretch, fixed: own }) => compares!.shareOf(own, stretch).amount);
  const base = stretches.flatMap((_, stretch) => unitsIn(setting, group, amounts, stretch));
  return { ...group, base };
}

/** By how much each member has too much of a stretch. */
function unitsIn(
  setting: Setting,
  { members, counts }: Pick<Group, "members" | "counts">,
  amounts: readonly number[],
  stretch: number,
): number[] {
  const at = stretch * members.length;
  const mean = meanOf(
    members.map((_, i) => ({ isThere: counts[at + i]!, share: { amount: amounts[at + i]!, occurrences: [] } })),
  );
  const above = aboveOf(setting);
  return members.map((_, i) => unitsAbove(amounts[at + i]!, mean, above));
}

function openGroup(
  layout: Layout,
  setting: Setting,
  group: Group,
  model: CalendarModel,
): ReturnType<Constraint<CalendarModel>["on"]> {
  const { variables } = layout;
  const { members, placeOf, stretches, fixed, base } = group;
  const { compares } = setting.constraint;
  const current = model.values.slice();
  const inPlace = movingIn(layout, group, current);
  const valueNow = (variable: number): number => current[variable]!;
  const amounts = fixed.map((_, at) => amountAt(at, inPlace[at]!, valueNow));
  const units = stretches.map((_, stretch) => unitsOf(amounts, stretch));

  function takingsAt(at: number, moving: readonly number[], valueOf: (variable: number) => number): Placed[] {
    const subject = members[at % members.length]!;
    const placed = moving.map((variable) => placedOf(layout, variable, valueOf(variable), subject));
    return [...fixed[at]!, ...placed].sort(byStart);
  }
  function amountAt(at: number, moving: readonly number[], valueOf: (variable: number) => number): number {
    return compares!.shareOf(takingsAt(at, moving, valueOf), stretches[Math.floor(at / members.length)]!).amount;
  }
  function unitsOf(all: readonly number[], stretch: number): number {
    const at = stretch * members.length;
    return unitsIn(setting, group, all, stretch).reduce((sum, each, i) => sum + Math.max(0, each - base[at + i]!), 0);
  }
  /** The amounts at the places that a variable would change by going to a value. */
  function changedBy(variable: number, to: number): Map<number, number> {
    const [left, joined] = [current[variable]!, to].map((value) => new Set(placesOf(layout, group, variable, value)));
    const changed = new Map<number, number>();
    const valueOf = (each: number): number => (each === variable ? to : current[each]!);
    for (const at of left!.union(joined!)) {
      const others = inPlace[at]!.filter((each) => each !== variable);
      const amount = amountAt(at, joined!.has(at) ? [...others, variable] : others, valueOf);
      if (amount !== amounts[at]) changed.set(at, amount);
    }
    return changed;
  }

  return {
    concerns: (variable) => variables[variable]!.takes.flat().some(({ subject }) => placeOf.has(subject)),
    full() {
      const moving = movingIn(layout, group, model.values);
      const all = fixed.map((_, at) => amountAt(at, moving[at]!, (variable) => model.values[variable]!));
      return stretches.reduce((sum, _, stretch) => sum + unitsOf(all, stretch), 0);
    },
    delta(variable, _from, to) {
      const changed = changedBy(variable, to);
      if (changed.size === 0) return 0;
      const next = amounts.slice();
      for (const [at, amount] of changed) next[at] = amount;
      const touched = new Set(Array.from(changed.keys(), (at) => Math.floor(at / members.length)));
      return [...touched].reduce((sum, stretch) => sum + unitsOf(next, stretch) - units[stretch]!, 0);
    },
    assigned(variable, from, to) {
      const [left, joined] = [from, to].map((value) => placesOf(layout, group, variable, value));
      current[variable] = to;
      for (const at of left!) inPlace[at] = inPlace[at]!.filter((each) => each !== variable);
      for (const at of joined!) inPlace[at]!.push(variable);
      for (const at of new Set([...left!, ...joined!])) {
        amounts[at] = amountAt(at, inPlace[at]!, valueNow);
      }
      for (const stretch of new Set([...left!, ...joined!].map((at) => Math.floor(at / members.length))))
        units[stretch] = unitsOf(amounts, stretch);
    },
    explain: () => explained(layout, setting, group, model.values),
  };
}

/** Which variables are in each place at some values. */
function movingIn(layout: Layout, group: Group, values: Int32Array): number[][] {
  const lists: number[][] = group.fixed.map(() => []);
  for (let variable = 0; variable < values.length; variable++)
    for (const at of placesOf(layout, group, variable, values[variable]!)) lists[at]!.push(variable);
  return lists;
}

/** The places that a variable at a value touches. */
function placesOf(
  { variables }: Layout,
  { collection, placeOf, members, stretches }: Group,
  variable: number,
  value: number,
): number[] {
  const movable = variables[variable]!;
  if (lyingIn([movable.thing], collection).length === 0) return [];
  const startMs = startMsOf(movable, value);
  const endMs = startMs + movable.lengthMs;
  const own = movable.takes[value % movable.choices]!.flatMap(({ subject }) => placeOf.get(subject) ?? []);
  if (own.length === 0) return [];
  return stretches.flatMap((stretch, i) =>
    stretch.startMs < endMs && stretch.endMs > startMs ? own.map((member) => i * members.length + member) : [],
  );
}

function placedOf({ variables }: Layout, variable: number, value: number, subject: number): Placed {
  const movable = variables[variable]!;
  const { how } = movable.takes[value % movable.choices]!.find((take) => take.subject === subject)!;
  return placedAt(movable, value, how);
}

/** Who has too much, each with what of it may move. */
function explained(layout: Layout, setting: Setting, group: Group, values: Int32Array): Breach[] {
  const { members, stretches, fixed, counts, base } = group;
  const moving = movingIn(layout, group, values);
  return stretches.flatMap((stretch, i) => {
    const own = members.map((subject, member): Member => {
      const at = i * members.length + member;
      const placed = moving[at]!.map((variable) => placedOf(layout, variable, values[variable]!, subject));
      const share = setting.constraint.compares!.shareOf([...fixed[at]!, ...placed].sort(byStart), stretch);
      return { subject, isThere: counts[at]!, share };
    });
    return breachesAmong(setting, own, stretch).flatMap((breach) => {
      const at = i * members.length + group.placeOf.get(breach.subject)!;
      const units = breach.units - base[at]!;
      return units <= 0 ? [] : [{ units, variables: [...moving[at]!], sentence: sentenceOf(layout, setting, breach) }];
    });
  });
}
