// Rules CV* are in ../SPEC.md. Strategy: a table of what is refused, with its sentence; then any changes in turn.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { changedFrom, contractFaults, contractOn, type Contract } from "./contract.ts";
import { contract, dayOf, pause, shift } from "./testing.ts";

const sentences = (...versions: Contract[]) => contractFaults(versions).map(({ sentence }) => sentence);
const week = (...days: ReturnType<typeof shift>[][]) => ({
  weeks: [Array.from({ length: 7 }, (_, i) => days[i] ?? [])],
  anchorDay: dayOf("2027-01-04"),
});
const inWeek = (...days: ReturnType<typeof shift>[][]) => contract({ turns: week(...days) });

describe("versions of a contract", () => {
  const refusals: readonly (readonly [rule: string, versions: readonly Contract[], sentences: readonly string[]])[] = [
    [
      "[CV1] overlap, and both are named",
      [contract({ toDay: dayOf("2027-03-02") }), contract({ id: "c2", fromDay: dayOf("2027-03-01") })],
      ["Version “c1” (from 1 January 2027 to before 2 March 2027) and version “c2” (from 1 March 2027) overlap."],
    ],
    [
      "[CV1] end before they begin",
      [contract({ toDay: dayOf("2027-01-01") })],
      ["Version “c1” ends before it begins."],
    ],
    [
      "[CV1] are called the same",
      [contract({ toDay: dayOf("2027-02-01") }), contract({ fromDay: dayOf("2027-02-01") })],
      ["Two versions are called “c1”."],
    ],
    [
      "[CV3] have a pattern of no weeks",
      [contract({ turns: { weeks: [], anchorDay: 0 } })],
      ["The pattern of version “c1” has 1 to 53 weeks, not 0."],
    ],
    [
      "[CV3] have a week of six days",
      [contract({ turns: { weeks: [[[], [], [], [], [], []]], anchorDay: 0 } })],
      ["Week 1 of version “c1” does not have seven days."],
    ],
    [
      "[CV4] have a shift that is longer than a day",
      [inWeek([shift("watch", "08:00", "32:01")])],
      ["watch (08:00–08:01) is longer than a day."],
    ],
    [
      "[CV4] have a shift without length",
      [inWeek([shift("watch", "08:00", "08:00")])],
      ["watch (08:00–08:00) has no length."],
    ],
    [
      "[CV4] have a shift that begins on another day",
      [inWeek([shift("watch", "24:00", "25:00")])],
      ["watch (00:00–01:00) begins at a whole minute of its day, 0 to 1,439."],
    ],
    [
      "[CV4] have shifts that overlap from Sunday's night to Monday",
      [inWeek([shift("early", "05:00", "09:00")], [], [], [], [], [], [shift("night", "22:00", "30:00")])],
      ["night (22:00–06:00) and early (05:00–09:00) overlap (week 1, Sunday)."],
    ],
    [
      "[CV5] have a break outside of its shift",
      [inWeek([shift("early", "06:00", "14:00", { breaks: [pause("13:45", "14:15")] })])],
      ["The break from 13:45 to 14:15 is outside of early (06:00–14:00)."],
    ],
    [
      "[CV5] have breaks that overlap",
      [inWeek([shift("early", "06:00", "14:00", { breaks: [pause("10:00", "10:30"), pause("10:29", "10:40")] })])],
      ["The break from 10:29 to 10:40 overlaps another break."],
    ],
    [
      "[CV7] have hours, parts and costs out of bounds",
      [
        contract({
          nominal: { minutes: -1, per: "month" },
          partPermille: 1_001,
          cost: { minorUnits: -1, currency: "EUR" },
        }),
      ],
      [
        "Version “c1” has hours between none and all of a month, in whole minutes.",
        "Version “c1” is 1 to 1,000 thousandths of full time.",
        "Version “c1” costs a whole amount of a currency of three letters an hour.",
      ],
    ],
    [
      "[CV8] have a rule out of bounds, or two of a kind",
      [
        contract({
          rules: [
            { kind: "rest", minutesMin: 0 },
            { kind: "days", max: 5 },
            { kind: "days", max: 6 },
          ],
        }),
      ],
      [
        "Version “c1”: the rule “at least 0 h of rest between shifts” is out of bounds.",
        "Version “c1”: the rule “work on at most 6 days in a row” stands beside another of its kind.",
      ],
    ],
  ];
  for (const [rule, versions, expected] of refusals)
    test(`${rule}: refused`, () => assert.deepEqual(sentences(...versions), expected));

  test("[CV1] may follow one another, with and without a gap", () => {
    const first = contract({ toDay: dayOf("2027-02-01") });
    assert.deepEqual(sentences(first, contract({ id: "c2", fromDay: dayOf("2027-02-01") })), []);
    assert.equal(contractOn([first], dayOf("2027-01-31")), first);
    assert.equal(contractOn([first], dayOf("2027-02-01")), null);
  });

  test("[CV4] may have shifts over midnight that touch", () => {
    const days = Array.from({ length: 7 }, () => [shift("day", "06:00", "18:00"), shift("night", "18:00", "30:00")]);
    assert.deepEqual(sentences(inWeek(...days)), []);
  });

  test("[CV2] change from a day on, and nothing before is rewritten", () => {
    const first = contract();
    const changed = changedFrom([first], contract({ id: "c2", fromDay: dayOf("2027-03-01") }));
    assert.ok("versions" in changed);
    assert.deepEqual(
      changed.versions.map(({ id, toDay }) => [id, toDay]),
      [
        ["c1", dayOf("2027-03-01")],
        ["c2", null],
      ],
    );
    const back = changedFrom(changed.versions, contract({ id: "c3", fromDay: dayOf("2027-02-01") }));
    assert.ok("refused" in back);
    assert.deepEqual(
      back.refused.map(({ sentence }) => sentence),
      [
        "Version “c2” (from 1 March 2027) begins when version “c3” (from 1 February 2027) is to hold: a change begins after all versions there are.",
      ],
    );
  });

  test("[CV2] hold on every day before a change as they did", () => {
    const step = fc.record({
      after: fc.integer({ min: -3, max: 20 }),
      length: fc.option(fc.integer({ min: 1, max: 30 })),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 8 }), (steps) => {
        let versions: readonly Contract[] = [];
        let fromDay = 20_000;
        for (const [i, { after, length }] of steps.entries()) {
          fromDay += after;
          const next = contract({ id: `v${i}`, fromDay, toDay: length === null ? null : fromDay + length });
          const changed = changedFrom(versions, next);
          const isLater = versions.some((version) => version.fromDay >= fromDay);
          assert.equal("refused" in changed, isLater);
          if ("refused" in changed) continue;
          for (let day = 19_990; day < fromDay; day++)
            assert.equal(contractOn(changed.versions, day)?.id, contractOn(versions, day)?.id);
          assert.equal(contractOn(changed.versions, fromDay)?.id, next.id);
          assert.deepEqual(contractFaults(changed.versions), []);
          versions = changed.versions;
        }
      }),
    );
  });
});
