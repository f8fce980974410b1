import { scoreByRegression } from "./baseline/plain.ts";
import { scoreByRules } from "./baseline/rules.ts";
import { splitByWeeks, type Examples } from "./examples.ts";
import { chooseThresholds, evaluate, type Evaluation } from "./measures/evaluate.ts";
import { judge, type Candidate, type Verdict } from "./measures/gate.ts";
import { learnModel, predictRows, type Model } from "./model.ts";
import type { Training } from "./network/train.ts";
import { OUTPUT_COUNT } from "./outputs.ts";

/** How a model did beside what it has to beat, and, where the truth is known, beside the best that anybody could do. */
export type Report = {
  readonly model: Evaluation;
  readonly baselines: Readonly<Record<BaselineName, Evaluation>>;
  /** What who knows the true probabilities reaches: only of simulated histories. */
  readonly limit: Evaluation | null;
  readonly verdict: Verdict;
  readonly rows: { readonly fit: number; readonly validation: number; readonly heldOut: number };
};

export type BaselineName = "rules" | "logistic regression";

/** Learns a model from the first weeks and judges it on the last. `truth` (rows of 9) is what the process of a simulation knows; `tell` hears of each epoch. */
export function trainAndJudge(
  examples: Examples,
  training: Partial<Training> = {},
  truth: Float64Array | null = null,
  tell?: (epochs: number) => void,
): { readonly model: Model; readonly epochs: number; readonly bestEpoch: number; readonly report: Report } {
  const { fit, validation } = splitByWeeks(examples);
  const learned = learnModel(fit, validation, training, tell);
  return { ...learned, report: judgeModel(learned.model, examples, truth) };
}

/** Judges a model on the last weeks of a history; the baselines learn from the weeks before. */
export function judgeModel(model: Model, examples: Examples, truth: Float64Array | null = null): Report {
  const { fit, validation, heldOut } = splitByWeeks(examples);
  const candidate = candidateOf((rows) => predictRows(model, rows.features), validation, heldOut);
  const baselines = {
    rules: candidateOf((rows) => scoreByRules(rows.features), validation, heldOut),
    "logistic regression": candidateOf((rows) => scoreByRegression(fit, rows), validation, heldOut),
  };
  const { rules, "logistic regression": regression } = baselines;
  return {
    model: candidate.evaluation,
    baselines: { rules: rules.evaluation, "logistic regression": regression.evaluation },
    limit: truth === null ? null : limitOf(truth, { validation, heldOut }),
    verdict: judge(candidate, baselines, heldOut),
    rows: { fit: fit.count, validation: validation.count, heldOut: heldOut.count },
  };
}

function candidateOf(say: (rows: Examples) => Float64Array, validation: Examples, heldOut: Examples): Candidate {
  const said = say(heldOut);
  return { said, evaluation: evaluate(said, heldOut, chooseThresholds(say(validation), validation)) };
}

function limitOf(
  truth: Float64Array,
  { validation, heldOut }: { validation: Examples; heldOut: Examples },
): Evaluation {
  const from = truth.length - heldOut.count * OUTPUT_COUNT;
  const thresholds = chooseThresholds(truth.subarray(from - validation.count * OUTPUT_COUNT, from), validation);
  return evaluate(truth.subarray(from), heldOut, thresholds);
}
