import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

/**
 * Builds the web app into `apps/web/dist`, only when something it is made of has changed: `prestart` runs this before
 * every start, so an unchanged tree must cost next to nothing (Vite is not even loaded). Needs no network.
 */

const web = fileURLToPath(new URL(".", import.meta.url));
const root = join(web, "../..");
const stamp = join(web, "dist/.sources");

/** Everything that ends up in the bundle, and what decides how it gets there. */
const SOURCES = [
  "apps/web/index.html",
  "apps/web/vite.config.ts",
  "apps/web/build.ts",
  "apps/web/build-shell.ts",
  "apps/web/build-booking.ts",
  "apps/web/icons.ts",
  "apps/web/public",
  "apps/web/src",
  "packages/client/src",
  "packages/contract/src",
  "packages/std/src",
  "packages/time/src",
  "packages/timeline/src",
  "package-lock.json",
];
const NOT_BUNDLED = /\.test\.tsx?$|\/testing(\.ts$|\/)/;

/** Held by who builds: two at once would empty each other's folder. */
const lock = join(root, "node_modules/.cache/hourwright/web-build.lock");
/** A build takes some seconds, on a busy machine a minute: who holds the lock for longer has died. */
const BUILD_MS_MAX = 180_000;
const POLL_MS = 200;

const hash = hashOfSources();
if (isUpToDate()) process.exit(0);
await takeLock();
try {
  if (!isUpToDate()) await buildAll(); // Somebody else may have built it meanwhile.
} finally {
  rmSync(lock, { recursive: true, force: true });
}

function isUpToDate(): boolean {
  return existsSync(stamp) && readFileSync(stamp, "utf8") === hash;
}

async function buildAll(): Promise<void> {
  process.stderr.write("Building the web app (its sources have changed) …\n");
  const { build } = await import("vite");
  await build({ root: web });
  const { finishShell } = await import("./build-shell.ts");
  await finishShell(web);
  const { buildBooking } = await import("./build-booking.ts");
  await buildBooking(web); // After the shell: the app's service worker knows nothing of public pages.
  writeFileSync(stamp, hash); // Last: a build that was interrupted is built again.
}

async function takeLock(): Promise<void> {
  mkdirSync(join(lock, ".."), { recursive: true });
  for (;;) {
    try {
      return mkdirSync(lock); // Made by one of those who try.
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    const heldMs =
      Temporal.Now.instant().epochMilliseconds - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Infinity);
    if (heldMs > BUILD_MS_MAX) rmSync(lock, { recursive: true, force: true });
    await sleep(POLL_MS);
  }
}

function hashOfSources(): string {
  const digest = createHash("sha256");
  for (const path of SOURCES.flatMap((source) => filesBelow(join(root, source))).sort()) {
    if (NOT_BUNDLED.test(path)) continue;
    digest.update(relative(root, path)).update("\0").update(readFileSync(path)).update("\0");
  }
  return digest.digest("hex");
}

function filesBelow(path: string): string[] {
  if (!existsSync(path)) return [];
  try {
    return readdirSync(path, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
  } catch {
    return [path]; // A file, not a folder.
  }
}
