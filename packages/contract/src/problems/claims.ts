import { defineProblems } from "../problem.ts";

export const claimProblems = defineProblems("claims", {
  taken: {
    status: 409,
    title: "That time is taken",
    about:
      "A person, room or thing is busy then. `conflicts` says who took what, `suggestions` offers times that are free.",
  },
  "too-many-stretches": {
    status: 422,
    title: "Too many dates at once",
    about: "One commitment may take at most 5,000 stretches of time within its horizon. Shorten the series.",
  },
  "meets-itself": {
    status: 422,
    title: "The commitment overlaps itself",
    about: "Two of its own dates share time. Make it shorter, or let it recur less often.",
  },
});
