// Strategy: what is particular to the database in our own process: its directory, its durability, its thread's death.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { randomBytes } from "node:crypto";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { sql } from "kysely";
import { systemClock } from "../clock.ts";
import { CannotStart, Unavailable } from "../failure.ts";
import { platformFloors } from "./ground.ts";
import { idMaker } from "../ids.ts";
import { silent } from "../log.ts";
import { testClock } from "../testing/clock.ts";
import { embedded } from "../testing/databases.ts";
import { openDatabase, type Database, type Tools } from "./database.ts";
import { EMBEDDED_MAJOR } from "./data-directory.ts";
import { LEASE_MS_MAX } from "./embedded.ts";
import { WAITING_MAX } from "./lanes.ts";
import { migrate } from "./migrations.ts";
import { QUERY_MS_MAX } from "./session.ts";

const tools: Tools = { clock: systemClock, log: silent, ids: idMaker(systemClock, randomBytes) };
const floors = [...platformFloors, { floor: "test", folder: new URL("../testing/migrations/", import.meta.url) }];
const context = (organisation: number) => ({
  organisation,
  actor: { kind: "system", userId: null, personId: null, label: "test" } as const,
  operation: "test",
  requestId: tools.ids("req"),
});

let directory: string;
before(() => void (directory = mkdtempSync(join(tmpdir(), "hourwright-embedded-"))));
after(() => rmSync(directory, { recursive: true, force: true }));

describe("a durable directory", () => {
  const dataDir = () => join(directory, "durable");

  test("is synced to disk once for every commit, and not for a read", async () => {
    await using database = await openDatabase({ dataDir: dataDir() }, tools);
    await migrate(database, floors);
    assert.equal(readFileSync(join(dataDir(), "PG_VERSION"), "utf8").trim(), EMBEDDED_MAJOR);
    assert.ok(!existsSync(`${dataDir()}.unfinished`));

    const write = (id: string) =>
      database.inOrganisation(context(1), ({ db }) =>
        sql`insert into notes.note (org_id, id, title) values (1, ${id}, 'x')`.execute(db),
      );
    await write("warm");
    const fsyncsBefore = database.stats().fsyncs;
    for (let i = 0; i < 100; i++) await write(`note ${i}`);
    const ofWrites = database.stats().fsyncs - fsyncsBefore;
    assert.ok(ofWrites >= 100 && ofWrites <= 105, `100 commits made ${ofWrites} fsyncs`); // A new WAL file makes some.

    const beforeReads = database.stats().fsyncs;
    for (let i = 0; i < 20; i++) {
      await database.inOrganisation(context(1), ({ db }) => sql`select * from notes.note`.execute(db), {
        lane: "read",
      });
    }
    assert.equal(database.stats().fsyncs, beforeReads);
  });

  test("loses no acknowledged write to kill -9, five times in the middle of writing", async () => {
    const acknowledged: string[] = [];
    for (let kill = 0; kill < 5; kill++) {
      const enough = 20 + kill * 7;
      acknowledged.push(...(await writeUntilKilled(dataDir(), enough)));
    }
    assert.ok(acknowledged.length >= 150, `${acknowledged.length} were acknowledged`);

    await using database = await openDatabase({ dataDir: dataDir() }, tools);
    await database.inOrganisation(context(1), async ({ db }) => {
      const { rows } = await sql<{ id: string }>`select id from notes.note`.execute(db);
      const stored = new Set(rows.map(({ id }) => id));
      assert.deepEqual(
        acknowledged.filter((id) => !stored.has(id)),
        [],
      );
      const { rows: log } = await sql<{ last: number; changes: number }>`
        select (select seq from changes.counter) as last, count(*) as changes from changes.change`.execute(db);
      assert.equal(log[0]!.last, log[0]!.changes, "the log has no gaps");
    });
  });
});

/** Starts the writer, kills it after so many acknowledgements, and returns all that it gave. */
async function writeUntilKilled(dataDir: string, enough: number): Promise<string[]> {
  const program = fileURLToPath(new URL("../testing/writer.ts", import.meta.url));
  const writer = spawn(process.execPath, [program, dataDir], { stdio: ["ignore", "pipe", "inherit"] });
  let said = "";
  let isKilled = false;
  writer.stdout.on("data", (chunk: Buffer) => {
    said += chunk.toString();
    if (isKilled || said.split("\n").length <= enough) return;
    isKilled = true;
    writer.kill("SIGKILL");
  });
  const [, signal] = (await once(writer, "close")) as [number | null, string | null];
  assert.equal(signal, "SIGKILL", `the writer ended by itself: ${said.slice(-500)}`);
  return said.split("\n").slice(0, -1);
}

describe("DATA_DIR", () => {
  test("belongs to one process at a time, the other one is told, and it is free when that has gone", async () => {
    const here = await embedded.open();
    const dataDir = here.dataDir!;
    await assert.rejects(openDatabase({ dataDir }, tools), (error) => {
      assert.ok(error instanceof CannotStart);
      assert.equal(
        error.message,
        `DATA_DIR ${dataDir} is in use by another Hourwright process; stop it, or set another DATA_DIR.`,
      );
      return true;
    });
    await here.database[Symbol.asyncDispose]();
    const second = await openDatabase({ dataDir, durable: false }, tools);
    await second[Symbol.asyncDispose]();
    await here[Symbol.asyncDispose]();
  });

  const refused: [sentence: string, prepare: (dataDir: string) => void, expected: RegExp][] = [
    [
      "of another major version is refused with both versions",
      (dataDir) => writeFileSync(join(dataDir, "PG_VERSION"), "16\n"),
      /was written by PostgreSQL 16, and this Hourwright carries 18/,
    ],
    [
      "that holds other files is refused, and left as it is",
      (dataDir) => writeFileSync(join(dataDir, "thesis.doc"), ""),
      /holds other files/,
    ],
  ];
  for (const [sentence, prepare, expected] of refused) {
    test(sentence, async () => {
      const dataDir = mkdtempSync(join(directory, "refused-"));
      prepare(dataDir);
      await assert.rejects(openDatabase({ dataDir }, tools), (error) => {
        assert.ok(error instanceof CannotStart);
        assert.match(error.message, expected);
        return true;
      });
      rmSync(dataDir, { recursive: true });
    });
  }

  test("that cannot be made is refused with a sentence", async () => {
    const file = join(directory, "a-file");
    writeFileSync(file, "");
    for (const [dataDir, reason] of [
      [file, "there is a file of that name."],
      [join(file, "data"), "there is a file of that name."],
      // Where `mkdir` with `recursive` never ends; other systems have no such folder.
      ...(existsSync("/proc/self") ? [["/proc/hourwright", "the system answered ENOENT."] as const] : []),
    ] as const) {
      await assert.rejects(openDatabase({ dataDir }, tools), (error) => {
        assert.ok(error instanceof CannotStart);
        assert.equal(error.message, `DATA_DIR ${dataDir} cannot be made: ${reason}`);
        return true;
      });
    }
  });

  test("that was left half-made by a kill at its first start is made anew", async () => {
    const dataDir = join(directory, "half");
    mkdirSync(join(dataDir, "base"), { recursive: true });
    writeFileSync(join(dataDir, "PG_VERSION"), `${EMBEDDED_MAJOR}\n`);
    writeFileSync(`${dataDir}.unfinished`, "");
    await using database = await openDatabase({ dataDir, durable: false }, tools);
    assert.ok(await database.health());
  });
});

describe("the database's thread", () => {
  const sleepSql = (seconds: number) => (database: Database) =>
    database.outside((db) => sql.raw(`select pg_sleep(${seconds})`).execute(db));

  test("is ended by a query that runs too long, those who wait are told, and it comes back with everything", async () => {
    const clock = testClock(Temporal.Instant.from("2026-01-01T00:00:00Z").epochMilliseconds);
    await using here = await embedded.open(floors.slice(-1), { clock });
    const { database } = here;
    await database.inOrganisation(context(1), ({ db }) =>
      sql`insert into notes.note (org_id, id, title) values (1, 'kept', 'x')`.execute(db),
    );

    const long = sleepSql(600)(database);
    const waiting = sleepSql(0)(database);
    await new Promise((resolve) => setTimeout(resolve, 500)); // The query has to be on its way, or its time never ends.
    clock.advance(QUERY_MS_MAX);
    await assert.rejects(long, Unavailable);
    await assert.rejects(waiting, Unavailable);

    const { rows } = await database.inOrganisation(context(1), ({ db }) =>
      sql<{ id: string }>`select id from notes.note`.execute(db),
    );
    assert.deepEqual(rows, [{ id: "kept" }]);
    assert.equal(database.stats().restarts, 1);
  });

  test("is taken back from a unit that never ends, and others go on", async () => {
    const clock = testClock(Temporal.Instant.from("2026-01-01T00:00:00Z").epochMilliseconds);
    await using here = await embedded.open([], { clock });
    const inside = Promise.withResolvers<void>();
    const goOn = Promise.withResolvers<void>();
    const stuck = here.database.inOrganisation(context(1), async ({ db }) => {
      inside.resolve();
      await goOn.promise;
      await sql`select 1`.execute(db);
    });
    await inside.promise;
    clock.advance(LEASE_MS_MAX);
    assert.equal(await here.database.health(), false, "who waits meanwhile is told so");
    assert.ok(await here.database.health());
    goOn.resolve();
    await assert.rejects(stuck, Unavailable);
    assert.ok(await here.database.health());
  });

  test("lets no more than a bounded number wait, and answers the rest at once", async () => {
    await using here = await embedded.open();
    const busy = sleepSql(2)(here.database);
    await new Promise((resolve) => setTimeout(resolve, 50)); // Until it has the connection.
    const others = Array.from({ length: 260 }, () => here.database.outside((db) => sql`select 1`.execute(db)));
    const ended = await Promise.allSettled(others);
    await busy;
    const refused = ended.filter(({ status }) => status === "rejected").length;
    assert.equal(refused, 260 - WAITING_MAX);
    assert.ok(await here.database.health());
  });
});
