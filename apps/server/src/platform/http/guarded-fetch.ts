import { lookup } from "node:dns/promises";
import { isIP, type BlockList } from "node:net";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import { Agent, buildConnector, request, type Dispatcher } from "undici";
import type { Clock } from "../clock.ts";
import { isPublicAddress, liesIn, networkList } from "./public-address.ts";

// The one way to an address that somebody has typed in: everything else in this server talks to nobody outside.

/** Bytes of an answer, as they come and after they are unpacked. */
export const FETCH_BYTES_MAX = 10 * 1_048_576;
const URL_CHARACTERS_MAX = 2_000;
const HEADER_BYTES_MAX = 16_384;
const CONNECT_MS_MAX = 10_000;
/** Nothing comes for so long: the other side has gone to sleep. */
const IDLE_MS_MAX = 15_000;
const TOTAL_MS_MAX = 60_000;
/** Fetches at once, and so many waiting; more are told to come back. */
const RUNNING_MAX = 8;
const WAITING_MAX = 256;
/** Where the web is spoken. Elsewhere a fetch would be a way to knock on other services' doors. */
const PUBLIC_PORTS: ReadonlySet<number> = new Set([80, 443, 8_080, 8_443]);
/** A host that failed so often in a row is left alone for so long, whoever asks. */
const FAILURES_TO_REST = 5;
const REST_MS = 60_000;
const HOSTS_REMEMBERED = 1_000;

/**
 * Why nothing came. One word for all that a closed port, a silent one and a wrong protocol could tell apart, and one for
 * names that do not exist and names of this network: the answer is no map of what is inside.
 */
export type FetchFailure =
  | "bad-address"
  | "not-public"
  | "unreachable"
  | "wrong-certificate"
  | "too-slow"
  | "too-large"
  | "redirects"
  | "refused"
  | "unreadable"
  | "busy";

export type Fetched =
  | { readonly kind: "unchanged" }
  | {
      readonly kind: "content";
      readonly bytes: Uint8Array<ArrayBuffer>;
      readonly etag: string | null;
      readonly lastModified: string | null;
    }
  | {
      readonly kind: "failed";
      readonly why: FetchFailure;
      readonly status: number | null;
      readonly retryAfterSeconds: number | null;
    };

export type FetchWish = {
  readonly url: string;
  /** What was there the last time: asked whether it still is (RFC 9110 §13.1). */
  readonly etag?: string | null;
  readonly lastModified?: string | null;
  readonly signal?: AbortSignal;
};

export type GuardedFetch = (wish: FetchWish) => Promise<Fetched>;

export type GuardedFetchPorts = {
  readonly clock: Pick<Clock, "monotonicMs">;
  /** Networks beside the public internet that may be reached, with every port: homes, tests. */
  readonly networks: readonly string[];
  /** Who this is, for the other side's log. */
  readonly userAgent: string;
  /** The addresses of a name; the machine's resolver when left out. */
  readonly resolve?: (host: string) => Promise<readonly string[]>;
  /** Certificate authorities beside those of Node. */
  readonly ca?: string;
  /** Shorter limits, for tests. */
  readonly limits?: Partial<FetchLimits>;
};

export type FetchLimits = { readonly bytesMax: number; readonly idleMs: number; readonly totalMs: number };

/** Why a fetch ended; thrown inside, a value outside. */
class Ended extends Error {
  override name = "Ended";
  readonly why: FetchFailure;
  readonly status: number | null;
  readonly retryAfterSeconds: number | null;
  constructor(why: FetchFailure, status: number | null = null, retryAfterSeconds: number | null = null) {
    super(why);
    this.why = why;
    this.status = status;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/**
 * Makes the fetch. Each one: read the address → resolve *all* of its addresses → refuse when one of them is not allowed →
 * connect to exactly those, under the name that was asked (SNI, certificate, Host) → no redirects → read with bounds on
 * bytes, silence and the whole. Never throws for what the other side does.
 */
export function createGuardedFetch(ports: GuardedFetchPorts): GuardedFetch {
  const limits: FetchLimits = {
    bytesMax: FETCH_BYTES_MAX,
    idleMs: IDLE_MS_MAX,
    totalMs: TOTAL_MS_MAX,
    ...ports.limits,
  };
  const allowed = networkList(ports.networks);
  const resolve = ports.resolve ?? resolveByMachine;
  const turns = new Turns();
  const rests = new Rests(ports.clock);

  return async (wish) => {
    const url = readAddress(wish.url);
    if (url === null) return failed(new Ended("bad-address"));
    if (rests.isResting(url.host)) return failed(new Ended("unreachable"));
    if (!(await turns.enter())) return failed(new Ended("busy"));
    const deadline = AbortSignal.timeout(limits.totalMs);
    const signal = wish.signal === undefined ? deadline : AbortSignal.any([deadline, wish.signal]);
    const heard = { answer: false };
    try {
      const addresses = await addressesOf(url, resolve, allowed, signal);
      const answer = await ask(url, wish, { addresses, limits, signal, ports, heard });
      rests.succeeded(url.host);
      return answer;
    } catch (error) {
      const end = endOf(error, heard.answer);
      if (end.why !== "not-public") rests.failed(url.host);
      return failed(end);
    } finally {
      turns.leave();
    }
  };
}

const failed = ({ why, status, retryAfterSeconds }: Ended): Fetched => ({
  kind: "failed",
  why,
  status,
  retryAfterSeconds,
});

/** An address as a feed has it, `webcal:` being another word for `https:`; null when it cannot be asked at all. */
export function readAddress(text: string): URL | null {
  const trimmed = text.trim();
  if (trimmed.length > URL_CHARACTERS_MAX) return null;
  const url = URL.parse(trimmed.replace(/^webcals?:/i, "https:"));
  if (url === null || (url.protocol !== "https:" && url.protocol !== "http:")) return null;
  if (url.username !== "" || url.password !== "" || url.hostname === "") return null;
  url.hash = "";
  return url;
}

const portOf = (url: URL): number => (url.port === "" ? (url.protocol === "https:" ? 443 : 80) : Number(url.port));

async function resolveByMachine(host: string): Promise<readonly string[]> {
  return (await lookup(host, { all: true })).map(({ address }) => address);
}

/** The addresses behind a host, every one of them allowed. */
async function addressesOf(
  url: URL,
  resolve: (host: string) => Promise<readonly string[]>,
  allowed: BlockList,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const found = isIP(host) > 0 ? [host] : await withSignal(resolve(host), signal).catch(() => []);
  const isWelcome = (address: string): boolean =>
    liesIn(allowed, address) || (isPublicAddress(address) && PUBLIC_PORTS.has(portOf(url)));
  // One wrong address is enough: a name that is both outside and inside is a trap, not a mistake.
  if (found.length === 0 || !found.every(isWelcome)) throw new Ended("not-public");
  return found;
}

/** A resolver cannot be told to stop: whoever waits for it can. */
function withSignal<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const stop = () => reject(signal.reason as Error);
  signal.addEventListener("abort", stop, { once: true });
  return Promise.race([work, promise]).finally(() => signal.removeEventListener("abort", stop));
}

type Asking = {
  readonly addresses: readonly string[];
  readonly limits: FetchLimits;
  readonly signal: AbortSignal;
  readonly ports: GuardedFetchPorts;
  /** Whether the other side has begun to answer. */
  readonly heard: { answer: boolean };
};

async function ask(url: URL, wish: FetchWish, { addresses, limits, signal, ports, heard }: Asking): Promise<Fetched> {
  const agent = agentTo(addresses, limits, ports.ca);
  try {
    const answer = await request(url, {
      dispatcher: agent,
      signal,
      headers: {
        accept: "text/calendar, text/plain;q=0.5, */*;q=0.1",
        "accept-encoding": "gzip",
        "user-agent": ports.userAgent,
        ...(wish.etag ? { "if-none-match": wish.etag } : {}),
        ...(wish.lastModified ? { "if-modified-since": wish.lastModified } : {}),
      },
    });
    heard.answer = true;
    answer.body.on("error", () => {}); // Told to whoever reads; after that there is nobody left to tell.
    if (answer.statusCode === 304) return { kind: "unchanged" };
    if (answer.statusCode >= 300 && answer.statusCode < 400) throw new Ended("redirects", answer.statusCode);
    if (answer.statusCode !== 200) throw new Ended("refused", answer.statusCode, retryAfter(answer.headers));
    return {
      kind: "content",
      bytes: await bytesOf(answer, limits.bytesMax),
      etag: headerOf(answer.headers, "etag"),
      lastModified: headerOf(answer.headers, "last-modified"),
    };
  } finally {
    // A body that never ends would keep its socket: whatever is left of it is not wanted.
    await agent.destroy();
  }
}

/** An agent that can reach these addresses and none other, under whatever name it is asked. */
function agentTo(addresses: readonly string[], { idleMs }: FetchLimits, ca: string | undefined): Agent {
  const found = addresses.map((address) => ({ address, family: isIP(address) }));
  const connect = buildConnector({
    timeout: CONNECT_MS_MAX,
    ...(ca === undefined ? {} : { ca }),
    lookup: (_host, options, done) => {
      if (options.all === true) done(null, found);
      else done(null, found[0]!.address, found[0]!.family);
    },
  });
  return new Agent({
    connect: (options, done) =>
      connect(options, (error, socket) => {
        if (error !== null) return done(error, null);
        // The second guard: what we are connected to is what was checked.
        if (addresses.includes(bareAddress(socket.remoteAddress))) return done(null, socket);
        socket.destroy();
        return done(new Ended("not-public"), null);
      }),
    allowH2: false,
    connections: 1,
    pipelining: 0,
    maxHeaderSize: HEADER_BYTES_MAX,
    headersTimeout: idleMs,
    bodyTimeout: idleMs,
    maxResponseSize: -1, // Counted below, packed and unpacked.
  });
}

const bareAddress = (address: string | undefined): string => (address ?? "").replace(/^::ffff:(?=\d+\.)/i, "");

type Answer = Dispatcher.ResponseData;

/** The body, unpacked. Both what came and what it became are counted while they come: a bomb ends at the bound. */
async function bytesOf({ body, headers }: Answer, bytesMax: number): Promise<Uint8Array<ArrayBuffer>> {
  if (Number(headerOf(headers, "content-length") ?? 0) > bytesMax) throw new Ended("too-large");
  const unpack = unpackerOf(headerOf(headers, "content-encoding"));
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of unpack(counted(body, bytesMax))) {
    bytes += part.byteLength;
    if (bytes > bytesMax) throw new Ended("too-large");
    parts.push(part);
  }
  return Buffer.concat(parts);
}

async function* counted(body: AsyncIterable<Uint8Array>, bytesMax: number): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const part of body) {
    bytes += part.byteLength;
    if (bytes > bytesMax) throw new Ended("too-large");
    yield part;
  }
}

type Unpack = (parts: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>;

function unpackerOf(encoding: string | null): Unpack {
  const makers = { gzip: createGunzip, "x-gzip": createGunzip, deflate: createInflate, br: createBrotliDecompress };
  const name = (encoding ?? "identity").trim().toLowerCase();
  if (name === "identity" || name === "") return (parts) => parts;
  // Several encodings on top of each other are nobody's calendar.
  if (!Object.hasOwn(makers, name)) throw new Ended("unreadable");
  const make = makers[name as keyof typeof makers];
  return async function* unpack(parts) {
    const stream = make();
    const feeding = feed(parts, stream).catch((error: unknown) => void stream.destroy(error as Error));
    try {
      for await (const part of stream) yield part as Uint8Array;
      await feeding;
    } catch (error) {
      throw error instanceof Ended || !isUnpacking(error) ? error : new Ended("unreadable");
    } finally {
      stream.destroy();
    }
  };
}

const isUnpacking = (error: unknown): boolean =>
  /^(Z_|ERR_.*BROTLI|ERR__ERROR)/.test((error as { code?: string }).code ?? "");

async function feed(parts: AsyncIterable<Uint8Array>, stream: NodeJS.WritableStream): Promise<void> {
  for await (const part of parts) {
    if (!stream.write(part)) await new Promise<void>((resume) => stream.once("drain", resume).once("close", resume));
  }
  stream.end();
}

type Headers = Answer["headers"];

function headerOf(headers: Headers, name: string): string | null {
  const value = headers[name];
  const text = Array.isArray(value) ? value[0] : value;
  return text === undefined || text.length > HEADER_CHARACTERS_KEPT ? null : text;
}

/** Longer ones are nobody's ETag. */
const HEADER_CHARACTERS_KEPT = 1_000;

/** `Retry-After` in seconds (RFC 9110 §10.2.3); its other form, a date, is left to the schedule. */
function retryAfter(headers: Headers): number | null {
  const text = headerOf(headers, "retry-after");
  return text !== null && /^\d{1,9}$/.test(text) ? Number(text) : null;
}

/** What went wrong, in the few words that may be told. Only who has begun to answer can be slow: it is no secret then. */
function endOf(error: unknown, hasBegun: boolean): Ended {
  const causes = [error, (error as { cause?: unknown }).cause];
  const ended = causes.find((each) => each instanceof Ended);
  if (ended !== undefined) return ended;
  if (hasBegun) return new Ended("too-slow");
  const code = (error as { code?: string }).code ?? "";
  const isCertificate = /^(ERR_TLS_CERT|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_(GET_ISSUER|VERIFY))/.test(code);
  return new Ended(isCertificate ? "wrong-certificate" : "unreachable");
}

/** Lets so many run at once, in the order they came. */
class Turns {
  #running = 0;
  readonly #waiting: (() => void)[] = [];

  /** False when even the queue is full. */
  async enter(): Promise<boolean> {
    if (this.#running < RUNNING_MAX) {
      this.#running++;
      return true;
    }
    if (this.#waiting.length >= WAITING_MAX) return false;
    await new Promise<void>((resume) => this.#waiting.push(resume)); // The turn of whoever left is handed on.
    return true;
  }

  leave(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#running--;
    else next();
  }
}

/** A breaker for each host: after some failures in a row it is left alone for a while. */
class Rests {
  readonly #clock: Pick<Clock, "monotonicMs">;
  readonly #hosts = new Map<string, { failures: number; untilMs: number }>();

  constructor(clock: Pick<Clock, "monotonicMs">) {
    this.#clock = clock;
  }

  isResting(host: string): boolean {
    return (this.#hosts.get(host)?.untilMs ?? 0) > this.#clock.monotonicMs();
  }

  succeeded(host: string): void {
    this.#hosts.delete(host);
  }

  failed(host: string): void {
    const failures = (this.#hosts.get(host)?.failures ?? 0) + 1;
    this.#hosts.delete(host); // The ones that failed last stand last.
    const untilMs = failures >= FAILURES_TO_REST ? this.#clock.monotonicMs() + REST_MS : 0;
    this.#hosts.set(host, { failures, untilMs });
    if (this.#hosts.size > HOSTS_REMEMBERED) this.#hosts.delete(this.#hosts.keys().next().value!);
  }
}
