import { setImmediate } from "node:timers/promises";
import type { Database, Unit } from "../../platform/db/database.ts";
import { lastSeq, readChanges, type Change } from "../../platform/changes/read.ts";
import type { CommittedChange } from "../../platform/changes/write.ts";
import type { IdMaker } from "../../platform/ids.ts";
import { publicEvents } from "../../contexts/calendars/public.ts";
import { systemContext } from "../../contexts/identity/public.ts";
import type { Bounds } from "./bounds.ts";
import { changesEntrance, changesSight, entryOf, type Entry } from "./entry.ts";

/** A place of the log and what is told of it; null where nobody is told anything. */
export type Told = { readonly seq: number; readonly change: Change; readonly entry: Entry | null };

/** The log of one organisation, as those follow it who are connected. */
export type Log = {
  /** The last change that is known. */
  readonly head: number;
  /** The last change after which somebody's sight may be another; at most `head`. */
  readonly sightSeq: number;
  /** What follows `since`, from memory; null when that reaches farther back. */
  recent(since: number): readonly Told[] | null;
  /** The first page after `since`, up to the head of now, from the log itself. */
  read(since: number): Promise<readonly Told[]>;
};

type FeedPorts = { readonly database: Database; readonly newId: IdMaker; readonly bounds: Bounds };

/**
 * Reads an organisation's log once for all who are connected to this process. Numbers have no gaps (`writeChanges`), so a
 * place in memory is found by counting.
 */
export class Feed implements Log {
  readonly #ports: FeedPorts;
  readonly #organisation: number;
  readonly #hearers = new Set<() => void>();
  #recent: Told[] = [];
  #looking: Promise<void> | null = null;
  #again = false;
  #isTelling = false;
  #isNew = false;
  head: number;
  sightSeq: number;
  /** The last change after which somebody may not be let in any more, or as somebody else; at most `head`. */
  entranceSeq: number;

  private constructor(ports: FeedPorts, organisation: number, head: number) {
    this.#ports = ports;
    this.#organisation = organisation;
    this.head = head;
    this.sightSeq = head;
    this.entranceSeq = head;
  }

  static async open(ports: FeedPorts, organisation: number): Promise<Feed> {
    const context = systemContext(organisation, "live.open", ports.newId);
    return new Feed(ports, organisation, await ports.database.inOrganisation(context, lastSeq, { lane: "read" }));
  }

  /** Calls `hear` after each look that found something. Answers how to stop. */
  onEntries(hear: () => void): () => void {
    this.#hearers.add(hear);
    return () => void this.#hearers.delete(hear);
  }

  /** Takes in what has been written since the last look. Any number of calls during a look make one more. */
  look(): Promise<void> {
    this.#again = true;
    return (this.#looking ??= this.#lookOn().finally(() => (this.#looking = null)));
  }

  /**
   * Takes in what this process has just committed, without reading it again: a look would wait for whatever the database is
   * doing. False when that is not what follows next, or is too much for one turn, or must be asked about: then a look is due.
   */
  take(committed: readonly CommittedChange[]): boolean {
    if (committed[0]?.seq !== this.head + 1 || committed.length > this.#ports.bounds.pageChanges) return false;
    if (committed.some(({ thing, isOpen }) => thing.type === "event" && isOpen === null)) return false;
    this.#append(
      committed.map(({ isOpen, ...change }) => {
        return { seq: change.seq, change, entry: entryOf(change, isOpen === true) };
      }),
    );
    return true;
  }

  recent(since: number): readonly Told[] | null {
    const first = this.head - this.#recent.length;
    return since < first ? null : this.#recent.slice(since - first);
  }

  read(since: number): Promise<readonly Told[]> {
    return this.#page(since, Math.min(this.#ports.bounds.pageChanges, this.head - since));
  }

  async #lookOn(): Promise<void> {
    const { pageChanges } = this.#ports.bounds;
    while (this.#again) {
      this.#again = false;
      const page = await this.#page(this.head, pageChanges);
      this.#again ||= page.length === pageChanges;
      const { head } = this; // Meanwhile some of the page may have been taken.
      this.#append(page.filter(({ seq }) => seq > head));
    }
  }

  #append(told: readonly Told[]): void {
    if (told.length === 0) return;
    this.#recent = [...this.#recent, ...told].slice(-this.#ports.bounds.recentChangesMax);
    this.sightSeq = told.findLast(({ change }) => changesSight(change))?.seq ?? this.sightSeq;
    this.entranceSeq = told.findLast(({ change }) => changesEntrance(change))?.seq ?? this.entranceSeq;
    this.head = told.at(-1)!.seq;
    void this.#tellAll();
  }

  /** Some clients in a turn. Each pulls all that there is, so what comes meanwhile makes one more round. */
  async #tellAll(): Promise<void> {
    this.#isNew = true;
    if (this.#isTelling) return;
    this.#isTelling = true;
    while (this.#isNew) {
      this.#isNew = false;
      let told = 0;
      for (const hear of this.#hearers) {
        hear();
        if (++told % this.#ports.bounds.clientsOfATurn === 0) await setImmediate();
      }
    }
    this.#isTelling = false;
  }

  #page(since: number, limit: number): Promise<readonly Told[]> {
    const context = systemContext(this.#organisation, "live.read", this.#ports.newId);
    return this.#ports.database.inOrganisation(context, (unit) => readTold(unit, since, limit), { lane: "read" });
  }
}

async function readTold(unit: Unit, since: number, limit: number): Promise<Told[]> {
  const { changes } = await readChanges(unit, { since, limit });
  const events = changes.filter(({ thing }) => thing.type === "event").map(({ thing }) => thing.id);
  const open = await publicEvents(unit, [...new Set(events)]);
  return changes.map((change) => ({ seq: change.seq, change, entry: entryOf(change, open.has(change.thing.id)) }));
}
