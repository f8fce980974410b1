import { defineProblems } from "../problem.ts";

export const addressProblems = defineProblems("addresses", {
  "too-many": {
    status: 409,
    title: "There are too many addresses",
    about: "A person has at most 100. Take away those that nobody follows any more.",
  },
});
