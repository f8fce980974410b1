// A time for some people and a room, by keys: from a form and by name, taken into an event; and when there is none.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Locator, Page } from "playwright-core";
import type { Answer, Client } from "@hourwright/client";
import { COORDINATOR } from "../../../../server/src/testing/server.ts";
import { findings, loadAxe } from "../../testing/axe.ts";
import {
  becomes,
  closeAll,
  demoServer,
  eventually,
  focused,
  onOrAfter,
  openField,
  openForm,
  openPlace,
  settled,
  thisYear,
  whyNoBrowser,
} from "../../testing/browser.ts";

const skip = await whyNoBrowser();
const ZONE = "Europe/Prague";
const YEAR = thisYear() + 1;
const DAY = onOrAfter(`${YEAR}-03-08`, 3).toString();

type FoundTimes = Answer<"ai.findTime">;

const panelOf = (page: Page): Locator => page.getByRole("complementary", { name: "Find a time" });
const timesIn = (panel: Locator): Locator => panel.locator("[data-time]");
const instant = (text: string): number => Temporal.Instant.from(text).epochMilliseconds;

/** Opens the panel as one who has no pointer. */
async function open(page: Page): Promise<Locator> {
  await (await openField(page, "Control+k")).fill("find a time");
  await page.keyboard.press("Enter");
  const panel = panelOf(page);
  await panel.getByRole("button", { name: "Find times" }).waitFor();
  return panel;
}

/** Adds somebody by a part of their name. */
async function add(page: Page, panel: Locator, name: string): Promise<void> {
  await panel.getByLabel("Add somebody").fill(name);
  await page.keyboard.press("Enter");
  await panel.getByRole("button", { name: `${name}, required` }).waitFor();
}

/** Looks, and answers what the server said. */
async function look(page: Page, panel: Locator): Promise<FoundTimes> {
  const answered = page.waitForResponse((answer) => answer.url().endsWith("/v1/ai/find-time"));
  await panel.getByRole("button", { name: "Find times" }).press("Enter");
  return (await (await answered).json()) as FoundTimes;
}

describe("finding a time in Chromium", { skip }, () => {
  let coordinator: Client;
  before(async () => {
    coordinator = await (await demoServer()).signedIn(COORDINATOR);
  });
  after(closeAll);

  const made = async (title: string, day: string) => {
    const end = Temporal.PlainDate.from(day).add({ days: 7 }).toString();
    const { events } = await coordinator("events.list", { query: { start: day, end } });
    return events.find((event) => event.title === title);
  };

  test("goes from a form to the times and back to it, with the keyboard alone, and the event is made", async () => {
    await using place = await openPlace({ path: `/week/${YEAR}?on=${DAY}` });
    const { page } = place;
    await openForm(page);
    const form = page.getByRole("dialog", { name: "New event" });
    await form.getByLabel("Title").fill("Found by keys");
    await form.getByLabel("Ends, time").fill("09:45");
    await form.getByLabel("Guests").fill("instructor@larkfield.example, guest@elsewhere.example");
    await form.getByLabel("Place").fill("Upstairs");
    await form.getByRole("checkbox", { name: "Studio" }).focus();
    await page.keyboard.press("Space");
    const answered = page.waitForResponse((answer) => answer.url().endsWith("/v1/ai/find-time"));
    await form.getByRole("button", { name: "Find a time" }).press("Enter");
    const answer = (await (await answered).json()) as FoundTimes;
    const panel = panelOf(page);
    await panel.getByText("2 people, 45 min").waitFor();
    assert.ok(answer.times.length > 1);
    await becomes(() => timesIn(panel).count(), answer.times.length);
    await focused(timesIn(panel).first().filter({ hasText: "Best" }));
    await page.keyboard.press("ArrowDown");
    const second = answer.times[1]!;
    const range = [second.start, second.end].map((text) => text.slice(11, 16)).join("–");
    await page.getByTestId("carried").getByText(range).waitFor();
    await page.keyboard.press("Enter");
    await form.waitFor();
    assert.equal(await form.getByLabel("Title").inputValue(), "Found by keys");
    assert.equal(await form.getByLabel("Starts, time").inputValue(), second.start.slice(11, 16));
    assert.equal(await form.getByLabel("Place").inputValue(), "Upstairs", "what was typed stays");
    assert.equal(await form.getByLabel("Guests").inputValue(), "instructor@larkfield.example, guest@elsewhere.example");
    assert.equal(await form.getByRole("checkbox", { name: "Studio" }).isChecked(), true);
    await form.getByLabel("Title").press("Enter");
    await form.waitFor({ state: "detached" });
    const event = await eventually(
      () => made("Found by keys", second.start.slice(0, 10)),
      (found) => found !== undefined,
    );
    assert.equal(instant(event!.start), instant(second.start));
    assert.equal(instant(event!.end), instant(second.end));
    assert.deepEqual(place.complaints, []);
  });

  test("is looked for by name and with a pointer, on the year, and who need not come is told apart", async () => {
    await using place = await openPlace({ path: `/year/${YEAR}?on=${DAY}` });
    const { page } = place;
    const panel = await open(page);
    await add(page, panel, "Ines Duarte");
    await panel.getByRole("button", { name: "Ines Duarte, required" }).click();
    await panel.getByRole("button", { name: "Ines Duarte, optional" }).waitFor();
    await panel.getByLabel("Add somebody").fill("Nobody at all");
    await page.keyboard.press("Enter");
    await panel.getByText("Nobody here is called “Nobody at all”.").waitFor();
    await panel.getByLabel("Add somebody").fill("");
    await panel.getByLabel("Time of day").selectOption("afternoon");
    await panel.getByLabel("Room", { exact: true }).selectOption("any");
    const asked = page.waitForRequest((request) => request.url().endsWith("/v1/ai/find-time"));
    const { times } = await look(page, panel);
    const body = (await asked).postDataJSON() as { required: string[]; optional: string[]; dayPart: object };
    assert.deepEqual([body.required.length, body.optional.length], [1, 1]);
    assert.deepEqual(body.dayPart, { from: 720, to: 1_020 });
    await timesIn(panel).first().hover();
    await timesIn(panel).first().click();
    const form = page.getByRole("dialog", { name: "New event" });
    await form.waitFor();
    assert.equal(await form.getByLabel("Starts, time").inputValue(), times[0]!.start.slice(11, 16));
    assert.equal(await form.getByRole("checkbox", { name: times[0]!.room!.name }).isChecked(), true);
    assert.deepEqual(place.complaints, []);
  });

  test("says whom to do without when there is none, and invites the others then", async () => {
    const email = "never.free@larkfield.example";
    const { id } = await coordinator("people.create", { body: { name: "Never Free", email, zone: ZONE } });
    const values = { from: 0, to: 60 };
    await coordinator("rules.create", { body: { constraintId: "hours", scope: "person", holderId: id, values } });
    await using place = await openPlace({ path: `/week/${YEAR}?on=${DAY}` });
    const { page } = place;
    const panel = await open(page);
    await panel.getByLabel("What it is for").fill("Without one");
    await add(page, panel, "Ines Duarte");
    await add(page, panel, "Never Free");
    const { isPossible, relaxations } = await look(page, panel);
    assert.equal(isPossible, false);
    await panel.getByText("Everybody who is required is never free at once.").waitFor();
    const without = relaxations.find((each) => each.without?.id === id)!;
    await panel.getByRole("button", { name: without.sentence }).press("Enter");
    const form = page.getByRole("dialog", { name: "New event" });
    await form.waitFor();
    assert.equal(await form.getByLabel("Title").inputValue(), "Without one");
    assert.equal(await form.getByLabel("Guests").inputValue(), "instructor@larkfield.example");
    assert.equal(await form.getByLabel("Starts, time").inputValue(), without.start.slice(11, 16));
    assert.deepEqual(place.complaints, []);
  });

  test("says what is wrong: nobody, days that end before they begin, days that are over, no answer", async () => {
    await using place = await openPlace({ path: `/week/${YEAR}?on=${DAY}` });
    const { page } = place;
    const panel = await open(page);
    const find = panel.getByRole("button", { name: "Find times" });
    await panel.getByRole("button", { name: /^Mara Okafor, required/ }).click();
    await panel.getByText("At least one person has to be required.").waitFor();
    await becomes(() => find.isDisabled(), true);
    await panel.getByRole("button", { name: /^Mara Okafor, optional/ }).click();
    await panel.getByLabel("When").selectOption("dates");
    await panel.getByLabel("Last day").fill(`${YEAR}-03-01`);
    await panel.getByText(/^Choose a last day that is not before the first/).waitFor();
    await becomes(() => find.isDisabled(), true);
    await panel.getByLabel("First day").fill("2020-01-01");
    await panel.getByLabel("Last day").fill("2020-01-03");
    await find.press("Enter");
    await panel.getByText("These days are over: choose some that are still to come.").waitFor();
    await panel.getByRole("button", { name: "Change what is wanted" }).press("Enter");
    await panel.getByLabel("When").selectOption("week");
    await page.route("**/v1/ai/find-time", (route) => route.abort());
    await find.press("Enter");
    await panel.getByText("The server cannot be reached.").waitFor();
    await page.unroute("**/v1/ai/find-time");
    await panel.getByRole("button", { name: "Look again" }).press("Enter");
    await timesIn(panel).first().waitFor();
    await page.keyboard.press("Escape");
    await panel.waitFor({ state: "detached" });
    assert.deepEqual(place.complaints, []);
  });

  test("has nothing for axe to find, in both themes, and lies in the width of a phone", async () => {
    await using place = await openPlace({ path: `/year/${YEAR}?on=${DAY}` });
    const { page } = place;
    const panel = await open(page);
    await loadAxe(page);
    const check = async (what: string) => {
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme });
        await settled(page);
        assert.deepEqual(await findings(page), [], `${what}, ${colorScheme}`);
      }
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false, what);
    };
    await check("the wish");
    await look(page, panel);
    await timesIn(panel).nth(1).focus();
    await check("the times");
    await page.setViewportSize({ width: 390, height: 844 });
    await check("the times on a phone");
    await panel.getByRole("button", { name: "Change what is wanted" }).click();
    await check("the wish on a phone");
  });
});
