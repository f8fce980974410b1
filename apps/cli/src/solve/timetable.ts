import { solve } from "@hourwright/solver";
import { lecturesOf, printSolution, readCtt, timetableProblem, validate } from "@hourwright/solver/timetables";
import type { Question } from "./arguments.ts";
import { budgetOf, Refusal, type Planned, type SolvePorts } from "./planned.ts";

/** University timetables of the International Timetabling Competition 2007, track 3; the costs are the official ones. */
export function solveTimetable(file: Uint8Array, question: Question, io: SolvePorts): Planned {
  const { read: timetable, refused } = readCtt(new TextDecoder().decode(file));
  if (timetable === undefined) throw new Refusal(refused);
  const { values, steps } = solve(timetableProblem(timetable), {
    seed: question.seed,
    budget: budgetOf(question, io),
  });
  const lectures = lecturesOf(timetable, values);
  const { violations, total, ...costs } = validate(timetable, lectures);
  const parts = `capacity ${costs.capacity}, days ${costs.days}, compactness ${costs.compactness}, stability ${costs.stability}`;
  return {
    text: printSolution(timetable, lectures),
    summary: `${timetable.name}: ${violations} hard rules broken, ${total} points (${parts}) after ${steps} steps.`,
    costs: { violations, total, ...costs },
    isFeasible: violations === 0,
    steps,
  };
}
