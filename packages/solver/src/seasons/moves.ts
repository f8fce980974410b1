import { wholeBetween, type Random } from "@hourwright/std";
import type { Board, Change } from "./board.ts";

/**
 * Ways from one double round robin to another (Rosati, Petris, Di Gaspero, Schaerf, "Multi-neighborhood simulated annealing for
 * the sports timetabling competition ITC2021", 2022). Each leaves the halves of a phased season alone. They fill `change`; false where there is nothing to change.
 */
export type Way = (board: Board, change: Change, random: Random) => boolean;

const other = (random: Random, size: number, than: number): number => {
  const found = wholeBetween(random, 0, size - 2);
  return found >= than ? found + 1 : found;
};

/** Two teams change who is at home in which of their two matches. */
export const turnPair: Way = (board, change, random) => {
  const a = wholeBetween(random, 0, board.teams - 1);
  return turn(board, change, a, other(random, board.teams, a));
};

export function turn({ teams, slotOf }: Board, change: Change, a: number, b: number): boolean {
  const there = slotOf[a * teams + b]!;
  const back = slotOf[b * teams + a]!;
  change.out(there, a, b);
  change.out(back, b, a);
  change.in(there, b, a);
  change.in(back, a, b);
  return true;
}

/** Two teams take each other's whole season. */
export const swapTeams: Way = ({ teams, slots, opponent, isHome }, change, random) => {
  const a = wholeBetween(random, 0, teams - 1);
  const b = other(random, teams, a);
  for (let slot = 0; slot < slots; slot++) {
    const ofA = opponent[slot * teams + a]!;
    const ofB = opponent[slot * teams + b]!;
    const homeA = isHome[slot * teams + a] === 1;
    const homeB = isHome[slot * teams + b] === 1;
    if (ofA === b) {
      outOf(change, slot, a, b, homeA);
      inTo(change, slot, a, b, !homeA);
      continue;
    }
    outOf(change, slot, a, ofA, homeA);
    outOf(change, slot, b, ofB, homeB);
    inTo(change, slot, b, ofA, homeA);
    inTo(change, slot, a, ofB, homeB);
  }
  return true;
};

/** Two slots change places, whole. */
export const swapSlots: Way = (board, change, random) => {
  const one = wholeBetween(random, 0, board.slots - 1);
  const two = slotBeside(board, random, one);
  const { teams, opponent, isHome } = board;
  for (let team = 0; team < teams; team++) {
    if (isHome[one * teams + team] === 1) {
      change.out(one, team, opponent[one * teams + team]!);
      change.in(two, team, opponent[one * teams + team]!);
    }
    if (isHome[two * teams + team] === 1) {
      change.out(two, team, opponent[two * teams + team]!);
      change.in(one, team, opponent[two * teams + team]!);
    }
  }
  return true;
};

/** The matches of as few teams as can be change between two slots: whoever is met there and here comes along. */
export const swapSlotsOfSome: Way = (board, change, random) => {
  const one = wholeBetween(random, 0, board.slots - 1);
  return swapSlotsOf(board, change, random, wholeBetween(random, 0, board.teams - 1), one);
};

/** The same for a match of a team; `two` is where it goes, else chance says. */
export function swapSlotsOf(
  board: Board,
  change: Change,
  random: Random,
  first: number,
  one: number,
  two = slotBeside(board, random, one),
): boolean {
  const { teams, opponent, isHome } = board;
  const most = mostMatches(random);
  let team = first;
  // Most chains are given up: so it is looked how long one is before anything is written.
  for (let size = 2; ; size += 2) {
    team = opponent[two * teams + opponent[one * teams + team]!]!;
    if (team === first) break;
    if (size > most) return false;
  }
  do {
    const met = opponent[one * teams + team]!;
    const home = isHome[one * teams + team] === 1;
    outOf(change, one, team, met, home);
    inTo(change, two, team, met, home);
    const next = opponent[two * teams + met]!;
    const metHome = isHome[two * teams + met] === 1;
    outOf(change, two, met, next, metHome);
    inTo(change, one, met, next, metHome);
    team = next;
  } while (team !== first);
  return true;
}

/**
 * Two teams change opponents in a slot, and in as few others as make that a season again: whom one gets from the other it met
 * elsewhere, and there they change as well. Third teams stay where they are, at home or away, as long as two matches of the two
 * with them have the same venues; else the third turns in both, or in a season with halves the other halves' matches do.
 */
export const swapOpponents: Way = (board, change, random) => {
  const a = wholeBetween(random, 0, board.teams - 1);
  return swapOpponentsOf(board, change, random, a, wholeBetween(random, 0, board.slots - 1));
};

/** The same from a team and a slot on. */
export function swapOpponentsOf(board: Board, change: Change, random: Random, a: number, first: number): boolean {
  const { teams, opponent, isHome, slotOf, isPhased } = board;
  const b = other(random, teams, a);
  if (opponent[first * teams + a] === b) return false;
  const most = mostMatches(random);
  const isByOrder = isPhased || random() < 0.4;
  const turnsOthers = isPhased && random() < 0.3;
  let slot = first;
  for (let size = 0; ;) {
    const next = nextOf(board, slot, a, b, isByOrder);
    size += turnsOthers && isHome[slot * teams + b] !== isHome[next * teams + a] ? 4 : 2;
    slot = next;
    if (slot === first) break;
    if (size > most) return false;
  }
  do {
    const third = opponent[slot * teams + b]!;
    const homeB = isHome[slot * teams + b] === 1;
    const next = nextOf(board, slot, a, b, isByOrder);
    const homeA = isHome[next * teams + a] === 1;
    outOf(change, slot, b, third, homeB);
    outOf(change, next, a, third, homeA);
    const keepsVenues = homeA === homeB || turnsOthers;
    inTo(change, slot, a, third, keepsVenues ? homeB : homeA);
    inTo(change, next, b, third, keepsVenues ? homeA : homeB);
    if (homeA !== homeB && turnsOthers) {
      const backA = homeA ? slotOf[third * teams + a]! : slotOf[a * teams + third]!;
      const backB = homeB ? slotOf[third * teams + b]! : slotOf[b * teams + third]!;
      outOf(change, backA, a, third, !homeA);
      inTo(change, backA, a, third, homeA);
      outOf(change, backB, b, third, !homeB);
      inTo(change, backB, b, third, homeB);
    }
    slot = next;
  } while (slot !== first);
  return true;
}

/** The slot of the match that A gives for the one of B in a slot: of its two with the third the one that is as early as B's, or has its venue. */
function nextOf(
  { teams, opponent, isHome, slotOf }: Board,
  slot: number,
  a: number,
  b: number,
  isByOrder: boolean,
): number {
  const third = opponent[slot * teams + b]!;
  const [atA, awayA] = [slotOf[a * teams + third]!, slotOf[third * teams + a]!];
  const isHomeB = isHome[slot * teams + b] === 1;
  if (!isByOrder) return isHomeB ? atA : awayA;
  const otherB = isHomeB ? slotOf[third * teams + b]! : slotOf[b * teams + third]!;
  return slot < otherB === atA < awayA ? atA : awayA;
}

/**
 * The matches a chain may move: of chains of 4 one in a hundred is taken at a middling temperature, of 8 one in 500, of 10 one in 1,500,
 * of 20 one in 10,000, and a chain takes as long as it is.
 */
function mostMatches(random: Random): number {
  const chance = random();
  return chance < 0.985 ? SHORT : chance < 0.997 ? MIDDLING : Number.POSITIVE_INFINITY;
}
const SHORT = 7;
const MIDDLING = 16;

/** Another slot, of the same half where the season has halves. */
export function slotBeside({ slots, isPhased }: Board, random: Random, slot: number): number {
  if (!isPhased) return other(random, slots, slot);
  const half = slots / 2;
  const from = slot < half ? 0 : half;
  return from + other(random, half, slot - from);
}

function outOf(change: Change, slot: number, team: number, met: number, isAtTeam: boolean): void {
  if (isAtTeam) change.out(slot, team, met);
  else change.out(slot, met, team);
}

function inTo(change: Change, slot: number, team: number, met: number, isAtTeam: boolean): void {
  if (isAtTeam) change.in(slot, team, met);
  else change.in(slot, met, team);
}
