// Strategy: one person over some weeks, with the server's clock set forward: comes, goes, forgets, is corrected, takes leave; what the account says is
// worked out by hand. Then that balances of months are those of the days, as a property over random schedules.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import fc from "fast-check";
import { anySchedule } from "@hourwright/schedule/testing";
import { startOwnServer, type OwnServer } from "../../../testing/own-server.ts";
import { refusalOf } from "../../../testing/server.ts";
import { decideAccount } from "./decide.ts";
import { USUAL_RULES } from "./model.ts";

test("what is planned, credited and asked of the days of a month adds up to its balance", () => {
  fc.assert(
    fc.property(anySchedule, fc.integer({ min: -10, max: 40 }), (agreed, after) => {
      const first = Math.min(...agreed.contracts.map(({ fromDay }) => fromDay));
      const today = first + after;
      const window = { fromDay: today - 60, toDay: today };
      const account = decideAccount(agreed, { pairs: [], corrections: [] }, USUAL_RULES, window, today);
      const had = account.days.reduce((sum, { worked, credited }) => sum + worked + credited, 0);
      const closing = account.months.at(-1)?.closing ?? 0;
      // Each month's hours are rounded once.
      assert.ok(
        Math.abs(closing - (had - account.nominal)) <= account.months.length,
        `${closing} ${had} ${account.nominal}`,
      );
    }),
  );
});

const RULES = {
  counts: "clocked" as const,
  rounding: { toMinutes: 15, how: "nearest" as const },
  overtime: { dailyMinutes: 480, weeklyMinutes: null },
  carry: { max: null, expireAfterMonths: null },
  leave: { fullYear: 2_500, roundUpTo: 50, carryMax: 500, carryUntil: { month: 3, day: 31 } },
};

describe("a time account", () => {
  let own: OwnServer;
  let me: string;
  before(async () => {
    own = await startOwnServer({ now: "2027-03-01T07:02:10Z" });
    me = (await own.owner("me.read", {})).personId;
    const day = { name: "day shift", starts: "08:00", minutes: 510, breaks: [{ starts: "12:00", minutes: 30 }] };
    const weeks = [[1, 2, 3, 4, 5].map((weekday) => ({ weekday, ...day }))];
    const nominal = { minutes: 2_400, per: "week" as const };
    await own.owner("contracts.create", {
      body: { personId: me, from: "2027-03-01", nominal, weeks, anchor: "2027-03-01" },
    });
  });
  after(() => own[Symbol.asyncDispose]());
  const read = (from = "2027-03-01", to = "2027-04-01") =>
    own.owner("timeAccounts.read", { params: { personId: me }, query: { from, to } });

  test("says what is planned, and what is asked, before anybody clocks", async () => {
    const { total, months, leave } = await read("2027-03-01", "2027-03-08");
    assert.deepEqual(total, { nominal: 2_400, planned: 2_400, credited: 0, worked: 0, overtime: 0 });
    assert.deepEqual(months, [{ month: "2027-03", opening: 0, change: 0, expired: 0, capped: 0, closing: 0 }]);
    assert.deepEqual([leave.length, leave[0]!.year, leave[0]!.entitled], [1, 2027, 1_700], "306 of 365 days of twenty");
  });

  test("counts what was clocked, rounded, with overtime; who is in is in once", async () => {
    const { version } = await own.owner("timeAccountRules.read", {});
    const set = await own.owner("timeAccountRules.put", { body: RULES, ifMatch: version });
    assert.deepEqual(set, { ...RULES, version: 1 });
    const stale = own.owner("timeAccountRules.put", { body: RULES, ifMatch: version });
    assert.equal((await refusalOf(stale)).code, "request/version-changed");
    assert.equal(
      (await refusalOf(own.owner("timeClock.out", {}))).detail,
      "You are not in: come in first, or ask for a correction.",
    );
    const pair = await own.owner("timeClock.in", {});
    assert.match(pair.start, /^2027-03-01T07:0\d:00Z$/);
    assert.equal((await refusalOf(own.owner("timeClock.in", {}))).code, "workforce/clock");
    assert.equal((await read()).inSince, pair.start);
    await own.travel({ hours: 9, minutes: 40 });
    assert.equal((await own.owner("timeClock.out", {})).id, pair.id);
    const { days, inSince } = await read("2027-03-01", "2027-03-02");
    assert.deepEqual(days, [{ day: "2027-03-01", planned: 480, credited: 0, worked: 585, overtime: 105 }]);
    assert.equal(inSince, null);
  });

  test("counts what was forgotten once somebody else has approved it, and nothing of what never ended", async () => {
    await own.travel({ hours: 14 });
    const tuesday = await own.owner("timeClock.in", {});
    await own.travel({ hours: 30 });
    const { faults } = await read();
    assert.deepEqual(faults, ["Clocked in on 2 March 2027 and never out: it counts when it is corrected."]);
    const ask = (body: object) =>
      own.owner("timeCorrections.create", { body: { personId: me, start: null, end: null, note: "Forgot", ...body } });
    const times = { start: "2027-03-02T07:30:00Z", end: "2027-03-02T15:30:00Z" };
    const asked = await ask({ clockedId: tuesday.id, ...times });
    assert.equal(asked.state, "requested");
    assert.equal((await read("2027-03-02", "2027-03-03")).total.worked, 0, "asked for, it counts for nothing");
    for (const [body, detail] of [
      [{}, "What did not happen has been clocked: say which it was."],
      [{ start: times.start }, "It has a beginning and an end, or neither: then it did not happen."],
      [{ start: times.end, end: times.start }, "It ends after it begins."],
      [{ start: times.start, end: "2027-03-03T07:31:00Z" }, "It lasts at most a day."],
      [{ start: times.start, end: "2027-12-02T15:30:00Z" }, "It lasts at most a day."],
      [{ start: "2027-12-02T07:30:00Z", end: "2027-12-02T15:30:00Z" }, "What lies ahead cannot be corrected."],
      [{ clockedId: "clk_01J8Z3K4M5N6P7Q8R9S0T1V2W3" }, "They have not come and gone under this id."],
    ] as const)
      assert.deepEqual((await refusalOf(ask(body))).detail, detail);
    const params = { id: asked.id };
    const approved = await own.owner("timeCorrections.decide", { params, body: { verdict: "approved" } });
    assert.equal(approved.state, "approved");
    const again = own.owner("timeCorrections.decide", { params, body: { verdict: "declined" } });
    assert.equal((await refusalOf(again)).code, "workforce/adjustment-decided");
    const { days, faults: none } = await read("2027-03-02", "2027-03-03");
    assert.deepEqual([days[0]!.worked, days[0]!.overtime, none], [480, 0, []]);
    const query = { person: me, from: "2027-03-01", to: "2027-03-05" };
    const { items, corrections } = await own.owner("timeClock.list", { query });
    assert.deepEqual([items.length, corrections.length, corrections[0]!.decidedBy], [2, 1, "Olga Owner"]);
  });

  test("gives leave by the part of the year, takes what was approved, and credits its hours", async () => {
    const what = { kind: "absence" as const, type: "leave" as const, from: "2027-03-08", until: "2027-03-14" };
    const asked = await own.owner("adjustments.create", { body: { personId: me, what } });
    await own.owner("adjustments.approve", { params: { id: asked.id }, body: {} });
    const { total, leave } = await read("2027-03-08", "2027-03-15");
    assert.deepEqual([total.planned, total.credited], [0, 2_400]);
    assert.deepEqual(leave, [
      { year: 2027, carried: 0, entitled: 2_100, taken: 500, expired: 0, left: 1_600, forfeited: 1_100 },
    ]);
  });

  test("is told to them and to who manages them, of some days", async () => {
    const params = { personId: me };
    const query = { from: "2027-03-01", to: "2028-06-01" };
    assert.equal((await refusalOf(own.owner("timeAccounts.read", { params, query }))).code, "workforce/bad-window");
    const stranger = own.server.stranger("timeAccounts.read", {
      params,
      query: { from: "2027-03-01", to: "2027-03-02" },
    });
    assert.equal((await refusalOf(stranger)).status, 401);
    const { id } = await own.owner("people.create", { body: { name: "Without" } });
    const { total, months } = await own.owner("timeAccounts.read", {
      params: { personId: id },
      query: { from: "2027-03-01", to: "2027-03-08" },
    });
    assert.deepEqual([total.planned, months], [0, []]);
  });
});
