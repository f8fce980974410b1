import type { DataCard, Entry, Evaluation, Feature, Report } from "@hourwright/learn";

/** A report in lines: what it was learned from, then how well it did beside what it has to beat and what can be reached. */
export function reportText({ model, baselines, limit, rows }: Report, card: DataCard): string {
  const lines: (readonly [name: string, evaluation: Evaluation])[] = [
    ["model", model],
    ["rules", baselines.rules],
    ["logistic regression", baselines["logistic regression"]],
  ];
  if (limit !== null) lines.push(["limit of the process", limit]);
  const outputs = model.outputs.map(({ output, positives, auc, precision, recall, f1, reliability }, i) => [
    output,
    `${positives}`,
    number(auc),
    number(limit?.outputs[i]!.auc ?? null),
    number(precision),
    number(recall),
    number(f1),
    number(reliability.error),
  ]);
  return [
    cardText(card),
    `Learned from ${rows.fit}, stopped and calibrated by ${rows.validation}, judged on the last ${rows.heldOut}.`,
    "",
    table([
      ["on held-out weeks", "AUC", "macro-F1", "calibration error", "worst", "class accuracy"],
      ...lines.map(([name, each]) => [
        name,
        number(each.auc),
        number(each.f1),
        number(each.calibrationError),
        number(each.worstCalibrationError),
        number(each.classAccuracy),
      ]),
    ]),
    `The commonest class alone is right in ${number(model.commonestClass)}; chance alone leaves a calibration error of ${number(model.calibrationNoise)}.`,
    "",
    table([["output", "happened", "AUC", "limit", "precision", "recall", "F1", "calibration error"], ...outputs]),
  ].join("\n");
}

/** The models of a registry, a line each; a sentence when there are none. */
export function listText(entries: readonly Entry[]): string {
  if (entries.length === 0)
    return "There is no model: nothing is foretold until one was trained from a history and let through.";
  return table([
    ["model", "state", "since", "AUC", "baseline", "calibration error", "rows", "learned from"],
    ...entries.map(({ version, state, steps, summary, card }) => [
      `${version}`,
      state,
      steps.at(-1)!.at.slice(0, 10),
      number(summary.auc),
      number(summary.baselineAuc),
      number(summary.calibrationError),
      `${card.rows}`,
      `${card.isSimulated ? "simulated, " : ""}${card.from} to ${card.to}`,
    ]),
  ]);
}

/** The features that models see, a line each. */
export function featuresText(features: readonly Feature[]): string {
  return table([
    ["feature", "group", "unit", "bounds", "meaning"],
    ...features.map(({ name, group, unit, from, to, sentence }) => [name, group, unit, `${from} to ${to}`, sentence]),
  ]);
}

function cardText({ source, consent, rows, people, rowsLeftOut, from, to }: DataCard): string {
  const left = rowsLeftOut === 0 ? "" : ` (${rowsLeftOut} of people with few were left out)`;
  return `Source: ${source}\nConsent: ${consent}\n${rows} commitments of ${people} people${left}, ${from} to ${to}.`;
}

const number = (value: number | null): string => (value === null ? "–" : value.toFixed(3));

/** Columns by the widest cell: the first to the left, the rest too where they are words. */
function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
