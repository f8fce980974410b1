import { defineProblems } from "../problem.ts";

export const learningProblems = defineProblems("learning", {
  off: {
    status: 409,
    title: "Nothing is learned from history here",
    about: "It is off until an administrator writes down to what the people agreed, and switches it on.",
  },
  "too-little": {
    status: 409,
    title: "There is not enough history yet",
    about:
      "`detail` says how much there is and how much is needed. Until then there is no model, and nothing is foretold.",
  },
  running: {
    status: 409,
    title: "A model is being trained already",
    about: "One at a time. Wait for it, or cancel it: its job is told with the models.",
  },
  "model-refused": {
    status: 409,
    title: "That cannot be done with this model",
    about: "The gate, a monitor, or the state of the model speaks against it; `detail` says which and why.",
  },
  "consent-missing": {
    status: 422,
    title: "It does not say to what the people agreed",
    about: "Nothing is learned from anybody who did not agree. Say in a sentence who agreed to what, and when.",
  },
});
