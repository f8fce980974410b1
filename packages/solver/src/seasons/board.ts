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

const MORE = 0;
const LESS = 1;

/** No change counts more: one that moves everything. */
function notesMax({ ofMatch, turns, ofBreak }: Counters, teams: number, slots: number): number {
  const longest = ({ from }: Lists) =>
    from.reduce((most, end, place) => Math.max(most, end - (from[place - 1] ?? 0)), 0);
  return slots * teams * (longest(ofMatch) + longest(turns) + 2 * longest(ofBreak)) + 1;
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
  /** How far each counter is above its minimum. */
  readonly level: Int32Array;
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
  /** What the last change counts: a counter twice, and whether it is one less. */
  readonly #notes: Int32Array;
  #noted = 0;
  /** Cells (slot × teams + team) that the last change turned. */
  readonly #turned: Int32Array;
  #turnedCount = 0;
  #hardBefore = 0;
  #softBefore = 0;
  #costBefore = 0;

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
    this.level = new Int32Array(this.counters.count);
    this.#notes = new Int32Array(notesMax(this.counters, n, length));
    this.#turned = new Int32Array(length * n);
    this.#pairCost = this.counters.fair.map(() => new Int32Array(n * n));
    this.#homes = new Int32Array(n * length);
    this.#stirred = new Uint8Array(n);
    this.put(matches);
  }

  /** Below the minimum of a counter. */
  isShort(counter: number): boolean {
    return this.level[counter]! < 0;
  }

  isOver(counter: number): boolean {
    return this.level[counter]! > this.counters.span[counter]!;
  }

  /** How far a counter is outside its range. */
  unitsOff(counter: number): number {
    const level = this.level[counter]!;
    return Math.max(0, -level, level - this.counters.span[counter]!);
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
    const { teams: n, slots: length, counters, opponent, isHome, slotOf, level, weight } = this;
    const { ofMatch, ofVenue, ofBreak, min, span, penalty, isHard, apart } = counters;
    for (let counter = 0; counter < counters.count; counter++) level[counter] = -min[counter]!;
    for (let slot = 0; slot < length; slot++) {
      for (let team = 0; team < n; team++) {
        const cell = slot * n + team;
        if (isHome[cell] === 1) {
          const match = cell * n + opponent[cell]!;
          for (let at = ofMatch.from[match]!; at < ofMatch.from[match + 1]!; at++) level[ofMatch.of[at]!]!++;
        }
        const venue = cell * 2 + isHome[cell]!;
        for (let at = ofVenue.from[venue]!; at < ofVenue.from[venue + 1]!; at++) level[ofVenue.of[at]!]!++;
        if (slot > 0 && isHome[cell] === isHome[cell - n]) {
          const place = cell * 2 + isHome[cell]!;
          for (let at = ofBreak.from[place]!; at < ofBreak.from[place + 1]!; at++) level[ofBreak.of[at]! >> 1]!++;
        }
      }
    }
    let [hard, soft, cost] = [0, 0, 0];
    for (let counter = 0; counter < counters.count; counter++) {
      const off = Math.max(0, level[counter]! - span[counter]!, -level[counter]!);
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
  make(change: Change): void {
    this.weigh(change);
    this.keep(change);
  }

  /** Counts a change that is not made yet: `keep` or `drop` comes next. Most are dropped, and their matches need not move. */
  weigh(change: Change): void {
    const { counters } = this;
    this.#hardBefore = this.hard;
    this.#softBefore = this.soft;
    this.#costBefore = this.cost;
    this.#noted = 0;
    this.#turnedCount = 0;
    this.#noteMatches(change);
    if (counters.apart !== null) this.#addApart(change, counters.apart);
    const { size, slotIn, homeIn, awayIn } = change;
    const { teams: n, isHome } = this;
    for (let i = 0; i < size; i++) {
      const [home, away, row] = [homeIn[i]!, awayIn[i]!, slotIn[i]! * n];
      if (isHome[row + home] === 0) this.#turn(row + home);
      if (isHome[row + away] === 1) this.#turn(row + away);
    }
    this.#countNoted();
    if (this.#turnedCount > 0 && counters.fair.length > 0) this.#refair();
  }

  /** Moves the matches of the change that was weighed. */
  keep({ size, slotIn, homeIn, awayIn }: Change): void {
    const { teams: n, slotOf, opponent } = this;
    for (let i = 0; i < size; i++) {
      const [home, away, row] = [homeIn[i]!, awayIn[i]!, slotIn[i]! * n];
      slotOf[home * n + away] = slotIn[i]!;
      opponent[row + home] = away;
      opponent[row + away] = home;
    }
  }

  /** Takes back what was weighed last. */
  drop(change: Change): void {
    const { isHome, level } = this;
    const [notes, turned] = [this.#notes, this.#turned];
    for (let i = 0, end = this.#noted; i < end; i++) {
      const note = notes[i]!;
      level[note >> 1]! += ((note & 1) << 1) - 1;
    }
    for (let i = 0, end = this.#turnedCount; i < end; i++) isHome[turned[i]!]! ^= 1;
    if (this.counters.apart !== null) {
      const { size, slotOut, homeOut, awayOut } = change;
      for (let i = 0; i < size; i++) this.slotOf[homeOut[i]! * this.teams + awayOut[i]!] = slotOut[i]!;
    }
    if (this.#turnedCount > 0 && this.counters.fair.length > 0) this.#refair();
    this.hard = this.#hardBefore;
    this.soft = this.#softBefore;
    this.cost = this.#costBefore;
  }

  #noteMatches({ size, slotOut, homeOut, awayOut, slotIn, homeIn, awayIn }: Change): void {
    const n = this.teams;
    const { from, of } = this.counters.ofMatch;
    const notes = this.#notes;
    let noted = this.#noted;
    for (let i = 0; i < size; i++) {
      const match = (slotOut[i]! * n + homeOut[i]!) * n + awayOut[i]!;
      for (let at = from[match]!, end = from[match + 1]!; at < end; at++) notes[noted++] = of[at]! * 2 + LESS;
    }
    for (let i = 0; i < size; i++) {
      const match = (slotIn[i]! * n + homeIn[i]!) * n + awayIn[i]!;
      for (let at = from[match]!, end = from[match + 1]!; at < end; at++) notes[noted++] = of[at]! * 2 + MORE;
    }
    this.#noted = noted;
  }

  /** Each match that moves is weighed against the other of the two where that stands: so `slotOf` follows one by one. */
  #addApart({ size, slotIn, homeIn, awayIn }: Change, apart: NonNullable<Counters["apart"]>): void {
    const { teams: n, slots: length, slotOf } = this;
    let [hard, soft] = [0, 0];
    for (let i = 0; i < size; i++) {
      const pair = homeIn[i]! * n + awayIn[i]!;
      const [slot, old, other] = [slotIn[i]!, slotOf[pair]!, slotOf[awayIn[i]! * n + homeIn[i]!]!];
      if (old === slot) continue;
      const was = pair * length + (old > other ? old - other : other - old);
      const is = pair * length + (slot > other ? slot - other : other - slot);
      hard += apart.hard[is]! - apart.hard[was]!;
      soft += apart.soft[is]! - apart.soft[was]!;
      slotOf[pair] = slot;
    }
    this.hard += hard;
    this.soft += soft;
    this.cost += hard * this.hardWeight + soft * this.softWeight;
  }

  /** A team changes between home and away in a slot. */
  #turn(cell: number): void {
    const { teams: n, slots: length, isHome } = this;
    const { turns, ofBreak } = this.counters;
    const was = isHome[cell]!;
    // The list is of a turn to home; of one to away everything counts the other way round.
    this.#note(turns, cell, was);
    if (cell >= n) {
      if (isHome[cell - n] === was) this.#note(ofBreak, cell * 2 + was, LESS);
      else this.#note(ofBreak, cell * 2 + 1 - was, MORE);
    }
    const next = cell + n;
    if (next < length * n) {
      const there = isHome[next]!;
      this.#note(ofBreak, next * 2 + there, there === was ? LESS : MORE);
    }
    isHome[cell] = 1 - was;
    this.#turned[this.#turnedCount++] = cell;
  }

  #note({ from, of }: Lists, place: number, sign: number): void {
    const notes = this.#notes;
    let noted = this.#noted;
    for (let at = from[place]!, end = from[place + 1]!; at < end; at++) notes[noted++] = of[at]! ^ sign;
    this.#noted = noted;
  }

  #countNoted(): void {
    const { level, weight, counters } = this;
    const { span, penalty, isHard } = counters;
    const notes = this.#notes;
    let { hard, soft, cost } = this;
    for (let i = 0, end = this.#noted; i < end; i++) {
      const note = notes[i]!;
      const counter = note >> 1;
      const isLess = note & 1;
      const lesser = level[counter]! - isLess;
      level[counter] = lesser + 1 - isLess;
      // One more or less is a unit where the lesser of both numbers is at the maximum or beyond, or below the minimum.
      if (lesser >>> 0 < span[counter]!) continue;
      const units = lesser >= 0 === (isLess === 0) ? 1 : -1;
      cost += units * weight[counter]!;
      if (isHard[counter] === 1) hard += units * penalty[counter]!;
      else soft += units * penalty[counter]!;
    }
    this.hard = hard;
    this.soft = soft;
    this.cost = cost;
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
    for (let i = 0; i < this.#turnedCount; i++) this.#stirred[this.#turned[i]! % n] = 1;
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
    this.#stirred.fill(0);
  }
}
