import { stepBudget, timeBudget, type Budget } from "@hourwright/solver";
import type { CommandPorts } from "../expand.ts";
import type { Question } from "./arguments.ts";

export type SolvePorts = CommandPorts & {
  write(path: string, text: string): Promise<void>;
  nowMs(): number;
};

/** A plan as it is shown: its text, what it costs in a sentence, in sum and by constraint, and whether it keeps what must be kept. */
export type Planned = {
  readonly text: string;
  readonly summary: string;
  readonly cost: number;
  readonly byConstraint: Readonly<Record<string, number>>;
  readonly isFeasible: boolean;
  readonly steps: number;
};

/** What a file can be refused for, as a sentence; thrown by the readers of this folder and caught in `solve`. */
export class Refusal extends Error {}

/** Steps when they were asked for, else seconds of the clock on the wall. */
export const budgetOf = ({ steps, seconds }: Question, io: SolvePorts): Budget =>
  steps === null ? timeBudget(seconds * 1_000, () => io.nowMs()) : stepBudget(steps);
