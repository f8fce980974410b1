import type { LiveFromServer } from "@hourwright/contract";
import type { Clock, Timer } from "../../platform/clock.ts";
import type { ShownConflict } from "../../contexts/planning/pure.ts";
import type { Bounds } from "./bounds.ts";

/** One subscriber of conflicts: a window, seen by one person. */
export type Watcher = {
  /** The conflicts of the window that the viewer may know of, without repairs. */
  readonly find: () => Promise<readonly ShownConflict[]>;
  /** The best repair of a conflict; null when there is none. */
  readonly suggest: (id: string) => Promise<ShownConflict["repairs"][number] | null>;
  readonly hear: (message: LiveFromServer) => void;
  /** Whether it takes in what it is told. One that does not is looked after later. */
  readonly isReady: () => boolean;
  /** Its conflicts as they were told last, by id and text; null before the first look. */
  known: Map<string, string> | null;
  /** Called after the first look. */
  readonly begun: () => void;
};

/**
 * Looks for conflicts again after changes, for one subscriber at a time, and tells the difference by id. It rests nine
 * times as long as it worked, so that following conflicts never takes more than a tenth of a core, however many follow.
 */
export class ConflictWatch {
  readonly #clock: Pick<Clock, "monotonicMs" | "setTimer">;
  readonly #bounds: Bounds;
  /** In the order in which they are looked after. */
  readonly #due = new Set<Watcher>();
  #resting: Timer | null = null;
  #isWorking = false;

  constructor(clock: Pick<Clock, "monotonicMs" | "setTimer">, bounds: Bounds) {
    this.#clock = clock;
    this.#bounds = bounds;
  }

  /** Looks for this one's conflicts soon. */
  wake(watcher: Watcher): void {
    this.#due.add(watcher);
    if (this.#isWorking || this.#resting !== null) return;
    this.#resting = this.#clock.setTimer(0, () => void this.#work());
  }

  forget(watcher: Watcher): void {
    this.#due.delete(watcher);
  }

  async #work(): Promise<void> {
    this.#isWorking = true;
    this.#resting = null;
    const startedMs = this.#clock.monotonicMs();
    const watcher = [...this.#due].find((each) => each.isReady());
    if (watcher !== undefined) {
      this.#due.delete(watcher);
      await this.#lookFor(watcher).catch(() => void this.#due.add(watcher)); // The database is away: later.
    }
    this.#isWorking = false;
    if (this.#due.size === 0) return;
    const tookMs = this.#clock.monotonicMs() - startedMs;
    const restMs = Math.max(this.#bounds.detectionRestMs, tookMs * (1 / this.#bounds.detectionShare - 1));
    this.#resting = this.#clock.setTimer(restMs, () => void this.#work());
  }

  async #lookFor(watcher: Watcher): Promise<void> {
    const found = new Map((await watcher.find()).map((conflict) => [conflict.id, conflict]));
    const before = watcher.known;
    watcher.known = new Map([...found].map(([id, conflict]) => [id, JSON.stringify(conflict)]));
    if (before === null) return watcher.begun();
    for (const id of before.keys()) if (!found.has(id)) watcher.hear({ type: "conflict:resolved", id });
    const fresh = [...found].filter(([id]) => before.get(id) !== watcher.known!.get(id));
    for (const [id, { repairs: _, ...conflict }] of fresh) watcher.hear({ type: "conflict:detected", id, conflict });
    for (const [id] of fresh.slice(0, this.#bounds.suggestionsOfARunMax)) {
      const repair = await watcher.suggest(id);
      if (repair !== null) watcher.hear({ type: "conflict:suggestion", id, repair });
    }
  }
}
