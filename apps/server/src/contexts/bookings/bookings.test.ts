// Strategy: on both databases somebody without an account books what an organisation offers, and those who offer it see it;
// everything comes through HTTP, as it would from a page.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Client } from "@hourwright/client";
import { systemClock } from "../../platform/clock.ts";
import { becomes, eventually } from "../../testing/eventually.ts";
import {
  at,
  databases,
  keyOf,
  monday,
  openSchool,
  text,
  withoutHolidays,
  ZONE,
  type School,
} from "../../testing/school.ts";
import { INSTRUCTOR, refusalOf } from "../../testing/server.ts";

for (const kind of databases) {
  describe(`booking without an account, on ${kind.name}`, { skip: kind.skip }, () => {
    let school: School;
    let owner: Client;
    let customer: Client;
    const people: string[] = [];
    let car = "";

    before(async () => {
      school = await openSchool(kind, { who: "larkfield-school" });
      ({ owner, customer } = school);
      for (const name of ["Petra", "Radek"]) people.push((await owner("people.create", { body: { name } })).id);
      car = (await owner("resources.create", { body: { name: "Learner car", kind: "vehicle" } })).id;
      await withoutHolidays(owner);
    });
    after(() => school[Symbol.asyncDispose]());

    let slug = 0;
    /** A service of the two and the car, as a driving school offers it; ready when everybody's hours are handed in. */
    async function offer(more: object = {}) {
      const service = await owner("services.create", {
        body: {
          name: "Driving lesson",
          slug: `lesson-${++slug}`,
          lengths: [60],
          bufferAfterMinutes: 15,
          cancelUntilMinutes: 60,
          hours: [1, 2, 3, 4, 5].map((weekday) => ({ weekday, opens: "09:00", closes: "16:00" })),
          roles: [
            { name: "Instructor", anyOf: people },
            { name: "Car", anyOf: [car] },
          ],
          ...more,
        },
      });
      await eventually("something is offered", async () => (await slots(service.id))[0]);
      return service;
    }
    const slots = async (id: string, days = 0, more: object = {}) => {
      const query = { from: text(at("00:00", days)), to: text(at("00:00", days + 1)), ...more };
      return (await customer("services.slots", { params: { id }, query })).items;
    };
    const hours = (list: readonly { start: string }[]) => list.map(({ start }) => start.slice(11, 16));
    const hold = (serviceId: string, start: Temporal.ZonedDateTime, more: object = {}) =>
      customer("holds.create", { body: { serviceId, start: text(start), ...more } });
    const book = (held: { id: string; key: string }, more: object = {}) =>
      customer("bookings.create", {
        body: { holdId: held.id, key: held.key, customer: { name: "Ada Learner", email: "ada@example.org" }, ...more },
      });

    test("offers what is free, holds it for its details, and books it", async () => {
      const service = await offer();
      const free = hours(await slots(service.id));
      assert.deepEqual([free[0], free.at(-1), free.length], ["09:00", "15:00", 13]);
      const held = await hold(service.id, at("10:00"));
      assert.equal(Temporal.Instant.compare(held.start, text(at("10:00"))), 0);
      assert.equal(held.subjects.length, 2);
      // One car: what touches the lesson and its buffer, on both sides, is not offered.
      assert.deepEqual(hours(await slots(service.id)).slice(0, 3), ["11:30", "12:00", "12:30"]);
      const booking = await book(held);
      assert.deepEqual(
        [booking.state, booking.customer?.email, booking.isMailed],
        ["confirmed", "ada@example.org", false],
      );
      assert.equal((await book(held)).id, booking.id, "the same again is the same booking");
      const read = await customer("bookings.read", { params: { id: booking.id }, query: { key: keyOf(booking) } });
      assert.equal(read.start, booking.start);
      const { items } = await owner("bookings.list", { query: { serviceId: service.id } });
      assert.deepEqual(
        items.map(({ id }) => id),
        [booking.id],
      );
      await owner("bookings.cancel", { params: { id: booking.id }, body: {} });
      await owner("services.update", { params: { id: service.id }, body: { isOpen: false } });
    });

    test("offers nothing of what was taken away, neither to hold nor to move to; what is held of it is booked", async () => {
      const rooms = [];
      for (const name of ["Old room", "New room"])
        rooms.push((await owner("resources.create", { body: { name, kind: "room" } })).id);
      const [old, other] = rooms as [string, string];
      const service = await offer({ roles: [{ name: "Room", anyOf: [old] }] });
      const held = await hold(service.id, at("10:00"));
      await owner("resources.remove", { params: { id: old } });
      assert.deepEqual(await slots(service.id), []);
      assert.equal((await refusalOf(hold(service.id, at("13:00")))).code, "bookings/not-offered");
      const { items } = await owner("services.list", {});
      assert.ok(items.some(({ id }) => id === service.id));
      const why = await owner("services.why", { params: { id: service.id }, query: { at: text(at("13:00")) } });
      assert.ok(!why.isOffered && why.reasons.length > 0);
      const booking = await book(held);
      assert.equal(booking.state, "confirmed");
      const move = (hour: string) =>
        customer("bookings.reschedule", {
          params: { id: booking.id },
          body: { key: keyOf(booking), start: text(at(hour)) },
        });
      assert.equal((await refusalOf(move("13:00"))).code, "bookings/not-offered");
      await owner("services.update", {
        params: { id: service.id },
        body: { roles: [{ name: "Room", anyOf: [other] }] },
      });
      assert.deepEqual(
        (await move("13:00")).subjects.map(({ name }) => name),
        ["New room"],
      );
      await owner("bookings.cancel", { params: { id: booking.id }, body: {} });
      await owner("services.update", { params: { id: service.id }, body: { isOpen: false } });
    });

    test("offers at each moment what is free then: when a hold ends, a start is too near, or a day has gone by", async () => {
      const today = Temporal.Now.plainDateISO(ZONE);
      const windowDays = today.until(monday.add({ days: 28 }), { largestUnit: "days" }).days - 1;
      const service = await offer({ noticeMinutes: 120, windowDays, holdMinutes: 5 });
      const free = async (days: number) => hours(await slots(service.id, days));
      const go = (moment: Temporal.ZonedDateTime) =>
        (school.turned.aheadMs = moment.epochMilliseconds - systemClock.nowMs());
      const before = await free(4);
      assert.deepEqual(await free(4), before, "asked again");
      await hold(service.id, at("10:00", 4));
      const held = await free(4);
      assert.ok(!held.includes("10:00") && held.length < before.length);
      try {
        school.turned.aheadMs = 301_000; // The hold has ended, and nobody has taken it away yet.
        assert.deepEqual(await free(4), before);
        assert.deepEqual(await free(28), []);
        go(today.add({ days: 1 }).toZonedDateTime({ timeZone: ZONE, plainTime: "00:01" }));
        assert.notDeepEqual(await free(28), [], "another day has begun");
        go(at("07:59", 4));
        assert.ok((await free(4)).includes("10:00"));
        go(at("08:01", 4));
        assert.ok(!(await free(4)).includes("10:00"), "less than two hours ahead");
      } finally {
        school.turned.aheadMs = 0;
      }
      await owner("services.update", { params: { id: service.id }, body: { isOpen: false } });
    });

    test("refuses what somebody was quicker to take, and names the nearest that are free", async () => {
      const service = await offer();
      const held = await hold(service.id, at("10:00", 1));
      const refused = await refusalOf(hold(service.id, at("10:30", 1)));
      assert.equal(refused.code, "bookings/slot-taken");
      const alternatives = refused["alternatives"] as { start: string }[];
      assert.deepEqual(
        alternatives.map(({ start }) => start.slice(11, 16)),
        ["11:30", "12:00", "12:30"],
      );
      const free = await customer("holds.remove", { params: { id: held.id }, query: { key: held.key } });
      assert.equal(free, null);
      await customer("holds.remove", {
        params: { id: (await hold(service.id, at("10:30", 1))).id },
        query: { key: held.key },
      }).catch(() => null);
      await owner("services.update", { params: { id: service.id }, body: { isOpen: false } });
    });

    test("names the nearest that are free within two weeks, however far the next open day is", async () => {
      const service = await offer({ hours: [{ weekday: 1, opens: "09:00", closes: "15:00" }], windowDays: 90 });
      const query = { from: text(at("00:00", -7)), to: text(at("00:00", 60)) };
      for (const [clock, days] of [
        ["09:15", 14],
        ["15:45", 14],
        ["23:30", 15],
        ["00:30", 17],
        ["08:00", 20],
      ] as const) {
        const { items } = await customer("services.slots", { params: { id: service.id }, query });
        const start = at(clock, days);
        const awayMs = (each: { start: string }) =>
          Temporal.Instant.from(each.start).epochMilliseconds - start.epochMilliseconds;
        const nearest = items
          .filter((each) => Math.abs(awayMs(each)) <= 14 * 86_400_000)
          .toSorted((one, other) => Math.abs(awayMs(one)) - Math.abs(awayMs(other)) || awayMs(one) - awayMs(other))
          .slice(0, 3)
          .toSorted((one, other) => awayMs(one) - awayMs(other));
        const refused = await refusalOf(hold(service.id, start));
        assert.equal(refused.code, "bookings/not-offered");
        assert.equal(nearest.length, 3);
        assert.deepEqual(refused["alternatives"], nearest, `${days} ${clock}`);
        await hold(service.id, Temporal.Instant.from(nearest[1]!.start).toZonedDateTimeISO(ZONE));
      }
      await owner("services.update", { params: { id: service.id }, body: { isOpen: false } });
    });

    test("gives each of many who race for one time to one of them alone", async () => {
      const service = await offer({ lengths: [45], bufferAfterMinutes: 0 });
      const wishes = Array.from({ length: 24 }, (_, i) => at(i % 2 === 0 ? "10:00" : "10:30", 2));
      const outcomes = await Promise.allSettled(wishes.map((start) => hold(service.id, start)));
      const won = outcomes.filter(({ status }) => status === "fulfilled");
      assert.equal(won.length, 1, "one car, and two times that overlap");
      for (const outcome of outcomes) {
        if (outcome.status === "fulfilled") continue;
        assert.equal((await refusalOf(Promise.reject(outcome.reason))).code, "bookings/slot-taken");
      }
      await owner("services.update", { params: { id: service.id }, body: { isOpen: false } });
    });

    test("holds once for one key, however often it is asked in the same moment", async () => {
      const service = await offer({ roles: [{ name: "Instructor", anyOf: people }], bufferAfterMinutes: 0 });
      const hours = ["09:00", "10:00", "11:00", "12:00"];
      const asked = Array.from({ length: 32 }, (_, i) => ({ start: at(hours[i % 4]!, 36), key: `key ${i % 4}` }));
      const ended = await Promise.allSettled(
        asked.map(({ start, key: idempotencyKey }) =>
          customer("holds.create", { body: { serviceId: service.id, start: text(start) }, idempotencyKey }),
        ),
      );
      const ids = ended.flatMap((each) => (each.status === "fulfilled" ? [each.value.id] : []));
      assert.equal(new Set(ids).size, 4);
      for (const each of ended)
        if (each.status === "rejected")
          assert.equal((await refusalOf(Promise.reject(each.reason))).code, "request/still-running");
      const { items } = await owner("bookings.list", { query: { serviceId: service.id } });
      assert.equal(items.length, 4);
      await owner("services.update", { params: { id: service.id }, body: { isOpen: false } });
    });

    test("keeps to its limit of a day, whoever asks for whatever hour in the same moment", async () => {
      const roles = [{ name: "Instructor", anyOf: people }];
      const service = await offer({ limitPerDay: 2, bufferAfterMinutes: 0, roles });
      const first = ["09:00", "10:00", "11:00", "12:00", "13:00", "14:00"];
      const tuesday = ["09:00", "10:00", "11:00"];
      const asked = [...first.map((hour) => at(hour, 35)), ...tuesday.map((hour) => at(hour, 37))];
      const ended = await Promise.allSettled(asked.map((start) => hold(service.id, start)));
      const held = ended.map(({ status }) => status === "fulfilled");
      assert.deepEqual(
        [held.slice(0, 6), held.slice(6)].map((of) => of.filter(Boolean).length),
        [2, 2],
      );
    });

    test("lets a hold end by its time, whoever comes in the same millisecond", async () => {
      const service = await offer({ holdMinutes: 5 });
      const held = await hold(service.id, at("09:00", 3));
      school.turned.aheadMs += 5 * 60_000;
      assert.equal((await refusalOf(book(held))).code, "bookings/hold-over");
      const other = await hold(service.id, at("09:00", 3));
      const [booked, late] = await Promise.allSettled([book(other), book(held)]);
      assert.equal(booked.status, "fulfilled");
      assert.equal(late.status, "rejected");
      await owner("services.update", { params: { id: service.id }, body: { isOpen: false } });
    });

    test("does not come back with the clock where others have booked its place of a class", async () => {
      const service = await offer({ places: 2, holdMinutes: 5, roles: [{ name: "Teacher", anyOf: [people[0]!] }] });
      const start = at("13:00", 38);
      await book(await hold(service.id, start));
      const late = await hold(service.id, start);
      school.turned.aheadMs += 301_000;
      await book(await hold(service.id, start));
      school.turned.aheadMs -= 301_000;
      assert.equal((await refusalOf(book(late))).code, "bookings/hold-over");
      await owner("services.update", { params: { id: service.id }, body: { isOpen: false } });
    });

    test("is moved by its customer's link as one change, and cancelled until the time agreed", async () => {
      const service = await offer();
      const booking = await book(await hold(service.id, at("09:00", 4)));
      const key = keyOf(booking);
      const params = { id: booking.id };
      const moved = await customer("bookings.reschedule", { params, body: { key, start: text(at("09:30", 4)) } });
      assert.equal(moved.start.slice(11, 16), "09:30");
      assert.equal(moved.previous?.start.slice(11, 16), "09:00");
      assert.ok(
        !hours(await slots(service.id, 4)).includes("09:00"),
        "its own time bars it from nothing, and others from it",
      );
      assert.equal(
        (await refusalOf(customer("bookings.cancel", { params, body: { key: "x".repeat(24) } }))).status,
        404,
      );
      assert.equal((await refusalOf(customer("bookings.read", { params, query: {} }))).status, 404);
      const file = String(await customer("bookings.calendar", { params, query: { key } }));
      assert.match(file, /DTSTART;TZID=Europe\/Prague:\d{8}T093000/);
      const cancelled = await customer("bookings.cancel", { params, body: { key, reason: "I am ill" } });
      assert.deepEqual([cancelled.state, cancelled.reason], ["cancelled", "I am ill"]);
      assert.ok(hours(await slots(service.id, 4)).includes("09:00"));
      assert.equal(
        (await refusalOf(customer("bookings.cancel", { params, body: { key } }))).code,
        "bookings/wrong-state",
      );
      await owner("services.update", { params: { id: service.id }, body: { isOpen: false } });
    });

    test("fills a class place by place, and takes its people once", async () => {
      const service = await offer({
        places: 3,
        roles: [{ name: "Teacher", anyOf: [people[0]!] }],
        bufferAfterMinutes: 0,
      });
      const start = at("13:00", 1);
      const first = await hold(service.id, start, { places: 2 });
      const slot = (await slots(service.id, 1)).find((each) => each.start.slice(11, 16) === "13:00");
      assert.equal(slot?.placesLeft, 1);
      const racing = await Promise.allSettled(Array.from({ length: 6 }, () => hold(service.id, start)));
      assert.equal(racing.filter(({ status }) => status === "fulfilled").length, 1);
      assert.equal((await book(first)).places, 2);
      assert.equal((await refusalOf(hold(service.id, start))).code, "bookings/slot-taken");
      await owner("services.update", { params: { id: service.id }, body: { isOpen: false } });
    });

    test("undo puts back who was taken, and leaves others of a session their time and their places", async () => {
      const service = await offer({ places: 3, roles: [{ name: "Instructor", anyOf: people }] });
      const beside = await offer({ roles: [{ name: "Both", anyOf: people, count: 2 }] });
      const read = (id: string) => owner("bookings.read", { params: { id }, query: {} });
      const move = (id: string, hour: string) =>
        owner.full("bookings.reschedule", { params: { id }, body: { start: text(at(hour, 15)) } });
      const undo = (done: { requestId: string | null }) => owner("requests.undo", { params: { id: done.requestId! } });
      const isTaken = async (hour: string) =>
        (await refusalOf(hold(beside.id, at(hour, 15)))).code === "bookings/slot-taken";
      const [early, late] = [
        await book(await hold(service.id, at("09:00", 15))),
        await book(await hold(service.id, at("12:00", 15))),
      ];
      await undo(await move(early.id, "12:00"));
      assert.equal((await read(early.id)).start, early.start);
      assert.deepEqual((await read(early.id)).subjects, early.subjects);
      assert.ok(await isTaken("12:00"), "whose session was joined keeps its time");
      assert.ok(await isTaken("09:00"));
      await owner("bookings.cancel", { params: { id: early.id }, body: {} });
      assert.ok(await isTaken("12:00"), "and stays when who had joined it cancels");

      const second = await book(await hold(service.id, at("12:00", 15)));
      await undo(await move(late.id, "14:00"));
      assert.equal((await read(late.id)).start, late.start, "back among the others of its session");
      assert.ok(!hours(await slots(beside.id, 15)).includes("12:00"));
      assert.ok(hours(await slots(beside.id, 15)).includes("14:00"));

      const gone = await owner.full("bookings.cancel", { params: { id: late.id }, body: {} });
      const rest = await book(await hold(service.id, at("12:00", 15), { places: 2 }));
      assert.equal((await refusalOf(undo(gone))).code, "bookings/slot-taken", "the session is full by now");
      assert.equal((await read(late.id)).state, "cancelled");
      for (const { id } of [second, rest]) await owner("bookings.cancel", { params: { id }, body: {} });

      const single = await offer({ roles: [{ name: "Instructor", anyOf: people, assign: "customer" }] });
      const chosen = await book(await hold(single.id, at("10:00", 15), { choose: [people[0]!] }));
      const other = await owner.full("bookings.reschedule", {
        params: { id: chosen.id },
        body: { start: text(at("10:00", 15)), choose: [people[1]!] },
      });
      assert.equal(other.value.subjects[0]!.id, people[1]);
      await undo(other);
      assert.equal((await read(chosen.id)).subjects[0]!.id, people[0]);
      const free = await book(await hold(single.id, at("10:00", 15), { choose: [people[1]!] }));
      for (const { id } of [chosen, free]) await owner("bookings.cancel", { params: { id }, body: {} });
      for (const { id } of [service, beside, single])
        await owner("services.update", { params: { id }, body: { isOpen: false } });
    });

    test("who joins a session in the moment in which its first leaves has its time, or is refused", async () => {
      const service = await offer({ places: 3, roles: [{ name: "Instructor", anyOf: [people[0]!] }] });
      const beside = await offer({ roles: [{ name: "Instructor", anyOf: [people[0]!] }] });
      for (let round = 0; round < 12; round++) {
        const first = await book(await hold(service.id, at("09:00", 16)));
        const joining = await book(await hold(service.id, at("12:00", 16)));
        const leave =
          round % 2 === 0
            ? owner("bookings.cancel", { params: { id: first.id }, body: {} })
            : owner("bookings.reschedule", { params: { id: first.id }, body: { start: text(at("14:00", 16)) } });
        const join = owner("bookings.reschedule", {
          params: { id: joining.id },
          body: { start: text(at("09:00", 16)) },
        });
        await Promise.allSettled([leave, join]);
        for (const { id } of [first, joining]) {
          const { state, start } = await owner("bookings.read", { params: { id }, query: {} });
          if (state !== "confirmed") continue;
          const { refused } = await hold(beside.id, Temporal.Instant.from(start).toZonedDateTimeISO(ZONE)).then(
            () => ({ refused: false }),
            () => ({ refused: true }),
          );
          assert.ok(refused, `round ${round}: what is booked at ${start} could be taken`);
        }
        for (const { id } of [first, joining])
          await owner("bookings.cancel", { params: { id }, body: {} }).catch(() => null);
      }
      for (const { id } of [service, beside])
        await owner("services.update", { params: { id }, body: { isOpen: false } });
    });

    test("keeps to what a customer may book within any so many days, by booking and by moving", async () => {
      const service = await offer({ limitPerCustomer: { count: 2, days: 7 }, windowDays: 90 });
      await eventually("the day is open", async () => (await slots(service.id, 29))[0]);
      const [first] = [
        await book(await hold(service.id, at("09:00", 21))),
        await book(await hold(service.id, at("09:00", 23))),
      ];
      const third = await hold(service.id, at("11:00", 25));
      assert.match((await refusalOf(book(third)))["detail"], /2 times within 7 days/);
      await customer("holds.remove", { params: { id: third.id }, query: { key: third.key } });
      // Six days after the second and eight after the first: no seven days hold all three.
      const later = await book(await hold(service.id, at("09:00", 29)));
      const moveTo = (client: Client, more: object) =>
        client("bookings.reschedule", { params: { id: later.id }, body: { start: text(at("11:00", 24)), ...more } });
      const refused = await refusalOf(moveTo(customer, { key: keyOf(later) }));
      assert.equal(refused.code, "bookings/not-offered");
      assert.match(refused["detail"], /2 times within 7 days/);
      const own = await customer("bookings.reschedule", {
        params: { id: first.id },
        body: { key: keyOf(first), start: text(at("11:00", 22)) },
      });
      assert.equal(own.start, text(at("11:00", 22)), "its own time counts for nothing when it is moved");
      assert.equal((await moveTo(owner, {})).start, text(at("11:00", 24)), "who offers it may do more");
      await owner("services.update", { params: { id: service.id }, body: { isOpen: false } });
    });

    test("asks for approval where it is wanted, and tells of what was said", async () => {
      const service = await offer({ needsApproval: true });
      const params = { id: (await book(await hold(service.id, at("14:00", 3)))).id };
      assert.equal((await owner("bookings.read", { params, query: {} })).state, "requested");
      const instructor = await school.server.signedIn(INSTRUCTOR);
      assert.equal((await refusalOf(instructor("bookings.approve", { params }))).status, 403);
      assert.equal(
        (await refusalOf(instructor("bookings.read", { params, query: {} }))).status,
        404,
        "it takes no time of theirs",
      );
      const done = await owner.full("bookings.decline", { params, body: { reason: "We are full" } });
      assert.deepEqual([done.value.state, done.value.reason], ["declined", "We are full"]);
      await owner("requests.undo", { params: { id: done.requestId! } });
      assert.equal((await owner("bookings.read", { params, query: {} })).state, "requested");
      assert.equal((await owner("bookings.approve", { params })).state, "confirmed");
      await owner("services.update", { params: { id: service.id }, body: { isOpen: false } });
    });

    test("says why there is no slot: nothing exactly where there is one", async () => {
      const service = await offer();
      const why = (moment: Temporal.ZonedDateTime) =>
        owner("services.why", { params: { id: service.id }, query: { at: text(moment) } });
      const offered = new Set(
        (await slots(service.id, 8)).map(({ start }) => Temporal.Instant.from(start).epochMilliseconds),
      );
      for (let minute = 8 * 60; minute < 17 * 60; minute += 15) {
        const moment = at("00:00", 8).add({ minutes: minute });
        const { isOffered, reasons, relaxation } = await why(moment);
        assert.equal(isOffered, offered.has(moment.epochMilliseconds), text(moment));
        assert.equal(reasons.length === 0, isOffered);
        if (!isOffered) assert.ok(relaxation !== null && relaxation.length > 0);
      }
      assert.match((await why(at("20:00", 8))).reasons.map(({ sentence }) => sentence).join(" "), /closed/);
      const day = at("00:00", 9).toPlainDate().toString();
      await owner("availability.putLayers", {
        params: { id: car },
        body: { layers: [{ kind: "away", start: day, end: day, reason: "brakes" }] },
      });
      const saidOf = async () => (await why(at("10:00", 9))).reasons.map(({ sentence }) => sentence).join(" ");
      await eventually("it says so", saidOf, (said) => said !== "");
      assert.match(await saidOf(), /Learner car is not open for all of that time – closed: away \(brakes\)\./);
      const lacking = (await why(at("10:00", 9))).reasons.flatMap(({ facts }) =>
        facts.kind === "subjects" ? facts.unable.flatMap(({ why: own }) => own) : [],
      );
      assert.deepEqual(
        lacking.map((each) => each.kind === "closed" && [each.because?.layer?.kind, each.because?.layer?.reason]),
        [["away", "brakes"]],
        "and what that is made of",
      );
      assert.deepEqual(await slots(service.id, 9), []);
      await owner("availability.putLayers", { params: { id: car }, body: { layers: [] } });
      await becomes(saidOf, "", "a thing that nobody says anything of is open again");
      await owner("services.update", { params: { id: service.id }, body: { isOpen: false } });
    });

    test("is seen among the events of everybody, takes their time, and is changed where it belongs", async () => {
      const service = await offer();
      const booking = await book(await hold(service.id, at("11:00", 10)));
      const window = { start: text(at("00:00", 10)), end: text(at("00:00", 11)) };
      const seen = async (client: Client, more: object = {}) =>
        (await client("events.list", { query: { ...window, ...more } })).events.filter(({ id }) => id === booking.id);
      const instructor = await school.server.signedIn(INSTRUCTOR);
      for (const client of [owner, instructor]) {
        const [event] = await seen(client);
        assert.deepEqual([event?.title, event?.source, event?.canEdit], ["Driving lesson", "bookings", false]);
        assert.deepEqual(event?.subjectIds.toSorted(), booking.subjects.map(({ id }) => id).toSorted());
      }
      assert.equal((await seen(owner, { ids: booking.id })).length, 1);
      assert.equal(
        (await seen(owner, { subjects: people.find((id) => booking.subjects.every((each) => each.id !== id))! }))
          .length,
        0,
      );
      const event = {
        title: "Service of the car",
        timeZone: ZONE,
        start: text(at("11:30", 10)),
        end: text(at("12:30", 10)),
      };
      const refused = await refusalOf(
        owner("events.create", { body: { ...event, resourceIds: [car], preventConflicts: false } }),
      );
      assert.equal(refused.code, "claims/taken");
      assert.match(refused.detail, /^Learner car is taken/);
      await owner("bookings.cancel", { params: { id: booking.id }, body: {} });
      assert.equal((await seen(owner)).length, 0);
      await owner("services.update", { params: { id: service.id }, body: { isOpen: false } });
    });

    test("keeps a rule that holds for one service alone", async () => {
      const [service, other] = [await offer({ bufferAfterMinutes: 0 }), await offer({ bufferAfterMinutes: 0 })];
      const values = { hours: 1 };
      const rule = await owner("rules.create", {
        body: { constraintId: "day-hours", scope: "service", holderId: service.id, isHard: true, values },
      });
      assert.equal(rule.holder, "Driving lesson");
      for (const hour of ["09:00", "10:00"]) await book(await hold(other.id, at(hour, 11)));
      // Two instructors, each with an hour of this service a day; what they have of the other counts for nothing.
      for (const hour of ["11:00", "12:00"]) await book(await hold(service.id, at(hour, 11)));
      const refused = await refusalOf(hold(service.id, at("13:00", 11)));
      assert.equal(refused.code, "bookings/not-offered");
      await hold(other.id, at("13:00", 11));
      await owner("rules.remove", { params: { id: rule.id } });
      for (const { id } of [service, other])
        await owner("services.update", { params: { id }, body: { isOpen: false } });
    });

    test("offers nothing that a hard rule would refuse, says which rule, and takes whom it leaves", async () => {
      const service = await offer({ roles: [{ name: "Instructor", anyOf: people }], bufferAfterMinutes: 0 });
      const ruleId = (
        await owner("rules.create", {
          body: {
            constraintId: "hours",
            scope: "person",
            holderId: people[0]!,
            isHard: true,
            values: { from: 600, to: 780 },
          },
        })
      ).id;
      // Petra may be taken from ten to one alone; Radek has no rule, and is taken at two.
      assert.equal((await slots(service.id, 10)).length, 13);
      const radek = await hold(service.id, at("14:00", 10));
      assert.deepEqual(
        radek.subjects.map(({ name }) => name),
        ["Radek"],
        "who is barred by a rule is not picked",
      );
      const left = hours(await slots(service.id, 10));
      assert.deepEqual(
        left.filter((hour) => hour >= "13:00"),
        ["13:00", "15:00"],
        "Radek alone, who is taken at two",
      );
      const why = await owner("services.why", { params: { id: service.id }, query: { at: text(at("13:30", 10)) } });
      assert.equal(why.isOffered, false);
      assert.match(JSON.stringify(why), /13:00/);
      assert.equal((await refusalOf(hold(service.id, at("13:30", 10)))).code, "bookings/not-offered");
      for (const hour of left) {
        const held = await hold(service.id, at(hour, 10));
        await customer("holds.remove", { params: { id: held.id }, query: { key: held.key } });
      }
      await customer("holds.remove", { params: { id: radek.id }, query: { key: radek.key } });
      await owner("rules.remove", { params: { id: ruleId } });
      await owner("services.update", { params: { id: service.id }, body: { isOpen: false } });
    });

    test("keeps evenly shared what is booked of one service, among those whom it takes", async () => {
      const roles = [{ name: "Instructor", anyOf: people, assign: "customer" as const }];
      const service = await offer({ bufferAfterMinutes: 0, roles });
      const rule = await owner("rules.create", {
        body: {
          constraintId: "fairness",
          scope: "service",
          holderId: service.id,
          isHard: true,
          values: { above: 1 },
        },
      });
      const [petra, radek] = people as [string, string];
      for (const hour of ["09:00", "10:00"]) await hold(service.id, at(hour, 15), { choose: [petra] });
      const refused = await refusalOf(hold(service.id, at("11:00", 15), { choose: [petra] }));
      assert.equal(refused.code, "bookings/not-offered");
      await hold(service.id, at("11:00", 15), { choose: [radek] });
      await hold(service.id, at("12:00", 15), { choose: [petra] });
      await owner("rules.remove", { params: { id: rule.id } });
      await owner("services.update", { params: { id: service.id }, body: { isOpen: false } });
    });

    test("keeps what customers tell out of the log, and strangers out of what is not public", async () => {
      const service = await offer();
      const booking = await book(await hold(service.id, at("09:00", 9)), {
        customer: { name: "<script>Ada</script>", email: "Secret@Example.org" },
      });
      assert.equal(booking.customer?.name, "<script>Ada</script>");
      const { items } = await owner("changes.list", { query: { since: 0, limit: 1_000 } });
      assert.ok(!JSON.stringify(items).toLowerCase().includes("secret@example.org"));
      assert.equal((await refusalOf(customer("bookings.list", { query: {} }))).status, 401);
      assert.equal((await refusalOf(customer("services.list", {}))).status, 401);
      const page = await customer("bookingPage.show", { params: { who: "larkfield-school" } });
      assert.ok(page.services.some(({ id }) => id === service.id));
      assert.equal((await refusalOf(customer("bookingPage.show", { params: { who: "nobody-here" } }))).status, 404);
      await owner("services.update", { params: { id: service.id }, body: { isOpen: false } });
    });
  });
}
