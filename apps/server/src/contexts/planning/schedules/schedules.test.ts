// Strategy: small weeks whose best is known, then the demo's month: whatever is proposed is applied as it was proposed, makes no
// conflict, moves nothing that is locked or of others, and undo brings all of it back.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Answer, Client } from "@hourwright/client";
import { systemClock } from "../../../platform/clock.ts";
import { startOwnServer, type OwnServer } from "../../../testing/own-server.ts";
import { COORDINATOR, INSTRUCTOR, refusalOf, startTestServer, type TestServer } from "../../../testing/server.ts";

type Optimised = Answer<"ai.optimizeSchedule">;

const movesOf = ({ optimizedSchedule }: Optimised) =>
  optimizedSchedule.map(({ eventId, recurrenceId, from, to }) => ({ eventId, recurrenceId, ...to, from }));

describe("a schedule of one person, put in better order", () => {
  let own: OwnServer;
  let owner: Client;
  before(async () => {
    own = await startOwnServer({ now: "2027-02-01T08:00:00Z" });
    owner = own.owner;
    await owner("workingHours.put", {
      body: { week: [1, 2, 3, 4, 5].map((weekday) => ({ weekday, opens: "09:00", closes: "17:00" })) },
    } as never).catch(() => null);
  });
  after(() => own[Symbol.asyncDispose]());

  const create = async (title: string, start: string, end: string, more: object = {}) =>
    (
      await owner("events.create", {
        body: { title, start, end, timeZone: "Europe/Prague", preventConflicts: false, ...more },
      })
    ).event;
  const optimise = (day: string, more: object = {}) =>
    owner("ai.optimizeSchedule", {
      body: {
        timeRange: {
          start: `${day}T00:00:00Z`,
          end: `${Temporal.PlainDate.from(day).add({ days: 5 }).toString()}T00:00:00Z`,
        },
        objectives: ["conflicts"],
        seconds: 0.3,
        ...more,
      },
    });

  test("loses its conflicts, and what is proposed can be done in one step", async () => {
    const day = "2027-03-01";
    // A calendar of the kind that warns: two things may stand at once, and are a conflict.
    const calendar = await owner("calendars.create", { body: { name: "Warned", policy: "warn" } as never });
    await create("One", `${day}T09:00:00`, `${day}T10:00:00`, { calendarId: calendar.id });
    await create("Other", `${day}T09:30:00`, `${day}T10:30:00`, { calendarId: calendar.id });
    const plan = await optimise(day);
    assert.deepEqual(
      plan.improvements.map(({ objective, before, after }) => [objective, before, after]),
      [["conflicts", 1, 0]],
    );
    assert.equal(plan.optimizedSchedule.length, 1, "nothing moves for nothing");
    assert.ok(plan.score.hard < plan.before.hard && plan.convergence.length > 0);
    await owner("events.move", { body: { moves: movesOf(plan) } });
    const again = await optimise(day);
    assert.deepEqual([again.optimizedSchedule, again.before.hard], [[], 0]);
  });

  test("keeps what is locked, and what is not named", async () => {
    const day = "2027-03-08";
    const calendar = await owner("calendars.create", { body: { name: "Locked", policy: "warn" } as never });
    const one = await create("One", `${day}T09:00:00`, `${day}T10:00:00`, { calendarId: calendar.id });
    const other = await create("Other", `${day}T09:30:00`, `${day}T10:30:00`, { calendarId: calendar.id });
    const locked = await optimise(day, { constraints: { lockedEvents: [one.id] } });
    assert.deepEqual(
      locked.optimizedSchedule.map(({ eventId }) => eventId),
      [other.id],
    );
    const named = await optimise(day, { events: [one.id] });
    assert.deepEqual(
      named.optimizedSchedule.map(({ eventId }) => eventId),
      [one.id],
    );
    const both = await refusalOf(optimise(day, { constraints: { lockedEvents: [one.id, other.id] } }));
    assert.deepEqual(
      [both.code, both.detail],
      ["planning/plan-refused", "Nothing may move: everything is locked, or there is nothing."],
    );
  });

  test("keeps the rules of the organisation", async () => {
    const day = "2027-03-15";
    const { id } = await owner("rules.create", {
      body: { constraintId: "hours", isHard: true, values: { from: 540, to: 660 } },
    });
    const calendar = await owner("calendars.create", { body: { name: "Ruled", policy: "warn" } as never });
    await create("One", `${day}T09:00:00`, `${day}T10:00:00`, { calendarId: calendar.id });
    await create("Other", `${day}T09:30:00`, `${day}T10:30:00`, { calendarId: calendar.id });
    const plan = await optimise(day);
    assert.equal(plan.optimizedSchedule.length, 1);
    const { to } = plan.optimizedSchedule[0]!;
    assert.ok(to.start.slice(11, 16) >= "09:00" && to.end.slice(11, 16) <= "11:00", to.start);
    await owner("rules.remove", { params: { id } });
  });

  for (const [what, body, code] of [
    ["no objectives", { objectives: [] }, "planning/plan-refused"],
    ["a weight of a million", { objectives: [{ objective: "focus", weight: 1e6 }] }, "request/invalid"],
    [
      "a window of fifty years",
      { timeRange: { start: "2027-01-01T00:00:00Z", end: "2077-01-01T00:00:00Z" } },
      "planning/plan-refused",
    ],
    [
      "an end before its beginning",
      { timeRange: { start: "2027-01-02T00:00:00Z", end: "2027-01-01T00:00:00Z" } },
      "calendars/ends-before-start",
    ],
    ["nobody", { people: [`per_${"0".repeat(26)}`] }, "planning/plan-refused"],
    [
      "a day without anything",
      { timeRange: { start: "2027-06-05T00:00:00Z", end: "2027-06-06T00:00:00Z" } },
      "planning/plan-refused",
    ],
  ] as const) {
    test(`${what} is refused with a sentence`, async () => {
      const refused = await refusalOf(optimise("2027-03-01", body));
      assert.equal(refused.code, code);
      assert.match(refused.detail, /\.$/);
    });
  }
});

describe("a month of the demo, put in better order", () => {
  let server: TestServer;
  let coordinator: Client;
  before(async () => {
    server = await startTestServer();
    coordinator = await server.signedIn(COORDINATOR);
  });
  after(() => server[Symbol.asyncDispose]());

  test("has fewer conflicts, none of them new, moves only what the caller may, and is undone as one step", async () => {
    const first = Temporal.Now.plainDateISO().with({ day: 1 }).add({ months: 1 });
    const timeRange = {
      start: `${first.toString()}T00:00:00Z`,
      end: `${first.add({ months: 1 }).toString()}T00:00:00Z`,
    };
    const { items } = await coordinator("people.list", { query: { limit: 12 } });
    const people = items.filter(({ kind }) => kind === "person").map(({ id }) => id);
    const detect = async () => {
      const { conflicts } = await coordinator("ai.detectConflicts", { body: { timeRange } });
      return new Set(
        conflicts.filter(({ subjectIds }) => subjectIds.some((id) => people.includes(id))).map(({ id }) => id),
      );
    };
    const before = await detect();
    const plan = await coordinator("ai.optimizeSchedule", {
      body: { timeRange, people, objectives: ["conflicts", "focus"], seconds: 3 },
    });
    assert.ok(plan.optimizedSchedule.length > 0);
    for (const { moves } of plan.alternatives) {
      const other = new Set(moves.map(({ eventId, recurrenceId, to }) => `${eventId} ${recurrenceId} ${to.start}`));
      const best = plan.optimizedSchedule.map(
        ({ eventId, recurrenceId, to }) => `${eventId} ${recurrenceId} ${to.start}`,
      );
      const differing =
        best.filter((each) => !other.has(each)).length + [...other].filter((each) => !best.includes(each)).length;
      assert.ok(differing * 5 >= Math.min(best.length, other.size), `${differing} of ${best.length}`);
    }
    const { requestId } = await coordinator("events.move", { body: { moves: movesOf(plan).slice(0, 200) } });
    const after = await detect();
    assert.deepEqual(
      [...after].filter((id) => !before.has(id)),
      [],
      "no conflict is new",
    );
    await coordinator("requests.undo", { params: { id: requestId } });
    assert.deepEqual(await detect(), before);
    const instructor = await server.signedIn(INSTRUCTOR);
    const theirs = await instructor("ai.optimizeSchedule", { body: { timeRange, people, seconds: 0.3 } }).catch(
      () => null,
    );
    for (const { eventId } of theirs?.optimizedSchedule ?? []) {
      await instructor("events.read", { params: { id: eventId }, query: {} });
    }
  });

  test("is worked out no longer when whoever asked has gone, and the next need not wait for it", async () => {
    const first = Temporal.Now.plainDateISO().with({ day: 1 }).add({ months: 1 });
    const timeRange = {
      start: `${first.toString()}T00:00:00Z`,
      end: `${first.add({ months: 1 }).toString()}T00:00:00Z`,
    };
    const token = await server.token(COORDINATOR);
    const giveUp = new AbortController();
    const asked = fetch(`${server.url}/v1/ai/optimize-schedule`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify({ timeRange, seconds: 30 }),
      signal: giveUp.signal,
    });
    await systemClock.sleep(1_000); // It has come as far as the thread.
    giveUp.abort();
    await assert.rejects(asked);
    const { processingTime } = await coordinator("ai.optimizeSchedule", { body: { timeRange, seconds: 0.2 } });
    assert.ok(processingTime < 20_000, `it waited: ${processingTime} ms`);
  });
});
