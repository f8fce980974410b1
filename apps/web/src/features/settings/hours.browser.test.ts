// Opening times layer by layer, by keys where it is a form; what the API says of a day is what the page shows of it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, describe, test } from "node:test";
import type { Page } from "playwright-core";
import { OWNER, startOwnServer, type OwnServer } from "../../../../server/src/testing/own-server.ts";
import { buildPage, closeAll, focused, openPlace, whyNoBrowser } from "../../testing/browser.ts";

const skip = await whyNoBrowser();
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const next = Temporal.Now.plainDateISO().year + 1;

describe("opening times in Chromium", { skip }, () => {
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
    openPlace({ server: own.server, account: OWNER, path: "/settings/hours", context });
  const layersOf = async (id: string) => (await own.owner("availability.layers", { params: { id } })).layers;

  async function accessible(page: Page): Promise<void> {
    await page.evaluate(axe);
    // The bar that tells of a change lies beside the page, and is looked at by the tests of the shell.
    const found = await page.evaluate(async () => {
      const shown = document.querySelector("[role=dialog]") ?? document.querySelector("main");
      type Axe = { run: (of: unknown) => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
      const { violations } = await (globalThis as unknown as { axe: Axe }).axe.run(shown);
      return violations.map(({ id, nodes }) => `${id}: ${nodes[0]!.html.slice(0, 120)}`);
    });
    assert.deepEqual(found, []);
  }

  test("of weeks that take turns, a season and a region are given, and a day says which of them decides", async () => {
    await using place = await open();
    const { page } = place;
    await page.getByLabel("Weeks that take turns").selectOption("2");
    await page.getByLabel("Week 1 holds in the week of").fill(`${next}-01-04`);
    await page.getByLabel("Which of the weeks").selectOption("1");
    await page.getByRole("button", { name: "Add hours on Saturday" }).click();
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("The working hours were changed.").first().waitFor();
    await page.getByRole("button", { name: "Add a season" }).click();
    const sheet = page.getByRole("dialog", { name: "Add a season" });
    await focused(sheet.getByLabel("Name"));
    await page.keyboard.type("Summer");
    await page.keyboard.press("Enter");
    await sheet.getByText("This is needed.").first().waitFor();
    await sheet.getByLabel("First day").fill(`${next}-06-01`);
    await sheet.getByLabel("Last day").fill(`${next}-08-31`);
    await sheet.getByRole("button", { name: "Save" }).click();
    await page.getByText("every year, 1 June to 31 August").waitFor();
    await page.getByLabel("Country").selectOption("DE");
    await page.getByLabel("Region", { exact: true }).selectOption("DE-BY");
    await page.getByText("Corpus Christi").waitFor();
    const layers = await layersOf("organisation");
    assert.deepEqual(
      new Set(layers.map((layer) => (layer.kind === "weeks" ? layer.weeks.length : layer.kind))),
      new Set([1, 2, "holidays"]),
    );
    await page.getByLabel("Show the day").fill("2027-05-27");
    await page.getByText("public holiday in Bavaria (Corpus Christi)").waitFor();
    await page.getByRole("checkbox", { name: /^Corpus Christi/ }).focus();
    await page.keyboard.press("Space");
    await page.getByText("public holiday in Bavaria (Corpus Christi)").waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Rename Epiphany" }).click();
    const rename = page.getByRole("dialog", { name: "Rename Epiphany" });
    await focused(rename.getByLabel("Name"));
    await page.keyboard.type("Three Kings");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Rename Three Kings" }).waitFor();
    await accessible(page);
    assert.deepEqual(place.complaints, []);
  });

  test("of one person get single days and time off, and are taken back by undo", async () => {
    await using place = await open();
    const { page } = place;
    const person = await own.owner("people.create", { body: { name: "Erik" } });
    await page.reload();
    await page.getByLabel("Whose hours").selectOption(person.id);
    await page.getByText(/^What is not said here is as .* has it\.$/).waitFor();
    await page.getByRole("button", { name: "Add single days" }).click();
    const days = page.getByRole("dialog", { name: "Add single days" });
    await focused(days.getByLabel("Name"));
    await page.keyboard.type("Open day");
    await days.getByLabel("First day").fill(`${next}-03-06`);
    await days.getByLabel("On these days").selectOption("instead");
    await days.getByLabel("1, from").fill("22:00");
    await days.getByLabel("1, until").fill("02:00");
    await days.getByText("next day").waitFor();
    await accessible(page);
    await days.getByRole("button", { name: "Save" }).click();
    await page.getByText("22:00–02:00").waitFor();
    await page.getByRole("button", { name: "Add time off" }).click();
    const away = page.getByRole("dialog", { name: "Add time off" });
    await away.getByLabel("First day").fill(`${next}-03-08`);
    await away.getByLabel("Last day").fill(`${next}-03-01`);
    await away.getByLabel("Reason").fill("Clinic");
    await away.getByRole("button", { name: "Save" }).click();
    await away.getByText(/before it begins/).waitFor();
    await away.getByLabel("Last day").fill(`${next}-03-09`);
    await away.getByRole("button", { name: "Save" }).click();
    await page.getByRole("button", { name: "Remove Clinic" }).waitFor();
    await page.getByLabel("Show the day").fill(`${next}-03-08`);
    await page.getByText("away (Clinic)").waitFor();
    await page.getByRole("button", { name: "Remove Clinic" }).click();
    await page.getByText("No time off from today on.").waitFor();
    await page.getByRole("button", { name: /^Undo/ }).click();
    await page.getByRole("button", { name: "Remove Clinic" }).waitFor();
    assert.deepEqual(
      (await layersOf(person.id)).map(({ kind }) => kind),
      ["days", "away"],
    );
  });

  test("come from a file once it is said what would become of them, on a phone in the dark", async () => {
    const context = { viewport: { width: 390, height: 844 }, colorScheme: "dark" };
    await using place = await open(context);
    const { page } = place;
    const lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test//EN", "BEGIN:VAVAILABILITY", "UID:v"]
      .concat(["BEGIN:AVAILABLE", "UID:a", "DTSTART:20260105T090000", "DTEND:20260105T130000"])
      .concat(["RRULE:FREQ=WEEKLY;BYDAY=MO,TU", "END:AVAILABLE", "END:VAVAILABILITY", "END:VCALENDAR", ""]);
    const file = (text: string) => ({ name: "hours.ics", mimeType: "text/calendar", buffer: Buffer.from(text) });
    await page.getByLabel("Opening times from a file").setInputFiles(file("nothing"));
    await page.getByText("The file holds no VAVAILABILITY.").waitFor();
    await page.getByLabel("Opening times from a file").setInputFiles(file(lines.join("\r\n")));
    const sheet = page.getByRole("dialog", { name: "Opening times from a file" });
    await sheet.getByText(/^One week, and \d+ days? that differs?, were read/).waitFor();
    await accessible(page);
    await sheet.getByRole("button", { name: "Take them over" }).click();
    await sheet.waitFor({ state: "detached" });
    const monday = page.getByRole("group", { name: "Monday" });
    assert.equal(await monday.getByLabel("Monday, until").inputValue(), "13:00");
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.ok(wide <= 0, `${wide} pixels too wide`);
  });
});
