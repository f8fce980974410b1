// Strategy: a table of one booking at the edges, then a property: on random organisations the figures are those of a list that is gone
// through minute by minute, over changes of the clocks as well. Then what is counted of holds, from the log.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { MINUTE_MS, normalise } from "@hourwright/time";
import { figuresOf, type FigureBooking, type FigureFacts, type FigureService } from "./decide.ts";
import { countedIn } from "./hold-counts.ts";
import type { Role } from "../model.ts";

const HOUR_MS = 3_600_000;
const role = (anyOf: readonly string[], weights: Record<string, number> = {}): Role => ({
  name: "Teacher",
  anyOf: [...anyOf],
  count: 1,
  assign: "fair",
  weights,
});
const service = (id: string, anyOf: readonly string[], hours: FigureService["hours"] = null): FigureService => ({
  id,
  name: id,
  roles: [role(anyOf)],
  hours,
  owed: [],
});
const at = (text: string, zone = "Europe/Prague") =>
  Temporal.PlainDateTime.from(text).toZonedDateTime(zone).epochMilliseconds;
const booking = (startMs: number, minutes: number, more: Partial<FigureBooking> = {}): FigureBooking => ({
  serviceId: "lesson",
  service: "Lesson",
  sessionId: `${startMs}`,
  customerId: "ada",
  state: "completed",
  startMs,
  endMs: startMs + minutes * MINUTE_MS,
  madeMs: startMs - HOUR_MS,
  picked: [["p"]],
  candidates: [["p", "q"]],
  isMoved: false,
  changeUntilMs: startMs - HOUR_MS,
  ended: null,
  score: null,
  ...more,
});

describe("the figures of a period", () => {
  const [fromMs, toMs] = [at("2027-03-28T00:00"), at("2027-03-29T00:00")];
  const facts = (bookings: readonly FigureBooking[], more: Partial<FigureFacts> = {}): FigureFacts => ({
    fromMs,
    toMs,
    nowMs: toMs,
    bookings,
    services: [service("lesson", ["p", "q"])],
    open: new Map([
      ["p", [{ startMs: fromMs, endMs: toMs }]],
      ["q", []],
    ]),
    firstMs: new Map(),
    ...more,
  });

  test("know that the day on which the clocks go forward has 23 hours", () =>
    assert.equal(figuresOf(facts([])).total.openMinutes, 23 * 60));

  test("cut time at the edges, and count a booking where it starts", () => {
    const { total } = figuresOf(facts([booking(fromMs - 30 * MINUTE_MS, 60), booking(toMs - 30 * MINUTE_MS, 60)]));
    assert.deepEqual([total.bookings, total.bookedMinutes], [1, 60]);
    const next = figuresOf({ ...facts([booking(toMs - 30 * MINUTE_MS, 60)]), fromMs: toMs, toMs: toMs + HOUR_MS });
    assert.deepEqual([next.total.bookings, next.total.bookedMinutes], [0, 30]);
  });

  test("are half-open: what starts at the end is of the next period, what ends at the beginning was of the one before", () => {
    const { total } = figuresOf(facts([booking(fromMs - 60 * MINUTE_MS, 60), booking(toMs, 60), booking(fromMs, 60)]));
    assert.deepEqual([total.bookings, total.bookedMinutes], [1, 60]);
  });

  test("take the time of a class once, however many share it", () => {
    const class_ = { sessionId: "one", candidates: [] };
    const { total, subjects } = figuresOf(facts([booking(fromMs, 60, class_), booking(fromMs, 60, class_)]));
    assert.deepEqual([total.bookings, total.bookedMinutes], [2, 60]);
    assert.equal(subjects.find(({ id }) => id === "p")!.bookedMinutes, 60);
  });

  test("tell what became of bookings, by whom, and how late", () => {
    const cancelled = (by: "customer" | "organisation", atMs: number) =>
      booking(fromMs + HOUR_MS, 60, { state: "cancelled", ended: { by, atMs } });
    const { total } = figuresOf(
      facts([
        booking(fromMs, 60, { state: "no-show" }),
        booking(fromMs, 60, { isMoved: true }),
        booking(toMs - 30 * MINUTE_MS, 60, { state: "confirmed" }),
        booking(fromMs, 60, { state: "confirmed" }),
        booking(fromMs, 60, { state: "declined", ended: { by: "organisation", atMs: 0 } }),
        cancelled("customer", fromMs - 1),
        cancelled("organisation", fromMs),
        booking(fromMs, 60, { state: "cancelled" }),
      ]),
    );
    assert.deepEqual(total.outcomes, {
      requested: 0,
      confirmed: 2,
      completed: 1,
      noShow: 1,
      cancelledByCustomer: 1,
      cancelledByOrganisation: 1,
      cancelledByNobodyKnown: 1,
      declined: 1,
    });
    assert.deepEqual([total.cancelledLate, total.moved], [1, 1]);
    assert.deepEqual(total.noShows, { count: 1, of: 3, rate: 1 / 3 }, "what is not over yet is no visit");
  });

  test("say nothing of what nobody has said", () => {
    const { total } = figuresOf(facts([], { open: new Map() }));
    assert.deepEqual(
      [total.rating, total.leadMinutes, total.openMinutes, total.utilisation, total.noShows.rate],
      [null, null, null, null, null],
    );
    const rated = figuresOf(facts([booking(fromMs, 60, { score: 5 }), booking(fromMs, 60, { score: 2 })])).total.rating;
    assert.deepEqual(rated, { count: 2, mean: 3.5, distribution: [0, 1, 0, 0, 1] });
  });

  test("know who has been here before, and who comes for the first time", () => {
    const bookings = ["ada", "ben", "cy"].map((customerId) => booking(fromMs, 60, { customerId }));
    const off = booking(fromMs, 60, { customerId: "dee", state: "cancelled" });
    const firstMs = new Map([
      ["ada", fromMs - 1],
      ["ben", fromMs],
    ]);
    assert.deepEqual(figuresOf(facts([...bookings, off], { firstMs })).customers, { returning: 1, new: 2 });
  });

  test("tell shares by weight: what one was owed, got, and who was away", () => {
    const weighed = { ...service("lesson", ["p", "q"]), roles: [role(["p", "q"], { p: 3 })] };
    const bookings = Array.from({ length: 4 }, () => booking(fromMs, 60));
    const [fair] = figuresOf(facts(bookings, { services: [weighed] })).fairness;
    assert.deepEqual(
      fair!.subjects.map(({ id, owed, got, offBy, isAway }) => [id, owed, got, offBy, isAway]),
      [
        ["p", 3, 4, 1, false],
        ["q", 1, 0, -1, true],
      ],
    );
  });

  test("are those of a list that is gone through minute by minute, on random organisations", () => {
    const people = ["p", "q", "r"];
    const zones = ["Europe/Prague", "America/New_York", "Australia/Lord_Howe", "UTC"];
    const stretch = fc.record({ at: fc.integer({ min: -200, max: 1_700 }), length: fc.integer({ min: 1, max: 400 }) });
    const random = fc.record({
      zone: fc.constantFrom(...zones),
      day: fc.constantFrom("2027-03-14", "2027-03-28", "2027-04-04", "2027-10-31", "2027-11-07"),
      open: fc.array(fc.record({ who: fc.constantFrom(...people), stretch }), { maxLength: 5 }),
      hours: fc.option(fc.array(stretch, { maxLength: 3 }), { nil: null }),
      bookings: fc.array(
        fc.record({
          who: fc.constantFrom(...people),
          service: fc.constantFrom("lesson", "other", "gone"),
          stretch,
          state: fc.constantFrom<FigureBooking["state"][]>(
            "requested",
            "confirmed",
            "completed",
            "no-show",
            "cancelled",
            "declined",
          ),
          score: fc.option(fc.integer({ min: 1, max: 5 }), { nil: null }),
        }),
        { maxLength: 12 },
      ),
    });
    fc.assert(
      fc.property(random, ({ zone, day, open, hours, bookings }) => {
        const date = Temporal.PlainDate.from(day);
        const [start, end] = [date, date.add({ days: 1 })].map((each) => each.toZonedDateTime(zone).epochMilliseconds);
        const real = ({ at: minute, length }: { at: number; length: number }) => ({
          startMs: start! + minute * MINUTE_MS,
          endMs: start! + (minute + length) * MINUTE_MS,
        });
        const openOf = new Map(
          people
            .filter((who) => open.some((each) => each.who === who))
            .map((who) => [who, normalise(open.flatMap((each) => (each.who === who ? [real(each.stretch)] : [])))]),
        );
        const ownHours = hours === null ? null : normalise(hours.map(real));
        const all = bookings.map(({ who, service: serviceId, stretch: of, state, score }) =>
          booking(real(of).startMs, of.length, { serviceId, state, score, picked: [[who]], candidates: [people] }),
        );
        const found = figuresOf({
          ...facts(all),
          fromMs: start!,
          toMs: end!,
          nowMs: end!,
          services: [service("lesson", people, ownHours), service("other", ["p"])],
          open: openOf,
        });
        const stands = (state: FigureBooking["state"]) => state !== "cancelled" && state !== "declined";
        const covers = (list: readonly { startMs: number; endMs: number }[], ms: number) =>
          list.some(({ startMs, endMs }) => startMs <= ms && ms < endMs);
        const minutes = (is: (ms: number) => boolean): number => {
          let sum = 0;
          for (let ms = start!; ms < end!; ms += MINUTE_MS) if (is(ms)) sum++;
          return sum;
        };
        for (const who of people) {
          const own = all.filter(({ picked }) => picked[0]![0] === who);
          const shown = found.subjects.find(({ id }) => id === who)!;
          const mine = openOf.get(who);
          assert.equal(shown.openMinutes, mine === undefined ? null : minutes((ms) => covers(mine, ms)));
          assert.equal(
            shown.bookedMinutes,
            minutes((ms) =>
              covers(
                own.filter(({ state }) => stands(state)),
                ms,
              ),
            ),
          );
          const starting = own.filter(({ startMs }) => startMs >= start! && startMs < end!);
          assert.equal(shown.bookings, starting.length);
          assert.equal(shown.rating?.count ?? 0, starting.filter(({ score }) => score !== null).length);
        }
        const lesson = found.services.find(({ id }) => id === "lesson")!;
        const timed = people.filter((who) => openOf.has(who));
        const inHours = (ms: number) => ownHours === null || covers(ownHours, ms);
        const isOpen = timed.map((who) => minutes((ms) => covers(openOf.get(who)!, ms) && inHours(ms)));
        assert.equal(lesson.openMinutes, timed.length === 0 ? null : isOpen.reduce((sum, each) => sum + each, 0));
        assert.equal(
          found.services.reduce((sum, each) => sum + each.bookings, 0),
          found.total.bookings,
          "each counts in one service, offered or gone",
        );
        const outcomes = Object.values(found.total.outcomes).reduce((sum, each) => sum + each, 0);
        assert.equal(outcomes, found.total.bookings, "each has one outcome");
        for (const { subjects } of found.fairness)
          assert.ok(Math.abs(subjects.reduce((sum, { offBy }) => sum + offBy, 0)) < 1e-9);
      }),
      { numRuns: 60 },
    );
  });
});

describe("holds", () => {
  const madeMs = at("2027-03-01T23:30");
  const was = (state: string, more: object = {}) => ({ state, serviceId: "svc_1", madeMs, ...more });
  const change = (before: unknown, after: unknown, type = "booking") => ({
    thing: { type, id: "bkg_1" },
    before,
    after,
  });

  test("are counted on the day on which they were made, where the organisation is", () => {
    const changes = [
      change(null, was("held")),
      change(null, was("held")),
      change(was("held"), was("confirmed")),
      change(was("confirmed"), was("cancelled")),
      change(was("held"), was("held")),
      change(was("held"), null),
      change(null, was("held"), "service"),
      change(null, was("held", { serviceId: null })),
      change(null, null),
    ];
    assert.deepEqual(countedIn(changes, "Europe/Prague"), [
      { day: "2027-03-01", serviceId: "svc_1", held: 2, booked: 1 },
    ]);
    assert.equal(countedIn(changes, "Asia/Tokyo")[0]!.day, "2027-03-02");
  });
});
