// Strategy: a table of what stands against a time, then any time of a week: what fits is a repair like any, what does not is refused.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import * as fc from "fast-check";
import type { Client } from "@hourwright/client";
import { COORDINATOR, INSTRUCTOR, MEMBER, refusalOf, startTestServer, type TestServer } from "../../testing/server.ts";
import { clashesOf, type Clashes } from "./testing.ts";

describe("why not at another time", () => {
  let server: TestServer;
  let coordinator: Client;
  let clash: Clashes["clash"];
  const year = Temporal.Now.plainDateISO().year + 1;
  before(async () => {
    server = await startTestServer();
    coordinator = await server.signedIn(COORDINATOR);
    // The second half of the year: claims stand for about two years.
    ({ clash } = clashesOf(coordinator, `${year}-06-05`));
  });
  after(() => server[Symbol.asyncDispose]());

  /** A clash of yoga and judo, and how to ask about yoga on its day. */
  async function asked() {
    const made = await clash();
    const conflict = (await made.detect())[0]!;
    const at = (time: string, day = made.day) => `${day}T${time}:00Z`;
    const ask = (from: string, to: string, { day = made.day, client = coordinator, eventId = made.yoga.id } = {}) =>
      client("conflicts.whyNot", {
        params: { id: conflict.id },
        body: { eventId, start: at(from, day), end: at(to, day) },
      });
    return { ...made, conflict, ask };
  }
  const check = (id: string) => coordinator("proposals.check", { body: { repairs: [id] } });

  test("nothing: the answer is a repair, checked, applied and undone like any", async () => {
    const { ask, conflict, times, detect, hall, day } = await asked();
    const before = await times();
    const { repair, ...rest } = await ask("13:05", "14:05");
    assert.deepEqual(rest, {
      mayMove: true,
      isPast: false,
      taken: [],
      free: [hall.name],
      outside: [],
      closed: [],
      rules: [],
    });
    assert.match(repair!.what, /^Move “Yoga” to /);
    const checked = await check(repair!.id);
    assert.deepEqual([checked.repairs[0]!.state, checked.repairs[0]!.repair], ["ready", repair]);
    assert.deepEqual(checked.solved, [conflict.id]);
    const { requestId } = await coordinator("proposals.apply", { body: { repairs: [repair!.id] } });
    assert.ok((await times()).includes(`Yoga ${day}T13:05–14:05`));
    assert.deepEqual(await detect(), []);
    await coordinator("requests.undo", { params: { id: requestId } });
    assert.deepEqual(await times(), before);
  });

  test("a rule that would not hold, with the nearest number that would do; and then no repair", async () => {
    const { ask, conflict, hall } = await asked();
    const rule = await coordinator("rules.create", {
      body: { constraintId: "hours", scope: "person", holderId: hall.id, values: { from: 480, to: 840 } },
    });
    try {
      const { rules, repair, taken } = await ask("13:05", "14:05");
      assert.deepEqual([repair, taken], [null, []]);
      assert.deepEqual(
        rules.map(({ constraintId, isHard, subject, relaxations }) => [constraintId, isHard, subject, relaxations]),
        [["hours", true, hall.name, [{ parameter: "to", unit: "time of day", value: 975 }]]],
      );
      assert.match(rules[0]!.sentence, /^“Yoga” on .* lies outside 08:00–14:00\.$/);
      const { suggestions } = await coordinator("ai.suggestRepairs", { body: { conflictId: conflict.id } });
      const wallTimes = suggestions.flatMap(({ moves }) => moves.map(({ end }) => end.slice(11, 16)));
      assert.ok(wallTimes.length > 0 && wallTimes.every((time) => time <= "14:00"), wallTimes.join(" "));
    } finally {
      await coordinator("rules.remove", { params: { id: rule.id } });
    }
  });

  test("who has it then, by what, and when; but not by itself", async () => {
    const { ask, hall, create, day } = await asked();
    await create("Chess", "12:00", "13:00");
    const { taken, free, repair } = await ask("11:15", "12:15");
    assert.deepEqual([repair, free], [null, []]);
    assert.deepEqual(
      taken.map(({ subject, title, start }) => [subject, title, Temporal.Instant.from(start).toString()]),
      [
        [hall.name, "Judo", `${day}T10:30:00Z`],
        [hall.name, "Chess", `${day}T12:00:00Z`],
      ],
    );
    assert.deepEqual((await ask("09:15", "10:15")).taken, []);
  });

  test("titles that one may not read stay hidden, and what one may not move is not moved", async () => {
    const { ask, calendar, create } = await asked();
    await create("Chess", "12:00", "13:00");
    const [member, instructor] = [await server.signedIn(MEMBER), await server.signedIn(INSTRUCTOR)];
    await coordinator("calendars.update", { params: { id: calendar.id }, body: { sharing: "read" } });
    const readable = await ask("11:45", "12:45", { client: member });
    assert.deepEqual([readable.mayMove, readable.taken[0]!.title, readable.repair], [false, "Chess", null]);
    assert.equal((await ask("14:00", "15:00", { client: member })).repair, null);
    await coordinator("calendars.update", { params: { id: calendar.id }, body: { sharing: "private" } });
    assert.equal((await refusalOf(ask("14:00", "15:00", { client: instructor }))).code, "planning/conflict-gone");
  });

  test("it is over, too far away, no event of the conflict, or no time at all", async () => {
    const { ask, judo, create } = await asked();
    for (const day of ["1990-03-01", "2150-03-01"])
      assert.equal((await refusalOf(ask("10:00", "11:00", { day }))).code, "calendars/out-of-range");
    assert.equal((await refusalOf(ask("11:00", "10:00"))).code, "calendars/ends-before-start");
    assert.equal(
      (await refusalOf(ask("13:00", "14:00", { eventId: (await create("Chess", "16:00", "17:00")).id }))).code,
      "planning/conflict-gone",
    );
    assert.ok((await ask("13:00", "14:00", { eventId: judo.id })).repair !== null);
    const yesterday = Temporal.Now.plainDateISO("UTC").subtract({ days: 1 }).toString();
    const over = await ask("10:00", "11:00", { day: yesterday });
    assert.deepEqual([over.isPast, over.repair], [true, null]);
  });

  test("it is a part of a second: nothing is made as short as that, by no id that is made up", async () => {
    const { ask, conflict, day, times } = await asked();
    const before = await times();
    const at = (time: string) => ({ start: `${day}T14:00:00Z`, end: `${day}T${time}Z` });
    const params = { id: conflict.id };
    const eventId = conflict.events[0]!.eventId!;
    const short = coordinator("conflicts.whyNot", { params, body: { eventId, ...at("14:00:00.001") } });
    assert.equal((await refusalOf(short)).code, "calendars/out-of-range");
    const { id } = (await ask("14:00", "15:00")).repair!;
    const startMs = Temporal.Instant.from(at("15:00:00").start).epochMilliseconds;
    const madeUp = id.replace(/[^_]+$/, (startMs + 1).toString(36));
    assert.equal(
      (await refusalOf(coordinator("repairs.apply", { params: { id: madeUp } }))).code,
      "planning/repair-stale",
    );
    assert.deepEqual(await times(), before);
  });

  test("far from the conflict it is known as well what is taken there", async () => {
    const { ask, create } = await asked();
    const day = `${year}-03-09`;
    await create("Spring clean", "08:00", "18:00", { day });
    assert.deepEqual(
      (await ask("10:00", "11:00", { day })).taken.map(({ title }) => title),
      ["Spring clean"],
    );
    const { repair } = await ask("18:00", "19:00", { day });
    assert.equal((await check(repair!.id)).repairs[0]!.state, "ready");
  });

  test("a time that went meanwhile is replaced by the best there is, as with any repair", async () => {
    const { ask, create } = await asked();
    const { repair } = await ask("13:00", "14:00");
    await create("Chess", "13:30", "14:30");
    const [step] = (await check(repair!.id)).repairs;
    assert.equal(step!.state, "changed");
    assert.notDeepEqual(step!.repair!.moves, repair!.moves);
    assert.notEqual(step!.repair!.id, repair!.id);
  });

  test("is answered with a repair for exactly the times to which a move is not refused", async () => {
    const { ask, day, yoga, create } = await asked();
    await create("Chess", "13:00", "14:00");
    const quarter = (number: number) =>
      Temporal.PlainTime.from("08:00")
        .add({ minutes: number * 15 })
        .toString()
        .slice(0, 5);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 32 }), fc.integer({ min: 1, max: 8 }), async (from, quarters) => {
        const [start, end] = [quarter(from), quarter(from + quarters)];
        const { repair, taken } = await ask(start, end);
        const moved = await coordinator
          .full("events.update", {
            params: { id: yoga.id },
            body: { start: `${day}T${start}:00Z`, end: `${day}T${end}:00Z`, conflictResolution: "manual" },
          })
          .catch(() => null);
        if (moved !== null) await coordinator("requests.undo", { params: { id: moved.requestId! } });
        assert.equal(repair !== null, moved !== null, `${start}–${end}`);
        assert.equal(taken.length === 0, repair !== null);
      }),
      { numRuns: 12 },
    );
  });
});
