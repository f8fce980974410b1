import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import type { Page } from "playwright-core";
import {
  buildPage,
  closeAll,
  demoServer,
  openForm,
  openPlace,
  thisYear,
  whole,
  whyNoBrowser,
} from "../../testing/browser.ts";
import { startTestServer } from "../../../../server/src/testing/server.ts";

const skip = await whyNoBrowser();

describe("the door in Chromium", { skip }, () => {
  after(closeAll);

  test("opens with one click in the demo, and closes again", async () => {
    await using place = await openPlace({ account: null });
    const { page } = place;
    const { accounts } = await (await demoServer()).stranger("session.read", {});
    await page.getByRole("button", { name: new RegExp(accounts[0]!.name) }).click();
    await whole(page);
    await page.getByRole("button", { name: "Account and appearance" }).click();
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    assert.deepEqual(place.complaints, []);
  });

  test("says that email or password is wrong, and opens to the right ones", async () => {
    await using place = await openPlace({ account: null });
    const { page } = place;
    await page.getByLabel("Email").fill("coordinator@larkfield.example");
    await page.getByLabel("Password").fill("wrong-password");
    await page.keyboard.press("Enter");
    await page.getByRole("alert").getByText(/wrong/).waitFor();
    assert.equal(await page.getByLabel("Email").inputValue(), "coordinator@larkfield.example");
    await page.getByLabel("Password").fill("larkfield-demo");
    await page.keyboard.press("Enter");
    await page.getByRole("grid").waitFor();
    assert.deepEqual(place.complaints, []);
  });

  test("stands over the page when a session ends, and the page goes on behind it", async () => {
    await using place = await openPlace();
    const { page } = place;
    await page.evaluate(() => fetch("/v1/session", { method: "DELETE" }));
    await page.getByText("Your session has ended. Sign in to go on.").waitFor();
    assert.equal(await page.getByRole("grid", { includeHidden: true }).count(), 1, "the year stays below");
    // Events of the page below may be called like people, and stand before the door.
    await page
      .getByRole("region", { name: /demo/i })
      .getByRole("button", { name: /Mara Okafor|Coordinator|administrator/i })
      .first()
      .click();
    await page.getByRole("heading", { name: "Sign in" }).waitFor({ state: "detached" });
    await page.getByRole("grid").waitFor();
  });

  test("leads to a page that says so where nothing is, and to programs as everywhere", async () => {
    await using place = await openPlace();
    const { page, url } = place;
    for (const path of ["/nothing/here", "/proof/x"]) {
      const answer = await page.goto(url + path);
      assert.equal(answer!.status(), 404);
      await page.getByRole("heading", { name: "Nothing is here" }).waitFor();
    }
    await page.getByRole("button", { name: "To the Year" }).click();
    await page.getByRole("grid").waitFor();
    const toProgram = await fetch(`${url}/nothing/here`);
    assert.equal(toProgram.status, 404);
    assert.equal(toProgram.headers.get("content-type"), "application/problem+json; charset=utf-8");
    assert.deepEqual(place.complaints, []);
  });
});

describe("in Chromium, a session that ends while one is typing", { skip }, () => {
  after(closeAll);

  test("loses nothing that was typed", async () => {
    await using place = await openPlace();
    const { page } = place;
    await openForm(page);
    const dialog = page.getByRole("dialog", { name: "New event" });
    await dialog.getByLabel("Title").fill("Not to be lost");
    await page.evaluate(() => fetch("/v1/session", { method: "DELETE" }));
    const door = page.getByRole("dialog", { name: "Sign in" });
    await door
      .getByRole("button", { name: /Mara Okafor|Coordinator|administrator/i })
      .first()
      .click();
    await door.waitFor({ state: "detached" });
    assert.equal(await dialog.getByLabel("Title").inputValue(), "Not to be lost");
    await dialog.getByLabel("Starts, date").fill(`${thisYear() + 1}-02-03`);
    await dialog.getByLabel("Starts, time").fill("03:30");
    await dialog.getByRole("button", { name: "Create" }).click();
    await page.getByText("Created “Not to be lost”").first().waitFor();
    assert.deepEqual(place.complaints, []);
  });
});

describe("the door of an empty server in Chromium", { skip }, () => {
  after(closeAll);

  test("lets the first owner in with the code from the terminal", async () => {
    buildPage();
    await using server = await startTestServer({ DEMO: "0" });
    // As Chromium says it where the system has no language: no language tag.
    const prepare = async (page: Page) =>
      void (await page.addInitScript(() => Object.defineProperty(navigator, "language", { get: () => "en-US@posix" })));
    await using place = await openPlace({ server, account: null, prepare });
    const { page } = place;
    await page.getByLabel("Code from the terminal").fill("WRONG");
    await page.getByLabel("Organisation").fill("Riverside Club");
    await page.getByLabel("Your name").fill("Ana Field");
    await page.getByLabel("Email").fill("ana@riverside.example");
    await page.getByLabel("Password").fill("short");
    await page.getByText("At least 10 characters.").waitFor();
    await page.getByLabel("Password").fill("a long sentence of mine");
    await page.getByRole("button", { name: "Make it mine" }).click();
    await page.getByText("The set-up code is wrong").first().waitFor();
    await page.getByLabel("Code from the terminal").fill(server.application.setupCode()!);
    await page.getByRole("button", { name: "Make it mine" }).click();
    await page.getByRole("heading", { name: "When do people work?" }).waitFor();
    await page.getByRole("button", { name: "Go on" }).click();
    await page.getByRole("button", { name: "Begin empty" }).click();
    await page.getByRole("grid").waitFor();
    assert.deepEqual(place.complaints, []);
  });
});
