import { MINUTE_MS, type Interval } from "@hourwright/time";
import { dayIn } from "../coverage.ts";
import { neededAt, type Ground, type Site } from "../evaluate.ts";
import { NONE, type Choice, type Scene } from "./scene.ts";

/** How many are missing and too many at a site: person-minutes. */
export type Shortage = { readonly minimum: number; readonly ideal: number; readonly over: number };

/** What a person-minute costs. */
export type SeatPrices = Shortage;

/**
 * Who is at a site, in the segments between moments at which anybody may come or go, or the demand changes; with the points of each
 * segment kept. One change costs its segments × rows × 2^rows with a skill.
 */
export type Seats = {
  /** Somebody with these skills more (1) or less (-1) for all of a choice. */
  add(choice: Pick<Choice, "items">, skills: number, by: 1 | -1): void;
  /** What the points would be more by it. */
  delta(choice: Pick<Choice, "items">, skills: number, by: 1 | -1): number;
  points(): number;
  shortage(): Shortage;
  /** Segments below a minimum, none twice; told anew. */
  shortSegments(): Interval[];
};

export function seatsOf(scene: Scene, site: number, prices: SeatPrices): Seats {
  const { ground } = scene;
  const own = ground.sites[site]!;
  const edges = edgesOf(scene, own, site);
  const segments = edges.length - 1;
  const at = new Map(edges.map((ms, i) => [ms, i]));
  const demand = demandOf(ground, own, edges);
  const skilled = own.rows.filter(({ skillId }) => skillId !== null).length;
  const width = 1 << skilled;
  const counts = new Int16Array(segments * width);
  const totals = new Int16Array(segments);
  const points = new Float64Array(segments);
  const minutes = Float64Array.from({ length: segments }, (_, i) => (edges[i + 1]! - edges[i]!) / MINUTE_MS);
  const measure = measurer(own, demand, counts, totals, width);
  const [fromMs, toMs] = [edges[0]!, edges.at(-1)!];

  const indexOf = (ms: number): number => (ms <= fromMs ? 0 : ms >= toMs ? segments : at.get(ms)!);
  const pointsAt = (segment: number): number => {
    const { minimum, ideal, over } = measure(segment);
    return (minimum * prices.minimum + ideal * prices.ideal + over * prices.over) * minutes[segment]!;
  };
  let sum = 0;
  const change = (segment: number, skills: number, by: number): void => {
    counts[segment * width + skills]! += by;
    totals[segment]! += by;
  };
  const addSpan = (span: Interval, skills: number, by: number): void => {
    for (let i = indexOf(span.startMs), end = indexOf(span.endMs); i < end; i++) {
      change(i, skills, by);
      const now = pointsAt(i);
      sum += now - points[i]!;
      points[i] = now;
    }
  };
  for (let i = 0; i < segments; i++) sum += points[i] = pointsAt(i);
  for (const { presences } of scene.fixedResults)
    for (const presence of presences.get(own.key) ?? []) addSpan(presence, presence.skills, 1);

  return {
    add({ items }, skills, by) {
      for (const item of items) addSpan(item, skills, by);
    },
    delta({ items }, skills, by) {
      let delta = 0;
      for (const item of items)
        for (let i = indexOf(item.startMs), end = indexOf(item.endMs); i < end; i++) {
          change(i, skills, by);
          delta += pointsAt(i) - points[i]!;
          change(i, skills, -by);
        }
      return delta;
    },
    points: () => sum,
    shortage() {
      const all = { minimum: 0, ideal: 0, over: 0 };
      for (let i = 0; i < segments; i++) {
        const { minimum, ideal, over } = measure(i);
        all.minimum += minimum * minutes[i]!;
        all.ideal += ideal * minutes[i]!;
        all.over += over * minutes[i]!;
      }
      return all;
    },
    shortSegments() {
      const short: Interval[] = [];
      for (let i = 0; i < segments; i++)
        if (measure(i).minimum > 0) short.push({ startMs: edges[i]!, endMs: edges[i + 1]! });
      return short;
    },
  };
}

/** Every moment at which something at a site may change, from the beginning of the first day to the end of the last. */
function edgesOf(scene: Scene, own: Site, site: number): number[] {
  const { ground, people } = scene;
  const { fromDay, toDay, clocks } = ground.question;
  const [fromMs, toMs] = [dayIn(clocks.zone, fromDay).startMs, dayIn(clocks.zone, toDay - 1).endMs];
  const found = new Set([fromMs, toMs]);
  const note = ({ startMs, endMs }: Interval): void => {
    if (fromMs < startMs && startMs < toMs) found.add(startMs);
    if (fromMs < endMs && endMs < toMs) found.add(endMs);
  };
  for (let day = fromDay; day < toDay; day++) {
    note(dayIn(clocks.zone, day));
    for (const each of neededAt(ground, own, day).flat()) note(each);
  }
  for (const { presences } of scene.fixedResults) for (const each of presences.get(own.key) ?? []) note(each);
  for (const { zone, options, base } of people)
    for (const [at, values] of options.entries())
      for (const value of [...values, base[at]!]) {
        const choice = value === NONE ? null : scene.choice(value, fromDay + at, zone);
        if (choice?.site === site) choice.items.forEach(note);
      }
  return [...found].sort((one, other) => one - other);
}

type Demand = { readonly minimum: Int32Array; readonly ideal: Int32Array };

/** What each row needs in each segment. */
function demandOf(ground: Ground, own: Site, edges: readonly number[]): Demand {
  const { fromDay, toDay, clocks } = ground.question;
  const rows = own.rows.length;
  const minimum = new Int32Array((edges.length - 1) * rows);
  const ideal = new Int32Array((edges.length - 1) * rows);
  const at = new Map(edges.map((ms, i) => [ms, i]));
  for (let day = fromDay; day < toDay; day++) {
    const window = dayIn(clocks.zone, day);
    for (const [row, all] of neededAt(ground, own, day).entries())
      for (const each of all) {
        const first = at.get(Math.max(each.startMs, window.startMs))!;
        const last = at.get(Math.min(each.endMs, window.endMs))!;
        for (let i = first; i < last; i++) {
          minimum[i * rows + row]! += each.minimum;
          ideal[i * rows + row]! += each.ideal;
        }
      }
  }
  return { minimum, ideal };
}

/** People missing and too many in a segment: who counts for which row is told as the judge does [CG2] [CG3], without a new list. */
function measurer(
  { rows }: Site,
  { minimum, ideal }: Demand,
  counts: Int16Array,
  totals: Int16Array,
  width: number,
): (segment: number) => Shortage {
  const skilled = rows.flatMap(({ skillId }, row) => (skillId === null ? [] : [row]));
  const everybody = rows.findIndex(({ skillId }) => skillId === null);
  const left = new Int32Array(width);
  const filled = new Int32Array(skilled.length);
  const found = { minimum: 0, ideal: 0, over: 0 };

  const fill = (bit: number, wanted: number): void => {
    if (wanted <= 0) return;
    let most = wanted;
    for (let set = 1; set < width; set++) if ((set >> bit) & 1 && left[set]! < most) most = left[set]!;
    if (most <= 0) return;
    for (let set = 1; set < width; set++) if ((set >> bit) & 1) left[set]! -= most;
    filled[bit]! += most;
  };
  const fillAll = (segment: number): void => {
    filled.fill(0);
    const all = width - 1;
    for (let set = 0; set < width; set++) left[set] = counts[segment * width + set]!;
    for (let bit = 0; bit < skilled.length; bit++)
      for (let set = 0; set < width; set++) if ((set >> bit) & 1) left[set]! += left[set ^ (1 << bit)]!;
    // Of sums over subsets: how many have one of the skills of a set is everybody but those with none of them.
    const present = left[all]!;
    for (let set = 0; set <= all >> 1; set++) {
      const [one, other] = [left[set]!, left[all ^ set]!];
      left[set] = present - other;
      if (set !== (all ^ set)) left[all ^ set] = present - one;
    }
    const base = segment * rows.length;
    for (let bit = 0; bit < skilled.length; bit++) fill(bit, minimum[base + skilled[bit]!]!);
    for (let bit = 0; bit < skilled.length; bit++) fill(bit, ideal[base + skilled[bit]!]! - filled[bit]!);
    for (let bit = 0; bit < skilled.length; bit++) fill(bit, totals[segment]!);
  };

  return (segment) => {
    found.minimum = 0;
    found.ideal = 0;
    found.over = 0;
    const base = segment * rows.length;
    if (everybody !== -1) miss(found, totals[segment]!, minimum[base + everybody]!, ideal[base + everybody]!, true);
    if (skilled.length === 1)
      miss(found, counts[segment * 2 + 1]!, minimum[base + skilled[0]!]!, ideal[base + skilled[0]!]!, everybody === -1);
    else if (skilled.length > 1) {
      fillAll(segment);
      for (let bit = 0; bit < skilled.length; bit++)
        miss(found, filled[bit]!, minimum[base + skilled[bit]!]!, ideal[base + skilled[bit]!]!, everybody === -1);
    }
    return found;
  };
}

/** Who is missing to the minimum is not told again as missing to the ideal. */
function miss(
  found: { minimum: number; ideal: number; over: number },
  have: number,
  minimum: number,
  ideal: number,
  countsOver: boolean,
): void {
  if (have < minimum) found.minimum += minimum - have;
  if (have < ideal) found.ideal += ideal - Math.max(have, minimum);
  if (countsOver && have > ideal) found.over += have - ideal;
}
