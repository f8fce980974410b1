import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import type { Page } from "playwright-core";
import {
  BARCODE,
  bandsOf,
  columnLeft,
  dayOfDate,
  cellOfDay,
  parseDate,
  scaleFor,
  yearShape,
} from "@hourwright/timeline";
import { seededRandom, wholeBetween } from "@hourwright/std";
import type { Event } from "../../data/api.ts";
import {
  addressOf,
  becomes,
  closeAll,
  eventually,
  focused,
  openPlace,
  thisYear,
  whyNoBrowser,
} from "../../testing/browser.ts";

const skip = await whyNoBrowser();
/** So wide that a quarter hour is more than four pixels: what is drawn can be told exactly. */
const WIDE = { width: 9_000, height: 1_080 };
/** Other days each time; the name of the test tells which. */
const SEED = Number(process.env["SEED"] ?? Temporal.Now.instant().epochMilliseconds % 1_000_000);
const SCREENS = [
  { width: 1728, height: 1080 },
  { width: 1024, height: 768 },
  { width: 390, height: 844 },
];

describe("the year in Chromium", { skip }, () => {
  after(closeAll);

  for (const viewport of SCREENS) {
    test(`is a grid of 13 rows and 38 columns with one tab stop at ${viewport.width} × ${viewport.height}`, async () => {
      await using place = await openPlace({ context: { viewport } });
      const { page } = place;
      const grid = page.getByRole("grid");
      assert.equal(await grid.getAttribute("aria-rowcount"), "13");
      assert.equal(await grid.getAttribute("aria-colcount"), "38");
      assert.equal(await grid.getByRole("row").count(), 13);
      assert.equal(await grid.getByRole("columnheader").count(), 38);
      assert.equal(await grid.getByRole("rowheader").count(), 12);
      const days = yearShape(thisYear(), 1).days;
      assert.equal(await grid.getByRole("gridcell").count(), days);
      assert.equal(await grid.locator('[role="gridcell"][tabindex="0"]').count(), 1);
      await becomes(() => page.locator("canvas").count(), 13, "twelve rows and an overlay");
      const nodes = await page.evaluate(() => document.querySelectorAll("*").length);
      assert.ok(nodes < 1500, `${nodes} nodes`);
      assert.deepEqual(place.complaints, []);
    });
  }

  test(`paints a tick exactly where the API's events touch a quarter hour, on 50 days by chance (seed ${SEED})`, async () => {
    await using place = await openPlace({ context: { viewport: WIDE } });
    const { page } = place;
    const year = thisYear();
    const answer = await page.evaluate(async (wanted) => {
      const query = `start=${wanted}-01-01&end=${wanted + 1}-01-01&limit=20000`;
      return (await fetch(`/v1/calendar/events?${query}`)).json() as unknown;
    }, year);
    const { events, nextCursor } = answer as { events: Event[]; nextCursor: string | null };
    assert.equal(nextCursor, null, "the whole year in one answer");
    const zone = await page.evaluate(async () => {
      const session = (await (await fetch("/v1/session")).json()) as { me: { organisation: { zone: string } } };
      return session.me.organisation.zone;
    });
    const random = seededRandom(SEED);
    const first = Temporal.PlainDate.from({ year, month: 1, day: 1 });
    let touched = 0;
    for (let round = 0; round < 50; round++) {
      const day = first.add({ days: wholeBetween(random, 0, first.daysInYear - 1) }).toString();
      const expected = touchedQuarters(events, day, zone);
      await becomes(() => paintedQuarters(page, year, day), expected, day);
      touched += expected.size;
    }
    assert.ok(touched > 100, `${touched} quarters in 50 days show nothing`);
  });

  test("says everything a cell shows: date, how much, each conflict by its word, load and focus time", async () => {
    await using place = await openPlace();
    await place.page.locator('[role="gridcell"][aria-label*="of capacity"]').first().waitFor({ state: "attached" });
    const names = await place.page
      .getByRole("gridcell")
      .evaluateAll((cells) => cells.map((cell) => cell.ariaLabel ?? ""));
    const shape =
      /^\w+day \d{1,2} \w+(, today)?, (nothing planned|\d+ events?)(, [a-z ]+)*(, \d+% of capacity)?(, focus time [\d:, toand]+)?$/;
    for (const name of names) assert.match(name, shape);
    assert.equal(names.filter((name) => name.includes(", today,")).length, 1);
    assert.ok(names.some((name) => /overlap|twice|clash/.test(name)));
    assert.ok(names.some((name) => name.includes("focus time ")));
  });

  test("is walked by keys, and the address follows", async () => {
    await using place = await openPlace({ path: `/year/${thisYear()}?on=${thisYear()}-03-25` });
    const { page } = place;
    await page.locator('[role="gridcell"][tabindex="0"]').focus();
    const on = async () => (await addressOf(page)).searchParams.get("on") ?? "";
    const leadsTo = async (key: string, day: string) => {
      await page.keyboard.press(key);
      await eventually(on, (date) => date.startsWith(day));
    };
    await leadsTo("ArrowRight", `${thisYear()}-03-26`);
    await leadsTo("Home", `${thisYear()}-03-01`);
    await leadsTo("End", `${thisYear()}-03-31`);
    await leadsTo("ArrowLeft", `${thisYear()}-03-30`);
    await focused(page.getByRole("gridcell", { name: /\b30 March/ }));
    await leadsTo("PageDown", `${thisYear()}-06-`);
    await leadsTo("t", Temporal.Now.plainDateISO("Europe/Prague").toString());
    await becomes(() => page.locator('[role="gridcell"][tabindex="0"]').count(), 1);
    await page.keyboard.press("Enter");
    await becomes(() => page.evaluate(() => document.activeElement?.tagName), "ASIDE");
    await page.keyboard.press("Escape");
    await focused(page.getByRole("gridcell", { name: /today/ }));
    await page.keyboard.press("?");
    await focused(page.getByRole("dialog", { name: "Keys" }));
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    assert.deepEqual(place.complaints, []);
  });

  test("takes the pointer where the cell is, on a panned phone too", async () => {
    for (const viewport of SCREENS) {
      await using place = await openPlace({
        path: `/year/${thisYear()}?on=${thisYear()}-06-15`,
        context: { viewport },
      });
      const { page } = place;
      await page.getByRole("gridcell", { name: / 17 June/ }).click();
      const on = async () => (await addressOf(page)).searchParams.get("on");
      await becomes(on, `${thisYear()}-06-17`, `${viewport.width} px`);
      await page
        .getByRole("complementary")
        .getByText(/17 June/)
        .first()
        .waitFor();
    }
  });

  test("shows one person's time by one choice, kept in the address", async () => {
    await using place = await openPlace();
    const { page } = place;
    await page.getByRole("button", { name: /Whose time is shown/ }).click();
    const people = page.getByRole("group", { name: "People" });
    const countOf = () => page.locator('[role="gridcell"][aria-label*="event"]').count();
    const all = await countOf();
    await people.locator("label:has(input)").first().click();
    await page.keyboard.press("Escape");
    const search = async () => (await addressOf(page)).search;
    await eventually(search, (text) => text.includes("people="));
    const few = await eventually(countOf, (count) => count < all);
    await page.reload();
    await becomes(countOf, few);
    await page.getByRole("button", { name: /Whose time is shown/ }).click();
    await page.getByRole("button", { name: "Show everyone" }).click();
    await eventually(search, (text) => !text.includes("people="));
    await becomes(countOf, all);
  });

  test("keeps the theme that was chosen", async () => {
    await using place = await openPlace({ context: { colorScheme: "light" } });
    const { page } = place;
    const theme = () => page.evaluate(() => document.documentElement.dataset["theme"]);
    assert.equal(await theme(), "light");
    const lightPixel = await eventually(
      () => stripColour(page),
      (colour) => colour !== NOT_PAINTED,
    );
    await page.getByRole("button", { name: "Account and appearance" }).click();
    await page.getByText("Dark", { exact: true }).click();
    await becomes(theme, "dark");
    await page.keyboard.press("Escape");
    await page.reload();
    await page.locator('[role="gridcell"][aria-label*="event"]').first().waitFor({ state: "attached" });
    await becomes(theme, "dark");
    await eventually(
      () => stripColour(page), // The canvas is repainted too.
      (colour) => colour !== NOT_PAINTED && colour !== lightPixel,
    );
  });

  test("calls nothing empty that it does not know yet", async () => {
    await using place = await openPlace({ account: null });
    const { page } = place;
    const answers = Promise.withResolvers<void>();
    await page.route("**/v1/calendar/events?*", async (route) => {
      await answers.promise;
      await route.continue();
    });
    await page.getByRole("button", { name: /administrator/ }).click();
    const busy = page.locator('[role="grid"][aria-busy="true"]');
    await busy.waitFor();
    await page.getByText(`Loading ${thisYear()} …`).waitFor();
    assert.equal(await page.getByText(/nothing planned|0 events/i).count(), 0);
    const name = await page.getByRole("gridcell").first().getAttribute("aria-label");
    assert.match(name!, /^\w+day 1 January(, today)?$/);
    await page.getByRole("link", { name: "Conflicts" }).click();
    await page.getByText(`Loading ${thisYear()} …`).waitFor();
    assert.equal(await page.getByText(/No conflicts|0 shown/).count(), 0);
    await page.getByRole("link", { name: "Year" }).click();
    answers.resolve();
    await page.locator('[role="grid"][aria-busy="false"]').waitFor();
    await eventually(
      () => page.locator('[role="gridcell"][aria-label*="event"]').count(),
      (count) => count > 100,
    );
    assert.deepEqual(place.complaints, []);
  });

  test("says why a year could not be loaded, wherever it would stand, and loads it when asked again", async () => {
    await using place = await openPlace({ account: null });
    const { page } = place;
    let isBroken = true;
    const problem = {
      type: "about:blank",
      title: "The database is away",
      status: 503,
      detail: "",
      code: "unavailable",
    };
    const broken = { status: 503, contentType: "application/problem+json", body: JSON.stringify(problem) };
    await page.route("**/v1/calendar/events?*", (route) => (isBroken ? route.fulfill(broken) : route.continue()));
    await page.getByRole("button", { name: /administrator/ }).click();
    await page.getByRole("alert").getByText("The database is away").waitFor();
    assert.equal(await page.getByText(/nothing planned|0 events/i).count(), 0);
    await page.getByRole("link", { name: "Conflicts" }).click();
    await page.getByRole("alert").getByText("The database is away").waitFor();
    assert.equal(await page.getByText(/No conflicts|0 shown/).count(), 0);
    isBroken = false;
    await page.getByRole("button", { name: "Try again" }).click();
    await page.locator("[data-conflict]").first().waitFor();
    assert.deepEqual(place.complaints, []);
  });

  test("says that it is offline and goes on when it is not", async () => {
    await using place = await openPlace();
    const { page } = place;
    await page.context().setOffline(true);
    await page.getByText(/No connection/).waitFor();
    assert.ok((await page.locator('[role="gridcell"][aria-label*="event"]').count()) > 100, "what was loaded stays");
    await page.context().setOffline(false);
    await page.getByText(/No connection/).waitFor({ state: "detached" });
  });
});

const BARCODE_INSET = 3;

/** Quarters of the barcode that timed, opaque events touch: by looking at each quarter of the day. */
function touchedQuarters(events: readonly Event[], day: string, zone: string): Set<number> {
  const midnight = Temporal.PlainDate.from(day).toPlainDateTime();
  const timed = events
    .filter(({ allDay, transparency, status }) => !allDay && transparency === "opaque" && status !== "cancelled")
    .map(
      ({ start, end }) =>
        [Temporal.Instant.from(start).epochMilliseconds, Temporal.Instant.from(end).epochMilliseconds] as const,
    );
  const touched = new Set<number>();
  for (let quarter = BARCODE.fromQuarter; quarter < BARCODE.toQuarter; quarter++) {
    const from = midnight.add({ minutes: quarter * 15 }).toZonedDateTime(zone).epochMilliseconds;
    if (timed.some(([start, end]) => start < from + 900_000 && end > from)) touched.add(quarter);
  }
  return touched;
}

/** Reads the row's canvas: the quarters of the day's barcode in whose middle it is not the colour beneath. */
async function paintedQuarters(page: Page, year: number, day: string): Promise<Set<number>> {
  const shape = yearShape(year, 1);
  const dayOfYear = dayOfDate(shape, parseDate(day)!)!;
  const { row, column } = cellOfDay(shape, dayOfYear);
  const scale = scaleFor((await page.getByTestId("year-scroller").boundingBox())!);
  const { density, height } = scale.rows[row]!;
  const barcode = bandsOf(density, height).barcode!;
  const left = columnLeft(scale, column) + BARCODE_INSET;
  const width = columnLeft(scale, column + 1) - BARCODE_INSET - left;
  const quarterPx = width / (BARCODE.toQuarter - BARCODE.fromQuarter);
  assert.ok(quarterPx > 4, `a quarter of ${quarterPx} px: lines beside it would be taken for it`);
  const middle = barcode.top + barcode.height / 2;
  const marks = await page.evaluate(
    ({ row, left, width, middle, below, quarterPx }) => {
      const context = document.querySelectorAll("canvas")[row]!.getContext("2d")!;
      const line = context.getImageData(left, Math.round(middle), Math.ceil(width), 1).data;
      const beneath = context.getImageData(left + 1, Math.round(below), 1, 1).data;
      return Array.from({ length: Math.round(width / quarterPx) }, (_, quarter) => {
        const at = Math.floor((quarter + 0.5) * quarterPx) * 4;
        return [0, 1, 2].some((channel) => Math.abs(line[at + channel]! - beneath[channel]!) > 6);
      });
    },
    { row, left, width, middle, below: barcode.top + barcode.height + 5, quarterPx },
  );
  return new Set(marks.flatMap((isMarked, quarter) => (isMarked ? [BARCODE.fromQuarter + quarter] : [])));
}

const NOT_PAINTED = "0,0,0,0";

/** The colour of a month's strip, under the number of its first day. */
function stripColour(page: Page): Promise<string> {
  return page.evaluate(() => {
    const canvas = document.querySelectorAll("canvas")[2]!;
    return [...canvas.getContext("2d")!.getImageData(canvas.width / 2, canvas.height - 6, 1, 1).data].join();
  });
}
