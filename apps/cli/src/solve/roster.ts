import { planRows } from "@hourwright/solver/rostering";
import { Refusal, stoppedText, watched, type Planned, type Run } from "./planned.ts";
import { curtoisFamily } from "./roster-curtois.ts";
import { inrc1Family } from "./roster-inrc1.ts";
import type { RosterFile } from "./roster-file.ts";

/** Rosters of the public benchmarks; which of their formats a file has, is told from its beginning. */
export async function solveRoster(file: Uint8Array, run: Run): Promise<Planned> {
  const roster = rosterIn(file);
  const { question, budget, stop, io } = run;
  const found = await watched(planRows(roster.instance, { seed: question.seed, budget, signal: stop }), io);
  return planned(roster, found.values, found.steps, found.stopped);
}

/** Judges rows that somebody has found. */
export function checkRoster(file: Uint8Array, solution: Uint8Array): Planned {
  const roster = rosterIn(file);
  const { read: values, refused } = roster.read(new TextDecoder().decode(solution));
  if (values === undefined) throw new Refusal(`the solution, ${refused}`);
  return planned(roster, values, 0, "enough");
}

function rosterIn(file: Uint8Array): RosterFile {
  const text = new TextDecoder().decode(file);
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
