import type { Finding } from "./core/rules.ts";

/** What a finding says is of these. */
export type Names = {
  team(place: number): string;
  /** The day of a round, as people read it. */
  day(round: number): string;
};

/** What does not hold, in one sentence. */
export function sentenceOf({ kind, teams, rounds, units, have, limit }: Finding, { team, day }: Names): string {
  const [one, other] = teams.map(team);
  const who = listed(teams.map(team));
  const round = rounds[0] ?? 0;
  const on = `in round ${round + 1} on ${day(round)}`;
  switch (kind) {
    case "in-a-row":
      return `${one} play ${have} times in a row at home or away, in rounds ${round + 1} to ${(rounds.at(-1) ?? round) + 1}; at most ${limit} are wished for.`;
    case "breaks":
      return `${one} have ${have} breaks; at most ${limit} are wished for.`;
    case "breaks-of-all":
      return `There are ${have} breaks; at most ${limit} are wished for.`;
    case "unavailable":
      return `${one} play ${on}, as they cannot.`;
    case "meet":
      return limit === 1
        ? `${one} and ${other} do not meet in the rounds that are wished for${rounds.length === 0 ? "" : `, but in round ${numbered(rounds)}`}.`
        : `${one} and ${other} meet in round ${numbered(rounds)}, in which they should not.`;
    case "return":
      return `${one} and ${other} meet in rounds ${numbered(rounds)}: ${have} rounds lie between, and ${limit} are wished for.`;
    case "home-together":
      return `${who} are at home together ${on}; at most ${limit} are wished for.`;
    case "balance":
      return teams.length === 1
        ? `${one} are at home ${have} times, and ${limit} would be even.`
        : `${one} and ${other} differ by ${have} home matches after round ${round + 1}; at most ${limit} are wished for.`;
    case "long-trips":
      return `${one} travel ${have} km ${on}; at most ${limit} km are wished for then.`;
    case "travel":
      return `${one} travel ${have} km, ${units * 10} km or so more than the ${limit} km that are wished for.`;
    case "venue-closed":
      return `The venue of ${one} is closed or taken ${on}.`;
    case "venue-shared":
      return `${who} are at home at the same venue ${on}.`;
    case "halves":
      return `${one} and ${other} meet twice in one half, in rounds ${numbered(rounds)}.`;
    case "mirrored":
      return `${one} and ${other} meet in rounds ${numbered(rounds)}, which do not mirror each other.`;
  }
}

const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
const numbered = (rounds: readonly number[]): string => listed(rounds.map((round) => String(round + 1)));
