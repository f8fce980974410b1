// Strategy: one organisation, from words that are missing to a model that is tried and put away, by keys; axe looks at each state.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { OWNER, startOwnServer, type OwnServer } from "../../../../server/src/testing/own-server.ts";
import { addCandidate, fillHistory } from "../../../../server/src/testing/models.ts";
import { findings } from "../../testing/axe.ts";
import {
  becomes,
  buildPage,
  closeAll,
  demoAccount,
  eventually,
  openPlace,
  settled,
  whyNoBrowser,
} from "../../testing/browser.ts";
import { COORDINATOR, MEMBER } from "../../../../server/src/testing/server.ts";

const skip = await whyNoBrowser();
const CONSENT = "All of us agreed on 12 January to the learning of move and cancellation habits.";

describe("learning from history in Chromium", { skip }, () => {
  let own: OwnServer;
  before(async () => {
    buildPage();
    own = await startOwnServer();
  });
  after(async () => {
    await closeAll();
    await own[Symbol.asyncDispose]();
  });
  const open = (path: string, context: object = {}) => openPlace({ server: own.server, account: OWNER, path, context });
  const models = () => own.owner("models.read", {});

  test("is off, asks for the words by which people agreed, and can be undone", async () => {
    await using place = await open("/settings/learned");
    const { page } = place;
    await page.getByText(/^Nothing is learned from history\. It begins once/).waitFor();
    await settled(page);
    assert.deepEqual(await findings(page), []);
    await page.getByRole("button", { name: "Allow learning…" }).press("Enter");
    const dialog = page.getByRole("dialog", { name: "To what did your people agree?" });
    await dialog.getByRole("button", { name: "Allow learning" }).press("Enter");
    await dialog.getByText("Nothing is learned from people who did not agree.").waitFor();
    await settled(page);
    assert.deepEqual(await findings(page), []);
    await dialog.getByRole("textbox").fill(CONSENT);
    await page.keyboard.press("Enter");
    await page.getByText(`Agreed: “${CONSENT}”`).waitFor();
    await page.keyboard.press("Control+z");
    await page.getByText(/^Nothing is learned from history\. It begins once/).waitFor();
    await becomes(async () => (await models()).isOn, false);
    assert.deepEqual(place.complaints, []);
  });

  test("says how much is missing, and that nothing can be trained yet", async () => {
    await own.owner("models.switch", { body: { isOn: true, consent: CONSENT } });
    await using place = await open("/settings/learned");
    const { page } = place;
    await page.getByText(/^Not enough history yet: 0 of 1,000 commitments/).waitFor();
    assert.ok(await page.getByRole("button", { name: "Train a model" }).isDisabled());
    await page.getByRole("progressbar", { name: "How much history there is" }).waitFor();
    await page.getByText(/^There is no model yet\./).waitFor();
    await settled(page);
    assert.deepEqual(await findings(page), []);
  });

  test("trains, shows what the gate says beside what it has to beat, and deletes by keys", async () => {
    await fillHistory(own, CONSENT, 1_200);
    await using place = await open("/settings/learned");
    const { page } = place;
    await page.getByRole("button", { name: "Train a model" }).press("Enter");
    const row = page.getByRole("list", { name: "Models" }).getByRole("listitem").filter({ hasText: "Model 1" });
    await row.getByText("stays off", { exact: true }).waitFor();
    await page.reload(); // Without the bar that said what was done.
    await row.getByText("Card and measures").click();
    await row.getByRole("row", { name: /^This model 0\.\d{3}/ }).waitFor();
    await row.getByRole("row", { name: /^Plain: regression/ }).waitFor();
    await row.getByText("The best possible is not known: these are real people.").waitFor();
    await settled(page);
    assert.deepEqual(await findings(page), []);
    await page.getByRole("button", { name: "Delete: model 1" }).press("Enter");
    const dialog = page.getByRole("alertdialog", { name: "Delete model 1?" });
    await dialog.getByRole("button", { name: "Delete" }).press("Enter");
    await page.getByText(/^There is no model yet\./).waitFor();
    assert.deepEqual(place.complaints, []);
  });

  test("a model is tried, foretells in the form of an event, and is taken back", async () => {
    const version = await addCandidate(own);
    const day = Temporal.Now.plainDateISO("Europe/Prague").add({ days: 3 }).toString();
    const times = { start: `${day}T09:00:00`, end: `${day}T10:00:00`, timeZone: "Europe/Prague" };
    const { id } = await own.owner("events.create", { body: { title: "Coming", ...times } });
    await using place = await open("/settings/learned");
    const { page } = place;
    await page.getByRole("button", { name: `Try on 5 %: model ${version}` }).press("Enter");
    await page.getByText("tried on 5 %", { exact: true }).waitFor();
    await page
      .getByText(/^0 of 1,000 outcomes seen/)
      .or(page.getByText(/· 0 of 1,000 outcomes seen/))
      .waitFor();
    await eventually(
      () => own.owner("events.outlook", { params: { id } }),
      ({ state }) => state === "foretold",
    );
    for (const [theme, width] of [
      ["light", 1_280],
      ["dark", 390],
    ] as const) {
      await using other = await open(`/year/${day.slice(0, 4)}?on=${day}`, {
        colorScheme: theme,
        viewport: { width, height: 900 },
      });
      await other.page
        .getByRole("button", { name: /Coming/ })
        .first()
        .click();
      await other.page.getByRole("heading", { name: "What is foretold" }).waitFor();
      await other.page
        .getByText(`Model ${version}, learned from people who do not exist. It decides nothing.`)
        .waitFor();
      assert.deepEqual(await findings(other.page), []);
    }
    await page.getByRole("button", { name: `Take back: model ${version}` }).press("Enter");
    await page.getByText("taken back", { exact: true }).waitFor();
    assert.equal((await own.owner("events.outlook", { params: { id } })).state, "no-model");
    assert.deepEqual(place.complaints, []);
  });

  for (const colorScheme of ["light", "dark"] as const)
    test(`axe finds nothing, ${colorScheme}, nor on a phone, and all of it can be deleted`, async () => {
      await using place = await open("/settings/learned", { colorScheme, viewport: { width: 390, height: 844 } });
      const { page } = place;
      await page.getByRole("button", { name: "Delete history and models…" }).waitFor();
      await settled(page);
      assert.deepEqual(await findings(page), []);
      assert.ok(!(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)), "wider than a phone");
      if (colorScheme === "light") return;
      await page.getByRole("button", { name: "Delete history and models…" }).press("Enter");
      const dialog = page.getByRole("alertdialog", { name: "Delete all that was learned from history?" });
      await dialog.getByRole("button", { name: "Delete all" }).press("Enter");
      await page.getByText(/^Nothing is learned from history\. It begins once/).waitFor();
      assert.equal((await models()).history.rows, 0);
    });

  test("a demo says that its history is made up, and members look without a button", async () => {
    await using place = await openPlace({ path: "/settings/learned", account: demoAccount(COORDINATOR) });
    await place.page.getByText(/^This is a demo: its history is made up/).waitFor();
    await place.page.getByRole("button", { name: "Allow learning…" }).waitFor();
    await using others = await openPlace({ path: "/settings/learned", account: demoAccount(MEMBER) });
    await others.page.getByText(/^Nothing is learned from history\. Administrators can begin/).waitFor();
    assert.equal(await others.page.getByRole("button", { name: "Allow learning…" }).count(), 0);
  });
});
