// Strategy: what months say is what the account says of their days, and absence is counted minute by minute, as properties over random
// schedules. Then an organisation with two departments: who is told what, in the answer and in both kinds of file.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { limits } from "@hourwright/contract";
import { stretchAt } from "@hourwright/schedule";
import { anySchedule, approved, contract, dayOf, shift } from "@hourwright/schedule/testing";
import { DAY_MS, findZone, MINUTE_MS, UTC } from "@hourwright/time";
import fc from "fast-check";
import { rowsOf } from "../../../platform/sheets/sheet.ts";
import { OWNER, startOwnServer, type OwnServer } from "../../../testing/own-server.ts";
import { refusalOf } from "../../../testing/server.ts";
import { decideAccount } from "../accounts/decide.ts";
import { USUAL_RULES } from "../accounts/model.ts";
import { unifiedParts, type Agreed } from "../schedules/agreed.ts";
import { figuresOf, monthsBetween, scheduleAround, sumOf, type Figures, type Month } from "./decide.ts";

const NOBODY_CLOCKS = { pairs: [], corrections: [] };
const figuresFor = (agreed: Agreed, months: readonly Month[], today: number) =>
  figuresOf(agreed, scheduleAround(agreed, months), NOBODY_CLOCKS, USUAL_RULES, months, today);
const dayText = (day: number) =>
  Temporal.Instant.fromEpochMilliseconds(day * DAY_MS)
    .toString()
    .slice(0, 10);
const monthAround = (day: number) => dayText(day).slice(0, 7);

test("months are those between two, over the end of a year", () => {
  assert.deepEqual(
    monthsBetween("2027-11", "2028-02").map(({ name, fromDay, toDay }) => [name, dayText(fromDay), toDay - fromDay]),
    [
      ["2027-11", "2027-11-01", 30],
      ["2027-12", "2027-12-01", 31],
      ["2028-01", "2028-01-01", 31],
      ["2028-02", "2028-02-01", 29],
    ],
  );
  assert.deepEqual(monthsBetween("2027-03", "2027-02"), []);
});

test("a night belongs whole to the day on which it begins, at the end of a month and of a year", () => {
  const night = [shift("night shift", "22:00", "30:00")];
  const nights = contract({
    turns: { weeks: [[[], [], [], night, [], [], night]], anchorDay: dayOf("2026-12-28") },
    fromDay: dayOf("2026-12-01"),
    region: null,
  });
  const today = dayOf("2026-12-31");
  const agreed = { zone: findZone("Europe/Prague")!, contracts: [nights], holidays: [], adjustments: [] };
  // January 2027 has five Sundays, the last day among them, and four Thursdays.
  const [december, january] = monthsBetween("2026-12", "2027-01") as [Month, Month];
  assert.equal(figuresFor(agreed, [january], today)[0]!.planned, 9 * 480);
  const { days } = decideAccount(agreed, NOBODY_CLOCKS, USUAL_RULES, december, today);
  assert.equal(days.at(-1)!.planned, 480, "the last night of the year");
});

test("an account of years has each night once and whole, also of leave, wherever it is merged in parts", () => {
  const night = [shift("night shift", "22:00", "30:00")];
  const first = dayOf("2024-01-01");
  const nights = contract({
    turns: { weeks: [Array.from({ length: 7 }, () => night)], anchorDay: first },
    fromDay: first,
    region: null,
  });
  const away = {
    kind: "absence",
    type: "leave",
    span: { fromDay: dayOf("2026-02-16"), toDay: dayOf("2026-03-30") },
  } as const;
  const agreed = { zone: UTC, contracts: [nights], holidays: [], adjustments: [approved("a", away)] };
  const [today, window] = [dayOf("2026-11-23"), { fromDay: first, toDay: dayOf("2026-11-23") }];
  const { days, leave } = decideAccount(agreed, NOBODY_CLOCKS, USUAL_RULES, window, today);
  assert.deepEqual(
    days.filter(({ planned, credited }) => planned + credited !== 480).map(({ day }) => dayText(day)),
    [],
  );
  assert.equal(leave.at(-1)!.taken, 42 * 100);
});

test("the figures of a month are those that the account has of its days", () => {
  fc.assert(
    fc.property(anySchedule, fc.integer({ min: -10, max: 40 }), (agreed, ahead) => {
      const first = Math.min(...agreed.contracts.map(({ fromDay }) => fromDay));
      const today = first + ahead;
      const months = monthsBetween(monthAround(first), monthAround(first + 31));
      for (const [i, figures] of figuresFor(agreed, months, today).entries()) {
        const { fromDay, toDay } = months[i]!;
        if (figures === null) {
          assert.ok(agreed.contracts.every((each) => each.fromDay >= toDay || (each.toDay ?? Infinity) <= fromDay));
          continue;
        }
        const { days, nominal } = decideAccount(agreed, NOBODY_CLOCKS, USUAL_RULES, { fromDay, toDay }, today);
        const sum = (key: "planned" | "worked" | "credited") => days.reduce((all, day) => all + day[key], 0);
        assert.deepEqual(
          [figures.nominal, figures.planned, figures.worked, figures.credited],
          [nominal, sum("planned"), sum("worked"), sum("credited")],
        );
      }
    }),
  );
});

test("absence is every minute of a shift that an absence took, but for being on call", () => {
  fc.assert(
    fc.property(anySchedule, (agreed) => {
      const first = Math.min(...agreed.contracts.map(({ fromDay }) => fromDay));
      const [month] = monthsBetween(monthAround(first), monthAround(first));
      const [figures] = figuresFor(agreed, [month!], first);
      const counted = figures === null || figures === undefined ? 0 : total(figures);
      let minutes = 0;
      for (const unified of unifiedParts(agreed, month!.fromDay - 7, month!.toDay + 7)) {
        const from = unified.stretches[0]?.startMs ?? 0;
        const to = unified.stretches.at(-1)?.endMs ?? 0;
        for (let ms = from; ms < to; ms += MINUTE_MS) {
          const { why, shift, day } = stretchAt(unified, ms)!;
          const isIn = month!.fromDay <= day && day < month!.toDay;
          if (isIn && why.kind === "absence" && shift !== null && shift.shift.kind !== "on-call") minutes++;
        }
      }
      assert.equal(counted, minutes);
    }),
    { numRuns: 25 },
  );
});

const total = ({ absence }: Figures) => Object.values(absence).reduce((sum, each) => sum + each, 0);

test("what several have is added up, each currency by itself", () => {
  const one = (cost: readonly (readonly [string, number])[], overtime: number): Figures => ({
    nominal: 1,
    planned: 2,
    worked: 3,
    credited: 4,
    overtime,
    absence: { leave: 60, sick: 0, training: 0, compensation: 0, unpaid: 0, parental: 0 },
    leaveHundredths: 50,
    cost: new Map(cost),
  });
  const sum = sumOf([
    one([["EUR", 10.5]], 5),
    one(
      [
        ["EUR", 1],
        ["CHF", 2],
      ],
      7,
    ),
  ]);
  assert.deepEqual(
    [...sum.cost],
    [
      ["CHF", 2],
      ["EUR", 11.5],
    ],
  );
  assert.deepEqual([sum.overtime, sum.absence.leave, sum.leaveHundredths], [12, 120, 100]);
});

describe("figures of staff", () => {
  let own: OwnServer;
  const ids: Record<string, string> = {};
  const query = { from: "2027-03", to: "2027-04" } as const;

  before(async () => {
    own = await startOwnServer({ now: "2027-04-10T07:00:00Z" });
    const { owner } = own;
    ids["me"] = (await owner("me.read", {})).personId;
    for (const name of ["Ana", "Ben", "=1+2"]) ids[name] = (await owner("people.create", { body: { name } })).id;
    const place = async (department: string, people: readonly string[], parentId: string | null = null) => {
      const { id } = await owner("departments.create", { body: { name: department, parentId } });
      ids[department] = id;
      await owner("departments.place", {
        body: { people: people.map((name) => ({ personId: ids[name]!, departmentId: id })) },
      });
    };
    await place("Pool", ["Ana"]);
    await place("Guards", ["Ben"], ids["Pool"]);
    const weeks = [[1, 2, 3, 4, 5].map((weekday) => ({ weekday, starts: "08:00", minutes: 480 }))];
    const nominal = { minutes: 2_400, per: "week" as const };
    for (const name of ["me", "Ana", "Ben", "=1+2"])
      await owner("contracts.create", {
        body: {
          personId: ids[name]!,
          from: name === "Ben" ? "2027-04-01" : "2027-03-01",
          nominal,
          weeks,
          anchor: "2027-03-01",
          cost: name === "Ana" ? { minorUnits: 2_400, currency: "EUR" } : null,
        },
      });
    const what = { kind: "absence" as const, type: "leave" as const, from: "2027-03-08", until: "2027-03-09" };
    const { id } = await owner("adjustments.create", { body: { personId: ids["Ana"]!, what } });
    await owner("adjustments.approve", { params: { id }, body: {} });
  });
  after(() => own[Symbol.asyncDispose]());

  test("are told by department and month, with leave and cost, and each person once in the total", async () => {
    const { items, total: all } = await own.owner("staffFigures.read", { query });
    assert.deepEqual(
      items.map(({ name, month, people, plannedMinutes, workedMinutes }) => [
        name,
        month,
        people,
        plannedMinutes,
        workedMinutes,
      ]),
      [
        ["Guards", "2027-04", 1, 22 * 480, 7 * 480],
        ["Pool", "2027-03", 1, 21 * 480, 21 * 480],
        ["Pool", "2027-04", 1, 22 * 480, 7 * 480],
        ["", "2027-03", 2, 46 * 480, 46 * 480],
        ["", "2027-04", 2, 44 * 480, 14 * 480],
      ],
    );
    const pool = items.find(({ name }) => name === "Pool")!;
    assert.deepEqual([pool.absence.leave, pool.leaveDays, pool.creditedMinutes], [960, 2, 960]);
    assert.deepEqual(pool.cost, [{ minorUnits: 23 * 8 * 2_400, currency: "EUR" }]);
    assert.deepEqual(
      all.map(({ month, people }) => [month, people]),
      [
        ["2027-03", 3],
        ["2027-04", 4],
      ],
    );
  });

  test("are told of one department with all below it", async () => {
    const { items } = await own.owner("staffFigures.read", { query: { ...query, within: ids["Pool"]! } });
    assert.deepEqual([...new Set(items.map(({ name }) => name))], ["Guards", "Pool"]);
    const { items: below } = await own.owner("staffFigures.read", { query: { ...query, within: ids["Guards"]! } });
    assert.deepEqual([...new Set(below.map(({ name }) => name))], ["Guards"]);
    const { items: none } = await own.owner("staffFigures.read", { query: { ...query, within: ids["me"]! } });
    assert.deepEqual(none, []);
  });

  test("have those who left since, for the months in which they were here", async () => {
    const { id } = await own.owner("people.create", { body: { name: "Gone" } });
    const weeks = [[{ weekday: 1, starts: "08:00", minutes: 60 }]];
    const nominal = { minutes: 60, per: "week" as const };
    await own.owner("contracts.create", {
      body: { personId: id, from: "2027-03-01", until: "2027-03-31", nominal, weeks, anchor: "2027-03-01" },
    });
    await own.owner("people.remove", { params: { id } });
    const { total: all } = await own.owner("staffFigures.read", { query });
    assert.deepEqual(
      all.map(({ people }) => people),
      [4, 4],
    );
  });

  test("go out as CSV and as a spreadsheet that say the same, and run nothing", async () => {
    const file = async (format: "csv" | "xlsx") => {
      const token = await own.server.token(OWNER.email, OWNER.password);
      const address = `${own.server.url}/v1/staff-figures/file?from=${query.from}&to=${query.to}&format=${format}`;
      const answer = await fetch(address, { headers: { authorization: `Bearer ${token}` } });
      assert.equal(answer.headers.get("content-disposition")?.includes(`.${format}`), true);
      return rowsOf(new Uint8Array(await answer.arrayBuffer()), 100);
    };
    const [csv, xlsx] = [await file("csv"), await file("xlsx")];
    assert.ok(!("why" in csv) && !("why" in xlsx));
    assert.deepEqual(
      csv.map(({ cells }) => cells),
      xlsx.map(({ cells }) => cells.concat(Array.from({ length: csv[0]!.cells.length - cells.length }, () => ""))),
    );
    const ana = csv.find(({ cells }) => cells[0] === "Ana")!.cells;
    assert.deepEqual(
      [ana[2], ana[3], ana[4], ana[5], ana[9], ana[15], ana[16], ana[17]],
      ["Pool", "2027-03", "177.15", "168", "16", "2", "4416", "EUR"],
    );
    assert.ok(csv.some(({ cells }) => cells[0] === "=1+2"));
  });

  test("are asked for some months, and told to nobody who is not signed in", async () => {
    const wrong = async (from: string, to: string) =>
      (await refusalOf(own.owner("staffFigures.read", { query: { from, to } }))).detail;
    assert.equal(await wrong("2027-03", "2027-02"), "Ask for months that end after they begin.");
    assert.equal(await wrong("2027-01", "2029-01"), `Ask for at most ${limits.FIGURE_MONTHS_MAX} months.`);
    for (const from of ["2027-13", "2027-3", "1969-01", "2027-03-01"])
      assert.equal(
        (await refusalOf(own.owner("staffFigures.read", { query: { from, to: "2027-04" } }))).code,
        "request/invalid",
      );
    assert.equal((await refusalOf(own.server.stranger("staffFigures.read", { query }))).status, 401);
  });

  test("leave coverage out, and nothing else, where everybody is more than can be counted at once", async () => {
    const names = Array.from(
      { length: Math.ceil(limits.SCHEDULE_PERSON_DAYS_MAX / TWO_YEARS_DAYS) },
      (_, i) => `C ${i}`,
    );
    const crew = `name;from;hours\n${names.map((name) => `${name};2027-01-01;20\n`).join("")}`;
    const authorization = `Bearer ${await own.server.token(OWNER.email, OWNER.password)}`;
    const headers = { authorization, "content-type": "application/octet-stream" };
    const taken = await fetch(`${own.server.url}/v1/staff/file`, { method: "POST", headers, body: crew });
    assert.equal(taken.status, 200);
    const years = { from: "2027-01", to: "2028-12" } as const;
    const { detail } = await refusalOf(own.owner("staffFigures.read", { query: years }));
    assert.match(detail, /^Ask for fewer months, or for one department: \d+ people had a contract then\.$/);
    const within = ids["Guards"]!;
    const long = await own.owner("staffFigures.read", { query: { ...years, within } });
    assert.deepEqual([long.coverageState, long.items.length], ["too-many", 21]);
    const short = await own.owner("staffFigures.read", { query: { ...query, within } });
    assert.equal(short.coverageState, "told");
  });
});

const TWO_YEARS_DAYS = 731;
