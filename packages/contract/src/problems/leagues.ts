import { defineProblems } from "../problem.ts";

export const leagueProblems = defineProblems("leagues", {
  invalid: {
    status: 422,
    title: "The league cannot be like this",
    about:
      "A team is there twice, there are fewer days than rounds, or something names what is not there. `detail` says which.",
  },
  "too-many": {
    status: 409,
    title: "There are too many leagues",
    about: "An organisation has at most 200. Take away those that are over.",
  },
  published: {
    status: 409,
    title: "Some of it is published, or was played",
    about:
      "Take the fixtures back first, and then change of what the league is made. What was played stays: begin another league for the next season.",
  },
  "change-refused": {
    status: 409,
    title: "The fixtures cannot be changed so",
    about: "A match that was played or is locked would have to go along, or nothing is planned yet. `detail` says why.",
  },
  "plan-refused": {
    status: 409,
    title: "The league cannot be planned now",
    about: "It is being planned already, or changes all the time. `detail` says why.",
  },
  "venue-taken": {
    status: 409,
    title: "A venue is taken",
    about:
      "Nothing was published or changed. `taken` names each fixture, by what its venue is taken, and the nearest time that is free.",
  },
});
