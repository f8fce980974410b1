import { execFile } from "node:child_process";
import { createReadStream, createWriteStream, existsSync, mkdirSync, readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { arch, pid, platform } from "node:process";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { createBrotliDecompress } from "node:zlib";
import { chromium, type Browser } from "playwright-core";

const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"];
/** What it says of itself is the same everywhere, also where the system has no language. */
const LANGUAGE = { LC_ALL: "en_US.UTF-8", LANGUAGE: "en_US" };
const SYSTEM = "/usr/bin/chromium";

export type Found = { readonly path: string } | { readonly missing: string };

let found: Promise<Found> | null = null;

/**
 * A Chromium: the one named by `CHROMIUM`, the one from npm where it runs, or the system's; else why there is none.
 *
 * The one from npm comes first since it is the same everywhere, and is only what draws pages, without the windows of a
 * desktop: a page of its own, signed in and loaded, takes 1.3 s of processor time in it and 3.4 s in the system's.
 */
export function findChromium(): Promise<Found> {
  return (found ??= look());
}

/** Starts it. Throws the reason when there is none. */
export async function launchChromium(): Promise<Browser> {
  const chosen = await findChromium();
  if ("missing" in chosen) throw new Error(chosen.missing);
  return chromium.launch({ executablePath: chosen.path, args: FLAGS, env: { ...process.env, ...LANGUAGE } });
}

async function look(): Promise<Found> {
  const named = process.env["CHROMIUM"];
  if (named !== undefined) return existsSync(named) ? { path: named } : { missing: `CHROMIUM names no file: ${named}` };
  try {
    return { path: await unpacked() };
  } catch (error) {
    if (existsSync(SYSTEM)) return { path: SYSTEM };
    return { missing: `no Chromium: none at ${SYSTEM}, and the one from npm does not run (${String(error)})` };
  }
}

const CACHE = fileURLToPath(new URL("../../../../node_modules/.cache/hourwright/", import.meta.url));

/** The one from npm, unpacked once (2 s, 200 MB) into a place that belongs to this checkout and to its version. */
async function unpacked(): Promise<string> {
  if (platform !== "linux" || arch !== "x64")
    throw new Error(`it is for Linux on x64, and this is ${platform} on ${arch}`);
  const home = new URL("..", import.meta.resolve("@sparticuz/chromium"));
  const { version } = JSON.parse(readFileSync(new URL("package.json", home), "utf8")) as { version: string };
  const path = join(CACHE, `chromium-${version}`);
  if (!existsSync(path)) {
    mkdirSync(CACHE, { recursive: true });
    const making = `${path}.${pid}`; // Another process may be at it as well: whoever ends last has made the same.
    const packed = createReadStream(new URL("bin/chromium.br", home));
    await pipeline(packed, createBrotliDecompress(), createWriteStream(making, { mode: 0o700 }));
    renameSync(making, path);
  }
  await promisify(execFile)(path, ["--version"]); // Where a library of the system is missing, this says so.
  return path;
}
