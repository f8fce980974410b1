import { solveInSlices, type Stopped } from "@hourwright/solver";
import {
  lecturesOf,
  printSolution,
  readCtt,
  readSolution,
  timetableProblem,
  validate,
  type Lecture,
  type Timetable,
} from "@hourwright/solver/timetables";
import { Refusal, stoppedText, watched, type Planned, type Run } from "./planned.ts";

/** University timetables of the International Timetabling Competition 2007, track 3; the costs are the official ones. */
export async function solveTimetable(file: Uint8Array, { question, budget, stop, io }: Run): Promise<Planned> {
  const timetable = timetableIn(file);
  const slices = solveInSlices(timetableProblem(timetable), { seed: question.seed, budget, signal: stop });
  const { values, steps, stopped } = await watched(slices, io);
  return planned(timetable, lecturesOf(timetable, values), steps, stopped);
}

/** Judges a solution that somebody has found, in the competition's format. */
export function checkTimetable(file: Uint8Array, solution: Uint8Array): Planned {
  const timetable = timetableIn(file);
  const { read: lectures, refused } = readSolution(timetable, new TextDecoder().decode(solution));
  if (lectures === undefined) throw new Refusal(`the solution, ${refused}`);
  return planned(timetable, lectures, 0, "enough");
}

function timetableIn(file: Uint8Array): Timetable {
  const { read: timetable, refused } = readCtt(new TextDecoder().decode(file));
  if (timetable === undefined) throw new Refusal(refused);
  return timetable;
}

function planned(timetable: Timetable, lectures: readonly Lecture[], steps: number, stopped: Stopped): Planned {
  const { violations, total, ...byConstraint } = validate(timetable, lectures);
  const { capacity, days, compactness, stability } = byConstraint;
  const parts = `capacity ${capacity}, days ${days}, compactness ${compactness}, stability ${stability}`;
  return {
    text: printSolution(timetable, lectures),
    summary: `${timetable.name}: ${violations} hard rules broken, ${total} points (${parts})${steps > 0 ? ` after ${steps} steps${stoppedText(stopped)}` : stoppedText(stopped)}.`,
    cost: total,
    byConstraint,
    isFeasible: violations === 0,
    steps,
    stopped,
  };
}
