import { defineProblems } from "../problem.ts";

export const jobProblems = defineProblems("jobs", {
  "not-waiting": {
    status: 409,
    title: "The job is not waiting for you",
    about: "Only a preview that has been prepared can be accepted, and only once.",
  },
  "already-done": {
    status: 409,
    title: "The job has already ended",
    about: "A job that is done cannot be cancelled. What it did can be undone.",
  },
});
