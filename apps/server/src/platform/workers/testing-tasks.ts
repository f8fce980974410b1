// Tasks for the pool's own test.
import { once } from "node:events";
import { exit } from "node:process";

export async function* count(to: number): AsyncGenerator<number, string> {
  for (let i = 0; i < to; i++) yield i;
  return `counted ${to}`;
}

export async function* fail(): AsyncGenerator<never, never> {
  throw new Error("on purpose");
}

export async function* spin(): AsyncGenerator<never, never> {
  for (;;); // Never gives the thread back.
}

/** Says that it has begun, and ends when the gate is opened: the first of its numbers is no longer 0. */
export async function* waitAtGate(gate: Int32Array<SharedArrayBuffer>): AsyncGenerator<"begun", "through"> {
  yield "begun";
  Atomics.wait(gate, 0, 0);
  return "through";
}

export async function* die(): AsyncGenerator<never, never> {
  queueMicrotask(() => {
    throw new Error("outside of the task");
  });
  await once(new EventTarget(), "never");
  throw new Error("unreachable");
}

export async function* leave(): AsyncGenerator<never, never> {
  exit(0); // Ends the thread alone.
}

export async function* devour(): AsyncGenerator<never, never> {
  const held: number[][] = [];
  for (;;) held.push(Array.from({ length: 100_000 }, (_, i) => i));
}

export async function* giveWhatCannotBeSent(): AsyncGenerator<never, () => void> {
  return () => {};
}
