// Strategy: seasons of random leagues are judged by tables, and by a slow model that counts facts in lists of matches; the solver's judge
// is a third. Changes keep what a season is, and what each breaks and mends is the difference of two judgements.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { stepBudget } from "@hourwright/solver";
import { judge } from "@hourwright/solver/seasons";
import { seededRandom, wholeBetween } from "@hourwright/std";
import * as fc from "fast-check";
import { plainSeason } from "./begin.ts";
import { swapped, type SeasonChange, type Staying } from "./change.ts";
import { roundDays } from "./days.ts";
import { differenceOf } from "./difference.ts";
import { sharesOf } from "./fairness.ts";
import { findingsOf, kilometresOf, scoreOf } from "./judge.ts";
import { planLeague, type LeaguePlanOptions } from "./plan.ts";
import { roundsOf, type LeagueQuestion, type Match } from "./question.ts";
import { costSlowly } from "./slowly.ts";
import { solverSeason } from "./solver-season.ts";
import { tableOf } from "./table.ts";
import { anyLeague } from "./testing.ts";

const nothingStays: Staying = { isPlayed: () => false, isLocked: () => false };

const begun = ({ teams, legs }: LeagueQuestion, seed: number): Match[] => {
  // Some hundred changes away from the circle method, so that nothing of it is left.
  const random = seededRandom(seed);
  const rounds = roundsOf(teams, legs);
  let matches = plainSeason(teams, legs);
  for (let turn = 0; turn < 100; turn++) {
    const came = swapped(
      { teams, rounds, isMirrored: false },
      matches,
      anyChange(matches, teams, rounds, random),
      nothingStays,
    );
    assert.ok("table" in came);
    matches = came.table.matches();
  }
  return matches;
};

function anyChange(matches: readonly Match[], teams: number, rounds: number, random: () => number): SeasonChange {
  const match = matches[wholeBetween(random, 0, matches.length - 1)]!;
  const any = (size: number) => wholeBetween(random, 0, size - 1);
  const one = any(teams);
  return [
    { move: { match, round: any(rounds) } },
    { swapTeams: { one, other: (one + 1 + any(teams - 1)) % teams } },
    { turn: match },
    { swapRounds: { one: any(rounds), other: any(rounds) } },
  ][any(4)]!;
}

/** Everybody plays at most once a round, and every two as often as they are to, each once at home where it is twice. */
function assertSeason({ teams, legs }: Pick<LeagueQuestion, "teams" | "legs">, matches: readonly Match[]): void {
  const cells = matches.flatMap(({ round, home, away }) => [`${round} ${home}`, `${round} ${away}`]);
  assert.equal(new Set(cells).size, cells.length, "nobody plays twice in a round");
  assert.equal(matches.length, (legs * teams * (teams - 1)) / 2);
  const pairs = matches.map(({ home, away }) =>
    (legs === 1 ? [home, away].sort((a, b) => a - b) : [home, away]).join(),
  );
  assert.equal(new Set(pairs).size, matches.length);
}

describe("a season", () => {
  test("by the circle method is one for 2 to 24 teams, once and twice", () => {
    for (let teams = 2; teams <= 24; teams++)
      for (const legs of [1, 2] as const) {
        const matches = plainSeason(teams, legs);
        assertSeason({ teams, legs }, matches);
        assert.ok(matches.every(({ round }) => round < roundsOf(teams, legs)));
      }
  });

  test("is judged as facts counted in lists say", () => {
    fc.assert(
      fc.property(anyLeague(), fc.integer(), (question, seed) => {
        const matches = begun(question, seed);
        const table = tableOf(question.teams, question.rounds, matches);
        assert.deepEqual(scoreOf(question, table), costSlowly(question, matches));
      }),
    );
  });

  test("of an even number of teams that meet twice costs what the solver says, ways apart", () => {
    fc.assert(
      fc.property(anyLeague({ isEven: true }), fc.integer(), (any, seed) => {
        const question: LeagueQuestion = {
          ...any,
          legs: 2,
          rounds: roundsOf(any.teams, 2),
          back: any.back === "mirrored" ? "free" : any.back,
          days: [],
          rules: any.rules.filter(({ kind }) => kind !== "travel" && kind !== "meet"),
        };
        const matches = begun(question, seed);
        const { infeasibility, objective } = judge(
          solverSeason(question, []),
          matches.map(({ round, ...match }) => ({ slot: round, ...match })),
        );
        assert.deepEqual(scoreOf(question, tableOf(question.teams, question.rounds, matches)), {
          hard: infeasibility,
          soft: objective,
        });
      }),
    );
  });
});

describe("a change", () => {
  test("leaves a season, says what breaks and is mended as two judgements do, and a mirrored one mirrored", () => {
    fc.assert(
      fc.property(anyLeague(), fc.integer(), fc.boolean(), (question, seed, isPlain) => {
        const { teams, rounds, legs, back } = question;
        const random = seededRandom(seed);
        const matches = isPlain ? plainSeason(teams, legs) : begun(question, seed);
        const isMirrored = legs === 2 && back === "mirrored";
        const change = anyChange(matches, teams, rounds, random);
        const came = swapped({ teams, rounds, isMirrored }, matches, change, nothingStays);
        assert.ok("table" in came);
        assertSeason(question, came.table.matches());
        const before = findingsOf(question, tableOf(teams, rounds, matches));
        const after = findingsOf(question, came.table);
        const { broken, mended } = differenceOf(before, after);
        const [was, is] = [costSlowly(question, matches), costSlowly(question, came.table.matches())];
        const sum = (list: typeof broken, isHard: boolean) =>
          list.reduce((total, { hard, points }) => total + (hard === isHard ? points : 0), 0);
        assert.equal(sum(broken, true) - sum(mended, true), is.hard - was.hard);
        assert.equal(sum(broken, false) - sum(mended, false), is.soft - was.soft);
        if (isMirrored && isPlain) assert.ok(after.every(({ kind }) => kind !== "mirrored"));
      }),
    );
  });

  test("brings a match where it was dragged, with the fewest others", () => {
    const matches = plainSeason(6, 1);
    const match = matches.find(({ round }) => round === 0)!;
    const came = swapped(
      { teams: 6, rounds: 5, isMirrored: false },
      matches,
      { move: { match, round: 3 } },
      nothingStays,
    );
    assert.ok("table" in came);
    assert.equal(came.table.meets(3, match.home), match.away);
    const moved = came.table.matches().filter(({ round }) => round === 0 || round === 3);
    assert.equal(moved.length, 6, "both rounds are whole");
    assert.deepEqual(
      came.table.matches().filter(({ round }) => round !== 0 && round !== 3),
      matches.filter(({ round }) => round !== 0 && round !== 3).sort((a, b) => a.round - b.round || a.home - b.home),
    );
  });

  test("of what was played or is locked is refused, also where it would only go along", () => {
    const matches = plainSeason(4, 2);
    const shape = { teams: 4, rounds: 6, isMirrored: false };
    const match = matches.find(({ round }) => round === 2)!;
    const played = swapped(
      shape,
      matches,
      { move: { match, round: 0 } },
      { ...nothingStays, isPlayed: (round) => round === 0 },
    );
    assert.ok("stays" in played && played.stays === "played" && played.match.round === 0);
    const along = matches.find(({ round, home, away }) => round === 3 && ![home, away].includes(match.home))!;
    const swap: SeasonChange = { swapRounds: { one: 2, other: 3 } };
    const locked = swapped(shape, matches, swap, { ...nothingStays, isLocked: (each) => each === along });
    assert.deepEqual(locked, { stays: "locked", match: along });
  });
});

describe("planning", () => {
  const plan = (question: LeagueQuestion, options: Partial<LeaguePlanOptions> = {}, steps = 4_000) => {
    const slices = planLeague(question, {
      seed: 1,
      budget: stepBudget(steps),
      from: null,
      fixed: [],
      asFewChangesAsPossible: false,
      ...options,
    });
    for (;;) {
      const { done, value } = slices.next();
      if (done === true) return value;
    }
  };

  test("leads to a season of any league, judged as it is, the same for the same steps", () => {
    fc.assert(
      fc.property(anyLeague(), (question) => {
        const found = plan(question, {}, 1_000);
        assertSeason(question, found.matches);
        assert.deepEqual(found.score, costSlowly(question, found.matches));
        assert.deepEqual(plan(question, {}, 1_000), found);
        if (question.back === "mirrored") assert.ok(found.findings.every(({ kind }) => kind !== "mirrored"));
      }),
      { numRuns: 30 },
    );
  });

  test("keeps what is fixed, and is never worse than what stood", () => {
    fc.assert(
      fc.property(anyLeague(), fc.integer(), fc.boolean(), (question, seed, isFew) => {
        const from = question.back === "mirrored" ? plainSeason(question.teams, question.legs) : begun(question, seed);
        const fixed = from.filter(({ round }) => round < 2);
        const found = plan(question, { from, fixed, asFewChangesAsPossible: isFew }, 2_000);
        const there = new Set(found.matches.map((match) => JSON.stringify(match)));
        assert.ok(fixed.every((match) => there.has(JSON.stringify(match))));
        const was = costSlowly(question, from);
        assert.ok(found.score.hard <= was.hard);
      }),
      { numRuns: 30 },
    );
  });

  const rule = { hard: true, weight: 10 };
  const league = (teams: number, rules: LeagueQuestion["rules"]): LeagueQuestion => ({
    teams,
    legs: 2,
    back: "halves",
    rounds: roundsOf(teams, 2),
    rules,
    closed: Array.from({ length: teams }, () => new Set<number>()),
    sharing: [],
    kilometres: [],
    days: [],
    apart: new Set(),
  });

  test("keeps hard rules that can be kept", () => {
    const everybody = Array.from({ length: 10 }, (_, team) => team);
    const question = {
      ...league(10, [
        { ...rule, kind: "in-a-row" as const, teams: everybody, venue: "any" as const, most: 2 },
        { ...rule, kind: "unavailable" as const, teams: [0], venue: "home" as const, rounds: new Set([3, 8]) },
      ]),
      sharing: [[1, 2]],
    };
    const { score, findings } = plan(question, {}, 200_000);
    assert.deepEqual([score.hard, findings], [0, []]);
  });

  test("moves few matches where one cannot be played", () => {
    const everybody = Array.from({ length: 8 }, (_, team) => team);
    const question = league(8, [{ ...rule, kind: "in-a-row", teams: everybody, venue: "any", most: 3 }]);
    const before = plan(question, {}, 100_000);
    const home = before.matches.find(({ round }) => round === 5)!.home;
    const closed = question.closed.map((rounds, team) => (team === home ? new Set([5]) : rounds));
    const after = plan({ ...question, closed }, { from: before.matches, asFewChangesAsPossible: true }, 60_000);
    const there = new Set(before.matches.map((match) => JSON.stringify(match)));
    const moved = after.matches.filter((match) => !there.has(JSON.stringify(match))).length;
    assert.equal(after.score.hard, 0);
    assert.ok(moved > 0 && moved <= 8, `${moved} moved`);
  });
});

describe("shares", () => {
  test("count ways: matches of one day after another are one journey", () => {
    const kilometres = [
      [0, 10, 20],
      [10, 0, 15],
      [20, 15, 0],
    ];
    const question = { kilometres, days: [0, 1, 8] } as unknown as LeagueQuestion;
    const table = tableOf(3, 3, [
      { round: 0, home: 1, away: 0 },
      { round: 1, home: 2, away: 0 },
      { round: 2, home: 2, away: 1 },
    ]);
    assert.equal(kilometresOf(question, table, 0), 10 + 15 + 20);
    assert.equal(kilometresOf(question, table, 1), 30);
    assert.equal(kilometresOf(question, table, 2), 0);
    const [first] = sharesOf(question, table, {
      dayOf: (round) => question.days[round]!,
      isLate: (round) => round === 1,
    });
    assert.deepEqual(first, {
      team: 0,
      home: 0,
      away: 2,
      breaksHome: 0,
      breaksAway: 1,
      inARowMost: 2,
      kilometres: 45,
      homeWeekends: 0,
      late: 1,
      restDaysLeast: 1,
    });
  });
});

describe("days of rounds", () => {
  const day = (text: string): number => Temporal.PlainDate.from(text).since("1970-01-01").days;
  const text = (days: readonly number[]) =>
    days.map((each) => Temporal.PlainDate.from("1970-01-01").add({ days: each }).toString());
  const dates = { firstDay: day("2027-09-01"), weekdays: [6], everyWeeks: 1, lastDay: null, leftOut: [] };
  const none = new Set<number>();

  for (const [what, given, holidays, expected] of [
    ["are the first Saturdays", {}, none, ["2027-09-04", "2027-09-11", "2027-09-18"]],
    ["are every second week", { everyWeeks: 2 }, none, ["2027-09-04", "2027-09-18", "2027-10-02"]],
    ["are Saturdays and Sundays", { weekdays: [6, 7] }, none, ["2027-09-04", "2027-09-05", "2027-09-11"]],
    [
      "leave out a stretch",
      { leftOut: [{ from: day("2027-09-10"), until: day("2027-09-11") }] },
      none,
      ["2027-09-04", "2027-09-18", "2027-09-25"],
    ],
    ["leave out a holiday", {}, new Set([day("2027-09-04")]), ["2027-09-11", "2027-09-18", "2027-09-25"]],
    ["end with the last day", { lastDay: day("2027-09-11") }, none, ["2027-09-04", "2027-09-11"]],
  ] as const)
    test(what, () => assert.deepEqual(text(roundDays({ ...dates, ...given }, 3, holidays)), expected));
});
