import type { Match } from "./question.ts";
import { mirror, chainOf, swapRounds, swapTeams, turnPair } from "./ways.ts";
import { tableOf, type Table } from "./table.ts";

/** What a person drags, in places of teams and rounds. */
export type SeasonChange =
  | { readonly move: { readonly match: Match; readonly round: number } }
  | { readonly swapTeams: { readonly one: number; readonly other: number } }
  | { readonly turn: Match }
  | { readonly swapRounds: { readonly one: number; readonly other: number } };

/** What stays as it is, and why: rounds that were played, matches that are locked. */
export type Staying = { isPlayed(round: number): boolean; isLocked(match: Match): boolean };

export type Changed = { readonly table: Table } | { readonly stays: "played" | "locked"; readonly match: Match };

export type SeasonShape = {
  readonly teams: number;
  readonly rounds: number;
  /** The halves are kept mirrored: what is changed in one is changed in the other. */
  readonly isMirrored: boolean;
};

/**
 * A season after a change, with the fewest others that have to go along: a match that goes to another round takes its chain with it.
 * Everybody plays once a round as before, and every two as often. In a mirrored season the same happens in the other half. Refused where
 * a match would change that stays. O(teams × rounds).
 */
export function swapped(
  { teams, rounds, isMirrored }: SeasonShape,
  matches: readonly Match[],
  change: SeasonChange,
  staying: Staying,
): Changed {
  const table = tableOf(teams, rounds, matches);
  const half = rounds / 2;
  const wasMirrored = isMirrored && isMirror(table);
  make(table, change, wasMirrored ? (round) => round % half : (round) => round);
  if (wasMirrored) mirror(table);
  for (const match of matches) {
    const { round, home, away } = match;
    if (table.meets(round, home) === away && table.home(round, home)) continue;
    if (staying.isPlayed(round)) return { stays: "played", match };
    if (staying.isLocked(match)) return { stays: "locked", match };
  }
  const arrived = table
    .matches()
    .find(
      ({ round, home, away }) =>
        staying.isPlayed(round) &&
        !matches.some((match) => match.round === round && match.home === home && match.away === away),
    );
  return arrived === undefined ? { table } : { stays: "played", match: arrived };
}

function make(table: Table, change: SeasonChange, at: (round: number) => number): void {
  if ("move" in change) {
    const { match, round } = change.move;
    const [one, other] = [at(match.round), at(round)];
    if (one !== other) swapRounds(table, chainOf(table, match.home, one, other), one, other);
    else if (match.round !== round) turnPair(table, match.home, match.away);
  } else if ("swapTeams" in change) swapTeams(table, change.swapTeams.one, change.swapTeams.other);
  else if ("turn" in change) turnPair(table, change.turn.home, change.turn.away);
  else {
    const { one, other } = change.swapRounds;
    const everybody = Array.from({ length: table.teams }, (_, team) => team);
    if (at(one) !== at(other)) swapRounds(table, everybody, at(one), at(other));
    else if (one !== other) for (const { home, away } of table.matches()) if (home < away) turnPair(table, home, away);
  }
}

/** Whether the second half is the first with home and away turned. */
function isMirror(table: Table): boolean {
  const { teams, rounds } = table;
  for (let round = 0; round < rounds / 2; round++)
    for (let team = 0; team < teams; team++) {
      const later = round + rounds / 2;
      const met = table.meets(round, team);
      if (table.meets(later, team) !== met || (met >= 0 && table.home(later, team) === table.home(round, team)))
        return false;
    }
  return true;
}
