// Strategy: the table of what is refused with its sentence; then through the API versions that follow each other, undo, sight, and what becomes of the
// hours in which somebody may be booked.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import fc from "fast-check";
import { shiftFaults } from "@hourwright/schedule";
import { anyShift } from "@hourwright/schedule/testing";
import { startOwnServer, type OwnServer } from "../../../testing/own-server.ts";
import { refusalOf } from "../../../testing/server.ts";
import { shiftOf, writtenShift } from "./terms.ts";

const EARLY = { name: "early shift", starts: "06:00", minutes: 480 };
const daily = (shift: object, days = [1, 2, 3, 4, 5]) => days.map((weekday) => ({ weekday, ...EARLY, ...shift }));

test("a shift that is in order comes back from its written form as it was", () => {
  fc.assert(
    fc.property(anyShift, (shift) => {
      fc.pre(shiftFaults(shift).length === 0);
      assert.deepEqual(shiftOf(writtenShift(shift)), shift);
    }),
  );
});

describe("contracts", () => {
  let own: OwnServer;
  let ben: string;
  before(async () => {
    own = await startOwnServer({ now: "2027-03-01T08:00:00Z" });
    ben = (await own.owner("people.create", { body: { name: "Ben" } })).id;
  });
  after(() => own[Symbol.asyncDispose]());

  const written = (more: object = {}) => ({
    personId: ben,
    from: "2027-01-01",
    nominal: { minutes: 2_400, per: "week" as const },
    weeks: [daily({})],
    anchor: "2027-01-04",
    ...more,
  });
  const create = (more: object = {}) => own.owner("contracts.create", { body: written(more) });
  const person = async (name: string) => (await own.owner("people.create", { body: { name } })).id;
  const versions = async (id: string) => (await own.owner("contracts.list", { query: { person: id } })).items;
  const day = async (id: string, date: string) => {
    const to = Temporal.PlainDate.from(date).add({ days: 1 }).toString();
    const { stretches } = await own.owner("schedules.read", { params: { personId: id }, query: { from: date, to } });
    return stretches.map(({ start, sentence }) => `${start.slice(11, 16)} ${sentence}`);
  };
  const open = async (id: string, date: string) => {
    const query = { subjects: [id], start: `${date}T00:00:00+01:00`, end: `${date}T23:59:00+01:00` };
    const { items } = await own.owner("subjects.freeBusy", { query });
    return items[0]!.available.map(({ start, end }) => `${start.slice(11, 16)}/${end.slice(11, 16)}`);
  };
  const undo = async () => {
    const [last] = (await own.owner("requests.mine", {})).undo;
    await own.owner("requests.undo", { params: { id: last!.id } });
    return last!.summary;
  };

  const refused: readonly (readonly [string, object, string, string])[] = [
    ["no weeks", { weeks: [] }, "contract-invalid", "The pattern of version “2027-01-01” has 1 to 53 weeks, not 0."],
    [
      "a shift without length",
      { weeks: [daily({ minutes: 0 }, [1])] },
      "contract-invalid",
      "early shift (06:00–06:00) has no length.",
    ],
    [
      "a shift longer than a day",
      { weeks: [daily({ minutes: 1_441 }, [1])] },
      "contract-invalid",
      "early shift (06:00–06:01) is longer than a day.",
    ],
    [
      "a night that meets the next morning",
      { weeks: [[...daily({ name: "night", starts: "22:00", minutes: 600 }, [7]), ...daily({}, [1])]] },
      "contract-invalid",
      "night (22:00–08:00) and early shift (06:00–14:00) overlap (week 1, Sunday).",
    ],
    [
      "a break outside of its shift",
      { weeks: [daily({ breaks: [{ starts: "15:00", minutes: 30 }] }, [1])] },
      "contract-invalid",
      "The break from 15:00 to 15:30 is outside of early shift (06:00–14:00).",
    ],
    [
      "an end before the beginning",
      { until: "2026-12-30" },
      "contract-invalid",
      "Version “2027-01-01” ends before it begins.",
    ],
    [
      "more hours than a week has",
      { nominal: { minutes: 10_081, per: "week" } },
      "contract-invalid",
      "Version “2027-01-01” has hours between none and all of a week, in whole minutes.",
    ],
    [
      "no part of full time",
      { partPermille: 0 },
      "contract-invalid",
      "Version “2027-01-01” is 1 to 1,000 thousandths of full time.",
    ],
    [
      "a rule set that there is not",
      { ruleSetId: "rst_01J8Z3K4M5N6P7Q8R9S0T1V2W3" },
      "contract-invalid",
      "No rule set has this id: `GET /v1/rule-sets` lists them.",
    ],
  ];
  for (const [what, more, code, sentence] of refused)
    test(`are refused with ${what}`, async () => {
      const refusal = await refusalOf(create(more));
      assert.deepEqual([refusal.code, refusal.detail], [`workforce/${code}`, sentence]);
    });

  test("are changed from a day on; what was stays as it was, and what overlaps is refused and named", async () => {
    const ana = await person("Ana");
    const first = await create({ personId: ana });
    const second = await create({
      personId: ana,
      from: "2027-04-01",
      weeks: [daily({ name: "late shift", starts: "14:00" })],
    });
    assert.deepEqual(
      (await versions(ana)).map(({ id, from, until, version }) => [id, from, until, version]),
      [
        [first.id, "2027-01-01", "2027-03-31", 2],
        [second.id, "2027-04-01", null, 1],
      ],
    );
    assert.deepEqual(await day(ana, "2027-03-31"), [
      "00:00 Off: the contract has no shift then.",
      "06:00 Work: early shift (06:00–14:00) of the contract.",
      "14:00 Off: the contract has no shift then.",
    ]);
    assert.ok((await day(ana, "2027-04-01"))[1]!.startsWith("14:00 Work: late shift"));
    assert.deepEqual(await day(ana, "2026-12-31"), ["00:00 Off: no contract holds on this day."]);
    const late = await refusalOf(create({ personId: ana, from: "2027-02-01" }));
    assert.deepEqual(
      [late.code, late.status, late.detail],
      [
        "workforce/contracts-overlap",
        409,
        "Version “2027-04-01” (from 1 April 2027) begins when version “2027-02-01” (from 1 February 2027) is to hold: a change begins after all versions there are.",
      ],
    );
    const inside = await refusalOf(own.owner("contracts.end", { params: { id: first.id }, body: { until: null } }));
    assert.equal(inside.code, "workforce/contracts-overlap");
    const stale = own.owner("contracts.end", { params: { id: second.id }, body: { until: "2027-06-30" }, ifMatch: 7 });
    assert.equal((await refusalOf(stale)).code, "request/version-changed");
    const ended = await own.owner("contracts.end", {
      params: { id: second.id },
      body: { until: "2027-06-30" },
      ifMatch: 1,
    });
    assert.deepEqual([ended.until, ended.version], ["2027-06-30", 2]);
    assert.deepEqual(await day(ana, "2027-07-01"), ["00:00 Off: no contract holds on this day."]);
    assert.equal(await undo(), "Changed a contract");
    assert.equal((await versions(ana))[1]!.until, null);
    const gus = await person("Gus");
    await create({ personId: gus });
    await undo();
    assert.deepEqual(await versions(gus), [], "the first version of a contract is taken back as well");
  });

  test("decide when somebody may be booked instead of loose hours, at once, and say so", async () => {
    const cora = await person("Cora");
    const stretch = { weekday: 1, opens: "09:00", closes: "17:00" };
    await own.owner("workingHours.put", { body: { subjectId: cora, week: [stretch] } });
    await create({
      personId: cora,
      from: "2027-03-08",
      until: "2027-03-21",
      weeks: [daily({ breaks: [{ starts: "10:00", minutes: 30 }] }, [1])],
    });
    assert.deepEqual(await open(cora, "2027-03-08"), ["06:00/10:00", "10:30/14:00"].map(inUtc));
    assert.deepEqual(await open(cora, "2027-03-22"), [], "after the contract nobody works by loose hours");
    const query = { subjectId: cora, from: "2027-03-08T00:00:00+01:00", to: "2027-03-09T00:00:00+01:00" };
    const { parts } = await own.owner("availability.read", { query });
    assert.deepEqual(
      parts.map(({ start, isOpen, sentence, layer }) => [start.slice(11, 16), isOpen, sentence, layer?.kind]),
      [
        ["00:00", false, "Closed: the contract has no shift then.", "contract"],
        ["06:00", true, "Open: early shift (06:00–14:00) of the contract.", "contract"],
        ["10:00", false, "Closed: break (unpaid), early shift (06:00–14:00) of the contract.", "contract"],
        ["10:30", true, "Open: early shift (06:00–14:00) of the contract.", "contract"],
        ["14:00", false, "Closed: the contract has no shift then.", "contract"],
      ],
    );
    await undo();
    assert.deepEqual(await open(cora, "2027-03-08"), ["09:00/17:00"].map(inUtc));
  });

  test("keep the public holidays of their region, worked out when a contract first names it", async () => {
    const dora = await person("Dora");
    await create({ personId: dora, region: "DE-BY" });
    assert.deepEqual(await day(dora, "2027-03-29"), [
      "00:00 Off: public holiday (Easter Monday).",
      "06:00 Off: public holiday (Easter Monday), replaces early shift (06:00–14:00) of the contract.",
      "14:00 Off: public holiday (Easter Monday).",
    ]);
    assert.deepEqual(await open(dora, "2027-03-29"), []);
    const nowhere = await refusalOf(create({ personId: ben, region: "XX-YY" }));
    assert.deepEqual(
      [nowhere.code, nowhere.detail],
      ["request/invalid", "body.region: XX-YY is no region with holidays."],
    );
  });

  test("name rule sets that somebody can keep, and are refused where the hours and the rules contradict each other", async () => {
    const rules = [
      { kind: "week" as const, minutesMax: 1_800 },
      { kind: "rest" as const, minutesMin: 660 },
    ];
    const impossible = await refusalOf(own.owner("ruleSets.create", { body: { name: "Strict", rules } }));
    assert.equal(impossible.code, "workforce/rules-contradict");
    assert.deepEqual(impossible["rules"], [rules[0]]);
    const set = await own.owner("ruleSets.create", { body: { name: " Strict ", rules, weeklyMinutes: 1_800 } });
    assert.deepEqual([set.name, set.sentences.length, set.contracts], ["Strict", 2, 0]);
    const twice = await refusalOf(own.owner("ruleSets.create", { body: { name: "strict", rules: [] } }));
    assert.equal(twice.detail, "There is a rule set called “strict” already.");
    const eva = await person("Eva");
    assert.equal(
      (await refusalOf(create({ personId: eva, ruleSetId: set.id }))).code,
      "workforce/rules-contradict",
      "40 hours under at most 30",
    );
    await create({ personId: eva, ruleSetId: set.id, nominal: { minutes: 1_800, per: "week" } });
    const named = await refusalOf(own.owner("ruleSets.remove", { params: { id: set.id } }));
    assert.equal(named.detail, "A version of a contract names “Strict”: it stays with them.");
    const query = { from: "2027-03-01", to: "2027-03-08" };
    const { broken } = await own.owner("schedules.read", { params: { personId: eva }, query });
    assert.equal(broken.length, 1, "five times eight hours are more than thirty");
    await undo();
    await undo();
    assert.deepEqual((await own.owner("ruleSets.list", {})).items, []);
  });

  test("are told to whom they are about and to who manages them; costs to administrators", async () => {
    const fay = await person("Fay");
    const contract = await create({ personId: fay, cost: { minorUnits: 2_450, currency: "CZK" } });
    assert.deepEqual(contract.cost, { minorUnits: 2_450, currency: "CZK" });
    assert.deepEqual((await create({ personId: fay, from: "2027-02-01" })).cost, contract.cost, "left out: as it was");
    assert.equal((await refusalOf(own.server.stranger("contracts.list", {}))).status, 401);
    const read = await own.owner("contracts.read", { params: { id: contract.id } });
    assert.equal(read.personId, fay);
    assert.equal((await refusalOf(create({ personId: (await room()).id }))).code, "request/not-found");
  });

  const room = () => own.owner("resources.create", { body: { name: "Quay", kind: "room" } });
});

const inUtc = (span: string): string =>
  span.replaceAll(/\d\d(?=:)/g, (hour) => String(Number(hour) - 1).padStart(2, "0"));
