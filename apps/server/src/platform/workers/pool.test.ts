import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { systemClock } from "../clock.ts";
import { createWorkerPool, TaskFailed, type Task } from "./pool.ts";

const module = new URL("testing-tasks.ts", import.meta.url);
const count: Task<number, number, string> = { module, name: "count" };
const fail: Task<null, never, never> = { module, name: "fail" };
const spin: Task<null, never, never> = { module, name: "spin" };

describe("the compute threads", () => {
  const pool = createWorkerPool(1, systemClock);
  after(() => pool[Symbol.asyncDispose]());

  test("hand out parts one by one, each awaited, and end with the result", async () => {
    const seen: number[] = [];
    let open = 0;
    const onPart = async (part: number) => {
      assert.equal(++open, 1, "a part came before the last one was taken");
      await systemClock.sleep(1);
      seen.push(part);
      open--;
    };
    assert.equal(await pool.run(count, 4, { onPart }), "counted 4");
    assert.deepEqual(seen, [0, 1, 2, 3]);
  });

  test("pass on what a task throws, and go on with the next", async () => {
    await assert.rejects(pool.run(fail, null, {}), TaskFailed);
    assert.equal(await pool.run(count, 0, {}), "counted 0");
  });

  test("end an endless task when its caller gives up, and start anew", async () => {
    const giveUp = new AbortController();
    const running = pool.run(spin, null, { signal: giveUp.signal });
    setTimeout(() => giveUp.abort(new Error("enough")), 50);
    await assert.rejects(running, /enough/);
    assert.equal(await pool.run(count, 1, { onPart: async () => {} }), "counted 1");
    assert.equal(pool.stats().restarts, 1);
  });

  test("let tasks wait for a free thread, in order", async () => {
    const answers = await Promise.all([1, 2, 3].map((n) => pool.run(count, n, { onPart: async () => {} })));
    assert.deepEqual(answers, ["counted 1", "counted 2", "counted 3"]);
  });
});
