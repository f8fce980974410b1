import { createHash, randomBytes } from "node:crypto";
import { cpSync, existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { pino } from "pino";
import { createClient, type Client } from "@hourwright/client";
import { compose, type Application, type World } from "../compose.ts";
import { readConfig, type Config } from "../config.ts";
import { systemClock, type Clock } from "../platform/clock.ts";
import { idMaker } from "../platform/ids.ts";
import { availabilityReconciler, holidaysHere } from "../contexts/workforce/public.ts";

/** A whole server on a free port of this machine, over a fresh directory or a database that is given. */
export type TestServer = AsyncDisposable & {
  readonly url: string;
  readonly application: Application;
  /** A client that has signed in with a password. */
  signedIn(email: string, password?: string): Promise<Client>;
  /** A client without credentials. */
  readonly stranger: Client;
  token(email: string, password?: string): Promise<string>;
};

export const COORDINATOR = "coordinator@larkfield.example";
export const MANAGER = "manager@larkfield.example";
export const INSTRUCTOR = "instructor@larkfield.example";
export const MEMBER = "member@larkfield.example";
export const NORTHGATE_OWNER = "owner@northgate.example";

export async function startTestServer(
  settings: Readonly<Record<string, string>> = {},
  clock: Clock = systemClock,
  more: Pick<World, "approvalKinds"> = {},
): Promise<TestServer> {
  const directory = mkdtempSync(join(tmpdir(), "hourwright-server-"));
  if (settings["DATABASE_URL"] === undefined && settings["DATA_DIR"] === undefined)
    await (settings["DEMO"] === "0" ? copyEmpty : copyDemo)(join(directory, "data"), clock);
  const config = readConfig({
    DATA_DIR: join(directory, "data"),
    PORT: "0",
    LOG_LEVEL: "silent",
    RATE_LIMIT: "off",
    ...(settings["DATABASE_URL"] === undefined ? {} : { DEMO: "1" }),
    ...settings,
  });
  if ("wrong" in config) throw new Error(config.wrong.join(" "));
  const application = await composeIn(config, clock, more);
  const url = (await application.server.listen({ port: 0, host: "localhost" }))
    .replace("127.0.0.1", "localhost")
    .replace("[::1]", "localhost");

  const stranger = createClient({ baseUrl: url });
  async function token(email: string, password = passwordOf(email)): Promise<string> {
    return (await stranger("auth.signIn", { body: { email, password } })).accessToken;
  }
  return {
    url,
    application,
    stranger,
    token,
    async signedIn(email, password) {
      const access = await token(email, password);
      return createClient({ baseUrl: url, token: () => access });
    },
    async [Symbol.asyncDispose]() {
      await application[Symbol.asyncDispose]();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

export function composeIn(config: Config, clock: Clock, more: Pick<World, "approvalKinds"> = {}): Promise<Application> {
  return compose(config, {
    ...more,
    clock,
    newId: idMaker(clock, randomBytes),
    log: pino({ level: process.env["TEST_LOG"] ?? "silent" }),
  });
}

const CACHE = fileURLToPath(new URL("../../../../node_modules/.cache/hourwright/", import.meta.url));

/** Copies a data directory filled with the demo, everybody's hours worked out: made once for each day. */
export async function copyDemo(dataDir: string, clock: Clock): Promise<void> {
  const day = String(Math.floor(clock.nowMs() / 86_400_000));
  const prepared = await preparedDirectory("demo", day, async (making) => {
    await using application = await composeIn(readConfig({ DATA_DIR: making, PORT: "0" }) as Config, clock);
    const hours = availabilityReconciler(application.database, idMaker(clock, randomBytes), holidaysHere);
    await hours.run(new AbortController().signal);
  });
  cpSync(prepared, dataDir, { recursive: true });
}

/** Copies one of which nobody is the owner yet. */
async function copyEmpty(dataDir: string, clock: Clock): Promise<void> {
  const prepared = await preparedDirectory("empty", "", async (making) => {
    await using _ = await composeIn(readConfig({ DATA_DIR: making, PORT: "0", DEMO: "0" }) as Config, clock);
  });
  cpSync(prepared, dataDir, { recursive: true });
}

/**
 * A data directory to copy from: made once for each `salt` and each state of the code that makes it, because a fresh
 * cluster with every migration takes ten times as long as a copy.
 */
export async function preparedDirectory(
  name: string,
  salt: string,
  make: (dataDir: string) => Promise<void>,
): Promise<string> {
  const prepared = join(CACHE, `${name}-${hashOfSources(salt)}`);
  if (existsSync(prepared)) return prepared;
  mkdirSync(CACHE, { recursive: true });
  const making = mkdtempSync(join(CACHE, "making-"));
  await make(join(making, "data"));
  try {
    renameSync(join(making, "data"), prepared);
  } catch {
    // Another test file was first, and made the same.
  }
  rmSync(making, { recursive: true, force: true });
  return prepared;
}

/** Of `salt` and of the code that makes and fills databases: another one where that has changed. */
export function hashOfSources(salt: string): string {
  const sources = globSync("{platform,contexts,demo}/**/*.{sql,ts}", {
    cwd: fileURLToPath(new URL("..", import.meta.url)),
  }).filter((file) => !file.includes(".test."));
  const hash = createHash("sha256").update(salt);
  for (const file of sources.sort()) hash.update(readFileSync(new URL(`../${file}`, import.meta.url)));
  return hash.digest("hex").slice(0, 16);
}

const passwordOf = (email: string): string =>
  email.endsWith("@northgate.example") ? "northgate-demo" : "larkfield-demo";

/** The refusal that a call ends with, by its code. Fails when it succeeds. */
export async function refusalOf(
  call: Promise<unknown>,
): Promise<{ code: string; status: number; detail: string; [extra: string]: unknown }> {
  try {
    await call;
  } catch (error) {
    const { problem } = error as { problem?: { code: string; status: number; detail: string } | null };
    if (problem) return problem;
    throw error;
  }
  throw new Error("the call was to be refused, and succeeded");
}
