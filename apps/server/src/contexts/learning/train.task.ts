import {
  addCommandOf,
  collect,
  parseHistory,
  printModel,
  simulateHistory,
  trainAndJudge,
  truthOf,
  watchOver,
  type Collected,
  type Command,
  type Model,
  type Report,
  type Watch,
} from "@hourwright/learn";
import { linesOf } from "./lines.ts";

// Training on a thread of its own: minutes of work that nobody else may wait for.

export type TrainInput = {
  readonly history: { readonly text: string } | { readonly seed: number; readonly rows: number };
  readonly seed: number;
};

export type Trained = {
  readonly bytes: string;
  readonly report: Report;
  readonly add: Extract<Command, { do: "add" }>;
  /** Of a made-up history: what is seen of it in other weeks of the same process, so that its trial has an end. Null of people who exist. */
  readonly trial: Watch | null;
};

/** Tells how many epochs are done. `refused` is a sentence: too little history, or nothing that can be learned from. */
export async function* trainTask(
  { history, seed }: TrainInput,
  tell: (epochs: number) => void,
): AsyncGenerator<never, Trained | { readonly refused: string }> {
  const found = collectedFrom(history);
  if ("refused" in found) return found;
  const { examples, card, truth } = found;
  const { model, report } = trainAndJudge(examples, { seed }, truth, tell);
  const add = addCommandOf(model, examples, card, report) as Trained["add"];
  return { bytes: printModel(model), report, add, trial: "text" in history ? null : trialOf(model, history) };
}

/** Commitments of other weeks: four labels each. */
const TRIAL_ROWS = 1_500;

function trialOf(model: Model, { seed }: { readonly seed: number }): Watch | null {
  const found = collect(simulateHistory(seed + 1_000, TRIAL_ROWS).history);
  return "refused" in found ? null : watchOver(model, 0, found.examples);
}

function collectedFrom(
  history: TrainInput["history"],
): (Collected & { readonly truth: Float64Array | null }) | { readonly refused: string } {
  if ("text" in history) {
    const parsed = parseHistory(history.text);
    if ("refused" in parsed) return parsed;
    const found = collect(parsed);
    return "refused" in found ? found : { ...found, truth: null };
  }
  const { history: madeUp, truth } = simulateHistory(history.seed, history.rows);
  const found = collect(madeUp);
  return "refused" in found ? found : { ...found, truth: truthOf(truth, found) };
}

/** Lines handed out at once. */
const PART = 500;

/** A made-up history as the file that the command line reads, part by part. */
export async function* madeUpTask({
  seed,
  rows,
}: {
  readonly seed: number;
  readonly rows: number;
}): AsyncGenerator<string, null> {
  const { history } = simulateHistory(seed, rows);
  for (let from = 0; from < history.rows.length; from += PART)
    yield linesOf({ ...history, rows: history.rows.slice(from, from + PART) });
  return null;
}
