import { sql } from "kysely";
import { type Clock, type Timer } from "../clock.ts";
import type { Database, Tools } from "../db/database.ts";
import type { Unit, UnitContext } from "../db/unit.ts";
import { type RunningReconciler, startReconciler } from "../reconciler.ts";
import { type ChangeWithContents, readChangesWithContents } from "./read.ts";
import type { CommittedChange } from "./write.ts";

/** A reader of the log that must see every change: a reaction, deliveries, the search index. */
export type Consumer = {
  /** The name its place in the log is kept under, for ever. */
  readonly name: string;
  /** Changes may gather so long, and are read together: for who is in no hurry. At once when left out. */
  readonly gatherMs?: number;
  /**
   * Takes in changes of one organisation, in order. At least once: a crash or a throw brings the same ones again, and
   * later ones only after these. Runs outside any unit; `context` is for the units it opens.
   */
  take(changes: readonly ChangeWithContents[], context: UnitContext, signal: AbortSignal): Promise<void>;
};

export type Relay = AsyncDisposable & {
  /**
   * Is told that an organisation has new changes, by whichever process: a wake-up that may be lost, not a message. Those of
   * this process come with it, as soon as they are committed: nobody has to wait for the database to read them.
   */
  onChanges(hear: Hear): () => void;
  /** Resolves when no consumer is behind, however long one keeps failing: for tests. */
  settled(): Promise<void>;
};

type Hear = (organisation: number, committed: readonly CommittedChange[] | null) => void;

/** A lost wake-up costs this much, never correctness. */
const EVERY_MS = 60_000;
/** Who has just read gathers for so long before it reads again: a change that comes alone is read at once. */
const BETWEEN_MS = 100;
const BATCH = 100;
const ORGANISATIONS_MAX = 100;

/** A process that dies in the middle gives its place back after this long. */
const HOLD_MS = 60_000;

/** After a failure a consumer waits 1 s, 2 s, 4 s … for that organisation. */
const BACKOFF_MS = 1_000;
const BACKOFF_MS_MAX = 300_000;

/** Commits within this long make one notification: NOTIFY takes a lock of the whole database. */
const NOTIFY_EVERY_MS = 20;
const NOTIFIED_MAX = 500; // Organisations in one notification: PostgreSQL's limit is 8,000 bytes.
/** No place is held so long. */
const END_OF_TIME = Temporal.Instant.from("9999-12-31T00:00:00Z");
const CHANNEL = "hourwright_changes";

/** Brings the change log to its readers: those in this process and, on a server, those in others. */
export async function startRelay(database: Database, tools: Tools, consumers: readonly Consumer[]): Promise<Relay> {
  if (database.kind === "embedded") await database.outside((db) => sql`select changes.release_all()`.execute(db));
  const hearers = new Set<Hear>();
  const readers = consumers.map((consumer) => new Reader(database, tools, consumer));
  const tell: Hear = (organisation, committed) => {
    for (const reader of readers) reader.wake();
    for (const hear of hearers) hear(organisation, committed);
  };

  const wakeAll = () => readers.forEach((reader) => reader.wake());
  const others = database.kind === "server" ? await joinOthers(database, tools, { tell, wakeAll }) : null;
  const stopListening = database.onChanges((organisation, committed) => {
    tell(organisation, committed);
    others?.notify(organisation);
  });
  return {
    onChanges(hear) {
      hearers.add(hear);
      return () => void hearers.delete(hear);
    },
    async settled() {
      for (const reader of readers) await reader.settled();
    },
    async [Symbol.asyncDispose]() {
      stopListening();
      await Promise.all(readers.map((reader) => reader[Symbol.asyncDispose]()));
      await others?.[Symbol.asyncDispose]();
    },
  };
}

/** One consumer, led through the logs of all organisations. */
class Reader implements AsyncDisposable {
  readonly #database: Database;
  readonly #tools: Tools;
  readonly #consumer: Consumer;
  readonly #holder: string;
  readonly #running: RunningReconciler;
  #gathering: Timer | null = null;
  #beganMs = -Infinity;
  /** Failures in a row, by organisation: only those that fail now are in it. */
  readonly #failures = new Map<number, number>();

  constructor(database: Database, tools: Tools, consumer: Consumer) {
    this.#database = database;
    this.#tools = tools;
    this.#consumer = consumer;
    this.#holder = tools.ids("hold");
    const task = { name: consumer.name, everyMs: EVERY_MS, run: (signal: AbortSignal) => this.#run(signal) };
    this.#running = startReconciler(task, tools.clock, (status) => {
      if ("failed" in status) tools.log.warn({ ...status, consumer: consumer.name }, "a reader of the log failed");
    });
  }

  wake(): void {
    const { gatherMs = 0 } = this.#consumer;
    const waitMs = Math.max(gatherMs, this.#beganMs + BETWEEN_MS - this.#tools.clock.monotonicMs());
    if (waitMs <= 0) return this.#running.wake();
    this.#gathering ??= this.#tools.clock.setTimer(waitMs, () => {
      this.#gathering = null;
      this.#running.wake();
    });
  }

  async settled(): Promise<void> {
    while ((await this.#behind(END_OF_TIME)).length > 0) {
      this.#running.wake();
      await this.#tools.clock.sleep(10);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#gathering?.cancel();
    await this.#running[Symbol.asyncDispose]();
  }

  async #run(signal: AbortSignal) {
    this.#beganMs = this.#tools.clock.monotonicMs();
    let [organisations, changes] = [0, 0];
    for (const organisation of await this.#behind(instantOf(this.#tools.clock))) {
      if (signal.aborted) break;
      changes += await this.#follow(organisation, signal);
      organisations++;
    }
    if (organisations === ORGANISATIONS_MAX) this.wake();
    return { organisations, changes };
  }

  /** The organisations with changes to take in, but for those whose place is held at `now`. */
  async #behind(now: Temporal.Instant): Promise<readonly number[]> {
    const { rows } = await this.#database.outside(
      (db) =>
        sql<{ org_id: number }>`
          select org_id from changes.behind(${this.#consumer.name}, ${now}::timestamptz, ${ORGANISATIONS_MAX})`.execute(
          db,
        ),
      { lane: "job" },
    );
    return rows.map(({ org_id }) => org_id);
  }

  /** Reads on in one organisation until nothing is left, holding the place meanwhile. Returns how many it took. */
  async #follow(organisation: number, signal: AbortSignal): Promise<number> {
    const context = this.#context(organisation);
    const held = await this.#hold(context);
    if (held === null) return 0; // Another process is reading here.
    let { seq, changes } = held;
    let taken = 0;
    try {
      while (!signal.aborted) {
        if (changes.length > 0) await this.#consumer.take(changes, context, signal);
        seq = changes.at(-1)?.seq ?? seq;
        taken += changes.length;
        this.#failures.delete(context.organisation);
        // What is committed from now on wakes whoever holds the place.
        const isLast = changes.length < BATCH;
        const next = await this.#advance(context, seq, { isLast });
        if (isLast || next === null) return taken; // Not held: it took too long, and another has taken over.
        changes = next;
      }
      await this.#letGo(context);
    } catch (error) {
      await this.#letGoAfter(context, error);
    }
    return taken;
  }

  #context(organisation: number): UnitContext {
    const name = this.#consumer.name;
    return {
      organisation,
      actor: { kind: "system", userId: null, personId: null, label: name },
      operation: name,
      requestId: this.#tools.ids("req"),
    };
  }

  /** The place in the log, now held by this process, with what follows it; null when another holds it. */
  #hold(context: UnitContext): Promise<{ readonly seq: number; readonly changes: Changes } | null> {
    return this.#database.inOrganisation(
      context,
      async (unit) => {
        const now = Temporal.Instant.fromEpochMilliseconds(unit.nowMs);
        const { rows } = await sql<{ seq: number }>`
          insert into changes.consumer as consumer (org_id, name, seq, held_by, held_until)
          values (${unit.organisation}, ${this.#consumer.name}, 0, ${this.#holder},
            ${now.add({ milliseconds: HOLD_MS })}::timestamptz)
          on conflict (org_id, name) do update
          set held_by = excluded.held_by, held_until = excluded.held_until
          where coalesce(consumer.held_until <= ${now}::timestamptz, true)
          returning seq`.execute(unit.db);
        if (rows[0] === undefined) return null;
        return { seq: rows[0].seq, changes: await nextChanges(unit, rows[0].seq) };
      },
      { lane: "job" },
    );
  }

  /** Goes on to a place, and answers what follows it; gives it back with the last. Null when the hold was lost meanwhile: then the other one's place counts. */
  #advance(context: UnitContext, seq: number, { isLast }: { readonly isLast: boolean }): Promise<Changes | null> {
    return this.#database.inOrganisation(
      context,
      async (unit) => {
        const isHeld = await this.#update(
          unit,
          (now) => sql`seq = ${seq}, failures = 0, last_error = null,
            held_until = ${isLast ? null : now.add({ milliseconds: HOLD_MS })}::timestamptz`,
        );
        if (!isHeld) return null;
        return isLast ? [] : nextChanges(unit, seq);
      },
      { lane: "job" },
    );
  }

  async #letGo(context: UnitContext): Promise<void> {
    await this.#updateAlone(context, () => sql`held_until = null`);
  }

  /** The wait is written where the next reader looks: `behind` leaves the organisation out until it is over. */
  async #letGoAfter(context: UnitContext, error: unknown): Promise<void> {
    const { log, clock } = this.#tools;
    const failures = (this.#failures.get(context.organisation) ?? 0) + 1;
    const waitMs = Math.min(BACKOFF_MS * 2 ** Math.min(failures - 1, 20), BACKOFF_MS_MAX);
    this.#failures.set(context.organisation, failures);
    log.warn(
      { err: error, organisation: context.organisation, consumer: this.#consumer.name, failures },
      "changes not taken in",
    );
    const set = (now: Temporal.Instant) => sql`failures = failures + 1, last_error = ${String(error).slice(0, 500)},
      held_until = ${now.add({ milliseconds: waitMs })}::timestamptz`;
    if (await this.#updateAlone(context, set)) clock.setTimer(waitMs, () => this.wake());
  }

  #updateAlone(context: UnitContext, set: Setting): Promise<boolean> {
    return this.#database.inOrganisation(context, (unit) => this.#update(unit, set), { lane: "job" });
  }

  /** False where this process does not hold the place. */
  async #update(unit: Unit, set: Setting): Promise<boolean> {
    const { numAffectedRows } = await sql`
      update changes.consumer
      set ${set(Temporal.Instant.fromEpochMilliseconds(unit.nowMs))}
      where org_id = ${unit.organisation} and name = ${this.#consumer.name} and held_by = ${this.#holder}`.execute(
      unit.db,
    );
    return numAffectedRows === 1n;
  }
}

type Changes = readonly ChangeWithContents[];
type Setting = (now: Temporal.Instant) => ReturnType<typeof sql>;

const nextChanges = (unit: Unit, since: number): Promise<Changes> =>
  readChangesWithContents(unit, { since, limit: BATCH });

/** Disposed once nobody reads here any more: then the others are told to look, for they have left alone what was held here. */
type Others = AsyncDisposable & { notify(organisation: number): void };

/** Tells the other processes on the same server, and hears them. */
async function joinOthers(
  database: Database,
  { clock, log }: Tools,
  { tell, wakeAll }: { tell: Hear; wakeAll: () => void },
): Promise<Others> {
  const changed = new Set<number>();
  let timer: Timer | null = null;

  async function send(): Promise<void> {
    timer = null;
    const organisations = [...changed];
    changed.clear();
    for (let from = 0; from < organisations.length; from += NOTIFIED_MAX)
      await say(organisations.slice(from, from + NOTIFIED_MAX).join(" "));
  }

  async function say(payload: string): Promise<void> {
    try {
      await database.pool.query("select pg_notify($1, $2)", [CHANNEL, payload]);
    } catch (error) {
      log.warn({ err: error }, "other processes were not told of changes; they look every minute");
    }
  }

  // An empty payload says that the connection was lost for a while, or that another process ends: anything may have changed.
  const stopListening = await database.listen(CHANNEL, (payload) => {
    if (payload === "") return wakeAll();
    for (const organisation of payload.split(" ")) tell(Number(organisation), null);
  });
  return {
    notify(organisation) {
      changed.add(organisation);
      timer ??= clock.setTimer(NOTIFY_EVERY_MS, () => void send());
    },
    async [Symbol.asyncDispose]() {
      timer?.cancel();
      await stopListening();
      await say("");
    },
  };
}

function instantOf(clock: Clock): Temporal.Instant {
  return Temporal.Instant.fromEpochMilliseconds(clock.nowMs());
}
