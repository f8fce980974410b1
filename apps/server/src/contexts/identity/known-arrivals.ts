import { Lru } from "@hourwright/std";
import type { Clock } from "../../platform/clock.ts";
import type { Database } from "../../platform/db/database.ts";
import type { Arrived } from "../../platform/operations/context.ts";

/**
 * How long who came is known without being looked up again, when nothing was written here meanwhile. The embedded database
 * is written to by this process alone: only a session that runs out after its seven days is noticed so much later. On a
 * server others write as well, and what they end or change is noticed here so much later at most; it is long enough that a
 * crowd of requests costs some look-ups and not one each, and shorter than a person or a network can tell.
 */
export const KNOWN_MS = { embedded: 10_000, server: 25 } as const;

const ARRIVALS_MAX = 5_000;

/** `dueMs`: half of its life, when it is looked up anew. Infinity while that is under way. */
type Kept = { readonly arrived: Arrived; readonly untilMs: number; dueMs: number };

/**
 * Who came lately, and what was their organisation's last change then. Everything is forgotten with each write of this
 * process, whatever was written: so who is signed out, switched off or given another role is met as such with the very next
 * request, and a list is never older than what its reader was told before. 1 µs instead of 150 and a wait for the database.
 */
export class KnownArrivals implements Disposable {
  readonly #clock: Pick<Clock, "monotonicMs">;
  readonly #knownMs: number;
  readonly #stopHearing: () => void;
  #kept = new Lru<string, Kept>(ARRIVALS_MAX);

  constructor(database: Pick<Database, "kind" | "onWritten">, clock: Pick<Clock, "monotonicMs">) {
    this.#clock = clock;
    this.#knownMs = KNOWN_MS[database.kind];
    this.#stopHearing = database.onWritten(() => {
      this.#kept = new Lru(ARRIVALS_MAX);
    });
  }

  /**
   * Undefined for who is not known: they may have come nevertheless. `lookUp` is called once in the second half of what is
   * kept, so that a crowd never waits for the database.
   */
  get(key: string, lookUp: () => void): Arrived | undefined {
    const kept = this.#kept.get(key);
    if (kept === undefined) return undefined;
    const nowMs = this.#clock.monotonicMs();
    if (nowMs >= kept.untilMs) return undefined;
    if (nowMs >= kept.dueMs) {
      kept.dueMs = Infinity;
      lookUp();
    }
    return kept.arrived;
  }

  /**
   * Called before the database is asked: what the returned function is told then is true as of now. It is kept only if
   * nothing was written meanwhile, since nobody knows on which side of it was read. Who is nobody is not kept.
   */
  begin(): (key: string, arrived: Arrived | null) => void {
    const kept = this.#kept;
    const startedMs = this.#clock.monotonicMs();
    const [untilMs, dueMs] = [startedMs + this.#knownMs, startedMs + this.#knownMs / 2];
    return (key, arrived) => {
      // After a write nobody looks into this one any more.
      if (arrived === null) kept.delete(key);
      else kept.set(key, { arrived, untilMs, dueMs });
    };
  }

  [Symbol.dispose](): void {
    this.#stopHearing();
  }
}
