import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { STAGE_BUDGETS_MS, timeStages } from "./stages.ts";

describe("the stages of a detection", () => {
  /** A clock that each look moves on by what it is told. */
  function clock(...steps: number[]) {
    let nowMs = 0;
    return () => (nowMs += steps.shift() ?? 0);
  }

  test("are timed each, parts of one summed, whether they end well or not", async () => {
    const stages = timeStages(clock(0, 30, 5, 61, 0, 7));
    assert.equal(await stages.run("detect", () => Promise.resolve("found")), "found");
    await assert.rejects(
      stages.run("detect", () => Promise.reject(new Error("broken"))),
      /broken/,
    );
    await stages.run("tell", () => Promise.resolve());
    assert.deepEqual(stages.took(), [
      { stage: "detect", ms: 91, budgetMs: 50 },
      { stage: "tell", ms: 7, budgetMs: 20 },
    ]);
  });

  test("may take 200 ms together", () => {
    assert.equal(
      Object.values(STAGE_BUDGETS_MS).reduce((sum, each) => sum + each, 0),
      200,
    );
  });
});
