// Tokens for directories: made by keys, shown once, used by a directory, revoked; on a phone in the dark; members are told of none.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { OWNER, startOwnServer, type OwnServer } from "../../../../server/src/testing/own-server.ts";
import { MEMBER } from "../../../../server/src/testing/server.ts";
import { findings } from "../../testing/axe.ts";
import { buildPage, closeAll, demoAccount, focused, openPlace, settled, whyNoBrowser } from "../../testing/browser.ts";

const skip = await whyNoBrowser();

describe("directories in Chromium", { skip }, () => {
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
    openPlace({ server: own.server, account: OWNER, path: "/settings/directories", context });
  const usersBy = async (token: string) =>
    (await fetch(`${own.server.url}/scim/v2/Users?count=1`, { headers: { authorization: `Bearer ${token}` } })).status;

  test("come in with a token that is made by keys and shown once, until it is revoked", async () => {
    await using place = await open();
    const { page } = place;
    await page.getByText("No token yet: no directory can come in.").waitFor();
    const { address } = await own.owner("provisioningTokens.list", {});
    assert.equal(await page.getByLabel("Where the directory comes to").inputValue(), address);
    await page.getByRole("button", { name: "New token" }).press("Enter");
    const sheet = page.getByRole("dialog", { name: "New token" });
    await focused(sheet.getByLabel("Which directory it is for"));
    await page.keyboard.press("Enter");
    await sheet.getByText("Say which directory it is for.").waitFor();
    await page.keyboard.type("Our directory");
    await sheet.getByLabel("Days it is good for").fill("731");
    await sheet.getByText("A whole number from 1 to 730.").waitFor();
    await sheet.getByLabel("Days it is good for").fill("365");
    await page.keyboard.press("Enter");
    const token = await page.getByRole("textbox", { name: "The token" }).inputValue();
    assert.match(token, /^hws_/);
    await page.getByRole("dialog").getByRole("button", { name: "Close" }).last().click();
    const row = page.getByRole("list", { name: "Tokens" }).getByRole("listitem");
    await row.getByText("not used yet").waitFor();
    assert.equal(await page.getByText(token).count(), 0);

    assert.equal(await usersBy(token), 200);
    await page.reload();
    await row.getByText(/^last used on /).waitFor();
    await row.getByText("in use", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Revoke the token for Our directory" }).press("Enter");
    await page.getByRole("alertdialog").getByRole("button", { name: "Revoke" }).click();
    await page.getByText("No token yet: no directory can come in.").waitFor();
    assert.equal(await usersBy(token), 401);
    assert.deepEqual(place.complaints, []);
  });

  test("tell which tokens end soon, and fit on a phone in the dark", async () => {
    await own.owner("provisioningTokens.create", {
      body: { name: "A directory with a name that is rather long", days: 29 },
    });
    await using place = await open({ viewport: { width: 360, height: 780 }, colorScheme: "dark" });
    const { page } = place;
    await page.getByText("ends soon").waitFor();
    await settled(page);
    assert.deepEqual(await findings(page), []);
    assert.equal(await page.evaluate("document.documentElement.scrollWidth > innerWidth"), false);
  });

  test("are not told of to members", async () => {
    await using place = await openPlace({ path: "/settings/directories", account: demoAccount(MEMBER) });
    const { page } = place;
    await page.getByRole("heading", { name: "Organisation" }).waitFor();
    assert.equal(await page.getByRole("link", { name: "Directories" }).count(), 0);
  });
});
