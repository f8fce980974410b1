import { defineProblems } from "../problem.ts";

export const undoProblems = defineProblems("undo", {
  nothing: {
    status: 404,
    title: "There is nothing to undo",
    about: "No request of yours with this id changed anything, or it is older than 30 days.",
  },
  "changed-since": {
    status: 409,
    title: "It has been changed since",
    about:
      "Somebody changed one of the things after your request; undoing would lose their work. `changed` names who and what.",
  },
  "not-yours": {
    status: 403,
    title: "Only its author may undo this",
    about: "A request is undone by the person who made it.",
  },
});
