import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, relative } from "node:path";
import { fileURLToPath } from "node:url";

/** How long each file took when it ran last on this machine, in milliseconds by its path. Gone with `node_modules`. */
const KEPT = fileURLToPath(new URL("../../node_modules/.cache/hourwright/test-times.json", import.meta.url));

type Times = Readonly<Record<string, number>>;

/**
 * The files, those that take longest first: or the last of them would run alone while the other cores have nothing to do.
 * Where nothing is known of a file it is expected to take as long as its kind usually does.
 */
export function longestFirst(files: readonly string[], times: Times = known()): string[] {
  const expectedMs = (file: string) => times[file] ?? USUAL_MS.find(([part]) => file.includes(part))![1];
  return files.toSorted((one, other) => expectedMs(other) - expectedMs(one));
}

const USUAL_MS = [
  [".browser.test.ts", 30_000],
  ["apps/server/", 10_000],
  ["", 2_000],
] as const;

/** Keeps what this run has seen, beside what is known of the files that were not run. */
export function rememberTimes(tookMs: ReadonlyMap<string, number>): void {
  const seen = [...tookMs].map(([file, ms]) => [relative(process.cwd(), file), Math.round(ms)] as const);
  mkdirSync(dirname(KEPT), { recursive: true });
  writeFileSync(KEPT, JSON.stringify({ ...known(), ...Object.fromEntries(seen) }));
}

function known(): Times {
  return existsSync(KEPT) ? (JSON.parse(readFileSync(KEPT, "utf8")) as Times) : {};
}
