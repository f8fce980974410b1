import type { Client } from "@hourwright/client";
import { systemClock, type Clock } from "../platform/clock.ts";
import { startTestServer, type TestServer } from "./server.ts";

/** A server with one organisation of its own, of which the owner alone is there: nothing of the demo. */
export type OwnServer = AsyncDisposable & { readonly server: TestServer; readonly owner: Client };

const OWNER = { email: "owner@own.example", password: "a long sentence of mine" };

/** Starts one. `now`: the instant at which its clock stands at the start; the machine's own when left out. */
export async function startOwnServer({
  zone = "Europe/Prague",
  now,
}: { zone?: string; now?: string } = {}): Promise<OwnServer> {
  const server = await startTestServer({ DEMO: "0" }, now === undefined ? systemClock : clockFrom(now));
  await server.stranger("setup.finish", {
    body: {
      code: server.application.setupCode()!,
      organisation: "Own",
      zone,
      firstWeekday: 1,
      name: "Olga Owner",
      ...OWNER,
    },
  });
  const owner = await server.signedIn(OWNER.email, OWNER.password);
  return { server, owner, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}

/** The machine's clock, set back or forward so that it stands at `now` at first. */
export function clockFrom(now: string): Clock {
  const byMs = Temporal.Instant.from(now).epochMilliseconds - systemClock.nowMs();
  return { ...systemClock, nowMs: () => systemClock.nowMs() + byMs };
}
