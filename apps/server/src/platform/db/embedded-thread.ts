// The database thread: one PGlite. Bytes of PostgreSQL's wire protocol come in, bytes go out, one message at a time.
import { fsyncSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
import { PGlite } from "@electric-sql/pglite";
import { btree_gist } from "@electric-sql/pglite/contrib/btree_gist";
import { pg_trgm } from "@electric-sql/pglite/contrib/pg_trgm";
import { NodeFS } from "@electric-sql/pglite/nodefs";

/** What the thread is started with. */
export type ThreadOrder = { readonly dataDir: string; readonly durable: boolean };
/** What may be asked of the thread. */
export type ThreadCall = { readonly bytes: Uint8Array } | { readonly ask: "close" };
/** What it answers. `fsyncs` counts since the thread began. */
export type ThreadAnswer =
  | { readonly ready: true; readonly fsyncs: number }
  | { readonly bytes: Uint8Array<ArrayBuffer>; readonly fsyncs: number };

// Fewer pages in memory than PostgreSQL's 128 MB: saves about 90 MB, and the system's cache holds the same pages.
const SHARED_BUFFERS = ["-c", "shared_buffers=16MB"];
// Statistics from 6,000 rows instead of 30,000: nobody may wait a quarter of a second for them.
const STATISTICS = ["-c", "default_statistics_target=20"];
const DURABLE = ["-c", "wal_sync_method=fsync"];

let fsyncs = 0;

/** The part of Emscripten's module that is reached into below. */
type WithFileSystems = {
  FS: { filesystems: Record<string, { stream_ops: { fsync?: (stream: { nfd: number }) => number } }> };
};

/**
 * PGlite's directory on disk, with an fsync that reaches the disk: its own does nothing.
 * Hooked before PostgreSQL starts, so that recovering from a crash is synced as well.
 */
class DurableNodeFS extends NodeFS {
  override async init(...[pglite, options]: Parameters<NodeFS["init"]>) {
    const started = await super.init(pglite, options);
    (started.emscriptenOpts.preRun ??= []).push((module: unknown) => {
      (module as WithFileSystems).FS.filesystems["NODEFS"]!.stream_ops.fsync = ({ nfd }) => {
        fsyncs++;
        fsyncSync(nfd);
        return 0;
      };
    });
    return started;
  }
}

const { dataDir, durable } = workerData as ThreadOrder;

const pglite = await PGlite.create({
  fs: durable ? new DurableNodeFS(dataDir) : new NodeFS(dataDir),
  extensions: { btree_gist, pg_trgm },
  startParams: [
    ...PGlite.defaultStartParams.filter((parameter) => !durable || parameter !== "-F"), // -F turns fsync off.
    ...(durable ? DURABLE : []),
    ...SHARED_BUFFERS,
    ...STATISTICS,
  ],
});

/** The first byte of the packet that opens a session; every other message begins with a letter. */
const START_UP = 0;

/** Runs one message. Never waits for anything but the database itself. */
async function run(bytes: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  if (bytes[0] === START_UP) return pglite.execProtocolRawSync(bytes) as Uint8Array<ArrayBuffer>;
  const parts: Uint8Array[] = [];
  // Not the other way, which is shorter: it parses every answer a second time, and keeps it for ever (PGlite 0.5).
  await pglite.execProtocolRawStream(bytes, { syncToFs: false, onRawData: (part) => void parts.push(part.slice()) });
  const answer = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    answer.set(part, at);
    at += part.length;
  }
  return answer;
}

function answer(message: ThreadAnswer): void {
  parentPort!.postMessage(message, "bytes" in message ? [message.bytes.buffer] : []);
}

// A throw in here is a crash of the database: it ends the thread, and the main thread opens another.
parentPort!.on("message", (call: ThreadCall) => {
  if ("bytes" in call) void run(call.bytes).then((bytes) => answer({ bytes, fsyncs }));
  else void close();
});

async function close(): Promise<void> {
  await pglite.close();
  parentPort!.close();
}

answer({ ready: true, fsyncs });
