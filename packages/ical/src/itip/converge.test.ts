// Rules IT* are in ../../SPEC.md. Strategy: an organizer and three guests edit and answer at random, each with a calendar
// of his own, and a post that delivers late, twice and in any order. Once everything has arrived, all must see the same.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { DAY_MS, HOUR_MS, MINUTE_MS, UTC, findZone, parseRule, parseWallTime } from "@hourwright/time";
import { objectFrom, type CalendarObject } from "../calendar-object.ts";
import { changeEvent, createEvent, deleteEvent } from "../edit/edit.ts";
import type { Edit } from "../edit/context.ts";
import type { NewPerson } from "../property-lines.ts";
import { instancesOf, type Instance } from "../instances.ts";
import type { Component } from "../tree.ts";
import { messagesOfChange } from "./change.ts";
import type { SchedulingMessage } from "./message.ts";
import { answerInvitation } from "./on-request.ts";
import { receiveMessage } from "./receive.ts";

const berlin = findZone("Europe/Berlin")!;
const start = { form: "local" as const, localMs: parseWallTime("2026-03-02T09:00")!.localMs, zone: berlin };
const startMs = Temporal.Instant.from("2026-02-01T00:00Z").epochMilliseconds;
const host = "host@example.org";
const guests = ["ann@example.org", "bob@example.org", "eve@example.org"];
const answers = ["ACCEPTED", "DECLINED", "TENTATIVE"] as const;

/** One step of the play; the numbers choose among what is there. */
type Step = {
  readonly what: (typeof STEPS)[number];
  readonly who: number;
  readonly which: number;
  readonly how: number;
};
const STEPS = [
  "rename",
  "rename one",
  "move all",
  "move one",
  "skip one",
  "invite",
  "uninvite",
  "uninvite from one",
  "invite to one",
  "call one off",
  "answer",
  "answer",
  "answer one",
  "answer one",
  "decline by deleting one",
  "deliver",
  "deliver",
  "deliver",
  "deliver again",
] as const;

class World {
  readonly calendars = new Map<string, Component | null>();
  /** On their way: nobody knows when, how often and in which order they arrive. */
  readonly post: SchedulingMessage[] = [];
  /**
   * Guests whose messages crossed in a way that no revision tells apart [IT21]: who answered while he was not invited,
   * and who was invited again before the last messages had reached him.
   */
  readonly crossed = new Set<string>();
  nowMs = startMs;

  constructor(invited: readonly string[], isSeries: boolean) {
    const event = createEvent(
      {
        start,
        end: { ...start, localMs: start.localMs + HOUR_MS },
        summary: "Lesson",
        rrules: isSeries ? [parseRule("FREQ=WEEKLY;COUNT=5").rule!] : [],
        organizer: { address: host },
        attendees: [host, ...invited].map((address) => ({ address })),
      },
      { uid: "lesson@example.org", nowMs: this.nowMs },
    );
    for (const user of [host, ...guests]) this.calendars.set(user, null);
    this.keep(host, event.calendar);
  }

  /** A user's calendar changes; what others must hear goes to the post. */
  keep(user: string, after: Component | null): void {
    const before = this.calendars.get(user) ?? null;
    const made = messagesOfChange({ before, after, addresses: [user], nowMs: this.nowMs });
    assert.ok(made.refused === undefined);
    this.calendars.set(user, made.calendar);
    this.post.push(...made.messages);
  }

  deliver(index: number, isLast = true): void {
    const at = index % Math.max(1, this.post.length);
    const message = this.post[at];
    if (message === undefined) return;
    const user = message.recipient!.slice("mailto:".length);
    const stored = this.calendars.get(user) ?? null;
    // What is cancelled before it was heard of would have to be remembered by the post; so it comes later again.
    if (message.method === "CANCEL" && stored === null) return;
    const outcome = receiveMessage({
      message: message.calendar,
      stored,
      addresses: [user],
      sender: message.sender,
      nowMs: this.nowMs,
    });
    assert.ok(outcome.kind === "changed" || outcome.kind === "ignored", outcome.kind);
    if (outcome.kind === "ignored") {
      if (outcome.reason === "not-attendee") this.crossed.add(message.sender.slice("mailto:".length));
      assert.ok(
        ["outdated", "unchanged", "unknown-occurrence", "not-attendee"].includes(outcome.reason),
        outcome.message,
      );
    } else this.calendars.set(user, outcome.calendar);
    if (isLast) this.post.splice(at, 1);
  }

  object(user: string): CalendarObject | null {
    const calendar = this.calendars.get(user) ?? null;
    return calendar === null ? null : objectFrom(calendar);
  }

  /** Everything arrives, in any order; `seed` chooses it. */
  arrive(seed: number): void {
    for (let tries = 0; this.post.length > 0 && tries < 1000; tries++) this.deliver(seed + tries);
    assert.equal(this.post.length, 0, "the post is empty in the end");
  }
}

function instances(object: CalendarObject | null): readonly Instance[] {
  if (object === null) return [];
  const range = { fromMs: startMs - 100 * DAY_MS, toMs: startMs + 400 * DAY_MS, floatingZone: UTC };
  return instancesOf(object, range).instances;
}

function editing(world: World, user: string, edit: (object: CalendarObject) => Edit): void {
  const object = world.object(user);
  if (object === null) return;
  const done = edit(object);
  if (done.refused === undefined) world.keep(user, done.object?.calendar ?? null);
}

function play(world: World, { what, who, which, how }: Step): void {
  world.nowMs += 2 * MINUTE_MS;
  const context = { nowMs: world.nowMs, exceptions: "drop" as const };
  const guest = guests[who % guests.length]!;
  const user = what.startsWith("answer") || what.startsWith("decline") ? guest : host;
  const all = instances(world.object(user));
  const one = all[which % Math.max(1, all.length)];
  if (one === undefined) return;
  const target = { scope: "this" as const, recurrenceId: one.recurrenceId };
  const whole = { scope: "all" as const, recurrenceId: null };
  const moved = (localMs: number) => ({ ...start, localMs: localMs + ((how % 5) - 2) * HOUR_MS });
  const people: NewPerson[] = one.view.attendees.map(({ address }) => ({ address }));
  const others = people.filter(({ address }) => address !== guest);
  if (what.startsWith("invite") && world.post.some(({ recipient }) => recipient === `mailto:${guest}`)) {
    world.crossed.add(guest);
  }
  switch (what) {
    case "rename":
      return editing(world, host, (object) => changeEvent(object, whole, { summary: `Lesson ${how}` }, context));
    case "rename one":
      return editing(world, host, (object) => changeEvent(object, target, { summary: `Lesson ${how}` }, context));
    case "move all":
      return editing(world, host, (object) =>
        changeEvent(object, whole, { start: moved(object.master?.start.localMs ?? 0) }, context),
      );
    case "move one":
      return editing(world, host, (object) => changeEvent(object, target, { start: moved(one.startLocalMs) }, context));
    case "skip one":
      if (all.length < 2) return;
      return editing(world, host, (object) => deleteEvent(object, target, context));
    case "call one off":
      return editing(world, host, (object) => changeEvent(object, target, { status: "CANCELLED" }, context));
    case "invite":
    case "uninvite": {
      const now = world.object(host)!.master!.attendees.filter(({ address }) => address !== guest);
      const attendees = what === "invite" ? [...now, { address: guest }] : now;
      return editing(world, host, (object) => changeEvent(object, whole, { attendees }, context));
    }
    case "uninvite from one":
      return editing(world, host, (object) => changeEvent(object, target, { attendees: others }, context));
    case "invite to one": {
      const attendees = [...others, { address: guest }];
      return editing(world, host, (object) => changeEvent(object, target, { attendees }, context));
    }
    case "answer":
    case "answer one": {
      const participation = answers[how % answers.length]!;
      const recurrenceId = what === "answer" ? null : one.recurrenceId;
      const calendar = world.calendars.get(guest)!;
      const answered = answerInvitation({ calendar, addresses: [guest], participation, recurrenceId });
      if (answered.refused === undefined) world.keep(guest, answered.calendar);
      return;
    }
    case "decline by deleting one":
      if (all.length < 2 || one.recurrenceId === null) return;
      return editing(world, guest, (object) => deleteEvent(object, target, context));
    case "deliver":
      return world.deliver(which);
    case "deliver again":
      return world.deliver(which, false);
  }
}

/** What a guest goes to, as one calendar has it: when, and how he answered. Declined or cancelled is not going. */
function plan(world: World, user: string, guest: string): string[] {
  return instances(world.object(user)).flatMap(({ recurrenceId, startMs, endMs, view }) => {
    const attendee = view.attendees.find(({ address }) => address === guest);
    if (attendee === undefined || view.status === "CANCELLED" || attendee.participation === "DECLINED") return [];
    return [`${recurrenceId} at ${startMs} to ${endMs} "${view.summary}" ${attendee.participation}`];
  });
}

const steps = fc.array(
  fc.record({
    what: fc.constantFrom(...STEPS),
    who: fc.nat({ max: 2 }),
    which: fc.nat({ max: 20 }),
    how: fc.nat({ max: 20 }),
  }),
  { maxLength: 25 },
);

describe("an organizer and his guests", () => {
  test("[IT20] agree on occurrences, times and answers once all messages have arrived, late, twice or out of order", () => {
    fc.assert(
      fc.property(steps, fc.boolean(), fc.nat({ max: 3 }), fc.nat({ max: 1000 }), (played, isSeries, invited, seed) => {
        const world = new World(guests.slice(0, invited), isSeries);
        for (const step of played) play(world, step);
        world.arrive(seed);
        // Whoever answered while he was asked anew hears so with the next message, whatever it is about.
        play(world, { what: "rename", who: 0, which: 0, how: 99 });
        world.arrive(seed);
        for (const guest of guests) {
          if (!world.crossed.has(guest)) assert.deepEqual(plan(world, guest, guest), plan(world, host, guest), guest);
        }
      }),
      { numRuns: 300 },
    );
  });
});
