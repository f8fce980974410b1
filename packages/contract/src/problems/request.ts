import { defineProblems } from "../problem.ts";

/** What any request may be answered with, whatever it asks for. */
export const requestProblems = defineProblems("request", {
  invalid: {
    status: 400,
    title: "The request cannot be understood",
    about:
      "A field is missing, unknown, of the wrong type or out of its bounds. `errors` names each one with its place.",
  },
  unauthenticated: {
    status: 401,
    title: "Please sign in",
    about: "There is no session, or it has ended. Sign in again; programs refresh their access token.",
  },
  forbidden: {
    status: 403,
    title: "You may not do this",
    about: "Your role does not allow it. An administrator of your organisation can do it or change your role.",
  },
  "wrong-origin": {
    status: 403,
    title: "The request came from another site",
    about:
      "Browsers may change things only from this server's own pages. Programs send a bearer token instead of a cookie.",
  },
  "not-found": {
    status: 404,
    title: "There is no such thing",
    about:
      "It does not exist, or you may not know that it does. Check the id, and that you are in the right organisation.",
  },
  "method-not-allowed": {
    status: 405,
    title: "This address does not do that",
    about: "The address exists, the method does not. `/docs` lists what each address answers.",
  },
  "still-running": {
    status: 409,
    title: "The same request is still running",
    about: "Another request with this Idempotency-Key has not ended yet. Ask again after Retry-After seconds.",
  },
  "version-changed": {
    status: 412,
    title: "It has changed meanwhile",
    about: "Somebody changed it after you read it. Read it again, then repeat your change with the new version.",
  },
  "too-large": {
    status: 413,
    title: "The request is too large",
    about: "The body is longer than this address accepts. The limit stands in `bytesMax`.",
  },
  "unsupported-media-type": {
    status: 415,
    title: "This kind of content is not accepted here",
    about: "The address wants another Content-Type, which `detail` names. Compressed requests are not accepted.",
  },
  "key-reused": {
    status: 422,
    title: "The Idempotency-Key was used for another request",
    about: "A key belongs to one request with one body. Make a new key for a new request.",
  },
  "too-many": {
    status: 429,
    title: "Too many requests",
    about:
      "The limit of your address or account is used up. Ask again after Retry-After seconds; RateLimit shows what is left.",
  },
  internal: {
    status: 500,
    title: "Something is wrong here",
    about: "The server met a fault of its own. Nothing was changed. Name the request's id when you ask for help.",
  },
  unavailable: {
    status: 503,
    title: "The server cannot answer right now",
    about:
      "It is starting, stopping or overloaded, or its database did not answer. Nothing was changed; ask again shortly.",
  },
});
