import assert from "node:assert/strict";
import { after, describe, test, type TestContext } from "node:test";
import type { Page } from "playwright-core";
import { startTestServer, type TestServer } from "../../../server/src/testing/server.ts";
import { systemClock } from "../../../server/src/platform/clock.ts";
import { buildPage, closeAll, openPlace, whyNoBrowser, type Place, type PlaceOptions } from "../testing/browser.ts";
import { differenceFrom, isUpdating, keepBaseline, pictureOf, SHARE_MAX, whyNoBaselines } from "../testing/pixels.ts";

const skip = await whyNoBrowser();

/** The same moment for the server, its demo and the page: a Thursday in March, mid-morning in Prague. */
const NOW_MS = Temporal.Instant.from("2027-03-18T09:40:00Z").epochMilliseconds;
const YEAR = "/year/2027?on=2027-03-18";
const WEEK = "/week/2027?on=2027-03-18";

/** An A3 sheet on its side, less its margins, at 96 to the inch. */
const SHEET = { width: 1512, height: 1047 };

type Shot = Pick<PlaceOptions, "path" | "context"> & {
  readonly name: string;
  readonly what: string;
  readonly isRightToLeft?: boolean;
  readonly isPrinted?: boolean;
};

const SHOTS: readonly Shot[] = [
  { name: "year-light", what: "the Year", path: YEAR },
  { name: "year-dark", what: "the Year in the dark", path: YEAR, context: { colorScheme: "dark" } },
  { name: "year-right-to-left", what: "the Year from right to left", path: YEAR, isRightToLeft: true },
  {
    name: "year-zoomed",
    what: "the Year at 200 %",
    path: YEAR,
    context: { viewport: { width: 864, height: 540 }, deviceScaleFactor: 2 },
  },
  { name: "year-print", what: "the Year on paper", path: YEAR, context: { viewport: SHEET }, isPrinted: true },
  { name: "year-phone", what: "the Year on a phone", path: YEAR, context: { viewport: { width: 390, height: 844 } } },
  { name: "week-light", what: "the Week", path: WEEK },
  { name: "week-dark", what: "the Week in the dark", path: WEEK, context: { colorScheme: "dark" } },
];

describe("pictures of the places in Chromium", { skip }, () => {
  let server: Promise<TestServer> | null = null;
  after(async () => {
    await closeAll();
    await (await server)?.[Symbol.asyncDispose]();
  });

  const open = async (shot: Omit<Shot, "name" | "what">): Promise<Place> => {
    buildPage();
    const startedMs = systemClock.monotonicMs();
    server ??= startTestServer(
      {},
      { ...systemClock, nowMs: () => Math.round(NOW_MS + systemClock.monotonicMs() - startedMs) },
    );
    const place = await openPlace({
      path: shot.path!,
      server: await server,
      context: { reducedMotion: "reduce", locale: "en-GB", ...shot.context },
      prepare: (page) => stopTime(page, shot.isRightToLeft === true),
    });
    if (shot.path === YEAR)
      await place.page.locator('[role="gridcell"][aria-label*="of capacity"]').first().waitFor({ state: "attached" });
    // What comes last: the repairs of the day's conflict.
    await place.page.locator("aside").getByText("Apply").first().waitFor({ state: "attached" });
    if (shot.isPrinted === true) {
      await place.page.emulateMedia({ media: "print" });
      await place.page.evaluate(() => dispatchEvent(new Event("beforeprint")));
    }
    return place;
  };

  for (const shot of SHOTS) {
    test(`${shot.what} looks as it did (baselines/${shot.name}.webp)`, async (t) => {
      await using place = await open(shot);
      const version = place.page.context().browser()!.version();
      if (isSkipped(t, version)) return;
      const picture = await pictureOf(place.page);
      if (isUpdating) return keepBaseline(shot.name, picture, version);
      const { share, files } = await differenceFrom(shot.name, picture, place.page);
      assert.ok(share <= SHARE_MAX, `${percent(share)} of the pixels differ; see ${files}`);
    });
  }

  for (const [layer, key] of [
    ["events", "1"],
    ["conflicts", "2"],
    ["capacity", "3"],
  ] as const) {
    test(`a Year without its ${layer} does not pass for the one with them`, async (t) => {
      await using place = await open({ path: YEAR });
      const { page } = place;
      if (isSkipped(t, page.context().browser()!.version())) return;
      await page.locator('[role="gridcell"][tabindex="0"]').focus();
      await page.keyboard.press(key);
      await page.waitForURL(/layer=/);
      const { share } = await differenceFrom("year-light", await pictureOf(page), page);
      assert.ok(share > SHARE_MAX, `only ${percent(share)} of the pixels differ`);
    });
  }
});

function isSkipped(t: TestContext, version: string): boolean {
  const why = whyNoBaselines(version);
  if (why !== null) t.skip(why);
  return why !== null;
}

const percent = (share: number): string => `${(share * 100).toFixed(2)} %`;

/** The page's present moment stands still, in whichever way it asks; from right to left from the start. */
async function stopTime(page: Page, isRightToLeft: boolean): Promise<void> {
  await page.addInitScript(
    ({ nowMs, isMirrored }) => {
      if ("Temporal" in globalThis) Temporal.Now.instant = () => Temporal.Instant.fromEpochMilliseconds(nowMs);
      Object.defineProperty(performance, "timeOrigin", { get: () => nowMs - performance.now() });
      if (isMirrored) addEventListener("DOMContentLoaded", () => (document.documentElement.dir = "rtl"));
    },
    { nowMs: NOW_MS, isMirrored: isRightToLeft },
  );
}
