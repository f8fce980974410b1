import type { Random } from "@hourwright/std";
import {
  CLASSIC_ANNEALING,
  firstOf,
  geometricCooling,
  hillClimbing,
  lateAcceptance,
  simulatedAnnealing,
  steppedCooling,
  tabu,
  type Strategy,
} from "./acceptor.ts";
import type { Advice } from "./problem.ts";

/** What a method may know when a leg of a run begins; `leg` counts from 0. */
export type LegStart = {
  readonly leg: number;
  readonly variables: number;
  readonly advice: Advice;
  readonly random: Random;
};

/** A way to search: a strategy for each leg of a run. */
export type Method = (start: LegStart) => Strategy;

const LATE_MEMORY = 5_000;
const TABU_CANDIDATES = 40;
/** Later legs begin at the best plan so far: hot enough to leave it, not to forget it. */
const REHEAT = 0.3;

export const methods = {
  /** From the temperatures that the problem advises; later legs reheat to a part of the first. */
  annealing: ({ leg, advice: { startTemperature, endTemperature }, random }) => {
    const from = leg === 0 ? startTemperature : Math.max(endTemperature, startTemperature * REHEAT);
    return firstOf(simulatedAnnealing(geometricCooling(from, endTemperature), random));
  },
  /** With the four numbers of `CLASSIC_ANNEALING`; its iterations are the budget that belongs to it. */
  classicAnnealing: ({ random }) => firstOf(simulatedAnnealing(steppedCooling(CLASSIC_ANNEALING), random)),
  lateAcceptance: () => firstOf(lateAcceptance(LATE_MEMORY)),
  hillClimbing: () => firstOf(hillClimbing),
  tabu: ({ variables }) => tabu(variables, Math.ceil(Math.sqrt(variables)), TABU_CANDIDATES),
} as const satisfies Record<string, Method>;
