// Rules IT* are in ../../SPEC.md. Strategy: COUNTER and ADD as they should not be, and what becomes of each.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Component } from "../tree.ts";
import { receiveMessage } from "./receive.ts";
import { calendar, event, linesNamed, message } from "./testing.ts";

const nowMs = Temporal.Instant.from("2026-02-01T12:00Z").epochMilliseconds;
const HOST = "ORGANIZER:mailto:host@example.org";
const ANN = "ATTENDEE:mailto:ann@example.org";
const BOB = "ATTENDEE:mailto:bob@example.org";
const WEEKLY = ["DTSTART:20260302T090000Z", "DTEND:20260302T100000Z", "RRULE:FREQ=WEEKLY;COUNT=4"];
const SECOND = ["RECURRENCE-ID:20260309T090000Z", "DTSTART:20260309T090000Z", "DTEND:20260309T100000Z"];
const LATER = ["DTSTART:20260309T150000Z", "DTEND:20260309T160000Z"];

const received = (sent: Component, stored: Component, who: string, sender: string) =>
  receiveMessage({ message: sent, stored, addresses: [`${who}@example.org`], sender: `${sender}@example.org`, nowMs });

describe("a COUNTER [IT22]", () => {
  const stored = calendar(event(...WEEKLY, HOST, ANN, "SEQUENCE:1"), event(...SECOND, HOST, ANN, BOB, "SEQUENCE:3"));
  const second = (...lines: readonly string[]) => event(SECOND[0]!, ...LATER, HOST, ...lines);
  const table: readonly (readonly [
    what: string,
    parts: readonly (readonly string[])[],
    sender: string,
    outcome: string,
  ])[] = [
    ["for an occurrence that has a revision of its own", [second(ANN, "SEQUENCE:3")], "ann", "proposed"],
    ["about an older revision of it", [second(ANN, "SEQUENCE:2")], "ann", "outdated"],
    [
      "of which only a later part is old",
      [event(...WEEKLY, "LOCATION:Hall", HOST, ANN, "SEQUENCE:1"), second(ANN, "SEQUENCE:2")],
      "ann",
      "outdated",
    ],
    [
      "for an occurrence of the rule",
      [event("RECURRENCE-ID:20260316T090000Z", ...LATER, HOST, ANN, "SEQUENCE:1")],
      "ann",
      "proposed",
    ],
    [
      "for an occurrence that nobody has",
      [event("RECURRENCE-ID:20260317T090000Z", ...LATER, HOST, ANN, "SEQUENCE:1")],
      "ann",
      "unknown-occurrence",
    ],
    ["by who is invited to this occurrence alone", [second(BOB, "SEQUENCE:3")], "bob", "proposed"],
    [
      "by who is invited to another occurrence",
      [event("RECURRENCE-ID:20260316T090000Z", ...LATER, HOST, BOB, "SEQUENCE:1")],
      "bob",
      "not-attendee",
    ],
    ["by who is not invited", [second("ATTENDEE:mailto:eve@example.org", "SEQUENCE:3")], "eve", "not-attendee"],
    ["in the name of another", [second(ANN, "SEQUENCE:3")], "bob", "sender-mismatch"],
    [
      "that would make another the organizer",
      [event(SECOND[0]!, ...LATER, "ORGANIZER:mailto:ann@example.org", ANN, "SEQUENCE:3")],
      "ann",
      "other-organizer",
    ],
  ];
  for (const [what, parts, sender, expected] of table) {
    test(`${what}: ${expected}`, () => {
      const outcome = received(message("COUNTER", ...parts), stored, "host", sender);
      assert.equal(outcome.kind === "ignored" ? outcome.reason : outcome.kind, expected);
    });
  }
});

describe("an ADD [IT22]", () => {
  const stored = calendar(event(...WEEKLY, HOST, ANN, "SEQUENCE:1", "EXDATE:20260323T090000Z"));
  const extra = (...lines: readonly string[]) => event("DTEND:20260401T100000Z", HOST, "SEQUENCE:2", ...lines);
  const at = "DTSTART:20260401T090000Z";
  const table: readonly (readonly [what: string, lines: readonly string[], outcome: string])[] = [
    ["of one more occurrence", extra(at, ANN), "changed"],
    ["in a zone of its own", extra("DTSTART;TZID=Europe/Prague:20260401T110000", ANN), "changed"],
    ["of a day to a series of times", event("DTSTART;VALUE=DATE:20260401", HOST, ANN, "SEQUENCE:2"), "unsupported"],
    ["to which this user is not invited", extra(at, BOB), "not-invited"],
    ["of what was taken out", extra("DTSTART:20260323T090000Z", ANN), "outdated"],
    ["of an older revision", event(at, HOST, ANN), "outdated"],
    ["of a rule", extra(at, ANN, "RRULE:FREQ=DAILY"), "unsupported"],
    ["that names an occurrence", extra("RECURRENCE-ID:20260401T090000Z", at, ANN), "unsupported"],
    ["without a start", extra(ANN), "no-start"],
  ];
  for (const [what, lines, expected] of table) {
    test(`${what}: ${expected}`, () => {
      const outcome = received(message("ADD", lines), stored, "ann", "host");
      assert.equal(outcome.kind === "ignored" ? outcome.reason : outcome.kind, expected);
    });
  }

  test("of an occurrence that the rule has says what it is, and adds no second one", () => {
    const outcome = received(
      message("ADD", extra("DTSTART:20260309T090000Z", ANN, "SUMMARY:Exam")),
      stored,
      "ann",
      "host",
    );
    assert.ok(outcome.kind === "changed");
    assert.deepEqual(linesNamed(outcome.calendar, "20260309T090000Z", "SUMMARY"), ["SUMMARY:Exam"]);
  });
});
