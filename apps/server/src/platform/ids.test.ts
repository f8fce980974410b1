import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { describe, test } from "node:test";
import fc from "fast-check";
import { ReplayedIds } from "./db/replayed-ids.ts";
import { ID, idMaker } from "./ids.ts";
import { testClock } from "./testing/clock.ts";

const START_MS = Temporal.Instant.from("2026-01-01T00:00:00Z").epochMilliseconds;

describe("an id", () => {
  test("is a prefix and a ULID: the time in its first ten digits, then chance", () => {
    const ids = idMaker({ nowMs: () => 1_469_918_176_385 }, (size) => new Uint8Array(size)); // The time in ULID's README.
    assert.equal(ids("evt"), "evt_01ARYZ6S410000000000000000");
    assert.equal(ids("evt"), "evt_01ARYZ6S410000000000000001");
  });

  test("of a process always sorts after those before it, even when the clock stands still or steps back", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -5, max: 5 }), { maxLength: 200 }), (stepsMs) => {
        let nowMs = START_MS;
        const ids = idMaker({ nowMs: () => nowMs }, randomBytes);
        const made = stepsMs.map((step) => {
          nowMs += step;
          return ids("evt");
        });
        for (const id of made) assert.match(id, ID);
        assert.deepEqual(made, [...new Set(made)].toSorted());
      }),
    );
  });

  test("never runs out within a millisecond, even when chance begins with its highest number", () => {
    const ids = idMaker(testClock(START_MS), (size) => new Uint8Array(size).fill(255));
    const [first, second] = [ids("evt"), ids("evt")];
    assert.ok(first < second);
  });

  test("comes out the same when a unit runs again, under the prefix then asked for", () => {
    const ids = new ReplayedIds(idMaker(testClock(START_MS), randomBytes));
    const first = [ids.next("evt"), ids.next("clm")];
    ids.rewind();
    assert.deepEqual([ids.next("evt"), ids.next("clm")], first);
    assert.notEqual(ids.next("evt"), first[0]);
    ids.rewind();
    assert.equal(ids.next("job"), first[0]!.replace("evt", "job"));
  });
});
