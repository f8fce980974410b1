import { createStore } from "../data/store.ts";
import { WORKER_MESSAGES } from "./messages.ts";

/** Whether the server has another version of the app than this page, ready to be loaded. Never loaded without being asked. */
export const updateStore = createStore<{ readonly isOffered: boolean }>({ isOffered: false });

const WORKER = "/worker.js";
/** A page that stays open asks so often; the browser asks with every load as well. */
const ASK_AGAIN_MS = 3_600_000;
const ANSWER_MS_MAX = 5_000;

/** Registers the service worker and watches for the next one. False where there can be none: the app then needs its server. */
export async function startWorker(): Promise<boolean> {
  if (!("serviceWorker" in navigator)) return false; // Not without https, and not in every private window.
  const { serviceWorker } = navigator;
  try {
    await serviceWorker.register(WORKER, { updateViaCache: "none" });
  } catch {
    return false;
  }
  const registration = await serviceWorker.getRegistration();
  if (registration === undefined) return false;
  const look = () => void lookAt(registration.waiting);
  registration.addEventListener("updatefound", () => registration.installing?.addEventListener("statechange", look));
  // Another tab has loaded it. The worker before it is no news: this page may be newer.
  serviceWorker.addEventListener("controllerchange", () => void lookAt(serviceWorker.controller));
  const ask = () => void registration.update().catch(() => {});
  setInterval(ask, ASK_AGAIN_MS);
  addEventListener("online", ask);
  look();
  return true;
}

/** Loads the version that is offered: what is on the page is read anew. */
export async function loadNewVersion(): Promise<void> {
  const registration = await navigator.serviceWorker.getRegistration();
  const waiting = registration?.waiting ?? null;
  if (waiting !== null) await takeOver(waiting);
  location.reload();
}

/** A worker of this page's own build may stand behind it at once; one of another is offered. */
async function lookAt(worker: ServiceWorker | null): Promise<void> {
  if (worker === null) return;
  const build = await buildOf(worker);
  if (build === null) return;
  if (build !== document.documentElement.dataset["build"]) updateStore.set({ isOffered: true });
  else if (worker.state === "installed") await takeOver(worker);
}

function takeOver(worker: ServiceWorker): Promise<void> {
  return new Promise((resolve) => {
    worker.addEventListener("statechange", () => worker.state === "activated" && resolve());
    setTimeout(resolve, ANSWER_MS_MAX);
    worker.postMessage(WORKER_MESSAGES.takeOver);
  });
}

/** The name of the build that a worker keeps; null when it does not say. */
function buildOf(worker: ServiceWorker): Promise<string | null> {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.addEventListener("message", ({ data }) => resolve(String(data)));
    port1.start();
    setTimeout(() => resolve(null), ANSWER_MS_MAX);
    worker.postMessage(WORKER_MESSAGES.build, [port2]);
  });
}
