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
import { oneOf, seededRandom } from "@hourwright/std";
import type { Conflict, Event } from "../../data/api.ts";
import { closeAll, openPlace, thisYear, whyNoBrowser } from "../../testing/browser.ts";

const skip = await whyNoBrowser();
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
      assert.equal(await page.locator("canvas").count(), 13, "twelve rows and an overlay");
      const nodes = await page.evaluate(() => document.querySelectorAll("*").length);
      assert.ok(nodes < 1500, `${nodes} nodes`);
      assert.deepEqual(place.complaints, []);
    });
  }

  test("paints a tick exactly where the API's events touch a quarter hour, on 50 days chosen by chance", async () => {
    const seed = 20_270_318;
    await using place = await openPlace({ context: { deviceScaleFactor: 4 } });
    const { page } = place;
    const year = thisYear();
    const answer = await page.evaluate(async (wanted) => {
      const query = `start=${wanted}-01-01&end=${wanted + 1}-01-01&includeConflicts=true`;
      return (await fetch(`/v1/calendar/events?${query}`)).json() as unknown;
    }, year);
    const { events, conflicts } = answer as { events: Event[]; conflicts: Conflict[] };
    const zone = await page.evaluate(async () => {
      const session = (await (await fetch("/v1/session")).json()) as { me: { organisation: { zone: string } } };
      return session.me.organisation.zone;
    });
    const random = seededRandom(seed);
    const first = Temporal.PlainDate.from({ year, month: 1, day: 1 });
    const clashing = new Set(conflicts.map(({ start }) => dayIn(start, zone)));
    const quiet = Array.from({ length: 365 }, (_, day) => first.add({ days: day }).toString()).filter(
      (day) => !clashing.has(day),
    );
    for (let round = 0; round < 50; round++) {
      const day = oneOf(random, quiet);
      const expected = touchedQuarters(events, day, zone);
      const painted = await paintedQuarters(page, year, day);
      assert.deepEqual(painted.stray(expected), [], `painted on ${day} where nothing is planned`);
      assert.deepEqual(painted.missing(expected), [], `planned on ${day} and not painted`);
    }
  });

  test("says everything a cell shows: date, how much, and each conflict by its word", async () => {
    await using place = await openPlace();
    const names = await place.page
      .getByRole("gridcell")
      .evaluateAll((cells) => cells.map((cell) => cell.ariaLabel ?? ""));
    const shape = /^\w+day \d{1,2} \w+(, today)?, (nothing planned|\d+ events?)(, [a-z ]+)*$/;
    for (const name of names) assert.match(name, shape);
    assert.equal(names.filter((name) => name.includes(", today,")).length, 1);
    assert.ok(names.some((name) => /overlap|twice|clash/.test(name)));
  });

  test("is walked by keys, and the address follows", async () => {
    await using place = await openPlace({ path: `/year/${thisYear()}?on=${thisYear()}-03-25` });
    const { page } = place;
    await page.locator('[role="gridcell"][tabindex="0"]').focus();
    const press = async (key: string) => {
      await page.keyboard.press(key);
      return new URL(page.url()).searchParams.get("on");
    };
    assert.equal(await press("ArrowRight"), `${thisYear()}-03-26`);
    assert.equal(await press("Home"), `${thisYear()}-03-01`);
    assert.equal(await press("End"), `${thisYear()}-03-31`);
    await press("ArrowLeft");
    const focused = () => page.evaluate(() => document.activeElement?.ariaLabel ?? "");
    assert.match(await focused(), /30 March/);
    assert.match((await press("PageDown"))!, new RegExp(`${thisYear()}-06-`));
    assert.equal(await press("t"), Temporal.Now.plainDateISO("Europe/Prague").toString());
    assert.equal(await page.locator('[role="gridcell"][tabindex="0"]').count(), 1);
    await page.keyboard.press("Enter");
    assert.equal(await page.evaluate(() => document.activeElement?.tagName), "ASIDE");
    await page.keyboard.press("Escape");
    assert.match(await focused(), /today/);
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Keys" }).waitFor();
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
      assert.equal(new URL(page.url()).searchParams.get("on"), `${thisYear()}-06-17`, `${viewport.width} px`);
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
    await people.locator("label:has(input)").first().click();
    await page.keyboard.press("Escape");
    assert.match(page.url(), /people=/);
    const countOf = () => page.locator('[role="gridcell"][aria-label*="event"]').count();
    const few = await countOf();
    await page.reload();
    await page.locator('[role="gridcell"][aria-label*="event"]').first().waitFor({ state: "attached" });
    assert.equal(await countOf(), few);
    await page.getByRole("button", { name: /Whose time is shown/ }).click();
    await page.getByRole("button", { name: "Show everyone" }).click();
    assert.doesNotMatch(page.url(), /people=/);
    assert.ok((await countOf()) > few);
  });

  test("keeps the theme that was chosen", async () => {
    await using place = await openPlace({ context: { colorScheme: "light" } });
    const { page } = place;
    const theme = () => page.evaluate(() => document.documentElement.dataset["theme"]);
    assert.equal(await theme(), "light");
    const lightPixel = await stripColour(page);
    await page.getByRole("button", { name: "Account and appearance" }).click();
    await page.getByText("Dark", { exact: true }).click();
    assert.equal(await theme(), "dark");
    await page.keyboard.press("Escape");
    await page.reload();
    await page.locator('[role="gridcell"][aria-label*="event"]').first().waitFor({ state: "attached" });
    assert.equal(await theme(), "dark");
    await page.waitForTimeout(100);
    assert.notEqual(await stripColour(page), lightPixel, "the canvas is repainted too");
  });

  test("says that it is offline and goes on when it is not", async () => {
    await using place = await openPlace();
    const { page } = place;
    await page.context().setOffline(true);
    await page.getByText(/No connection/).waitFor({ timeout: 12_000 });
    assert.ok((await page.locator('[role="gridcell"][aria-label*="event"]').count()) > 100, "what was loaded stays");
    await page.context().setOffline(false);
    await page.getByText(/No connection/).waitFor({ state: "detached", timeout: 12_000 });
  });
});

function dayIn(instant: string, zone: string): string {
  return Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainDate().toString();
}

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

/** Reads the row's canvas: which columns of the day's barcode are not the colour beneath it. */
async function paintedQuarters(page: Page, year: number, day: string) {
  const shape = yearShape(year, 1);
  const dayOfYear = dayOfDate(shape, parseDate(day)!)!;
  const { row, column } = cellOfDay(shape, dayOfYear);
  const scroller = (await page.getByTestId("year-scroller").boundingBox())!;
  const scale = scaleFor(scroller);
  const bands = bandsOf(scale.density, scale.rowHeight);
  const left = columnLeft(scale, column) + bands.barcodeInset;
  const width = columnLeft(scale, column + 1) - bands.barcodeInset - left;
  const middle = bands.barcodeTop + bands.barcodeHeight / 2;
  const marks = await page.evaluate(
    ({ row, left, width, middle }) => {
      const canvas = document.querySelectorAll("canvas")[row]!;
      const ratio = devicePixelRatio;
      const line = canvas
        .getContext("2d")!
        .getImageData(Math.round(left * ratio), Math.round(middle * ratio), Math.round(width * ratio), 1).data;
      const beneath = canvas
        .getContext("2d")!
        .getImageData(Math.round(left * ratio), Math.round((middle - 8) * ratio), 1, 1).data;
      return Array.from({ length: line.length / 4 }, (_, index) =>
        [0, 1, 2].some((channel) => Math.abs(line[index * 4 + channel]! - beneath[channel]!) > 6),
      );
    },
    { row, left, width, middle },
  );
  // Ticks keep 0.7 px between each other and are at least 1.6 px wide: so exact is what can be asked of a drawing.
  const quarterPx = marks.length / (BARCODE.toQuarter - BARCODE.fromQuarter);
  const tolerance = (1.6 / width) * marks.length;
  const edges = (quarter: number) =>
    [(quarter - BARCODE.fromQuarter) * quarterPx, (quarter + 1 - BARCODE.fromQuarter) * quarterPx] as const;
  const near = (px: number, quarter: number) =>
    px >= edges(quarter)[0] - tolerance && px <= edges(quarter)[1] + tolerance;
  return {
    stray: (expected: ReadonlySet<number>) =>
      marks.flatMap((isMarked, px) => (isMarked && ![...expected].some((quarter) => near(px, quarter)) ? [px] : [])),
    missing: (expected: ReadonlySet<number>) =>
      [...expected].filter((quarter) => !marks.some((isMarked, px) => isMarked && near(px, quarter))),
  };
}

/** The colour of a month's strip, under the number of its first day. */
function stripColour(page: Page): Promise<string> {
  return page.evaluate(() => {
    const canvas = document.querySelectorAll("canvas")[2]!;
    return [...canvas.getContext("2d")!.getImageData(canvas.width / 2, canvas.height - 6, 1, 1).data].join();
  });
}
