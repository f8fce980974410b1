// Rules IT* are in ../../SPEC.md. Strategy: each server has its copy; messages go between them as a transport carries them.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { componentsOf, type Component } from "../tree.ts";
import { messagesOfChange } from "./change.ts";
import type { SchedulingMessage } from "./message.ts";
import { parameterOf } from "../content-line.ts";
import { attendeesIn } from "./scheduled.ts";
import { withAttendees } from "./lines.ts";
import { calendarAddress, withParameters } from "./party.ts";
import { receiveMessage } from "./receive.ts";
import { calendar, event, message } from "./testing.ts";
import { withParts } from "./message.ts";

const HOST = "ORGANIZER:mailto:host@example.org";
const TIMES = ["DTSTART:20260302T090000Z", "DTEND:20260302T100000Z"];
const START_MS = Temporal.Instant.from("2026-02-01T12:00Z").epochMilliseconds;

/** Some people, each with a copy of one event; everything that is sent is delivered before anybody goes on. */
class World {
  readonly copies = new Map<string, Component>();
  #nowMs = START_MS;

  constructor(guests: readonly string[]) {
    const invited = guests.map((guest) => `ATTENDEE;RSVP=TRUE:mailto:${guest}@example.org`);
    this.#change("host", calendar(event(...TIMES, HOST, ...invited)));
  }

  /** The guest answers; "eve" in `to` passes the place on to eve@example.org. */
  answer(guest: string, participation: string, ...to: readonly string[]): void {
    const copy = this.copies.get(guest)!;
    const [component] = componentsOf(copy, "VEVENT");
    const delegates = to.map((each) => `mailto:${each}@example.org`);
    const answered = withAttendees(component!, ({ line, address }) =>
      address === `${guest}@example.org`
        ? withParameters(line, { PARTSTAT: participation, "DELEGATED-TO": delegates, RSVP: null })
        : line,
    );
    this.#change(guest, withParts(copy, new Map([[component!, answered]])));
  }

  /** Who has which answer on the copy of `whose`, as "ann=DELEGATED>eve". */
  answers(whose: string): string[] {
    const [component] = componentsOf(this.copies.get(whose)!, "VEVENT");
    return [...attendeesIn(component!).values()].map(({ address, participation, delegatedTo }) => {
      const name = (each: string) => each.slice(0, each.indexOf("@"));
      return `${name(address)}=${participation}${delegatedTo.map((each) => `>${name(each)}`).join("")}`;
    });
  }

  #change(who: string, after: Component): void {
    this.#nowMs += 60_000;
    const before = this.copies.get(who) ?? null;
    const sent = messagesOfChange({ before, after, addresses: [`${who}@example.org`], nowMs: this.#nowMs });
    assert.ok(sent.refused === undefined);
    this.copies.set(who, sent.calendar!);
    for (const each of sent.messages) this.#deliver(each);
  }

  #deliver({ calendar: sent, sender, recipient }: SchedulingMessage): void {
    const who = recipient!.replace("mailto:", "").replace("@example.org", "");
    const stored = this.copies.get(who) ?? null;
    const addresses = [`${who}@example.org`];
    const outcome = receiveMessage({ message: sent, stored, addresses, sender, nowMs: this.#nowMs });
    if (outcome.kind !== "changed") return;
    if (who === "host") this.#change(who, outcome.calendar);
    else this.copies.set(who, outcome.calendar);
  }
}

describe("a place that is passed on [IT10] [IT19]", () => {
  test("from Ann to Bob to Eve is Eve's to answer, and everybody sees it", () => {
    const world = new World(["ann", "guest"]);
    world.answer("ann", "DELEGATED", "bob");
    assert.deepEqual(world.answers("bob"), ["ann=DELEGATED>bob", "bob=NEEDS-ACTION", "guest=NEEDS-ACTION"]);
    world.answer("bob", "DELEGATED", "eve");
    world.answer("eve", "ACCEPTED");
    const all = ["ann=DELEGATED>bob", "bob=DELEGATED>eve", "eve=ACCEPTED", "guest=NEEDS-ACTION"];
    for (const who of ["host", "ann", "bob", "eve", "guest"]) assert.deepEqual(world.answers(who).sort(), all, who);
  });

  test("and back is asked of who had it first, who may answer or pass it on again", () => {
    const world = new World(["ann"]);
    world.answer("ann", "DELEGATED", "bob");
    world.answer("bob", "DELEGATED", "ann");
    for (const who of ["host", "ann"]) assert.deepEqual(world.answers(who), ["ann=NEEDS-ACTION", "bob=DELEGATED>ann"]);
    world.answer("ann", "ACCEPTED");
    for (const who of ["host", "ann"]) assert.deepEqual(world.answers(who), ["ann=ACCEPTED", "bob=DELEGATED>ann"]);
    world.answer("ann", "DELEGATED", "bob");
    for (const who of ["host", "bob"]) assert.deepEqual(world.answers(who), ["ann=DELEGATED>bob", "bob=NEEDS-ACTION"]);
  });

  test("round three people comes back to the first", () => {
    const world = new World(["ann"]);
    world.answer("ann", "DELEGATED", "bob");
    world.answer("bob", "DELEGATED", "eve");
    world.answer("eve", "DELEGATED", "ann");
    const all = ["ann=NEEDS-ACTION", "bob=DELEGATED>eve", "eve=DELEGATED>ann"];
    for (const who of ["host", "ann"]) assert.deepEqual(world.answers(who).sort(), all, who);
  });

  test("to who is invited himself adds nobody and leaves him his answer", () => {
    const world = new World(["ann", "bob"]);
    world.answer("bob", "ACCEPTED");
    world.answer("ann", "DELEGATED", "bob");
    for (const who of ["host", "bob"]) assert.deepEqual(world.answers(who), ["ann=DELEGATED>bob", "bob=ACCEPTED"]);
  });

  test("and declined by the delegate leaves the place open to nobody", () => {
    const world = new World(["ann"]);
    world.answer("ann", "DELEGATED", "bob");
    world.answer("bob", "DECLINED");
    for (const who of ["host", "ann"])
      assert.deepEqual(world.answers(who).sort(), ["ann=DELEGATED>bob", "bob=DECLINED"]);
  });

  test("invites neither oneself nor the organizer, who knows", () => {
    const stored = calendar(event(...TIMES, HOST, "ATTENDEE:mailto:ann@example.org"));
    const to = ["ann", "host", "eve"].map((each) => `"${calendarAddress(`${each}@example.org`)}"`);
    const line = `ATTENDEE;PARTSTAT=DELEGATED;DELEGATED-TO=${to.join(",")}:mailto:ann@example.org`;
    const after = calendar(event(...TIMES, HOST, line));
    const sent = messagesOfChange({ before: stored, after, addresses: ["ann@example.org"], nowMs: START_MS });
    assert.ok(sent.refused === undefined);
    assert.deepEqual(
      sent.messages.map(({ method, recipient }) => `${method} ${recipient}`),
      ["REPLY mailto:host@example.org", "REQUEST mailto:eve@example.org"],
    );
  });

  const ann = (parameters: string) => `ATTENDEE;PARTSTAT=DELEGATED${parameters}:mailto:ann@example.org`;
  const table: readonly (readonly [what: string, line: string])[] = [
    ["nobody", ann("")],
    ["oneself", ann(';DELEGATED-TO="mailto:ann@example.org"')],
  ];
  for (const [what, line] of table) {
    test(`to ${what} is no answer`, () => {
      const stored = calendar(event(...TIMES, HOST, "ATTENDEE;X-OWN=1:mailto:ann@example.org"));
      const sent = message("REPLY", event("DTSTAMP:20260201T120000Z", HOST, line));
      const addresses = ["host@example.org"];
      const outcome = receiveMessage({ message: sent, stored, addresses, sender: "ann@example.org", nowMs: START_MS });
      assert.deepEqual(outcome.kind === "ignored" ? outcome.reason : outcome.kind, "malformed");
    });
  }

  test("asks the delegate to answer", () => {
    const world = new World(["ann"]);
    world.answer("ann", "DELEGATED", "bob");
    const [component] = componentsOf(world.copies.get("host")!, "VEVENT");
    assert.equal(parameterOf(attendeesIn(component!).get("bob@example.org")!.line, "RSVP"), "TRUE");
  });
});
