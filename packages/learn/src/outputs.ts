/**
 * What a commitment meets first between the moment of asking and its start. The five classes of the first specification,
 * read as a forecast: whether two things overlap *now* is computed and never asked of a model.
 */
export const CLASSES = [
  "no_conflict",
  "time_overlap",
  "travel_conflict",
  "capacity_overload",
  "resource_conflict",
] as const;
export type ConflictClass = (typeof CLASSES)[number];

/** What becomes of a commitment; any of them, together or none. */
export const LABELS = ["moved", "cancelled", "refused", "missed"] as const;
export type Label = (typeof LABELS)[number];

/** What a model answers, in order: five classes that add up to 1, then four labels of which each stands alone. */
export const OUTPUTS = [...CLASSES, ...LABELS] as const;
export type Output = (typeof OUTPUTS)[number];

export const CLASS_COUNT = CLASSES.length;
export const OUTPUT_COUNT = OUTPUTS.length;

/** What became of a commitment that is over. `refused`: somebody who was asked declined. `missed`: somebody expected did not come. */
export type Outcome = { readonly conflict: ConflictClass } & Readonly<Record<Label, boolean>>;

/** A probability for each output. */
export type Prediction = Readonly<Record<Output, number>>;
