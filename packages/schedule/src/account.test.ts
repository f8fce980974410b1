// Rules TA* are in ../SPEC.md. Strategy: tables as a payroll clerk would check them; balances against a model that keeps
// every minute by itself.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { DAY_MS, findZone } from "@hourwright/time";
import { balancesOf, type CarryRule } from "./balance.ts";
import { entitlementOf, leaveOf, leaveTakenIn, type LeaveRule } from "./leave.ts";
import { nominalMinutes } from "./nominal.ts";
import { approved, contract, dayOf, shift } from "./testing.ts";
import { unify, type ScheduleQuestion } from "./unify.ts";
import { accountOf, correctedOf, rounded, type Clocked } from "./worked.ts";

const zone = findZone("Europe/Berlin")!;
const instant = (text: string) => Temporal.ZonedDateTime.from(`${text}[Europe/Berlin]`).epochMilliseconds;
const span = (from: string, to: string) => ({ startMs: instant(from), endMs: instant(to) });
const clocked = (id: string, from: string, to: string): Clocked => ({ id, ...span(from, to) });
const dayOfMs = (ms: number) => Math.floor(zone.toLocalMs(ms) / DAY_MS);
const BY_MINUTE = { toMinutes: 1, how: "nearest" } as const;
const NO_OVERTIME = { dailyMinutes: null, weeklyMinutes: null };
const week = (more: Partial<ScheduleQuestion> = {}) =>
  unify({
    zone,
    contracts: [contract()],
    holidays: [],
    adjustments: [],
    fromDay: dayOf("2027-03-01"),
    toDay: dayOf("2027-03-08"),
    ...more,
  });

describe("a time account", () => {
  test("[TA1] [TA2] counts pairs as they were corrected, and says what does not count", () => {
    const pairs: Clocked[] = [
      clocked("1", "2027-03-01T09:00", "2027-03-01T12:00"),
      { id: "2", startMs: instant("2027-03-01T13:00"), endMs: null },
      clocked("3", "2027-03-02T09:00", "2027-03-02T17:00"),
      clocked("4", "2027-03-02T16:00", "2027-03-02T18:00"),
      { id: "5", startMs: instant("2027-03-03T09:00"), endMs: null },
    ];
    const { worked, faults } = correctedOf(
      pairs,
      [
        { of: "2", time: span("2027-03-01T13:00", "2027-03-01T16:00") },
        { of: "2", time: span("2027-03-01T13:00", "2027-03-01T17:00") },
        { of: null, time: span("2027-03-04T09:00", "2027-03-04T10:00") },
      ],
      dayOfMs,
    );
    assert.deepEqual(worked, [
      span("2027-03-01T09:00", "2027-03-01T12:00"),
      span("2027-03-01T13:00", "2027-03-01T17:00"),
      span("2027-03-02T09:00", "2027-03-02T18:00"),
      span("2027-03-04T09:00", "2027-03-04T10:00"),
    ]);
    assert.deepEqual(faults, [
      "Clocked in twice on 2 March 2027: the time counts once.",
      "Clocked in on 3 March 2027 and never out: it counts when it is corrected.",
    ]);
    assert.deepEqual(correctedOf(pairs.slice(0, 1), [{ of: "1", time: null }], dayOfMs).worked, []);
  });

  test("[TA3] has what is planned, worked and credited of each day; a night belongs to the day it begins on", () => {
    const night = [shift("night shift", "22:00", "30:00")];
    const turns = { weeks: [[night, night, [], [], [], [], []]], anchorDay: dayOf("2027-03-01") };
    const leave = {
      kind: "absence",
      type: "leave",
      span: { fromDay: dayOf("2027-03-02"), toDay: dayOf("2027-03-03") },
    } as const;
    const unified = week({ contracts: [contract({ turns })], adjustments: [approved("a1", leave)] });
    const worked = [span("2027-03-01T21:55", "2027-03-02T01:00"), span("2027-03-02T01:30", "2027-03-02T06:10")];
    const shown = accountOf(unified, worked, BY_MINUTE, NO_OVERTIME).map(({ planned, credited, worked: minutes }) => [
      planned,
      credited,
      minutes,
    ]);
    assert.deepEqual(shown.slice(0, 3), [
      [480, 0, 280 + 185],
      [0, 480, 0],
      [0, 0, 0],
    ]);
  });

  const roundings = [
    [487, "nearest", 5, 485],
    [487.5, "nearest", 5, 490],
    [481, "up", 15, 495],
    [494, "down", 15, 480],
    [480, "up", 15, 480],
  ] as const;
  for (const [minutes, how, toMinutes, expected] of roundings)
    test(`[TA4] rounds ${minutes} minutes ${how} to ${toMinutes}: ${expected}`, () =>
      assert.equal(rounded(minutes, { how, toMinutes }), expected));

  test("[TA5] has overtime by day and by week, and no minute twice", () => {
    const day = (date: number, hours: number) => {
      const startMs = instant(`2027-03-0${date}T09:00`);
      return { startMs, endMs: startMs + hours * 3_600_000 };
    };
    const worked = [day(1, 10), day(2, 8), day(3, 8), day(4, 8), day(5, 8), day(6, 3)];
    const overtime = (rule: typeof NO_OVERTIME | { dailyMinutes: number | null; weeklyMinutes: number | null }) =>
      accountOf(week(), worked, BY_MINUTE, rule).map((line) => line.overtime / 60);
    assert.deepEqual(overtime({ dailyMinutes: 480, weeklyMinutes: null }), [2, 0, 0, 0, 0, 0, 0]);
    assert.deepEqual(overtime({ dailyMinutes: null, weeklyMinutes: 2_400 }), [0, 0, 0, 0, 0, 5, 0]);
    assert.deepEqual(overtime({ dailyMinutes: 480, weeklyMinutes: 2_400 }), [2, 0, 0, 0, 0, 3, 0]);
    assert.deepEqual(overtime({ dailyMinutes: 480, weeklyMinutes: 2_640 }), [2, 0, 0, 0, 0, 0, 0]);
  });

  test("[TA6] carries hours on, lets them expire, and keeps no more than may be kept", () => {
    const rule = { max: 600, expireAfterMonths: 2 };
    assert.deepEqual(
      balancesOf(-60, [360, 400, -100, 0, -500], rule).map(({ expired, capped, closing }) => [
        expired,
        capped,
        closing,
      ]),
      [
        [0, 0, 300],
        [0, 100, 600],
        [100, 0, 400],
        [400, 0, 0],
        [0, 0, -500],
      ],
    );
  });

  test("[TA6] is what becomes of each minute", () => {
    const limit = (max: number) => fc.option(fc.integer({ min: 0, max }));
    const change = fc.integer({ min: -30, max: 30 });
    fc.assert(
      fc.property(
        change,
        fc.array(change, { maxLength: 12 }),
        limit(40),
        fc.option(fc.integer({ min: 1, max: 4 })),
        (opening, changes, max, expireAfterMonths) => {
          const lines = balancesOf(opening, changes, { max, expireAfterMonths });
          assert.deepEqual(
            lines.map(({ closing }) => closing),
            obviousBalances(opening, changes, { max, expireAfterMonths }),
          );
          for (const { opening: from, change: by, expired, capped, closing } of lines)
            assert.equal(from + by - expired - capped, closing);
        },
      ),
    );
  });

  const rule: LeaveRule = { fullYear: 3_000, roundUpTo: 50, carryMax: 500, carryUntil: { month: 3, day: 31 } };
  const entitlements = [
    ["a whole year", [contract()], 3_000],
    ["from July on", [contract({ fromDay: dayOf("2027-07-01") })], 1_550], // 184 of 365 days: 15.12.
    ["half of full time", [contract({ partPermille: 500 })], 1_500],
    [
      "half of full time from July on",
      [
        contract({ toDay: dayOf("2027-07-01") }),
        contract({ id: "c2", fromDay: dayOf("2027-07-01"), partPermille: 500 }),
      ],
      2_250, // 14.88 and 7.56: 22.44.
    ],
    ["a contract of another year", [contract({ fromDay: dayOf("2028-01-01") })], 0],
  ] as const;
  for (const [title, contracts, expected] of entitlements)
    test(`[TA7] gives leave for ${title}`, () => assert.equal(entitlementOf(contracts, 2027, rule), expected));

  test("[TA8] takes what was carried first, and lets it expire", () => {
    const taken = [
      { day: dayOf("2027-08-02"), hundredths: 2_000 },
      { day: dayOf("2028-03-31"), hundredths: 200 },
      { day: dayOf("2028-04-01"), hundredths: 1_000 },
    ];
    assert.deepEqual(leaveOf([contract()], taken, rule, { first: 2027, last: 2028 }), [
      { year: 2027, carried: 0, entitled: 3_000, taken: 2_000, expired: 0, left: 1_000, forfeited: 500 },
      { year: 2028, carried: 500, entitled: 3_000, taken: 1_200, expired: 300, left: 2_000, forfeited: 1_500 },
    ]);
  });

  test("[TA9] takes leave of days with a shift alone, in parts where it is for a part", () => {
    const adjustments = [
      approved("a1", {
        kind: "absence",
        type: "leave",
        span: { fromDay: dayOf("2027-03-03"), toDay: dayOf("2027-03-08") },
      }),
      approved("a2", { kind: "absence", type: "leave", span: span("2027-03-01T13:00", "2027-03-01T17:00") }),
      approved("a3", {
        kind: "absence",
        type: "sick",
        span: { fromDay: dayOf("2027-03-04"), toDay: dayOf("2027-03-05") },
      }),
    ];
    assert.deepEqual(leaveTakenIn(week({ adjustments })), [
      { day: dayOf("2027-03-01"), hundredths: 50 },
      { day: dayOf("2027-03-03"), hundredths: 100 },
      { day: dayOf("2027-03-05"), hundredths: 100 },
    ]);
  });

  const nominals = [
    ["40 hours a week in March", contract(), 10_629], // 31 ÷ 7 × 2,400 = 10,628.57.
    ["160 hours a month", contract({ nominal: { minutes: 9_600, per: "month" } }), 9_600],
    [
      "160 hours a month from the 16th on",
      contract({ nominal: { minutes: 9_600, per: "month" }, fromDay: dayOf("2027-03-16") }),
      4_955,
    ],
    ["1,800 hours a year", contract({ nominal: { minutes: 108_000, per: "year" } }), 9_173],
  ] as const;
  for (const [title, version, expected] of nominals)
    test(`[TA10] asks for ${title}`, () =>
      assert.equal(nominalMinutes([version], dayOf("2027-03-01"), dayOf("2027-04-01")), expected));
});

/** Each minute by itself, with the month it came from. */
function obviousBalances(opening: number, changes: readonly number[], { max, expireAfterMonths }: CarryRule): number[] {
  let own: number[] = Array.from({ length: Math.max(0, opening) }, () => -1);
  let owed = Math.max(0, -opening);
  return changes.map((change, month) => {
    for (let i = 0; i < Math.abs(change); i++) {
      if (change > 0 && owed > 0) owed--;
      else if (change > 0) own.push(month);
      else if (own.length > 0) own.shift();
      else owed++;
    }
    if (expireAfterMonths !== null) own = own.filter((from) => month - from < expireAfterMonths);
    while (max !== null && own.length > max) own.shift();
    return own.length - owed;
  });
}
