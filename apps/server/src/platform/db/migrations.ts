import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { sql } from "kysely";
import { CannotStart } from "../failure.ts";
import type { Database, Owner } from "./database.ts";

/** A step of building the schema. Steps run in the order given, which is the order of the floors. */
export type MigrationStep =
  /** The `.sql` files of a folder, by name. `floor` names them for ever: `platform/changes`, `claims`. */
  | { readonly floor: string; readonly folder: URL }
  /** A library's own migrations (better-auth, pg-boss), which keep their own account and are safe to repeat. */
  | { readonly library: string; readonly run: (owner: Owner) => Promise<void> };

/** One file, as it stands in the program. */
type Migration = { readonly name: string; readonly text: string; readonly checksum: string };

const LOCK = 0x68_6f_75_72; // "hour": the advisory lock that lets one process at a time build the schema.
const FILE_NAME = /^\d{4}_[a-z0-9_]+\.sql$/;

/**
 * Brings the schema to what this program needs; every file in a transaction of its own, forward only, once.
 *
 * Refuses, with a sentence that names the file, when an applied file was edited since, or, before anything is changed,
 * when the database was built by a newer program. Returns the names of what was applied now. Runs as the owner, under an advisory lock.
 */
export async function migrate(database: Database, steps: readonly MigrationStep[]): Promise<readonly string[]> {
  return database.asOwner(async (owner) => {
    await sql`select pg_advisory_lock(${LOCK})`.execute(owner.db);
    try {
      await makeAccount(owner);
      const applied = await readAccount(owner);
      const read = steps.map((step) => ("library" in step ? step : readFolder(step.floor, step.folder)));
      assertNoneUnknown(
        applied,
        new Set(read.flatMap((step) => ("library" in step ? [] : step.map(({ name }) => name)))),
      );
      const now: string[] = [];
      for (const step of read) {
        if ("library" in step) await step.run(owner);
        else for (const each of step) if (await applyOnce(owner, each, applied)) now.push(each.name);
      }
      await database.learnFacts(owner);
      return now;
    } catch (error) {
      if (!mayNot(error)) throw error;
      throw new CannotStart(
        "The database login may not build the schema: name one that owns the database in MIGRATE_DATABASE_URL, " +
          "or in DATABASE_URL.",
        { cause: error },
      );
    } finally {
      await sql`select pg_advisory_unlock(${LOCK})`.execute(owner.db);
    }
  });
}

const INSUFFICIENT_PRIVILEGE = "42501";

function mayNot(error: unknown): boolean {
  const { code, cause } = error as { code?: unknown; cause?: { code?: unknown } };
  return code === INSUFFICIENT_PRIVILEGE || cause?.code === INSUFFICIENT_PRIVILEGE;
}

async function makeAccount({ db }: Owner): Promise<void> {
  await sql`create schema if not exists migrations`.execute(db);
  await sql`create table if not exists migrations.applied (
    name     text primary key,
    checksum text not null,
    at       timestamptz not null default now()
  )`.execute(db);
}

async function readAccount({ db }: Owner): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ name: string; checksum: string }>`select name, checksum from migrations.applied`.execute(
    db,
  );
  return new Map(rows.map(({ name, checksum }) => [name, checksum]));
}

function readFolder(floor: string, folder: URL): Migration[] {
  const files = readdirSync(fileURLToPath(folder))
    .filter((file) => FILE_NAME.test(file))
    .toSorted();
  return files.map((file) => {
    const text = readFileSync(new URL(file, folder), "utf8");
    return { name: `${floor}/${file}`, text, checksum: createHash("sha256").update(text).digest("hex") };
  });
}

async function applyOnce({ db }: Owner, migration: Migration, applied: ReadonlyMap<string, string>): Promise<boolean> {
  const { name, text, checksum } = migration;
  const before = applied.get(name);
  if (before === checksum) return false;
  if (before !== undefined) {
    throw new CannotStart(`The migration ${name} was edited after it was applied; restore the file and add a new one.`);
  }
  try {
    await sql.raw("begin").execute(db);
    await sql.raw(text).execute(db);
    await sql`insert into migrations.applied (name, checksum) values (${name}, ${checksum})`.execute(db);
    await sql.raw("commit").execute(db);
  } catch (error) {
    await sql.raw("rollback").execute(db);
    throw new Error(`the migration ${name} failed`, { cause: error });
  }
  return true;
}

function assertNoneUnknown(applied: ReadonlyMap<string, string>, known: ReadonlySet<string>): void {
  const unknown = [...applied.keys()].filter((name) => !known.has(name));
  if (unknown.length === 0) return;
  throw new CannotStart(`The database was built by a newer Hourwright: this one does not know ${unknown.join(", ")}.`);
}
