// Strategy: a table of sentences about a small school, then random schools: whatever is planned, nobody is at two places at once.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { DAY_MS, MINUTE_MS } from "@hourwright/time";
import fc from "fast-check";
import type { Service, Terms } from "./model.ts";
import type { SlotFacts } from "./slot-question.ts";
import { planStandIns, withStandIn, type Absence, type PlannedRow, type Touched, type Wish } from "./standing-in.ts";

/** A Monday. */
const DAY = Temporal.Instant.from("2027-03-01T00:00:00Z").epochMilliseconds;
const at = (clock: string, days = 0): number => {
  const [hours, minutes] = clock.split(":").map(Number) as [number, number];
  return DAY + days * DAY_MS + (hours * 60 + minutes) * MINUTE_MS;
};
const HOUR_MS = 60 * MINUTE_MS;

const terms: Terms = {
  service: "Lesson",
  bufferBeforeMinutes: 0,
  bufferAfterMinutes: 0,
  cancelUntilMinutes: 0,
  needsApproval: false,
  holdMinutes: 5,
  where: { kind: "none", text: "" } as never,
  policy: "",
  zone: "UTC",
  isZoneLocked: false,
  reminderMinutes: [],
  rating: null,
};

const service = (more: Partial<Service> = {}): Service =>
  ({
    id: "svc",
    version: 1,
    name: "Lesson",
    lengths: [60],
    bufferBeforeMinutes: 0,
    bufferAfterMinutes: 0,
    noticeMinutes: 0,
    windowDays: null,
    windowEnd: null,
    raster: { everyMinutes: 60, from: "midnight" },
    zone: "UTC",
    hours: [1, 2, 3, 4, 5].map((weekday) => ({ weekday, opens: "09:00", closes: "12:00" })),
    limitPerDay: null,
    limitPerWeek: null,
    limitPerCustomer: null,
    roles: [{ name: "Instructor", anyOf: ["ana", "ben", "cleo"], count: 1, assign: "fair", weights: {} }],
    places: 1,
    where: terms.where,
    stale: { policy: "book", afterMinutes: 1_440 },
    ...more,
  }) as unknown as Service;

type Taken = { readonly who: string; readonly startMs: number; readonly endMs: number; readonly session?: string };

function factsFor(of: Service, taken: readonly Taken[], owed: SlotFacts["owed"] = []): SlotFacts {
  const subjects = [...new Set(of.roles.flatMap(({ anyOf }) => anyOf))];
  const column = <T>(value: (each: Taken) => T) => taken.map(value);
  const guarded = {
    subjectId: taken.length === 0 ? null : column(({ who }) => who),
    startMs: column(({ startMs }) => startMs),
    endMs: column(({ endMs }) => endMs),
    guardStartMs: column(({ startMs }) => startMs),
    guardEndMs: column(({ endMs }) => endMs),
    site: column(() => null),
    source: column(() => "bookings"),
    commitment: column(({ session }) => session ?? "elsewhere"),
    label: column(() => ""),
  };
  return {
    service: of,
    zone: "UTC",
    lengthMinutes: 60,
    subjects,
    roles: of.roles.map(({ anyOf, count }) => ({ anyOf: anyOf.map((id) => subjects.indexOf(id)), count })),
    openTime: JSON.stringify({ known: [], subject: null, start: null, end: null }),
    guarded: JSON.stringify(guarded),
    retired: [],
    ofService: [],
    owed,
    nowMs: DAY - DAY_MS,
    fromMs: DAY - DAY_MS,
    toMs: DAY + 30 * DAY_MS,
    ruled: null,
    sources: [],
    withoutSessions: [],
  };
}

type Lesson = { readonly id: string; readonly startMs: number; readonly picked?: readonly (readonly string[])[] };

function touchedBy(
  lessons: readonly Lesson[],
  more: { of?: Service; taken?: readonly Taken[]; owed?: SlotFacts["owed"] } = {},
) {
  const own = lessons.flatMap(({ id, startMs, picked = [["ana"]] }) =>
    picked.flat().map((who) => ({ who, startMs, endMs: startMs + HOUR_MS, session: id })),
  );
  const facts = factsFor(more.of ?? service(), [...own, ...(more.taken ?? [])], more.owed);
  return lessons.map(({ id, startMs, picked = [["ana"]] }): Touched => ({
    sessionId: id,
    startMs,
    endMs: startMs + HOUR_MS,
    places: 1,
    picked,
    terms,
    facts,
    customers: [{ busy: [], startsOfService: [] }],
  }));
}

const monday: Absence = { subjectId: "ana", startMs: DAY, endMs: DAY + DAY_MS };
const plan = (touched: readonly Touched[], wishes: Record<string, Wish> = {}) =>
  planStandIns(touched, monday, new Map(Object.entries(wishes)));
const told = (rows: readonly PlannedRow[]) => rows.map(({ deed, standInId }) => standInId ?? deed);
const busy = (who: string, from: string, to: string): Taken => ({ who, startMs: at(from), endMs: at(to) });

describe("what becomes of bookings when somebody is away", () => {
  test("they stay at their time with whoever is free", () => {
    const rows = plan(touchedBy([{ id: "a", startMs: at("09:00") }], { taken: [busy("ben", "09:00", "10:00")] }));
    assert.deepEqual(told(rows), ["cleo"]);
    assert.deepEqual(
      rows[0]!.candidates.map(({ id, code }) => [id, code]),
      [
        ["ben", "taken"],
        ["cleo", null],
      ],
    );
  });

  test("who is owed most stands in, and who stands in once is owed less for the next", () => {
    const owed = [{ role: 0, subjectId: "cleo", owed: 0.7 }];
    const rows = plan(
      touchedBy(
        [
          { id: "a", startMs: at("09:00") },
          { id: "b", startMs: at("10:00") },
        ],
        { owed },
      ),
    );
    assert.deepEqual(told(rows), ["cleo", "ben"]);
  });

  test("nobody stands in for two at once: who has the fewest to choose from comes first", () => {
    const of = service({
      roles: [{ name: "Instructor", anyOf: ["ana", "ben", "cleo"], count: 1, assign: "fair", weights: { ben: 9 } }],
    } as never);
    const lessons = [
      { id: "a", startMs: at("09:00") },
      { id: "b", startMs: at("09:30") },
    ];
    const rows = plan(touchedBy(lessons, { of, taken: [busy("cleo", "10:00", "11:00")] }));
    assert.deepEqual(told(rows), ["cleo", "ben"]);
    assert.equal(rows[0]!.candidates.find(({ id }) => id === "ben")!.code, "planned");
  });

  test("where nobody is free the nearest three times are offered, none of them while they are away", () => {
    const taken = [busy("ben", "08:00", "18:00"), busy("cleo", "08:00", "18:00")];
    const rows = plan(touchedBy([{ id: "a", startMs: at("10:00") }], { taken }));
    assert.deepEqual(rows[0]!.starts, [at("09:00", 1), at("10:00", 1), at("11:00", 1)]);
    assert.equal(rows[0]!.deed, "offer");
  });

  test("no time is offered to more than can come: the next are offered others", () => {
    const of = service({
      roles: [{ name: "Instructor", anyOf: ["ana"], count: 1, assign: "fair", weights: {} }],
    } as never);
    const lessons = [
      { id: "a", startMs: at("09:00") },
      { id: "b", startMs: at("10:00") },
    ];
    const rows = plan(touchedBy(lessons, { of }));
    assert.deepEqual(rows[0]!.starts, [at("09:00", 1), at("10:00", 1), at("11:00", 1)]);
    assert.deepEqual(rows[1]!.starts, [at("09:00", 2), at("10:00", 2), at("11:00", 2)]);
  });

  test("nothing is offered that its customer could not come to, or would be once too often", () => {
    const of = service({
      limitPerCustomer: { count: 1, days: 1 },
      roles: [{ name: "Instructor", anyOf: ["ana"], count: 1, assign: "fair", weights: {} }],
    } as never);
    const [lesson] = touchedBy([{ id: "a", startMs: at("10:00") }], { of });
    const customers = [
      { busy: [{ startMs: at("09:30", 1), endMs: at("10:30", 1) }], startsOfService: [at("10:00", 2)] },
    ];
    assert.deepEqual(plan([{ ...lesson!, customers }])[0]!.starts, [at("10:00", 3), at("11:00", 3), at("09:00", 4)]);
  });

  test("what a customer has chosen besides stays chosen", () => {
    const of = service({
      roles: [
        { name: "Instructor", anyOf: ["ana"], count: 1, assign: "fair", weights: {} },
        { name: "Car", anyOf: ["red", "blue"], count: 1, assign: "customer", weights: {} },
      ],
    } as never);
    const taken = [{ who: "red", startMs: at("08:00", 1), endMs: at("18:00", 1) }];
    const rows = plan(touchedBy([{ id: "a", startMs: at("10:00"), picked: [["ana"], ["red"]] }], { of, taken }));
    assert.deepEqual(rows[0]!.starts, [at("09:00", 2), at("10:00", 2), at("11:00", 2)]);
  });

  test("nobody is offered to join a class that is itself without its teacher", () => {
    const of = service({
      places: 9,
      roles: [{ name: "Teacher", anyOf: ["ana"], count: 1, assign: "fair", weights: {} }],
    } as never);
    const lessons = [
      { id: "a", startMs: at("09:00") },
      { id: "b", startMs: at("10:00") },
    ];
    const ofService = lessons.map(({ id, startMs }) => ({
      sessionId: id,
      startMs,
      endMs: startMs + HOUR_MS,
      places: 1,
    }));
    const touched = touchedBy(lessons, { of }).map((each) => ({ ...each, facts: { ...each.facts!, ofService } }));
    const offered = plan(touched).flatMap(({ starts }) => starts);
    assert.equal(offered.length, 6);
    assert.ok(
      offered.every((start) => start >= DAY + DAY_MS),
      "none of them while they are away",
    );
  });

  test("where nobody can and nothing is near it is said so", () => {
    const [lesson] = touchedBy([{ id: "a", startMs: at("10:00") }]);
    const rows = plan([{ ...lesson!, facts: null }]);
    assert.deepEqual([rows[0]!.deed, rows[0]!.candidates, rows[0]!.isAsWished], ["none", [], true]);
  });

  test("a wish comes first, and one that cannot be is told", () => {
    const lessons = [
      { id: "a", startMs: at("09:00") },
      { id: "b", startMs: at("09:00") },
    ];
    const wishes: Record<string, Wish> = { b: { deed: "stand-in", standInId: "cleo" } };
    assert.deepEqual(told(plan(touchedBy(lessons), wishes)), ["ben", "cleo"]);
    const both: Record<string, Wish> = { ...wishes, a: { deed: "stand-in", standInId: "cleo" } };
    const rows = plan(touchedBy(lessons), both);
    assert.deepEqual(
      rows.map(({ isAsWished }) => isAsWished),
      [true, false],
    );
    assert.equal(plan(touchedBy(lessons), { a: { deed: "leave" } })[0]!.deed, "leave");
    const offer: Record<string, Wish> = { a: { deed: "offer", starts: [at("09:00", 1)] } };
    assert.deepEqual(plan(touchedBy(lessons), offer)[0]!.starts, [at("09:00", 1)]);
    const gone: Record<string, Wish> = { a: { deed: "offer", starts: [at("13:00", 1)] } };
    assert.equal(plan(touchedBy(lessons), gone)[0]!.isAsWished, false);
  });

  test("in whatever school, nobody is at two places at once, and each is exactly one of: stood in for, offered times, told", () => {
    const hour = fc.integer({ min: 9, max: 11 }).chain((h) => fc.constantFrom(0, 30).map((m) => at(`${h}:${m}`)));
    const who = fc.constantFrom("ben", "cleo");
    const school = fc.record({
      lessons: fc.array(hour, { minLength: 1, maxLength: 6 }),
      taken: fc.array(fc.tuple(who, hour), { maxLength: 4 }),
      wishes: fc.array(
        fc.oneof(
          fc.constant(null),
          who.map((standInId): Wish => ({ deed: "stand-in", standInId })),
          fc.constant<Wish>({ deed: "offer", starts: [] }),
          fc.constant<Wish>({ deed: "leave" }),
        ),
        { maxLength: 6 },
      ),
    });
    fc.assert(
      fc.property(school, ({ lessons, taken, wishes }) => {
        const others = taken.map(([id, startMs]) => ({ who: id, startMs, endMs: startMs + HOUR_MS }));
        const touched = touchedBy(
          lessons.map((startMs, index) => ({ id: `s${index}`, startMs })),
          { taken: others },
        );
        const wished = Object.fromEntries(
          wishes.flatMap((wish, index) => (wish === null ? [] : [[`s${index}`, wish]])),
        );
        const rows = plan(touched, wished);
        assert.equal(rows.length, lessons.length);
        const then: Taken[] = [...others];
        for (const [index, { deed, standInId, starts, candidates }] of rows.entries()) {
          const { startMs, endMs, picked } = touched[index]!;
          assert.equal(standInId !== null, deed === "stand-in");
          assert.equal(starts.length > 0, deed === "offer");
          if (standInId === null) continue;
          assert.equal(candidates.find(({ id }) => id === standInId)!.code, null);
          const own = { who: standInId, startMs, endMs };
          const meets = then.filter((each) => each.who === own.who && each.startMs < endMs && each.endMs > startMs);
          assert.deepEqual(meets, [], "at two places at once");
          assert.ok(!withStandIn(picked, "ana", standInId).flat().includes("ana"));
          then.push(own);
        }
        for (const [id, wish] of Object.entries(wished)) {
          const row = rows.find(({ sessionId }) => sessionId === id);
          if (wish.deed === "leave" && row !== undefined) assert.equal(row.deed, "leave");
        }
        // Applied as it was planned it is what was wished.
        const again = plan(
          touched,
          Object.fromEntries(
            rows.map(({ sessionId, deed, standInId, starts }): [string, Wish] => [
              sessionId,
              deed === "stand-in" ? { deed, standInId } : deed === "offer" ? { deed, starts } : { deed: "leave" },
            ]),
          ),
        );
        assert.ok(again.every(({ isAsWished }) => isAsWished));
      }),
      { numRuns: 200 },
    );
  });
});
