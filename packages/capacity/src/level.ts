/** How loaded a day is, in the order of how much attention it asks for. */
export const LEVELS = ["open", "steady", "full", "over"] as const;
export type Level = (typeof LEVELS)[number];

/** From which part of the open time each level begins; `open` begins at 0. */
export type Thresholds = { readonly steady: number; readonly full: number; readonly over: number };

export const THRESHOLDS: Thresholds = { steady: 0.65, full: 0.8, over: 0.95 };

/** The level of a load, a part of the open time from 0 to 1 [CP5]. */
export function levelOf(part: number, { steady, full, over }: Thresholds = THRESHOLDS): Level {
  if (part >= over) return "over";
  if (part >= full) return "full";
  return part >= steady ? "steady" : "open";
}
