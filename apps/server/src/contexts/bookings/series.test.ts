// Strategy: on both databases customers book series through HTTP, and what comes of it is compared with booking one by one.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Client } from "@hourwright/client";
import { seededRandom } from "@hourwright/std";
import { systemClock } from "../../platform/clock.ts";
import { eventually } from "../../testing/eventually.ts";
import { at, databases, keyOf, openSchool, text, withoutHolidays, type School } from "../../testing/school.ts";
import { refusalOf } from "../../testing/server.ts";

/** All test dates are in them. */
const WEEKS = 10;
/** Random organisations compared with booking one by one. */
const ROUNDS = Number(process.env["ROUNDS"] ?? 8);
const SEED = Number(process.env["SEED"] ?? 20270301);

type Told = {
  index: number;
  start: string;
  fits: boolean;
  code: string | null;
  why: string | null;
  alternatives: { start: string }[];
};

for (const kind of databases) {
  describe(`a series of bookings, on ${kind.name}`, { skip: kind.skip }, () => {
    let school: School;
    let owner: Client;
    let customer: Client;
    const people: string[] = [];

    before(async () => {
      school = await openSchool(kind, { who: "series-school" });
      ({ owner, customer } = school);
      for (const name of ["Petra", "Radek"]) people.push((await owner("people.create", { body: { name } })).id);
      await withoutHolidays(owner);
    });
    after(() => school[Symbol.asyncDispose]());

    let slug = 0;
    async function offer(more: object = {}) {
      const service = await owner("services.create", {
        body: {
          name: "Piano lesson",
          slug: `piano-${++slug}`,
          lengths: [60],
          cancelUntilMinutes: 60,
          windowDays: 400,
          seriesMax: 20,
          hours: [1, 2, 3, 4, 5].map((weekday) => ({ weekday, opens: "09:00", closes: "16:00" })),
          roles: [{ name: "Teacher", anyOf: people }],
          ...more,
        },
      });
      const query = { from: text(at("00:00")), to: text(at("00:00", 7 * WEEKS)) };
      await eventually("every day is open", async () => {
        const { items } = await customer("services.slots", { params: { id: service.id }, query });
        return new Set(items.map(({ start }) => start.slice(0, 10))).size === 5 * WEEKS;
      });
      return service;
    }
    const close = (id: string) => owner("services.update", { params: { id }, body: { isOpen: false } });
    const holdAll = (serviceId: string, start: Temporal.ZonedDateTime, count: number, more: object = {}) =>
      customer("holds.createSeries", { body: { serviceId, start: text(start), repeat: { count }, ...more } });
    const hold = (serviceId: string, start: Temporal.ZonedDateTime) =>
      customer("holds.create", { body: { serviceId, start: text(start) } });
    const book = (held: { id: string; key: string }, email = "ada@example.org") =>
      customer("bookings.create", { body: { holdId: held.id, key: held.key, customer: { name: "Ada", email } } });
    const clock = (start: string) => start.slice(11, 16);
    const datesOf = async ({ id, link }: { id: string; link: string }) =>
      (await customer("bookings.series", { params: { id }, query: { key: keyOf({ link }) } })).items;
    const told = (refused: { readonly [field: string]: unknown }) => refused["dates"] as Told[];
    const cancelAll = ({ id, link }: { id: string; link: string }) =>
      customer("bookings.cancel", { params: { id }, body: { key: keyOf({ link }), which: "all" } });

    test("is held whole, by the same person, and booked by one request that may be repeated", async () => {
      const service = await offer();
      const held = await holdAll(service.id, at("10:00"), 10);
      assert.equal(held.dates.length, 10);
      assert.ok(
        held.dates.every(({ start }) => clock(start) === "10:00"),
        "the clock on the wall, all winter and summer",
      );
      assert.equal(new Set(held.dates.flatMap(({ subjects }) => subjects.map(({ id }) => id))).size, 1);
      const booking = await book(held);
      assert.deepEqual(booking.series, { id: held.seriesId, index: 1, count: 10 });
      assert.equal((await book(held)).id, booking.id);
      const dates = await datesOf(booking);
      assert.deepEqual(
        dates.map(({ state, series }) => [state, series!.index]),
        held.dates.map(({ index }) => ["confirmed", index]),
      );
      const file = String(
        await customer("bookings.calendar", {
          params: { id: booking.id },
          query: { key: keyOf(booking), which: "all" },
        }),
      );
      assert.equal(file.match(/BEGIN:VEVENT/g)!.length, 10);
      assert.equal((await cancelAll(booking)).changed.length, 10);
      await close(service.id);
    });

    test("is not offered where the service says nothing of it, nor longer than it says", async () => {
      const service = await offer({ seriesMax: null });
      assert.equal((await refusalOf(holdAll(service.id, at("10:00"), 3))).code, "bookings/not-offered");
      await owner("services.update", { params: { id: service.id }, body: { seriesMax: 3 } });
      assert.match((await refusalOf(holdAll(service.id, at("10:00"), 4)))["detail"], /At most 3 dates/);
      await close(service.id);
    });

    test("that clashes holds nothing, names each date with times that are offered, and takes these instead", async () => {
      const service = await offer({ roles: [{ name: "Teacher", anyOf: [people[0]!] }] });
      const other = await hold(service.id, at("11:00", 7));
      const refused = await refusalOf(holdAll(service.id, at("11:00"), 3));
      assert.equal(refused.code, "bookings/dates-clash");
      const dates = told(refused);
      assert.deepEqual(
        dates.map(({ fits, code }) => [fits, code]),
        [
          [true, null],
          [false, "bookings/slot-taken"],
          [true, null],
        ],
      );
      assert.equal(dates[1]!.alternatives.length, 3);
      const free = await customer("services.slots", {
        params: { id: service.id },
        query: { from: text(at("00:00")), to: text(at("00:00", 15)) },
      });
      const starts = new Set(free.items.map(({ start }) => start));
      for (const { start } of dates[1]!.alternatives) assert.ok(starts.has(start), `${start} is offered`);
      assert.ok(starts.has(text(at("11:00"))), "nothing was held");
      const instead = [{ index: 2, start: dates[1]!.alternatives[0]!.start }];
      const held = await holdAll(service.id, at("11:00"), 3, { instead });
      assert.equal(held.dates.length, 3);
      await customer("holds.remove", { params: { id: held.id }, query: { key: held.key } });
      const fewer = await holdAll(service.id, at("11:00"), 3, { instead: [{ index: 2, start: null }] });
      assert.deepEqual(
        fewer.dates.map(({ index }) => index),
        [1, 2],
      );
      for (const each of [fewer, other])
        await customer("holds.remove", { params: { id: each.id }, query: { key: each.key } });
      const again = await holdAll(service.id, at("11:00"), 3);
      assert.equal(again.dates.length, 3, "giving back one gives back all");
      await customer("holds.remove", { params: { id: again.id }, query: { key: again.key } });
      await close(service.id);
    });

    test("goes to one of two who want it at once, and ends as one", async () => {
      const service = await offer({ roles: [{ name: "Teacher", anyOf: [people[1]!] }] });
      const racing = await Promise.allSettled(
        Array.from({ length: 8 }, (_, i) => holdAll(service.id, at("12:00", i % 2 === 0 ? 0 : 7), 6)),
      );
      const won = racing.flatMap((each) => (each.status === "fulfilled" ? [each.value] : []));
      assert.equal(won.length, 1);
      for (const each of racing)
        if (each.status === "rejected")
          assert.equal((await refusalOf(Promise.reject(each.reason))).code, "bookings/dates-clash");
      const kept = await customer("holds.prolong", { params: { id: won[0]!.id }, body: { key: won[0]!.key } });
      assert.ok(Temporal.Instant.compare(kept.expiresAt, won[0]!.expiresAt) > 0);
      school.turned.aheadMs += 11 * 60_000;
      assert.equal((await refusalOf(book(won[0]!))).code, "bookings/hold-over");
      const next = await holdAll(service.id, at("12:00"), 6);
      await customer("holds.remove", { params: { id: next.id }, query: { key: next.key } });
      await close(service.id);
    });

    test("counts its own dates for the limits of a day, a week and a customer", async () => {
      const service = await offer({ limitPerWeek: 2 });
      const daily = { repeat: { unit: "day", count: 4 } };
      const refused = await refusalOf(holdAll(service.id, at("09:00"), 4, daily));
      assert.deepEqual(
        told(refused).map(({ fits }) => fits),
        [true, true, false, false],
      );
      await owner("services.update", {
        params: { id: service.id },
        body: { limitPerWeek: null, limitPerCustomer: { count: 3, days: 30 } },
      });
      const four = await holdAll(service.id, at("09:00"), 4);
      assert.match((await refusalOf(book(four)))["detail"], /3 times within 30 days/);
      await customer("holds.remove", { params: { id: four.id }, query: { key: four.key } });
      const three = await book(await holdAll(service.id, at("09:00"), 3));
      await cancelAll(three);
      await close(service.id);
    });

    test("moves and cancels this date, those that follow, or all; and undo puts them back", async () => {
      const service = await offer({ roles: [{ name: "Teacher", anyOf: [people[0]!] }], cancelUntilMinutes: 60 });
      const booking = await book(await holdAll(service.id, at("13:00"), 4));
      const key = keyOf(booking);
      const dates = await datesOf(booking);
      const third = { id: dates[2]!.id };
      // A day later each, and half an hour: a daily series would meet itself, a weekly one does not.
      const moved = await owner.full("bookings.reschedule", {
        params: third,
        body: { start: text(at("13:30", 15)), which: "following" },
      });
      assert.equal(moved.value.changed.length, 2);
      assert.deepEqual(
        (await datesOf(booking)).map(({ start }) => start),
        [at("13:00"), at("13:00", 7), at("13:30", 15), at("13:30", 22)].map(text),
      );
      await owner("requests.undo", { params: { id: moved.requestId! } });
      assert.deepEqual(
        (await datesOf(booking)).map(({ start }) => start),
        dates.map(({ start }) => start),
      );
      const other = await hold(service.id, at("14:00", 21));
      const refused = await refusalOf(
        customer("bookings.reschedule", {
          params: third,
          body: { key: keyOf(dates[2]!), start: text(at("14:00", 14)), which: "all" },
        }),
      );
      assert.equal(refused.code, "bookings/dates-clash");
      assert.deepEqual(
        told(refused).map(({ index, fits }) => [index, fits]),
        [
          [1, true],
          [2, true],
          [3, true],
          [4, false],
        ],
      );
      assert.ok(told(refused)[3]!.alternatives.length > 0);
      assert.deepEqual(
        (await datesOf(booking)).map(({ start }) => clock(start)),
        ["13:00", "13:00", "13:00", "13:00"],
      );
      await customer("holds.remove", { params: { id: other.id }, query: { key: other.key } });
      const cancelled = await owner.full("bookings.cancel", { params: third, body: { which: "following" } });
      assert.equal(cancelled.value.changed.length, 2);
      await owner("requests.undo", { params: { id: cancelled.requestId! } });
      assert.ok((await datesOf(booking)).every(({ state }) => state === "confirmed"));
      const one = await customer("bookings.cancel", { params: { id: booking.id }, body: { key } });
      assert.deepEqual(one.changed, [booking.id]);
      const rest = await customer("bookings.cancel", { params: { id: booking.id }, body: { key, which: "all" } });
      assert.equal(rest.changed.length, 3, "what was cancelled before is not meant");
      await close(service.id);
    });

    test("moves each day by a day, and back by undo, though each date comes to where the next was", async () => {
      const service = await offer({ roles: [{ name: "Teacher", anyOf: [people[1]!] }] });
      const booking = await book(await holdAll(service.id, at("15:00"), 3, { repeat: { unit: "day", count: 3 } }));
      const moved = await owner.full("bookings.reschedule", {
        params: { id: booking.id },
        body: { start: text(at("15:00", 1)), which: "all" },
      });
      assert.equal(moved.value.changed.length, 3);
      await owner("requests.undo", { params: { id: moved.requestId! } });
      assert.deepEqual(
        (await datesOf(booking)).map(({ start }) => start),
        [0, 1, 2].map((days) => text(at("15:00", days))),
      );
      await cancelAll(booking);
      await close(service.id);
    });

    test("keeps the dates that are too late to cancel, and names them", async () => {
      const service = await offer({ cancelUntilMinutes: 8 * 1_440 });
      const booking = await book(await holdAll(service.id, at("09:00"), 3));
      const untilMs = at("09:00").subtract({ days: 8 }).epochMilliseconds;
      const wasMs = school.turned.aheadMs;
      school.turned.aheadMs += Math.max(0, untilMs - (systemClock.nowMs() + school.turned.aheadMs)) + 1_000;
      const cancelled = await cancelAll(booking);
      school.turned.aheadMs = wasMs;
      assert.equal(cancelled.changed.length, 2);
      assert.deepEqual(
        cancelled.stayed.map(({ id }) => id),
        [booking.id],
      );
      await owner("bookings.cancel", { params: { id: booking.id }, body: {} });
      await close(service.id);
    });

    test("is approved and declined whole", async () => {
      const service = await offer({ needsApproval: true });
      const booking = await book(await holdAll(service.id, at("14:00"), 3));
      assert.equal(booking.state, "requested");
      const params = { id: booking.id };
      assert.equal((await owner("bookings.approve", { params, query: { which: "all" } })).changed.length, 3);
      assert.ok((await datesOf(booking)).every(({ state }) => state === "confirmed"));
      await cancelAll(booking);
      const second = await book(await holdAll(service.id, at("14:00"), 3));
      const declined = await owner("bookings.decline", {
        params: { id: second.id },
        body: { which: "all", reason: "We are full" },
      });
      assert.equal(declined.changed.length, 3);
      assert.ok((await datesOf(second)).every(({ state, reason }) => state === "declined" && reason === "We are full"));
      await close(service.id);
    });

    test("joins and begins classes alike", async () => {
      const service = await offer({ places: 2, roles: [{ name: "Teacher", anyOf: [people[0]!] }] });
      const one = await book(await hold(service.id, at("10:00", 7)));
      const series = await book(await holdAll(service.id, at("10:00"), 3), "ben@example.org");
      const full = await refusalOf(holdAll(service.id, at("10:00", 7), 2));
      assert.deepEqual(
        told(full).map(({ fits, code }) => [fits, code]),
        [
          [false, "bookings/slot-taken"],
          [true, null],
        ],
      );
      await cancelAll(series);
      await owner("bookings.cancel", { params: { id: one.id }, body: {} });
      await close(service.id);
    });

    test(`is held exactly where its dates could be held one by one (seed ${SEED}, ${ROUNDS} rounds)`, async () => {
      const random = seededRandom(SEED);
      const whole = (to: number) => Math.floor(random() * to);
      const outcomes = new Set<boolean>();
      for (let round = 0; round < ROUNDS; round++) {
        const service = await offer({
          bufferAfterMinutes: [0, 30][whole(2)],
          limitPerWeek: [null, 2][whole(2)],
          roles: [{ name: "Teacher", anyOf: people.slice(0, 1 + whole(2)) }],
        });
        const taken = [];
        for (let i = 0; i < 3; i++)
          taken.push(await hold(service.id, at(`${9 + whole(6)}:00`.padStart(5, "0"), whole(3) * 7)).catch(() => null));
        const start = at(`${9 + whole(6)}:${["00", "30"][whole(2)]}`.padStart(5, "0"), whole(2));
        const repeat = { unit: (["day", "week"] as const)[whole(2)]!, count: 2 + whole(3) };
        const together = await holdAll(service.id, start, 2, { repeat }).catch(() => null);
        if (together !== null)
          await customer("holds.remove", { params: { id: together.id }, query: { key: together.key } });
        const oneByOne = [];
        for (let index = 0; index < repeat.count; index++)
          oneByOne.push(
            await hold(service.id, start.add({ days: index * (repeat.unit === "week" ? 7 : 1) })).catch(() => null),
          );
        assert.equal(together !== null, !oneByOne.includes(null), `round ${round}`);
        outcomes.add(together !== null);
        for (const held of [...taken, ...oneByOne])
          if (held !== null) await customer("holds.remove", { params: { id: held.id }, query: { key: held.key } });
        await close(service.id);
      }
      assert.equal(outcomes.size, 2, "some are held and some are not");
    });
  });
}
