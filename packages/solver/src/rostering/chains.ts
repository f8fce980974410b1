import { wholeBetween, type Random } from "@hourwright/std";
import type { Board } from "./board.ts";
import type { BestRow } from "./row.ts";

/** Days that are planned anew at once: weeks that a rule about weekends or runs can be met in another way. */
const WINDOWS = [7, 14, 14, 28] as const;
/** People who answer to a row that was made worse. */
const ANSWERS_MAX = 3;

/**
 * One chain: a person's best row of chance for some days in a row, then the best rows of a few others in answer, then of the first one
 * again. Kept when what it adds is at most `most`, else everything is put back. Returns whether it was kept.
 */
export function openChains(board: Board, random: Random, bestRow: BestRow) {
  const { days, lines } = board.instance;
  const people = lines.length;
  const saved = new Map<number, Uint8Array>();

  function improve(person: number, from: number, to: number, noise: number, most: number): void {
    if (!saved.has(person)) saved.set(person, board.values.slice(person * days, (person + 1) * days));
    const isMove = bestRow(person, from, to, noise);
    if (isMove && board.weigh(most) <= most) board.take();
    else board.leave();
  }

  function putBack(): void {
    for (const [person, row] of saved) {
      for (let day = 0; day < days; day++) {
        if (board.values[person * days + day] !== row[day]) board.put(person, day, row[day]!);
      }
      board.weigh(Infinity);
      board.take();
    }
  }

  return (noise: number, most: number): boolean => {
    const before = board.energy;
    const length = Math.min(days, WINDOWS[wholeBetween(random, 0, WINDOWS.length - 1)]!);
    const from = wholeBetween(random, 0, days - length);
    const to = from + length;
    const first = wholeBetween(random, 0, people - 1);
    saved.clear();
    improve(first, from, to, noise, Infinity);
    for (let i = 0; i < ANSWERS_MAX && board.energy > before; i++)
      improve(wholeBetween(random, 0, people - 1), from, to, 0, 0);
    if (board.energy > before) improve(first, from, to, 0, 0);
    const isKept = board.energy - before <= most;
    if (!isKept) putBack();
    return isKept;
  };
}
