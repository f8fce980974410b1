// A draft that is planned, in a real browser against the server: begun, followed, told what came of it, and taken back.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { COORDINATOR, startTestServer, type TestServer } from "../../../../server/src/testing/server.ts";
import { findings } from "../../testing/axe.ts";
import { becomes, buildPage, closeAll, demoAccount, openPlace, settled, whyNoBrowser } from "../../testing/browser.ts";

const skip = await whyNoBrowser();

describe("a planned draft in Chromium", { skip }, () => {
  let server: TestServer;
  let monday: Temporal.PlainDate;
  before(async () => {
    buildPage();
    server = await startTestServer();
    const today = Temporal.Now.plainDateISO("Europe/Prague");
    monday = today.add({ days: 15 - today.dayOfWeek });
  });
  after(async () => {
    await closeAll();
    await server[Symbol.asyncDispose]();
  });

  test("is looked for, told with what it weighed and who bears what, and taken back as one step", async () => {
    const coordinator = await server.signedIn(COORDINATOR);
    // Three people at a new site, of which nobody is there on two evenings.
    const site = "Boathouse";
    for (const name of ["Boat Ann", "Boat Ben", "Boat Cy"]) {
      const { id } = await coordinator("people.create", { body: { name } });
      const shift = { name: "day", starts: "08:00", minutes: 360 };
      const weeks = [[1, 2, 3].map((weekday) => ({ weekday, ...shift }))];
      await coordinator("contracts.create", {
        body: {
          personId: id,
          from: monday.toString(),
          nominal: { minutes: 1_800, per: "week" },
          weeks,
          anchor: monday.toString(),
          site,
        },
      });
    }
    await coordinator("demands.create", {
      body: {
        name: "Evening boats",
        site,
        weekdays: [4, 5],
        from: monday.toString(),
        stretches: [{ starts: "14:00", minutes: 360, minimum: 2, ideal: 2 }],
      },
    });
    const { id } = await coordinator("drafts.create", {
      body: { name: "Boats", from: monday.toString(), to: monday.add({ days: 7 }).toString() },
    });
    await using place = await openPlace({
      server,
      account: demoAccount(COORDINATOR),
      path: `/team/${monday.toString()}?weeks=1&draft=${id}&name=Boat`,
      context: { locale: "en-GB" },
    });
    const { page } = place;
    await page.getByRole("button", { name: "Plan …" }).click();
    const sheet = page.getByRole("dialog", { name: "Plan “Boats”" });
    await sheet.getByLabel("Look for").selectOption({ label: "5 seconds" });
    assert.deepEqual(await findings(page), []);
    await sheet.getByRole("button", { name: "Plan", exact: true }).click();
    const running = page.getByRole("region", { name: "Planning" });
    await running.getByRole("progressbar").waitFor();
    const outcome = page.getByRole("region", { name: "Last plan" });
    await outcome.getByText(/shifts? given/).waitFor({ timeout: 60_000 });
    const given = async () =>
      (await coordinator("drafts.read", { params: { id } })).items.filter(({ shift }) => shift?.site === site).length;
    await becomes(() => page.getByRole("gridcell", { name: /14–20.*not published/ }).count(), 4);
    await page.getByRole("button", { name: /^Undo/ }).click();
    await becomes(given, 0);
    await becomes(() => page.getByRole("gridcell", { name: /14–20.*not published/ }).count(), 0);
    await outcome.getByRole("button", { name: "Fairness …" }).click();
    await page.getByRole("dialog", { name: "Who bears what" }).waitFor();
    await settled(page);
    await becomes(() => page.locator('[role="img"][aria-labelledby]:empty').count(), 0);
    assert.deepEqual(await findings(page), []);
  });

  test("is stopped, and the draft is as it was", async () => {
    const coordinator = await server.signedIn(COORDINATOR);
    const { id } = await coordinator("drafts.create", {
      body: { name: "Stopped", from: monday.toString(), to: monday.add({ days: 14 }).toString() },
    });
    await using place = await openPlace({
      server,
      account: demoAccount(COORDINATOR),
      path: `/team/${monday.toString()}?weeks=2&draft=${id}`,
      context: { locale: "en-GB" },
    });
    const { page } = place;
    await page.getByRole("button", { name: "Plan …" }).click();
    const sheet = page.getByRole("dialog", { name: "Plan “Stopped”" });
    await sheet.getByLabel("Look for").selectOption({ label: "3 minutes" });
    await sheet.getByRole("button", { name: "Plan", exact: true }).click();
    const running = page.getByRole("region", { name: "Planning" });
    await running.getByRole("button", { name: "Stop" }).click();
    await page.getByText("Planning was stopped. The draft is as it was.").first().waitFor();
    assert.equal((await coordinator("drafts.read", { params: { id } })).items.length, 0);
  });
});
