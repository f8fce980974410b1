// Strategy: on both databases packages are issued, spent and given back through HTTP, also by many at once; what is left is
// compared with the sum of the movements after everything.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Client } from "@hourwright/client";
import { seededRandom } from "@hourwright/std";
import { eventually } from "../../testing/eventually.ts";
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

const SEED = Number(process.env["SEED"] ?? 20270404);
/** Deeds of the random interleaving, some at a time. */
const DEEDS = Number(process.env["DEEDS"] ?? 40);
const AT_ONCE = 5;

for (const kind of databases) {
  describe(`packages, on ${kind.name}`, { skip: kind.skip }, () => {
    let school: School;
    let owner: Client;
    let customer: Client;
    let service: { id: string };
    const ada = { name: "Ada Learner", email: "ada@example.org" };

    before(async () => {
      school = await openSchool(kind, { who: "package-school" });
      ({ owner, customer } = school);
      await withoutHolidays(owner);
      const people: string[] = [];
      for (const name of ["Petra", "Radek", "Silva"])
        people.push((await owner("people.create", { body: { name } })).id);
      service = await owner("services.create", {
        body: {
          name: "Piano lesson",
          slug: "piano",
          lengths: [60],
          cancelUntilMinutes: 60,
          windowDays: 200,
          seriesMax: 10,
          needsPackage: true,
          hours: [1, 2, 3, 4, 5].map((weekday) => ({ weekday, opens: "09:00", closes: "16:00" })),
          roles: [{ name: "Teacher", anyOf: people }],
        },
      });
      const query = { from: text(at("00:00")), to: text(at("00:00", 28)) };
      await eventually("every day is open", async () => {
        const { items } = await customer("services.slots", { params: { id: service.id }, query });
        return new Set(items.map(({ start }) => start.slice(0, 10))).size === 20;
      });
    });
    after(() => school[Symbol.asyncDispose]());

    async function issue(units: number, validDays = 365) {
      const { id: kindId } = await owner("packageKinds.create", {
        body: { name: `${units} lessons`, serviceIds: [service.id], units, validDays },
      });
      return owner("packages.issue", { body: { kindId, customer: ada } });
    }
    const hold = (start: Temporal.ZonedDateTime) =>
      customer("holds.create", { body: { serviceId: service.id, start: text(start) } });
    const book = (held: { id: string; key: string }, code?: string) =>
      customer("bookings.create", {
        body: { holdId: held.id, key: held.key, customer: ada, ...(code === undefined ? {} : { package: code }) },
      });
    const cancel = (booking: { id: string; link: string }) =>
      customer("bookings.cancel", { params: { id: booking.id }, body: { key: keyOf(booking), which: "all" } });
    const giveBack = (held: { id: string; key: string }) =>
      customer("holds.remove", { params: { id: held.id }, query: { key: held.key } });
    /** What is left, which is what its movements say. */
    async function left(id: string): Promise<number> {
      const { balance, movements } = await owner("packages.read", { params: { id } });
      assert.equal(
        movements.reduce((sum, { units }) => sum + units, 0),
        balance,
      );
      assert.equal(movements[0]!.balance, balance);
      assert.ok(movements.every((movement) => movement.balance >= 0));
      return balance;
    }

    test("are needed where the service says so, and spent by their code", async () => {
      const owned = await issue(3);
      const { services } = await customer("bookingPage.show", { params: { who: "package-school" } });
      assert.equal(services.find(({ id }) => id === service.id)!.package, "needed");
      const held = await hold(at("09:00"));
      const none = await refusalOf(book(held));
      assert.deepEqual([none.code, none["reason"]], ["bookings/package-unfit", "needed"]);
      assert.equal((await refusalOf(book(held, "0000-0000-0000")))["reason"], "unknown");
      const booking = await book(held, owned.code.toLowerCase().replaceAll("-", " "));
      assert.deepEqual(booking.package, { id: owned.id, name: "3 lessons", units: 1, left: 2 });
      assert.equal((await book(held, owned.code)).id, booking.id, "the same again spends nothing");
      assert.equal(await left(owned.id), 2);
      await cancel(booking);
      assert.equal(await left(owned.id), 3);
      const { movements } = await owner("packages.read", { params: { id: owned.id } });
      assert.deepEqual(
        movements.map((movement) => movement.kind),
        ["given-back", "spent", "issued"],
      );
    });

    test("with one lesson left, spent twice at once, make one booking and one no; the time is still held", async () => {
      for (let round = 0; round < 4; round++) {
        const owned = await issue(1);
        const holds = [await hold(at("10:00", round)), await hold(at("11:00", round)), await hold(at("12:00", round))];
        const outcomes = await Promise.allSettled(holds.map((held) => book(held, owned.code)));
        assert.equal(outcomes.filter(({ status }) => status === "fulfilled").length, 1);
        for (const [i, outcome] of outcomes.entries()) {
          if (outcome.status === "fulfilled") {
            await cancel(outcome.value);
            continue;
          }
          const refused = await refusalOf(Promise.reject(outcome.reason));
          assert.deepEqual([refused["reason"], refused["left"], refused["wanted"]], ["empty", 0, 1]);
          const { state } = await customer("bookings.read", {
            params: { id: holds[i]!.id },
            query: { key: holds[i]!.key },
          });
          assert.equal(state, "held");
          await giveBack(holds[i]!);
        }
        assert.equal(await left(owned.id), 1);
      }
    });

    test("pay for a series whole or refuse it whole, saying how many are left", async () => {
      const owned = await issue(3);
      const series = (count: number) =>
        customer("holds.createSeries", {
          body: { serviceId: service.id, start: text(at("13:00")), repeat: { count } },
        });
      const four = await series(4);
      const refused = await refusalOf(book(four, owned.code));
      assert.deepEqual([refused["reason"], refused["left"], refused["wanted"]], ["empty", 3, 4]);
      assert.equal(await left(owned.id), 3);
      await giveBack(four);
      const three = await book(await series(3), owned.code);
      assert.equal(await left(owned.id), 0);
      const cancelled = await owner.full("bookings.cancel", { params: { id: three.id }, body: { which: "following" } });
      assert.equal(await left(owned.id), 3);
      await owner("requests.undo", { params: { id: cancelled.requestId! } });
      assert.equal(await left(owned.id), 0, "undo takes again what was given back");
      const again = await owner.full("bookings.cancel", { params: { id: three.id }, body: { which: "all" } });
      await owner("packages.correct", { params: { id: owned.id }, body: { units: -1, reason: "Counted wrong" } });
      const tooFew = await refusalOf(owner("requests.undo", { params: { id: again.requestId! } }));
      assert.ok(tooFew.status >= 400);
      assert.equal(await left(owned.id), 2, "an undo that cannot be paid changes nothing");
    });

    test("pay for what starts before they expire, whenever it is booked or moved", async () => {
      const days = Temporal.Now.plainDateISO(ZONE).until(monday).days;
      const owned = await issue(5, days);
      const late = await hold(at("14:00", 1));
      assert.equal((await refusalOf(book(late, owned.code)))["reason"], "expired");
      await giveBack(late);
      const booking = await book(await hold(at("14:00")), owned.code);
      const move = (client: Client, more: object) =>
        client("bookings.reschedule", { params: { id: booking.id }, body: { start: text(at("14:00", 1)), ...more } });
      assert.match((await refusalOf(move(customer, { key: keyOf(booking) })))["detail"], /ends before this time/);
      await move(owner, {});
      await cancel(booking);
      await owner("packages.correct", {
        params: { id: owned.id },
        body: { expiresAt: text(at("00:00", 10)), reason: "Was ill" },
      });
      await cancel(await book(await hold(at("14:00", 1)), owned.code));
      assert.equal(await left(owned.id), 5);
    });

    test("are corrected with a reason, never below nothing, and undone", async () => {
      const owned = await issue(2);
      const params = { id: owned.id };
      const never = await refusalOf(
        owner("packages.correct", { params, body: { expiresAt: "9999-01-01T00:00:00Z", reason: "x" } }),
      );
      assert.equal(never.code, "bookings/window-invalid");
      const refused = await refusalOf(owner("packages.correct", { params, body: { units: -3, reason: "x" } }));
      assert.equal(refused["reason"], "empty");
      const done = await owner.full("packages.correct", { params, body: { units: 2, reason: "The car broke down" } });
      assert.equal(done.value.balance, 4);
      await owner("requests.undo", { params: { id: done.requestId! } });
      assert.equal(await left(owned.id), 2);
      const instructor = await school.server.signedIn(INSTRUCTOR);
      assert.equal((await refusalOf(instructor("packages.list", { query: {} }))).status, 403);
      const { items } = await owner("packages.list", { query: { email: "ADA@example.org" } });
      assert.ok(items.some(({ id, customer: of }) => id === owned.id && of?.name === "Ada Learner"));
    });

    test(`never hold less than nothing, whoever does what at once (seed ${SEED})`, async () => {
      const random = seededRandom(SEED);
      const owned = await issue(4);
      const standing: { id: string; link: string }[] = [];
      let corrected = 0;
      for (let done = 0; done < DEEDS; done += AT_ONCE) {
        const leaving = standing.splice(0, Math.floor(random() * (standing.length + 1)));
        await Promise.allSettled([
          ...leaving.map(cancel),
          ...Array.from({ length: AT_ONCE }, async (_, i) => {
            if (random() < 0.2) {
              const units = random() < 0.5 ? -1 : 1;
              await owner("packages.correct", { params: { id: owned.id }, body: { units, reason: "Counted" } });
              corrected += units;
              return;
            }
            const held = await hold(at(`${9 + i}:00`.padStart(5, "0"), 7 + Math.floor(random() * 5)));
            try {
              standing.push(await book(held, owned.code));
            } catch {
              await giveBack(held);
            }
          }),
        ]);
        assert.equal(await left(owned.id), 4 + corrected - standing.length);
      }
      assert.ok(standing.length > 0 || corrected !== 0);
    });
  });
}
