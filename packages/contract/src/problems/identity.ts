import { defineProblems } from "../problem.ts";

export const identityProblems = defineProblems("identity", {
  "wrong-credentials": {
    status: 401,
    title: "Email or password is wrong",
    about:
      "No account has this email and password. Both are checked together, so that nobody learns which one was wrong.",
  },
  "session-ended": {
    status: 401,
    title: "The session has ended",
    about:
      "The refresh token has expired, was signed out, or was used twice. A token used twice ends its whole family: sign in again.",
  },
  "demo-only": {
    status: 403,
    title: "This works in the demo only",
    about: "One-click accounts exist only in demo mode on this machine. Sign in with email and password.",
  },
  "account-disabled": {
    status: 403,
    title: "This account is switched off",
    about: "Demo accounts are disabled on servers that others can reach, and administrators may disable accounts.",
  },
  "setup-code-wrong": {
    status: 403,
    title: "The set-up code is wrong",
    about: "The code stands in the terminal where the server was started. It is used once and changes with each start.",
  },
  "setup-done": {
    status: 409,
    title: "This server is already set up",
    about: "It has its first owner. Sign in, or ask the owner for an invitation.",
  },
  "unknown-zone": {
    status: 422,
    title: "There is no such time zone",
    about: "Zones are named as in the IANA database, such as Europe/Prague.",
  },
  "unknown-pool": {
    status: 422,
    title: "There is no such pool",
    about: "The pool was dissolved, or never was. `GET /v1/pools` lists those there are.",
  },
  "email-taken": {
    status: 409,
    title: "Somebody here has this address",
    about: "An address belongs to one person of an organisation. Change theirs, or invite that very person by a link.",
  },
  needed: {
    status: 409,
    title: "This person cannot be retired",
    about: "Nobody retires themselves, and an organisation keeps at least one owner who can sign in.",
  },
  retired: {
    status: 409,
    title: "It is retired",
    about: "What is retired is kept for its history and takes nothing new. An administrator can bring it back.",
  },
  "thresholds-out-of-order": {
    status: 422,
    title: "The thresholds are not in order",
    about: "A day is steady first, then full, then over: each begins higher than the one before.",
  },
  "role-too-high": {
    status: 403,
    title: "You may not give this role",
    about: "Only owners invite owners.",
  },
  "invitation-over": {
    status: 410,
    title: "This invitation is over",
    about: "The link is wrong, was used, was revoked, or is too old. Ask whoever sent it for a new one.",
  },
  "invitation-not-yours": {
    status: 403,
    title: "This invitation is for another address",
    about: "It was made for one mail address, and works with that one alone.",
  },
  "department-invalid": {
    status: 422,
    title: "The department cannot be like this",
    about:
      "One beside it is called so, it would lie below itself or too deep, or somebody named is nobody here. `detail` says which.",
  },
  "department-not-empty": {
    status: 409,
    title: "The department is not empty",
    about: "People are in it, or departments lie below it. Put them elsewhere first; `detail` says what is inside.",
  },
  "too-many-departments": {
    status: 422,
    title: "Too many departments",
    about: "An organisation keeps at most 2,000 departments. Remove those that are empty first.",
  },
  "too-many-tokens": {
    status: 422,
    title: "Too many tokens",
    about: "An organisation has at most 20 tokens for directories. Revoke those that nobody uses.",
  },
  "no-demo": {
    status: 404,
    title: "There is no demo here",
    about: "The demo organisations were removed, or have never been on this server.",
  },
});
