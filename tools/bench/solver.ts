import { compareScores, explainScore, scoreOf, solve, stepBudget } from "@hourwright/solver";
import { solveExactly } from "@hourwright/solver/rosters";
import { seededRosterProblem } from "@hourwright/solver/testing";
import { below, percentile, type Bench, type Result } from "./report.ts";
import { timetableResults } from "./solver-timetables.ts";
import { cpuMs } from "./time-report.ts";

/**
 * The numbers of the solver, in CPU time, since the machine is shared. The timetables are those of the competition of 2007;
 * they are not part of this repository: TIMETABLES names a folder with comp01.ctt and so on.
 */
export const solver: Bench = {
  name: "solver",
  async run(say) {
    say("moves on 100 people × 28 days …");
    const results = [movesPerSecond(), fullScore()];
    say("200 small rosters against exact search …");
    results.push(...smallRosters(200));
    return [...results, ...timetableResults(process.env["TIMETABLES"] ?? null, say)];
  },
};

const SEED = 1;
const MOVES = 2_000_000;

/** With all constraints of rosters through the public interface: the median of five runs after one. */
function movesPerSecond(): Result {
  const problem = seededRosterProblem({ people: 100, days: 28, seed: SEED });
  const rates: number[] = [];
  for (let run = 0; run < 6; run++) {
    const startedMs = cpuMs();
    const { steps } = solve(problem, { seed: run, budget: stepBudget(MOVES) });
    rates.push((steps / (cpuMs() - startedMs)) * 1_000);
  }
  const what = `moves a second, 100 people × 28 days, ${problem.constraints.length} constraints, median of 5`;
  return atLeast(what, percentile(rates.slice(1), 0.5), "a CPU-second", 1_000_000);
}

/** A full count of 300 people × 28 days with its explanation, of a plan that breaks much: the median of 21 after 5. */
function fullScore(): Result {
  const problem = seededRosterProblem({ people: 300, days: 28, seed: SEED });
  const times: number[] = [];
  for (let run = 0; run < 26; run++) {
    const startedMs = cpuMs();
    scoreOf(problem, problem.start);
    explainScore(problem, problem.start);
    times.push(cpuMs() - startedMs);
  }
  return below(
    "full score and explanation, 300 people × 28 days, median of 21",
    percentile(times.slice(5), 0.5),
    "ms",
    50,
  );
}

const TRIES_STEPS = 3_000_000;

/** 4 to 6 people × 7 days × 3 shifts: on those that exact search proves, whether the search finds the best, and how soon. */
function smallRosters(count: number): Result[] {
  let proven = 0;
  let found = 0;
  const times: number[] = [];
  for (let seed = 0; seed < count; seed++) {
    const problem = seededRosterProblem({ people: 4 + (seed % 3), days: 7, seed });
    const first = solve(problem, { seed, budget: stepBudget(200_000), legs: 20, kickMoves: 20 });
    const exact = solveExactly(problem, first.values);
    if (exact === null || !exact.isProven) continue;
    proven++;
    const startedMs = cpuMs();
    const { score } = solve(problem, {
      seed,
      budget: stepBudget(TRIES_STEPS),
      legs: 100,
      kickMoves: 20,
      enough: exact.score,
    });
    times.push(cpuMs() - startedMs);
    if (compareScores(score, exact.score) === 0) found++;
  }
  return [
    atLeast(`small rosters proven of ${count}`, proven, "rosters", count * 0.9),
    atLeast(`small rosters whose proven best is found, of ${proven}`, found, "rosters", proven),
    below("the slowest of them", Math.max(...times) / 1_000, "s", 2),
  ];
}

function atLeast(what: string, value: number, unit: string, bound: number): Result {
  const promise = `≥ ${bound} ${unit}`;
  return {
    what,
    value: Math.round(value),
    unit,
    peer: null,
    peerValue: null,
    ratio: null,
    promise,
    kept: value >= bound,
  };
}
