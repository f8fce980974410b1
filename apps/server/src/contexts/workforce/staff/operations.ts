import type { Handlers } from "../../../platform/operations/dispatcher.ts";
import { startStaffJob } from "./job.ts";
import { takeInFile, type StaffPorts } from "./take-in.ts";

/** A file of staff: taken in while whoever sent it waits, or by a job that they follow. */
export function staffOperations(ports: StaffPorts): Handlers<"staff.import"> {
  return {
    "staff.import": async ({ query, body }, context) => {
      const bytes = Buffer.concat(await Array.fromAsync(body as unknown as AsyncIterable<Uint8Array>));
      if (context.prefersLater && !query.dryRun) return startStaffJob(context, bytes);
      return takeInFile(bytes, query.dryRun, context, ports, () => Promise.resolve());
    },
  };
}
