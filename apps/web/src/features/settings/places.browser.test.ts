// Strategy: one organisation, one place from its adding to its undoing, by keys alone; axe looks at each state, on a phone as well.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Page } from "playwright-core";
import { OWNER, startOwnServer, type OwnServer } from "../../../../server/src/testing/own-server.ts";
import { findings } from "../../testing/axe.ts";
import { becomes, buildPage, closeAll, focused, openPlace, settled, whyNoBrowser } from "../../testing/browser.ts";

const skip = await whyNoBrowser();

describe("places in Chromium", { skip }, () => {
  let own: OwnServer;
  before(async () => {
    buildPage();
    own = await startOwnServer();
    for (const [name, site] of [
      ["Hall", "Town"],
      ["Cabin", "Hill"],
    ] as const)
      await own.owner("resources.create", { body: { name, kind: "room", site } });
  });
  after(async () => {
    await closeAll();
    await own[Symbol.asyncDispose]();
  });
  const open = (context: object = {}) =>
    openPlace({ server: own.server, account: OWNER, path: "/settings/things", context });
  const places = async () => (await own.owner("places.list", {})).items;

  test("are added by keys with a link copied from a map; a wrong position is told, and undo takes the last away", async () => {
    await using place = await open();
    const { page } = place;
    await page.getByText("No places yet.").waitFor();
    await page.getByRole("button", { name: "Add a place" }).focus();
    await page.keyboard.press("Enter");
    const sheet = page.getByRole("dialog", { name: "Add a place" });
    await focused(sheet.getByLabel("Name"));
    const sites = () =>
      sheet.locator("datalist option").evaluateAll((all) => all.map((each) => (each as HTMLOptionElement).value));
    await becomes(sites, ["Hill", "Town"]);
    await page.keyboard.type("Town");
    await tabTo(page, "Position");
    await page.keyboard.type("somewhere");
    await page.keyboard.press("Enter"); // Sends nothing: the field says why.
    await sheet.getByText("This is no position: 50.0755, 14.4378 is one.").waitFor();
    await settled(page);
    assert.deepEqual(await findings(page), []);
    await page.keyboard.press("Control+a");
    await page.keyboard.insertText("https://www.openstreetmap.org/#map=17/50.0755/14.4378");
    await page.keyboard.press("Enter");
    await page.getByText("Town was added").first().waitFor();
    const [town] = await places();
    assert.deepEqual([town!.name, town!.latitude, town!.longitude], ["Town", 50.0755, 14.4378]);
    await page.getByText("50.0755, 14.4378").waitFor();
    await focused(page.getByRole("button", { name: "Add a place" }));

    await page.keyboard.press("Enter");
    await focused(sheet.getByLabel("Name"));
    await page.keyboard.type("Hill");
    await tabTo(page, "Position");
    await page.keyboard.type("50,2 14,5");
    await tabTo(page, "To Town");
    await page.keyboard.type("2h");
    await page.getByText("Whole minutes, 0 to 1,440.").waitFor();
    await page.keyboard.press("Control+a");
    await page.keyboard.type("25");
    await page.keyboard.press("Enter");
    await page.getByText("Hill was added").first().waitFor();
    await page.getByText("25 min to Town").waitFor();
    await sheet.waitFor({ state: "detached" });
    const hill = (await places())[1]!;
    assert.deepEqual([hill.latitude, hill.longitude, hill.ways], [50.2, 14.5, [{ placeId: town!.id, minutes: 25 }]]);

    await page.keyboard.press("Control+z");
    await page.getByText("25 min to Town").waitFor({ state: "detached" });
    assert.deepEqual(
      (await places()).map(({ name }) => name),
      ["Town"],
    );
    await page.keyboard.press("Control+Shift+z");
    await page.getByText("25 min to Town").waitFor();
    assert.deepEqual(place.complaints, []);
  });

  test("one that is removed leaves no way to nowhere, and comes back with its ways", async () => {
    await using place = await open();
    const { page } = place;
    await page.getByRole("button", { name: "Remove Town" }).focus();
    await page.keyboard.press("Enter");
    await page.getByText("Town was removed").first().waitFor();
    await page.getByText("25 min to").waitFor({ state: "detached" });
    await page.keyboard.press("Control+z");
    await page.getByText("25 min to Town").waitFor();
    assert.deepEqual(place.complaints, []);
  });

  test("fit a phone in the dark, and nothing is found by axe", async () => {
    await using place = await open({ viewport: { width: 390, height: 800 }, colorScheme: "dark" });
    const { page } = place;
    await page.getByText("25 min to Town").waitFor();
    await settled(page);
    assert.deepEqual(await findings(page), []);
    await page.getByRole("button", { name: "Change Hill" }).click();
    const sheet = page.getByRole("dialog", { name: "Change Hill" });
    await focused(sheet);
    assert.equal(await sheet.getByLabel("To Town").inputValue(), "25");
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
    await settled(page);
    assert.deepEqual(await findings(page), []);
    assert.deepEqual(place.complaints, []);
  });
});

const focusedName = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const focused = document.activeElement as HTMLInputElement | null;
    return (focused?.labels?.[0]?.textContent ?? focused?.textContent ?? "").trim();
  });

/** Goes on with Tab until what has the focus is called that; a form has fewer than so many stops. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let stops = 0; stops < 40; stops++) {
    if ((await focusedName(page)) === name) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`nothing is called ${name}`);
}
