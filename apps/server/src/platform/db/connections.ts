import type { Clock } from "../clock.ts";
import type { IdMaker } from "../ids.ts";
import type { Log } from "../log.ts";
import type { Lane } from "./lanes.ts";
import type { Lease } from "./session.ts";

/** What a database is given to work with. */
export type Tools = { readonly clock: Clock; readonly log: Log; readonly ids: IdMaker };

/** What an embedded database and a server have in common: connections, one lease at a time. */
export type Connections = AsyncDisposable & {
  readonly kind: "embedded" | "server";
  /** A connection that has stepped down to the application's role. `Unavailable` when too many wait or it is down. */
  lease(lane: Lane): Promise<Lease>;
  /** A connection of the schema's owner, which row-level security does not bind, and which fails on a hidden row. */
  owner(): Promise<Lease>;
  /** Hears the notifications of a channel until the returned function is called. Some may be lost: a wake-up, not a message. */
  listen(channel: string, hear: (payload: string) => void): Promise<() => Promise<void>>;
  stats(): { readonly waiting: number; readonly fsyncs: number; readonly restarts: number };
};
