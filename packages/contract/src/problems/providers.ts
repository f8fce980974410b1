import { defineProblems } from "../problem.ts";

export const providerProblems = defineProblems("providers", {
  "bad-address": {
    status: 422,
    title: "This is no address of a calendar",
    about:
      "A feed has an address that begins with https://, http:// or webcal://, without a user name and password in it.",
  },
  "too-many-feeds": {
    status: 409,
    title: "Too many feeds",
    about: "An organisation subscribes to at most 500 addresses. Remove some that nobody looks at.",
  },
});
