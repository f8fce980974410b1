import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { open, readdir } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { CannotStart } from "../failure.ts";
import { lockDirectory } from "./directory-lock.ts";

/** The major version of PostgreSQL inside PGlite 0.5: a directory of another one cannot be opened. */
export const EMBEDDED_MAJOR = "18";

/**
 * Takes `DATA_DIR` for this process and makes it ready: clears what a killed first start left half-made, and refuses, with
 * a sentence, what is not ours. The lock is held until it is disposed of.
 */
export function prepareDirectory(dataDir: string): Disposable {
  makeDirectory(dataDir);
  const lock = lockDirectory(dataDir);
  try {
    if (existsSync(unfinished(dataDir))) {
      for (const name of readdirSync(dataDir)) rmSync(join(dataDir, name), { recursive: true });
    }
    assertOurs(dataDir);
    return lock;
  } catch (error) {
    lock[Symbol.dispose]();
    throw error;
  }
}

export function holdsDatabase(dataDir: string): boolean {
  return existsSync(versionFile(dataDir));
}

/** Runs what makes the database; a kill in the middle makes the next start begin anew. */
export async function makeDatabase(dataDir: string, make: () => Promise<void>): Promise<void> {
  writeFileSync(unfinished(dataDir), "");
  await make();
  rmSync(unfinished(dataDir));
}

/** Brings every file of a new directory to the disk, about 1,000 of them: what makes a database does not. */
export async function syncTree(directory: string): Promise<void> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile() || entry.isDirectory());
  for (const path of [directory, ...paths.map((entry) => join(entry.parentPath, entry.name))]) {
    await using file = await open(path);
    await file.sync();
  }
}

function makeDirectory(dataDir: string): void {
  try {
    makeWithParents(resolve(dataDir));
  } catch (error) {
    throw new CannotStart(`DATA_DIR ${dataDir} cannot be made: ${whyNot(error)}.`, { cause: error });
  }
}

/** As `mkdir` with `recursive`, which never ends below /proc (seen with Node 26.10). */
function makeWithParents(directory: string): void {
  if (statSync(directory, { throwIfNoEntry: false })?.isDirectory()) return;
  if (directory !== dirname(directory)) makeWithParents(dirname(directory));
  mkdirSync(directory, { mode: 0o700 });
}

function whyNot(error: unknown): string {
  const { code } = error as { code?: string };
  switch (code) {
    case "EEXIST":
    case "ENOTDIR":
      return "there is a file of that name";
    case "EACCES":
    case "EPERM":
    case "EROFS":
      return "this user may not write there";
    case "ENOSPC":
      return "the disk is full";
    default:
      return `the system answered ${code ?? String(error)}`;
  }
}

function assertOurs(dataDir: string): void {
  if (holdsDatabase(dataDir)) {
    const major = readFileSync(versionFile(dataDir), "utf8").trim();
    if (major === EMBEDDED_MAJOR) return;
    throw new CannotStart(
      `DATA_DIR ${dataDir} was written by PostgreSQL ${major}, and this Hourwright carries ${EMBEDDED_MAJOR}: ` +
        `make a backup with the Hourwright that wrote it, and restore it into an empty DATA_DIR.`,
    );
  }
  if (readdirSync(dataDir).length > 0) {
    throw new CannotStart(`DATA_DIR ${dataDir} holds other files and no Hourwright database; name an empty directory.`);
  }
}

function versionFile(dataDir: string): string {
  return join(dataDir, "PG_VERSION");
}

/** Beside the directory, there from the beginning to the end of its first start. */
function unfinished(dataDir: string): string {
  return `${dataDir}.unfinished`;
}
