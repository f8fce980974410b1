// Strategy: on both databases, through HTTP: who books becomes known, is noted, searched, told as a file, taken in from one, and
// forgotten so that nothing of them is left.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { sql } from "kysely";
import type { Client } from "@hourwright/client";
import { eventually } from "../../../testing/eventually.ts";
import { databases, openSchool, type School } from "../../../testing/school.ts";
import { COORDINATOR, INSTRUCTOR, refusalOf, type TestServer } from "../../../testing/server.ts";

for (const kind of databases) {
  describe(`customers, on ${kind.name}`, { skip: kind.skip }, () => {
    let school: School;
    let server: TestServer;
    let owner: Client;
    let serviceId = "";
    const starts: string[] = [];

    before(async () => {
      school = await openSchool(kind, { who: "customer-school" });
      ({ owner, server } = school);
      const room = await owner("resources.create", { body: { name: "Interview room", kind: "room" } });
      const service = await owner("services.create", {
        body: {
          name: "Interview",
          slug: "interview",
          lengths: [30],
          hours: [1, 2, 3, 4, 5].map((weekday) => ({ weekday, opens: "09:00", closes: "16:00" })),
          roles: [{ name: "Room", anyOf: [room.id] }],
          questions: [
            { id: "news", kind: "consent", label: "News by mail" },
            { id: "why", kind: "text", label: "What is it about?" },
          ],
        },
      });
      serviceId = service.id;
      const from = Temporal.Now.instant().add({ hours: 24 });
      const query = { from: from.toString(), to: from.add({ hours: 24 * 14 }).toString() };
      await eventually("something is offered", async () => {
        const { items } = await server.stranger("services.slots", { params: { id: serviceId }, query });
        starts.push(...items.map(({ start }) => start));
        return items.length > 0;
      });
    });
    after(() => school[Symbol.asyncDispose]());

    async function book(
      customer: { name: string; email: string; phone?: string },
      answers: Record<string, string> = {},
    ) {
      const held = await server.stranger("holds.create", { body: { serviceId, start: starts.shift()! } });
      return server.stranger("bookings.create", { body: { holdId: held.id, key: held.key, customer, answers } });
    }
    const search = async (text: string) => (await owner("customers.list", { query: { search: text } })).items;
    const importFile = (text: string, dryRun: boolean) =>
      owner("customers.import", { query: { dryRun }, body: Buffer.from(text) });

    test("are known once they have booked, with what they have come to and agreed to", async () => {
      await book({ name: "Ada Learner", email: "Ada@Example.org", phone: "+420 1" }, { news: "yes", why: "A secret" });
      const second = await book({ name: "Ada L. Learner", email: "ada@example.org" }, { why: "Another" });
      const [ada, ...others] = await search("learner");
      assert.equal(others.length, 0, "the same address is the same customer");
      assert.deepEqual([ada!.name, ada!.bookings, ada!.noShows, ada!.notes], ["Ada Learner", 2, 0, ""]);
      assert.deepEqual(
        ada!.consents.map(({ text, withdrawn }) => [text, withdrawn]),
        [["News by mail", null]],
      );
      await owner("bookings.cancel", { params: { id: second.id }, body: {} });
      const read = await owner("customers.read", { params: { id: ada!.id } });
      assert.deepEqual([read.bookings, read.cancelled], [2, 1]);
      assert.ok(read.next !== null && read.last === null);
      const { items } = await owner("bookings.list", { query: { customerId: ada!.id } });
      assert.equal(items.length, 2);
    });

    test("keep their notes when they book again, and a consent that they withdrew until they give it again", async () => {
      const [ada] = await search("ada@example.org");
      const noted = await owner("customers.update", {
        params: { id: ada!.id },
        body: { notes: "Wants the small room" },
      });
      assert.equal(noted.version, ada!.version + 1);
      const without = await owner("customers.withdraw", { params: { id: ada!.id }, body: { text: "News by mail" } });
      assert.ok(without.consents[0]!.withdrawn !== null);
      const again = owner("customers.withdraw", { params: { id: ada!.id }, body: { text: "News by mail" } });
      assert.equal((await refusalOf(again)).status, 404);
      await book({ name: "Ada", email: "ada@example.org" }, { news: "yes" });
      const [read] = await search("ada@");
      assert.deepEqual(
        [read!.name, read!.notes, read!.consents[0]!.withdrawn],
        ["Ada Learner", "Wants the small room", null],
      );
    });

    test("stand as they are, whoever books under their address; what was given is the booking's alone", async () => {
      const grace = await owner("customers.create", {
        body: { name: "Grace Hopper", email: "grace@example.org", phone: "+420 777", notes: "On the list" },
      });
      const first = await book(
        { name: "Grace Hopper", email: "grace@example.org", phone: "+420 777" },
        { news: "yes" },
      );
      assert.equal((await owner("bookings.read", { params: { id: first.id } })).differs, null);
      const given = (await owner("customers.read", { params: { id: grace.id } })).consents[0]!.given;
      const stranger = await book({ name: "Mallory", email: "Grace@example.org" });
      assert.deepEqual(
        [stranger.customer, stranger.differs],
        [{ name: "Mallory", email: "Grace@example.org", phone: "" }, null],
        "who has the link learns nothing of who is known",
      );
      const other = await book(
        { name: "Grace Hopper", email: "grace@example.org", phone: "+420 999" },
        { news: "yes" },
      );
      const stands = await owner("customers.read", { params: { id: grace.id } });
      assert.deepEqual(
        [stands.name, stands.email, stands.phone, stands.notes],
        ["Grace Hopper", "grace@example.org", "+420 777", "On the list"],
      );
      assert.deepEqual(
        stands.consents.map((each) => [each.text, each.given, each.withdrawn]),
        [["News by mail", given, null]],
        "what she agreed to is neither taken back nor agreed to anew",
      );
      assert.deepEqual(
        stands.given.map(({ bookingId, name, phone }) => [bookingId, name, phone]),
        [
          [other.id, null, "+420 999"],
          [stranger.id, "Mallory", null],
        ],
      );
      const seen = await owner("bookings.read", { params: { id: stranger.id } });
      assert.deepEqual(
        [seen.customer?.name, seen.customer?.phone, seen.differs],
        ["Mallory", "+420 777", { name: "Mallory", phone: null }],
      );
      const after = await owner("customers.takeOver", { params: { id: other.id } });
      assert.deepEqual([after.name, after.phone, after.given.length], ["Grace Hopper", "+420 999", 1]);
      assert.equal((await owner("bookings.read", { params: { id: other.id } })).differs, null);
      const again = await owner("customers.takeOver", { params: { id: other.id } });
      assert.equal(again.version, after.version, "taken over twice is taken over once");
      for (const { id } of [first, stranger, other]) await owner("bookings.cancel", { params: { id }, body: {} });
      await owner("customers.forget", { params: { id: grace.id } });
      const left = await server.application.database.asOwner(async ({ db }) => {
        const { rows } =
          await sql`select from bookings.booking where given is not null and customer_id = ${grace.id}`.execute(db);
        return rows.length;
      });
      assert.equal(left, 0);
      assert.equal((await owner("bookings.read", { params: { id: stranger.id } })).customer, null);
    });

    test("stand as they are when a file or somebody of the organisation wrote them down and others wait", async () => {
      await importFile("name,email,phone\r\nHedy Lamarr,hedy@example.org,+420 5\r\n", false);
      const day = starts[0]!.slice(0, 10);
      const wish = await server.stranger("waitingList.create", {
        body: { serviceId, firstDay: day, lastDay: day, customer: { name: "Mallory", email: "hedy@example.org" } },
      });
      assert.deepEqual(wish.customer, { name: "Mallory", email: "hedy@example.org", phone: "" });
      const [hedy] = await search("hedy@");
      assert.deepEqual([hedy!.name, hedy!.phone], ["Hedy Lamarr", "+420 5"]);
      await owner("customers.forget", { params: { id: hedy!.id } });
    });

    test("are written down, and changed to no address that another has", async () => {
      const ben = await owner("customers.create", { body: { name: "Ben", email: "ben@example.org" } });
      const again = await owner("customers.create", { body: { name: "Ben", email: "ben@example.org" } });
      assert.equal(again.id, ben.id, "the same again is the same customer");
      const twice = owner("customers.create", { body: { name: "B", email: "BEN@example.org" } });
      assert.equal((await refusalOf(twice)).code, "bookings/customer-known");
      const taken = owner("customers.update", { params: { id: ben.id }, body: { email: "ada@example.org" } });
      assert.equal((await refusalOf(taken)).code, "bookings/customer-known");
      const own = await owner("customers.update", { params: { id: ben.id }, body: { email: "Ben@example.org" } });
      assert.equal(own.email, "Ben@example.org");
    });

    test("come from a file in one piece or not at all, and a dry run tells what would become of it", async () => {
      const wrong = await importFile("name,email\nCleo,cleo@example.org\n,nobody", false);
      assert.deepEqual([wrong.isDone, wrong.created, wrong.problems.length], [false, 0, 2]);
      assert.deepEqual(await search("cleo"), []);
      const file =
        "E-Mail;Name;Telefon\r\ncleo@example.org;Cleo;'+49 1\r\nben@example.org;Ben;\r\nada@example.org;Ada;7\r\n";
      const dry = await importFile(file, true);
      assert.deepEqual([dry.isDone, dry.rows, dry.created, dry.updated, dry.unchanged], [false, 3, 1, 2, 0]);
      assert.deepEqual(await search("cleo"), []);
      const done = await importFile(file, false);
      assert.deepEqual([done.isDone, done.created, done.updated], [true, 1, 2]);
      assert.equal((await search("cleo"))[0]!.phone, "+49 1");
      assert.equal((await search("ada@"))[0]!.notes, "Wants the small room", "what a file leaves out stays");
      const again = await importFile(file, false);
      assert.deepEqual([again.created, again.updated, again.unchanged], [0, 0, 3]);
    });

    test("are told as a file that takes itself in again, without formulas", async () => {
      await owner("customers.create", { body: { name: "=HYPERLINK(1)", email: "formula@example.org" } });
      const answer = await fetch(`${server.url}/v1/customers/file`, {
        headers: { authorization: `Bearer ${await server.token(COORDINATOR)}` },
      });
      assert.match(answer.headers.get("content-disposition") ?? "", /customers\.csv/);
      const text = await answer.text();
      assert.ok(text.includes("'=HYPERLINK(1)") && !/(^|[,"])=HYPER/m.test(text));
      const again = await importFile(text, true);
      assert.deepEqual([again.problems, again.created, again.updated], [[], 0, 0]);
    });

    test("come page by page, who was last known first", async () => {
      const first = await owner("customers.list", { query: { limit: 2 } });
      assert.equal(first.items[0]!.email, "formula@example.org");
      const second = await owner("customers.list", { query: { limit: 2, cursor: first.nextCursor! } });
      assert.equal(new Set([...first.items, ...second.items].map(({ id }) => id)).size, 4);
      const all = await owner("customers.list", { query: { limit: 1_000 } });
      assert.deepEqual(
        all.items.slice(0, 4).map(({ id }) => id),
        [...first.items, ...second.items].map(({ id }) => id),
      );
      assert.equal(all.nextCursor, null);
    });

    test("are forgotten for ever, once nothing is booked ahead", async () => {
      const [ada] = await search("ada@");
      const expected = owner("customers.forget", { params: { id: ada!.id } });
      assert.equal((await refusalOf(expected)).code, "bookings/customer-expected");
      const { items } = await owner("bookings.list", { query: { customerId: ada!.id } });
      for (const { id, state } of items)
        if (state === "confirmed") await owner("bookings.cancel", { params: { id }, body: { reason: "Ada is ill" } });
      await owner("customers.forget", { params: { id: ada!.id } });
      assert.deepEqual(await search("ada@"), []);
      const booking = await owner("bookings.read", { params: { id: items[0]!.id } });
      assert.deepEqual([booking.customer, booking.answers, booking.reason], [null, [], ""]);
      const log = await server.application.database.asOwner(async ({ db }) => {
        const { rows } = await sql<{ text: string }>`
          select coalesce(string_agg(before::text || after::text, ''), '') as text from changes.change`.execute(db);
        return rows[0]!.text;
      });
      assert.ok(!/ada@example|secret/i.test(log));
    });

    test("are not read in what is kept for requests that come again", async () => {
      const call = { body: { name: "Zdenka Secretova" }, idempotencyKey: "once" };
      const made = await owner("people.create", call);
      assert.equal((await owner("people.create", call)).id, made.id);
      const kept = await server.application.database.asOwner(async ({ db }) => {
        const { rows } = await sql<{ text: string }>`
          select coalesce(string_agg(answer::text, ''), '') as text from changes.idempotency`.execute(db);
        return rows[0]!.text;
      });
      assert.ok(kept !== "" && !/secretova/i.test(kept));
    });

    test("are nobody's business who does not run bookings", async () => {
      const member = await server.signedIn(INSTRUCTOR);
      assert.equal((await refusalOf(member("customers.list", { query: {} }))).status, 403);
      assert.equal((await refusalOf(server.stranger("customers.list", { query: {} }))).status, 401);
    });
  });
}
