import { ServerResponse, type IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Logger } from "pino";
import { WebSocketServer, type WebSocket } from "ws";
import { limits, refuseRequest, requestProblems, type Problem } from "@hourwright/contract";
import type { Relay } from "../../platform/changes/relay.ts";
import type { CommittedChange } from "../../platform/changes/write.ts";
import type { Clock, Timer } from "../../platform/clock.ts";
import type { Database, Unit } from "../../platform/db/database.ts";
import type { IdMaker } from "../../platform/ids.ts";
import type { Caller } from "../../platform/operations/context.ts";
import type { Handlers } from "../../platform/operations/dispatcher.ts";
import type { RateLimits } from "../../platform/http/rate-limits.ts";
import type { WorkerPool } from "../../platform/workers/pool.ts";
import { calendarsSeenBy, derivedWindow } from "../../contexts/calendars/public.ts";
import { callersOf, membershipOf, systemContext } from "../../contexts/identity/public.ts";
import { type RuleFacts, conflictById, conflictsFor, type Describe } from "../../contexts/planning/public.ts";
import type { ShownConflict } from "../../contexts/planning/pure.ts";
import { lastSeq } from "../../platform/changes/read.ts";
import { isForeign } from "../rest/pipeline.ts";
import { sendRefusal } from "../rest/routes.ts";
import { bounds as usualBounds, type Bounds } from "./bounds.ts";
import { ConflictWatch } from "./conflict-watch.ts";
import { Connection, type ConnectionPorts } from "./connection.ts";
import type { Sight } from "./entry.ts";
import { Feed } from "./feed.ts";
import { Presence } from "./presence.ts";
import { createTickets } from "./tickets.ts";

export type LivePorts = {
  readonly database: Database;
  readonly relay: Pick<Relay, "onChanges">;
  readonly clock: Clock;
  readonly newId: IdMaker;
  readonly log: Logger;
  readonly limits: RateLimits;
  readonly describe: Describe;
  readonly questions: WorkerPool;
  readonly ruleFacts: RuleFacts;
  readonly ownOrigins: (request: FastifyRequest) => readonly string[];
  readonly hashAddress: (address: string) => string;
  readonly bounds?: Partial<Bounds>;
};

export type Live = AsyncDisposable & {
  readonly operations: Handlers<"live.ticket">;
  /** Answers `GET /v1/live` with a WebSocket. */
  attach(server: FastifyInstance): void;
  /** Closes the connections of a session that has ended here; those ended elsewhere are noticed within half a minute. */
  endSession(sessionId: string): void;
  stats(): { readonly connections: number; readonly messages: number };
};

const PATH = "/v1/live";

/** Live messages of this process: changes, conflicts and presence over WebSockets. */
export function openLive(ports: LivePorts): Live {
  const { clock } = ports;
  const bounds: Bounds = { ...usualBounds, ...ports.bounds };
  const tickets = createTickets(clock, bounds);
  const hall = new Hall(ports, bounds);
  const sockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false, // 300 kB of memory a connection, for messages of 300 bytes.
    clientTracking: false,
    maxPayload: limits.LIVE_MESSAGE_BYTES_MAX,
  });
  const upgrades = new WeakMap<IncomingMessage, { readonly socket: Duplex; readonly head: Buffer }>();

  async function greet(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const upgrade = upgrades.get(request.raw);
    if (upgrade === undefined) return sendRefusal(reply.header("upgrade", "websocket"), noSocket, request.id);
    const ofAddress = await ports.limits.byAddress(ports.hashAddress(request.ip), "read");
    if (!ofAddress.allowed) return sendRefusal(reply, tooManyHere, request.id);
    const { ticket } = request.query as { ticket?: unknown };
    const caller = typeof ticket === "string" ? tickets.redeem(ticket) : null;
    if (caller === null) return sendRefusal(reply, noTicket, request.id);
    const origin = request.headers.origin ?? null;
    if (isForeign({ origin, fetchSite: null, ownOrigins: ports.ownOrigins(request) }, caller))
      return sendRefusal(reply, wrongOrigin, request.id);
    const enter = await hall.roomFor(caller);
    if (enter === "ended") return sendRefusal(reply, noTicket, request.id);
    if (enter === "full") return sendRefusal(reply, tooManyHere, request.id);
    reply.hijack();
    (reply.raw as ServerResponse & { detachSocket(socket: Duplex): void }).detachSocket(upgrade.socket);
    sockets.handleUpgrade(request.raw, upgrade.socket, upgrade.head, enter);
    return reply;
  }

  return {
    operations: {
      "live.ticket": async (_input, context) => {
        const ticket = tickets.issue(context.caller!);
        if (ticket === null) return refuseRequest("too-many", "tickets", {});
        return { ticket, expiresInSeconds: limits.TICKET_SECONDS };
      },
    },
    attach(server) {
      server.get(PATH, greet);
      // Other addresses answer a request to upgrade as if it were none (RFC 9110 §7.8).
      Object.assign(server.server, {
        shouldUpgradeCallback: ({ url, headers }: IncomingMessage) =>
          headers.upgrade?.toLowerCase() === "websocket" && url?.split("?")[0] === PATH,
      });
      server.server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
        upgrades.set(request, { socket, head });
        socket.on("error", () => socket.destroy());
        // A response of the usual kind: every check and every trace of a request holds for this one as well.
        const response = new ServerResponse(request);
        response.shouldKeepAlive = false;
        response.assignSocket(socket as Parameters<ServerResponse["assignSocket"]>[0]);
        response.on("finish", () => socket.end());
        server.routing(request, response);
      });
    },
    endSession: (sessionId) => hall.endSession(sessionId),
    stats: () => hall.stats(),
    async [Symbol.asyncDispose]() {
      await hall[Symbol.asyncDispose]();
      sockets.close();
    },
  };
}

const noSocket = requestProblems.refuse("invalid", "This address speaks WebSocket alone: ask for an upgrade.").refused;
const noTicket = requestProblems.refuse(
  "unauthenticated",
  "query.ticket: it is unknown, was used, or is older than 30 seconds. POST /v1/live/tickets gives another.",
).refused;
const wrongOrigin = refuseRequest("wrong-origin", "page", {}).refused;
const tooManyHere: Problem = refuseRequest("too-many", "connections", {}, { retryAfterSeconds: 60 }).refused;

/** All who are connected to this process. */
class Hall implements AsyncDisposable {
  readonly #ports: LivePorts;
  readonly #bounds: Bounds;
  readonly #connections = new Set<Connection>();
  /** One for each organisation somebody of which is connected. */
  readonly #feeds = new Map<number, Promise<Feed>>();
  readonly #sights = new Map<string, Promise<Sight>>();
  readonly #presence: Presence;
  readonly #conflicts: ConflictWatch;
  readonly #stopHearing: () => void;
  #beat: Timer;
  #look: Timer;
  /** Those who are let in and have no connection yet. */
  readonly #entering = new Set<{ readonly sessionId: string; isOver: boolean }>();
  #messages = 0;
  #isClosed = false;

  constructor(ports: LivePorts, bounds: Bounds) {
    const { clock, relay } = ports;
    this.#ports = ports;
    this.#bounds = bounds;
    this.#presence = new Presence(clock, bounds);
    this.#conflicts = new ConflictWatch(clock, bounds);
    this.#stopHearing = relay.onChanges((organisation, committed) => this.#lookIn(organisation, committed));
    this.#beat = clock.setTimer(bounds.beatMs, () => void this.#beatAll());
    this.#look = clock.setTimer(bounds.lookMs, () => this.#lookEverywhere());
  }

  stats(): { connections: number; messages: number } {
    return { connections: this.#connections.size, messages: this.#messages };
  }

  /**
   * A place for one more connection, for who the caller is now: since the ticket was given they may have another role. "full" when
   * the hall or their part of it is, "ended" when their session is over.
   */
  async roomFor(known: Caller): Promise<((socket: WebSocket) => void) | "full" | "ended"> {
    const own = [...this.#connections].filter((each) => each.caller.userId === known.userId);
    const count = this.#connections.size + this.#entering.size;
    if (this.#isClosed || own.length >= this.#bounds.connectionsOfUserMax || count >= this.#bounds.connectionsMax)
      return "full";
    const entering = { sessionId: known.sessionId, isOver: false };
    this.#entering.add(entering);
    try {
      const feed = await this.#feedOf(known.organisation);
      const { entranceSeq } = feed;
      const [caller] = await callersOf(this.#ports.database, [known.sessionId]);
      if (caller === undefined || entering.isOver) return "ended";
      return (socket) => this.#enter(socket, { ...caller, via: known.via }, feed, entranceSeq);
    } finally {
      this.#entering.delete(entering);
    }
  }

  endSession(sessionId: string): void {
    for (const each of this.#entering) if (each.sessionId === sessionId) each.isOver = true;
    for (const each of this.#connections) if (each.caller.sessionId === sessionId) each.close(4401);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isClosed = true;
    this.#stopHearing();
    this.#beat.cancel();
    this.#look.cancel();
    for (const each of this.#connections) each.close(1012);
    const untilMs = this.#ports.clock.monotonicMs() + this.#bounds.closeMs;
    while (this.#connections.size > 0 && this.#ports.clock.monotonicMs() < untilMs) await this.#ports.clock.sleep(10);
    for (const each of this.#connections) each.terminate();
  }

  /** `entranceSeq`: up to where it was known who the caller is. */
  #enter(socket: WebSocket, caller: Caller, feed: Feed, entranceSeq: number): void {
    const connection = new Connection(this.#portsFor(feed), socket, caller);
    this.#connections.add(connection);
    socket.once("close", () => this.#connections.delete(connection));
    if (feed.entranceSeq !== entranceSeq) this.#endEndedSessions().catch((error: unknown) => this.#warn(error));
  }

  #portsFor(feed: Feed): ConnectionPorts {
    const { clock, questions, describe, ruleFacts } = this.#ports;
    const finding = (caller: Caller) => ({ read: this.#readAs(caller), describe, questions, ruleFacts });
    return {
      feed,
      clock,
      bounds: this.#bounds,
      presence: this.#presence,
      conflicts: this.#conflicts,
      sightOf: (caller, seq) => this.#sightOf(caller, seq),
      findConflicts: (caller, window) => async () => {
        const { text } = await conflictsFor(finding(caller), caller, { ...window, subjects: null, repairs: 0 });
        return JSON.parse(text) as ShownConflict[];
      },
      suggestRepair: (caller) => async (id) => {
        const horizon = derivedWindow(clock.nowMs());
        const found = await conflictById(finding(caller), caller, id, 1, horizon);
        return found?.repairs[0] ?? null;
      },
      counted: () => void this.#messages++,
    };
  }

  #readAs(caller: Caller) {
    const { database, newId } = this.#ports;
    return <T>(work: (unit: Unit) => Promise<T>): Promise<T> =>
      database.inOrganisation(systemContext(caller.organisation, "live.conflicts", newId), work, { lane: "read" });
  }

  #feedOf(organisation: number): Promise<Feed> {
    const held = this.#feeds.get(organisation);
    if (held !== undefined) return held;
    const feed = Feed.open({ ...this.#ports, bounds: this.#bounds }, organisation);
    this.#feeds.set(organisation, feed);
    feed.then(
      (opened) => this.#watchEntrance(opened),
      () => this.#feeds.delete(organisation),
    );
    return feed;
  }

  /** Who is not let in any more is let go with the change that says so, and hears nothing of what follows it for long. */
  #watchEntrance(feed: Feed): void {
    let looked = feed.entranceSeq;
    feed.onEntries(() => {
      if (feed.entranceSeq === looked) return;
      looked = feed.entranceSeq;
      this.#endEndedSessions().catch((error: unknown) => this.#warn(error));
    });
  }

  /**
   * What a person may see: read once for all of their connections after each change of calendars and people. By the role that they
   * have then, not by that of the connection that asks: one that came in with another is about to be closed.
   */
  async #sightOf(caller: Caller, seq: number): Promise<Sight> {
    const key = `${caller.organisation} ${caller.userId}`;
    for (let reading = this.#sights.get(key); reading !== undefined;) {
      const sight = await reading.catch(() => null);
      if (sight !== null && sight.seq >= seq) return sight;
      const next = this.#sights.get(key);
      if (next === reading) break; // Nobody else has begun to read it again.
      reading = next;
    }
    const sight = this.#readAs(caller)(async (unit) => {
      const seq = await lastSeq(unit);
      const membership = await membershipOf(unit, caller.personId);
      const isIn = membership !== null && !membership.disabled;
      const seen = isIn ? await calendarsSeenBy(unit, { ...caller, role: membership.role }) : [];
      return { seq, calendars: new Map(seen.map(({ id, access }) => [id, access])) };
    });
    this.#sights.set(key, sight);
    return sight;
  }

  #lookIn(organisation: number, committed: readonly CommittedChange[] | null): void {
    this.#feeds
      .get(organisation)
      ?.then((feed) => (committed !== null && feed.take(committed) ? undefined : feed.look()))
      .catch((error: unknown) => this.#warn(error));
  }

  #lookEverywhere(): void {
    for (const organisation of this.#feeds.keys()) this.#lookIn(organisation, null);
    this.#look = this.#ports.clock.setTimer(this.#bounds.lookMs, () => this.#lookEverywhere());
  }

  /** Who is still there, and whether they may still be. */
  async #beatAll(): Promise<void> {
    this.#presence.beat();
    for (const each of this.#connections) each.beat();
    this.#forget();
    try {
      await this.#endEndedSessions();
    } catch (error) {
      this.#warn(error);
    }
    if (!this.#isClosed) this.#beat = this.#ports.clock.setTimer(this.#bounds.beatMs, () => void this.#beatAll());
  }

  async #endEndedSessions(): Promise<void> {
    const sessions = [...new Set([...this.#connections].map(({ caller }) => caller.sessionId))];
    const callers = new Map((await callersOf(this.#ports.database, sessions)).map((each) => [each.sessionId, each]));
    for (const each of this.#connections) {
      const now = callers.get(each.caller.sessionId);
      if (now === undefined) each.close(4401);
      else if (now.role !== each.caller.role) each.close(1012); // It connects again, as what they are now.
    }
  }

  /** What was read for people and organisations of which nobody is connected any more. */
  #forget(): void {
    const callers = [...this.#connections].map(({ caller }) => caller);
    const people = new Set(callers.map(({ organisation, userId }) => `${organisation} ${userId}`));
    for (const key of this.#sights.keys()) if (!people.has(key)) this.#sights.delete(key);
    const organisations = new Set(callers.map(({ organisation }) => organisation));
    if (this.#entering.size > 0) return; // Somebody comes in who is not among them yet.
    for (const each of this.#feeds.keys()) if (!organisations.has(each)) this.#feeds.delete(each);
  }

  #warn(error: unknown): void {
    this.#ports.log.warn({ err: error }, "live connections could not look at the database; they look again shortly");
  }
}
