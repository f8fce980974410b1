import { WORKER_MESSAGES } from "./messages.ts";
import { answerable, PAGE } from "./routes.ts";
import type { WorkerScope } from "./worker-scope.ts";

/**
 * The service worker: keeps the built app, so that it opens without a server. It knows no data: that is the page's
 * (`shelf.ts`), and what the API answers never passes through here.
 */

/** Put in by the build: its name, and the files that belong to it. */
declare const __BUILD__: string;
declare const __FILES__: readonly string[];

const scope = self as unknown as WorkerScope;

const CACHES = "hourwright-shell-";
const CACHE = CACHES + __BUILD__;
/** A tab that shows the build before still asks for its files. Older ones go. */
const CACHES_BEFORE_MAX = 1;
/** So long a page waits for the server before the one that is kept is shown. */
const PAGE_WAIT_MS = 3_000;

scope.addEventListener("install", (event) => {
  void event.addRoutes?.({ condition: { urlPattern: "/v1/*" }, source: "network" }).catch(() => {});
  event.waitUntil(fill());
});
scope.addEventListener("activate", (event) => event.waitUntil(removeOld().then(() => scope.clients.claim())));
scope.addEventListener("message", ({ data, ports }) => {
  if (data === WORKER_MESSAGES.build) ports[0]?.postMessage(__BUILD__);
  if (data === WORKER_MESSAGES.takeOver) void scope.skipWaiting();
});
scope.addEventListener("fetch", (event) => {
  const { request } = event;
  const what = answerable(request, location.origin);
  if (what === "file") event.respondWith(file(request));
  if (what !== "page") return;
  const asked = askServer(request);
  event.waitUntil(asked.then(keepPage).catch(() => {}));
  event.respondWith(page(asked));
});

/** All of it or nothing: a build whose files are not all there does not take over. */
async function fill(): Promise<void> {
  const cache = await caches.open(CACHE);
  await cache.addAll([...__FILES__]);
  if (!(await keepPage(await fetch(PAGE)))) throw new Error("the server has another build than its worker");
}

/** Keeps a page of this build with its headers: the nonce of its policy is in both. True when it is one. */
async function keepPage(answer: Response): Promise<boolean> {
  if (!answer.ok || !(await answer.clone().text()).includes(`data-build="${__BUILD__}"`)) return false;
  await (await caches.open(CACHE)).put(PAGE, answer);
  return true;
}

async function removeOld(): Promise<void> {
  const before = (await caches.keys()).filter((name) => name.startsWith(CACHES) && name !== CACHE); // The oldest first.
  await Promise.all(before.slice(0, -CACHES_BEFORE_MAX).map((name) => caches.delete(name)));
}

/** The server's page; a proxy that speaks in its place has none. */
async function askServer(request: Request): Promise<Response> {
  const answer = await fetch(request);
  if (answer.status >= 502) throw new Error(`the server answered ${answer.status}`);
  return answer;
}

/** The server's page, when it comes in time; else the one that is kept. */
async function page(asked: Promise<Response>): Promise<Response> {
  const own = asked.then((answer) => answer.clone()); // The other one is kept.
  const inTime = await Promise.race([own.catch(() => null), late(PAGE_WAIT_MS)]);
  return inTime ?? (await (await caches.open(CACHE)).match(PAGE, { ignoreVary: true })) ?? own;
}

/** Files are named by what is in them: one that is kept is the one that is meant. */
async function file(request: Request): Promise<Response> {
  const kept = await caches.match(request, { ignoreVary: true });
  if (kept !== undefined) return kept;
  const answer = await fetch(request);
  if (answer.ok && request.destination === "font") await (await caches.open(CACHE)).put(request, answer.clone());
  return answer;
}

const late = (ms: number): Promise<null> => new Promise((resolve) => setTimeout(() => resolve(null), ms));
