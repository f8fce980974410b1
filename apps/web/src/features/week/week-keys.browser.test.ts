import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, describe, test } from "node:test";
import type { Page } from "playwright-core";
import {
  addressOf,
  becomes,
  boxOf,
  closeAll,
  eventually,
  openPlace,
  settled,
  whyNoBrowser,
} from "../../testing/browser.ts";
import {
  at,
  coordinator,
  create,
  epochDay,
  listed,
  md,
  monday,
  onWall,
  open,
  openWeek,
  point,
  prepare,
  timesOf,
  YEAR,
} from "../../testing/week-page.ts";

const skip = await whyNoBrowser();

describe("the week by keyboard alone in Chromium", { skip }, () => {
  before(prepare);
  after(closeAll);

  test("W keeps the year's day; arrows move a cursor with a name; Enter makes an event there", async () => {
    const day = monday(4).add({ days: 16 });
    await using place = await open(`/year/${YEAR}?on=${day.toString()}`);
    const { page } = place;
    await page.keyboard.press("w");
    await page.locator(`[data-day="${epochDay(day)}"][data-part="hours"]:focus`).waitFor();
    for (const key of ["ArrowRight", "ArrowDown", "ArrowDown", "ArrowUp"]) await page.keyboard.press(key);
    const next = day.add({ days: 1 });
    const name = () => page.evaluate(() => document.activeElement?.ariaLabel ?? "");
    await page.locator(`[data-day="${epochDay(next)}"][data-part="hours"]:focus`).waitFor();
    await eventually(name, (said) => said.endsWith("09:15, free"));
    await page
      .locator("output")
      .first()
      .filter({ hasText: /09:15, free$/ })
      .waitFor();
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog", { name: "New event" });
    await dialog.getByLabel("Title").fill("Typed");
    await dialog.getByLabel("Calendar").selectOption({ label: "Weekly" });
    await dialog.getByLabel("Title").focus();
    await page.keyboard.press("Enter");
    await page.locator("[data-event]", { hasText: "Typed" }).waitFor();
    const found = await listed(next);
    assert.deepEqual(
      found.map(({ start, end }) => [onWall(start), onWall(end)]),
      [[`${md(next)}T09:15`, `${md(next)}T10:15`]],
    );
    assert.deepEqual(place.complaints, []);
  });

  for (const [reducedMotion, moves] of [
    ["no-preference", 160],
    ["reduce", 0],
  ] as const)
    test(`W grows the week out of its row once, or not at all: ${reducedMotion}`, async () => {
      await using place = await openPlace({ path: `/year/${YEAR}?on=${YEAR}-03-17`, context: { reducedMotion } });
      const { page } = place;
      await page.evaluate(() => {
        const animate = Element.prototype.animate;
        Element.prototype.animate = function (...given) {
          const { duration } = given[1] as KeyframeAnimationOptions;
          document.body.dataset["moved"] = String(Number(document.body.dataset["moved"] ?? 0) + Number(duration));
          return animate.apply(this, given);
        };
      });
      await page.keyboard.press("w");
      await page.locator('[data-part="hours"]:focus').waitFor();
      await becomes(() => page.evaluate(() => Number(document.body.dataset["moved"] ?? 0)), moves);
    });

  test("an event is chosen with ], carried over days and quarters with Alt, resized with Shift, dropped by letting go", async () => {
    const day = monday(5).add({ days: 15 });
    const { id } = await create("Inventory", at(day, "09:00"), at(day, "10:00"));
    await using place = await openWeek(day);
    const { page } = place;
    await page.locator('[role="gridcell"][tabindex="0"]').focus();
    await page.keyboard.press("]");
    await page.locator("[data-event][data-chosen]", { hasText: "Inventory" }).waitFor();
    await page.keyboard.down("Alt");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.down("Shift");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.up("Shift");
    await page.getByTestId("carried").getByText("09:15–10:30").waitFor();
    await page.keyboard.up("Alt");
    await page
      .getByText(/Moved “Inventory”/)
      .first()
      .waitFor();
    const next = md(day.add({ days: 1 }));
    assert.deepEqual(await timesOf(id), [`${next}T09:15`, `${next}T10:30`]);
    assert.deepEqual(place.complaints, []);
  });

  test("pages turn weeks, D and Y change the place with the day kept, the lane is above the first quarter, T is today", async () => {
    const day = monday(6).add({ days: 9 });
    await using place = await openWeek(day);
    const { page } = place;
    const onOf = async () => (await addressOf(page)).searchParams.get("on");
    await page.keyboard.press("PageDown");
    await page.waitForURL((url) => url.searchParams.get("on") === day.add({ days: 7 }).toString());
    await page.keyboard.press("PageUp");
    await page.waitForURL((url) => url.searchParams.get("on") === day.toString());
    await page.keyboard.press("d");
    await page.waitForURL(/\/day\//);
    await becomes(onOf, day.toString());
    await page.getByRole("grid").locator('[role="gridcell"][tabindex="0"]').focus();
    for (let press = 0; press < 37; press++) await page.keyboard.press("ArrowUp");
    await eventually(
      () => page.evaluate(() => document.activeElement?.ariaLabel ?? ""),
      (name) => /all day, free/.test(name),
    );
    await page.keyboard.press("y");
    await page.waitForURL(/\/year\//);
    await becomes(onOf, day.toString());
    await page.keyboard.press("w");
    await page.keyboard.press("t");
    await page.waitForURL(
      (url) => url.searchParams.get("on") === Temporal.Now.plainDateISO("Europe/Prague").toString(),
    );
    await page.keyboard.press("Escape");
    await page.waitForURL(/\/year\//);
    assert.deepEqual(place.complaints, []);
  });

  test("every block is a button with a whole sentence", async () => {
    const day = monday(7).add({ days: 9 });
    const { items } = await coordinator("people.list", { query: { limit: 1 } });
    await create("Board call", at(day, "14:30"), at(day, "15:30"), [items[0]!.email!]);
    await using place = await openWeek(day);
    const block = place.page.getByRole("button", { name: /^Board call, Wednesday \d+ July, 14:30–15:30, with / });
    await block.waitFor();
    await block.focus();
    await place.page.keyboard.press("Enter");
    await place.page
      .getByRole("dialog")
      .getByText("Board call")
      .or(place.page.getByRole("dialog", { name: /event/i }))
      .first()
      .waitFor();
  });
});

describe("the week is sound in Chromium", { skip }, () => {
  before(prepare);
  after(closeAll);

  for (const colorScheme of ["light", "dark"] as const)
    test(`axe finds nothing in it, its zones open, a proposal shown, in ${colorScheme}`, async () => {
      const { items } = await coordinator("people.list", { query: { limit: 3 } });
      const { conflicts } = await coordinator("events.list", {
        query: { start: `${YEAR}-01-01`, end: `${YEAR + 1}-01-01`, includeConflicts: true },
      });
      const clash = conflicts!.find(({ kind }) => kind === "overlap") ?? conflicts![0]!;
      await using place = await openPlace({
        path: `/week/${YEAR}?on=${clash.start.slice(0, 10)}&conflict=${clash.id}&zones=America/New_York`,
        context: { viewport: { width: 1728, height: 1080 }, colorScheme },
      });
      const { page } = place;
      await page.getByRole("button", { name: "Apply" }).waitFor();
      await page.keyboard.press("p");
      await page
        .getByRole("region", { name: /^Proposal/ })
        .first()
        .waitFor();
      assert.deepEqual(await breaches(page), [], "a proposal");
      await page.getByRole("button", { name: "Time zones", exact: true }).click();
      await page.getByRole("dialog", { name: "Time zones" }).waitFor();
      assert.deepEqual(await breaches(page), [], "its zones");
      await page.keyboard.press("Escape");
      await page.goto(`${place.url}/day/${YEAR}?people=${items.map(({ id }) => id).join()}`);
      await page.locator("[data-free]").first().waitFor({ state: "attached" });
      assert.deepEqual(await breaches(page), [], "people side by side");
    });

  test("on a phone the day comes first, and of the week three days are seen, the others panned to", async () => {
    await using place = await openPlace({
      path: `/week/${YEAR}?on=${YEAR}-03-17`,
      context: { viewport: { width: 390, height: 844 } },
    });
    const { page } = place;
    const widths = () =>
      page
        .locator('[data-part="hours"]')
        .evaluateAll((days) => days.map((each) => Math.round(each.getBoundingClientRect().width)));
    await eventually(widths, (all) => all.length === 7 && Math.abs(all[0]! * 3 - (390 - 44)) <= 3);
    const selected = page.locator(
      `[data-day="${epochDay(Temporal.PlainDate.from(`${YEAR}-03-17`))}"][data-part="hours"]`,
    );
    await eventually(
      () => boxOf(selected),
      ({ x, width }) => x >= 40 && x + width <= 392,
    );
    await becomes(
      () => page.getByRole("navigation").getByRole("link").allTextContents(),
      ["Year", "Day", "Week", "Conflicts", "Team", "Bookings", "Settings"],
    );
    await page.getByRole("navigation").getByRole("link", { name: "Day" }).click();
    await page.waitForURL(/\/day\//);
    await becomes(() => page.locator('[data-part="hours"]').count(), 1);
    await eventually(
      () => page.evaluate(() => document.documentElement.scrollWidth),
      (width) => width <= 390,
    );
    assert.deepEqual(place.complaints, []);
  });

  test("from right to left Monday stands at the right, and the left arrow leads to the day after", async () => {
    const day = monday(4);
    await using place = await openPlace({ path: `/year/${YEAR}?on=${day.toString()}` });
    const { page } = place;
    await page.evaluate(() => (document.documentElement.dir = "rtl"));
    await page.keyboard.press("w");
    const cell = (date: Temporal.PlainDate) => page.locator(`[data-day="${epochDay(date)}"][data-part="hours"]`);
    assert.ok((await boxOf(cell(day))).x > (await boxOf(cell(day.add({ days: 1 })))).x);
    await cell(day).focus();
    await page.keyboard.press("ArrowLeft");
    await page.locator(`[data-day="${epochDay(day.add({ days: 1 }))}"][data-part="hours"]:focus`).waitFor();
    const { x, y } = await point(page, day.add({ days: 2 }), 15 * 60);
    await page.mouse.click(x, y);
    await page.locator(`[data-day="${epochDay(day.add({ days: 2 }))}"][data-part="hours"]:focus`).waitFor();
    assert.deepEqual(place.complaints, []);
  });
});

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/**
 * What axe finds wrong, by rule and the first place of each. Names begin with the title that is seen, and then say the date in
 * full: not the letters of the label in their order, which one rule asks for.
 */
async function breaches(page: Page): Promise<string[]> {
  await settled(page);
  await page.evaluate(AXE);
  return page.evaluate(async () => {
    type Found = { violations: { id: string; nodes: { target: string[]; failureSummary: string }[] }[] };
    const { axe } = globalThis as unknown as { axe: { run: (of: Document, how: object) => Promise<Found> } };
    const { violations } = await axe.run(document, { rules: { "label-content-name-mismatch": { enabled: false } } });
    return violations.map(
      ({ id, nodes }) => `${id}: ${nodes[0]!.target.join()} (${nodes.length}) ${nodes[0]!.failureSummary}`,
    );
  });
}
