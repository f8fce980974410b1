import type { Constraint } from "./constraint.ts";
import { amounts } from "./amounts.ts";
import { gaps } from "./gaps.ts";
import { singles } from "./singles.ts";
import { pairs } from "./pairs.ts";

/** Every constraint there is. A new one is added to one of the four lists, with its two examples, and nowhere else. */
export const catalogue: readonly Constraint[] = [...pairs, ...gaps, ...amounts, ...singles];
