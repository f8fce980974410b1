import { existsSync } from "node:fs";
import { chromium, type Browser } from "playwright-core";

const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"];
const SYSTEM = "/usr/bin/chromium";

export type Found = { readonly path: string; readonly libraries?: string } | { readonly missing: string };

/** A Chromium: the one named by `CHROMIUM`, the system's, or the one from npm; else why there is none. */
export async function findChromium(): Promise<Found> {
  const named = process.env["CHROMIUM"];
  if (named !== undefined) return existsSync(named) ? { path: named } : { missing: `CHROMIUM names no file: ${named}` };
  if (existsSync(SYSTEM)) return { path: SYSTEM };
  try {
    const { default: packed } = await import("@sparticuz/chromium");
    const path = await packed.executablePath();
    return { path, libraries: process.env["LD_LIBRARY_PATH"] ?? "" };
  } catch (error) {
    return { missing: `no Chromium: none at ${SYSTEM}, and the one from npm does not run (${String(error)})` };
  }
}

/** Starts it. Throws the reason when there is none. */
export async function launchChromium(): Promise<Browser> {
  const found = await findChromium();
  if ("missing" in found) throw new Error(found.missing);
  return chromium.launch({
    executablePath: found.path,
    args: FLAGS,
    ...(found.libraries === undefined ? {} : { env: { ...process.env, LD_LIBRARY_PATH: found.libraries } }),
  });
}
