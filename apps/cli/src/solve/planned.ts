import {
  disagreementSentence,
  stepBudget,
  timeBudget,
  type Budget,
  type Disagreement,
  type Slice,
  type Stopped,
} from "@hourwright/solver";
import type { CommandPorts } from "../expand.ts";
import type { Question } from "./arguments.ts";

/** Somebody wants the best so far: `status` is how the command ends then. */
export type Stop = Disposable & { readonly aborted: boolean; readonly status: number };

export type SolvePorts = CommandPorts & {
  write(path: string, text: string): Promise<void>;
  /** Throws when that could not be written; changes nothing. */
  checkWritable(path: string): Promise<void>;
  nowMs(): number;
  /** Listens for Ctrl-C until it is disposed of. */
  openStop(): Stop;
  /** Lets others have a turn: Ctrl-C is heard. */
  turn(): Promise<void>;
  /** Whether somebody watches: what is printed holds no control characters then, and progress is shown. */
  readonly isTerminal: { readonly out: boolean; readonly err: boolean };
};

/** How a search is run: by what seed, for how long, heard by whom. */
export type Run = {
  readonly question: Question;
  readonly budget: Budget;
  readonly stop: Stop;
  readonly io: SolvePorts;
};

/** A plan as it is shown: its text, what it costs in a sentence, in sum and by constraint, and whether it keeps what must be kept. */
export type Planned = {
  readonly text: string;
  readonly summary: string;
  readonly cost: number;
  /** How much is broken of what must be kept, where the format wants that said. */
  readonly infeasibility?: number;
  readonly byConstraint: Readonly<Record<string, number>>;
  readonly isFeasible: boolean;
  readonly steps: number;
  readonly stopped: Stopped;
};

/** What a file can be refused for, as a sentence; thrown by the readers of this folder and caught in `solve`. */
export class Refusal extends Error {}

/** Steps when they were asked for, else seconds of the clock on the wall, from now on. */
export const budgetOf = ({ steps, seconds }: Question, io: SolvePorts): Budget =>
  steps === null ? timeBudget(seconds * 1_000, () => io.nowMs()) : stepBudget(steps);

/** Ctrl-C is heard after so long at most, beside a slice. */
const TURN_MS = 20;
const SHOW_MS = 500;

/** Runs a search to its end, slice by slice, with a turn for others in between; shows how far it is to whoever watches. */
export async function watched<Result extends { readonly disagreements: readonly Disagreement[] }>(
  slices: Generator<Slice, Result>,
  io: SolvePorts,
): Promise<Result> {
  let turnedMs = io.nowMs();
  let shownMs = turnedMs;
  let slice = slices.next();
  for (; slice.done !== true; slice = slices.next()) {
    const nowMs = io.nowMs();
    if (nowMs - turnedMs >= TURN_MS) {
      await io.turn();
      turnedMs = nowMs;
    }
    if (io.isTerminal.err && nowMs - shownMs >= SHOW_MS) {
      io.err(`${CLEARED}${progressText(slice.value)}`);
      shownMs = nowMs;
    }
  }
  if (io.isTerminal.err) io.err(CLEARED);
  for (const each of slice.value.disagreements) io.err(`${disagreementSentence(each)}\n`);
  return slice.value;
}

/** Back to the beginning of the line, which is emptied. */
const CLEARED = "\r\u001B[K";

const progressText = ({ steps, spent, best }: Slice): string =>
  `${Math.floor(spent * 100)} %, ${steps} steps: ${best.hard} hard, ${best.soft} soft points`;

/** What a stopped run adds to its summary. */
export const stoppedText = (stopped: Stopped): string => (stopped === "cancelled" ? ", stopped early" : "");

/** Text of a file, without what a terminal would obey. */
export const visible = (text: string): string => text.replaceAll(/[^\P{Cc}\n\t]|\p{Bidi_Control}/gu, "\uFFFD");
