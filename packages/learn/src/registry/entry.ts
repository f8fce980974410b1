import type { DataCard } from "../card.ts";
import { columnOf, splitByWeeks, type Examples } from "../examples.ts";
import { predictRows, type Model } from "../model.ts";
import { CLASS_COUNT, LABELS } from "../outputs.ts";
import type { Report } from "../report.ts";
import type { Command } from "./decide.ts";
import { newWatch, noteOutcome, stepOf, type Watch } from "./monitor.ts";

/** What the registry keeps of a model that was learned and judged: the command that adds it. */
export function addCommandOf(model: Model, examples: Examples, card: DataCard, report: Report): Command {
  const scores = Array.from({ length: 10 }, () => 0);
  const said = predictRows(model, splitByWeeks(examples).heldOut.features);
  for (const i of LABELS.keys()) for (const p of columnOf(said, CLASS_COUNT + i)) scores[stepOf(p)]!++;
  const { model: own, baselines, limit, verdict } = report;
  const summary = {
    auc: own.auc,
    f1: own.f1,
    calibrationError: own.calibrationError,
    baselineAuc: baselines["logistic regression"].auc,
    limitAuc: limit?.auc ?? null,
  };
  return { do: "add", model: { schema: model.schema, card, verdict, summary, scores } };
}

/** What would have been seen of a model over commitments that are over, label by label. O(rows × weights). */
export function watchOver(model: Model, version: number, examples: Examples): Watch {
  const said = predictRows(model, examples.features);
  let watch = newWatch(version);
  for (const i of LABELS.keys()) {
    const happened = columnOf(examples.outcomes, CLASS_COUNT + i);
    for (const [row, p] of columnOf(said, CLASS_COUNT + i).entries())
      watch = noteOutcome(watch, p, happened[row] === 1);
  }
  return watch;
}
