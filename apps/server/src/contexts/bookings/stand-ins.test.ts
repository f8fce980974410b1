// Strategy: on both databases customers book over HTTP, somebody falls ill, and what is planned, applied, chosen and undone is read back.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Client } from "@hourwright/client";
import { systemClock } from "../../platform/clock.ts";
import { eventually } from "../../testing/eventually.ts";
import { at, databases, keyOf, monday, openSchool, text, type School } from "../../testing/school.ts";
import { refusalOf } from "../../testing/server.ts";

for (const kind of databases) {
  describe(`somebody is away, on ${kind.name}`, { skip: kind.skip }, () => {
    let place: School;
    let owner: Client;
    let customer: Client;

    before(async () => {
      place = await openSchool(kind, { who: "stand-in-school" });
      ({ owner, customer } = place);
      // Whichever day the tests run on, no holiday is between the dates.
      await owner("availability.putLayers", { params: { id: "organisation" }, body: { layers: [] } });
    });
    after(() => place[Symbol.asyncDispose]());

    let count = 0;
    /** A school of its own for each test: so many instructors, and a service of theirs. */
    async function school(instructors: number, more: object = {}, places = 1) {
      const people: string[] = [];
      for (let i = 0; i < instructors; i++)
        people.push((await owner("people.create", { body: { name: `Instructor ${++count}` } })).id);
      const service = await owner("services.create", {
        body: {
          name: "Driving lesson",
          slug: `ill-${++count}`,
          lengths: [60],
          cancelUntilMinutes: 2_880,
          windowDays: 400,
          hours: [1, 2, 3, 4, 5].map((weekday) => ({ weekday, opens: "09:00", closes: "12:00" })),
          places,
          roles: [{ name: "Instructor", anyOf: people, assign: places === 1 ? "customer" : "fair" }],
          ...more,
        },
      });
      const query = { from: text(at("00:00")), to: text(at("00:00", 5)), choose: people.slice(0, 1) };
      await eventually("everybody is offered", async () => {
        const all = await Promise.all(
          people.map((id) =>
            customer("services.slots", { params: { id: service.id }, query: { ...query, choose: [id] } }),
          ),
        );
        return all.every(({ items }) => items.length > 20);
      });
      return { service, people };
    }
    async function book(serviceId: string, start: Temporal.ZonedDateTime, choose: string[] = [], more: object = {}) {
      const held = await customer("holds.create", { body: { serviceId, start: text(start), choose } });
      const body = {
        holdId: held.id,
        key: held.key,
        customer: { name: `Ada ${++count}`, email: `ada${count}@example.org` },
        ...more,
      };
      return customer("bookings.create", { body });
    }
    const away = (subjectId: string, more: object = {}) =>
      owner("bookings.standIns", {
        body: { subjectId, from: monday.toString(), until: monday.toString(), reason: "private matter", ...more },
      });
    type Plan = Awaited<ReturnType<typeof away>>;
    /** As it was planned. */
    const rowsOf = (plan: Plan) =>
      plan.rows.map((row) => ({
        sessionId: row.sessionId,
        deed: row.deed === "none" ? ("leave" as const) : row.deed,
        standInId: row.standIn?.id ?? null,
        times: row.times.map(({ start }) => start),
        versions: row.bookings.map(({ id, version }) => ({ id, version })),
      }));
    const read = ({ id, link }: { id: string; link: string }) =>
      customer("bookings.read", { params: { id }, query: { key: keyOf({ link }) } });
    const whoHas = async (booking: { id: string; link: string }) => (await read(booking)).subjects.map(({ id }) => id);
    const layersOf = async (id: string) => (await owner("availability.layers", { params: { id } })).layers;
    const lastRequest = async () => (await owner("requests.mine", {})).undo[0]!;

    test("each stays at its time with another; the act enters the time off, and is undone in one step", async () => {
      const { service, people } = await school(2);
      const [ill, well] = people as [string, string];
      const one = await book(service.id, at("09:00"), [ill]);
      const two = await book(service.id, at("10:00"), [ill]);
      const plan = await away(ill);
      assert.deepEqual(
        plan.rows.map(({ deed, standIn }) => [deed, standIn?.id]),
        [
          ["stand-in", well],
          ["stand-in", well],
        ],
      );
      assert.deepEqual(await whoHas(one), [ill], "a plan changes nothing");
      const done = await away(ill, { apply: true, rows: rowsOf(plan) });
      assert.equal(done.isApplied, true);
      assert.deepEqual([await whoHas(one), await whoHas(two)], [[well], [well]]);
      assert.deepEqual(
        (await layersOf(ill)).map(({ kind }) => kind),
        ["away"],
      );
      assert.deepEqual((await away(ill)).rows, [], "nothing is left of them");
      const { id: requestId, summary } = await lastRequest();
      assert.equal(summary, "Found other people or times for bookings");
      await owner("requests.undo", { params: { id: requestId } });
      assert.deepEqual([await whoHas(one), await whoHas(two)], [[ill], [ill]]);
      assert.deepEqual(await layersOf(ill), []);
      // Their open time comes back a moment later.
      const query = { from: text(at("00:00")), to: text(at("00:00", 1)), choose: [ill] };
      const free = await eventually("something is free", async () => {
        const { items } = await customer("services.slots", { params: { id: service.id }, query });
        return items.length === 0 ? null : items.map(({ start }) => start.slice(11, 16));
      });
      assert.deepEqual(free, ["11:00"], "the time of both is taken again");
    });

    test("where nobody is free, three times are offered: the customer chooses one without a deadline", async () => {
      const { service, people } = await school(1);
      const booking = await book(service.id, at("10:00"));
      const plan = await away(people[0]!);
      assert.deepEqual(
        plan.rows[0]!.times.map(({ start }) => start),
        ["09:00", "09:30", "10:00"].map((hour) => text(at(hour, 1))),
      );
      await away(people[0]!, { apply: true, rows: rowsOf(plan) });
      const offered = await read(booking);
      assert.equal(offered.start, booking.start, "it stays as it is until they choose");
      assert.equal(offered.offer?.isOpen, true);
      assert.ok(Temporal.Instant.compare(offered.offer.until, booking.start) < 0);
      const waiting = await owner("bookings.list", { query: { needsTime: true, serviceId: service.id } });
      assert.deepEqual(
        waiting.items.map(({ id }) => id),
        [booking.id],
      );
      const key = keyOf(booking);
      const other = customer("bookings.choose", {
        params: { id: booking.id },
        body: { key, start: text(at("09:00", 2)) },
      });
      assert.equal((await refusalOf(other)).code, "bookings/not-offered");
      const forged = customer("bookings.choose", {
        params: { id: booking.id },
        body: { key: "x", start: text(at("09:00", 1)) },
      });
      assert.equal((await refusalOf(forged)).code, "request/not-found");
      const start = text(at("10:00", 1));
      const chosen = await customer("bookings.choose", { params: { id: booking.id }, body: { key, start } });
      assert.deepEqual([chosen.start, chosen.offer, chosen.state], [start, null, "confirmed"]);
      assert.equal(
        (await owner("bookings.list", { query: { needsTime: true, serviceId: service.id } })).items.length,
        0,
      );
      assert.equal(
        (
          await owner("bookings.standIns", {
            body: { subjectId: people[0]!, from: monday.toString(), until: monday.toString() },
          })
        ).rows.length,
        0,
      );
    });

    test("an offer ends before what it stands for begins, and can be undone before", async () => {
      const { service, people } = await school(1);
      const booking = await book(service.id, at("10:00"));
      await away(people[0]!, { apply: true, rows: rowsOf(await away(people[0]!)) });
      const { offer } = await read(booking);
      const { id: requestId } = await lastRequest();
      try {
        place.turned.aheadMs = Temporal.Instant.from(offer!.until).epochMilliseconds - systemClock.nowMs();
        const late = customer("bookings.choose", {
          params: { id: booking.id },
          body: { key: keyOf(booking), start: offer!.times[0]!.start },
        });
        assert.equal((await refusalOf(late)).code, "bookings/too-late");
        assert.equal((await read(booking)).offer!.isOpen, false, "the owner still sees that nobody has answered");
      } finally {
        place.turned.aheadMs = 0;
      }
      await owner("requests.undo", { params: { id: requestId } });
      assert.equal((await read(booking)).offer, null);
    });

    test("those who share a class move together", async () => {
      const { service, people } = await school(2, {}, 4);
      const both = [await book(service.id, at("09:00")), await book(service.id, at("09:00"))];
      const [teacher] = await whoHas(both[0]!);
      const plan = await away(teacher!);
      assert.equal(plan.rows.length, 1);
      assert.equal(plan.rows[0]!.bookings.length, 2);
      await away(teacher!, { apply: true, rows: rowsOf(plan) });
      const other = people.filter((id) => id !== teacher);
      assert.deepEqual([await whoHas(both[0]!), await whoHas(both[1]!)], [other, other]);
      await owner("requests.undo", { params: { id: (await lastRequest()).id } });
      assert.deepEqual([await whoHas(both[0]!), await whoHas(both[1]!)], [[teacher], [teacher]]);
    });

    test("a plan that does not hold any more changes nothing, and what changed is named", async () => {
      const { service, people } = await school(2);
      const [ill, well] = people as [string, string];
      const one = await book(service.id, at("09:00"), [ill]);
      const plan = rowsOf(await away(ill));
      await book(service.id, at("09:00"), [well]);
      const taken = await refusalOf(away(ill, { apply: true, rows: plan }));
      assert.equal(taken.code, "bookings/plan-stale");
      assert.deepEqual(
        (taken["changed"] as { what: string }[]).map(({ what }) => what),
        ["taken"],
      );
      assert.deepEqual(await layersOf(ill), [], "nothing of it stays");
      const two = await book(service.id, at("10:00"), [ill]);
      await owner("bookings.cancel", { params: { id: one.id }, body: {} });
      const changed = (await refusalOf(away(ill, { apply: true, rows: plan })))["changed"] as {
        what: string;
        sessionId: string;
      }[];
      assert.deepEqual(
        new Map(changed.map(({ sessionId, what }) => [sessionId, what])),
        new Map([
          [two.id, "booked"],
          [one.id, "gone"],
        ]),
      );
    });

    test("against who books the stand-in meanwhile, one of both wins and nobody is taken twice", async () => {
      const { service, people } = await school(2);
      const [ill, well] = people as [string, string];
      for (const day of [1, 2, 3, 4]) {
        const mine = await book(service.id, at("09:00", day), [ill]);
        const on = { from: monday.add({ days: day }).toString(), until: monday.add({ days: day }).toString() };
        const plan = await away(ill, on);
        const [applied, held] = await Promise.allSettled([
          away(ill, { ...on, apply: true, rows: rowsOf(plan) }),
          book(service.id, at("09:00", day), [well]),
        ]);
        assert.notEqual(applied.status, held.status, "one of both");
        assert.deepEqual(await whoHas(mine), [applied.status === "fulfilled" ? well : ill]);
      }
    });

    test("who was just about to book them is told to choose again", async () => {
      const { service, people } = await school(2);
      const body = { serviceId: service.id, start: text(at("11:00")), choose: [people[0]!] };
      const held = await customer("holds.create", { body });
      await away(people[0]!, { apply: true, rows: rowsOf(await away(people[0]!)) });
      const late = customer("bookings.create", {
        body: { holdId: held.id, key: held.key, customer: { name: "Ada", email: "late@example.org" } },
      });
      assert.ok(["bookings/hold-over", "request/not-found"].includes((await refusalOf(late)).code));
    });

    test("days that end before they begin, and who is not here, are refused", async () => {
      const { people } = await school(1);
      const back = away(people[0]!, { from: "2027-03-02", until: "2027-03-01" });
      assert.equal((await refusalOf(back)).code, "bookings/window-invalid");
      assert.equal((await refusalOf(away("per_01J8Z3K4M5N6P7Q8R9S0T1V2W3"))).code, "request/not-found");
    });
  });
}
