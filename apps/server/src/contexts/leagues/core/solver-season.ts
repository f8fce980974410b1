import type { Match as SolverMatch, Season, SeasonConstraint } from "@hourwright/solver/seasons";
import { roundsOfLeg, type LeagueQuestion, type Match } from "./question.ts";
import type { LeagueRule, Side } from "./rules.ts";

// A league in the words of the solver: a double round robin of an even number of teams. Who is odd plays against nobody; of a league in
// which every two meet once the first half is asked for, and of a mirrored one what is asked of the second half is turned into the first.

/** The solver takes seasons of so many teams or more. */
export const SOLVER_TEAMS_MIN = 4;

/** The question as the solver takes it; what it has no word for (ways, one of some rounds to meet in) is left to the search after it. */
export function solverSeason(question: LeagueQuestion, fixed: readonly Match[]): Season {
  const even = question.teams + (question.teams % 2);
  const range = (size: number) => Array.from({ length: size }, (_, place) => place);
  return {
    name: "league",
    teams: range(even).map(String),
    slots: range(2 * (even - 1)).map(String),
    isPhased: question.legs === 1 || question.back !== "free",
    constraints: constraintsOf(question, fixed),
  };
}

type Stated = SeasonConstraint extends infer Each
  ? Each extends unknown
    ? Omit<Each, "line" | "isHard" | "penalty">
    : never
  : never;
type Asked = { readonly hard: boolean; readonly weight: number };

function constraintsOf(question: LeagueQuestion, fixed: readonly Match[]): SeasonConstraint[] {
  const made: SeasonConstraint[] = [];
  const add = ({ hard, weight }: Asked, stated: Stated) =>
    made.push({ ...stated, isHard: hard, penalty: hard ? 1 : weight, line: 0 });
  const always = { hard: true, weight: 1 };
  const half = roundsOfLeg(question.teams);
  const isHalved = question.legs === 1 || question.back === "mirrored";
  const everybody = Array.from({ length: question.teams }, (_, team) => team);
  // Of the season that is asked for, where the solver is to look: in its first half alone, where the rest follows from it.
  const at: Scene["at"] = (round, venue) =>
    isHalved && round >= half ? { slot: round - half, venue: turned(venue) } : { slot: round, venue };
  const slots = Array.from({ length: isHalved ? half : question.rounds }, (_, slot) => slot);

  question.closed.forEach((rounds, team) => {
    for (const round of rounds) {
      const { slot, venue } = at(round, "H");
      add(always, { kind: "CA2", teams: [team], others: everybody, slots: [slot], venue, range: { min: 0, max: 0 } });
    }
  });
  for (const teams of question.sharing)
    add(always, { kind: "CA4", teams, others: everybody, slots, venue: "H", range: { min: 0, max: 1 }, isEach: true });
  for (const { round, home, away } of fixed) {
    const { slot, venue } = at(round, "H");
    const meetings = venue === "H" ? [{ home, away }] : [{ home: away, away: home }];
    add(always, { kind: "GA1", meetings, slots: [slot], range: { min: 1, max: 1 } });
  }
  if (question.legs === 1) {
    const matches = question.teams - 1;
    const range = { min: Math.floor(matches / 2), max: Math.ceil(matches / 2) };
    add({ hard: false, weight: 10 }, { kind: "CA2", teams: everybody, others: everybody, slots, venue: "H", range });
  }
  for (const rule of question.rules) {
    for (const stated of statedOf(rule, question, { everybody, slots, at })) add(rule, stated);
  }
  return made;
}

type Venue = "H" | "A" | "HA";
const turned = (venue: Venue): Venue => (venue === "HA" ? venue : venue === "H" ? "A" : "H");
const letter = (side: Side): Venue => (side === "any" ? "HA" : side === "home" ? "H" : "A");

type Scene = {
  readonly everybody: readonly number[];
  readonly slots: readonly number[];
  at(round: number, venue: Venue): { readonly slot: number; readonly venue: Venue };
};

function statedOf(rule: LeagueRule, question: LeagueQuestion, { everybody, slots, at }: Scene): Stated[] {
  const { teams } = rule;
  switch (rule.kind) {
    case "in-a-row": {
      const sides = rule.venue === "any" ? (["H", "A"] as const) : [letter(rule.venue)];
      const inRow = rule.most + 1;
      if (inRow > slots.length) return [];
      const range = { min: 0, max: rule.most };
      return sides.map((venue) => ({ kind: "CA3", teams, others: everybody, inRow, venue, range }));
    }
    case "breaks":
      return [{ kind: "BR1", teams, slots, venue: "HA", most: rule.most }];
    case "breaks-of-all":
      return [{ kind: "BR2", teams, slots, venue: "HA", most: rule.most }];
    case "unavailable":
      return [...rule.rounds].map((round) => {
        const { slot, venue } = at(round, letter(rule.venue));
        return { kind: "CA2", teams, others: everybody, slots: [slot], venue, range: { min: 0, max: 0 } };
      });
    case "meet": {
      const { home, away } = rule;
      const isOneLeg = question.legs === 1 || question.back === "mirrored";
      const both = rule.either || isOneLeg;
      const meetings = both
        ? [
            { home, away },
            { home: away, away: home },
          ]
        : [{ home, away }];
      const there = [...new Set([...rule.rounds].map((round) => at(round, "H").slot))];
      const range = rule.meets ? { min: 1, max: meetings.length } : { min: 0, max: 0 };
      return [{ kind: "GA1", meetings, slots: there, range }];
    }
    case "return":
      return question.legs === 2 && question.back !== "mirrored" && teams.length > 1
        ? [{ kind: "SE1", teams, least: rule.between }]
        : [];
    case "home-together":
      return [
        {
          kind: "CA4",
          teams,
          others: everybody,
          slots,
          venue: "H",
          range: { min: 0, max: rule.most },
          isEach: true,
        },
      ];
    case "balance":
      return teams.length > 1 ? [{ kind: "FA2", teams, slots, most: rule.most }] : [];
    case "long-trips": {
      const { kilometres } = question;
      const far = teams.flatMap((away) =>
        everybody.flatMap((home) => ((kilometres[away]![home] ?? 0) > rule.kilometres ? [{ home, away }] : [])),
      );
      return far.length === 0
        ? []
        : [...rule.rounds].map((round) => {
            const { slot, venue } = at(round, "H");
            const meetings = venue === "H" ? far : far.map(({ home, away }) => ({ home: away, away: home }));
            return { kind: "GA1", meetings, slots: [slot], range: { min: 0, max: 0 } };
          });
    }
    case "travel":
      return [];
  }
}

/** What the solver has found, as matches of the league. */
export function fromSolver(question: LeagueQuestion, found: readonly SolverMatch[]): Match[] {
  const half = roundsOfLeg(question.teams);
  const real = found
    .filter(({ home, away }) => home < question.teams && away < question.teams)
    .map(({ slot, home, away }) => ({ round: slot, home, away }));
  if (question.legs === 2 && question.back !== "mirrored") return real;
  const first = real.filter(({ round }) => round < half);
  if (question.legs === 1) return first;
  return [...first, ...first.map(({ round, home, away }) => ({ round: round + half, home: away, away: home }))];
}
