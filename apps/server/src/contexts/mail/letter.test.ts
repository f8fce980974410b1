// Strategy: messages are read as a mail program would read them, in each language; then with whatever people may have written.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { parse, componentsOf, propertyOf, rawValue, readText, parameterOf, type Component } from "@hourwright/ical";
import type { Booked, ToldBooking } from "../bookings/public.ts";
import { letterOf, nameToGreet, type LetterFacts, type TellsOf } from "./letter.ts";
import { dateText, mimeOf } from "./mime.ts";
import type { Facts, Says } from "./model.ts";
import { reasonOf } from "./smtp.ts";
import { readMessage } from "./testing.ts";

const START_MS = Temporal.Instant.from("2027-04-08T12:00:00Z").epochMilliseconds;
const HOUR_MS = 3_600_000;
const NOW_MS = START_MS - 48 * HOUR_MS;

const booking: Booked = {
  id: "bkg_01J8Z3K4M5N6P7Q8R9S0T1V2W3",
  serviceId: "svc_1",
  sessionId: "bkg_1",
  state: "confirmed",
  startMs: START_MS,
  endMs: START_MS + HOUR_MS,
  places: 1,
  picked: [["sub_1"]],
  candidates: [["sub_1"]],
  terms: {
    service: "Driving lesson",
    bufferBeforeMinutes: 0,
    bufferAfterMinutes: 0,
    cancelUntilMinutes: 60,
    needsApproval: false,
    holdMinutes: 5,
    where: { kind: "address", text: "Market Square 1\nPrague" },
    policy: "Free until the day before.",
    zone: "Europe/Prague",
    isZoneLocked: true,
    reminderMinutes: [],
    rating: null,
  },
  madeMs: 0,
  zone: "Europe/Prague",
  series: null,
  paid: null,
  version: 3,
  customerId: "cus_1",
  given: null,
  answers: [],
  language: "en",
  previous: null,
  reason: "",
  offer: null,
};

type Change = {
  readonly booking?: Partial<Booked>;
  readonly told?: Partial<ToldBooking>;
  readonly customer?: { name?: string; email?: string };
  readonly before?: Facts | null;
  readonly facts?: Partial<LetterFacts>;
};
const factsWith = (change: Change = {}): LetterFacts => ({
  dates: [tellsOf(change)],
  says: "confirmed",
  byCustomer: true,
  organisation: "Larkfield",
  from: "bookings@larkfield.example",
  publicUrl: "https://book.example",
  nowMs: NOW_MS,
  ...change.facts,
});
const tellsOf = ({ booking: some = {}, told = {}, customer = {}, before = null }: Change): TellsOf => ({
  told: {
    booking: { ...booking, ...some },
    names: ["Petra Nová"],
    zone: "Europe/Prague",
    link: "/booking/bkg_1?key=abc",
    isRated: false,
    offeredUntilMs: null,
    ...told,
    customer: { name: "Ada Learner", email: "ada@example.org", phone: "", ...customer },
  },
  before,
});

const sent = async (facts: LetterFacts) => {
  const { customer } = facts.dates[0]!.told;
  const raw = await mimeOf(letterOf(facts), {
    from: { name: facts.organisation, address: facts.from },
    to: { name: nameToGreet(customer.name) ?? "", address: customer.email },
    messageId: "msg_1@larkfield.example",
    firstId: null,
    nowMs: NOW_MS,
  });
  return { raw: raw.toString("utf8"), ...readMessage(raw.toString("utf8")) };
};
const part = ({ parts }: Awaited<ReturnType<typeof sent>>, type: string) =>
  parts.find((each) => each.type.startsWith(type))?.text ?? "";

function eventIn(text: string): { readonly method: string; readonly event: Component; readonly hasZone: boolean } {
  const { nodes, problems } = parse(new TextEncoder().encode(text));
  assert.deepEqual(problems, []);
  const calendar = nodes.find((each) => each.kind === "component");
  return {
    method: rawValue(propertyOf(calendar!, "METHOD")!),
    event: componentsOf(calendar!, "VEVENT")[0]!,
    hasZone: componentsOf(calendar!, "VTIMEZONE").length === 1,
  };
}
/** Three dates, a week apart. */
const series = (change: Change = {}): readonly TellsOf[] =>
  [0, 1, 2].map((week) => {
    const startMs = START_MS + week * 7 * 24 * HOUR_MS;
    const at = { id: `bkg_${week + 1}`, startMs, endMs: startMs + HOUR_MS } as Partial<Booked>;
    return tellsOf({ ...change, booking: { ...change.booking, ...at } });
  });
const valueOf = (event: Component, name: string) => readText(rawValue(propertyOf(event, name)!));

describe("several dates of a series", () => {
  for (const [language, subject, said] of [
    ["en", "Booked: Driving lesson, 3 dates from Thu 8 Apr, 14:00", "This is about 3 dates of a series."],
    ["de", "Gebucht: Driving lesson, 3 Termine ab Do., 8. Apr., 14:00", "Es geht um 3 Termine einer Serie."],
    ["fr", /, 3 dates à partir du jeu\. 8 avr\.,? 14:00$/, "Cela concerne 3 dates d’une série."],
    ["es", /, 3 fechas desde el jue,? 8 abr,? 14:00$/, "Se trata de 3 fechas de una serie."],
  ] as const)
    test(`are told at once, each with its day: ${language}`, async () => {
      const message = await sent({ ...factsWith(), dates: series({ booking: { language } }) });
      if (typeof subject === "string") assert.equal(message.headers.get("subject"), subject);
      else assert.match(message.headers.get("subject")!, subject);
      const text = part(message, "text/plain");
      assert.ok(text.includes(said));
      assert.equal(text.match(/2027[^\n]*14:00–15:00/g)?.length, 3);
    });

  test("are published in one calendar, since a request is of one UID alone (RFC 5546 §3.2.2)", async () => {
    for (const state of ["confirmed", "cancelled"] as const) {
      const says = state;
      const dates = series({ booking: { state } as Partial<Booked> });
      const message = await sent({ ...factsWith({ facts: { says } }), dates });
      const { nodes, problems } = parse(new TextEncoder().encode(part(message, "text/calendar")));
      assert.deepEqual(problems, []);
      const calendar = nodes.find((each) => each.kind === "component")!;
      assert.equal(rawValue(propertyOf(calendar, "METHOD")!), "PUBLISH");
      const events = componentsOf(calendar, "VEVENT");
      assert.equal(new Set(events.map((event) => valueOf(event, "UID"))).size, 3);
      for (const event of events) {
        assert.equal(valueOf(event, "STATUS"), state.toUpperCase());
        assert.equal(propertyOf(event, "ATTENDEE"), null);
        assert.ok(propertyOf(event, "ORGANIZER") !== null);
      }
    }
  });

  test("name who comes to each where that differs, and where each was before", async () => {
    const dates = series().map((date, at) => ({
      told: { ...date.told, names: [["Petra"], ["Radek"], ["Petra"]][at]! },
      before: {
        state: "confirmed" as const,
        startMs: date.told.booking.startMs - HOUR_MS,
        endMs: date.told.booking.endMs - HOUR_MS,
        subjectIds: [],
      },
    }));
    const text = part(await sent({ ...factsWith({ facts: { says: "moved" } }), dates }), "text/plain");
    assert.equal(text.match(/Before: [^\n]*13:00–14:00/g)?.length, 3);
    assert.match(text, /14:00–15:00[^\n]*, Radek\r?\n/);
    assert.doesNotMatch(text, /With:/);
  });
});

describe("an offer to somebody who waits", () => {
  for (const [language, subject, until, way] of [
    [
      "en",
      "A time is free: Driving lesson, Thu 8 Apr, 14:00",
      "kept for you until Wed 7 Apr, 14:00",
      "Take it, or let it pass",
    ],
    [
      "de",
      "Eine Zeit ist frei: Driving lesson, Do., 8. Apr., 14:00",
      "bis Mi., 7. Apr., 14:00",
      "Annehmen oder verzichten",
    ],
    [
      "fr",
      "Un horaire s’est libéré\u00a0: Driving lesson, jeu. 8 avr., 14:00",
      "jusqu’au mer. 7 avr., 14:00",
      "Prendre cet horaire ou le laisser passer",
    ],
    [
      "es",
      "Hay una hora libre: Driving lesson, jue, 8 abr, 14:00",
      "hasta el mié, 7 abr, 14:00",
      "Aceptarla o dejarla pasar",
    ],
  ] as const)
    test(`says in ${language} what, until when, and the way to answer, without a calendar`, async () => {
      const untilMs = START_MS - 24 * HOUR_MS;
      const hold = { ...booking, language, state: "held", expiresMs: untilMs };
      const message = await sent(
        factsWith({
          told: { booking: hold as never, link: "/waiting/wsh_1?key=abc", offeredUntilMs: untilMs },
          facts: { says: "offer" },
        }),
      );
      const text = part(message, "text/plain").replaceAll("\r\n", "\n");
      assert.equal(message.headers.get("subject"), subject);
      assert.ok(text.includes(until), text);
      assert.ok(
        text.includes(
          `${way}${language === "fr" ? "\u00a0" : ""}:\nhttps://book.example/waiting/wsh_1?key=abc&lang=${language}`,
        ),
        text,
      );
      assert.equal(part(message, "text/calendar"), "");
    });
});

describe("the question after a visit", () => {
  const terms = (question: string) => ({ ...booking.terms, rating: { question, afterMinutes: 120 } });
  const over = { state: "completed" as const, offer: null };
  for (const [language, subject, question, way] of [
    ["en", "How was it? Driving lesson, Thu 8 Apr, 14:00", "Question: How was your visit?", "Answer"],
    ["de", "Wie war es? Driving lesson, Do., 8. Apr., 14:00", "Frage: Wie war der Besuch?", "Antworten"],
    [
      "fr",
      "Comment cela s’est-il passé\u00a0? Driving lesson, jeu. 8 avr., 14:00",
      "Question\u00a0: Comment s’est passée votre visite\u00a0?",
      "Répondre",
    ],
    ["es", "¿Qué tal ha ido? Driving lesson, jue, 8 abr, 14:00", "Pregunta: ¿Qué tal ha ido tu visita?", "Responder"],
  ] as const)
    test(`is asked in ${language}, with the way to answer, without a calendar`, async () => {
      const message = await sent(
        factsWith({ booking: { ...over, language, terms: terms("") } as never, facts: { says: "rating" } }),
      );
      const text = part(message, "text/plain").replaceAll("\r\n", "\n");
      assert.equal(message.headers.get("subject"), subject);
      assert.ok(text.includes(question), text);
      assert.ok(
        text.includes(
          `${way}${language === "fr" ? "\u00a0" : ""}:\nhttps://book.example/booking/bkg_1?key=abc&lang=${language}#rate`,
        ),
        text,
      );
      assert.equal(part(message, "text/calendar"), "");
    });

  test("is that of the organisation where it has one, on one line and with nothing that is read as HTML", async () => {
    const own = terms("How was <b>Petra</b>?\nReply-To: evil@example.org");
    const message = await sent(factsWith({ booking: { ...over, terms: own } as never, facts: { says: "rating" } }));
    assert.ok(part(message, "text/plain").includes("Question: How was <b>Petra</b>? Reply-To: evil@example.org"));
    assert.doesNotMatch(part(message, "text/html"), /<b>Petra/);
  });
});

describe("a message to a customer", () => {
  test("names the times that are offered instead, in each language, and changes nothing in calendars", async () => {
    const starts = [24, 25, 48].map((hours) => booking.startMs + hours * 3_600_000);
    const offer = { starts, endsMs: booking.startMs - 3_600_000, awayId: "sub_1" };
    for (const [language, said] of [
      [
        "en",
        /cannot keep the time.*\n[^]*Instead: .*9 April[^]*9 April[^]*10 April[^]*Choose until: [^]*Not possible: .*8 April/,
      ],
      ["de", /kann den Termin .* nicht halten[^]*Stattdessen: .*9\. April[^]*Nicht möglich: .*8\. April/],
      ["fr", /ne peut pas maintenir[^]*À la place[^]*Choisir l’un de ces horaires/],
      ["es", /no puede mantener[^]*En su lugar[^]*Elegir una de estas horas/],
    ] as const) {
      const message = await sent(factsWith({ booking: { offer, language }, facts: { says: "offered" } }));
      assert.match(part(message, "text/plain").replaceAll("\r", ""), said);
      assert.equal(part(message, "text/calendar"), "");
    }
  });

  test("says what, when and in whose zone, as text and as HTML, with the whole link", async () => {
    const message = await sent(factsWith());
    assert.equal(message.headers.get("subject"), "Booked: Driving lesson, Thu 8 Apr, 14:00");
    assert.equal(message.headers.get("from"), "Larkfield <bookings@larkfield.example>");
    assert.equal(message.headers.get("to"), "Ada Learner <ada@example.org>");
    assert.equal(message.headers.get("message-id"), "<msg_1@larkfield.example>");
    assert.equal(message.headers.get("auto-submitted"), "auto-generated");
    assert.equal(message.headers.get("date"), dateText(NOW_MS));
    const text = part(message, "text/plain");
    assert.match(text, /Hello Ada Learner,\r?\n/);
    assert.match(text, /You have booked Driving lesson with Larkfield\./);
    assert.match(text, /When: Thursday,? 8 April 2027, 14:00–15:00, Prague time \(UTC\+2\)/);
    assert.match(text, /https:\/\/book\.example\/booking\/bkg_1\?key=abc&lang=en/);
    const html = part(message, "text/html");
    assert.match(html, /<html lang="en">/);
    assert.match(html, /href="https:\/\/book\.example\/booking\/bkg_1\?key=abc&amp;lang=en"/);
    assert.match(html, /<th scope="row"[^>]*>When<\/th>/);
  });

  test("carries what calendars read, as RFC 6047 has it", async () => {
    const message = await sent(factsWith());
    const asked = message.parts.find(({ type }) => type.startsWith("text/calendar"))!;
    assert.match(asked.type, /method=REQUEST/);
    assert.match(asked.type, /charset=utf-8/);
    const { method, event, hasZone } = eventIn(asked.text);
    assert.deepEqual([method, hasZone], ["REQUEST", true]);
    assert.equal(valueOf(event, "UID"), "bkg_01J8Z3K4M5N6P7Q8R9S0T1V2W3@hourwright");
    assert.equal(valueOf(event, "SEQUENCE"), "3");
    assert.equal(valueOf(event, "STATUS"), "CONFIRMED");
    assert.equal(valueOf(event, "ORGANIZER"), "mailto:bookings@larkfield.example");
    assert.equal(valueOf(event, "ATTENDEE"), "mailto:ada@example.org");
    assert.equal(parameterOf(propertyOf(event, "DTSTART")!, "TZID"), "Europe/Prague");
    assert.equal(rawValue(propertyOf(event, "DTSTART")!), "20270408T140000");
    const file = message.parts.find(({ type }) => type.startsWith("application/ics"))!;
    assert.equal(file.text, asked.text);
    assert.match(file.headers.get("content-disposition")!, /booking\.ics/);
  });

  const off: Change = { booking: { state: "cancelled", reason: "The car is broken" } };
  test("takes a cancelled booking out of calendars, and says why where the organisation did it", async () => {
    const message = await sent(factsWith({ ...off, facts: { says: "cancelled", byCustomer: false } }));
    const { method, event } = eventIn(part(message, "text/calendar"));
    assert.deepEqual([method, valueOf(event, "STATUS")], ["CANCEL", "CANCELLED"]);
    assert.match(part(message, "text/plain"), /Larkfield has cancelled[^]*Reason: The car is broken/);
    const own = await sent(factsWith({ ...off, facts: { says: "cancelled", byCustomer: true } }));
    assert.match(part(own, "text/plain"), /You have cancelled/);
    assert.doesNotMatch(part(own, "text/plain"), /broken/);
  });

  test("says where a booking was before it was moved, and that it has to be approved again", async () => {
    const before: Facts = { state: "confirmed", startMs: START_MS - HOUR_MS, endMs: START_MS, subjectIds: [] };
    const message = await sent(
      factsWith({ booking: { state: "requested" } as Partial<Booked>, before, facts: { says: "moved" } }),
    );
    const text = part(message, "text/plain");
    assert.match(text, /Before: Thursday,? 8 April 2027, 13:00–14:00, Prague time/);
    assert.match(text, /still has to be confirmed/);
    assert.equal(valueOf(eventIn(part(message, "text/calendar")).event, "STATUS"), "TENTATIVE");
  });

  test("reminds without touching calendars", async () => {
    const message = await sent(factsWith({ facts: { says: "reminder" } }));
    assert.match(part(message, "text/plain"), /reminder of your booking/);
    assert.equal(part(message, "text/calendar"), "");
  });

  test("tells the time of the place where one has to be, and beside it that of the customer's clock", async () => {
    const message = await sent(factsWith({ booking: { zone: "America/New_York" } }));
    assert.match(
      part(message, "text/plain"),
      /Prague time \(UTC\+2\)\r?\n {2}On your clock in New York: Thu 8 Apr, 08:00/,
    );
  });

  const languages = {
    en: ["Booked: Driving lesson", "You have booked"],
    de: ["Gebucht: Driving lesson", "ist gebucht"],
    fr: ["Réservé\u00a0: Driving lesson", "Vous avez réservé"],
    es: ["Reservada: Driving lesson", "Has reservado"],
  } as const;
  for (const [language, [subject, lead]] of Object.entries(languages))
    test(`is written in the customer's language: ${language}`, async () => {
      const message = await sent(factsWith({ booking: { language: language as Booked["language"] } }));
      assert.ok(message.headers.get("subject")!.startsWith(subject), message.headers.get("subject") ?? "");
      assert.ok(part(message, "text/plain").includes(lead), part(message, "text/plain"));
      assert.match(part(message, "text/plain"), /Prague|Prag/);
      assert.match(part(message, "text/html"), new RegExp(`<html lang="${language}">`));
    });

  const all: readonly Says[] = [
    "requested",
    "confirmed",
    "approved",
    "declined",
    "moved",
    "changed",
    "cancelled",
    "reminder",
  ];
  test("has words for everything in every language, and none twice", () => {
    for (const language of ["en", "de", "fr", "es"] as const) {
      const letters = all.map((says) => letterOf(factsWith({ booking: { language }, facts: { says } })));
      assert.equal(new Set(letters.map(({ subject }) => subject)).size, all.length);
      assert.equal(new Set(letters.map(({ text }) => text)).size, all.length);
    }
  });
});

describe("what somebody else has written", () => {
  test("is greeted where it is a name, and where it may be a message it is not", () => {
    for (const name of ["Ada Learner", "Jean-Luc d’Ormesson", "Þóra J. Ægisdóttir", "李明"])
      assert.equal(nameToGreet(name), name);
    for (const name of [
      "win.example now",
      "https://win.example",
      "Ada <a@b.example>",
      "x".repeat(61),
      "Ada\r\nBcc: b@c.example",
    ])
      assert.equal(nameToGreet(name), null, name);
  });

  test("begins no header, no property and no tag, whatever it is", async () => {
    const hostile = fc.oneof(
      fc.string({ unit: "grapheme", maxLength: 60 }),
      fc.constantFrom(
        "Eve\r\nBcc: victim@example.org",
        "Eve\nSubject: won",
        "\u2028Bcc: a@b.example",
        '"; DROP <x@y.example>, "',
        "<script>alert(1)</script>",
        "a\r\nATTENDEE:mailto:x@example.org",
        "=?utf-8?B?QmNjOiBhQGIuZXhhbXBsZQ==?=",
        "\u202eevil",
        "é ☃ 🎉",
      ),
    );
    const expected = [...(await sent(factsWith())).headers.keys()].toSorted();
    await fc.assert(
      fc.asyncProperty(hostile, hostile, hostile, hostile, async (name, organisation, service, policy) => {
        const message = await sent(
          factsWith({
            customer: { name },
            told: { names: [name] },
            booking: { terms: { ...booking.terms, service, policy } },
            facts: { organisation },
          }),
        );
        assert.deepEqual([...message.headers.keys()].toSorted(), expected);
        assert.match(message.headers.get("to")!, /<?ada@example\.org>?$/);
        const { event } = eventIn(part(message, "text/calendar"));
        assert.equal(event.children.filter((each) => each.kind === "property" && each.name === "ATTENDEE").length, 1);
        assert.doesNotMatch(part(message, "text/html"), /<script/);
        for (const line of message.raw.split("\r\n")) assert.ok(Buffer.byteLength(line) <= 998, "RFC 5322 §2.1.1");
      }),
      { numRuns: 60 },
    );
  });

  test("by a mail server is kept in one short line that names no address", () => {
    const error = Object.assign(new Error("x"), {
      response: "550 5.1.1 <ada@example.org>: user\r\n550 unknown; ask postmaster@example.org",
    });
    assert.equal(reasonOf(error, "ada@example.org"), "550 5.1.1 <…>: user 550 unknown; ask …");
    assert.equal(reasonOf(new Error("y".repeat(999)), "a@b.example").length, 200);
  });
});
