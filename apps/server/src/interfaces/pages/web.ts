import { randomBytes } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { extname, join, relative } from "node:path";
import type { FastifyInstance, FastifyReply } from "fastify";
import { pagePolicy, workerPolicy } from "../../platform/http/security-headers.ts";

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
  ".json": "application/json",
  ".webmanifest": "application/manifest+json",
  ".txt": "text/plain; charset=utf-8",
};

/** Addresses of the app's own places. */
const PLACES = [
  "/",
  ...[
    "year",
    "week",
    "day",
    "agenda",
    "conflicts",
    "team",
    "staff",
    "leagues",
    "settings",
    "bookings",
    "approvals",
  ].flatMap((place) => [`/${place}`, `/${place}/*`]),
  "/proof",
  "/sign-in",
  "/setup",
  "/start",
  "/join/*",
];

/** The service worker, at the root because it stands for everything below where it lies. */
const WORKER = "/worker.js";

/** The loader of embedded booking pages: the one file that other sites' pages may load. */
const EMBED = "/embed.js";

/** Files of the built web app, read once: a few megabytes. */
const FILES_MAX = 2_000;

/** Serves the built web app: its files, and the page at each of its places. */
export function registerWeb(server: FastifyInstance, folder: string): void {
  const files = readFolder(folder);
  const index = files.get("/index.html")?.toString("utf8") ?? null;
  const page = (reply: FastifyReply) => {
    if (index === null) {
      return reply
        .code(503)
        .type("text/plain; charset=utf-8")
        .send("The web app has not been built. Run `npm start`, which builds it.\n");
    }
    const nonce = randomBytes(16).toString("base64url");
    return reply
      .header("content-security-policy", pagePolicy(nonce))
      .header("cache-control", "no-store")
      .type("text/html; charset=utf-8")
      .send(index.replaceAll("__NONCE__", nonce));
  };
  for (const [path, bytes] of files) {
    if (path === "/index.html" || path === "/booking.json") continue;
    server.get(path, (_request, reply) =>
      reply
        .headers(path === WORKER ? { "content-security-policy": workerPolicy } : {})
        .headers(path === EMBED ? { "cross-origin-resource-policy": "cross-origin" } : {})
        .header("cache-control", path.startsWith("/assets/") ? "public, max-age=31536000, immutable" : "no-cache")
        .type(TYPES[extname(path)] ?? "application/octet-stream")
        .send(bytes),
    );
  }
  for (const path of PLACES) server.get(path, (_request, reply) => page(reply));
  // To whoever reads pages, an address that is nothing is said on a page; programs are answered as everywhere.
  server.get("/*", (request, reply) =>
    request.headers.accept?.includes("text/html") === true ? page(reply.code(404)) : reply.callNotFound(),
  );
}

function readFolder(folder: string): Map<string, Buffer> {
  if (!existsSync(folder)) return new Map();
  return new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.name.startsWith("."))
      .slice(0, FILES_MAX)
      .map((entry) => {
        const path = join(entry.parentPath, entry.name);
        return [`/${relative(folder, path).replaceAll("\\", "/")}`, readFileSync(path)] as const;
      }),
  );
}
