import { takersOf, type Taken, type Traits } from "@hourwright/conflict";
import type { Interval } from "@hourwright/time";
import type { Placed } from "./day.ts";
import type { CalendarPlan, FixedTaking, PlannedThing, Take } from "./plan.ts";
import { startsOf } from "./starts.ts";

/**
 * A plan in numbers. A variable is a thing that is not locked; a value of it is start × choices + choice, where start and choice are
 * places in its own lists. Immutable, and shared by all models of a problem.
 */
export type Layout = {
  readonly plan: CalendarPlan;
  /** From the first to the last moment at which something that may move is, or may be. */
  readonly span: Interval;
  readonly variables: readonly Movable[];
  /** What stands now, one value for each variable. */
  readonly start: Int32Array;
  /** What stays, by subject: what is fixed, and what is locked. */
  readonly fixed: readonly (readonly Placed[])[];
  /** Subjects that something takes which may move; nothing is counted of others. */
  readonly involved: readonly number[];
  /** The place of a subject among those, -1 of others. */
  readonly rowOf: Int32Array;
};

export type Movable = {
  /** Its place in the list of things. */
  readonly index: number;
  readonly thing: PlannedThing;
  readonly lengthMs: number;
  readonly startsMs: Float64Array;
  readonly choices: number;
  /** By choice: whom it takes then, and what constraints see. */
  readonly takes: readonly (readonly Take[])[];
  readonly traits: readonly Traits[];
  readonly values: number;
};

export function layoutOf(plan: CalendarPlan): Layout {
  const free = [...plan.things.entries()].filter(([, { isLocked }]) => !isLocked);
  const variables = free.map(([index, thing]) => movableOf(plan, index, thing));
  const involved = new Set(variables.flatMap(({ takes }) => takes.flatMap((each) => each.map((take) => take.subject))));
  const sorted = [...involved].sort((a, b) => a - b);
  const rowOf = new Int32Array(plan.subjects.length).fill(-1);
  sorted.forEach((subject, row) => (rowOf[subject] = row));
  return {
    plan,
    span: {
      startMs: plan.window.startMs,
      endMs: Math.max(plan.window.endMs, ...variables.map(({ thing }) => thing.endMs)),
    },
    variables,
    start: Int32Array.from(
      variables,
      ({ thing, startsMs, choices }) => startsMs.indexOf(thing.startMs) * choices + thing.choice,
    ),
    fixed: bySubject(plan),
    involved: sorted,
    rowOf,
  };
}

function movableOf({ subjects, window, world }: CalendarPlan, index: number, thing: PlannedThing): Movable {
  const startsMs = startsOf(thing, subjects, window, world);
  const choices = Math.max(1, thing.choices.length);
  return {
    index,
    thing,
    lengthMs: thing.endMs - thing.startMs,
    startsMs,
    choices,
    takes: Array.from({ length: choices }, (_, choice) => takesOf(thing, choice)),
    traits: Array.from({ length: choices }, (_, choice) => traitsOf(thing, choice)),
    values: startsMs.length * choices,
  };
}

/** Whom a thing takes with a choice; nobody twice. */
export function takesOf({ takes, choices }: PlannedThing, choice: number): readonly Take[] {
  const hows = new Map<number, number>();
  for (const { subject, how } of [...takes, ...(choices[choice]?.takes ?? [])])
    hows.set(subject, (hows.get(subject) ?? 0) | how);
  return Array.from(hows, ([subject, how]) => ({ subject, how }));
}

function traitsOf({ traits, choices }: PlannedThing, choice: number): Traits {
  const chosen = choices[choice];
  if (chosen === undefined) return traits;
  const { people, things } = takersOf(chosen.takes);
  return {
    ...traits,
    site: chosen.site ?? traits.site,
    people: [...traits.people, ...people],
    things: [...traits.things, ...things],
  };
}

function bySubject({ subjects, fixed, things }: CalendarPlan): Placed[][] {
  const rows: Placed[][] = subjects.map(() => []);
  for (const { subject, ...taken } of [...fixed, ...things.filter(({ isLocked }) => isLocked).flatMap(lockedTakings)])
    rows[subject]!.push({ ...taken, isMoving: false });
  return rows;
}

export const lockedTakings = (thing: PlannedThing): FixedTaking[] =>
  takesOf(thing, thing.choice).map(({ subject, how }) => ({
    subject,
    how,
    occurrence: thing.occurrence,
    event: thing.event,
    startMs: thing.startMs,
    endMs: thing.endMs,
    traits: traitsOf(thing, thing.choice),
  }));

export const startMsOf = ({ startsMs, choices }: Movable, value: number): number =>
  startsMs[Math.floor(value / choices)]!;

/** What a value of a variable takes of a subject that is taken `how`. */
export function placedAt(movable: Movable, value: number, how: number): Placed {
  const startMs = startMsOf(movable, value);
  return {
    occurrence: movable.thing.occurrence,
    event: movable.thing.event,
    how,
    startMs,
    endMs: startMs + movable.lengthMs,
    traits: movable.traits[value % movable.choices]!,
    isMoving: true,
  };
}

/** Everything that values take, with whom: what a scene of them is made of. */
export function takingsAt(layout: Layout, values: Int32Array): (Taken & { readonly subject: number })[] {
  const moving = layout.variables.flatMap((movable, variable) => {
    const value = values[variable]!;
    return movable.takes[value % movable.choices]!.map(({ subject, how }) => ({
      ...placedAt(movable, value, how),
      subject,
    }));
  });
  const fixed = layout.fixed.flatMap((rows, subject) => rows.map((placed) => ({ ...placed, subject })));
  return [...fixed, ...moving];
}
