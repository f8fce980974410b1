import type { LeagueRule } from "./rules.ts";

// What a season is asked for, in plain numbers: teams and rounds by their places from 0, days of the epoch.

export type LeagueQuestion = {
  readonly teams: number;
  readonly rounds: number;
  /** How often every two meet. */
  readonly legs: 1 | 2;
  readonly back: "free" | "halves" | "mirrored";
  readonly rules: readonly LeagueRule[];
  /** Rounds in which each team cannot be at home, its venue being taken or closed. */
  readonly closed: readonly ReadonlySet<number>[];
  /** Teams that are at home at the same venue: never two in a round. */
  readonly sharing: readonly (readonly number[])[];
  /** From the home of one team to that of another; null where a place is not known. */
  readonly kilometres: readonly (readonly (number | null)[])[];
  /** Of each round. */
  readonly days: readonly number[];
  /** Meetings (`meetingOf`) with a time or venue of their own: what holds of venues on the day of the round does not hold of them. */
  readonly apart: ReadonlySet<number>;
};

/** One match: everything of a season is where its matches are. */
export type Match = { readonly round: number; readonly home: number; readonly away: number };

/** The most teams there are, so that a meeting is one number. */
const TEAMS_MAX = 32;
export const meetingOf = (home: number, away: number): number => home * TEAMS_MAX + away;

/** Rounds that so many teams need: who has no match in a round is free. */
export const roundsOf = (teams: number, legs: 1 | 2): number => legs * roundsOfLeg(teams);
export const roundsOfLeg = (teams: number): number => (teams % 2 === 0 ? teams - 1 : teams);
