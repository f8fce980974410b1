import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { Worker } from "node:worker_threads";
import type { ThreadAnswer, ThreadOrder } from "./embedded-thread.ts";

const CHARACTERS = 1_000_000;
const QUESTIONS = 60;

test("the database thread keeps nothing of what it has answered", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "hourwright-thread-"));
  const order: ThreadOrder = { dataDir, durable: false };
  const thread = new Worker(new URL("embedded-thread.ts", import.meta.url), { workerData: order });
  try {
    const ask = async (bytes: Uint8Array): Promise<Uint8Array> => {
      thread.postMessage({ bytes });
      const [answer] = (await once(thread, "message")) as [ThreadAnswer];
      assert.ok("bytes" in answer);
      return answer.bytes;
    };
    await once(thread, "message"); // It is ready.
    await ask(startUp());
    const query = simpleQuery(`select repeat('x', ${CHARACTERS})`);
    assert.ok((await ask(query)).length > CHARACTERS);
    const before = await thread.getHeapStatistics();
    for (let i = 0; i < QUESTIONS; i++) await ask(query);
    const after = await thread.getHeapStatistics();
    const kept = after.used_heap_size - before.used_heap_size;
    assert.ok(kept < (QUESTIONS * CHARACTERS) / 4, `${kept} bytes more after ${QUESTIONS} answers`);
  } finally {
    await thread.terminate();
    rmSync(dataDir, { recursive: true, force: true });
  }
});

/** The packet that opens a session: its length, the protocol's version, pairs of names and values. */
function startUp(): Buffer {
  const packet = Buffer.from(`\0\0\0\0\0\u0003\0\0user\0postgres\0database\0postgres\0\0`, "latin1");
  packet.writeInt32BE(packet.length, 0);
  return packet;
}

function simpleQuery(text: string): Buffer {
  const message = Buffer.from(`Q\0\0\0\0${text}\0`, "latin1");
  message.writeInt32BE(message.length - 1, 1);
  return message;
}
