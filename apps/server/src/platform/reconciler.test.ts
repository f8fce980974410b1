import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type RunStatus, startReconciler } from "./reconciler.ts";
import { testClock } from "./testing/clock.ts";

/** Lets everything that is due run. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

describe("a reconciler", () => {
  test("runs at once, then when its time is over, and when it is woken", async () => {
    const clock = testClock(0);
    const reports: RunStatus[] = [];
    let runs = 0;
    const task = { name: "test", everyMs: 1_000, run: async () => ({ run: ++runs }) };
    await using running = startReconciler(task, clock, (status) => reports.push(status));
    await settle();
    clock.advance(999);
    await settle();
    assert.equal(runs, 1);
    clock.advance(1);
    await settle();
    assert.equal(runs, 2);
    running.wake();
    await settle();
    assert.deepEqual(reports, [{ run: 1 }, { run: 2 }, { run: 3 }]);
  });

  test("never runs twice at a time, and any number of wake-ups during a run make one more", async () => {
    const gates = [Promise.withResolvers<void>(), Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    let [begun, atOnce, mostAtOnce] = [0, 0, 0];
    const run = async () => {
      mostAtOnce = Math.max(mostAtOnce, ++atOnce);
      await gates[begun++]!.promise;
      atOnce--;
      return {};
    };
    await using running = startReconciler({ name: "test", everyMs: 1_000, run }, testClock(0), () => {});
    await settle();
    for (let i = 0; i < 5; i++) running.wake();
    await settle();
    assert.equal(begun, 1);
    gates[0]!.resolve();
    await settle();
    assert.equal(begun, 2);
    gates[1]!.resolve();
    await settle();
    assert.equal(begun, 2, "five wake-ups made one run");
    assert.equal(mostAtOnce, 1);
    gates[2]!.resolve();
  });

  test("reports a failure, and runs again", async () => {
    const reports: RunStatus[] = [];
    let runs = 0;
    const run = async () => {
      if (++runs === 1) throw new Error("no network");
      return { fine: 1 };
    };
    await using running = startReconciler({ name: "test", everyMs: 1_000, run }, testClock(0), (status) =>
      reports.push(status),
    );
    await settle();
    running.wake();
    await settle();
    assert.deepEqual(reports, [{ failed: "Error: no network" }, { fine: 1 }]);
  });

  test("is told to stop, and has ended when that is done", async () => {
    let isOver = false;
    const run = (signal: AbortSignal) =>
      new Promise<RunStatus>((resolve) =>
        signal.addEventListener("abort", () => {
          isOver = true;
          resolve({});
        }),
      );
    const running = startReconciler({ name: "test", everyMs: 1_000, run }, testClock(0), () => {});
    await running[Symbol.asyncDispose]();
    assert.ok(isOver);
  });
});
