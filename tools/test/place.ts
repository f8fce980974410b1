import { chmodSync, existsSync, mkdtempSync, rmSync, statfsSync } from "node:fs";
import { join } from "node:path";

const MEMORY = "/dev/shm";
/** Three files at once, each with some copies of a database of 100 MB and a browser: about 2 GB at most. */
const FREE_BYTES_MIN = 4 * 2 ** 30;

/**
 * Lets everything temporary of the tests lie in memory where there is enough of it, and go when this process ends. A whole
 * run writes 6 GB: copies of the demo's database above all, of which nothing is to last.
 */
export function lieInMemory(): void {
  if (process.env["TMPDIR"] !== undefined || !existsSync(MEMORY)) return;
  const { bavail, bsize } = statfsSync(MEMORY);
  if (Math.min(bavail * bsize, process.availableMemory()) < FREE_BYTES_MIN) return;
  const place = mkdtempSync(join(MEMORY, "hourwright-tests-"));
  chmodSync(place, 0o755); // PostgreSQL runs as another user where we are root.
  process.env["TMPDIR"] = place;
  process.once("exit", () => rmSync(place, { recursive: true, force: true }));
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));
}
