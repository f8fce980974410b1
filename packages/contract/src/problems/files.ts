import { defineProblems } from "../problem.ts";

export const fileProblems = defineProblems("files", {
  line: {
    status: 422,
    title: "A line of the file is wrong",
    about: "It stands in the list of what is wrong with a file, by line. Nothing is taken in before it is mended.",
  },
});
