// Strategy: each rule by its sentence; then random waiting lists are served offer by offer, and each offer is compared with an
// obvious model of whose turn it was.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { isRefused, limits } from "@hourwright/contract";
import fc from "fast-check";
import type { ChangeWithContents } from "../../../platform/changes/read.ts";
import {
  groupOf,
  inTurn,
  mayFree,
  nextOffer,
  offer,
  offerUntilMs,
  pass,
  suits,
  taken,
  waitAgain,
  whyInvalidWish,
  withdraw,
} from "./decide.ts";
import type { Wanted, Wish } from "./model.ts";

const ZONE = "Europe/Prague";
const at = (text: string) => Temporal.ZonedDateTime.from(`${text}[${ZONE}]`).epochMilliseconds;
const NOW = at("2027-03-01T08:00");
const MINUTE = 60_000;
const service = { id: "lesson", offerMinutes: 120, noticeMinutes: 60 };
const wanted: Wanted = {
  firstDay: "2027-03-01",
  lastDay: "2027-03-31",
  weekdays: [],
  fromMinute: 0,
  toMinute: 1_440,
  minutes: 60,
  choose: [],
  places: 1,
};
const wish = (id: string, more: Partial<Wish> = {}, want: Partial<Wanted> = {}): Wish => ({
  id,
  serviceId: service.id,
  customerId: `customer of ${id}`,
  given: null,
  state: "waiting",
  wanted: { ...wanted, ...want },
  zone: ZONE,
  language: "en",
  madeMs: NOW - 1_000,
  endsMs: at("2027-04-01T00:00"),
  passed: [],
  holdId: null,
  offered: null,
  version: 1,
  ...more,
});
const MONDAY = at("2027-03-08T09:00");
const TUESDAY = at("2027-03-09T14:00");
const free = (...starts: number[]) => new Map([[groupOf(wanted), starts]]);
const next = (wishes: readonly Wish[], starts: ReadonlyMap<string, readonly number[]>, nowMs = NOW) => {
  const found = nextOffer(wishes, service, starts, { zone: ZONE, nowMs });
  return found === null ? null : [found.wish.id, found.startMs];
};
const made = (after: Wish | { readonly refused: unknown }): Wish => {
  assert.ok(!("refused" in after));
  return after;
};

describe("a free time is offered", () => {
  test("to who has waited longest, the earliest that suits", () => {
    const [early, late] = [wish("a", { madeMs: NOW - 9_000 }), wish("b")];
    assert.deepEqual(next([late, early], free(MONDAY, TUESDAY)), ["a", MONDAY]);
    assert.deepEqual(next([late, wish("a", { madeMs: NOW - 9_000 }, { weekdays: [2] })], free(MONDAY, TUESDAY)), [
      "a",
      TUESDAY,
    ]);
    assert.deepEqual(next([late, wish("a", { madeMs: NOW - 9_000 }, { weekdays: [3] })], free(MONDAY)), ["b", MONDAY]);
  });

  test("to whoever was not asked yet before who let an offer pass, however long they wait", () => {
    const asked = wish("a", { madeMs: NOW - 9_000, passed: [1] });
    assert.deepEqual(next([asked, wish("b")], free(MONDAY)), ["b", MONDAY]);
    assert.deepEqual(next([asked], free(MONDAY)), ["a", MONDAY]);
  });

  test("to nobody a second time, and to nobody who has an offer, of whatever service", () => {
    assert.equal(next([wish("a", { passed: [MONDAY] })], free(MONDAY)), null);
    const offered = { state: "offered", holdId: "h", offered: { startMs: MONDAY, untilMs: NOW } } as const;
    const other = wish("z", { ...offered, serviceId: "another", customerId: "ada" });
    assert.equal(next([wish("a", { customerId: "ada" }), other], free(MONDAY)), null);
    assert.deepEqual(next([wish("a", { customerId: "ada" }), other, wish("b")], free(MONDAY)), ["b", MONDAY]);
  });

  test("to nobody whose waiting is over, and for nothing that could not be answered before its notice", () => {
    assert.equal(next([wish("a", { endsMs: NOW })], free(MONDAY)), null);
    assert.equal(next([wish("a")], free(NOW + 69 * MINUTE)), null);
    assert.deepEqual(next([wish("a")], free(NOW + 70 * MINUTE)), ["a", NOW + 70 * MINUTE]);
  });

  test("for as long as the service says, and never past its notice", () => {
    assert.equal(offerUntilMs(MONDAY, service, NOW), NOW + 120 * MINUTE);
    assert.equal(offerUntilMs(NOW + 90 * MINUTE, service, NOW), NOW + 30 * MINUTE);
  });
});

describe("a time suits", () => {
  const cases: readonly (readonly [string, Partial<Wanted>, string, boolean])[] = [
    ["on the first day", { firstDay: "2027-03-08" }, "2027-03-08T00:00", true],
    ["not before it", { firstDay: "2027-03-08" }, "2027-03-07T23:45", false],
    ["on the last day", { lastDay: "2027-03-08" }, "2027-03-08T23:45", true],
    ["not after it", { lastDay: "2027-03-08" }, "2027-03-09T00:00", false],
    ["on a weekday that is wanted", { weekdays: [1] }, "2027-03-08T09:00", true],
    ["on no other", { weekdays: [2, 3] }, "2027-03-08T09:00", false],
    ["from the minute on", { fromMinute: 540 }, "2027-03-08T09:00", true],
    ["not before", { fromMinute: 541 }, "2027-03-08T09:00", false],
    ["before the last minute", { toMinute: 541 }, "2027-03-08T09:00", true],
    ["not at it", { toMinute: 540 }, "2027-03-08T09:00", false],
    [
      "by the clock on the wall, after the clocks have changed",
      { fromMinute: 540, toMinute: 541 },
      "2027-03-30T09:00",
      true,
    ],
  ];
  for (const [title, want, start, does] of cases)
    test(title, () => assert.equal(suits(wish("a", {}, want), at(start), ZONE), does));
});

describe("what becomes of a wish", () => {
  const offered = made(offer(wish("a"), "hold", { startMs: MONDAY, untilMs: NOW + MINUTE }));

  test("an offer that passes is remembered, and they wait on", () => {
    const after = made(pass(offered, NOW));
    assert.deepEqual([after.state, after.passed, after.offered], ["waiting", [MONDAY], null]);
  });

  test("who lets too many pass is asked no more", () => {
    const often = { ...offered, passed: Array.from({ length: limits.OFFERS_PASSED_MAX - 1 }, (_, i) => i) };
    assert.equal(made(pass(often, NOW)).state, "over");
  });

  test("what is taken, withdrawn or over takes no offer and lets none pass", () => {
    for (const done of [taken(offered), made(withdraw(offered)), { ...wish("a"), state: "over" as const }]) {
      assert.ok(isRefused(offer(done, "other", { startMs: MONDAY, untilMs: NOW })));
      assert.ok(isRefused(pass(done, NOW)));
      assert.ok(isRefused(withdraw(done)));
    }
    assert.ok(isRefused(offer(offered, "other", { startMs: MONDAY, untilMs: NOW })));
  });

  test("an offer by hand and a withdrawal are taken back, as long as there is something to wait for", () => {
    assert.deepEqual(made(waitAgain(offered, NOW)).passed, []);
    assert.equal(made(waitAgain(made(withdraw(offered)), NOW)).state, "waiting");
    assert.ok(isRefused(waitAgain(offered, offered.endsMs)));
    assert.ok(isRefused(waitAgain(wish("a"), NOW)));
  });

  test("none is made for days that are over, turned around or too far", () => {
    const today = Temporal.PlainDate.from("2027-03-01");
    const why = (want: Partial<Wanted>) => whyInvalidWish({ ...wanted, ...want }, today)?.refused.detail ?? null;
    assert.equal(why({}), null);
    assert.equal(why({ lastDay: "2027-03-01" }), null);
    assert.equal(why({ firstDay: "2027-02-01", lastDay: "2027-02-28" }), "The last day is over.");
    assert.equal(why({ firstDay: "2027-04-01" }), "The last day is before the first.");
    assert.match(why({ lastDay: "2029-01-01" }) ?? "", /at most 366 days ahead/);
    assert.match(why({ fromMinute: 600, toMinute: 600 }) ?? "", /not after the earliest/);
  });
});

describe("a change", () => {
  const change = (more: object) => ({ kind: "updated", before: null, after: null, ...more }) as ChangeWithContents;
  const booking = (before: object | null, after: object | null, kind = "updated") =>
    change({ thing: { type: "booking", id: "b" }, kind, before, after });
  const confirmed = { state: "confirmed", startMs: 1 };

  test("that only takes time makes nothing free", () => {
    assert.equal(mayFree(booking(null, { state: "held", startMs: 1 }, "created")), false);
    assert.equal(mayFree(booking({ state: "held", startMs: 1 }, confirmed)), false);
    assert.equal(mayFree(change({ thing: { type: "wish", id: "w" }, after: { state: "offered" } })), false);
  });

  test("that gives time back, or may, is looked at", () => {
    assert.equal(mayFree(booking({ state: "held", startMs: 1 }, null, "removed")), true);
    assert.equal(mayFree(booking(confirmed, { state: "cancelled", startMs: 1 })), true);
    assert.equal(mayFree(booking(confirmed, { state: "confirmed", startMs: 2 })), true);
    assert.equal(mayFree(change({ thing: { type: "workingHours", id: "p" } })), true);
    assert.equal(mayFree(change({ thing: { type: "wish", id: "w" }, after: { state: "waiting" } })), true);
  });
});

describe("over random waiting lists", () => {
  const starts = Array.from({ length: 12 }, (_, i) => at("2027-03-08T08:00") + i * 90 * MINUTE);
  const anyWish = fc.record({
    customer: fc.nat(5),
    service: fc.constantFrom("lesson", "lesson", "lesson", "other"),
    madeMs: fc.integer({ min: NOW - 20, max: NOW - 1 }),
    passed: fc.subarray(starts, { maxLength: 3 }),
    fromMinute: fc.constantFrom(0, 480, 720),
    toMinute: fc.constantFrom(780, 1_440),
    minutes: fc.constantFrom(60, 90),
    isOffered: fc.boolean(),
  });

  test("nobody who waits longer and could come is skipped, but for who has an offer or let more pass", () => {
    fc.assert(
      fc.property(
        fc.array(anyWish, { maxLength: 12 }),
        fc.subarray(starts),
        fc.subarray(starts),
        (given, freeHour, freeLong) => {
          const all = given.map((each, i) => {
            const offered = { startMs: starts[0]!, untilMs: NOW + 1 };
            const { customer, service: serviceId, madeMs, passed, fromMinute, toMinute, minutes } = each;
            const common = { serviceId, madeMs, passed, customerId: `c${customer}` };
            const more = each.isOffered && i % 4 === 0 ? { state: "offered" as const, holdId: `h${i}`, offered } : {};
            return wish(`w${i}`, { ...common, ...more }, { fromMinute, toMinute, minutes });
          });
          const open = new Map([
            [groupOf({ ...wanted, minutes: 60 }), freeHour],
            [groupOf({ ...wanted, minutes: 90 }), freeLong],
          ]);
          let wishes = all;
          for (let left = all.length + 1; left > 0; left--) {
            const found = nextOffer(wishes, service, open, { zone: ZONE, nowMs: NOW });
            // The obvious model: everybody who could be asked now, and what each could be offered.
            const busy = new Set(wishes.filter(({ state }) => state === "offered").map(({ customerId }) => customerId));
            const could = wishes.filter(
              (each) =>
                each.state === "waiting" &&
                each.serviceId === "lesson" &&
                !busy.has(each.customerId) &&
                open.get(groupOf(each.wanted))!.some((start) => suits(each, start, ZONE)),
            );
            if (found === null) return assert.deepEqual(could, []);
            const { wish: chosen, startMs } = found;
            assert.ok(could.includes(chosen));
            assert.ok(suits(chosen, startMs, ZONE));
            for (const other of could)
              if (other !== chosen && other.passed.length <= chosen.passed.length)
                assert.ok(
                  other.passed.length === chosen.passed.length &&
                    (other.madeMs > chosen.madeMs || (other.madeMs === chosen.madeMs && other.id > chosen.id)),
                  `${other.id} was skipped for ${chosen.id}`,
                );
            const after = made(offer(chosen, `hold of ${chosen.id}`, { startMs, untilMs: NOW + 1 }));
            wishes = wishes.map((each) => (each === chosen ? after : each));
          }
          assert.fail("it goes on for ever");
        },
      ),
    );
  });

  test("whoever lets each offer pass is asked at most so often, and everybody else in between", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 12 }), (people, times) => {
        let wishes: readonly Wish[] = Array.from({ length: people }, (_, i) =>
          wish(`w${i}`, { madeMs: NOW - 100 + i }),
        );
        const asked: string[] = [];
        for (let left = people * limits.OFFERS_PASSED_MAX + 1; left > 0; left--) {
          const found = nextOffer(wishes, service, free(...starts.slice(0, times)), { zone: ZONE, nowMs: NOW });
          if (found === null) break;
          asked.push(found.wish.id);
          const offered = made(offer(found.wish, "hold", { startMs: found.startMs, untilMs: NOW }));
          wishes = wishes.map((each) => (each === found.wish ? made(pass(offered, NOW)) : each));
        }
        const rounds = Math.min(times, limits.OFFERS_PASSED_MAX);
        const expected = Array.from({ length: rounds }, () =>
          inTurn(wishes)
            .map(({ id }) => id)
            .toSorted(),
        ).flat();
        assert.deepEqual(asked, expected);
      }),
    );
  });
});
