import { mkdir, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";

/** Writes a file so that whoever reads it sees the old one or the whole new one; makes its folder, not those above it. */
export async function writeWhole(path: string, text: string): Promise<void> {
  await mkdir(dirname(path)).catch((error: NodeJS.ErrnoException) => {
    // Node's own way of making folders above never ends where nothing can be made, below /proc for one.
    if (error.code !== "EEXIST") throw error;
  });
  const beside = `${path}.new`;
  await writeFile(beside, text);
  await rename(beside, path);
}
