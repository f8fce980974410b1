// Strategy: on both databases, over HTTP: customers come, do not come, and cancel; they are asked afterwards, by page and operation; the
// figures of the period are compared with what was done.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { sql } from "kysely";
import type { Client } from "@hourwright/client";
import { systemClock } from "../../platform/clock.ts";
import { hurried } from "../../platform/testing/clock.ts";
import { becomes, eventually } from "../../testing/eventually.ts";
import { postgres, type FilledDatabase } from "../../testing/filled-database.ts";
import { COORDINATOR, MEMBER, refusalOf, startTestServer, type TestServer } from "../../testing/server.ts";

const embedded = { name: "the embedded database", skip: false as const, open: () => Promise.resolve(null) };
const ZONE = "Europe/Prague";

for (const kind of [embedded, postgres]) {
  describe(`after visits, on ${kind.name}`, { skip: kind.skip }, () => {
    let base: FilledDatabase | null;
    let server: TestServer;
    let owner: Client;
    let serviceId = "";
    const people: string[] = [];
    let aheadMs = Temporal.Instant.from("2027-10-11T08:00:00Z").epochMilliseconds - systemClock.nowMs();
    const clock = hurried({ ...systemClock, nowMs: () => systemClock.nowMs() + aheadMs });
    const monday = Temporal.PlainDate.from("2027-10-18");
    const week = { from: "2027-10-18", to: "2027-10-25" };
    const booked = new Map<string, { readonly id: string; readonly key: string }>();

    before(async () => {
      base = await kind.open();
      server = await startTestServer(base === null ? {} : { DATABASE_URL: base.url }, clock);
      owner = await server.signedIn(COORDINATOR);
      for (const name of ["Petra", "Radek"]) people.push((await owner("people.create", { body: { name } })).id);
      await owner("bookingPage.put", { body: { who: "larkfield-visits" } });
      const service = await owner("services.create", {
        body: {
          name: "Driving lesson",
          slug: "visited",
          lengths: [60],
          cancelUntilMinutes: 60,
          hours: [1, 2, 3, 4, 5].map((weekday) => ({ weekday, opens: "09:00", closes: "13:00" })),
          roles: [{ name: "Instructor", anyOf: people }],
          rating: { question: "How was <b>Petra</b>?", afterMinutes: 120 },
        },
      });
      serviceId = service.id;
      await eventually("something is offered", async () => (await slots()) > 0);
      for (const [who, hour] of [
        ["ada", "09:00"],
        ["ben", "10:00"],
        ["cy", "11:00"],
        ["dee", "12:00"],
      ] as const)
        booked.set(who, await book(who, hour));
    });
    after(async () => {
      await server[Symbol.asyncDispose]();
      await base?.[Symbol.asyncDispose]();
    });

    const startOf = (hour: string) =>
      monday.toZonedDateTime({ timeZone: ZONE, plainTime: hour }).toString({ timeZoneName: "never" });
    const slots = async () => {
      const query = { from: startOf("00:00"), to: startOf("23:00") };
      return (await server.stranger("services.slots", { params: { id: serviceId }, query })).items.length;
    };
    async function book(who: string, hour: string) {
      const held = await server.stranger("holds.create", { body: { serviceId, start: startOf(hour) } });
      const customer = { name: `${who} Learner`, email: `${who}@visits.example` };
      await server.stranger("bookings.create", { body: { holdId: held.id, key: held.key, customer } });
      return { id: held.id, key: held.key };
    }
    const travelTo = async (text: string) => {
      aheadMs = Temporal.Instant.from(text).epochMilliseconds - systemClock.nowMs();
      owner = await server.signedIn(COORDINATOR);
    };
    const rate = (who: string, score: number, comment = "") => {
      const { id, key } = booked.get(who)!;
      return server.stranger("bookings.rate", { params: { id }, body: { key, score, comment } });
    };
    const seen = (who: string) => owner("bookings.read", { params: { id: booked.get(who)!.id } });
    const figures = (more: object = {}) => owner("bookings.figures", { query: { ...week, serviceId, ...more } });

    test("nobody is asked before it is over, and nobody answers for what was cancelled", async () => {
      assert.equal((await seen("ada")).rating, null);
      assert.equal((await refusalOf(rate("ada", 5))).code, "bookings/not-asked");
      const { id, key } = booked.get("ben")!;
      await server.stranger("bookings.cancel", { params: { id }, body: { key, reason: "" } });
      await travelTo("2027-10-18T10:30:00Z");
      await owner("bookings.cancel", { params: { id: booked.get("dee")!.id }, body: {} });
      await owner("bookings.noShow", { params: { id: booked.get("cy")!.id } });
      assert.equal((await refusalOf(rate("ben", 5))).code, "bookings/not-asked");
      assert.equal((await refusalOf(rate("cy", 5))).code, "bookings/not-asked");
    });

    test("a visit is answered for once, changed for thirty days, and by nobody without the link", async () => {
      const rated = await rate("ada", 2, "  <script>alert(1)</script> ");
      assert.deepEqual(
        [rated.rating!.score, rated.rating!.comment, rated.rating!.isOpen],
        [2, "<script>alert(1)</script>", true],
      );
      await rate("ada", 4, "<script>alert(1)</script>");
      assert.equal((await seen("ada")).rating!.score, 4);
      const { id } = booked.get("ada")!;
      const guessed = server.stranger("bookings.rate", { params: { id }, body: { key: "no", score: 1 } });
      assert.equal((await refusalOf(guessed)).status, 404);
      await travelTo("2027-11-17T10:31:00Z");
      const late = await refusalOf(rate("ada", 1));
      assert.equal(late.code, "bookings/rating-closed");
      assert.match(late.detail, /30 days ago/);
      await travelTo("2027-10-18T12:00:00Z");
    });

    test("the log of changes says that something was said, and neither what nor by whom", async () => {
      const { organisation } = await server.application.database.outside(
        async (db) =>
          (
            await sql<{ organisation: number }>`select bookings.organisation_of(${serviceId}) as organisation`.execute(
              db,
            )
          ).rows[0]!,
        { lane: "read" },
      );
      const context = {
        organisation,
        actor: { kind: "system" as const, userId: null, personId: null, label: "test" },
        operation: "test",
        requestId: "test",
      };
      const rows = await server.application.database.inOrganisation(
        context,
        async (unit) =>
          (
            await sql<{ text: string }>`
              select to_jsonb(c)::text as text from changes.change c
              where org_id = ${organisation} and thing_id = ${booked.get("ada")!.id}`.execute(unit.db)
          ).rows,
        { lane: "read" },
      );
      assert.ok(rows.some(({ text }) => text.includes('"rating"')));
      for (const { text } of rows) assert.doesNotMatch(text, /script|visits\.example|Learner/);
    });

    test("the page asks as the organisation wrote it, keeps what was typed, and lets no script in", async () => {
      const { id, key } = booked.get("ada")!;
      const page = async (init: RequestInit = {}, path = `?key=${key}&lang=en`) => {
        const answer = await fetch(`${server.url}/booking/${id}${path}`, { redirect: "manual", ...init });
        return { status: answer.status, place: answer.headers.get("location"), html: await answer.text() };
      };
      const { html } = await page();
      assert.ok(html.includes("How was &lt;b&gt;Petra&lt;/b&gt;?") && html.includes("&lt;script&gt;alert(1)"));
      assert.doesNotMatch(html, /<script>alert/);
      assert.match(html, /value="4"[^>]*checked/);
      assert.ok(html.includes("Change my answer"));
      const post = (fields: Record<string, string>) =>
        page(
          {
            method: "POST",
            body: new URLSearchParams({ key, lang: "en", ...fields }),
            headers: { origin: server.url },
          },
          "/rate",
        );
      const none = await post({ comment: "kept <i>" });
      assert.equal(none.status, 422);
      assert.ok(none.html.includes("Choose one of the five answers") && none.html.includes("kept &lt;i&gt;"));
      const long = await post({ score: "3", comment: "x".repeat(1_001) });
      assert.equal(long.status, 422);
      assert.ok(/is too long/.test(long.html) && long.html.includes("x".repeat(1_001)));
      const sent = await post({ score: "5", comment: "Thank\r\nyou" });
      assert.deepEqual([sent.status, sent.place?.includes("said=rated")], [303, true]);
      assert.ok((await page({}, `?key=${key}&lang=de&said=rated`)).html.includes("Danke für die Antwort"));
      assert.deepEqual((await seen("ada")).rating!.comment, "Thank\nyou");
      for (const [lang, send] of [
        ["de", "Antwort ändern"],
        ["fr", "Modifier ma réponse"],
        ["es", "Cambiar mi respuesta"],
      ] as const)
        assert.ok((await page({}, `?key=${key}&lang=${lang}`)).html.includes(send), lang);
      const ben = booked.get("ben")!;
      assert.doesNotMatch(await (await fetch(`${server.url}/booking/${ben.id}?key=${ben.key}`)).text(), /id="rate"/);
    });

    test("the figures are those of what was done", async () => {
      const found = await figures();
      const { total } = found;
      assert.deepEqual([total.bookings, total.outcomes.confirmed, total.outcomes.noShow], [4, 1, 1]);
      assert.deepEqual(
        [total.outcomes.cancelledByCustomer, total.outcomes.cancelledByOrganisation, total.cancelledLate],
        [1, 1, 1],
      );
      assert.deepEqual([total.noShows.count, total.noShows.of], [1, 2]);
      assert.deepEqual(total.rating, { count: 1, mean: 5, distribution: [0, 0, 0, 0, 1] });
      assert.deepEqual(found.customers, { returning: 0, new: 2 });
      assert.equal(total.bookedMinutes, 120);
      const [service] = found.services;
      assert.equal(service!.openMinutes, 2 * 5 * 4 * 60, "two people, within the hours of the service");
      assert.equal(service!.utilisation, 120 / (2 * 5 * 4 * 60));
      assert.deepEqual(found.subjects.map(({ name }) => name).toSorted(), ["Petra", "Radek"]);
      const [fair] = found.fairness;
      assert.deepEqual(
        fair!.subjects.map(({ owed, got, offBy }) => [owed, got, offBy]),
        [
          [2, 2, 0],
          [2, 2, 0],
        ],
      );
      const before = await figures({ from: "2027-10-11", to: "2027-10-18" });
      assert.deepEqual([before.total.bookings, before.total.rating, before.total.noShows.rate], [0, null, null]);
    });

    test("times that were held are counted after they were booked, once", async () => {
      const spare = await server.stranger("holds.create", {
        body: { serviceId, start: startOf("10:00").replace("18T", "19T") },
      });
      await server.stranger("holds.remove", { params: { id: spare.id }, query: { key: spare.key } });
      const days = { from: "2027-10-01", to: "2027-11-01" };
      await becomes(async () => (await figures(days)).holds?.held, 5);
      const { holds } = await figures(days);
      assert.deepEqual([holds!.booked, holds!.rate, holds!.since], [4, 0.8, holds!.since]);
    });

    test("the file has a line for each, and figures are for who runs bookings", async () => {
      const query = new URLSearchParams({ ...week, serviceId });
      const token = await server.token(COORDINATOR);
      const answer = await fetch(`${server.url}/v1/bookings/figures/file?${query}`, {
        headers: { authorization: `Bearer ${token}` },
      });
      assert.match(answer.headers.get("content-type")!, /text\/csv/);
      const lines = (await answer.text()).trim().split("\r\n");
      assert.deepEqual(
        lines.slice(1).map((line) => line.split(",").slice(0, 3).join(",")),
        ["total,,4", "service,Driving lesson,4", "person,Petra,2", "person,Radek,2"],
      );
      const member = await server.signedIn(MEMBER);
      assert.equal((await refusalOf(member("bookings.figures", { query: week }))).status, 403);
      assert.equal((await refusalOf(server.stranger("bookings.figures", { query: week }))).status, 401);
    });

    test("a period that is none, too long, or of nothing that there is, is refused in words", async () => {
      const refused = async (more: object) => (await refusalOf(figures(more))).detail;
      assert.match(await refused({ to: week.from }), /after from/);
      assert.match(await refused({ to: "2029-01-01" }), /400 days/);
      assert.match(await refused({ zone: "No/Where" }), /No\/Where/);
      assert.equal((await refusalOf(figures({ serviceId: "svc_01J8Z3K4M5N6P7Q8R9S0T1V2W3" }))).status, 404);
    });

    test("who is forgotten leaves a number and no word", async () => {
      await travelTo("2027-10-20T08:00:00Z");
      const { items } = await owner("customers.list", { query: { search: "ada learner" } });
      await owner("customers.forget", {
        params: { id: items.find(({ email }) => email === "ada@visits.example")!.id },
      });
      assert.deepEqual([(await seen("ada")).rating!.score, (await seen("ada")).rating!.comment], [5, ""]);
      assert.equal((await figures()).total.rating!.count, 1);
      assert.equal((await refusalOf(rate("ada", 1, "again"))).status, 404);
    });
  });
}
