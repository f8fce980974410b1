// Strategy: on both databases somebody books through the pages alone, by links and forms as a browser without a script follows
// them; what the pages say is compared with what the operations then answer.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Client } from "@hourwright/client";
import { systemClock } from "../../platform/clock.ts";
import { eventually } from "../../testing/eventually.ts";
import { postgres, type FilledDatabase } from "../../testing/filled-database.ts";
import { COORDINATOR, startTestServer, type TestServer } from "../../testing/server.ts";

const embedded = { name: "the embedded database", skip: false as const, open: () => Promise.resolve(null) };
const ZONE = "Europe/Prague";
const ADA = { name: "Ada Learner", email: "ada@example.org" };

const SIGNS: Readonly<Record<string, string>> = { "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'" };
const plain = (text: string) => text.replaceAll(/&(amp|lt|gt|quot|#39);/g, (sign) => SIGNS[sign]!);

/** What a browser would send of a form: its fields as they are printed. */
function fieldsOf(html: string): URLSearchParams {
  const form = /<form id="booking"[\s\S]*?<\/form>/.exec(html)?.[0] ?? "";
  const fields = new URLSearchParams();
  for (const [tag] of form.matchAll(/<input\s[^>]*>/g)) {
    const of = (name: string) => plain(new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1] ?? "");
    if (/type="(checkbox|radio)"/.test(tag) && !/\schecked/.test(tag)) continue;
    fields.append(of("name"), of("value"));
  }
  return fields;
}
const slotsOf = (html: string) =>
  [...html.matchAll(/<button\s+class="slot"[^>]*?value="([^"]+)"/g)].map((found) => found[1]!);

for (const kind of [embedded, postgres]) {
  describe(`the booking pages, on ${kind.name}`, { skip: kind.skip }, () => {
    let base: FilledDatabase | null;
    let server: TestServer;
    let owner: Client;
    let aheadMs = 0;
    const monday = Temporal.Now.plainDateISO(ZONE).add({ days: 22 - Temporal.Now.plainDateISO(ZONE).dayOfWeek });
    let people: string[] = [];

    before(async () => {
      base = await kind.open();
      const settings: Record<string, string> = base === null ? {} : { DATABASE_URL: base.url };
      server = await startTestServer(settings, { ...systemClock, nowMs: () => systemClock.nowMs() + aheadMs });
      owner = await server.signedIn(COORDINATOR);
      people = [];
      for (const name of ["Petra", "Radek"]) people.push((await owner("people.create", { body: { name } })).id);
      await owner("bookingPage.put", { body: { who: "page-school", greeting: "Welcome <b>in</b>", hue: 75 } });
    });
    after(async () => {
      await server[Symbol.asyncDispose]();
      await base?.[Symbol.asyncDispose]();
    });

    const text = (date: Temporal.PlainDate) => date.toZonedDateTime(ZONE).toInstant().toString();
    let slug = 0;
    /** A service of its own for a test, ready when it has times on the Monday that all tests book. */
    async function offer(more: object = {}) {
      const service = await owner("services.create", {
        body: {
          name: "Driving lesson",
          slug: `pages-${++slug}`,
          lengths: [60],
          cancelUntilMinutes: 60,
          windowDays: 90,
          hours: [{ weekday: 1, opens: "09:00", closes: "16:00" }],
          roles: [{ name: "Instructor", anyOf: [people[slug % 2]!] }],
          ...more,
        },
      });
      const path = `/book/page-school/${service.slug}`;
      const slots = async () => slotsOf((await get(`${path}?on=${monday.toString()}`)).html);
      await eventually("something is offered", async () => (await slots()).length > 0);
      return { service, path };
    }
    const close = (id: string) => owner("services.update", { params: { id }, body: { isOpen: false } });

    async function ask(path: string, init: RequestInit = {}) {
      const answer = await fetch(new URL(path, server.url), {
        redirect: "manual",
        ...init,
        headers: { accept: "text/html", "accept-language": "en-GB", ...(init.headers as Record<string, string>) },
      });
      return { status: answer.status, headers: answer.headers, html: await answer.text() };
    }
    const get = (path: string, headers: Record<string, string> = {}) => ask(path, { headers });
    const post = (path: string, body: URLSearchParams, headers: Record<string, string> = {}) =>
      ask(path, { method: "POST", body, headers: { origin: server.url, ...headers } });
    const placeOf = ({ headers, status }: { headers: Headers; status: number }) => {
      assert.equal(status, 303);
      return headers.get("location")!;
    };
    const day = (path: string) => get(`${path}?on=${monday.toString()}`);
    const withFields = (html: string, more: Readonly<Record<string, string>>) => {
      const fields = fieldsOf(html);
      for (const [name, value] of Object.entries(more)) fields.set(name, value);
      return fields;
    };
    /** Holds the first time of a page, and opens its details. */
    async function holdFirst(path: string, more: Readonly<Record<string, string>> = {}) {
      const { html } = await day(path);
      const start = slotsOf(html)[0]!;
      const place = placeOf(await post(`${path}/hold`, withFields(html, { ...more, start })));
      return { start, place, ...(await get(place)) };
    }
    /** People take their time with a form. */
    const later = () => void (aheadMs += 5_000);

    test("offer other times as buttons where whoever it was with is away, in four languages, and move by one of them", async () => {
      const { service, path } = await offer({ cancelUntilMinutes: 40_000 });
      const { html } = await holdFirst(path);
      later();
      const booked = placeOf(await post(`${path}/confirm`, withFields(html, ADA)));
      const [booking] = (await owner("bookings.list", { query: { serviceId: service.id } })).items;
      const about = { subjectId: booking!.subjects[0]!.id, from: monday.toString(), until: monday.toString() };
      const plan = await owner("bookings.standIns", { body: about });
      const rows = plan.rows.map(({ sessionId, times, bookings }) => ({
        sessionId,
        deed: "offer" as const,
        times: times.map(({ start }) => start),
        versions: bookings.map(({ id, version }) => ({ id, version })),
      }));
      await owner("bookings.standIns", { body: { ...about, rows, apply: true } });
      for (const [lang, said] of [
        ["en", "Needs another time"],
        ["de", "Braucht einen anderen Termin"],
        ["fr", "Un autre horaire est nécessaire"],
        ["es", "Hace falta otra hora"],
      ] as const)
        assert.ok((await get(`${booked}&lang=${lang}`)).html.includes(said), lang);
      const page = await get(booked);
      const starts = slotsOf(page.html);
      assert.equal(starts.length, rows[0]!.times.length);
      assert.match(page.html, /deed=cancel/, "it may be cancelled, however late");
      const choose = `${booked.split("?")[0]!}/choose`;
      const key = new URL(booked, server.url).searchParams.get("key")!;
      const wrong = await post(choose, new URLSearchParams({ key, start: text(monday.add({ days: 1 })) }));
      assert.equal(wrong.status, 409);
      assert.equal(slotsOf(wrong.html).length, starts.length, "the offer is still there");
      const moved = await get(placeOf(await post(choose, new URLSearchParams({ key, start: starts[0]! }))));
      assert.match(moved.html, /<h1[^>]*>Booked<\/h1>/);
      const after = await owner("bookings.read", { params: { id: booking!.id }, query: {} });
      assert.equal(Temporal.Instant.compare(after.start, starts[0]!), 0);
      await close(service.id);
      // The others find everybody here again.
      await owner("availability.putLayers", { params: { id: about.subjectId }, body: { layers: [] } });
    });

    test("lead from what is offered to a booking and its own page by links and forms alone", async () => {
      const { service, path } = await offer({ price: "900 Kč", policy: "Free until an hour before" });
      const list = await get("/book/page-school");
      assert.equal(list.status, 200);
      assert.ok(list.html.includes(`href="${path}"`));
      const { html, place, start } = await holdFirst(path);
      assert.match(html, /Held for you until \d\d:\d\d Prague time\. Nobody else can take it\./);
      assert.match(html, /Book Mon \d+ \w+, 09:00 Prague time/);
      later();
      const booked = placeOf(await post(`${path}/confirm`, withFields(html, ADA)));
      assert.match(booked, /^\/booking\/bkg_\w+\?key=/);
      const page = await get(booked);
      assert.match(page.html, /<h1[^>]*>Booked<\/h1>/);
      assert.match(page.html, /No message is sent\. Keep this link/);
      const { items } = await owner("bookings.list", { query: { serviceId: service.id } });
      assert.deepEqual(
        items.map(({ customer, state }) => [customer?.email, state]),
        [[ADA.email, "confirmed"]],
      );
      assert.equal(Temporal.Instant.compare(items[0]!.start, start), 0);
      assert.equal(
        placeOf(await get(place)).split("&")[0],
        booked,
        "the way back to the form leads to what was booked",
      );

      const file = await get(booked.replace("?", "/calendar.ics?"));
      assert.match(file.headers.get("content-type")!, /^text\/calendar/);
      assert.match(file.html, /DTSTART;TZID=Europe\/Prague:\d{8}T090000/);
      await close(service.id);
    });

    test("move and cancel a booking by its link", async () => {
      const { service, path } = await offer();
      const { html } = await holdFirst(path);
      later();
      const booked = placeOf(await post(`${path}/confirm`, withFields(html, ADA)));
      const key = new URL(booked, server.url).searchParams.get("key")!;
      const moving = await get(`${booked}&deed=move`);
      const to = /href="([^"]*at=[^"]*)"/g;
      const choice = plain([...moving.html.matchAll(to)].at(-1)![1]!);
      const chosen = await get(choice);
      assert.match(chosen.html, /Move to Mon \d+ \w+, \d\d:\d\d Prague time/);
      const start = new URL(choice, server.url).searchParams.get("at")!;
      const base = booked.split("?")[0]!;
      const moved = await get(placeOf(await post(`${base}/move`, new URLSearchParams({ key, start }))));
      assert.match(moved.html, /<s>Mon \d+ \w+, 09:00<\/s>/);
      assert.match((await get(`${booked}&deed=cancel`)).html, /Cancel this booking\?/);
      const reason = "I am <ill>";
      const gone = await get(placeOf(await post(`${base}/cancel`, new URLSearchParams({ key, reason }))));
      assert.match(gone.html, /<h1[^>]*>Cancelled<\/h1>/);
      assert.ok(gone.html.includes("I am &lt;ill&gt;"));
      const again = await post(`${base}/cancel`, new URLSearchParams({ key }));
      assert.equal(again.status, 409);
      assert.equal((await get(`${base}?key=wrong`)).status, 404);
      await close(service.id);
    });

    test("say what is wrong with every field at once, beside it, and keep the rest", async () => {
      const questions = [
        { id: "car", kind: "choice", label: "Car", isRequired: true, options: ["Manual", "Automatic"] },
        { id: "note", kind: "text", label: "Anything we should know?" },
        { id: "permit", kind: "consent", label: "I hold a permit", isRequired: true },
      ];
      const { service, path } = await offer({ questions });
      const { html } = await holdFirst(path);
      later();
      const wrong = await post(
        `${path}/confirm`,
        withFields(html, { name: "Ada", email: "nowhere", "q.note": "Roundabouts </textarea>" }),
      );
      assert.equal(wrong.status, 422);
      assert.match(wrong.html, /3 things are missing or wrong/);
      for (const field of ["email", "q.car", "q.permit"]) {
        assert.ok(wrong.html.includes(`href="#${field}"`), field);
        assert.ok(wrong.html.includes(`id="why-${field}"`), field);
      }
      assert.ok(wrong.html.includes('value="nowhere"'));
      assert.ok(wrong.html.includes("Roundabouts &lt;/textarea&gt;"));
      const right = withFields(wrong.html, { ...ADA, "q.car": "Manual", "q.permit": "yes" });
      placeOf(await post(`${path}/confirm`, right));
      await close(service.id);
    });

    test("keep what is typed when the language is changed without a script, and what Enter does in a field", async () => {
      const questions = [{ id: "note", kind: "text", label: "Anything we should know?" }];
      const { service, path } = await offer({ questions });
      const { html } = await holdFirst(path);
      const action = /<button\s+form="booking"\s+formaction="([^"]+)"\s+formnovalidate\s+name="lang"\s+value="de"/.exec(
        html,
      );
      assert.ok(action !== null, "the switch is a button of the form");
      assert.ok(
        html.indexOf('id="first"') < html.indexOf('name="lang"'),
        "Enter presses the first button of a form, which is none of these",
      );
      const long = "Roundabouts. ".repeat(100);
      const typed = withFields(html, { ...ADA, email: "ada@müller.example", "q.note": long });
      const body = new URLSearchParams([["lang", "de"], ...typed]);
      const german = await post(action[1]!, body);
      assert.equal(german.status, 200);
      assert.match(german.html, /<html\s+lang="de"/);
      for (const kept of [ADA.name, "ada@müller.example", long]) assert.ok(german.html.includes(kept), kept);
      assert.match(german.html, /data-until=/, "it is held as before");
      later();
      const place = placeOf(await post(`${path}/confirm`, withFields(german.html, { "q.note": long })));
      assert.match((await get(place)).html, /ada@müller\.example/, "shown as typed");
      await close(service.id);
    });

    test("take a domain of every script, and say why not other letters before it", async () => {
      const { service, path } = await offer();
      const { html } = await holdFirst(path);
      later();
      const wrong = await post(`${path}/confirm`, withFields(html, { ...ADA, email: "aña@example.org" }));
      assert.equal(wrong.status, 422);
      assert.match(wrong.html, /Before the @ this address has letters that many mail servers do not take/);
      const right = withFields(wrong.html, { ...ADA, email: "ada@xn--mller-kva.example" });
      const place = placeOf(await post(`${path}/confirm`, right));
      assert.match((await get(place)).html, /ada@müller\.example/, "browsers send it in ASCII, and nobody reads that");
      await close(service.id);
    });

    test("keep a price together, and say the limit that keeps a customer from a time", async () => {
      const limitPerCustomer = { count: 1, days: 1 };
      const { service, path } = await offer({ price: "from 1 200 Kč", limitPerCustomer, cancelUntilMinutes: 0 });
      const { html } = await holdFirst(path);
      assert.ok(html.includes("from 1\u00a0200\u00a0Kč"));
      later();
      const place = placeOf(await post(`${path}/confirm`, withFields(html, ADA)));
      const next = await holdFirst(path, { on: monday.toString() });
      later();
      const often = await post(`${path}/confirm`, withFields(next.html, ADA));
      assert.match(often.html, /You can book this once within a day, and you have\./);
      const other = placeOf(await post(`${path}/confirm`, withFields(next.html, { ...ADA, email: "eve@example.org" })));
      assert.ok(other !== place);
      await close(service.id);
    });

    test("offer the nearest three when a time is taken meanwhile, with everything written kept", async () => {
      const { service, path } = await offer();
      const { html } = await day(path);
      const start = slotsOf(html)[2]!;
      await server.stranger("holds.create", { body: { serviceId: service.id, start } });
      const taken = await post(`${path}/hold`, withFields(html, { ...ADA, start }));
      assert.equal(taken.status, 409);
      assert.match(taken.html, /Somebody was quicker/);
      assert.ok(taken.html.includes(`value="${ADA.email}"`));
      const nearest = slotsOf(/<ul class="nearest">[\s\S]*?<\/ul>/.exec(taken.html)![0]);
      assert.equal(nearest.length, 3);
      const next = placeOf(await post(`${path}/hold`, withFields(taken.html, { start: nearest[0]! })));
      assert.ok((await get(next)).html.includes(`value="${ADA.email}"`));
      await close(service.id);
    });

    test("show the times again when what was held is over, with everything written kept", async () => {
      const { service, path } = await offer();
      const { html, place } = await holdFirst(path);
      aheadMs += 6 * 60_000;
      const over = await post(`${path}/confirm`, withFields(html, ADA));
      assert.equal(over.status, 410);
      assert.match(over.html, /The time was held too long/);
      assert.ok(over.html.includes(`value="${ADA.name}"`));
      assert.equal((await get(place)).status, 410);
      later();
      const [again] = slotsOf(over.html);
      const held = await get(placeOf(await post(`${path}/hold`, withFields(over.html, { start: again! }))));
      later();
      placeOf(await post(`${path}/confirm`, withFields(held.html, {})));
      await close(service.id);
    });

    test("hold a time as long again, once", async () => {
      const { service, path } = await offer();
      const { html } = await holdFirst(path);
      aheadMs += 4 * 60_000;
      const kept = await get(placeOf(await post(`${path}/keep`, withFields(html, ADA))));
      assert.match(html, /Keep longer/);
      assert.doesNotMatch(kept.html, /Keep longer/);
      assert.ok(kept.html.includes(`value="${ADA.email}"`));
      aheadMs += 4 * 60_000;
      placeOf(await post(`${path}/keep`, withFields(kept.html, {})));
      placeOf(await post(`${path}/confirm`, withFields(kept.html, {})));
      const [hold] = [await holdFirst(path)];
      placeOf(await post(`${path}/keep`, withFields(hold.html, {})));
      placeOf(await post(`${path}/keep`, withFields(hold.html, {})));
      aheadMs += 10 * 60_000;
      assert.equal((await post(`${path}/confirm`, withFields(hold.html, ADA))).status, 410);
      owner = await server.signedIn(COORDINATOR); // A token lasts a quarter of an hour.
      await close(service.id);
    });

    test("hold a time once however often its button is pressed, and give it back when it is changed", async () => {
      const { service, path } = await offer();
      const { html } = await day(path);
      const fields = withFields(html, { start: slotsOf(html)[0]! });
      const [one, two] = [await post(`${path}/hold`, fields), await post(`${path}/hold`, fields)];
      const holdOf = (answer: typeof one) => new URL(placeOf(answer), server.url).searchParams.get("hold");
      assert.equal(holdOf(one), holdOf(two));
      const details = await get(placeOf(one));
      const back = placeOf(await post(`${path}/change`, withFields(details.html, ADA)));
      assert.ok(back.includes("ada%40example.org"));
      assert.equal(slotsOf((await get(back)).html)[0], slotsOf(html)[0], "it is free again");
      const third = await post(`${path}/hold`, fields);
      assert.notEqual(holdOf(third), holdOf(one), "what was given back is held anew");
      await close(service.id);
    });

    test("book the time that is in front in one step, as a wide page offers it", async () => {
      const { service, path } = await offer();
      const { html } = await day(path);
      later();
      placeOf(await post(`${path}/confirm`, withFields(html, { ...ADA, start: slotsOf(html)[0]! })));
      await close(service.id);
    });

    test("ask programs that fill in every field, or are too quick, to press once more", async () => {
      const { service, path } = await offer();
      const { html } = await holdFirst(path);
      const quick = await post(`${path}/confirm`, withFields(html, ADA));
      assert.equal(quick.status, 422);
      assert.match(quick.html, /Please press once more/);
      later();
      const filled = await post(`${path}/confirm`, withFields(html, { ...ADA, website: "https://spam.example" }));
      assert.equal(filled.status, 422);
      const forged = await post(`${path}/confirm`, withFields(html, { ...ADA, stamp: "1.x.y" }));
      assert.equal(forged.status, 422);
      placeOf(await post(`${path}/confirm`, withFields(quick.html, {})));
      await close(service.id);
    });

    test("put nothing on a page that a browser would run", async () => {
      const evil = `<script>alert(1)</script>"'&`;
      const { service, path } = await offer({
        name: evil,
        description: evil,
        price: evil,
        policy: evil,
        where: { kind: "address", text: evil },
        questions: [{ id: "a", kind: "choice", label: evil, options: [evil, "other"] }],
      });
      const query = new URLSearchParams({ name: evil, email: evil, "q.a": evil, zone: evil, find: evil, lang: evil });
      const { html } = await holdFirst(path, { name: evil });
      later();
      const booked = placeOf(await post(`${path}/confirm`, withFields(html, { ...ADA, name: evil, "q.a": evil })));
      const pages = ["/book/page-school", path, `${path}?${query}`, booked, `${booked}&deed=move`, `/book/${evil}`];
      for (const page of pages) {
        const { html } = await get(encodeURI(page));
        assert.ok(html.includes("<!doctype html>"), page);
        assert.doesNotMatch(html, /<script>|"'&(?!amp;|quot;|#39;|lt;|gt;)/, page);
      }
      await close(service.id);
    });

    test("speak the language that the address or the browser asks for", async () => {
      const { service, path } = await offer();
      const said = async (query: string, language: string) =>
        /<html\s+lang="(\w+)"/.exec((await get(path + query, { "accept-language": language })).html)?.[1];
      assert.equal(await said("", "de-AT,de;q=0.9,en;q=0.5"), "de");
      assert.equal(await said("", "pl, fr;q=0.4, es;q=0.6"), "es");
      assert.equal(await said("", "pl"), "en");
      assert.equal(await said("?lang=fr", "de"), "fr");
      assert.equal(await said("?lang=xx", ""), "en");
      const { html } = await get(`${path}?on=${monday.toString()}`, { "accept-language": "de" });
      assert.match(html, /Weiter mit \d\d:\d0, Zeit von Prague/);
      assert.match(
        (await get(`${path}?on=${monday.toString()}`, { "accept-language": "en-US" })).html,
        /\d\d:\d0 [AP]M/,
      );
      await close(service.id);
    });

    test("lead out of an empty month to the next free time", async () => {
      const { service, path } = await offer({ windowDays: 300 });
      const empty = monday.add({ months: 14 });
      const page = await get(`${path}?on=${empty.toString()}`);
      assert.match(page.html, /Nothing is free in/);
      assert.match(page.html, /Next free: \w{3} \d+ \w+, \d\d:\d\d/);
      const first = await get(path);
      assert.ok(slotsOf(first.html).length > 0, "the first sight has times, in whichever month they are");
      await close(service.id);
    });

    test("lead who finds nothing free to the waiting list, and from an offer to a booking, by links and forms alone", async () => {
      const { service, path } = await offer({ hours: [{ weekday: 1, opens: "09:00", closes: "10:00" }] });
      const { html, start } = await holdFirst(path);
      const on = start.slice(0, 10); // A Monday on which the tests before have left somebody free.
      later();
      const booked = placeOf(await post(`${path}/confirm`, withFields(html, ADA)));
      const times = await day(path);
      assert.ok(times.html.includes("Tell me when something frees"));
      const form = await get(`${path}/wait?on=${on}&lang=en`);
      const ben = { name: "Ben Waits", email: `ben${slug}@example.org` };
      const soon = await post(`${path}/wait`, withFields(form.html, ben));
      assert.equal(soon.status, 422, "nobody fills in a form at once");
      later();
      const wrong = await post(
        `${path}/wait`,
        withFields(form.html, { ...ben, last: "2020-01-01", from: "08:30", email: "ben" }),
      );
      assert.equal(wrong.status, 422);
      assert.match(wrong.html, /The last day is before the first\./);
      for (const kept of ["Ben Waits", 'value="2020-01-01"', 'value="08:30"'])
        assert.ok(wrong.html.includes(kept), kept);
      const last = { ...ben, last: on, from: "08:30", weekday: "1" };
      const place = placeOf(await post(`${path}/wait`, withFields(wrong.html, last)));
      assert.match(place, /^\/waiting\/wsh_\w+\?key=[^&]+&lang=en$/);
      const waiting = await get(place);
      assert.match(waiting.html, /<h1[^>]*>You are on the waiting list<\/h1>/);
      assert.match(waiting.html, /You are asked next\./);
      const [base, search] = booked.split("?");
      const key = new URLSearchParams(search).get("key")!;
      placeOf(await post(`${base}/cancel`, new URLSearchParams({ key })));
      const offered = await eventually(
        "it is offered",
        () => get(place),
        ({ html }) => html.includes("Take it"),
      );
      const take = plain(/<a class="go" href="([^"]+)">Take it/.exec(offered.html)![1]!);
      const details = await get(take);
      assert.ok(details.html.includes('value="Ben Waits"') && details.html.includes(`value="${ben.email}"`));
      assert.equal(details.html.includes("Keep it longer"), false);
      later();
      const own = placeOf(await post(`${path}/confirm`, fieldsOf(details.html)));
      assert.match((await get(own)).html, /<h1[^>]*>Booked<\/h1>/);
      assert.match((await get(place)).html, /<h1[^>]*>You have booked<\/h1>[^]*See the booking/);
      const { items } = await owner("bookings.list", { query: { serviceId: service.id, state: "confirmed" } });
      assert.deepEqual(
        items.map(({ customer, start: at }) => [customer?.name, Temporal.Instant.compare(at, start)]),
        [["Ben Waits", 0]],
      );
      for (const [language, title] of [
        ["de", "Gebucht"],
        ["fr", "Vous avez réservé"],
        ["es", "Has reservado"],
      ] as const)
        assert.ok((await get(place.replace("lang=en", `lang=${language}`))).html.includes(`${title}</h1>`), language);
      assert.equal((await get(place.replace(/key=[^&]+/, "key=no"))).status, 404);
      await close(service.id);
    });

    test("show times in the customer's zone where the service lets them", async () => {
      const { service, path } = await offer({ isZoneLocked: false });
      const there = await get(`${path}?on=${monday.toString()}&zone=America/New_York`);
      assert.match(there.html, /All times are New York time\./);
      assert.match(there.html, /data-keep="slot-\d+"[\s\S]{0,80}<span>0[3-9]:\d0<\/span>/);
      const search = await get(`${path}?step=zone&find=lond`);
      assert.match(search.html, /href="[^"]*zone=Europe%2FLondon/);
      assert.match((await get(`${path}?zone=No/Where`)).html, /All times are Prague time\./);
      await close(service.id);
    });

    test("are framed, cached and sent as their headers say", async () => {
      const { service, path } = await offer();
      const { headers, html } = await get(path);
      const policy = headers.get("content-security-policy")!;
      const nonce = /'nonce-([^']+)'/.exec(policy)![1]!;
      assert.match(policy, /default-src 'none'.*form-action 'self'; frame-ancestors 'none'/);
      assert.equal(headers.get("x-frame-options"), "DENY");
      assert.equal(headers.get("cache-control"), "no-store");
      assert.equal(headers.get("referrer-policy"), "same-origin");
      assert.equal(headers.get("set-cookie"), null);
      for (const [tag] of html.matchAll(/<(script|style)[^>]*>/g)) assert.ok(tag.includes(`nonce="${nonce}"`), tag);
      assert.doesNotMatch(html, /\sstyle="|\son\w+="/);
      const embed = await get(`${path}?embed=1`);
      assert.match(embed.headers.get("content-security-policy")!, /frame-ancestors \*/);
      assert.equal(embed.headers.get("x-frame-options"), null);
      await close(service.id);
    });

    test("take nothing from another site's page, and no account with them", async () => {
      const { service, path } = await offer();
      const { html } = await day(path);
      const fields = withFields(html, { ...ADA, start: slotsOf(html)[0]! });
      const foreign = await post(`${path}/hold`, fields, { origin: "https://evil.example" });
      assert.equal(foreign.status, 403);
      assert.match(foreign.html, /This came from another page/);
      await close(service.id);
    });

    test("book a series with a package, whole, and say politely where too little is left, with the form kept", async () => {
      const { service, path } = await offer({ seriesMax: 4, needsPackage: true });
      const { id: kindId } = await owner("packageKinds.create", {
        body: { name: "Two lessons", serviceIds: [service.id], units: 2, validDays: 365 },
      });
      const { code, id } = await owner("packages.issue", { body: { kindId, customer: ADA } });
      const { html, start } = await holdFirst(path, ADA);
      assert.match(html, /<select[^>]*name="repeat"/);
      const clash = await owner("holds.create", {
        body: {
          serviceId: service.id,
          start: Temporal.Instant.from(start)
            .add({ hours: 24 * 7 })
            .toString(),
        },
      });
      const checked = await post(`${path}/dates`, withFields(html, { ...ADA, package: code, repeat: "3", start }));
      assert.equal(checked.status, 409);
      assert.match(checked.html, /Not all dates are free/);
      const choices = [...checked.html.matchAll(/name="instead\.2"\s+value="([^"]+)"/g)].map((found) => found[1]!);
      assert.equal(choices.at(-1), "out");
      await server.stranger("holds.remove", { params: { id: clash.id }, query: { key: clash.key } });
      const place = placeOf(await post(`${path}/dates`, withFields(checked.html, { repeat: "3", start })));
      const held = await get(place);
      assert.match(held.html, /3 dates are held for you/);
      later();
      const refused = await post(`${path}/confirm`, withFields(held.html, { ...ADA, package: code }));
      assert.equal(refused.status, 409);
      assert.match(refused.html, /2 are left of this package, and you want 3\./);
      assert.equal(fieldsOf(refused.html).get("name"), ADA.name);
      assert.equal(fieldsOf(refused.html).get("package"), code);
      await owner("packages.correct", { params: { id }, body: { units: 1, reason: "A present" } });
      later();
      const booked = placeOf(await post(`${path}/confirm`, withFields(refused.html, {})));
      const page = await get(booked);
      assert.match(page.html, /Date 1 of 3/);
      assert.match(page.html, /Two lessons, 0 left/);
      const of = booked.split("?")[0]!;
      const key = new URL(booked, server.url).searchParams.get("key")!;
      placeOf(await post(`${of}/cancel`, new URLSearchParams({ key, which: "all", reason: "" })));
      assert.equal((await owner("packages.read", { params: { id } })).balance, 3);
      const { items } = await owner("bookings.list", { query: { serviceId: service.id, state: "cancelled" } });
      assert.equal(items.length, 3);
      await close(service.id);
    });

    test("ask first what is wanted, and lead there with the answers filled in, by a form alone", async () => {
      const question = {
        id: "licence",
        kind: "choice",
        label: "Which licence?",
        isRequired: true,
        options: ["B", "A"],
      };
      const { service, path } = await offer({ questions: [question] });
      const routing = (more: object = {}) => ({
        questions: [{ id: "licence", label: "Which licence <b>?", options: ["B", "A", "C"] }],
        rules: [{ when: [{ question: "licence", answer: "B" }], serviceId: service.id, choose: [] }],
        ...more,
      });
      const never = routing({ rules: [...routing().rules, ...routing().rules] });
      await assert.rejects(owner("bookingPage.putRouting", { body: never }), /Rule 2 is never reached/);
      await owner("bookingPage.putRouting", { body: routing() });
      assert.deepEqual(await owner("bookingPage.readRouting", {}), routing());
      const asked = await get("/book/page-school?lang=en");
      assert.match(asked.html, /What are you looking for\?[^]*Which licence &lt;b&gt;\?[^]*name="r\.licence"/);
      const led = placeOf(await get("/book/page-school?lang=en&r.licence=B"));
      assert.equal(led, `${path}?lang=en&q.licence=B`);
      assert.match((await day(path)).html, /Which licence\?/);
      const other = await get("/book/page-school?r.licence=C");
      assert.ok(other.html.includes("What would you like to book?") || other.html.includes(`href="${path}"`));
      assert.match((await get("/book/page-school?r.licence=no")).html, /What are you looking for\?/);
      assert.ok((await get("/book/page-school?all=1")).html.includes(`href="${path}"`));
      await close(service.id);
      assert.equal((await get("/book/page-school")).html.includes("What are you looking for"), false);
      const ended = await owner.full("bookingPage.putRouting", { body: { questions: [], rules: [] } });
      await owner("requests.undo", { params: { id: ended.requestId! } });
      assert.deepEqual(await owner("bookingPage.readRouting", {}), routing());
      await owner("bookingPage.putRouting", { body: { questions: [], rules: [] } });
    });

    test("say on a page that there is nothing", async () => {
      for (const path of ["/book/nobody-here", "/book/page-school/nothing", "/booking/bkg_x?key=1", "/book/A%20B"]) {
        const { status, html } = await get(path);
        assert.equal(status, 404, path);
        assert.match(html, /There is nothing here/, path);
      }
    });
  });
}

describe("the booking pages, past their limits", () => {
  test("say when to come again, and keep what was written", async () => {
    await using server = await startTestServer({ RATE_LIMIT: "on" });
    const owner = await server.signedIn(COORDINATOR);
    const { id } = await owner("people.create", { body: { name: "Petra" } });
    await owner("bookingPage.put", { body: { who: "busy-school" } });
    await owner("services.create", {
      body: { name: "Lesson", slug: "lesson", lengths: [60], roles: [{ name: "Instructor", anyOf: [id] }] },
    });
    const body = () => new URLSearchParams({ name: "Ada", start: "2020-01-01T00:00:00Z" });
    const press = () =>
      fetch(new URL("/book/busy-school/lesson/hold", server.url), { method: "POST", body: body(), redirect: "manual" });
    let answer = await press();
    for (let left = 120; left > 0 && answer.status !== 429; left--) answer = await press();
    assert.equal(answer.status, 429);
    assert.ok(Number(answer.headers.get("retry-after")) > 0);
    const html = await answer.text();
    assert.match(html, /Too many attempts from here/);
    const look = await fetch(new URL("/book/busy-school/lesson", server.url));
    assert.equal(look.status, 200, "looking at times is not limited with it");
  });
});
