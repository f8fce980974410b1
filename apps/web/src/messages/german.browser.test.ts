import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Page } from "playwright-core";
import { OWNER, startOwnServer, type OwnServer } from "../../../server/src/testing/own-server.ts";
import { COORDINATOR } from "../../../server/src/testing/server.ts";
import {
  becomes,
  buildPage,
  closeAll,
  demoAccount,
  eventually,
  openField,
  openPlace,
  whole,
  whyNoBrowser,
  type Account,
  type Place,
  type PlaceOptions,
} from "../testing/browser.ts";

const skip = await whyNoBrowser();

const ZONE = "Europe/Prague";
const YEAR = 2027;
const DAY = `${YEAR}-03-25`; // A Thursday.

/** Opens the page as a browser that prefers German sees it, and goes in by the door. */
async function openGerman({ account, ...options }: PlaceOptions & { account: Account }): Promise<Place> {
  const place = await openPlace({ ...options, account: null, context: { locale: "de-DE", ...options.context } });
  await place.page.getByLabel("E-Mail").fill(account.email);
  await place.page.getByLabel("Passwort").fill(account.password);
  await place.page.keyboard.press("Enter");
  await whole(place.page);
  return place;
}

const languageOf = (page: Page) => page.evaluate(() => document.documentElement.lang);
/** The day in hand is called that. */
async function dayIs(page: Page, name: RegExp): Promise<void> {
  const day = page.locator('[role="gridcell"][tabindex="0"]');
  await eventually(
    () => day.getAttribute("aria-label"),
    (label) => name.test(label ?? ""),
  );
}

describe("the page in German, in Chromium", { skip }, () => {
  let own: OwnServer;
  before(async () => {
    buildPage();
    own = await startOwnServer();
    await own.owner("people.create", { body: { name: "Ines Duarte" } });
  });
  after(async () => {
    await closeAll();
    await own[Symbol.asyncDispose]();
  });

  test("is German from the door through the Year, the Week, the conflicts and the settings", async () => {
    const account = demoAccount(COORDINATOR);
    await using place = await openGerman({ account, path: `/year/${YEAR}?on=${DAY}` });
    const { page } = place;
    await becomes(() => languageOf(page), "de");
    await page.getByRole("grid", { name: /^Jahr 2027\. Pfeiltasten/ }).waitFor();
    await dayIs(page, /^Donnerstag 25\. März/);
    await page.getByRole("link", { name: "Woche" }).click();
    await page.getByRole("grid", { name: /^22\.–28\. März.*Viertelstunde/ }).waitFor();
    await page.getByRole("link", { name: "Konflikte" }).click();
    await page.getByRole("heading", { name: "Konflikte" }).waitFor();
    await page.getByRole("group", { name: "Welche Konflikte angezeigt werden" }).waitFor();
    await page.getByRole("link", { name: "Einstellungen" }).click();
    await page.getByRole("link", { name: "Arbeitszeiten" }).click();
    await page.getByRole("heading", { name: "Arbeitszeiten" }).waitFor();
    await page.getByLabel("Donnerstag, von").first().waitFor();
    assert.deepEqual(place.complaints, []);
  });

  test("cuts no word of the rail, however narrow the page, nor a button of the inspector", async () => {
    const account = demoAccount(COORDINATOR);
    await using place = await openGerman({ account, path: `/conflicts/${YEAR}` });
    const { page } = place;
    await page.keyboard.press("x");
    await page.getByRole("button", { name: /Beide behalten/ }).waitFor();
    for (const width of [320, 360, 390, 719, 720, 1024, 1366, 1728]) {
      await page.setViewportSize({ width, height: 844 });
      const cut = () =>
        page.evaluate(() => {
          const inside = (box: DOMRect, outer: DOMRect) => box.left >= outer.left - 1 && box.right <= outer.right + 1;
          const page = document.documentElement.getBoundingClientRect();
          const textBox = (element: Element) => {
            const range = document.createRange();
            range.selectNodeContents(element);
            return range.getBoundingClientRect();
          };
          const links = [...document.querySelectorAll("nav a")];
          const buttons = [...document.querySelectorAll("aside button")];
          return [
            ...links.filter(
              (link) => !inside(textBox(link), link.getBoundingClientRect()) || !inside(textBox(link), page),
            ),
            ...buttons.filter((button) => !inside(button.getBoundingClientRect(), page)),
          ].map((element) => element.textContent);
        });
      await becomes(cut, [], `at ${width} px`); // The page follows the width in its own time.
    }
    assert.deepEqual(place.complaints, []);
  });

  test("understands German words first, says what it made of them, and takes it back", async () => {
    await using place = await openGerman({ server: own.server, account: OWNER, path: `/year/${YEAR}` });
    const { page } = place;
    await openField(page, "n");
    await page.keyboard.type("Mittagessen mit Ines morgen 12 Uhr");
    await page.getByRole("option", { name: "„Mittagessen mit Ines“ anlegen" }).waitFor();
    await page.keyboard.press("Enter");
    await page.getByText("„Mittagessen mit Ines“ angelegt").first().waitFor();
    await page.getByRole("button", { name: /^Rückgängig/ }).waitFor();
    const today = Temporal.Now.plainDateISO(ZONE); // Or yesterday was, when this was typed: then "morgen" is today.
    const days = { start: String(today), end: String(today.add({ days: 2 })) };
    const listed = async () => (await own.owner("events.list", { query: days })).events;
    const [event] = await listed();
    assert.equal(event?.title, "Mittagessen mit Ines");
    const start = Temporal.Instant.from(event.start).toZonedDateTimeISO(ZONE);
    assert.equal(start.toPlainTime().toString(), "12:00:00");
    await page.keyboard.press("Control+z");
    await page
      .getByText(/^Rückgängig gemacht: /)
      .first()
      .waitFor();
    assert.deepEqual(await listed(), []);
  });

  test("changes its language at once in the account menu, and keeps it", async () => {
    await using place = await openGerman({ server: own.server, account: OWNER, path: `/year/${YEAR}?on=${DAY}` });
    const { page } = place;
    await page.evaluate(() => document.body.setAttribute("data-not-loaded-again", ""));
    await page.getByRole("button", { name: "Konto und Darstellung" }).click();
    await page.getByRole("radiogroup", { name: "Sprache" }).getByText("English").click();
    await page.getByRole("radiogroup", { name: "Language" }).waitFor();
    await page.keyboard.press("Escape");
    await dayIs(page, /^Thursday 25 March/);
    await becomes(() => languageOf(page), "en");
    assert.equal(await page.locator("body[data-not-loaded-again]").count(), 1);
    await page.reload();
    await page.getByRole("grid", { name: /^Year 2027/ }).waitFor();
    await page.getByRole("button", { name: "Account and appearance" }).click();
    await page.getByRole("radiogroup", { name: "Language" }).getByText("As the browser").click();
    await page.getByRole("grid", { name: /^Jahr 2027/, includeHidden: true }).waitFor();
    assert.deepEqual(place.complaints, []);
  });

  test("is English where the words cannot be loaded, and says so when they were asked for", async () => {
    const prepare = async (page: Page) => {
      await page.route(/\/assets\/de-[^/]+\.js/, (route) => route.abort());
    };
    const context = { locale: "de-DE" };
    await using place = await openPlace({
      server: own.server,
      account: OWNER,
      path: `/year/${YEAR}`,
      context,
      prepare,
    });
    const { page } = place;
    await becomes(() => languageOf(page), "en");
    await page.getByRole("button", { name: "Account and appearance" }).click();
    const languages = page.getByRole("radiogroup", { name: "Language" });
    await languages.getByText("Deutsch").click();
    await page.getByText("The language could not be loaded.").first().waitFor();
    await becomes(() => languages.getByRole("radio", { name: "As the browser" }).isChecked(), true);
  });
});
