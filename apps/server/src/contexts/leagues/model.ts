import type { Catalogue, OperationAnswer, OperationInput } from "@hourwright/contract";
import type { AskedPlan } from "../../platform/jobs/plans.ts";

type Wish = OperationInput<Catalogue["leagues.create"]>["body"];

export type LeagueRuleWish = Wish["rules"][number];
export type LeagueDatesWish = Wish["dates"];

/** A team as it is kept: ids of its own, of its venue and of a thing whose time its matches take. */
export type LeagueTeam = {
  readonly id: string;
  readonly name: string;
  readonly short: string;
  readonly venueId: string | null;
  readonly subjectId: string | null;
  readonly kickOff: string | null;
  readonly minutes: number | null;
};

/** Of what a league is made, as it was asked for. */
export type LeagueSetup = {
  readonly legs: 1 | 2;
  readonly back: "free" | "halves" | "mirrored";
  readonly kickOff: string;
  readonly minutes: number;
  readonly dates: LeagueDatesWish;
  readonly teams: readonly LeagueTeam[];
  readonly rules: readonly LeagueRuleWish[];
};

export type LeagueContents = {
  readonly calendarId: string;
  readonly name: string;
  readonly setup: LeagueSetup;
  /** Of the rounds, in order: 2027-09-04. */
  readonly days: readonly string[];
};

export type StoredLeague = LeagueContents & { readonly id: string; readonly version: number };

/** A match; rounds from 0. */
export type StoredFixture = {
  readonly id: string;
  readonly round: number;
  readonly homeId: string;
  readonly awayId: string;
  /** What was chosen for it alone; null of each: as usual. */
  readonly own: {
    readonly day: string | null;
    readonly kickOff: string | null;
    readonly venueId: string | null;
  } | null;
  readonly locked: boolean;
  readonly eventId: string | null;
};

export type LeagueState = { readonly league: StoredLeague; readonly fixtures: readonly StoredFixture[] };

export type ScoreTold = { readonly hard: number; readonly soft: number };

type Planned = NonNullable<OperationAnswer<Catalogue["leagues.planned"]>["plan"]>;
export type LeaguePlanResult = NonNullable<Planned["result"]>;
export type LeaguePlanWish = OperationInput<Catalogue["leagues.plan"]>["body"];

export type StoredLeaguePlan = AskedPlan<LeaguePlanWish, LeaguePlanResult> & { readonly leagueId: string };

/** What the log of changes calls a league. */
export const LEAGUE = "league";

/** What undo needs of a change: the league and the fixtures that were others, and those that were not there. */
export type LeagueWas = {
  readonly league: LeagueContents | null;
  readonly fixtures: readonly StoredFixture[];
  readonly made: readonly string[];
};
