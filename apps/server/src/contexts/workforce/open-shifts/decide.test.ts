// Strategy: sentences by table; then any order of bids, awards and hours: no place is given twice, and who has won keeps it.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { isRefused, type Refused } from "@hourwright/contract";
import { shift } from "@hourwright/schedule/testing";
import { closed, newsOf, withBid, withoutBid, withWinner } from "./decide.ts";
import { takenOf, type OpenShift } from "./model.ts";

const BEGINS = 1_000;
const open = (places: number): OpenShift => ({
  id: "osh",
  day: 0,
  shift: shift("early shift", "07:00", "15:00"),
  zone: "UTC",
  startsMs: BEGINS,
  endsMs: 2_000,
  skillId: null,
  levelMin: null,
  places,
  award: "manager",
  state: "open",
  note: "",
  postedBy: { personId: null, name: "Mara", atMs: 0 },
  bids: [],
  version: 1,
});
function done(after: OpenShift | Refused): OpenShift {
  assert.ok(!isRefused(after), isRefused(after) ? after.refused.detail : "");
  return after;
}
const why = (after: OpenShift | Refused): string => (isRefused(after) ? after.refused.detail : "");

describe("an open shift", () => {
  test("is bid on once each, given away, and lost by the others with the last place [OS1] [OS2]", () => {
    let one = done(withBid(open(1), "ana", 1));
    assert.equal(done(withBid(one, "ana", 2)), one);
    one = done(withBid(one, "ben", 3));
    const after = done(withWinner(one, "ben", "adj", 4));
    assert.deepEqual([after.state, after.bids.map(({ state }) => state)], ["filled", ["lost", "won"]]);
    assert.deepEqual(newsOf(one, after), [
      { personId: "ana", kind: "bid-lost" },
      { personId: "ben", kind: "bid-won" },
    ]);
    assert.equal(why(withBid(after, "cid", 5)), "Every place is taken. Thank you!");
    assert.equal(why(withWinner(after, "ana", "other", 5)), "Every place is taken. Thank you!");
    assert.equal(why(withoutBid(after, "ben", 5)), "It is yours: who manages you can give it to somebody else.");
  });

  test("is over when it begins, and when it is taken back [OS3]", () => {
    assert.equal(why(withBid(open(1), "ana", BEGINS)), "The shift has begun.");
    assert.equal(why(withBid(closed(open(1)), "ana", 1)), "It was taken back.");
    const again = done(withBid(done(withoutBid(done(withBid(open(1), "ana", 1)), "ana", 2)), "ana", 3));
    assert.deepEqual(again.bids, [{ personId: "ana", atMs: 3, state: "bid", adjustmentId: null }]);
    assert.equal(why(withWinner(done(withWinner(open(2), "ana", "a", 1)), "ana", "b", 2)), "It is theirs already.");
  });
});

test("whatever is bid and given: no place twice, nobody twice, and who has won keeps it [OS2]", () => {
  const anyStep = fc.record({
    who: fc.constantFrom("ana", "ben", "cid", "dora"),
    deed: fc.constantFrom("bid", "bid", "award", "award", "withdraw", "close"),
    ms: fc.nat({ max: 150 }),
  });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 3 }), fc.array(anyStep, { maxLength: 25 }), (places, steps) => {
      let [one, now] = [open(places), 0];
      for (const [i, { who, deed, ms }] of steps.entries()) {
        now += ms;
        const after =
          deed === "bid"
            ? withBid(one, who, now)
            : deed === "award"
              ? withWinner(one, who, `adj ${i}`, now)
              : deed === "withdraw"
                ? withoutBid(one, who, now)
                : closed(one);
        if (isRefused(after)) continue;
        const winners = after.bids.filter(({ state }) => state === "won");
        for (const { personId } of one.bids.filter(({ state }) => state === "won"))
          assert.ok(winners.some((each) => each.personId === personId));
        assert.ok(winners.length <= places);
        assert.equal(new Set(after.bids.map(({ personId }) => personId)).size, after.bids.length);
        assert.equal(after.state === "filled", takenOf(after) === places);
        if (after.state !== "open") assert.ok(after.bids.every(({ state }) => state !== "bid"));
        one = after;
      }
    }),
  );
});
