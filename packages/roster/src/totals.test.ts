// Rule CG8 is in ../SPEC.md. Strategy: a table of nights, month ends and clocks; then any demands and people against the model that
// matches people to places each minute; then schedules, whose presences are those that drafts are judged by.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { approved, contract, dayOf, shift } from "@hourwright/schedule/testing";
import { unify } from "@hourwright/schedule";
import { MINUTE_MS } from "@hourwright/time";
import fc from "fast-check";
import { dayCoverage, dayIn, neededIn, presentByDay, stepsOfDay, type Presence } from "./coverage.ts";
import { neededOn, rowsOf, type Demand, type Row } from "./demand.ts";
import type { Person } from "./draft.ts";
import { groundOf, sitesOf } from "./evaluate.ts";
import { anyDemands, anyPresences, anyQuestion, clocks, DAYS, demand, FIRST, obviousMinute, zone } from "./testing.ts";
import { attendedBy, coverageTotal, type CoverageTotal } from "./totals.ts";

const at = (text: string): number => Temporal.ZonedDateTime.from(`${text}[Europe/Berlin]`).epochMilliseconds;
const here = (from: string, to: string, skills = 0): Presence => ({
  startMs: at(from),
  endMs: at(to),
  personId: "p",
  skills,
});
const MARCH = { fromDay: dayOf("2027-03-01"), toDay: dayOf("2027-04-01") };
const APRIL = { fromDay: dayOf("2027-04-01"), toDay: dayOf("2027-05-01") };
const NONE: CoverageTotal = { neededMinutes: 0, coveredMinutes: 0, spareMinutes: 0 };

const totalOf = (demands: readonly Demand[], present: readonly Presence[], days: typeof MARCH) =>
  coverageTotal({ rows: rowsOf(demands) }, presentByDay([present]), clocks, days);
const told = (total: CoverageTotal | null) =>
  total === null ? "nobody" : `${total.coveredMinutes} of ${total.neededMinutes}, ${total.spareMinutes} above`;

describe("what the demand of some days comes to", () => {
  const on = (dates: readonly string[], fromMinute: number, toMinute: number, minimum: number, more = 0) =>
    demand({
      id: `${dates.join()} ${fromMinute}`,
      weekdays: [],
      onHolidays: false,
      dates: dates.map(dayOf),
      stretches: [{ fromMinute, toMinute, minimum, ideal: minimum + more }],
    });
  const night = on(["2027-03-31"], 1_320, 1_800, 1);
  const table: readonly (readonly [string, readonly Demand[], readonly Presence[], march: string, april: string])[] = [
    ["is nothing where nobody is needed", [], [here("2027-03-09T06:00", "2027-03-09T14:00")], "nobody", "nobody"],
    [
      "is what is needed, and for how much of it somebody is there",
      [on(["2027-03-09"], 360, 840, 2, 1)],
      [here("2027-03-09T06:00", "2027-03-09T14:00"), here("2027-03-09T05:00", "2027-03-09T10:00")],
      "720 of 960, 0 above",
      "nobody",
    ],
    [
      "counts nobody twice who is there beyond the minimum, and tells who is beyond the ideal",
      [on(["2027-03-09"], 360, 420, 1, 1)],
      [1, 2, 3].map(() => here("2027-03-09T06:00", "2027-03-09T07:00")),
      "60 of 60, 60 above",
      "nobody",
    ],
    [
      "tells who is there above the ideal where nobody has to be",
      [on(["2027-03-09"], 360, 420, 0, 1)],
      [here("2027-03-09T06:00", "2027-03-09T07:00"), here("2027-03-09T06:30", "2027-03-09T07:00")],
      "0 of 0, 30 above",
      "nobody",
    ],
    [
      "is nothing where nobody is wished for either",
      [on(["2027-03-09"], 360, 420, 0)],
      [here("2027-03-09T06:00", "2027-03-09T07:00")],
      "nobody",
      "nobody",
    ],
    [
      "has a night over the end of the month in the month it begins in",
      [night],
      [here("2027-03-31T22:00", "2027-04-01T04:00")],
      "360 of 480, 0 above",
      "nobody",
    ],
    [
      "fills the night first where the next month's demand meets it",
      [night, on(["2027-04-01"], 240, 480, 1)],
      [here("2027-03-31T22:00", "2027-04-01T08:00")],
      "480 of 480, 0 above",
      "120 of 240, 0 above",
    ],
    [
      "has who is above both in the later month",
      [night, on(["2027-04-01"], 240, 480, 1)],
      [1, 2, 3].map(() => here("2027-04-01T04:00", "2027-04-01T06:00")),
      "120 of 480, 0 above",
      "120 of 240, 120 above",
    ],
    [
      "has a night of seven hours when the clocks are put forward",
      [on(["2027-03-27"], 1_320, 1_800, 1)],
      [here("2027-03-27T22:00", "2027-03-28T06:00")],
      "420 of 420, 0 above",
      "nobody",
    ],
    [
      "is of a demand that holds for a part of the month, its last night in whole",
      [
        demand({
          toDay: dayOf("2027-03-03"),
          stretches: [{ fromMinute: 1_320, toMinute: 1_800, minimum: 1, ideal: 1 }],
        }),
      ],
      [here("2027-03-02T22:00", "2027-03-03T07:00")],
      "480 of 960, 0 above",
      "nobody",
    ],
    [
      "counts each skill by itself, beside everybody at the site",
      [on(["2027-03-09"], 360, 420, 2), { ...on(["2027-03-09"], 360, 420, 1), skillId: "aid" }],
      [here("2027-03-09T06:00", "2027-03-09T07:00"), here("2027-03-09T06:00", "2027-03-09T07:00")],
      "120 of 180, 0 above",
      "nobody",
    ],
  ];
  for (const [title, demands, present, march, april] of table)
    test(`[CG8] ${title}`, () => {
      assert.deepEqual(
        [told(totalOf(demands, present, MARCH)), told(totalOf(demands, present, APRIL))],
        [march, april],
      );
    });

  test("[CG8] is what matching people to places says of each minute, on the day of its demand, also as the clocks change", () => {
    const days = fc.tuple(fc.nat({ max: DAYS - 1 }), fc.integer({ min: 1, max: DAYS }));
    fc.assert(
      fc.property(anyDemands, anyPresences(6), days, (demands, everybody, [after, length]) => {
        const all = rowsOf(demands);
        const rows = all.filter(({ siteKey }) => siteKey === all[0]!.siteKey);
        const skilled = rows.filter(({ skillId }) => skillId !== null).length;
        const present = everybody.map((each) => ({ ...each, skills: each.skills & ((1 << skilled) - 1) }));
        const window = { fromDay: FIRST + after, toDay: Math.min(FIRST + after + length, FIRST + DAYS) };
        assert.deepEqual(
          coverageTotal({ rows }, presentByDay([present]), clocks, window) ?? NONE,
          obviousTotal(rows, present, window),
        );
      }),
      { numRuns: 60 },
    );
  });

  test("[CG8] is short by what the days of the calendar are, all days together, and by nothing else however they are cut", () => {
    fc.assert(
      fc.property(anyDemands, anyPresences(0), fc.integer({ min: 1, max: DAYS + 1 }), (demands, present, cut) => {
        const [site] = sitesOf(rowsOf(demands));
        const byDay = presentByDay([present]);
        const [fromDay, toDay] = [FIRST - 3, FIRST + DAYS + 4];
        const held = { ...site!, rows: site!.rows.map((row) => ({ ...row, demands: row.demands.map(withinDays) })) };
        const part = (days: typeof MARCH) => coverageTotal(held, byDay, clocks, days) ?? NONE;
        const [whole, first, rest] = [
          part({ fromDay, toDay }),
          part({ fromDay, toDay: FIRST + cut }),
          part({ fromDay: FIRST + cut, toDay }),
        ];
        const short = ({ neededMinutes, coveredMinutes }: CoverageTotal) => neededMinutes - coveredMinutes;
        let byCalendar = 0;
        for (let day = fromDay; day < toDay + 2; day++) {
          const needed = neededIn(held.rows, day, clocks);
          for (const steps of stepsOfDay(held.rows, present, needed, dayIn(zone, day)))
            byCalendar += dayCoverage(steps).shortMinutes;
        }
        assert.equal(short(whole), byCalendar);
        assert.deepEqual(whole, {
          neededMinutes: first.neededMinutes + rest.neededMinutes,
          coveredMinutes: first.coveredMinutes + rest.coveredMinutes,
          spareMinutes: first.spareMinutes + rest.spareMinutes,
        });
      }),
      { numRuns: 60 },
    );
  });
});

const withinDays = (each: Demand): Demand => ({ ...each, fromDay: FIRST - 2, toDay: FIRST + DAYS + 2 });

/** Each minute of the days and the two after them: who counts by matching, the demands in order of their days. */
function obviousTotal(rows: readonly Row[], present: readonly Presence[], days: typeof MARCH): CoverageTotal {
  const sum = { neededMinutes: 0, coveredMinutes: 0, spareMinutes: 0 };
  const { startMs } = dayIn(zone, days.fromDay);
  const { endMs } = dayIn(zone, days.toDay + 1);
  const asked = rows.map((row) =>
    Array.from({ length: days.toDay - days.fromDay + 4 }, (_, i) => days.fromDay - 2 + i).flatMap((day) =>
      neededOn(row, day, clocks).map((each) => ({ ...each, isOwn: days.fromDay <= day && day < days.toDay })),
    ),
  );
  for (let ms = startMs; ms < endMs; ms += MINUTE_MS)
    for (const [r, { have, ideal }] of obviousMinute(rows, present, ms).entries()) {
      let left = have;
      const holding = asked[r]!.filter((each) => each.ideal > 0 && each.startMs <= ms && ms < each.endMs);
      for (const { isOwn, minimum } of holding)
        for (let place = 0; place < minimum; place++) {
          if (isOwn) sum.neededMinutes++;
          if (isOwn && left > 0) sum.coveredMinutes++;
          left--;
        }
      if (holding.at(-1)?.isOwn === true) sum.spareMinutes += Math.max(0, have - ideal);
    }
  return sum;
}

describe("who is where by a schedule", () => {
  const monday = dayOf("2027-03-01");
  const week = (...shifts: ReturnType<typeof shift>[]) => ({
    weeks: [[shifts, [], [], [], [], [], []]],
    anchorDay: monday,
  });
  const person = (more: Partial<Person>): Person => ({
    personId: "ana",
    name: "Ana",
    zone,
    contracts: [contract({ turns: week(shift("early", "06:00", "14:00", { site: " Ward " })), site: "Desk" })],
    holidays: [],
    adjustments: [],
    skills: [],
    ...more,
  });
  const attended = (asked: Person) => {
    const { stretches } = unify({ ...asked, fromDay: monday, toDay: monday + 7 });
    const sites = sitesOf(rowsOf([demand({ site: "Ward" })]));
    const { presences, shifts } = attendedBy(new Map(sites.map((site) => [site.key, site])), asked, stretches);
    return [
      Array.from(presences, ([key, own]) => `${key} ${own.length}`).join(),
      Array.from(shifts, ([key, { site, days }]) => `${key} ${site} ${days.size}`).join(),
    ];
  };
  const away = (type: "leave" | "sick") =>
    approved("a1", { kind: "absence", type, span: { fromDay: monday, toDay: monday + 1 } });
  const standby = contract({ turns: week(shift("standby", "18:00", "22:00", { kind: "on-call", site: "Ward" })) });

  test("is at the site of the shift, else of the contract, and is missed there while away", () => {
    assert.deepEqual(attended(person({})), ["ward 1", "ward Ward 1"]);
    assert.deepEqual(attended(person({ adjustments: [away("sick")] })), ["", "ward Ward 1"]);
    const atDesk = contract({ turns: week(shift("early", "06:00", "14:00")), site: "Desk" });
    assert.deepEqual(attended(person({ contracts: [atDesk] })), ["", "desk Desk 1"]);
    const nowhere = contract({ turns: week(shift("early", "06:00", "14:00")), site: null });
    assert.deepEqual(attended(person({ contracts: [nowhere] })), ["", ""]);
  });

  test("is nowhere on call, away or not", () => {
    assert.deepEqual(attended(person({ contracts: [standby] })), ["", ""]);
    assert.deepEqual(attended(person({ contracts: [standby], adjustments: [away("leave")] })), ["", ""]);
  });

  test("is there when drafts have them there", () => {
    fc.assert(
      fc.property(anyQuestion, (question) => {
        const ground = groundOf(question);
        for (const [id, { person: each, stretches, result }] of ground.byId)
          assert.deepEqual(attendedBy(ground.sitesByKey, each, stretches).presences, result.presences, id);
      }),
      { numRuns: 60 },
    );
  });
});
