// Strategy: tables of what a league may be made of, and of when its matches are where clocks change.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { isRefused } from "@hourwright/contract";
import { decideDays, decideTeams } from "./decide.ts";
import { firstOpenRound, instantMs, zonedText } from "./times.ts";

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
