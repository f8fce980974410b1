// Scheduling with what means harm, or was damaged on the way: nothing throws, and everything ends within its bounds.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { objectFrom } from "../calendar-object.ts";
import { parse } from "../parse.ts";
import { print, printKept } from "../print.ts";
import { mutants } from "../testing.ts";
import { componentsOf, type Component } from "../tree.ts";
import { messagesOfChange } from "./change.ts";
import { answerInvitation, addOf, counterOf, publicationOf, refreshOf } from "./on-request.ts";
import { MESSAGE_PARTS_MAX } from "./organizer.ts";
import { receiveMessage } from "./receive.ts";
import { REPLY_PARTS_MAX } from "./receive-reply.ts";
import { ATTENDEES_MAX, textOf } from "./scheduled.ts";
import { calendar, event, message, todo } from "./testing.ts";

const nowMs = Temporal.Instant.from("2026-02-01T12:00Z").epochMilliseconds;
const HOST = "ORGANIZER;CN=Host:mailto:host@example.org";
const ANN = 'ATTENDEE;CN=Ann;PARTSTAT=TENTATIVE;DELEGATED-TO="mailto:eve@example.org":mailto:ann@example.org';
const EVE = 'ATTENDEE;DELEGATED-FROM="mailto:ann@example.org":mailto:eve@example.org';
const ZONED = ["DTSTART;TZID=Europe/Berlin:20260302T090000", "DTEND;TZID=Europe/Berlin:20260302T100000"];
const RHYTHM = ["RRULE:FREQ=WEEKLY;COUNT=9", "EXDATE;TZID=Europe/Berlin:20260316T090000", "RDATE:20260401T090000Z"];
const STAMP = ["SEQUENCE:1", "DTSTAMP:20260101T000000Z"];
const moved = event(
  "RECURRENCE-ID:20260309T080000Z",
  "DTSTART:20260309T120000Z",
  "DURATION:PT1H",
  HOST,
  ANN,
  EVE,
  ...STAMP,
);
const ranged = event("RECURRENCE-ID;RANGE=THISANDFUTURE:20260323T080000Z", "DTSTART:20260323T120000Z", HOST, EVE);
const parts = [event(...ZONED, ...RHYTHM, HOST, ANN, EVE, ...STAMP), moved, ranged];
const one = event("RECURRENCE-ID:20260330T070000Z", HOST, ANN, "SEQUENCE:1", "REQUEST-STATUS:2.0;Success");
const add = event("DTSTART:20260501T080000Z", "SUMMARY:More", HOST, ANN, "SEQUENCE:2");

const stored = calendar(...parts);
const messages = [
  message("REQUEST", ...parts),
  message("PUBLISH", ...parts),
  message("CANCEL", one, moved),
  message("REPLY", one, moved),
  message("ADD", add),
  message("REFRESH", one),
  message("COUNTER", moved),
  message("DECLINECOUNTER", one),
  message("REQUEST", todo("DUE:20260302T090000Z", HOST, ANN)),
];

function calendarsIn(bytes: Uint8Array): Component[] {
  return parse(bytes).nodes.filter((node) => node.kind === "component");
}

/** Does all that a server would do with what came in, for everyone whom it may concern. */
function useUp(given: Component, known: Component | null): void {
  for (const user of ["host@example.org", "ann@example.org", "eve@example.org"]) {
    const addresses = [user];
    const outcome = receiveMessage({ message: given, stored: known, addresses, nowMs, uninvited: "add" });
    if (outcome.kind === "changed") {
      const again = calendarsIn(printKept([outcome.calendar]))[0]!;
      objectFrom(again);
      const twice = receiveMessage({ message: given, stored: again, addresses, nowMs, uninvited: "add" });
      assert.ok(
        twice.kind === "ignored",
        `${outcome.method} applied twice: ${new TextDecoder().decode(print([given]))}`,
      );
    }
    for (const [before, after] of [
      [known, given],
      [given, known],
      [null, given],
      [given, null],
    ] as const) {
      const made = messagesOfChange({ before, after, addresses, nowMs });
      if (made.refused !== undefined) continue;
      for (const { calendar } of made.messages) assert.equal(calendarsIn(print([calendar])).length, 1);
    }
    const own = { calendar: given, addresses, nowMs };
    refreshOf(own);
    publicationOf(own);
    addOf({ ...own, recurrenceId: "20260309T080000Z" });
    counterOf({ ...own, proposed: known ?? given });
    answerInvitation({ ...own, participation: "ACCEPTED", recurrenceId: "20260330T070000Z" });
  }
}

describe("a damaged message", () => {
  for (const sent of messages) {
    test(`[IT25] ${textOf(sent, "METHOD")} of a ${componentsOf(sent)[0]!.name} is used up without a crash`, () => {
      useUp(sent, stored);
      fc.assert(
        fc.property(mutants(print([sent])), (bytes) => {
          for (const given of calendarsIn(bytes)) useUp(given, stored);
        }),
        { numRuns: 60 },
      );
    });
  }

  test("[IT25] against a damaged calendar as well", () => {
    fc.assert(
      fc.property(mutants(print([stored])), fc.constantFrom(...messages), (bytes, sent) => {
        for (const known of calendarsIn(bytes)) useUp(sent, known);
      }),
      { numRuns: 150 },
    );
  });
});

describe("a message that is too large", () => {
  const guests = (count: number) => Array.from({ length: count }, (_, i) => `ATTENDEE:mailto:guest${i}@example.org`);
  const day = (i: number) => `20260${1 + Math.floor(i / 28)}${String(1 + (i % 28)).padStart(2, "0")}T080000Z`;

  test("[IT24] names at most so many people", () => {
    const large = event(...ZONED, HOST, ...guests(ATTENDEES_MAX + 1));
    const made = messagesOfChange({ before: null, after: calendar(large), addresses: ["host@example.org"], nowMs });
    assert.equal(made.refused?.code, "too-many-attendees");
    const outcome = receiveMessage({
      message: message("REQUEST", large),
      stored: null,
      addresses: ["guest1@example.org"],
      nowMs,
    });
    assert.equal(outcome.kind === "ignored" && outcome.reason, "too-large");
  });

  test("[IT24] of thousands of guests is one calendar, shared by all", () => {
    const after = calendar(event(...ZONED, HOST, ...guests(ATTENDEES_MAX)));
    const made = messagesOfChange({ before: null, after, addresses: ["host@example.org"], nowMs });
    assert.ok(made.refused === undefined);
    assert.equal(made.messages.length, ATTENDEES_MAX);
    assert.equal(new Set(made.messages.map((each) => each.calendar)).size, 1);
  });

  test("[IT24] tells at most so many people of so many occurrences", () => {
    const people = guests(1000);
    const overrides = Array.from({ length: 150 }, (_, i) =>
      event(`RECURRENCE-ID:${day(i)}`, `DTSTART:${day(i)}`, HOST, ...people.slice(0, 1)),
    );
    const after = calendar(event("DTSTART:20260101T080000Z", "RRULE:FREQ=DAILY", HOST, ...people), ...overrides);
    assert.ok(people.length * overrides.length > MESSAGE_PARTS_MAX);
    const made = messagesOfChange({ before: null, after, addresses: ["host@example.org"], nowMs });
    assert.equal(made.refused?.code, "too-many-messages");
  });

  test("[IT24] answers at most so many occurrences", () => {
    const answers = Array.from({ length: REPLY_PARTS_MAX + 1 }, (_, i) =>
      event(`RECURRENCE-ID:${2026 + i}0101T080000Z`, HOST, ANN),
    );
    const outcome = receiveMessage({
      message: message("REPLY", ...answers),
      stored,
      addresses: ["host@example.org"],
      nowMs,
    });
    assert.equal(outcome.kind === "ignored" && outcome.reason, "too-large");
  });
});
