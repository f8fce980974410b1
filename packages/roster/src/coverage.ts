import { assert } from "@hourwright/std";
import { DAY_MS, MINUTE_MS, overlaps, type Interval, type Zone } from "@hourwright/time";
import { neededOn, SKILL_ROWS_OF_A_SITE_MAX, type Row } from "./demand.ts";

/** Somebody who is at a site, and which skills they have there then: bit i of `skills` is the i-th row with a skill. */
export type Presence = Interval & { readonly personId: string; readonly skills: number };

/** Who counts and how many are needed, for as long as neither changes. */
export type Step = Interval & { readonly have: number; readonly minimum: number; readonly ideal: number };

export type Level = "none" | "short" | "exact" | "one-spare" | "spare";

/** A day at its worst moment. `shortMinutes`: minutes times people below the minimum. */
export type DayCoverage = {
  readonly have: number;
  readonly need: number;
  readonly ideal: number;
  readonly level: Level;
  readonly shortMinutes: number;
};

/** The clocks that days are told by, and which days are public holidays. */
export type Clocks = { readonly zone: Zone; readonly isHoliday: (day: number) => boolean };

/** Stretches of demand pass midnight by at most a day. */
export const REACH_DAYS = 2;

/** From midnight to midnight by the clocks. */
export const dayIn = (zone: Zone, day: number): Interval => ({
  startMs: zone.toEpochMs(day * DAY_MS),
  endMs: zone.toEpochMs((day + 1) * DAY_MS),
});

/** What some rows need on a day by the clocks, also from the days before; `day` is that of the demand, earlier ones first. */
export type Needed = readonly (readonly (Interval & Asked & { readonly day: number })[])[];

export function neededIn(rows: readonly Row[], day: number, clocks: Clocks): Needed {
  const window = dayIn(clocks.zone, day);
  const days = Array.from({ length: REACH_DAYS + 1 }, (_, i) => day - REACH_DAYS + i);
  return rows.map((row) =>
    days.flatMap((of) =>
      neededOn(row, of, clocks)
        .filter((each) => overlaps(each, window))
        .map((each) => ({ ...each, day: of })),
    ),
  );
}

/** Everybody who is ever at a site, by the day it begins on in UTC. */
export type PresentByDay = ReadonlyMap<number, readonly Presence[]>;

export function presentByDay(people: Iterable<readonly Presence[]>): PresentByDay {
  const byDay = new Map<number, Presence[]>();
  for (const presences of people)
    for (const presence of presences) {
      const day = Math.floor(presence.startMs / DAY_MS);
      const own = byDay.get(day);
      if (own === undefined) byDay.set(day, [presence]);
      else own.push(presence);
    }
  return byDay;
}

/** Those who may be there on a day by the clocks: presences last at most two days. */
export function nearby(present: PresentByDay, day: number, zone: Zone): Presence[] {
  const window = dayIn(zone, day);
  const near: Presence[] = [];
  for (let each = day - 4; each <= day + 1; each++)
    for (const presence of present.get(each) ?? []) if (overlaps(presence, window)) near.push(presence);
  return near;
}

/**
 * One day of a site: for each of its rows, in their order, steps from midnight to midnight without gaps [CG1] to [CG5].
 * `present`: who is at the site; `needed`: of `neededIn`. O(edges × rows × 2^rows with a skill).
 */
export function stepsOfDay(
  rows: readonly Row[],
  present: readonly Presence[],
  needed: Needed,
  window: Interval,
): Step[][] {
  const edges = edgesOf([...present, ...needed.flat()], window);
  const skilled = rows.filter(({ skillId }) => skillId !== null).length;
  assert(skilled <= SKILL_ROWS_OF_A_SITE_MAX, `at most ${SKILL_ROWS_OF_A_SITE_MAX} rows with a skill: ${skilled}`);
  const counts = new CountsBySkills(present, skilled);
  const steps: Step[][] = rows.map(() => []);
  for (let i = 0; i + 1 < edges.length; i++) {
    const [startMs, endMs] = [edges[i]!, edges[i + 1]!];
    counts.moveTo(startMs);
    const asked = needed.map((own) => sumAt(own, startMs));
    const have = haveOf(rows, asked, counts);
    for (const [r, { minimum, ideal }] of asked.entries())
      join(steps[r]!, { startMs, endMs, have: have[r]!, minimum, ideal });
  }
  return steps;
}

/** Moments at which something begins or ends, the ends of the window among them, each once and in order. */
export function edgesOf(list: readonly Interval[], { startMs, endMs }: Interval): number[] {
  const inside = list.flatMap((each) => [each.startMs, each.endMs]).filter((ms) => startMs < ms && ms < endMs);
  return [...new Set([startMs, ...inside, endMs])].sort((one, other) => one - other);
}

type Asked = { readonly minimum: number; readonly ideal: number };

function sumAt(own: readonly (Interval & Asked)[], ms: number): Asked {
  let [minimum, ideal] = [0, 0];
  for (const each of own) {
    if (each.startMs > ms || each.endMs <= ms) continue;
    minimum += each.minimum;
    ideal += each.ideal;
  }
  return { minimum, ideal };
}

/** How many are there of each set of skills, moment by moment forward. */
class CountsBySkills {
  readonly bySkills: Int32Array;
  total = 0;
  readonly #starts: readonly Presence[];
  readonly #ends: readonly Presence[];
  #started = 0;
  #ended = 0;

  constructor(present: readonly Presence[], skilled: number) {
    this.bySkills = new Int32Array(1 << skilled);
    this.#starts = present.toSorted((one, other) => one.startMs - other.startMs);
    this.#ends = present.toSorted((one, other) => one.endMs - other.endMs);
  }

  moveTo(ms: number): void {
    for (; this.#started < this.#starts.length && this.#starts[this.#started]!.startMs <= ms; this.#started++)
      this.#add(this.#starts[this.#started]!, 1);
    for (; this.#ended < this.#ends.length && this.#ends[this.#ended]!.endMs <= ms; this.#ended++)
      this.#add(this.#ends[this.#ended]!, -1);
  }

  #add({ skills }: Presence, by: number): void {
    this.bySkills[skills]! += by;
    this.total += by;
  }
}

/** Who counts for each row [CG2] [CG3]: everybody where no skill is asked for; else each person for one row with a skill. */
function haveOf(rows: readonly Row[], asked: readonly Asked[], { bySkills, total }: CountsBySkills): number[] {
  const skilled = asked.filter((_, i) => rows[i]!.skillId !== null);
  const filled = skilled.length === 0 ? [] : filledBy(skilled, bySkills);
  let next = 0;
  return rows.map(({ skillId }) => (skillId === null ? total : filled[next++]!));
}

/**
 * How many of each row are filled: first minima in the order of rows, then ideals, then whoever is left, each person for one
 * row. So many can be filled as, for every set of rows, there are people who have one of its skills (Hall).
 */
function filledBy(asked: readonly Asked[], bySkills: Int32Array): number[] {
  const rows = asked.length;
  const left = peopleOfSets(bySkills, rows);
  const filled = asked.map(() => 0);
  const fill = (row: number, wanted: number): void => {
    if (wanted <= 0) return;
    let most = wanted;
    for (let set = 1; set < left.length; set++) if ((set >> row) & 1) most = Math.min(most, left[set]!);
    if (most === 0) return;
    for (let set = 1; set < left.length; set++) if ((set >> row) & 1) left[set]! -= most;
    filled[row]! += most;
  };
  for (let row = 0; row < rows; row++) fill(row, asked[row]!.minimum);
  for (let row = 0; row < rows; row++) fill(row, asked[row]!.ideal - filled[row]!);
  for (let row = 0; row < rows; row++) fill(row, Infinity);
  return filled;
}

/** For every set of rows, how many people have the skill of at least one of them. O(rows × 2^rows). */
function peopleOfSets(bySkills: Int32Array, rows: number): Int32Array {
  const within = bySkills.slice();
  for (let row = 0; row < rows; row++)
    for (let set = 0; set < within.length; set++) if ((set >> row) & 1) within[set]! += within[set ^ (1 << row)]!;
  const all = within.length - 1;
  const everybody = within[all]!;
  return within.map((_, set) => everybody - within[all ^ set]!);
}

function join(steps: Step[], step: Step): void {
  const before = steps.at(-1);
  const isSame =
    before !== undefined && before.have === step.have && before.minimum === step.minimum && before.ideal === step.ideal;
  if (isSame) steps[steps.length - 1] = { ...before, endMs: step.endMs };
  else steps.push(step);
}

/** A day at its worst moment [CG6]: where the fewest are left over the minimum; of these, over the ideal; of these the first. */
export function dayCoverage(steps: readonly Step[]): DayCoverage {
  let worst: Step | null = null;
  let shortMs = 0;
  for (const step of steps) {
    if (step.minimum === 0 && step.ideal === 0) continue;
    shortMs += Math.max(0, step.minimum - step.have) * (step.endMs - step.startMs);
    if (worst === null || isWorse(step, worst)) worst = step;
  }
  if (worst === null) return NOBODY_NEEDED;
  const { have, minimum: need, ideal } = worst;
  return { have, need, ideal, level: levelOf(have - need), shortMinutes: shortMs / MINUTE_MS };
}

const NOBODY_NEEDED: DayCoverage = { have: 0, need: 0, ideal: 0, level: "none", shortMinutes: 0 };

function isWorse(one: Step, other: Step): boolean {
  const [left, otherLeft] = [one.have - one.minimum, other.have - other.minimum];
  return left === otherLeft ? one.have - one.ideal < other.have - other.ideal : left < otherLeft;
}

function levelOf(left: number): Level {
  if (left < 0) return "short";
  return left === 0 ? "exact" : left === 1 ? "one-spare" : "spare";
}
