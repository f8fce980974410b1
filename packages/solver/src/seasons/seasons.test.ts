import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { seededRandom } from "@hourwright/std";
import * as fc from "fast-check";
import { stepBudget } from "../budget.ts";
import { anySeason } from "./begin.ts";
import { Board, Change } from "./board.ts";
import { judge } from "./judge.ts";
import { Mender } from "./mend.ts";
import { swapOpponents, swapSlots, swapSlotsOfSome, swapTeams, turnPair, type Way } from "./moves.ts";
import { printMatches, readMatches, readSeason } from "./robinx.ts";
import { planSeason } from "./search.ts";
import type { Match, Season } from "./season.ts";
import { anySmallSeason } from "./testing.ts";

const WAYS: readonly (readonly [name: string, way: Way])[] = Object.entries({
  turnPair,
  swapTeams,
  swapSlots,
  swapSlotsOfSome,
  swapOpponents,
});
const CHANGES = 60;

const seasonOf = (teams: number, isPhased = true): Season => ({
  name: "plain",
  teams: Array.from({ length: teams }, (_, team) => `${team}`),
  slots: Array.from({ length: 2 * (teams - 1) }, (_, slot) => `${slot}`),
  isPhased,
  constraints: [],
});

/** Every two meet once at each of their homes, and everybody plays once in every slot. */
function assertDoubleRoundRobin({ teams, slots }: Season, matches: readonly Match[]): void {
  const pairs = new Set(matches.map(({ home, away }) => `${home}-${away}`));
  const cells = new Set(matches.flatMap(({ slot, home, away }) => [`${slot}: ${home}`, `${slot}: ${away}`]));
  const count = teams.length * (teams.length - 1);
  assert.deepEqual([matches.length, pairs.size, cells.size], [count, count, teams.length * slots.length]);
  assert.ok(matches.every(({ home, away }) => home !== away));
}

const isInHalves = (season: Season, matches: readonly Match[]): boolean =>
  judge({ ...season, isPhased: true, constraints: [] }, matches).infeasibility === 0;

describe("a season to begin with", () => {
  test("is a double round robin in halves, for 4 to 20 teams", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 10 }), fc.integer(), (half, seed) => {
        const season = seasonOf(2 * half);
        const matches = anySeason(season, seededRandom(seed));
        assertDoubleRoundRobin(season, matches);
        assert.ok(isInHalves(season, matches));
      }),
    );
  });
});

describe("a board", () => {
  test("costs after every change, made or taken back, what the rules say (SV31)", () => {
    fc.assert(
      fc.property(anySmallSeason, fc.integer(), (season, seed) => {
        const random = seededRandom(seed);
        const board = new Board(season, anySeason(season, random));
        const mender = new Mender(board);
        const change = new Change(season.slots.length * 4);
        const assertJudged = () => {
          const { infeasibility, objective } = judge(season, board.matches());
          assert.deepEqual([board.hard, board.soft], [infeasibility, objective]);
          assert.equal(board.cost, board.hard + board.soft);
        };
        assertJudged();
        for (let turn = 0; turn < CHANGES; turn++) {
          change.clear();
          if (turn % 6 === 0) mender.look();
          const way = WAYS[turn % 6]?.[1];
          const isChange = way === undefined ? mender.propose(change, random) : way(board, change, random);
          if (!isChange) continue;
          board.weigh(change);
          if (random() < 0.5) board.keep(change);
          else board.drop(change);
          assertJudged();
        }
      }),
    );
  });

  test("counts from the beginning what it has kept while weights change", () => {
    fc.assert(
      fc.property(anySmallSeason, fc.integer(), (season, seed) => {
        const random = seededRandom(seed);
        const board = new Board(season, anySeason(season, random));
        for (let counter = 0; counter < board.counters.count; counter++) board.weight[counter] = 1 + (counter % 5) / 4;
        board.hardWeight = 3;
        board.recount();
        const change = new Change(season.slots.length * 4);
        for (let turn = 0; turn < CHANGES; turn++) {
          change.clear();
          if (WAYS[turn % WAYS.length]![1](board, change, random)) board.make(change);
        }
        const { hard, soft, cost } = board;
        board.recount();
        assert.deepEqual([board.hard, board.soft], [hard, soft]);
        assert.ok(Math.abs(board.cost - cost) < 1e-6);
      }),
    );
  });
});

describe("ways", () => {
  for (const [name, way] of WAYS) {
    test(`${name} leads from a double round robin to another, and within halves (SV32)`, () => {
      fc.assert(
        fc.property(fc.integer({ min: 2, max: 6 }), fc.boolean(), fc.integer(), (half, isPhased, seed) => {
          const season = seasonOf(2 * half, isPhased);
          const random = seededRandom(seed);
          const board = new Board(season, anySeason(season, random));
          const change = new Change(season.slots.length * 4);
          for (let turn = 0; turn < CHANGES; turn++) {
            change.clear();
            if (way(board, change, random)) board.make(change);
            assertDoubleRoundRobin(season, board.matches());
            if (isPhased) assert.ok(isInHalves(season, board.matches()));
          }
        }),
      );
    });
  }
});

/** Six teams, the first two share a ground; nobody plays three times in a row at home or away. */
const DERBY: Season = {
  ...seasonOf(6),
  constraints: [
    {
      kind: "CA4",
      teams: [0, 1],
      others: [0, 1, 2, 3, 4, 5],
      slots: Array.from({ length: 10 }, (_, slot) => slot),
      venue: "H",
      range: { min: 0, max: 1 },
      isEach: true,
      isHard: true,
      penalty: 1,
      line: 1,
    },
    ...(["H", "A"] as const).map((venue) => ({
      kind: "CA3" as const,
      teams: [0, 1, 2, 3, 4, 5],
      others: [0, 1, 2, 3, 4, 5],
      inRow: 3,
      venue,
      range: { min: 0, max: 2 },
      isHard: true,
      penalty: 1,
      line: 2,
    })),
    {
      kind: "CA1",
      teams: [3],
      slots: [0, 9],
      venue: "A",
      range: { min: 0, max: 0 },
      isHard: false,
      penalty: 5,
      line: 4,
    },
  ],
};

function found(season: Season, seed: number, steps: number) {
  const slices = planSeason(season, { seed, budget: stepBudget(steps) });
  for (;;) {
    const { done, value } = slices.next();
    if (done === true) return value;
  }
}

describe("a search", () => {
  test("keeps what must be kept in a small season and has no points, and stops there", () => {
    for (const seed of [1, 2, 3]) {
      const { matches, infeasibility, objective, byKind, steps } = found(DERBY, seed, 200_000);
      assert.deepEqual([infeasibility, objective, byKind], [0, 0, {}]);
      assertDoubleRoundRobin(DERBY, matches);
      assert.ok(steps < 200_000);
    }
  });

  test("finds the same for the same seed and steps (SV3), and takes no more of them", () => {
    fc.assert(
      fc.property(anySmallSeason, fc.nat(1_000), fc.integer({ min: 1, max: 4_000 }), (season, seed, steps) => {
        const one = found(season, seed, steps);
        assert.deepEqual(found(season, seed, steps), one);
        assert.ok(one.steps <= steps);
        assertDoubleRoundRobin(season, one.matches);
      }),
      { numRuns: 30 },
    );
  });

  test("gives the best so far when it is cancelled", () => {
    const slices = planSeason(DERBY, { seed: 1, budget: stepBudget(1_000_000), signal: { aborted: true } });
    const { value } = slices.next();
    assert.ok(value !== undefined && "stopped" in value);
    assert.equal(value.stopped, "cancelled");
    assertDoubleRoundRobin(DERBY, value.matches);
  });
});

const instance = (constraints: string, { round = "2", compact = "C", teams = 4, slots = 6 } = {}): string => `<Instance>
<MetaData><InstanceName>A &amp; B</InstanceName></MetaData>
<Structure><Format leagueIds="0"><numberRoundRobin>${round}</numberRoundRobin><compactness>${compact}</compactness><gameMode>P</gameMode></Format></Structure>
<Resources>
<Teams>${Array.from({ length: teams }, (_, id) => `<team id="${id}" name="T${id}"/>`).join("")}</Teams>
<Slots>${Array.from({ length: slots }, (_, id) => `<slot id="${id}" name="S${id}"/>`).join("")}</Slots>
</Resources>
<Constraints><All>
${constraints}
</All></Constraints>
</Instance>`;

describe("files of the competition", () => {
  test("name teams, slots, halves and constraints", () => {
    const { read: season } = readSeason(
      instance(
        '<CA4 teams1="0;1" teams2="2;3" slots="0;5" mode1="HA" mode2="EVERY" max="1" type="SOFT" penalty="10"/>',
      ),
    );
    assert.deepEqual(season, {
      name: "A & B",
      teams: ["T0", "T1", "T2", "T3"],
      slots: ["S0", "S1", "S2", "S3", "S4", "S5"],
      isPhased: true,
      constraints: [
        {
          kind: "CA4",
          isHard: false,
          penalty: 10,
          line: 9,
          teams: [0, 1],
          others: [2, 3],
          slots: [0, 5],
          venue: "HA",
          range: { min: 0, max: 1 },
          isEach: true,
        },
      ],
    });
  });

  const refused: readonly (readonly [string, string, RegExp])[] = [
    ["no XML", "season", /^line 1: this is no XML/],
    ["another root", "<Solution/>", /^the root element is <Instance>, not <Solution>\.$/],
    [
      "no constraints",
      instance("").replace(/<Constraints>.*<\/Constraints>/s, ""),
      /^line 1: <Instance> has no <Constraints>\.$/,
    ],
    ["a single round robin", instance("", { round: "1" }), /^a season here is a double round robin/],
    ["slots without matches", instance("", { compact: "R" }), /^in a season here every team plays in every slot/],
    ["an odd number of teams", instance("", { teams: 5 }), /^a season has an even number of teams, 4 to 64, not 5\.$/],
    ["slots that are too few", instance("", { slots: 5 }), /^4 teams play in 6 slots, not 5\.$/],
    ["ids with gaps", instance("").replace('team id="1"', 'team id="7"'), /^line 5: the ids of Teams go from 0/],
    ["a kind nobody knows", instance("<CA9/>"), /^line 9: no constraint that is known here: CA9\.$/],
    [
      "no type",
      instance('<SE1 teams="0;1" min="1" mode1="SLOTS"/>'),
      /^line 9: SE1: type is HARD or SOFT, not nothing\.$/,
    ],
    [
      "a team that is none",
      instance('<CA1 teams="4" max="1" mode="H" slots="0" type="HARD"/>'),
      /^line 9: CA1: teams names what there is not: 4\.$/,
    ],
    ["no slots", instance('<CA1 teams="0" max="1" mode="H" type="HARD"/>'), /^line 9: CA1: slots is missing\.$/],
    [
      "a maximum that is none",
      instance('<CA1 teams="0" max="-1" mode="H" slots="0" type="HARD"/>'),
      /^line 9: CA1: max is no whole number: -1\.$/,
    ],
    [
      "a venue that is none",
      instance('<CA1 teams="0" max="1" mode="X" slots="0" type="HARD"/>'),
      /^line 9: CA1: mode is H, A or HA, not X\.$/,
    ],
    [
      "a meeting with oneself",
      instance('<GA1 meetings="1,1;" max="1" slots="0" type="HARD"/>'),
      /^line 9: GA1: no meeting of two teams: 1,1\.$/,
    ],
    [
      "a window without slots",
      instance('<CA3 teams1="0" teams2="1" intp="0" max="1" mode1="H" mode2="SLOTS" type="HARD"/>'),
      /^line 9: CA3: intp is 1 to 6, not 0\.$/,
    ],
  ];
  for (const [name, text, sentence] of refused) {
    test(`are refused with a sentence for ${name}`, () => {
      assert.match(readSeason(text).refused ?? "", sentence);
    });
  }

  test("hold what was written, whatever the season (SV33)", () => {
    fc.assert(
      fc.property(anySmallSeason, fc.integer(), (season, seed) => {
        const matches = anySeason(season, seededRandom(seed));
        const { read } = readMatches(season, printMatches(season, matches, judge(season, matches)));
        const sorted = (list: readonly Match[]) => list.toSorted((a, b) => a.slot - b.slot || a.home - b.home);
        assert.deepEqual(read, sorted(matches));
      }),
    );
  });

  const wrong: readonly (readonly [string, (text: string) => string, RegExp])[] = [
    ["a match is missing", (text) => text.replace(/<ScheduledMatch.*/, ""), /^a season has 12 matches, not 11\.$/],
    [
      "a team plays itself",
      (text) => text.replace(/home="\d" away="\d"/, 'home="1" away="1"'),
      /^team 1 plays against itself in slot 0\.$/,
    ],
    ["there is no such slot", (text) => text.replace('slot="5"', 'slot="6"'), /^line \d+: slot is 0 to 5, not 6\.$/],
    ["two matches are one", (text) => text.replace(/(<ScheduledMatch.*)\n.*/, "$1\n$1"), /is there twice\.$/],
    [
      "a team plays twice in a slot",
      (text) => text.replace('slot="1"', 'slot="0"'),
      /^team \d plays twice in slot 0\.$/,
    ],
  ];
  for (const [name, change, sentence] of wrong) {
    test(`of a solution are refused where ${name}`, () => {
      const season = seasonOf(4);
      const text = printMatches(season, anySeason(season, seededRandom(1)), { infeasibility: 0, objective: 0 });
      assert.match(readMatches(season, change(text)).refused ?? "", sentence);
    });
  }
});
