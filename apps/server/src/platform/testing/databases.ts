import { randomBytes } from "node:crypto";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { assert } from "@hourwright/std";
import pg from "pg";
import { systemClock } from "../clock.ts";
import { type Database, openDatabase, type Tools } from "../db/database.ts";
import { Embedded } from "../db/embedded.ts";
import { migrate, type MigrationStep } from "../db/migrations.ts";
import { platformFloors } from "../db/ground.ts";
import type { UnitContext } from "../db/unit.ts";
import { idMaker } from "../ids.ts";
import { migrateJobs } from "../jobs/jobs.ts";
import { silent } from "../log.ts";
import { type Cluster, findPrograms, startCluster } from "./cluster.ts";

/** A fresh database for one test file, with a schema, and organisations that nobody else uses. */
export type TestDatabase = AsyncDisposable & {
  readonly database: Database;
  readonly tools: Tools;
  /** For a second process or a second pool on the same database; null where only one can be. */
  readonly url: string | null;
  /** The directory, for a second start; null where there is none. */
  readonly dataDir: string | null;
  /** A new organisation: the tests of a file share a database and nothing else. */
  newOrganisation(): number;
  /** A context of the system in `organisation`, for `operation`. */
  context(organisation: number, operation?: string): UnitContext;
};

/** One kind of database that every suite runs on. */
export type DatabaseKind = {
  readonly name: string;
  /** False, or why it cannot run here: for `describe`'s `skip`, so that what did not run is named with its reason. */
  readonly skip: string | false;
  /** Built from the platform's floors and those given; `tools` replaces the clock, the log or the ids. */
  open(floors?: readonly MigrationStep[], tools?: Partial<Tools>): Promise<TestDatabase>;
};

/**
 * The databases that a suite has to hold on: the embedded one, and a real server where there is one.
 *
 *     for (const kind of databases()) {
 *       describe(`claims on ${kind.name}`, { skip: kind.skip }, () => {
 *         let test: TestDatabase;
 *         before(async () => void (test = await kind.open(floors)));
 *         after(() => test[Symbol.asyncDispose]());
 *
 * The server is the one in `HOURWRIGHT_TEST_CLUSTER` (started once for a whole run) or `TEST_DATABASE_URL`, else a
 * throw-away cluster of this process.
 */
export function databases(): readonly DatabaseKind[] {
  return [embedded, server];
}

export const embedded: DatabaseKind = { name: "the embedded database", skip: false, open: openEmbedded };

export const server: DatabaseKind = { name: "a PostgreSQL server", skip: whyNoServer(), open: openServer };

async function openEmbedded(floors: readonly MigrationStep[] = [], given: Partial<Tools> = {}): Promise<TestDatabase> {
  const directory = mkdtempSync(join(tmpdir(), "hourwright-test-"));
  const dataDir = join(directory, "data");
  const tools = testTools(given);
  cpSync(await template(), dataDir, { recursive: true });
  const database = await openDatabase({ dataDir, durable: false }, tools);
  const clear = async () => rmSync(directory, { recursive: true, force: true });
  return build(testDatabase(database, tools, { url: null, dataDir }, clear), floors);
}

async function openServer(floors: readonly MigrationStep[] = [], given: Partial<Tools> = {}): Promise<TestDatabase> {
  const clusterUrl = await serverUrl();
  const name = `hourwright_test_${randomBytes(6).toString("hex")}`;
  await runAlone(clusterUrl, `create database ${name}`);
  const url = new URL(clusterUrl);
  url.pathname = `/${name}`;
  const tools = testTools(given);
  const database = await openDatabase({ url: url.href }, tools);
  const clear = () => runAlone(clusterUrl, `drop database ${name} with (force)`);
  return build(testDatabase(database, tools, { url: url.href, dataDir: null }, clear), floors);
}

async function build(test: TestDatabase, floors: readonly MigrationStep[]): Promise<TestDatabase> {
  try {
    await migrate(test.database, [...platformFloors, { library: "pg-boss", run: migrateJobs }, ...floors]);
    return test;
  } catch (error) {
    await test[Symbol.asyncDispose]();
    throw error;
  }
}

function testDatabase(
  database: Database,
  tools: Tools,
  place: Pick<TestDatabase, "url" | "dataDir">,
  clear: () => Promise<void>,
): TestDatabase {
  let organisations = 0;
  return {
    ...place,
    database,
    tools,
    newOrganisation: () => ++organisations,
    context: (organisation, operation = "test") => ({
      organisation,
      operation,
      actor: { kind: "system", userId: null, personId: null, label: "test" },
      requestId: tools.ids("req"),
    }),
    async [Symbol.asyncDispose]() {
      await database[Symbol.asyncDispose]();
      await clear();
    },
  };
}

function testTools(given: Partial<Tools>): Tools {
  const clock = given.clock ?? systemClock;
  return { clock, log: given.log ?? silent, ids: given.ids ?? idMaker(clock, randomBytes) };
}

/** The cluster that this process started for itself, where no run had started one. */
let own: Promise<Cluster> | null = null;

/** The address of the cluster that tests use. */
export async function serverUrl(): Promise<string> {
  const given = process.env["HOURWRIGHT_TEST_CLUSTER"] ?? process.env["TEST_DATABASE_URL"];
  if (given !== undefined) return given;
  const programs = findPrograms();
  assert(programs !== null, "a test that was to be skipped runs");
  return (await (own ??= startCluster(programs))).url;
}

function whyNoServer(): string | false {
  if (process.env["HOURWRIGHT_TEST_CLUSTER"] !== undefined || process.env["TEST_DATABASE_URL"] !== undefined)
    return false;
  if (findPrograms() !== null) return false;
  return "PostgreSQL's server programs are neither in /usr/lib/postgresql/*/bin nor on PATH, and TEST_DATABASE_URL is not set";
}

/** Runs one statement on a connection of its own. */
export async function runAlone(url: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => {});
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}

const MODULES = new URL("../../../../../node_modules/", import.meta.url);

/** A directory with an empty embedded database, made once a checkout: copying it takes 0.1 s, making it 4 s. */
async function template(): Promise<string> {
  const manifest = readFileSync(new URL("@electric-sql/pglite/package.json", MODULES), "utf8");
  const { version } = JSON.parse(manifest) as { version: string };
  const directory = fileURLToPath(new URL(`.cache/hourwright/embedded-${version}`, MODULES));
  if (!existsSync(directory)) await makeTemplate(directory);
  return directory;
}

async function makeTemplate(directory: string): Promise<void> {
  mkdirSync(dirname(directory), { recursive: true });
  const draft = mkdtempSync(`${directory}-`);
  const dataDir = join(draft, "data");
  await using fresh = await Embedded.open({ dataDir, durable: false }, testTools({}));
  await fresh[Symbol.asyncDispose]();
  try {
    renameSync(dataDir, directory);
  } catch (error) {
    if (!existsSync(directory)) throw error; // Else another test file was faster.
  }
  rmSync(draft, { recursive: true });
}
