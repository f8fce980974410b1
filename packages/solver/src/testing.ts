import { seededRandom, wholeBetween } from "@hourwright/std";
import { ruleOfPlaces, type Constraint, type Model } from "./constraint.ts";
import { put, putExchange } from "./move.ts";
import { scoreOf } from "./plan.ts";
import type { Problem } from "./problem.ts";
import { compareScores, type Score } from "./score.ts";
export { seededCalendars } from "./calendars/testing.ts";
export { seededRosterProblem } from "./rosters/testing.ts";

/** The smallest problem with all there is: neighbours want different colours (hard), and every node likes some colours less (soft). */
export function colouring(given: { seed: number; variables: number; colours: number; edges: number }): Problem<Model> {
  const { variables, colours } = given;
  const random = seededRandom(given.seed);
  const any = () => wholeBetween(random, 0, variables - 1);
  const edges = Array.from({ length: given.edges }, () => [any(), any()] as const).filter(([a, b]) => a !== b);
  const dislikes = Int32Array.from({ length: variables * colours }, () => wholeBetween(random, -3, 9));
  const domain = Int32Array.from({ length: colours }, (_, colour) => colour);
  return {
    start: new Int32Array(variables),
    domainOf: () => domain,
    model: (values) => {
      const current = values.slice();
      return { values: current, assign: (variable, value) => void (current[variable] = value) };
    },
    constraints: [different(edges), liked(dislikes, colours)],
    neighbours: [
      {
        name: "change",
        share: 3,
        propose: (_, random, move) => put(move, anyOf(random, variables), anyOf(random, colours)),
      },
      {
        name: "exchange",
        share: 1,
        propose: ({ values }, random, move) =>
          putExchange(move, values, anyOf(random, variables), anyOf(random, variables)),
      },
    ],
    advice: { hardPoints: 20, startTemperature: 20, endTemperature: 0.3 },
  };
}

const anyOf = (random: () => number, count: number) => Math.floor(random() * count);

function different(edges: readonly (readonly [number, number])[]): Constraint<Model> {
  return {
    name: "neighbours differ",
    level: "hard",
    weight: 1,
    on: ({ values }) =>
      ruleOfPlaces({
        places: edges.length,
        unitsAt: (place) => (values[edges[place]![0]] === values[edges[place]![1]] ? 1 : 0),
        breachAt: (place) => ({ variables: [...edges[place]!], sentence: `Edge ${place} joins equals.` }),
        delta(variable, from, to) {
          let more = 0;
          for (const [a, b] of edges) {
            if (a !== variable && b !== variable) continue;
            const other = values[a === variable ? b : a];
            more += (to === other ? 1 : 0) - (from === other ? 1 : 0);
          }
          return more;
        },
      }),
  };
}

function liked(dislikes: Int32Array, colours: number): Constraint<Model> {
  return {
    name: "liked colours",
    level: "soft",
    weight: 2,
    on: ({ values }) =>
      ruleOfPlaces({
        places: values.length,
        unitsAt: (variable) => dislikes[variable * colours + values[variable]!]!,
        breachAt: (variable) => ({ variables: [variable], sentence: `Node ${variable} likes another colour more.` }),
        delta: (variable, from, to) => dislikes[variable * colours + to]! - dislikes[variable * colours + from]!,
      }),
  };
}

/** Every plan there is, one after the other: the judge of all searches. For some thousands of plans. */
export function bestByTryingAll<M extends Model>(problem: Problem<M>): { score: Score; values: Int32Array } {
  const values = Int32Array.from(problem.start, (_, variable) => problem.domainOf(variable)[0]!);
  let best = { score: scoreOf(problem, values), values: values.slice() };
  const visit = (variable: number): void => {
    if (variable === values.length) {
      const score = scoreOf(problem, values);
      if (compareScores(score, best.score) < 0) best = { score, values: values.slice() };
      return;
    }
    for (const value of problem.domainOf(variable)) {
      values[variable] = value;
      visit(variable + 1);
    }
  };
  visit(0);
  return best;
}
