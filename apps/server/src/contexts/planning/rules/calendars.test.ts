// Strategy: one organisation with two calendars of one person; what a rule for one of them says at every door, and that it says
// nothing of the other.
import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import type { Client } from "@hourwright/client";
import { startOwnServer, type OwnServer } from "../../../testing/own-server.ts";
import { refusalOf } from "../../../testing/server.ts";

describe("a rule for what lies in one calendar", () => {
  let own: OwnServer;
  let owner: Client;
  let lessons: string;
  let week = 0;
  let day = "";
  before(async () => {
    own = await startOwnServer({ now: "2027-02-01T08:00:00Z" });
    owner = own.owner;
    lessons = (await owner("calendars.create", { body: { name: "Lessons", policy: "allow" } })).id;
  });
  after(() => own[Symbol.asyncDispose]());
  beforeEach(async () => {
    day = Temporal.PlainDate.from("2027-03-02").add({ weeks: week++ }).toString();
    for (const { id } of (await owner("rules.list", {})).items) await owner("rules.remove", { params: { id } });
  });

  const event = (from: string, to: string, more: object = {}) => ({
    title: "Hour",
    start: `${day}T${from}:00`,
    end: `${day}T${to}:00`,
    timeZone: "Europe/Prague",
    ...more,
  });
  const create = (...args: Parameters<typeof event>) => owner("events.create", { body: event(...args) });
  const nowhere = () => lessons.replace(/.$/, lessons.endsWith("0") ? "1" : "0");
  const inLessons = () => ({ calendarId: lessons });
  const rule = (constraintId: string, more: object = {}) =>
    owner("rules.create", {
      body: { constraintId, scope: "calendar", holderId: lessons, isHard: true, ...more },
    });

  test("judges what lies in it alone, and says so at every door", async () => {
    const set = await rule("day-hours", { values: { hours: 2 } });
    assert.deepEqual([set.scope, set.holder], ["calendar", "Lessons"]);
    await create("08:00", "12:00");
    await create("13:00", "15:00", inLessons());
    const { allowed, conflicts } = await owner("ai.preventConflict", {
      body: { newEvent: event("16:00", "17:00", inLessons()) },
    });
    const refused = await refusalOf(create("16:00", "17:00", inLessons()));
    assert.equal(refused.code, "planning/rule-broken");
    assert.match(refused.detail, /^In “Lessons”: Olga Owner has 3 h on .*, and at most 2 h are wanted\.$/);
    assert.deepEqual([allowed, conflicts[0]!.sentence], [false, refused.detail]);
    const [broken] = refused["broken"] as { collection: string; relaxations: object[] }[];
    assert.equal(broken!.collection, "Lessons");
    assert.deepEqual(broken!.relaxations, [{ parameter: "hours", unit: "hours", value: 3 }]);
    const suggestions = refused["suggestions"] as { moves: { start: string; end: string }[] }[];
    assert.ok(suggestions.length > 0);
    for (const { moves } of suggestions) {
      const times = { start: moves[0]!.start, end: moves[0]!.end };
      const newEvent = { title: "Hour", ...times, ...inLessons() };
      assert.ok((await owner("ai.preventConflict", { body: { newEvent } })).allowed, moves[0]!.start);
    }
    await create("16:00", "17:00");
  });

  test("stands beside the rules of everybody, and takes nobody out of them", async () => {
    await rule("hours", { values: { from: 600, to: 1_080 } });
    await owner("rules.create", { body: { constraintId: "hours", isHard: true, values: { from: 480, to: 960 } } });
    assert.match((await refusalOf(create("09:00", "10:00", inLessons()))).detail, /^In “Lessons”: /);
    assert.match((await refusalOf(create("15:30", "16:30", inLessons()))).detail, /^“Hour”/);
    await create("09:00", "10:00");
    await create("10:00", "11:00", inLessons());
  });

  test("is asked when what lies in it moves, and not when something else does", async () => {
    await rule("hours", { values: { from: 600, to: 1_080 } });
    const { id } = await create("10:00", "11:00", inLessons());
    const other = await create("12:00", "13:00");
    const early = { start: `${day}T09:00:00`, end: `${day}T10:00:00`, timeZone: "Europe/Prague" };
    const refused = await refusalOf(owner("events.update", { params: { id }, body: early }));
    assert.match(refused.detail, /^In “Lessons”: “Hour” on .* lies outside 10:00–18:00\.$/);
    await owner("events.update", { params: { id: other.id }, body: early });
  });

  test("is tried before it is set, told softly, and listed where it does not hold", async () => {
    await create("11:00", "14:30", inLessons());
    await create("11:00", "14:30", { preventConflicts: false, start: `${day}T07:00:00`, end: `${day}T08:00:00` });
    const body = { constraintId: "day-hours", scope: "calendar" as const, holderId: lessons, values: { hours: 1.5 } };
    const tried = await owner("rules.try", { body: { rule: body } });
    assert.ok(tried.made >= 1 && tried.examples.every(({ collection }) => collection === "Lessons"));
    await owner("rules.create", { body });
    const { warnings } = await create("15:00", "16:00", inLessons());
    assert.match(warnings[0]!, /^In “Lessons”: Olga Owner has 4\.5 h on /);
    const query = { start: `${day}T00:00:00+01:00`, end: `${day}T23:00:00+01:00` };
    const { items } = await owner("rules.broken", {
      query: { ...query, start: Temporal.PlainDate.from(day).toZonedDateTime("Europe/Prague").toInstant().toString() },
    });
    assert.deepEqual(
      items.map(({ collection, units, sentence }) => [collection, units, sentence.startsWith("In “Lessons”")]),
      [["Lessons", 180, true]],
    );
  });

  test("is kept by the times that are found for what will lie in it, and told when none is left", async () => {
    const me = (await owner("me.read", {})).personId;
    await rule("hours", { values: { from: 600, to: 720 } });
    await rule("day-hours", { values: { hours: 2 } });
    await create("10:00", "11:00", inLessons());
    await create("12:00", "16:00");
    const look = (calendarId: string | null, minutes: number) =>
      owner("ai.findTime", {
        body: {
          required: [me],
          timeRange: { start: `${day}T07:00:00Z`, end: `${day}T17:00:00Z` },
          minutes,
          calendarId,
          withinHours: false,
          limit: 50,
        },
      });
    const found = await look(lessons, 60);
    assert.ok(found.isPossible);
    assert.deepEqual(
      found.times.filter(({ requiredMissing }) => requiredMissing.length === 0).map(({ start }) => start.slice(11, 16)),
      ["11:00"],
    );
    const anywhere = (await look(null, 60)).times.filter(({ requiredMissing }) => requiredMissing.length === 0);
    assert.ok(anywhere.some(({ start }) => start.slice(11, 16) === "17:00"));
    const none = await look(lessons, 90);
    assert.equal(none.isPossible, false);
    assert.ok(
      none.times.some(({ reasons }) => reasons.some((reason) => reason.includes("In “Lessons”: "))),
      JSON.stringify(none.times[0]),
    );
    const unknown = await refusalOf(look(nowhere(), 60));
    assert.deepEqual([unknown.code, unknown.detail], ["planning/plan-refused", "No calendar you may see has this id."]);
  });

  test("is refused for a calendar that there is not, and for what is no matter of one", async () => {
    const unknown = await refusalOf(rule("day-hours", { holderId: nowhere() }));
    assert.deepEqual([unknown.code, unknown.detail], ["planning/rule-invalid", "There is no such calendar."]);
    assert.equal((await refusalOf(rule("lunch"))).code, "planning/rule-invalid");
  });
});
