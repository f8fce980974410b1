// A compute thread: runs one task at a time, hands out its parts one by one, and waits for each to be taken.
import { once } from "node:events";
import { parentPort } from "node:worker_threads";

type Order = { readonly module: string; readonly name: string; readonly input: unknown };
type TaskFunction = (input: unknown, tell: (word: unknown) => void) => AsyncGenerator<unknown, unknown>;

const port = parentPort!;

for (;;) {
  const [order] = (await once(port, "message")) as [Order];
  try {
    const exports = (await import(order.module)) as Record<string, TaskFunction>;
    const parts = exports[order.name]!(order.input, (word) => port.postMessage({ word }));
    let step = await parts.next();
    while (step.done !== true) {
      const taken = once(port, "message");
      port.postMessage({ part: step.value });
      await taken;
      step = await parts.next();
    }
    port.postMessage({ done: step.value });
  } catch (error) {
    port.postMessage({ failed: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
}
