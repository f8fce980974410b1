// What one reads by mail: chosen by keys and kept, for oneself alone; on a phone in the dark.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { OWNER, startOwnServer, type OwnServer } from "../../../../server/src/testing/own-server.ts";
import { findings } from "../../testing/axe.ts";
import { buildPage, closeAll, eventually, openPlace, settled, whyNoBrowser } from "../../testing/browser.ts";

const skip = await whyNoBrowser();

describe("mail of one's own in Chromium", { skip }, () => {
  let own: OwnServer;
  before(async () => {
    buildPage();
    own = await startOwnServer();
  });
  after(async () => {
    await closeAll();
    await own[Symbol.asyncDispose]();
  });
  const open = (context: object = {}) =>
    openPlace({ server: own.server, account: OWNER, path: "/settings/notices", context });
  const kept = () => own.owner("notices.preferences", {});

  test("is chosen by keys, one after the other, and stays chosen", async () => {
    await using place = await open();
    const { page } = place;
    const swaps = page.getByRole("checkbox", { name: /^When a swap is proposed/ });
    const rosters = page.getByRole("checkbox", { name: /^When a roster/ });
    await swaps.focus();
    await page.keyboard.press("Space");
    await rosters.focus();
    await page.keyboard.press("Space");
    await eventually(kept, ({ mail }) => !mail.includes("swap") && !mail.includes("roster") && mail.includes("cover"));
    await page.getByLabel("Mail is written in").selectOption("de");
    const after = await eventually(kept, ({ language }) => language === "de");
    assert.deepEqual(after.mail.toSorted(), ["approval", "cover", "open-shift"]);
    await page.reload();
    await swaps.waitFor();
    assert.deepEqual(
      [await swaps.isChecked(), await rosters.isChecked(), await page.getByLabel("Mail is written in").inputValue()],
      [false, false, "de"],
    );
    await page.route("**/v1/notices/preferences", (route) =>
      route.request().method() === "PUT" ? route.abort() : route.continue(),
    );
    await swaps.focus();
    await page.keyboard.press("Space");
    await eventually(
      () => swaps.isChecked(),
      (isChecked) => !isChecked,
    );
    assert.ok(!(await kept()).mail.includes("swap"));
  });

  test("fits on a phone in the dark, and stands in nobody's way", async () => {
    const context = { viewport: { width: 360, height: 740 }, colorScheme: "dark", hasTouch: true };
    await using place = await open(context);
    const { page } = place;
    await page.getByRole("checkbox").first().waitFor();
    await settled(page);
    assert.deepEqual(await findings(page), []);
    assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 360);
    assert.deepEqual(place.complaints, []);
  });
});
