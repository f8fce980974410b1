import { planRows } from "@hourwright/solver/rostering";
import type { Question } from "./arguments.ts";
import { Refusal, stoppedText, watched, type Planned, type Run, type SolvePorts } from "./planned.ts";
import { curtoisFamily } from "./roster-curtois.ts";
import { inrc1Family } from "./roster-inrc1.ts";
import { inrc2Family } from "./roster-inrc2.ts";
import type { RosterFile } from "./roster-file.ts";

/** Rosters of the public benchmarks; which of their formats a file has, is told from its beginning, and a folder is one of weeks. */
export async function solveRoster(read: () => Promise<Uint8Array>, run: Run): Promise<Planned> {
  const { question, budget, stop, io } = run;
  const roster = await rosterOf(read, question, io);
  const found = await watched(planRows(roster.instance, { seed: question.seed, budget, signal: stop }), io);
  return planned(roster, found.values, found.steps, found.stopped);
}

/** Judges rows that somebody has found. */
export async function checkRoster(
  read: () => Promise<Uint8Array>,
  solution: Uint8Array,
  question: Question,
  io: SolvePorts,
): Promise<Planned> {
  const roster = await rosterOf(read, question, io);
  const { read: values, refused } = roster.read(new TextDecoder().decode(solution));
  if (values === undefined) throw new Refusal(`the solution, ${refused}`);
  return planned(roster, values, 0, "enough");
}

async function rosterOf(read: () => Promise<Uint8Array>, question: Question, io: SolvePorts): Promise<RosterFile> {
  if (question.history !== null || question.weeks !== null) return inrc2Family(question.file, question, io);
  try {
    return rosterIn(new TextDecoder().decode(await read()));
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "EISDIR") return inrc2Family(question.file, question, io);
    throw cause;
  }
}

function rosterIn(text: string): RosterFile {
  if (text.startsWith("version https://git-lfs"))
    throw new Refusal("line 1: this only points to a file of Git LFS; fetch the file itself.");
  return /^\uFEFF?\s*</.test(text) ? inrc1Family(text) : curtoisFamily(text);
}

function planned(roster: RosterFile, values: Uint8Array, steps: number, stopped: Planned["stopped"]): Planned {
  const { soft, hard } = roster.score(values);
  const sum = (costs: Readonly<Record<string, number>>) =>
    Object.values(costs).reduce((total, cost) => total + cost, 0);
  const [cost, broken] = [sum(soft), sum(hard)];
  const parts = Object.entries({ ...hard, ...soft })
    .filter(([, points]) => points > 0)
    .map(([name, points]) => `${name} ${points}`);
  const after = steps > 0 ? ` after ${steps} steps` : "";
  const details = parts.length > 0 ? ` (${parts.join(", ")})` : "";
  return {
    text: roster.print(values),
    summary: `${roster.name}: ${broken === 0 ? "all hard rules kept" : "hard rules broken"}, ${cost} points${details}${after}${stoppedText(stopped)}.`,
    cost,
    byConstraint: { ...hard, ...soft },
    isFeasible: broken === 0,
    steps,
    stopped,
  };
}
