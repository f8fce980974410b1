import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page } from "playwright-core";
import { eventually as there } from "../../../server/src/testing/eventually.ts";
import { COORDINATOR, startTestServer, type TestServer } from "../../../server/src/testing/server.ts";
import { findChromium, launchChromium } from "./chromium.ts";

export { becomes } from "../../../server/src/testing/eventually.ts";

/**
 * The page under test, in a real Chromium, from a real server in this process: a copy of the demo that all tests of one
 * file share, or a server of the test's own.
 */

/** For `describe(…, { skip })`: false when a browser is there, else the reason, so that nothing is skipped in silence. */
export async function whyNoBrowser(): Promise<string | false> {
  const found = await findChromium();
  return "missing" in found ? found.missing : false;
}

/** So long anything is waited for: some files run at once, on machines that do other work as well. */
const WAIT_MS = 60_000;

let browser: Promise<Browser> | null = null;
let demo: Promise<TestServer> | null = null;

/** The demo that the tests of this file share: started by whoever asks first, stopped by `closeAll`. */
export function demoServer(): Promise<TestServer> {
  buildPage();
  return (demo ??= startTestServer());
}

let isBuilt = false;

/** Builds the web app unless it is up to date. Before a server starts: it reads the built files once. */
export function buildPage(): void {
  if (!isBuilt) execFileSync(process.execPath, [fileURLToPath(new URL("../../build.ts", import.meta.url))]);
  isBuilt = true;
}

/** For `after`: a browser or a server left open keeps the test run from ending. */
export async function closeAll(): Promise<void> {
  await (await browser)?.close();
  await (await demo)?.[Symbol.asyncDispose]();
  [browser, demo] = [null, null];
}

export type Place = AsyncDisposable & {
  readonly page: Page;
  readonly url: string;
  /** What the page complained of: errors thrown or logged, and breaches of the content security policy. */
  readonly complaints: string[];
};

export type Account = { readonly email: string; readonly password: string };

export type PlaceOptions = {
  /** Address on the server. */
  readonly path?: string;
  /** Another server than the demo shared by the tests of this file. */
  readonly server?: Pick<TestServer, "url">;
  /** Who signs in; null stays at the door. The demo's coordinator when left out. */
  readonly account?: Account | null;
  readonly context?: BrowserContextOptions;
  /** What is to be done with the page before it loads for the first time. */
  readonly prepare?: (page: Page) => Promise<void>;
};

/** An account of the demo organisation, with the password that all of them have. */
export const demoAccount = (email: string): Account => ({ email, password: "larkfield-demo" });

/** Opens the page in a browser context of its own, signs in, and waits until the year or the list is loaded. */
export async function openPlace(options: PlaceOptions = {}): Promise<Place> {
  const { path = `/year/${thisYear()}`, context = {}, account = demoAccount(COORDINATOR) } = options;
  const { url } = options.server ?? (await demoServer());
  browser ??= launchChromium();
  const session = await (
    await browser
  ).newContext({
    viewport: { width: 1728, height: 1080 },
    timezoneId: "Europe/Prague",
    serviceWorkers: "block", // What opens without a server has tests of its own.
    ...context,
  });
  const page = await session.newPage();
  page.setDefaultTimeout(WAIT_MS);
  const complaints = await complaintsOf(page);
  await options.prepare?.(page);
  const close = () => session.close();
  try {
    if (account !== null) await signIn(session, url, account);
    await page.goto(url + path);
    if (account !== null) await whole(page);
  } catch (error) {
    await close(); // Or the run would never end.
    throw error;
  }
  return { page, url, complaints, [Symbol.asyncDispose]: close };
}

/** Waits until the place is there with all that is loaded first: its own code, its events, and the names of its days. */
export async function whole(page: Page): Promise<void> {
  await page.locator('main[data-state="ready"]:not(:has([data-fetching], [aria-busy="true"]))').waitFor();
}

/** Opens the full form of a new event by keys, through the field that creates in words; its title has the focus then. */
export async function openForm(page: Page): Promise<void> {
  await openField(page, "n");
  await page.keyboard.press("Control+Enter");
  await focused(page.getByRole("dialog").getByRole("textbox").first());
}

/** Opens the field for everything with a key, and answers it when it has the focus. */
export async function openField(page: Page, key: string): Promise<Locator> {
  await page.keyboard.press(key);
  const field = page.getByRole("dialog").getByRole("combobox");
  await focused(field);
  return field;
}

/** Waits until it has the focus, or something in it: keys go to where the focus is, and a dialog takes it after it is seen. */
export async function focused(target: Locator): Promise<void> {
  await eventually(() => target.evaluate((element) => element.contains(document.activeElement)), Boolean);
}

/** Where it lies, once it stays there: what comes late may still shift it. */
export async function boxOf(target: Locator): Promise<Box> {
  return target.evaluate(async (element, waitMs) => {
    const untilMs = performance.now() + waitMs;
    const frames = () => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
    const read = () => {
      const { x, y, width, height } = element.getBoundingClientRect();
      return { x, y, width, height };
    };
    for (let before = read(), still = 0; ;) {
      await frames();
      const now = read();
      still = now.width > 0 && JSON.stringify(now) === JSON.stringify(before) ? still + 1 : 0;
      if (still === 2 || performance.now() > untilMs) return now;
      before = now;
    }
  }, WAIT_MS);
}

type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

/** Where the page says it is, once it has written that: after the frame that shows it. */
export async function addressOf(page: Page): Promise<URL> {
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(() => setTimeout(done)))));
  return new URL(await page.evaluate(() => location.href));
}

/** Waits until nothing fades or glides any more: what is half faded has half the contrast. What never ends is left alone. */
export async function settled(page: Page): Promise<void> {
  const moving = await page.evaluate(async (waitMs) => {
    const untilMs = performance.now() + waitMs;
    const frames = () => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
    const endOf = (animation: Animation) => Number(animation.effect?.getComputedTiming().endTime ?? 0);
    const running = () =>
      document.getAnimations().filter((each) => each.playState === "running" && Number.isFinite(endOf(each)));
    const over = () => new Promise((resolve) => setTimeout(resolve, untilMs - performance.now()));
    do {
      await Promise.race([Promise.allSettled(running().map((animation) => animation.finished)), over()]);
      await frames(); // What has just been drawn begins in the next frame.
    } while (running().length > 0 && performance.now() < untilMs);
    return running().map(({ effect }) => (effect as KeyframeEffect | null)?.target?.outerHTML.slice(0, 200) ?? "");
  }, WAIT_MS);
  assert.deepEqual(moving, [], "something does not come to rest");
}

async function complaintsOf(page: Page): Promise<string[]> {
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error" && !/status of \d\d\d|net::ERR/.test(message.text()))
      complaints.push(message.text());
  });
  await page.exposeFunction("complain", (text: string) => complaints.push(text));
  await page.addInitScript(() => {
    addEventListener("securitypolicyviolation", (event) => {
      const report = `${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`;
      (globalThis as unknown as { complain: (text: string) => void }).complain(report);
    });
  });
  return complaints;
}

/** Signs in beside the page, which then starts as one that was signed in before: the door has tests of its own. */
async function signIn(session: BrowserContext, url: string, account: Account): Promise<void> {
  const answer = await session.request.post(`${url}/v1/session`, { data: account });
  if (!answer.ok()) throw new Error(`${account.email} cannot sign in: ${await answer.text()}`);
}

/** Asks until the answer is as expected, and fails with the last one when it never is: for all that comes in its own time. */
export async function eventually<Value>(
  ask: () => Promise<Value>,
  isExpected: (value: Value) => boolean,
): Promise<Value> {
  return there("it is as expected", ask, isExpected);
}

/** The demo's present year: its today is the real one. */
export function thisYear(): number {
  return Temporal.Now.plainDateISO("Europe/Prague").year;
}

/** The first such day of the week from a date on, Monday 1 to Sunday 7: what is planned on it is planned on it every year. */
export function onOrAfter(date: string, dayOfWeek: number): Temporal.PlainDate {
  const from = Temporal.PlainDate.from(date);
  return from.add({ days: (dayOfWeek - from.dayOfWeek + 7) % 7 });
}
