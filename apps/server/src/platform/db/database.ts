import { type Kysely, sql } from "kysely";
import type pg from "pg";
import type { CommittedChange } from "../changes/write.ts";
import type { Connections, Tools } from "./connections.ts";
import { Embedded, type EmbeddedOptions } from "./embedded.ts";
import { Facts } from "./facts.ts";
import { kyselyOn } from "./kysely.ts";
import type { Lane } from "./lanes.ts";
import { Server, type ServerOptions } from "./server.ts";
import { Rounds } from "./rounds.ts";
import { openSession, type Session, StatementNames } from "./session.ts";
import { beginTransaction } from "./transaction.ts";
import {
  assertOutsideUnit,
  holding,
  isRefused,
  runShared,
  runUnit,
  type Unit,
  type UnitContext,
  type UnitStats,
} from "./unit.ts";
import { libraryTypes, ourTypes, type ValueTypes } from "./values.ts";

export type { Tools } from "./connections.ts";
export type { Lane } from "./lanes.ts";
export { LeftRound } from "./gathering.ts";
export { isExcluded, type Session } from "./session.ts";
export { Overtaken } from "./unit.ts";
export type { Question, Unit, UnitContext } from "./unit.ts";

/** The part of a `pg` pool that libraries use. */
export type Pool = {
  readonly options: object;
  connect(): Promise<Session>;
  /** One statement on a connection of its own. */
  query<Row extends pg.QueryResultRow>(text: string, values?: readonly unknown[]): Promise<pg.QueryResult<Row>>;
  /** Does nothing: the database is closed by who opened it. */
  end(): Promise<void>;
};

/** The schema's owner for as long as one piece of work: migrations, backup, restore. Never a request. */
export type Owner = { readonly db: Kysely<unknown>; readonly pool: Pool };

export type DatabaseStats = Readonly<UnitStats> & ReturnType<Connections["stats"]>;

export type HearChanges = (organisation: number, committed: readonly CommittedChange[]) => void;

/** PostgreSQL, embedded or a server: the same promises, the same SQL. */
export type Database = AsyncDisposable & {
  readonly kind: "embedded" | "server";
  /**
   * One transaction in one organisation, and the only way to a tenant's table. Lane `write` unless told; in `read` the
   * transaction is read only. A result with `refused` is rolled back and returned, as is that of a trial. Trials, and short writes that
   * are asked for at the same moment, may share a transaction if they keep to the statements of ordinary work (no savepoints, no
   * failure that is swallowed) and lock through `Unit.exclusively`. See `runUnit` for what runs again, and `Rounds`.
   */
  inOrganisation<T>(
    context: UnitContext,
    work: (unit: Unit) => Promise<T>,
    options?: { lane?: Lane; isTrial?: boolean; isShared?: boolean },
  ): Promise<T>;
  /** Work on global tables (sign-in, directory): tenants' tables are empty here. Several statements want `transaction`. */
  outside<T>(work: (db: Kysely<unknown>) => Promise<T>, options?: { lane?: Lane; transaction?: boolean }): Promise<T>;
  /** For libraries that bring their own queries (better-auth): between units, never inside one. Times come as `Date`. */
  readonly kysely: Kysely<unknown>;
  /** The same for those that want a pool (pg-boss): lane `job`. */
  readonly pool: Pool;
  /** One connection of the owner, one at a time. No time limit. */
  asOwner<T>(work: (owner: Owner) => Promise<T>): Promise<T>;
  /** Finds out which tables hold what seldom changes (`Unit.known`): once the schema stands. */
  learnFacts(owner: Owner): Promise<void>;
  /** Hears a NOTIFY channel until the returned function is called. */
  listen(channel: string, hear: (payload: string) => void): Promise<() => Promise<void>>;
  /** Is told after each commit that recorded changes, in this process: which, in the order of their numbers. */
  onChanges(hear: HearChanges): () => void;
  /**
   * Is told after each work of this process that may have written, before whoever wanted it hears of its end: units and work
   * on global tables in another lane than `read`, `kysely` and the owner's. Not after `pool`, whose library keeps to its tables.
   */
  onWritten(hear: () => void): () => void;
  /** Is told after each commit of a unit that called `wake(topic)`, in this process. */
  onWake(topic: string, hear: () => void): () => void;
  /** Whether a statement is answered now. */
  health(): Promise<boolean>;
  stats(): DatabaseStats;
};

/** Opens the database and steps down to the application's role. `CannotStart` with one sentence when that cannot be. */
export async function openDatabase(options: EmbeddedOptions | ServerOptions, tools: Tools): Promise<Database> {
  const connections = "url" in options ? await Server.open(options, tools) : await Embedded.open(options, tools);
  return databaseOn(connections, tools);
}

function databaseOn(connections: Connections, tools: Tools): Database {
  const names = new StatementNames();
  const facts = new Facts(connections.kind === "embedded");
  const stats: UnitStats = { units: 0, reruns: 0, leftRounds: 0, unitsSlow: 0, unitMsMax: 0 };
  const hearers = new Set<HearChanges>();
  const sleepers = new Map<string, Set<() => void>>();
  const keepers = new Set<() => void>();
  const written = () => {
    for (const hear of keepers) hear();
  };

  const session = async (lane: Lane, types: ValueTypes) =>
    openSession(await connections.lease(lane), types, { clock: tools.clock, names });
  const begin = (lane: Lane) => async (organisation: number) =>
    beginTransaction(
      await session(lane, ourTypes),
      { facts, readOnly: lane === "read", nowMs: tools.clock.nowMs() },
      organisation,
    );
  const trials = new Rounds(begin("write"), { clock: tools.clock, areTrials: true });
  const writes = new Rounds(begin("write"), { clock: tools.clock, areTrials: false });
  const kyselyIn = (lane: Lane) => kyselyOn(poolOf(() => session(lane, ourTypes)));
  const byLane = { read: kyselyIn("read"), write: kyselyIn("write"), job: kyselyIn("job") };
  const librarySession = (lane: Lane) => () => {
    assertOutsideUnit("a library's own handle is used");
    return session(lane, libraryTypes);
  };
  const signInSession = async () => {
    const own = await librarySession("write")();
    return { ...own, release: () => own.release().finally(written) };
  };

  return {
    kind: connections.kind,
    inOrganisation(context, work, { lane = "write", isTrial = false, isShared = false } = {}) {
      const onChanges: HearChanges = (organisation, committed) => {
        for (const hear of hearers) hear(organisation, committed);
      };
      const onWake = (topic: string) => {
        for (const hear of sleepers.get(topic) ?? []) hear();
      };
      const readOnly = lane === "read";
      const run = { ...tools, stats, onChanges, onWake, open: begin(lane), facts, readOnly, isTrial };
      const rounds = !isShared ? null : !isTrial ? writes : facts.isAlone ? trials : null;
      const ran =
        rounds === null
          ? runUnit(run, context, work)
          : runShared(run, (organisation) => rounds.join(organisation), context, work);
      return readOnly || isTrial ? ran : heardOf(ran, written);
    },
    async outside(work, { lane = "write", transaction = false } = {}) {
      assertOutsideUnit("global tables are asked");
      const held = (db: Kysely<unknown>) => holding("work on global tables", () => work(db));
      const ran = transaction ? byLane[lane].transaction().execute(held) : byLane[lane].connection().execute(held);
      return lane === "read" ? ran : ran.finally(written);
    },
    kysely: kyselyOn(poolOf(signInSession)),
    pool: poolOf(librarySession("job")),
    async asOwner(work) {
      assertOutsideUnit("the owner's connection is used");
      const own = openSession(await connections.owner(), libraryTypes, { clock: tools.clock, names }, null);
      const pool = poolOf(() => Promise.resolve({ ...own, release: () => Promise.resolve() }));
      try {
        return await holding("the owner's work", () => work({ db: kyselyOn(pool), pool }));
      } finally {
        await own.release();
        facts.forget();
        written();
      }
    },
    learnFacts: (owner) => facts.learn(owner),
    listen: (channel, hear) => connections.listen(channel, hear),
    onChanges(hear) {
      hearers.add(hear);
      return () => void hearers.delete(hear);
    },
    onWritten(hear) {
      keepers.add(hear);
      return () => void keepers.delete(hear);
    },
    onWake(topic, hear) {
      const hears = sleepers.get(topic) ?? new Set();
      sleepers.set(topic, hears.add(hear));
      return () => void hears.delete(hear);
    },
    async health() {
      try {
        await sql`select 1`.execute(byLane.read);
        return true;
      } catch {
        return false;
      }
    },
    stats: () => ({ ...stats, ...connections.stats() }),
    [Symbol.asyncDispose]: () => connections[Symbol.asyncDispose](),
  };
}

/** What was refused wrote nothing; of what failed, nobody knows. */
async function heardOf<T>(ran: Promise<T>, written: () => void): Promise<T> {
  let stays = true;
  try {
    const result = await ran;
    stays = !isRefused(result);
    return result;
  } finally {
    if (stays) written();
  }
}

function poolOf(connect: () => Promise<Session>): Pool {
  return {
    options: {},
    connect,
    async query(text, values) {
      const session = await connect();
      try {
        return await session.query(text, values);
      } finally {
        await session.release();
      }
    },
    end: () => Promise.resolve(),
  };
}
