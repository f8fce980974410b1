// Strategy: the machine's clock and the test's clock keep the same promises; only the second may be asked about time.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type Clock, systemClock } from "./clock.ts";
import { testClock } from "./testing/clock.ts";

const turning = testClock(0);
const clocks: [name: string, clock: Clock, pass: (ms: number) => void][] = [
  ["the machine's clock", systemClock, () => {}],
  ["a test's clock", turning, (ms) => turning.advance(ms)],
];

for (const [name, clock, pass] of clocks) {
  describe(name, () => {
    test("counts whole milliseconds, and never back", () => {
      assert.ok(Number.isSafeInteger(clock.nowMs()));
      const before = clock.monotonicMs();
      assert.ok(clock.monotonicMs() >= before);
    });

    test("fires a timer once, and not one that was cancelled", async () => {
      const fired: string[] = [];
      const done = Promise.withResolvers<void>();
      clock.setTimer(1, () => fired.push("cancelled")).cancel();
      const timer = clock.setTimer(5, () => {
        fired.push("fired");
        done.resolve();
      });
      const awake = clock.sleep(10); // Keeps the process alive; a timer does not.
      pass(10);
      await Promise.all([done.promise, awake]);
      timer.cancel();
      assert.deepEqual(fired, ["fired"]);
    });

    test("ends a sleep early when its signal says so", async () => {
      const abort = new AbortController();
      const asleep = clock.sleep(60_000, abort.signal);
      abort.abort();
      await assert.rejects(asleep);
      await assert.rejects(clock.sleep(60_000, abort.signal));
    });
  });
}

test("a test's clock fires in the order of time, also what is set while it moves", () => {
  const clock = testClock(1_000);
  const fired: string[] = [];
  clock.setTimer(20, () => fired.push(`20 at ${clock.nowMs()}`));
  clock.setTimer(10, () => {
    fired.push(`10 at ${clock.nowMs()}`);
    clock.setTimer(5, () => fired.push(`15 at ${clock.nowMs()}`));
  });
  clock.advance(25);
  assert.deepEqual(fired, ["10 at 1010", "15 at 1015", "20 at 1020"]);
  assert.equal(clock.nowMs(), 1_025);
});
