import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import fc from "fast-check";
import { together } from "./together.ts";

describe("questions asked together", () => {
  test("are one question for all who came before it could be asked, bounded, and none for who came later", async () => {
    const asked: (readonly number[])[] = [];
    const double = together<number, number>(async (take) => {
      await sleep(1); // Waiting for a connection.
      const keys = take();
      asked.push(keys);
      await sleep(1);
      return keys.map((key) => key * 2);
    }, 3);
    const first = [1, 2, 3, 4].map(double);
    assert.deepEqual(await Promise.all(first), [2, 4, 6, 8]);
    assert.deepEqual(asked, [[1, 2, 3], [4]]);
  });

  test("fail for those alone who were in them", async () => {
    const ask = together<string, string>(async (take) => {
      const keys = take();
      await sleep(1);
      if (keys.includes("bad")) throw new Error("no");
      return keys;
    }, 1);
    const answers = await Promise.allSettled(["good", "bad", "other"].map(ask));
    assert.deepEqual(
      answers.map(({ status }) => status),
      ["fulfilled", "rejected", "fulfilled"],
    );
    const unable = together<string, string>(() => Promise.reject(new Error("no connection")), 10);
    await assert.rejects(Promise.all([unable("one"), unable("two")]), /no connection/);
    await assert.rejects(unable("later"), /no connection/);
  });

  test("answer everybody by what was read after they came", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(3), { maxLength: 30 }),
        fc.integer({ min: 1, max: 4 }),
        async (pauses, keysMax) => {
          let now = 0;
          const ask = together<number, readonly [number, number]>(async (take) => {
            await Promise.resolve();
            const keys = take();
            assert.ok(keys.length <= keysMax);
            const readAt = ++now;
            await Promise.resolve();
            return keys.map((key) => [key, readAt] as const);
          }, keysMax);
          const answers: Promise<void>[] = [];
          for (const [i, pause] of pauses.entries()) {
            for (let turn = 0; turn < pause; turn++) await Promise.resolve();
            const cameAt = now;
            answers.push(
              ask(i).then(([key, readAt]) => {
                assert.equal(key, i);
                assert.ok(readAt > cameAt, "what was read before somebody came must not be theirs");
              }),
            );
          }
          await Promise.all(answers);
        },
      ),
    );
  });
});
