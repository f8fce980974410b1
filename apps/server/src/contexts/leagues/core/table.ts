import { assert } from "@hourwright/std";
import type { Match } from "./question.ts";

/** Nobody: who is free in a round. */
export const NOBODY = -1;

/** A season as a table: whom each team meets in each round, and whether at home. Every round is a row of so many teams. */
export class Table {
  readonly teams: number;
  readonly rounds: number;
  readonly opponent: Int8Array;
  readonly isHome: Uint8Array;

  constructor(teams: number, rounds: number) {
    this.teams = teams;
    this.rounds = rounds;
    this.opponent = new Int8Array(teams * rounds).fill(NOBODY);
    this.isHome = new Uint8Array(teams * rounds);
  }

  put(round: number, home: number, away: number): void {
    const row = round * this.teams;
    this.opponent[row + home] = away;
    this.opponent[row + away] = home;
    this.isHome[row + home] = 1;
    this.isHome[row + away] = 0;
  }

  meets(round: number, team: number): number {
    return this.opponent[round * this.teams + team]!;
  }

  /** Whether a team plays at home; false also where it is free. */
  home(round: number, team: number): boolean {
    return this.isHome[round * this.teams + team] === 1;
  }

  free(round: number, team: number): void {
    this.opponent[round * this.teams + team] = NOBODY;
    this.isHome[round * this.teams + team] = 0;
  }

  copy(): Table {
    const made = new Table(this.teams, this.rounds);
    made.set(this);
    return made;
  }

  set(other: Table): void {
    this.opponent.set(other.opponent);
    this.isHome.set(other.isHome);
  }

  matches(): Match[] {
    const found: Match[] = [];
    for (let round = 0; round < this.rounds; round++)
      for (let team = 0; team < this.teams; team++)
        if (this.home(round, team)) found.push({ round, home: team, away: this.meets(round, team) });
    return found;
  }
}

export function tableOf(teams: number, rounds: number, matches: readonly Match[]): Table {
  const table = new Table(teams, rounds);
  for (const { round, home, away } of matches) {
    assert(table.meets(round, home) === NOBODY && table.meets(round, away) === NOBODY, `twice in round ${round}`);
    table.put(round, home, away);
  }
  return table;
}
