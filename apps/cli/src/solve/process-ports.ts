import { constants } from "node:fs";
import { access, open, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { setImmediate } from "node:timers/promises";
import type { CommandPorts } from "../expand.ts";
import type { SolvePorts, Stop } from "./planned.ts";

/** What the command may do, done by this process. */
export const processPorts = (io: CommandPorts): SolvePorts => ({
  ...io,
  write: (path, text) => writeFile(path, text),
  checkWritable,
  nowMs: () => performance.now(),
  openStop,
  turn: () => setImmediate(),
  isTerminal: { out: process.stdout.isTTY, err: process.stderr.isTTY },
});

/** A file that is there is opened for writing and left as it is; one that is not needs a folder that can be written to. */
async function checkWritable(path: string): Promise<void> {
  try {
    await (await open(path, "r+")).close();
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== "ENOENT") throw cause;
    await access(dirname(path), constants.W_OK | constants.X_OK);
  }
}

/** As shells have it: 128 and the number of the signal. */
const STATUS = { SIGINT: 130, SIGTERM: 143 } as const;

/** The first signal asks for the best so far, a second one ends the process. */
function openStop(): Stop {
  const stop = { aborted: false, status: 0 };
  const listen = (signal: keyof typeof STATUS) => Object.assign(stop, { aborted: true, status: STATUS[signal] });
  const names = Object.keys(STATUS) as (keyof typeof STATUS)[];
  for (const name of names) process.once(name, listen);
  return Object.assign(stop, {
    [Symbol.dispose]() {
      for (const name of names) process.off(name, listen);
    },
  });
}
