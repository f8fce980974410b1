// Strategy: a table of what is asked of which booking and when, then a property: whatever is said and whenever, the answer that stands
// is the last that came in time.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { isRefused, limits } from "@hourwright/contract";
import type { Booking } from "../model.ts";
import { askedMs, mayRate, rate, ratedUntilMs, type Rating } from "./decide.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const END_MS = Temporal.Instant.from("2027-03-01T10:00:00Z").epochMilliseconds;
const booking = (state: Booking["state"], isAsked = true): Booking =>
  ({
    id: "bkg_1",
    state,
    startMs: END_MS - HOUR_MS,
    endMs: END_MS,
    terms: { rating: isAsked ? { question: "", afterMinutes: 120 } : null },
  }) as Booking;
const said = { score: 4, comment: "fine" };
const given = (ratedMs: number): Rating => ({ ...said, ratedMs, changedMs: ratedMs });

describe("the question after a visit", () => {
  const openEnd = END_MS + limits.RATING_OPEN_DAYS * DAY_MS;
  const changeEnd = END_MS + DAY_MS + limits.RATING_CHANGE_DAYS * DAY_MS;
  const table: readonly [Booking, Rating | null, number, "yes" | "not-asked" | "rating-closed", string][] = [
    [booking("confirmed"), null, END_MS - 1, "not-asked", "is answered by nobody before it is over"],
    [booking("confirmed"), null, END_MS, "yes", "is answered from its end on"],
    [booking("completed"), null, END_MS, "yes", "is answered of what is said to have happened"],
    [booking("completed"), null, openEnd - 1, "yes", "is answered for 90 days"],
    [booking("completed"), null, openEnd, "rating-closed", "is not answered after 90 days"],
    [booking("completed"), given(END_MS + DAY_MS), changeEnd - 1, "yes", "is answered otherwise for 30 days"],
    [booking("completed"), given(END_MS + DAY_MS), changeEnd, "rating-closed", "stays as it was answered 30 days ago"],
    [booking("completed", false), null, END_MS, "not-asked", "is none where the service asks nothing"],
    [booking("no-show"), null, END_MS, "not-asked", "is none of who did not come"],
    [booking("cancelled"), null, END_MS, "not-asked", "is none of what was cancelled"],
    [booking("declined"), null, END_MS, "not-asked", "is none of what was declined"],
    [booking("requested"), null, END_MS, "not-asked", "is none of what was never confirmed"],
    [booking("held"), null, END_MS, "not-asked", "is none of what was only held"],
  ];
  for (const [asked, before, nowMs, expected, sentence] of table)
    test(sentence, () => {
      const after = rate(asked, before, { score: 2, comment: "" }, nowMs);
      assert.equal(isRefused(after) ? after.refused.code : "yes", expected === "yes" ? "yes" : `bookings/${expected}`);
      assert.equal(mayRate(asked, before, nowMs), expected === "yes");
    });

  test("is asked by mail so long after its end as the service says, and of nobody who was not there", () => {
    assert.equal(askedMs(booking("confirmed")), END_MS + 2 * HOUR_MS);
    assert.equal(askedMs(booking("no-show")), null);
    assert.equal(askedMs(booking("confirmed", false)), null);
  });

  test("has as its answer the last that came in time, however often it is said", () =>
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            days: fc.integer({ min: 0, max: 40 }),
            score: fc.integer({ min: 1, max: 5 }),
            comment: fc.constantFrom("", "a", "b"),
          }),
          { maxLength: 12 },
        ),
        (answers) => {
          let [nowMs, stands] = [END_MS, null as Rating | null];
          let last: { score: number; comment: string } | null = null;
          let firstMs: number | null = null;
          for (const { days, ...answer } of answers) {
            nowMs += days * DAY_MS;
            const isInTime: boolean =
              firstMs === null ? nowMs < openEnd : nowMs < firstMs + limits.RATING_CHANGE_DAYS * DAY_MS;
            const after = rate(booking("completed"), stands, answer, nowMs);
            assert.equal(!isRefused(after), isInTime);
            if (isRefused(after)) continue;
            firstMs ??= nowMs;
            last = answer;
            stands = after;
          }
          const stood = stands === null ? null : { score: stands.score, comment: stands.comment };
          assert.deepEqual(stood, last);
          if (stands !== null) assert.equal(ratedUntilMs(booking("completed"), stands), firstMs! + 30 * DAY_MS);
        },
      ),
    ));
});
