// Strategy: one organisation of four whose time is compared: what each door says of it, and that all say the same.
import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import type { Client } from "@hourwright/client";
import { startOwnServer, type OwnServer } from "../../../testing/own-server.ts";
import { refusalOf } from "../../../testing/server.ts";

const MONDAY = "2027-03-01";
const NAMES = ["Ana", "Ben", "Cleo"];
const emailOf = (name: string) => `${name.toLowerCase()}@org.example`;

describe("a rule that compares people", () => {
  let own: OwnServer;
  let owner: Client;
  const ids = new Map<string, string>();
  let week = 0;
  /** The Monday of four weeks that no other test has used. */
  let monday = MONDAY;
  before(async () => {
    own = await startOwnServer({ now: "2027-02-01T08:00:00Z" });
    owner = own.owner;
    for (const name of NAMES)
      ids.set(name, (await owner("people.create", { body: { name, email: emailOf(name) } })).id);
    ids.set("Olga", (await owner("me.read", {})).personId);
  });
  after(() => own[Symbol.asyncDispose]());
  beforeEach(async () => {
    monday = Temporal.PlainDate.from(MONDAY)
      .add({ weeks: 6 * week++ })
      .toString();
    for (const { id } of (await owner("rules.list", {})).items) await owner("rules.remove", { params: { id } });
  });

  const times = (from: number, hours: number, days = 0) => {
    const start = Temporal.PlainDate.from(monday).add({ days }).toPlainDateTime().add({ hours: from });
    const end = start.add({ minutes: hours * 60 });
    return { start: start.toString(), end: end.toString(), timeZone: "Europe/Prague" };
  };
  const guests = (...names: readonly string[]) => ({ attendees: names.map((name) => ({ email: emailOf(name) })) });
  const event = (from: number, hours: number, more: object = {}, days = 0) => ({
    title: "Lesson",
    ...times(from, hours, days),
    ...more,
  });
  const create = (...args: Parameters<typeof event>) =>
    owner("events.create", { body: { ...event(...args), conflictResolution: "manual" } });
  const prevent = (...args: Parameters<typeof event>) =>
    owner("ai.preventConflict", { body: { newEvent: event(...args) } });
  const fair = (more: object = {}) =>
    owner("rules.create", { body: { constraintId: "fairness", isHard: true, values: { above: 2 }, ...more } });

  test("refuses who would have too much beside the others, with what all have, and the number that would do", async () => {
    await fair();
    const said = await prevent(9, 3);
    const refused = await refusalOf(create(9, 3));
    assert.equal(refused.code, "planning/rule-broken");
    assert.match(
      refused.detail,
      /^Olga Owner has 3 h in the week of Mon .* 2027, where the average of 4 is 0\.8 h, and (Ana|Ben|Cleo) has the least, 0 h: no more than 2 h above the average is wanted\.$/,
    );
    assert.deepEqual([said.allowed, said.conflicts[0]!.sentence], [false, refused.detail]);
    const [broken] = refused["broken"] as { relaxations: object[]; facts: object; others: string[] }[];
    assert.deepEqual(broken!.relaxations, [{ parameter: "above", unit: "hours", value: 2.25 }]);
    assert.deepEqual(broken!.facts, { own: 3, mean: 0.75, above: 2, least: 0, people: 4, weeks: 1 });
    // What all have alike is no matter of it, nor what somebody has in another week.
    await create(9, 3, guests(...NAMES));
    await create(12, 2.5);
    assert.equal((await refusalOf(create(15, 0.5))).code, "planning/rule-broken");
    await create(9, 2.5, {}, 7);
  });

  test("refuses nobody for what they give back, and nobody who gets nothing", async () => {
    await fair();
    const { id } = await create(9, 4, guests(...NAMES));
    await owner("events.update", { params: { id }, body: guests("Ana", "Ben") });
    await owner("events.update", { params: { id }, body: { attendees: [] } });
    const { items } = await owner("rules.broken", { query: window() });
    assert.deepEqual(
      items.map(({ subject, units }) => [subject, units]),
      [["Olga Owner", 60]],
      "what stands is told all the same",
    );
    // What stands outside may change as long as it gets no worse; and who has less may have more.
    await owner("events.update", { params: { id }, body: { title: "Other" } });
    await owner("events.update", { params: { id }, body: times(10, 4) });
    assert.equal(
      (await refusalOf(owner("events.update", { params: { id }, body: times(9, 5) }))).code,
      "planning/rule-broken",
    );
    await owner("events.update", { params: { id }, body: guests("Ana") });
  });

  const window = () => ({
    // What is judged of a week lies where it begins, by the clocks of the organisation.
    start: Temporal.PlainDate.from(monday).toZonedDateTime("Europe/Prague").toInstant().toString(),
    end: `${Temporal.PlainDate.from(monday).add({ days: 6 }).toString()}T00:00:00Z`,
  });

  test("compares over four weeks where it says so", async () => {
    await fair({ values: { above: 2, weeks: 4 } });
    const made: boolean[] = [];
    for (const days of [0, 7, 14, 21])
      made.push(
        await create(9, 2, {}, days).then(
          () => true,
          () => false,
        ),
      );
    // By the week each of them would do; four weeks lie in two stretches at most.
    assert.ok(made.filter((isMade) => isMade).length <= 2, made.join(" "));
  });

  test("counts things instead of hours; and both may be set", async () => {
    await fair({ constraintId: "fairness-times", values: { above: 1, weeks: 1 } });
    await fair({ values: { above: 3 } });
    await create(9, 0.5);
    const refused = await refusalOf(create(10, 0.5));
    assert.match(refused.detail, /^Olga Owner has 2 things in the week of .*, where the average of 4 is 0\.5 things/);
    const [, long] = [await create(10, 3, guests(...NAMES)), await refusalOf(create(13, 5))];
    assert.deepEqual(
      new Set((long["broken"] as { constraintId: string }[]).map(({ constraintId }) => constraintId)),
      new Set(["fairness", "fairness-times"]),
    );
  });

  test("is told softly, tried on the year ahead, and listed where it does not hold", async () => {
    const before = await owner("rules.try", { body: { rule: { constraintId: "fairness" } } });
    const { id } = await create(9, 6);
    const tried = await owner("rules.try", { body: { rule: { constraintId: "fairness" } } });
    assert.equal(tried.made, before.made + 1);
    assert.ok(tried.examples.some(({ sentence }) => sentence.startsWith("Olga Owner has 6 h in the week of ")));
    await owner("rules.create", { body: { constraintId: "fairness" } });
    const { warnings } = await create(16, 1);
    assert.match(warnings[0]!, /^Olga Owner has 7 h in the week of /);
    const { items } = await owner("rules.broken", { query: window() });
    assert.deepEqual(
      items.map(({ constraintId, others }) => [constraintId, others.length]),
      [["fairness", 1]],
    );
    assert.ok(items[0]!.events.some(({ eventId }) => eventId === id));
  });

  test("a refused event is offered weeks in which it keeps the rule, and a time is found in these alone", async () => {
    await fair();
    await create(9, 2);
    const refused = await refusalOf(owner("events.create", { body: event(12, 2) }));
    const suggestions = refused["suggestions"] as { moves: { start: string; end: string }[] }[];
    assert.ok(suggestions.length > 0);
    for (const { moves } of suggestions) {
      const newEvent = { title: "Lesson", start: moves[0]!.start, end: moves[0]!.end };
      assert.ok((await owner("ai.preventConflict", { body: { newEvent } })).allowed, moves[0]!.start);
    }
    const end = `${Temporal.PlainDate.from(monday).add({ days: 12 }).toString()}T00:00:00Z`;
    const find = (required: readonly string[]) =>
      owner("ai.findTime", {
        body: {
          timeRange: { start: `${monday}T00:00:00Z`, end },
          required: required.map((name) => ids.get(name)!),
          minutes: 120,
        },
      });
    const alone = await find(["Olga"]);
    assert.ok(alone.times.length > 0);
    const next = Temporal.PlainDate.from(monday).add({ days: 7 }).toString();
    assert.ok(alone.times.every(({ requiredMissing, start }) => requiredMissing.length > 0 || start >= next));
    // All together have more of it, and nobody more than the others.
    const together = await find(["Olga", ...NAMES]);
    assert.ok(together.times.some(({ requiredMissing, start }) => requiredMissing.length === 0 && start < next));
  });

  test("of what lies in one calendar compares that alone, and whom it names", async () => {
    const { id: lessons } = await owner("calendars.create", { body: { name: "Lessons", policy: "allow" } });
    const rule = await fair({ scope: "calendar", holderId: lessons, namedIds: [ids.get("Olga"), ids.get("Ana")] });
    assert.deepEqual(rule.named.map(({ name }) => name).toSorted(), ["Ana", "Olga Owner"]);
    await create(9, 5);
    await create(9, 3, { calendarId: lessons }, 1);
    const said = await prevent(9, 2, { calendarId: lessons }, 2);
    const refused = await refusalOf(create(9, 2, { calendarId: lessons }, 2));
    assert.match(
      refused.detail,
      /^In “Lessons”: Olga Owner has 5 h in the week of .*, where the average of 2 is 2\.5 h, and Ana has the least, 0 h: /,
    );
    assert.deepEqual([said.allowed, said.conflicts[0]!.sentence], [false, refused.detail]);
    // Together they have more of it alike, and elsewhere it is no matter of the rule.
    await create(9, 2, { calendarId: lessons, ...guests("Ana") }, 2);
    await create(12, 4, {}, 2);
    const { times } = await owner("ai.findTime", {
      body: {
        required: [ids.get("Olga")!],
        timeRange: { start: `${monday}T06:00:00Z`, end: window().end },
        minutes: 120,
        calendarId: lessons,
      },
    });
    assert.ok(times.every(({ requiredMissing }) => requiredMissing.length === 1));
    // Who is named by nobody is compared with everybody; for a team nobody is named.
    await owner("rules.update", { params: { id: rule.id }, body: { namedIds: [] } });
    assert.match((await refusalOf(create(16, 2, { calendarId: lessons }, 3))).detail, /the average of 4 is/);
    assert.match(
      (await refusalOf(fair({ namedIds: [ids.get("Ana")] }))).detail,
      /names people only for a calendar or a service/,
    );
    await owner("events.create", { body: event(16, 2, {}, 3) });
    await owner("rules.remove", { params: { id: rule.id } });
    const tried = await owner("rules.try", {
      body: { rule: { constraintId: "fairness", scope: "calendar", holderId: lessons, values: { above: 0.5 } } },
    });
    assert.ok(tried.made > 0 && tried.examples.every(({ collection }) => collection === "Lessons"));
  });

  const wrong: readonly (readonly [string, () => object, RegExp])[] = [
    [
      "for one person",
      () => ({ scope: "person", holderId: ids.get("Ana") }),
      /compares people: it is set for a team or for everybody, not for one/,
    ],
    ["over half a week", () => ({ values: { weeks: 1.5 } }), /whole weeks, and not 1\.5/],
    ["over five weeks", () => ({ values: { weeks: 5 } }), /from 1 to 4 \(weeks\), and not 5/],
  ];
  for (const [what, more, says] of wrong) {
    test(`is not set ${what}`, async () => {
      const refused = await refusalOf(fair(more()));
      assert.equal(refused.code, "planning/rule-invalid");
      assert.match(refused.detail, says);
    });
  }
});
