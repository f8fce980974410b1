import { STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import { constants } from "node:zlib";
import compress from "@fastify/compress";
import fastify, { LogController, type FastifyInstance, type FastifyRequest } from "fastify";
import type { Logger } from "pino";
import {
  catalogue,
  refuseRequest,
  requestProblems,
  toProblemJson,
  type Operation,
  type Problem,
} from "@hourwright/contract";
import { httpsOnly, securityHeaders } from "../../platform/http/security-headers.ts";
import type { IdMaker } from "../../platform/ids.ts";
import type { Certificate } from "./certificate.ts";
import { sendRefusal } from "./routes.ts";
import type { Tracer } from "./trace.ts";

/** Bounds of a connection. An import of 110 MB over a slow line fits into the longest. */
const REQUEST_MS_MAX = 300_000;
const HEADERS_MS_MAX = 15_000;
const KEEP_ALIVE_MS = 30_000;
const URL_CHARACTERS_MAX = 16_384;

export type ServerOptions = {
  readonly log: Logger;
  readonly newId: IdMaker;
  readonly tracer: Tracer;
  readonly trustProxy: readonly string[];
  readonly tls: Certificate | null;
  /** Whether a Host header names this server. Another name is a page of another site that had its name point here. */
  readonly isOwnHost: (host: string) => boolean;
};

/** The HTTP server without its routes: ids, headers, compression, and the answers to what has no address. */
export async function createHttpServer({
  log,
  newId,
  tracer,
  trustProxy,
  tls,
  isOwnHost,
}: ServerOptions): Promise<FastifyInstance> {
  const server = fastify({
    loggerInstance: withoutChildren(log) as never,
    // One line for each request is written by the tracer, with who asked and what came of it.
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => newId("req"),
    trustProxy: trustProxy.length === 0 ? false : [...trustProxy],
    requestTimeout: REQUEST_MS_MAX,
    keepAliveTimeout: KEEP_ALIVE_MS,
    forceCloseConnections: "idle",
    routerOptions: { maxParamLength: 1_000 },
    // The router's own: an address that cannot be decoded, a part of it that is too long.
    frameworkErrors: (_error, request, reply) => {
      void sendRefusal(reply.headers(securityHeaders), unreadableAddress, request.id);
      tracer.leaveRest(request, reply); // No hook is called for these.
    },
    clientErrorHandler: (error, socket) => refuseConnection(error, socket, newId("req"), tracer),
    // A request without Host is refused below, in words.
    ...(tls === null ? { http: { requireHostHeader: false } } : { https: { ...tls, requireHostHeader: false } }),
  }) as unknown as FastifyInstance;
  server.server.headersTimeout = HEADERS_MS_MAX;

  // Bodies stay streams until the limits and the session have been asked.
  server.removeAllContentTypeParsers();
  server.addContentTypeParser("*", (_request, payload, done) => done(null, payload));

  await server.register(compress, {
    threshold: 1_024,
    encodings: ["zstd", "br", "gzip"],
    brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } },
    // Compressed requests are refused by every operation; nothing here unpacks them.
    globalDecompression: false,
  });
  // Both hooks are of the kind that calls on: a promise for each request is dearer than what they do.
  server.addHook("onRequest", (request, reply, goOn) => {
    reply.headers(request.protocol === "https" ? securityHeadersOverTls : securityHeaders);
    const barred = barredAtTheDoor(request, isOwnHost);
    if (barred === null) goOn();
    else sendRefusal(reply, barred, request.id);
  });
  server.addHook("onResponse", (request, reply, goOn) => {
    tracer.leaveRest(request, reply);
    goOn();
  });
  server.setNotFoundHandler((request, reply) => {
    const methods = methodsOf(request.url.split("?")[0]!);
    if (methods.length === 0) {
      const { refused } = requestProblems.refuse("not-found", "No operation has this address. /docs lists them all.");
      return sendRefusal(reply, refused, request.id);
    }
    const { refused } = requestProblems.refuse("method-not-allowed", `This address answers ${methods.join(", ")}.`);
    return sendRefusal(reply.header("allow", methods.join(", ")), refused, request.id);
  });
  server.setErrorHandler((error, request, reply) => {
    const { statusCode } = error as { statusCode?: number };
    if (statusCode !== undefined && statusCode < 500) {
      const { refused } = requestProblems.refuse("invalid", "The request could not be read.");
      return sendRefusal(reply, refused, request.id);
    }
    request.log.error({ err: error, requestId: request.id }, "a bug ended this request");
    const { refused } = refuseRequest("internal", "named", { id: request.id });
    return sendRefusal(reply, refused, request.id);
  });
  return server;
}

/** What is logged of a request names its id itself: a logger for each request would be made for nothing. */
function withoutChildren(log: Logger): object {
  const same: object = Object.create(log, { child: { value: () => same } });
  return same;
}

const securityHeadersOverTls = { ...securityHeaders, ...httpsOnly };

/** What is wrong with a request before anybody knows what it asks for. */
function barredAtTheDoor(request: FastifyRequest, isOwnHost: (host: string) => boolean): Problem | null {
  if (request.headers.host === undefined && request.raw.httpVersion === "1.1") return hostMissing;
  if (!isOwnHost(request.hostname)) return wrongHost;
  return request.url.length > URL_CHARACTERS_MAX ? addressTooLong : null;
}

const wrongHost = requestProblems.refuse(
  "wrong-origin",
  "This server is not reached by that name; PUBLIC_URL sets it.",
).refused;
const addressTooLong = requestProblems.refuse(
  "too-large",
  `The address may have ${URL_CHARACTERS_MAX} characters.`,
).refused;
const hostMissing = requestProblems.refuse("invalid", "headers.host: HTTP/1.1 wants one (RFC 9112 §3.2).").refused;
const unreadableAddress = requestProblems.refuse("invalid", "The address cannot be read.").refused;
const unreadableHttp = requestProblems.refuse("invalid", "This is no HTTP request that can be read.").refused;
const headTooLarge = requestProblems.refuse(
  "too-large",
  "The address and the headers may have 16 kB together.",
).refused;
const tooSlow = requestProblems.refuse("invalid", "The request took too long to arrive.").refused;

/** Answers bytes that never became a request (RFC 9112 §2.2, §6.3), and ends the connection. */
function refuseConnection(error: { code: string }, socket: Socket, requestId: string, tracer: Tracer): void {
  if (error.code === "ECONNRESET" || !socket.writable) return void socket.destroy();
  const problem =
    error.code === "HPE_HEADER_OVERFLOW"
      ? headTooLarge
      : error.code === "ERR_HTTP_REQUEST_TIMEOUT"
        ? tooSlow
        : unreadableHttp;
  tracer.leaveUnreadable(requestId, socket.remoteAddress ?? "", problem.status, problem.code);
  const body = JSON.stringify(toProblemJson(problem, requestId));
  const head = [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
    "content-type: application/problem+json; charset=utf-8",
    `content-length: ${Buffer.byteLength(body)}`,
    "connection: close",
  ];
  socket.end(`${head.join("\r\n")}\r\n\r\n${body}`, () => void socket.destroy());
}

const addresses = (Object.values(catalogue) as Operation[])
  .filter((entry) => entry.internal !== true)
  .map((entry) => ({ pattern: new RegExp(`^${entry.path.replaceAll(/\{\w+\}/g, "[^/]+")}$`), method: entry.method }));

const methodsOf = (path: string): string[] => [
  ...new Set(addresses.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method)),
];
