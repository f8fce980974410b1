import type { LiveFromClient, LiveFromServer } from "@hourwright/contract";
import { api, isGoneAfter, isSignedOut } from "./api.ts";
import { noticeSignedOut, sessionStore } from "./session.ts";
import { createStore } from "./store.ts";

export type Person = { readonly personId: string; readonly name: string };
export type View = { readonly place: string; readonly year: number };

/** How the page hears of changes, and who else looks where one looks. */
export const liveStore = createStore<{
  readonly status: "connecting" | "live" | "away";
  readonly others: readonly Person[];
  readonly othersCount: number;
}>({ status: "connecting", others: [], othersCount: 0 });

export type Hearers = {
  readonly hear: (message: LiveFromServer) => void;
  /** The last change that is known: where the server goes on. */
  readonly since: () => number | null;
  /** Sockets do not get through here, though the server answers: changes are to be asked for. */
  readonly poll: (isPolled: boolean) => void;
  readonly offline: (isOffline: boolean) => void;
  /** Between 0 and 1. */
  readonly chance: () => number;
};

const FIRST_WAIT_MS = 500;
const WAIT_MS_MAX = 30_000;
/** Sockets that failed to open in a row before changes are asked for instead. */
const FAILED_MAX = 2;
/** How often one says that one is still there; the server forgets after a good minute. */
const HERE_MS = 30_000;
/** The server pings each half minute, which a page cannot see: silence is asked about. */
const SILENCE_MS = 45_000;

let view: View | null = null;
let sayHere: () => void = () => {};

/** Says where one looks; null: nowhere. */
export function lookAt(next: View | null): void {
  view = next;
  liveStore.set({ others: [], othersCount: 0 });
  sayHere();
}

/**
 * Keeps one connection to the server: with a new ticket each time, from the last change that was heard, after a wait that
 * doubles, with chance in it so that not all come back at once. Answers how to stop.
 */
export function connect(hearers: Hearers): () => void {
  let socket: WebSocket | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let [waitMs, failed] = [FIRST_WAIT_MS, 0];
  let heardAtMs = performance.now();
  let isStopped = false;
  let isBarred = false;
  /** Of several ways being opened the last one counts. */
  let attempts = 0;

  const say = (message: LiveFromClient) => {
    if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
  };
  sayHere = () => say({ type: "here", view: document.visibilityState === "visible" ? view : null });

  async function open(): Promise<void> {
    clearTimeout(timer);
    const attempt = ++attempts;
    try {
      const { ticket } = await api("live.ticket", {});
      hearers.offline(false);
      if (!isStopped && attempt === attempts) listen(ticket);
    } catch (error) {
      if (isStopped || attempt !== attempts) return;
      noticeSignedOut(error);
      const isGone = isGoneAfter(error);
      if (isGone !== null) hearers.offline(isGone);
      comeBack(isSignedOut(error) ? WAIT_MS_MAX : waitMs);
    }
  }

  function listen(ticket: string): void {
    const own = new WebSocket(`${location.origin.replace(/^http/, "ws")}/v1/live?ticket=${ticket}`);
    let isOpen = false;
    socket = own;
    own.addEventListener("open", () => {
      isOpen = true;
      [waitMs, failed] = [FIRST_WAIT_MS, 0];
      heardAtMs = performance.now();
      hearers.poll(false);
      liveStore.set({ status: "live" });
      const since = hearers.since();
      say({ type: "subscribe", topic: "calendar", ...(since === null ? {} : { since }) });
      say({ type: "subscribe", topic: "presence" });
      sayHere();
    });
    own.addEventListener("message", ({ data }) => {
      heardAtMs = performance.now();
      take(JSON.parse(String(data)) as LiveFromServer);
    });
    own.addEventListener("close", () => {
      if (socket !== own || isStopped) return;
      socket = null;
      liveStore.set({ status: "away", others: [], othersCount: 0 });
      if (!isOpen && ++failed >= FAILED_MAX) hearers.poll(true);
      comeBack(isOpen ? 0 : waitMs);
    });
  }

  function take(message: LiveFromServer): void {
    if (message.type !== "presence") return hearers.hear(message);
    if (message.view.place === view?.place && message.view.year === view.year)
      liveStore.set({ others: message.people, othersCount: message.count });
  }

  function comeBack(afterMs: number): void {
    waitMs = Math.min(WAIT_MS_MAX, waitMs * 2);
    clearTimeout(timer);
    timer = setTimeout(() => void open(), afterMs * (0.5 + hearers.chance() / 2));
  }

  /** A connection that may be dead is left alone: to close it would wait for the other side. */
  function reopen(): void {
    const old = socket;
    socket = null;
    old?.close();
    void open();
  }

  const beat = setInterval(() => {
    sayHere();
    const silentMs = performance.now() - heardAtMs;
    if (silentMs > 2 * SILENCE_MS) reopen();
    else if (silentMs > SILENCE_MS) say({ type: "ping" });
  }, HERE_MS);
  const stop = new AbortController();
  document.addEventListener("visibilitychange", () => sayHere(), { signal: stop.signal });
  const { signal } = stop;
  addEventListener("offline", () => hearers.offline(true), { signal });
  addEventListener("online", reopen, { signal });
  const forgetSession = sessionStore.subscribe(() => {
    const isSignedIn = sessionStore.get().session?.signedIn === true;
    if (isSignedIn && isBarred) reopen();
    isBarred = !isSignedIn;
  });
  void open();
  return () => {
    isStopped = true;
    forgetSession();
    stop.abort();
    clearInterval(beat);
    clearTimeout(timer);
    socket?.close();
    sayHere = () => {};
  };
}
