// Conflicts as a graph, by keys and with a pointer: as many links as the server knows of, each opening its conflict.
import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import type { Page } from "playwright-core";
import { COORDINATOR } from "../../../../server/src/testing/server.ts";
import { findings, loadAxe } from "../../testing/axe.ts";
import {
  addressOf,
  becomes,
  closeAll,
  demoServer,
  eventually,
  focused,
  openPlace,
  settled,
  thisYear,
  whyNoBrowser,
} from "../../testing/browser.ts";

const skip = await whyNoBrowser();
const YEAR = thisYear() + 1;
const PATH = `/conflicts/${YEAR}?tab=graph`;

describe("the graph of conflicts in Chromium", { skip }, () => {
  after(closeAll);

  test("has a link for each clash; arrows walk them, Enter opens one, and the table says the same", async () => {
    const coordinator = await (await demoServer()).signedIn(COORDINATOR);
    const query = { start: `${YEAR}-01-01T00:00:00+01:00`, end: `${YEAR + 1}-01-01T00:00:00+01:00` };
    const { edges } = await coordinator("conflicts.graph", { query });
    await using place = await openPlace({ path: PATH });
    const { page } = place;
    const links = page.locator("[data-link]");
    await links.first().waitFor();
    await becomes(() => links.count(), edges.length);
    await becomes(() => page.locator('[data-link][tabindex="0"]').count(), 1, "one tab stop");
    await links.first().focus();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowLeft");
    await focused(links.nth(1));
    await page.keyboard.press("Enter");
    const opened = async () => (await addressOf(page)).searchParams.get("conflict") ?? "";
    const edge = edges.find(({ conflictIds }) => conflictIds.length > 0)!;
    assert.ok(edge !== undefined);
    await page.locator('[data-link][aria-current="true"]').waitFor();
    const first = await eventually(opened, (id) => edges.some(({ conflictIds }) => conflictIds.includes(id)));
    await links.nth(3).click();
    await eventually(opened, (id) => id !== first);
    await page.getByText("The same as a table").click();
    await becomes(() => page.locator("tbody tr").count(), edges.length);
    assert.deepEqual(place.complaints, []);
  });

  test("says that nothing answers, and tries again", async () => {
    const prepare = (page: Page) => page.route("**/v1/conflicts/graph?**", (route) => route.abort());
    await using place = await openPlace({ path: PATH, prepare: async (page) => void (await prepare(page)) });
    const { page } = place;
    await page.getByText("The server cannot be reached.").waitFor();
    await page.unroute("**/v1/conflicts/graph?**");
    await page.getByRole("button", { name: "Try again" }).click();
    await page.locator("[data-link]").first().waitFor();
    assert.deepEqual(place.complaints, []);
  });

  test("has nothing for axe to find, in both themes; on a phone it is the table", async () => {
    await using place = await openPlace({ path: PATH });
    const { page } = place;
    await page.locator("[data-link]").first().focus();
    await loadAxe(page);
    for (const width of [1440, 390]) {
      await page.setViewportSize({ width, height: 844 });
      if (width === 390) await page.locator("tbody tr").first().waitFor();
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme });
        await settled(page);
        assert.deepEqual(await findings(page), [], `${width} px, ${colorScheme}`);
      }
    }
    await becomes(() => page.locator("[data-link]").count(), 0);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false);
  });
});
