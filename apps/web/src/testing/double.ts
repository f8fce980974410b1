import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { readFileSync } from "node:fs";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { routes } from "./double-routes.ts";
import { createState, problem, type DoubleOptions, type State } from "./double-state.ts";
import type { World } from "./larkfield.ts";

/**
 * A small server in memory that speaks the web's part of the API, for developing and for browser tests without a
 * database. It serves `dist` under the same policy as the real one. Not for use by anyone but tests.
 */

const dist = fileURLToPath(new URL("../../dist", import.meta.url));

export type { DoubleOptions } from "./double-state.ts";
export type Double = AsyncDisposable & { readonly url: string; readonly world: World; readonly reports: string[] };

export async function startDouble(options: DoubleOptions): Promise<Double> {
  const reports: string[] = [];
  const state = createState(options, reports);
  const server = createServer((request, response) => {
    answer(state, request, response).catch((error: unknown) => send(response, 500, { detail: String(error) }));
  });
  await new Promise<void>((resolve) => server.listen(options.port, "127.0.0.1", resolve));
  return {
    url: `http://localhost:${portOf(server)}`,
    world: state.world,
    reports,
    [Symbol.asyncDispose]: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

const WITHOUT_SESSION = /^\/v1\/(session|setup)$/;

async function answer(state: State, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? "/", "http://localhost");
  const method = request.method ?? "GET";
  const body = await bodyOf(request);
  if (url.pathname === "/csp-report") {
    state.reports.push(body);
    return send(response, 204);
  }
  if (!url.pathname.startsWith("/v1/")) return sendFile(response, url.pathname);
  if (!state.session.signedIn && !WITHOUT_SESSION.test(url.pathname))
    return send(response, 401, problem(401, "request/unauthenticated", "Please sign in."));
  for (const [routeMethod, path, handle] of routes) {
    const found = routeMethod === method ? path.exec(url.pathname) : null;
    if (found === null) continue;
    const reply = handle(state, { url, method, body }, decodeURIComponent(found[1] ?? ""));
    if (reply.requestId !== undefined) response.setHeader("request-id", reply.requestId);
    if (reply.location !== undefined) response.setHeader("location", reply.location);
    return send(response, reply.status, reply.body);
  }
  return send(response, 404, problem(404, "request/not-found", `Nothing answers ${method} ${url.pathname}.`));
}

const BODY_BYTES_MAX = 8_388_608;

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > BODY_BYTES_MAX) throw new Error(`a body of more than ${BODY_BYTES_MAX} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function send(response: ServerResponse, status: number, body?: unknown): void {
  const type = status >= 400 ? "application/problem+json" : "application/json";
  response.writeHead(status, body === undefined ? {} : { "content-type": type });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}

const TYPES: Readonly<Record<string, string>> = {
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
};

/** Files of `dist`; every other address is the page, with a nonce in it and in the policy. */
function sendFile(response: ServerResponse, pathname: string): void {
  const type = TYPES[extname(pathname)];
  if (type !== undefined && normalize(pathname) === pathname) {
    try {
      const bytes = readFileSync(join(dist, pathname));
      response.writeHead(200, { "content-type": type });
      response.end(bytes);
    } catch {
      send(response, 404, problem(404, "request/not-found", `There is no file ${pathname}.`));
    }
    return;
  }
  const nonce = crypto.randomUUID();
  const policy =
    `default-src 'self'; script-src 'self' 'nonce-${nonce}'; style-src 'self' 'nonce-${nonce}'; img-src 'self'; ` +
    `font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; report-uri /csp-report`;
  response.writeHead(200, { "content-type": "text/html; charset=utf-8", "content-security-policy": policy });
  response.end(readFileSync(join(dist, "index.html"), "utf8").replaceAll("__NONCE__", nonce));
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return address.port;
}
