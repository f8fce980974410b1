import type { LeagueQuestion, Match } from "./question.ts";
import type { LeagueRule, Score } from "./rules.ts";

// The slow obvious model: every rule is counted in the list of matches, as the contract says it.

export function costSlowly(question: LeagueQuestion, matches: readonly Match[]): Score {
  const facts = factsOf(question, matches);
  let [hard, soft] = [facts.closed() + facts.shared() + facts.back(), facts.share() * 10];
  for (const rule of question.rules) {
    const units = unitsOf(rule, question, matches, facts);
    if (rule.hard) hard += units;
    else soft += units * rule.weight;
  }
  return { hard, soft };
}

type Where = "home" | "away" | "free";

function factsOf({ teams, rounds, legs, back, closed, sharing }: LeagueQuestion, matches: readonly Match[]) {
  const all = Array.from({ length: teams }, (_, team) => team);
  const eachRound = Array.from({ length: rounds }, (_, round) => round);
  const where = (team: number, round: number): Where => {
    if (matches.some((match) => match.round === round && match.home === team)) return "home";
    return matches.some((match) => match.round === round && match.away === team) ? "away" : "free";
  };
  const meetings = (a: number, b: number) =>
    matches.filter(({ home, away }) => [home, away].includes(a) && [home, away].includes(b)).map(({ round }) => round);
  const pairs = all.flatMap((a) => all.filter((b) => b > a).map((b) => [a, b] as const));
  return {
    where,
    meetings,
    pairs,
    eachRound,
    closed: () => sum(all, (team) => [...closed[team]!].filter((round) => where(team, round) === "home").length),
    shared: () =>
      sum(sharing, (group) =>
        sum(eachRound, (round) => Math.max(0, group.filter((team) => where(team, round) === "home").length - 1)),
      ),
    back: () => {
      if (legs === 1 || back === "free") return 0;
      return pairs.filter(([a, b]) => {
        const [one, other] = meetings(a, b).sort((x, y) => x - y) as [number, number];
        return back === "mirrored" ? other !== one + rounds / 2 : one < rounds / 2 === other < rounds / 2;
      }).length;
    },
    share: () => {
      if (legs === 2) return 0;
      return sum(all, (team) => {
        const homes = matches.filter(({ home }) => home === team).length;
        return Math.max(0, homes - Math.ceil((teams - 1) / 2), Math.floor((teams - 1) / 2) - homes);
      });
    },
  };
}

function unitsOf(
  rule: LeagueRule,
  question: LeagueQuestion,
  matches: readonly Match[],
  { where, meetings, pairs, eachRound }: ReturnType<typeof factsOf>,
): number {
  const { teams } = rule;
  const breaks = (team: number) =>
    eachRound.filter(
      (round) => round > 0 && where(team, round) !== "free" && where(team, round) === where(team, round - 1),
    ).length;
  switch (rule.kind) {
    case "in-a-row": {
      // Every window of one match more than may be.
      const windows = eachRound.filter((from) => from + rule.most < question.rounds);
      const sides = rule.venue === "any" ? (["home", "away"] as const) : [rule.venue];
      const isAll = (team: number, from: number, side: Where) =>
        eachRound.slice(from, from + rule.most + 1).every((round) => where(team, round) === side);
      return sum(teams, (team) => sum(sides, (side) => windows.filter((from) => isAll(team, from, side)).length));
    }
    case "breaks":
      return sum(teams, (team) => Math.max(0, breaks(team) - rule.most));
    case "breaks-of-all":
      return Math.max(0, sum(teams, breaks) - rule.most);
    case "unavailable":
      return sum(teams, (team) => {
        const there = [...rule.rounds].map((round) => where(team, round));
        return there.filter((at) => at !== "free" && (rule.venue === "any" || at === rule.venue)).length;
      });
    case "meet": {
      const there = matches.filter(
        ({ round, home, away }) =>
          rule.rounds.has(round) &&
          ((home === rule.home && away === rule.away) || (rule.either && home === rule.away && away === rule.home)),
      ).length;
      return rule.meets ? Math.max(0, 1 - there) : there;
    }
    case "return":
      if (question.legs === 1) return 0;
      return sum(
        pairs.filter((pair) => pair.every((team) => teams.includes(team))),
        ([a, b]) => {
          const [one, other] = meetings(a, b) as [number, number];
          return Math.max(0, rule.between - (Math.abs(one - other) - 1));
        },
      );
    case "home-together":
      return sum(eachRound, (round) =>
        Math.max(0, teams.filter((team) => where(team, round) === "home").length - rule.most),
      );
    case "balance": {
      const homes = (team: number, until: number) =>
        matches.filter(({ round, home }) => round <= until && home === team).length;
      return sum(
        pairs.filter((pair) => pair.every((team) => teams.includes(team))),
        ([a, b]) => Math.max(0, ...eachRound.map((until) => Math.abs(homes(a, until) - homes(b, until)) - rule.most)),
      );
    }
    case "long-trips":
      return matches.filter(
        ({ round, home, away }) =>
          teams.includes(away) && rule.rounds.has(round) && question.kilometres[away]![home]! > rule.kilometres,
      ).length;
    case "travel":
      return sum(teams, (team) => Math.max(0, Math.ceil((journeys(question, matches, team) - rule.kilometres) / 10)));
  }
}

/** Each stretch of away matches of one day after another is one journey. */
function journeys({ kilometres, days }: LeagueQuestion, matches: readonly Match[], team: number): number {
  const away = matches.filter((match) => match.away === team).sort((a, b) => a.round - b.round);
  const trips: Match[][] = [];
  for (const match of away) {
    const last = trips.at(-1)?.at(-1);
    const goesOn = last !== undefined && match.round === last.round + 1 && days[match.round]! - days[last.round]! <= 1;
    if (goesOn) trips.at(-1)!.push(match);
    else trips.push([match]);
  }
  return sum(trips, (trip) => {
    const stops = [team, ...trip.map(({ home }) => home), team];
    return sum(stops.slice(1), (stop, i = 0) => kilometres[stops[i]!]![stop]!);
  });
}

const sum = <T>(list: readonly T[], of: (each: T, place?: number) => number): number =>
  list.reduce((total, each, place) => total + of(each, place), 0);
