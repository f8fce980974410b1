// `hourwright solve KIND FILE`: plans without a server. The problem comes from a file, the plan goes to one.

import { readArguments, type Question } from "./arguments.ts";
import { solveMeetings } from "./meetings.ts";
import { budgetOf, Refusal, visible, type Planned, type Run, type SolvePorts } from "./planned.ts";
import { checkRoster, solveRoster } from "./roster.ts";
import { checkSeason, solveSeason } from "./season.ts";
import { checkTimetable, solveTimetable } from "./timetable.ts";

const USAGE = `Usage: hourwright solve timetable FILE.ctt [--seconds 60] [--steps N] [--seed 1] [--out FILE] [--json]
       hourwright solve timetable FILE.ctt --check SOLUTION [--json]
       hourwright solve meetings FILE.xlsx [--seconds 60] [--steps N] [--seed 1] [--out FILE] [--json]
       hourwright solve roster FILE [--seconds 60] [--steps N] [--seed 1] [--out FILE] [--json]
       hourwright solve roster FILE --check SOLUTION [--json]
       hourwright solve roster FOLDER --history 0 --weeks 1-2-3-3 …
       hourwright solve season FILE.xml [--seconds 60] [--steps N] [--seed 1] [--out FILE] [--json]
       hourwright solve season FILE.xml --check SOLUTION [--json]
Ctrl-C gives the best plan so far.
`;

/** Reads FILE; a roster may be a folder instead. */
type ReadFile = () => Promise<Uint8Array>;

const solvers: Readonly<Record<Question["kind"], (read: ReadFile, run: Run) => Promise<Planned>>> = {
  timetable: async (read, run) => solveTimetable(await read(), run),
  meetings: async (read, run) => solveMeetings(await read(), run),
  roster: solveRoster,
  season: async (read, run) => solveSeason(await read(), run),
};

/** Those whose formats fit in one file are judged from two texts. */
const judges = { timetable: checkTimetable, season: checkSeason };

/**
 * Status 0 when the plan keeps all hard rules, 1 when it does not, 2 when there was nothing to plan; 130 when Ctrl-C ended it,
 * with the best plan so far given and written as any other.
 */
export async function solve(args: readonly string[], io: SolvePorts): Promise<number> {
  const question = readArguments(args);
  if ("wrong" in question) {
    io.err(`${visible(question.wrong)}\n${USAGE}`);
    return 2;
  }
  const { out, check } = question;
  try {
    const startedMs = io.nowMs();
    if (out !== null) await about(out, "cannot be written", io.checkWritable(out));
    using stop = io.openStop();
    const planned = check === null ? await plan(question, stop, io) : await judge(question, check, io);
    const text = io.isTerminal.out ? visible(planned.text) : planned.text;
    if (out !== null) await keep(out, planned.text, io);
    if (question.json) io.out(`${JSON.stringify(answerOf(planned, question, io.nowMs() - startedMs))}\n`);
    else if (out === null && check === null) io.out(text);
    io.err(`${visible(planned.summary)}\n`);
    if (planned.stopped === "cancelled") return stop.status;
    return planned.isFeasible ? 0 : 1;
  } catch (cause) {
    if (!(cause instanceof Refusal)) throw cause;
    io.err(`${visible(cause.message)}\n`);
    return 2;
  }
}

/** The seconds run from the beginning: reading and preparing are part of them. */
async function plan(question: Question, stop: Run["stop"], io: SolvePorts): Promise<Planned> {
  const budget = budgetOf(question, io);
  const read = () => io.read(question.file);
  return about(question.file, "cannot be read", solvers[question.kind](read, { question, budget, stop, io }));
}

async function judge(question: Question, solution: string, io: SolvePorts): Promise<Planned> {
  const answer = await about(solution, "cannot be read", io.read(solution));
  const read = () => io.read(question.file);
  const { kind } = question;
  const judged =
    kind === "roster"
      ? checkRoster(read, answer, question, io)
      : read().then((file) => judges[kind === "season" ? kind : "timetable"](file, answer));
  return about(question.file, "cannot be read", judged);
}

/** A plan that cannot be kept after all is not lost: it is printed. */
async function keep(path: string, text: string, io: SolvePorts): Promise<void> {
  try {
    await about(path, "cannot be written, so the plan is printed", io.write(path, text));
  } catch (cause) {
    io.out(text);
    throw cause;
  }
}

/** What goes wrong with a file is told with its name; `what` names it when the system refuses. */
async function about<Result>(path: string, what: string | null, work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (cause) {
    const isFiles = what !== null && cause instanceof Error && "code" in cause;
    if (isFiles) throw new Refusal(`${path}: ${what}: ${cause.message}`, { cause });
    if (cause instanceof Refusal) throw new Refusal(`${path}: ${cause.message}`, { cause });
    throw cause;
  }
}

/** What programs read: for a solution that was only judged, without how it was found. */
function answerOf(planned: Planned, question: Question, tookMs: number) {
  const { cost, isFeasible: feasible, infeasibility, byConstraint, steps, stopped } = planned;
  const judged = { cost, feasible, ...(infeasibility === undefined ? {} : { infeasibility }), byConstraint };
  if (question.check !== null) return judged;
  const seconds = Math.round(tookMs) / 1_000;
  return {
    ...judged,
    steps,
    stoppedEarly: stopped === "cancelled",
    movesPerSecond: Math.round(steps / Math.max(seconds, 0.001)),
    seconds,
    seed: question.seed,
  };
}
