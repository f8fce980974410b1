// Strategy: on both databases files are sent through HTTP for what is held, booked, read by those who may, and gone with what they
// belong to; then through the public page, by forms as browsers send them, and as none does.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { sql } from "kysely";
import type { Client } from "@hourwright/client";
import { systemClock } from "../../../platform/clock.ts";
import { eventually } from "../../../testing/eventually.ts";
import { postgres, type FilledDatabase } from "../../../testing/filled-database.ts";
import {
  COORDINATOR,
  INSTRUCTOR,
  MANAGER,
  refusalOf,
  startTestServer,
  type TestServer,
} from "../../../testing/server.ts";
import { UPLOADS_OF_ADDRESS_MAX } from "./operations.ts";

const embedded = { name: "the embedded database", skip: false as const, open: () => Promise.resolve(null) };
const PDF = Buffer.from("%PDF-1.7\nA licence\n");
const PNG = Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), Buffer.from("a picture")]);
const ADA = { name: "Ada Learner", email: "ada@example.org" };
const PATH = "/book/file-school/licence-check";

for (const kind of [embedded, postgres]) {
  describe(`files as answers, on ${kind.name}`, { skip: kind.skip }, () => {
    let base: FilledDatabase | null;
    let server: TestServer;
    let owner: Client;
    let serviceId = "";
    let aheadMs = 0;
    const starts: string[] = [];

    before(async () => {
      base = await kind.open();
      const settings: Record<string, string> = base === null ? {} : { DATABASE_URL: base.url };
      server = await startTestServer(settings, { ...systemClock, nowMs: () => systemClock.nowMs() + aheadMs });
      owner = await server.signedIn(COORDINATOR);
      await owner("bookingPage.put", { body: { who: "file-school" } });
      const room = await owner("resources.create", { body: { name: "Counter", kind: "room" } });
      const service = await owner("services.create", {
        body: {
          name: "Licence check",
          slug: "licence-check",
          lengths: [30],
          seriesMax: 3,
          hours: [1, 2, 3, 4, 5].map((weekday) => ({ weekday, opens: "09:00", closes: "16:00" })),
          roles: [{ name: "Counter", anyOf: [room.id] }],
          questions: [
            {
              id: "scan",
              kind: "file",
              label: "Your licence",
              isRequired: true,
              file: { bytesMax: 1_048_576, filesMax: 2 },
            },
            { id: "agree", kind: "consent", label: "I agree", isRequired: true },
          ],
        },
      });
      serviceId = service.id;
      const from = Temporal.Now.instant().add({ hours: 24 });
      const query = { from: from.toString(), to: from.add({ hours: 24 * 21 }).toString() };
      const slots = async () => (await server.stranger("services.slots", { params: { id: serviceId }, query })).items;
      const offered = await eventually("something is offered", slots, ({ length }) => length > 0);
      starts.push(...offered.map(({ start }) => start));
    });
    after(async () => {
      await server[Symbol.asyncDispose]();
      await base?.[Symbol.asyncDispose]();
    });

    type Held = { readonly id: string; readonly key: string; readonly start?: string };
    const hold = () => server.stranger("holds.create", { body: { serviceId, start: starts.shift()! } });
    const send = ({ id, key }: Held, body: Buffer, name = "licence.pdf", question = "scan") =>
      server.stranger("holds.addFile", { params: { id }, query: { key, question, name }, body });
    const book = ({ id, key }: Held, customer = ADA) =>
      server.stranger("bookings.create", { body: { holdId: id, key, customer, answers: { agree: "yes" } } });
    const read = ({ id, key }: Held) => server.stranger("bookings.read", { params: { id }, query: { key } });
    const reasonOf = async (promise: Promise<unknown>) => (await refusalOf(promise))["reason"];
    const download = (id: string, file: string, key?: string, headers: Record<string, string> = {}) =>
      fetch(`${server.url}/v1/bookings/${id}/files/${file}${key === undefined ? "" : `?key=${key}`}`, { headers });
    const bearer = async (who: string) => ({ authorization: `Bearer ${await server.token(who)}` });
    const count = (table: string) =>
      server.application.database.asOwner(async ({ db }) => {
        const { rows } = await sql<{
          count: number;
        }>`select count(*)::integer as count from ${sql.table(table)}`.execute(db);
        return rows[0]!.count;
      });

    test("go over to what is held instead; where that cannot be held all stays", async () => {
      const held = await hold();
      const file = await send(held, PDF);
      const other = await hold();
      const start = Temporal.Instant.from(held.start).toString();
      const taken = { serviceId, start: other.start, inPlaceOf: { id: held.id, key: held.key } };
      assert.equal((await refusalOf(server.stranger("holds.create", { body: taken }))).code, "bookings/slot-taken");
      assert.deepEqual((await read(held)).files, [file]);
      const forged = { serviceId, start: starts[0]!, inPlaceOf: { id: held.id, key: other.key } };
      assert.equal((await refusalOf(server.stranger("holds.create", { body: forged }))).status, 404);

      const moved = await server.stranger("holds.create", { body: { ...taken, start: starts.shift()! } });
      assert.deepEqual((await read(moved)).files, [file]);
      assert.equal((await refusalOf(read(held))).status, 404);
      const series = await server.stranger("holds.createSeries", {
        body: { serviceId, start, repeat: { count: 2 }, inPlaceOf: { id: moved.id, key: moved.key } },
      });
      assert.deepEqual((await read(series)).files, [file]);
      assert.equal((await refusalOf(read(moved))).status, 404);
      const again = { serviceId, start: starts.shift()!, inPlaceOf: { id: moved.id, key: moved.key } };
      const fresh = await server.stranger("holds.create", { body: again });
      assert.deepEqual((await read(fresh)).files, [], "what has ended already is passed over");
    });

    test("go over to another service where it asks for them and takes them; else they go", async () => {
      const offered = async (slug: string, file: { readonly bytesMax: number; readonly filesMax: number } | null) => {
        const room = await owner("resources.create", { body: { name: `Counter for ${slug}`, kind: "room" } });
        const question = { id: "scan", kind: "file" as const, label: "Your picture", isRequired: true };
        const { id } = await owner("services.create", {
          body: {
            name: slug,
            slug,
            lengths: [30],
            hours: [1, 2, 3, 4, 5].map((weekday) => ({ weekday, opens: "09:00", closes: "16:00" })),
            roles: [{ name: "Counter", anyOf: [room.id] }],
            questions: file === null ? [] : [{ ...question, file: { ...file, types: ["png"] } }],
          },
        });
        return id;
      };
      const sent = async () => {
        const held = await hold();
        const licence = await send(held, PDF);
        return { held, licence, picture: await send(held, PNG, "me.png") };
      };
      const startOf = ({ start }: Held) => Temporal.Instant.from(start!).toString();
      const movedTo = (to: string, held: Held) =>
        server.stranger("holds.create", {
          body: { serviceId: to, start: startOf(held), inPlaceOf: { id: held.id, key: held.key } },
        });
      const before = await count("bookings.file");

      const pictures = await sent();
      const moved = await movedTo(await offered("pictures", { bytesMax: 1_048_576, filesMax: 1 }), pictures.held);
      assert.deepEqual((await read(moved)).files, [pictures.picture]);
      assert.equal(await count("bookings.file"), before + 1);

      const unasked = await sent();
      const bare = await movedTo(await offered("bare", null), unasked.held);
      await server.stranger("bookings.create", { body: { holdId: bare.id, key: bare.key, customer: ADA } });
      assert.equal(await count("bookings.file"), before + 1, "nobody keeps what nobody asks for");
    });

    test("are sent for what is held, booked with it, and saved by its customer and by managers alone", async () => {
      const held = await hold();
      assert.equal((await refusalOf(book(held))).code, "bookings/details-invalid");
      const file = await send(held, PDF, "../Führer\u202eschein\r\n.pdf");
      assert.deepEqual(
        [file.name, file.type, file.bytes, file.question],
        ["Führerschein.pdf", "pdf", PDF.length, "scan"],
      );
      assert.deepEqual((await read(held)).files, [file]);
      const booking = await book(held);
      assert.deepEqual(booking.files, [file]);
      assert.deepEqual(booking.answers[0], { question: "Your licence", answer: "Führerschein.pdf", files: [file.id] });

      const saved = await download(held.id, file.id, held.key);
      assert.equal(saved.status, 200);
      assert.deepEqual(Buffer.from(await saved.arrayBuffer()), PDF);
      const header = (name: string) => saved.headers.get(name);
      assert.deepEqual([header("content-type"), header("x-content-type-options")], ["application/pdf", "nosniff"]);
      assert.equal(
        header("content-disposition"),
        `attachment; filename="F_hrerschein.pdf"; filename*=UTF-8''F%C3%BChrerschein.pdf`,
      );
      assert.match(header("cache-control")!, /no-store/);

      assert.equal((await download(held.id, file.id, undefined, await bearer(MANAGER))).status, 200);
      for (const answer of [
        download(held.id, file.id),
        download(held.id, file.id, "wrong"),
        download(held.id, file.id, undefined, await bearer(INSTRUCTOR)),
        download((await hold()).id, file.id, held.key),
      ])
        assert.equal((await answer).status, 404);
      assert.equal((await refusalOf(send(held, PNG))).code, "bookings/hold-over", "what is booked takes no more");
    });

    test("are what their bytes say, within the bounds of their question", async () => {
      const held = await hold();
      assert.equal(await reasonOf(send(held, Buffer.from("<svg onload=alert(1)>"), "scan.pdf")), "type");
      assert.equal(await reasonOf(send(held, Buffer.from("only text"), "scan.pdf")), "type");
      assert.equal(await reasonOf(send(held, Buffer.alloc(0), "scan.pdf")), "empty");
      assert.equal(await reasonOf(send(held, Buffer.concat([PDF, Buffer.alloc(1_048_576)]))), "too-large");
      assert.equal(await reasonOf(send(held, PDF, "a.pdf", "agree")), "unasked");
      const huge = send(held, Buffer.alloc(10_485_761));
      assert.equal((await refusalOf(huge)).status, 413);
      const [first, again] = [await send(held, PDF), await send(held, PDF, "other.pdf")];
      assert.equal(again.id, first.id, "the same is the same file");
      await send(held, PNG, "b.png");
      assert.equal(await reasonOf(send(held, Buffer.concat([PDF, PNG]))), "too-many");
      await server.stranger("holds.removeFile", { params: { id: held.id, file: first.id }, query: { key: held.key } });
      assert.deepEqual(
        (await read(held)).files.map(({ name }) => name),
        ["b.png"],
      );
    });

    test("are of many parts, and come back as they were", async () => {
      const held = await hold();
      const large = Buffer.concat([
        PDF,
        Buffer.from(Uint8Array.from({ length: 1_000_000 }, (_, at) => (at * 7919) % 251)),
      ]);
      const file = await send(held, large);
      const saved = await download(held.id, file.id, held.key);
      assert.ok(large.equals(Buffer.from(await saved.arrayBuffer())));
      const parts = await server.application.database.asOwner(async ({ db }) => {
        const { rows } = await sql<{
          sealed: Buffer;
        }>`select sealed from bookings.file_part where file_id = ${file.id}`.execute(db);
        return rows;
      });
      assert.equal(parts.length, 4);
      assert.ok(parts.every(({ sealed }) => !sealed.includes("licence")));
    });

    test("that are sent at once are no more than their question takes", async () => {
      const held = await hold();
      const all = await Promise.allSettled(
        Array.from({ length: 6 }, (_, at) => send(held, Buffer.concat([PDF, Buffer.from(String(at))]), `${at}.pdf`)),
      );
      assert.equal(all.filter(({ status }) => status === "fulfilled").length, 2);
      assert.equal((await read(held)).files.length, 2);
    });

    test("that one address begins to send and never ends are few", async () => {
      const held = await hold();
      const stop = new AbortController();
      const path = `/v1/holds/${held.id}/files?key=${held.key}&question=scan&name=a.pdf`;
      /** Begins again where it was not taken: what is asked below may have come first. */
      const begin = async () => {
        while (!stop.signal.aborted)
          await fetch(`${server.url}${path}`, {
            method: "POST",
            headers: { "content-type": "application/octet-stream" },
            body: new ReadableStream<Uint8Array>({ start: (controller) => controller.enqueue(Uint8Array.from(PDF)) }),
            duplex: "half",
            signal: stop.signal,
          } as RequestInit).catch(() => null);
      };
      const stalled = Array.from({ length: UPLOADS_OF_ADDRESS_MAX }, begin);
      try {
        await eventually("no more is taken", async () => {
          const sent = await send(held, PDF).then(
            () => 201,
            ({ status }: { status: number }) => status,
          );
          return sent === 503;
        });
      } finally {
        stop.abort(); // Else the server waits for them when it ends.
      }
      await Promise.all(stalled);
      await eventually("it is taken again", () => send(held, PDF).catch(() => null));
    });

    test("that are the same and sent at once are one file, whoever was first", async () => {
      const held = await hold();
      const large = Buffer.concat([PDF, Buffer.alloc(1_000_000, 65)]);
      const all = await Promise.all([send(held, large), send(held, large), send(held, large)]);
      assert.equal(new Set(all.map(({ id }) => id)).size, 1);
      const saved = await download(held.id, all[0].id, held.key);
      assert.ok(large.equals(Buffer.from(await saved.arrayBuffer())));
    });

    test("are gone when their question is asked no more before they are booked", async () => {
      const { questions } = await owner("services.read", { params: { id: serviceId } });
      const held = await hold();
      await send(held, PDF);
      const asked = questions.filter(({ id }) => id !== "scan");
      await owner("services.update", { params: { id: serviceId }, body: { questions: asked } });
      const files = await server.application.database.asOwner(async ({ db }) => {
        const { rows } = await sql`select id from bookings.file where booking_id = ${held.id}`.execute(db);
        return rows;
      });
      await owner("services.update", { params: { id: serviceId }, body: { questions } });
      assert.deepEqual(files, []);
    });

    test("are kept by nobody for a hold that is another's", async () => {
      const [own, other] = [await hold(), await hold()];
      assert.equal((await refusalOf(send({ id: other.id, key: own.key }, PDF))).status, 404);
      const file = await send(other, PDF);
      const removed = server.stranger("holds.removeFile", {
        params: { id: own.id, file: file.id },
        query: { key: own.key },
      });
      assert.equal((await refusalOf(removed)).status, 404);
      assert.equal((await read(other)).files.length, 1);
    });

    test("are those of all dates of a series", async () => {
      const made = await server.stranger("holds.createSeries", {
        body: { serviceId, start: starts.shift()!, repeat: { unit: "week", count: 2 } },
      });
      const file = await send(made, PDF);
      await book(made);
      const { items } = await server.stranger("bookings.series", { params: { id: made.id }, query: { key: made.key } });
      assert.deepEqual(
        items.map(({ files }) => files.map(({ id }) => id)),
        [[file.id], [file.id]],
      );
      const second = items[1]!;
      const key = new URL(second.link, "http://a").searchParams.get("key")!;
      assert.equal((await download(second.id, file.id, key)).status, 200);
    });

    test("are gone with their hold, and with their customer", async () => {
      const files = await count("bookings.file");
      const held = await hold();
      await send(held, PDF);
      await server.stranger("holds.remove", { params: { id: held.id }, query: { key: held.key } });
      assert.equal(await count("bookings.file"), files);

      const last = await hold();
      const file = await send(last, PDF);
      const booking = await book(last, { name: "Ben Leaver", email: "ben@example.org" });
      const csv = await fetch(`${server.url}/v1/customers/file`, { headers: await bearer(COORDINATOR) });
      assert.match(await csv.text(), new RegExp(`ben@example.org.*/v1/bookings/${booking.id}/files/${file.id}`));
      await owner("bookings.cancel", { params: { id: booking.id }, body: {} });
      const { items } = await owner("customers.list", { query: { search: "ben@" } });
      await owner("customers.forget", { params: { id: items[0]!.id } });
      assert.equal(await count("bookings.file"), files);
      assert.equal((await download(last.id, file.id, last.key)).status, 404);
      const after = await owner("bookings.read", { params: { id: booking.id } });
      assert.deepEqual([after.files, after.answers], [[], []]);
    });

    describe("on the public page", () => {
      type Part = readonly [name: string, value: string | { readonly name: string; readonly bytes: Buffer }];
      const post = async (path: string, parts: readonly Part[]) => {
        const form = new FormData();
        for (const [name, value] of parts)
          if (typeof value === "string") form.append(name, value);
          else form.append(name, new Blob([Uint8Array.from(value.bytes)]), value.name);
        aheadMs += 2_000; // People take some time over a form.
        return fetch(`${server.url}${PATH}${path}`, { method: "POST", body: form, redirect: "manual" });
      };
      const stampOf = (html: string) => /name="stamp" value="([^"]+)"/.exec(html)![1]!;
      const raw = (contents: string | Buffer, boundary = "x") =>
        fetch(`${server.url}${PATH}/confirm`, {
          method: "POST",
          headers: { "content-type": `multipart/form-data; boundary=${boundary}` },
          body: typeof contents === "string" ? contents : Uint8Array.from(contents),
          redirect: "manual",
        });

      test("stay when another time is looked for, and go with it", async () => {
        const held = await hold();
        await send(held, PDF);
        const own: readonly Part[] = [
          ["hold", held.id],
          ["key", held.key],
          ["name", "Ada"],
        ];
        const changing = await post("/change", own);
        assert.equal(changing.status, 303);
        const times = await (await fetch(new URL(changing.headers.get("location")!, server.url))).text();
        assert.match(times, /Your time is still held/);
        const keep = /href="([^"]+)"[^>]*>Keep it</.exec(times)![1]!.replaceAll("&amp;", "&");
        assert.match(await (await fetch(new URL(keep, server.url))).text(), /licence\.pdf/);
        const start = starts.shift()!;
        const moved = await post("/hold", [...own, ["left", "1"], ["start", start], ["stamp", stampOf(times)]]);
        assert.equal(moved.status, 303);
        const details = await (await fetch(new URL(moved.headers.get("location")!, server.url))).text();
        assert.match(details, /licence\.pdf/);
        assert.match(details, /value="Ada"/);
        assert.equal((await refusalOf(read(held))).status, 404);
      });

      test("are kept and named when another field is wrong, can be taken away, and are booked", async () => {
        const held = await hold();
        const page = await fetch(`${server.url}${PATH}?hold=${held.id}&key=${held.key}`);
        const html = await page.text();
        assert.match(html, /enctype="multipart\/form-data"/);
        assert.match(html, /type="file"/);
        const own: readonly Part[] = [
          ["hold", held.id],
          ["key", held.key],
          ["stamp", stampOf(html)],
          ["name", "Ada"],
        ];
        const wrong = await post("/confirm", [
          ...own,
          ["email", ""],
          ["q.scan", { name: "licence é.pdf", bytes: PDF }],
        ]);
        assert.equal(wrong.status, 422);
        const shown = await wrong.text();
        assert.match(shown, /licence é\.pdf/);
        assert.match(shown, /value="Ada"/);
        const file = /name="file"\s+value="([^"]+)"/.exec(shown)![1]!;

        const bad = await post("/confirm", [
          ...own,
          ["email", ADA.email],
          ["q.scan", { name: "page.html", bytes: Buffer.from("<html>") }],
        ]);
        assert.match(await bad.text(), /“page\.html” is not what is wanted here: PDF, PNG,? or JPEG\./);

        const without = await post("/remove-file", [...own, ["file", file]]);
        const after = await without.text();
        assert.doesNotMatch(after, /licence é\.pdf/);
        assert.match(after, /value="Ada"/);
        const missing = await post("/confirm", [
          ...own,
          ["email", ADA.email],
          ["q.agree", "yes"],
          ["q.scan", { name: "", bytes: Buffer.alloc(0) }],
        ]);
        assert.match(await missing.text(), /Your licence/);
        assert.equal(missing.status, 422);

        const booked = await post("/confirm", [
          ...own,
          ["email", ADA.email],
          ["q.agree", "yes"],
          ["q.scan", { name: "s.png", bytes: PNG }],
        ]);
        assert.equal(booked.status, 303);
        const own_page = await (await fetch(new URL(booked.headers.get("location")!, server.url))).text();
        const link = /href="(\/v1\/bookings\/[^"]+)"\s+download/.exec(own_page)![1]!.replaceAll("&amp;", "&");
        assert.deepEqual(Buffer.from(await (await fetch(new URL(link, server.url))).arrayBuffer()), PNG);
      });

      test("keep what else was written when a file is larger than any may be", async () => {
        const held = await hold();
        const html = await (await fetch(`${server.url}${PATH}?hold=${held.id}&key=${held.key}`)).text();
        const huge = await post("/confirm", [
          ["hold", held.id],
          ["key", held.key],
          ["stamp", stampOf(html)],
          ["name", "Ada"],
          ["q.scan", { name: "huge.pdf", bytes: Buffer.concat([PDF, Buffer.alloc(11_000_000)]) }],
          ["email", "written.after@example.org"],
        ]);
        const shown = await huge.text();
        assert.equal(huge.status, 422);
        assert.match(shown, /“huge\.pdf” is larger than 1 MB\./);
        assert.match(shown, /written\.after@example\.org/);
      });

      const part = (name: string, value: string, more = "") =>
        `--x\r\ncontent-disposition: form-data; name="${name}"${more}\r\n\r\n${value}\r\n`;
      for (const [name, body] of [
        ["ten thousand parts", `${part("name", "Ada").repeat(10_000)}--x--\r\n`],
        ["ten thousand files", `${part("q.scan", "%PDF-1", '; filename="a.pdf"').repeat(10_000)}--x--\r\n`],
        ["no end", part("name", "Ada")],
        ["no part", "--x--\r\n"],
        ["no boundary of its own", "--other\r\n\r\n"],
        ["a head that goes on", `--x\r\n${"a: b\r\n".repeat(5_000)}\r\n\r\n--x--\r\n`],
        ["a name within a name", `${part("q.scan", "%PDF-1", '; filename="a\\"; name=\\"hold.pdf"')}--x--\r\n`],
        ["keys of every object", `${part("__proto__", "a")}${part("constructor", "b")}--x--\r\n`],
      ] as const)
        test(`are refused in words in a form of ${name}`, async () => {
          const answer = await raw(body);
          assert.ok(answer.status < 500, `${answer.status}`);
          assert.match(await answer.text(), /<main|^$/);
        });

      test("are let go of in a body that does not end", { timeout: 300_000 }, async () => {
        let sent = 0;
        const endless = new ReadableStream<Uint8Array>({
          pull(controller) {
            if (sent > 60_000_000) return controller.close();
            sent += 1_000_000;
            controller.enqueue(new Uint8Array(1_000_000));
          },
        });
        const answer = await fetch(`${server.url}${PATH}/confirm`, {
          method: "POST",
          headers: { "content-type": "multipart/form-data; boundary=x" },
          body: endless,
          duplex: "half",
          redirect: "manual",
        } as RequestInit);
        assert.ok(answer.status < 500, `${answer.status}`);
      });
    });
  });
}
