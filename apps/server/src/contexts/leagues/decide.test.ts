// Strategy: tables of what a league may be made of, and of when its matches are where clocks change.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { isRefused } from "@hourwright/contract";
import { decideDays, decideTeams } from "./decide.ts";
import { changedLeague } from "./changing.ts";
import type { LeagueState, StoredFixture } from "./model.ts";
import { firstOpenRound, instantMs, overAt, zonedText } from "./times.ts";

describe("when a match is", () => {
  for (const [what, day, kickOff, expected] of [
    ["is as the clocks say", "2027-03-27", "15:00", "2027-03-27T15:00:00+01:00"],
    ["is an hour later where the clocks leave its time out", "2027-03-28", "02:30", "2027-03-28T03:30:00+02:00"],
    ["is the first of two where the clocks repeat its time", "2027-10-31", "02:30", "2027-10-31T02:30:00+02:00"],
  ] as const)
    test(what, () => {
      assert.equal(zonedText(instantMs(day, kickOff, "Europe/Prague"), "Europe/Prague"), expected);
    });

  test("a round is open on its day, and over on the next", () => {
    const days = ["2027-09-04", "2027-09-11"];
    const at = (time: string) => Temporal.Instant.from(time).epochMilliseconds;
    assert.equal(firstOpenRound(days, "Europe/Prague", at("2027-09-04T23:59:00+02:00")), 0);
    assert.equal(firstOpenRound(days, "Europe/Prague", at("2027-09-05T00:00:00+02:00")), 1);
    assert.equal(firstOpenRound(days, "Europe/Prague", at("2027-09-12T00:00:00+02:00")), 2);
  });
});

describe("a match that was rained off", () => {
  const team = (id: string) => ({
    id,
    name: id,
    short: id,
    venueId: null,
    subjectId: null,
    kickOff: null,
    minutes: null,
  });
  const fixture: StoredFixture = {
    id: "fix_1",
    round: 0,
    homeId: "a",
    awayId: "b",
    own: null,
    locked: false,
    eventId: null,
  };
  const state: LeagueState = {
    league: {
      id: "lea_1",
      version: 1,
      calendarId: "cal_1",
      name: "Two",
      days: ["2027-09-04", "2027-09-11"],
      setup: {
        legs: 2,
        back: "free",
        kickOff: "15:00",
        minutes: 120,
        dates: { firstDay: "2027-09-04", weekdays: [6], everyWeeks: 1, lastDay: null, leftOut: [], holidays: false },
        teams: [team("a"), team("b")],
        rules: [],
      },
    },
    fixtures: [fixture, { ...fixture, id: "fix_2", round: 1, homeId: "b", awayId: "a" }],
  };
  const now = { zone: "Europe/Prague", nowMs: Temporal.Instant.from("2027-09-05T10:00:00+02:00").epochMilliseconds };
  const putOff = (day: string | null, kickOff: string | null = null) =>
    changedLeague(state, { time: { fixtureId: "fix_1", day, kickOff, venueId: null } }, now);

  test("is put off to a day to come, and is not over until then", () => {
    const isOver = overAt(now);
    assert.equal(isOver(state.league, fixture), true);
    const after = putOff("2027-10-06");
    assert.ok(!isRefused(after));
    assert.equal(isOver(after.league, after.fixtures[0]!), false);
  });

  for (const [what, day, kickOff, sentence] of [
    ["to a day that is over", "2027-09-04", null, "Saturday 4 September 2027 is over."],
    ["without a day", null, "18:00", "Round 1 is over: say on which day the match is."],
    [
      "to another season",
      "2028-09-04",
      null,
      "A match is at most 180 days beside its round: move it to another round instead.",
    ],
  ] as const)
    test(`is not put off ${what}`, () => {
      const refused = putOff(day, kickOff);
      assert.ok(isRefused(refused));
      assert.equal(refused.refused.detail, sentence);
    });

  test("stays in its round", () => {
    const refused = changedLeague(state, { move: { fixtureId: "fix_1", round: 2 } }, now);
    assert.ok(isRefused(refused));
    assert.equal(refused.refused.code, "leagues/change-refused");
  });
});

describe("what a league is made of", () => {
  let made = 0;
  const newId = () => `tem_${++made}`;
  const wish = (name: string) => ({ name, venueId: null, subjectId: null, kickOff: null, minutes: null });

  test("teams are called by their first letters where nothing else is said", () => {
    const teams = decideTeams([wish("Žižkov"), { ...wish("Stags"), short: "S1" }], [], newId);
    assert.ok(!isRefused(teams));
    assert.deepEqual(
      teams.map(({ short }) => short),
      ["ŽIŽ", "S1"],
    );
  });

  test("no two have the same short name, unless somebody wants it", () => {
    const numbers = Array.from({ length: 24 }, (_, number) => wish(`Team number ${number + 1}`));
    const teams = decideTeams(numbers, [], newId);
    assert.ok(!isRefused(teams));
    assert.equal(new Set(teams.map(({ short }) => short)).size, 24);
    const wished = decideTeams([{ ...wish("FC Altstadt"), short: "FCA" }, wish("FC Auwald"), wish("fca")], [], newId);
    assert.ok(!isRefused(wished));
    assert.deepEqual(
      wished.map(({ short }) => short),
      ["FCA", "FCU", "FC1"],
    );
  });

  test("a team that is not of the league is refused", () => {
    const refused = decideTeams([{ ...wish("Stags"), id: "tem_x" }, wish("Hares")], [], newId);
    assert.ok(isRefused(refused));
    assert.equal(refused.refused.detail, "“Stags” has the id of no team of the league, or of another one.");
  });

  test("what was played keeps its days, and the rest follows after them", () => {
    const teams = decideTeams(["A", "B", "C", "D"].map(wish), [], newId);
    assert.ok(!isRefused(teams));
    const dates = {
      firstDay: "2027-09-01",
      weekdays: [6],
      everyWeeks: 1,
      lastDay: null,
      leftOut: [],
      holidays: false,
    };
    const played = ["2027-09-01"];
    assert.deepEqual(decideDays({ dates, teams, legs: 1 }, [], played), ["2027-09-01", "2027-09-04", "2027-09-11"]);
  });
});
