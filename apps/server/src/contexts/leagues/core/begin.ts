import type { Match } from "./question.ts";
import { roundsOfLeg } from "./question.ts";

/** A season by the circle method: nothing is looked for, and few breaks. The second leg is the first with home and away turned. */
export function plainSeason(teams: number, legs: 1 | 2): Match[] {
  const count = teams + (teams % 2);
  const rounds = roundsOfLeg(teams);
  const first: Match[] = [];
  const add = (round: number, home: number, away: number) => {
    if (home < teams && away < teams) first.push({ round, home, away });
  };
  for (let round = 0; round < rounds; round++) {
    const last = count - 1;
    if (round % 2 === 0) add(round, last, round);
    else add(round, round, last);
    for (let step = 1; step < count / 2; step++) {
      const [one, other] = [(round + step) % last, (round - step + last) % last];
      if (step % 2 === 0) add(round, one, other);
      else add(round, other, one);
    }
  }
  if (legs === 1) return first;
  return [...first, ...first.map(({ round, home, away }) => ({ round: round + rounds, home: away, away: home }))];
}
