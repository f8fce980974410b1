import { DatabaseSync } from "node:sqlite";
import { CannotStart } from "../failure.ts";

/**
 * Takes `DATA_DIR` for this process, or refuses with a sentence.
 *
 * PGlite has no lock of its own, and two of them in one directory destroy it. An exclusive SQLite transaction on a file
 * beside the directory is a lock of the kernel: it holds across containers that share the disk, where a pid means
 * nothing, and is free the moment its process is gone, even by kill -9. The empty file stays.
 */
export function lockDirectory(dataDir: string): Disposable {
  const lock = openLock(`${dataDir}.lock`);
  try {
    lock.exec("pragma locking_mode = exclusive; begin exclusive");
  } catch (error) {
    lock.close();
    if (error instanceof Error && /locked/.test(error.message)) {
      throw new CannotStart(
        `DATA_DIR ${dataDir} is in use by another Hourwright process; stop it, or set another DATA_DIR.`,
      );
    }
    throw error;
  }
  return { [Symbol.dispose]: () => lock.close() };
}

function openLock(path: string): DatabaseSync {
  try {
    return new DatabaseSync(path, { timeout: 0 });
  } catch (error) {
    throw new CannotStart(`The lock file ${path}, beside DATA_DIR, cannot be written.`, { cause: error });
  }
}
