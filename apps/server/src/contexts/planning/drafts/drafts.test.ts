// Strategy: on both databases the demo's people propose, look and accept; what is accepted is what the same calls would have made by
// hand, undo gives back exactly what was, and what changed meanwhile is said.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import * as fc from "fast-check";
import type { Answer, Client } from "@hourwright/client";
import { systemClock } from "../../../platform/clock.ts";
import { eventually } from "../../../testing/eventually.ts";
import { postgres, type FilledDatabase } from "../../../testing/filled-database.ts";
import {
  COORDINATOR,
  INSTRUCTOR,
  MEMBER,
  refusalOf,
  startTestServer,
  type TestServer,
} from "../../../testing/server.ts";
import { clashesOf } from "../testing.ts";

const embedded = { name: "the embedded database", skip: false as const, open: () => Promise.resolve(null) };
type Detail = Answer<"proposals.read">;
type Call = { operation: string; params?: object; query?: object; body?: object; reason?: string };

for (const kind of [embedded, postgres]) {
  describe(`a proposal, on ${kind.name}`, { skip: kind.skip }, () => {
    let base: FilledDatabase | null;
    let server: TestServer;
    let maker: Client;
    let member: Client;
    let instructor: Client;
    const ids: Record<string, string> = {};
    /** Turned forward, so that nobody waits. */
    let aheadMs = 0;
    before(async () => {
      base = await kind.open();
      const settings: Record<string, string> = base === null ? {} : { DATABASE_URL: base.url };
      server = await startTestServer(settings, { ...systemClock, nowMs: () => systemClock.nowMs() + aheadMs });
      await signIn();
      for (const [name, client] of Object.entries({ maker, member, instructor }))
        ids[name] = (await client("me.read", {})).personId;
    });
    after(async () => {
      await server[Symbol.asyncDispose]();
      await base?.[Symbol.asyncDispose]();
    });
    const signIn = async () => {
      [maker, member, instructor] = (await Promise.all(
        [COORDINATOR, MEMBER, INSTRUCTOR].map((email) => server.signedIn(email)),
      )) as [Client, Client, Client];
    };

    let week = Temporal.PlainDate.from("2036-03-04");
    /** Days that no other test has used, with a calendar of their own that everybody may write to unless told. */
    async function place(sharing: "write" | "read" | "busy" = "write") {
      week = week.add({ weeks: 1 });
      const day = String(week);
      const calendar = await maker("calendars.create", { body: { name: `Of ${day}`, ownerSubjectId: null, sharing } });
      const at = (hour: number, minute = 0) =>
        `${day}T${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}:00Z`;
      const event = (title: string, hour: number, more: object = {}) =>
        maker("events.create", {
          body: {
            title,
            calendarId: calendar.id,
            start: at(hour),
            end: at(hour + 1),
            preventConflicts: false,
            ...more,
          },
        });
      const move = (id: string, hour: number, recurrenceId: string | null = null): Call => ({
        operation: "events.move",
        body: { moves: [{ eventId: id, recurrenceId, start: at(hour), end: at(hour + 1) }] },
      });
      const update = (id: string, body: object): Call => ({ operation: "events.update", params: { id }, body });
      const times = async (): Promise<string[]> => {
        const { events } = await maker("events.list", {
          query: { start: day, end: String(week.add({ days: 7 })), calendars: [calendar.id], timeZone: "UTC" },
        });
        return events.map(({ title, start, end }) => `${title} ${start.slice(8, 16)}–${end.slice(11, 16)}`);
      };
      return { day, calendar, at, event, move, update, times };
    }
    const propose = (changes: readonly Call[], more: object = {}, client = maker) =>
      client("proposals.create", { body: { title: "Otherwise", changes: changes as never, ...more } });
    const read = (id: string, client = maker): Promise<Detail> => client("proposals.read", { params: { id } });
    const accept = (id: string, changes?: readonly number[], client = maker) =>
      client("proposals.accept", {
        params: { id },
        body: changes === undefined ? {} : { changes: changes.map((index) => ({ index })) },
      });
    const undo = (requestId: string, client = maker) => client("requests.undo", { params: { id: requestId } });

    test("moves nothing until it is accepted, says before and after, and undo takes it back as one step", async () => {
      const { event, move, update, times, at } = await place();
      const [yoga, judo] = [await event("Yoga", 10), await event("Judo", 14)];
      const standing = await times();
      const made = await propose([move(yoga.id, 12), update(judo.id, { title: "Karate", location: "Hall" })]);
      assert.deepEqual([made.state, made.changeCount, made.openCount, made.isMine], ["open", 2, 2, true]);
      assert.deepEqual(await times(), standing);
      const detail = await read(made.id);
      assert.deepEqual(await times(), standing, "looking leaves nothing behind");
      assert.equal(detail.fits, true);
      const [first, second] = detail.changes;
      assert.match(first!.says, /^Move “Yoga” from .* to .*\.$/);
      assert.deepEqual(
        [first!.things[0]!.before!.start, first!.things[0]!.after!.start].map((each) =>
          Temporal.Instant.from(each).toString(),
        ),
        [at(10), at(12)],
      );
      assert.match(second!.says, /call it “Karate” and hold it at Hall/);
      const done = await accept(made.id);
      assert.deepEqual([done.proposal.state, done.proposal.openCount], ["accepted", 0]);
      assert.deepEqual(
        (await times()).map((each) => each.split(" ")[0]),
        ["Yoga", "Karate"],
      );
      await undo(done.requestId);
      assert.deepEqual(await times(), standing);
      const back = await read(made.id);
      assert.deepEqual([back.state, back.openCount, back.changes[0]!.since], ["open", 2, []], "it is as it was");
      assert.equal((await accept(made.id)).proposal.state, "accepted");
    });

    test("a part is accepted, and the rest stays", async () => {
      const { event, move, times } = await place();
      const [yoga, judo] = [await event("Yoga", 10), await event("Judo", 14)];
      const { id } = await propose([move(yoga.id, 11), move(judo.id, 16), move(yoga.id, 12)]);
      const first = await accept(id, [0]);
      assert.deepEqual([first.proposal.state, first.proposal.openCount], ["open", 2]);
      const detail = await read(id);
      assert.deepEqual(
        detail.changes.map(({ state, since }) => [state, since.length]),
        [
          ["accepted", 0],
          ["open", 0],
          ["open", 0],
        ],
        "what it did itself is nothing that changed meanwhile",
      );
      assert.equal((await refusalOf(accept(id, [0]))).code, "planning/proposal-over");
      const second = await accept(id);
      assert.equal(second.proposal.state, "accepted");
      assert.deepEqual(
        (await times()).map((each) => each.slice(0, 4)),
        ["Yoga", "Judo"],
      );
      const back = await undo(second.requestId);
      assert.deepEqual(
        (await read(id)).changes.map(({ state }) => state),
        ["accepted", "open", "open"],
      );
      await undo(back.requestId);
      assert.equal((await read(id)).state, "accepted", "redo accepts again");
    });

    test("parts are undone in the order in which one likes, as far as their events let", async () => {
      const { event, move } = await place();
      const [yoga, judo] = [await event("Yoga", 10), await event("Judo", 14)];
      const { id } = await propose([move(yoga.id, 11), move(judo.id, 16)]);
      const [first, second] = [await accept(id, [0]), await accept(id, [1])];
      await undo(first.requestId);
      assert.deepEqual(
        (await read(id)).changes.map(({ state }) => state),
        ["open", "accepted"],
      );
      await undo(second.requestId);
      assert.deepEqual(
        (await read(id)).changes.map(({ state, since }) => [state, since.length]),
        [
          ["open", 0],
          ["open", 0],
        ],
      );
    });

    test("things change places in one taking of time, also where the calendar lets nothing overlap", async () => {
      const { event, move, times } = await place();
      const hall = await maker("resources.create", { body: { name: `Hall of ${String(week)}`, kind: "room" } });
      const resourceIds = [hall.id];
      const [yoga, judo] = [await event("Yoga", 10, { resourceIds }), await event("Judo", 11, { resourceIds })];
      const { id } = await propose([move(yoga.id, 11), move(judo.id, 10)]);
      const detail = await read(id);
      assert.deepEqual(
        detail.changes.map(({ alone, together }) => [alone.fits, together.fits]),
        [
          [false, true],
          [false, true],
        ],
      );
      assert.match(detail.changes[0]!.alone.problem!.reasons[0]!, /is taken on/);
      const refused = await refusalOf(accept(id, [0]));
      assert.equal(refused.code, "planning/proposal-stale");
      await accept(id);
      assert.deepEqual(
        (await times()).map((each) => each.split(" ")[0]),
        ["Judo", "Yoga"],
      );
    });

    test("what was moved since is said with who did it, refused unless it was seen, and made when it was", async () => {
      const { event, move, times } = await place();
      const [yoga, judo] = [await event("Yoga", 10), await event("Judo", 14)];
      const { id } = await propose([move(yoga.id, 12), move(judo.id, 16)]);
      await member("events.update", { params: { id: yoga.id }, body: { title: "Yoga for all" } });
      await instructor("events.move", { body: move(judo.id, 15).body as never });
      const detail = await read(id);
      const [renamed, moved] = detail.changes.map(({ since }) => since[0]!);
      assert.deepEqual([renamed!.what, moved!.what], ["changed", "moved"]);
      assert.match(moved!.sentence, /^“Judo” was moved by .+ since\.$/);
      assert.ok(moved!.by !== null && moved!.at !== null);
      const refused = await refusalOf(accept(id));
      assert.equal(refused.code, "planning/proposal-stale");
      assert.deepEqual(
        (refused["changes"] as { index: number; code: string }[]).map(({ index, code }) => [index, code]),
        [
          [0, "since/changed"],
          [1, "since/moved"],
        ],
      );
      const changes = detail.changes.map(({ index, seen }) => ({ index, seen }));
      await maker("events.update", { params: { id: yoga.id }, body: { title: "Yoga for some" } });
      const again = await refusalOf(maker("proposals.accept", { params: { id }, body: { changes } }));
      assert.equal(again.code, "planning/proposal-stale", "it was seen otherwise");
      const fresh = (await read(id)).changes.map(({ index, seen }) => ({ index, seen }));
      await maker("proposals.accept", { params: { id }, body: { changes: fresh } });
      assert.deepEqual(
        (await times()).map((each) => each.replace(/ \d\dT/, " ")),
        ["Yoga for some 12:00–13:00", "Judo 16:00–17:00"],
      );
    });

    test("what has vanished is said, refused whatever was seen, and the rest can be accepted", async () => {
      const { event, move, times } = await place();
      const [yoga, judo] = [await event("Yoga", 10), await event("Judo", 14)];
      const { id } = await propose([move(yoga.id, 12), move(judo.id, 16)]);
      await maker("events.remove", { params: { id: yoga.id }, query: {} });
      const { changes, fits } = await read(id);
      assert.equal(fits, false);
      assert.match(changes[0]!.since[0]!.sentence, /^“Yoga” was removed by .+\.$/);
      assert.deepEqual(
        [changes[0]!.things[0]!.before, changes[0]!.together.fits, changes[1]!.together.fits],
        [null, false, true],
      );
      const seen = changes.map(({ index, seen }) => ({ index, seen }));
      assert.equal(
        (await refusalOf(maker("proposals.accept", { params: { id }, body: { changes: seen } }))).code,
        "planning/proposal-stale",
      );
      assert.equal((await accept(id, [1])).proposal.openCount, 1);
      assert.equal((await times()).length, 1);
    });

    test("what is locked is neither proposed nor moved, and whoever locks it later is heeded", async () => {
      const { event, move } = await place();
      const [yoga, judo] = [await event("Yoga", 10, { locked: true }), await event("Judo", 14)];
      const refused = await refusalOf(propose([move(judo.id, 16), move(yoga.id, 12)]));
      assert.deepEqual(
        [refused.code, refused.detail],
        ["planning/proposal-invalid", "Change 2: “Yoga” is locked, so that only a hand moves it."],
      );
      const { id } = await propose([move(judo.id, 16)]);
      await maker("events.update", { params: { id: judo.id }, body: { locked: true } });
      const { changes } = await read(id);
      assert.deepEqual(
        [changes[0]!.together.fits, changes[0]!.since.map(({ what }) => what)],
        [false, ["changed", "locked"]],
      );
      const seen = changes.map(({ index, seen }) => ({ index, seen }));
      const barred = await refusalOf(maker("proposals.accept", { params: { id }, body: { changes: seen } }));
      assert.match(barred.detail, /“Judo” is locked/);
      await maker("events.update", { params: { id: judo.id }, body: { locked: false } });
      const unlocked = (await read(id)).changes.map(({ index, seen }) => ({ index, seen }));
      await maker("proposals.accept", { params: { id }, body: { changes: unlocked } });
    });

    test("more of a series than one date is as locked as each of its dates, and is called so", async () => {
      const { day, at, event, update, times } = await place();
      const { id } = await event("Daily", 8, { rrule: "FREQ=DAILY;COUNT=4" });
      const { events } = await maker("events.list", {
        query: { start: day, end: String(Temporal.PlainDate.from(day).add({ days: 7 })), ids: [id] },
      });
      const [first, second] = events.map(({ recurrenceId }) => recurrenceId!);
      const removing = (scope: string): Call => ({
        operation: "events.remove",
        params: { id },
        query: { recurrenceId: first, scope },
      });
      const [all, following, one] = await Promise.all(
        ["all", "following", "this"].map(async (scope) => propose([removing(scope)])),
      );
      assert.match((await read(all!.id)).changes[0]!.says, /^Remove “Daily”, .*\d\. All dates of the series\.$/);
      const later = await propose([
        update(id, { recurrenceId: second!, start: at(10), end: at(11), timeZone: "UTC", preventConflicts: false }),
      ]);
      const { things } = (await read(later.id)).changes[0]!;
      assert.equal(
        Temporal.Instant.from(things[0]!.before!.start).until(things[0]!.after!.start).total("hours"),
        -22,
        "the second goes to the day before, two hours later, and so does the first, by which all are told",
      );
      assert.match((await read(following!.id)).changes[0]!.says, /\d\. This date and all that follow\.$/);
      assert.match((await read(one!.id)).changes[0]!.says, /\d\.$/);
      const standing = await times();
      await maker("events.update", { params: { id }, body: { recurrenceId: second!, scope: "this", locked: true } });
      for (const proposal of [all!, following!]) {
        const { changes } = await read(proposal.id);
        assert.ok(changes[0]!.since.some(({ what }) => what === "locked"));
        const seen = changes.map(({ index, seen }) => ({ index, seen }));
        const barred = await refusalOf(
          maker("proposals.accept", { params: { id: proposal.id }, body: { changes: seen } }),
        );
        assert.match(barred.detail, /“Daily” is locked/);
        assert.equal((await refusalOf(propose([removing("all")]))).code, "planning/proposal-invalid");
      }
      assert.deepEqual(await times(), standing);
      await accept(one!.id);
      assert.deepEqual(await times(), standing.slice(1), "the date itself is not locked");
    });

    test("tells who may only know of busy time nothing more once it is accepted", async () => {
      const { calendar, event, move } = await place("busy");
      const [secret, gone] = [await event("Oncologist", 10), await event("Divorce", 14)];
      const removal = { operation: "events.remove", params: { id: gone.id }, query: {} };
      const { id } = await propose([move(secret.id, 12), removal], { reviewers: [ids["member"]!] });
      const isTold = async (client: Client) => /Oncologist|Divorce/.test(JSON.stringify(await read(id, client)));
      assert.deepEqual([await isTold(maker), await isTold(member)], [true, false]);
      await accept(id);
      assert.deepEqual([await isTold(maker), await isTold(member)], [true, false]);
      assert.match((await read(id, member)).changes[0]!.says, /^Move “Busy” from/);
      await maker("calendars.update", { params: { id: calendar.id }, body: { sharing: "read" } });
      assert.match((await read(id, member)).changes[0]!.says, /^Move “Oncologist” from/);
    });

    test("no repair and no plan offers to move what is locked", async () => {
      const { clash } = clashesOf(maker, "2037-09-07");
      const { detect, yoga, judo, day } = await clash();
      const movedBy = async () =>
        (await detect())[0]!.repairs.flatMap(({ moves }) => moves.map(({ eventId }) => eventId));
      assert.ok((await movedBy()).includes(yoga.id));
      await maker("events.update", { params: { id: yoga.id }, body: { locked: true, preventConflicts: false } });
      const left = await movedBy();
      assert.ok(left.length > 0 && left.every((id) => id === judo.id));
      const { event } = await maker("events.update", {
        params: { id: yoga.id },
        body: { title: "Yoga", preventConflicts: false },
      });
      assert.equal(event.locked, true, "it stays locked until somebody says otherwise");
      const until = Temporal.PlainDate.from(day).add({ days: 1 }).toString();
      const plan = await maker("ai.optimizeSchedule", {
        body: { timeRange: { start: `${day}T00:00:00Z`, end: `${until}T00:00:00Z` }, events: [yoga.id], seconds: 0.1 },
      }).catch(() => null);
      assert.equal(plan?.optimizedSchedule.length ?? 0, 0);
    });

    test("of two who accept at once one is told that it is done", async () => {
      const { event, move } = await place();
      const yoga = await event("Yoga", 10);
      const { id } = await propose([move(yoga.id, 12)], { reviewers: [ids["member"]!] });
      const both = await Promise.allSettled([accept(id), accept(id, undefined, member)]);
      assert.deepEqual(both.map(({ status }) => status).sort(), ["fulfilled", "rejected"]);
      const lost = both.find((each) => each.status === "rejected")!;
      assert.equal((await refusalOf(Promise.reject(lost.reason as Error))).code, "planning/proposal-over");
    });

    test("who may not make half of it is told which half, and makes the other", async () => {
      const [open, closed] = [await place(), await place("read")];
      const [yoga, judo] = [await open.event("Yoga", 10), await closed.event("Judo", 14)];
      const { id } = await propose([open.move(yoga.id, 12), closed.move(judo.id, 16)], { reviewers: [ids["member"]!] });
      const seen = await read(id, member);
      assert.deepEqual(
        seen.changes.map(({ together }) => together.problem?.code ?? "fits"),
        ["fits", "calendars/read-only"],
      );
      const refused = await refusalOf(accept(id, undefined, member));
      assert.deepEqual(
        [
          refused.code,
          (refused["changes"] as { index: number; code: string }[]).map(({ index, code }) => [index, code]),
        ],
        ["planning/proposal-stale", [[1, "calendars/read-only"]]],
      );
      assert.equal((await accept(id, [0], member)).proposal.openCount, 1);
      assert.equal(
        (await refusalOf(maker("proposals.decline", { params: { id } }))).code,
        "planning/proposal-not-yours",
      );
      const ended = await member("proposals.decline", { params: { id } });
      assert.deepEqual([ended.state, ended.endedBy?.id], ["declined", ids["member"]]);
      assert.equal((await refusalOf(accept(id))).code, "planning/proposal-over");
    });

    test("is there for who made it and who is asked, and for nobody else; who is asked is told, and what they say", async () => {
      const { event, move } = await place();
      const yoga = await event("Yoga", 10);
      const { id } = await propose([move(yoga.id, 12)], { title: "Told of", reviewers: [ids["member"]!] });
      for (const call of [
        () => read(id, instructor),
        () => accept(id, undefined, instructor),
        () => instructor("proposals.decline", { params: { id } }),
        () => instructor("proposals.withdraw", { params: { id } }),
      ])
        assert.equal((await refusalOf(call())).code, "request/not-found");
      const alone = await maker("proposals.ask", { params: { id }, body: { reviewers: [] } });
      assert.deepEqual(alone.reviewers, []);
      assert.equal((await refusalOf(read(id, member))).code, "request/not-found");
      await maker("proposals.ask", { params: { id }, body: { reviewers: [ids["member"]!, ids["maker"]!] } });
      const notTheirs = await refusalOf(member("proposals.ask", { params: { id }, body: { reviewers: [] } }));
      assert.equal(notTheirs.code, "planning/proposal-not-yours");
      assert.equal(
        (await instructor("proposals.list", {})).items.some((each) => each.id === id),
        false,
      );
      assert.ok((await member("proposals.list", {})).items.some((each) => each.id === id));
      aheadMs += 11_000;
      const noticeOf = (client: Client, kind: string) =>
        eventually(`somebody is told of ${kind}`, async () => {
          aheadMs += 1_000;
          const { items } = await client("notices.list", { query: {} });
          return items.find((each) => each.eventId === id && each.kind === kind);
        });
      assert.equal((await noticeOf(member, "review")).title, "Told of");
      await member("proposals.decline", { params: { id } });
      assert.equal((await noticeOf(maker, "review-declined")).title, "Told of");
    });

    test("is over when its time is, or when it was taken back; undo of either way opens it again", async () => {
      const { event, move } = await place();
      const yoga = await event("Yoga", 10);
      const made = await maker.full("proposals.create", {
        body: { title: "Not made", changes: [move(yoga.id, 12)] as never },
      });
      const { id } = made.value;
      const { requestId } = await maker.full("proposals.withdraw", { params: { id } });
      assert.equal((await read(id)).state, "withdrawn");
      await undo(requestId!);
      assert.equal((await read(id)).state, "open");
      await undo(requestId!).catch(() => null);
      aheadMs += 15 * 86_400_000;
      await signIn();
      assert.equal((await read(id)).state, "expired");
      assert.equal((await refusalOf(accept(id))).code, "planning/proposal-over");
    });

    test("undo of making it takes it back", async () => {
      const { event, move } = await place();
      const yoga = await event("Yoga", 10);
      const made = await maker.full("proposals.create", {
        body: { title: "Made", changes: [move(yoga.id, 12)] as never },
      });
      const back = await undo(made.requestId!);
      assert.equal((await read(made.value.id)).state, "withdrawn");
      await undo(back.requestId);
      assert.equal((await read(made.value.id)).state, "open");
    });

    test("of what cannot be, each is told in a sentence", async () => {
      const { event, move, update } = await place();
      const yoga = await event("Yoga", 10);
      const nobody = "evt_01J8Z3K4M5N6P7Q8R9S0T1V2W3";
      const table: [Call[], object, RegExp][] = [
        [[{ operation: "people.list" }], {}, /^Change 1: people\.list cannot be proposed\.$/],
        [[move(yoga.id, 12), { operation: "proposals.accept" }], {}, /^Change 2: proposals\.accept cannot/],
        [[update(yoga.id, { start: "yesterday" })], {}, /^Change 1: body\.start: a time looks like/],
        [[move(nobody, 12)], {}, /^Change 1: no event that you may see is there any more\.$/],
        [[move(yoga.id, 12)], { reviewers: [yoga.id.replace("evt", "per")] }, /nobody here/],
        [[move(yoga.id, 12)], { title: "  " }, /title/],
        [[move(yoga.id, 12)], { expires: "2001-01-01T00:00:00Z" }, /later end/],
      ];
      for (const [changes, more, sentence] of table) {
        const refused = await refusalOf(propose(changes, more));
        assert.equal(refused.code, "planning/proposal-invalid");
        assert.match(refused.detail, sentence);
      }
      assert.equal((await refusalOf(propose([]))).code, "request/invalid");
    });

    test("repairs may be kept as one, and accepting solves the conflict", async () => {
      const { clash } = clashesOf(maker, "2037-02-02");
      const { detect } = await clash();
      const [found] = await detect();
      const { id, source } = await maker("proposals.create", {
        body: { title: "Apart", source: "repairs", repairs: [found!.repairs[0]!.id] },
      });
      assert.equal(source, "repairs");
      const detail = await read(id);
      assert.ok(detail.fits && detail.changes[0]!.reason !== null);
      await accept(id);
      assert.deepEqual(await detect(), []);
      const stale = await refusalOf(
        maker("proposals.create", { body: { title: "Apart", repairs: [found!.repairs[0]!.id] } }),
      );
      assert.match(stale.code, /^planning\/(conflict-gone|repair-stale)$/);
    });

    test("rules may be proposed, and are refused to who may not set them", async () => {
      const rule = { operation: "rules.create", body: { constraintId: "lunch", values: { minutes: 45 } } };
      const { id } = await propose([rule], { reviewers: [ids["member"]!] }, maker);
      assert.equal((await read(id, member)).changes[0]!.together.problem?.code, "request/forbidden");
      await maker("proposals.withdraw", { params: { id } });
    });

    test("any part of it does what the same calls do by hand in order, and undo gives back exactly what was", async () => {
      const kinds = fc.constantFrom("move", "rename", "remove", "create", "date");
      const step = fc.record({
        kind: kinds,
        event: fc.nat(2),
        hour: fc.integer({ min: 6, max: 18 }),
        isTaken: fc.boolean(),
      });
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 5 }), async (steps) => {
          const [proposed, byHand] = [await place(), await place()];
          const worlds = [];
          for (const world of [proposed, byHand]) {
            const events = [
              await world.event("One", 7),
              await world.event("Two", 10),
              await world.event("Daily", 13, { rrule: "FREQ=DAILY;COUNT=3" }),
            ];
            const { events: dates } = await maker("events.list", {
              query: {
                start: world.day,
                end: String(Temporal.PlainDate.from(world.day).add({ days: 1 })),
                ids: [events[2]!.id],
              },
            });
            const date = dates[0]!.recurrenceId!;
            const calls = steps.map(({ kind, event, hour }, index): Call => {
              const { id } = events[event]!;
              const isSeries = event === 2;
              if (kind === "create")
                return {
                  operation: "events.create",
                  body: {
                    title: `New ${index}`,
                    calendarId: world.calendar.id,
                    start: world.at(hour),
                    end: world.at(hour, 30),
                  },
                };
              if (kind === "remove") return { operation: "events.remove", params: { id }, query: {} };
              if (kind === "rename") return world.update(id, { title: `Called ${index}` });
              if (kind === "date" && isSeries)
                return world.update(id, { recurrenceId: date, scope: "this", title: `Once ${index}` });
              return isSeries
                ? world.update(id, { start: world.at(hour), end: world.at(hour + 1) })
                : world.move(id, hour);
            });
            worlds.push({ ...world, calls });
          }
          const [one, other] = worlds as [(typeof worlds)[number], (typeof worlds)[number]];
          const chosen = steps.flatMap(({ isTaken }, index) => (isTaken ? [index] : []));
          if (chosen.length === 0) return;
          const standing = await one.times();
          const { id } = await propose(one.calls);
          let refused: string | null = null;
          for (const index of chosen) {
            const { operation, params = {}, query = {}, body } = other.calls[index]!;
            const call = maker as unknown as (id: string, input: object) => Promise<unknown>;
            const code = await call(operation, { params, query, ...(body === undefined ? {} : { body }) }).then(
              () => null,
              async (error: Error) => (await refusalOf(Promise.reject(error))).code,
            );
            refused ??= code;
            if (refused !== null) break;
          }
          const answer = await accept(id, chosen).catch((error: Error) => error);
          if (answer instanceof Error) {
            assert.ok(refused !== null, "by hand it could be made");
            assert.equal((await refusalOf(Promise.reject(answer))).code, "planning/proposal-stale");
            assert.deepEqual(await one.times(), standing, "nothing is made of what is refused");
            return;
          }
          assert.equal(refused, null, "by hand it could not be made");
          assert.deepEqual(
            (await one.times()).map((each) => each.replace(/ \d\dT/, " ")),
            (await other.times()).map((each) => each.replace(/ \d\dT/, " ")),
          );
          await undo(answer.requestId);
          assert.deepEqual(await one.times(), standing);
          assert.equal((await read(id)).openCount, steps.length);
        }),
        { numRuns: kind === embedded ? 15 : 5 },
      );
    });
  });
}
