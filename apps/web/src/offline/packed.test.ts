import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import type { Calendar, Conflict, Event, Subject } from "../data/api.ts";
import type { PeopleTime } from "../data/capacity.ts";
import type { Directory } from "../data/session.ts";
import { bytesOfTime, packDirectory, packYear, unpackDirectory, unpackYear, type ReadyYear } from "./packed.ts";

const event = (id: number, title = "Yoga"): Event => ({ id: `evt_${id}`, title }) as Event;
const year = (events: number, conflicts = 0, scope: ReadyYear["scope"] = "everyone"): ReadyYear => ({
  status: "ready",
  events: Array.from({ length: events }, (_, i) => event(i)),
  scope,
  conflicts: Array.from({ length: conflicts }, (_, i) => ({ id: `cfl_${i}` }) as Conflict),
  areConflictsKnown: true,
  isCut: false,
});
const noRest = () => Promise.resolve();

describe("a year that is kept", () => {
  const cases: [what: string, state: ReadyYear][] = [
    ["nothing", year(0)],
    ["some events", year(3)],
    ["as many as one piece has", year(500)],
    ["more than that, and conflicts", year(1_234, 501)],
    ["of some people", year(2, 1, new Set(["per_1", "cal_2"]))],
    ["of nobody yet", year(0, 0, new Set())],
    ["titles with line breaks and quotes", { ...year(0), events: [event(1, 'a\n"b"\\\u2028')] }],
  ];
  for (const [what, state] of cases)
    test(`comes back as it was: ${what}`, async () => {
      assert.deepEqual(await unpackYear((await packYear(state, Infinity, noRest))!), state);
    });

  test("comes back as it was, whatever its titles and however many", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string({ unit: "binary" }), { maxLength: 1_200 }), async (titles) => {
        const state = { ...year(0), events: titles.map((title, id) => event(id, title.toWellFormed())) };
        assert.deepEqual(await unpackYear((await packYear(state, Infinity, noRest))!), state);
      }),
      { numRuns: 30 },
    );
  });

  test("is left out when it takes a byte more than there is room for", async () => {
    const state = year(1_100, 3);
    const { size } = (await packYear(state, Infinity, noRest))!;
    assert.equal((await packYear(state, size, noRest))?.size, size);
    assert.equal(await packYear(state, size - 1, noRest), null);
  });

  test("lets others work after each piece, and stops as soon as it is too large", async () => {
    let rests = 0;
    const rest = async () => void rests++;
    await packYear(year(1_100, 3), Infinity, rest);
    assert.equal(rests, 4);
    rests = 0;
    await packYear(year(50_000), 30_000, rest);
    assert.ok(rests <= 3, `${rests} rests`);
  });
});

test("a directory comes back as it was, with the names of whom events name", async () => {
  const [ines, hall] = [{ id: "per_1", name: "Ines" } as Subject, { id: "res_1", name: "Hall B" } as Subject];
  const directory: Directory = {
    calendars: new Map([["cal_1", { id: "cal_1", name: "Courses" } as Calendar]]),
    people: [ines],
    things: [hall],
    names: new Map([
      ["per_1", "Ines"],
      ["res_1", "Hall B"],
    ]),
  };
  assert.deepEqual(await unpackDirectory(packDirectory(directory)), directory);
});

test("time that many people share counts once", () => {
  const shared = { startMs: new Float64Array(1_000), endMs: new Float64Array(1_000) };
  const timeOf = (people: number) =>
    ({ open: new Map(Array.from({ length: people }, (_, i) => [`per_${i}`, shared])), taken: new Map() }) as unknown;
  const [one, ten] = [bytesOfTime(timeOf(1) as PeopleTime), bytesOfTime(timeOf(10) as PeopleTime)];
  assert.equal(one, 16_100);
  assert.equal(ten, 17_000);
});
