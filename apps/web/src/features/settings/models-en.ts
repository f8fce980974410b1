import type { Formats } from "../../messages/format.ts";

/** A share with three decimals, as the reader writes them. */
export function decimals(value: number | null, format: Formats): string {
  if (value === null) return "–";
  const point = format.number(0.5).slice(1, 2);
  const thousandths = Math.round(value * 1_000);
  return `${format.number(Math.floor(thousandths / 1_000))}${point}${String(thousandths % 1_000).padStart(3, "0")}`;
}

/** The words of what is learned from an organisation's history. They come with its section. */
export const en = (format: Formats) => ({
  title: "From the organisation’s history",
  intro:
    "What becomes of what is planned: moved, cancelled, declined, or meeting a conflict. It is learned from what was, by nobody’s name. It warns; it decides nothing.",
  madeUp:
    "This is a demo: its history is made up by a stated random process, so the report can show the best that anybody could do beside what was reached. A trial is watched on made-up weeks, too.",
  off: "Nothing is learned from history. It begins once your people have agreed.",
  offForOthers: "Nothing is learned from history. Administrators can begin once the people here have agreed.",
  allow: "Allow learning…",
  allowTitle: "To what did your people agree?",
  allowSubmit: "Allow learning",
  changeWords: "Change the words…",
  changeTitle: "To what did your people agree instead?",
  changeSubmit: "Save",
  changeHint:
    "What was read under other words is not learned from any more. What is new is read again, for the last 29 days.",
  consent: "Who agreed to what, and when",
  consentHint: "For example: All staff agreed on 12 January to the learning of move and cancellation habits.",
  consentNeeded: "Nothing is learned from people who did not agree.",
  optOut: "Who switches learning off above is left out, and what was read of them is deleted.",
  agreed: (consent: string) => `Agreed: “${consent}”`,
  stop: "Stop learning",
  said: { on: "History is learned from", off: "History is not learned from", words: "The words are changed" },
  history: "History",
  count: (rows: number, people: number) =>
    `${format.plural(rows, { one: "# commitment", other: "# commitments" })} of ${format.plural(people, { one: "# person", other: "# people" })} can be learned from.`,
  few: (usable: number, needed: number) =>
    `Not enough history yet: ${format.number(usable)} of ${format.number(needed)} commitments. Until then there is no model, and nothing is foretold.`,
  fewHint: (rows: number) =>
    `${format.plural(rows, { one: "# was", other: "# were" })} read so far; people count from 100 on. The last 29 days are read at once, what follows each day.`,
  madeUpCount: (rows: number) =>
    `${format.plural(rows, { one: "# made-up commitment", other: "# made-up commitments" })}.`,
  progress: "How much history there is",
  download: "Download the history",
  downloadHint: "Lines without names or titles, for hourwright model train.",
  train: "Train a model",
  weekly: "It is trained anew each week by itself.",
  training: (part: number) => `A model is being trained: ${format.percent(part)}`,
  waiting: "A training waits for its turn.",
  cancel: "Cancel the training",
  trainingSaid: { started: "Training has begun", cancelled: "The training is cancelled" },
  cancelled: "The last training was cancelled.",
  failed: (sentence: string) => `The last training came to nothing: ${sentence}`,
  foretelling: {
    off: "Nothing is foretold: no model has been let through and promoted.",
    canary: (version: number) =>
      `Model ${version} is tried on 5 % of people, always the same ones; for all others nothing is foretold.`,
    serving: (version: number) => `Model ${version} foretells for everybody.`,
    both: (serving: number, canary: number) =>
      `Model ${serving} foretells for everybody; model ${canary} is tried on 5 % of people.`,
    coming: (count: number) =>
      format.plural(count, {
        one: "Something is foretold of # coming commitment.",
        other: "Something is foretold of # coming commitments.",
      }),
  },
  versions: "Models",
  none: "There is no model yet. Train one: whether it may be tried, the weeks it has not seen decide.",
  noneForOthers: "There is no model yet.",
  model: (version: number) => `Model ${version}`,
  states: {
    refused: "stays off",
    candidate: "may be tried",
    canary: "tried on 5 %",
    serving: "serves everybody",
    retired: "put away",
    "rolled back": "taken back",
  },
  brief: (auc: number | null, baseline: number | null) =>
    `AUC ${decimals(auc, format)}, plain ${decimals(baseline, format)}`,
  from: (day: string, rows: number) =>
    `${day} · ${format.plural(rows, { one: "# commitment", other: "# commitments" })}`,
  watched: (count: number, needed: number) =>
    `${format.number(Math.min(count, needed))} of ${format.number(needed)} outcomes seen before it may serve everybody`,
  try: "Try on 5 %",
  serve: "Let it serve",
  rollBack: "Take back",
  retire: "Put away",
  remove: "Delete",
  of: (deed: string, version: number) => `${deed}: model ${version}`,
  removeTitle: (version: number) => `Delete model ${version}?`,
  removeSentence: "The model goes with its card and its measures. This cannot be undone.",
  details: "Card and measures",
  measures: "On weeks that it had not seen",
  heads: { of: "Measured", auc: "AUC", f1: "Macro-F1", calibration: "Off by", worst: "At worst" },
  measured: {
    model: "This model",
    rules: "Plain: rules",
    "logistic regression": "Plain: regression",
    limit: "The best possible",
  },
  number: (value: number | null) => decimals(value, format),
  limitHint: "The best possible is what somebody reaches who knows the random process: nobody can do better.",
  noLimit: "The best possible is not known: these are real people.",
  outputs: "By what becomes of it",
  outputHeads: { output: "Outcome", happened: "Happened", auc: "AUC", limit: "Possible", calibration: "Off by" },
  output: {
    no_conflict: "Takes place without a conflict",
    time_overlap: "Something else across it",
    travel_conflict: "The way is too long",
    capacity_overload: "Too much on that day",
    resource_conflict: "Room or thing taken",
    moved: "Moved",
    cancelled: "Cancelled",
    refused: "Declined by somebody",
    missed: "Somebody did not come",
  },
  card: "What it was learned from",
  cardRows: (rows: number, people: number, from: string, to: string) =>
    `${format.plural(rows, { one: "# commitment", other: "# commitments" })} of ${format.plural(people, { one: "# person", other: "# people" })}, ${from} to ${to}.`,
  cardLeft: (rows: number) =>
    `${format.plural(rows, { one: "# of people with few was", other: "# of people with few were" })} left out.`,
  judged: (fit: number, validation: number, heldOut: number) =>
    `Learned from ${format.number(fit)}, stopped by ${format.number(validation)}, judged on the last ${format.number(heldOut)}.`,
  schema: (version: number, hash: string) => `Features ${version}, ${hash}`,
  steps: "What became of it",
  forget: "Delete history and models…",
  forgetTitle: "Delete all that was learned from history?",
  forgetSentence:
    "The history, every model, and the key that named people go, and learning stops. This cannot be undone.",
  forgetSubmit: "Delete all",
  forgotten: "History and models are deleted",
});

export type ModelsWords = ReturnType<typeof en>;
