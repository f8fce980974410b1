import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import * as fc from "fast-check";
import { loadOf, openTimeOf, type Taken } from "@hourwright/capacity";
import type { Answer, Client } from "@hourwright/client";
import { becomes } from "../../testing/eventually.ts";
import { COORDINATOR, refusalOf, startTestServer, type TestServer } from "../../testing/server.ts";
import { minutesByTurns } from "./time.task.ts";

const MINUTE_MS = 60_000;
const DAYS = 50;
const PEOPLE = 12;
const EVERYBODY = 64;
const MARCH = { start: "2027-03-01T00:00:00+01:00", end: "2027-04-01T00:00:00+02:00" };

let server: TestServer;
let coordinator: Client;
before(async () => {
  server = await startTestServer();
  coordinator = await server.signedIn(COORDINATOR);
  await everybodyIsOpen();
});
after(() => server[Symbol.asyncDispose]());

/** Working time is handed in after the start, a few people at a time. */
async function everybodyIsOpen(): Promise<void> {
  const openCount = async () =>
    (await coordinator("capacity.read", { query: MARCH })).open.flatMap(({ subjectIds }) => subjectIds).length;
  await becomes(openCount, EVERYBODY);
}

const msOf = (text: string): number => Temporal.Instant.from(text).epochMilliseconds;
const text = (ms: number): string => Temporal.Instant.fromEpochMilliseconds(ms).toString();

/** What is taken of whom in an answer, as columns sorted by start; `people` gives each a number. */
function takenIn({ taken, start }: Answer<"capacity.read">, people: readonly string[]): Taken {
  const rows = taken.flatMap(({ subjectId, minutes }) => {
    const { startMs, endMs } = openTimeOf(minutes, msOf(start));
    return Array.from(startMs, (from, i) => ({ who: people.indexOf(subjectId), from, to: endMs[i]! }));
  });
  rows.sort((one, other) => one.from - other.from);
  return {
    subject: Int32Array.from(rows, ({ who }) => who),
    startMs: Float64Array.from(rows, ({ from }) => from),
    endMs: Float64Array.from(rows, ({ to }) => to),
  };
}

describe("the capacity of people", () => {
  test("makes a load that is a count, minute by minute, of what free/busy says: fifty days of a year", async () => {
    const year = Temporal.Now.plainDateISO().year;
    const dayStart = (day: number) =>
      Temporal.PlainDate.from({ year, month: 1, day: 1 }).add({ days: day }).toZonedDateTime("Europe/Prague")
        .epochMilliseconds;
    const startsMs = Float64Array.from({ length: 366 }, (_, day) => dayStart(day));
    const { items } = await coordinator("people.list", { query: { limit: PEOPLE } });
    const people = items.map(({ id }) => id);
    const window = { start: text(startsMs[0]!), end: text(startsMs[365]!) };
    const answer = await coordinator("capacity.read", { query: { ...window, subjects: people } });
    const open = people.map((id) => {
      const own = answer.open.find(({ subjectIds }) => subjectIds.includes(id));
      return own === undefined ? null : openTimeOf(own.minutes, startsMs[0]!);
    });
    const load = loadOf(open, takenIn(answer, people), { startsMs });

    const sampled = fc.sample(fc.integer({ min: 0, max: 364 }), DAYS);
    for (const day of sampled) {
      const [from, to] = [startsMs[day]!, startsMs[day + 1]!];
      const freeBusy = await coordinator("subjects.freeBusy", {
        query: { subjects: people, start: text(from), end: text(to) },
      });
      let [openMinutes, takenMinutes] = [0, 0];
      for (const { available, busy } of freeBusy.items) {
        const holds = (list: readonly { start: string; end: string }[], ms: number) =>
          list.some(({ start, end }) => msOf(start) <= ms && ms < msOf(end));
        for (let ms = from; ms < to; ms += MINUTE_MS) {
          if (!holds(available, ms)) continue;
          openMinutes++;
          if (holds(busy, ms)) takenMinutes++;
        }
      }
      assert.deepEqual([load.openMinutes[day], load.takenMinutes[day]], [openMinutes, takenMinutes], `day ${day}`);
    }
    const total = load.takenMinutes.reduce((sum, minutes) => sum + minutes, 0);
    assert.ok(total > 0, "something was taken in the year");
  });

  test("is told of everybody when nobody is named, and once for all who share a week", async () => {
    const { open, taken, thresholds } = await coordinator("capacity.read", { query: MARCH });
    const named = open.flatMap(({ subjectIds }) => subjectIds);
    assert.equal(new Set(named).size, named.length);
    assert.equal(named.length, EVERYBODY);
    assert.ok(open.length <= EVERYBODY / 2, `${open.length} different weeks`);
    assert.ok(taken.length > 0 && taken.every(({ minutes }) => minutes.length % 2 === 0));
    assert.deepEqual(thresholds, { steady: 0.65, full: 0.8, over: 0.95 });
  });

  test("is refused for a window that ends before it starts, and for ten years", async () => {
    const ask = (start: string, end: string) => refusalOf(coordinator("capacity.read", { query: { start, end } }));
    assert.equal((await ask("2027-03-02T00:00:00Z", "2027-03-01T00:00:00Z")).code, "calendars/ends-before-start");
    assert.equal((await ask("2020-01-01T00:00:00Z", "2030-01-01T00:00:00Z")).code, "calendars/out-of-range");
  });
});

test("minutes by turns are cut to the window, and count from its start", () => {
  const at = (minute: number) => minute * MINUTE_MS;
  const stretches = [
    { startMs: at(-10), endMs: at(5) },
    { startMs: at(20), endMs: at(30) },
    { startMs: at(90), endMs: at(200) },
    { startMs: at(210), endMs: at(220) },
  ];
  assert.deepEqual(minutesByTurns(stretches, 0, at(100)), [0, 5, 15, 10, 60, 10]);
});
