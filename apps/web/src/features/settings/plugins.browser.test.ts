// Strategy: one organisation on a server with a folder of plug-ins: one is allowed, found broken, changed, forgotten and brought
// back, by keys; one that fails is told as switched off. What is expected is asked from the API.
import assert from "node:assert/strict";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { OWNER, startOwnServer, type OwnServer } from "../../../../server/src/testing/own-server.ts";
import { COORDINATOR, MEMBER } from "../../../../server/src/testing/server.ts";
import { findings } from "../../testing/axe.ts";
import { becomes, buildPage, closeAll, demoAccount, openPlace, settled, whyNoBrowser } from "../../testing/browser.ts";

const skip = await whyNoBrowser();
const EXAMPLES = fileURLToPath(new URL("../../../../../examples/plugins/", import.meta.url));
const TITLE = "No meeting right after a journey";
const today = Temporal.Now.plainDateISO("Europe/Prague");
const monday = today.add({ days: 29 - today.dayOfWeek });

describe("plug-ins in Chromium", { skip }, () => {
  let own: OwnServer;
  const folder = mkdtempSync(join(tmpdir(), "hourwright-plugins-"));
  before(async () => {
    buildPage();
    cpSync(EXAMPLES, folder, { recursive: true, filter: (path) => !path.endsWith(".test.ts") });
    const example = JSON.parse(readFileSync(join(folder, "no-meeting-after-travel", "plugin.json"), "utf8")) as object;
    mkdirSync(join(folder, "throws"));
    const manifest = { ...example, name: "throws", title: "One that fails" };
    writeFileSync(join(folder, "throws", "plugin.json"), JSON.stringify(manifest));
    writeFileSync(
      join(folder, "throws", "constraint.js"),
      `export const breaches = () => { throw "no"; }, delta = () => 0;`,
    );
    mkdirSync(join(folder, "unfinished"));
    own = await startOwnServer({ settings: { PLUGINS_DIR: folder } });
    const times = { North: ["09:00", "10:00"], South: ["10:30", "11:30"] } as const;
    for (const [i, name] of (["North", "South"] as const).entries()) {
      await own.owner("places.create", { body: { name, latitude: 50 + i / 10, longitude: 14 } });
      const room = await own.owner("resources.create", { body: { name: `Hall ${name}`, kind: "room", site: name } });
      const [start, end] = times[name].map((time) => `${monday.toString()}T${time}:00`);
      const body = {
        title: `In the ${name}`,
        start: start!,
        end: end!,
        timeZone: "Europe/Prague",
        resourceIds: [room.id],
      };
      await own.owner("events.create", { body });
    }
  });
  after(async () => {
    await closeAll();
    await own[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true, force: true });
  });
  const open = (path: string, context: object = {}) => openPlace({ server: own.server, account: OWNER, path, context });
  const stateOf = async (title: string) =>
    (await own.owner("plugins.list", {})).items.find((each) => each.title === title)!;

  test("one is allowed by keys with its hash before the eyes; then its numbers change, it is forgotten and brought back", async () => {
    await using place = await open("/settings/rules");
    const { page } = place;
    const list = page.getByRole("list", { name: "Plug-ins" });
    await list.getByText("not used").waitFor();
    await list.getByText("It has no plugin.json, or the module that it names is not there.").waitFor();
    await page.getByRole("button", { name: `Allow ${TITLE}` }).focus();
    await page.keyboard.press("Enter");
    const sheet = page.getByRole("dialog", { name: `Allow ${TITLE}` });
    await sheet.getByText(/^Allow only what you have read\./).waitFor();
    await sheet.getByText((await stateOf(TITLE)).hash!).waitFor();
    const pause = sheet.getByRole("textbox");
    await pause.fill("5");
    await sheet.getByText("A number from 15 to 480.").waitFor();
    await page.keyboard.press("Enter"); // Sends nothing: the field says why.
    await pause.fill("60");
    await page.keyboard.press("Enter");
    await page.getByText(`“${TITLE}” is allowed`).first().waitFor();
    await sheet.waitFor({ state: "detached" });
    assert.equal((await stateOf(TITLE)).parameters[0]!.value, 60);

    await page.getByRole("button", { name: `Change the numbers of ${TITLE}` }).click();
    await page.getByRole("dialog").getByRole("textbox").fill("45");
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    assert.equal((await stateOf(TITLE)).parameters[0]!.value, 45);

    await page.getByRole("button", { name: `Forget ${TITLE}` }).press("Enter");
    await page.getByText(`“${TITLE}” is allowed no more`).first().waitFor();
    assert.equal((await stateOf(TITLE)).state, "not-allowed");
    await page.getByRole("button", { name: `Allow ${TITLE}` }).waitFor();
    await page.keyboard.press("Control+z");
    await page.getByRole("button", { name: `Forget ${TITLE}` }).waitFor();
    assert.deepEqual([(await stateOf(TITLE)).state, (await stateOf(TITLE)).parameters[0]!.value], ["allowed", 45]);
    assert.deepEqual(place.complaints, []);
  });

  test("what it finds is listed with the conflicts, though no rule is set", async () => {
    await using place = await open(`/conflicts/${monday.year}`);
    const { page } = place;
    await page.locator("summary", { hasText: "Rules that do not hold" }).click();
    await page
      .getByRole("link", { name: /^Olga Owner comes from another place 30 minutes before “In the South” at/ })
      .waitFor();
    assert.deepEqual(place.complaints, []);
  });

  test("one that fails is switched off, says why, and is told in the inbox", async () => {
    const { hash } = await stateOf("One that fails");
    await own.owner("plugins.allow", { body: { hash: hash! } });
    const start = `${monday.toString()}T00:00:00Z`;
    await own.owner("rules.broken", { query: { start, end: `${monday.add({ days: 1 }).toString()}T00:00:00Z` } });
    await own.travel({ seconds: 11 });
    await becomes(async () => (await own.owner("notices.list", { query: {} })).items.length, 1);
    await using place = await open(`/year/${monday.year}`);
    const { page } = place;
    await page.getByRole("button", { name: /1 new/i }).click();
    await page.getByRole("button", { name: /The plug-in throws 1\.0\.0 is switched off: it throws: no\./ }).click();
    await page.getByRole("list", { name: "Plug-ins" }).getByText("switched off", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Allow anew: One that fails" }).waitFor();
    assert.deepEqual(place.complaints, []);
  });

  for (const colorScheme of ["light", "dark"] as const)
    test(`axe finds nothing, ${colorScheme}, nor on a phone`, async () => {
      await using place = await open("/settings/rules", { colorScheme });
      const { page } = place;
      await page.getByRole("list", { name: "Plug-ins" }).waitFor();
      await settled(page);
      assert.deepEqual(await findings(page), []);
      await page.setViewportSize({ width: 390, height: 844 });
      await settled(page);
      assert.deepEqual(await findings(page), []);
      const isWide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
      assert.ok(!isWide, "wider than a phone");
      await page.getByRole("button", { name: "Allow anew: One that fails" }).click();
      await page.getByText(/^Allow only what you have read\./).waitFor();
      await settled(page);
      assert.deepEqual(await findings(page), []);
    });

  test("a server without a folder says where to name one, and members are not told of plug-ins", async () => {
    await using place = await openPlace({ path: "/settings/rules", account: demoAccount(COORDINATOR) });
    await place.page.getByText("This server has no folder of plug-ins.").waitFor();
    await using others = await openPlace({ path: "/settings/rules", account: demoAccount(MEMBER) });
    await others.page.getByText("Administrators can change this.").waitFor();
    assert.equal(await others.page.getByText("Plug-ins").count(), 0);
  });
});
