// Strategy: a table of what rules say to a write, then any writes under any rules: prevention and the write say the same, and
// what was written breaks no hard rule.
import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import * as fc from "fast-check";
import type { Client } from "@hourwright/client";
import { startOwnServer, type OwnServer } from "../../../testing/own-server.ts";
import { COORDINATOR, MEMBER, refusalOf, startTestServer, type TestServer } from "../../../testing/server.ts";

const DAY = "2027-03-02"; // A Tuesday.

describe("rules of an organisation", () => {
  let own: OwnServer;
  let owner: Client;
  let week = 0;
  /** A day that no other test has used. */
  let day = DAY;
  before(async () => {
    own = await startOwnServer({ now: "2027-02-01T08:00:00Z" });
    owner = own.owner;
  });
  after(() => own[Symbol.asyncDispose]());
  beforeEach(async () => {
    day = Temporal.PlainDate.from(DAY).add({ weeks: week++ }).toString();
    for (const { id } of (await owner("rules.list", {})).items) await owner("rules.remove", { params: { id } });
  });

  const at = (time: string) => `${day}T${time}:00+01:00[Europe/Prague]`.replace(/\+01:00\[.*\]/, "");
  const create = (from: string, to: string, more: object = {}) =>
    owner("events.create", {
      body: { title: "Talk", start: at(from), end: at(to), timeZone: "Europe/Prague", ...more },
    });
  const rule = (constraintId: string, more: object = {}) => owner("rules.create", { body: { constraintId, ...more } });
  const prevent = (from: string, to: string, more: object = {}) =>
    owner("ai.preventConflict", {
      body: { newEvent: { title: "Talk", start: at(from), end: at(to), timeZone: "Europe/Prague", ...more } },
    });

  const undoLast = async () => {
    const [last] = (await owner("requests.mine", {})).undo;
    await owner("requests.undo", { params: { id: last!.id } });
  };

  test("a soft one is told and refuses nothing", async () => {
    await rule("lunch");
    const { warnings } = await create("11:00", "14:30");
    assert.equal(warnings.length, 1);
    assert.match(warnings[0]!, /^Olga Owner has no time for lunch on .*, and 30 min are wanted\.$/);
  });

  test("a hard one refuses, with its sentence, whoever insists; and free times that keep it are offered", async () => {
    await rule("lunch", { isHard: true, values: { minutes: 45 } });
    for (const preventConflicts of [true, false]) {
      const refused = await refusalOf(create("11:00", "14:30", { preventConflicts }));
      assert.equal(refused.code, "planning/rule-broken");
      assert.match(refused.detail, /^Olga Owner has no time for lunch on .*, and 45 min are wanted\.$/);
      const [broken] = refused["broken"] as { constraintId: string; start: string; isHard: boolean }[];
      assert.deepEqual([broken!.constraintId, broken!.isHard], ["lunch", true]);
      const suggestions = refused["suggestions"] as { moves: { start: string; end: string }[] }[];
      assert.ok(suggestions.length > 0);
      for (const { moves } of suggestions) {
        const { allowed } = await owner("ai.preventConflict", {
          body: { newEvent: { title: "Talk", start: moves[0]!.start, end: moves[0]!.end } },
        });
        assert.ok(allowed, `offered, and refused: ${moves[0]!.start}`);
      }
    }
    await create("12:30", "14:00", { title: "After lunch" });
  });

  test("taken time and a rule are told together", async () => {
    await create("09:00", "10:00");
    await rule("hours", { values: { from: 540, to: 600 } });
    const { allowed, conflicts } = await prevent("09:30", "11:00");
    assert.equal(allowed, false);
    assert.deepEqual(new Set(conflicts.map(({ kind }) => kind)), new Set(["taken", "hours"]));
  });

  test("a series is judged on every date", async () => {
    await rule("hours", { values: { from: 480, to: 1_080 } });
    assert.equal(
      (await refusalOf(create("17:30", "18:30", { rrule: "FREQ=WEEKLY;COUNT=3" })))["code"],
      "planning/rule-broken",
    );
    await create("17:00", "18:00", { rrule: "FREQ=WEEKLY;COUNT=3" });
    week += 3;
  });

  test("the narrowest counts", async () => {
    const person = (await owner("people.list", {})).items.find(({ name }) => name === "Olga Owner")!;
    await rule("hours", { values: { from: 480, to: 1_080 } });
    await rule("hours", { scope: "person", holderId: person.id, values: { from: 480, to: 1_200 } });
    await create("18:30", "19:30");
    assert.equal((await refusalOf(create("19:30", "20:30")))["code"], "planning/rule-broken");
  });

  test("what stands outside a rule may move as long as it gets no worse, and keeps its name for asking", async () => {
    const { id } = await create("20:00", "21:00");
    await rule("hours", { values: { from: 480, to: 1_080 } });
    const change = (from: string, to: string) =>
      owner("events.update", { params: { id }, body: { start: at(from), end: at(to), timeZone: "Europe/Prague" } });
    await owner("events.update", { params: { id }, body: { title: "Late talk" } });
    await change("19:30", "20:30");
    assert.equal((await refusalOf(change("19:30", "21:00")))["code"], "planning/rule-broken");
    await change("17:30", "18:30");
    assert.equal((await refusalOf(change("18:00", "19:00")))["code"], "planning/rule-broken");
  });

  test("one guest too many for a room is refused, though only the guest is new", async () => {
    await rule("capacity");
    const room = await owner("resources.create", { body: { name: `Room ${day}`, kind: "room", capacity: 2 } });
    const guest = (n: number) => `guest${n}@elsewhere.example`;
    const { id } = await create("09:00", "10:00", { resourceIds: [room.id], attendees: [{ email: guest(1) }] });
    const refused = await refusalOf(
      owner("events.update", { params: { id }, body: { attendees: [{ email: guest(1) }, { email: guest(2) }] } }),
    );
    assert.match(refused.detail, /^Room .* has 2 places, and “Talk” on .* brings 3 people\.$/);
  });

  test("those who are kept apart meet in nothing, whichever of the two comes to the other", async () => {
    const [one, other] = [`one-${day}@org.example`, `other-${day}@org.example`];
    const [ana, ben] = [
      await owner("people.create", { body: { name: `Ana ${day}`, email: one } }),
      await owner("people.create", { body: { name: `Ben ${day}`, email: other } }),
    ];
    await rule("apart", { scope: "person", holderId: ana.id, namedIds: [ben.id] });
    const refused = await refusalOf(create("09:00", "10:00", { attendees: [{ email: one }, { email: other }] }));
    assert.match(
      refused.detail,
      new RegExp(`^“Talk” on .* brings Ana ${day} together with Ben ${day}: they are kept apart\\.$`),
    );
    for (const [first, second] of [
      [one, other],
      [other, one],
    ]) {
      const { id } = await create("11:00", "12:00", { attendees: [{ email: first }] });
      const attendees = [{ email: first! }, { email: second! }];
      const both = await refusalOf(owner("events.update", { params: { id }, body: { attendees } }));
      assert.equal(both.code, "planning/rule-broken");
      await owner("events.remove", { params: { id }, query: { scope: "all" } });
    }
  });

  test("one who is taken only together with others, and one who uses only some rooms", async () => {
    const room = (name: string) => owner("resources.create", { body: { name: `${name} ${day}`, kind: "room" } });
    const [small, large] = [await room("Small"), await room("Large")];
    const [learner, guide] = [`learner-${day}@org.example`, `guide-${day}@org.example`];
    const person = (name: string, email: string) => owner("people.create", { body: { name: `${name} ${day}`, email } });
    const [lea, gus] = [await person("Lea", learner), await person("Gus", guide)];
    await rule("together", { scope: "person", holderId: lea.id, namedIds: [gus.id] });
    await rule("rooms", { scope: "person", holderId: lea.id, namedIds: [small.id] });
    const alone = await refusalOf(create("09:00", "10:00", { attendees: [{ email: learner }] }));
    assert.match(alone.detail, new RegExp(`takes Lea ${day} without Gus ${day}, and one of them has to be there`));
    const attendees = [{ email: learner }, { email: guide }];
    const elsewhere = await refusalOf(create("09:00", "10:00", { attendees, resourceIds: [large.id] }));
    assert.match(elsewhere.detail, new RegExp(`needs Large ${day}, which Lea ${day} may not use`));
    await create("09:00", "10:00", { attendees, resourceIds: [small.id] });
    const { times } = await owner("ai.findTime", {
      body: {
        timeRange: { start: `${day}T10:00:00Z`, end: `${day}T18:00:00Z` },
        required: [lea.id, gus.id],
        room: { among: [small.id, large.id] },
      },
    });
    assert.ok(times.length > 0 && times.every(({ room: used }) => used?.id === small.id));
  });

  test("there is time for the way between two places, by distance or as somebody has said", async () => {
    const town = await owner("places.create", { body: { name: `Town ${day}`, latitude: 50.0755, longitude: 14.4378 } });
    const hill = await owner("places.create", { body: { name: `hill ${day}`, latitude: 50.2, longitude: 14.4378 } });
    const room = (name: string, site: string) =>
      owner("resources.create", { body: { name: `${name} ${day}`, kind: "room", site } });
    const [below, above] = [await room("Below", `Town ${day}`), await room("Above", `Hill ${day}`)];
    await rule("travel", { isHard: true, values: { slack: 5, speed: 40 } });
    await create("09:00", "10:00", { resourceIds: [below.id] });
    // 13.8 km as the crow flies, 27 minutes on the ground and 5 more.
    const late = await refusalOf(create("10:30", "11:00", { resourceIds: [above.id] }));
    assert.match(
      late.detail,
      /^Olga Owner needs 32 min between .* and has 30 min before .*: they are in different places\.$/,
    );
    await create("10:30", "11:00", { title: "At home" }); // Nowhere: nobody is on the way.
    await owner("places.update", { params: { id: hill.id }, body: { ways: [{ placeId: town.id, minutes: 90 }] } });
    assert.equal((await refusalOf(create("11:30", "12:00", { resourceIds: [above.id] }))).code, "planning/rule-broken");
    await undoLast();
    await create("11:30", "12:00", { resourceIds: [above.id] });
    const same = await refusalOf(owner("places.create", { body: { name: `HILL ${day}`, latitude: 0, longitude: 0 } }));
    assert.equal(same.code, "planning/place-invalid");
    const nowhere = { ways: [{ placeId: hill.id.replace(/.$/, hill.id.endsWith("0") ? "1" : "0"), minutes: 5 }] };
    const lost = await refusalOf(owner("places.update", { params: { id: town.id }, body: nowhere }));
    assert.equal(lost.code, "planning/place-invalid");
    const nameless = owner("places.create", { body: { name: "  ", latitude: 0, longitude: 0 } });
    assert.equal((await refusalOf(nameless)).code, "planning/place-invalid");
    const minutes = 25;
    await owner("places.update", { params: { id: town.id }, body: { ways: [{ placeId: hill.id, minutes }] } });
    await owner("places.remove", { params: { id: hill.id } });
    // The way to what is gone waits for undo, and holds up nothing else.
    await undoLast();
    await owner("places.remove", { params: { id: hill.id } });
    await owner("places.update", { params: { id: town.id }, body: { name: `New town ${day}` } });
    const { items } = await owner("places.list", {});
    assert.deepEqual(
      items.map(({ name, ways }) => [name, ways]),
      [[`New town ${day}`, [{ placeId: hill.id, minutes }]]],
    );
  });

  test("a rule that names nobody, whom it holds for, or what is no person, is refused; what it names is shown and put back", async () => {
    const room = await owner("resources.create", { body: { name: `Hall ${day}`, kind: "room" } });
    const me = (await owner("people.list", {})).items.find(({ name }) => name === "Olga Owner")!;
    const holder = { scope: "person", holderId: me.id };
    for (const namedIds of [[], [me.id], [room.id], [me.id.replace(/.$/, me.id.endsWith("0") ? "1" : "0")]])
      assert.equal((await refusalOf(rule("apart", { ...holder, namedIds }))).code, "planning/rule-invalid");
    assert.equal((await refusalOf(rule("lunch", { namedIds: [me.id] }))).code, "planning/rule-invalid");
    const set = await rule("rooms", { ...holder, namedIds: [room.id] });
    assert.deepEqual(set.named, [{ id: room.id, name: `Hall ${day}` }]);
    await owner("rules.remove", { params: { id: set.id } });
    await undoLast();
    const [back] = (await owner("rules.list", {})).items;
    assert.deepEqual(back!.named, [{ id: room.id, name: `Hall ${day}` }]);
  });

  test("a wish at too short notice is refused; a guest more at short notice, and what undo puts back, is not", async () => {
    const soon = Temporal.Instant.from("2027-02-01T08:00:00Z").add({ hours: 30 });
    const times = { start: soon.toString(), end: soon.add({ minutes: 30 }).toString() };
    const { id } = await owner("events.create", { body: { title: "Soon", ...times } });
    await rule("notice", { values: { notice: 48 } });
    const later = { start: soon.add({ hours: 1 }).toString(), end: soon.add({ minutes: 90 }).toString() };
    const refused = await refusalOf(owner("events.update", { params: { id }, body: later }));
    assert.match(refused.detail, /^“Soon” on .* comes at less than 2 days notice\.$/);
    await owner("events.update", { params: { id }, body: { attendees: [{ email: "late@elsewhere.example" }] } });
    await owner("events.remove", { params: { id }, query: {} });
    await undoLast();
    assert.equal((await owner("events.read", { params: { id }, query: {} })).title, "Soon");
  });

  test("others' things are not named to whoever writes", async () => {
    await create("09:00", "11:50", { title: "Secret" });
    await rule("lunch", { isHard: true, values: { from: 690, to: 780, minutes: 60 } });
    const { conflicts } = await prevent("11:50", "13:00", { title: "Mine" });
    assert.equal(conflicts.length, 1);
    assert.ok(!conflicts[0]!.sentence.includes("Secret"), conflicts[0]!.sentence);
  });

  test("the nearest number that would do is told, and it does", async () => {
    const { id } = await rule("hours", { values: { from: 480, to: 1_080 } });
    const { conflicts } = await prevent("17:40", "18:40");
    assert.deepEqual(conflicts[0]!.relaxations, [{ parameter: "to", unit: "time of day", value: 1_125 }]);
    await owner("rules.update", { params: { id }, body: { values: { to: 1_125 } } });
    assert.ok((await prevent("17:40", "18:40")).allowed);
    await owner("rules.update", { params: { id }, body: { values: { to: 1_110 } } });
    assert.ok(!(await prevent("17:40", "18:40")).allowed);
  });

  const wrong: readonly (readonly [string, object, RegExp])[] = [
    ["a constraint that there is not", { constraintId: "siesta" }, /^There is no constraint “siesta”\.$/],
    ["what overlap policies decide", { constraintId: "overlap" }, /is not set by rules/],
    [
      "a number out of its bounds",
      { constraintId: "lunch", values: { minutes: 121 } },
      /from 10 to 120 \(minutes\), and not 121/,
    ],
    ["a number that is not asked for", { constraintId: "lunch", values: { soup: 1 } }, /has no parameter “soup”/],
    [
      "what every object has by itself",
      { constraintId: "lunch", values: { constructor: 30 } },
      /has no parameter “constructor”/,
    ],
    [
      "hours that end before they begin",
      { constraintId: "hours", values: { from: 600, to: 540 } },
      /ends before it begins/,
    ],
    [
      "a team that there is not",
      { constraintId: "lunch", scope: "team", holderId: `tea_${"0".repeat(26)}` },
      /no such team/,
    ],
    ["nobody in particular", { constraintId: "lunch", scope: "person" }, /every other rule has one/],
    [
      "a scope that makes no sense for it",
      { constraintId: "window", scope: "team", holderId: `tea_${"0".repeat(26)}` },
      /not set for a team/,
    ],
  ];
  for (const [what, body, says] of wrong) {
    test(`${what} is refused`, async () => {
      const refused = await refusalOf(owner("rules.create", { body: body as { constraintId: string } }));
      assert.equal(refused.code, "planning/rule-invalid");
      assert.match(refused.detail, says);
      assert.equal(
        (await refusalOf(owner("rules.try", { body: { rule: body as { constraintId: string } } }))).code,
        refused.code,
      );
    });
  }

  for (const weight of [1e12, 0, -1, Number.NaN]) {
    test(`a weight of ${weight} is refused`, async () => {
      assert.equal((await refusalOf(rule("lunch", { weight }))).code, "request/invalid");
    });
  }

  test("there is one of a kind for each holder, and each change of it is undone and redone", async () => {
    const made = await rule("lunch", { values: { minutes: 45 } });
    assert.equal((await refusalOf(rule("lunch"))).code, "planning/rule-stands");
    const listed = async () => (await owner("rules.list", {})).items.map(({ values }) => values["minutes"]);
    await owner("rules.update", { params: { id: made.id }, body: { values: { minutes: 60 } } });
    assert.deepEqual(await listed(), [60]);
    await undoLast();
    assert.deepEqual(await listed(), [45]);
    await owner("rules.remove", { params: { id: made.id } });
    assert.deepEqual(await listed(), []);
    await undoLast();
    assert.deepEqual(await listed(), [45]);
  });

  test("a trial says what setting it then finds, and nothing is set by it", async () => {
    await create("11:00", "14:30", { rrule: "FREQ=WEEKLY;COUNT=4" });
    const body = { rule: { constraintId: "lunch", values: { minutes: 45 } } };
    const tried = await owner("rules.try", { body });
    assert.deepEqual((await owner("rules.list", {})).items, []);
    await rule("lunch", body.rule);
    const { items } = await owner("rules.broken", { query: { start: tried.start, end: tried.end } });
    assert.equal(tried.made, items.length);
    assert.ok(tried.made >= 4 && tried.sentence.includes("of the year ahead would break this"), tried.sentence);
    assert.equal(
      tried.months.reduce((sum, { made }) => sum + made, 0),
      tried.made,
    );
    assert.deepEqual(
      items[0]!.events.map(({ title }) => title),
      ["Talk"],
    );
    const again = await owner("rules.try", { body });
    assert.deepEqual([again.made, again.removed], [0, 0], "judged beside the same rule it finds nothing new");
    week += 4;
    day = Temporal.PlainDate.from(DAY).add({ weeks: week++ }).toString();
    await create("12:20", "14:00", { title: "Fifty minutes before" });
    const [set] = (await owner("rules.list", {})).items;
    const stricter = { rule: { constraintId: "lunch", values: { minutes: 60 } }, replaces: set!.id };
    const { made, removed } = await owner("rules.try", { body: stricter });
    assert.deepEqual(
      [made, removed],
      [1, 0],
      "what is broken already is not counted again, by however much more it is",
    );
  });
});

describe("prevention", () => {
  let own: OwnServer;
  before(async () => {
    own = await startOwnServer({ now: "2027-02-01T08:00:00Z" });
  });
  after(() => own[Symbol.asyncDispose]());

  const rules = fc.constantFrom(
    { constraintId: "lunch", isHard: true, values: { minutes: 45 } },
    { constraintId: "hours", isHard: true, values: { from: 480, to: 1_080 } },
    { constraintId: "buffer", isHard: true, values: { pause: 15 } },
    { constraintId: "day-hours", isHard: true, values: { hours: 5 } },
    { constraintId: "day-times", isHard: true, values: { times: 3 } },
    { constraintId: "in-a-row", isHard: true, values: { longest: 90, pause: 10 } },
    { constraintId: "week-hours", isHard: true, values: { hours: 12 } },
    { constraintId: "rest", isHard: true, values: { rest: 14 } },
    { constraintId: "lunch", isHard: false, values: { minutes: 45 } },
    { constraintId: "travel", isHard: true, values: { slack: 15 } },
    { constraintId: "fairness", isHard: true, values: { above: 2 } },
    { constraintId: "fairness-times", isHard: true, values: { above: 1, weeks: 2 } },
    { constraintId: "apart", holder: "Ana", names: "Ben" },
    { constraintId: "together", holder: "Ben", names: "Cleo" },
    { constraintId: "rooms", holder: "Ana", names: "Near" },
  );
  /** People and rooms, by name. */
  const ids = new Map<string, string>();
  const emailOf = (name: string) => `${name.toLowerCase()}@org.example`;
  before(async () => {
    const { owner } = own;
    for (const name of ["Ana", "Ben", "Cleo"])
      ids.set(name, (await owner("people.create", { body: { name, email: emailOf(name) } })).id);
    for (const [name, latitude] of [
      ["Near", 50],
      ["Far", 50.2],
    ] as const) {
      await owner("places.create", { body: { name: `${name} place`, latitude, longitude: 14 } });
      const body = { name, kind: "room", site: `${name} place`, policy: "allow" } as const;
      ids.set(name, (await owner("resources.create", { body })).id);
    }
  });
  const ruleOf = ({
    constraintId,
    ...rest
  }: {
    constraintId: string;
    holder?: string;
    names?: string;
    values?: object;
  }) => {
    const { holder, names, ...more } = rest;
    if (holder === undefined) return { constraintId, ...more } as { constraintId: string };
    return { constraintId, scope: "person" as const, holderId: ids.get(holder)!, namedIds: [ids.get(names!)!] };
  };

  const wish = fc.record({
    guests: fc.subarray(["Ana", "Ben", "Cleo"]),
    room: fc.constantFrom(null, "Near", "Far"),
    which: fc.nat(),
    isNew: fc.boolean(),
    quarter: fc.integer({ min: 28, max: 80 }),
    day: fc.integer({ min: 0, max: 3 }),
    quarters: fc.integer({ min: 1, max: 16 }),
    isSeries: fc.boolean(),
  });

  test("explains nothing exactly when the write succeeds, and what stands then breaks no hard rule", async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(rules, { minLength: 1, maxLength: 3, selector: ({ constraintId }) => constraintId }),
        fc.array(wish, { minLength: 1, maxLength: 8 }),
        async (wanted, wishes) => {
          const { owner } = own;
          for (const { id } of (await owner("rules.list", {})).items) await owner("rules.remove", { params: { id } });
          for (const each of wanted) await owner("rules.create", { body: ruleOf(each) });
          const monday = Temporal.PlainDate.from("2027-03-01").add({ weeks: 2 * run++ });
          const made: string[] = [];
          for (const { which, isNew, quarter, day, quarters, isSeries, guests, room } of wishes) {
            const start = monday
              .add({ days: day })
              .toPlainDateTime()
              .add({ minutes: 15 * quarter });
            const times = {
              start: start.toString(),
              end: start.add({ minutes: 15 * quarters }).toString(),
              timeZone: "Europe/Prague",
              attendees: guests.map((name) => ({ email: emailOf(name) })),
              resourceIds: room === null ? [] : [ids.get(room)!],
            };
            const eventId = made.length === 0 ? undefined : made[which % made.length];
            if (isNew || eventId === undefined) {
              const body = { title: "Any", ...times, ...(isSeries ? { rrule: "FREQ=DAILY;COUNT=2" } : {}) };
              const said = await owner("ai.preventConflict", { body: { newEvent: body } });
              const did = await owner("events.create", { body: { ...body, conflictResolution: "manual" } }).catch(
                () => null,
              );
              assert.equal(said.allowed, did !== null);
              assert.equal(said.allowed, said.conflicts.length === 0);
              if (did !== null) made.push(did.id);
            } else {
              const body = { ...times, scope: "all" as const };
              const said = await owner("ai.preventConflict", { body: { change: { eventId, ...body } } });
              const did = await owner("events.update", {
                params: { id: eventId },
                body: { ...body, conflictResolution: "manual" },
              }).catch(() => null);
              assert.equal(said.allowed, did !== null);
            }
          }
          const window = {
            start: `${monday.subtract({ days: 7 }).toString()}T00:00:00Z`,
            end: `${monday.add({ days: 7 }).toString()}T00:00:00Z`,
          };
          const { items } = await owner("rules.broken", { query: window });
          assert.deepEqual(
            // Who gets nothing may have too much beside others who gave something back.
            items.filter(
              ({ isHard, start, constraintId }) =>
                isHard && start >= monday.toString() && !constraintId.startsWith("fairness"),
            ),
            [],
          );
        },
      ),
      { numRuns: 25 },
    );
  });
});

describe("rules in the demo", () => {
  let server: TestServer;
  before(async () => {
    server = await startTestServer();
  });
  after(() => server[Symbol.asyncDispose]());

  test("are set by administrators alone; and a detection says how long its stages took", async () => {
    const coordinator = await server.signedIn(COORDINATOR);
    const member = await server.signedIn(MEMBER);
    const body = { rule: { constraintId: "lunch" } };
    assert.equal((await refusalOf(member("rules.create", { body: body.rule }))).code, "request/forbidden");
    assert.equal((await refusalOf(member("rules.try", { body }))).code, "request/forbidden");
    const { items } = await member("constraints.list", {});
    assert.ok(items.some(({ id, settable }) => id === "lunch" && settable));
    const start = `${Temporal.Now.plainDateISO().toString()}T00:00:00Z`;
    const end = `${Temporal.Now.plainDateISO().add({ days: 60 }).toString()}T00:00:00Z`;
    const { metadata } = await coordinator("ai.detectConflicts", { body: { timeRange: { start, end } } });
    assert.deepEqual(
      metadata.stages.map(({ stage }) => stage),
      ["collect", "detect", "describe", "tell"],
    );
  });

  test("that name people are told to those whom they concern, and to who sets rules", async () => {
    const [coordinator, member] = [await server.signedIn(COORDINATOR), await server.signedIn(MEMBER)];
    const [mine, theirs] = [await coordinator("me.read", {}), await member("me.read", {})];
    const other = (await coordinator("people.list", { query: { limit: 100 } })).items.find(
      ({ id, kind }) => kind === "person" && id !== mine.personId && id !== theirs.personId,
    )!;
    const apart = (holderId: string, named: string) =>
      coordinator("rules.create", {
        body: { constraintId: "apart", scope: "person", holderId, namedIds: [named], isHard: false },
      });
    const made = [
      await apart(other.id, mine.personId),
      await apart(mine.personId, theirs.personId),
      await coordinator("rules.create", { body: { constraintId: "rest", scope: "person", holderId: other.id } }),
      await coordinator("rules.create", { body: { constraintId: "rest", scope: "person", holderId: theirs.personId } }),
      await coordinator("rules.create", { body: { constraintId: "lunch" } }),
    ].map(({ id }) => id);
    const toldTo = async (client: Client) =>
      (await client("rules.list", {})).items.map(({ id }) => made.indexOf(id)).filter((i) => i >= 0);
    assert.deepEqual(await toldTo(coordinator), [0, 1, 2, 3, 4]);
    assert.deepEqual(await toldTo(member), [1, 3, 4]);
    const day = { start: "2027-10-05T08:00:00Z", end: "2027-10-05T09:00:00Z" };
    const attendees = [other.email!, mine.email].map((email) => ({ email }));
    await member("events.create", { body: { title: "Together", ...day, attendees, preventConflicts: false } });
    const brokenTo = async (client: Client) =>
      (await client("rules.broken", { query: day })).items
        .map(({ ruleId }) => made.indexOf(ruleId))
        .filter((i) => i < 2);
    assert.deepEqual(new Set(await brokenTo(coordinator)), new Set([0, 1]));
    assert.deepEqual(await brokenTo(member), [1], "whose event it is learns of what concerns them");
    for (const id of made) await coordinator("rules.remove", { params: { id } });
  });

  test("tell of others' private things that they take time, and not that they are of a series", async () => {
    const coordinator = await server.signedIn(COORDINATOR);
    const member = await server.signedIn(MEMBER);
    const { personId, email } = await coordinator("me.read", {});
    const times = (day: string, from: string, to: string) => ({
      start: `${day}T${from}:00`,
      end: `${day}T${to}:00`,
      timeZone: "Europe/Prague",
      preventConflicts: false,
    });
    const first = { title: "Private", ...times("2027-09-06", "09:00", "12:00"), rrule: "FREQ=DAILY;COUNT=5" };
    await coordinator("events.create", { body: first });
    await member("events.create", {
      body: { title: "Mine", ...times("2027-09-07", "11:00", "12:00"), attendees: [email] },
    });
    const { id } = await coordinator("rules.create", { body: { constraintId: "day-hours", values: { hours: 1 } } });
    const window = { start: "2027-09-07T00:00:00+02:00", end: "2027-09-08T00:00:00+02:00" };
    const { items } = await member("rules.broken", { query: window });
    const told = items.filter(({ subjectId }) => subjectId === personId).flatMap(({ events }) => events);
    assert.ok(told.some(({ title }) => title === "Mine"));
    const busy = told.filter(({ eventId }) => eventId === null);
    assert.deepEqual([...new Set(busy.map(({ title, recurrenceId }) => `${title} ${recurrenceId}`))], ["Busy null"]);
    const { nodes } = await member("conflicts.graph", { query: window });
    const hidden = nodes.filter(({ eventId }) => eventId === null);
    assert.ok(hidden.length > 0 && hidden.every(({ recurrenceId }) => recurrenceId === null));
    await coordinator("rules.remove", { params: { id } });
  });
});
