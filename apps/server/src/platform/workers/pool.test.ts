import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { oneOf, seededRandom, wholeBetween } from "@hourwright/std";
import { systemClock } from "../clock.ts";
import { Unavailable } from "../failure.ts";
import { testClock } from "../testing/clock.ts";
import { createWorkerPool, GROW_AFTER_MS, SHRINK_AFTER_MS, TaskFailed, type Task, type WorkerPool } from "./pool.ts";
import { PRIORITIES, type Priority } from "./queue.ts";

const module = new URL("testing-tasks.ts", import.meta.url);
const taskOf = <Input, Part, Result>(name: string, priority?: Priority): Task<Input, Part, Result> =>
  priority === undefined ? { module, name } : { module, name, priority };
const count = taskOf<number, number, string>("count");
const fail = taskOf<unknown, never, never>("fail");
const spin = taskOf<null, never, never>("spin");

/** A task that holds its thread until `release` is called; `through` is how it ends. */
async function heldThread(pool: WorkerPool) {
  const gate = new Int32Array(new SharedArrayBuffer(4));
  const begun = Promise.withResolvers<void>();
  const onPart = async () => begun.resolve();
  const through = pool.run(taskOf<Int32Array, string, string>("waitAtGate"), gate, { onPart });
  await Promise.race([begun.promise, through]);
  const release = () => {
    Atomics.store(gate, 0, 1);
    Atomics.notify(gate, 0);
    return through;
  };
  return { through, release };
}

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

  const failing: [name: string, task: Task<unknown, never, unknown>, input: unknown][] = [
    ["what a task throws", fail, null],
    ["that an input cannot be sent", fail, () => {}],
    ["that a result cannot be sent", taskOf("giveWhatCannotBeSent"), null],
    ["that there is no such task", taskOf("nothing"), null],
  ];
  for (const [name, task, input] of failing) {
    test(`pass on ${name}, and go on with the next on the same thread`, async () => {
      await assert.rejects(pool.run(task, input, {}), TaskFailed);
      assert.equal(await pool.run(count, 0, {}), "counted 0");
      assert.equal(pool.stats().restarts, 0);
    });
  }

  test("let tasks wait for a free thread, in order", async () => {
    const answers = await Promise.all([1, 2, 3].map((n) => pool.run(count, n, {})));
    assert.deepEqual(answers, ["counted 1", "counted 2", "counted 3"]);
    assert.ok(pool.stats().delayMs.p99 > 0);
  });
});

describe("a thread that ends", () => {
  test("when its caller gives up an endless task is replaced, and those that wait go on", async () => {
    await using pool = createWorkerPool(1, systemClock);
    const giveUp = new AbortController();
    const running = pool.run(spin, null, { signal: giveUp.signal });
    const next = pool.run(count, 1, {});
    setTimeout(() => giveUp.abort(new Error("enough")), 50);
    await assert.rejects(running, /enough/);
    assert.equal(await next, "counted 1");
    assert.equal(pool.stats().restarts, 1);
  });

  const deaths: [name: string, task: string, sentence: RegExp][] = [
    ["by an error outside of its task", "die", /a compute thread failed/],
    ["by leaving", "leave", /a compute thread ended/],
    ["by needing too much memory", "devour", /needed more than 32 MB/],
  ];
  for (const [name, task, sentence] of deaths) {
    test(`${name} fails its task with a sentence and nobody else's`, async () => {
      await using pool = createWorkerPool(1, systemClock, { memoryMb: 32 });
      const lost = pool.run(taskOf<null, never, never>(task), null, {});
      const next = [1, 2].map((n) => pool.run(count, n, {}));
      await assert.rejects(lost, (error: Error) => error instanceof Unavailable && sentence.test(error.message));
      assert.deepEqual(await Promise.all(next), ["counted 1", "counted 2"]);
      assert.equal(pool.stats().restarts, 1);
    });
  }

  test("because the caller could not take a part is replaced", async () => {
    await using pool = createWorkerPool(1, systemClock);
    const onPart = () => Promise.reject(new Error("the disk is full"));
    await assert.rejects(pool.run(count, 2, { onPart }), /the disk is full/);
    assert.equal(await pool.run(count, 0, {}), "counted 0");
  });

  test("after half a minute of silence fails its task", async () => {
    const clock = testClock(0);
    await using pool = createWorkerPool(1, clock);
    const running = pool.run(spin, null, {});
    await systemClock.sleep(1); // The task begins behind a promise.
    clock.advance(30_000);
    await assert.rejects(running, /spin said nothing for 30000 ms/);
  });

  test("after as much silence as its task may keep, and not before", async () => {
    const clock = testClock(0);
    await using pool = createWorkerPool(1, clock);
    let end = "";
    const running = pool.run({ ...spin, silentMs: 60_000 }, null, {}).catch((error: Error) => (end = error.message));
    await systemClock.sleep(1);
    clock.advance(30_000);
    await systemClock.sleep(1);
    assert.equal(end, "");
    clock.advance(30_000);
    await running;
    assert.equal(end, "spin said nothing for 60000 ms");
  });
});

describe("tasks that wait", () => {
  test("are served by their priority", async () => {
    await using pool = createWorkerPool(1, systemClock);
    const { release } = await heldThread(pool);
    const order: string[] = [];
    const waiting = (["train", "plan", "check", "parse", "plan"] as const).map((priority) =>
      pool.run(taskOf<number, never, string>("count", priority), 0, {}).then(() => order.push(priority)),
    );
    await release();
    await Promise.all(waiting);
    assert.deepEqual(order, ["parse", "check", "plan", "plan", "train"]);
  });

  test("give up at once when their caller does, and before they began when they had already", async () => {
    await using pool = createWorkerPool(1, systemClock);
    const { release } = await heldThread(pool);
    const giveUp = new AbortController();
    const waiting = pool.run(count, 1, { signal: giveUp.signal });
    assert.equal(pool.stats().waiting, 1);
    giveUp.abort(new Error("enough"));
    await assert.rejects(waiting, /enough/);
    await assert.rejects(pool.run(count, 1, { signal: giveUp.signal }), /enough/);
    assert.deepEqual([pool.stats().waiting, pool.stats().restarts], [0, 0]);
    await release();
  });

  test("are refused when there are more than 200: the oldest of the lowest priority first", async () => {
    await using pool = createWorkerPool(1, systemClock);
    const { release } = await heldThread(pool);
    const settled: string[] = [];
    const wait = (name: string, priority: Priority) =>
      pool.run(taskOf<number, never, string>("count", priority), 0, {}).then(
        () => settled.push(`${name} done`),
        (error: Error) => settled.push(`${name}: ${error.message}`),
      );
    const all = [wait("first training", "train"), wait("second training", "train")];
    for (let i = 0; i < 199; i++) all.push(wait("check", "check"));
    await systemClock.sleep(1);
    assert.deepEqual(settled, ["first training: too much waits for a compute thread"]);
    assert.deepEqual([pool.stats().waiting, pool.stats().shed], [200, 1]);
    await release();
    await Promise.all(all);
    assert.equal(settled.at(-1), "second training done");
  });

  test("are refused down to 10 while memory is short", async () => {
    await using pool = createWorkerPool(2, systemClock, { isMemoryShort: () => true });
    const { release } = await heldThread(pool);
    const all = Promise.allSettled(Array.from({ length: 12 }, (_, n) => pool.run(count, n, {})));
    assert.equal(pool.stats().waiting, 10);
    assert.equal(pool.stats().threads, 1);
    await release();
    const refused = (await all).map(({ status }, n) => (status === "rejected" ? n : null));
    assert.deepEqual(
      refused.filter((n) => n !== null),
      [0, 1],
    );
  });

  test("are told so when the server stops; what is at work ends, and nothing is begun any more", async () => {
    const pool = createWorkerPool(1, systemClock);
    const { through } = await heldThread(pool);
    const atWork = assert.rejects(through, /a compute thread ended/);
    const waiting = assert.rejects(pool.run(spin, null, {}), /the server is stopping/);
    await pool[Symbol.asyncDispose]();
    await Promise.all([atWork, waiting]);
    await assert.rejects(pool.run(count, 1, {}), /the server is stopping/);
    assert.deepEqual([pool.stats().threads, pool.stats().restarts], [0, 0]);
  });
});

describe("many tasks at once", () => {
  test("each end once, as they should, whatever is given up, fails or dies beside them", async () => {
    await using pool = createWorkerPool(2, systemClock);
    const random = seededRandom(5);
    const kinds = ["count", "count", "count", "count", "fail", "leave", "spin", "count"] as const;
    const ends = Array.from({ length: 60 }, async (_, n) => {
      const kind = oneOf(random, kinds);
      const task = taskOf<number, number, string>(kind, oneOf(random, PRIORITIES));
      const giveUp = new AbortController();
      const isGivenUp = kind === "spin" || random() < 0.3;
      if (isGivenUp) setTimeout(() => giveUp.abort(new Error("given up")), wholeBetween(random, 0, 400));
      const end = await pool.run(task, n % 4, { signal: giveUp.signal }).catch((error: Error) => error.message);
      const allowed = {
        count: new RegExp(`^counted ${n % 4}$`),
        fail: /on purpose/,
        leave: /a compute thread ended/,
        spin: /^given up$/,
      }[kind];
      assert.ok(allowed.test(end) || (isGivenUp && end === "given up"), `${kind} ended with "${end}"`);
      return kind;
    });
    assert.equal(new Set(await Promise.all(ends)).size, 4);
    assert.deepEqual([pool.stats().waiting, pool.stats().shed], [0, 0]);
    assert.equal(await pool.run(count, 1, {}), "counted 1");
  });
});

describe("the number of threads", () => {
  test("grows while the oldest waits too long, up to the most there may be, and shrinks to one", async () => {
    const clock = testClock(0);
    await using pool = createWorkerPool(3, clock);
    assert.equal(pool.stats().threads, 0);
    const releases = [await heldThread(pool)];
    assert.equal(pool.stats().threads, 1);
    for (const threads of [2, 3]) {
      const held = heldThread(pool);
      clock.advance(GROW_AFTER_MS - 1);
      assert.equal(pool.stats().threads, threads - 1);
      clock.advance(GROW_AFTER_MS + 1);
      assert.equal(pool.stats().threads, threads);
      releases.push(await held);
    }
    const late = pool.run(count, 0, {});
    clock.advance(GROW_AFTER_MS * 10);
    assert.deepEqual([pool.stats().threads, pool.stats().waiting], [3, 1]);
    await Promise.all(releases.map(({ release }) => release()));
    assert.equal(await late, "counted 0");
    clock.advance(SHRINK_AFTER_MS);
    assert.deepEqual([pool.stats().threads, pool.stats().running, pool.stats().restarts], [1, 0, 0]);
    assert.equal(pool.stats().delayMs.p99, GROW_AFTER_MS * 10);
  });
});
