export {
  ANSWERS_KEPT_MAX,
  chanceOf,
  ENOUGH_ANSWERS,
  FEW_ANSWERS,
  learnConfidence,
  type Answered,
  type Chance,
  type Confidence,
} from "./acceptance/confidence.ts";
export {
  DEEDS,
  hourScoreOf,
  hourScores,
  likedStretches,
  NO_HOURS,
  noteHour,
  QUARTERS,
  takeBackHour,
  type Deed,
  type HourSeen,
  type PreferredHours,
  type Stretch,
} from "./acceptance/hours.ts";
export { COSTS, costsOf, type Cost, type Costs, type Offered } from "./acceptance/offer.ts";
export { rankOffers, type Offer, type Ranked } from "./acceptance/rank.ts";
export {
  costUnder,
  explainWeights,
  FACTOR_MAX,
  FACTOR_MIN,
  learnAnswer,
  newWeights,
  resetWeights,
  STEP_MAX,
  weightOf,
  type Amounts,
  type Answer,
  type Weights,
} from "./acceptance/weights.ts";
export { collect, ROWS_A_PERSON_MIN, ROWS_MIN, truthOf, WEEKS_MIN, type Collected, type DataCard } from "./card.ts";
export { EXAMPLES_MAX, rowsOf, splitByWeeks, withShuffledOutcomes, type Examples, type Parts } from "./examples.ts";
export { PLACES, TYPES, type Commitment, type CommitmentType, type Place, type Share } from "./features/commitment.ts";
export { FEATURES, type Feature, type FeatureGroup } from "./features/features.ts";
export { FEATURE_COUNT, SCHEMA, vectorOf, type Schema } from "./features/vector.ts";
export { HISTORY_FORMAT, parseHistory, printHistory, type History, type HistoryRow } from "./history.ts";
export { evaluate, type Evaluation, type Measured } from "./measures/evaluate.ts";
export { CALIBRATION_ERROR_MAX, HELD_OUT_MIN, WORST_CALIBRATION_ERROR_MAX, type Verdict } from "./measures/gate.ts";
export { reliabilityOf, type Reliability, type ReliabilityBin } from "./measures/reliability.ts";
export { learnModel, predict, predictRows, type Learned, type Model } from "./model.ts";
export { TRAINING, type Training } from "./network/train.ts";
export {
  CLASSES,
  LABELS,
  OUTPUTS,
  OUTPUT_COUNT,
  type ConflictClass,
  type Label,
  type Outcome,
  type Output,
  type Prediction,
} from "./outputs.ts";
export { judgeModel, trainAndJudge, type BaselineName, type Report } from "./report.ts";
export { simulateHistory, SIMULATED_ROWS_MAX, type Simulated } from "./simulate.ts";
export { MODEL_CHARACTERS_MAX, parseModel, printModel } from "./stored.ts";
export { decide, type Command, type Decision } from "./registry/decide.ts";
export { addCommandOf, watchOver } from "./registry/entry.ts";
export {
  alarmsOf,
  newWatch,
  noteAnswer,
  noteOutcome,
  watchedCount,
  WATCHED_MIN,
  type Seen,
  type Watch,
} from "./registry/monitor.ts";
export {
  CANARY_PART,
  EMPTY_REGISTRY,
  entryIn,
  entryOf,
  MODEL_STATES,
  versionFor,
  type Entry,
  type ModelState,
  type Registry,
  type Step,
  type Summary,
} from "./registry/registry.ts";
export { parseRegistry, printRegistry } from "./registry/text.ts";
