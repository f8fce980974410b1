// Strategy: on both databases, through the API: who may bid and why not, giving places away, undo, and many who want the last place at
// one moment.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Client } from "@hourwright/client";
import { eventually } from "../../../testing/eventually.ts";
import { databases, monday, openSchool, withoutHolidays, type School } from "../../../testing/school.ts";
import { INSTRUCTOR, MANAGER, MEMBER, refusalOf } from "../../../testing/server.ts";

const day = (later: number): string => monday.add({ days: later }).toString();
const EARLY = { name: "early shift", starts: "07:00", minutes: 480 };

for (const kind of databases) {
  describe(`open shifts on ${kind.name}`, { skip: kind.skip, timeout: 300_000 }, () => {
    let school: School;
    let owner: Client;
    let instructor: Client;
    let manager: Client;
    let [ines, tomas] = ["", ""];
    before(async () => {
      school = await openSchool(kind, { who: "open" });
      ({ owner } = school);
      await withoutHolidays(owner);
      [instructor, manager] = [await school.server.signedIn(INSTRUCTOR), await school.server.signedIn(MANAGER)];
      [ines, tomas] = [(await instructor("me.read", {})).personId, (await manager("me.read", {})).personId];
      for (const personId of [ines, tomas]) await hire(personId);
    });
    after(() => school[Symbol.asyncDispose]());

    const hire = (personId: string) =>
      owner("contracts.create", {
        body: {
          personId,
          from: day(-30),
          nominal: { minutes: 480, per: "week" },
          weeks: [[{ weekday: 7, ...EARLY }]],
          anchor: day(0),
        },
      });
    async function leaves(somebody: Client): Promise<void> {
      const { personId } = await somebody("me.read", {});
      const [last] = (await owner("contracts.list", { query: { person: personId } })).items;
      await owner("contracts.end", { params: { id: last!.id }, body: { until: day(-1) } });
    }
    let made = 0;
    async function hired() {
      const { id } = await owner("people.create", { body: { name: `Bo ${++made}` } });
      await hire(id);
      return id;
    }
    const offer = (
      later: number,
      more: { readonly places?: number; readonly award?: "manager" | "first" } = {},
      by = owner,
    ) => by("openShifts.create", { body: { day: day(later), shift: EARLY, ...more } });
    const seen = async (id: string, by = owner) =>
      (await by("openShifts.list", { query: {} })).items.find((each) => each.id === id)!;
    const bid = (id: string, by = instructor) => by("openShifts.bid", { params: { id } });
    const award = (id: string, personId: string, by = owner) =>
      by("openShifts.award", { params: { id }, body: { personId } });
    async function works(personId: string, later: number): Promise<boolean> {
      const query = { from: day(later), to: day(later + 1) };
      const { stretches } = await owner("schedules.read", { params: { personId }, query });
      return stretches.some(({ kind: is }) => is === "work");
    }

    test("are bid on by who fits, and given away by who manages; the others are told", async () => {
      const shift = await offer(0, { places: 1 }, manager);
      assert.deepEqual([shift.state, shift.placesLeft, shift.postedBy.name], ["open", 1, "Tomas Brandt"]);
      assert.deepEqual(
        [(await seen(shift.id, instructor)).mayBid, (await seen(shift.id, instructor)).mine],
        [true, null],
      );
      assert.equal((await bid(shift.id)).mine, "bid");
      assert.equal((await bid(shift.id)).mine, "bid", "twice is once");
      const [found] = (await seen(shift.id)).bids;
      assert.deepEqual([found!.personId, found!.objections], [ines, []]);
      assert.deepEqual((await seen(shift.id, instructor)).bids, [], "told to who manages them alone");
      const other = await hired();
      const given = await award(shift.id, other);
      assert.deepEqual([given.state, given.placesLeft], ["filled", 0]);
      assert.ok(await works(other, 0));
      assert.equal((await seen(shift.id, instructor)).mine, "lost");
      await eventually("she is told", async () => {
        const { items } = await instructor("notices.list", {});
        const told = items.find(({ eventId }) => eventId === shift.id);
        if (told === undefined) school.turned.aheadMs += 1_000;
        return told?.kind === "bid-lost";
      });
      const over = await refusalOf(bid(shift.id));
      assert.deepEqual([over.code, over.detail], ["workforce/open-shift-over", "Every place is taken. Thank you!"]);
    });

    test("are not for who works then, is away, has no contract or would break a rule: each is told why", async () => {
      const sunday = await offer(6);
      const own = await seen(sunday.id, instructor);
      assert.equal(own.mayBid, false);
      assert.ok(own.why.includes("overlaps early shift (07:00–15:00) of the contract."), own.why);
      const refused = await refusalOf(bid(sunday.id));
      assert.deepEqual([refused.code, refused.detail], ["workforce/bid-refused", own.why]);
      const member = await school.server.signedIn(MEMBER);
      await leaves(member);
      assert.match((await refusalOf(bid(sunday.id, member))).detail, /^No contract holds on /);
      assert.equal((await refusalOf(offer(0, {}, member))).status, 403);
      assert.equal((await refusalOf(award(sunday.id, ines, member))).status, 403);
    });

    test("go to the first who fits where it says so, and come back with undo", async () => {
      const shift = await offer(1, { award: "first", places: 2 });
      const won = await bid(shift.id);
      assert.deepEqual([won.mine, won.placesLeft, won.state], ["won", 1, "open"]);
      assert.ok(await works(ines, 1));
      assert.equal((await refusalOf(instructor("openShifts.withdrawBid", { params: { id: shift.id } }))).status, 409);
      const given = await award(shift.id, await hired());
      assert.equal(given.state, "filled");
      const [last] = (await owner("requests.mine", {})).undo;
      await owner("requests.undo", { params: { id: last!.id } });
      assert.deepEqual([(await seen(shift.id)).state, (await seen(shift.id)).placesLeft], ["open", 1]);
      const removed = await offer(2);
      await owner("openShifts.remove", { params: { id: removed.id } });
      assert.equal((await seen(removed.id)).state, "closed");
      await owner("requests.undo", { params: { id: (await owner("requests.mine", {})).undo[0]!.id } });
      assert.equal((await seen(removed.id)).state, "open");
    });

    test("one's own bid is undone, and made again", async () => {
      const shift = await offer(3, { places: 2 });
      await bid(shift.id);
      const [last] = (await instructor("requests.mine", {})).undo;
      await instructor("requests.undo", { params: { id: last!.id } });
      assert.equal((await seen(shift.id, instructor)).mine, "withdrawn");
      const [undone] = (await instructor("requests.mine", {})).redo;
      await instructor("requests.undo", { params: { id: undone!.id } });
      assert.equal((await seen(shift.id, instructor)).mine, "bid");
      assert.equal((await seen(shift.id)).placesLeft, 2);
    });

    test("two who are given the last place at one moment: one has it", async () => {
      for (let round = 0; round < 3; round++) {
        const shift = await offer(2 + round, { places: 2 });
        const people = [await hired(), await hired(), await hired(), await hired(), await hired()];
        const settled = await Promise.allSettled(people.map((id) => award(shift.id, id)));
        assert.equal(settled.filter(({ status }) => status === "fulfilled").length, 2);
        const working = await Promise.all(people.map((id) => works(id, 2 + round)));
        assert.equal(working.filter(Boolean).length, 2);
        assert.deepEqual([(await seen(shift.id)).state, (await seen(shift.id)).placesLeft], ["filled", 0]);
      }
    });
  });
}
