import type { Random } from "@hourwright/std";
import { dayAfter, type Board } from "./board.ts";
import type { RosterInstance } from "./instance.ts";

/** Puts a random move down on the board; false when it would change nothing, what may not be, or is known to cost more than `most`. */
export type Neighbour = (board: Board, random: Random, most: number) => boolean;

/** Days that a move of days in a row takes at most. */
const BLOCK_MAX = 14;
/** How likely a stretch is a day longer. */
const LONGER = 0.75;
const TRIES_MAX = 8;

/** Moves by which a roster is searched, each with how often it is tried beside the others. */
export function neighboursOf(
  board: Board,
  crew: readonly number[] = [...board.instance.lines.keys()],
): readonly { readonly share: number; readonly propose: Neighbour }[] {
  const { days, kinds, lines } = board.instance;
  const people = crew.length;
  const { values } = board;
  const mays = lines.map(({ may }) => may);
  const worked = lines.map(({ may }) => valuesOf(may, kinds));
  const below = (random: Random, count: number): number => Math.floor(random() * count);

  /** Days in a row: shorter ones more often. */
  function lengthOf(random: Random, most: number): number {
    let length = 1;
    while (length < most && random() < LONGER) length += 1;
    return length;
  }

  /** Gives a person one value, or a day off, for some days in a row. */
  function change(_: Board, random: Random): boolean {
    const person = crew[below(random, people)]!;
    const list = worked[person]!;
    if (list.length === 0) return false;
    const from = below(random, days);
    const to = Math.min(days, from + lengthOf(random, BLOCK_MAX));
    const row = person * days;
    const isOff = random() < 0.35;
    const value = isOff ? 0 : list[below(random, list.length)]!;
    let isMove = false;
    for (let day = from; day < to; day++) {
      if (values[row + day] === value || mays[person]![day * kinds + value] === 0) continue;
      board.put(person, day, value);
      isMove = true;
    }
    return isMove;
  }

  /** The days that people exchange, and the people: each takes the values of the next one, the last those of the first. */
  const stretches = { from: 0, to: 0, again: 0, until: 0 };
  const ring = [0, 0, 0];
  const savables = new Float64Array(ring.length);

  function drawStretch(random: Random): void {
    stretches.from = below(random, days);
    stretches.to = Math.min(days, stretches.from + lengthOf(random, BLOCK_MAX));
    stretches.again = stretches.to;
    stretches.until = stretches.to;
  }

  function drawThree(random: Random): boolean {
    for (let i = 0; i < ring.length; i++) ring[i] = crew[below(random, people)]!;
    return ring[0] !== ring[1] && ring[0] !== ring[2] && ring[1] !== ring[2];
  }

  /** Somebody, and who may exchange with them what lies in the stretches: some are asked. */
  function drawPair(random: Random, draw: (random: Random) => boolean): boolean {
    ring[0] = crew[below(random, people)]!;
    for (let tries = 0; tries < TRIES_MAX; tries++) {
      ring[1] = crew[below(random, people)]!;
      if (ring[0] !== ring[1] && draw(random) && isExchangeable(ring[0], ring[1])) return true;
    }
    return false;
  }

  function isExchangeable(one: number, other: number): boolean {
    let differs = false;
    for (let day = stretches.from; day < stretches.until; day = dayAfter(stretches, day)) {
      const [a, b] = [values[one * days + day]!, values[other * days + day]!];
      if (a === b) continue;
      if (mays[one]![day * kinds + b] === 0 || mays[other]![day * kinds + a] === 0) return false;
      differs = true;
    }
    return differs;
  }

  /** Two people exchange some days in a row. */
  function exchange(_: Board, random: Random, most: number): boolean {
    drawStretch(random);
    if (!drawPair(random, () => true)) return false;
    trim();
    return turn(2, most);
  }

  /** What two people have in common at the ends of a stretch is none of it. */
  function trim(): void {
    const [one, other] = [ring[0]! * days, ring[1]! * days];
    let { from, to } = stretches;
    while (from < to && values[one + from] === values[other + from]) from++;
    while (to > from && values[one + to - 1] === values[other + to - 1]) to--;
    stretches.from = from;
    stretches.to = stretches.again = stretches.until = to;
  }

  /** Two people exchange two stretches: what one gives on the one, the other may give on the other. */
  function cross(_: Board, random: Random, most: number): boolean {
    return drawPair(random, drawStretches) && turn(2, most);
  }

  /** Three people exchange some days in a row. */
  function exchangeOfThree(_: Board, random: Random, most: number): boolean {
    if (!drawThree(random)) return false;
    drawStretch(random);
    return turn(3, most);
  }

  /** Puts the exchange of the ring's first people down, unless it must cost more than `most`: most are given up before anything is put down. */
  function turn(size: number, most: number): boolean {
    let savable = 0;
    for (let i = 1; i < size; i++) savable += savables[i] = board.rowSavable(ring[i]!, stretches);
    let worse = 0;
    for (let i = 0; i < size; i++) {
      if (i > 0) savable -= savables[i]!;
      worse += board.rowWorse(ring[i]!, ring[(i + 1) % size]!, stretches, most + savable - worse);
      if (worse === Infinity || worse > most + savable) return false;
    }
    const first = ring[0]! * days;
    for (let day = stretches.from; day < stretches.until; day = dayAfter(stretches, day))
      held[day] = values[first + day]!;
    for (let i = 0; i < size; i++) {
      const [source, row] = i + 1 < size ? [values, ring[i + 1]! * days] : [held, 0];
      for (let day = stretches.from; day < stretches.until; day = dayAfter(stretches, day))
        board.put(ring[i]!, day, source[row + day]!);
    }
    return true;
  }

  const held = new Uint8Array(days);
  /** Two stretches of days of one length, without a day in common; half of the time whole weeks apart. */
  function drawStretches(random: Random): boolean {
    const length = lengthOf(random, Math.min(BLOCK_MAX, days >> 1));
    const one = below(random, days - length + 1);
    const isWeeks = random() < 0.5;
    const weeks = Math.floor((days - 1) / 7);
    const other = isWeeks ? one + 7 * (below(random, 2 * weeks + 1) - weeks) : below(random, days - length + 1);
    stretches.from = Math.min(one, other);
    stretches.to = stretches.from + length;
    stretches.again = Math.max(one, other);
    stretches.until = stretches.again + length;
    return stretches.from >= 0 && stretches.until <= days && stretches.to <= stretches.again;
  }

  /** A person works on other days instead: two stretches of the row change places, the load stays as it is. */
  function shift(_: Board, random: Random): boolean {
    const person = crew[below(random, people)]!;
    const row = person * days;
    const may = mays[person]!;
    for (let tries = 0; tries < TRIES_MAX; tries++) {
      if (!drawStretches(random)) continue;
      const { from: first, to, again: second } = stretches;
      const length = to - first;
      let differs = false;
      let can = true;
      for (let i = 0; i < length; i++) {
        const [a, b] = [values[row + first + i]!, values[row + second + i]!];
        differs = differs || a !== b;
        can = can && may[(first + i) * kinds + b] === 1 && may[(second + i) * kinds + a] === 1;
      }
      if (!differs || !can) continue;
      for (let i = 0; i < length; i++) {
        held[i] = values[row + first + i]!;
        board.put(person, first + i, values[row + second + i]!);
      }
      for (let i = 0; i < length; i++) board.put(person, second + i, held[i]!);
      return true;
    }
    return false;
  }

  /** A person starts and ends some days in a row earlier or later: what stood after them comes before. */
  function slide(_: Board, random: Random): boolean {
    const person = crew[below(random, people)]!;
    const row = person * days;
    const may = mays[person]!;
    const length = 1 + lengthOf(random, BLOCK_MAX);
    const from = below(random, Math.max(1, days - length));
    const to = Math.min(days, from + length);
    const isLater = random() < 0.5;
    const turn = isLater ? 1 : to - from - 1;
    let differs = false;
    for (let day = from; day < to; day++) {
      held[day] = values[row + from + ((day - from + turn) % (to - from))]!;
      if (held[day] === values[row + day]) continue;
      if (may[day * kinds + held[day]!] === 0) return false;
      differs = true;
    }
    if (!differs) return false;
    for (let day = from; day < to; day++) board.put(person, day, held[day]!);
    return true;
  }

  const shares = isCoverExact(board.instance) ? SHARES_EXACT : SHARES;
  return [
    { share: shares.change, propose: change },
    { share: shares.shift, propose: shift },
    { share: shares.slide, propose: slide },
    { share: shares.exchange, propose: exchange },
    { share: shares.cross, propose: cross },
    { share: shares.three, propose: exchangeOfThree },
  ];
}

const SHARES = { change: 0.4, shift: 0.1, slide: 0.1, exchange: 0.25, cross: 0.1, three: 0.05 };
/** Moves of one person alone are hardly ever taken where cover is exact: they only fill what is empty at first. */
const SHARES_EXACT = { change: 0.05, shift: 0.01, slide: 0.01, exchange: 0.15, cross: 0.1, three: 0.68 };

/** Whether one person more or fewer on a value always breaks a hard rule, or mends one: then several have to move together. */
export function isCoverExact({ cover: { hard }, lines, days, kinds }: RosterInstance): boolean {
  const counts = lines.length + 1;
  for (let at = 0; at < days * kinds; at++) {
    if (at % kinds === 0) continue;
    for (let count = 0; count < lines.length; count++)
      if (hard[at * counts + count] === hard[at * counts + count + 1]) return false;
  }
  return true;
}

/** Values that may stand on some day, without the day off. */
function valuesOf(may: Uint8Array, kinds: number): readonly number[] {
  const found = new Set<number>();
  for (const [at, can] of may.entries()) if (can === 1 && at % kinds !== 0) found.add(at % kinds);
  return [...found].sort((a, b) => a - b);
}
