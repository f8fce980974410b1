// Strategy: what guests and who answers them see through the API, on both databases: a table of refusals, then what becomes of a proposal.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Answer, Client } from "@hourwright/client";
import { systemClock } from "../../platform/clock.ts";
import { postgres, type FilledDatabase } from "../../testing/filled-database.ts";
import { COORDINATOR, INSTRUCTOR, MEMBER, refusalOf, startTestServer, type TestServer } from "../../testing/server.ts";

const embedded = { name: "the embedded database", skip: false as const, open: () => Promise.resolve(null) };

for (const kind of [embedded, postgres]) {
  describe(`another time, proposed by a guest, on ${kind.name}`, { skip: kind.skip }, () => {
    let base: FilledDatabase | null;
    let server: TestServer;
    let mara: Client;
    let priya: Client;
    let ines: Client;
    let names: Readonly<Record<"mara" | "priya", string>>;
    let calendarId: string;
    /** Turned forward, so that nobody waits ten seconds. */
    let aheadMs = 0;
    before(async () => {
      base = await kind.open();
      const settings: Record<string, string> = base === null ? {} : { DATABASE_URL: base.url };
      server = await startTestServer(settings, { ...systemClock, nowMs: () => systemClock.nowMs() + aheadMs });
      await signIn();
      names = { mara: (await mara("me.read", {})).name, priya: (await priya("me.read", {})).name };
      calendarId = (await mara("calendars.create", { body: { name: "Answers", sharing: "read" } })).id;
    });
    after(async () => {
      await server[Symbol.asyncDispose]();
      await base?.[Symbol.asyncDispose]();
    });

    async function signIn(): Promise<void> {
      const emails = [COORDINATOR, MEMBER, INSTRUCTOR];
      [mara, priya, ines] = (await Promise.all(emails.map((email) => server.signedIn(email)))) as [
        Client,
        Client,
        Client,
      ];
    }

    let dayNumber = 0;
    const newDay = (): string =>
      Temporal.PlainDate.from("2035-01-03")
        .add({ days: dayNumber++ * 7 })
        .toString();
    const create = async (day: string, more: object = {}) => {
      const body = {
        title: "Coach 1:1",
        calendarId,
        start: `${day}T10:00:00Z`,
        end: `${day}T11:00:00Z`,
        attendees: [MEMBER],
        preventConflicts: false,
        ...more,
      };
      return (await mara("events.create", { body })).id;
    };
    const timesAt = (day: string, hour: number) => ({
      start: `${day}T${hour}:00:00Z`,
      end: `${day}T${hour + 1}:00:00Z`,
    });
    const propose = (id: string, day: string, hour: number, more: object = {}) =>
      priya.full("events.propose", { params: { id }, body: { ...timesAt(day, hour), ...more } });
    const sendNow = (client: Client, requestId: string | null) =>
      client("notices.sendNow", { params: { id: requestId! } });
    const waitingOf = async (client: Client, requestId: string | null) =>
      (await client("notices.ofRequest", { params: { id: requestId! } })).waitingCount;
    const inbox = async (client: Client, eventId: string): Promise<Answer<"notices.list">["items"]> =>
      (await client("notices.list", {})).items.filter((each) => each.eventId === eventId);
    /** What stands in an inbox of an event: kinds, and what became of the proposals. */
    const statesIn = async (client: Client, eventId: string) =>
      (await inbox(client, eventId)).map(({ kind, proposal }) =>
        proposal === null ? kind : `${kind}: ${proposal.state}`,
      );
    const startOf = async (id: string) =>
      (await mara("events.read", { params: { id }, query: { timeZone: "UTC" } })).start.slice(0, 16);

    test("is refused in a sentence where it cannot be", async () => {
      const day = newDay();
      const id = await create(day);
      const gone = await create(day);
      await mara("events.remove", { params: { id: gone } });
      const past = await create("2024-03-04");
      const declined = await create(day, { attendees: [{ email: MEMBER, status: "declined" }] });
      const series = await create(day, { rrule: "FREQ=DAILY;COUNT=3" });
      const hidden = (await mara("calendars.create", { body: { name: "Hidden", sharing: "private" } })).id;
      const unseen = await create(day, { calendarId: hidden });
      const table: [string, Client, string, object, string][] = [
        ["who may change it moves it", mara, id, timesAt(day, 14), "calendars/may-move"],
        ["nobody who is not invited", ines, id, timesAt(day, 14), "calendars/not-a-guest"],
        ["nobody who has declined", priya, declined, timesAt(day, 14), "calendars/not-a-guest"],
        ["not where it is already", priya, id, timesAt(day, 10), "calendars/same-times"],
        ["not into the past", priya, id, timesAt("2024-03-05", 10), "calendars/in-the-past"],
        ["not of what is over", priya, past, timesAt(day, 14), "calendars/in-the-past"],
        ["not of what is gone", priya, gone, timesAt(day, 14), "request/not-found"],
        ["not of what one may not see", priya, unseen, timesAt(day, 14), "request/not-found"],
        ["of a series, which of its dates", priya, series, timesAt(day, 14), "calendars/occurrence-not-found"],
        [
          "not of a date that a series does not have",
          priya,
          series,
          { ...timesAt(day, 14), recurrenceId: "20350101T100000Z" },
          "calendars/occurrence-not-found",
        ],
        [
          "not to end before it starts",
          priya,
          id,
          { start: `${day}T14:00:00Z`, end: `${day}T13:00:00Z` },
          "calendars/ends-before-start",
        ],
      ];
      for (const [why, client, event, body, code] of table) {
        const asked = client("events.propose", { params: { id: event }, body: body as ReturnType<typeof timesAt> });
        const refused = await refusalOf(asked);
        assert.equal(refused.code, code, why);
        assert.match(refused.detail, /^[A-Z].*\.$/, why);
      }
      const long = priya("events.propose", { params: { id }, body: { ...timesAt(day, 14), note: "x".repeat(201) } });
      assert.equal((await refusalOf(long)).code, "request/invalid");
    });

    test("moves nothing, waits ten seconds, and then asks the calendar's owner once", async () => {
      const day = newDay();
      const id = await create(day);
      const { value, requestId } = await propose(id, day, 14, { note: " School run " });
      assert.deepEqual(value.told, [names.mara]);
      assert.equal(await startOf(id), `${day}T10:00`);
      assert.deepEqual(await priya("notices.ofRequest", { params: { id: requestId! } }), {
        waiting: [names.mara],
        waitingCount: 1,
        sentCount: 0,
      });
      assert.deepEqual(await inbox(mara, id), []);
      await sendNow(priya, requestId);
      await sendNow(priya, requestId);
      const [notice, ...more] = await inbox(mara, id);
      assert.deepEqual(more, []);
      assert.deepEqual([notice?.kind, notice?.start, notice?.by.name], ["proposed", `${day}T10:00:00Z`, names.priya]);
      assert.deepEqual(notice?.proposal, {
        id: value.id,
        recurrenceId: null,
        ...timesAt(day, 14),
        allDay: false,
        note: "School run",
        state: "open",
      });
    });

    test("is accepted by moving the event, of which the guest is told as always, and open again after undo", async () => {
      const day = newDay();
      const id = await create(day);
      await sendNow(priya, (await propose(id, day, 14)).requestId);
      const { proposal } = (await inbox(mara, id))[0]!;
      const body = { start: proposal!.start, end: proposal!.end, preventConflicts: false };
      const { requestId } = await mara.full("events.update", { params: { id }, body });
      assert.equal(await startOf(id), `${day}T14:00`);
      assert.deepEqual(await statesIn(mara, id), ["proposed: accepted"]);
      assert.equal(await waitingOf(mara, requestId), 1, "the guest, that it moved");
      const over = mara("events.declineProposal", { params: { id: proposal!.id } });
      assert.equal((await refusalOf(over)).code, "calendars/proposal-over");
      await mara("requests.undo", { params: { id: requestId! } });
      assert.deepEqual(await statesIn(mara, id), ["proposed: open"]);
    });

    test("is declined: nothing moves, the guest is told, and undo within ten seconds takes that back", async () => {
      const day = newDay();
      const id = await create(day);
      const { value, requestId } = await propose(id, day, 15);
      await sendNow(priya, requestId);
      const strangers = [priya, ines].map((each) =>
        refusalOf(each("events.declineProposal", { params: { id: value.id } })),
      );
      assert.deepEqual(
        (await Promise.all(strangers)).map(({ code }) => code),
        ["calendars/read-only", "calendars/read-only"],
      );

      const first = await mara.full("events.declineProposal", { params: { id: value.id } });
      assert.deepEqual(first.value.told, [names.priya]);
      assert.equal(await waitingOf(mara, first.requestId), 1);
      const undo = await mara("requests.undo", { params: { id: first.requestId! } });
      assert.equal(await waitingOf(mara, undo.requestId), 0);
      assert.deepEqual(await statesIn(mara, id), ["proposed: open"]);

      const again = await mara.full("events.declineProposal", { params: { id: value.id } });
      await sendNow(mara, again.requestId);
      assert.deepEqual(await statesIn(mara, id), ["proposed: declined"]);
      assert.deepEqual(await statesIn(priya, id), ["declined: declined"]);
      assert.equal(await startOf(id), `${day}T10:00`);
      const since = await refusalOf(priya("requests.undo", { params: { id: requestId! } }));
      assert.equal(since.code, "undo/changed-since");
    });

    test("is told of by whoever declines it last, whichever of their requests is looked at first", async () => {
      const day = newDay();
      const id = await create(day);
      const { value, requestId } = await propose(id, day, 15);
      await sendNow(priya, requestId);
      const decline = () => mara.full("events.declineProposal", { params: { id: value.id } });
      const first = await decline();
      const undo = await mara("requests.undo", { params: { id: first.requestId! } });
      const again = await decline();
      await waitingOf(mara, undo.requestId); // Looked at late: by now it is declined again.
      await sendNow(mara, again.requestId);
      assert.deepEqual(await statesIn(priya, id), ["declined: declined"]);
    });

    test("is taken back by undo within ten seconds, told again by redo, and withdrawn by undo after that", async () => {
      const day = newDay();
      const id = await create(day);
      const { requestId } = await propose(id, day, 14);
      assert.equal((await priya("requests.mine", {})).undo[0]?.summary, "Proposed another time");
      const undo = await priya("requests.undo", { params: { id: requestId! } });
      assert.equal(await waitingOf(priya, undo.requestId), 0);
      aheadMs += 30_000;
      await signIn();
      await sendNow(priya, requestId);
      assert.deepEqual(await inbox(mara, id), []);
      const redo = await priya("requests.undo", { params: { id: undo.requestId } });
      await sendNow(priya, redo.requestId);
      assert.deepEqual(await statesIn(mara, id), ["proposed: open"]);
      const late = await priya("requests.undo", { params: { id: redo.requestId } });
      assert.deepEqual(await statesIn(mara, id), ["proposed: withdrawn"]);
      const back = await priya("requests.undo", { params: { id: late.requestId } });
      assert.equal(await waitingOf(priya, back.requestId), 0, "nothing is told twice");
      assert.deepEqual(await statesIn(mara, id), ["proposed: open"]);
    });

    test("takes the place of the one before, told or waiting, and undo gives that back", async () => {
      const day = newDay();
      const id = await create(day);
      const first = await propose(id, day, 14);
      const second = await propose(id, day, 15);
      assert.equal(await waitingOf(priya, second.requestId), 1, "asking makes the notices that nobody has made yet");
      await sendNow(priya, first.requestId);
      assert.deepEqual(await inbox(mara, id), [], "what waited is not told");
      const undo = await priya("requests.undo", { params: { id: second.requestId! } });
      await sendNow(priya, undo.requestId);
      assert.deepEqual(
        (await inbox(mara, id)).map(({ proposal }) => proposal?.start),
        [`${day}T14:00:00Z`],
      );
      await sendNow(priya, (await propose(id, day, 16)).requestId);
      assert.deepEqual(await statesIn(mara, id), ["proposed: open", "proposed: withdrawn"]);
    });

    test("is over once the event has moved elsewhere, or is gone", async () => {
      const day = newDay();
      const id = await create(day);
      const { value, requestId } = await propose(id, day, 14);
      await sendNow(priya, requestId);
      await mara("events.update", { params: { id }, body: { ...timesAt(day, 17), preventConflicts: false } });
      assert.deepEqual(await statesIn(mara, id), ["proposed: outdated"]);
      const late = await refusalOf(mara("events.declineProposal", { params: { id: value.id } }));
      assert.equal(late.code, "calendars/proposal-over");
      await mara("events.remove", { params: { id } });
      assert.deepEqual(await statesIn(mara, id), ["proposed: outdated"]);
    });

    test("is of one date of a series, and of whole days", async () => {
      const day = newDay();
      const id = await create(day, { rrule: "FREQ=DAILY;COUNT=3", transparency: "transparent" });
      const [, second] = (
        await mara("events.list", {
          query: { start: day, end: Temporal.PlainDate.from(day).add({ days: 5 }).toString(), ids: [id] },
        })
      ).events;
      const recurrenceId = second!.recurrenceId!;
      await sendNow(priya, (await propose(id, day, 18, { recurrenceId })).requestId);
      assert.deepEqual((await inbox(mara, id))[0]?.proposal?.recurrenceId, recurrenceId);
      const move = { ...timesAt(day, 18), recurrenceId, scope: "this" as const, preventConflicts: false };
      await mara("events.update", { params: { id }, body: move });
      assert.deepEqual(await statesIn(mara, id), ["proposed: accepted"]);

      const [from, to] = [newDay(), newDay()];
      const next = (text: string) => Temporal.PlainDate.from(text).add({ days: 1 }).toString();
      const camp = await create(from, { start: from, end: next(from) });
      const days = { start: to, end: next(to) };
      const asked = await priya.full("events.propose", { params: { id: camp }, body: days });
      await sendNow(priya, asked.requestId);
      const [notice] = await inbox(mara, camp);
      assert.deepEqual([notice?.proposal?.start, notice?.proposal?.allDay], [to, true]);
      await mara("events.update", { params: { id: camp }, body: { ...days, preventConflicts: false } });
      assert.deepEqual(await statesIn(mara, camp), ["proposed: accepted"]);
    });

    test("of the organisation's calendar asks who made the event", async () => {
      const day = newDay();
      const body = { name: "House", sharing: "read" as const, ownerSubjectId: null };
      const house = (await mara("calendars.create", { body })).id;
      const id = await create(day, { calendarId: house });
      assert.deepEqual((await propose(id, day, 14)).value.told, [names.mara]);
    });
  });
}
