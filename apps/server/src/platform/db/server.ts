import type { Writable } from "node:stream";
import pg from "pg";
import { CannotStart, Unavailable } from "../failure.ts";
import type { Connections, Tools } from "./connections.ts";
import { Lanes } from "./lanes.ts";
import { APP_ROLE, ensureRole } from "./role.ts";
import { asFailure, type Lease, QUERY_MS_MAX } from "./session.ts";

export type ServerOptions = {
  readonly url: string;
  /** The owner's login, when `url` is one that owns nothing. */
  readonly migrateUrl?: string;
  /** Connections of this process; each costs the server about 10 MB. */
  readonly connectionsMax?: number;
};

const CONNECTIONS_MAX = 10;
const CONNECT_MS_MAX = 5_000;
const LOCK_MS_MAX = 5_000;
const IDLE_IN_TRANSACTION_MS_MAX = 60_000;
const RECONNECT_MS = 1_000;
const OLDEST_MAJOR = 15;

// The server's own limit comes first, and ends the statement; ours ends the connection when the server does not answer.
const STATEMENT_MS_MAX = QUERY_MS_MAX - 500;

/** What every connection of the application is set to, once. */
const SETTINGS = `set time zone 'UTC'; set datestyle = 'ISO'; set statement_timeout = ${STATEMENT_MS_MAX};
  set lock_timeout = ${LOCK_MS_MAX}; set idle_in_transaction_session_timeout = ${IDLE_IN_TRANSACTION_MS_MAX};
  set role ${APP_ROLE}`;

/** A real PostgreSQL: a bounded pool of connections behind the same queue as the embedded database. */
export class Server implements Connections {
  readonly kind = "server";
  readonly #options: ServerOptions;
  readonly #tools: Tools;
  readonly #pool: pg.Pool;
  readonly #lanes: Lanes;
  readonly #listeners = new Set<Listener>();
  #isClosing = false;

  private constructor(options: ServerOptions, tools: Tools) {
    const max = options.connectionsMax ?? CONNECTIONS_MAX;
    this.#options = options;
    this.#tools = tools;
    this.#lanes = new Lanes(max, tools.clock);
    this.#pool = new pg.Pool({
      connectionString: options.url,
      max,
      connectionTimeoutMillis: CONNECT_MS_MAX,
      application_name: "hourwright",
      pipeline: true,
      verify: (client, done) => client.query(SETTINGS, (error) => done(error)),
    });
    this.#pool.on("error", ({ message }) =>
      tools.log.warn({ reason: message }, "an idle database connection was lost"),
    );
  }

  static async open(options: ServerOptions, tools: Tools): Promise<Server> {
    await prepareServer(options);
    return new Server(options, tools);
  }

  async lease(...[lane]: Parameters<Connections["lease"]>): Promise<Lease> {
    if (this.#isClosing) throw new Unavailable("the database is closing");
    const leave = await this.#lanes.enter(lane);
    try {
      const client = await this.#pool.connect();
      let broken = false;
      // A connection that breaks while it is leased says so twice: here, and by the query that it fails.
      const onError = () => void (broken = true);
      client.on("error", onError);
      return {
        client,
        wire: socketOf(client),
        kill: async () => void socketOf(client).destroy(),
        leave: (isBroken) => {
          client.off("error", onError);
          client.release(broken || isBroken);
          leave();
        },
      };
    } catch (error) {
      leave();
      throw asFailure(error, "connect");
    }
  }

  async owner(): Promise<Lease> {
    const client = await connect(this.#options.migrateUrl ?? this.#options.url);
    await client.query("set time zone 'UTC'; set datestyle = 'ISO'; set row_security = off");
    return {
      client,
      wire: socketOf(client),
      kill: async () => void socketOf(client).destroy(),
      leave: () => void client.end().catch(() => {}),
    };
  }

  async listen(channel: string, hear: (payload: string) => void): Promise<() => Promise<void>> {
    const listener = new Listener(this.#options.url, channel, hear, this.#tools);
    this.#listeners.add(listener);
    await listener.ready;
    return async () => {
      this.#listeners.delete(listener);
      await listener[Symbol.asyncDispose]();
    };
  }

  stats() {
    return { waiting: this.#lanes.waiting, fsyncs: 0, restarts: 0 };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#isClosing) return;
    this.#isClosing = true;
    this.#lanes.refuseWaiting(new Unavailable("the database is closing"));
    await Promise.all([...this.#listeners].map((listener) => listener[Symbol.asyncDispose]()));
    await this.#pool.end();
  }
}

/** One connection that hears one channel, and comes back when it is lost. */
class Listener implements AsyncDisposable {
  readonly ready: Promise<void>;
  readonly #url: string;
  readonly #channel: string;
  readonly #hear: (payload: string) => void;
  readonly #tools: Tools;
  #client: pg.Client | null = null;
  #isClosed = false;

  constructor(url: string, channel: string, hear: (payload: string) => void, tools: Tools) {
    this.#url = url;
    this.#channel = channel;
    this.#hear = hear;
    this.#tools = tools;
    this.ready = this.#connect();
  }

  async #connect(): Promise<void> {
    const client = await connect(this.#url);
    client.on("notification", ({ payload }) => this.#hear(payload ?? ""));
    client.on("end", () => this.#lost());
    this.#client = client;
    await client.query(`listen ${pg.escapeIdentifier(this.#channel)}`);
    if (this.#isClosed) await client.end();
  }

  #lost(): void {
    this.#client = null;
    if (this.#isClosed) return;
    this.#tools.clock.setTimer(RECONNECT_MS, () => {
      if (this.#isClosed) return;
      this.#connect().then(
        () => this.#hear(""), // What was said meanwhile is unknown: look.
        () => this.#lost(),
      );
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isClosed = true;
    await this.#client?.end();
  }
}

async function prepareServer({ url, migrateUrl }: ServerOptions): Promise<void> {
  const login = await connectAtStart(url, "DATABASE_URL");
  try {
    const owner = migrateUrl === undefined ? login : await connectAtStart(migrateUrl, "MIGRATE_DATABASE_URL");
    try {
      await assertVersion(login);
      await assertEncoding(login);
      await ensureRole(owner, login);
    } finally {
      if (owner !== login) await owner.end();
    }
  } finally {
    await login.end();
  }
}

async function assertVersion(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ server_version_num: string }>("show server_version_num");
  const major = Math.floor(Number(rows[0]!.server_version_num) / 10_000);
  if (major >= OLDEST_MAJOR) return;
  throw new CannotStart(`DATABASE_URL names PostgreSQL ${major}; Hourwright needs ${OLDEST_MAJOR} or later.`);
}

/** Other encodings cannot hold every title; a refusal now is better than one in the middle of an import. */
async function assertEncoding(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ server_encoding: string }>("show server_encoding");
  const encoding = rows[0]!.server_encoding;
  if (encoding === "UTF8") return;
  throw new CannotStart(
    `DATABASE_URL names a database in ${encoding}, which cannot hold every text: ` +
      `make one with "create database hourwright template template0 encoding 'UTF8'".`,
  );
}

async function connectAtStart(url: string, setting: string): Promise<pg.Client> {
  try {
    return await connect(url);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CannotStart(`${setting} names a database that does not answer: ${reason}`, { cause: error });
  }
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: CONNECT_MS_MAX,
    application_name: "hourwright",
  });
  client.on("error", () => {}); // Its end is heard as "end", or by the query that fails.
  await client.connect();
  return client;
}

/** `pg` does not offer its socket; `end` would wait for the query that is to be ended. */
function socketOf(client: pg.ClientBase): Writable {
  return (client as unknown as { connection: { stream: Writable } }).connection.stream;
}
