import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Client } from "@hourwright/client";
import { COORDINATOR } from "../../../../server/src/testing/server.ts";
import {
  becomes,
  closeAll,
  demoServer,
  eventually,
  openField,
  openPlace,
  thisYear,
  whyNoBrowser,
} from "../../testing/browser.ts";

const skip = await whyNoBrowser();

const YEAR = thisYear() + 1;

describe("the command field in Chromium", { skip }, () => {
  let coordinator: Client;
  before(async () => {
    coordinator = await (await demoServer()).signedIn(COORDINATOR);
  });
  after(closeAll);

  test("creates in words, underlining what it understands, and nothing before Enter", async () => {
    await using place = await openPlace({ path: `/year/${YEAR}?on=${YEAR}-05-12` });
    const { page } = place;
    await page.locator('[role="gridcell"][tabindex="0"]').focus();
    await openField(page, "n");
    await page.keyboard.type(`wax skis with ines 12 may ${YEAR} 6:15 45m`);
    const parts = page.locator("[data-kind]");
    await becomes(
      () => parts.evaluateAll((all) => all.map((part) => part.firstChild!.textContent)),
      ["wax skis", "ines", `12 may ${YEAR} 6:15`, "45m"],
    );
    await page.getByRole("option", { name: /Create “Wax skis with Ines”/ }).waitFor();
    const listed = async () => {
      const day = { start: `${YEAR}-05-12`, end: `${YEAR}-05-13` };
      const { events } = await coordinator("events.list", { query: day });
      return events.filter(({ title }) => title === "Wax skis with Ines");
    };
    assert.deepEqual(await listed(), []);
    await page.keyboard.press("Enter");
    await page.getByText("Created “Wax skis with Ines”").first().waitFor();
    const [event] = await listed();
    assert.match(event!.start, /T(06|18):15:00/);
    const minutes = Temporal.Instant.from(event!.start).until(Temporal.Instant.from(event!.end)).total("minutes");
    assert.equal(minutes, 45);
    assert.equal(event!.subjectIds.length, 2, "it takes the time of both");
    await page.keyboard.press("Control+z");
    await page
      .getByText(/^Undone/)
      .first()
      .waitFor();
    assert.deepEqual(await listed(), []);
    assert.deepEqual(place.complaints, []);
  });

  test("says how often in words, in the language of the page", async () => {
    for (const [locale, typed, said] of [
      ["en-GB", "yoga every second tuesday 10:00", "every second Tuesday"],
      ["de-DE", "Yoga jeden zweiten Dienstag 10:00", "jeden zweiten Dienstag"],
    ] as const) {
      await using place = await openPlace({ path: `/year/${YEAR}`, context: { locale } });
      const { page } = place;
      await openField(page, "n");
      await page.keyboard.type(typed);
      await becomes(() => page.locator('[data-kind="repeat"] small').textContent(), said);
      assert.deepEqual(place.complaints, []);
    }
  });

  test("makes a part plain text with Tab and Backspace", async () => {
    await using place = await openPlace({ path: `/year/${YEAR}` });
    const { page } = place;
    await openField(page, "n");
    await page.keyboard.type("review march 25 numbers");
    await page.locator('[data-kind="day"]').waitFor();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await page.locator('[data-kind="day"][data-chosen]').waitFor();
    await page.keyboard.press("Backspace");
    await page.locator('[data-kind="day"]').waitFor({ state: "detached" });
    await page.getByRole("option", { name: "Create “Review march 25 numbers”" }).waitFor();
  });

  test("opens the full form with everything that was said", async () => {
    await using place = await openPlace({ path: `/year/${YEAR}` });
    const { page } = place;
    await openField(page, "n");
    await page.keyboard.type(`stocktaking 3 jun ${YEAR} 14:00 1h30`);
    await page.keyboard.press("Control+Enter");
    const dialog = page.getByRole("dialog", { name: "New event" });
    assert.equal(await dialog.getByLabel("Title").inputValue(), "Stocktaking");
    assert.equal(await dialog.getByLabel("Starts, date").inputValue(), `${YEAR}-06-03`);
    assert.equal(await dialog.getByLabel("Starts, time").inputValue(), "14:00");
    assert.equal(await dialog.getByLabel("Ends, time").inputValue(), "15:30");
  });

  test("goes to a date with G, and back with it to another year", async () => {
    await using place = await openPlace({ path: `/year/${thisYear()}` });
    const { page } = place;
    await openField(page, "g");
    await page.getByRole("combobox", { name: "Go to a date" }).waitFor();
    await page.keyboard.type(`3 sep ${YEAR}`);
    await page.getByRole("option", { name: /Go to .*3 September/ }).waitFor();
    await page.keyboard.press("Enter");
    await page.waitForURL((url) => url.searchParams.get("on") === `${YEAR}-09-03`);
    await page.waitForFunction(
      () => (document.activeElement as HTMLElement).ariaLabel?.includes("3 September") === true,
    );
  });

  test("finds events, people and commands by the beginnings of words", async () => {
    await using place = await openPlace({ path: `/year/${thisYear()}` });
    const { page } = place;
    await openField(page, "Control+k");
    await page.keyboard.type("ines");
    await page.getByRole("option", { name: "Show Ines Duarte’s time" }).click();
    await page.waitForURL(/people=per_/);
    await openField(page, "/");
    await page.keyboard.type("no such thing at all");
    await page.getByText("Nothing of that name, and no date.").waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("combobox").waitFor({ state: "detached" });
    assert.deepEqual(place.complaints, []);
  });

  test("says before Enter who could not come, and keeps what was typed when the time is taken", async () => {
    const rooms = await coordinator("resources.list", { query: { limit: 1 } });
    const room = rooms.items[0]!;
    const start = `${YEAR}-08-11T05:00:00+02:00`;
    const end = `${YEAR}-08-11T06:00:00+02:00`;
    const body = { title: "Early cleaning", start, end, resourceIds: [room.id], preventConflicts: false };
    await coordinator("events.create", { body });
    await using place = await openPlace({ path: `/year/${YEAR}` });
    const { page } = place;
    await openField(page, "n");
    const words = `yoga in ${room.name} 11 aug ${YEAR} 05:30 30m`;
    await page.keyboard.type(words);
    await page.getByText(`${room.name} has Early cleaning then.`).waitFor();
    await page.keyboard.press("Enter");
    await page.getByRole("alert").filter({ hasText: "It was not created." }).waitFor();
    assert.equal(await page.getByRole("combobox").inputValue(), words);
    await page.getByText("Times that are free:").waitFor();
    const offered = page.getByRole("option").filter({ hasText: /^\w{3} \d{1,2} \w{3,4}, \d\d:\d\d–\d\d:\d\d$/ });
    await eventually(
      () => offered.count(),
      (count) => count >= 1 && count <= 4, // Times that are free, as the page prints them.
    );
    assert.deepEqual(place.complaints, []);
  });

  test("takes 10,000 characters, right-to-left and zalgo text without a stall or a complaint", async () => {
    await using place = await openPlace({ path: `/year/${YEAR}` });
    const { page } = place;
    const field = await openField(page, "n");
    for (const text of [
      "x".repeat(10_000),
      "اجتماع الفريق 25 mar",
      "Z̷̛̯̱͍͂͊̚á̶l̵g̸o̶ tue 9:00",
      "🧗‍♀️ climb fri",
      "<script>alert(1)</script> mon",
    ]) {
      await field.fill(text);
      await page
        .getByRole("option", { name: /^Create/ })
        .first()
        .waitFor();
    }
    assert.deepEqual(place.complaints, []);
  });
});
