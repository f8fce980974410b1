import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { open, readdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { Worker } from "node:worker_threads";
import pg from "pg";
import { CannotStart, Unavailable } from "../failure.ts";
import type { Connections, Tools } from "./connections.ts";
import { lockDirectory } from "./directory-lock.ts";
import type { ThreadAnswer, ThreadCall, ThreadOrder } from "./embedded-thread.ts";
import { type Lane, Lanes } from "./lanes.ts";
import { APP_ROLE, ensureRole } from "./role.ts";
import type { Lease } from "./session.ts";
import { ThreadSocket } from "./thread-socket.ts";

/** The major version of PostgreSQL inside PGlite 0.5: a directory of another one cannot be opened. */
export const EMBEDDED_MAJOR = "18";

/** Nobody holds the session longer, asking or not; a unit is to take 250 ms. The owner (migrations) may. */
export const LEASE_MS_MAX = 60_000;

/** After this many crashes in a row without one successful start, the database stays down and says so. */
const STARTS_MAX = 3;

export type EmbeddedOptions = {
  readonly dataDir: string;
  /** False only in tests: then nothing is synced to disk. */
  readonly durable?: boolean;
  /** An archive made by `dump`, to begin an empty directory from: a third of the time of a first start. */
  readonly template?: Uint8Array;
};

type Thread = { readonly worker: Worker; readonly client: pg.Client };

/** PostgreSQL inside this process: one session in a thread of its own, durable, in a directory that it alone may use. */
export class Embedded implements Connections {
  readonly kind = "embedded";
  readonly #options: Required<Omit<EmbeddedOptions, "template">> & Pick<EmbeddedOptions, "template">;
  readonly #tools: Tools;
  readonly #lanes: Lanes;
  readonly #lock: Disposable;
  readonly #listeners = new Map<string, Set<(payload: string) => void>>();
  #thread: Promise<Thread>;
  #isClosing = false;
  #restarts = 0;
  #fsyncsBefore = 0;
  #fsyncs = 0;

  private constructor(options: EmbeddedOptions, tools: Tools) {
    this.#options = { durable: true, ...options, dataDir: resolve(options.dataDir) };
    this.#tools = tools;
    this.#lanes = new Lanes(1, tools.clock);
    this.#lock = prepareDirectory(this.#options.dataDir);
    this.#thread = this.#start();
  }

  static async open(options: EmbeddedOptions, tools: Tools): Promise<Embedded> {
    const embedded = new Embedded(options, tools);
    try {
      await embedded.#thread;
    } catch (error) {
      embedded.#lock[Symbol.dispose]();
      throw error;
    }
    return embedded;
  }

  async lease(...[lane]: Parameters<Connections["lease"]>): Promise<Lease> {
    const lease = await this.#lease(lane);
    // Someone who holds the only session and never comes back would stop everybody for ever.
    const leash = this.#tools.clock.setTimer(LEASE_MS_MAX, () => {
      this.#tools.log.error({ lane }, `the database was held for ${LEASE_MS_MAX} ms, and is taken back`);
      void lease.kill().then(() => lease.leave(true));
    });
    return {
      ...lease,
      leave: (broken) => {
        leash.cancel();
        lease.leave(broken);
      },
    };
  }

  async owner(): Promise<Lease> {
    const lease = await this.#lease("job");
    await lease.client.query("reset role; set row_security = off");
    return {
      ...lease,
      leave: (broken) => {
        if (broken) return lease.leave(broken);
        const steppedDown = lease.client.query(`reset row_security; set role ${APP_ROLE}`);
        steppedDown.then(
          () => lease.leave(false),
          () => void lease.kill().then(() => lease.leave(true)),
        );
      },
    };
  }

  async listen(channel: string, hear: (payload: string) => void): Promise<() => Promise<void>> {
    const known = this.#listeners.get(channel);
    if (known === undefined) this.#listeners.set(channel, new Set([hear]));
    else known.add(hear);
    await this.#plainly(`listen ${pg.escapeIdentifier(channel)}`);
    return async () => {
      this.#listeners.get(channel)?.delete(hear);
      if (this.#listeners.get(channel)?.size !== 0) return;
      this.#listeners.delete(channel);
      if (!this.#isClosing) await this.#plainly(`unlisten ${pg.escapeIdentifier(channel)}`);
    };
  }

  stats() {
    return { waiting: this.#lanes.waiting, fsyncs: this.#fsyncsBefore + this.#fsyncs, restarts: this.#restarts };
  }

  /** The whole directory as an archive, for `template`. Nobody may write meanwhile: for the build of a template alone. */
  async dump(): Promise<Uint8Array> {
    const leave = await this.#lanes.enter("job");
    const { worker } = await this.#thread;
    try {
      const { promise, resolve: got } = Promise.withResolvers<Uint8Array>();
      const hear = (answer: ThreadAnswer) => "dump" in answer && got(answer.dump);
      worker.on("message", hear);
      worker.postMessage({ ask: "dump" } satisfies ThreadCall, []);
      const archive = await promise;
      worker.off("message", hear);
      return archive;
    } finally {
      leave();
    }
  }

  /** Lets the lease in hand end, refuses who waits, and closes the directory cleanly. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#isClosing) return;
    this.#isClosing = true;
    this.#lanes.refuseWaiting(new Unavailable("the database is closing"));
    await this.#lanes.enter("read");
    try {
      const { worker } = await this.#thread;
      const gone = new Promise((done) => worker.once("exit", done));
      worker.postMessage({ ask: "close" } satisfies ThreadCall, []);
      await gone;
    } finally {
      this.#lock[Symbol.dispose]();
    }
  }

  async #lease(lane: Lane): Promise<Lease> {
    if (this.#isClosing) throw new Unavailable("the database is closing");
    const leave = await this.#lanes.enter(lane);
    try {
      const { client, worker } = await this.#thread;
      return { client, leave, kill: async () => void (await worker.terminate()) };
    } catch (error) {
      leave();
      throw new Unavailable("the embedded database does not start", { cause: error });
    }
  }

  async #plainly(text: string): Promise<void> {
    const lease = await this.lease("job");
    try {
      await lease.client.query(text);
    } finally {
      lease.leave(false);
    }
  }

  async #start(): Promise<Thread> {
    const { dataDir, durable, template } = this.#options;
    const isEmpty = !existsSync(join(dataDir, "PG_VERSION"));
    if (isEmpty) writeFileSync(unfinished(dataDir), "");
    const order: ThreadOrder = { dataDir, durable, template: isEmpty ? (template ?? null) : null };
    const worker = new Worker(new URL("embedded-thread.ts", import.meta.url), { workerData: order, name: "database" });

    const ready = Promise.withResolvers<void>();
    const socket = new ThreadSocket(worker, (answer) => {
      if ("fsyncs" in answer) this.#fsyncs = answer.fsyncs;
      if ("ready" in answer) ready.resolve();
    });
    let cause: unknown;
    worker.on("error", (error) => void (cause = error));
    worker.once("exit", (code) => ready.reject(new Error(`the database thread ended: ${code}`, { cause })));
    await ready.promise;

    const client = new pg.Client({ stream: () => socket, user: "postgres", database: "postgres" });
    client.on("error", () => {}); // The thread's end is heard as "exit"; without this it would end the process.
    client.on("notification", ({ channel, payload }) => this.#notify(channel, payload ?? ""));
    await client.connect();
    await ensureRole(client, client);
    await client.query(`set time zone 'UTC'; set role ${APP_ROLE}`);
    for (const channel of this.#listeners.keys()) await client.query(`listen ${pg.escapeIdentifier(channel)}`);
    if (isEmpty) {
      if (durable) await syncTree(dataDir); // What made the directory does not sync it.
      rmSync(unfinished(dataDir));
    }
    worker.once("exit", () => this.#crashed(cause));
    return { worker, client };
  }

  #notify(channel: string, payload: string): void {
    for (const hear of this.#listeners.get(channel) ?? []) hear(payload);
  }

  /** PostgreSQL recovers from its log as after any crash: what was acknowledged is there. */
  #crashed(cause: unknown): void {
    if (this.#isClosing) return;
    this.#restarts++;
    this.#fsyncsBefore += this.#fsyncs;
    this.#fsyncs = 0;
    this.#tools.log.error({ error: cause, restarts: this.#restarts }, "the database thread ended and is started again");
    this.#lanes.refuseWaiting(new Unavailable("the database is starting again", { cause }));
    this.#thread = this.#startAgain();
    this.#thread.catch((error: unknown) => {
      this.#tools.log.error({ error }, `the database did not start in ${STARTS_MAX} attempts and stays down`);
    });
  }

  async #startAgain(): Promise<Thread> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#start();
      } catch (error) {
        if (attempt === STARTS_MAX) throw error;
      }
    }
  }
}

/** Takes the directory and makes it ready: refuses what is not ours, and clears what a killed first start left half-made. */
function prepareDirectory(dataDir: string): Disposable {
  makeDirectory(dataDir);
  const lock = lockDirectory(dataDir);
  try {
    if (existsSync(unfinished(dataDir))) {
      for (const name of readdirSync(dataDir)) rmSync(join(dataDir, name), { recursive: true });
    }
    assertOurs(dataDir);
    return lock;
  } catch (error) {
    lock[Symbol.dispose]();
    throw error;
  }
}

function makeDirectory(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new CannotStart(`DATA_DIR ${dataDir} cannot be made: ${String(error)}`, { cause: error });
  }
}

function assertOurs(dataDir: string): void {
  const version = join(dataDir, "PG_VERSION");
  if (existsSync(version)) {
    const major = readFileSync(version, "utf8").trim();
    if (major === EMBEDDED_MAJOR) return;
    throw new CannotStart(
      `DATA_DIR ${dataDir} was written by PostgreSQL ${major}, and this Hourwright carries ${EMBEDDED_MAJOR}: ` +
        `make a backup with the Hourwright that wrote it, and restore it into an empty DATA_DIR.`,
    );
  }
  if (readdirSync(dataDir).length > 0) {
    throw new CannotStart(`DATA_DIR ${dataDir} holds other files and no Hourwright database; name an empty directory.`);
  }
}

/** Brings every file of a directory to the disk: about 1,000 of them, once. */
async function syncTree(directory: string): Promise<void> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile() || entry.isDirectory());
  for (const path of [directory, ...paths.map((entry) => join(entry.parentPath, entry.name))]) {
    await using file = await open(path);
    await file.sync();
  }
}

/** Beside the directory, there from the beginning to the end of its first start. */
function unfinished(dataDir: string): string {
  return `${dataDir}.unfinished`;
}
