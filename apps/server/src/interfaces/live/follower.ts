import type { LiveFromServer } from "@hourwright/contract";
import type { Clock, Timer } from "../../platform/clock.ts";
import type { Access } from "../../contexts/calendars/public.ts";
import type { Bounds } from "./bounds.ts";
import { textFor, type Sight } from "./entry.ts";
import type { Log, Told } from "./feed.ts";

/** The way to one client. `sent` is called once what was handed over has left this process. */
export type Wire = {
  readonly waitingBytes: number;
  send(text: string, sent: () => void): void;
  close(code: number): void;
};

export type FollowerPorts = {
  readonly log: Log;
  readonly wire: Wire;
  readonly personId: string;
  /** What the viewer may see, as of `seq` or later. */
  readonly look: (seq: number) => Promise<Sight>;
  readonly clock: Pick<Clock, "setTimer">;
  readonly bounds: Bounds;
};

/**
 * Leads one client through the log: from the place it knows to the end and on, each change once, in order. It pulls: while
 * the client takes in nothing, nothing is read for it, so a slow one costs a place in the log and no memory.
 */
export class Follower {
  readonly #ports: FollowerPorts;
  /** Everything up to here was told, or may not be. */
  #seq: number;
  /** The last number that the client has heard. */
  #heard: number;
  /** The end of the log when it began: what lies before is caught up with. */
  readonly #beganAt: number;
  #sight: Sight | null = null;
  /** Calendars that were seen, and are not any more. */
  readonly #lost = new Set<string>();
  /** Something that it may not know may have taken something from its sight, while it was away. */
  #isDoubtful = false;
  #isBehind = true;
  #isRunning = false;
  #isWoken = false;
  #isStopped = false;
  #stuck: Timer | null = null;

  constructor(ports: FollowerPorts, since: number | undefined) {
    this.#ports = ports;
    this.#beganAt = ports.log.head;
    // A place that the log has not reached: it was restored from before.
    const isAhead = since !== undefined && since > ports.log.head;
    this.#seq = since === undefined || isAhead ? ports.log.head : since;
    this.#heard = this.#seq;
    if (isAhead) this.#say({ type: "behind", seq: this.#seq });
  }

  /** Something may have happened: in the log, or on the wire. */
  wake(): void {
    this.#isWoken = true;
    if (this.#isRunning || this.#isStopped) return;
    this.#isRunning = true;
    this.#follow().catch(() => {
      this.stop();
      this.#ports.wire.close(1013); // The database is away: the client comes again with its place.
    });
  }

  /** Tells the place that is reached, when only what the client may not know has passed since it heard one. */
  beat(): void {
    if (this.#isStopped || this.#isBehind || this.#heard === this.#seq || this.#stuck !== null) return;
    this.#heard = this.#seq;
    this.#say({ type: "reached", seq: this.#seq });
  }

  stop(): void {
    this.#isStopped = true;
    this.#stuck?.cancel();
  }

  async #follow(): Promise<void> {
    const { log, bounds } = this.#ports;
    while (this.#isWoken && !this.#isStopped) {
      this.#isWoken = false;
      while (this.#seq < log.head && !this.#isStopped && this.#mayGoOn()) {
        if (log.head - this.#seq > bounds.missedChangesMax) this.#giveUpOn(log.head);
        else await this.#tellSome();
      }
      if (this.#seq === log.head && this.#isBehind && !this.#isStopped) this.#caughtUp();
    }
    this.#isRunning = false; // With the last look at `#isWoken`, or a call in between would be lost.
  }

  async #tellSome(): Promise<void> {
    const { log, look } = this.#ports;
    if (this.#sight === null || this.#sight.seq < log.sightSeq) this.#see(await look(log.sightSeq));
    for (const told of log.recent(this.#seq) ?? (await log.read(this.#seq))) {
      if (this.#isStopped || !this.#mayGoOn()) return;
      this.#tell(told);
    }
  }

  #tell({ seq, change, entry }: Told): void {
    this.#seq = seq;
    if (entry === null) return;
    const text = textFor(entry, this.#ports.personId, this.#sight!);
    if (text !== null) this.#send(text, seq);
    else if (change.thing.type === "calendar") this.#passHidden(change.thing.id, entry.bare, seq);
  }

  /** A calendar that it does not see. Whoever saw it until now is told that it is gone, and no more. */
  #passHidden(calendarId: string, bare: string, seq: number): void {
    if (seq <= this.#beganAt) this.#isDoubtful = true;
    if (!this.#lost.delete(calendarId)) return;
    this.#send(JSON.stringify({ ...(JSON.parse(bare) as object), type: "calendar:deleted" }), seq);
  }

  #see(sight: Sight): void {
    const before: ReadonlyMap<string, Access> = this.#sight?.calendars ?? new Map();
    for (const id of before.keys()) if (!sight.calendars.has(id)) this.#lost.add(id);
    this.#sight = sight;
  }

  #giveUpOn(head: number): void {
    this.#seq = head;
    this.#heard = head;
    this.#isBehind = false;
    this.#say({ type: "behind", seq: head });
  }

  #caughtUp(): void {
    this.#isBehind = false;
    this.#heard = this.#seq;
    if (this.#isDoubtful) this.#say({ type: "sight", seq: this.#seq });
    this.#say({ type: "reached", seq: this.#seq });
  }

  #say(message: LiveFromServer): void {
    this.#ports.wire.send(JSON.stringify(message), this.#sent);
  }

  #send(text: string, seq: number): void {
    this.#heard = seq;
    this.#ports.wire.send(text, this.#sent);
  }

  /** False while too much is waiting for the client: then it is woken again, or let go. */
  #mayGoOn(): boolean {
    const { wire, bounds } = this.#ports;
    if (wire.waitingBytes <= bounds.waitingBytesMax) return true;
    this.#watch(wire.waitingBytes);
    return false;
  }

  readonly #sent = (): void => {
    if (this.#stuck === null || this.#ports.wire.waitingBytes > this.#ports.bounds.waitingBytesLow) return;
    this.#stuck.cancel();
    this.#stuck = null;
    this.wake();
  };

  #watch(waitingBytes: number): void {
    const { clock, wire, bounds } = this.#ports;
    this.#stuck ??= clock.setTimer(bounds.stuckMs, () => {
      this.#stuck = null;
      if (this.#isStopped) return;
      if (wire.waitingBytes >= waitingBytes) wire.close(1013);
      else if (wire.waitingBytes > bounds.waitingBytesLow) this.#watch(wire.waitingBytes);
      else this.wake();
    });
  }
}
