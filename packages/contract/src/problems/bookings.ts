import { defineProblems } from "../problem.ts";

export const bookingProblems = defineProblems("bookings", {
  "service-invalid": {
    status: 422,
    title: "This cannot be offered",
    about:
      "Something in the service cannot be: nobody is left of a role, or the address is another's. `detail` says what.",
  },
  "service-booked": {
    status: 409,
    title: "It is booked",
    about: "Somebody has booked it ahead. Close it for new bookings, and take it away when the last of them is over.",
  },
  "address-taken": {
    status: 409,
    title: "This address is taken",
    about: "Public addresses are given once. Choose another.",
  },
  "customer-known": {
    status: 409,
    title: "This customer is known",
    about: "Somebody with this address is written down already. `detail` says who.",
  },
  "customer-expected": {
    status: 409,
    title: "They are expected",
    about: "A customer who comes again cannot be forgotten before. Cancel what is booked, or wait until it is over.",
  },
  "window-invalid": {
    status: 422,
    title: "The window is none",
    about: "It ends after it starts, in years that are kept, and is at most 400 days long.",
  },
  "length-unknown": {
    status: 422,
    title: "It does not take that long",
    about: "A service can be booked in the lengths that it names. `GET /v1/book/{who}` lists them.",
  },
  "slot-taken": {
    status: 409,
    title: "This time was just taken",
    about: "Somebody was quicker. `alternatives` names the nearest times that are free; nothing you wrote is lost.",
  },
  "not-offered": {
    status: 409,
    title: "This time cannot be booked",
    about:
      "It is over, too soon, too far ahead, outside the hours, or something else speaks against it. `alternatives` names the nearest times that can be booked; `limit`, where that is why, how often a customer may book it within how many days.",
  },
  "dates-clash": {
    status: 409,
    title: "Not all dates can be booked",
    about:
      "Nothing was held or changed. `dates` names each date, why one cannot be, and the nearest times that can: choose one of these instead, or leave the date out.",
  },
  "plan-stale": {
    status: 409,
    title: "The plan does not hold any more",
    about:
      "Nothing was changed. `changed` names what is not as it was planned: booked since, gone, changed, or its time or stand-in was taken. Plan again.",
  },
  "package-unfit": {
    status: 409,
    title: "The package does not fit",
    about:
      "`reason` says why: `unknown` code, `needed` where none was given, `other-service`, `expired`, or `empty` with how many are `left` and how many are `wanted`. The time is still held.",
  },
  "package-invalid": {
    status: 422,
    title: "This package cannot be offered",
    about: "It is good for at least one service that there is, and an organisation offers at most 200 kinds.",
  },
  "routing-invalid": {
    status: 422,
    title: "The questions cannot lead so",
    about: "A rule names what is not there, or is never reached. `detail` says which.",
  },
  "wish-invalid": {
    status: 422,
    title: "This cannot be waited for",
    about: "Its last day is over or before its first, or lies too far ahead. `detail` says what.",
  },
  "waiting-full": {
    status: 409,
    title: "The waiting list is full",
    about: "A service has at most 500 people waiting, and a customer waits for at most 5 things at once.",
  },
  "hold-over": {
    status: 410,
    title: "The time was held too long",
    about:
      "What is held is kept for a few minutes. Choose the time again: if nobody has taken it meanwhile, it is yours.",
  },
  "details-invalid": {
    status: 422,
    title: "Something is missing or wrong",
    about: "`fields` names each question that has to be answered otherwise, and why. Everything else is kept.",
  },
  "proof-wanted": {
    status: 429,
    title: "Too many without a proof of work",
    about:
      "This organisation asks who holds times without an account to do a little work, and lets few in without it. `GET /v1/services/{id}/challenge` says what; send it as `proof`, or wait `retryAfterSeconds`.",
  },
  "file-unfit": {
    status: 422,
    title: "The file does not fit",
    about:
      "`reason` says why: `unasked` where no question wants it, `empty`, `too-large` with `bytesMax`, `type` with the `types` that are taken, `too-many` with `filesMax`, or `full` where the organisation keeps as many as it can. The time is still held.",
  },
  "too-late": {
    status: 409,
    title: "It is too late to change this",
    about: "The time until which a customer may change or cancel is over. Get in touch with whom you have booked.",
  },
  "not-asked": {
    status: 409,
    title: "Nothing is asked about this",
    about: "A visit is asked about once it is over, where its service asks; one that did not happen is not.",
  },
  "rating-closed": {
    status: 409,
    title: "The answer cannot be given or changed any more",
    about: "A visit is answered for within 90 days, and the answer can be changed for 30 days.",
  },
  "wrong-state": {
    status: 409,
    title: "This is not possible any more",
    about: "It was cancelled, declined, or is over. Read it again.",
  },
});
