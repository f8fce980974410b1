// Strategy: a table of arrivals and who goes next, on a clock that the test turns; then random arrivals against the
// promise that nobody waits behind more than a known number of others.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { Unavailable } from "../failure.ts";
import { testClock } from "../testing/clock.ts";
import { type Lane, Lanes, WAITING_MAX } from "./lanes.ts";

/** Lets everybody through one after another, and says in which order they came in. */
async function order(arrivals: readonly { name: string; lane: Lane; atMs: number }[]): Promise<string[]> {
  const clock = testClock(0);
  const lanes = new Lanes(1, clock);
  const leaveFirst = await lanes.enter("read");
  const entered: string[] = [];
  const all = arrivals.map(({ name, lane, atMs }) => {
    clock.advance(atMs - clock.nowMs());
    return lanes.enter(lane).then((leave) => {
      entered.push(name);
      leave();
    });
  });
  leaveFirst();
  await Promise.all(all);
  return entered;
}

describe("the queue before the database", () => {
  const table: [sentence: string, arrivals: [name: string, lane: Lane, atMs: number][], expected: string[]][] = [
    [
      "lets reads before writes before jobs",
      [
        ["job", "job", 0],
        ["write", "write", 0],
        ["read", "read", 0],
      ],
      ["read", "write", "job"],
    ],
    [
      "keeps the order of arrival within a lane",
      [
        ["a", "write", 0],
        ["b", "write", 0],
      ],
      ["a", "b"],
    ],
    [
      "lets a write that has waited 101 ms before a new read",
      [
        ["write", "write", 0],
        ["read", "read", 101],
      ],
      ["write", "read"],
    ],
    [
      "but not one that has waited 99 ms",
      [
        ["write", "write", 0],
        ["read", "read", 99],
      ],
      ["read", "write"],
    ],
    [
      "lets a job that has waited 201 ms before a new read",
      [
        ["job", "job", 0],
        ["read", "read", 201],
      ],
      ["job", "read"],
    ],
  ];
  for (const [sentence, arrivals, expected] of table) {
    test(sentence, async () => {
      assert.deepEqual(await order(arrivals.map(([name, lane, atMs]) => ({ name, lane, atMs }))), expected);
    });
  }

  test("overtakes nobody who has waited 200 ms longer, whatever the lanes", async () => {
    const arrival = fc.record({ lane: fc.constantFrom<Lane>("read", "write", "job"), afterMs: fc.nat(150) });
    await fc.assert(
      fc.asyncProperty(fc.array(arrival, { minLength: 1, maxLength: 40 }), async (gaps) => {
        let atMs = 0;
        const arrivals = gaps.map(({ lane, afterMs }, i) => ({ name: String(i), lane, atMs: (atMs += afterMs) }));
        const entered = await order(arrivals);
        assert.equal(entered.length, arrivals.length);
        const positions = entered.map(Number);
        for (const [place, who] of positions.entries()) {
          for (const later of positions.slice(place + 1)) {
            assert.ok(arrivals[later]!.atMs >= arrivals[who]!.atMs - 200, `${who} overtook ${later}`);
          }
        }
      }),
    );
  });

  test(`sends the one after ${WAITING_MAX} waiting away at once, with 503`, async () => {
    const lanes = new Lanes(1, testClock(0));
    const leave = await lanes.enter("read");
    const waiting = Array.from({ length: WAITING_MAX }, () => lanes.enter("read"));
    assert.equal(lanes.waiting, WAITING_MAX);
    await assert.rejects(lanes.enter("read"), Unavailable);
    leave();
    for (const entered of waiting) (await entered)();
    assert.equal(lanes.waiting, 0);
  });

  test("has as many places as there are connections, and leaving twice frees one", async () => {
    const lanes = new Lanes(2, testClock(0));
    const [first] = [await lanes.enter("read"), await lanes.enter("read")];
    const third = lanes.enter("read");
    const fourth = lanes.enter("read");
    first();
    first();
    await third;
    assert.equal(lanes.waiting, 1);
    lanes.refuseWaiting(new Unavailable("gone"));
    await assert.rejects(fourth, Unavailable);
  });
});
