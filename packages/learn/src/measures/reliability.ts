/** What was said and what came of it, among rows that were told about the same. */
export type ReliabilityBin = { readonly count: number; readonly said: number; readonly happened: number };

/** Calibration of one output: the table, its error, and the error that even the true probabilities would be expected to show. */
export type Reliability = { readonly bins: readonly ReliabilityBin[]; readonly error: number; readonly noise: number };

const BINS = 10;

/**
 * Expected calibration error: rows sorted by what was said, cut into ten of the same size; the mean distance between what
 * was said and how often it happened. `noise` is what chance alone leaves at this number of rows. O(n log n).
 */
export function reliabilityOf(said: Float64Array, happened: Uint8Array): Reliability {
  const count = said.length;
  // Among the same numbers the order is that of the rows: known beforehand, and blind to what happened.
  const order = Int32Array.from({ length: count }, (_, i) => i).sort((a, b) => said[a]! - said[b]! || a - b);
  const bins: ReliabilityBin[] = [];
  let [error, noise] = [0, 0];
  for (let bin = 0; bin < BINS; bin++) {
    const rows = order.subarray(Math.floor((bin * count) / BINS), Math.floor(((bin + 1) * count) / BINS));
    if (rows.length === 0) continue;
    const mean = (column: Float64Array | Uint8Array) => rows.reduce((sum, row) => sum + column[row]!, 0) / rows.length;
    const each = { count: rows.length, said: mean(said), happened: mean(happened) };
    const spread = Math.sqrt((each.said * (1 - each.said)) / each.count);
    bins.push(each);
    error += (each.count / count) * Math.abs(each.said - each.happened);
    noise += (each.count / count) * spread * Math.sqrt(2 / Math.PI);
  }
  return { bins, error, noise };
}
