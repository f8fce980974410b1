// Strategy: on both databases, through the API: who could work a shift, who is asked when, what becomes of a yes; links that work without
// signing in and say nothing more; and many who say yes at one moment.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Client } from "@hourwright/client";
import { sharedSecret } from "../../identity/public.ts";
import { becomes, eventually } from "../../../testing/eventually.ts";
import { databases, monday, openSchool, withoutHolidays, type School } from "../../../testing/school.ts";
import { COORDINATOR, INSTRUCTOR, MEMBER, refusalOf, type TestServer } from "../../../testing/server.ts";
import { createAskedLinks } from "../public.ts";

const day = (later: number): string => monday.add({ days: later }).toString();
const EARLY = { name: "early shift", starts: "07:00", minutes: 480 };
const DUTY = { ...EARLY, kind: "duty" as const };
const MINUTE_MS = 60_000;
const ORGANISATION = 1;

for (const kind of databases) {
  describe(`covers on ${kind.name}`, { skip: kind.skip, timeout: 300_000 }, () => {
    let school: School;
    let owner: Client;
    let stranger: Client;
    /** Another process over the same database, where there can be one. */
    let second: TestServer | null;
    let tokenOf: (id: string, personId: string) => string;
    before(async () => {
      school = await openSchool(kind, { who: "cover" });
      ({ owner } = school);
      stranger = school.server.stranger;
      second = await school.second();
      await withoutHolidays(owner);
      const secret = await sharedSecret(school.server.application.database, "links", () => "it was made before");
      const links = createAskedLinks(secret);
      tokenOf = (id, personId) => links.tokenOf(ORGANISATION, "cover", id, personId);
    });
    after(async () => {
      await second?.[Symbol.asyncDispose]();
      await school[Symbol.asyncDispose]();
    });

    let made = 0;
    async function hired(weekdays: readonly number[] = [], shift: typeof EARLY & { readonly kind?: "duty" } = EARLY) {
      const name = `Ann ${String(++made).padStart(3, "0")}`;
      const { id } = await owner("people.create", { body: { name } });
      const weeks = [weekdays.map((weekday) => ({ weekday, ...shift }))];
      const nominal = { minutes: 2_400, per: "week" as const };
      await owner("contracts.create", { body: { personId: id, from: day(-60), nominal, weeks, anchor: day(0) } });
      return { id, name };
    }
    async function absent(personId: string, later: number, type: "sick" | "leave" = "sick"): Promise<string> {
      const what = { kind: "absence" as const, type, from: day(later), until: day(later) };
      const { id } = await owner("adjustments.create", { body: { personId, what } });
      await owner("adjustments.approve", { params: { id }, body: {} });
      return id;
    }
    async function sick(later: number, shift: typeof EARLY & { readonly kind?: "duty" } = EARLY) {
      const person = await hired([1, 2, 3, 4, 5, 6, 7], shift);
      await absent(person.id, later);
      return person;
    }
    const call = (
      personId: string,
      later: number,
      people: readonly string[],
      more: { readonly how?: "in-order" | "at-once"; readonly minutesEach?: number } = {},
    ) =>
      owner("covers.create", {
        body: {
          personId,
          of: { day: day(later), starts: "07:00" },
          people: [...people],
          note: "The pool opens at 8",
          ...more,
        },
      });
    const read = (id: string) => owner("covers.read", { params: { id } });
    const states = async (id: string) => (await read(id)).people.map(({ state }) => state).join(" ");
    const byLink = (id: string, personId: string, says: "yes" | "no", by = stranger) =>
      by("asked.answer", { params: { token: tokenOf(id, personId) }, body: { says } });
    const look = (id: string, personId: string) => stranger("asked.read", { params: { token: tokenOf(id, personId) } });
    async function worked(personId: string, later: number): Promise<readonly string[]> {
      const query = { from: day(later), to: day(later + 1) };
      const { stretches } = await owner("schedules.read", { params: { personId }, query });
      return stretches.filter(({ kind: is }) => is === "work").map(({ sentence }) => sentence);
    }

    test("candidates are told with what speaks for and against them, the best first", async () => {
      const ill = await sick(0);
      const [free, busy, away] = [await hired(), await hired([1]), await hired()];
      await absent(away.id, 0, "leave");
      const skill = await owner("skills.create", { body: { name: `First aid ${kind.name}` } });
      const query = { person: ill.id, day: day(0), starts: "07:00" };
      const { items } = await owner("covers.candidates", { query });
      const of = (id: string) => items.find(({ personId }) => personId === id)!;
      assert.equal(of(free.id).may, "ask");
      assert.equal(of(free.id).reasons[0]!.sentence, "No shift on that day.");
      assert.deepEqual([of(busy.id).may, of(busy.id).against[0]!.code], ["no", "over-shift"]);
      assert.deepEqual([of(away.id).may, of(away.id).against[0]!.code], ["no", "over-absence"]);
      assert.equal(of(ill.id), undefined, "whose shift it is");
      assert.ok(items.findIndex(({ may }) => may === "no") > items.findLastIndex(({ may }) => may === "ask"));
      const skilled = await owner("covers.candidates", { query: { ...query, skill: skill.id } });
      assert.equal(skilled.items.find(({ personId }) => personId === free.id)!.may, "no");
      await owner("personSkills.put", {
        params: { id: free.id, skillId: skill.id },
        body: { level: 1, from: day(-9) },
      });
      const again = await owner("covers.candidates", { query: { ...query, skill: skill.id } });
      assert.equal(again.items[0]!.personId, free.id);
      const member = await school.server.signedIn(MEMBER);
      assert.equal((await refusalOf(member("covers.candidates", { query }))).status, 403);
      const stands = await refusalOf(call(busy.id, 0, [free.id]));
      assert.equal(stands.code, "workforce/cover-invalid");
      assert.equal(stands.detail, `${busy.name} works then. Enter the absence first: cover is asked for who is away.`);
    });

    test("in order: a no and a deadline ask the next; a yes is an approved cover, and the others are thanked", async () => {
      const ill = await sick(1, DUTY);
      const [one, two, three] = [await hired(), await hired(), await hired()];
      const cover = await call(ill.id, 1, [one.id, two.id, three.id], { minutesEach: 10 });
      assert.equal(await states(cover.id), "asked waiting waiting");
      assert.equal((await refusalOf(call(ill.id, 1, [one.id]))).code, "workforce/cover-running");
      const told = await look(cover.id, one.id);
      assert.deepEqual(
        [told.state, told.others, told.by, told.note, told.takes[0]!.name],
        ["open", [ill.name], "Mara Okafor", "The pool opens at 8", "early shift"],
      );
      assert.equal((await refusalOf(look(cover.id, two.id))).status, 404, "who is not asked yet has no link");
      assert.equal((await byLink(cover.id, one.id, "no")).state, "no");
      assert.equal(await states(cover.id), "no asked waiting");
      school.turned.aheadMs += 11 * MINUTE_MS;
      await becomes(() => states(cover.id), "no late asked");
      assert.equal((await look(cover.id, two.id)).state, "late");
      const late = await byLink(cover.id, two.id, "yes");
      assert.equal(late.state, "yes", "nobody else has said yes");
      assert.equal((await byLink(cover.id, two.id, "yes")).state, "yes", "the same said twice");
      const done = await read(cover.id);
      assert.deepEqual(
        [done.state, done.coveredBy!.personId, await states(cover.id)],
        ["covered", two.id, "no yes not-needed"],
      );
      assert.ok(
        (await worked(two.id, 1))[0]!.startsWith(
          `Work: early shift (07:00–15:00), covering ${ill.name}, approved by Mara Okafor`,
        ),
      );
      const adjustment = await owner("adjustments.read", { params: { id: done.adjustmentId! } });
      assert.deepEqual([adjustment.kind, adjustment.state, adjustment.otherId], ["cover", "approved", ill.id]);
      assert.equal((await look(cover.id, three.id)).state, "taken");
      const no = await refusalOf(byLink(cover.id, three.id, "yes"));
      assert.deepEqual([no.code, no.detail], ["workforce/cover-over", "Somebody else has taken the shift. Thank you!"]);
    });

    test("facts that change meanwhile refuse a yes with the reason, and ask the next", async () => {
      const ill = await sick(2);
      const [one, two] = [await hired(), await hired()];
      const cover = await call(ill.id, 2, [one.id, two.id]);
      await absent(one.id, 2, "leave");
      const refused = await refusalOf(byLink(cover.id, one.id, "yes"));
      assert.equal(refused.code, "workforce/adjustment-refused");
      assert.ok(refused.detail.includes("lies in leave approved by"), refused.detail);
      assert.equal(await states(cover.id), "cannot asked");
      assert.equal((await look(cover.id, one.id)).state, "cannot");
      await absent(two.id, 2, "leave");
      await refusalOf(byLink(cover.id, two.id, "yes"));
      assert.equal((await read(cover.id)).state, "nobody");
      const { items } = await owner("notices.list", {});
      await eventually("who called is told", async () => {
        const told = (await owner("notices.list", {})).items.filter(({ eventId }) => eventId === cover.id);
        if (told.length === 0) school.turned.aheadMs += 1_000;
        return told[0]?.kind === "cover-nobody";
      });
      assert.ok(
        items.every(({ eventId }) => eventId !== cover.id),
        "not before",
      );
    });

    test("who comes back after all works the shift themselves: nobody else has it, and nobody is asked any more", async () => {
      const back = await hired([1, 2, 3, 4, 5, 6, 7]);
      const absence = await absent(back.id, 9);
      const ann = await hired();
      const cover = await call(back.id, 9, [ann.id]);
      await owner("adjustments.withdraw", { params: { id: absence }, body: {} });
      const refused = await refusalOf(byLink(cover.id, ann.id, "yes"));
      assert.equal(refused.detail, "They work the shift themselves after all. Thank you!");
      assert.equal((await read(cover.id)).state, "cancelled");
      assert.deepEqual(await worked(ann.id, 9), []);
    });

    test("many who say yes at one moment: one shift, and a polite no for everybody else", async () => {
      for (let round = 0; round < 3; round++) {
        const ill = await sick(3 + round, DUTY);
        const people = await Promise.all(Array.from({ length: 12 }, () => hired()));
        const cover = await call(
          ill.id,
          3 + round,
          people.map(({ id }) => id),
          { how: "at-once" },
        );
        assert.ok(cover.people.every(({ state }) => state === "asked"));
        const settled = await Promise.allSettled(
          people.map(({ id }, i) =>
            byLink(cover.id, id, "yes", i % 2 === 0 ? stranger : (second?.stranger ?? stranger)),
          ),
        );
        const won = settled.flatMap(({ status }, i) => (status === "fulfilled" ? [people[i]!] : []));
        assert.equal(won.length, 1);
        const refused = await refusalOf(byLink(cover.id, people.find(({ id }) => id !== won[0]!.id)!.id, "yes"));
        assert.deepEqual([refused.status, refused.code], [409, "workforce/cover-over"]);
        const { coveredBy, people: asked } = await read(cover.id);
        assert.equal(coveredBy!.personId, won[0]!.id);
        assert.equal(asked.filter(({ state }) => state === "yes").length, 1);
        const working = await Promise.all(people.map(async ({ id }) => (await worked(id, 3 + round)).length > 0));
        assert.equal(working.filter(Boolean).length, 1);
      }
    });

    test("one who says yes to two shifts of one time at one moment has one", async () => {
      const [ill, other] = [await sick(6, DUTY), await sick(6, DUTY)];
      const ann = await hired();
      const calls = [await call(ill.id, 6, [ann.id]), await call(other.id, 6, [ann.id])];
      const settled = await Promise.allSettled(calls.map(({ id }) => byLink(id, ann.id, "yes")));
      assert.deepEqual(settled.map(({ status }) => status).toSorted(), ["fulfilled", "rejected"]);
      assert.equal((await worked(ann.id, 6)).length, 1);
      assert.deepEqual((await Promise.all(calls.map(({ id }) => read(id)))).map(({ state }) => state).toSorted(), [
        "covered",
        "nobody",
      ]);
    });

    test("people see what they are asked, and nobody else does; a call is cancelled, and undone", async () => {
      const instructor = await school.server.signedIn(INSTRUCTOR);
      const ines = (await instructor("me.read", {})).personId;
      const weeks = [[{ weekday: 7, ...EARLY }]];
      const nominal = { minutes: 480, per: "week" as const };
      await owner("contracts.create", { body: { personId: ines, from: day(-30), nominal, weeks, anchor: day(0) } });
      const ill = await sick(7);
      const cover = await call(ill.id, 7, [ines]);
      const mine = (await instructor("covers.list", { query: { states: ["asking"] } })).items;
      assert.deepEqual(
        mine.map(({ id, mine: own, people }) => [id, own!.state, people.length]),
        [[cover.id, "asked", 0]],
      );
      const member = await school.server.signedIn(MEMBER);
      assert.equal((await refusalOf(member("covers.read", { params: { id: cover.id } }))).status, 404);
      const asked = await refusalOf(member("covers.answer", { params: { id: cover.id }, body: { says: "yes" } }));
      assert.equal(asked.code, "workforce/not-asked");
      assert.equal(
        (await instructor("covers.answer", { params: { id: cover.id }, body: { says: "no" } })).mine!.state,
        "no",
      );
      assert.equal((await read(cover.id)).state, "nobody");
      const again = await call(ill.id, 7, [ines]);
      assert.equal((await refusalOf(instructor("covers.cancel", { params: { id: again.id } }))).status, 404);
      await owner("covers.cancel", { params: { id: again.id } });
      assert.equal((await look(again.id, ines)).state, "cancelled");
      const third = await call(ill.id, 7, [ines]);
      const [last] = (await owner("requests.mine", {})).undo;
      assert.equal(last!.summary, "Asked for cover");
      await owner("requests.undo", { params: { id: last!.id } });
      assert.equal((await read(third.id)).state, "cancelled");
    });

    test("a yes is not undone: who manages gives the shift to somebody else", async () => {
      const mara = (await owner("me.read", {})).personId;
      const nominal = { minutes: 480, per: "week" as const };
      const weeks = [[{ weekday: 5, ...EARLY }]];
      await owner("contracts.create", { body: { personId: mara, from: day(-30), nominal, weeks, anchor: day(0) } });
      const ill = await sick(10);
      const cover = await call(ill.id, 10, [mara]);
      assert.equal(
        (await owner("covers.answer", { params: { id: cover.id }, body: { says: "yes" } })).state,
        "covered",
      );
      const [last] = (await owner("requests.mine", {})).undo;
      const refused = await refusalOf(owner("requests.undo", { params: { id: last!.id } }));
      assert.equal(refused.status, 409);
      assert.deepEqual([(await read(cover.id)).state, (await worked(mara, 10)).length], ["covered", 1]);
    });

    test("a link is none for whoever guesses, and is over some days after the shift", async () => {
      assert.equal((await refusalOf(stranger("asked.read", { params: { token: "A".repeat(32) } }))).status, 404);
      assert.equal((await refusalOf(stranger("asked.read", { params: { token: "short" } }))).status, 400);
      const ill = await sick(8);
      const ann = await hired();
      const cover = await call(ill.id, 8, [ann.id], { how: "at-once", minutesEach: 1_440 });
      assert.equal((await look(cover.id, ann.id)).state, "open");
      school.turned.aheadMs += 40 * 1_440 * MINUTE_MS;
      owner = await school.server.signedIn(COORDINATOR);
      await eventually(
        "it is over",
        () => read(cover.id),
        ({ state }) => state !== "asking",
      );
      assert.equal((await refusalOf(look(cover.id, ann.id))).status, 404);
    });
  });
}
