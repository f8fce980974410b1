import type { Random } from "@hourwright/std";
import type { Board } from "./board.ts";

/** Puts a random move down on the board; false when it would change nothing, or what may not be. */
export type Neighbour = (board: Board, random: Random) => boolean;

/** Days that a move of days in a row takes at most. */
const BLOCK_MAX = 14;
const TRIES_MAX = 8;

/** Moves by which a roster is searched, each with how often it is tried beside the others. */
export function neighboursOf(board: Board): readonly { readonly share: number; readonly propose: Neighbour }[] {
  const { days, kinds, lines } = board.instance;
  const people = lines.length;
  const { values } = board;
  const mays = lines.map(({ may }) => may);
  const worked = lines.map(({ may }) => valuesOf(may, kinds));
  const below = (random: Random, count: number): number => Math.floor(random() * count);

  /** Days in a row: short ones most of the time. */
  function lengthOf(random: Random, most: number): number {
    let length = 1;
    while (length < most && random() < 0.55) length += 1;
    return length;
  }

  /** Gives a person one value, or a day off, for some days in a row. */
  function change(_: Board, random: Random): boolean {
    const person = below(random, people);
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

  /** Two people exchange some days in a row. */
  function exchange(_: Board, random: Random): boolean {
    if (people < 2) return false;
    const from = below(random, days);
    const to = Math.min(days, from + lengthOf(random, BLOCK_MAX));
    const one = below(random, people);
    for (let tries = 0; tries < TRIES_MAX; tries++) {
      const other = below(random, people);
      if (other === one || !isExchangeable(one, other, from, to)) continue;
      putExchange(one, other, from, to);
      return true;
    }
    return false;
  }

  function isExchangeable(one: number, other: number, from: number, to: number): boolean {
    let differs = false;
    for (let day = from; day < to; day++) {
      const [a, b] = [values[one * days + day]!, values[other * days + day]!];
      if (a === b) continue;
      if (mays[one]![day * kinds + b] === 0 || mays[other]![day * kinds + a] === 0) return false;
      differs = true;
    }
    return differs;
  }

  const held = new Uint8Array(days);
  function putExchange(one: number, other: number, from: number, to: number): void {
    for (let day = from; day < to; day++) {
      held[day] = values[one * days + day]!;
      board.put(one, day, values[other * days + day]!);
    }
    for (let day = from; day < to; day++) board.put(other, day, held[day]!);
  }

  /** Two stretches of days of one length, without a day in common; half of the time whole weeks apart. */
  const stretches = { first: 0, second: 0, length: 0 };
  function drawStretches(random: Random): boolean {
    const length = lengthOf(random, Math.min(BLOCK_MAX, days >> 1));
    const one = below(random, days - length + 1);
    const isWeeks = random() < 0.5;
    const weeks = Math.floor((days - 1) / 7);
    const other = isWeeks ? one + 7 * (below(random, 2 * weeks + 1) - weeks) : below(random, days - length + 1);
    stretches.first = Math.min(one, other);
    stretches.second = Math.max(one, other);
    stretches.length = length;
    return stretches.first >= 0 && stretches.second + length <= days && stretches.first + length <= stretches.second;
  }

  /** A person works on other days instead: two stretches of the row change places, the load stays as it is. */
  function shift(_: Board, random: Random): boolean {
    const person = below(random, people);
    const row = person * days;
    const may = mays[person]!;
    for (let tries = 0; tries < TRIES_MAX; tries++) {
      if (!drawStretches(random)) continue;
      const { first, second, length } = stretches;
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
    const person = below(random, people);
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

  /** Two people exchange two stretches: what one gives on the one, the other may give on the other. */
  function cross(_: Board, random: Random): boolean {
    if (people < 2) return false;
    const one = below(random, people);
    for (let tries = 0; tries < TRIES_MAX; tries++) {
      const other = below(random, people);
      if (other === one || !drawStretches(random)) continue;
      const { first, second, length } = stretches;
      if (!isExchangeable(one, other, first, first + length)) continue;
      if (!isExchangeable(one, other, second, second + length)) continue;
      putBoth(one, other, first, second, length);
      return true;
    }
    return false;
  }

  function putBoth(one: number, other: number, first: number, second: number, length: number): void {
    for (const from of [first, second]) {
      for (let day = from; day < from + length; day++) {
        held[day] = values[one * days + day]!;
        board.put(one, day, values[other * days + day]!);
      }
    }
    for (const from of [first, second]) {
      for (let day = from; day < from + length; day++) board.put(other, day, held[day]!);
    }
  }

  return [
    { share: 0.4, propose: change },
    { share: 0.3, propose: exchange },
    { share: 0.1, propose: shift },
    { share: 0.1, propose: slide },
    { share: 0.1, propose: cross },
  ];
}

/** Values that may stand on some day, without the day off. */
function valuesOf(may: Uint8Array, kinds: number): readonly number[] {
  const found = new Set<number>();
  for (const [at, can] of may.entries()) if (can === 1 && at % kinds !== 0) found.add(at % kinds);
  return [...found].sort((a, b) => a - b);
}
