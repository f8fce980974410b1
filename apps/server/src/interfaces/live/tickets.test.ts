import assert from "node:assert/strict";
import { test } from "node:test";
import type { Caller } from "../../platform/operations/context.ts";
import { testClock } from "../../platform/testing/clock.ts";
import { bounds } from "./bounds.ts";
import { createTickets } from "./tickets.ts";

const caller = (userId: string): Caller => ({
  userId,
  personId: `per_${userId}`,
  organisation: 1,
  role: "member",
  name: userId,
  email: `${userId}@example.org`,
  sessionId: "ses_1",
  via: "cookie",
});

test("a ticket is good once, for thirty seconds, and for who asked for it", () => {
  const clock = testClock(0);
  const tickets = createTickets(clock, bounds);
  const [first, second] = [tickets.issue(caller("ana"))!, tickets.issue(caller("ben"))!];
  assert.notEqual(first, second);
  assert.equal(tickets.redeem(first)?.userId, "ana");
  assert.equal(tickets.redeem(first), null);
  clock.advance(29_999);
  const third = tickets.issue(caller("ana"))!;
  assert.equal(tickets.redeem(second)?.userId, "ben");
  clock.advance(30_000);
  assert.equal(tickets.redeem(third), null);
});

test("one person holds so many tickets and no more, and all together so many", () => {
  const clock = testClock(0);
  const tickets = createTickets(clock, { ...bounds, ticketsOfUserMax: 2, ticketsMax: 3 });
  assert.ok(tickets.issue(caller("ana")) !== null && tickets.issue(caller("ana")) !== null);
  assert.equal(tickets.issue(caller("ana")), null);
  assert.ok(tickets.issue(caller("ben")) !== null);
  assert.equal(tickets.issue(caller("cem")), null);
  clock.advance(30_000);
  assert.ok(tickets.issue(caller("cem")) !== null);
});
