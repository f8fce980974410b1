import { undoProblems } from "../problems/undo.ts";
import { refuserOf } from "../says.ts";

type Name = { readonly name: string };

/** What a refusal of an undo says to do, by its reason. */
export const undoSays = {
  nothing: {
    "too-much": () => "It changed too much to be undone in one step.",
    "no-way-back": () => "What it changed cannot be taken back.",
    unchanged: () => "Nothing was changed by this request.",
    unknown: () => "Nothing was changed by a request of yours with this id.",
    old: ({ days }: { readonly days: number }) => `What it changed is no longer kept; ${days} days are the limit.`,
  },
  "changed-since": {
    raced: () => "Somebody has just changed it; undoing would lose that change.",
    changed: ({ name }: Name) => `${name} changed it afterwards; undoing would lose that change.`,
  },
  "not-yours": {
    author: ({ name }: Name) => `${name} made it, and may undo it.`,
  },
} as const;

/** Refuses to undo for a reason. */
export const refuseUndo = refuserOf(undoProblems, undoSays);
