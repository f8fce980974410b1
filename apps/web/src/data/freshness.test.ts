// Strategy: readings that are ended by hand, and a clock that is turned.
import assert from "node:assert/strict";
import { setImmediate } from "node:timers/promises";
import { describe, test } from "node:test";
import { freshness, readAgain, whenRead, whileRead } from "./freshness.ts";

describe("what was changed is read again", () => {
  test("and waited for, however it ends", async () => {
    const one = Promise.withResolvers<number>();
    const other = Promise.withResolvers<number>();
    const stop = freshness.subscribe(
      () => void [one, other].map(({ promise }) => whileRead(promise).catch(() => null)),
    );
    const before = freshness.get().version;
    let isOver = false;
    readAgain();
    const read = whenRead().then(() => (isOver = true));
    stop();
    assert.equal(freshness.get().version, before + 1);
    one.resolve(1);
    await setImmediate();
    assert.equal(isOver, false);
    other.reject(new Error("Nobody answers."));
    await read;
  });

  test("and not waited for longer than a second", async (context) => {
    context.mock.timers.enable({ apis: ["setTimeout"] });
    const late = Promise.withResolvers<void>();
    void whileRead(late.promise);
    let isOver = false;
    const read = whenRead().then(() => (isOver = true));
    context.mock.timers.tick(999);
    await setImmediate();
    assert.equal(isOver, false);
    context.mock.timers.tick(1);
    await read;
    late.resolve();
  });

  test("and nothing is waited for that has been read", async (context) => {
    context.mock.timers.enable({ apis: ["setTimeout"] });
    let isOver = false;
    void whenRead().then(() => (isOver = true));
    context.mock.timers.tick(1);
    await setImmediate();
    assert.equal(isOver, true);
  });
});
