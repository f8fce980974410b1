import { defineProblems } from "../problem.ts";

export const planningProblems = defineProblems("planning", {
  "conflict-gone": {
    status: 410,
    title: "This conflict no longer exists",
    about: "Something has changed since it was found, and it is solved. Detect again to see what is left.",
  },
  "repair-stale": {
    status: 409,
    title: "This repair no longer fits",
    about: "Something has changed since it was offered, and it would now make a new conflict. Ask for repairs again.",
  },
  "not-yours": {
    status: 403,
    title: "This conflict is not yours to decide",
    about: "Who may change one of its events decides whether both stay as they are. Ask one of their owners.",
  },
  "too-many-kept": {
    status: 409,
    title: "Too many conflicts are kept",
    about: "An organisation keeps at most 20,000. Let some count again that no longer matter, or repair them.",
  },
  "rule-broken": {
    status: 409,
    title: "A rule of the organisation speaks against it",
    about: "A hard rule would not hold. `broken` names each with its sentence; an administrator can change the rule.",
  },
  "rule-invalid": {
    status: 422,
    title: "The rule cannot be set like this",
    about:
      "A number is missing or out of its bounds, or the constraint is not set for that. `GET /v1/constraints` lists what is.",
  },
  "rule-stands": {
    status: 409,
    title: "There is such a rule already",
    about:
      "A constraint has one rule for the organisation, one for each team and one for each person. Change that one.",
  },
  "place-invalid": {
    status: 422,
    title: "The place cannot be like this",
    about: "Another place is called so, a way leads to no place, or there are too many.",
  },
  "plugin-invalid": {
    status: 422,
    title: "This plug-in cannot be allowed",
    about:
      "Nothing in the server's folder has this hash, it is no constraint, a number is out of its bounds, or ten are allowed already. `GET /v1/plugins` lists what is there.",
  },
  "plan-refused": {
    status: 422,
    title: "This cannot be planned",
    about:
      "There is nobody, or nothing that may move, or too much at once. `detail` names the bound; ask for fewer or a shorter time.",
  },
  "poll-invalid": {
    status: 422,
    title: "This cannot be asked",
    about:
      "A poll asks others of the organisation about 2 to 8 times that are still ahead. `detail` says what is wrong.",
  },
  "poll-over": {
    status: 409,
    title: "This poll is over",
    about: "A time was picked, it was closed, or its last time has begun. Ask again with other times.",
  },
  "poll-not-yours": {
    status: 403,
    title: "This poll is not yours to decide",
    about: "Who has asked picks a time or closes the poll. You can answer it.",
  },
  "too-many-polls": {
    status: 409,
    title: "There are too many open polls",
    about: "An organisation has at most 500 open at once. Pick a time in some, or close them.",
  },
  "proposal-invalid": {
    status: 422,
    title: "This cannot be proposed",
    about:
      "A proposal holds 1 to 200 calls of operations that may be proposed, on things that you know of and that are not locked. `detail` says what is wrong.",
  },
  "proposal-over": {
    status: 409,
    title: "This proposal is over",
    about: "It was accepted, declined, taken back, or nobody has answered in time. Make another one.",
  },
  "proposal-stale": {
    status: 409,
    title: "This proposal no longer fits",
    about:
      "Something has changed since it was made or looked at. `changes` says of each change that cannot be made why. Look at it again, and accept the rest or what has changed.",
  },
  "proposal-not-yours": {
    status: 403,
    title: "This is not yours to decide",
    about: "Whoever is asked to look at a proposal declines it, and who made it takes it back.",
  },
  "too-many-proposals": {
    status: 409,
    title: "There are too many open proposals",
    about: "An organisation has at most 500 open at once. Accept or decline some, or take them back.",
  },
  "too-many-rules": {
    status: 409,
    title: "There are too many rules",
    about: "An organisation sets at most 500. Set one for a team instead of many for its people.",
  },
});
