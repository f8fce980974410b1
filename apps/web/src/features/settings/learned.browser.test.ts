// Strategy: one organisation, from nothing learned to something, forgotten part by part, all by keys; axe looks at each state.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { OWNER, startOwnServer, type OwnServer } from "../../../../server/src/testing/own-server.ts";
import { findings } from "../../testing/axe.ts";
import {
  becomes,
  buildPage,
  closeAll,
  eventually,
  focused,
  openPlace,
  settled,
  whyNoBrowser,
} from "../../testing/browser.ts";

const skip = await whyNoBrowser();
/** A Monday some weeks from now. */
const today = Temporal.Now.plainDateISO("Europe/Prague");
const monday = today.add({ days: 29 - today.dayOfWeek });

describe("what is learned in Chromium", { skip }, () => {
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
  const learned = () => own.owner("learned.read", {});

  async function clash(): Promise<void> {
    const hall = await own.owner("resources.create", { body: { name: "Hall", kind: "room", policy: "warn" } });
    const calendar = await own.owner("calendars.create", {
      body: { name: "Hall", ownerSubjectId: null, sharing: "write" },
    });
    for (const [title, from, to] of [
      ["Yoga", "10:00", "11:00"],
      ["Judo", "10:30", "11:30"],
    ] as const)
      await own.owner("events.create", {
        body: {
          title,
          calendarId: calendar.id,
          start: `${monday.toString()}T${from}:00`,
          end: `${monday.toString()}T${to}:00`,
          timeZone: "Europe/Prague",
          resourceIds: [hall.id],
          preventConflicts: false,
        },
      });
  }

  test("is nothing at first, and says so", async () => {
    await using place = await open("/settings/learned");
    const { page } = place;
    await page.getByText(/^Nothing yet\. Each repair you take or refuse .* after 50 answers/).waitFor();
    await page.getByText(/^Nothing yet\. What you plan/).waitFor();
    await settled(page);
    assert.deepEqual(await findings(page), []);
    assert.deepEqual(place.complaints, []);
  });

  test("“Not this” takes a repair away by keys alone, and undo brings it back", async () => {
    await clash();
    await using place = await open(`/conflicts/${monday.year}`);
    const { page } = place;
    await page.locator("[data-conflict]").first().waitFor();
    await page.keyboard.press("x");
    const repairs = page.getByRole("radiogroup", { name: /Repairs/ }).getByRole("radio");
    await repairs.first().waitFor();
    const names = () =>
      page
        .getByRole("radiogroup", { name: /Repairs/ })
        .locator("label b")
        .allInnerTexts();
    const [first, second] = await names();
    const button = page.getByRole("button", { name: `Not this: ${first!}` });
    assert.equal(await button.innerText(), "Not this");
    await settled(page);
    assert.deepEqual(await findings(page), []);
    await button.focus();
    await page.keyboard.press("Enter");
    await page.getByText("Put a repair aside").first().waitFor();
    await eventually(names, ([best]) => best === second);
    await page.keyboard.press("Control+z");
    await eventually(names, ([best]) => best === first);
    await page.getByRole("button", { name: `Not this: ${first!}` }).click();
    await eventually(names, ([best]) => best === second);
    assert.deepEqual(place.complaints, []);
  });

  test("is told in words and bars, and forgotten by keys: a weight, the hours, all of it", async () => {
    for (const week of [1, 2, 3, 4]) {
      const day = monday.add({ weeks: week, days: 1 }).toString();
      const times = { start: `${day}T09:00:00`, end: `${day}T11:00:00`, timeZone: "Europe/Prague" };
      await own.owner("events.create", { body: { title: "Writing", ...times } });
    }
    await eventually(learned, ({ hours, answers }) => hours.seen === 4 && answers.count === 1);
    for (const context of [{}, { colorScheme: "dark" }, { viewport: { width: 390, height: 844 } }]) {
      await using place = await open("/settings/learned", context);
      await place.page.getByText(/^Prefers: .*Tuesday 09:00–11:00/).waitFor();
      assert.deepEqual(await findings(place.page), []);
    }
    await using place = await open("/settings/learned");
    const { page } = place;
    await page.getByText("1 answer so far. Chances are told after 49 more.").waitFor();
    const reset = page.getByRole("button", { name: /^Reset: / });
    const name = (await reset.first().getAttribute("aria-label"))!;
    await reset.first().focus();
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name }).waitFor({ state: "detached" });

    await page.getByRole("button", { name: "Forget these hours" }).focus();
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("alertdialog", { name: "Forget your hours?" });
    await dialog.getByRole("button", { name: "Forget", exact: true }).focus();
    await page.keyboard.press("Enter");
    await page.getByText(/^Nothing yet\. What you plan/).waitFor();
    await becomes(async () => (await learned()).hours.seen, 0);

    const box = page.getByRole("checkbox", { name: /^Learn from/ });
    await box.focus();
    await page.keyboard.press("Space");
    const leaving = page.getByRole("alertdialog", { name: "Forget what was learned?" });
    await focused(leaving);
    await settled(page);
    assert.deepEqual(await findings(page), []);
    await leaving.getByRole("button", { name: "Cancel" }).press("Enter");
    await leaving.waitFor({ state: "detached" });
    assert.ok(await box.isChecked());
    await box.focus();
    await page.keyboard.press("Space");
    await leaving.getByRole("button", { name: "Switch off and forget" }).press("Enter");
    await page.getByText(/^Nothing is learned of you/).waitFor();
    await becomes(() => learned().then(({ isOn, answers }) => [isOn, answers.count]), [false, 0]);
    await box.focus();
    await page.keyboard.press("Space");
    await page.getByText(/^Nothing yet\. Each repair/).waitFor();
    assert.deepEqual(place.complaints, []);
  });
});
