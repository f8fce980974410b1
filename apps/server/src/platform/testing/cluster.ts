import { spawn, type ChildProcess } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { assert } from "@hourwright/std";
import pg from "pg";

/** A throw-away PostgreSQL, gone with the process that started it. */
export type Cluster = AsyncDisposable & {
  /** Of a superuser, to its database `postgres`. */
  readonly url: string;
};

const START_MS_MAX = 120_000;

const SETTINGS = ["max_connections=200"];
/** Nothing is kept, so nothing is synced. */
const FLEETING = ["fsync=off", "full_page_writes=off", "synchronous_commit=off"];

/** The directory with PostgreSQL's server programs, the newest that is found, or null. */
export function findPrograms(): string | null {
  const debian = "/usr/lib/postgresql";
  const versions = existsSync(debian) ? readdirSync(debian).toSorted((a, b) => Number(b) - Number(a)) : [];
  const folders = [
    ...versions.map((version) => join(debian, version, "bin")),
    ...(process.env["PATH"] ?? "").split(delimiter),
  ];
  return folders.find((folder) => existsSync(join(folder, "initdb")) && existsSync(join(folder, "postgres"))) ?? null;
}

/**
 * Makes a cluster in a directory of its own and starts it on a free port of 127.0.0.1: 2 to 3 s.
 * It stops, and its directory goes, when it is disposed of or this process ends, however it ends.
 * `durable`: it syncs what it commits, as one that is kept does; for measuring.
 */
export async function startCluster(programs: string, { durable = false } = {}): Promise<Cluster> {
  const directory = mkdtempSync(join(tmpdir(), "hourwright-postgres-"));
  const user = unprivileged();
  if (user !== null) chownSync(directory, user.uid, user.gid);
  const home = join(directory, "data");
  await run(join(programs, "initdb"), ["-D", home, "-U", "postgres", "-A", "trust", "-E", "UTF8", ...FAST_INIT], user);

  const port = await freePort();
  const settings = [
    ...SETTINGS,
    ...(durable ? [] : FLEETING),
    "listen_addresses=127.0.0.1",
    `port=${port}`,
    "unix_socket_directories=",
  ];
  const server = spawnTied(
    [join(programs, "postgres"), "-D", home, ...settings.flatMap((setting) => ["-c", setting])],
    directory,
    user,
  );
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  await answers(url);
  return {
    url,
    async [Symbol.asyncDispose]() {
      if (server.exitCode !== null) return;
      server.ref(); // Now it is waited for.
      const gone = once(server, "exit");
      server.stdin!.end();
      await gone;
    },
  };
}

const FAST_INIT = ["--locale=C", "--no-sync", "--no-instructions"];

type User = { readonly uid: number; readonly gid: number };

/** PostgreSQL's programs refuse root: then they run as Debian's `postgres`, or as nobody. Null when we are not root. */
function unprivileged(): User | null {
  if (process.getuid?.() !== 0) return null;
  const users = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .map((line) => line.split(":"));
  const user = users.find(([name]) => name === "postgres") ?? users.find(([name]) => name === "nobody");
  assert(user !== undefined, "root may not run PostgreSQL, and there is no user postgres or nobody to do so");
  return { uid: Number(user[2]), gid: Number(user[3]) };
}

async function run(program: string, parameters: readonly string[], user: User | null): Promise<void> {
  const child = spawn(program, parameters, { stdio: ["ignore", "ignore", "pipe"], cwd: tmpdir(), ...user });
  let said = "";
  child.stderr.on("data", (chunk: Buffer) => void (said += chunk.toString()));
  const [code] = (await once(child, "exit")) as [number | null];
  assert(code === 0, `${program} ended with ${code}: ${said}`);
}

/** Runs a program that ends with us, even when we are killed: the shell around it waits for the end of its input. */
function spawnTied(command: readonly string[], directory: string, user: User | null): ChildProcess {
  const script = `"$@" & child=$!; cat >/dev/null; kill -INT $child; wait $child; rm -rf "$0"`;
  const child = spawn("sh", ["-c", script, directory, ...command], {
    stdio: ["pipe", "ignore", "ignore"],
    cwd: tmpdir(),
    detached: true, // Ctrl-C in a terminal goes to the whole group; this one ends when we do.
    ...user,
  });
  child.unref();
  (child.stdin as Socket).unref(); // Neither of them keeps us alive.
  return child;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  assert(address !== null && typeof address === "object", "a listening server has an address");
  const closed = once(server, "close");
  server.close();
  await closed;
  return address.port;
}

async function answers(url: string): Promise<void> {
  const untilMs = performance.now() + START_MS_MAX;
  for (;;) {
    const client = new pg.Client({ connectionString: url });
    client.on("error", () => {});
    try {
      await client.connect();
      return await client.end();
    } catch (error) {
      if (performance.now() > untilMs) throw error;
      await sleep(50);
    }
  }
}
