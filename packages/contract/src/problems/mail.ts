import { defineProblems } from "../problem.ts";

export const mailProblems = defineProblems("mail", {
  off: {
    status: 409,
    title: "Mail is off",
    about: "Nothing is sent until the server has `SMTP_URL` and `MAIL_FROM`. Who runs the server sets them.",
  },
  "not-sent": {
    status: 503,
    title: "The mail server did not take it",
    about: "`detail` says what it answered. Check `SMTP_URL` and `MAIL_FROM`.",
  },
  "wrong-state": {
    status: 409,
    title: "There is nothing to try again",
    about: "Only a message that failed is tried again; what waits is tried by itself.",
  },
  over: {
    status: 409,
    title: "It is over",
    about: "Nobody is told of what is past.",
  },
});
