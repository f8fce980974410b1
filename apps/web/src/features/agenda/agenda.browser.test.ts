import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Client } from "@hourwright/client";
import {
  becomes,
  closeAll,
  demoServer,
  focused,
  openField,
  openPlace,
  thisYear,
  whole,
  whyNoBrowser,
} from "../../testing/browser.ts";
import { COORDINATOR } from "../../../../server/src/testing/server.ts";

const skip = await whyNoBrowser();

const YEAR = thisYear() + 1;

describe("the agenda in Chromium", { skip }, () => {
  let coordinator: Client;
  let calendarId = "";
  before(async () => {
    coordinator = await (await demoServer()).signedIn(COORDINATOR);
    const made = await coordinator("calendars.create", {
      body: { name: "Listed", colour: 30, category: null, ownerSubjectId: null },
    });
    calendarId = made.id;
    const create = (title: string, start: string, end: string) =>
      coordinator("events.create", { body: { title, start, end, calendarId, preventConflicts: false } });
    await create("Camp", `${YEAR}-05-03`, `${YEAR}-05-06`);
    await create("First aid", `${YEAR}-05-04T09:00:00+02:00`, `${YEAR}-05-04T10:00:00+02:00`);
    await create("Evaluation", `${YEAR}-05-20T14:00:00+02:00`, `${YEAR}-05-20T15:30:00+02:00`);
    await create("Closing", `${YEAR}-06-02T14:00:00+02:00`, `${YEAR}-06-02T15:00:00+02:00`);
  });
  after(closeAll);

  test("lists the month of the selected day, the same events as the API, walked by keys alone", async () => {
    await using place = await openPlace({ path: `/year/${YEAR}?on=${YEAR}-05-04&calendars=${calendarId}` });
    const { page } = place;
    const lines = page.locator("[data-line]");
    const inHand = () => page.evaluate(() => document.activeElement?.querySelector("b")?.textContent);
    await page.keyboard.press("l");
    await page.getByRole("region", { name: "Agenda" }).waitFor();
    const { events } = await coordinator("events.list", {
      query: { start: `${YEAR}-05-01`, end: `${YEAR}-06-01`, calendars: [calendarId] },
    });
    await becomes(
      async () => new Set(await lines.locator("b").allTextContents()),
      new Set(events.map(({ title }) => title)),
    );
    await becomes(() => lines.count(), 5, "what lasts three days stands on each");
    await page.getByText("3 events").waitFor();

    await becomes(inHand, "Camp", "the first of the selected day");
    await page.keyboard.press("ArrowDown");
    await becomes(inHand, "First aid");
    await page.keyboard.press("End");
    await becomes(inHand, "Evaluation");
    await page.waitForURL(/on=\d{4}-05-20/);
    await page.getByRole("complementary").getByText("Evaluation").waitFor();
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog", { name: "Event" });
    await focused(dialog);
    await page.evaluate(() => {
      new MutationObserver(() => {
        if (document.querySelector("[role=dialog]") === null) document.title = document.activeElement?.tagName ?? "";
      }).observe(document.body, { childList: true, subtree: true });
    });
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    assert.equal(await page.title(), "BUTTON", "the focus is back before any key can be pressed");
    await page.keyboard.press("PageDown");
    await page.getByRole("heading", { name: "June", exact: true }).waitFor();
    await becomes(inHand, "Closing", "where lines go, the focus goes to those that come");
    await page.getByRole("button", { name: "Month before" }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "May", exact: true }).waitFor();
    await lines.getByText("Evaluation").waitFor();
    await becomes(
      () => page.evaluate(() => document.activeElement?.getAttribute("aria-label")),
      "Month before",
      "and stays where it is elsewhere",
    );
    await page.keyboard.press("Escape");
    await page.getByRole("grid").waitFor();
    await page.waitForURL(/\/year\//);
    assert.deepEqual(place.complaints, []);
  });

  test("says of a month without events that it has none", async () => {
    await using place = await openPlace({ path: `/agenda/${YEAR}?on=${YEAR}-07-04&calendars=${calendarId}` });
    await place.page.getByText("Nothing is planned this month.").waitFor();
  });
});

describe("keys in Chromium", { skip }, () => {
  after(closeAll);

  test("can be changed and switched off, and are printed as they are", async () => {
    await using place = await openPlace({ path: "/settings/keyboard" });
    const { page } = place;
    await page.getByRole("button", { name: "Change the key for New, now N" }).click();
    await page.getByText("Press the key …").waitFor();
    await page.keyboard.press("a");
    await page.getByRole("button", { name: "Change the key for New, now A" }).waitFor();
    await page.getByRole("button", { name: "Change the key for Week, now W" }).click();
    await page.keyboard.press("a");
    await page.getByRole("button", { name: "Change the key for New, now W" }).waitFor();

    await page.goto(`${place.url}/year/${YEAR}`);
    await whole(page);
    await page.keyboard.press("n");
    assert.equal(await page.getByRole("combobox").count(), 0, "N means nothing any more");
    const field = await openField(page, "w");
    await page.keyboard.press("Escape");
    await field.waitFor({ state: "detached" });
    await becomes(() => page.locator('header [data-key="W"]').count(), 1);
    await page.keyboard.press("a");
    await page.waitForURL(/\/week\//);

    await page.goto(`${place.url}/settings/keyboard`);
    await page.getByText("Keys of one letter or sign do something").click();
    await page.goto(`${place.url}/year/${YEAR}`);
    await whole(page);
    for (const key of ["w", "a", "g", "/", "?"]) await page.keyboard.press(key);
    assert.equal(await page.getByRole("dialog").count(), 0);
    assert.match(page.url(), /\/year\//);
    await openField(page, "Control+k");
    assert.deepEqual(place.complaints, []);
  });
});
