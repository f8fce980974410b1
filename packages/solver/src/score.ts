/**
 * What a plan breaks, in whole points: hard before soft, less is better, (0, 0) breaks nothing. Soft points may be negative
 * (what is liked), hard ones never. Both stay below `POINTS_MAX` in size, so that sums of doubles are exact.
 */
export type Score = { readonly hard: number; readonly soft: number };

/** 2^40 points: eight thousand constraints of it still add up exactly. */
export const POINTS_MAX = 2 ** 40;

/** The points one unit of a constraint may weigh: a million units of the heaviest stay below `POINTS_MAX`. */
export const WEIGHT_MAX = 1_000_000;

/** Negative when `a` is better than `b`, 0 when they are equal. */
export const compareScores = (a: Score, b: Score): number => a.hard - b.hard || a.soft - b.soft;
