import type { Random } from "@hourwright/std";
import type { Board } from "./board.ts";

/** Loads that a window tells apart at most: beyond that it is not looked at. */
const SUMS_MAX = 4_096;

/**
 * Puts down on the board the best values of one person for the days from–to, everybody else as they are; false when there are none that
 * keep the rules of a row. Exact, by dynamic programming over day, state, load and weekends, but for the most days of a value, which
 * weighing tells. `noise` above 0 makes every value cheaper by chance: then it is one of the good rows, as often as it is good.
 * Cost: days × states × loads × values, about a millisecond for two weeks.
 */
export type BestRow = (person: number, from: number, to: number, noise: number) => boolean;

export function openBestRow(board: Board, random: Random): BestRow {
  const { instance, values, states: statesNow, loads, weekends, daysOf, cover } = board;
  const { days, kinds, lines, firstWeekday } = instance;
  const steps = lines.map(({ loadOf }) => gcdOf(loadOf));
  let costs = new Float64Array(0);
  let next = new Float64Array(0);
  let from_ = new Int32Array(0);
  const price = new Float64Array(days * kinds);

  /** What each value of each day would cost, if it stood there. */
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

  /** Whether a person has no day of a value left outside from–to. */
  function isFull(person: number, value: number, from: number, to: number): boolean {
    let inside = 0;
    for (let day = from; day < to; day++) if (values[person * days + day] === value) inside += 1;
    return daysOf[person * kinds + value]! - inside >= lines[person]!.mostOf[value]!;
  }

  return (person, from, to, noise) => {
    const { automaton, loadOf, start, load: loadMeter, weekends: weekendMeter } = lines[person]!;
    const { next: nextOf, toll: tollOf, tolls, states } = automaton;
    const unit = steps[person]!;
    const base = person * days;
    let widest = 0;
    for (let value = 0; value < kinds; value++) widest = Math.max(widest, loadOf[value]!);
    let loadInside = 0;
    for (let day = from; day < to; day++) loadInside += loadOf[values[base + day]!]!;
    const loadOutside = loads[person]! - loadInside;
    const hasWeekends = weekendMeter.most < Number.MAX_SAFE_INTEGER;
    const loadMost = Math.max(
      0,
      Math.min(
        ((to - from) * widest) / unit,
        Math.floor((loadMeter.most - loadOutside) / unit) + (noiseless(loadMeter) ? 0 : 2),
      ),
    );
    const width = hasWeekends ? Math.ceil((to - from) / 7) + 2 : 1;
    const sums = (loadMost + 1) * width;
    if (sums > SUMS_MAX) return false;
    fillPrices(person, from, to, noise);
    const layer = states * sums;
    if (costs.length < layer) {
      costs = new Float64Array(layer);
      next = new Float64Array(layer);
    }
    if (from_.length < layer * (to - from)) from_ = new Int32Array(layer * (to - from));
    let active: number[] = [from === 0 ? start : statesNow[base + from - 1]!];
    let isActive = new Uint8Array(states);
    costs.fill(Infinity, 0, layer);
    costs[active[0]! * sums] = 0;
    for (let day = from; day < to; day++) {
      const weekday = (firstWeekday + day) % 7;
      const reached: number[] = [];
      isActive.fill(0);
      const back = (day - from) * layer;
      for (const state of active) {
        const row = state * sums;
        for (let value = 0; value < kinds; value++) {
          const valuePrice = price[day * kinds + value]!;
          if (valuePrice === Infinity) continue;
          const at = (weekday * states + state) * kinds + value;
          const toll = tolls[tollOf[at]!]!;
          if (toll.hard > 0) continue;
          const then = nextOf[at]!;
          if (isActive[then] === 0) {
            isActive[then] = 1;
            reached.push(then);
            next.fill(Infinity, then * sums, (then + 1) * sums);
          }
          const shift = (loadOf[value]! / unit) * width + (hasWeekends ? toll.weekends : 0);
          const cost = valuePrice + toll.soft;
          const to_ = then * sums + shift;
          const mark = state * kinds + value;
          const end = sums - shift;
          for (let sum = 0; sum < end; sum++) {
            const total = costs[row + sum]! + cost;
            if (total < next[to_ + sum]!) {
              next[to_ + sum] = total;
              from_[back + to_ + sum] = mark;
            }
          }
        }
      }
      [costs, next] = [next, costs];
      active = reached;
    }
    // The rest of the row as it is: what each end state costs until it meets the old states.
    let best = Infinity;
    let bestAt = -1;
    const weekendsInside = windowWeekends(board, person, from, to);
    for (const state of active) {
      const rest = restOf(board, person, state, to);
      if (rest.hard > 0) continue;
      for (let sum = 0; sum < sums; sum++) {
        const cost = costs[state * sums + sum]!;
        if (cost === Infinity) continue;
        const load = loadOutside + Math.floor(sum / width) * unit;
        const worked = weekends[person]! - weekendsInside + (hasWeekends ? sum % width : 0) + rest.weekends;
        const total =
          cost + rest.soft + board.loadEnergy(person, load) + (hasWeekends ? board.weekendEnergy(person, worked) : 0);
        if (total < best) {
          best = total;
          bestAt = state * sums + sum;
        }
      }
    }
    if (bestAt === -1) return false;
    const found = new Uint8Array(to - from);
    let at = bestAt;
    for (let day = to - 1; day >= from; day--) {
      const mark = from_[(day - from) * layer + at]!;
      const [state, value] = [Math.floor(mark / kinds), mark % kinds];
      const weekday = (firstWeekday + day) % 7;
      const toll = tolls[tollOf[(weekday * states + state) * kinds + value]!]!;
      const shift = (loadOf[value]! / unit) * width + (hasWeekends ? toll.weekends : 0);
      at = state * sums + (at % sums) - shift;
      found[day - from] = value;
    }
    let isMove = false;
    for (let day = from; day < to; day++) {
      if (values[base + day] === found[day - from]) continue;
      board.put(person, day, found[day - from]!);
      isMove = true;
    }
    return isMove;
  };
}

const noiseless = (meter: { readonly over: { readonly hard: number } }): boolean => meter.over.hard > 0;

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
