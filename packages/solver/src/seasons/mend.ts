import { wholeBetween, type Random } from "@hourwright/std";
import type { Board, Change } from "./board.ts";
import type { Lists } from "./counters.ts";
import { slotBeside, swapOpponentsOf, swapSlotsOf, turn } from "./moves.ts";

/** A constraint is looked at so many times for a match that counts in it. */
const LOOKS = 24;
/** How often a match turns that is too much, where it counts as a match, and where by its venues: that other changes mostly keep. */
const TURNS_OF_MATCHES = 0.3;
const TURNS_OF_VENUES = 0.6;
/** Of the other changes so many go to another slot; in the rest two teams change opponents. */
const SWAPS = 0.6;

/** Proposes what moves something that counts in a hard constraint that is broken. */
export class Mender {
  readonly #board: Board;
  readonly #matches: Lists;
  readonly #venues: Lists;
  readonly #breaks: Lists;
  #broken: number[] = [];

  constructor(board: Board) {
    const { count, ofMatch, ofVenue, ofBreak } = board.counters;
    this.#board = board;
    this.#matches = turned(ofMatch, count);
    this.#venues = turned(ofVenue, count);
    this.#breaks = turned({ from: ofBreak.from, of: ofBreak.of.map((twice) => twice >> 1) }, count);
  }

  /** Looks which are broken: it stays a little behind the board. */
  look(): void {
    const { counters } = this.#board;
    this.#broken = [];
    for (let counter = 0; counter < counters.count; counter++) {
      if (counters.isHard[counter] === 0) continue;
      if (this.#board.isShort(counter) || this.#board.isOver(counter)) this.#broken.push(counter);
    }
  }

  propose(change: Change, random: Random): boolean {
    if (this.#broken.length === 0) return false;
    const counter = this.#broken[wholeBetween(random, 0, this.#broken.length - 1)]!;
    const { teams } = this.#board;
    const isShort = this.#board.isShort(counter);
    if (!isShort && !this.#board.isOver(counter)) return false;
    const lists = [this.#matches, this.#venues, this.#breaks];
    const list = lists.find(({ from }) => from[counter + 1]! > from[counter]!);
    if (list === undefined) return false;
    for (let look = 0; look < LOOKS; look++) {
      const item = list.of[wholeBetween(random, list.from[counter]!, list.from[counter + 1]! - 1)]!;
      if (list === this.#matches) {
        const home = Math.floor(item / teams) % teams;
        const [slot, away] = [Math.floor(item / (teams * teams)), item % teams];
        const isThere = this.#board.slotOf[home * teams + away] === slot;
        if (isThere === isShort) continue;
        if (isShort) return this.#bring(change, random, home, away, slot);
        return this.#stir(change, random, home, away, slot, TURNS_OF_MATCHES);
      }
      const [cell, isAtHome] = [item >> 1, item & 1];
      const isThere =
        this.#board.isHome[cell] === isAtHome &&
        (list === this.#venues || this.#board.isHome[cell - teams] === this.#board.isHome[cell]);
      if (isThere === isShort) continue;
      const isBefore = list === this.#breaks && random() < 0.5;
      const at = isBefore ? cell - teams : cell;
      return this.#stir(change, random, at % teams, this.#board.opponent[at]!, Math.floor(at / teams), TURNS_OF_VENUES);
    }
    return false;
  }

  /** A match goes to a slot, with as few others as that takes. */
  #bring(change: Change, random: Random, home: number, away: number, slot: number): boolean {
    const { teams, slots, slotOf, isPhased } = this.#board;
    const from = slotOf[home * teams + away]!;
    const isOtherHalf = isPhased && from < slots / 2 !== slot < slots / 2;
    if (isOtherHalf || slotOf[away * teams + home] === slot) return turn(this.#board, change, home, away);
    return swapSlotsOf(this.#board, change, random, home, from, slot);
  }

  /** A match goes somewhere else, or the other way round. */
  #stir(change: Change, random: Random, one: number, two: number, slot: number, turns: number): boolean {
    const chance = random();
    if (chance < turns) return turn(this.#board, change, one, two);
    const team = random() < 0.5 ? one : two;
    if (chance < turns + (1 - turns) * SWAPS)
      return swapSlotsOf(this.#board, change, random, team, slot, slotBeside(this.#board, random, slot));
    return swapOpponentsOf(this.#board, change, random, team, slot);
  }
}

/** What counts in each counter. */
function turned({ from, of }: Lists, counters: number): Lists {
  const sizes = new Int32Array(counters + 1);
  for (const counter of of) sizes[counter + 1]!++;
  for (let counter = 0; counter < counters; counter++) sizes[counter + 1]! += sizes[counter]!;
  const items = new Int32Array(of.length);
  const next = sizes.slice();
  for (let place = 0; place + 1 < from.length; place++)
    for (let at = from[place]!; at < from[place + 1]!; at++) items[next[of[at]!]!++] = place;
  return { from: sizes, of: items };
}
