import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { chromium, type Browser, type BrowserContextOptions, type Page } from "playwright-core";
import { startDouble, type Double, type DoubleOptions } from "./double.ts";

/**
 * The page under test in a real Chromium. The server is the one of `HOURWRIGHT_TEST_URL`, which must be a demo; without
 * it the double in memory.
 */

const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"];
const SYSTEM = "/usr/bin/chromium";
const COORDINATOR = /Coordinator|coordinator@|Mara Okafor|administrator/i;

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

/** For `test(…, { skip })`: false when a browser is there, else the reason, so that nothing is skipped in silence. */
export async function whyNoBrowser(): Promise<string | false> {
  const found = await findChromium();
  return "missing" in found ? found.missing : false;
}

/** For tests that need a server in a state which a running demo is not in. */
export const withDoubleOnly: string | false =
  process.env["HOURWRIGHT_TEST_URL"] === undefined ? false : "needs a server of its own, not HOURWRIGHT_TEST_URL";

export type Place = AsyncDisposable & {
  readonly page: Page;
  readonly url: string;
  /** What the page complained of: errors thrown or logged, and breaches of the content security policy. */
  readonly complaints: string[];
};

const WAIT_MS = 10_000;

let isBuilt = false;
let shared: Promise<Browser> | null = null;

/** For `after`: a browser left open keeps the test run from ending. */
export async function closeBrowser(): Promise<void> {
  await (await shared)?.close();
  shared = null;
}

export type PlaceOptions = {
  readonly path?: string;
  readonly double?: Partial<DoubleOptions>;
  readonly context?: BrowserContextOptions;
  /** Steps in as the demo's coordinator; otherwise stays at the door. */
  readonly signedIn?: boolean;
};

export async function openPlace(options: PlaceOptions = {}): Promise<Place> {
  const { path = "/", context = {}, signedIn = true } = options;
  const double = await startServer(options.double ?? {});
  const url = process.env["HOURWRIGHT_TEST_URL"] ?? double!.url;
  const browser = await (shared ??= launch());
  const session = await browser.newContext({
    viewport: { width: 1728, height: 1080 },
    timezoneId: "Europe/Prague",
    ...context,
  });
  const page = await session.newPage();
  page.setDefaultTimeout(WAIT_MS);
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error" && !/status of 4\d\d|net::ERR/.test(message.text())) complaints.push(message.text());
  });
  await page.exposeFunction("complain", (text: string) => complaints.push(text));
  await page.addInitScript(() => {
    addEventListener("securitypolicyviolation", (event) => {
      const report = `${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`;
      (globalThis as unknown as { complain: (text: string) => void }).complain(report);
    });
  });
  const close = async () => {
    await session.close();
    await double?.[Symbol.asyncDispose]();
  };
  try {
    await page.goto(url + path);
    if (signedIn) await enter(page);
  } catch (error) {
    await close(); // Or the run would never end.
    throw error;
  }
  return { page, url, complaints, [Symbol.asyncDispose]: close };
}

/** Through the door with one click, unless somebody is inside already; waits until the year is loaded. */
async function enter(page: Page): Promise<void> {
  const inside = page.getByRole("navigation", { name: "Main" });
  const account = page.getByRole("button", { name: COORDINATOR }).first();
  await inside.or(account).first().waitFor();
  if (!(await inside.isVisible())) await account.click();
  await page.locator('main[data-state="ready"]').waitFor();
}

async function startServer(options: Partial<DoubleOptions>): Promise<Double | null> {
  if (process.env["HOURWRIGHT_TEST_URL"] !== undefined) return null;
  if (!isBuilt) execFileSync(process.execPath, [fileURLToPath(new URL("../../build.ts", import.meta.url))]);
  isBuilt = true;
  return startDouble({ port: 0, year: thisYear(), ...options });
}

/** Asks until the answer is as expected: for what a server does in its own time. */
export async function eventually<Value>(
  ask: () => Promise<Value>,
  isExpected: (value: Value) => boolean,
): Promise<Value> {
  const untilMs = performance.now() + WAIT_MS;
  for (;;) {
    const value = await ask();
    if (isExpected(value) || performance.now() > untilMs) return value;
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
}

/** A day of next year that no run before has used: a server keeps what earlier runs have planned. */
export function freshDay(): string {
  const run = Math.floor(Temporal.Now.instant().epochMilliseconds / 1000);
  return Temporal.PlainDate.from({ year: thisYear() + 1, month: 1, day: 10 })
    .add({ days: run % 340 })
    .toString();
}

export function thisYear(): number {
  return Temporal.Now.plainDateISO("Europe/Prague").year;
}

async function launch(): Promise<Browser> {
  const found = await findChromium();
  if ("missing" in found) throw new Error(found.missing);
  return chromium.launch({
    executablePath: found.path,
    args: FLAGS,
    ...(found.libraries === undefined ? {} : { env: { ...process.env, LD_LIBRARY_PATH: found.libraries } }),
  });
}
