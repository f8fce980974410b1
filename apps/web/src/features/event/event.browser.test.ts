import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { COORDINATOR } from "../../../../server/src/testing/server.ts";
import {
  becomes,
  closeAll,
  demoServer,
  focused,
  openForm,
  openPlace,
  thisYear,
  whyNoBrowser,
} from "../../testing/browser.ts";

const skip = await whyNoBrowser();

describe("an event in Chromium", { skip }, () => {
  after(closeAll);

  test("is created with N, changed, deleted and brought back without the pointer", async () => {
    const day = `${thisYear() + 1}-03-17`;
    await using place = await openPlace({ path: `/year/${thisYear()}` });
    const { page } = place;
    const title = `Wax skis ${Temporal.Now.instant().epochMilliseconds}`;
    await openForm(page);
    await page.keyboard.type(title);
    await page.getByLabel("Starts, date").fill(day);
    await page.getByLabel("Starts, time").fill("05:15");
    assert.equal(await page.getByLabel("Ends, time").inputValue(), "06:15", "the end moves along");
    await page.keyboard.press("Enter");
    await page.getByText(`Created “${title}”`).first().waitFor();

    await page.goto(`${place.url}/year/${thisYear() + 1}?on=${day}`);
    const line = page.getByRole("complementary").getByRole("button", { name: new RegExp(title) });
    await line.press("Enter");
    const dialog = page.getByRole("dialog", { name: "Event" });
    await dialog.getByLabel("Title").fill(`${title} again`);
    await page.keyboard.press("Enter");
    await page.getByText(`Changed “${title} again”`).first().waitFor();

    await page
      .getByRole("complementary")
      .getByRole("button", { name: new RegExp(`${title} again`) })
      .press("Enter");
    await dialog.getByRole("button", { name: "Delete" }).press("Enter");
    await dialog.getByRole("button", { name: "Delete" }).press("Enter");
    await line.waitFor({ state: "detached" });
    await page.keyboard.press("Control+z");
    await page
      .getByText(/^Undone: Deleted/)
      .first()
      .waitFor();
    await line.waitFor();
    assert.deepEqual(place.complaints, []);
  });

  test("says by keys which of its guests need not come, and keeps it when others are invited", async () => {
    const coordinator = await (await demoServer()).signedIn(COORDINATOR);
    const day = `${thisYear() + 1}-04-21`;
    await using place = await openPlace({ path: `/year/${thisYear() + 1}?on=${day}` });
    const { page } = place;
    const title = `Optional ${Temporal.Now.instant().epochMilliseconds}`;
    const invited = async () => {
      const { events } = await coordinator("events.list", { query: { start: day, end: `${thisYear() + 1}-04-22` } });
      const { id } = events.find((event) => event.title === title)!;
      const { attendees } = await coordinator("events.read", { params: { id }, query: {} });
      return Object.fromEntries(attendees.map(({ email, optional = false }) => [email, optional]));
    };
    await openForm(page);
    const form = page.getByRole("dialog", { name: "New event" });
    await form.getByLabel("Title").fill(title);
    await form.getByLabel("Starts, date").fill(day);
    await form.getByLabel("Starts, time").fill("05:15");
    assert.equal(await form.getByRole("group", { name: "Need not come" }).count(), 0, "nobody is invited");
    await form.getByLabel("Guests").fill("ana@elsewhere.example, Ben@elsewhere.example");
    await form.getByRole("group", { name: "Need not come" }).getByLabel("ben@elsewhere.example").focus();
    await page.keyboard.press("Space");
    await form.getByLabel("Title").press("Enter");
    await page.getByText(`Created “${title}”`).first().waitFor();
    const { "ana@elsewhere.example": ana, "ben@elsewhere.example": ben } = await invited();
    assert.deepEqual([ana, ben], [false, true]);

    await page.goto(`${place.url}/year/${thisYear() + 1}?on=${day}`);
    await page
      .getByRole("complementary")
      .getByRole("button", { name: new RegExp(title) })
      .press("Enter");
    const dialog = page.getByRole("dialog", { name: "Event" });
    const guests = await dialog.getByLabel("Guests").inputValue();
    await dialog.getByLabel("Guests").fill(`${guests}, cleo@elsewhere.example`);
    await dialog.getByLabel("Title").press("Enter");
    await page.getByText(`Changed “${title}”`).first().waitFor();
    const now = await invited();
    assert.deepEqual([now["ben@elsewhere.example"], now["cleo@elsewhere.example"]], [true, false]);
    assert.deepEqual(place.complaints, []);
  });

  test("opened by keys that come faster than frames is that of the marked day", async () => {
    const coordinator = await (await demoServer()).signedIn(COORDINATOR);
    const { id: calendarId } = await coordinator("calendars.create", { body: { name: "Fast keys" } });
    const year = thisYear() + 1;
    for (const day of ["05", "06"])
      await coordinator("events.create", {
        body: {
          title: `On the ${day}`,
          calendarId,
          start: `${year}-03-${day}T09:00:00Z`,
          end: `${year}-03-${day}T10:00:00Z`,
          preventConflicts: false,
        },
      });
    await using place = await openPlace({ path: `/year/${year}?on=${year}-03-05&calendars=${calendarId}` });
    const { page } = place;
    for (const back of ["ArrowLeft", "ArrowRight"]) {
      await page.getByRole("complementary").getByText("On the 05").waitFor();
      await page.locator('[role="gridcell"][tabindex="0"]').focus();
      await Promise.all(["ArrowRight", "Enter", "Tab", "Enter"].map((key) => page.keyboard.press(key)));
      const dialog = page.getByRole("dialog", { name: "Event" });
      assert.equal(await dialog.getByLabel("Title").inputValue(), "On the 06");
      await focused(dialog);
      await page.keyboard.press("Escape");
      await dialog.waitFor({ state: "detached" });
      await page.locator('[role="gridcell"][tabindex="0"]').focus();
      await page.keyboard.press(back);
    }
    assert.deepEqual(place.complaints, []);
  });

  test("onto taken time is refused with who has it, and a free time is one press away", async () => {
    await using place = await openPlace({ path: `/year/${thisYear() + 1}` });
    const { page } = place;
    const day = `${thisYear() + 1}-03-17`;
    const stamp = Temporal.Now.instant().epochMilliseconds;
    const create = async (title: string) => {
      await openForm(page);
      const dialog = page.getByRole("dialog", { name: "New event" });
      await dialog.getByLabel("Title").fill(title);
      await dialog.getByLabel("Starts, date").fill(day);
      await dialog.getByLabel("Starts, time").fill("02:30");
      await dialog
        .locator("label:has(input[type=checkbox])", { hasText: /Hall A|Pool|Room/i })
        .first()
        .click();
      await dialog.getByRole("button", { name: "Create" }).click();
      return dialog;
    };
    await (await create(`First ${stamp}`)).waitFor({ state: "detached" });
    const second = await create(`Second ${stamp}`);
    const refusal = second.getByRole("alert");
    await refusal.waitFor();
    assert.match(await refusal.innerText(), new RegExp(`taken|busy|First ${stamp}`, "i"));
    assert.equal(await second.getByLabel("Title").inputValue(), `Second ${stamp}`, "what was typed stays");
    await refusal.getByRole("button").first().click();
    await second.waitFor({ state: "detached" });
    await page.getByText(`Created “Second ${stamp}”`).first().waitFor();
  });

  test("that no answer came for keeps what was typed, and is made once when it is tried again", async () => {
    const day = `${thisYear() + 1}-03-19`;
    await using place = await openPlace({ path: `/year/${thisYear() + 1}?on=${day}` });
    const { page } = place;
    const title = `Heard late ${Temporal.Now.instant().epochMilliseconds}`;
    const unreached = page.getByText("The server cannot be reached. Try again in a moment.");
    let isAway = true;
    await page.route(/\/v1\/calendar\/events/, async (route) => {
      if (!isAway || route.request().method() === "PATCH") return route.continue();
      if (route.request().method() === "POST") await route.fetch(); // It arrives, and its answer does not.
      await route.abort();
    });
    await openForm(page);
    const made = page.getByRole("dialog", { name: "New event" });
    await made.getByLabel("Title").fill(title);
    await made.getByLabel("Starts, date").fill(day);
    await made.getByLabel("Starts, time").fill("04:15");
    await made.getByRole("button", { name: "Create" }).click();
    await unreached.waitFor();
    assert.equal(await made.getByLabel("Title").inputValue(), title);
    isAway = false;
    await made.getByRole("button", { name: "Try again" }).click();
    await made.waitFor({ state: "detached" });
    const lines = page.getByRole("complementary").getByRole("button", { name: new RegExp(title) });
    await lines.first().waitFor();
    await becomes(() => lines.count(), 1);

    isAway = true;
    await lines.first().press("Enter");
    const changed = page.getByRole("dialog", { name: "Event" });
    await unreached.waitFor();
    isAway = false;
    await changed.getByRole("button", { name: "Try again" }).click();
    await changed.getByLabel("Title").waitFor();
    await becomes(() => unreached.count(), 0);
    await focused(changed);
    await page.keyboard.press("Escape");
    await changed.waitFor({ state: "detached" });

    // What arrived though nobody heard of it was seen, and removed: the same words make another one.
    isAway = true;
    await openForm(page);
    await made.getByLabel("Title").fill(`${title} again`);
    await made.getByLabel("Starts, date").fill(day);
    await made.getByLabel("Starts, time").fill("02:15");
    await made.getByRole("button", { name: "Create" }).click();
    await unreached.waitFor();
    isAway = false;
    await page.keyboard.press("Escape");
    await made.waitFor({ state: "detached" });
    const seen = page.getByRole("complementary").getByRole("button", { name: new RegExp(`${title} again`) });
    await seen.press("Enter");
    await changed.getByRole("button", { name: "Delete" }).click();
    await changed.getByRole("button", { name: "Delete" }).click();
    await seen.waitFor({ state: "detached" });
    await openForm(page);
    await made.getByLabel("Title").fill(`${title} again`);
    await made.getByLabel("Starts, date").fill(day);
    await made.getByLabel("Starts, time").fill("02:15");
    await made.getByRole("button", { name: "Create" }).click();
    await seen.waitFor();
    assert.deepEqual(place.complaints, []);
  });

  test("says what is wrong before anybody is asked", async () => {
    await using place = await openPlace();
    const { page } = place;
    await openForm(page);
    const dialog = page.getByRole("dialog", { name: "New event" });
    await dialog.getByRole("button", { name: "Create" }).click();
    await dialog.getByText("Give it a title.").waitFor();
    await dialog.getByLabel("Title").fill("Backwards");
    await dialog.getByLabel("Ends, time").fill("00:15");
    await dialog.getByRole("button", { name: "Create" }).click();
    await dialog.getByText("It ends before it starts.").waitFor();
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    assert.deepEqual(place.complaints, []);
  });
});
