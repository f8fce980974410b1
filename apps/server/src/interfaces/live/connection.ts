import { isRefused, liveFromClient, type LiveFromClient, type LiveFromServer } from "@hourwright/contract";
import type { RawData, WebSocket } from "ws";
import type { Clock } from "../../platform/clock.ts";
import type { Caller } from "../../platform/operations/context.ts";
import { windowOfInstants } from "../../contexts/claims/pure.ts";
import type { Bounds } from "./bounds.ts";
import type { ConflictWatch, Watcher } from "./conflict-watch.ts";
import type { Sight } from "./entry.ts";
import type { Feed } from "./feed.ts";
import { Follower, type Wire } from "./follower.ts";
import type { Looker, Presence } from "./presence.ts";

export type ConnectionPorts = {
  readonly feed: Feed;
  readonly sightOf: (caller: Caller, seq: number) => Promise<Sight>;
  readonly findConflicts: (caller: Caller, window: Window) => Watcher["find"];
  readonly suggestRepair: (caller: Caller) => Watcher["suggest"];
  readonly conflicts: ConflictWatch;
  readonly presence: Presence;
  readonly clock: Clock;
  readonly bounds: Bounds;
  readonly counted: () => void;
};

type Window = { readonly fromMs: number; readonly toMs: number };
type Subscription = Extract<LiveFromClient, { type: "subscribe" }>;

/** One client that is connected: what it has subscribed to, and what it is told. */
export class Connection {
  readonly #ports: ConnectionPorts;
  readonly #socket: WebSocket;
  readonly caller: Caller;
  readonly #wire: Wire;
  readonly #looker: Looker;
  readonly #stopListening: () => void;
  #follower: Follower | null = null;
  #watcher: Watcher | null = null;
  #hearsPresence = false;
  /** Who else is there, as it was said last, and whether the client is still to hear it. */
  #presence: string | null = null;
  #isPresenceDue = false;
  #isThere = true;
  #secondStartedMs: number;
  #saidThisSecond = 0;

  constructor(ports: ConnectionPorts, socket: WebSocket, caller: Caller) {
    this.#ports = ports;
    this.#socket = socket;
    this.caller = caller;
    this.#secondStartedMs = ports.clock.monotonicMs();
    this.#wire = wireOf(socket, ports.counted, () => this.#tellPresence());
    const { organisation, personId, name } = caller;
    this.#looker = { organisation, personId, name, hear: (text) => this.#hearPresence(text) };
    this.#stopListening = ports.feed.onEntries(() => this.#wake());
    socket.on("message", (bytes, isBinary) => this.#hear(isBinary ? null : textOf(bytes)));
    socket.on("pong", () => (this.#isThere = true));
    socket.on("error", () => {}); // `close` follows, with its code.
    socket.once("close", () => this.#end());
  }

  close(code: number): void {
    this.#socket.close(code);
  }

  terminate(): void {
    this.#socket.terminate();
  }

  /** Asks whether the client is still there; ends the connection of one that has not answered since the last time. */
  beat(): void {
    if (!this.#isThere) return this.terminate();
    this.#isThere = false;
    this.#socket.ping();
    this.#follower?.beat();
  }

  #wake(): void {
    this.#follower?.wake();
    if (this.#watcher?.known) this.#ports.conflicts.wake(this.#watcher);
  }

  #end(): void {
    this.#stopListening();
    this.#follower?.stop();
    this.#stopWatching();
    this.#ports.presence.look(this.#looker, null);
  }

  #hear(text: string | null): void {
    this.#isThere = true;
    if (this.#saysTooMuch()) return this.close(1008);
    const message = text === null ? null : parse(text);
    if (message === null) return this.#fail("request/invalid", "This is none of the messages that /docs lists.");
    switch (message.type) {
      case "subscribe":
        return this.#subscribe(message);
      case "unsubscribe":
        return this.#unsubscribe(message.topic);
      case "here":
        return this.#ports.presence.look(this.#looker, message.view);
      case "ping":
        return this.#say({ type: "pong" });
    }
  }

  #subscribe(message: Subscription): void {
    this.#unsubscribe(message.topic);
    switch (message.topic) {
      case "calendar":
        return this.#follow(message.since);
      case "conflicts":
        return this.#watch(message);
      case "presence":
        this.#hearsPresence = true;
        this.#say({ type: "subscribed", topic: "presence", seq: this.#ports.feed.head });
        if (this.#presence !== null) this.#hearPresence(this.#presence);
    }
  }

  #follow(since: number | undefined): void {
    const { feed, sightOf, clock, bounds } = this.#ports;
    this.#say({ type: "subscribed", topic: "calendar", seq: feed.head });
    const { personId } = this.caller;
    const look = (seq: number) => sightOf(this.caller, seq);
    look(feed.sightSeq).catch(() => {}); // Now, and not when the first change waits for it, which asks again.
    this.#follower = new Follower({ log: feed, wire: this.#wire, personId, look, clock, bounds }, since);
    this.#follower.wake();
  }

  #watch(message: Extract<Subscription, { topic: "conflicts" }>): void {
    const { conflicts, findConflicts, suggestRepair, feed, bounds } = this.#ports;
    const window = windowOfInstants(message);
    if (isRefused(window)) return this.#fail(window.refused.code, window.refused.detail);
    if (window.toMs - window.fromMs > bounds.conflictWindowMs)
      return this.#fail("calendars/out-of-range", "Watch at most two years at once.");
    const watcher: Watcher = {
      find: findConflicts(this.caller, window),
      suggest: suggestRepair(this.caller),
      hear: (told) => this.#watcher === watcher && this.#say(told),
      isReady: () => this.#mayHear(),
      known: null,
      begun: () => watcher.hear({ type: "subscribed", topic: "conflicts", seq: feed.head }),
    };
    this.#watcher = watcher;
    conflicts.wake(watcher);
  }

  #unsubscribe(topic: Subscription["topic"]): void {
    if (topic === "presence") this.#hearsPresence = false;
    else if (topic === "conflicts") this.#stopWatching();
    else {
      this.#follower?.stop();
      this.#follower = null;
    }
  }

  #stopWatching(): void {
    if (this.#watcher !== null) this.#ports.conflicts.forget(this.#watcher);
    this.#watcher = null;
  }

  #hearPresence(text: string): void {
    this.#presence = text;
    this.#isPresenceDue = true;
    this.#tellPresence();
  }

  /** Only the last state counts: it waits while too much else is on its way. */
  #tellPresence(): void {
    if (!this.#isPresenceDue || !this.#hearsPresence || !this.#mayHear()) return;
    this.#isPresenceDue = false;
    this.#wire.send(this.#presence!, () => {});
  }

  #mayHear(): boolean {
    return this.#wire.waitingBytes <= this.#ports.bounds.waitingBytesMax;
  }

  #say(message: LiveFromServer): void {
    this.#wire.send(JSON.stringify(message), () => {});
  }

  #fail(code: string, detail: string): void {
    this.#say({ type: "error", code, detail });
  }

  #saysTooMuch(): boolean {
    const nowMs = this.#ports.clock.monotonicMs();
    if (nowMs - this.#secondStartedMs >= 1_000) [this.#secondStartedMs, this.#saidThisSecond] = [nowMs, 0];
    return ++this.#saidThisSecond > this.#ports.bounds.messagesASecondMax;
  }
}

/** `ws` hands over one buffer as long as `binaryType` is left as it is. */
const textOf = (bytes: RawData): string => (bytes as Buffer).toString("utf8");

function parse(text: string): LiveFromClient | null {
  const { success, data } = liveFromClient.safeParse(jsonOf(text));
  return success ? data : null;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function wireOf(socket: WebSocket, counted: () => void, taken: () => void): Wire {
  return {
    get waitingBytes() {
      return socket.bufferedAmount;
    },
    send(text, sent) {
      if (socket.readyState !== socket.OPEN) return;
      counted();
      socket.send(text, () => {
        sent();
        taken();
      });
    },
    close: (code) => socket.close(code),
  };
}
