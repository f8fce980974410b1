import type { Browser } from "playwright-core";
import { startTestServer } from "../../apps/server/src/testing/server.ts";
import { buildPage } from "../../apps/web/src/testing/browser.ts";
import { below, percentile, type Bench, type Result } from "./report.ts";
import { openBrowser } from "./year-page.ts";

/** A mid-range phone on a bad line. */
const VIEWPORT = { width: 360, height: 800 } as const;
const CPU_SLOWED = 4;
const BITS_A_SECOND = 1_600_000;
const LATENCY_MS = 150;
const VISITS = 7;
const FIRST_SLOTS_MS = 1_000;
const PRESSED_MS = 1_000;

/** How long the booking page takes to its first times on a phone, and to the details of one that was pressed. */
export const bookingPage: Bench = {
  name: "booking-page",
  async run(say) {
    buildPage();
    const browser = await openBrowser(say);
    if (browser === null) return [];
    await using server = await startTestServer();
    try {
      const visits: Visit[] = [];
      await visit(browser, server.url); // Warms the server: whoever comes first after its start waits longer.
      for (let left = VISITS; left > 0; left--) visits.push(await visit(browser, server.url));
      return resultsOf(visits);
    } finally {
      await browser.close();
    }
  },
};

type Visit = { readonly firstSlotsMs: number; readonly pressedMs: number };

async function visit(browser: Browser, url: string): Promise<Visit> {
  const context = await browser.newContext({ viewport: VIEWPORT, hasTouch: true });
  const page = await context.newPage();
  const chrome = await context.newCDPSession(page);
  await chrome.send("Network.enable");
  await chrome.send("Network.emulateNetworkConditions", {
    offline: false,
    latency: LATENCY_MS,
    downloadThroughput: BITS_A_SECOND / 8,
    uploadThroughput: BITS_A_SECOND / 8,
  });
  await chrome.send("Emulation.setCPUThrottlingRate", { rate: CPU_SLOWED });
  await page.goto(`${url}/book/larkfield/driving-lesson`, { waitUntil: "load" });
  // Times stand in the first paint: they are part of the page.
  const firstSlotsMs = await page.evaluate(() => performance.getEntriesByName("first-contentful-paint")[0]!.startTime);
  await page.locator(".slots button").first().waitFor();
  const startMs = performance.now();
  await page.locator(".slots button").last().tap();
  await page.locator('html[data-step="details"]').waitFor();
  const pressedMs = performance.now() - startMs;
  await page.locator(".pick button").tap();
  await page.locator('html[data-step="time"]').waitFor();
  await context.close();
  return { firstSlotsMs, pressedMs };
}

const resultsOf = (visits: readonly Visit[]): readonly Result[] => [
  below(
    "first times on a phone, median",
    percentile(
      visits.map((each) => each.firstSlotsMs),
      0.5,
    ),
    "ms",
    FIRST_SLOTS_MS,
  ),
  below("first times on a phone, slowest", Math.max(...visits.map((each) => each.firstSlotsMs)), "ms", FIRST_SLOTS_MS),
  below(
    "a pressed time is held, median",
    percentile(
      visits.map((each) => each.pressedMs),
      0.5,
    ),
    "ms",
    PRESSED_MS,
  ),
];
