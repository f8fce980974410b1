import { resolve } from "node:path";
import { Worker } from "node:worker_threads";
import pg from "pg";
import { Unavailable } from "../failure.ts";
import type { Connections, Tools } from "./connections.ts";
import { holdsDatabase, makeDatabase, prepareDirectory, syncTree } from "./data-directory.ts";
import type { ThreadCall, ThreadOrder } from "./embedded-thread.ts";
import { type Lane, Lanes } from "./lanes.ts";
import { APP_ROLE, ensureRole } from "./role.ts";
import type { Lease } from "./session.ts";
import { ThreadSocket } from "./thread-socket.ts";

/** Nobody holds the session longer, asking or not; a unit is to take 250 ms. The owner (migrations) may. */
export const LEASE_MS_MAX = 60_000;

/** After this many crashes in a row without one successful start, the database stays down and says so. */
const STARTS_MAX = 3;

export type EmbeddedOptions = {
  readonly dataDir: string;
  /** False only in tests: then nothing is synced to disk. */
  readonly durable?: boolean;
};

type Thread = { readonly worker: Worker; readonly socket: ThreadSocket; readonly client: pg.Client };

/** PostgreSQL inside this process: one session in a thread of its own, durable, in a directory that it alone may use. */
export class Embedded implements Connections {
  readonly kind = "embedded";
  readonly #options: Required<EmbeddedOptions>;
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
    this.#thread = this.#begin();
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

  /** Lets the lease in hand end, refuses who waits, and closes the directory cleanly. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#isClosing) return;
    this.#isClosing = true;
    this.#lanes.refuseWaiting(new Unavailable("the database is closing"));
    await this.#lanes.enter("read");
    try {
      await closeThread((await this.#thread).worker);
    } finally {
      this.#lock[Symbol.dispose]();
    }
  }

  async #lease(lane: Lane): Promise<Lease> {
    if (this.#isClosing) throw new Unavailable("the database is closing");
    const leave = await this.#lanes.enter(lane);
    try {
      const { client, worker, socket } = await this.#thread;
      return { client, wire: socket, leave, kill: async () => void (await worker.terminate()) };
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

  async #begin(): Promise<Thread> {
    const { dataDir, durable } = this.#options;
    if (!holdsDatabase(dataDir)) {
      await makeDatabase(dataDir, async () => {
        const { worker } = await this.#openThread();
        await closeThread(worker); // With it goes the memory that making a database took: about 300 MB.
        if (durable) await syncTree(dataDir);
      });
    }
    return this.#start();
  }

  async #start(): Promise<Thread> {
    const { worker, socket } = await this.#openThread();
    const client = new pg.Client({ stream: () => socket, user: "postgres", database: "postgres", pipeline: true });
    client.on("error", () => {}); // The thread's end is heard as "exit"; without this it would end the process.
    client.on("notification", ({ channel, payload }) => this.#notify(channel, payload ?? ""));
    await client.connect();
    await ensureRole(client, client);
    await client.query(`set time zone 'UTC'; set role ${APP_ROLE}`);
    for (const channel of this.#listeners.keys()) await client.query(`listen ${pg.escapeIdentifier(channel)}`);
    worker.once("exit", (code) => this.#crashed(code));
    return { worker, socket, client };
  }

  async #openThread(): Promise<{ worker: Worker; socket: ThreadSocket }> {
    const order: ThreadOrder = this.#options;
    const worker = new Worker(new URL("embedded-thread.ts", import.meta.url), { workerData: order, name: "database" });
    const ready = Promise.withResolvers<void>();
    const socket = new ThreadSocket(worker, (answer) => {
      this.#fsyncs = answer.fsyncs;
      if ("ready" in answer) ready.resolve();
    });
    worker.on("error", (error) => {
      ready.reject(error);
      this.#tools.log.error({ err: error }, "the database thread failed");
    });
    worker.once("exit", (code) => ready.reject(new Error(`the database thread ended: ${code}`)));
    await ready.promise;
    return { worker, socket };
  }

  #notify(channel: string, payload: string): void {
    for (const hear of this.#listeners.get(channel) ?? []) hear(payload);
  }

  /** PostgreSQL recovers from its log as after any crash: what was acknowledged is there. */
  #crashed(code: number): void {
    if (this.#isClosing) return;
    this.#restarts++;
    this.#fsyncsBefore += this.#fsyncs;
    this.#fsyncs = 0;
    this.#tools.log.error({ code, restarts: this.#restarts }, "the database thread ended and is started again");
    this.#lanes.refuseWaiting(new Unavailable("the database is starting again"));
    this.#thread = this.#startAgain();
    this.#thread.catch((error: unknown) => {
      this.#tools.log.error({ err: error }, `the database did not start in ${STARTS_MAX} attempts and stays down`);
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

async function closeThread(worker: Worker): Promise<void> {
  const gone = new Promise((done) => worker.once("exit", done));
  worker.postMessage({ ask: "close" } satisfies ThreadCall, []);
  await gone;
}
