import { AsyncLocalStorage } from "node:async_hooks";
import { assert } from "@hourwright/std";
import type { Kysely } from "kysely";
import pg from "pg";
import type { ChangeRecord, CommittedChange } from "../changes/write.ts";
import { Unavailable } from "../failure.ts";
import type { Tools } from "./connections.ts";
import type { Facts, Known } from "./facts.ts";
import { kyselyOver } from "./kysely.ts";
import { ReplayedIds } from "./replayed-ids.ts";
import { LeftRound } from "./gathering.ts";
import { isStalePlan } from "./session.ts";
import type { Transaction } from "./transaction.ts";

/** Who acts: a person who signed in, or the system (a reconciler, a job, the demo). */
export type Actor = {
  readonly kind: "user" | "system";
  readonly userId: string | null;
  readonly personId: string | null;
  /** The name to show, at most 200 characters. */
  readonly label: string;
};

/** On whose behalf a unit runs. `operation` is the id in the catalogue, or a job's or reconciler's name. */
export type UnitContext = {
  readonly organisation: number;
  readonly actor: Actor;
  readonly operation: string;
  readonly requestId: string;
};

/** One transaction in one organisation: everything a command or query may do to the database. */
export type Unit = UnitContext & {
  /** Nothing of it stays: it is asked what a write would be answered, and what tells nobody that need not be done. */
  readonly isTrial: boolean;
  /** Others write in the same transaction, and are refused or not each by themselves: what is refused must not have written. */
  readonly isShared: boolean;
  /** It met others in a run before, and locks at once, in the one order, whatever it may come to need. */
  readonly isAgain: boolean;
  /** For `sql` templates. */
  readonly db: Kysely<unknown>;
  /** The same, knowing the tables of a context: `unit.tables<ClaimTables>().selectFrom("claims.claim")`. */
  tables<Tables>(): Kysely<Tables>;
  /**
   * What seldom changes: as it was read under this name by whichever unit, when nothing of the kind has changed since, or as `read`
   * answers now. Of tables with the trigger `facts` alone; what comes back is shared and must not be changed. A unit that
   * changes facts itself reads them anew.
   */
  known<T>(name: string, read: () => Promise<T>): Promise<T>;
  /** The same for many of a kind at once: `read` is asked for those that are not known, and what it leaves out is not kept. */
  knownEach<T>(
    kind: string,
    ids: readonly string[],
    read: (ids: readonly string[]) => Promise<ReadonlyMap<string, T>>,
  ): Promise<Map<string, T>>;
  /**
   * Keeps those out who run in the same transaction, as locks of rows keep out who runs in another: waits until none of them holds one
   * of these names, and holds them until the unit ends. Whoever locks rows calls it as well. With `parts`, it is about these parts of
   * each name alone: others go on with other parts.
   */
  exclusively(names: readonly string[], parts?: readonly number[] | null): Promise<void>;
  /**
   * Asks with one statement what others in the same transaction ask as well at this moment: `question` answers each of `all`, in
   * their order. It may write, but no facts.
   */
  together<Asked, Answer>(question: Question<Asked, Answer>, asked: Asked): Promise<Answer>;
  /** One instant for everything this unit judges. */
  readonly nowMs: number;
  /** A new id; the same one when the unit runs again after a deadlock. */
  newId(prefix: string): string;
  /** Says what happened. Written with the next numbers of the organisation's log, as the last statement before the commit. */
  record(...changes: readonly ChangeRecord[]): void;
  /** Wakes, after the commit, who asked `Database.onWake` for this topic: a reconciler that finds what the unit left. */
  wake(topic: string): void;
  /** Runs once the commit is certain, outside the unit. What it throws is logged. */
  afterCommit(run: () => void): void;
};

/** Of several units of an organisation at once; a module has one function for each that it asks. */
export type Question<Asked, Answer> = (
  asking: Pick<Unit, "db" | "organisation" | "nowMs">,
  all: readonly Asked[],
) => Promise<readonly Answer[]>;

/** What a unit needs now lies before what it has locked: it runs again, and locks both in order. */
export class Overtaken extends Error {}

/** A unit that lasts longer is counted and logged: on the embedded database everybody waits for it. */
const UNIT_MS_MAX = 250;

const ATTEMPTS_MAX = 4; // The first, and three again.
const RERUN = new Set(["40P01", "40001", "55P03"]); // deadlock_detected, serialization_failure, lock_not_available

/** What units have done since the start, for `/metrics`. */
export type UnitStats = { units: number; reruns: number; leftRounds: number; unitsSlow: number; unitMsMax: number };

/** What holds a connection in this asynchronous context, or held one. */
type Holding = { isOpen: boolean; readonly what: string };
const here = new AsyncLocalStorage<Holding>();

/** Fails at once where waiting would be for ever: the embedded database is one session, and someone here has it. */
export function assertOutsideUnit(what: string): void {
  const holding = here.getStore();
  assert(holding?.isOpen !== true, `${what} inside ${holding?.what}: it would wait for ever`);
}

/** Runs what holds a connection, so that whatever it calls fails at once when it wants another. */
export async function holding<T>(what: string, work: () => Promise<T>): Promise<T> {
  const place = { isOpen: true, what };
  try {
    return await here.run(place, work);
  } finally {
    place.isOpen = false;
  }
}

/** How a unit is run: `open` leases a connection of the wanted lane and begins a transaction of the organisation. */
export type UnitRun = Tools & {
  readonly open: (organisation: number) => Promise<Transaction>;
  readonly facts: Facts;
  readonly readOnly: boolean;
  readonly isTrial: boolean;
  readonly stats: UnitStats;
  /** Told after each commit that recorded something. */
  readonly onChanges: (organisation: number, committed: readonly CommittedChange[]) => void;
  readonly onWake: (topic: string) => void;
};

/**
 * Runs `work` in one transaction of one organisation, as the application's role. A result with `refused` rolls back
 * and is returned; so does a throw, and is thrown. A deadlock, a serialisation failure, a lock not got or `Overtaken` runs the work
 * again, at most three times, with the same ids; then `Unavailable`.
 */
export async function runUnit<T>(run: UnitRun, context: UnitContext, work: (unit: Unit) => Promise<T>): Promise<T> {
  const { operation } = context;
  assertCanOpen(context);
  const ids = new ReplayedIds(run.ids);

  for (let attempt = 1; ; attempt++) {
    try {
      return await attemptUnit(run, context, { ids, isAgain: attempt > 1 }, work);
    } catch (error) {
      if (!isWorthAnotherRun(error)) throw error;
      if (attempt === ATTEMPTS_MAX) throw new Unavailable(`${operation} met others ${attempt} times`, { cause: error });
      run.stats.reruns++;
      ids.rewind();
    }
  }
}

function assertCanOpen({ organisation, operation }: UnitContext): void {
  assert(Number.isSafeInteger(organisation) && organisation > 0, `not an organisation: ${organisation}`);
  assertOutsideUnit(`${operation} opens a unit`);
}

/** A unit beside others of a round; alone where it cannot go on there, at once: each further round it joined would be spoilt for others. */
export async function runShared<T>(
  run: UnitRun,
  join: (organisation: number) => Promise<Transaction>,
  context: UnitContext,
  work: (unit: Unit) => Promise<T>,
): Promise<T> {
  assertCanOpen(context);
  try {
    return await attemptUnit({ ...run, open: join }, context, { ids: new ReplayedIds(run.ids), isAgain: false }, work);
  } catch (error) {
    if (!(error instanceof pg.DatabaseError || error instanceof LeftRound)) throw error;
    run.stats.leftRounds++;
    return runUnit(run, context, work);
  }
}

function isWorthAnotherRun(error: unknown): boolean {
  if (error instanceof Overtaken || isStalePlan(error)) return true;
  return error instanceof pg.DatabaseError && RERUN.has(error.code ?? "");
}

async function attemptUnit<T>(
  run: UnitRun,
  context: UnitContext,
  { ids, isAgain }: { readonly ids: ReplayedIds; readonly isAgain: boolean },
  work: (unit: Unit) => Promise<T>,
): Promise<T> {
  const changes: ChangeRecord[] = [];
  const afterwards: (() => void)[] = [];
  let committed: readonly CommittedChange[] = [];

  const transaction = await run.open(context.organisation);
  const { session } = transaction;
  const startedMs = run.clock.monotonicMs();
  const place = { isOpen: true, what: `the unit of ${context.operation}` };
  let result: T;
  try {
    const knowing = new Knowing(transaction.kept);
    const noFacts = (text: string) => assert(!run.facts.isChangedBy(text), `facts are changed by units alone: ${text}`);
    const db = kyselyOver(session, (text) => {
      if (run.facts.isChangedBy(text)) knowing.hasChanged = true;
    });
    const unit: Unit = {
      ...context,
      isTrial: run.isTrial,
      isShared: transaction.isShared,
      isAgain,
      db,
      tables: <Tables>() => db as unknown as Kysely<Tables>,
      known: (name, read) => knowing.known(name, read),
      knownEach: (kind, names, read) => knowing.knownEach(kind, names, read),
      exclusively: (names, parts) => transaction.exclusively(names, parts),
      together: (question, asked) =>
        transaction.together(question, asked, (gathered, all) =>
          question(
            { db: kyselyOver(gathered, noFacts), organisation: context.organisation, nowMs: transaction.nowMs },
            all,
          ),
        ),
      nowMs: transaction.nowMs,
      newId: (prefix) => ids.next(prefix),
      record(...happened) {
        assert(!run.readOnly, `${context.operation} records a change in the read lane`);
        assert(place.isOpen, `${context.operation} records a change after its unit`);
        changes.push(...happened);
      },
      wake: (topic) => void afterwards.push(() => run.onWake(topic)),
      afterCommit: (follow) => void afterwards.push(follow),
    };
    result = await here.run(place, () => work(unit));
    await transaction.begun;
    place.isOpen = false;
    if (run.isTrial || isRefused(result)) {
      afterwards.length = 0;
      await transaction.abandon();
    } else committed = await transaction.commit({ by: unit, changes });
    if (knowing.hasChanged) run.facts.drop(context.organisation);
  } finally {
    place.isOpen = false; // What is still open in the transaction is rolled back when the lease ends.
    measure(run, context, run.clock.monotonicMs() - startedMs);
    await session.release();
  }

  if (committed.length > 0) run.onChanges(context.organisation, committed);
  for (const follow of afterwards) runAfterwards(run, context, follow);
  return result;
}

/** What a unit knows without asking, until it changes facts itself. */
class Knowing {
  readonly #kept: Known | null | Promise<Known | null>;
  hasChanged = false;

  constructor(kept: Known | null | Promise<Known | null>) {
    this.#kept = kept;
  }

  async #facts(): Promise<Known["facts"] | null> {
    if (this.hasChanged) return null;
    const kept = this.#kept instanceof Promise ? await this.#kept : this.#kept;
    return kept?.facts ?? null;
  }

  async known<T>(name: string, read: () => Promise<T>): Promise<T> {
    const facts = await this.#facts();
    const found = facts?.get(name);
    if (found !== undefined) return found.value as T;
    const value = await read();
    if (!this.hasChanged) facts?.set(name, { value });
    return value;
  }

  async knownEach<T>(
    kind: string,
    ids: readonly string[],
    read: (ids: readonly string[]) => Promise<ReadonlyMap<string, T>>,
  ): Promise<Map<string, T>> {
    const facts = await this.#facts();
    const found = new Map<string, T>();
    const missing: string[] = [];
    for (const id of new Set(ids)) {
      const held = facts?.get(`${kind} ${id}`);
      if (held === undefined) missing.push(id);
      else found.set(id, held.value as T);
    }
    if (missing.length === 0) return found;
    for (const [id, value] of await read(missing)) {
      found.set(id, value);
      if (!this.hasChanged) facts?.set(`${kind} ${id}`, { value });
    }
    return found;
  }
}

/** A unit with such a result is rolled back. */
export function isRefused(value: unknown): boolean {
  return typeof value === "object" && value !== null && "refused" in value && value.refused !== undefined;
}

function measure({ stats, log }: UnitRun, { operation, requestId }: UnitContext, tookMs: number): void {
  stats.units++;
  stats.unitMsMax = Math.max(stats.unitMsMax, tookMs);
  if (tookMs <= UNIT_MS_MAX) return;
  stats.unitsSlow++;
  log.warn({ operation, requestId, tookMs: Math.round(tookMs) }, `a unit took longer than ${UNIT_MS_MAX} ms`);
}

function runAfterwards({ log }: UnitRun, { operation, requestId }: UnitContext, follow: () => void): void {
  try {
    follow();
  } catch (error) {
    log.error({ err: error, operation, requestId }, "what should follow a commit failed");
  }
}
