import { assert, type Random } from "@hourwright/std";
import type { Move } from "./move.ts";

/**
 * Says whether the search goes to a neighbour. `worseBy` in points (a hard one counts `hardPoints`), negative when the neighbour
 * is better; `progress` runs from 0 to 1 over the budget; `move` is what would be made.
 */
export type Acceptor = (worseBy: number, progress: number, move: Move) => boolean;

/** Takes what is not worse. */
export const hillClimbing: Acceptor = (worseBy) => worseBy <= 0;

/** The temperature in points at a progress of 0 to 1; positive. */
export type Cooling = (progress: number) => number;

/** From one temperature to the other by equal factors. */
export function geometricCooling(startTemperature: number, endTemperature: number): Cooling {
  assert(
    startTemperature >= endTemperature && endTemperature > 0,
    `cooling goes down and stays above 0: ${startTemperature} to ${endTemperature}`,
  );
  return (progress) => startTemperature * (endTemperature / startTemperature) ** progress;
}

/** The four numbers by which annealing is often described; the temperature is multiplied by `cooling` at equal distances of the run. */
export const CLASSIC_ANNEALING = { startTemperature: 1_000, cooling: 0.95, minTemperature: 1, iterations: 10_000 };

/** As many equal stretches as it takes to get from the start to the minimum by the factor: 135 for the classic numbers. */
export function steppedCooling({ startTemperature, cooling, minTemperature } = CLASSIC_ANNEALING): Cooling {
  const stretches = Math.ceil(Math.log(minTemperature / startTemperature) / Math.log(cooling));
  return (progress) => Math.max(minTemperature, startTemperature * cooling ** Math.floor(progress * stretches));
}

/** Kirkpatrick et al., 1983: what is worse is taken with probability e^(−worseBy ÷ temperature). */
export function simulatedAnnealing(cooling: Cooling, random: Random): Acceptor {
  let temperature = cooling(0);
  let coolAt = 0;
  return (worseBy, progress) => {
    if (worseBy <= 0) return true;
    if (progress !== coolAt) {
      coolAt = progress;
      temperature = cooling(progress);
    }
    // e^-20 is one in 500 million: not worth the dice.
    return worseBy < 20 * temperature && random() < Math.exp(-worseBy / temperature);
  };
}

const MEMORY_MAX = 1_000_000;

/** Burke and Bykov, 2017: takes what is no worse than the plan was `memory` steps ago, or than it is now. */
export function lateAcceptance(memory: number): Acceptor {
  assert(Number.isInteger(memory) && memory > 0 && memory <= MEMORY_MAX, `a memory of 1 to ${MEMORY_MAX}: ${memory}`);
  const past = new Float64Array(memory); // Points relative to the plan that the search began with.
  let now = 0;
  let at = 0;
  return (worseBy) => {
    const next = now + worseBy;
    const isTaken = next <= past[at]! || worseBy <= 0;
    if (isTaken) now = next;
    past[at] = now;
    at = at + 1 === memory ? 0 : at + 1;
    return isTaken;
  };
}

/**
 * How the search chooses: of `candidates` proposals that are `allowed` the best is handed to the acceptor.
 */
export type Strategy = {
  readonly accept: Acceptor;
  readonly candidates: number;
  allowed?(move: Move, worseBy: number): boolean;
};

export const firstOf = (accept: Acceptor): Strategy => ({ accept, candidates: 1 });

/**
 * Glover, 1989: goes to the best of `candidates` neighbours even when it is worse, but leaves what it has changed alone for
 * `tenure` steps, unless that leads to a plan better than any before.
 */
export function tabu(variables: number, tenure: number, candidates: number): Strategy {
  assert(candidates >= 1 && tenure >= 1, `candidates and tenure are 1 or more: ${candidates}, ${tenure}`);
  const freeFrom = new Float64Array(variables);
  let step = 0;
  let now = 0;
  let best = 0;
  return {
    candidates,
    allowed(move, worseBy) {
      if (now + worseBy < best) return true;
      for (let i = 0; i < move.size; i++) if (freeFrom[move.variables[i]!]! > step) return false;
      return true;
    },
    accept(worseBy, _progress, move) {
      step += 1;
      now += worseBy;
      best = Math.min(best, now);
      for (let i = 0; i < move.size; i++) freeFrom[move.variables[i]!] = step + tenure;
      return true;
    },
  };
}
