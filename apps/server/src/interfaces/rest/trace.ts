import type { FastifyReply, FastifyRequest } from "fastify";
import { Lru } from "@hourwright/std";
import type { Caller } from "../../platform/operations/context.ts";

/** What a request leaves behind for the log and the audit. */
export type RequestTrace = {
  readonly requestId: string;
  /** The operation's id; `page` for the app, its documentation and health, `none` where nothing has the address. */
  readonly operation: string;
  /** Who asked, or whom the request signed in; null for nobody. */
  readonly actor: Pick<Caller, "userId" | "organisation"> | null;
  readonly addressHash: string;
  readonly client: string;
  readonly status: number;
  /** The problem it was refused with; null when it was answered, or was nothing that an operation could refuse. */
  readonly code: string | null;
  readonly tookMs: number;
};

/** Leaves exactly one trace of each request, whoever answered it. */
export type Tracer = {
  /** A keyed hash: whoever reads the log can tell addresses apart, and not learn them. */
  readonly hashAddress: (address: string) => string;
  /** By an operation, as soon as it is decided: it counts even when the client has hung up by then. */
  readonly leave: (request: FastifyRequest, trace: Omit<RequestTrace, "requestId" | "addressHash" | "client">) => void;
  /** By everything else, once it was answered. */
  readonly leaveRest: (request: FastifyRequest, reply: FastifyReply) => void;
  /** Of bytes that never became a request. */
  readonly leaveUnreadable: (requestId: string, address: string, status: number, code: string) => void;
};

/** Addresses of which the hash is kept: it is asked for twice a request. */
const HASHES_MAX = 5_000;

export function createTracer(write: (trace: RequestTrace) => void, hash: (address: string) => string): Tracer {
  const hashes = new Lru<string, string>(HASHES_MAX);
  const hashAddress = (address: string): string => {
    const known = hashes.get(address);
    if (known !== undefined) return known;
    const hashed = hash(address);
    hashes.set(address, hashed);
    return hashed;
  };
  const left = new WeakSet<FastifyRequest>();
  const leave: Tracer["leave"] = (request, trace) => {
    left.add(request);
    const client = request.headers["user-agent"] ?? "";
    write({ requestId: request.id, addressHash: hashAddress(request.ip), client, ...trace });
  };
  return {
    hashAddress,
    leave,
    leaveRest(request, reply) {
      if (left.has(request)) return;
      const operation = request.is404 ? "none" : "page";
      leave(request, { operation, actor: null, status: reply.statusCode, code: null, tookMs: reply.elapsedTime });
    },
    leaveUnreadable: (requestId, address, status, code) =>
      write({
        requestId,
        operation: "none",
        actor: null,
        addressHash: hashAddress(address),
        client: "",
        status,
        code,
        tookMs: 0,
      }),
  };
}
