// Strategy: on both databases, through the API: what is asked for changes nothing, what is approved is felt by schedule, availability and claims at once, and what speaks
// against it is named; sight; undo; and two approvals at one moment that would roster one person twice.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Client } from "@hourwright/client";
import { eventually } from "../../../testing/eventually.ts";
import { databases, monday, withoutHolidays } from "../../../testing/school.ts";
import {
  COORDINATOR,
  INSTRUCTOR,
  MANAGER,
  MEMBER,
  refusalOf,
  startTestServer,
  type TestServer,
} from "../../../testing/server.ts";

const day = (after: number): string => monday.add({ days: after }).toString();
const at = (after: number, clock: string): string =>
  monday
    .add({ days: after })
    .toZonedDateTime({ timeZone: "Europe/Prague", plainTime: clock })
    .toString({ timeZoneName: "never" });
const EARLY = { name: "early shift", starts: "06:00", minutes: 480 };
const DUTY = { ...EARLY, kind: "duty" as const };
const long = (date: string): string => {
  const months = "January February March April May June July August September October November December".split(" ");
  const { day: number, month, year } = Temporal.PlainDate.from(date);
  return `${number} ${months[month - 1]} ${year}`;
};

for (const kind of databases) {
  describe(`adjustments on ${kind.name}`, { skip: kind.skip, timeout: 300_000 }, () => {
    let base: Awaited<ReturnType<typeof kind.open>>;
    let server: TestServer;
    let owner: Client;
    before(async () => {
      base = await kind.open();
      server = await startTestServer(base === null ? {} : { DATABASE_URL: base.url });
      owner = await server.signedIn(COORDINATOR);
      await withoutHolidays(owner);
    });
    after(async () => {
      await server[Symbol.asyncDispose]();
      await base?.[Symbol.asyncDispose]();
    });

    type Shift = typeof EARLY & { readonly kind?: "duty" | "on-call"; readonly site?: string };
    let made = 0;
    async function hired(shift: Shift = EARLY, weekdays = [1, 2, 3, 4, 5]) {
      const name = `Ben ${++made}`;
      const { id } = await owner("people.create", { body: { name } });
      const weeks = [weekdays.map((weekday) => ({ weekday, ...shift }))];
      const terms = { nominal: { minutes: 2_400, per: "week" as const }, weeks, anchor: day(0) };
      await owner("contracts.create", { body: { personId: id, from: day(-60), ...terms } });
      return { id, name };
    }
    type What = Parameters<typeof owner<"adjustments.create">>[1]["body"]["what"];
    const ask = (personId: string, what: What, by = owner) => by("adjustments.create", { body: { personId, what } });
    const approve = (id: string, body: object = {}, by = owner) => by("adjustments.approve", { params: { id }, body });
    const leave = (from: number, until: number, type: "leave" | "sick" = "leave"): What => ({
      kind: "absence",
      type,
      from: day(from),
      until: day(until),
    });
    const extra = (after: number, shift: Shift): What => ({ kind: "extra", day: day(after), shift });
    async function told(personId: string, after: number): Promise<string[]> {
      const query = { from: day(after), to: day(after + 1) };
      const { stretches } = await owner("schedules.read", { params: { personId }, query });
      return stretches.filter(({ sentence }) => !sentence.includes("no shift then")).map(({ sentence }) => sentence);
    }
    async function time(personId: string, after: number) {
      const query = { subjects: [personId], start: at(after, "00:00"), end: at(after + 1, "00:00") };
      const { items } = await owner("subjects.freeBusy", { query });
      const clock = (text: string) =>
        Temporal.Instant.from(text).toZonedDateTimeISO("Europe/Prague").toPlainTime().toString().slice(0, 5);
      const spans = (list: readonly { start: string; end: string }[]) =>
        list.map(({ start, end }) => `${clock(start)}–${clock(end)}`);
      return { open: spans(items[0]!.available), taken: spans(items[0]!.busy) };
    }
    const undo = async () => {
      const [last] = (await owner("requests.mine", {})).undo;
      await owner("requests.undo", { params: { id: last!.id } });
      return last!.summary;
    };

    test("change nothing until they are approved; then the day, who may be booked and what claims follow at once", async () => {
      const ben = await hired(DUTY);
      assert.deepEqual(await time(ben.id, 1), { open: ["06:00–14:00"], taken: ["06:00–14:00"] });
      const asked = await ask(ben.id, leave(1, 1));
      assert.deepEqual(
        [asked.state, asked.kind, asked.type, asked.from, asked.until],
        ["requested", "absence", "leave", day(1), day(1)],
      );
      assert.deepEqual(await told(ben.id, 1), ["Work: early shift (06:00–14:00) of the contract."]);
      const query = { from: day(1), to: day(2) };
      const { pending } = await owner("schedules.read", { params: { personId: ben.id }, query });
      assert.ok(pending.some(({ sentence }) => sentence.includes("asked for, not approved")));
      const approved = await approve(asked.id);
      assert.deepEqual([approved.state, approved.decidedBy!.name, approved.version], ["approved", "Mara Okafor", 2]);
      const today = long(Temporal.Now.plainDateISO("Europe/Prague").toString());
      assert.deepEqual((await told(ben.id, 1)).slice(1, 2), [
        `Off: leave approved by Mara Okafor on ${today}, replaces early shift (06:00–14:00) of the contract.`,
      ]);
      assert.deepEqual(await time(ben.id, 1), { open: [], taken: [] });
      assert.equal(await undo(), "Changed what differs from a contract");
      assert.deepEqual(await time(ben.id, 1), { open: ["06:00–14:00"], taken: ["06:00–14:00"] });
      assert.equal((await owner("adjustments.read", { params: { id: asked.id } })).state, "requested");
    });

    test("are refused with everything that is in the way, by its name; and checked before", async () => {
      const ben = await hired();
      await approve((await ask(ben.id, leave(1, 3))).id);
      const asked = await ask(ben.id, leave(3, 4));
      const { objections } = await owner("adjustments.check", { params: { id: asked.id } });
      assert.equal(objections[0]!.code, "absence-overlaps");
      assert.ok(objections[0]!.sentence.startsWith("The leave overlaps leave approved by Mara Okafor on "));
      const refused = await refusalOf(approve(asked.id));
      assert.deepEqual([refused.code, refused.detail], ["workforce/adjustment-refused", objections[0]!.sentence]);
      const over = await ask(ben.id, extra(0, { name: "late shift", starts: "13:00", minutes: 480 }));
      assert.equal(
        (await refusalOf(approve(over.id))).detail,
        `late shift (13:00–21:00) on ${long(day(0))} overlaps early shift (06:00–14:00) of the contract.`,
      );
      const impossible = await refusalOf(ask(ben.id, extra(0, { ...EARLY, minutes: 0 })));
      assert.deepEqual(
        [impossible.code, impossible.detail],
        ["workforce/adjustment-refused", "early shift (06:00–06:00) has no length."],
      );
      const never = await refusalOf(ask((await owner("people.create", { body: { name: "Free" } })).id, leave(1, 1)));
      assert.equal(never.detail, "They have no contract, and so nothing to differ from.");
      await approve((await ask(ben.id, leave(2, 2, "sick"))).id);
      assert.ok(
        (await told(ben.id, 2)).some((sentence) => sentence.startsWith("Off: sick leave")),
        "illness has the say",
      );
    });

    test("move, swap, cover and call in; halves of a swap are decided together", async () => {
      const [ben, ana] = [await hired(DUTY, [1]), await hired({ ...DUTY, name: "late shift", starts: "14:00" }, [2])];
      const swap: What = {
        kind: "swap",
        of: { day: day(0), starts: "06:00" },
        with: ana.id,
        theirs: { day: day(1), starts: "14:00" },
      };
      const asked = await ask(ben.id, swap);
      assert.deepEqual([asked.kind, asked.otherId, asked.together.length], ["given", ana.id, 3]);
      await approve(asked.together[0]!);
      assert.deepEqual((await time(ben.id, 0)).taken, []);
      assert.deepEqual((await time(ana.id, 0)).taken, ["06:00–14:00"]);
      assert.deepEqual((await time(ben.id, 1)).taken, ["14:00–22:00"]);
      assert.ok(
        (await told(ben.id, 1))[0]!.startsWith(`Work: late shift (14:00–22:00), taken over from ${ana.name} in a swap`),
      );
      await undo();
      assert.deepEqual((await time(ben.id, 0)).taken, ["06:00–14:00"]);
      const moved = await ask(ben.id, {
        kind: "change",
        of: { day: day(0), starts: "06:00" },
        day: day(4),
        shift: { ...DUTY, starts: "08:00" },
      });
      await approve(moved.id);
      assert.deepEqual([(await time(ben.id, 0)).taken, (await time(ben.id, 4)).taken], [[], ["08:00–16:00"]]);
      const ready = await hired({ ...EARLY, name: "ready", kind: "on-call" });
      assert.deepEqual(await time(ready.id, 0), { open: [], taken: [] });
      await approve((await ask(ready.id, { kind: "activation", start: at(0, "07:00"), end: at(0, "09:30") })).id);
      assert.deepEqual((await time(ready.id, 0)).taken, ["07:00–09:30"]);
      const cover = await ask(ben.id, { kind: "cover", day: day(2), shift: EARLY, from: ana.id });
      await approve(cover.id);
      assert.ok(
        (await told(ben.id, 2))[0]!.startsWith(`Work: early shift (06:00–14:00), covering ${ana.name}, approved by`),
      );
      const far = await ask(ben.id, {
        kind: "change",
        of: { day: day(4), starts: "08:00" },
        day: day(90),
        shift: DUTY,
      });
      await approve(far.id);
      assert.ok(
        (await told(ben.id, 90)).some((sentence) => sentence.includes("moved from 08:00")),
        "what was moved is moved on",
      );
    });

    test("that meet what stands in a calendar are refused with the clash, unless insisted on; what is booked for sure is never doubled", async () => {
      const ben = await hired(EARLY, [1]);
      const hall = await owner("resources.create", { body: { name: `Hall ${made}`, kind: "room" } });
      const calendar = await owner("calendars.create", { body: { name: `Own ${made}`, ownerSubjectId: ben.id } });
      await owner("events.create", {
        body: {
          title: "Dentist",
          start: at(1, "07:00"),
          end: at(1, "08:00"),
          calendarId: calendar.id,
          resourceIds: [hall.id],
          preventConflicts: false,
        },
      });
      const asked = await ask(ben.id, extra(1, DUTY));
      const refused = await refusalOf(approve(asked.id));
      assert.deepEqual(
        [refused.code, refused.detail],
        ["claims/taken", `early shift on ${day(1)} meets an event of ${ben.name} (07:00–08:00).`],
      );
      assert.equal((await owner("adjustments.read", { params: { id: asked.id } })).state, "requested");
      await approve(asked.id, { preventConflicts: false });
      assert.deepEqual((await time(ben.id, 1)).taken, ["06:00–14:00", "07:00–08:00"]);
      const detect = { timeRange: { start: at(1, "00:00"), end: at(2, "00:00") } };
      const { conflicts } = await owner("ai.detectConflicts", { body: detect });
      const own = conflicts.filter(({ subjects }) => subjects.includes(ben.name));
      assert.deepEqual(own.flatMap(({ events }) => events.map(({ summary }) => summary)).toSorted(), [
        "Dentist",
        "early shift",
      ]);
    });

    test("approved at one moment never roster one person twice: one is approved, one is refused and names it", async () => {
      const ben = await hired(EARLY, [1]);
      for (let round = 0; round < 5; round++) {
        const shifts = [
          { ...DUTY, name: "one", starts: "06:00" },
          { ...DUTY, name: "other", starts: "10:00" },
        ];
        const asked = await Promise.all(shifts.map((shift) => ask(ben.id, extra(1 + 7 * round, shift))));
        const settled = await Promise.allSettled(asked.map(({ id }) => approve(id)));
        const states = settled.map(({ status }) => status);
        assert.deepEqual(states.toSorted(), ["fulfilled", "rejected"]);
        const refused = await refusalOf(approve(asked[states.indexOf("rejected")]!.id));
        assert.equal(refused.code, "workforce/adjustment-refused");
        assert.ok(refused.detail.includes("overlaps extra"), refused.detail);
        assert.equal((await time(ben.id, 1 + 7 * round)).taken.length, 1);
      }
    });

    test("say where people would be missing once they are approved: from when to when, and how many are left", async () => {
      const site = `Ward ${kind.name}`;
      const [one, other] = [await hired({ ...EARLY, site }), await hired({ ...EARLY, site })];
      const later = 28; // A Monday again.
      await owner("demands.create", {
        body: {
          name: "Early",
          site,
          weekdays: [1, 2, 3, 4, 5, 6, 7],
          from: day(0),
          stretches: [{ starts: EARLY.starts, minutes: 60, minimum: 2, ideal: 2 }],
        },
      });
      const asked = await ask(one.id, leave(later, later));
      const check = await owner("adjustments.check", { params: { id: asked.id } });
      const { start, ...missed } = check.missed[0]!;
      assert.deepEqual(
        [check.missed.length, missed],
        [
          1,
          {
            site,
            skillId: null,
            levelMin: null,
            name: missed.name,
            day: day(later),
            minutes: 60,
            before: 2,
            after: 1,
            minimum: 2,
          },
        ],
      );
      assert.match(start, /^\d{4}-\d\d-\d\dT\d\d:00:00Z$/);
      const { items } = await owner("approvals.list", { query: { view: "scope", limit: 200 } });
      const { effect } = items.find(({ subjectId }) => subjectId === asked.id)!;
      const ends = `${Number(EARLY.starts.slice(0, 2)) + 1}`.padStart(2, "0");
      assert.deepEqual(effect[0], {
        label: `Coverage at ${site}, ${day(later)} ${EARLY.starts}–${ends}:00`,
        before: "2 of 2",
        after: "1 of 2",
        worse: true,
        facts: {
          kind: "missed",
          site,
          name: null,
          day: day(later),
          from: EARLY.starts,
          to: `${ends}:00`,
          before: 2,
          after: 1,
          minimum: 2,
        },
      });
      const extra = { ...EARLY, site };
      const free = await ask(other.id, { kind: "extra", day: day(later + 5), shift: extra });
      assert.deepEqual((await owner("adjustments.check", { params: { id: free.id } })).missed, []);
    });

    test("are decided once, by who manages the person and by nobody of themselves, and told to them alone", async () => {
      const manager = await server.signedIn(MANAGER);
      const instructor = await server.signedIn(INSTRUCTOR);
      const member = await server.signedIn(MEMBER);
      const ines = (await instructor("me.read", {})).personId;
      const tomas = (await manager("me.read", {})).personId;
      const weeks = [[{ weekday: 1, ...EARLY }]];
      for (const personId of [ines, tomas])
        await owner("contracts.create", {
          body: { personId, from: day(-30), nominal: { minutes: 480, per: "week" }, weeks, anchor: day(0) },
        });
      const asked = await ask(ines, leave(0, 0), instructor);
      assert.equal((await refusalOf(approve(asked.id, {}, instructor))).status, 403);
      assert.equal((await refusalOf(approve(asked.id, {}, member))).status, 404);
      assert.equal((await refusalOf(ask(ines, leave(7, 7), member))).status, 403);
      const own = await ask(tomas, leave(0, 0), manager);
      assert.equal((await refusalOf(approve(own.id, {}, manager))).status, 403, "of themselves");
      const noReason = manager("adjustments.decline", { params: { id: asked.id }, body: { reason: " " } });
      assert.equal((await refusalOf(noReason)).status, 400);
      const declined = await manager("adjustments.decline", {
        params: { id: asked.id },
        body: { reason: "Two are away." },
      });
      assert.deepEqual([declined.state, declined.reason], ["declined", "Two are away."]);
      const again = await refusalOf(approve(asked.id, {}, manager));
      assert.equal(again.code, "workforce/adjustment-decided");
      assert.ok(again.detail.startsWith("It was declined by Tomas Brandt on "));
      const second = await ask(ines, leave(7, 7, "sick"), instructor);
      const stale = manager("adjustments.approve", { params: { id: second.id }, body: {}, ifMatch: 9 });
      assert.equal((await refusalOf(stale)).code, "request/version-changed");
      await approve(second.id, {}, manager);
      const late = instructor("adjustments.withdraw", { params: { id: second.id }, body: {} });
      assert.equal((await refusalOf(late)).status, 403, "what was approved is taken back by who manages them");
      const query = { from: day(7), to: day(8) };
      const seen = async (by: Client) =>
        (await by("schedules.read", { params: { personId: ines }, query })).stretches.find(
          ({ kind: is }) => is === "absence",
        )!;
      assert.deepEqual(
        [(await seen(member)).what, (await seen(member)).sentence, (await seen(member)).sourceId],
        ["away", "Off: away.", null],
      );
      assert.equal((await seen(instructor)).what, "sick");
      const row = async (by: Client) => {
        const { sources } = await by("schedules.list", { query: { ...query, people: [ines] } });
        return [...new Set(sources.map(({ what }) => what))];
      };
      assert.deepEqual([await row(member), await row(instructor)], [["away"], ["sick"]]);
      const { items } = await member("adjustments.list", { query: {} });
      assert.ok(items.every(({ personId }) => personId !== ines));
      const mine = (await instructor("adjustments.list", { query: { states: ["declined", "approved"] } })).items;
      assert.deepEqual(mine.map(({ state }) => state).toSorted(), ["approved", "declined"]);
      const third = await ask(ines, leave(14, 14), instructor);
      assert.equal(
        (await instructor("adjustments.withdraw", { params: { id: third.id }, body: {} })).state,
        "withdrawn",
      );
    });

    test("wait for a chain where there is one: the last yes approves, a no declines, and who asks takes back", async () => {
      const manager = await server.signedIn(MANAGER);
      const instructor = await server.signedIn(INSTRUCTOR);
      const [ines, tomas, mara] = await Promise.all(
        [instructor, manager, owner].map(async (each) => (await each("me.read", {})).personId),
      );
      const ask1 = (personId: string) => ({ who: [{ kind: "people", ids: [personId] }], quorum: 1 });
      const params = { kind: "adjustment" };
      const steps = [ask1(tomas!), ask1(mara!)];
      await owner("approvalPolicies.put", { params, body: { steps } as never });
      const waiting = async (by: Client, adjustmentId: string) =>
        (await by("approvals.list", {})).items.find(({ subjectId }) => subjectId === adjustmentId);
      const until = (by: Client, adjustmentId: string) =>
        eventually("somebody is asked", () => waiting(by, adjustmentId));
      const state = async (id: string) => (await owner("adjustments.read", { params: { id } })).state;

      const first = await ask(ines!, extra(30, EARLY), instructor);
      const told = await until(manager, first.id);
      assert.deepEqual([told.label, told.step, told.steps], [`Ines Duarte: extra shift, ${day(30)}`, 1, 2]);
      assert.deepEqual(told.effect, [
        { label: "Paid work", before: null, after: "+8 h", worse: true, facts: { kind: "paid-work", minutes: 480 } },
      ]);
      assert.equal((await approve(first.id, {}, manager)).state, "requested", "the second step waits");
      assert.equal((await refusalOf(approve(first.id, {}, manager))).code, "approvals/not-asked");
      const second = await until(owner, first.id);
      await owner("approvals.approve", { params: { id: second.id }, body: {} });
      const done = await owner("adjustments.read", { params: { id: first.id } });
      assert.deepEqual([done.state, done.decidedBy!.name], ["approved", "Mara Okafor"]);

      const no = await ask(ines!, extra(31, EARLY), instructor);
      const asked = await until(manager, no.id);
      await manager("approvals.decline", { params: { id: asked.id }, body: { reason: "Enough." } });
      assert.deepEqual(
        [await state(no.id), (await owner("adjustments.read", { params: { id: no.id } })).reason],
        ["declined", "Enough."],
      );
      const taken = await ask(ines!, extra(32, EARLY), instructor);
      const own = await until(manager, taken.id);
      await instructor("approvals.withdraw", { params: { id: own.id } });
      assert.equal(await state(taken.id), "withdrawn");
      const back = await ask(ines!, extra(33, EARLY), instructor);
      await until(manager, back.id);
      await instructor("adjustments.withdraw", { params: { id: back.id }, body: {} });
      assert.equal(await waiting(manager, back.id), undefined);

      const clash = await ask(ines!, extra(30, { ...EARLY, starts: "08:00" }), instructor);
      await approve(clash.id, {}, manager);
      const last = await until(owner, clash.id);
      const refused = await refusalOf(owner("approvals.approve", { params: { id: last.id }, body: {} }));
      assert.equal(refused.code, "approvals/cannot-be-done");
      assert.ok(refused.detail.includes("overlaps extra"), refused.detail);
      assert.equal(await state(clash.id), "requested", "nothing was decided");
      await owner("approvalPolicies.remove", { params });
    });

    test("are decided several at once, all or none, or each by itself; and paged", async () => {
      const [ben, ana] = [await hired(), await hired()];
      await approve((await ask(ana.id, leave(0, 0))).id);
      const asked = [await ask(ben.id, leave(0, 0)), await ask(ana.id, leave(0, 1)), await ask(ben.id, leave(2, 2))];
      const ids = asked.map(({ id }) => id);
      const all = owner("adjustments.decide", { body: { ids, verdict: "approved" } });
      assert.equal((await refusalOf(all)).code, "workforce/adjustment-refused");
      const still = await owner("adjustments.list", { query: { person: ben.id, states: ["requested"] } });
      assert.equal(still.items.length, 2, "none");
      const each = await owner("adjustments.decide", { body: { ids, verdict: "approved", atomic: false } });
      assert.deepEqual(
        each.items.map(({ state, problem }) => [state, problem?.code ?? null]),
        [
          ["approved", null],
          [null, "workforce/adjustment-refused"],
          ["approved", null],
        ],
      );
      const first = await owner("adjustments.list", { query: { person: ben.id, limit: 1 } });
      const second = await owner("adjustments.list", {
        query: { person: ben.id, limit: 1, cursor: first.nextCursor! },
      });
      assert.deepEqual([first.items[0]!.id, second.items[0]!.id, second.nextCursor], [ids[0], ids[2], null]);
    });
  });
}
