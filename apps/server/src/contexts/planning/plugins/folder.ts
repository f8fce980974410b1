import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { readPlugin, type Plugin } from "@hourwright/plugin";

/** A folder among the plug-ins: what lies in it now, or why that is no plug-in. */
export type FoundPlugin = { readonly folder: string } & ({ readonly read: Plugin } | { readonly refused: string });

/** Folders that are looked at, in the order of their names. */
const FOLDERS_MAX = 50;

/**
 * What lies in the folder of plug-ins, read anew each time: what was hashed is what is asked. Nothing of it runs. Links are no
 * folders. Empty where the server was given none, and where it cannot be read. At most 50 times 320 kB.
 */
export async function readPlugins(root: string | null): Promise<FoundPlugin[]> {
  if (root === null) return [];
  const entries = await readdir(root, { withFileTypes: true }).catch(() => []);
  const folders = entries
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith("."))
    .map(({ name }) => name)
    .sort()
    .slice(0, FOLDERS_MAX);
  const found: FoundPlugin[] = [];
  for (const folder of folders) {
    const plugin = await readPlugin(join(root, folder));
    found.push("read" in plugin ? { folder, read: plugin.read } : { folder, refused: withoutPath(plugin.refused) });
  }
  return found;
}

/** What the system says names whole paths: where the server lies is nobody's business. */
function withoutPath(sentence: string): string {
  if (sentence.startsWith("ENOENT")) return "It has no plugin.json, or the module that it names is not there.";
  if (/^E[A-Z]+: /.test(sentence)) return "Its plugin.json or its module cannot be read.";
  return sentence.replace(/^\/.*\/(?=[^/]+$)/, "").replace(/^[A-Za-z]:\\.*\\(?=[^\\]+$)/, "");
}
