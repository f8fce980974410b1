// Rules IT* are in ../../SPEC.md. Strategy: a table for each method, of what a message does to a small calendar, and a
// table of who may say it.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { objectFrom } from "../calendar-object.ts";
import { UTC } from "@hourwright/time";
import { instancesOf } from "../instances.ts";
import { componentsOf, type Component } from "../tree.ts";
import type { MessageOutcome, MessageReceipt } from "./outcome.ts";
import { receiveMessage } from "./receive.ts";
import { calendar, event, linesNamed, linesOf, message, partNamed, todo } from "./testing.ts";

const nowMs = Temporal.Instant.from("2026-02-01T12:00Z").epochMilliseconds;
const HOST = "ORGANIZER;CN=Host:mailto:host@example.org";
const ANN = "ATTENDEE;CN=Ann:mailto:ann@example.org";
const BOB = "ATTENDEE;CN=Bob:mailto:bob@example.org";
const ann = (participation: string) => ANN.replace(";CN", `;PARTSTAT=${participation};CN`);
const TIMES = ["DTSTART:20260302T090000Z", "DTEND:20260302T100000Z"];
const LATER = ["DTSTART:20260302T120000Z", "DTEND:20260302T130000Z"];
const WEEKLY = [...TIMES, "RRULE:FREQ=WEEKLY;COUNT=4"];
const SECOND = "20260309T090000Z";
const secondTimes = [`DTSTART:${SECOND}`, "DTEND:20260309T100000Z"];
const second = (...lines: string[]) => event(`RECURRENCE-ID:${SECOND}`, HOST, ...lines);

function receive(receipt: Omit<MessageReceipt, "addresses" | "nowMs">, who: string): MessageOutcome {
  return receiveMessage({ ...receipt, addresses: [`mailto:${who}@example.org`], nowMs });
}

function changed(sent: Component, stored: Component | null, who: string, sender?: string): Component {
  const outcome = receive({ message: sent, stored, ...(sender === undefined ? {} : { sender }) }, who);
  assert.ok(outcome.kind === "changed", JSON.stringify(outcome));
  return outcome.calendar;
}

function reason(receipt: Omit<MessageReceipt, "addresses" | "nowMs">, who: string): string {
  const outcome = receive(receipt, who);
  return outcome.kind === "ignored" ? outcome.reason : outcome.kind;
}

describe("a REQUEST", () => {
  const request = (...lines: string[]) => message("REQUEST", event(HOST, ANN, BOB, ...lines));

  test("[IT13] that is new is put down, less METHOD, alarms and what only the sender's server reads", () => {
    const alarm = ["BEGIN:VALARM", "ACTION:AUDIO", "TRIGGER:PT0S", "END:VALARM"];
    const odd = "ATTENDEE;SCHEDULE-AGENT=NONE;SCHEDULE-FORCE-SEND=REPLY:mailto:eve@example.org";
    const made = changed(message("REQUEST", event(...TIMES, HOST, ANN, odd, ...alarm)), null, "ann");
    assert.deepEqual(linesOf(made), ["VERSION:2.0", "PRODID:-//test//EN"]);
    assert.equal(componentsOf(partNamed(made)).length, 0);
    assert.deepEqual(linesNamed(made, "", "ATTENDEE"), [ANN, "ATTENDEE:mailto:eve@example.org"]);
    assert.equal(objectFrom(made)?.master?.organizer?.name, "Host");
  });

  test("[IT14] that is older than what is known is ignored, by SEQUENCE and then by DTSTAMP", () => {
    const stored = calendar(event(...TIMES, HOST, ANN, "SEQUENCE:2", "DTSTAMP:20260103T000000Z"));
    const sent = (sequence: number, day: number) =>
      request(...LATER, `SEQUENCE:${sequence}`, `DTSTAMP:2026010${day}T000000Z`);
    assert.equal(reason({ message: sent(1, 9), stored }, "ann"), "outdated");
    assert.equal(reason({ message: sent(2, 2), stored }, "ann"), "outdated");
    assert.equal(reason({ message: sent(2, 4), stored }, "ann"), "changed");
    assert.equal(reason({ message: sent(3, 1), stored }, "ann"), "changed");
  });

  test("[IT14] that comes twice changes nothing the second time", () => {
    const sent = request(...WEEKLY, "DTSTAMP:20260103T000000Z");
    assert.equal(reason({ message: sent, stored: changed(sent, null, "ann") }, "ann"), "unchanged");
  });

  test("[IT15] leaves the attendee his alarms, his free time, his colour and his clients' notes", () => {
    const own = ["TRANSP:TRANSPARENT", "COLOR:red", "X-MOZ-LASTACK:20260101T000000Z"];
    const alarm = ["BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:-PT5M", "END:VALARM"];
    const stored = calendar(event(...TIMES, HOST, ANN, ...own, ...alarm));
    const made = changed(request(...LATER, "TRANSP:OPAQUE", "SUMMARY:New", "CATEGORIES:Work"), stored, "ann");
    const lines = linesOf(partNamed(made));
    for (const line of [...own, LATER[0]!, "SUMMARY:New", "CATEGORIES:Work"]) assert.ok(lines.includes(line), line);
    assert.ok(!lines.includes("TRANSP:OPAQUE"));
    assert.equal(componentsOf(partNamed(made), "VALARM").length, 1);
  });

  test("[IT15] gives a new override the alarms of the series", () => {
    const alarm = ["BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:-PT5M", "END:VALARM"];
    const stored = calendar(event(...WEEKLY, HOST, ANN, ...alarm));
    const made = changed(message("REQUEST", second(...secondTimes, ANN, "SUMMARY:New")), stored, "ann");
    assert.equal(componentsOf(partNamed(made, SECOND), "VALARM").length, 1);
    assert.equal(componentsOf(partNamed(made), "VALARM").length, 1, "the series stays");
  });

  test("[IT16] of the same revision leaves an answer that may be on its way; a newer one asks anew", () => {
    const stored = calendar(event(...TIMES, HOST, ann("ACCEPTED"), BOB, "SEQUENCE:1"));
    assert.deepEqual(
      linesNamed(changed(request(...TIMES, "SEQUENCE:1", "SUMMARY:New"), stored, "ann"), "", "ATTENDEE"),
      [ann("ACCEPTED").replace(";PARTSTAT=ACCEPTED;CN=Ann", ";CN=Ann;PARTSTAT=ACCEPTED"), BOB],
    );
    assert.deepEqual(linesNamed(changed(request(...LATER, "SEQUENCE:2"), stored, "ann"), "", "ATTENDEE"), [ANN, BOB]);
  });

  test("[IT16] with a new override is answered as the series was, as long as it is no newer", () => {
    const stored = calendar(event(...WEEKLY, HOST, ann("ACCEPTED"), "SEQUENCE:1"));
    const after = (sequence: number) => {
      const override = second(...secondTimes, ANN, `SEQUENCE:${sequence}`);
      const made = changed(message("REQUEST", event(...WEEKLY, HOST, ANN, "SEQUENCE:1"), override), stored, "ann");
      return linesNamed(made, SECOND, "ATTENDEE")[0]!;
    };
    assert.ok(after(1).includes("PARTSTAT=ACCEPTED"));
    assert.equal(after(2), ANN);
  });

  test("[IT16] leaves the answer to one occurrence, with what is new in the series", () => {
    const stored = calendar(event(...WEEKLY, HOST, ANN), second(...secondTimes, ann("DECLINED"), "TRANSP:TRANSPARENT"));
    const made = changed(message("REQUEST", event(...WEEKLY, HOST, ANN, "SUMMARY:New")), stored, "ann");
    const lines = linesOf(partNamed(made, SECOND));
    assert.ok(lines.includes("SUMMARY:New") && lines.includes("TRANSP:TRANSPARENT"));
    assert.ok(lines.some((line) => line.includes("PARTSTAT=DECLINED")));
  });

  test("[IT16] leaves out what the attendee took out, until it is asked anew", () => {
    const declined = `EXDATE;X-HOURWRIGHT-DECLINED=1:${SECOND}`;
    const stored = calendar(event(...WEEKLY, HOST, ANN, "SEQUENCE:1", declined, "EXDATE:20260316T090000Z"));
    const sent = (sequence: number) => message("REQUEST", event(...WEEKLY, HOST, ANN, `SEQUENCE:${sequence}`));
    assert.deepEqual(linesNamed(changed(sent(1), stored, "ann"), "", "EXDATE"), [declined]);
    assert.deepEqual(linesNamed(changed(sent(2), stored, "ann"), "", "EXDATE"), []);
    const moved = message("REQUEST", event(...WEEKLY, HOST, ANN, "SEQUENCE:1"), second(...LATER, ANN, "SEQUENCE:2"));
    assert.deepEqual(linesNamed(changed(moved, stored, "ann"), SECOND, "DTSTART"), [LATER[0]!]);
  });

  test("[IT14] about one occurrence leaves the others, and is seen though the copy excludes it", () => {
    const stored = calendar(event(...WEEKLY, HOST, ANN, `EXDATE:${SECOND},20260316T090000Z`));
    const made = changed(message("REQUEST", second(...LATER, ANN)), stored, "ann");
    assert.deepEqual(linesNamed(made, SECOND, "DTSTART"), [LATER[0]!]);
    assert.deepEqual(linesNamed(made, "", "EXDATE"), ["EXDATE:20260316T090000Z"]);
  });

  test("[IT13] brings the zones that it names, and only these", () => {
    const zone = (tzid: string) => [
      "BEGIN:VTIMEZONE",
      `TZID:${tzid}`,
      "BEGIN:STANDARD",
      "DTSTART:19700101T000000",
      "TZOFFSETFROM:+0500",
      "TZOFFSETTO:+0500",
      "END:STANDARD",
      "END:VTIMEZONE",
    ];
    const here = 'DTSTART;TZID="Here, now":20260302T090000';
    const made = changed(
      message("REQUEST", zone("Elsewhere"), zone("Here\\, now"), event(here, HOST, ANN)),
      null,
      "ann",
    );
    assert.equal(componentsOf(made, "VTIMEZONE").length, 1);
  });

  const refused: [string, Component, Component | null, string][] = [
    ["not-invited", message("REQUEST", event(...TIMES, HOST, BOB)), null, "it names others only"],
    ["no-organizer", message("REQUEST", event(...TIMES, ANN)), null, "nobody can have sent it"],
    ["no-start", message("REQUEST", event(HOST, ANN)), null, "it has no place in a calendar"],
    [
      "no-start",
      message("REQUEST", event(HOST, ANN, "SEQUENCE:9")),
      calendar(event(...TIMES, HOST, ANN)),
      "it would take the start away",
    ],
    [
      "other-organizer",
      message("REQUEST", event(...TIMES, HOST, ANN, "SEQUENCE:9")),
      calendar(event(...TIMES)),
      "the UID is that of a private event",
    ],
    [
      "other-organizer",
      message("REQUEST", event(...TIMES, HOST, ANN, "SEQUENCE:9")),
      calendar(event(...TIMES, HOST.replace("host", "boss"), ANN)),
      "the event is another's",
    ],
    [
      "own-object",
      message("REQUEST", event(...TIMES, HOST.replace("host", "ann"), ANN)),
      null,
      "it claims to be the user's own",
    ],
    [
      "other-object",
      message("REQUEST", event(...TIMES, HOST, ANN)),
      calendar(todo(...TIMES, HOST, ANN)),
      "it is about something else",
    ],
    ["unsupported", message("FORGET", event(...TIMES, HOST, ANN)), null, "no such method"],
    ["no-method", calendar(event(...TIMES, HOST, ANN)), null, "no method"],
    ["malformed", message("REQUEST", event(...TIMES, HOST, ANN), todo(HOST, ANN)), null, "two objects"],
    ["malformed", message("REQUEST"), null, "nothing in it"],
  ];
  for (const [expected, sent, stored, why] of refused) {
    test(`[IT12] is ignored (${expected}): ${why}`, () =>
      assert.equal(reason({ message: sent, stored }, "ann"), expected));
  }
});

describe("who really sent a message", () => {
  const stored = calendar(event(...TIMES, HOST.replace(";CN", ';SENT-BY="mailto:desk@example.org";CN'), ANN, BOB));
  const update = message("REQUEST", event(...LATER, HOST, ANN, BOB, "SEQUENCE:1"));
  const cancel = message("CANCEL", event(HOST, "SEQUENCE:1"));
  const add = message("ADD", event(...LATER, HOST, ANN, "SEQUENCE:1"));
  const evil = message(
    "REQUEST",
    event(...LATER, HOST.replace(";CN", ';SENT-BY="mailto:evil@example.org";CN'), ANN, "SEQUENCE:1"),
  );
  const table: [string, Component, Component | null, string, string][] = [
    ["the organizer updates", update, stored, "host", "changed"],
    ["his desk may, as the known event says", update, stored, "desk", "changed"],
    ["a guest does not speak for him", update, stored, "bob", "sender-mismatch"],
    ["nobody gives himself the right", evil, stored, "evil", "sender-mismatch"],
    ["a stranger cancels nothing", cancel, stored, "evil", "sender-mismatch"],
    ["nor adds", add, stored, "evil", "sender-mismatch"],
    ["the organizer cancels", cancel, stored, "host", "changed"],
    ["a new invitation is its organizer's", update, null, "evil", "sender-mismatch"],
  ];
  for (const [name, sent, known, sender, expected] of table) {
    test(`[IT12] ${name}`, () => {
      assert.equal(reason({ message: sent, stored: known, sender: `MAILTO:${sender}@Example.org` }, "ann"), expected);
    });
  }

  test("[IT12] may be who passes his place on, when the invitation is new", () => {
    const delegated = 'ATTENDEE;PARTSTAT=DELEGATED;DELEGATED-TO="mailto:ann@example.org":mailto:bob@example.org';
    const own = 'ATTENDEE;DELEGATED-FROM="mailto:bob@example.org":mailto:ann@example.org';
    const sent = message("REQUEST", event(...TIMES, HOST, delegated, own));
    const outcome = receive({ message: sent, stored: null, sender: "bob@example.org" }, "ann");
    assert.ok(outcome.kind === "changed");
    assert.deepEqual([outcome.from, outcome.sentBy], ["host@example.org", "bob@example.org"]);
    assert.equal(reason({ message: sent, stored: null, sender: "eve@example.org" }, "ann"), "sender-mismatch");
  });
});

describe("a CANCEL", () => {
  const stored = calendar(event(...WEEKLY, HOST, ANN, "SEQUENCE:1"), second(...secondTimes, ANN, "SEQUENCE:1"));
  const statuses = (made: Component) =>
    componentsOf(made, "VEVENT").map((part) =>
      linesOf(part)
        .filter((line) => /^(STATUS|RECURRENCE-ID)/.test(line))
        .join(" "),
    );

  test("[IT17] of all marks all, and takes its revision over", () => {
    const made = changed(message("CANCEL", event(HOST, ANN, "SEQUENCE:2")), stored, "ann");
    assert.deepEqual(statuses(made), ["STATUS:CANCELLED", `RECURRENCE-ID:${SECOND} STATUS:CANCELLED`]);
    assert.deepEqual(linesNamed(made, "", "SEQUENCE"), ["SEQUENCE:2"]);
  });

  test("[IT17] of one occurrence marks it, whether it has an override or not", () => {
    const cancel = (id: string) => message("CANCEL", event(`RECURRENCE-ID:${id}`, HOST, ANN, "SEQUENCE:2"));
    assert.deepEqual(statuses(changed(cancel(SECOND), stored, "ann")), [
      "",
      `RECURRENCE-ID:${SECOND} STATUS:CANCELLED`,
    ]);
    const third = changed(cancel("20260316T090000Z"), stored, "ann");
    assert.equal(statuses(third)[2], "RECURRENCE-ID:20260316T090000Z STATUS:CANCELLED");
    assert.deepEqual(linesNamed(third, "20260316T090000Z", "DTEND"), ["DTEND:20260316T100000Z"]);
  });

  test("[IT17] of one and all later ones marks the later ones too", () => {
    const id = "RECURRENCE-ID;RANGE=THISANDFUTURE:20260302T090000Z";
    const made = changed(message("CANCEL", event(id, HOST, ANN, "SEQUENCE:2")), stored, "ann");
    assert.deepEqual(statuses(made), ["", `RECURRENCE-ID:${SECOND} STATUS:CANCELLED`, `${id} STATUS:CANCELLED`]);
  });

  test("[IT17] of an occurrence that was never heard of is put down: it has overtaken the invitation", () => {
    const only = calendar(second(...secondTimes, ANN));
    const other = ["RECURRENCE-ID:20260401T090000Z", "DTSTART:20260401T090000Z", HOST, ANN];
    const made = changed(message("CANCEL", event(...other, "SEQUENCE:2")), only, "ann");
    assert.equal(statuses(made)[1], "RECURRENCE-ID:20260401T090000Z STATUS:CANCELLED");
    assert.equal(
      reason({ message: message("REQUEST", event(...other, "SEQUENCE:1")), stored: made }, "ann"),
      "outdated",
    );
  });

  const table: [string, Component, Component | null, string][] = [
    ["of what nobody knows", message("CANCEL", event(HOST)), null, "unknown-object"],
    ["of an older revision", message("CANCEL", event(HOST)), stored, "outdated"],
    [
      "of an occurrence that is none, and says no more",
      message("CANCEL", event("RECURRENCE-ID:20260303T090000Z", HOST, "SEQUENCE:2")),
      stored,
      "unknown-occurrence",
    ],
    ["that uninvites others", message("CANCEL", event(HOST, BOB, "SEQUENCE:2")), stored, "not-for-this-user"],
  ];
  for (const [name, sent, known, expected] of table) {
    test(`[IT17] ${name} is ignored`, () => assert.equal(reason({ message: sent, stored: known }, "ann"), expected));
  }
});

describe("a REPLY", () => {
  const stored = calendar(event(...WEEKLY, HOST, ANN, BOB, "SEQUENCE:1"));
  const reply = (...lines: string[]) => message("REPLY", event(...lines));
  const people = (made: Component, id = "") => linesNamed(made, id, "ATTENDEE");

  test("[IT18] is put on the line of who answers, with its status and when it was sent", () => {
    const sent = reply(HOST, ann("ACCEPTED"), "SEQUENCE:1", "DTSTAMP:20260201T000000Z", "REQUEST-STATUS:2.8;Success");
    assert.deepEqual(people(changed(sent, stored, "host")), [
      "ATTENDEE;CN=Ann;PARTSTAT=ACCEPTED;SCHEDULE-STATUS=2.8;X-HOURWRIGHT-REPLIED=20260201T000000Z:mailto:ann@example.org",
      BOB,
    ]);
  });

  test("[IT18] that comes again, or later than a younger one, changes nothing", () => {
    const sent = (answer: string, day: number) =>
      reply(HOST, ann(answer), "SEQUENCE:1", `DTSTAMP:2026020${day}T000000Z`);
    const made = changed(sent("DECLINED", 2), stored, "host");
    assert.equal(reason({ message: sent("DECLINED", 2), stored: made }, "host"), "unchanged");
    assert.equal(reason({ message: sent("ACCEPTED", 1), stored: made }, "host"), "outdated");
    assert.ok(people(changed(sent("ACCEPTED", 3), made, "host"))[0]!.includes("ACCEPTED"));
  });

  test("[IT18] to one occurrence makes its override, in whatever zone it is named", () => {
    for (const id of [`RECURRENCE-ID:${SECOND}`, "RECURRENCE-ID;TZID=Europe/Berlin:20260309T100000"]) {
      const made = changed(reply(HOST, ann("DECLINED"), id, "SEQUENCE:1"), stored, "host");
      assert.deepEqual(linesNamed(made, SECOND, "DTSTART", "DTEND"), secondTimes);
      assert.ok(people(made, SECOND)[0]!.includes("PARTSTAT=DECLINED"));
      assert.deepEqual(people(made), [ANN, BOB]);
    }
  });

  test("[IT18] to one of a THISANDFUTURE is answered where that put it", () => {
    const ranged = event(
      `RECURRENCE-ID;RANGE=THISANDFUTURE:${SECOND}`,
      "DTSTART:20260309T110000Z",
      "DURATION:PT30M",
      HOST,
      ANN,
      "SEQUENCE:1",
    );
    const known = calendar(event(...WEEKLY, HOST, ANN, BOB, "SEQUENCE:1"), ranged);
    const third = "20260316T090000Z";
    const made = changed(reply(HOST, ann("DECLINED"), `RECURRENCE-ID:${third}`, "SEQUENCE:1"), known, "host");
    assert.deepEqual(linesNamed(made, third, "DTSTART", "DURATION"), ["DTSTART:20260316T110000Z", "DURATION:PT30M"]);
  });

  test("[IT19] that passes the place on adds the delegate, who may then answer for himself", () => {
    const delegated = 'ATTENDEE;PARTSTAT=DELEGATED;DELEGATED-TO="mailto:eve@example.org":mailto:ann@example.org';
    const made = changed(
      reply(HOST, delegated, "ATTENDEE;CN=Eve;PARTSTAT=ACCEPTED:mailto:eve@example.org"),
      stored,
      "host",
      "ann@example.org",
    );
    assert.deepEqual(people(made).slice(0, 2), [
      'ATTENDEE;CN=Ann;PARTSTAT=DELEGATED;DELEGATED-TO="mailto:eve@example.org";SCHEDULE-STATUS=2.0:mailto:ann@example.org',
      'ATTENDEE;CN=Eve;PARTSTAT=NEEDS-ACTION;RSVP=TRUE;DELEGATED-FROM="mailto:ann@example.org":mailto:eve@example.org',
    ]);
    const eve = reply(HOST, "ATTENDEE;PARTSTAT=ACCEPTED:mailto:eve@example.org");
    assert.ok(people(changed(eve, made, "host", "eve@example.org"))[1]!.includes("PARTSTAT=ACCEPTED"));
  });

  test("[IT19] of who was not invited is refused, unless the organizer wants him", () => {
    const sent = reply(HOST, "ATTENDEE;CN=Eve;PARTSTAT=ACCEPTED:mailto:eve@example.org");
    assert.equal(reason({ message: sent, stored }, "host"), "not-attendee");
    const outcome = receive({ message: sent, stored, uninvited: "add" }, "host");
    assert.ok(outcome.kind === "changed");
    assert.equal(
      people(outcome.calendar)[2],
      "ATTENDEE;CN=Eve;PARTSTAT=ACCEPTED;SCHEDULE-STATUS=2.0:mailto:eve@example.org",
    );
  });

  test("[IT18] to the series is one to its overrides, where he has not answered them and they are no newer", () => {
    const known = (override: string, ...more: string[]) =>
      calendar(event(...WEEKLY, HOST, ANN, "SEQUENCE:1"), second(...secondTimes, override, ...more));
    const after = (override: string, ...more: string[]) =>
      people(changed(reply(HOST, ann("ACCEPTED"), "SEQUENCE:1"), known(override, ...more), "host"), SECOND)[0]!;
    assert.ok(after(ANN).includes("PARTSTAT=ACCEPTED"));
    assert.equal(after(ann("TENTATIVE")), ann("TENTATIVE"));
    assert.equal(after(ANN, "SEQUENCE:2"), ANN);
  });

  test("[IT18] without ORGANIZER is taken, as some write it", () => {
    assert.ok(people(changed(reply(ann("ACCEPTED")), stored, "host"))[0]!.includes("ACCEPTED"));
  });

  test("[IT23] to a task may say that it is done", () => {
    const task = calendar(todo("DUE:20260302T090000Z", HOST, ANN));
    const made = changed(message("REPLY", todo(HOST, ann("COMPLETED"))), task, "host");
    assert.ok(people(made)[0]!.includes("PARTSTAT=COMPLETED"));
    assert.equal(reason({ message: reply(HOST, ann("COMPLETED")), stored }, "host"), "malformed");
  });

  const table: [string, Component, string, string | undefined, string][] = [
    ["an old revision", reply(HOST, ann("ACCEPTED"), "SEQUENCE:0"), "host", undefined, "outdated"],
    [
      "an occurrence that is none",
      reply(HOST, ann("ACCEPTED"), "RECURRENCE-ID:20260303T090000Z"),
      "host",
      undefined,
      "unknown-occurrence",
    ],
    ["another organizer's event", reply(HOST, ann("ACCEPTED")), "bob", undefined, "not-organizer"],
    [
      "another organizer",
      reply("ORGANIZER:mailto:boss@example.org", ann("ACCEPTED")),
      "host",
      undefined,
      "other-organizer",
    ],
    ["nobody", reply(HOST), "host", undefined, "not-attendee"],
    ["someone else", reply(HOST, ann("ACCEPTED")), "host", "bob@example.org", "sender-mismatch"],
    ["himself, authenticated", reply(HOST, ann("ACCEPTED")), "host", "Ann@example.org", "changed"],
  ];
  for (const [name, sent, who, sender, expected] of table) {
    test(`[IT12] [IT18] for ${name}: ${expected}`, () => {
      assert.equal(reason({ message: sent, stored, ...(sender === undefined ? {} : { sender }) }, who), expected);
    });
  }
});

describe("other messages", () => {
  const stored = calendar(event(...WEEKLY, HOST, ANN, BOB, "SEQUENCE:1"));

  test("[IT22] ADD adds an occurrence, once, and counts", () => {
    const add = message(
      "ADD",
      event("DTSTART:20260401T150000Z", "DURATION:PT2H", HOST, ANN, "SUMMARY:Exam", "SEQUENCE:2"),
    );
    const made = changed(add, stored, "ann");
    assert.deepEqual(linesNamed(made, "", "RDATE", "SEQUENCE"), ["SEQUENCE:2", "RDATE:20260401T150000Z"]);
    assert.deepEqual(linesNamed(made, "20260401T150000Z", "SUMMARY"), ["SUMMARY:Exam"]);
    assert.equal(reason({ message: add, stored: made }, "ann"), "unchanged");
    assert.equal(reason({ message: add, stored: null }, "ann"), "unknown-object");
  });

  test("[IT22] REFRESH is answered with the invitation as it stands, to who is invited", () => {
    const outcome = receive({ message: message("REFRESH", event(HOST, ANN)), stored }, "host");
    assert.ok(outcome.kind === "asked");
    assert.deepEqual(
      outcome.messages.map(({ method, recipient }) => `${method} ${recipient}`),
      ["REQUEST mailto:ann@example.org"],
    );
    assert.equal(
      reason({ message: message("REFRESH", event(HOST, "ATTENDEE:mailto:eve@example.org")), stored }, "host"),
      "not-attendee",
    );
  });

  test("[IT22] COUNTER changes nothing by itself", () => {
    const counter = message("COUNTER", event(...LATER, HOST, ANN, "SEQUENCE:1"));
    const outcome = receive({ message: counter, stored, sender: "ann@example.org" }, "host");
    assert.ok(outcome.kind === "proposed");
    assert.deepEqual(linesNamed(outcome.proposal, "", "DTSTART"), [LATER[0]!]);
    assert.equal(reason({ message: message("COUNTER", event(...LATER, HOST, ANN)), stored }, "host"), "outdated");
  });

  test("[IT22] DECLINECOUNTER is told to the attendee", () => {
    const sent = message("DECLINECOUNTER", event(HOST, ANN, "COMMENT:Sorry\\, no room"));
    const outcome = receive({ message: sent, stored }, "ann");
    assert.ok(outcome.kind === "told");
    assert.equal(outcome.comment, "Sorry, no room");
  });

  test("[IT22] PUBLISH is put down for anybody, and invites nobody", () => {
    const made = changed(message("PUBLISH", event(...TIMES, HOST, ANN)), null, "eve");
    assert.deepEqual(linesNamed(made, "", "ATTENDEE", "ORGANIZER"), [HOST]);
  });

  test("[IT23] a journal is published and not invited to", () => {
    const journal = ["BEGIN:VJOURNAL", "UID:day@example.org", "DTSTART:20260302", HOST, "END:VJOURNAL"];
    assert.equal(reason({ message: message("PUBLISH", journal), stored: null }, "eve"), "changed");
    assert.equal(reason({ message: message("REQUEST", journal), stored: null }, "eve"), "unsupported");
  });
});

describe("a RANGE of occurrences", () => {
  const stored = calendar(event(...WEEKLY, HOST, ann("ACCEPTED")), second(ann("ACCEPTED"), "DTSTART:20260309T110000Z"));
  const range = `RECURRENCE-ID;RANGE=THISANDFUTURE:${SECOND}`;

  test("[IT17] is cancelled to its end, also where its first stands by itself", () => {
    const cancel = message("CANCEL", event(range, HOST, ANN, "SEQUENCE:1"));
    const object = objectFrom(changed(cancel, stored, "ann"))!;
    const window = { fromMs: nowMs, toMs: nowMs + 90 * 86_400_000, floatingZone: UTC };
    const states = instancesOf(object, window).instances.map(({ view }) => view.status);
    assert.deepEqual(states, [null, "CANCELLED", "CANCELLED", "CANCELLED"]);
  });

  test("[IT18] cannot be answered: one occurrence can, or all", () => {
    const reply = message("REPLY", event(range, HOST, ann("DECLINED")));
    assert.equal(reason({ message: reply, stored, sender: "ann@example.org" }, "host"), "unsupported");
  });
});

test("[IT18] an answer by a clock that runs years ahead does not silence the next", () => {
  const stored = calendar(event(...TIMES, HOST, ann("NEEDS-ACTION")));
  const reply = (day: string, state: string) => message("REPLY", event(HOST, ann(state), `DTSTAMP:${day}T000000Z`));
  const first = changed(reply("20990101", "TENTATIVE"), stored, "host");
  const after = receiveMessage({
    message: reply("20260203", "DECLINED"),
    stored: first,
    addresses: ["host@example.org"],
    nowMs: nowMs + 2 * 86_400_000,
  });
  assert.equal(after.kind, "changed");
});
