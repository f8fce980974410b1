import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { inspect, isDeepStrictEqual } from "node:util";

// How tests wait for what comes in its own time. What must not come is waited for by a sleep before it is looked for.

/** So long anything is waited for: other work may fill the machine. Two such waits and more fit into the time of a test file. */
const WAIT_MS_MAX = 120_000;
const ASKED_EVERY_MS = 30;

/** What there is once something is there. */
type There<Value> = Exclude<Value, null | undefined | false>;

/**
 * Asks until the answer is so, by default until there is one: neither null, undefined nor false. Answers it, and fails with `what` and
 * the last answer when that never comes. An error of `ask` is not waited away.
 */
export async function eventually<Value>(
  what: string,
  ask: () => Value | Promise<Value>,
  isSo: (value: Value) => boolean = isThere,
): Promise<There<Value>> {
  const last = await lastOf(ask, isSo);
  assert.ok(isSo(last), `${what}: after ${WAIT_MS_MAX / 1_000} s it is still ${inspect(last, { depth: 4 })}`);
  return last as There<Value>;
}

/** Asks until the answer is that, and fails with the difference when it never is. */
export async function becomes<Value>(ask: () => Value | Promise<Value>, expected: Value, message = ""): Promise<void> {
  const last = await lastOf(ask, (value) => isDeepStrictEqual(value, expected));
  if (message === "") assert.deepEqual(last, expected);
  else assert.deepEqual(last, expected, message);
}

async function lastOf<Value>(ask: () => Value | Promise<Value>, isSo: (value: Value) => boolean): Promise<Value> {
  const untilMs = performance.now() + WAIT_MS_MAX;
  for (;;) {
    const value = await ask();
    if (isSo(value) || performance.now() > untilMs) return value;
    await sleep(ASKED_EVERY_MS);
  }
}

const isThere = (value: unknown): boolean => value !== null && value !== undefined && value !== false;
