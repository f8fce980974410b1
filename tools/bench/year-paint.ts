import type { Browser, Page } from "playwright-core";
import { peerFile } from "./peers.ts";
import { percentile } from "./report.ts";
import type { Running } from "./server.ts";
import { openSignedIn, VIEWPORT } from "./year-page.ts";

/**
 * From the year's events in hand (parsed) to the end of the frame that paints them: the median of some loads, each of a
 * fresh page with nothing compiled.
 */
export async function firstPaintOfYear(browser: Browser, server: Running, year: number, loads = 1): Promise<number> {
  const times: number[] = [];
  const { context, page, home } = await openSignedIn(browser, server);
  await page.addInitScript(endOfPaint);
  for (let load = 0; load < loads; load++) {
    await page.goto(`${home}/year/${year}`);
    times.push(await page.evaluate(() => (globalThis as unknown as { painted: Promise<number> }).painted));
  }
  await context.close();
  return percentile(times, 0.5);
}

/** The painter keeps a measure from data to the last painted row; what observes it runs when the frame is done. */
function endOfPaint(): void {
  const { promise, resolve } = Promise.withResolvers<number>();
  Object.assign(globalThis, { painted: promise });
  new PerformanceObserver((list) => {
    const measure = list.getEntriesByName("year-paint")[0];
    if (measure !== undefined) resolve(performance.now() - measure.startTime);
  }).observe({ entryTypes: ["measure"] });
}

/** What the peer is given of an event. */
export type PeerEvent = {
  readonly title: string;
  readonly start: string;
  readonly end: string;
  readonly allDay: boolean;
};

/** The events of a year as our page gets them, as the peer wants them. */
export async function eventsOfYear({ client }: Running, year: number): Promise<PeerEvent[]> {
  const found: PeerEvent[] = [];
  let cursor: string | null = null;
  do {
    const bounds = { start: `${year}-01-01`, end: `${year + 1}-01-01` };
    const query = { ...bounds, timeZone: "Europe/Prague", ...(cursor === null ? {} : { cursor }) };
    const answer: Awaited<ReturnType<typeof page>> = await page(query);
    for (const { title, start, end, allDay } of answer.events) found.push({ title, start, end, allDay });
    cursor = answer.nextCursor;
  } while (cursor !== null);
  return found;

  function page(query: { start: string; end: string; timeZone: string; cursor?: string }) {
    return client("events.list", { query });
  }
}

/** The same of the peer: fresh pages, the same window and browser; its own defaults, or at most as many events a day as fit. */
export async function firstPaintOfPeer(
  browser: Browser,
  events: readonly PeerEvent[],
  year: number,
  dayMaxEvents: boolean,
  loads: number,
): Promise<number> {
  const times: number[] = [];
  for (let load = 0; load < loads; load++) {
    const page = await browser.newPage({ viewport: VIEWPORT });
    times.push(await loadPeer(page, events, year, dayMaxEvents));
    await page.close();
  }
  return percentile(times, 0.5);
}

type FullCalendar = {
  readonly Calendar: new (element: Element, options: Record<string, unknown>) => { render(): void };
};

async function loadPeer(
  page: Page,
  events: readonly PeerEvent[],
  year: number,
  dayMaxEvents: boolean,
): Promise<number> {
  await page.setContent('<!doctype html><body style="margin:0"><div id="calendar" style="height:1080px"></div>');
  for (const sheet of ["skeleton.css", "themes/classic/theme.css", "themes/classic/palette.css"])
    await page.addStyleTag({ path: peerFile("fullcalendar", sheet) });
  for (const script of ["all/global.js", "themes/classic/global.js"])
    await page.addScriptTag({ path: peerFile("fullcalendar", script) });
  return page.evaluate(
    async ({ given, initialDate, isCut }) => {
      const { FullCalendar: peer } = globalThis as unknown as { FullCalendar: FullCalendar };
      const begunMs = performance.now();
      const options = { initialView: "multiMonthYear", initialDate, height: 1080, dayMaxEvents: isCut, events: given };
      new peer.Calendar(document.querySelector("#calendar")!, options).render();
      // Its events are there when the page is quiet: it lays out in several frames.
      let lastMs = performance.now();
      for (let quiet = 0; quiet < 3;) {
        const before = document.querySelectorAll("*").length;
        await new Promise<void>((done) => requestAnimationFrame(() => setTimeout(done)));
        const isStill = before === document.querySelectorAll("*").length;
        quiet = isStill ? quiet + 1 : 0;
        if (!isStill || quiet === 1) lastMs = performance.now();
      }
      return lastMs - begunMs;
    },
    { given: events as PeerEvent[], initialDate: `${year}-01-01`, isCut: dayMaxEvents },
  );
}
