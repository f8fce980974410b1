import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createRateLimits } from "./rate-limits.ts";

const limits = () => createRateLimits({ off: false, requests: 20, windowMs: 60_000 });

describe("a budget", () => {
  test("of an address lets 30 attempts to sign in fail, and no more; others and other requests go on", async () => {
    const { byAddress } = limits();
    for (let left = 29; left >= 0; left--) {
      const budget = await byAddress("a", "sign-in");
      assert.deepEqual([budget.allowed, budget.limit, budget.left], [true, 30, left]);
    }
    assert.equal((await byAddress("a", "sign-in")).allowed, false);
    assert.equal((await byAddress("b", "sign-in")).allowed, true);
    assert.equal((await byAddress("a", "read")).allowed, true);
  });

  test("is not used up by attempts that succeed, however many", async () => {
    const { byAddress, forgiveAddress, byAccount, forgiveAccount } = limits();
    for (let i = 0; i < 200; i++) {
      assert.equal((await byAddress("office", "sign-in")).left, 29);
      assert.equal((await byAccount("ana@example.org")).left, 99);
      await forgiveAddress("office");
      await forgiveAccount("ana@example.org");
    }
  });

  test("of an account ends after 100 wrong passwords, wherever they come from", async () => {
    const { byAccount } = limits();
    for (let i = 0; i < 100; i++) assert.equal((await byAccount("ana@example.org")).allowed, true);
    const budget = await byAccount("ana@example.org");
    assert.equal(budget.allowed, false);
    assert.ok(budget.resetSeconds > 3_000);
    assert.equal((await byAccount("ben@example.org")).allowed, true);
  });

  test("of test messages ends after ten, for each person alone", async () => {
    const { byTestMail } = limits();
    for (let i = 0; i < 10; i++) assert.equal((await byTestMail("ana")).allowed, true);
    assert.equal((await byTestMail("ana")).allowed, false);
    assert.equal((await byTestMail("ben")).allowed, true);
  });

  test("of somebody signed in is used faster by what costs more", async () => {
    const { byActor } = limits();
    assert.equal((await byActor("ana", "read")).left, 19);
    assert.equal((await byActor("ana", "write")).left, 17);
    assert.equal((await byActor("ana", "heavy")).left, 7);
    assert.equal((await byActor("ana", "heavy")).allowed, false);
  });

  test("is endless when limits are off", async () => {
    const { byAddress, byAccount, byActor } = createRateLimits({ off: true, requests: 1, windowMs: 1_000 });
    for (const budget of [await byAddress("a", "sign-in"), await byAccount("a"), await byActor("a", "heavy")])
      assert.deepEqual([budget.allowed, budget.left], [true, Infinity]);
  });
});
