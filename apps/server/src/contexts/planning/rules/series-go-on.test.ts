// Strategy: a series that stands outside rules made after it, looked at again when time has gone on and its horizon with it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { startOwnServer } from "../../../testing/own-server.ts";
import { refusalOf } from "../../../testing/server.ts";

test("an endless series that stands outside rules keeps its time under another name, all of it or from a date on", async () => {
  await using own = await startOwnServer({ now: "2027-02-01T08:00:00Z" });
  const { owner } = own;
  const at = { start: "2027-02-03T20:00:00", end: "2027-02-03T21:00:00", timeZone: "Europe/Prague" };
  const { id } = await owner("events.create", { body: { title: "Night", ...at, rrule: "FREQ=DAILY" } });
  await owner("rules.create", { body: { constraintId: "hours", values: { from: 480, to: 1_080 } } });
  await owner("rules.create", { body: { constraintId: "notice", values: { notice: 2_000 } } });
  await owner("rules.create", { body: { constraintId: "window", values: { days: 30 } } });
  await own.travel({ days: 9 });
  await owner("events.update", { params: { id }, body: { title: "Owls" } });
  const later = { scope: "following", recurrenceId: "20270220T200000" } as const;
  const moved = { start: "2027-02-20T21:00:00", end: "2027-02-20T22:00:00", timeZone: "Europe/Prague" };
  const refused = await refusalOf(owner("events.update", { params: { id }, body: { ...moved, ...later } }));
  assert.equal(refused.code, "planning/rule-broken");
  await owner("events.update", { params: { id }, body: { title: "Later owls", ...later } });
});
