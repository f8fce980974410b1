import { assert } from "@hourwright/std";
import type { Interval } from "@hourwright/time";
import type { BySubject } from "../schedule.ts";
import type { Breach, Constraint, Reach, Report, Values, World } from "./constraint.ts";
import {
  dayOf,
  lineOf,
  takenFrom,
  startOfDay,
  weekOf,
  type Line,
  type Subject,
  type Taken,
  type Traits,
} from "./line.ts";
import { breachesAmong, lyingIn, memberOf, stretchAt, stretchesIn, weeksOf, type Member } from "./group.ts";
import { pairs } from "./pairs.ts";

/** A constraint as it is set: hard or soft, with its numbers. `subjects`: whom it holds for; null for everybody and everything. */
export type Setting = {
  readonly constraint: Constraint;
  /** What tells it apart from others of its constraint that hold for the same line; left out where there is but one. */
  readonly name?: string;
  readonly isHard: boolean;
  readonly weight: number;
  readonly values: Values;
  /** Whom or what it names, by number; nobody where it is left out. */
  readonly named?: ReadonlySet<number>;
  readonly subjects: ReadonlySet<number> | null;
  /** Only what lies in this is judged, as if nothing else stood; everything where it is left out. */
  readonly collection?: number;
};

/** Who is where, and what is known of them: what constraints are asked about. */
export type Scene = {
  readonly index: BySubject;
  readonly subjectOf: (number: number) => Subject;
  readonly traitsOf: (occurrence: number) => Traits;
  readonly world: World;
};

const NOBODY: ReadonlySet<number> = new Set();

/** Asks a setting about a part of a line: the one way in which constraints are asked. */
export const ask = (
  { constraint, values, named = NOBODY, collection }: Pick<Setting, "constraint" | "values" | "named" | "collection">,
  ...[line, part, world, report]: [line: Line, part: Interval, world: World, report: Report]
): void => {
  const judged = collection === undefined ? line : lineOf(line.subject, lyingIn(line.taken, collection), world);
  constraint.find(judged, part, values, world, report, named);
};

/** One taking that goes away, or comes, on one subject's line. */
export type Change = { readonly subject: number; readonly gone: Taken | null; readonly come: Taken | null };

/** The constraint with everything as it is preset, for everybody. */
export function presetOf(constraint: Constraint, set: Values = {}, named: readonly number[] = []): Setting {
  const values = Object.fromEntries(
    Object.entries(constraint.parameters).map(([name, { preset }]) => [name, set[name] ?? preset]),
  );
  for (const [name, { from, to }] of Object.entries(constraint.parameters)) {
    const value = values[name]!;
    assert(value >= from && value <= to, `${name} of ${constraint.id} is ${from} to ${to}: ${value}`);
  }
  return {
    constraint,
    isHard: constraint.isHard,
    weight: constraint.weight,
    values,
    named: new Set(named),
    subjects: null,
  };
}

/**
 * Every breach whose place lies in a part of time, of all that is set for what is planned, by start; constraints that judge
 * wishes alone keep quiet. Each subject's line is read once: O(constraints × takings), some also their number at once.
 */
export function breachesIn(scene: Scene, settings: readonly Setting[], part: Interval): Breach[] {
  const [alone, compared] = apart(settings);
  const planned = alone.filter(({ constraint }) => constraint.judges === "plan");
  const found = compared.flatMap((setting) => groupBreaches(scene, setting, part, (_, line) => line));
  for (let subject = 0; subject < scene.index.subjects; subject++) {
    const own = planned.filter(({ subjects }) => subjects === null || subjects.has(subject));
    if (own.length === 0) continue;
    const line = lineFor(scene, subject, seenFor(own, part, scene.world));
    for (const setting of own) collect(line, subject, setting, part, scene.world, found);
  }
  return found.sort(inOrder);
}

/**
 * What a change makes and removes, and what it would break as a wish. `byOthers` are those of what it makes that lie on lines which
 * get nothing by it: their share of a group is too large only because others have less now. Nobody is refused for them.
 */
export type Effect = {
  readonly made: readonly Breach[];
  readonly removed: readonly Breach[];
  readonly byOthers: ReadonlySet<Breach>;
};

/**
 * What changes of some lines do to the breaches: only those subjects, and only as far around each change as a constraint
 * reaches. The same as the difference of all breaches before and after, plus what wishes break.
 */
export function effectOf(scene: Scene, settings: readonly Setting[], changes: readonly Change[]): Effect {
  const [before, after]: [Breach[], Breach[]] = [[], []];
  const [alone, compared] = apart(settings);
  const byOthers = new Set<Breach>();
  for (const setting of compared) {
    const own = changes.filter(({ subject }) => setting.subjects?.has(subject) ?? true);
    for (const part of own.length === 0 ? [] : partsAround(own, setting.constraint.reach(setting.values), scene.world))
      compareChanged(scene, setting, own, part, { before, after, byOthers });
  }
  // What reaches as far looks at the same parts of a line: it is read once for all of it.
  const byReach = [...Map.groupBy(alone, reachKeyOf).values()];
  for (const [subject, own] of Map.groupBy(changes, (change) => change.subject)) {
    for (const group of byReach) {
      const meant = group.filter(({ subjects }) => subjects === null || subjects.has(subject));
      const [first] = meant;
      if (first === undefined) continue;
      for (const part of partsAround(own, first.constraint.reach(first.values), scene.world)) {
        const line = lineFor(scene, subject, seenFor([first], part, scene.world));
        const made = changed(line, own, first.constraint.judges, scene.world);
        for (const setting of meant) {
          if (setting.constraint.judges === "plan") collect(line, subject, setting, part, scene.world, before);
          collect(made, subject, setting, part, scene.world, after);
        }
      }
    }
  }
  return { made: without(after, before), removed: without(before, after), byOthers };
}

/** Settings that judge a line by itself, and those that judge a group as one. */
const apart = (settings: readonly Setting[]): [alone: readonly Setting[], compared: readonly Setting[]] =>
  settings.some(({ constraint }) => constraint.compares !== undefined)
    ? [
        settings.filter(({ constraint }) => constraint.compares === undefined),
        settings.filter(({ constraint }) => constraint.compares !== undefined),
      ]
    : [settings, []];

/** What a group breaks in the stretches that begin in a part, each line as `changed` makes it. */
function groupBreaches(
  scene: Scene,
  setting: Setting,
  part: Interval,
  changed: (subject: number, line: Line) => Line,
): Breach[] {
  return stretchesIn(part, weeksOf(setting), scene.world).flatMap((stretch) =>
    breachesAmong(
      setting,
      membersOf(setting, scene).map((subject) =>
        memberOf(setting, subject, changed(subject, lineFor(scene, subject, stretch)), stretch),
      ),
      stretch,
    ),
  );
}

const membersOf = ({ subjects }: Setting, { index }: Scene): readonly number[] =>
  subjects === null ? Array.from({ length: index.subjects }, (_, subject) => subject) : [...subjects];

/**
 * What stands of a group, by what it stands in, its setting, and the beginning of a stretch: many changes are asked about one. Whoever
 * asks of one index has one scene of it, with the same subjects.
 */
const standing = new WeakMap<BySubject, WeakMap<Setting, Map<number, readonly Member[]>>>();

function standingMembers(scene: Scene, setting: Setting, stretch: Interval): readonly Member[] {
  const ofIndex = standing.get(scene.index) ?? new WeakMap<Setting, Map<number, readonly Member[]>>();
  const ofSetting = ofIndex.get(setting) ?? new Map<number, readonly Member[]>();
  standing.set(scene.index, ofIndex.set(setting, ofSetting));
  const known = ofSetting.get(stretch.startMs);
  if (known !== undefined) return known;
  const members = membersOf(setting, scene).map((subject) =>
    memberOf(setting, subject, lineFor(scene, subject, stretch), stretch),
  );
  ofSetting.set(stretch.startMs, members);
  return members;
}

type Compared = { readonly before: Breach[]; readonly after: Breach[]; readonly byOthers: Set<Breach> };

/** Compares a group as it is and as it would be, in the stretches of a part. */
function compareChanged(
  scene: Scene,
  setting: Setting,
  changes: readonly Change[],
  part: Interval,
  { before, after, byOthers }: Compared,
): void {
  const bySubject = Map.groupBy(changes, ({ subject }) => subject);
  for (const stretch of stretchesIn(part, weeksOf(setting), scene.world)) {
    const grown = new Set<number>();
    const was = standingMembers(scene, setting, stretch);
    const will = was.map((old): Member => {
      const { subject } = old;
      const own = bySubject.get(subject);
      if (own === undefined) return old;
      const line = lineFor(scene, subject, stretch);
      const next = memberOf(setting, subject, changed(line, own, "plan", scene.world), stretch);
      if (next.share.amount > old.share.amount) grown.add(subject);
      return next;
    });
    before.push(...breachesAmong(setting, was, stretch));
    for (const breach of breachesAmong(setting, will, stretch)) {
      after.push(breach);
      if (!grown.has(breach.subject)) byOthers.add(breach);
    }
  }
}

/**
 * What a change makes worse: the breaches it makes of each constraint on each line, where these are more units than those it
 * removes there. Whoever moves what stands outside the rules already need not put it right at once.
 */
export function worsenedBy(effect: Effect): Breach[] {
  const lineOf = ({ constraint, setting, subject }: Breach): string => `${constraint} ${setting} ${subject}`;
  const before = Map.groupBy(effect.removed, lineOf);
  return [...Map.groupBy(ownOf(effect), lineOf)]
    .filter(([line, breaches]) => excessOf(breaches) > excessOf(before.get(line) ?? []) + DUST)
    .flatMap(([, breaches]) => breaches)
    .sort(inOrder);
}

/** What a change makes on lines that get something by it. */
export const ownOf = ({ made, byOthers }: Effect): readonly Breach[] =>
  byOthers.size === 0 ? made : made.filter((breach) => !byOthers.has(breach));

/** Sums of fractions end a little beside each other. */
const DUST = 1e-6;

const excessOf = (breaches: readonly Breach[]): number =>
  breaches.reduce((sum, { units, excess = units }) => sum + excess, 0);

function reachKeyOf({ constraint, values }: Setting): string {
  const reach = constraint.reach(values);
  return `${constraint.judges} ${typeof reach === "string" ? reach : JSON.stringify(reach)}`;
}

/** The hard ones of some settings, and that nobody and nothing is taken twice at once, whether that is set or not. */
export function hardOf(settings: readonly Setting[]): readonly Setting[] {
  const hard = settings.filter(({ isHard }) => isHard);
  const isSet = (id: string): boolean =>
    hard.some(({ constraint, subjects }) => constraint.id === id && subjects === null);
  return [...hard, ...pairs.filter(({ id }) => !isSet(id)).map((constraint) => presetOf(constraint))];
}

/** What makes two breaches the same. */
const breachKeyOf = ({ constraint, setting, subject, occurrences, startMs, endMs, units }: Breach): string =>
  [constraint, setting, subject, occurrences.join(","), startMs, endMs, units].join(" ");

function without(some: readonly Breach[], others: readonly Breach[]): Breach[] {
  const known = new Set(others.map(breachKeyOf));
  return some.filter((breach) => !known.has(breachKeyOf(breach))).sort(inOrder);
}

const inOrder = (a: Breach, b: Breach): number =>
  a.startMs - b.startMs ||
  a.endMs - b.endMs ||
  a.subject - b.subject ||
  (a.constraint < b.constraint ? -1 : a.constraint > b.constraint ? 1 : 0);

function collect(line: Line, subject: number, setting: Setting, part: Interval, world: World, found: Breach[]): void {
  const { name, constraint } = setting;
  const head = { constraint: constraint.id, ...(name === undefined ? {} : { setting: name }), subject };
  ask(setting, line, part, world, (breach) => found.push({ ...head, ...breach }));
}

const lineFor = ({ index, subjectOf, traitsOf, world }: Scene, subject: number, window: Interval): Line =>
  lineOf(subjectOf(subject), takenFrom(index, subject, window, traitsOf), world);

/** The line after a change; of a constraint that judges wishes only what comes is judged. */
function changed(
  { subject, taken }: Line,
  changes: readonly Change[],
  judges: Constraint["judges"],
  world: World,
): Line {
  const come = changes.flatMap((change) => change.come ?? []);
  if (judges === "wish") return lineOf(subject, come, world);
  const gone = new Set(changes.flatMap((change) => (change.gone === null ? [] : [change.gone.occurrence])));
  return lineOf(subject, [...taken.filter(({ occurrence }) => !gone.has(occurrence)), ...come], world);
}

/** The parts of time in which breaches may come or go, apart from each other. */
function partsAround(changes: readonly Change[], reach: Reach, world: World): Interval[] {
  const parts = changes
    .flatMap(({ gone, come }) => [gone, come].filter((taking) => taking !== null))
    .map((taking) => widened(taking, reach, world))
    .sort((a, b) => a.startMs - b.startMs);
  const apart: Interval[] = [];
  for (const part of parts) {
    const last = apart.at(-1);
    if (last === undefined || part.startMs > last.endMs) apart.push(part);
    else if (part.endMs > last.endMs) apart[apart.length - 1] = { startMs: last.startMs, endMs: part.endMs };
  }
  return apart;
}

function widened({ startMs, endMs }: Interval, reach: Reach, world: World): Interval {
  const { zone, firstWeekday } = world;
  if (reach === "spot") return { startMs, endMs };
  if (typeof reach === "object" && "weeks" in reach) {
    const [first, last] = [startMs, endMs - 1].map((ms) => stretchAt(ms, reach.weeks, world));
    return { startMs: first!.startMs, endMs: last!.endMs };
  }
  if (typeof reach === "object") return { startMs, endMs: endMs + reach.afterMs };
  const [first, last] = [dayOf(startMs, zone), dayOf(endMs - 1, zone)];
  const from = reach === "day" ? first : weekOf(first, firstWeekday);
  const to = reach === "day" ? last + 1 : weekOf(last, firstWeekday) + 7;
  return { startMs: startOfDay(from, zone), endMs: startOfDay(to, zone) };
}

/** What of a line has to be seen to judge a part: as far back as a gap reaches, and to the end of its last day or week. */
function seenFor(settings: readonly Setting[], part: Interval, world: World): Interval {
  let { startMs, endMs } = part;
  for (const { constraint, values } of settings) {
    const reach = constraint.reach(values);
    const isAfter = typeof reach === "object" && "afterMs" in reach;
    const back = isAfter ? reach.afterMs : 0;
    const wide = widened({ startMs: part.startMs, endMs: part.endMs }, isAfter ? "spot" : reach, world);
    startMs = Math.min(startMs, part.startMs - back, wide.startMs);
    endMs = Math.max(endMs, wide.endMs);
  }
  return { startMs: startMs - 1, endMs };
}
