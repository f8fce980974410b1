import type { Constraint } from "./constraint.ts";
import { amounts } from "./amounts.ts";
import { gaps } from "./gaps.ts";
import { singles } from "./singles.ts";
import { pairs } from "./pairs.ts";
import { shares } from "./shares.ts";

/** Every constraint there is. A new one is added to one of the five lists, with its two examples, and nowhere else. */
export const catalogue: readonly Constraint[] = [...pairs, ...gaps, ...amounts, ...shares, ...singles];

/** Whether rules can be made of a constraint: for its scopes. */
export const isSettable = ({ scopes }: Pick<Constraint, "scopes">): boolean => scopes.length > 0;

const alone: ReadonlySet<Constraint> = new Set(singles);

/** Whether a constraint judges each taking by itself, wherever the others are: what it says of one may then be kept. */
export const judgesAlone = (constraint: Constraint): boolean => alone.has(constraint);
