// Strategy: small weeks by hand, judged by free/busy and by prevention: what is offered can be written, what is missing is busy.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Client } from "@hourwright/client";
import { COORDINATOR, refusalOf, startTestServer, type TestServer } from "../../testing/server.ts";

describe("a time for some people and a room", () => {
  let server: TestServer;
  let coordinator: Client;
  let people: { id: string; name: string }[] = [];
  const year = Temporal.Now.plainDateISO().year + 1;
  const monday = Temporal.PlainDate.from(`${year}-06-14`);
  const week = monday.subtract({ days: monday.dayOfWeek - 1 });
  const timeRange = {
    start: `${week.toString()}T00:00:00+02:00`,
    end: `${week.add({ days: 5 }).toString()}T00:00:00+02:00`,
  };
  before(async () => {
    server = await startTestServer();
    coordinator = await server.signedIn(COORDINATOR);
    // Whoever writes is there as well: what they write lies in their calendar.
    const mara = (await coordinator("people.list", { query: { search: "Mara Okafor" } })).items;
    const others = (await coordinator("people.list", { query: { limit: 6 } })).items;
    people = [...mara, ...others.filter(({ id, kind }) => id !== mara[0]!.id && kind === "person")];
  });
  after(() => server[Symbol.asyncDispose]());

  test("is free for everybody who is required, and can be written as it is offered", async () => {
    const required = people.slice(0, 3).map(({ id }) => id);
    const { times, isPossible, starts } = await coordinator("ai.findTime", {
      body: { required, room: { places: 3 }, timeRange, minutes: 45 },
    });
    assert.ok(isPossible && times.length > 0 && starts > 0);
    for (const { start, end, requiredMissing, room, reasons } of times) {
      assert.deepEqual(requiredMissing, []);
      assert.ok(room !== null && reasons.length > 0);
      const { items } = await coordinator("subjects.freeBusy", {
        query: { subjects: [...required, room.id], start, end },
      });
      assert.deepEqual(
        items.flatMap(({ busy }) => busy.filter(({ status }) => status !== "observed")),
        [],
      );
      const said = await coordinator("ai.preventConflict", {
        body: { newEvent: { title: "Found", start, end, resourceIds: [room.id] } },
      });
      assert.ok(said.allowed, said.conflicts[0]?.sentence ?? "");
    }
  });

  test("says whom to do without when there is none, and keeps the rules", async () => {
    const [first, second] = people as [{ id: string; name: string }, { id: string; name: string }];
    const day = week.add({ days: 30 });
    const at = (time: string) => `${day.toString()}T${time}:00+02:00`;
    const { id } = await coordinator("rules.create", {
      body: { constraintId: "hours", scope: "person", holderId: second.id, values: { from: 0, to: 60 } },
    });
    try {
      const answer = await coordinator("ai.findTime", {
        body: {
          required: [first.id, second.id],
          timeRange: { start: at("08:00"), end: at("18:00") },
          minutes: 60,
          withinHours: false,
        },
      });
      assert.equal(answer.isPossible, false);
      assert.ok(
        answer.relaxations.some(
          ({ kind, sentence, without }) =>
            kind === "person" && sentence.startsWith(`Without ${second.name}`) && without?.id === second.id,
        ),
      );
      assert.ok(answer.relaxations.some(({ kind }) => kind === "rule"));
      assert.ok(answer.times.every(({ requiredMissing }) => requiredMissing.length > 0));
    } finally {
      await coordinator("rules.remove", { params: { id } });
    }
  });

  test("says who is to be there as well, by name", async () => {
    const [first, second] = people as [{ id: string; name: string }, { id: string; name: string }];
    const { id } = await coordinator("rules.create", {
      body: { constraintId: "together", isHard: true, scope: "person", holderId: first.id, namedIds: [second.id] },
    });
    try {
      const { times } = await coordinator("ai.findTime", { body: { required: [first.id], timeRange } });
      const says = `Something else on .* takes ${first.name} without ${second.name}, and one of them has to be there`;
      assert.match(times.flatMap(({ reasons }) => reasons).join("\n"), new RegExp(says));
    } finally {
      await coordinator("rules.remove", { params: { id } });
    }
  });

  test("keeps the rules by the clocks of whoever comes", async () => {
    const far = await coordinator("people.create", { body: { name: "Far Away", zone: "America/New_York" } });
    const { id } = await coordinator("rules.create", {
      body: { constraintId: "hours", scope: "person", holderId: far.id, values: { from: 480, to: 1_080 } },
    });
    try {
      const { times } = await coordinator("ai.findTime", { body: { required: [far.id], timeRange, limit: 10 } });
      assert.ok(times.length > 0);
      for (const { start } of times) {
        const { hour } = Temporal.Instant.from(start).toZonedDateTimeISO("America/New_York");
        assert.ok(hour >= 8 && hour < 18, `${start} is ${hour} o'clock there`);
      }
    } finally {
      await coordinator("rules.remove", { params: { id } });
    }
  });

  test("lies in the part of the day that is wished, by the organisation's clocks", async () => {
    const dayPart = { from: 13 * 60, to: 17 * 60 };
    const { times } = await coordinator("ai.findTime", {
      body: { required: [people[0]!.id], timeRange, dayPart, minutes: 90, limit: 10 },
    });
    assert.ok(times.length > 0);
    for (const { start, end } of times)
      assert.ok(start.slice(11, 16) >= "13:00" && end.slice(11, 16) <= "17:00", start);
  });

  test("has a room that is here, and nobody who is not: what was taken away is not offered", async () => {
    const day = String(week.add({ days: 2 }));
    const add = (name: string, kind: "room" | "vehicle") =>
      coordinator("resources.create", { body: { name: `${name} of ${day}`, kind, capacity: 900 } });
    const [van, gone, hall] = [await add("Van", "vehicle"), await add("Gone", "room"), await add("Hall", "room")];
    await coordinator("resources.remove", { params: { id: gone.id } });
    const roomsOf = async (among: readonly string[]) => {
      const room = { among: [...among], places: 900 };
      const { times } = await coordinator("ai.findTime", { body: { required: [people[0]!.id], timeRange, room } });
      assert.ok(times.length > 0);
      return [...new Set(times.map((time) => time.room?.id ?? null))];
    };
    assert.deepEqual(await roomsOf([]), [hall.id]);
    assert.deepEqual(await roomsOf([gone.id, van.id]), [van.id]);
    assert.deepEqual(await roomsOf([gone.id]), [null]);
    const left = await coordinator("people.create", { body: { name: "Left Long Ago" } });
    await coordinator("people.remove", { params: { id: left.id } });
    const refused = await refusalOf(coordinator("ai.findTime", { body: { required: [left.id], timeRange } }));
    assert.deepEqual(
      [refused.code, refused.detail],
      ["planning/plan-refused", "One of those who are wanted is nobody here."],
    );
  });

  for (const [what, body, code] of [
    [
      "a window that is over",
      { timeRange: { start: "2020-01-01T00:00:00Z", end: "2020-02-01T00:00:00Z" } },
      "planning/plan-refused",
    ],
    ["somebody who is nobody here", { required: [`per_${"0".repeat(26)}`] }, "planning/plan-refused"],
    ["nobody", { required: [] }, "request/invalid"],
    [
      "a window of fifty years",
      { timeRange: { start: "2027-01-01T00:00:00Z", end: "2077-01-01T00:00:00Z" } },
      "planning/plan-refused",
    ],
    ["a meeting longer than the window", { minutes: 10_080 }, "planning/plan-refused"],
  ] as const) {
    test(`${what} is refused with a sentence`, async () => {
      const call = coordinator("ai.findTime", { body: { required: [people[0]!.id], timeRange, ...(body as object) } });
      const refused = await refusalOf(call);
      assert.equal(refused.code, code);
      assert.match(refused.detail, /\S/);
    });
  }

  test("conflicts of a window are a graph as well, with what is detected", async () => {
    const window = { start: `${year}-01-01T00:00:00Z`, end: `${year}-07-01T00:00:00Z` };
    const { conflicts } = await coordinator("ai.detectConflicts", { body: { timeRange: window } });
    const { nodes, edges } = await coordinator("conflicts.graph", { query: window });
    assert.deepEqual(edges.flatMap(({ conflictIds }) => conflictIds).sort(), conflicts.map(({ id }) => id).sort());
    assert.ok(nodes.some(({ flexibility }) => flexibility === 1));
  });
});
