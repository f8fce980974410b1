import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { below, percentile, type Result } from "./report.ts";
import { startServer, type Running } from "./server.ts";

const WRITERS = 50;
const ASKED_BY_EACH = 10;

/** 50 writers who each ask whether they may write, with five rules set, in the demo: what they wait, on the embedded database. */
export async function preventionResults(): Promise<Result[]> {
  const directory = mkdtempSync(join(tmpdir(), "hourwright-planning-"));
  const server = await startServer({ DATA_DIR: directory, DEMO: "1" });
  try {
    for (const constraintId of ["lunch", "hours", "day-hours", "week-hours", "rest"])
      await server.client("rules.create", { body: { constraintId, isHard: constraintId !== "lunch" } });
    await ask(server, 0, 0); // The first one compiles.
    const alone: number[] = [];
    for (let i = 0; i < ASKED_BY_EACH; i++) alone.push(await ask(server, 0, i));
    const waits = (
      await Promise.all(
        Array.from({ length: WRITERS }, async (_, writer) => {
          const own: number[] = [];
          for (let i = 0; i < ASKED_BY_EACH; i++) own.push(await ask(server, writer, i));
          return own;
        }),
      )
    ).flat();
    return [
      below("prevention through HTTP, five rules, one writer, median", percentile(alone, 0.5), "ms", 200),
      below(`prevention through HTTP, five rules, ${WRITERS} writers at once, p95`, percentile(waits, 0.95), "ms", 200),
    ];
  } finally {
    await server.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}

async function ask({ client }: Running, writer: number, i: number): Promise<number> {
  const day = Temporal.Now.plainDateISO().add({ days: 30 + ((writer * 7 + i) % 200) });
  const startedMs = performance.now();
  await client("ai.preventConflict", {
    body: {
      newEvent: {
        title: "Asked",
        start: `${day.toString()}T10:00:00`,
        end: `${day.toString()}T11:00:00`,
        timeZone: "Europe/Prague",
      },
    },
  });
  return performance.now() - startedMs;
}
