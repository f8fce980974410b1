import * as fc from "fast-check";
import { roundsOf, type LeagueQuestion } from "./question.ts";
import type { LeagueRule, Side } from "./rules.ts";

/** Small leagues with rules of all kinds, also such as cannot be kept. */
export const anyLeague = (options: { readonly isEven?: true } = {}): fc.Arbitrary<LeagueQuestion> =>
  fc
    .record({
      teams: fc.integer({ min: 2, max: 9 }).map((count) => (options.isEven ? Math.max(4, count - (count % 2)) : count)),
      legs: fc.constantFrom(1, 2),
      back: fc.constantFrom("free", "halves", "mirrored"),
    })
    .chain(({ teams, legs, back }) => {
      const rounds = roundsOf(teams, legs);
      const team = fc.nat(teams - 1);
      const someRounds = fc
        .uniqueArray(fc.nat(rounds - 1), { minLength: 1, maxLength: 4 })
        .map((list) => new Set(list));
      return fc
        .record({
          rules: fc.array(anyRule(teams, someRounds), { maxLength: 8 }),
          closed: fc.array(fc.oneof(fc.constant(new Set<number>()), someRounds), {
            minLength: teams,
            maxLength: teams,
          }),
          sharing: fc.oneof(
            fc.constant([]),
            fc.uniqueArray(team, { minLength: 2, maxLength: 3 }).map((list) => [list]),
          ),
          places: fc.array(fc.integer({ min: 0, max: 300 }), { minLength: teams, maxLength: teams }),
          everyDays: fc.constantFrom(1, 7),
        })
        .map(({ rules, closed, sharing, places, everyDays }) => ({
          teams,
          legs,
          back,
          rounds,
          rules,
          closed,
          sharing,
          kilometres: places.map((one) => places.map((other) => Math.abs(one - other))),
          days: Array.from({ length: rounds }, (_, round) => 20_000 + round * everyDays),
          apart: new Set<number>(),
        }));
    });

function anyRule(teams: number, rounds: fc.Arbitrary<ReadonlySet<number>>): fc.Arbitrary<LeagueRule> {
  const among = fc.uniqueArray(fc.nat(teams - 1), { minLength: Math.min(2, teams), maxLength: teams });
  const ruled = { hard: fc.boolean(), weight: fc.integer({ min: 1, max: 20 }), teams: among };
  const venue = fc.constantFrom<Side>("home", "away", "any");
  const most = fc.integer({ min: 1, max: 4 });
  return fc.oneof(
    fc.record({ ...ruled, kind: fc.constant("in-a-row"), venue, most }),
    fc.record({ ...ruled, kind: fc.constantFrom("breaks", "breaks-of-all", "home-together", "balance"), most }),
    fc.record({ ...ruled, kind: fc.constant("unavailable"), venue, rounds }),
    fc
      .record({
        ...ruled,
        kind: fc.constant("meet"),
        two: fc.uniqueArray(fc.nat(teams - 1), { minLength: 2, maxLength: 2 }),
        either: fc.boolean(),
        rounds,
        meets: fc.boolean(),
      })
      .map(({ two, ...rest }) => ({ ...rest, home: two[0]!, away: two[1]! })),
    fc.record({ ...ruled, kind: fc.constant("return"), between: most }),
    fc.record({ ...ruled, kind: fc.constant("long-trips"), kilometres: fc.integer({ min: 10, max: 200 }), rounds }),
    fc.record({ ...ruled, kind: fc.constant("travel"), kilometres: fc.integer({ min: 0, max: 900 }) }),
  );
}
