import { readFileSync } from "node:fs";
import { join } from "node:path";
import { solve, timeBudget } from "@hourwright/solver";
import {
  lecturesOf,
  printSolution,
  readCtt,
  readSolution,
  timetableProblem,
  validate,
} from "@hourwright/solver/timetables";
import { percentile, type Result } from "./report.ts";
import { cpuMs } from "./time-report.ts";

const SECONDS = 60;
const SEEDS = [1, 2, 3, 4, 5];
const PROMISED: readonly (readonly [name: string, cost: number])[] = [
  ["comp01", 5],
  ["comp04", 40],
  ["comp07", 20],
];

/** The median cost of five seeds after a minute of one thread, counted by the validator from what was printed. */
export function timetableResults(folder: string | null, say: (sentence: string) => void): Result[] {
  if (folder === null) {
    say("timetables: not measured, TIMETABLES names no folder with the competition's problems.");
    return [];
  }
  return PROMISED.map(([name, cost]) => {
    const { read: timetable, refused } = readCtt(readFileSync(join(folder, `${name}.ctt`), "utf8"));
    if (timetable === undefined) throw new Error(`${name}: ${refused}`);
    const costs = SEEDS.map((seed) => {
      say(`timetable ${name}, seed ${seed}: ${SECONDS} s …`);
      const { values } = solve(timetableProblem(timetable), { seed, budget: timeBudget(SECONDS * 1_000, cpuMs) });
      const { read: lectures = [] } = readSolution(timetable, printSolution(timetable, lecturesOf(timetable, values)));
      const { violations, total } = validate(timetable, lectures);
      return violations > 0 ? Infinity : total;
    });
    const value = percentile(costs, 0.5);
    return {
      what: `timetable ${name}, ${SECONDS} s, median of ${SEEDS.length} seeds (${costs.join(", ")})`,
      value,
      unit: "points",
      peer: null,
      peerValue: null,
      ratio: null,
      promise: `≤ ${cost} points`,
      kept: value <= cost,
    };
  });
}
