import type { Random } from "@hourwright/std";
import type { Automaton } from "./automaton.ts";
import type { Board } from "./board.ts";
import type { Cost, Line } from "./instance.ts";

/** Units of load above its most that are looked at where they only cost. */
const SOFT_UNITS_OVER = 2;
/** Loads that a window tells apart at most: beyond that it is not looked at. */
const SUMS_MAX = 4_096;
/** A value of which a row has too many days is made dearer: first by this share of a hard unit, then by twice as much, so many times. */
const RAISE_FIRST = 1 / 4_096;
const RAISES_MAX = 10;
/** No value: there are fewer than 255. */
const NONE = 255;
/** Days × states × sums at most: 128 MB of marks. */
const PLACES_MAX = 2 ** 25;

/**
 * Puts down on the board the best values of one person for the days from–to, everybody else as they are; false when there are none that
 * keep the rules of a row. Exact, by dynamic programming over day, state, load and weekends, but for the most days of a value: a row that
 * has too many is planned again with dearer ones, up to `RAISES_MAX` times, and weighing tells what is left. `noise` above 0 makes every value cheaper by chance: then it is one of the good rows, as often as it is good.
 * Cost: days × states × loads × weekends × kinds of values, about a millisecond for two weeks, up to 200 for a tight row of a year.
 */
export type BestRow = (person: number, from: number, to: number, noise: number) => boolean;

/** The best whole row of a person where each value of each day (day × kinds + value) costs so much; null when none keeps its rules. Nothing is put down. */
export type BestOf = (person: number, priceOf: Float64Array) => Uint8Array | null;

export function openBestRow(board: Board, random: Random): { readonly bestRow: BestRow; readonly bestOf: BestOf } {
  const { instance, values, states: statesNow, loads, weekends, daysOf, cover } = board;
  const { days, kinds, lines, firstWeekday } = instance;
  const kindred = lines.map((line) => kindredOf(line, kinds));
  let costs = new Float64Array(0);
  let next = new Float64Array(0);
  let marks = new Int32Array(0);
  const price = new Float64Array(days * kinds);
  const cheapest = new Uint8Array(days * kinds);
  const prices: Prices = {
    kinds,
    valueAt: (day, kind) => cheapest[day * kinds + kind]!,
    isOpen: (day, kind) => price[day * kinds + cheapest[day * kinds + kind]!]! < Infinity,
  };

  /** What each value of each day would cost, if it stood there, and the cheapest of each kind. */
  function fillPrices(person: number, from: number, to: number, noise: number): void {
    const { may, dayCost, mostOf } = lines[person]!;
    for (let day = from; day < to; day++) {
      const now = values[person * days + day]!;
      for (let value = 0; value < kinds; value++) {
        const at = day * kinds + value;
        if (may[at] === 0) {
          price[at] = Infinity;
          continue;
        }
        let cost = dayCost[at]!;
        if (value !== 0) {
          const others = cover[at]! - (now === value ? 1 : 0);
          cost += board.coverEnergy(day, value, others + 1) - board.coverEnergy(day, value, others);
          if (mostOf[value]! < days && isFull(person, value, from, to)) cost += board.hardPoints;
        }
        price[at] = noise > 0 ? cost + noise * Math.log(-Math.log(random() + 1e-300) + 1e-300) : cost;
      }
    }
  }

  function fillCheapest(person: number, from: number, to: number): void {
    const { kindOf } = kindred[person]!;
    for (let day = from; day < to; day++) {
      cheapest.fill(NONE, day * kinds, (day + 1) * kinds);
      for (let value = 0; value < kinds; value++) {
        const place = day * kinds + kindOf[value]!;
        const known = cheapest[place]!;
        if (known === NONE || price[day * kinds + value]! < price[day * kinds + known]!) cheapest[place] = value;
      }
    }
  }

  /** Whether a person has no day of a value left outside from–to. */
  function isFull(person: number, value: number, from: number, to: number): boolean {
    let inside = 0;
    for (let day = from; day < to; day++) if (values[person * days + day] === value) inside += 1;
    return daysOf[person * kinds + value]! - inside >= lines[person]!.mostOf[value]!;
  }

  /** The best values of the days from–to by the prices; null when there are none. */
  function plan(person: number, from: number, to: number, sums: Sums): Uint8Array | null {
    const at = bestEnd(person, to, sums, fillLayers(person, from, to, sums));
    return at === null ? null : valuesBefore(person, from, to, sums, at);
  }

  /** What a window has to tell apart beside states, with up to so many units of load above the most; null when that is too much. */
  function sumsOf(person: number, from: number, to: number, unitsOver: number): Sums | null {
    const { automaton, start, load: loadMeter, weekends: weekendMeter } = lines[person]!;
    const { kindOf, loadOf, unit } = kindred[person]!;
    const base = person * days;
    let loadInside = 0;
    for (let day = from; day < to; day++) loadInside += loadOf[kindOf[values[base + day]!]!]!;
    const loadOutside = loads[person]! / unit - loadInside;
    const weekendsInside = windowWeekends(board, person, from, to);
    const weekendsOutside = weekends[person]! - weekendsInside;
    const hasWeekends = weekendMeter.most < Number.MAX_SAFE_INTEGER;
    const first = from === 0 ? start : statesNow[base + from - 1]!;
    // A row that is above its most already may come down step by step.
    const room = Math.floor(loadMeter.most / unit) - loadOutside + (isHard(loadMeter.over) ? 0 : unitsOver);
    const { low, high, span } = bandsOf(lines[person]!, kindred[person]!, prices, {
      from,
      to,
      first,
      least: isHard(loadMeter.under) ? Math.ceil(loadMeter.least / unit) - loadOutside : 0,
      most: Math.max(loadInside, room),
      firstWeekday,
    });
    // The day after may end a weekend that was told inside.
    const weekendRoom = isHard(weekendMeter.over)
      ? Math.max(weekendsInside, weekendMeter.most - weekendsOutside) + 1
      : Infinity;
    const width = hasWeekends ? Math.min(Math.ceil((to - from) / 7) + 1, weekendRoom) + 1 : 1;
    const count = span * width;
    if (count > SUMS_MAX || automaton.states * count * (to - from) > PLACES_MAX) return null;
    return { first, low, high, width, count, hasWeekends, loadOutside, weekendsOutside };
  }

  /** Fills `costs` of the last day and `marks` of all; returns the states that the last day can end in. */
  function fillLayers(person: number, from: number, to: number, sums: Sums): readonly number[] {
    const { next: nextOf, toll: tollOf, tolls, states } = lines[person]!.automaton;
    const { loadOf } = kindred[person]!;
    const { first, low, high, width, count, hasWeekends } = sums;
    const layer = states * count;
    if (costs.length < layer) {
      costs = new Float64Array(layer);
      next = new Float64Array(layer);
    }
    if (marks.length < layer * (to - from)) marks = new Int32Array(layer * (to - from));
    let active: number[] = [first];
    const isActive = new Uint8Array(states);
    costs.fill(Infinity, first * count, (first + 1) * count);
    costs[first * count] = 0;
    for (let day = from; day < to; day++) {
      const weekday = (firstWeekday + day) % 7;
      const [i, reached] = [day - from, [] as number[]];
      isActive.fill(0);
      const back = i * layer;
      for (const state of active) {
        const row = state * count;
        for (let kind = 0; kind < loadOf.length; kind++) {
          const value = cheapest[day * kinds + kind]!;
          const valuePrice = price[day * kinds + value]!;
          if (valuePrice === Infinity) continue;
          const at = (weekday * states + state) * kinds + value;
          const toll = tolls[tollOf[at]!]!;
          if (toll.hard > 0) continue;
          const up = loadOf[kind]! + low[i]! - low[i + 1]!;
          const begin = Math.max(0, -up);
          const end = Math.min(high[i]! - low[i]!, high[i + 1]! - low[i + 1]! - up) + 1;
          if (begin >= end) continue;
          const then = nextOf[at]!;
          if (isActive[then] === 0) {
            isActive[then] = 1;
            reached.push(then);
            next.fill(Infinity, then * count, (then + 1) * count);
          }
          const begun = hasWeekends ? toll.weekends : 0;
          const cost = valuePrice + toll.soft;
          const target = then * count + up * width + begun;
          const mark = state * kinds + value;
          // Where no weekend begins, loads lie one after the other.
          const [runs, run] = begun === 0 ? [1, (end - begin) * width] : [end - begin, width - begun];
          for (let each = 0; each < runs; each++) {
            const firstSum = (begin + each) * width;
            for (let sum = firstSum; sum < firstSum + run; sum++) {
              const total = costs[row + sum]! + cost;
              if (total < next[target + sum]!) {
                next[target + sum] = total;
                marks[back + target + sum] = mark;
              }
            }
          }
        }
      }
      [costs, next] = [next, costs];
      active = reached;
    }
    return active;
  }

  /** The place (state × sums + sum) at which the cheapest row ends, the rest of it as it is until it meets the old states. */
  function bestEnd(person: number, to: number, sums: Sums, active: readonly number[]): number | null {
    const { unit } = kindred[person]!;
    const { low, width, count, hasWeekends, loadOutside, weekendsOutside } = sums;
    let best = Infinity;
    let bestAt: number | null = null;
    for (const state of active) {
      const rest = restOf(board, person, state, to);
      if (rest.hard > 0) continue;
      const restEnergy = rest.soft + board.hardPoints * rest.hard;
      for (let sum = 0; sum < count; sum++) {
        const cost = costs[state * count + sum]!;
        if (cost === Infinity) continue;
        const load = (loadOutside + low.at(-1)! + Math.floor(sum / width)) * unit;
        const worked = weekendsOutside + (hasWeekends ? sum % width : 0) + rest.weekends;
        const total =
          cost + restEnergy + board.loadEnergy(person, load) + (hasWeekends ? board.weekendEnergy(person, worked) : 0);
        if (total < best) {
          best = total;
          bestAt = state * count + sum;
        }
      }
    }
    return bestAt;
  }

  /** The values by which a place of the last day was reached. */
  function valuesBefore(person: number, from: number, to: number, sums: Sums, end: number): Uint8Array {
    const { toll: tollOf, tolls, states } = lines[person]!.automaton;
    const { kindOf, loadOf } = kindred[person]!;
    const { low, width, count, hasWeekends } = sums;
    const found = new Uint8Array(to - from);
    let at = end;
    for (let i = to - from - 1; i >= 0; i--) {
      const mark = marks[i * states * count + at]!;
      const [state, value] = [Math.floor(mark / kinds), mark % kinds];
      const weekday = (firstWeekday + from + i) % 7;
      const toll = tolls[tollOf[(weekday * states + state) * kinds + value]!]!;
      const up = loadOf[kindOf[value]!]! + low[i]! - low[i + 1]!;
      at = state * count + (at % count) - up * width - (hasWeekends ? toll.weekends : 0);
      found[i] = value;
    }
    return found;
  }

  /** Makes values dearer of which a row has too many days; false when there are none. */
  function raise(person: number, from: number, found: Uint8Array, by: number): boolean {
    const { mostOf } = lines[person]!;
    let isRaised = false;
    for (let value = 1; value < kinds; value++) {
      if (mostOf[value]! >= days) continue;
      let count = daysOf[person * kinds + value]!;
      for (const [i, each] of found.entries())
        count += Number(each === value) - Number(values[person * days + from + i] === value);
      if (count <= mostOf[value]!) continue;
      isRaised = true;
      for (let day = from; day < from + found.length; day++) price[day * kinds + value]! += by;
    }
    return isRaised;
  }

  /** The best values of the days from–to by the prices, dearer ones where a row has too many days of a value. */
  function planWithin(person: number, from: number, to: number, sums: Sums): Uint8Array | null {
    fillCheapest(person, from, to);
    let found = plan(person, from, to, sums);
    let by = board.hardPoints * RAISE_FIRST;
    for (let i = 0; i < RAISES_MAX && found !== null && raise(person, from, found, by); i++, by *= 2) {
      fillCheapest(person, from, to);
      found = plan(person, from, to, sums);
    }
    return found;
  }

  const wholeSums = new Map<number, Sums | null>();

  function bestOf(person: number, priceOf: Float64Array): Uint8Array | null {
    const { may, dayCost } = lines[person]!;
    for (let at = 0; at < price.length; at++) price[at] = may[at] === 0 ? Infinity : dayCost[at]! + priceOf[at]!;
    let sums = wholeSums.get(person);
    if (sums === undefined) {
      fillCheapest(person, 0, days);
      sums = sumsOf(person, 0, days, Infinity);
      wholeSums.set(person, sums);
    }
    return sums === null ? null : planWithin(person, 0, days, sums);
  }

  function bestRow(person: number, from: number, to: number, noise: number): boolean {
    fillPrices(person, from, to, noise);
    fillCheapest(person, from, to);
    const sums = sumsOf(person, from, to, SOFT_UNITS_OVER);
    const found = sums === null ? null : planWithin(person, from, to, sums);
    let isMove = false;
    for (const [i, value] of found?.entries() ?? []) {
      if (values[person * days + from + i] === value) continue;
      board.put(person, from + i, value);
      isMove = true;
    }
    return isMove;
  }

  return { bestRow, bestOf };
}

/** Values that lead to the same states, with the same tolls and load: only the cheapest of a day can be in a best row. */
type Kindred = {
  /** Of each value. */
  readonly kindOf: Uint8Array;
  /** Of each kind, in units of load. */
  readonly loadOf: readonly number[];
  readonly unit: number;
};

function kindredOf({ automaton, loadOf }: Line, kinds: number): Kindred {
  const unit = gcdOf(loadOf);
  const heads: number[] = [];
  const kindOf = Uint8Array.from({ length: kinds }, (_, value) => {
    const known = heads.findIndex((head) => loadOf[head] === loadOf[value] && isAlike(automaton, kinds, head, value));
    return known === -1 ? heads.push(value) - 1 : known;
  });
  return { kindOf, loadOf: heads.map((head) => loadOf[head]! / unit), unit };
}

function isAlike({ next, toll }: Automaton, kinds: number, one: number, other: number): boolean {
  for (let at = 0; at < next.length; at += kinds) {
    if (next[at + one] !== next[at + other] || toll[at + one] !== toll[at + other]) return false;
  }
  return true;
}

/** The loads and weekends of a window that are told apart: `count` of them, load by load, `width` weekends each. */
type Sums = {
  /** The state before the window. */
  readonly first: number;
  /** Least and most load before each day and after the last, in units. */
  readonly low: Int32Array;
  readonly high: Int32Array;
  readonly width: number;
  readonly count: number;
  readonly hasWeekends: boolean;
  readonly loadOutside: number;
  readonly weekendsOutside: number;
};

type Window = {
  readonly from: number;
  readonly to: number;
  /** The state before it. */
  readonly first: number;
  /** Load inside, in units: what must be reached, 0 where less only costs, and what may not be exceeded. */
  readonly least: number;
  readonly most: number;
  readonly firstWeekday: number;
};

/**
 * The loads of a row that keeps its rules, before each day of a window and after the last: not more than can have come together,
 * and not less than can still reach `least`, unless no row can. A tight row of a year has few of them.
 */
function bandsOf({ automaton }: Line, { loadOf }: Kindred, prices: Prices, window: Window) {
  const { kinds, valueAt, isOpen } = prices;
  const { from, to, first, least, most, firstWeekday } = window;
  const { states, next, toll, tolls } = automaton;
  const length = to - from;
  /** The state that a kind leads to, -1 where it would break a rule. */
  const thenOf = (i: number, state: number, kind: number): number => {
    if (!isOpen(from + i, kind)) return -1;
    const at = (((firstWeekday + from + i) % 7) * states + state) * kinds + valueAt(from + i, kind);
    return tolls[toll[at]!]!.hard > 0 ? -1 : next[at]!;
  };
  // Most load from a day on, by the state before it.
  const ahead = new Int32Array((length + 1) * states).fill(0);
  for (let i = length - 1; i >= 0; i--) {
    for (let state = 0; state < states; state++) {
      let much = -1;
      for (let kind = 0; kind < loadOf.length; kind++) {
        const then = thenOf(i, state, kind);
        const rest = then === -1 ? -1 : ahead[(i + 1) * states + then]!;
        if (rest !== -1) much = Math.max(much, rest + loadOf[kind]!);
      }
      ahead[i * states + state] = much;
    }
  }
  const wanted = ahead[first]! < least ? 0 : least;
  const [low, high] = [new Int32Array(length + 1), new Int32Array(length + 1)];
  let span = 1;
  let reached = new Int32Array(states).fill(-1);
  reached[first] = 0;
  for (let i = 0; ; i++) {
    let [mostSoFar, mostAhead] = [0, 0];
    for (let state = 0; state < states; state++) {
      const [so, rest] = [reached[state]!, ahead[i * states + state]!];
      if (so === -1 || rest === -1 || so + rest < wanted) continue;
      mostSoFar = Math.max(mostSoFar, so);
      mostAhead = Math.max(mostAhead, rest);
    }
    low[i] = Math.max(0, wanted - mostAhead);
    high[i] = Math.max(low[i]!, Math.min(most, mostSoFar));
    span = Math.max(span, high[i]! - low[i]! + 1);
    if (i === length) return { low, high, span };
    const then = new Int32Array(states).fill(-1);
    for (let state = 0; state < states; state++) {
      if (reached[state] === -1) continue;
      for (let kind = 0; kind < loadOf.length; kind++) {
        const to = thenOf(i, state, kind);
        if (to !== -1) then[to] = Math.max(then[to]!, reached[state]! + loadOf[kind]!);
      }
    }
    reached = then;
  }
}
const isHard = ({ hard }: Cost): boolean => hard > 0;

/** Which value of a kind is the cheapest on a day, and whether any of them may stand there. */
type Prices = {
  readonly kinds: number;
  valueAt(day: number, kind: number): number;
  isOpen(day: number, kind: number): boolean;
};

function windowWeekends(board: Board, person: number, from: number, to: number): number {
  const { tolls } = board.instance.lines[person]!.automaton;
  let count = 0;
  for (let day = from; day < to; day++) count += tolls[board.tolls[person * board.instance.days + day]!]!.weekends;
  return count;
}

/** What the days from `day` on would cost more than they do, were a state before them. */
function restOf(board: Board, person: number, before: number, day: number) {
  const { days, kinds, lines, firstWeekday } = board.instance;
  const { automaton } = lines[person]!;
  let [soft, hard, weekends] = [0, 0, 0];
  let state = before;
  for (let at = day; at < days; at++) {
    const old = at === 0 ? lines[person]!.start : board.states[person * days + at - 1]!;
    if (state === old) return { soft, hard, weekends };
    const value = board.values[person * days + at]!;
    const place = (((firstWeekday + at) % 7) * automaton.states + state) * kinds + value;
    const toll = automaton.tolls[automaton.toll[place]!]!;
    const was = automaton.tolls[board.tolls[person * days + at]!]!;
    soft += toll.soft - was.soft;
    hard += toll.hard - was.hard;
    weekends += toll.weekends - was.weekends;
    state = automaton.next[place]!;
  }
  const [end, was] = [automaton.end[state]!, automaton.end[board.states[(person + 1) * days - 1]!]!];
  return {
    soft: soft + end.soft - was.soft,
    hard: hard + end.hard - was.hard,
    weekends: weekends + end.weekends - was.weekends,
  };
}

function gcdOf(numbers: Int32Array): number {
  let gcd = 0;
  for (const number of numbers) {
    let [a, b] = [gcd, number];
    while (b > 0) [a, b] = [b, a % b];
    gcd = a;
  }
  return Math.max(1, gcd);
}
