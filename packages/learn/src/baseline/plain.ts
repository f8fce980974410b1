import { FEATURE_COUNT } from "../features/vector.ts";
import { columnOf, type Examples } from "../examples.ts";
import { logistic } from "../network/network.ts";
import { centred, centreOf } from "../network/train.ts";
import { OUTPUT_COUNT } from "../outputs.ts";
import { fitLogistic, logitOf } from "./logistic-regression.ts";

/** As strong as five rows' worth of doubt for each weight. */
const PENALTY = 5;

/** One logistic regression for each output, learned from `fit`: what each says about the rows of `asked`, in rows of 9. */
export function scoreByRegression(fit: Examples, asked: Examples): Float64Array {
  const centre = centreOf(fit);
  const [features, others] = [centred(fit.features, centre), centred(asked.features, centre)];
  const scores = new Float64Array(asked.count * OUTPUT_COUNT);
  for (let output = 0; output < OUTPUT_COUNT; output++) {
    const happened = columnOf(fit.outcomes, output);
    const regression = fitLogistic({ width: FEATURE_COUNT, features, happened }, PENALTY);
    for (let row = 0; row < asked.count; row++)
      scores[row * OUTPUT_COUNT + output] = logistic(logitOf(regression, others, row * FEATURE_COUNT));
  }
  return scores;
}
