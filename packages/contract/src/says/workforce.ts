import type { Refused } from "../problem.ts";
import { workforceProblems } from "../problems/workforce.ts";
import { refuserOf } from "../says.ts";

// Days are 2027-03-01, times of the day 07:00, instants as RFC 3339 writes them; weekday 1 is Monday.

type Most = { readonly most: number };
type Name = { readonly name: string };
type Span = { readonly from: string; readonly until: string };
type Outside = { readonly day: string; readonly from: string; readonly to: string };
/** A day of each week, or one by itself. */
type Where = { readonly weekday: number | null; readonly day: string | null };
type Shift = { readonly name: string; readonly day: string; readonly starts: string };

const DAYS = ["", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

const whereText = ({ weekday, day }: Where): string => (weekday === null ? `On ${day}` : DAYS[weekday]!);

const COVERS_OVER = {
  covered: "Somebody else has taken the shift. Thank you!",
  nobody: "Nobody is asked any more: the time to answer has gone by.",
  over: "The shift has begun.",
  cancelled: "Nobody is needed any more: the call was cancelled.",
} as const;

const SWAPS_OVER = {
  agreed: "Everybody has agreed already.",
  declined: "Somebody has said no.",
  withdrawn: "It was taken back.",
  over: "One of the shifts has begun.",
} as const;

type Sentence = { readonly sentence: string };

/** What the core says itself. */
const asSaid = ({ sentence }: Sentence): string => sentence;
const already = ({ most }: Most): string => `There are ${most} already.`;
const noSkill = (): string => "No skill has this id.";
const turned = ({ from, until }: Span): string => `It ends on ${until}, before it begins on ${from}.`;
const outside = ({ day, from, to }: Outside): string =>
  `${day} is none of its days: it is from ${from} to before ${to}.`;

const openShiftInvalid = {
  "wrong-shift": asSaid,
  "wrong-break": asSaid,
  full: ({ most }: Most) => `At most ${most} shifts are open at once.`,
  "no-skill": noSkill,
  skipped: () => "The clocks skip this shift.",
  begun: () => "The shift has begun.",
};

/**
 * What speaks against something: of whom, where that is not plain, how the core says it in English, and what its sentence is made of.
 */
type Objection = {
  readonly who: string | null;
  readonly sentence: string;
  readonly of?: Readonly<Record<string, unknown>> | undefined;
};
const objection: (facts: Objection) => string = asSaid;

/** By the codes that objections have. */
const objections = {
  "same-id": objection,
  "too-many": objection,
  span: objection,
  shift: objection,
  "no-contract": objection,
  "no-such-shift": objection,
  "absence-overlaps": objection,
  "over-absence": objection,
  "over-shift": objection,
  "not-on-call": objection,
  left: objection,
  skill: objection,
  rule: objection,
  nobody: objection,
  barred: objection,
};

/** By the codes that faults of contracts have. */
const faults = {
  days: asSaid,
  nominal: asSaid,
  "part-time": asSaid,
  cost: asSaid,
  pattern: asSaid,
  shift: asSaid,
  "shift-overlap": asSaid,
  break: asSaid,
  rule: asSaid,
  "too-many": asSaid,
  "same-id": asSaid,
  overlap: asSaid,
};

/** What a refusal about people's work says to do, by its reason. */
export const workforceSays = {
  "closes-before-opens": {
    later: ({ from, to, ...where }: Where & { readonly from: string; readonly to: string }) =>
      `${whereText(where)}, ${from} to ${to}: it has to close later than it opens.`,
    midnight: (where: Where) => `${whereText(where)}: what opens at 24:00 belongs to the next day.`,
  },
  "stretches-meet": {
    meet: ({ opens, closes, ...where }: Where & { readonly opens: string; readonly closes: string }) =>
      `${whereText(where)}: ${opens} lies before ${closes}. Make one stretch of the two.`,
  },
  "too-many-holidays": {
    most: ({ most }: Most) => `At most ${most} are kept.`,
  },
  "layer-invalid": {
    regions: () => "There are holidays of two regions. One of them is a layer of the place, or of the person.",
    region: ({ region }: { readonly region: string }) => `${region} is no region with holidays.`,
    days: ({ days, most }: Most & { readonly days: number }) =>
      `${days} days have hours of their own: at most ${most}. Weeks with a season hold for longer.`,
    season: ({ from, until }: Span) => `The season ends on ${until}, before it begins on ${from}.`,
    mixed: () => "Time off has two days, or two times.",
    times: ({ start, end }: { readonly start: string; readonly end: string }) =>
      `It ends at ${end.replace("T", " ")}, not after ${start.replace("T", " ")}.`,
    turned,
    long: ({ from, until, most }: Most & Span) => `From ${from} to ${until} is more than ${most} days.`,
    "too-many": ({ most }: Most) => `There are at most ${most} layers of one.`,
  },
  "bad-window": {
    turned: () => "Ask for some days, that end after they begin.",
    years: ({ from, to }: { readonly from: number; readonly to: number }) =>
      `Ask for some days, from ${from} to ${to}.`,
    days: ({ most }: Most) => `Ask for some days, at most ${most}.`,
    "people-days": ({ people, most }: Most & { readonly people: number }) =>
      `Ask for some days, of at most ${people} people, and ${most} days of all together: name people, or a team.`,
    "days-of-years": ({ most, from, to }: Most & { readonly from: number; readonly to: number }) =>
      `Ask for at most ${most} days, from ${from} to ${to}.`,
    people: ({ most }: Most) =>
      `The year of at most ${most} people is counted at once: ask for a draft of a team, or of people.`,
    months: ({ most }: Most) => `Ask for at most ${most} months.`,
    "months-turned": () => "Ask for months that end after they begin.",
    "people-months": ({ people }: { readonly people: number }) =>
      `Ask for fewer months, or for one department: ${people} people had a contract then.`,
    together: ({ most }: Most) => `Ask for fewer days: at most ${most} of all people together.`,
  },
  "no-availability": {
    file: asSaid,
  },
  "too-many-parts": {
    file: () => "So many single days and stretches do not fit into one file.",
  },
  "skill-invalid": {
    named: ({ name }: Name) => `There is a skill called “${name}” already.`,
    levels: () => "Two of its levels are called alike.",
    level: ({ name, most, level }: Name & Most & { readonly level: number }) =>
      `“${name}” has ${most === 1 ? "one level" : `${most} levels`}, and ${level} is none of them.`,
    turned,
  },
  "skill-named": {
    demand: ({ demand, name }: Name & { readonly demand: string }) =>
      `“${demand}” needs “${name}”: change that demand first.`,
    rules: ({ count, name }: Name & { readonly count: number }) =>
      `${count === 1 ? "A rule needs" : `${count} rules need`} “${name}”: change ${count === 1 ? "it" : "them"} first.`,
  },
  "too-many-skills": {
    organisation: already,
    person: ({ most }: Most) => `A person has at most ${most}.`,
  },
  "contract-invalid": {
    ...faults,
    "rule-set": () => "No rule set has this id: `GET /v1/rule-sets` lists them.",
  },
  "contracts-overlap": {
    overlap: asSaid,
    followed: () => "Another version follows this one, and says when it ends.",
  },
  "rules-contradict": {
    rules: asSaid,
  },
  "too-many-contracts": {
    most: ({ most }: Most) => `There are ${most} at most.`,
  },
  "rule-set-invalid": {
    rules: asSaid,
    named: ({ name }: Name) => `There is a rule set called “${name}” already.`,
  },
  "rule-set-named": {
    contracts: ({ count, name }: Name & { readonly count: number }) =>
      `${count === 1 ? "A version of a contract names" : `${count} versions of contracts name`} “${name}”: it stays with them.`,
  },
  "too-many-rule-sets": {
    most: already,
  },
  "adjustment-invalid": {
    gone: ({ name }: Name) => `${name} is not here any more.`,
    other: () => "Nobody has the id of the other person.",
    mixed: () => "An absence has two days, or two exact times.",
    turned,
    minutes: () => "An absence begins and ends at whole minutes.",
    alone: () => "A swap is between two people.",
    "no-shift": ({ day, starts }: Omit<Shift, "name">) => `No shift begins at ${starts} on ${day}.`,
  },
  "adjustment-refused": objections,
  "adjustment-decided": {
    decided: ({
      state,
      by,
      day,
    }: {
      readonly state: "requested" | "approved" | "declined" | "withdrawn";
      readonly by: string | null;
      readonly day: string | null;
    }) => `It was ${state} by ${by ?? "somebody"}${day === null ? "" : ` on ${day}`}.`,
  },
  "demand-invalid": {
    fault: asSaid,
    skill: noSkill,
    crowded: ({ most, site }: Most & { readonly site: string }) =>
      `A site has at most ${most} skills and levels that are asked for, and ${site} would have more.`,
  },
  "too-many-demands": {
    most: already,
  },
  "draft-invalid": {
    shift: asSaid,
    break: asSaid,
    turned: () => "It ends before it begins.",
    long: ({ most }: Most) => `A draft is of at most ${most} days.`,
    "team-or-people": () => "It is of a team, or of people: name one of the two.",
    team: () => "No team has this id.",
    person: () => "Somebody named is nobody here.",
    everybody: () => "Name a team, or people, whom you all manage: everybody's roster is written by administrators.",
    full: ({ most }: Most) => `A draft has at most ${most} shifts.`,
    crowded: ({ most }: Most) => `One person has at most ${most} shifts in a draft.`,
    copy: () => "There is no draft to copy with this id.",
    "no-shift": () => "The draft has no shift with this id: read it again.",
    "not-theirs": () => "The draft is for people whom you manage, and for those it names alone.",
    outside,
    "left-out": () => "A shift that is left out is put back by removing it from the draft.",
    empty: () => "The draft adds no shift and drops none: there is nothing to publish.",
    "not-planned": () => "Somebody in the draft is not planned by you, or works here no more.",
    kept: () => "The draft has no shift with an id that is to be kept: read it again.",
    wish: () => "A wish is of somebody who is not planned in the draft.",
  },
  "too-many-drafts": {
    most: ({ most }: Most) => `There are ${most} open drafts already.`,
  },
  "draft-closed": {
    closed: ({ name, state, day }: Name & { readonly state: "published" | "discarded"; readonly day: string | null }) =>
      `“${name}” was ${state}${day === null ? "" : ` on ${day}`}: copy it into a new draft to go on.`,
  },
  "draft-refused": {
    ...objections,
    ...openShiftInvalid,
    gone: ({ name }: Name) => `${name} is not here any more.`,
  },
  "roster-plan-refused": {
    running: () => "It is being planned already: wait for that plan, or cancel it.",
    others: ({ most }: Most) => `${most} rosters of yours are being planned already. Wait for one of them.`,
    another: () => "Another plan of the draft was asked for meanwhile.",
    nobody: () => "Nobody whom you manage has a contract on its days: there is nobody to plan.",
    people: ({ people, most }: Most & { readonly people: number }) =>
      `At most ${most} people are planned at once, and it is for ${people}: plan a draft of a team, or of people.`,
    "no-demand": () => "Nobody is needed on its days: say first who is needed where and when.",
    changing: () =>
      "The draft is being changed all the time: the plan was not applied. Plan it again in a quiet moment.",
  },
  "rules-broken": {
    rules: ({ sentence }: Sentence & { readonly count: number }) => sentence,
  },
  "not-concerned": {
    nothing: () => "No shift of yours is in it: there is nothing to acknowledge.",
  },
  "cover-invalid": {
    skill: noSkill,
    works: ({ name }: Name) => `${name} works then. Enter the absence first: cover is asked for who is away.`,
    "not-missing": ({ name, day, starts }: Shift) =>
      `No shift of ${name} that begins at ${starts} on ${day} is missing.`,
    begun: () => "The shift has begun.",
    full: ({ count }: { readonly count: number }) => `${count} calls run already.`,
    person: () => "Somebody who is named has no contract then, or is not managed by you.",
  },
  "cover-running": {
    asked: ({ name }: Name) => `Somebody is asked already to cover for ${name}.`,
  },
  "nobody-to-cover": {
    ...objections,
    nobody: () => "Something speaks against everybody who could be asked.",
  },
  "cover-over": {
    state: ({ state }: { readonly state: keyof typeof COVERS_OVER }) => COVERS_OVER[state],
    back: () => "They work the shift themselves after all. Thank you!",
  },
  "not-asked": {
    turn: () => "It is not your turn: you are asked when it is.",
    swap: () => "You are not asked.",
  },
  "open-shift-invalid": openShiftInvalid,
  "open-shift-over": {
    begun: () => "The shift has begun.",
    filled: () => "Every place is taken. Thank you!",
    back: () => "It was taken back.",
    full: ({ most }: Most) => `${most} have bid already.`,
    yours: () => "It is yours: who manages you can give it to somebody else.",
    theirs: () => "It is theirs already.",
  },
  "bid-refused": {
    ...objections,
    nobody: () => "Nobody here has this id.",
  },
  "swap-invalid": {
    "no-shift": () => "No shift begins then.",
    person: () => "Somebody who is named is not here.",
    full: ({ most }: Most) => `${most} swaps wait already.`,
    "not-there": () => "A shift that is named is not there.",
    begun: () => "One of the shifts has begun.",
    count: ({ most }: Most) => `A swap is of one to ${most} shifts.`,
    alone: () => "Nobody swaps with themselves.",
    one: () => "Everybody gives one shift, and takes one.",
    ring: () => "Two exchange a shift each, or three in a ring: each gives to the next, and the last to the first.",
  },
  "swap-refused": objections,
  "swap-over": {
    state: ({ state }: { readonly state: keyof typeof SWAPS_OVER }) => SWAPS_OVER[state],
  },
  clock: {
    in: ({ since }: { readonly since: string }) => `You are in since ${since}: leave first, or ask for a correction.`,
    out: () => "You are not in: come in first, or ask for a correction.",
    unknown: () => "They have not come and gone under this id.",
    which: () => "What did not happen has been clocked: say which it was.",
    full: () => "There are too many corrections that nobody has decided yet.",
    half: () => "It has a beginning and an end, or neither: then it did not happen.",
    turned: () => "It ends after it begins.",
    day: () => "It lasts at most a day.",
    ahead: () => "What lies ahead cannot be corrected.",
  },
} as const;

/** Refuses about people's work for a reason. */
export const refuseWork = refuserOf(workforceProblems, workforceSays);

/** Refuses because something speaks against it. What has a code that nobody knows here is told as the core says it. */
export const refuseObjected = <
  Name extends "adjustment-refused" | "bid-refused" | "draft-refused" | "nobody-to-cover" | "swap-refused",
>(
  name: Name,
  {
    who,
    code,
    sentence,
    facts: of,
  }: Omit<Objection, "of"> & {
    readonly code: string;
    readonly facts?: Objection["of"];
  },
  extra: Readonly<Record<string, unknown>> = {},
): Refused<`workforce/${Name}`> =>
  workforceProblems.refuse(name, sentence, {
    ...extra,
    ...(Object.hasOwn(objections, code) ? { reason: code, facts: { who, sentence, of } } : {}),
  });
