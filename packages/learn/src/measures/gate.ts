import { seededRandom, wholeBetween } from "@hourwright/std";
import { columnOf, type Examples } from "../examples.ts";
import { aucInfluence, aucOf } from "./auc.ts";
import type { Evaluation } from "./evaluate.ts";
import { isJudged } from "./evaluate.ts";

/** Whether a model may be tried on people, and every reason in a sentence. */
export type Verdict = { readonly isPassed: boolean; readonly reasons: readonly string[] };

/** What the gate compares: what each said about the held-out rows, and how each was measured. */
export type Candidate = { readonly said: Float64Array; readonly evaluation: Evaluation };

export const HELD_OUT_MIN = 500;
export const CALIBRATION_ERROR_MAX = 0.02;
/** No single output may be further off than this, however good the others are. */
export const WORST_CALIBRATION_ERROR_MAX = 0.04;
/** How many standard errors a difference must be above 0: chance alone passes once in a hundred times. */
const SURE = 2.33;
const RESAMPLES = 200;

/**
 * A model passes when on held-out weeks it knows more than chance, beats **each** plain baseline on AUC or on macro-F1 by more
 * than chance would, and its probabilities are true within 0.02 in the mean and 0.04 for each output [LN7].
 */
export function judge(model: Candidate, baselines: Readonly<Record<string, Candidate>>, heldOut: Examples): Verdict {
  const { auc, calibrationError, worstCalibrationError } = model.evaluation;
  if (heldOut.count < HELD_OUT_MIN)
    return refused(`${heldOut.count} held-out commitments are too few to judge by; ${HELD_OUT_MIN} are needed.`);
  if (auc === null || calibrationError === null || worstCalibrationError === null)
    return refused("Nothing happened often enough in the held-out weeks to judge by.");
  const judged = model.evaluation.outputs.flatMap((each, i) => (isJudged(each) ? [i] : []));
  const reasons: string[] = [];
  const knows = aucGain(model.said, null, heldOut, judged);
  if (knows.gain <= SURE * knows.error)
    reasons.push(`It knows no more than chance: AUC ${text(auc)} ± ${text(knows.error)}, where chance is 0.500.`);
  for (const [name, baseline] of Object.entries(baselines)) {
    const area = aucGain(model.said, baseline.said, heldOut, judged);
    const f1 = f1Gain(model, baseline, heldOut, judged);
    if (area.gain > SURE * area.error || f1.gain > SURE * f1.error) continue;
    reasons.push(
      `It does not beat ${name}: AUC ${signed(area.gain)} (chance alone: ± ${text(SURE * area.error)}), ` +
        `macro-F1 ${signed(f1.gain)} (± ${text(SURE * f1.error)}).`,
    );
  }
  if (calibrationError > CALIBRATION_ERROR_MAX)
    reasons.push(
      `Its calibration error is ${text(calibrationError)}; at most ${CALIBRATION_ERROR_MAX} is let through.`,
    );
  if (worstCalibrationError > WORST_CALIBRATION_ERROR_MAX)
    reasons.push(
      `Its worst calibration error is ${text(worstCalibrationError)}; at most ${WORST_CALIBRATION_ERROR_MAX} is let through.`,
    );
  if (reasons.length > 0) return { isPassed: false, reasons };
  const others = Object.keys(baselines).join(" and ");
  return { isPassed: true, reasons: [`It beats ${others} on held-out weeks, and means what it says.`] };
}

const refused = (reason: string): Verdict => ({ isPassed: false, reasons: [reason] });

type Gain = { readonly gain: number; readonly error: number };

/** The mean gain of AUC over the judged outputs, over another or over chance. */
function aucGain(
  said: Float64Array,
  other: Float64Array | null,
  { count, outcomes }: Examples,
  judged: readonly number[],
): Gain {
  const influence = new Float64Array(count);
  let gain = 0;
  for (const i of judged) {
    const happened = columnOf(outcomes, i);
    const own = aucOf(columnOf(said, i), happened)!;
    const theirs = other === null ? undefined : aucOf(columnOf(other, i), happened)!;
    gain += (own.auc - (theirs?.auc ?? 0.5)) / judged.length;
    for (const [row, each] of aucInfluence(happened, own, theirs).entries()) influence[row]! += each / judged.length;
  }
  return { gain, error: Math.sqrt(influence.reduce((sum, each) => sum + each ** 2, 0)) };
}

/** The gain of macro-F1 and its spread over resampled rows (bootstrap, always the same resamples). */
function f1Gain(model: Candidate, other: Candidate, heldOut: Examples, judged: readonly number[]): Gain {
  const random = seededRandom(1);
  const codes = judged.map((i) => codesOf(model, other, heldOut, i));
  const all = Int32Array.from({ length: heldOut.count }, (_, row) => row);
  const gains = Array.from({ length: RESAMPLES }, () => {
    const rows = all.map(() => wholeBetween(random, 0, heldOut.count - 1));
    return meanGain(codes, rows);
  });
  const mean = gains.reduce((sum, gain) => sum + gain, 0) / RESAMPLES;
  const variance = gains.reduce((sum, gain) => sum + (gain - mean) ** 2, 0) / (RESAMPLES - 1);
  return { gain: meanGain(codes, all), error: Math.sqrt(variance) };
}

/** Per row three bits: it happened, the model said so, the other said so. */
function codesOf(model: Candidate, other: Candidate, { outcomes }: Examples, output: number): Uint8Array {
  const happened = columnOf(outcomes, output);
  const [own, theirs] = [columnOf(model.said, output), columnOf(other.said, output)];
  const [ownFrom, theirsFrom] = [
    model.evaluation.outputs[output]!.threshold,
    other.evaluation.outputs[output]!.threshold,
  ];
  return happened.map((is, row) => is + (own[row]! >= ownFrom ? 2 : 0) + (theirs[row]! >= theirsFrom ? 4 : 0));
}

function meanGain(codes: readonly Uint8Array[], rows: Int32Array): number {
  let gain = 0;
  for (const code of codes) {
    const counts = new Int32Array(8);
    for (const row of rows) counts[code[row]!]!++;
    gain += (f1Of(counts, 2) - f1Of(counts, 4)) / codes.length;
  }
  return gain;
}

function f1Of(counts: Int32Array, bit: number): number {
  let [hits, said, happened] = [0, 0, 0];
  for (let code = 0; code < counts.length; code++) {
    if ((code & 1) !== 0) happened += counts[code]!;
    if ((code & bit) !== 0) said += counts[code]!;
    if ((code & 1) !== 0 && (code & bit) !== 0) hits += counts[code]!;
  }
  return said + happened === 0 ? 0 : (2 * hits) / (said + happened);
}

const text = (value: number): string => value.toFixed(3);
const signed = (value: number): string => `${value < 0 ? "−" : "+"}${text(Math.abs(value))}`;
