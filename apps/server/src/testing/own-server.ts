import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Client } from "@hourwright/client";
import { systemClock, type Clock } from "../platform/clock.ts";
import { preparedDirectory, startTestServer, type TestServer } from "./server.ts";

/** A server with one organisation of its own, of which the owner alone is there: nothing of the demo. */
export type OwnServer = AsyncDisposable & { readonly server: TestServer; readonly owner: Client };

const OWNER = { email: "owner@own.example", password: "a long sentence of mine" };
const ZONE = "Europe/Prague";

/** Starts one. `now`: the instant at which its clock stands at the start; the machine's own when left out. */
export async function startOwnServer({ now }: { now?: string } = {}): Promise<OwnServer> {
  const directory = mkdtempSync(join(tmpdir(), "hourwright-own-"));
  const dataDir = join(directory, "data");
  cpSync(await preparedDirectory("own", ZONE, openOrganisation), dataDir, { recursive: true });
  const server = await startTestServer(
    { DEMO: "0", DATA_DIR: dataDir },
    now === undefined ? systemClock : clockFrom(now),
  );
  const owner = await server.signedIn(OWNER.email, OWNER.password);
  return {
    server,
    owner,
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

/** The machine's clock, set back or forward so that it stands at `now` at first. */
function clockFrom(now: string): Clock {
  const byMs = Temporal.Instant.from(now).epochMilliseconds - systemClock.nowMs();
  return { ...systemClock, nowMs: () => systemClock.nowMs() + byMs };
}
