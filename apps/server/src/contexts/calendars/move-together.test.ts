// Strategy: a table of moves that one after the other could not make, then any shuffle of a day: what is free ends where it was sent,
// all or none, and undo brings back the same.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import * as fc from "fast-check";
import type { Client } from "@hourwright/client";
import { startOwnServer, type OwnServer } from "../../testing/own-server.ts";
import { refusalOf } from "../../testing/server.ts";

describe("events moved together", () => {
  let own: OwnServer;
  let owner: Client;
  let week = 0;
  before(async () => {
    own = await startOwnServer({ now: "2027-02-01T08:00:00Z" });
    owner = own.owner;
  });
  after(() => own[Symbol.asyncDispose]());

  const newDay = () => Temporal.PlainDate.from("2027-03-02").add({ weeks: week++ }).toString();
  const create = async (title: string, day: string, from: string, to: string, more: object = {}) => {
    const times = { start: `${day}T${from}:00`, end: `${day}T${to}:00`, timeZone: "Europe/Prague" };
    return (await owner("events.create", { body: { title, ...times, ...more } })).event;
  };
  const times = async (day: string) => {
    const query = { start: `${day}T00:00:00Z`, end: `${day}T23:59:59Z`, timeZone: "Europe/Prague" };
    const { events } = await owner("events.list", { query });
    return events.map(({ title, start, end }) => `${title} ${start.slice(11, 16)}–${end.slice(11, 16)}`).sort();
  };
  const move = (moves: Parameters<typeof owner<"events.move">>[1]["body"]["moves"]) =>
    owner("events.move", { body: { moves } });

  test("may change places, and undo changes them back", async () => {
    const day = newDay();
    const [one, other] = [await create("One", day, "09:00", "10:00"), await create("Other", day, "10:00", "11:00")];
    const { requestId, summary } = await move([
      { eventId: one.id, start: other.start, end: other.end, from: { start: one.start, end: one.end } },
      { eventId: other.id, start: one.start, end: one.end },
    ]);
    assert.equal(summary, "Moved 2 events");
    assert.deepEqual(await times(day), ["One 10:00–11:00", "Other 09:00–10:00"]);
    await owner("requests.undo", { params: { id: requestId } });
    assert.deepEqual(await times(day), ["One 09:00–10:00", "Other 10:00–11:00"]);
  });

  test("are dates of one series as well", async () => {
    const day = newDay();
    const next = Temporal.PlainDate.from(day).add({ days: 1 }).toString();
    const { id } = await create("Daily", day, "09:00", "10:00", { rrule: "FREQ=DAILY;COUNT=2" });
    const { events } = await owner("events.list", {
      query: { start: `${day}T00:00:00Z`, end: `${next}T23:59:59Z`, timeZone: "Europe/Prague" },
    });
    const at = (hour: string, each: { start: string }) => each.start.replace("T09", `T${hour}`);
    await move(
      events.map((each, i) => ({
        eventId: id,
        recurrenceId: each.recurrenceId,
        start: at(`1${i + 1}`, each),
        end: at(`1${i + 2}`, each),
      })),
    );
    assert.deepEqual([await times(day), await times(next)], [["Daily 11:00–12:00"], ["Daily 12:00–13:00"]]);
  });

  test("are moved once each, to times that last, and whole days not at all", async () => {
    const day = newDay();
    const [one, { event: whole }] = [
      await create("One", day, "09:00", "10:00"),
      await owner("events.create", { body: { title: "Whole", start: day } }),
    ];
    const to = (from: string, end: string) => ({ start: `${day}T${from}:00Z`, end: `${day}T${end}:00Z` });
    const wrong = [
      [
        { eventId: one.id, ...to("11:00", "12:00") },
        { eventId: one.id, ...to("13:00", "14:00") },
      ],
      [{ eventId: one.id, ...to("11:00", "11:00") }],
      [{ eventId: one.id, ...to("11:00", "10:00") }],
      [{ eventId: whole.id, ...to("11:00", "12:00") }],
    ];
    const codes = [];
    for (const moves of wrong) codes.push((await refusalOf(move(moves))).code);
    assert.deepEqual(codes, [
      "request/invalid",
      "calendars/ends-before-start",
      "calendars/ends-before-start",
      "request/invalid",
    ]);
  });

  test("are all left where they are when one of them cannot go, or was moved meanwhile", async () => {
    const day = newDay();
    const one = await create("One", day, "09:00", "10:00");
    const other = await create("Other", day, "10:00", "11:00");
    await create("Wall", day, "12:00", "13:00");
    const at = (hour: string) => one.start.replace("T09", `T${hour}`);
    const free = { eventId: one.id, start: at("14"), end: at("15") };
    const taken = await refusalOf(move([free, { eventId: other.id, start: at("12"), end: at("13") }]));
    assert.equal(taken.code, "claims/taken");
    const meeting = await refusalOf(move([free, { eventId: other.id, start: at("14"), end: at("15") }]));
    assert.equal(meeting.code, "claims/taken");
    const from = { start: at("08"), end: at("09") };
    const stale = await refusalOf(move([free, { eventId: other.id, start: at("16"), end: at("17"), from }]));
    assert.equal(stale.code, "planning/repair-stale");
    assert.deepEqual(await times(day), ["One 09:00–10:00", "Other 10:00–11:00", "Wall 12:00–13:00"]);
  });

  test("end where they were sent whenever that is free, whatever the shuffle", async () => {
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray([8, 9, 10, 11, 12, 13], { minLength: 4, maxLength: 4 }), async (hours) => {
        const day = newDay();
        const made: Awaited<ReturnType<typeof create>>[] = [];
        for (const [i, name] of ["A", "B", "C", "D"].entries())
          made.push(
            await create(name, day, `${String(8 + i).padStart(2, "0")}:00`, `${String(9 + i).padStart(2, "0")}:00`),
          );
        const two = (hour: number) => String(hour).padStart(2, "0");
        const at = (hour: number) => made[0]!.start.replace("T08", `T${two(hour)}`);
        const before = await times(day);
        const { requestId } = await move(
          hours.map((hour, i) => ({ eventId: made[i]!.id, start: at(hour), end: at(hour + 1) })),
        );
        assert.deepEqual(
          await times(day),
          hours.map((hour, i) => `${"ABCD"[i]!} ${two(hour)}:00–${two(hour + 1)}:00`).sort(),
        );
        await owner("requests.undo", { params: { id: requestId } });
        assert.deepEqual(await times(day), before);
      }),
      { numRuns: 10 },
    );
  });
});
