// Strategy: a hall of things that clash in every way, by chance; whoever asks for some of them is told what everybody is
// told, filtered. Asking for all reads every claim; asking for some reads what these do alone.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import fc from "fast-check";
import type { Client } from "@hourwright/client";
import { COORDINATOR, startTestServer, type TestServer } from "../../testing/server.ts";

const THINGS = 6;
const EVENTS = 30;
const DAYS = 10;

/** Some of the halls and people, by number. */
const some = (count: number, max = count) =>
  fc.uniqueArray(fc.nat({ max: count - 1 }), { minLength: 1, maxLength: Math.min(max, count) });
const event = fc.record({
  day: fc.nat({ max: DAYS - 1 }),
  hour: fc.integer({ min: 8, max: 11 }),
  hours: fc.integer({ min: 1, max: 60 }),
  things: some(THINGS, 3),
  isDaily: fc.boolean(),
});

describe("the conflicts of some people and things", () => {
  let server: TestServer;
  let coordinator: Client;
  const things: string[] = [];
  before(async () => {
    server = await startTestServer();
    coordinator = await server.signedIn(COORDINATOR);
    const { id: calendarId } = await coordinator("calendars.create", {
      body: { name: "Halls", ownerSubjectId: null, sharing: "write" },
    });
    for (let i = 0; i < THINGS; i++) {
      const { id } = await coordinator("resources.create", {
        body: { name: `Hall ${i}`, kind: "room", policy: "warn" },
      });
      things.push(id);
    }
    for (const { day, hour, hours, things: numbers, isDaily } of fc.sample(event, { numRuns: EVENTS, seed: 11 })) {
      const start = firstDay.add({ days: day }).toPlainDateTime({ hour });
      await coordinator("events.create", {
        body: {
          title: "By chance",
          calendarId,
          start: `${start.toString()}Z`,
          end: `${start.add({ hours }).toString()}Z`,
          resourceIds: numbers.map((number) => things[number]!),
          preventConflicts: false,
          ...(isDaily && hours < 24 && { rrule: "FREQ=DAILY;COUNT=3" }),
        },
      });
    }
  });
  after(() => server[Symbol.asyncDispose]());

  const firstDay = Temporal.PlainDate.from("2033-02-07");
  const conflictsIn = async (from: number, days: number, subjects?: readonly string[]) => {
    const query = {
      start: firstDay.add({ days: from }).toString(),
      end: firstDay.add({ days: from + days }).toString(),
      includeConflicts: true,
      ids: [],
      ...(subjects !== undefined && { subjects: [...subjects] }),
    };
    const { conflicts = [], metadata } = await coordinator("events.list", { query });
    assert.equal(metadata.conflictsCut, false);
    return conflicts.toSorted((one, other) => (one.id < other.id ? -1 : 1));
  };

  test("are those of everybody in which they take part", async () => {
    const all = await conflictsIn(0, DAYS);
    assert.ok(all.length > EVENTS && all.some(({ subjectIds }) => subjectIds.length > 1), "they clash in many ways");
    await fc.assert(
      fc.asyncProperty(
        some(THINGS),
        fc.nat({ max: DAYS - 1 }),
        fc.integer({ min: 1, max: DAYS }),
        async (numbers, from, days) => {
          const subjects = numbers.map((number) => things[number]!);
          const theirs = (await conflictsIn(from, days)).filter(({ subjectIds }) =>
            subjectIds.some((id) => subjects.includes(id)),
          );
          assert.deepEqual(await conflictsIn(from, days, subjects), theirs);
        },
      ),
      { numRuns: 40 },
    );
  });
});
