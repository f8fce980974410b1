import { unitsOver, unitsUnder, type Meter, type RosterInstance } from "./instance.ts";

/**
 * A roster at work: its values, what follows from them, and its energy (soft points, and `hardPoints` for each unit of a hard rule
 * broken). A move is put down cell by cell, weighed, then taken or left. Weighing costs the days until the states of a row meet
 * again: about 50 ns a day.
 */
export type Board = {
  readonly instance: RosterInstance;
  /** person × days + day. */
  readonly values: Uint8Array;
  /** People on a value: day × kinds + value. */
  readonly cover: Int32Array;
  /** States after each day and tolls of each day: person × days + day. */
  readonly states: Uint16Array;
  readonly tolls: Uint16Array;
  /** Sums by person, and days of a value: person × kinds + value. */
  readonly loads: Int32Array;
  readonly weekends: Int32Array;
  readonly daysOf: Int32Array;
  /** What the order and the sums of each person's row cost; days of a value that are too many are not in it. */
  readonly rowEnergies: Float64Array;
  readonly energy: number;
  readonly hardPoints: number;
  /** Puts a value down; a person's days in ascending order, one person after the other. */
  put(person: number, day: number, value: number): void;
  /**
   * What the cells put down add to the energy; Infinity, without looking further, once it must be more than `most`: a row can save
   * no more than it costs.
   */
  weigh(most: number): number;
  /**
   * What a person's row alone, without cover, would cost more with another's values on some days; Infinity where they may not stand,
   * or, without looking further, once it must be more than `most`. Nothing is put down.
   */
  rowWorse(person: number, source: number, stretches: Stretches, most: number): number;
  /** What a person's row alone can cost less at most with other values on some days. */
  rowSavable(person: number, stretches: Stretches): number;
  take(): void;
  leave(): void;
  /** Counts everything anew, by other points for hard units. */
  reset(values: Uint8Array, hardPoints: number): void;
  /** Counted from the beginning: soft points, and units of hard rules broken. */
  score(): { readonly soft: number; readonly hard: number };
  /** What it costs that so many people are on a value of a day, or that a person's sums are so high. */
  coverEnergy(day: number, value: number, count: number): number;
  loadEnergy(person: number, load: number): number;
  weekendEnergy(person: number, weekends: number): number;
};

/** Days from–to, and again–until after them; where there is one stretch alone, `again` and `until` are `to`. */
export type Stretches = { readonly from: number; readonly to: number; readonly again: number; readonly until: number };

/** The day of the stretches that follows one of them; their end after the last. */
export const dayAfter = ({ to, again }: Stretches, day: number): number => (day + 1 === to ? again : day + 1);

/** Cells that one move puts down at most. */
export const CELLS_MAX = 1_024;

export function openBoard(instance: RosterInstance, start: Uint8Array, points: number): Board {
  const { days, kinds, lines, firstWeekday } = instance;
  const people = lines.length;
  const counts = people + 1;
  const nexts = lines.map(({ automaton }) => automaton.next);
  const tollsAt = lines.map(({ automaton }) => automaton.toll);
  const statesOf = Int32Array.from(lines, ({ automaton }) => automaton.states);
  const tollWeekends = lines.map(({ automaton }) => Int32Array.from(automaton.tolls, ({ weekends }) => weekends));
  const endWeekends = lines.map(({ automaton }) => Int32Array.from(automaton.end, ({ weekends }) => weekends));
  const dayCosts = lines.map(({ dayCost }) => dayCost);
  const loadsOf = lines.map(({ loadOf }) => loadOf);
  const starts = Int32Array.from(lines, (line) => line.start);
  const mostOf = new Int32Array(people * kinds);
  for (const [person, line] of lines.entries()) mostOf.set(line.mostOf, person * kinds);
  const mays = lines.map(({ may }) => may);
  const newDaysOf = new Int32Array(kinds);
  const isLimited = Uint8Array.from(lines, (line) => (line.mostOf.some((most) => most < days) ? 1 : 0));
  const weekdayOf = Uint8Array.from({ length: days }, (_, day) => (firstWeekday + day) % 7);

  const values = start.slice();
  const states = new Uint16Array(people * days);
  const tolls = new Uint16Array(people * days);
  const cover = new Int32Array(days * kinds);
  const coverEnergies = new Float64Array(days * kinds * counts);
  const loads = new Int32Array(people);
  const weekends = new Int32Array(people);
  const daysOf = new Int32Array(people * kinds);
  /** What a row's order and sums cost. */
  const rowEnergies = new Float64Array(people);
  let tollEnergies: Float64Array[] = [];
  let endEnergies: Float64Array[] = [];
  const loadMeters = openMeters(lines.map(({ load }) => load));
  const weekendMeters = openMeters(lines.map((line) => line.weekends));
  let hardPoints = points;
  let energy = 0;

  // The move that is put down.
  const cells = new Int32Array(CELLS_MAX);
  const olds = new Uint8Array(CELLS_MAX);
  let size = 0;
  let delta = 0;
  // What weighing found: states and tolls of the cells that were walked over.
  const walked = new Int32Array(2 * CELLS_MAX + 2 * days * 8);
  const newStates = new Uint16Array(walked.length);
  const newTolls = new Uint16Array(walked.length);
  let steps = 0;
  // People of the move, with how their sums change.
  const movedPeople = new Int32Array(CELLS_MAX);
  const movedWeekends = new Int32Array(CELLS_MAX);
  const movedLoads = new Int32Array(CELLS_MAX);
  const movedEnergies = new Float64Array(CELLS_MAX);
  let moved = 0;

  function put(person: number, day: number, value: number): void {
    const cell = person * days + day;
    const old = values[cell]!;
    if (old === value) return;
    cells[size] = cell;
    olds[size] = old;
    size += 1;
    values[cell] = value;
    const atDay = day * kinds;
    const costs = dayCosts[person]!;
    delta += costs[atDay + value]! - costs[atDay + old]!;
    const row = person * kinds;
    if (old !== 0) {
      const count = (cover[atDay + old] = cover[atDay + old]! - 1);
      const at = (atDay + old) * counts + count;
      delta += coverEnergies[at]! - coverEnergies[at + 1]!;
      if ((daysOf[row + old] = daysOf[row + old]! - 1) >= mostOf[row + old]!) delta -= hardPoints;
    }
    if (value !== 0) {
      const count = (cover[atDay + value] = cover[atDay + value]! + 1);
      const at = (atDay + value) * counts + count;
      delta += coverEnergies[at]! - coverEnergies[at - 1]!;
      if ((daysOf[row + value] = daysOf[row + value]! + 1) > mostOf[row + value]!) delta += hardPoints;
    }
  }

  function weigh(most: number): number {
    steps = 0;
    moved = 0;
    let savable = 0;
    for (let at = 0; at < size; at = endOfRow(at)) savable += rowEnergies[personAt(at)]!;
    for (let at = 0; at < size;) {
      if (delta - savable > most) return Infinity;
      const to = endOfRow(at);
      const person = personAt(at);
      walk(person, at, to);
      savable -= rowEnergies[person]!;
      at = to;
    }
    return delta;
  }

  const personAt = (at: number): number => Math.floor(cells[at]! / days);

  /** The place after the last cell of the person whose first cell is at a place. */
  function endOfRow(at: number): number {
    const until = (personAt(at) + 1) * days;
    let to = at + 1;
    while (to < size && cells[to]! < until && cells[to]! > cells[to - 1]!) to++;
    return to;
  }

  /** Walks a person's row from the first cell that changed until its states are again as they were, over all cells from–to. */
  function walk(person: number, from: number, to: number): void {
    const base = person * days;
    const next = nexts[person]!;
    const tollAt = tollsAt[person]!;
    const energies = tollEnergies[person]!;
    const begins = tollWeekends[person]!;
    const stateCount = statesOf[person]!;
    const loadOf = loadsOf[person]!;
    let load = 0;
    for (let i = from; i < to; i++) load += loadOf[values[cells[i]!]!]! - loadOf[olds[i]!]!;
    let begun = 0;
    let added = 0;
    let change = from;
    let day = cells[from]! - base;
    const last = cells[to - 1]! - base;
    let state = day === 0 ? starts[person]! : states[base + day - 1]!;
    let hasMet = false;
    for (; day < days; day++) {
      const cell = base + day;
      const at = (weekdayOf[day]! * stateCount + state) * kinds + values[cell]!;
      const toll = tollAt[at]!;
      const old = tolls[cell]!;
      if (toll !== old) {
        added += energies[toll]! - energies[old]!;
        begun += begins[toll]! - begins[old]!;
      }
      state = next[at]!;
      walked[steps] = cell;
      newStates[steps] = state;
      newTolls[steps] = toll;
      steps += 1;
      if (state !== states[cell]!) continue;
      if (day >= last) {
        hasMet = true;
        break;
      }
      while (cells[change]! <= cell) change++;
      const jump = cells[change]! - base - 1;
      if (jump > day) {
        day = jump;
        state = states[base + jump]!;
      }
    }
    if (!hasMet) {
      const old = states[base + days - 1]!;
      added += endEnergies[person]![state]! - endEnergies[person]![old]!;
      begun += endWeekends[person]![state]! - endWeekends[person]![old]!;
    }
    const loadNow = loads[person]!;
    if (load !== 0) added += loadMeters.energyAt(person, loadNow + load) - loadMeters.energyAt(person, loadNow);
    loads[person] = loadNow + load;
    const weekendsNow = weekends[person]!;
    if (begun !== 0)
      added += weekendMeters.energyAt(person, weekendsNow + begun) - weekendMeters.energyAt(person, weekendsNow);
    movedPeople[moved] = person;
    movedWeekends[moved] = begun;
    movedLoads[moved] = load;
    movedEnergies[moved] = added;
    moved += 1;
    weekends[person] = weekendsNow + begun;
    delta += added;
  }

  function rowWorse(person: number, source: number, stretches: Stretches, most: number): number {
    const may = mays[person]!;
    const costs = dayCosts[person]!;
    const loadOf = loadsOf[person]!;
    let load = 0;
    let added = 0;
    for (let day = stretches.from; day < stretches.until; day = dayAfter(stretches, day)) {
      const value = values[source * days + day]!;
      const old = values[person * days + day]!;
      if (value === old) continue;
      const at = day * kinds;
      if (may[at + value] === 0) return Infinity;
      added += costs[at + value]! - costs[at + old]!;
      load += loadOf[value]! - loadOf[old]!;
    }
    if (load !== 0)
      added += loadMeters.energyAt(person, loads[person]! + load) - loadMeters.energyAt(person, loads[person]!);
    if (isLimited[person] === 1) added += limitsWorse(person, source, stretches);
    return added + walkWorse(person, source, stretches, most - added);
  }

  function rowSavable(person: number, stretches: Stretches): number {
    const costs = dayCosts[person]!;
    let savable = rowEnergies[person]!;
    for (let day = stretches.from; day < stretches.until; day = dayAfter(stretches, day)) {
      const value = values[person * days + day]!;
      savable += costs[day * kinds + value]!;
      if (daysOf[person * kinds + value]! > mostOf[person * kinds + value]!) savable += hardPoints;
    }
    return savable;
  }

  /** What days of a value that are too many would cost more. */
  function limitsWorse(person: number, source: number, stretches: Stretches): number {
    const row = person * kinds;
    newDaysOf.set(daysOf.subarray(row, row + kinds));
    let worse = 0;
    for (let day = stretches.from; day < stretches.until; day = dayAfter(stretches, day)) {
      const value = values[source * days + day]!;
      const old = values[person * days + day]!;
      if (old !== 0 && (newDaysOf[old]! -= 1) >= mostOf[row + old]!) worse -= hardPoints;
      if (value !== 0 && (newDaysOf[value]! += 1) > mostOf[row + value]!) worse += hardPoints;
    }
    return worse;
  }

  /** What the order of a row and its weekends would cost more; Infinity once it must be more than `most`. */
  function walkWorse(person: number, source: number, { from, to, again, until }: Stretches, most: number): number {
    const base = person * days;
    const shift = (source - person) * days;
    const next = nexts[person]!;
    const tollAt = tollsAt[person]!;
    const energies = tollEnergies[person]!;
    const begins = tollWeekends[person]!;
    const stateCount = statesOf[person]!;
    const limit = most + rowEnergies[person]!;
    let begun = 0;
    let added = 0;
    let paid = 0;
    let day = from;
    let state = day === 0 ? starts[person]! : states[base + day - 1]!;
    for (; day < days; day++) {
      const cell = base + day;
      const isTaken = day < to || (day >= again && day < until);
      const at = (weekdayOf[day]! * stateCount + state) * kinds + values[isTaken ? cell + shift : cell]!;
      const toll = tollAt[at]!;
      const old = tolls[cell]!;
      const energy = energies[toll]!;
      paid += energy;
      if (paid > limit) return Infinity;
      if (toll !== old) {
        added += energy - energies[old]!;
        begun += begins[toll]! - begins[old]!;
      }
      state = next[at]!;
      if (state !== states[cell]!) continue;
      if (day < to - 1 || (day >= again && day < until - 1)) continue;
      if (day >= until - 1) return added + (begun === 0 ? 0 : weekendsWorse(person, begun));
      day = again - 1;
      state = states[base + day]!;
    }
    const old = states[base + days - 1]!;
    added += endEnergies[person]![state]! - endEnergies[person]![old]!;
    begun += endWeekends[person]![state]! - endWeekends[person]![old]!;
    return added + (begun === 0 ? 0 : weekendsWorse(person, begun));
  }

  function weekendsWorse(person: number, begun: number): number {
    const now = weekends[person]!;
    return weekendMeters.energyAt(person, now + begun) - weekendMeters.energyAt(person, now);
  }

  function take(): void {
    for (let i = 0; i < steps; i++) {
      const cell = walked[i]!;
      states[cell] = newStates[i]!;
      tolls[cell] = newTolls[i]!;
    }
    for (let i = 0; i < moved; i++) rowEnergies[movedPeople[i]!]! += movedEnergies[i]!;
    energy += delta;
    forget();
  }

  function leave(): void {
    for (let i = 0; i < moved; i++) {
      weekends[movedPeople[i]!]! -= movedWeekends[i]!;
      loads[movedPeople[i]!]! -= movedLoads[i]!;
    }
    for (let i = size - 1; i >= 0; i--) {
      const cell = cells[i]!;
      const person = Math.floor(cell / days);
      const atDay = (cell - person * days) * kinds;
      const [value, old] = [values[cell]!, olds[i]!];
      values[cell] = old;
      if (value !== 0) cover[atDay + value]! -= 1;
      if (old !== 0) cover[atDay + old]! += 1;
      daysOf[person * kinds + value]! -= value === 0 ? 0 : 1;
      daysOf[person * kinds + old]! += old === 0 ? 0 : 1;
    }
    forget();
  }

  function forget(): void {
    size = 0;
    delta = 0;
    steps = 0;
    moved = 0;
  }

  function reset(to: Uint8Array, pointsNow: number): void {
    values.set(to);
    hardPoints = pointsNow;
    const { soft, hard } = instance.cover;
    for (let i = 0; i < coverEnergies.length; i++) coverEnergies[i] = soft[i]! + hardPoints * hard[i]!;
    const energyOf = (toll: { readonly soft: number; readonly hard: number }) => toll.soft + hardPoints * toll.hard;
    tollEnergies = lines.map(({ automaton }) => Float64Array.from(automaton.tolls, energyOf));
    endEnergies = lines.map(({ automaton }) => Float64Array.from(automaton.end, energyOf));
    loadMeters.reset(hardPoints);
    weekendMeters.reset(hardPoints);
    count();
    forget();
    const now = score();
    energy = now.soft + hardPoints * now.hard;
  }

  /** States, tolls and sums, from the values. */
  function count(): void {
    cover.fill(0);
    daysOf.fill(0);
    for (let person = 0; person < people; person++) {
      let state = starts[person]!;
      loads[person] = 0;
      weekends[person] = 0;
      rowEnergies[person] = 0;
      for (let day = 0; day < days; day++) {
        const cell = person * days + day;
        const value = values[cell]!;
        const at = (weekdayOf[day]! * statesOf[person]! + state) * kinds + value;
        state = nexts[person]![at]!;
        states[cell] = state;
        tolls[cell] = tollsAt[person]![at]!;
        loads[person]! += loadsOf[person]![value]!;
        weekends[person]! += tollWeekends[person]![tolls[cell]]!;
        rowEnergies[person]! += tollEnergies[person]![tolls[cell]]!;
        if (value === 0) continue;
        cover[day * kinds + value]! += 1;
        daysOf[person * kinds + value]! += 1;
      }
      weekends[person]! += endWeekends[person]![state]!;
      rowEnergies[person]! += endEnergies[person]![state]!;
      rowEnergies[person]! += loadMeters.energyAt(person, loads[person]!);
      rowEnergies[person]! += weekendMeters.energyAt(person, weekends[person]!);
    }
  }

  function score(): { soft: number; hard: number } {
    let [soft, hard] = [0, 0];
    const add = (cost: { readonly soft: number; readonly hard: number }, units = 1) => {
      soft += cost.soft * units;
      hard += cost.hard * units;
    };
    for (let at = 0; at < days * kinds; at++) {
      if (at % kinds === 0) continue;
      soft += instance.cover.soft[at * counts + cover[at]!]!;
      hard += instance.cover.hard[at * counts + cover[at]!]!;
    }
    for (const [person, line] of lines.entries()) {
      for (let day = 0; day < days; day++) {
        const cell = person * days + day;
        soft += line.dayCost[day * kinds + values[cell]!]!;
        add(line.automaton.tolls[tolls[cell]!]!);
      }
      add(line.automaton.end[states[(person + 1) * days - 1]!]!);
      for (let value = 1; value < kinds; value++)
        hard += Math.max(0, daysOf[person * kinds + value]! - line.mostOf[value]!);
      for (const [meter, total] of [
        [line.load, loads[person]!],
        [line.weekends, weekends[person]!],
      ] as const) {
        add(meter.under, unitsUnder(meter, total));
        add(meter.over, unitsOver(meter, total));
      }
    }
    return { soft, hard };
  }

  reset(start, points);
  return {
    instance,
    values,
    cover,
    states,
    tolls,
    loads,
    weekends,
    daysOf,
    rowEnergies,
    get energy() {
      return energy;
    },
    get hardPoints() {
      return hardPoints;
    },
    put,
    weigh,
    rowWorse,
    rowSavable,
    take,
    leave,
    reset,
    score,
    coverEnergy: (day, value, count) => coverEnergies[(day * kinds + value) * counts + count]!,
    loadEnergy: loadMeters.energyAt,
    weekendEnergy: weekendMeters.energyAt,
  };
}

/** Meters of all people, as numbers. */
function openMeters(meters: readonly Meter[]) {
  const least = Float64Array.from(meters, (meter) => meter.least);
  const most = Float64Array.from(meters, (meter) => meter.most);
  const unit = Float64Array.from(meters, (meter) => meter.unit);
  const under = new Float64Array(meters.length);
  const over = new Float64Array(meters.length);
  return {
    reset(hardPoints: number): void {
      for (const [i, meter] of meters.entries()) {
        under[i] = meter.under.soft + hardPoints * meter.under.hard;
        over[i] = meter.over.soft + hardPoints * meter.over.hard;
      }
    },
    energyAt(person: number, sum: number): number {
      let energy = 0;
      if (sum < least[person]!) energy += Math.ceil((least[person]! - sum) / unit[person]!) * under[person]!;
      if (sum > most[person]!) energy += Math.ceil((sum - most[person]!) / unit[person]!) * over[person]!;
      return energy;
    },
  };
}
