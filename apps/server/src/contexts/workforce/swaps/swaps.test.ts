// Strategy: on both databases, through the API: who could swap, two and three who agree one after the other or at one moment, whoever
// approves, and all the ways in which a swap does not come about.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Client } from "@hourwright/client";
import { sharedSecret } from "../../identity/public.ts";
import { databases, monday, openSchool, withoutHolidays, type School } from "../../../testing/school.ts";
import { INSTRUCTOR, MANAGER, MEMBER, refusalOf } from "../../../testing/server.ts";
import { createAskedLinks } from "../public.ts";

const day = (later: number): string => monday.add({ days: later }).toString();
const EARLY = { name: "early shift", starts: "07:00", minutes: 480 };
const LATE = { name: "late shift", starts: "13:00", minutes: 480 };
const ORGANISATION = 1;

for (const kind of databases) {
  describe(`swaps on ${kind.name}`, { skip: kind.skip, timeout: 300_000 }, () => {
    let school: School;
    let owner: Client;
    let tokenOf: (id: string, personId: string) => string;
    before(async () => {
      school = await openSchool(kind, { who: "swaps" });
      ({ owner } = school);
      await withoutHolidays(owner);
      const { database } = school.server.application;
      const links = createAskedLinks(await sharedSecret(database, "links", () => "it was made before"));
      tokenOf = (id, personId) => links.tokenOf(ORGANISATION, "swap", id, personId);
    });
    after(() => school[Symbol.asyncDispose]());

    const hire = (personId: string, weekdays: readonly number[], shift = EARLY) =>
      owner("contracts.create", {
        body: {
          personId,
          from: day(-30),
          nominal: { minutes: 2_400, per: "week" },
          weeks: [weekdays.map((weekday) => ({ weekday, ...shift }))],
          anchor: day(0),
        },
      });
    let made = 0;
    async function hired(weekdays: readonly number[], shift = EARLY) {
      const { id } = await owner("people.create", { body: { name: `Cy ${++made}` } });
      await hire(id, weekdays, shift);
      return id;
    }
    const leg = (from: string, later: number, to: string, { starts } = EARLY) => ({
      from,
      of: { day: day(later), starts },
      to,
    });
    const propose = (legs: readonly ReturnType<typeof leg>[], by = owner) =>
      by("swaps.create", { body: { legs: [...legs], note: "A wedding" } });
    const byLink = (id: string, personId: string, says: "yes" | "no") =>
      school.server.stranger("asked.answer", { params: { token: tokenOf(id, personId) }, body: { says } });
    const read = (id: string, by = owner) => by("swaps.read", { params: { id } });
    async function worked(personId: string, later: number): Promise<readonly string[]> {
      const query = { from: day(later), to: day(later + 1) };
      const { stretches } = await owner("schedules.read", { params: { personId }, query });
      return stretches.filter(({ kind: is }) => is === "work").map(({ sentence }) => sentence.slice(0, 17));
    }

    test("are found for a shift, of two and of three, and hold when they are proposed", async () => {
      const [ann, ben, cyd] = [await hired([1, 2]), await hired([2]), await hired([3])];
      const query = { person: ann, day: day(0), starts: "07:00", days: 3 };
      const { pairs, rings } = await owner("swaps.matches", { query });
      const pair = pairs.find(({ legs }) => legs[1]!.from === cyd)!;
      assert.deepEqual(
        pair.legs.map(({ from, to }) => [from, to]),
        [
          [ann, cyd],
          [cyd, ann],
        ],
      );
      assert.ok(!pairs.some(({ legs }) => legs[1]!.from === ben), "she works on Tuesday herself");
      const own = rings.find(({ legs }) => legs[1]!.from === ben && legs[2]!.from === cyd);
      for (const { legs } of [...pairs.slice(0, 2), ...(own === undefined ? [] : [own])]) {
        const plain = legs.map(({ from, of, to }) => ({ from, of, to }));
        const swap = await owner("swaps.create", { body: { legs: plain } });
        assert.equal(swap.state, "asking");
        await owner("swaps.withdraw", { params: { id: swap.id } });
      }
      assert.equal(
        (await refusalOf(owner("swaps.matches", { query: { ...query, day: day(4) } }))).code,
        "workforce/swap-invalid",
      );
    });

    test("of three are asked for once all have said yes, and done once who approves has", async () => {
      const people = [await hired([1]), await hired([2]), await hired([3])] as const;
      const [ann, ben, cyd] = people;
      const swap = await propose([leg(ann, 0, ben), leg(ben, 1, cyd), leg(cyd, 2, ann)]);
      assert.deepEqual(
        swap.people.map(({ state }) => state),
        ["asked", "asked", "asked"],
      );
      const told = await school.server.stranger("asked.read", { params: { token: tokenOf(swap.id, ben) } });
      assert.deepEqual(
        [told.what, told.state, told.takes.length, told.gives.length, told.note],
        ["swap", "open", 1, 1, "A wedding"],
      );
      assert.equal((await byLink(swap.id, ann, "yes")).state, "yes");
      const settled = await Promise.all([byLink(swap.id, ben, "yes"), byLink(swap.id, cyd, "yes")]);
      assert.ok(
        settled.some(({ state }) => state === "done"),
        "both at one moment",
      );
      const agreed = await read(swap.id);
      assert.deepEqual([agreed.state, agreed.adjustmentState], ["agreed", "requested"]);
      assert.deepEqual(await worked(ann, 2), [], "nothing changes before it is approved");
      await owner("adjustments.approve", { params: { id: agreed.adjustmentId! }, body: {} });
      assert.equal((await read(swap.id)).adjustmentState, "approved");
      assert.deepEqual([await worked(ann, 0), await worked(ann, 2)], [[], ["Work: early shift"]]);
      assert.deepEqual([await worked(ben, 1), await worked(ben, 0)], [[], ["Work: early shift"]]);
      assert.deepEqual([await worked(cyd, 2), await worked(cyd, 1)], [[], ["Work: early shift"]]);
      assert.equal((await refusalOf(byLink(swap.id, ben, "no"))).code, "workforce/swap-over");
    });

    test("end with any no, and are refused before anybody is asked where something is in the way", async () => {
      const [ann, ben] = [await hired([1]), await hired([2])];
      const swap = await propose([leg(ann, 0, ben), leg(ben, 1, ann)]);
      assert.equal((await byLink(swap.id, ben, "no")).state, "no");
      assert.equal((await read(swap.id)).state, "declined");
      const busy = await hired([1, 2], LATE);
      const refused = await refusalOf(propose([leg(ann, 0, busy), leg(busy, 1, ann, LATE)]));
      assert.equal(refused.code, "workforce/swap-refused");
      assert.ok(refused.detail.includes("overlaps late shift (13:00–21:00) of the contract."), refused.detail);
      const ring = await refusalOf(propose([leg(ann, 0, ben), leg(ben, 1, busy)]));
      assert.equal(ring.code, "workforce/swap-invalid");
      assert.equal((await refusalOf(propose([leg(ann, 4, ben)]))).detail, "A shift that is named is not there.");
    });

    test("that cannot be done any more when the last says yes are refused with the reason", async () => {
      const [ann, ben] = [await hired([1]), await hired([2])];
      const swap = await propose([leg(ann, 0, ben), leg(ben, 1, ann)]);
      await byLink(swap.id, ann, "yes");
      const what = { kind: "absence" as const, type: "leave" as const, from: day(0), until: day(0) };
      const { id } = await owner("adjustments.create", { body: { personId: ben, what } });
      await owner("adjustments.approve", { params: { id }, body: {} });
      const refused = await refusalOf(byLink(swap.id, ben, "yes"));
      assert.equal(refused.code, "workforce/swap-refused");
      assert.ok(refused.detail.includes("lies in leave"), refused.detail);
      assert.equal((await read(swap.id)).state, "asking");
    });

    test("are proposed and answered by people themselves, and decided by who manages them; nobody else sees them", async () => {
      const [instructor, manager] = [await school.server.signedIn(INSTRUCTOR), await school.server.signedIn(MANAGER)];
      const ines = (await instructor("me.read", {})).personId;
      await hire(ines, [1]);
      const ben = await hired([2]);
      const swap = await propose([leg(ines, 0, ben), leg(ben, 1, ines)], instructor);
      assert.deepEqual(
        swap.people.map(({ personId }) => personId),
        [ben],
        "who proposes has agreed",
      );
      const member = await school.server.signedIn(MEMBER);
      assert.equal((await refusalOf(read(swap.id, member))).status, 404);
      assert.equal((await refusalOf(propose([leg(ines, 0, ben), leg(ben, 1, ines)], member))).status, 403);
      const stranger = await refusalOf(manager("swaps.answer", { params: { id: swap.id }, body: { says: "yes" } }));
      assert.equal(stranger.code, "workforce/not-asked");
      await byLink(swap.id, ben, "yes");
      const { items } = await instructor("swaps.list", { query: { states: ["agreed"] } });
      assert.deepEqual(
        items.map(({ id }) => id),
        [swap.id],
      );
      assert.equal(
        (await refusalOf(instructor("swaps.withdraw", { params: { id: swap.id } }))).code,
        "workforce/swap-over",
      );
      await instructor("adjustments.withdraw", { params: { id: items[0]!.adjustmentId! }, body: {} });
      assert.equal((await read(swap.id)).adjustmentState, "withdrawn");
    });

    test("tell nobody why somebody else is away", async () => {
      const instructor = await school.server.signedIn(INSTRUCTOR);
      const ines = (await instructor("me.read", {})).personId;
      const ben = await hired([2]);
      const ask = (by: Client) => propose([leg(ines, 0, ben), leg(ben, 1, ines)], by);
      const swap = await ask(instructor);
      const what = { kind: "absence" as const, type: "sick" as const, from: day(0), until: day(0) };
      const { id } = await owner("adjustments.create", { body: { personId: ben, what } });
      await owner("adjustments.approve", { params: { id }, body: {} });
      const refused = await refusalOf(ask(instructor));
      assert.match(refused.detail, /^Cy \d+ is away then\.$/);
      assert.doesNotMatch(JSON.stringify(refused), /sick/);
      assert.match((await refusalOf(ask(owner))).detail, /sick leave/, "who manages them knows");
      assert.match((await refusalOf(byLink(swap.id, ben, "yes"))).detail, /sick leave/, "and they themselves");
    });
  });
}
