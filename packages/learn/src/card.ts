import type { Examples } from "./examples.ts";
import { EXAMPLES_MAX, splitByWeeks } from "./examples.ts";
import { FEATURE_COUNT, vectorOf } from "./features/vector.ts";
import type { History, HistoryRow } from "./history.ts";
import { CLASSES, LABELS, OUTPUT_COUNT, OUTPUTS, type Outcome, type Output } from "./outputs.ts";

/** What a model was learned from, kept with it for as long as there is the model. */
export type DataCard = {
  readonly source: string;
  readonly consent: string;
  readonly isSimulated: boolean;
  readonly rows: number;
  /** People by their pseudonyms, and rows of people with too few to be learned from. */
  readonly people: number;
  readonly rowsLeftOut: number;
  readonly from: string;
  readonly to: string;
  /** How often each outcome came about, 0 to 1. */
  readonly shares: Readonly<Record<Output, number>>;
};

/** What is learned from, its card, and for each row which of the history's rows it was. */
export type Collected = { readonly examples: Examples; readonly card: DataCard; readonly rows: Int32Array };

/** The true probabilities (rows of 9) of a made-up history, in the order of what was collected of it. */
export function truthOf(truth: Float64Array, { rows }: Pick<Collected, "rows">): Float64Array {
  const ordered = new Float64Array(rows.length * OUTPUT_COUNT);
  for (const [i, row] of rows.entries())
    ordered.set(truth.subarray(row * OUTPUT_COUNT, (row + 1) * OUTPUT_COUNT), i * OUTPUT_COUNT);
  return ordered;
}

/** The first specification asks for 100 samples a person: fewer would tell more of the person than of the habit. */
export const ROWS_A_PERSON_MIN = 100;
export const ROWS_MIN = 1_000;
export const WEEKS_MIN = 5;
/** What is learned from, stopped by and judged on has so many rows each. */
const PART_ROWS_MIN = 50;
const WEEK_MS = 7 * 86_400_000;

/** What of a history may be learned from, sorted by time; `refused` says in a sentence why nothing may be. O(n log n). */
export function collect(history: History): Collected | { readonly refused: string } {
  const { source, consent, isSimulated, rows } = history;
  if (rows.length === 0)
    return {
      refused: "No history, no model: there is nothing to learn from yet, and nothing is foretold until there is.",
    };
  if (rows.length > EXAMPLES_MAX) return { refused: `There are more than ${EXAMPLES_MAX} rows.` };
  if (consent.trim() === "")
    return { refused: "It does not say to what the people agreed: nothing is learned from them." };
  const counts = new Map<string, number>();
  for (const { who } of rows) counts.set(who, (counts.get(who) ?? 0) + 1);
  const kept = Int32Array.from(rows.keys().filter((i) => counts.get(rows[i]!.who)! >= ROWS_A_PERSON_MIN)).sort(
    (a, b) => rows[a]!.startMs - rows[b]!.startMs || a - b,
  );
  const people = [...counts.values()].filter((count) => count >= ROWS_A_PERSON_MIN).length;
  if (kept.length < ROWS_MIN)
    return {
      refused:
        `Too little history: ${kept.length} commitments of people with at least ${ROWS_A_PERSON_MIN}; ` +
        `${ROWS_MIN} are needed. Until then there is no model, and nothing is foretold.`,
    };
  const [first, last] = [rows[kept[0]!]!.startMs, rows[kept.at(-1)!]!.startMs];
  if (last - first < WEEKS_MIN * WEEK_MS)
    return {
      refused: `Too short a history: it spans less than ${WEEKS_MIN} weeks, and a model is judged on weeks it has not seen.`,
    };
  const examples = examplesOf(Array.from(kept, (i) => rows[i]!));
  const { fit, validation, heldOut } = splitByWeeks(examples);
  if (Math.min(fit.count, validation.count, heldOut.count) < PART_ROWS_MIN)
    return {
      refused:
        "Too uneven a history: nearly all of it lies in few weeks, and weeks to learn from, to stop by and to judge on are kept apart.",
    };
  const card: DataCard = {
    source,
    consent,
    isSimulated,
    rows: kept.length,
    people,
    rowsLeftOut: rows.length - kept.length,
    from: dayOf(first),
    to: dayOf(last),
    shares: sharesOf(examples),
  };
  return { examples, card, rows: kept };
}

const dayOf = (ms: number): string =>
  Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO("UTC").toPlainDate().toString();

function examplesOf(rows: readonly HistoryRow[]): Examples {
  const features = new Float64Array(rows.length * FEATURE_COUNT);
  const outcomes = new Uint8Array(rows.length * OUTPUT_COUNT);
  for (const [i, { commitment, outcome }] of rows.entries()) {
    features.set(vectorOf(commitment), i * FEATURE_COUNT);
    outcomes.set(columnsOf(outcome), i * OUTPUT_COUNT);
  }
  return { count: rows.length, features, outcomes, startMs: Float64Array.from(rows, ({ startMs }) => startMs) };
}

const columnsOf = (outcome: Outcome): number[] => [
  ...CLASSES.map((each) => (outcome.conflict === each ? 1 : 0)),
  ...LABELS.map((label) => (outcome[label] ? 1 : 0)),
];

function sharesOf({ count, outcomes }: Examples): DataCard["shares"] {
  const sums = new Float64Array(OUTPUT_COUNT);
  for (let k = 0; k < outcomes.length; k++) sums[k % OUTPUT_COUNT]! += outcomes[k]! / count;
  return Object.fromEntries(OUTPUTS.map((output, i) => [output, sums[i]!])) as DataCard["shares"];
}
