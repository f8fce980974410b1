import { defineProblems } from "../problem.ts";

export const bundleProblems = defineProblems("bundles", {
  "not-possible": {
    status: 422,
    title: "This cannot be done with others",
    about: "A call names no operation, or one that may not be part of a bundle. `index` says which, counted from 0.",
  },
  refused: {
    status: 409,
    title: "One of them was refused, and none was done",
    about:
      "All were asked for or none. `index` says which was refused, counted from 0; `problem` why, as if it had been asked alone.",
  },
});
