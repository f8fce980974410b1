import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import {
  becomes,
  boxOf,
  closeAll,
  eventually,
  openPlace,
  thisYear,
  whole,
  whyNoBrowser,
} from "../../testing/browser.ts";

const skip = await whyNoBrowser();

/** The year in the forms that are not the usual one: paper, right to left, the person's own colours, zoomed. */
describe("the year in other forms in Chromium", { skip }, () => {
  after(closeAll);

  test("prints on one A3 page, light, with its legend and without controls", async () => {
    await using place = await openPlace({ context: { colorScheme: "dark" } });
    const { page } = place;
    const pdf = (await page.pdf({ preferCSSPageSize: true, printBackground: true })).toString("latin1");
    assert.equal([...pdf.matchAll(/\/Type\s*\/Page\b/g)].length, 1);
    const [, width, height] = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(pdf)!;
    assert.deepEqual([Number(width), Number(height)].map(Math.round), [1191, 842], "A3 on its side, in points");
    assert.equal(await page.evaluate(() => document.documentElement.dataset["theme"]), "dark", "the screen stays dark");

    await page.getByRole("button", { name: "Today" }).focus();
    await page.emulateMedia({ media: "print" });
    await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
    const shown = async (name: string) => page.getByRole("button", { name }).first().isVisible();
    await becomes(async () => [await shown("Today"), await shown("Import .ics files")], [false, false]);
    await page.getByText("steady").waitFor();
    const drawn = () =>
      page.evaluate(() => {
        const canvas = document.querySelectorAll("canvas")[2]!;
        const data = canvas.getContext("2d")!.getImageData(0, 0, canvas.width, canvas.height).data;
        let [dark, all] = [0, 0];
        for (let at = 0; at < data.length; at += 4) {
          if ((data[at + 3] ?? 0) === 0) continue;
          all++;
          if (data[at]! + data[at + 1]! + data[at + 2]! < 300) dark++;
        }
        return { ink: dark / all, width: canvas.width };
      });
    // Of a month little is dark, for paper is light; and it is drawn for a printer, not for a screen.
    await eventually(drawn, ({ ink, width }) => ink > 0 && ink < 0.3 && width > 3_500);

    await page.emulateMedia({ media: null });
    await page.evaluate(() => dispatchEvent(new Event("afterprint")));
    await page.locator("button:focus", { hasText: "Today" }).waitFor();
    assert.deepEqual(place.complaints, []);
  });

  test("runs from right to left as a whole: days, keys and the pointer", async () => {
    await using place = await openPlace({ path: `/year/${thisYear()}?on=${thisYear()}-05-13`, account: null });
    const { page } = place;
    await page.evaluate(() => (document.documentElement.dir = "rtl"));
    await page
      .getByRole("button", { name: /coordinator|administrator/i })
      .first()
      .click();
    await whole(page);
    const at = async (day: string) => (await boxOf(page.locator(`[role="gridcell"][aria-label*="${day} May"]`))).x;
    assert.ok((await at(" 13")) < (await at(" 12")), "the later day lies to the left");
    await page.locator('[role="gridcell"][tabindex="0"]').focus();
    await page.keyboard.press("ArrowLeft");
    await page.waitForURL(/on=\d{4}-05-14/);
    const cell = await boxOf(page.locator('[role="gridcell"][aria-label*=" 20 May"]'));
    await page.mouse.click(cell.x + cell.width / 2, cell.y + cell.height / 2);
    await page.waitForURL(/on=\d{4}-05-20/);
    const width = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(width <= 0, "nothing stands out at the side");
    assert.deepEqual(place.complaints, []);
  });

  test("is written in the person's own colours, where the canvas cannot be", async () => {
    await using place = await openPlace({ context: { forcedColors: "active" } });
    const { page } = place;
    await page.locator('[role="gridcell"][aria-label*="of capacity"]').first().waitFor({ state: "attached" });
    await becomes(() => page.locator("canvas").first().isVisible(), false);
    const texts = await page.getByRole("gridcell").evaluateAll((cells) => cells.map((cell) => cell.textContent));
    assert.equal(texts.length, Temporal.PlainDate.from({ year: thisYear(), month: 1, day: 1 }).daysInYear);
    assert.ok(texts.every((text) => /^\d{1,2}/.test(text)));
    assert.ok(texts.some((text) => text.includes("▲")) && texts.some((text) => text.includes("%")));
    assert.deepEqual(place.complaints, []);
  });

  test("keeps its twelve rows and 37 columns at 200 %, and scrolls by itself alone", async () => {
    await using place = await openPlace({ context: { viewport: { width: 864, height: 540 }, deviceScaleFactor: 2 } });
    const { page } = place;
    await becomes(() => page.getByRole("columnheader").count(), 38);
    await becomes(() => page.getByRole("rowheader").count(), 12);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(over <= 0, `${over} px of the page stand out`);
    assert.deepEqual(place.complaints, []);
  });
});
