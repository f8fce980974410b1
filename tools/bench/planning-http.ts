import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assert } from "@hourwright/std";
import { openWire } from "../../apps/server/src/testing/wire.ts";
import { below, percentile, type Result } from "./report.ts";
import { settle, startServer, type Running } from "./server.ts";

const WRITERS = 50;
const ASKED_BY_EACH = 40;

/** 50 writers who each ask whether they may write, with five rules set, in the demo: what they wait, on the embedded database. */
export async function preventionResults(): Promise<Result[]> {
  const directory = mkdtempSync(join(tmpdir(), "hourwright-planning-"));
  const server = await startServer({ DATA_DIR: directory, DEMO: "1" });
  try {
    await settle(server.url, server.token);
    for (const constraintId of ["lunch", "hours", "day-hours", "week-hours", "rest"])
      await server.client("rules.create", { body: { constraintId, isHard: constraintId !== "lunch" } });
    await askAll(server, WRITERS); // The first ones compile.
    const alone = await askAll(server, 1);
    const waits = await askAll(server, WRITERS);
    return [
      below("prevention through HTTP, five rules, one writer, median", percentile(alone, 0.5), "ms", 200),
      below(`prevention through HTTP, five rules, ${WRITERS} writers at once, p95`, percentile(waits, 0.95), "ms", 200),
    ];
  } finally {
    await server.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Each of so many asks one thing after another, over a connection of its own: what everybody waited. */
async function askAll({ url, token }: Running, writers: number): Promise<number[]> {
  const waits = await Promise.all(
    Array.from({ length: writers }, async (_, writer) => {
      using wire = await openWire(url);
      const own: number[] = [];
      for (let i = 0; i < ASKED_BY_EACH; i++) {
        const startedMs = performance.now();
        const answer = await wire.ask({
          method: "POST",
          path: "/v1/ai/prevent-conflict",
          token,
          body: asked(writer, i),
        });
        own.push(performance.now() - startedMs);
        assert(answer.status === 200, answer.text().slice(0, 600));
      }
      return own;
    }),
  );
  return waits.flat();
}

/** Another day each; about half of them are taken. */
function asked(writer: number, i: number) {
  const day = Temporal.Now.plainDateISO().add({ days: 30 + ((writer * 7 + i) % 200) });
  const [start, end] = [`${day.toString()}T10:00:00`, `${day.toString()}T11:00:00`];
  return { newEvent: { title: "Asked", start, end, timeZone: "Europe/Prague" } };
}
