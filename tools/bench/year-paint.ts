import { chromium } from "playwright-core";
import { createClient } from "@hourwright/client";
import { findChromium } from "../../apps/web/src/testing/chromium.ts";

const WAIT_MS = 60_000;
const EVENTS = 10_000;

/** How long the Year takes from its data to its last painted row, with 10,000 events of one year. Null without a browser. */
export async function firstPaintOfYear(
  url: string,
  token: string,
  calendarFile: (events: number, year: number) => string,
  say: (sentence: string) => void,
): Promise<number | null> {
  const found = await findChromium();
  if ("missing" in found) {
    say(`first paint: not measured, ${found.missing}`);
    return null;
  }
  const year = Temporal.Now.plainDateISO().year;
  const client = createClient({ baseUrl: url, token: () => token });
  const { id } = await client("calendars.importOwn", { body: calendarFile(EVENTS, year), query: {} });
  for (;;) {
    const { state } = await client("jobs.read", { params: { id } });
    if (state === "failed") throw new Error("the import failed");
    if (state === "done") break;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  const browser = await chromium.launch({
    executablePath: found.path,
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
  });
  try {
    const page = await browser.newPage({ viewport: { width: 1728, height: 1080 } });
    page.setDefaultTimeout(WAIT_MS);
    await page.goto(url);
    const answer = await page.evaluate(
      async () =>
        (
          await fetch("/v1/session", {
            method: "POST",
            headers: { "content-type": "application/json" },
            body: JSON.stringify({ account: "coordinator@larkfield.example" }),
          })
        ).status,
    );
    if (answer !== 201) throw new Error(`signing in answered ${answer}`);
    await page.goto(`${url}/year/${year}`);
    await page.waitForFunction(() => performance.getEntriesByType("measure").some(({ name }) => name === "year-paint"));
    return await page.evaluate(() => performance.getEntriesByName("year-paint")[0]!.duration);
  } finally {
    await browser.close();
  }
}
