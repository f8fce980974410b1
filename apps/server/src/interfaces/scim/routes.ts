import type { Readable } from "node:stream";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Clock } from "../../platform/clock.ts";
import { Unavailable } from "../../platform/failure.ts";
import { tooMany, type Budget, type RateLimits } from "../../platform/http/rate-limits.ts";
import {
  isFoundDirectly,
  type Fault,
  type Scim,
  type ScimAnswer,
  type ScimKind,
  type ScimVisit,
} from "../../contexts/identity/public.ts";
import { bounded, textOf, TooLarge } from "../rest/bodies.ts";
import { JSON_BYTES_MAX } from "../rest/routes.ts";
import type { Tracer } from "../rest/trace.ts";
import { resourceTypesOf, schemasOf, serviceProviderConfig } from "./discovery.ts";

export type ScimPorts = {
  readonly scim: Scim;
  readonly limits: RateLimits;
  readonly tracer: Tracer;
  readonly clock: Clock;
  readonly publicUrl: () => string;
};

type Json = { readonly [name: string]: unknown };
type Faulty = { readonly fault: Fault };
type Answer = ScimAnswer | Faulty;

const ROOT = "/scim/v2";
const MEDIA_TYPES: ReadonlySet<string> = new Set(["application/scim+json", "application/json"]);
const ERROR = "urn:ietf:params:scim:api:messages:2.0:Error";
const SEARCH = "urn:ietf:params:scim:api:messages:2.0:SearchRequest";

/**
 * SCIM 2.0 (RFC 7644) for directories: people as Users, teams as Groups. Counted as other requests are, by address and by token; what it
 * may be is said at `/ServiceProviderConfig`, which anybody may read.
 */
export function registerScim(server: FastifyInstance, ports: ScimPorts): void {
  const base = () => `${ports.publicUrl()}${ROOT}`;
  const answering =
    (operation: string, cost: Cost, answer: (asked: Asked) => Promise<Answer>) =>
    (request: FastifyRequest, reply: FastifyReply) =>
      answerRequest(ports, { operation, cost, base: base() }, request, reply, answer);

  for (const kind of ["Users", "Groups"] as const) {
    const path = `${ROOT}/${kind}`;
    server.get(
      path,
      answering(`scim.list${kind}`, "list", ({ visit, query }) => ports.scim.list(visit, kind, query)),
    );
    server.post(
      `${path}/.search`,
      answering(`scim.list${kind}`, "heavy", (asked) => searched(ports.scim, kind, asked)),
    );
    server.post(
      path,
      answering(
        `scim.create${kind}`,
        "write",
        withBody((body, { visit, query }) => ports.scim.create(visit, kind, body, query)),
      ),
    );
    server.get(
      `${path}/:id`,
      answering(`scim.read${kind}`, "read", ({ visit, id, query }) => ports.scim.read(visit, kind, id, query)),
    );
    server.put(
      `${path}/:id`,
      answering(
        `scim.replace${kind}`,
        "write",
        withBody((body, { visit, id, query }) => ports.scim.replace(visit, kind, id, body, query)),
      ),
    );
    server.patch(
      `${path}/:id`,
      answering(
        `scim.patch${kind}`,
        "write",
        withBody((body, { visit, id, query }) => ports.scim.patch(visit, kind, id, body, query)),
      ),
    );
    server.delete(
      `${path}/:id`,
      answering(`scim.remove${kind}`, "write", ({ visit, id }) => ports.scim.remove(visit, kind, id)),
    );
  }

  const told =
    (find: (base: string, id: string | null) => Json | null) =>
    async (request: FastifyRequest, reply: FastifyReply) => {
      const { id = null } = request.params as { readonly id?: string };
      const budget = await ports.limits.byAddress(ports.tracer.hashAddress(request.ip), "read");
      if (!budget.allowed) return sendFault(reply, tooManyFault(budget), request.id);
      // RFC 7644 §4: what these say is not searched.
      const isSearched = new URLSearchParams(request.url.split("?")[1] ?? "").has("filter");
      const found = isSearched ? null : find(base(), id);
      if (found !== null) return sendJson(reply.code(200), found, request.id);
      return sendFault(reply, isSearched ? notSearched : nothingHere, request.id);
    };
  server.get(`${ROOT}/ServiceProviderConfig`, told(serviceProviderConfig));
  for (const [name, of] of [
    ["ResourceTypes", resourceTypesOf],
    ["Schemas", schemasOf],
  ] as const) {
    server.get(`${ROOT}/${name}`, told(of));
    server.get(`${ROOT}/${name}/:id`, told(of));
  }
  for (const path of [`${ROOT}/Bulk`, `${ROOT}/Me`])
    server.all(path, (request, reply) => sendFault(reply, notImplemented, request.id));
  server.all(`${ROOT}/*`, (request, reply) => sendFault(reply, nothingHere, request.id));
}

type Asked = {
  readonly visit: ScimVisit;
  readonly id: string;
  readonly query: Json;
  readonly body: () => Promise<Json | Faulty>;
};

const withBody =
  (answer: (body: Json, asked: Asked) => Promise<Answer>) =>
  async (asked: Asked): Promise<Answer> => {
    const body = await asked.body();
    return isFault(body) ? body : answer(body, asked);
  };

async function searched(scim: Scim, kind: ScimKind, { visit, body }: Asked): Promise<Answer> {
  const given = await body();
  if (isFault(given)) return given;
  const { schemas } = given;
  const isSearch =
    Array.isArray(schemas) &&
    schemas.some((each) => (typeof each === "string" ? each : "").toLowerCase() === SEARCH.toLowerCase());
  return isSearch ? scim.list(visit, kind, given) : faulty(400, `“schemas” names ${SEARCH}.`, "invalidSyntax");
}

/** What a request costs of a budget; of lists by what they ask for. */
type Cost = "read" | "write" | "heavy" | "list";

type Entry = { readonly operation: string; readonly cost: Cost; readonly base: string };

/** Limit by address, ask who comes, limit by them, read, answer: as with every request. */
async function answerRequest(
  ports: ScimPorts,
  entry: Entry,
  request: FastifyRequest,
  reply: FastifyReply,
  answer: (asked: Asked) => Promise<Answer>,
): Promise<FastifyReply> {
  const startedMs = ports.clock.monotonicMs();
  let organisation: { readonly userId: string; readonly organisation: number } | null = null;
  const answered = await (async (): Promise<Answer> => {
    const query = queryOf(request);
    const cost = entry.cost !== "list" ? entry.cost : isFoundDirectly(query) ? "read" : "heavy";
    const address = ports.tracer.hashAddress(request.ip);
    const ofAddress = await ports.limits.byAddress(address, cost);
    if (!ofAddress.allowed) return { fault: tooManyFault(ofAddress) };
    const directory = await ports.scim.directoryOf(headerOf(request, "authorization"));
    const budget =
      directory === null
        ? await ports.limits.byStranger(address, cost)
        : await ports.limits.byActor(directory.tokenId, cost);
    if (!budget.allowed) return { fault: tooManyFault(budget) };
    if (directory === null) return unauthenticated;
    organisation = { userId: directory.tokenId, organisation: directory.organisation };
    const visit: ScimVisit = {
      directory,
      requestId: request.id,
      base: entry.base,
      ifMatch: headerOf(request, "if-match") ?? undefined,
      ifNoneMatch: headerOf(request, "if-none-match") ?? undefined,
    };
    const { id = "" } = request.params as { readonly id?: string };
    return answer({ visit, id, query, body: () => bodyOf(request) });
  })().catch((error: unknown) => failureOf(error, request));
  const status = isFault(answered) ? answered.fault.status : answered.status;
  ports.tracer.leave(request, {
    operation: entry.operation,
    actor: organisation,
    status,
    code: isFault(answered) ? (answered.fault.scimType ?? `scim/${status}`) : null,
    tookMs: ports.clock.monotonicMs() - startedMs,
  });
  if (isFault(answered)) return sendFault(reply, answered.fault, request.id);
  if (answered.version !== undefined) reply.header("etag", answered.version);
  if (answered.location !== undefined) reply.header("location", answered.location);
  reply.code(answered.status).header("cache-control", "private, no-store");
  return answered.body === null
    ? reply.header("request-id", request.id).send()
    : sendJson(reply, answered.body, request.id);
}

/** A bug is logged in full and told to nobody. */
function failureOf(error: unknown, request: FastifyRequest): Faulty {
  if (error instanceof TooLarge) return faulty(413, `Send at most ${error.bytesMax} bytes.`);
  if (error instanceof Unavailable) {
    request.log.warn({ err: error, requestId: request.id }, "unavailable");
    return faulty(503, "Nothing was changed. Ask again shortly.");
  }
  request.log.error({ err: error, requestId: request.id }, "a bug ended this request");
  return faulty(500, `Nothing was changed. Name ${request.id} when you ask for help.`);
}

const isFault = (value: object): value is Faulty => "fault" in value;
const faulty = (status: Fault["status"], detail: string, scimType: Fault["scimType"] = null): Faulty => ({
  fault: { status, scimType, detail },
});

const unauthenticated = faulty(401, "Send a token that an administrator has made for this directory.");
const nothingHere: Fault = { status: 404, scimType: null, detail: "Nothing has this address." };
const notSearched: Fault = { status: 403, scimType: null, detail: "What is here is read whole." };
const notImplemented: Fault = { status: 501, scimType: null, detail: "ServiceProviderConfig says what is supported." };

const tooManyFault = (budget: Budget): Fault & { readonly retryAfterSeconds: number } => ({
  status: 429,
  scimType: null,
  detail: tooMany(budget).refused.detail,
  retryAfterSeconds: budget.resetSeconds,
});

function queryOf(request: FastifyRequest): Json {
  const search = new URLSearchParams(request.url.split("?")[1] ?? "");
  return Object.fromEntries(search);
}

const DEPTH_MAX = 12;

async function bodyOf(request: FastifyRequest): Promise<Json | Faulty> {
  const given = (headerOf(request, "content-type") ?? "").split(";")[0]!.trim().toLowerCase();
  if (!MEDIA_TYPES.has(given) || headerOf(request, "content-encoding") !== null)
    return faulty(415, "Send application/scim+json, not compressed.");
  if (Number(request.headers["content-length"] ?? 0) > JSON_BYTES_MAX)
    return faulty(413, `Send at most ${JSON_BYTES_MAX} bytes.`);
  try {
    const body: unknown = JSON.parse(await textOf(bounded(request.body as Readable, JSON_BYTES_MAX)));
    if (typeof body === "object" && body !== null && !Array.isArray(body) && isShallow(body, DEPTH_MAX))
      return body as Json;
  } catch (error) {
    if (!(error instanceof SyntaxError) && !(error instanceof TypeError)) throw error;
  }
  return faulty(400, "The body is no JSON object in UTF-8.", "invalidSyntax");
}

const isShallow = (value: unknown, depthLeft: number): boolean =>
  typeof value !== "object" ||
  value === null ||
  (depthLeft > 0 &&
    !Object.hasOwn(value, "__proto__") &&
    Object.values(value).every((each) => isShallow(each, depthLeft - 1)));

function headerOf(request: FastifyRequest, name: string): string | null {
  const value = request.headers[name];
  return typeof value === "string" && value !== "" ? value : null;
}

const sendJson = (reply: FastifyReply, body: Json, requestId: string): FastifyReply =>
  reply
    .header("request-id", requestId)
    .header("content-type", "application/scim+json; charset=utf-8")
    .send(JSON.stringify(body));

function sendFault(
  reply: FastifyReply,
  refused: Fault & { readonly retryAfterSeconds?: number },
  requestId: string,
): FastifyReply {
  const { status, scimType, detail, retryAfterSeconds } = refused;
  if (retryAfterSeconds !== undefined) reply.header("retry-after", String(retryAfterSeconds));
  if (status === 401) reply.header("www-authenticate", "Bearer");
  const body = { schemas: [ERROR], status: String(status), ...(scimType === null ? {} : { scimType }), detail };
  return sendJson(reply.code(status).header("cache-control", "no-store"), body, requestId);
}
