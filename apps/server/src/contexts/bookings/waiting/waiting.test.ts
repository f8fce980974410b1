// Strategy: on both databases people wait, time is freed, and through HTTP it is looked who is offered what: in turn, in time, by
// two processes at once, and after the clock jumped.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Client } from "@hourwright/client";
import { becomes, eventually } from "../../../testing/eventually.ts";
import { at as moment, databases, keyOf, monday, openSchool, text, type School } from "../../../testing/school.ts";
import { COORDINATOR, INSTRUCTOR, refusalOf, type TestServer } from "../../../testing/server.ts";
import { offerNext } from "./commands.ts";
import { groupOf } from "./decide.ts";
import type { Wanted } from "./model.ts";

/** Longer than the offer of the test, and shorter than a sign-in. */
const JUMP_MS = 12 * 60_000;
/** Who waits at once in the race, and for how many times. */
const RACERS = 8;
const FREED = 4;

for (const kind of databases) {
  describe(`the waiting list, on ${kind.name}`, { skip: kind.skip }, () => {
    let school: School;
    let server: TestServer;
    let owner: Client;
    let customer: Client;
    let slug = 0;
    const at = (hour: string, days = 0) => text(moment(hour, days));

    before(async () => {
      school = await openSchool(kind, { who: "waiting-school" });
      ({ owner, customer, server } = school);
    });
    after(() => school[Symbol.asyncDispose]());

    /** A service of one teacher of its own, which can be booked on that Monday from nine on, so many times. */
    async function offered(times: number, more: object = {}) {
      const person = await owner("people.create", { body: { name: `Teacher ${++slug}` } });
      const service = await owner("services.create", {
        body: {
          name: "Piano lesson",
          slug: `piano-${slug}`,
          lengths: [60],
          raster: { everyMinutes: 60, from: "midnight" },
          cancelUntilMinutes: 0,
          hours: [{ weekday: 1, opens: "09:00", closes: `${9 + times}:00` }],
          roles: [{ name: "Teacher", anyOf: [person.id] }],
          ...more,
        },
      });
      const query = { from: at("00:00"), to: at("23:00") };
      const starts = await eventually("times are offered", async () => {
        const { items } = await customer("services.slots", { params: { id: service.id }, query });
        return items.length === times ? items.map((slot) => slot.start) : null;
      });
      return { service, starts };
    }
    const person = (name: string) => ({ name, email: `${name.toLowerCase()}${slug}@example.org` });
    async function book(serviceId: string, start: string, name = "Early") {
      const held = await customer("holds.create", { body: { serviceId, start } });
      const body = { holdId: held.id, key: held.key, customer: person(name) };
      const booking = await customer("bookings.create", { body });
      return { id: booking.id, key: held.key };
    }
    const context = () => ({
      organisation: 1,
      actor: { kind: "system", userId: null, personId: null, label: "Test" } as const,
      operation: "bookings.waiting",
      requestId: "req_test",
    });
    const cancel = ({ id, key }: { id: string; key: string }) =>
      customer("bookings.cancel", { params: { id }, body: { key } });
    const wait = (serviceId: string, name: string, more: object = {}) =>
      customer("waitingList.create", {
        body: {
          serviceId,
          firstDay: monday.toString(),
          lastDay: monday.toString(),
          customer: person(name),
          ...more,
        },
      });
    type Waiting = Awaited<ReturnType<typeof wait>>;
    const read = (wish: Waiting) =>
      customer("waitingList.read", { params: { id: wish.id }, query: { key: keyOf(wish) } });
    const offerTo = (wish: Waiting) =>
      eventually(`an offer to ${wish.customer?.name}`, async () => (await read(wish)).offer);
    const pass = (wish: Waiting) =>
      customer("waitingList.pass", { params: { id: wish.id }, body: { key: keyOf(wish) } });

    test("offers what a cancellation frees to who waited longest, and books it by their link", async () => {
      const { service, starts } = await offered(1);
      const booking = await book(service.id, starts[0]!);
      const [ada, ben] = [await wait(service.id, "Ada"), await wait(service.id, "Ben")];
      assert.deepEqual([ada.state, ada.place, (await read(ben)).place], ["waiting", 1, 2]);
      await cancel(booking);
      const offer = await offerTo(ada);
      assert.equal(Temporal.Instant.compare(offer.start, starts[0]!), 0);
      assert.equal((await read(ben)).state, "waiting");
      const taken = await refusalOf(customer("holds.create", { body: { serviceId: service.id, start: starts[0]! } }));
      assert.equal(taken.code, "bookings/slot-taken", "what is offered is held");
      const held = await customer("bookings.read", { params: { id: offer.holdId }, query: { key: offer.key } });
      assert.deepEqual(held.customer?.name, "Ada", "the page knows whose details they are");
      const booked = await customer("bookings.create", {
        body: { holdId: offer.holdId, key: offer.key, customer: person("Ada") },
      });
      const now = await read(ada);
      assert.deepEqual([now.state, now.booking?.id, now.offer, now.place], ["booked", booked.id, null, null]);
      assert.equal((await read(ben)).place, 1);
    });

    test("offers what is let pass to the next at once, and never again to who let it pass", async () => {
      const { service, starts } = await offered(1);
      const booking = await book(service.id, starts[0]!);
      const [ada, ben] = [await wait(service.id, "Ada"), await wait(service.id, "Ben")];
      await cancel(booking);
      const first = await offerTo(ada);
      const after = await pass(ada);
      assert.deepEqual([after.state, after.passed, after.offer], ["waiting", 1, null]);
      assert.ok(
        after.place === 2 || (await read(ben)).state === "offered",
        "Ben comes first, and waits no more once he has an offer",
      );
      const second = await offerTo(ben);
      assert.equal(second.start, first.start);
      // Giving the hold back on the page of the booking is the same.
      await customer("holds.remove", { params: { id: second.holdId }, query: { key: second.key } });
      await becomes(async () => (await read(ben)).passed, 1);
      const { items } = await customer("services.slots", {
        params: { id: service.id },
        query: { from: at("00:00"), to: at("23:00") },
      });
      assert.equal(items.length, 1, "nobody is left who has not let it pass: it is free for everybody");
      assert.equal((await refusalOf(pass(ben))).code, "bookings/wrong-state");
    });

    test("ends an offer that nobody answers by its stored time, and offers the next", async () => {
      const { service, starts } = await offered(1, { offerMinutes: 10 });
      const booking = await book(service.id, starts[0]!);
      const [ada, ben] = [await wait(service.id, "Ada"), await wait(service.id, "Ben")];
      await cancel(booking);
      const offer = await offerTo(ada);
      school.turned.aheadMs += JUMP_MS;
      try {
        const late = await refusalOf(
          customer("bookings.create", {
            body: { holdId: offer.holdId, key: offer.key, customer: person("Ada") },
          }),
        );
        assert.equal(late.code, "bookings/hold-over");
        assert.equal((await read(ada)).offer, null, "it is over before anybody sweeps");
        await owner("people.create", { body: { name: "Somebody" } }); // Any change makes it look.
        assert.equal(Temporal.Instant.compare((await offerTo(ben)).start, starts[0]!), 0);
      } finally {
        school.turned.aheadMs -= JUMP_MS;
      }
      // The clock is back: the offer stands until its time, and nothing is offered twice.
      assert.equal((await read(ada)).state, "waiting");
      assert.equal((await read(ben)).state, "offered");
    });

    test("brings no offer back when the clock is set back, though nobody had swept it before its time went to the next", async () => {
      const { service, starts } = await offered(1, { offerMinutes: 10 });
      const booking = await book(service.id, starts[0]!);
      const [ada, ben] = [await wait(service.id, "Ada"), await wait(service.id, "Ben")];
      await cancel(booking);
      const { holdId, key } = await offerTo(ada);
      const startMs = Temporal.Instant.from(starts[0]!).epochMilliseconds;
      const group = groupOf({ minutes: 60, choose: [], places: 1 } as unknown as Wanted);
      school.turned.aheadMs += JUMP_MS;
      try {
        const made = await server.application.database.inOrganisation(context(), (unit) =>
          offerNext(unit, service.id, new Map([[group, [startMs]]])),
        );
        assert.ok(made !== null && !("refused" in made) && made.id === ben.id);
      } finally {
        school.turned.aheadMs -= JUMP_MS;
      }
      assert.deepEqual([(await read(ada)).state, (await read(ada)).offer], ["waiting", null]);
      assert.equal(
        (await refusalOf(customer("bookings.read", { params: { id: holdId }, query: { key } }))).status,
        404,
      );
      assert.equal((await read(ben)).state, "offered");
    });

    test("brings no offer back whose time somebody booked while the clock was ahead", async () => {
      const { service, starts } = await offered(1, { offerMinutes: 10, noticeMinutes: 0 });
      const booking = await book(service.id, starts[0]!);
      const ada = await wait(service.id, "Ada");
      await cancel(booking);
      const offer = await offerTo(ada);
      school.turned.aheadMs += JUMP_MS;
      try {
        await book(service.id, starts[0]!, "Quick");
      } finally {
        school.turned.aheadMs -= JUMP_MS;
      }
      assert.equal((await read(ada)).offer, null);
      const body = { holdId: offer.holdId, key: offer.key, customer: person("Ada") };
      assert.equal((await refusalOf(customer("bookings.create", { body }))).code, "bookings/hold-over");
    });

    test("offers only what suits: days, hours, and what the service can still be", async () => {
      const { service, starts } = await offered(3);
      const bookings = [];
      for (const each of starts) bookings.push(await book(service.id, each));
      const ada = await wait(service.id, "Ada", { fromMinute: 11 * 60, toMinute: 12 * 60 });
      await cancel(bookings[0]!);
      const ben = await wait(service.id, "Ben");
      assert.equal(Temporal.Instant.compare((await offerTo(ben)).start, starts[0]!), 0);
      assert.equal((await read(ada)).state, "waiting");
      await cancel(bookings[2]!);
      assert.equal(Temporal.Instant.compare((await offerTo(ada)).start, starts[2]!), 0);
    });

    test("refuses what cannot be waited for, and more than a list holds of one customer", async () => {
      const { service, starts } = await offered(1);
      await book(service.id, starts[0]!);
      const code = async (more: object) => (await refusalOf(wait(service.id, "Ada", more))).code;
      assert.equal(await code({ lastDay: "2020-01-01", firstDay: "2020-01-01" }), "bookings/wish-invalid");
      assert.equal(await code({ minutes: 45 }), "bookings/length-unknown");
      assert.equal(await code({ places: 2 }), "bookings/not-offered");
      assert.equal(await code({ fromMinute: 600, toMinute: 600 }), "request/invalid");
      for (let i = 0; i < 5; i++) await wait(service.id, "Ada");
      assert.equal(await code({}), "bookings/waiting-full");
      await wait(service.id, "Ben");
    });

    test("tells nobody without the key or the right, and writes nobody's name into the log", async () => {
      const { service, starts } = await offered(1);
      await book(service.id, starts[0]!);
      const ada = await wait(service.id, "Adelheid");
      const params = { id: ada.id };
      assert.equal((await refusalOf(customer("waitingList.read", { params }))).status, 404);
      assert.equal((await refusalOf(customer("waitingList.read", { params, query: { key: "no" } }))).status, 404);
      assert.equal((await refusalOf(customer("waitingList.remove", { params }))).status, 404);
      const member = await server.signedIn(INSTRUCTOR);
      assert.equal((await refusalOf(member("waitingList.list", {}))).status, 403);
      assert.equal((await refusalOf(member("waitingList.read", { params }))).status, 404);
      const { items } = await owner("waitingList.list", { query: { serviceId: service.id } });
      assert.deepEqual(
        items.map((each) => each.customer?.name),
        ["Adelheid"],
      );
      const log = JSON.stringify(await owner("changes.list", { query: { limit: 1_000 } }));
      assert.equal(log.includes("Adelheid"), false);
    });

    test("lets the owner offer out of turn, take somebody off, and undo both", async () => {
      const { service, starts } = await offered(1);
      const booking = await book(service.id, starts[0]!);
      const [ada, ben] = [await wait(service.id, "Ada"), await wait(service.id, "Ben", { weekdays: [7] })];
      const offer = (wish: Waiting) =>
        owner("waitingList.offer", { params: { id: wish.id }, body: { start: starts[0]! } });
      assert.equal((await refusalOf(offer(ben))).code, "bookings/slot-taken");
      await owner("waitingList.remove", { params: { id: ada.id } });
      assert.equal((await read(ada)).state, "withdrawn");
      await cancel(booking);
      assert.equal((await offer(ben)).state, "offered");
      assert.equal((await refusalOf(offer(ben))).code, "bookings/wrong-state");
      const { undo } = await owner("requests.mine", {});
      assert.equal(undo[0]!.summary, "Offered a time to somebody who waits");
      await owner("requests.undo", { params: { id: undo[0]!.id } });
      assert.deepEqual([(await read(ben)).state, (await read(ben)).passed], ["waiting", 0]);
      await owner("requests.undo", { params: { id: undo[1]!.id } });
      assert.equal(Temporal.Instant.compare((await offerTo(ada)).start, starts[0]!), 0);
      await customer("waitingList.remove", { params: { id: ada.id }, query: { key: keyOf(ada) } });
      assert.equal((await read(ada)).state, "withdrawn");
    });

    test("forgets who waits with the customer", async () => {
      const { service, starts } = await offered(1);
      await book(service.id, starts[0]!);
      const ada = await wait(service.id, "Ada");
      const { items } = await owner("customers.list", { query: { limit: 1 } });
      await owner("customers.forget", { params: { id: items[0]!.id } });
      assert.equal((await refusalOf(read(ada))).status, 404);
    });

    test("offers no time twice and nobody two, whoever looks at the same moment", async () => {
      const second = await school.second();
      try {
        const { service, starts } = await offered(FREED);
        const bookings = [];
        for (const each of starts) bookings.push(await book(service.id, each));
        const wishes = [];
        for (let i = 0; i < RACERS; i++) wishes.push(await wait(service.id, `Racer${i}`));
        const again = await wait(service.id, "Racer0");
        const other = second === null ? owner : await second.signedIn(COORDINATOR);
        await Promise.all([
          ...bookings.map(cancel),
          ...wishes.map((wish, i) =>
            other("waitingList.offer", { params: { id: wish.id }, body: { start: starts[i % FREED]! } }).catch(
              () => null,
            ),
          ),
        ]);
        const list = async () => (await owner("waitingList.list", { query: { serviceId: service.id } })).items;
        const running = await eventually("all are offered", async () => {
          const items = (await list()).filter(({ offer }) => offer !== null);
          return items.length >= FREED ? items : null;
        });
        assert.equal(running.length, FREED);
        assert.equal(new Set(running.map(({ offer }) => offer!.start)).size, FREED, "no time is offered twice");
        assert.equal(new Set(running.map((each) => each.customer!.email)).size, FREED, "nobody is offered two");
        assert.ok((await read(again)).state === "waiting" || (await read(wishes[0]!)).state === "waiting");
      } finally {
        await second?.[Symbol.asyncDispose]();
      }
    });
  });
}
