import { planningProblems } from "../problems/planning.ts";
import { refuserOf } from "../says.ts";

type Most = { readonly most: number };
type Title = { readonly title: string };
type Range = { readonly says: string; readonly from: number; readonly to: number; readonly unit: string };
type Given = { readonly value: number };
/** One of the changes of a proposal, counted from 1. */
type Place = { readonly place: number };

const findAgain = (): string => "Detect again to see what is left.";
const open = ({ most }: Most): string => `${most} are open already.`;
const title = (): string => "Give it a title, so that everybody knows what it is about.";
const parameter = ({ title: of, name }: Title & { readonly name: string }): string =>
  `“${of}” has no parameter “${name}”.`;
const range = ({ says, from, to, unit, value }: Range & Given): string =>
  `${says}: from ${from} to ${to} (${unit}), and not ${value}.`;

const PROPOSALS_OVER = {
  accepted: "All of it was accepted.",
  declined: "It was declined.",
  withdrawn: "Whoever made it has taken it back.",
  expired: "Nobody has answered in time.",
} as const;

const NOBODY_HELD = {
  team: "There is no such team.",
  calendar: "There is no such calendar.",
  service: "There is no such service.",
  person: "There is nobody, and no thing, with this id.",
  organisation: "There is nobody, and no thing, with this id.",
} as const;

const NOT_NAMED = {
  people: "One of those it names is no person here.",
  things: "One of those it names is no room or thing here.",
  skills: "There is no such skill.",
} as const;

const NAMED_ONE = { people: "person", things: "room or thing", skills: "skill" } as const;

/** What a refusal about conflicts, rules, polls and proposals says to do, by its reason. */
export const planningSays = {
  "conflict-gone": {
    gone: findAgain,
  },
  "repair-stale": {
    "not-offered": () => "It is no longer among what is offered. Ask for repairs again.",
    taken: () => "Somebody has taken one of its times. Ask for repairs again.",
    moved: () => "Somebody has moved one of its events. Ask for repairs again.",
    "moved-since": () => "Somebody has moved one of the events. Look again.",
  },
  "not-yours": {
    events: () => "None of its events is yours to change.",
  },
  "too-many-kept": {
    most: ({ most }: Most) => `At most ${most} are kept.`,
  },
  "rule-stands": {
    stands: () => "Change that one, or take it away first.",
  },
  "rule-broken": {
    /** What the first says itself, and whom it is about. */
    rules: ({ sentence, more }: { readonly sentence: string; readonly name: string; readonly more: number }) =>
      `${sentence}${more === 0 ? "" : ` ${more} more ${more === 1 ? "rule speaks" : "rules speak"} against it.`}`,
  },
  "too-many-rules": {
    most: ({ most }: Most) => `There are ${most} already.`,
  },
  "rule-invalid": {
    about: () => "What a rule is about stays: set another beside it.",
    "not-named": ({ of }: { readonly of: keyof typeof NOT_NAMED }) => NOT_NAMED[of],
    compared: ({ most }: Most) => `At most ${most} people are compared: set it for teams, or name them.`,
    holder: ({ scope }: { readonly scope: keyof typeof NOBODY_HELD }) => NOBODY_HELD[scope],
    constraint: ({ id }: { readonly id: string }) => `There is no constraint “${id}”.`,
    unsettable: ({ title: of }: Title) => `“${of}” is not set by rules.`,
    compares: ({ title: of }: Title) => `“${of}” compares people: it is set for a team or for everybody, not for one.`,
    scope: ({ title: of, scope }: Title & { readonly scope: keyof typeof NOBODY_HELD }) =>
      `“${of}” is not set for a ${scope}.`,
    "holder-or-none": () => "A rule of the organisation has no holder, and every other rule has one.",
    parameter,
    range,
    whole: ({ says, unit, value }: Omit<Range, "from" | "to"> & Given) =>
      `${says}: whole ${unit === "level" ? "levels" : unit}, and not ${value}.`,
    turned: ({ title: of }: Title) => `“${of}” ends before it begins.`,
    "names-nobody": ({ title: of }: Title) => `“${of}” names nobody and nothing.`,
    "names-for": ({ title: of, scopes }: Title & { readonly scopes: readonly string[] }) =>
      `“${of}” names people only for a ${scopes.join(" or a ")}.`,
    "names-one": ({ title: of, kind }: Title & { readonly kind: keyof typeof NAMED_ONE }) =>
      `“${of}” names one ${NAMED_ONE[kind]} at least.`,
    "names-alone": ({ title: of }: Title) => `“${of}” names one alone: set another rule beside it.`,
    "names-others": ({ title: of }: Title) => `“${of}” names others.`,
  },
  "place-invalid": {
    name: () => "Give it a name: the one that rooms and things there have as their site.",
    named: ({ name }: { readonly name: string }) => `There is a place called “${name}” already. Change that one.`,
    "too-many": ({ most }: Most) => `There are ${most} places already.`,
    way: () => "A way leads to another place that there is.",
  },
  "plugin-invalid": {
    "too-many": ({ most }: Most) => `There are ${most} allowed already. Forget one first.`,
    named: () => "Another plug-in of this name is allowed. Forget it first.",
    hash: () => "Nothing in the server's folder has this hash now. Read the list again.",
    algorithm: ({ title: of }: Title) => `“${of}” is an algorithm, and the server asks constraints alone yet.`,
    parameter,
    range,
  },
  "plan-refused": {
    others: () => "Two plans of yours are being worked out already. Wait for one of them.",
    calendar: () => "No calendar you may see has this id.",
    person: () => "One of those who are wanted is nobody here.",
  },
  "poll-invalid": {
    nobody: () => "Nobody is asked but you: choose somebody else.",
    title,
    times: ({ most, count }: Most & { readonly count: number }) =>
      `A poll asks about 2 to ${most} times, not ${count}.`,
    turned: () => "A time ends after it starts.",
    long: () => "A time is at most a week long.",
    begun: () => "One of the times has begun already: choose others.",
    twice: () => "One of the times is there twice.",
    person: () => "One of those who are asked is nobody here.",
    thing: () => "One of the rooms or things is not here.",
    answers: ({ times, answers }: { readonly times: number; readonly answers: number }) =>
      `There are ${times} times, and ${answers} answers.`,
    unknown: ({ times }: { readonly times: number }) => `It asks about ${times} times.`,
    past: () => "This time has begun already: pick another.",
    years: () => "A time ends after it starts, in years that are kept.",
  },
  "poll-over": {
    expired: () => "Its last time has begun. Ask again with other times.",
    closed: () => "It was closed without a time.",
    picked: () => "A time was picked; the event is made.",
  },
  "poll-not-yours": {
    maker: () => "Who has asked decides.",
  },
  "too-many-polls": {
    most: open,
  },
  "proposal-invalid": {
    title,
    early: () => "It would be over before anybody could look at it: name a later end.",
    late: ({ most }: Most) => `It is kept ${most} days at most: name an earlier end.`,
    unknown: ({ changes, index }: { readonly changes: number; readonly index: number }) =>
      `It has ${changes} changes; none has the number ${index}.`,
    person: () => "One of those who are asked to look at it is nobody here.",
    gone: ({ place }: Place) => `Change ${place}: no event that you may see is there any more.`,
    locked: ({ place, title: of }: Place & Title) =>
      `Change ${place}: “${of}” is locked, so that only a hand moves it.`,
  },
  "proposal-over": {
    state: ({ state }: { readonly state: keyof typeof PROPOSALS_OVER }) => PROPOSALS_OVER[state],
    taken: () => "One of these changes was accepted already. Look at it again.",
  },
  "proposal-not-yours": {
    withdraw: () => "Who made it takes it back; you may decline it.",
    decline: () => "It is yours: take it back instead.",
    ask: () => "Who made it says who looks at it.",
  },
  "too-many-proposals": {
    most: open,
  },
} as const;

/** Refuses about conflicts, rules, polls and proposals for a reason. */
export const refusePlanning = refuserOf(planningProblems, planningSays);
