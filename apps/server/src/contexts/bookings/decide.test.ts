// Strategy: what may become of a booking as a table, then every order of deeds against what a state allows.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { isRefused } from "@hourwright/contract";
import fc from "fast-check";
import {
  answersTo,
  approve,
  book,
  cancel,
  complete,
  decline,
  isOver,
  markNoShow,
  mayChange,
  reschedule,
  whyUnfit,
} from "./decide.ts";
import { takesTime, type Booking, type Held, type Terms } from "./model.ts";

const HOUR_MS = 3_600_000;
const START_MS = Temporal.Instant.from("2027-03-01T09:00:00Z").epochMilliseconds;
const terms: Terms = {
  service: "Lesson",
  bufferBeforeMinutes: 0,
  bufferAfterMinutes: 0,
  cancelUntilMinutes: 120,
  needsApproval: false,
  holdMinutes: 5,
  where: { kind: "none", text: "" },
  policy: "",
  zone: "Europe/Prague",
  isZoneLocked: true,
  reminderMinutes: [1_440],
  rating: null,
};
const hold: Held = {
  id: "bkg_1",
  serviceId: "svc_1",
  sessionId: "bkg_1",
  state: "held",
  startMs: START_MS,
  endMs: START_MS + HOUR_MS,
  places: 1,
  picked: [["sub_1"]],
  candidates: [["sub_1"]],
  terms,
  madeMs: START_MS - 48 * HOUR_MS,
  zone: "Europe/Prague",
  series: null,
  version: 1,
  expiresMs: START_MS - 47 * HOUR_MS,
};
const details = { customerId: "cus_1", given: null, paid: null, answers: [], language: "en" } as const;
const beforeMs = hold.expiresMs - 1;

const booked = (isAsked: boolean): Booking => {
  const made = book({ ...hold, terms: { ...terms, needsApproval: isAsked } }, details, beforeMs);
  assert.ok(!isRefused(made));
  return made;
};

describe("a booking", () => {
  test("is confirmed in the last millisecond of its hold, and not at its end", () => {
    assert.equal(isOver(hold, hold.expiresMs - 1), false);
    assert.equal(isOver(hold, hold.expiresMs), true);
    const late = book(hold, details, hold.expiresMs);
    assert.ok(isRefused(late));
    assert.equal(late.refused.code, "bookings/hold-over");
  });

  test("asks first where the service wants approval", () => {
    assert.equal(booked(true).state, "requested");
    assert.equal(booked(false).state, "confirmed");
  });

  test("may be changed by its customer until the time agreed, and by the organisation until it is over", () => {
    const booking = booked(false);
    const untilMs = START_MS - 120 * 60_000;
    assert.deepEqual(
      [untilMs - 1, untilMs].map((ms) => mayChange(booking, "customer", ms)),
      [true, false],
    );
    assert.deepEqual(
      [START_MS, booking.endMs - 1, booking.endMs].map((ms) => mayChange(booking, "organisation", ms)),
      [true, true, false],
    );
    const late = cancel(booking, { by: "customer", reason: "", nowMs: untilMs });
    assert.ok(isRefused(late));
    assert.equal(late.refused.code, "bookings/too-late");
  });

  test("that was approved asks again when its customer moves it", () => {
    const approved = approve(booked(true));
    assert.ok(!isRefused(approved));
    const to = { ...approved, startMs: START_MS + HOUR_MS, endMs: START_MS + 2 * HOUR_MS };
    const [byCustomer, byUs] = (["customer", "organisation"] as const).map((by) =>
      reschedule(approved, to, { by, nowMs: beforeMs }),
    );
    assert.ok(byCustomer !== undefined && !isRefused(byCustomer) && byUs !== undefined && !isRefused(byUs));
    assert.deepEqual([byCustomer.state, byUs.state], ["requested", "confirmed"]);
    assert.deepEqual(byCustomer.previous, { startMs: START_MS, endMs: START_MS + HOUR_MS });
  });

  test("is marked when it has begun, and not before", () => {
    for (const mark of [markNoShow, complete]) {
      assert.ok(isRefused(mark(booked(false), START_MS - 1)));
      assert.ok(!isRefused(mark(booked(false), START_MS)));
    }
  });

  test("comes from any order of deeds to no state that its last state does not lead to", () => {
    const leads: Readonly<Record<string, readonly string[]>> = {
      requested: ["confirmed", "declined", "cancelled", "requested"],
      confirmed: ["cancelled", "no-show", "completed", "confirmed", "requested"],
      "no-show": ["completed"],
      completed: ["no-show"],
      declined: [],
      cancelled: [],
    };
    const deed = fc.constantFrom("approve", "decline", "cancel", "move", "no-show", "complete");
    fc.assert(
      fc.property(
        fc.boolean(),
        fc.array(fc.tuple(deed, fc.integer({ min: -200, max: 200 })), { maxLength: 8 }),
        (asks, deeds) => {
          let booking = booked(asks);
          for (const [kind, minutes] of deeds) {
            const nowMs = START_MS + minutes * 60_000;
            const after =
              kind === "approve"
                ? approve(booking)
                : kind === "decline"
                  ? decline(booking, "")
                  : kind === "cancel"
                    ? cancel(booking, { by: "customer", reason: "", nowMs })
                    : kind === "move"
                      ? reschedule(booking, booking, { by: "customer", nowMs })
                      : kind === "no-show"
                        ? markNoShow(booking, nowMs)
                        : complete(booking, nowMs);
            if (isRefused(after)) continue;
            assert.ok(leads[booking.state]!.includes(after.state), `${booking.state} became ${after.state} by ${kind}`);
            assert.equal(after.version, booking.version + 1);
            assert.ok(takesTime(booking.state), "what was given back stays so");
            booking = after;
          }
        },
      ),
    );
  });
});

describe("a wish", () => {
  const role = { name: "Pilot", anyOf: ["ana", "ben"], count: 1, assign: "customer", weights: {} } as const;
  const roles = [
    { ...role, anyOf: [...role.anyOf] },
    { ...role, anyOf: ["car"], assign: "fair" as const },
  ];
  const table: readonly [string, number, number, readonly string[], RegExp | null][] = [
    ["for one, with somebody who may be chosen, is fit", 1, 1, ["ben"], null],
    ["for more than there are places is not", 3, 4, [], /^There are 3 places at most/],
    ["for two where one comes at a time is not", 1, 2, [], /^It is for one at a time/],
    ["for somebody who is not offered is not", 1, 1, ["eva"], /cannot be chosen any more/],
    ["for something that is picked by others is not", 1, 1, ["car"], /cannot be chosen any more/],
  ];
  for (const [name, there, places, choose, says] of table)
    test(name, () => {
      const why = whyUnfit({ places: there, roles }, { places, choose });
      if (says === null) assert.equal(why, null);
      else assert.match(why?.refused.detail ?? "", says);
    });
});

describe("questions of a service", () => {
  const questions = [
    { id: "level", kind: "choice", label: "Level", isRequired: true, options: ["first", "more"] },
    { id: "note", kind: "text", label: "Note", isRequired: false, options: [] },
    { id: "terms", kind: "consent", label: "I agree", isRequired: true, options: [] },
  ] as const;
  const table: readonly [string, Record<string, string>, readonly string[]][] = [
    ["are answered", { level: "more", terms: "yes" }, []],
    ["are all told that miss", {}, ["level", "terms"]],
    ["know their options", { level: "expert", terms: "yes" }, ["level"]],
    ["are agreed to or not", { level: "more", terms: "maybe" }, ["terms"]],
    ["are not made up", { level: "more", terms: "yes", other: "x" }, ["other"]],
  ];
  for (const [name, given, wrong] of table)
    test(name, () => {
      const answers = answersTo(
        [...questions].map((each) => ({ ...each, options: [...each.options], file: null })),
        given,
      );
      const fields = isRefused(answers) ? (answers.refused.extra["fields"] as { field: string }[]) : [];
      assert.deepEqual(
        fields.map(({ field }) => field),
        wrong,
      );
    });
});
