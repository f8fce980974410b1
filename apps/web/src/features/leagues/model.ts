import type { Answer } from "../../data/api.ts";
import type { Call } from "@hourwright/client";

export type League = Answer<"leagues.read">;
export type Fixture = League["fixtures"][number];
export type Team = League["teams"][number];
export type Finding = League["findings"][number];
export type Change = Call<"leagues.change">["body"]["change"];
export type Try = Answer<"leagues.try">["tries"][number];
export type Where = Try["moved"][number]["from"];

/** Names of teams by id; an empty one for who is gone. */
export function namesIn({ teams }: Pick<League, "teams">): (id: string) => string {
  const names = new Map(teams.map(({ id, name }) => [id, name]));
  return (id) => names.get(id) ?? "";
}

/** What a person has in hand: a match, everything of a team, or a whole round. */
export type Chosen =
  | { readonly what: "fixture"; readonly id: string }
  | { readonly what: "team"; readonly id: string }
  | { readonly what: "round"; readonly round: number };

/** Where it could go; its key is the number of a round, the id of a team, or "turn". */
export type Option = { readonly key: string; readonly change: Change };

export const isSame = (one: Chosen | null, other: Chosen | null): boolean => keyOf(one) === keyOf(other);

const keyOf = (chosen: Chosen | null): string =>
  chosen === null ? "" : chosen.what === "round" ? `round ${chosen.round}` : `${chosen.what} ${chosen.id}`;

/** A match stays where it is once it was played, or while it is locked. */
export const isFixed = ({ locked, played }: Fixture): boolean => locked || played;

/** Everything that can be done with what is chosen; empty where it stays. */
export function optionsFor(league: League, chosen: Chosen): readonly Option[] {
  if (!league.canEdit) return [];
  const rounds = league.rounds.filter(({ played }) => !played).map(({ round }) => round);
  switch (chosen.what) {
    case "fixture": {
      const fixture = league.fixtures.find(({ id }) => id === chosen.id);
      if (fixture === undefined || isFixed(fixture)) return [];
      return [
        { key: "turn", change: { turn: { fixtureId: fixture.id } } },
        ...rounds
          .filter((round) => round !== fixture.round)
          .map((round) => ({ key: String(round), change: { move: { fixtureId: fixture.id, round } } })),
      ];
    }
    case "team":
      return league.teams
        .filter(({ id }) => id !== chosen.id)
        .map(({ id }) => ({ key: id, change: { swapTeams: { one: chosen.id, other: id } } }));
    case "round":
      if (!rounds.includes(chosen.round)) return [];
      return rounds
        .filter((round) => round !== chosen.round)
        .map((round) => ({ key: String(round), change: { swapRounds: { one: chosen.round, other: round } } }));
  }
}

/** Better or worse than now, by what is hard first. */
export function effectOf(before: League["score"], { refusal, score }: Try): Effect {
  if (refusal !== null) return { kind: "refused", hard: 0, soft: 0 };
  const [hard, soft] = [score.hard - before.hard, score.soft - before.soft];
  const kind = hard > 0 || (hard === 0 && soft > 0) ? "worse" : hard < 0 || soft < 0 ? "better" : "same";
  return { kind, hard, soft };
}

export type Effect = {
  readonly kind: "better" | "same" | "worse" | "refused";
  readonly hard: number;
  readonly soft: number;
};

/** Each team's match of each round: by team, then by round. */
export function matchesByTeam({
  fixtures,
}: Pick<League, "fixtures">): ReadonlyMap<string, ReadonlyMap<number, Fixture>> {
  const found = new Map<string, Map<number, Fixture>>();
  for (const fixture of fixtures)
    for (const id of [fixture.homeId, fixture.awayId]) {
      const own = found.get(id) ?? new Map<number, Fixture>();
      own.set(fixture.round, fixture);
      found.set(id, own);
    }
  return found;
}

/** Against whom a team would play, by "team round" of all cells that a try fills. */
export const cellsOf = ({ moved }: Try): ReadonlyMap<string, WouldBe> =>
  new Map(
    moved.flatMap(({ to }): [string, WouldBe][] => [
      [`${to.homeId} ${to.round}`, { otherId: to.awayId, isHome: true }],
      [`${to.awayId} ${to.round}`, { otherId: to.homeId, isHome: false }],
    ]),
  );

export type WouldBe = { readonly otherId: string; readonly isHome: boolean };
