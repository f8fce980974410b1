/** What of a service worker's surroundings we use: the compiler knows pages only. */

export type Lasting = Event & { readonly waitUntil: (work: Promise<unknown>) => void };

type Fetching = Lasting & {
  readonly request: Request;
  readonly respondWith: (answer: Promise<Response>) => void;
};

type Installing = Lasting & {
  /** Not in all browsers: what need not wake the worker. */
  readonly addRoutes?: (routes: { condition: { urlPattern: string }; source: "network" }) => Promise<void>;
};

export type WorkerScope = {
  addEventListener(type: "install", hear: (event: Installing) => void): void;
  addEventListener(type: "activate", hear: (event: Lasting) => void): void;
  addEventListener(type: "fetch", hear: (event: Fetching) => void): void;
  addEventListener(type: "message", hear: (event: MessageEvent) => void): void;
  readonly skipWaiting: () => Promise<void>;
  readonly clients: { readonly claim: () => Promise<void> };
};
