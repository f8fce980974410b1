import { wholeBetween, type Random } from "@hourwright/std";
import type { Match, Season } from "./season.ts";

/**
 * A double round robin of chance: every two meet once in each half, with venues turned. From the circle method (Kirkman, 1847)
 * no way leads on where one less than the number of teams is prime; from these there are many.
 */
export function anySeason({ teams }: Season, random: Random): Match[] {
  const n = teams.length;
  const matches: Match[] = [];
  const isTurned = Array.from({ length: n * n }, () => random() < 0.5);
  for (const from of [0, n - 1]) {
    const slotOf = anyRoundRobin(n, random);
    for (let a = 0; a < n; a++) {
      for (let b = a + 1; b < n; b++) {
        const slot = from + slotOf[a * n + b]!;
        const isFirst = from === 0;
        const isAtA = isTurned[a * n + b] === isFirst;
        matches.push(isAtA ? { slot, home: a, away: b } : { slot, home: b, away: a });
      }
    }
  }
  return matches;
}

const NONE = -1;

/**
 * The slot of every two in a single round robin, by `a × n + b`: hill climbing on how many are placed (Dinitz and Stinson, "A
 * hill-climbing algorithm for the construction of one-factorizations and Room squares", 1987). About n³ steps.
 */
function anyRoundRobin(n: number, random: Random): Int32Array {
  const slots = n - 1;
  const slotOf = new Int32Array(n * n).fill(NONE);
  const met = new Int32Array(slots * n).fill(NONE);
  const place = (slot: number, a: number, b: number) => {
    slotOf[a * n + b] = slotOf[b * n + a] = slot;
    met[slot * n + a] = b;
    met[slot * n + b] = a;
  };
  const take = (slot: number, a: number, b: number) => {
    slotOf[a * n + b] = slotOf[b * n + a] = NONE;
    met[slot * n + a] = met[slot * n + b] = NONE;
  };
  const any = (count: number, isGood: (at: number) => boolean, than = NONE): number => {
    const from = wholeBetween(random, 0, count - 1);
    for (let step = 0; step < count; step++) {
      const at = (from + step) % count;
      if (at !== than && isGood(at)) return at;
    }
    return NONE;
  };
  for (let left = (n * slots) / 2; left > 0;) {
    if (random() < 0.5) {
      // A team that is free in a slot meets somebody whom it has not met: whoever that meets there has to wait.
      const cell = any(slots * n, (at) => met[at] === NONE);
      const [slot, a] = [Math.floor(cell / n), cell % n];
      const b = any(n, (team) => slotOf[a * n + team] === NONE, a);
      const waiting = met[slot * n + b]!;
      if (waiting === NONE) left--;
      else take(slot, b, waiting);
      place(slot, a, b);
    } else {
      // Two that are free in a slot meet there, and no more where they did.
      const cell = any(slots * n, (at) => met[at] === NONE);
      const [slot, a] = [Math.floor(cell / n), cell % n];
      const b = any(n, (team) => met[slot * n + team] === NONE, a);
      const before = slotOf[a * n + b]!;
      if (before === NONE) left--;
      else take(before, a, b);
      place(slot, a, b);
    }
  }
  return slotOf;
}
