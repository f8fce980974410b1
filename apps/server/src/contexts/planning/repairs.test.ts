// Conflicts found, repaired, undone and redone through HTTP, by one person and by two who get in each other's way.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Client } from "@hourwright/client";
import { eventually } from "../../testing/eventually.ts";
import { COORDINATOR, INSTRUCTOR, MEMBER, refusalOf, startTestServer, type TestServer } from "../../testing/server.ts";
import { clashesOf, type Clashes } from "./testing.ts";

describe("repairs", () => {
  let server: TestServer;
  let coordinator: Client;
  let member: Client;
  let instructor: Client;
  let newDay: Clashes["newDay"];
  let clash: Clashes["clash"];
  before(async () => {
    server = await startTestServer();
    [coordinator, member, instructor] = (await Promise.all(
      [COORDINATOR, MEMBER, INSTRUCTOR].map((email) => server.signedIn(email)),
    )) as [Client, Client, Client];
    ({ newDay, clash } = clashesOf(coordinator));
  });
  after(() => server[Symbol.asyncDispose]());

  const apply = (id: string, client = coordinator) => client("repairs.apply", { params: { id } });
  const undo = (requestId: string, client = coordinator) => client("requests.undo", { params: { id: requestId } });

  /** When somebody works in the next year, by day; handed in a few people at a time after the start. */
  async function workingHours(personId: string) {
    const start = Temporal.Now.instant();
    const query = { subjects: [personId], start: start.toString(), end: start.add({ hours: 24 * 365 }).toString() };
    const hours = async () => (await coordinator("subjects.freeBusy", { query })).items[0]!.available;
    const available = await eventually("hours are handed in", hours, ({ length }) => length > 0);
    return new Map(available.map((each) => [dayOf(each.start).toString(), each]));
  }

  const dayOf = (instant: string): Temporal.PlainDate =>
    Temporal.Instant.from(instant).toZonedDateTimeISO("Europe/Prague").toPlainDate();

  const shownDay = (day: Temporal.PlainDate): string =>
    day.toLocaleString("en-GB", { weekday: "short", day: "numeric", month: "short", year: "numeric" }).replace(",", "");

  /** The last day of work before a weekday on which somebody does not work. */
  function dayBeforeAHoliday(hours: ReadonlyMap<string, { readonly start: string; readonly end: string }>) {
    const found = [...hours.values()].slice(20).find(({ start }) => {
      const next = dayOf(start).add({ days: 1 });
      return next.dayOfWeek <= 5 && !hours.has(next.toString());
    });
    assert.ok(found, "a year without a holiday");
    return found;
  }

  test("move nobody out of their hours, or onto a day that is closed for them", async () => {
    const { personId } = await member("me.read", {});
    const hours = await workingHours(personId);
    const open = dayBeforeAHoliday(hours);
    const calendar = await coordinator("calendars.create", { body: { name: "Hours", ownerSubjectId: personId } });
    const start = Temporal.Instant.from(open.start);
    const create = (title: string, minutes: number) =>
      coordinator("events.create", {
        body: {
          title,
          calendarId: calendar.id,
          start: start.add({ minutes }).toString(),
          end: start.add({ minutes: minutes + 60 }).toString(),
          preventConflicts: false,
        },
      });
    const events = [await create("First", 0), await create("Second", 30)];
    const timeRange = { start: open.start, end: open.end };
    const { conflicts } = await coordinator("ai.detectConflicts", { body: { timeRange, subjects: [personId] } });
    const ours = conflicts.find((each) => each.events.every(({ eventId }) => events.some(({ id }) => id === eventId)))!;
    const { suggestions } = await coordinator("ai.suggestRepairs", {
      body: { conflictId: ours.id, maxSuggestions: 20 },
    });
    assert.ok(suggestions.length >= 3);
    for (const { what, moves } of suggestions) {
      const [from, to] = [Temporal.Instant.from(moves[0]!.start), Temporal.Instant.from(moves[0]!.end)];
      const at = hours.get(dayOf(moves[0]!.start).toString());
      assert.ok(at !== undefined, `${what}: nobody works there`);
      assert.ok(Temporal.Instant.compare(at.start, from) <= 0 && Temporal.Instant.compare(to, at.end) <= 0, what);
    }
  });

  test("are applied once, and answered the same again, under an Idempotency-Key", async () => {
    const { detect } = await clash();
    const [conflict] = await detect();
    const token = await server.token(COORDINATOR);
    const send = async () => {
      const answer = await fetch(`${server.url}/v1/repairs/${conflict!.repairs[0]!.id}/apply`, {
        method: "POST",
        headers: { authorization: `Bearer ${token}`, "idempotency-key": "once" },
      });
      return [answer.status, await answer.json()];
    };
    const first = await send();
    assert.equal(first[0], 200, JSON.stringify(first[1]));
    assert.deepEqual(await send(), first);
    assert.deepEqual(await detect(), []);
  });

  test("are applied by one of several who apply at once, whose undo is not in the way of the others", async () => {
    const { detect, times } = await clash();
    const [conflict] = await detect();
    const before = await times();
    const other = conflict!.repairs.find(({ moves }) => moves[0]!.eventId !== conflict!.repairs[0]!.moves[0]!.eventId)!;
    const ids = [conflict!.repairs[0]!.id, conflict!.repairs[0]!.id, other.id, conflict!.repairs[1]!.id];
    const asked = ids.map((id) => apply(id));
    const applied = await Promise.allSettled(asked);
    const done = applied.filter((each) => each.status === "fulfilled");
    assert.equal(done.length, 1);
    for (const [i, { status }] of applied.entries())
      if (status === "rejected")
        assert.match((await refusalOf(asked[i]!)).code, /^planning\/(repair-stale|conflict-gone)$/);
    assert.deepEqual(await detect(), []);
    await undo(done[0]!.value.requestId);
    assert.deepEqual(await times(), before);
  });

  test("explain themselves, differ in kind, and are ranked", async () => {
    const { detect, day, hall } = await clash();
    const [conflict, ...rest] = await detect();
    assert.deepEqual(rest, []);
    const shown = shownDay(Temporal.PlainDate.from(day));
    assert.equal(
      conflict!.explanation,
      `${hall.name} is taken by “Yoga” (11:00–12:00) and “Judo” (11:30–12:30) for the same 30 min on ${shown}, 11:30–12:00: a room or thing is used once at a time.`,
    );
    assert.ok(conflict!.repairs.length >= 3);
    const ranks = conflict!.repairs.map(({ confidence }) => confidence);
    assert.deepEqual(
      ranks,
      ranks.toSorted((a, b) => b - a),
    );
    const { suggestions, recommendedSuggestion } = await coordinator("ai.suggestRepairs", {
      body: { conflictId: conflict!.id },
    });
    assert.deepEqual(suggestions, conflict!.repairs);
    assert.deepEqual(recommendedSuggestion, suggestions[0]);
    const byObject = await coordinator("ai.suggestRepairs", {
      body: { conflict: { ...conflict! }, maxSuggestions: 1 },
    });
    assert.equal(byObject.suggestions.length, 1);
  });

  test("each removes its conflict and makes none; undo brings it back, redo takes it away again", async () => {
    const { detect, times } = await clash();
    const [conflict] = await detect();
    const before = await times();
    for (const repair of conflict!.repairs) {
      const applied = await apply(repair.id);
      assert.ok(applied.undoable && applied.changed.length === 1, applied.summary);
      assert.match(applied.summary, /^(Moved|Ended|Started) “/);
      assert.deepEqual(await detect(), [], repair.what);
      const after = await times();
      assert.notDeepEqual(after, before);

      const undone = await undo(applied.requestId);
      assert.deepEqual(await times(), before);
      assert.deepEqual(
        (await detect()).map(({ id }) => id),
        [conflict!.id],
      );
      const redone = await undo(undone.requestId);
      assert.deepEqual(await times(), after);
      assert.deepEqual(await detect(), []);
      await undo(redone.requestId);
    }
  });

  test("of a hall that cannot be taken twice are undone into the conflict that they were", async () => {
    const year = Temporal.Now.plainDateISO().year + 1;
    const timeRange = { start: `${year}-01-01T00:00:00Z`, end: `${year + 1}-01-01T00:00:00Z` };
    const halls = async () =>
      (await coordinator("ai.detectConflicts", { body: { timeRange } })).conflicts.filter(
        ({ kind }) => kind === "resource",
      );
    const before = await halls();
    assert.ok(before.length > 1);
    for (const { id, repairs } of before) {
      const { requestId } = await apply(repairs[0]!.id);
      assert.ok(!(await halls()).some((each) => each.id === id));
      const undone = await undo(requestId);
      assert.ok(
        (await halls()).some((each) => each.id === id),
        id,
      );
      const redone = await undo(undone.requestId);
      assert.ok(!(await halls()).some((each) => each.id === id));
      await undo(redone.requestId);
    }
    assert.deepEqual(
      (await halls()).map(({ id }) => id),
      before.map(({ id }) => id),
    );
  });

  test("of a series are undone beside the date that stood beside it, and over no other of the same and no third", async () => {
    const { day, hall, judo, create, detect } = await clash({ rrule: "FREQ=WEEKLY;COUNT=3" });
    await coordinator("resources.update", { params: { id: hall.id }, body: { policy: "forbid" } });
    await eventually("it is forbidden", () =>
      create("Probe", "10:00", "11:30").then(
        async ({ id }) => coordinator("events.remove", { params: { id } }).then(() => false),
        () => true, // What stands there forbids it by now.
      ),
    );
    const [conflict, ...rest] = await detect();
    assert.deepEqual(rest, []);
    const yoga = conflict!.events.find(({ summary }) => summary === "Yoga")!;
    const at = (weeks: number, from: string, to: string) => {
      const on = Temporal.PlainDate.from(day).add({ weeks }).toString();
      return { start: `${on}T${from}:00Z`, end: `${on}T${to}:00Z` };
    };
    const move = (id: string, times: object) => coordinator.full("events.update", { params: { id }, body: times });
    const { requestId } = await move(yoga.eventId!, { scope: "all", ...at(0, "15:00", "16:00") });
    assert.deepEqual(await detect(), []);

    await move(judo.id, at(1, "10:30", "11:30"));
    const takenOn = async (weeks: number, times: string) => {
      const { code, detail } = await refusalOf(undo(requestId!));
      const on = shownDay(Temporal.PlainDate.from(day).add({ weeks }));
      assert.deepEqual([code, detail], ["claims/taken", `${hall.name} is taken on ${on}, ${times}.`]);
    };
    await takenOn(1, "11:30–12:30");
    await move(judo.id, at(0, "10:30", "11:30"));
    const third = await create("Third", "10:00", "10:30", { day: at(2, "", "").start.slice(0, 10) });
    await takenOn(2, "11:00–11:30");
    assert.deepEqual(await detect(), []);
    await coordinator("events.remove", { params: { id: third.id } });
    await undo(requestId!);
    assert.deepEqual(
      (await detect()).map(({ id }) => id),
      [conflict!.id],
    );
  });

  test("move one date of a series alone", async () => {
    const { detect, times, yoga } = await clash({ rrule: "FREQ=WEEKLY;COUNT=3" });
    const [conflict] = await detect();
    const repair = conflict!.repairs.find(({ moves }) => moves[0]!.eventId === yoga.id)!;
    assert.notEqual(repair.moves[0]!.recurrenceId, null);
    const before = await times();
    const { requestId } = await apply(repair.id);
    const after = await times();
    assert.equal(after.length, before.length);
    assert.equal(after.filter((each) => !before.includes(each)).length, 1);
    assert.deepEqual(await detect(), []);
    await undo(requestId);
    assert.deepEqual(await times(), before);
  });

  test("is gone with its conflict, and so is whoever asks for more", async () => {
    const { detect, judo } = await clash();
    const [conflict] = await detect();
    await coordinator("events.remove", { params: { id: judo.id }, query: {} });
    const asks = [
      () => apply(conflict!.repairs[0]!.id),
      () => coordinator("ai.suggestRepairs", { body: { conflictId: conflict!.id } }),
      () => coordinator("ai.suggestRepairs", { body: { conflictId: "cfl_nonsense" } }),
      () => coordinator("ai.suggestRepairs", { body: {} }),
      () => apply("rep_nonsense"),
    ];
    for (const ask of asks) {
      const problem = await refusalOf(ask());
      assert.deepEqual([problem.code, problem.status], ["planning/conflict-gone", 410]);
    }
  });

  test("is stale when somebody has taken its time, and changes nothing then", async () => {
    const { detect, times, hall } = await clash();
    const [conflict] = await detect();
    const repair = conflict!.repairs.find(({ what }) => what.startsWith("Move"))!;
    const { start, end } = repair.moves[0]!;
    await member("events.create", {
      body: { title: "Mine now", start, end, resourceIds: [hall.id], preventConflicts: false },
    });
    const before = await times();
    const problem = await refusalOf(apply(repair.id));
    assert.deepEqual([problem.code, problem.status], ["planning/repair-stale", 409]);
    assert.deepEqual(await times(), before);
    assert.ok(!(await detect()).some(({ repairs }) => repairs.some(({ id }) => id === repair.id)));
  });

  test("is stale when the event was moved meanwhile, though the conflict is still there", async () => {
    const { detect, judo, day } = await clash();
    const [conflict] = await detect();
    await coordinator("events.update", {
      params: { id: judo.id },
      body: { start: `${day}T10:15:00Z`, preventConflicts: false },
    });
    const [still] = await detect();
    assert.equal(still!.id, conflict!.id);
    const ended = conflict!.repairs.find(({ what }) => what.startsWith("End “Yoga”"))!;
    assert.equal((await refusalOf(apply(ended.id))).code, "planning/repair-stale");
  });

  test("cannot be undone over what somebody has changed since, who is named", async () => {
    const { detect } = await clash();
    const [conflict] = await detect();
    const { requestId, changed } = await apply(conflict!.repairs[0]!.id);
    const params = { id: changed[0]!.id };
    await member("events.update", { params, body: { location: "By the window" } });
    const problem = await refusalOf(undo(requestId));
    assert.deepEqual([problem.code, problem.status], ["undo/changed-since", 409]);
    const { name } = await member("me.read", {});
    assert.match(problem.detail, new RegExp(`^${name} changed it afterwards`));
    assert.deepEqual(
      (problem["changed"] as { by: string; id: string }[]).map(({ by, id }) => [by, id]),
      [[name, params.id]],
    );
    assert.equal((await coordinator("events.read", { params, query: {} })).location, "By the window");
  });

  test("is undone by who made it alone, and nothing is undone that never was", async () => {
    const { detect } = await clash();
    const [conflict] = await detect();
    const { requestId } = await apply(conflict!.repairs[0]!.id);
    assert.equal((await refusalOf(undo(requestId, member))).code, "undo/not-yours");
    assert.equal((await refusalOf(undo("req_01M7XQJDB0AYZ8H1CNY9QMPS6T"))).code, "undo/nothing");
  });

  test("is offered for what the asker may move, and refused when it is not theirs", async () => {
    const day = newDay();
    const room = await coordinator("resources.create", {
      body: { name: `Studio ${day}`, kind: "room", policy: "warn" },
    });
    const at = { start: `${day}T10:00:00Z`, end: `${day}T11:00:00Z`, resourceIds: [room.id], preventConflicts: false };
    const reading = await instructor("calendars.create", { body: { name: "Read it", sharing: "read" } });
    await instructor("events.create", { body: { title: "Not yours", calendarId: reading.id, ...at } });
    const mine = await member("events.create", { body: { title: "Mine", ...at } });
    const timeRange = { start: `${day}T00:00:00Z`, end: `${day}T23:00:00Z` };
    const seenBy = async (viewer: Client) =>
      (await viewer("ai.detectConflicts", { body: { timeRange, subjects: [room.id] } })).conflicts[0]!;
    const own = await seenBy(member);
    assert.deepEqual([...new Set(own.repairs.flatMap(({ moves }) => moves.map(({ eventId }) => eventId)))], [mine.id]);
    const all = await seenBy(coordinator);
    assert.equal(all.id, own.id);
    const theirs = all.repairs.find(({ moves }) => moves[0]!.eventId !== mine.id)!;
    assert.equal((await refusalOf(apply(theirs.id, member))).code, "planning/repair-stale");
  });

  test("are found for events that a request brings, which are not stored", async () => {
    const day = newDay();
    const events = [
      {
        id: "a",
        title: "A",
        start: `${day}T10:00:00Z`,
        end: `${day}T11:00:00Z`,
        attendees: ["Eva@x.example"],
        resources: ["Hall"],
      },
      {
        id: "b",
        title: "B",
        start: `${day}T10:30:00Z`,
        end: `${day}T11:30:00Z`,
        attendees: ["eva@x.example"],
        resources: ["Hall"],
      },
      { id: "c", title: "C", start: `${day}T10:00:00Z`, end: `${day}T11:00:00Z`, calendar: "Ben" },
      {
        id: "b",
        title: "B",
        start: `${day}T10:30:00Z`,
        end: `${day}T11:30:00Z`,
        attendees: ["eva@x.example"],
        resources: ["Hall"],
      },
    ];
    const timeRange = { start: `${day}T00:00:00Z`, end: `${day}T23:00:00Z` };
    const { conflicts } = await coordinator("ai.detectConflicts", { body: { timeRange, events } });
    assert.deepEqual(
      conflicts.map(({ kind, subjects, events: both }) => [kind, subjects, both.map(({ uid }) => uid)]),
      [
        ["overlap", ["You"], ["a", "b"]],
        ["attendee", ["eva@x.example"], ["a", "b"]],
        ["resource", ["Hall"], ["a", "b"]],
      ],
    );
    for (const { repairs } of conflicts) assert.ok(repairs.length > 0);
    const backwards = coordinator("ai.detectConflicts", {
      body: { timeRange: { start: timeRange.end, end: timeRange.start } },
    });
    assert.equal((await refusalOf(backwards)).code, "calendars/ends-before-start");
  });
});
