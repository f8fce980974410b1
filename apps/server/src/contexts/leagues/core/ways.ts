import { NOBODY, type Table } from "./table.ts";

// Ways from one season to another in which everybody plays once a round, and every two as often as before.

/** Teams whose matches of two rounds hang together: whoever is met there or here comes along (a Kempe chain). */
export function chainOf(table: Table, team: number, one: number, other: number): number[] {
  const chain = [team];
  const isIn = new Uint8Array(table.teams);
  isIn[team] = 1;
  for (const each of chain)
    for (const round of [one, other]) {
      const met = table.meets(round, each);
      if (met === NOBODY || isIn[met] === 1) continue;
      isIn[met] = 1;
      chain.push(met);
    }
  return chain;
}

/** Some teams' matches of two rounds change places; the teams are a chain, or all. */
export function swapRounds(
  { teams, opponent, isHome }: Table,
  among: readonly number[],
  one: number,
  other: number,
): void {
  for (const team of among) {
    const [a, b] = [one * teams + team, other * teams + team];
    const [met, home] = [opponent[a]!, isHome[a]!];
    opponent[a] = opponent[b]!;
    isHome[a] = isHome[b]!;
    opponent[b] = met;
    isHome[b] = home;
  }
}

/** Home and away change in every match of two teams. */
export function turnPair(table: Table, a: number, b: number): void {
  for (let round = 0; round < table.rounds; round++)
    if (table.meets(round, a) === b)
      table.put(round, ...(table.home(round, a) ? ([b, a] as const) : ([a, b] as const)));
}

/** Two teams take each other's whole season; where they meet each other, home and away change. */
export function swapTeams(table: Table, a: number, b: number): void {
  for (let round = 0; round < table.rounds; round++) {
    const [ofA, ofB] = [table.meets(round, a), table.meets(round, b)];
    const [homeA, homeB] = [table.home(round, a), table.home(round, b)];
    if (ofA === b) {
      table.put(round, ...(homeA ? ([b, a] as const) : ([a, b] as const)));
      continue;
    }
    take(table, round, a, ofB, homeB);
    take(table, round, b, ofA, homeA);
  }
}

function take(table: Table, round: number, team: number, met: number, isHome: boolean): void {
  if (met === NOBODY) table.free(round, team);
  else if (isHome) table.put(round, team, met);
  else table.put(round, met, team);
}

/** The second half of a season becomes the first with home and away turned. */
export function mirror(table: Table): void {
  const half = table.rounds / 2;
  for (let round = 0; round < half; round++)
    for (let team = 0; team < table.teams; team++) {
      const met = table.meets(round, team);
      if (met === NOBODY) table.free(round + half, team);
      else if (table.home(round, team)) table.put(round + half, met, team);
    }
}
