import { bookingProblems } from "../problems/bookings.ts";
import { refuserOf } from "../says.ts";

type Said = { readonly said: string };
type Rule = { readonly rule: number };
type Most = { readonly most: number };

/** What bookings and wishes are called in a sentence about them. */
const STATES = {
  held: "is only held",
  requested: "waits for a yes",
  confirmed: "is confirmed",
  declined: "was declined",
  cancelled: "was cancelled",
  "no-show": "is over: nobody came",
  completed: "is over",
} as const;

const WISHES = {
  waiting: "Nothing is offered to them now.",
  offered: "Something is offered to them already.",
  booked: "They have booked.",
  withdrawn: "They wait no more.",
  over: "Their time of waiting is over.",
} as const;

const STALE = {
  booked: "was booked since",
  gone: "is gone",
  changed: "was changed since",
  taken: "has lost whom or what was planned for it",
} as const;

const NOT_ASKED = {
  held: "It is not booked yet.",
  requested: "It was never confirmed.",
  declined: "It was declined.",
  cancelled: "It was cancelled.",
  "no-show": "It is written down that nobody came. Get in touch with whom you have booked if that is wrong.",
} as const;

/** What a refusal about bookings says to do, by its reason. */
export const bookingSays = {
  "service-invalid": {
    zone: ({ zone }: { readonly zone: string }) =>
      `There is no time zone “${zone}”: zones are named as in the IANA database, such as Europe/Prague.`,
    hours: ({ said }: Said) => said,
    "role-gone": ({ role }: { readonly role: string }) => `One of “${role}” is not here, or retired.`,
    "role-few": ({ role, count, here }: { readonly role: string; readonly count: number; readonly here: number }) =>
      `“${role}” wants ${count}, and only ${here} can be it.`,
    weight: ({ role }: { readonly role: string }) => `A weight of “${role}” is of nobody who can be it.`,
    options: ({ question }: { readonly question: string }) =>
      `“${question}”: a choice has options, and nothing else has.`,
    files: ({ question }: { readonly question: string }) =>
      `“${question}”: a question for files says which, and nothing else does.`,
    "length-twice": () => "A length is there twice.",
    "chosen-together": () => "Where others join, nobody chooses whom it takes.",
    address: ({ slug }: { readonly slug: string }) => `The address “${slug}” is that of another service.`,
    "too-many": ({ most }: Most) => `There are ${most} services already.`,
  },
  "service-booked": {
    ahead: () => "Close it for new bookings, and take it away when the last of them is over.",
  },
  "address-taken": {
    other: ({ who }: { readonly who: string }) => `“${who}” is another organisation's. Choose another address.`,
  },
  "customer-known": {
    email: ({ email }: { readonly email: string }) => `“${email}” is that of another customer.`,
  },
  "customer-expected": {
    ahead: () => "Cancel what they have booked ahead, then forget them.",
  },
  "window-invalid": {
    instant: ({ said }: Said) => said,
    order: () => "to must be after from.",
    turned: () => "It ends before it begins.",
    days: ({ most }: Most) => `Ask about at most ${most} days at once.`,
    away: ({ most }: Most) => `At most ${most} days at once.`,
    years: ({ from, to }: { readonly from: number; readonly to: number }) =>
      `It lies outside the years ${from} to ${to}.`,
    zone: ({ zone }: { readonly zone: string }) => `There is no time zone “${zone}”.`,
    bookings: ({ most }: Most) => `There are more than ${most} bookings: ask about fewer days, or about one service.`,
    subjects: ({ most }: Most) =>
      `It is about more than ${most} people and things: ask about fewer days, or about one service.`,
    mixed: () => "Give two days, or two times.",
  },
  "length-unknown": {
    lengths: ({ service, lengths }: { readonly service: string; readonly lengths: readonly number[] }) =>
      `“${service}” takes ${lengths.join(", ")} minutes.`,
  },
  "slot-taken": {
    quicker: () => "Somebody was quicker. Choose another time; nothing you wrote is lost.",
    since: () => "The time it had has been taken since.",
  },
  "not-offered": {
    gone: () => "This is not offered any more.",
    instant: ({ said }: Said) => said,
    unlisted: () => "Choose one of the times that are offered.",
    "not-proposed": () => "Choose one of the times that were offered.",
    ruled: () => "A rule of the organisation speaks against this time.",
    "meets-itself": () => "Another date of the series is at this time.",
    "too-soon": () => "It is too soon.",
    "package-ends": () => "The package with which it was booked ends before this time.",
    limit: ({ count, days }: { readonly count: number; readonly days: number }) =>
      `It can be booked ${count === 1 ? "once" : `${count} times`} within ${days === 1 ? "a day" : `${days} days`}, and you have.`,
    places: ({ places }: { readonly places: number }) =>
      places === 1 ? "It is for one at a time." : `There are ${places} places at most.`,
    choice: () => "Whom or what you have chosen cannot be chosen any more.",
    "one-date": () => "It is booked one date at a time.",
    "few-dates": ({ most }: Most) => `At most ${most} dates can be booked together.`,
    "no-date": () => "Every date was left out.",
    "long-series": ({ days }: { readonly days: number }) => `A series ends within ${days} days.`,
  },
  "dates-clash": {
    some: ({ clashes, dates }: { readonly clashes: number; readonly dates: number }) =>
      `${clashes} of ${dates} dates cannot be booked.`,
    held: () => "Not all dates can be booked.",
  },
  "plan-stale": {
    since: ({ service, what }: { readonly service: string; readonly what: keyof typeof STALE }) =>
      `${service === "" ? "Something that was planned" : `“${service}”`} ${STALE[what]}. Nothing was changed: look at the plan again.`,
  },
  "package-unfit": {
    needed: () => "It is booked with a package: write its code.",
    unknown: () => "No package has this code. Look at each of its characters.",
    "other-service": () => "The package is for something else.",
    expired: () => "The package ends before it starts.",
    empty: ({ left, wanted }: { readonly left: number; readonly wanted: number }) =>
      left === 0 ? "Nothing is left of the package." : `${left} left of the package, and ${wanted} wanted.`,
    used: () => "Something was booked with it.",
  },
  "package-invalid": {
    services: () => "One of its services is not here.",
    "too-many": ({ most }: Most) => `There are ${most} kinds already.`,
  },
  "routing-invalid": {
    "same-id": () => "Two questions have the same id.",
    twice: ({ rule }: Rule) => `Rule ${rule} names a question twice.`,
    unasked: ({ rule }: Rule) => `Rule ${rule} names a question that is not asked.`,
    answer: ({ rule, answer }: Rule & { readonly answer: string }) =>
      `Rule ${rule}: “${answer}” is no answer to its question.`,
    service: ({ rule }: Rule) => `Rule ${rule} leads to a service that is not there.`,
    choice: ({ rule }: Rule) => `Rule ${rule} leads to whom nobody can choose there.`,
    unreached: ({ rule }: Rule) => `Rule ${rule} is never reached: those before it match whatever is answered.`,
  },
  "wish-invalid": {
    turned: () => "The last day is before the first.",
    past: () => "The last day is over.",
    hours: () => "The latest time is not after the earliest.",
    far: ({ days }: { readonly days: number }) => `One can wait at most ${days} days ahead.`,
  },
  "waiting-full": {
    service: () => "So many wait already that nobody else can.",
    customer: ({ most }: Most) => `One waits for at most ${most} things.`,
  },
  "hold-over": {
    over: () => "Choose the time again: if nobody has taken it meanwhile, it is yours.",
  },
  "details-invalid": {
    fields: ({ said }: Said) => said,
  },
  "proof-wanted": {
    wait: ({ seconds }: { readonly seconds: number }) => `Send a proof, or ask again in ${seconds} seconds.`,
    wrong: () => "A proof is asked for.",
  },
  "file-unfit": {
    unasked: () => "No question of this service asks for this file.",
    empty: () => "There is nothing in this file.",
    "too-large": ({ bytesMax }: { readonly bytesMax: number }) => `A file has at most ${bytesMax} bytes.`,
    type: ({ types }: { readonly types: readonly string[] }) =>
      `It is none of: ${types.join(", ")}. What counts is what is in it.`,
    "too-many": ({ filesMax }: { readonly filesMax: number }) =>
      `At most ${filesMax} ${filesMax === 1 ? "file answers" : "files answer"} this.`,
    full: () => "No more files can be kept here. Ask whom you book how else to send it.",
  },
  "too-late": {
    customer: () => "Get in touch with whom you have booked.",
    organisation: () => "It is over: say that it has happened, or that nobody came.",
    offer: () => "The times that were offered could be chosen earlier. Get in touch with whom you have booked.",
  },
  "not-asked": {
    state: ({ state }: { readonly state: keyof typeof NOT_ASKED }) => NOT_ASKED[state],
    service: () => "Its service asks nothing after the visit.",
    early: () => "It is not over yet: come back after the visit.",
  },
  "rating-closed": {
    late: ({ days }: { readonly days: number }) => `The visit was more than ${days} days ago.`,
    answered: ({ days }: { readonly days: number }) =>
      `It was answered more than ${days} days ago, and stays as it is.`,
  },
  "wrong-state": {
    state: ({ state, deed }: { readonly state: keyof typeof STATES; readonly deed: BookingDeed }) =>
      `It ${STATES[state]}, so it cannot be ${deed}.`,
    early: () => "It has not begun yet.",
    wish: ({ state }: { readonly state: keyof typeof WISHES }) => WISHES[state],
    raced: () => "It has just become another. Read it again.",
  },
} as const;

/** What may be done to a booking. */
export type BookingDeed = "approved" | "declined" | "cancelled" | "moved" | "marked" | "completed";

/** Refuses about bookings for a reason. */
export const refuseBooking = refuserOf(bookingProblems, bookingSays);
