import type { Browser, BrowserContext, Page } from "playwright-core";
import { findChromium, launchChromium } from "../../apps/web/src/testing/chromium.ts";
import { COORDINATOR, type Running } from "./server.ts";

export const VIEWPORT = { width: 1728, height: 1080 } as const;
const WAIT_MS = 60_000;

/** Chromium with software drawing; null where there is none, and that is said. */
export async function openBrowser(say: (sentence: string) => void): Promise<Browser | null> {
  const found = await findChromium();
  if (!("missing" in found)) return launchChromium();
  say(`not measured, ${found.missing}`);
  return null;
}

/** A window of its own, signed in to the demo as its coordinator, on a blank page. */
export async function openSignedIn(
  browser: Browser,
  { url }: Pick<Running, "url">,
  pixelRatio = 1,
): Promise<{ context: BrowserContext; page: Page; home: string }> {
  const home = url.replace("127.0.0.1", "localhost"); // Cookies are for a name.
  const context = await browser.newContext({ viewport: VIEWPORT, deviceScaleFactor: pixelRatio });
  const page = await context.newPage();
  page.setDefaultTimeout(WAIT_MS);
  const answer = await context.request.post(`${home}/v1/session`, {
    data: { account: COORDINATOR },
    headers: { origin: home },
  });
  if (answer.status() !== 201) throw new Error(`signing in answered ${answer.status()}`);
  return { context, page, home };
}

/** Resolves when nothing more is on its way: events, load and fonts are there and painted. */
export async function untilQuiet(page: Page): Promise<void> {
  await page.locator('main[data-state="ready"]').waitFor();
  await page.locator('[role="gridcell"][aria-label*="of capacity"]').first().waitFor({ state: "attached" });
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  await page.waitForLoadState("networkidle");
}
