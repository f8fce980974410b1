import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient, type Client } from "@hourwright/client";
import { systemClock } from "../platform/clock.ts";
import { preparedDirectory, startTestServer, type TestServer } from "./server.ts";

/** A server with one organisation of its own, of which the owner alone is there: nothing of the demo. */
export type OwnServer = AsyncDisposable & {
  readonly server: TestServer;
  readonly owner: Client;
  /** Sets the server's clock forward, and signs the owner in again. */
  travel(ahead: Temporal.DurationLike): Promise<void>;
};

export const OWNER = { email: "owner@own.example", password: "a long sentence of mine" };
const ZONE = "Europe/Prague";

/** Starts one. `now`: the instant at which its clock stands at the start; the machine's own when left out. */
export async function startOwnServer({
  now,
  settings = {},
}: { now?: string; settings?: Readonly<Record<string, string>> } = {}): Promise<OwnServer> {
  const directory = mkdtempSync(join(tmpdir(), "hourwright-own-"));
  const dataDir = join(directory, "data");
  cpSync(await preparedDirectory("own", ZONE, openOrganisation), dataDir, { recursive: true });
  let aheadMs = now === undefined ? 0 : Temporal.Instant.from(now).epochMilliseconds - systemClock.nowMs();
  const clock = { ...systemClock, nowMs: () => systemClock.nowMs() + aheadMs };
  const server = await startTestServer({ DEMO: "0", DATA_DIR: dataDir, ...settings }, clock);
  let access = await server.token(OWNER.email, OWNER.password);
  return {
    server,
    owner: createClient({ baseUrl: server.url, token: () => access }),
    async travel(ahead) {
      const there = Temporal.Instant.fromEpochMilliseconds(clock.nowMs()).toZonedDateTimeISO("UTC").add(ahead);
      aheadMs = there.epochMilliseconds - systemClock.nowMs();
      access = await server.token(OWNER.email, OWNER.password);
    },
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

async function openOrganisation(dataDir: string): Promise<void> {
  await using server = await startTestServer({ DEMO: "0", DATA_DIR: dataDir });
  await server.stranger("setup.finish", {
    body: {
      code: server.application.setupCode()!,
      organisation: "Own",
      zone: ZONE,
      firstWeekday: 1,
      name: "Olga Owner",
      ...OWNER,
    },
  });
}
