// What a job tells while its work goes on elsewhere: how far it is, what it has so far, and that it is to end.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { limits } from "@hourwright/contract";
import { sliceToEnd, type SearchPoint } from "../workers/slices.ts";
import { searchTold, workTold } from "./telling.ts";

const signal = new AbortController().signal;
/** Gives the others their turn, and takes no time. */
const clock = { sleep: () => new Promise<void>((wake) => setImmediate(wake)) };
const point = (share: number): SearchPoint => ({
  share,
  steps: 1,
  alternative: 0,
  score: { hard: 0, soft: 0 },
  moved: 0,
});

describe("work that is told of", () => {
  test("is told again and again, and no more once it is over", async () => {
    let told = 0;
    const tell = () => Promise.resolve(void told++);
    const answer = await workTold({ signal, clock, everyMs: 1, tell }, async () => {
      while (told < 3) await clock.sleep();
      return "done";
    });
    const atEnd = told;
    for (let turn = 0; turn < 10; turn++) await clock.sleep();
    assert.deepEqual([answer, told - atEnd <= 1], ["done", true]);
  });

  test("learns that it is to end from telling that throws", async () => {
    const ended = new Error("cancelled");
    const work = workTold({ signal, clock, everyMs: 1, tell: () => Promise.reject(ended) }, async (ending) => {
      while (!ending.aborted) await clock.sleep();
      ending.throwIfAborted();
    });
    await assert.rejects(work, ended);
  });

  test("says of a search how much of its time is gone, with a bounded number of points, and its end at once", async () => {
    const told: [done: number, total: number, points: number][] = [];
    const progress = (done: number, total: number, soFar?: object) => {
      told.push([done, total, (soFar as { soFar: readonly object[] }).soFar.length]);
      return Promise.resolve();
    };
    const { found, tellEnd } = await searchTold({ signal, progress }, clock, async (_, onPoint) => {
      for (let at = 0; at <= 1_000; at++) onPoint(point(at / 1_000));
      await clock.sleep();
      return "the best";
    });
    await tellEnd();
    assert.equal(found, "the best");
    assert.ok(told.slice(0, -1).every(([done]) => done < 1_000));
    assert.deepEqual(told.at(-1), [1_000, 1_000, limits.SEARCH_POINTS_MAX]);
  });

  test("runs slices to their end and tells points evenly over their time", () => {
    function* slices() {
      for (let at = 0; at < 10_000; at++)
        yield { spent: at / 10_000, steps: at, score: { hard: 1, soft: 0 }, moved: 0 };
      return "found";
    }
    const shares: number[] = [];
    assert.equal(
      sliceToEnd(slices(), ({ share }) => shares.push(share)),
      "found",
    );
    assert.deepEqual([shares.length, shares[0], shares.at(-1)], [limits.SEARCH_POINTS_MAX - 1, 0, 0.995]);
  });
});
