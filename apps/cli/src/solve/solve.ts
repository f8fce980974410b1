// `hourwright solve KIND FILE`: plans without a server. The problem comes from a file, the plan goes to one.

import { readArguments, type Question } from "./arguments.ts";
import { solveMeetings } from "./meetings.ts";
import { Refusal, type Planned, type SolvePorts } from "./planned.ts";
import { checkTimetable, solveTimetable } from "./timetable.ts";

const USAGE = `Usage: hourwright solve timetable FILE.ctt [--seconds 60] [--steps N] [--seed 1] [--out FILE] [--json]
       hourwright solve timetable FILE.ctt --check SOLUTION [--json]
       hourwright solve meetings FILE.xlsx [--seconds 60] [--steps N] [--seed 1] [--out FILE] [--json]
`;

const solvers: Readonly<Record<Question["kind"], (file: Uint8Array, question: Question, io: SolvePorts) => Planned>> = {
  timetable: solveTimetable,
  meetings: solveMeetings,
};

/** Status 0 when the plan keeps all hard rules, 1 when it does not, 2 when there was nothing to plan. */
export async function solve(args: readonly string[], io: SolvePorts): Promise<number> {
  const question = readArguments(args);
  if ("wrong" in question) {
    io.err(`${question.wrong}\n${USAGE}`);
    return 2;
  }
  try {
    const startedMs = io.nowMs();
    const file = await io.read(question.file);
    const planned =
      question.check === null
        ? solvers[question.kind](file, question, io)
        : checkTimetable(file, await io.read(question.check));
    if (question.out !== null) await io.write(question.out, planned.text);
    if (question.json) io.out(`${JSON.stringify(answerOf(planned, question, io.nowMs() - startedMs))}\n`);
    else if (question.out === null && question.check === null) io.out(planned.text);
    io.err(`${planned.summary}\n`);
    return planned.isFeasible ? 0 : 1;
  } catch (cause) {
    if (!(cause instanceof Refusal) && !isFailureOfFiles(cause)) throw cause;
    io.err(`${question.file}: ${cause.message}\n`);
    return 2;
  }
}

/** What programs read: for a solution that was only judged, without how it was found. */
function answerOf({ cost, isFeasible: feasible, byConstraint, steps }: Planned, question: Question, tookMs: number) {
  const judged = { cost, feasible, byConstraint };
  if (question.check !== null) return judged;
  const seconds = Math.round(tookMs) / 1_000;
  return {
    ...judged,
    steps,
    movesPerSecond: Math.round(steps / Math.max(seconds, 0.001)),
    seconds,
    seed: question.seed,
  };
}

/** What the file system refuses: no such file, no permission, no space. */
const isFailureOfFiles = (cause: unknown): cause is Error => cause instanceof Error && "code" in cause;
