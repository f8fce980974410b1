// Rules IT* are in ../../SPEC.md. Strategy: each message that can be asked for is made, and received by whom it is for.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Component } from "../tree.ts";
import { messagesOfChange } from "./change.ts";
import type { SchedulingMessage } from "./message.ts";
import {
  addOf,
  answerInvitation,
  counterOf,
  declineCounterOf,
  publicationOf,
  refreshOf,
  requestOf,
  type MadeMessages,
} from "./on-request.ts";
import { receiveMessage } from "./receive.ts";
import { calendar, event, linesNamed, linesOf, partNamed } from "./testing.ts";

const nowMs = Temporal.Instant.from("2026-02-01T12:00Z").epochMilliseconds;
const HOST = "ORGANIZER;CN=Host:mailto:host@example.org";
const ANN = "ATTENDEE;CN=Ann:mailto:ann@example.org";
const SELF = "ATTENDEE;PARTSTAT=ACCEPTED:mailto:host@example.org";
const WEEKLY = ["DTSTART:20260302T090000Z", "DTEND:20260302T100000Z", "RRULE:FREQ=WEEKLY;COUNT=4"];
const SECOND = "20260309T090000Z";
const stored = calendar(event(...WEEKLY, "SEQUENCE:2", HOST, ANN, SELF));
const as = (user: string, calendar: Component = stored) => ({ calendar, addresses: [`${user}@example.org`], nowMs });

function only(made: MadeMessages): SchedulingMessage {
  assert.ok(made.refused === undefined);
  assert.equal(made.messages.length, 1);
  return made.messages[0]!;
}

function received(message: SchedulingMessage, user: string, known: Component | null = stored) {
  const { calendar, sender } = message;
  return receiveMessage({ message: calendar, stored: known, addresses: [`${user}@example.org`], sender, nowMs });
}

describe("a message that is asked for", () => {
  test("[IT11] REFRESH says who asks, and is answered", () => {
    const refresh = only(refreshOf(as("ann")));
    assert.deepEqual(linesOf(partNamed(refresh.calendar)), [
      "UID:lesson@example.org",
      HOST,
      ANN,
      "DTSTAMP:20260201T120000Z",
    ]);
    const outcome = received(refresh, "host");
    assert.ok(outcome.kind === "asked");
    assert.equal(received(outcome.messages[0]!, "ann", null).kind, "changed");
  });

  test("[IT11] COUNTER sends what differs, as of the revision that it answers; DECLINECOUNTER refuses it", () => {
    const other = event(
      `RECURRENCE-ID:${SECOND}`,
      "DTSTART:20260309T140000Z",
      "DURATION:PT1H",
      "SEQUENCE:9",
      HOST,
      ANN,
    );
    const proposed = calendar(event(...WEEKLY, "SEQUENCE:2", HOST, ANN, SELF), other);
    const counter = only(counterOf({ ...as("ann"), proposed }));
    assert.equal(counter.sequence, 2);
    assert.throws(() => partNamed(counter.calendar, ""), "the series is as it was");
    const outcome = received(counter, "host");
    assert.ok(outcome.kind === "proposed");
    const declined = only(
      declineCounterOf({ ...as("host"), counter: outcome.proposal, recipient: outcome.from, comment: "No, sorry" }),
    );
    assert.deepEqual(linesNamed(declined.calendar, SECOND, "COMMENT", "RECURRENCE-ID"), [
      `RECURRENCE-ID:${SECOND}`,
      "COMMENT:No\\, sorry",
    ]);
    const told = received(declined, "ann");
    assert.ok(told.kind === "told");
    assert.equal(told.comment, "No, sorry");
  });

  test("[IT11] a proposal without a difference is none", () => {
    const made = counterOf({ ...as("ann"), proposed: stored });
    assert.deepEqual(made.refused === undefined && made.messages, []);
  });

  test("[IT11] ADD tells of one occurrence, which its reader then has", () => {
    const extra = event(
      "RECURRENCE-ID:20260401T090000Z",
      "DTSTART:20260401T090000Z",
      "DURATION:PT1H",
      "SEQUENCE:3",
      HOST,
      ANN,
      SELF,
    );
    const after = calendar(event(...WEEKLY, "RDATE:20260401T090000Z", "SEQUENCE:3", HOST, ANN, SELF), extra);
    const add = only(addOf({ ...as("host", after), recurrenceId: "20260401T090000Z" }));
    assert.equal(add.recipient, "mailto:ann@example.org");
    const outcome = received(add, "ann");
    assert.ok(outcome.kind === "changed");
    assert.deepEqual(linesNamed(outcome.calendar, "", "RDATE"), ["RDATE:20260401T090000Z"]);
  });

  test("[IT11] PUBLISH names no attendees and nobody whom it is for", () => {
    const published = only(publicationOf(as("host")));
    assert.equal(published.recipient, null);
    assert.deepEqual(linesNamed(published.calendar, "", "ATTENDEE", "ORGANIZER"), [HOST]);
    assert.equal(received(published, "eve", null).kind, "changed");
  });

  test("[IT11] a REQUEST goes once more to who is invited", () => {
    const recipients = ["ann@example.org", "eve@example.org"];
    assert.equal(only(requestOf({ ...as("host"), recipients })).recipient, "mailto:ann@example.org");
  });

  const refused: [string, MadeMessages, string][] = [
    ["REFRESH by a stranger", refreshOf(as("eve")), "not-attendee"],
    ["COUNTER by a stranger", counterOf({ ...as("eve"), proposed: stored }), "not-attendee"],
    ["PUBLISH by a guest", publicationOf(as("ann")), "not-organizer"],
    ["a REQUEST by a guest", requestOf({ ...as("ann"), recipients: [] }), "not-organizer"],
    ["ADD of what is none", addOf({ ...as("host"), recurrenceId: "20260303T090000Z" }), "no-such-occurrence"],
    ["REFRESH of what has no organizer", refreshOf(as("ann", calendar(event(...WEEKLY, ANN)))), "no-organizer"],
  ];
  for (const [name, made, code] of refused) {
    test(`[IT11] ${name} is refused (${code})`, () => assert.equal(made.refused?.code, code));
  }
});

describe("an answer", () => {
  const reply = (after: Component) => {
    const made = messagesOfChange({ before: stored, after, addresses: ["ann@example.org"], nowMs });
    assert.ok(made.refused === undefined);
    return made.messages[0]!;
  };

  test("[IT11] to all is put on the copy, and is what the REPLY says", () => {
    const answered = answerInvitation({ ...as("ann"), participation: "ACCEPTED" });
    assert.ok(answered.refused === undefined);
    const outcome = received(reply(answered.calendar), "host");
    assert.ok(outcome.kind === "changed");
    assert.ok(linesNamed(outcome.calendar, "", "ATTENDEE")[0]!.includes("PARTSTAT=ACCEPTED"));
  });

  test("[IT11] to one occurrence makes its override", () => {
    const answered = answerInvitation({ ...as("ann"), participation: "DECLINED", recurrenceId: SECOND });
    assert.ok(answered.refused === undefined);
    assert.deepEqual(linesNamed(answered.calendar, "", "ATTENDEE"), [ANN, SELF]);
    assert.deepEqual(linesNamed(reply(answered.calendar).calendar, SECOND, "DTEND"), ["DTEND:20260309T100000Z"]);
  });

  test("[IT11] to what is not there, or by who is not invited, is refused", () => {
    const nowhere = answerInvitation({ ...as("ann"), participation: "ACCEPTED", recurrenceId: "20260303" });
    assert.equal(nowhere.refused?.code, "no-such-occurrence");
    assert.equal(answerInvitation({ ...as("eve"), participation: "ACCEPTED" }).refused?.code, "not-attendee");
  });
});
