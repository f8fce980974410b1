// `hourwright solve KIND FILE`: plans without a server. The problem comes from a file, the plan goes to one.

import { readArguments, type Question } from "./arguments.ts";
import { solveMeetings } from "./meetings.ts";
import { Refusal, type Planned, type SolvePorts } from "./planned.ts";
import { solveTimetable } from "./timetable.ts";

const USAGE = `Usage: hourwright solve timetable FILE.ctt [--seconds 60] [--steps N] [--seed 1] [--out FILE] [--json]
       hourwright solve meetings FILE.xlsx [the same]
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
    const planned = solvers[question.kind](await io.read(question.file), question, io);
    if (question.out !== null) await io.write(question.out, planned.text);
    if (question.json) {
      const { costs, isFeasible, steps } = planned;
      io.out(`${JSON.stringify({ file: question.file, seed: question.seed, isFeasible, costs, steps })}\n`);
    } else if (question.out === null) io.out(planned.text);
    io.err(`${planned.summary}\n`);
    return planned.isFeasible ? 0 : 1;
  } catch (cause) {
    if (!(cause instanceof Refusal) && !isFailureOfFiles(cause)) throw cause;
    io.err(`${question.file}: ${cause.message}\n`);
    return 2;
  }
}

/** What the file system refuses: no such file, no permission, no space. */
const isFailureOfFiles = (cause: unknown): cause is Error => cause instanceof Error && "code" in cause;
