// What can be done with what is chosen in a league, and how it is judged.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { cellsOf, effectOf, matchesByTeam, optionsFor, type Fixture, type League, type Try } from "./model.ts";

const fixture = (id: string, round: number, homeId: string, awayId: string, more: Partial<Fixture> = {}) =>
  ({ id, round, homeId, awayId, locked: false, played: false, ...more }) as Fixture;
const league = (more: Partial<League> = {}) =>
  ({
    canEdit: true,
    teams: ["a", "b", "c", "d"].map((id) => ({ id })),
    rounds: [1, 2, 3].map((round) => ({ round, played: round === 1 })),
    fixtures: [
      fixture("one", 1, "a", "b", { played: true }),
      fixture("two", 2, "a", "c"),
      fixture("three", 3, "d", "a", { locked: true }),
    ],
    ...more,
  }) as League;

describe("what can be done in a league", () => {
  for (const [name, chosen, keys] of [
    ["a match is turned, or goes to a round that is not over", { what: "fixture", id: "two" }, ["turn", "3"]],
    ["a match that was played stays", { what: "fixture", id: "one" }, []],
    ["a match that is locked stays", { what: "fixture", id: "three" }, []],
    ["a match that is gone is nowhere", { what: "fixture", id: "four" }, []],
    ["a team changes with any other", { what: "team", id: "b" }, ["a", "c", "d"]],
    ["a round changes with those that are not over", { what: "round", round: 2 }, ["3"]],
    ["a round that is over stays", { what: "round", round: 1 }, []],
  ] as const)
    test(name, () => {
      assert.deepEqual(
        optionsFor(league(), chosen).map(({ key }) => key),
        keys,
      );
      assert.deepEqual(optionsFor(league({ canEdit: false }), chosen), [], "who may not change it is offered nothing");
    });

  for (const [hard, soft, refusal, kind] of [
    [1, 0, null, "worse"],
    [1, -50, null, "worse"],
    [-1, 50, null, "better"],
    [0, -1, null, "better"],
    [0, 1, null, "worse"],
    [0, 0, null, "same"],
    [-1, -1, "no", "refused"],
  ] as const)
    test(`${hard} hard and ${soft} points more is ${kind}`, () =>
      assert.equal(
        effectOf({ hard: 2, soft: 60 }, { refusal, score: { hard: 2 + hard, soft: 60 + soft } } as Try).kind,
        kind,
      ));

  test("each team has its match of each round, and a try fills the cells of both", () => {
    const matches = matchesByTeam(league());
    assert.equal(matches.get("a")!.get(3)!.id, "three");
    assert.equal(matches.get("b")!.get(2), undefined);
    const moved = [{ to: { homeId: "a", awayId: "c", round: 3 } }];
    assert.deepEqual(
      [...cellsOf({ moved } as unknown as Try)],
      [
        ["a 3", { otherId: "c", isHome: true }],
        ["c 3", { otherId: "a", isHome: false }],
      ],
    );
  });
});
