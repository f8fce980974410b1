import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import type { Page, Response } from "playwright-core";
import { becomes, closeAll, openPlace, thisYear, whyNoBrowser } from "../../testing/browser.ts";

const skip = await whyNoBrowser();

/** A file of its own for each run, since a server keeps what it was given. */
function calendarFile(
  name: string,
  events: readonly { title: string; start: string }[],
): { name: string; text: string } {
  const lines = events.flatMap(({ title, start }, index) => [
    "BEGIN:VEVENT",
    `UID:${name}-${index}@example.org`,
    "DTSTAMP:20270101T000000Z",
    `DTSTART:${start}`,
    "DURATION:PT45M",
    `SUMMARY:${title}`,
    "END:VEVENT",
  ]);
  const text = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test//EN", ...lines, "END:VCALENDAR", ""].join("\r\n");
  return { name: `${name}.ics`, text };
}

async function drop(page: Page, files: readonly { name: string; text: string }[]): Promise<void> {
  const transfer = await page.evaluateHandle((list) => {
    const data = new DataTransfer();
    for (const { name, text } of list) data.items.add(new File([text], name, { type: "text/calendar" }));
    return data;
  }, files);
  await page.dispatchEvent("body", "dragover", { dataTransfer: transfer });
  await page.getByText("Drop .ics files to import them").waitFor();
  await page.dispatchEvent("body", "drop", { dataTransfer: transfer });
}

describe("import in Chromium", { skip }, () => {
  after(closeAll);

  test("drops files anywhere, previews, accepts, fills the year, and is undone as one step", async () => {
    await using place = await openPlace();
    const { page } = place;
    const run = `ski-${Temporal.Now.instant().epochMilliseconds}`;
    const year = thisYear();
    await drop(page, [
      calendarFile(`${run}-a`, [
        { title: `${run} waxing`, start: `${year}0104T181500` },
        { title: `${run} travel`, start: `${year}0105T181500` },
      ]),
      calendarFile(`${run}-b`, [{ title: `${run} return`, start: `${year}0106T181500Z` }]),
    ]);
    const dialog = page.getByRole("dialog", { name: "Import calendars" });
    await dialog.getByLabel("Its name").fill(run);
    await dialog.getByLabel("Whose time it takes").selectOption({ label: "Nobody's" });
    await dialog.getByRole("button", { name: "Show what is in them" }).click();
    await dialog.getByText(/2 found · 2 new/).waitFor();
    await dialog.getByRole("button", { name: "Import 3 events" }).click();
    await dialog.waitFor({ state: "detached" });
    await page
      .getByText(/Imported 3 events from 2 files/)
      .first()
      .waitFor();
    await page
      .locator("main")
      .getByRole("gridcell", { name: / 4 January/ })
      .press("Enter");
    await becomes(async () => (await titlesWith(page, run)).length, 3);

    await page.keyboard.press("Control+z");
    await page
      .getByText(/^Undone: Imported/)
      .first()
      .waitFor();
    await becomes(() => titlesWith(page, run), []);
    assert.deepEqual(place.complaints, []);
  });

  test("names what is wrong by line, and imports nothing that was not accepted", async () => {
    await using place = await openPlace();
    const { page } = place;
    const run = `broken-${Temporal.Now.instant().epochMilliseconds}`;
    await drop(page, [
      calendarFile(run, [
        { title: `${run} one`, start: "yesterday" },
        { title: `${run} two`, start: `${thisYear()}0107T181500Z` },
      ]),
    ]);
    const dialog = page.getByRole("dialog", { name: "Import calendars" });
    await dialog.getByRole("button", { name: "Show what is in them" }).click();
    await dialog.getByText(/things? (is|are) wrong/).click();
    await becomes(() => calendarsNamed(page, run), [run]);
    await dialog
      .getByText(/Line 7, column/)
      .first()
      .waitFor();
    await dialog.getByRole("button", { name: "Cancel" }).click();
    await dialog.waitFor({ state: "detached" });
    assert.deepEqual(await titlesWith(page, run), []);
    await becomes(() => calendarsNamed(page, run), [], "the calendar that was made for it is gone as well");
    assert.deepEqual(place.complaints, []);
  });

  test("says of a file that is no calendar, in the job's one sentence, that it is none", async () => {
    await using place = await openPlace();
    const { page } = place;
    const failed = page.waitForResponse(
      async (answer) => answer.url().includes("/v1/jobs/") && (await stateOf(answer)) === "failed",
    );
    await drop(page, [{ name: "picture.ics", text: "not a calendar at all" }]);
    const dialog = page.getByRole("dialog", { name: "Import calendars" });
    await dialog.getByRole("button", { name: "Show what is in them" }).click();
    const { failure } = (await (await failed).json()) as { failure: string };
    assert.match(failure, /^Nothing in the file can be read as a calendar\./);
    await becomes(() => dialog.getByRole("alert").innerText(), failure);
    await dialog.getByRole("button", { name: "Nothing new to import", disabled: true }).waitFor();
    assert.deepEqual(place.complaints, []);
  });

  test("waits for a server that is away, tries again what it did not take, and loses nothing", async () => {
    await using place = await openPlace();
    const { page } = place;
    const run = `lost-${Temporal.Now.instant().epochMilliseconds}`;
    await drop(page, [calendarFile(run, [{ title: `${run} one`, start: `${thisYear()}0108T191500Z` }])]);
    const dialog = page.getByRole("dialog", { name: "Import calendars" });
    await dialog.getByLabel("Its name").fill(run);
    await dialog.getByLabel("Whose time it takes").selectOption({ label: "Nobody's" });
    await page.route("**/v1/calendars/*/import?*", (route) => route.abort(), { times: 1 });
    await dialog.getByRole("button", { name: "Show what is in them" }).click();
    await dialog.getByRole("alert").getByText("The server could not be reached. Try again.").waitFor();
    let isAway = true;
    await page.route("**/v1/jobs/*", (route) => (isAway ? route.abort() : route.continue()));
    await dialog.getByRole("button", { name: "Try again" }).click();
    await dialog.getByRole("alert").getByText("The server does not answer just now.").waitFor();
    isAway = false;
    await dialog.getByText(/1 found · 1 new/).waitFor();
    await becomes(() => dialog.getByRole("alert").count(), 0);
    await page.route("**/v1/jobs/*/accept", (route) => route.abort(), { times: 1 });
    await dialog.getByRole("button", { name: "Import 1 event" }).click();
    await dialog.getByRole("alert").getByText("The server could not be reached. Try again.").waitFor();
    await dialog.getByRole("button", { name: "Import 1 event" }).click();
    await dialog.waitFor({ state: "detached" });
    await becomes(() => titlesWith(page, run), [`${run} one`]);
    assert.deepEqual(place.complaints, []);
  });
});

const stateOf = async (answer: Response): Promise<string> => ((await answer.json()) as { state: string }).state;

async function calendarsNamed(page: Page, name: string): Promise<string[]> {
  return page.evaluate(async (wanted) => {
    const answer = (await (await fetch("/v1/calendars?limit=1000")).json()) as { items: { name: string }[] };
    return answer.items.map((calendar) => calendar.name).filter((found) => found === wanted);
  }, name);
}

async function titlesWith(page: Page, part: string): Promise<string[]> {
  return page.evaluate(
    async ({ part, year }) => {
      const answer = (await (await fetch(`/v1/calendar/events?start=${year}-01-01&end=${year + 1}-01-01`)).json()) as {
        events: { title: string }[];
      };
      return answer.events.map(({ title }) => title).filter((title) => title.includes(part));
    },
    { part, year: thisYear() },
  );
}
