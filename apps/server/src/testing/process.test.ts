// The server as a process: what the terminal says, signals, a taken port, a taken directory, and a kill in the middle.
import assert from "node:assert/strict";
import { execFile, fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { createClient } from "@hourwright/client";
import { tour } from "../interfaces/pages/tour.ts";
import { systemClock } from "../platform/clock.ts";
import { eventually } from "./eventually.ts";
import { copyDemo } from "./server.ts";

const MAIN = fileURLToPath(new URL("../main.ts", import.meta.url));
const START_MS_MAX = 120_000;
const WRITES_BEFORE_KILL = 5;

type Started = { readonly child: ChildProcess; readonly url: string; readonly said: string[] };

function spawnServer(settings: Record<string, string>): {
  child: ChildProcess;
  said: string[];
  ready: Promise<string>;
} {
  const child = fork(MAIN, [], {
    env: { ...process.env, PORT: "0", LOG_LEVEL: "silent", RATE_LIMIT: "off", ...settings },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  const said: string[] = [];
  const ready = Promise.withResolvers<string>();
  ready.promise.catch(() => {});
  const timer = setTimeout(() => child.kill("SIGKILL"), START_MS_MAX);
  for (const stream of [child.stdout!, child.stderr!]) {
    createInterface({ input: stream }).on("line", (line) => {
      said.push(line);
      const url = /ready at (http:\S+)/.exec(line)?.[1];
      if (url !== undefined) ready.resolve(url);
    });
  }
  child.once("exit", () => {
    clearTimeout(timer);
    ready.reject(new Error(said.join("\n")));
  });
  return { child, said, ready: ready.promise.finally(() => clearTimeout(timer)) };
}

async function start(settings: Record<string, string>): Promise<Started> {
  const { child, said, ready } = spawnServer(settings);
  return { child, said, url: await ready };
}

async function end({ child }: Pick<Started, "child">, signal: NodeJS.Signals): Promise<number | null> {
  const gone = once(child, "exit");
  child.kill(signal);
  return ((await gone) as [number | null])[0];
}

async function clientAt(url: string) {
  const { accessToken } = await createClient({ baseUrl: url })("auth.signIn", {
    body: { email: "coordinator@larkfield.example", password: "larkfield-demo" },
  });
  return createClient({ baseUrl: url, token: () => accessToken });
}

describe("the server as a process", () => {
  const place = mkdtempSync(join(tmpdir(), "hourwright-process-"));
  const dataDir = join(place, "data");
  let running: Started;
  before(async () => {
    await copyDemo(dataDir, systemClock); // A first start, which fills it, is below.
    running = await start({ DATA_DIR: dataDir, LOG_LEVEL: "info" });
  });
  after(async () => {
    if (running.child.exitCode === null && running.child.signalCode === null) await end(running, "SIGKILL");
    rmSync(place, { recursive: true, force: true });
  });

  test("says where it is and how to sign in", () => {
    assert.match(running.said.join("\n"), /Hourwright is ready at http:\/\/localhost:\d+ .*\n.*sign in/);
    assert.match(running.said.join("\n"), /coordinator@larkfield\.example/);
  });

  test("a sign-in leaves whom it let in, a refused one nobody", async () => {
    await clientAt(running.url);
    await assert.rejects(
      createClient({ baseUrl: running.url })("auth.signIn", {
        body: { email: "coordinator@larkfield.example", password: "not the one" },
      }),
    );
    const left = () => running.said.filter((line) => line.includes('"operation":"auth.signIn"'));
    await eventually("both are logged", () => left().length >= 2); // The log comes through a pipe.
    assert.deepEqual(
      left().map((line) => {
        const { status, actor, organisation } = JSON.parse(line) as Record<string, unknown>;
        return [status, actor !== null, organisation !== null];
      }),
      [
        [200, true, true],
        [401, false, false],
      ],
    );
  });

  test("the tour of the documentation does what it says", async () => {
    const script = tour(running.url).map(({ command }) => `${command}\necho`);
    const { stdout } = await promisify(execFile)("sh", ["-euc", script.join("\n")], { maxBuffer: 64 * 1_048_576 });
    assert.match(stdout, /"name":"Mara Okafor"/);
    assert.match(stdout, /"events":\[/);
    assert.match(stdout, /"created":true/);
    assert.match(stdout, /"processingTime"/);
    assert.match(stdout, /"seq":1/);
    assert.doesNotMatch(stdout, /"status":4\d\d/);
  });

  test("a second one on the same directory is refused with a sentence", async () => {
    const second = spawnServer({ DATA_DIR: dataDir });
    await assert.rejects(second.ready, /is in use by another Hourwright/);
    assert.equal(second.child.exitCode, 1);
  });

  test("a taken port is answered with a sentence that names PORT", async () => {
    const squatter = createServer().listen(0, "localhost");
    await once(squatter, "listening");
    const { port } = squatter.address() as { port: number };
    try {
      await assert.rejects(
        spawnServer({ DATA_DIR: join(place, "other"), PORT: String(port) }).ready,
        new RegExp(`Port ${port} is taken.*PORT=`),
      );
    } finally {
      squatter.close();
    }
  });

  test("a wrong setting stops the start with its sentence", async () => {
    const wrong = spawnServer({ DATA_DIR: join(place, "other"), PORT: "eighty" });
    await assert.rejects(wrong.ready, /^Error: PORT must be a whole number/);
    assert.equal(wrong.child.exitCode, 2);
  });

  test(
    "what was acknowledged is there after a kill in the middle of writing, three times over",
    { timeout: 480_000 },
    async () => {
      let hour = 0;
      const acknowledged: string[] = [];
      for (let kill = 0; kill < 3; kill++) {
        const client = await clientAt(running.url);
        let killed = false;
        const writing = (async () => {
          while (!killed) {
            const start = Temporal.Instant.from("2040-01-01T00:00:00Z").add({ hours: hour++ }).toString();
            try {
              const { id } = await client("events.create", { body: { title: "Kept", start } });
              acknowledged.push(id);
            } catch (error) {
              if (!killed) throw error;
            }
          }
        })();
        // Killed between two writes or in one, never before some were acknowledged: how fast they come is the machine's.
        const enough = acknowledged.length + WRITES_BEFORE_KILL;
        while (acknowledged.length < enough) await Promise.race([writing, sleep(20)]);
        killed = true;
        await end(running, "SIGKILL");
        await writing;
        running = await start({ DATA_DIR: dataDir });
      }
      const client = await clientAt(running.url);
      for (const id of acknowledged) assert.equal((await client("events.read", { params: { id } })).title, "Kept");
    },
  );

  test("Ctrl-C drains and ends with 0, and the next start finds everything", async () => {
    assert.equal(await end(running, "SIGINT"), 0);
    running = await start({ DATA_DIR: dataDir });
    assert.equal((await (await clientAt(running.url))("me.read", {})).name, "Mara Okafor");
  });
});

describe("a first start that is killed while it fills the demo", () => {
  const place = mkdtempSync(join(tmpdir(), "hourwright-half-"));
  after(() => rmSync(place, { recursive: true, force: true }));

  test("is finished by the next one, whole", { timeout: 480_000 }, async () => {
    const first = spawnServer({ DATA_DIR: join(place, "data"), LOG_LEVEL: "info" });
    first.ready.catch(() => {}); // It never will be.
    // The fill begins some seconds after the start; killed at a third of what it takes, something lies there half.
    await eventually("the database is made", () => first.said.some((line) => line.includes("brought up to date")));
    await sleep(1_500);
    first.child.kill("SIGKILL");
    await once(first.child, "exit");
    const second = await start({ DATA_DIR: join(place, "data") });
    try {
      const client = await clientAt(second.url);
      const year = Temporal.Now.plainDateISO().year;
      const { events } = await client("events.list", { query: { start: `${year}-01-01`, end: `${year + 1}-01-01` } });
      assert.ok(events.length > 850, `only ${events.length} entries of the year`);
    } finally {
      await end(second, "SIGTERM");
    }
  });
});
