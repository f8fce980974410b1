import { leagueProblems } from "../problems/leagues.ts";
import { refuserOf } from "../says.ts";

/** A round, and the last there is. */
type Round = { readonly round: number; readonly last: number };
/** A rule of the league, counted from 1. */
type Rule = { readonly rule: number };
type Team = { readonly team: string };
/** “Herons – Stags”. */
type Match = { readonly match: string };
/** A day, 2027-09-04, and as English writes it. */
type Day = { readonly day: string; readonly when: string };

const unplanned = (): string => "Nothing is planned yet: plan the season first.";
const noTeam = (): string => "The league has no team with this id: read it again.";
const noRound = ({ round, last }: Round): string => `There is no round ${round}, the last is ${last}.`;

/** What a refusal about leagues says to do, by its reason. */
export const leagueSays = {
  invalid: {
    "few-teams": () => "A league has two teams at least.",
    named: ({ team }: Team) => `Two teams are called “${team}”.`,
    "other-team": ({ team }: Team) => `“${team}” has the id of no team of the league, or of another one.`,
    "rule-team": ({ rule }: Rule) => `Rule ${rule} names a team that is not in the league.`,
    "rule-itself": ({ rule }: Rule) => `Rule ${rule}: a team does not meet itself.`,
    "rule-round": ({ rule, round, last }: Rule & Round) =>
      `Rule ${rule}: there is no round ${round}, the last is ${last}.`,
    days: ({
      teams,
      legs,
      rounds,
      days,
      from,
      until,
    }: {
      readonly teams: number;
      readonly legs: number;
      readonly rounds: number;
      readonly days: number;
      readonly from: string;
      readonly until: string | null;
    }) =>
      `${teams} teams that meet ${legs === 1 ? "once" : "twice"} need ${rounds} rounds, and there are ${days} days from ${from}${until === null ? "" : ` to ${until}`}: begin earlier, end later, add a weekday, or leave fewer days out.`,
    years: () => "Its days are outside the years that are kept.",
    calendar: () => "No calendar that you may change has this id.",
    owned: ({ calendar, owner }: { readonly calendar: string; readonly owner: string | null }) =>
      `“${calendar}” takes the time of ${owner ?? "somebody"}: a league needs a calendar of the organisation.`,
    venue: ({ team }: Team) => `The venue of ${team} is no room or thing that there is.`,
    "venue-retired": ({ venue, team }: Team & { readonly venue: string }) =>
      `${venue}, the venue of ${team}, takes nothing new.`,
    thing: ({ team }: Team) => `What ${team} takes along is no room or thing that there is.`,
    fixture: () => "The league has no fixture with this id: read it again.",
    team: noTeam,
    round: noRound,
  },
  "too-many": {
    most: ({ most }: { readonly most: number }) => `There are ${most} leagues already.`,
  },
  published: {
    teams: () =>
      "Other teams make another season, and some of this one is published or played: take it back first, or begin another league.",
    ahead: () => "Fixtures to come are published: take them back first.",
  },
  "change-refused": {
    unplanned,
    played: ({ round, match }: Match & Pick<Round, "round">) =>
      `Round ${round} is over, and ${match} would have to change.`,
    locked: ({ round, match }: Match & Pick<Round, "round">) =>
      `${match} in round ${round} is locked, and would have to go along: unlock it first.`,
    there: ({ round }: Pick<Round, "round">) => `It is in round ${round} already.`,
    "same-team": () => "These are the same team.",
    "same-round": () => "These are the same round.",
    over: ({ round }: Pick<Round, "round">) => `Round ${round} is over.`,
    past: ({ when }: Day) => `${when} is over.`,
    order: ({ round, when }: Day & Pick<Round, "round">) =>
      `Round ${round} is on ${when}: rounds stay in their order. Swap the two instead.`,
    "say-day": ({ round }: Pick<Round, "round">) => `Round ${round} is over: say on which day the match is.`,
    far: ({ most }: { readonly most: number }) =>
      `A match is at most ${most} days beside its round: move it to another round instead.`,
    venue: () => "There is no such venue, or it takes nothing new.",
    "all-over": () => "All of these rounds are over.",
    /** `venue`: null where it is gone. */
    "venue-retired": ({ venue, team }: Team & { readonly venue: string | null }) =>
      `${venue ?? "A venue"}, where ${team} play at home, takes nothing new: give them another venue.`,
  },
  "plan-refused": {
    running: () => "It is being planned already: wait for that plan, or cancel it.",
    others: ({ most }: { readonly most: number }) =>
      `${most} leagues of yours are being planned already. Wait for one of them.`,
    another: () => "Another plan of the league was asked for meanwhile.",
    changed: () => "The league was changed while it was planned: look at it, and plan it once more.",
  },
  "venue-taken": {
    raced: () => "A venue was taken just now. Read the league again.",
    taken: ({
      match,
      venue,
      day,
      starts,
      more,
    }: Match & { readonly venue: string; readonly day: string; readonly starts: string; readonly more: number }) =>
      `${match} cannot be at ${venue} on ${day} at ${starts}: it is taken.${more === 0 ? "" : ` ${more} more cannot be taken.`}`,
  },
} as const;

/** Refuses about leagues for a reason. */
export const refuseLeague = refuserOf(leagueProblems, leagueSays);
