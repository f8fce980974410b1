/** How often somebody to whom it happened was given a higher number than somebody to whom it did not; null without both. */
export type Auc = {
  readonly auc: number;
  /** For each row how it stands among those of the other kind, 0 to 1: what the spread of `auc` comes from (DeLong et al., 1988). */
  readonly placements: Float64Array;
  readonly positives: number;
};

/** The area under the ROC curve; ties count half. O(n log n). */
export function aucOf(scores: Float64Array, happened: Uint8Array): Auc | null {
  const count = scores.length;
  let positives = 0;
  for (let i = 0; i < count; i++) positives += happened[i]!;
  const negatives = count - positives;
  if (positives === 0 || negatives === 0) return null;
  const order = Int32Array.from({ length: count }, (_, i) => i).sort((a, b) => scores[a]! - scores[b]!);
  const placements = new Float64Array(count);
  let [auc, positivesBelow, negativesBelow] = [0, 0, 0];
  for (let from = 0; from < count;) {
    let to = from;
    let positivesHere = 0;
    while (to < count && scores[order[to]!] === scores[order[from]!]) positivesHere += happened[order[to++]!]!;
    const negativesHere = to - from - positivesHere;
    for (let k = from; k < to; k++) {
      const row = order[k]!;
      const placement =
        happened[row] === 1
          ? (negativesBelow + negativesHere / 2) / negatives
          : 1 - (positivesBelow + positivesHere / 2) / positives;
      placements[row] = placement;
      if (happened[row] === 1) auc += placement / positives;
    }
    positivesBelow += positivesHere;
    negativesBelow += negativesHere;
    from = to;
  }
  return { auc, placements, positives };
}

/**
 * How much each row adds to `a.auc − b.auc`, or to `a.auc` alone. The root of the sum of their squares is the standard error
 * (DeLong et al., 1988); those of several outputs are added row by row first, since outputs of one row go together. O(n).
 */
export function aucInfluence(happened: Uint8Array, a: Auc, b?: Auc): Float64Array {
  const gain = a.auc - (b?.auc ?? 0);
  const negatives = happened.length - a.positives;
  return Float64Array.from(happened, (is, row) => {
    const placement = a.placements[row]! - (b?.placements[row] ?? 0);
    return (placement - gain) / (is === 1 ? a.positives : negatives);
  });
}
