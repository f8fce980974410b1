// Strategy: on both databases customers book over HTTP, and a real mail server on this machine is read as they would read their
// mail. The clock is turned forward, so that nobody waits.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "kysely";
import type { Client } from "@hourwright/client";
import { systemClock } from "../../platform/clock.ts";
import { hurried } from "../../platform/testing/clock.ts";
import { becomes, eventually } from "../../testing/eventually.ts";
import { postgres, type FilledDatabase } from "../../testing/filled-database.ts";
import { COORDINATOR, MEMBER, refusalOf, startTestServer, type TestServer } from "../../testing/server.ts";
import { withoutHolidays } from "../../testing/school.ts";
import { CUSTOMER_MESSAGES_AN_HOUR, NEWS_LATE_MS } from "./model.ts";
import { readMessage, startMailServer, type TestMailServer } from "./testing.ts";

const embedded = { name: "the embedded database", skip: false as const, open: () => Promise.resolve(null) };
const ZONE = "Europe/Prague";
const FROM = "bookings@larkfield.example";
/** Long enough for what sends to have looked twice. */
const SETTLE_MS = 600;
const HOUR_MS = 3_600_000;

for (const kind of [embedded, postgres]) {
  describe(`mail to those who book, on ${kind.name}`, { skip: kind.skip }, () => {
    let base: FilledDatabase | null;
    let post: TestMailServer;
    let server: TestServer;
    let owner: Client;
    /** A Monday; the clocks go back on the last day of its month. */
    let aheadMs = Temporal.Instant.from("2027-10-11T08:00:00Z").epochMilliseconds - systemClock.nowMs();
    let settings: Record<string, string>;
    const clock = hurried({ ...systemClock, nowMs: () => systemClock.nowMs() + aheadMs });
    const monday = Temporal.PlainDate.from("2027-10-18");
    const people: string[] = [];

    before(async () => {
      base = await kind.open();
      post = await startMailServer();
      settings = {
        ...(base === null ? {} : { DATABASE_URL: base.url }),
        SMTP_URL: `smtp://127.0.0.1:${post.port}`,
        MAIL_FROM: FROM,
        PUBLIC_URL: "http://localhost:4680",
      };
      server = await startTestServer(settings, clock);
      owner = await server.signedIn(COORDINATOR);
      for (const name of ["Petra", "Radek"]) people.push((await owner("people.create", { body: { name } })).id);
      await owner("bookingPage.put", { body: { who: "larkfield-school" } });
      await withoutHolidays(owner);
    });
    after(async () => {
      await server[Symbol.asyncDispose]();
      await post[Symbol.asyncDispose]();
      await base?.[Symbol.asyncDispose]();
    });

    const travel = async (ms: number) => {
      aheadMs += ms;
      owner = await server.signedIn(COORDINATOR);
    };
    const at = (hour: string, days = 0) => monday.add({ days }).toZonedDateTime({ timeZone: ZONE, plainTime: hour });
    const text = (moment: Temporal.ZonedDateTime) => moment.toString({ timeZoneName: "never" });
    let count = 0;
    async function offer(more: object = {}, day = 0) {
      const service = await owner("services.create", {
        body: {
          name: "Driving lesson",
          slug: `mailed-${++count}`,
          lengths: [60],
          cancelUntilMinutes: 0,
          reminderMinutes: [],
          hours: [1, 2, 3, 4, 5].map((weekday) => ({ weekday, opens: "08:00", closes: "18:00" })),
          roles: [{ name: "Instructor", anyOf: people }],
          ...more,
        },
      });
      await eventually("something is offered", async () => (await slots(service.id, day)) > 0);
      return service;
    }
    const slots = async (id: string, days: number) =>
      (
        await server.stranger("services.slots", {
          params: { id },
          query: { from: text(at("00:00", days)), to: text(at("00:00", days + 1)) },
        })
      ).items.length;
    /** A customer of an address of their own, so that each test reads its own box. */
    async function book(serviceId: string, start: Temporal.ZonedDateTime, more: object = {}) {
      const email = `ada${++count}@example.org`;
      const { stranger } = server;
      const held = await stranger("holds.create", { body: { serviceId, start: text(start) } });
      const body = { holdId: held.id, key: held.key, customer: { name: "Ada Learner", email }, ...more };
      return { email, key: held.key, booking: await stranger("bookings.create", { body }) };
    }
    const box = (email: string) => post.arrived.filter(({ to }) => to === email).map(({ raw }) => readMessage(raw));
    const arrived = async (email: string, messages: number) => {
      await eventually(`${messages} messages for ${email}`, () => box(email).length >= messages);
      return box(email);
    };
    const subjects = (email: string) => box(email).map(({ headers }) => headers.get("subject")!.split(":")[0]);
    const partOf = (message: ReturnType<typeof readMessage>, type: string) =>
      message.parts.find((each) => each.type.startsWith(type))?.text ?? "";
    const messages = async (bookingId: string) => (await owner("mail.list", { query: { bookingId } })).items;
    /** Until the log has been read: what was changed waits. */
    const noted = (bookingId: string) =>
      eventually("it waits", async () => (await messages(bookingId)).some(({ state }) => state === "waiting"));
    const sent = async (bookingId: string, email: string, so: number) => {
      await noted(bookingId);
      await travel(10_000);
      return arrived(email, so);
    };

    test("waits ten seconds, then comes once, with the whole link and a calendar's request", async () => {
      const service = await offer();
      const { booking, email } = await book(service.id, at("09:00"));
      assert.equal(booking.isMailed, true);
      await noted(booking.id);
      await sleep(SETTLE_MS);
      assert.deepEqual(box(email), []);
      await travel(10_000);
      const [message] = await arrived(email, 1);
      assert.match(message!.headers.get("subject")!, /^Booked: Driving lesson, /);
      assert.ok(partOf(message!, "text/plain").includes(`http://localhost:4680${booking.link}`));
      assert.match(partOf(message!, "text/calendar"), /METHOD:REQUEST[^]*BEGIN:VTIMEZONE[^]*SEQUENCE:/);
      await sleep(SETTLE_MS);
      assert.equal(box(email).length, 1);
      const [shown] = await messages(booking.id);
      assert.deepEqual([shown?.state, shown?.says, shown?.customer], ["sent", "confirmed", "Ada Learner"]);
      const page = await fetch(`${server.url}${booking.link}&lang=fr`);
      assert.ok((await page.text()).includes(`Un message avec ce lien part à ${email}.`));
    });

    test("tells who waits at once what is offered, once, and nothing more when it is over", async () => {
      const service = await offer({ hours: [{ weekday: 1, opens: "10:00", closes: "11:00" }], offerMinutes: 30 });
      const { stranger } = server;
      const taken = [];
      for (const _ of people) taken.push(await book(service.id, at("10:00")));
      const email = `waits${++count}@example.org`;
      const wish = await stranger("waitingList.create", {
        body: {
          serviceId: service.id,
          firstDay: monday.toString(),
          lastDay: monday.toString(),
          customer: { name: "Ben Waits", email },
          language: "en",
        },
      });
      const { booking, key } = taken[0]!;
      await stranger("bookings.cancel", { params: { id: booking.id }, body: { key } });
      const [message] = await arrived(email, 1);
      assert.match(message!.headers.get("subject")!, /^A time is free: Driving lesson, Mon 18 Oct/);
      assert.ok(partOf(message!, "text/plain").includes(`http://localhost:4680${wish.link}`));
      const waiting = await stranger("waitingList.read", {
        params: { id: wish.id },
        query: { key: new URL(wish.link, "http://a").searchParams.get("key")! },
      });
      const told = async () => (await messages(waiting.offer!.holdId))[0];
      await becomes(async () => (await told())?.state, "sent", "it is known to be sent"); // A moment after it has arrived.
      assert.deepEqual([(await told())?.says, (await told())?.customer], ["offer", "Ben Waits"]);
      await travel(HOUR_MS);
      await owner("people.create", { body: { name: "Somebody" } }); // Any change makes it look.
      await sleep(SETTLE_MS);
      assert.deepEqual(subjects(email), ["A time is free"]);
    });

    test("tells what was moved three times once, with the time before, and in the same thread", async () => {
      const service = await offer();
      const { booking, email, key } = await book(service.id, at("09:00", 1));
      const [first] = await sent(booking.id, email, 1);
      for (const hour of ["10:00", "11:00", "13:00"])
        await server.stranger("bookings.reschedule", {
          params: { id: booking.id },
          body: { key, start: text(at(hour, 1)) },
        });
      const [, moved] = await sent(booking.id, email, 2);
      await sleep(SETTLE_MS);
      assert.deepEqual(subjects(email), ["Booked", "New time"]);
      assert.match(partOf(moved!, "text/plain"), /13:00–14:00[^]*Before: [^\n]*09:00–10:00/);
      assert.equal(moved!.headers.get("references"), first!.headers.get("message-id"));
      const sequence = (message: typeof first) => Number(/SEQUENCE:(\d+)/.exec(partOf(message!, "text/calendar"))![1]);
      assert.ok(sequence(moved) > sequence(first));
      const uid = (message: typeof first) => /UID:(.*)/.exec(partOf(message!, "text/calendar"))![1];
      assert.equal(uid(moved), uid(first));
    });

    /** A customer books so many dates, a day apart. */
    async function bookSeries(serviceId: string, start: Temporal.ZonedDateTime, dates: number, language = "en") {
      const email = `series${++count}@example.org`;
      const { stranger } = server;
      const held = await stranger("holds.createSeries", {
        body: { serviceId, start: text(start), repeat: { unit: "week", count: dates } },
      });
      const customer = { name: "Ada Learner", email };
      const body = { holdId: held.id, key: held.key, customer, language: language as "en" };
      const booking = await stranger("bookings.create", { body });
      return { email, key: held.key, booking, ids: held.dates.map(({ id }) => id) };
    }
    const uids = (message: ReturnType<typeof readMessage>) =>
      new Set([...partOf(message, "text/calendar").matchAll(/^UID:(.*)$/gm)].map(([, uid]) => uid));
    /** Until an attempt has ended, and it waits for the next. */
    const tried = (bookingId: string, times: number) =>
      eventually(`it was tried ${times} times`, async () => {
        const [last] = await messages(bookingId);
        return last!.attempts === times && last!.state === "waiting";
      });
    const ofSeries = { seriesMax: 30, windowDays: 400 };

    test("tells all dates of a series at once, more of them than messages an hour: booked, moved and cancelled", async () => {
      const service = await offer(ofSeries);
      const many = CUSTOMER_MESSAGES_AN_HOUR + 5;
      const { email, key, booking, ids } = await bookSeries(service.id, at("09:00"), many, "de");
      const [first] = await sent(booking.id, email, 1);
      await sleep(SETTLE_MS);
      assert.match(first!.headers.get("subject")!, /^Gebucht: Driving lesson, 25 Termine ab /);
      assert.equal(uids(first!).size, many);
      const params = { id: booking.id };
      await server.stranger("bookings.reschedule", { params, body: { key, start: text(at("11:00")), which: "all" } });
      const [, moved] = await sent(booking.id, email, 2);
      assert.equal(uids(moved!).size, many);
      assert.equal(moved!.headers.get("references"), first!.headers.get("message-id"));
      await server.stranger("bookings.cancel", { params, body: { key, which: "all" } });
      const [, , cancelled] = await sent(booking.id, email, 3);
      await sleep(SETTLE_MS);
      assert.equal(box(email).length, 3);
      assert.equal(partOf(cancelled!, "text/calendar").match(/STATUS:CANCELLED/g)?.length, many);
      for (const id of ids) assert.deepEqual([...new Set((await messages(id)).map(({ state }) => state))], ["sent"]);
    });

    test("tries a series again under one Message-ID, and what changed meanwhile under another, nothing left out", async () => {
      const service = await offer(ofSeries);
      post.replies.push({ code: 451, text: "later" });
      const { email, key, booking, ids } = await bookSeries(service.id, at("14:00"), 3);
      await noted(booking.id);
      await travel(10_000);
      await tried(booking.id, 1);
      assert.deepEqual(box(email), []);
      post.replies.push("take-and-break");
      await travel(30_000);
      const [first] = await arrived(email, 1);
      await tried(booking.id, 2);
      await travel(60_000);
      const [, again] = await arrived(email, 2);
      assert.equal(again!.headers.get("message-id"), first!.headers.get("message-id"));
      assert.deepEqual(uids(again!), uids(first!));
      await becomes(async () => (await messages(ids[2]!))[0]!.state, "sent", "all of it is sent");

      post.replies.push("take-and-break");
      const other = await bookSeries(service.id, at("11:00", 1), 3);
      await sent(other.booking.id, other.email, 1);
      await tried(other.booking.id, 1);
      await owner("bookings.cancel", { params: { id: other.ids[1]! }, body: {} });
      await noted(other.ids[1]!);
      await travel(60_000);
      await becomes(async () => (await messages(other.booking.id)).length, 2, "it is told by another message");
      await travel(10_000);
      const all = await arrived(other.email, 3);
      await sleep(SETTLE_MS);
      assert.equal(box(other.email).length, 3);
      const [, ...later] = all;
      assert.ok(later.every((each) => each.headers.get("message-id") !== all[0]!.headers.get("message-id")));
      const told = new Set(later.flatMap((each) => [...uids(each)]));
      assert.equal(told.size, 3, "none is left out");
      await server.stranger("bookings.cancel", { params: { id: booking.id }, body: { key, which: "all" } });
    });

    test("tells nothing of what is undone within its ten seconds", async () => {
      const service = await offer();
      const { booking, email } = await book(service.id, at("09:00", 2));
      await sent(booking.id, email, 1);
      const { requestId } = await owner.full("bookings.cancel", {
        params: { id: booking.id },
        body: { reason: "Ill" },
      });
      await noted(booking.id);
      await owner("requests.undo", { params: { id: requestId! } });
      await travel(10_000);
      await becomes(async () => (await messages(booking.id))[0]?.state, "withdrawn", "it is withdrawn");
      assert.deepEqual(subjects(email), ["Booked"]);
    });

    test("tells what was asked, approved, declined with its reason, and cancelled", async () => {
      const service = await offer({ needsApproval: true });
      const one = await book(service.id, at("09:00", 3), { language: "de" });
      await sent(one.booking.id, one.email, 1);
      await owner("bookings.approve", { params: { id: one.booking.id } });
      await sent(one.booking.id, one.email, 2);
      await owner("bookings.cancel", { params: { id: one.booking.id }, body: { reason: "Das Auto ist kaputt" } });
      const [, , cancelled] = await sent(one.booking.id, one.email, 3);
      assert.deepEqual(subjects(one.email), ["Angefragt", "Bestätigt", "Abgesagt"]);
      assert.match(partOf(cancelled!, "text/plain"), /Grund: Das Auto ist kaputt/);
      assert.match(partOf(cancelled!, "text/calendar"), /METHOD:CANCEL/);
      const other = await book(service.id, at("10:00", 3), { language: "es" });
      await sent(other.booking.id, other.email, 1);
      await owner("bookings.decline", { params: { id: other.booking.id }, body: { reason: "Completo" } });
      const [, declined] = await sent(other.booking.id, other.email, 2);
      assert.deepEqual(subjects(other.email), ["Solicitada", "Rechazada"]);
      assert.match(partOf(declined!, "text/plain"), /Motivo: Completo/);
    });

    test("is tried again under the same Message-ID where the server says later, or says nothing", async () => {
      const service = await offer();
      const { booking, email } = await book(service.id, at("09:00", 4));
      const begun = post.begun();
      post.replies.push({ code: 451, text: "4.7.1 Greylisted" }, "take-and-break");
      await noted(booking.id);
      await travel(10_000);
      await becomes(async () => (await messages(booking.id))[0]?.reason, "451 4.7.1 Greylisted", "it is told later");
      const [waits] = await messages(booking.id);
      assert.deepEqual([waits?.state, waits?.attempts, waits?.says], ["waiting", 1, "confirmed"]);
      await travel(30_000);
      await arrived(email, 1);
      await becomes(async () => (await messages(booking.id))[0]?.attempts, 2, "nobody answered");
      await becomes(async () => (await messages(booking.id))[0]?.state, "waiting", "it waits again");
      await travel(60_000);
      const both = await arrived(email, 2);
      await becomes(async () => (await messages(booking.id))[0]?.state, "sent", "it is sent");
      assert.equal(new Set(both.map(({ headers }) => headers.get("message-id"))).size, 1);
      assert.equal(post.begun() - begun, 3);
    });

    test("is sent again under its Message-ID when a sender died before the answer, or else as another message", async () => {
      const service = await offer();
      const { booking, email, key } = await book(service.id, at("11:00", 4));
      await sent(booking.id, email, 1);
      await becomes(async () => (await messages(booking.id))[0]?.state, "sent", "it is sent");
      const die = () =>
        server.application.database.asOwner(({ db }) =>
          sql`update mail.message set state = 'sending', due_at = '1970-01-01T00:00:00Z'::timestamptz
            where booking_id = ${booking.id} and state = 'sent'`.execute(db),
        );
      await die();
      await arrived(email, 2);
      await becomes(async () => (await messages(booking.id))[0]?.state, "sent", "it is sent again");
      await die();
      await server.stranger("bookings.cancel", { params: { id: booking.id }, body: { key, reason: "" } });
      await becomes(async () => (await messages(booking.id)).length, 2, "the cancellation waits");
      await travel(10_000);
      await eventually("the cancellation came", () => subjects(email).includes("Cancelled"));
      const ids = box(email).map(({ headers }) => headers.get("message-id"));
      assert.equal(new Set(ids).size, 2);
      assert.notEqual(ids.at(-1), ids[0]);
    });

    test("that is refused for good is shown with its reason, and tried again when asked", async () => {
      const service = await offer();
      const { booking, email } = await book(service.id, at("13:00", 4));
      post.replies.push({ code: 550, text: `5.1.1 ${email} is unknown` });
      await noted(booking.id);
      await travel(10_000);
      await becomes(async () => (await messages(booking.id))[0]?.state, "failed", "it has failed");
      const [failed] = await messages(booking.id);
      assert.equal(failed?.reason, "550 5.1.1 … is unknown");
      const status = await owner("mail.status", {});
      assert.deepEqual([status.isOn, status.from, status.failed, status.trouble], [true, FROM, 1, null]);
      const again = await owner("mail.retry", { params: { id: failed.id } });
      assert.equal(again.state, "waiting");
      const [message] = await arrived(email, 1);
      assert.ok(message!.headers.get("message-id")!.includes(failed.id.toLowerCase()));
      await becomes(async () => (await owner("mail.status", {})).failed, 0, "nothing has failed");
      assert.equal((await refusalOf(owner("mail.retry", { params: { id: failed.id } }))).code, "mail/wrong-state");
    });

    test("reminds two days before at the same time, over a change of the clocks, once; not of what was moved", async () => {
      const service = await offer({ reminderMinutes: [2_880] }, 14);
      const stays = await book(service.id, at("12:00", 14));
      const moves = await book(service.id, at("15:00", 14));
      await sent(moves.booking.id, moves.email, 1);
      await arrived(stays.email, 1);
      await server.stranger("bookings.reschedule", {
        params: { id: moves.booking.id },
        body: { key: moves.key, start: text(at("15:00", 15)) },
      });
      await sent(moves.booking.id, moves.email, 2);
      const dueMs = at("12:00", 12).epochMilliseconds;
      assert.equal(at("12:00", 14).epochMilliseconds - dueMs, 49 * HOUR_MS);
      await travel(dueMs - clock.nowMs() - 60_000);
      await sleep(SETTLE_MS);
      assert.equal(box(stays.email).length, 1);
      await travel(60_000);
      const [, reminder] = await arrived(stays.email, 2);
      assert.match(reminder!.headers.get("subject")!, /^Reminder: /);
      await travel(4 * HOUR_MS);
      await sleep(SETTLE_MS);
      assert.deepEqual(subjects(stays.email), ["Booked", "Reminder"]);
      assert.deepEqual(subjects(moves.email), ["Booked", "New time"]);
    });

    test("tells nobody of what has begun meanwhile", async () => {
      const service = await offer({}, 16);
      const { booking, email } = await book(service.id, at("09:00", 16));
      await noted(booking.id);
      await travel(at("09:00", 16).epochMilliseconds - clock.nowMs());
      await becomes(async () => (await messages(booking.id))[0]?.state, "late", "it is over");
      assert.deepEqual(box(email), []);
    });

    test("shows managers what waits, and members nothing", async () => {
      const member = await server.signedIn(MEMBER);
      assert.equal((await refusalOf(member("mail.status", {}))).code, "request/forbidden");
      assert.equal((await refusalOf(member("mail.list", { query: {} }))).code, "request/forbidden");
      assert.equal((await refusalOf(server.stranger("mail.status", {}))).status, 401);
    });

    test("is written to nobody who was erased", async () => {
      const service = await offer({}, 16);
      const { booking, email } = await book(service.id, at("11:00", 16));
      await noted(booking.id);
      await server.application.database.asOwner(({ db }) =>
        sql`delete from bookings.customer where id = (select customer_id from bookings.booking where id = ${booking.id})`.execute(
          db,
        ),
      );
      await travel(10_000);
      await becomes(async () => (await messages(booking.id))[0]?.state, "withdrawn", "it is withdrawn");
      assert.equal((await messages(booking.id))[0]?.customer, null);
      assert.deepEqual(box(email), []);
    });

    test("fills nobody's box: so many an hour to one address, the rest later", async () => {
      const service = await offer({ places: 500, limitPerCustomer: null }, 17);
      const { stranger } = server;
      const customer = { name: "Ada Learner", email: "victim@example.org" };
      const ids: string[] = [];
      for (let one = 0; one < CUSTOMER_MESSAGES_AN_HOUR + 10; one++) {
        const start = text(at("10:00", 17));
        const held = await stranger("holds.create", { body: { serviceId: service.id, start } });
        ids.push((await stranger("bookings.create", { body: { holdId: held.id, key: held.key, customer } })).id);
      }
      for (const id of ids) await noted(id);
      await travel(10_000);
      await arrived(customer.email, CUSTOMER_MESSAGES_AN_HOUR);
      await sleep(SETTLE_MS);
      // Those that were on their way together may be a few more.
      const first = box(customer.email).length;
      assert.ok(first < CUSTOMER_MESSAGES_AN_HOUR + 5, String(first));
      await travel(HOUR_MS);
      await arrived(customer.email, ids.length);
    });

    test("is tried out by a message to oneself", async () => {
      assert.deepEqual(await owner("mail.test", {}), { to: COORDINATOR, from: FROM });
      const [message] = await arrived(COORDINATOR, 1);
      assert.equal(message!.headers.get("subject"), "Mail works");
      post.replies.push({ code: 550, text: "no" });
      const refused = await refusalOf(owner("mail.test", {}));
      assert.deepEqual([refused.code, refused.detail], ["mail/not-sent", "550 no"]);
    });

    test(
      "of two processes comes once",
      { skip: kind === embedded && "one process has the embedded database" },
      async () => {
        await using other = await startTestServer(settings, clock);
        assert.ok(other.url);
        const service = await offer({}, 22);
        const booked = [];
        for (const hour of ["09:00", "09:00", "10:00", "10:00", "11:00", "11:00", "12:00", "12:00"])
          booked.push(await book(service.id, at(hour, 22)));
        for (const { booking } of booked) await noted(booking.id);
        await travel(10_000);
        for (const { email } of booked) await arrived(email, 1);
        await sleep(SETTLE_MS);
        assert.deepEqual(
          booked.map(({ email }) => box(email).length),
          booked.map(() => 1),
        );
      },
    );

    test("waits while the server of mail is away, and what has waited too long is not sent when it is back", async () => {
      const service = await offer({}, 28);
      const old = await book(service.id, at("09:00", 28));
      await noted(old.booking.id);
      const { port } = post;
      await post[Symbol.asyncDispose]();
      await travel(10_000);
      await eventually(
        "it is told that nobody is there",
        async () => (await owner("mail.status", {})).trouble !== null,
      );
      const [waits] = await messages(old.booking.id);
      assert.deepEqual([waits?.state, waits?.attempts], ["waiting", 0]);
      await travel(NEWS_LATE_MS);
      const young = await book(service.id, at("10:00", 28));
      await noted(young.booking.id);
      post = await startMailServer({ port });
      await travel(HOUR_MS);
      await arrived(young.email, 1);
      await becomes(async () => (await messages(old.booking.id))[0]?.state, "late", "the old one is late");
      assert.deepEqual(box(old.email), []);
      assert.equal((await owner("mail.status", {})).trouble, null);
    });

    test("asks two hours after a visit how it was, once, under one Message-ID; not who did not come or has answered", async () => {
      const service = await offer({ rating: { question: "", afterMinutes: 120 } }, 31);
      const came = await book(service.id, at("09:00", 31), { language: "de" });
      const away = await book(service.id, at("09:00", 31));
      const rated = await book(service.id, at("10:00", 31));
      for (const each of [came, away, rated]) await noted(each.booking.id);
      await travel(10_000);
      for (const each of [came, away, rated]) await arrived(each.email, 1);
      await travel(at("11:30", 31).epochMilliseconds - clock.nowMs());
      await owner("bookings.noShow", { params: { id: away.booking.id } });
      await server.stranger("bookings.rate", { params: { id: rated.booking.id }, body: { key: rated.key, score: 5 } });
      await sleep(SETTLE_MS);
      assert.equal(box(came.email).length, 1, "it is not asked before its time");
      post.replies.push({ code: 451, text: "4.7.1 Greylisted" });
      await travel(at("12:00", 31).epochMilliseconds - clock.nowMs());
      const asked = async () => (await messages(came.booking.id)).find(({ says }) => says === "rating")!;
      await becomes(async () => (await asked()).reason, "451 4.7.1 Greylisted", "it was tried");
      await travel(60_000);
      const [, question] = await arrived(came.email, 2);
      assert.match(question!.headers.get("subject")!, /^Wie war es\? /);
      await becomes(async () => (await asked()).state, "sent", "it is sent");
      assert.equal((await asked()).attempts, 2);
      await owner("bookings.complete", { params: { id: came.booking.id } });
      await travel(HOUR_MS);
      await sleep(SETTLE_MS);
      assert.deepEqual([box(came.email).length, box(away.email).length, box(rated.email).length], [2, 1, 1]);
    });
  });
}

describe("mail that is off", () => {
  let server: TestServer;
  let post: TestMailServer;
  before(async () => {
    server = await startTestServer();
    post = await startMailServer();
  });
  after(async () => {
    await server[Symbol.asyncDispose]();
    await post[Symbol.asyncDispose]();
  });

  test("promises nothing, and says what waits", async () => {
    const owner = await server.signedIn(COORDINATOR);
    const status = await owner("mail.status", {});
    assert.deepEqual(
      [status.isOn, status.from, status.waiting, status.failed],
      [false, null, 0, 0],
      "what the demo has made up is told to nobody",
    );
    const refused = await refusalOf(owner("mail.test", {}));
    assert.equal(refused.code, "mail/off");
    const person = await owner("people.create", { body: { name: "Petra" } });
    const body = { name: "Talk", slug: "talk", lengths: [60], roles: [{ name: "Who", anyOf: [person.id] }] };
    const service = await owner("services.create", { body });
    const from = Temporal.Now.instant();
    const query = { from: from.toString(), to: from.add({ hours: 24 * 30 }).toString(), limit: 1 };
    const { start } = await eventually(
      "something is offered",
      async () => (await server.stranger("services.slots", { params: { id: service.id }, query })).items[0],
    );
    const held = await server.stranger("holds.create", { body: { serviceId: service.id, start } });
    const customer = { name: "Ada", email: "ada@example.org" };
    const booking = await server.stranger("bookings.create", { body: { holdId: held.id, key: held.key, customer } });
    assert.equal(booking.isMailed, false);
    await eventually("something waits", async () => (await owner("mail.status", {})).waiting > 0);
    const waits = await owner("mail.list", { query: { state: "waiting" } });
    assert.deepEqual(
      waits.items.filter(({ says }) => says !== "reminder").map(({ bookingId }) => bookingId),
      [booking.id],
    );
  });
});
