// Figures: by department and month, as numbers and bars, opened month by month; coverage, by site as well; a wrong window; the files; a
// phone in the dark.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { OWNER, startOwnServer, type OwnServer } from "../../../../server/src/testing/own-server.ts";
import { findings } from "../../testing/axe.ts";
import { buildPage, closeAll, openPlace, settled, whyNoBrowser } from "../../testing/browser.ts";

const skip = await whyNoBrowser();

describe("figures of staff in Chromium", { skip }, () => {
  let own: OwnServer;
  before(async () => {
    buildPage();
    own = await startOwnServer();
    const ana = await own.owner("people.create", { body: { name: "Ana Early" } });
    const house = await own.owner("departments.create", { body: { name: "House" } });
    await own.owner("departments.place", { body: { people: [{ personId: ana.id, departmentId: house.id }] } });
    await own.owner("contracts.create", {
      body: {
        personId: ana.id,
        from: "2024-01-01",
        nominal: { minutes: 2_400, per: "week" },
        weeks: [Array.from({ length: 5 }, (_, i) => ({ weekday: i + 1, starts: "06:00", minutes: 480 }))],
        anchor: "2024-01-01",
        site: "Ward",
        cost: { minorUnits: 2_000, currency: "EUR" },
      },
    });
    // Of the first days of 2025 there is no one on the two of a weekend; nobody is ever at the desk.
    const stretches = [{ starts: "06:00", minutes: 480, minimum: 1, ideal: 1 }];
    const dates = ["02", "03", "04", "05"].map((day) => `2025-01-${day}`);
    await own.owner("demands.create", { body: { name: "Early", site: "Ward", dates, from: "2025-01-01", stretches } });
    const one = { name: "Desk", site: "Desk", dates: ["2025-02-03"], from: "2025-01-01", stretches };
    await own.owner("demands.create", { body: one });
  });
  after(async () => {
    await closeAll();
    await own[Symbol.asyncDispose]();
  });
  const open = (context: object = {}) =>
    openPlace({ server: own.server, account: OWNER, path: "/staff/figures", context });

  test("tell hours and cost by department, month by month when opened, and are downloaded", async () => {
    await using place = await open();
    const { page } = place;
    for (const [name, month] of [
      ["First month", "January"],
      ["Last month", "February"],
    ] as const) {
      const group = page.getByRole("group", { name });
      await group.getByRole("textbox").fill("2025");
      await group.getByRole("combobox").selectOption(month);
    }
    // 23 and 20 working days of eight hours, 20 an hour.
    await page.getByText("344 h worked of 344 h planned, 0 min of it overtime.").waitFor();
    await page.getByText("40% of what is needed is covered, 24 h missing.").waitFor();
    await page
      .getByRole("row", { name: /^House 1 344 h 344 h 0 min 50% · 16 h missing 0 min 0 days €6,880/ })
      .waitFor();
    await page.getByRole("button", { name: "House" }).click();
    await page.getByRole("row", { name: /^January 2025 1 184 h 184 h 0 min 50% · 16 h missing/ }).waitFor();
    await page.getByRole("row", { name: /^February 2025 1 160 h 160 h 0 min – 0 min/ }).waitFor();
    const link = page.getByRole("link", { name: "XLSX for payroll" });
    const file = new URL((await link.getAttribute("href"))!, page.url());
    assert.equal(file.search, "?from=2025-01&to=2025-02&by=department&format=xlsx&of=people");
    const answer = await page.request.get(file.href);
    assert.equal(answer.status(), 200);
    await page.getByRole("combobox", { name: "By" }).selectOption("Site");
    await page.getByRole("row", { name: /^Desk 0 0 min 0 min 0 min 0% · 8 h missing/ }).waitFor();
    await page.getByRole("row", { name: /^Ward 1 344 h 344 h 0 min 50% · 16 h missing/ }).waitFor();
    await page.getByRole("row", { name: /^Together 1 344 h 344 h 0 min 40% · 24 h missing/ }).waitFor();
    const table = new URL(
      (await page.getByRole("link", { name: "CSV of this table" }).getAttribute("href"))!,
      page.url(),
    );
    assert.equal(table.search, "?from=2025-01&to=2025-02&by=site&format=csv&of=groups");
    assert.match(await (await page.request.get(table.href)).text(), /^site,Desk,,2025-02,0,.*,8,0,8,0,/m);
    await settled(page);
    assert.deepEqual(await findings(page), []);
    await page.getByRole("group", { name: "Last month" }).getByRole("textbox").fill("2024");
    await page.getByText("The last month is not before the first, and they are 24 months at most.").waitFor();
    assert.deepEqual(place.complaints, []);
  });

  test("fit on a phone in the dark", async () => {
    await using place = await open({ viewport: { width: 360, height: 780 }, colorScheme: "dark" });
    const { page } = place;
    await page.getByRole("button", { name: "House" }).waitFor();
    await settled(page);
    assert.equal(await page.evaluate("document.documentElement.scrollWidth > innerWidth"), false);
    assert.deepEqual(await findings(page), []);
  });
});
