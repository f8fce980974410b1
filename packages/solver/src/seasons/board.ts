import { countersOf, type Counters, type Lists } from "./counters.ts";
import type { Match, Season } from "./season.ts";

/** Matches that are taken away and put in their place: the same teams in the same slots, in another order. */
export class Change {
  size = 0;
  readonly slotOut: Int32Array;
  readonly homeOut: Int32Array;
  readonly awayOut: Int32Array;
  readonly slotIn: Int32Array;
  readonly homeIn: Int32Array;
  readonly awayIn: Int32Array;
  #ins = 0;

  constructor(matches: number) {
    this.slotOut = new Int32Array(matches);
    this.homeOut = new Int32Array(matches);
    this.awayOut = new Int32Array(matches);
    this.slotIn = new Int32Array(matches);
    this.homeIn = new Int32Array(matches);
    this.awayIn = new Int32Array(matches);
  }

  clear(): void {
    this.size = 0;
    this.#ins = 0;
  }

  out(slot: number, home: number, away: number): void {
    const at = this.size++;
    this.slotOut[at] = slot;
    this.homeOut[at] = home;
    this.awayOut[at] = away;
  }

  in(slot: number, home: number, away: number): void {
    const at = this.#ins++;
    this.slotIn[at] = slot;
    this.homeIn[at] = home;
    this.awayIn[at] = away;
  }
}

/**
 * A timetable with what it costs, kept match by match. Cost of a change: the counters of its matches, and for FA2 the slots of the
 * teams whose venues change.
 */
export class Board {
  readonly teams: number;
  readonly slots: number;
  readonly isPhased: boolean;
  readonly counters: Counters;
  /** By `slot × teams + team`: whom it meets, and whether at home. */
  readonly opponent: Int32Array;
  readonly isHome: Uint8Array;
  /** By `home × teams + away`. */
  readonly slotOf: Int32Array;
  /** What one unit of each counter weighs for the search. */
  readonly weight: Float64Array;
  readonly value: Int32Array;
  /** What a unit of the other hard constraints weighs for the search. */
  hardWeight = 1;
  /** What soft points weigh for the search: 0 or 1. */
  softWeight = 1;
  /** What is broken of hard constraints, and the points of the soft ones, in the units of the competition. */
  hard = 0;
  soft = 0;
  /** What the search sees. */
  cost = 0;
  readonly #pairCost: readonly Int32Array[];
  readonly #homes: Int32Array;
  readonly #stirred: Uint8Array;

  constructor(season: Season, matches: readonly Match[]) {
    const [n, length] = [season.teams.length, season.slots.length];
    this.teams = n;
    this.slots = length;
    this.isPhased = season.isPhased;
    this.counters = countersOf(season);
    this.opponent = new Int32Array(length * n);
    this.isHome = new Uint8Array(length * n);
    this.slotOf = new Int32Array(n * n);
    this.weight = Float64Array.from(this.counters.penalty);
    this.value = new Int32Array(this.counters.count);
    this.#pairCost = this.counters.fair.map(() => new Int32Array(n * n));
    this.#homes = new Int32Array(n * length);
    this.#stirred = new Uint8Array(n);
    this.put(matches);
  }

  matches(): Match[] {
    const { teams, slots, slotOf } = this;
    const all: Match[] = [];
    for (let home = 0; home < teams; home++)
      for (let away = 0; away < teams; away++)
        if (home !== away) all.push({ slot: slotOf[home * teams + away]!, home, away });
    return slots === 0 ? [] : all;
  }

  /** Puts up another timetable, and counts it from the beginning. */
  put(matches: readonly Match[]): void {
    const { teams: n, opponent, isHome, slotOf } = this;
    for (const { slot, home, away } of matches) {
      opponent[slot * n + home] = away;
      opponent[slot * n + away] = home;
      isHome[slot * n + home] = 1;
      isHome[slot * n + away] = 0;
      slotOf[home * n + away] = slot;
    }
    this.recount();
  }

  /** Counts everything from the beginning: after a change of weights as well. */
  recount(): void {
    const { teams: n, slots: length, counters, opponent, isHome, slotOf, value, weight } = this;
    const { ofMatch, ofVenue, ofBreak, min, max, penalty, isHard, apart } = counters;
    value.fill(0);
    for (let slot = 0; slot < length; slot++) {
      for (let team = 0; team < n; team++) {
        const cell = slot * n + team;
        if (isHome[cell] === 1) {
          const match = cell * n + opponent[cell]!;
          for (let at = ofMatch.from[match]!; at < ofMatch.from[match + 1]!; at++) value[ofMatch.of[at]!]!++;
        }
        const venue = cell * 2 + isHome[cell]!;
        for (let at = ofVenue.from[venue]!; at < ofVenue.from[venue + 1]!; at++) value[ofVenue.of[at]!]!++;
        if (slot > 0 && isHome[cell] === isHome[cell - n]) {
          const place = cell * 2 + isHome[cell]!;
          for (let at = ofBreak.from[place]!; at < ofBreak.from[place + 1]!; at++) value[ofBreak.of[at]!]!++;
        }
      }
    }
    let [hard, soft, cost] = [0, 0, 0];
    for (let counter = 0; counter < counters.count; counter++) {
      const off = Math.max(0, value[counter]! - max[counter]!, min[counter]! - value[counter]!);
      if (isHard[counter] === 1) hard += off * penalty[counter]!;
      else soft += off * penalty[counter]!;
      cost += off * weight[counter]!;
    }
    let [restHard, restSoft] = [0, 0];
    if (apart !== null) {
      for (let a = 0; a < n; a++) {
        for (let b = a + 1; b < n; b++) {
          const at = (a * n + b) * length + Math.abs(slotOf[a * n + b]! - slotOf[b * n + a]!);
          restHard += apart.hard[at]!;
          restSoft += apart.soft[at]!;
        }
      }
    }
    counters.fair.forEach((fair, place) => {
      for (const team of fair.teams) this.#countHomes(team);
      const costs = this.#pairCost[place]!;
      for (const a of fair.teams) {
        for (const b of fair.teams) {
          if (a >= b) continue;
          const off = this.#unfair(fair, a, b) * fair.penalty;
          costs[a * n + b] = costs[b * n + a] = off;
          if (fair.isHard) restHard += off;
          else restSoft += off;
        }
      }
    });
    this.hard = hard + restHard;
    this.soft = soft + restSoft;
    this.cost = cost + restHard * this.hardWeight + restSoft * this.softWeight;
  }

  /** Makes a change; the counts follow. */
  make({ size, slotOut, homeOut, awayOut, slotIn, homeIn, awayIn }: Change): void {
    this.#move(size, slotOut, homeOut, awayOut, slotIn, homeIn, awayIn);
  }

  /** Takes a change back that was the last to be made. */
  unmake({ size, slotOut, homeOut, awayOut, slotIn, homeIn, awayIn }: Change): void {
    this.#move(size, slotIn, homeIn, awayIn, slotOut, homeOut, awayOut);
  }

  #move(
    size: number,
    slotOut: Int32Array,
    homeOut: Int32Array,
    awayOut: Int32Array,
    slotIn: Int32Array,
    homeIn: Int32Array,
    awayIn: Int32Array,
  ): void {
    const { teams: n, slots: length, opponent, isHome, slotOf, value, weight } = this;
    const { ofMatch, min, max, penalty, isHard, apart, fair } = this.counters;
    const { from, of } = ofMatch;
    let { hard, soft, cost } = this;

    for (let i = 0; i < size; i++) {
      const match = (slotOut[i]! * n + homeOut[i]!) * n + awayOut[i]!;
      for (let at = from[match]!, end = from[match + 1]!; at < end; at++) {
        const counter = of[at]!;
        const before = value[counter]!--;
        if (before > max[counter]!) {
          cost -= weight[counter]!;
          if (isHard[counter] === 1) hard -= penalty[counter]!;
          else soft -= penalty[counter]!;
        } else if (before <= min[counter]!) {
          cost += weight[counter]!;
          if (isHard[counter] === 1) hard += penalty[counter]!;
          else soft += penalty[counter]!;
        }
      }
    }
    for (let i = 0; i < size; i++) {
      const slot = slotIn[i]!;
      const home = homeIn[i]!;
      const away = awayIn[i]!;
      const match = (slot * n + home) * n + away;
      for (let at = from[match]!, end = from[match + 1]!; at < end; at++) {
        const counter = of[at]!;
        const before = value[counter]!++;
        if (before >= max[counter]!) {
          cost += weight[counter]!;
          if (isHard[counter] === 1) hard += penalty[counter]!;
          else soft += penalty[counter]!;
        } else if (before < min[counter]!) {
          cost -= weight[counter]!;
          if (isHard[counter] === 1) hard -= penalty[counter]!;
          else soft -= penalty[counter]!;
        }
      }
      const pair = home * n + away;
      if (apart !== null && slotOf[pair] !== slot) {
        const other = slotOf[away * n + home]!;
        const old = slotOf[pair]!;
        const was = pair * length + (old > other ? old - other : other - old);
        const is = pair * length + (slot > other ? slot - other : other - slot);
        const byHard = apart.hard[is]! - apart.hard[was]!;
        const bySoft = apart.soft[is]! - apart.soft[was]!;
        hard += byHard;
        soft += bySoft;
        cost += byHard * this.hardWeight + bySoft * this.softWeight;
      }
      slotOf[pair] = slot;
      opponent[slot * n + home] = away;
      opponent[slot * n + away] = home;
    }
    this.hard = hard;
    this.soft = soft;
    this.cost = cost;
    let isStirred = false;
    for (let i = 0; i < size; i++) {
      const home = slotIn[i]! * n + homeIn[i]!;
      const away = slotIn[i]! * n + awayIn[i]!;
      if (isHome[home] === 0) {
        this.#turn(home);
        this.#stirred[homeIn[i]!] = 1;
        isStirred = true;
      }
      if (isHome[away] === 1) {
        this.#turn(away);
        this.#stirred[awayIn[i]!] = 1;
        isStirred = true;
      }
    }
    if (isStirred && fair.length > 0) this.#refair();
    if (isStirred) this.#stirred.fill(0);
  }

  /** A team changes between home and away in a slot. */
  #turn(cell: number): void {
    const { teams: n, slots: length, isHome } = this;
    const { ofVenue, ofBreak } = this.counters;
    const was = isHome[cell]!;
    this.#count(ofVenue, cell * 2 + was, -1);
    this.#count(ofVenue, cell * 2 + 1 - was, 1);
    if (cell >= n) {
      if (isHome[cell - n] === was) this.#count(ofBreak, cell * 2 + was, -1);
      else this.#count(ofBreak, cell * 2 + 1 - was, 1);
    }
    const next = cell + n;
    if (next < length * n) {
      const there = isHome[next]!;
      this.#count(ofBreak, next * 2 + there, there === was ? -1 : 1);
    }
    isHome[cell] = 1 - was;
  }

  #count({ from, of }: Lists, place: number, by: 1 | -1): void {
    const end = from[place + 1]!;
    let at = from[place]!;
    if (at === end) return;
    const { value, weight, counters } = this;
    const { min, max, penalty, isHard } = counters;
    let cost = 0;
    let hard = 0;
    let soft = 0;
    for (; at < end; at++) {
      const counter = of[at]!;
      const before = value[counter]!;
      value[counter] = before + by;
      // One more or less is a unit where the lesser of both numbers is at the maximum or beyond, or below the minimum.
      const lesser = by === 1 ? before : before - 1;
      if (lesser < max[counter]! && lesser >= min[counter]!) continue;
      const units = lesser >= max[counter]! ? by : -by;
      cost += units * weight[counter]!;
      if (isHard[counter] === 1) hard += units * penalty[counter]!;
      else soft += units * penalty[counter]!;
    }
    if (cost !== 0) this.cost += cost;
    if (hard !== 0) this.hard += hard;
    if (soft !== 0) this.soft += soft;
  }

  #countHomes(team: number): void {
    const { teams: n, slots: length, isHome } = this;
    let homes = 0;
    for (let slot = 0; slot < length; slot++) {
      homes += isHome[slot * n + team]!;
      this.#homes[team * length + slot] = homes;
    }
  }

  #unfair({ slots, most }: Counters["fair"][number], a: number, b: number): number {
    const [homes, length] = [this.#homes, this.slots];
    let off = 0;
    for (let i = 0; i < slots.length; i++) {
      const gap = Math.abs(homes[a * length + slots[i]!]! - homes[b * length + slots[i]!]!) - most;
      if (gap > off) off = gap;
    }
    return off;
  }

  #refair(): void {
    const n = this.teams;
    for (let team = 0; team < n; team++) if (this.#stirred[team] === 1) this.#countHomes(team);
    this.counters.fair.forEach((fair, place) => {
      const costs = this.#pairCost[place]!;
      let by = 0;
      for (const a of fair.teams) {
        if (this.#stirred[a] === 0) continue;
        for (const b of fair.teams) {
          if (a === b || (this.#stirred[b] === 1 && b < a)) continue;
          const off = this.#unfair(fair, a, b) * fair.penalty;
          by += off - costs[a * n + b]!;
          costs[a * n + b] = costs[b * n + a] = off;
        }
      }
      if (fair.isHard) this.hard += by;
      else this.soft += by;
      this.cost += by * (fair.isHard ? this.hardWeight : this.softWeight);
    });
  }
}
