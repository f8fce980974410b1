import { Readable } from "node:stream";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { assert, Lru } from "@hourwright/std";
import {
  catalogue,
  isRefused,
  refuseRequest,
  requestProblems,
  type Operation,
  type OperationId,
  type Problem,
} from "@hourwright/contract";
import type { Clock } from "../../platform/clock.ts";
import { IDEMPOTENCY_KEY_CHARACTERS_MAX } from "../../platform/changes/idempotency.ts";
import { Unavailable } from "../../platform/failure.ts";
import { attachmentOf } from "../../platform/http/disposition.ts";
import { isHeld, sendProblem } from "../../platform/http/reply.ts";
import { queryValues } from "../../platform/http/query-values.ts";
import {
  FileAnswer,
  RawJson,
  type Arrived,
  type Caller,
  type IfMatch,
  type RequestContext,
} from "../../platform/operations/context.ts";
import type { RawInput } from "../../platform/operations/dispatcher.ts";
import { fixed } from "../../platform/operations/input.ts";
import { bounded, textOf, TooLarge } from "./bodies.ts";
import { cutTo } from "./fields.ts";
import { runPipeline, type Arrival, type Outcome, type Pipeline } from "./pipeline.ts";
import type { Tracer } from "./trace.ts";

/** The largest JSON body: 10,000 events given to detect-conflicts fit. */
export const JSON_BYTES_MAX = 2 * 1_048_576;
/** How deep it may be nested: the deepest input of ours has six levels. */
const JSON_DEPTH_MAX = 64;

/** In whose name units are run: somebody who signed in, or anybody who names what is public in an organisation. */
export type UnitsBy = Caller | { readonly organisation: number; readonly userId: null };

export type RestPorts = Pipeline & {
  readonly clock: Clock;
  readonly tracer: Tracer;
  readonly ownOrigins: (request: FastifyRequest) => readonly string[];
  readonly unitsOf: (
    by: UnitsBy | null,
    operation: string,
    requestId: string,
  ) => Pick<RequestContext, "read" | "write" | "attempt">;
};

/** One route for each operation of the catalogue that has an address. */
export function registerOperations(server: FastifyInstance, ports: RestPorts): void {
  for (const [id, entry] of Object.entries(catalogue) as [OperationId, Operation][]) {
    if (entry.internal) continue;
    server.route({
      method: entry.method,
      url: entry.path.replaceAll(/\{(\w+)\}/g, ":$1"),
      handler: (request, reply) => answerRequest(id, entry, request, reply, ports),
    });
  }
}

async function answerRequest(
  id: OperationId,
  entry: Operation,
  request: FastifyRequest,
  reply: FastifyReply,
  ports: RestPorts,
): Promise<FastifyReply> {
  const startedMs = ports.clock.monotonicMs();
  const answering: RequestContext["reply"] = { headers: {} };
  const idempotencyKey = headerOf(request, "idempotency-key");
  const contextFor = contextsOf(id, request, reply, ports, { reply: answering, idempotencyKey });

  let outcome: Outcome | null = null;
  let problem: Problem | null = null;
  try {
    outcome = await runPipeline(
      id,
      entry,
      arrivalOf(request, ports, () => inputOf(entry, request)),
      contextFor,
      ports,
    );
    problem = isRefused(outcome.answer) ? outcome.answer.refused : null;
  } catch (error) {
    problem = failureOf(error, request);
    if (problem === null) throw error;
  }
  for (const [name, value] of Object.entries(answering.headers)) reply.header(name, value);
  if (outcome !== null) budgetHeaders(reply, outcome);
  ports.tracer.leave(request, {
    operation: id,
    actor: outcome?.caller ?? answering.actor ?? null,
    status: problem?.status ?? answering.status ?? entry.status,
    code: problem?.code ?? null,
    tookMs: ports.clock.monotonicMs() - startedMs,
  });
  if (problem !== null) return sendRefusal(reply, problem, request.id);
  return sendAnswer(entry, answering.status ?? entry.status, outcome!.answer, request, reply);
}

/** What a request is to an operation, once it is known who came: its own names, versions and units. */
export function contextsOf(
  id: OperationId,
  request: FastifyRequest,
  reply: FastifyReply,
  ports: RestPorts,
  own: Pick<RequestContext, "reply" | "idempotencyKey">,
): (arrived: Arrived | null) => RequestContext {
  const contextFor = (arrived: Arrived | null): RequestContext => ({
    requestId: request.id,
    operation: id,
    nowMs: ports.clock.nowMs(),
    caller: arrived?.caller ?? null,
    organisation: arrived?.caller.organisation ?? null,
    asOf: arrived?.asOf ?? null,
    addressHash: ports.tracer.hashAddress(request.ip),
    isLoopbackClient: isLoopbackAddress(request.ip),
    plainHttp: request.protocol !== "https",
    cookie: request.headers.cookie ?? "",
    ifMatch: versionsOf(request.headers["if-match"]),
    prefersLater: (catalogue[id] as Operation).mayLast === true && prefersAsync(headerOf(request, "prefer")),
    ...own,
    gone: () => goneSignal(reply),
    ...ports.unitsOf(arrived?.caller ?? null, id, request.id),
    within: (organisation) => ({
      ...contextFor(null),
      organisation,
      asOf: "unasked",
      ...ports.unitsOf({ organisation, userId: null }, id, request.id),
    }),
  });
  return contextFor;
}

/** RFC 7240 §2: preferences apart by commas, each with parameters of its own. */
const prefersAsync = (header: string | null): boolean =>
  header?.split(",").some((each) => each.split(";")[0]!.trim().toLowerCase() === "respond-async") === true;

/** Made for those who ask: most requests are answered sooner than anybody leaves. */
function goneSignal({ raw }: FastifyReply): AbortSignal {
  const gone = new AbortController();
  const leave = () => gone.abort(new Unavailable("whoever asked has gone"));
  if (raw.destroyed) leave();
  else raw.once("close", () => raw.writableEnded || leave());
  return gone.signal;
}

export function arrivalOf(request: FastifyRequest, ports: RestPorts, input: Arrival["input"]): Arrival {
  return {
    addressHash: ports.tracer.hashAddress(request.ip),
    authorization: headerOf(request, "authorization"),
    cookie: request.headers.cookie ?? "",
    origin: headerOf(request, "origin"),
    fetchSite: headerOf(request, "sec-fetch-site"),
    ownOrigins: ports.ownOrigins(request),
    input,
  };
}

/** Reads the body and the query as text and gives them to the contract. */
async function inputOf(entry: Operation, request: FastifyRequest): Promise<RawInput | { refused: Problem }> {
  const query = queryOf(entry, request);
  if (isRefused(query)) return query;
  if ((headerOf(request, "idempotency-key") ?? "").length > IDEMPOTENCY_KEY_CHARACTERS_MAX) {
    const most = `at most ${IDEMPOTENCY_KEY_CHARACTERS_MAX} characters`;
    return requestProblems.refuse("invalid", `headers.idempotency-key: a key has ${most}.`);
  }
  const raw = { params: request.params, query };
  if (entry.body === undefined && entry.upload === undefined) return { ...raw, body: undefined };

  const wanted = entry.upload?.mediaType ?? "application/json";
  const given = (headerOf(request, "content-type") ?? "").split(";")[0]!.trim().toLowerCase();
  if (given !== wanted || headerOf(request, "content-encoding") !== null) {
    return requestProblems.refuse("unsupported-media-type", `Send ${wanted}, not compressed.`);
  }
  const bytesMax = entry.upload?.bytesMax ?? JSON_BYTES_MAX;
  if (Number(request.headers["content-length"] ?? 0) > bytesMax) return tooLarge(bytesMax);
  if (entry.upload !== undefined) return { ...raw, body: bounded(request.body as Readable, bytesMax) };
  try {
    return { ...raw, body: parseJson(await textOf(bounded(request.body as Readable, bytesMax))) };
  } catch (error) {
    if (error instanceof TooLarge) return tooLarge(bytesMax);
    if (error instanceof SyntaxError || error instanceof TypeError) {
      return requestProblems.refuse("invalid", "body: this is not JSON in UTF-8.");
    }
    throw error;
  }
}

/** Queries of so many characters and less are kept, so many of them: a page asks with some dozens. */
const KEPT_QUERY_CHARACTERS_MAX = 1_024;
const KEPT_QUERIES_MAX = 2_000;
const keptQueries = new Lru<string, Record<string, unknown>>(KEPT_QUERIES_MAX);

/** The values of a query: the same object for the same text, as long as it is kept, so that it is parsed once. */
function queryOf(entry: Operation, { url }: FastifyRequest): Record<string, unknown> | { refused: Problem } {
  const mark = url.indexOf("?");
  const text = mark === -1 ? "" : url.slice(mark + 1);
  const key = `${entry.id} ${text}`;
  const kept = keptQueries.get(key);
  if (kept !== undefined) return kept;
  const search = new URLSearchParams(text);
  if (entry.query === undefined) {
    if (search.size === 0) return {};
    const name = [...search.keys()][0]!;
    return requestProblems.refuse("invalid", `query.${name}: this address takes no query.`);
  }
  const values = fixed(queryValues(entry.query, search));
  if (text.length <= KEPT_QUERY_CHARACTERS_MAX) keptQueries.set(key, values);
  return values;
}

/** JSON without the one key that reaches into every object. */
function parseJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  cleanse(value, JSON_DEPTH_MAX);
  return value;
}

function cleanse(value: unknown, depthLeft: number): void {
  if (typeof value !== "object" || value === null) return;
  if (depthLeft === 0) throw new SyntaxError(`nested deeper than ${JSON_DEPTH_MAX}`);
  if (Object.hasOwn(value, "__proto__")) delete (value as Record<string, unknown>)["__proto__"];
  for (const part of Object.values(value)) cleanse(part, depthLeft - 1);
}

const tooLarge = (bytesMax: number) => refuseRequest("too-large", "bytes", { bytesMax }, { bytesMax });

/** What failed outside is 503 with the request's id; a bug is null, and the error handler's. */
export function failureOf(error: unknown, request: FastifyRequest): Problem | null {
  if (error instanceof TooLarge) return tooLarge(error.bytesMax).refused;
  if (!(error instanceof Unavailable)) return null;
  request.log.warn({ err: error, requestId: request.id }, "unavailable");
  return refuseRequest("unavailable", "soon", {}, { retryAfterSeconds: error.retryAfterSeconds }).refused;
}

export function sendRefusal(reply: FastifyReply, problem: Problem, requestId: string): FastifyReply {
  const wait = problem.extra["retryAfterSeconds"];
  if (typeof wait === "number") reply.header("retry-after", String(wait));
  if (problem.status === 401) reply.header("www-authenticate", "Bearer");
  reply.header("request-id", requestId);
  return sendProblem(reply, problem, requestId);
}

function sendAnswer(
  entry: Operation,
  status: number,
  answer: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  reply.code(status).header("request-id", request.id);
  if (status === 204) return reply.send();
  if (answer instanceof FileAnswer) {
    reply.header("content-type", answer.mediaType).header("content-disposition", attachmentOf(answer.fileName));
    const etag = reply.getHeader("etag");
    reply.header("cache-control", etag === undefined ? "private, no-store" : "private, no-cache");
    if (etag !== undefined && isHeld(request.headers["if-none-match"], String(etag))) return reply.code(304).send();
    return reply.send(Readable.from(answer.parts));
  }
  assert(answer !== undefined, `${entry.id} answered nothing`);
  const written = answer instanceof RawJson ? answer : new RawJson(JSON.stringify(answer));
  const { fields } = queryOf(entry, request) as { fields?: readonly string[] };
  const json = fields === undefined || fields.length === 0 ? written : cutTo(new Set(fields), entry, written);
  reply.header("content-type", "application/json; charset=utf-8").header("cache-control", "private, no-cache");
  if (entry.kind === "query" && entry.method === "GET") {
    const etag = reply.getHeader("etag") ?? json.tag;
    reply.header("etag", etag);
    if (isHeld(request.headers["if-none-match"], String(etag))) return reply.code(304).send();
  }
  return reply.send(json.bytes);
}

function budgetHeaders(reply: FastifyReply, { budget }: Outcome): void {
  if (!Number.isFinite(budget.limit)) return;
  reply.header("ratelimit", `limit=${budget.limit}, remaining=${budget.left}, reset=${budget.resetSeconds}`);
}

function headerOf(request: FastifyRequest, name: string): string | null {
  const value = request.headers[name];
  return typeof value === "string" && value !== "" ? value : null;
}

/**
 * `If-Match: "7", "8"` as 7 and 8. A tag that is no version of ours matches nothing, and neither does a weak one: tags
 * are compared strongly (RFC 9110 §13.1.1).
 */
function versionsOf(header: string | undefined): IfMatch {
  if (header === undefined || header.trim() === "*") return null;
  return header.split(",").flatMap((tag) => {
    const version = /^"(\d{1,15})"$/.exec(tag.trim())?.[1];
    return version === undefined ? [] : [Number(version)];
  });
}

const isLoopbackAddress = (address: string): boolean =>
  address === "::1" || address.startsWith("127.") || address.startsWith("::ffff:127.");
