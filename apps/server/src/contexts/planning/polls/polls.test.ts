// Strategy: on both databases the demo's people ask and answer; what is picked is an event, once, and undo is the way back.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Client } from "@hourwright/client";
import { systemClock } from "../../../platform/clock.ts";
import { postgres, type FilledDatabase } from "../../../testing/filled-database.ts";
import {
  COORDINATOR,
  INSTRUCTOR,
  MEMBER,
  refusalOf,
  startTestServer,
  type TestServer,
} from "../../../testing/server.ts";

const MANAGER = "manager@larkfield.example";

const embedded = { name: "the embedded database", skip: false as const, open: () => Promise.resolve(null) };

for (const kind of [embedded, postgres]) {
  describe(`a poll of people of the house, on ${kind.name}`, { skip: kind.skip }, () => {
    let base: FilledDatabase | null;
    let server: TestServer;
    let maker: Client;
    let member: Client;
    let instructor: Client;
    let manager: Client;
    const ids: Record<string, string> = {};
    /** Turned forward, so that nobody waits. */
    let aheadMs = 0;
    const signIn = async () => {
      [maker, member, instructor, manager] = (await Promise.all(
        [COORDINATOR, MEMBER, INSTRUCTOR, MANAGER].map((email) => server.signedIn(email)),
      )) as [Client, Client, Client, Client];
    };
    before(async () => {
      base = await kind.open();
      const settings: Record<string, string> = base === null ? {} : { DATABASE_URL: base.url };
      server = await startTestServer(settings, { ...systemClock, nowMs: () => systemClock.nowMs() + aheadMs });
      await signIn();
      for (const [name, client] of Object.entries({ maker, member, instructor, manager }))
        ids[name] = (await client("me.read", {})).personId;
    });
    after(async () => {
      await server[Symbol.asyncDispose]();
      await base?.[Symbol.asyncDispose]();
    });

    let day = Temporal.PlainDate.from("2035-03-06");
    /** Two times of a day that no other test has used. */
    const newTimes = () => {
      day = day.add({ weeks: 1 });
      const at = (hour: number) => ({
        start: `${String(day)}T${hour}:00:00Z`,
        end: `${String(day)}T${hour + 1}:00:00Z`,
      });
      return [at(10), at(14)];
    };
    const ask = (more: object = {}) =>
      maker.full("polls.create", {
        body: { title: "Season review", times: newTimes(), people: [ids["member"]!, ids["instructor"]!], ...more },
      });
    const answer = (client: Client, id: string, ...answers: ("yes" | "maybe" | "no")[]) =>
      client("polls.answer", { params: { id }, body: { answers } });
    const pick = (client: Client, id: string, time: number) =>
      client("polls.pick", { params: { id }, body: { time, preventConflicts: false } });
    const eventsOf = async (title: string) =>
      (await maker("events.list", { query: { start: String(day), end: String(day.add({ days: 1 })) } })).events.filter(
        (event) => event.title === title,
      );

    test("is answered by those it asks, counted, and picked by who made it: those who said no are not invited", async () => {
      const { value: poll } = await ask({ title: "Picked once" });
      assert.deepEqual([poll.state, poll.isMine, poll.picked], ["open", true, null]);
      await answer(member, poll.id, "no", "yes");
      await answer(instructor, poll.id, "no", "no");
      const last = await answer(instructor, poll.id, "yes", "no");
      assert.deepEqual(
        last.times.map(({ yes, maybe, no }) => [yes, maybe, no]),
        [
          [1, 0, 1],
          [1, 0, 1],
        ],
        "the last answer counts",
      );
      assert.equal(last.isMine, false);
      const { eventId, poll: closed } = await pick(maker, poll.id, 0);
      assert.deepEqual([closed.state, closed.picked], ["closed", 0]);
      const event = await maker("events.read", { params: { id: eventId }, query: {} });
      assert.equal(event.title, "Picked once");
      const [first] = poll.times;
      assert.equal(Temporal.Instant.compare(event.start, first!.start), 0);
      assert.deepEqual(
        event.attendees.map(({ email }) => email).filter((email) => email !== COORDINATOR),
        [INSTRUCTOR],
      );
      assert.equal((await refusalOf(answer(member, poll.id, "yes", "yes"))).code, "planning/poll-over");
      assert.deepEqual((await member("polls.list", {})).items[0]!.id, poll.id);
    });

    test("undo takes the event back and opens the poll again, with what was answered; redo makes it once more", async () => {
      const { value: poll } = await ask({ title: "Taken back" });
      await answer(member, poll.id, "yes", "maybe");
      const { requestId } = await pick(maker, poll.id, 1);
      assert.equal((await eventsOf("Taken back")).length, 1);
      const undone = await maker("requests.undo", { params: { id: requestId } });
      assert.equal((await eventsOf("Taken back")).length, 0);
      const again = await maker("polls.read", { params: { id: poll.id } });
      assert.deepEqual([again.state, again.picked, again.times[1]!.maybe], ["open", null, 1]);
      await maker("requests.undo", { params: { id: undone.requestId } });
      assert.equal((await eventsOf("Taken back")).length, 1);
      assert.equal((await maker("polls.read", { params: { id: poll.id } })).state, "closed");
    });

    test("is taken back by undo while others have answered already, and an answer is nothing to undo", async () => {
      const { value: poll, requestId } = await ask();
      const { requestId: answered } = await member.full("polls.answer", {
        params: { id: poll.id },
        body: { answers: ["yes", "yes"] },
      });
      await member("requests.undo", { params: { id: answered! } }).catch(() => null);
      assert.equal((await maker("polls.read", { params: { id: poll.id } })).state, "open");
      await maker("requests.undo", { params: { id: requestId! } });
      assert.equal((await refusalOf(maker("polls.read", { params: { id: poll.id } }))).code, "request/not-found");
    });

    test("of two who pick at once one makes the event, the other learns that it is over", async () => {
      const { value: poll } = await ask({ title: "Race" });
      const tries = await Promise.allSettled([0, 1, 0, 1].map((time) => pick(maker, poll.id, time)));
      assert.equal(tries.filter(({ status }) => status === "fulfilled").length, 1);
      for (const each of tries)
        if (each.status === "rejected")
          assert.equal((await refusalOf(Promise.reject(each.reason as Error))).code, "planning/poll-over");
      assert.equal((await eventsOf("Race")).length, 1);
    });

    test("is not there for whom it does not ask; who is asked answers and does not decide", async () => {
      const { value: poll } = await ask();
      const { id } = poll;
      assert.equal((await refusalOf(manager("polls.read", { params: { id } }))).code, "request/not-found");
      assert.equal((await refusalOf(answer(manager, id, "yes", "yes"))).code, "request/not-found");
      assert.equal((await refusalOf(pick(manager, id, 0))).code, "request/not-found");
      assert.ok((await manager("polls.list", {})).items.every((each) => each.id !== id));
      assert.equal((await refusalOf(pick(member, id, 0))).code, "planning/poll-not-yours");
      assert.equal((await refusalOf(answer(maker, id, "yes", "yes"))).code, "request/not-found", "the maker has asked");
      assert.equal((await refusalOf(answer(member, id, "yes", "yes", "no"))).code, "planning/poll-invalid");
      assert.equal((await refusalOf(pick(maker, id, 5))).code, "planning/poll-invalid");
      const closed = await maker("polls.close", { params: { id } });
      assert.deepEqual([closed.state, closed.picked], ["closed", null]);
      assert.equal((await refusalOf(pick(maker, id, 0))).code, "planning/poll-over");
    });

    test("is refused with strangers, things that are not here, and a wrong event leaves it open", async () => {
      const stranger = `per_${"0".repeat(26)}`;
      assert.equal((await refusalOf(ask({ people: [stranger] }))).code, "planning/poll-invalid");
      assert.equal((await refusalOf(ask({ resourceIds: [ids["member"]!] }))).code, "planning/poll-invalid");
      const { value: poll } = await ask();
      const calendarId = `cal_${"0".repeat(26)}`;
      await refusalOf(maker("polls.pick", { params: { id: poll.id }, body: { time: 0, calendarId } }));
      assert.equal((await maker("polls.read", { params: { id: poll.id } })).state, "open");
    });

    test("does without those and that which vanished meanwhile, and says so before", async () => {
      const [left, addressless] = [
        await maker("people.create", { body: { name: "Left Since", email: `left-${String(day)}@house.example` } }),
        await maker("people.create", { body: { name: "No Address" } }),
      ];
      const room = (name: string) =>
        maker("resources.create", { body: { name: `${name} ${String(day)}`, kind: "room" } });
      const [gone, hall] = [await room("Gone"), await room("Hall")];
      const { value: poll } = await ask({
        people: [ids["member"]!, left.id, addressless.id],
        resourceIds: [gone.id, hall.id],
      });
      await maker("people.remove", { params: { id: left.id } });
      await maker("resources.remove", { params: { id: gone.id } });
      const { people, things } = await maker("polls.read", { params: { id: poll.id } });
      assert.deepEqual(
        [people.map((each) => each.isInvitable), things.map(({ isHere }) => isHere)],
        [
          [true, false, false],
          [false, true],
        ],
      );
      const { eventId } = await pick(maker, poll.id, 0);
      const event = await maker("events.read", { params: { id: eventId }, query: {} });
      assert.deepEqual(
        event.attendees.map(({ email }) => email).filter((email) => email.includes("@") && email !== COORDINATOR),
        [MEMBER],
      );
      assert.ok(event.subjectIds.includes(hall.id) && !event.subjectIds.includes(gone.id));
    });

    test("tells those it asks after ten seconds, and who is invited at the end", async () => {
      const { value: poll, requestId } = await ask({ title: "Told of" });
      const told = await maker("notices.ofRequest", { params: { id: requestId! } });
      assert.equal(told.waitingCount, 2);
      await maker("notices.sendNow", { params: { id: requestId! } });
      const [notice] = (await member("notices.list", {})).items;
      assert.deepEqual([notice!.kind, notice!.eventId, notice!.title], ["asked", poll.id, "Told of"]);
      await answer(member, poll.id, "yes", "no");
      const { requestId: picked, eventId } = await pick(maker, poll.id, 0);
      await maker("notices.sendNow", { params: { id: picked } });
      const [next] = (await member("notices.list", {})).items;
      assert.deepEqual([next!.kind, next!.eventId], ["invited", eventId]);
    });

    test("is over when its last time has begun", async () => {
      const soon = (hours: number) =>
        Temporal.Now.instant().round("hour").add({ hours, milliseconds: aheadMs }).toString();
      const times = [
        { start: soon(2), end: soon(3) },
        { start: soon(4), end: soon(5) },
      ];
      const { value: poll } = await ask({ times });
      aheadMs += 5 * 3_600_000;
      await signIn();
      assert.equal((await maker("polls.read", { params: { id: poll.id } })).state, "expired");
      assert.equal((await refusalOf(answer(member, poll.id, "yes", "yes"))).code, "planning/poll-over");
      assert.equal((await refusalOf(pick(maker, poll.id, 1))).code, "planning/poll-over");
    });
  });
}
