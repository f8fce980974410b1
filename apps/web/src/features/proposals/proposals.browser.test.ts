// Stored proposals by keys: kept from the form and while carrying, looked at as ghosts, accepted in part and whole, undone; what others
// did meanwhile; and what can go wrong.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Locator, Page } from "playwright-core";
import type { Client } from "@hourwright/client";
import { COORDINATOR, MEMBER } from "../../../../server/src/testing/server.ts";
import { findings, loadAxe } from "../../testing/axe.ts";
import {
  becomes,
  closeAll,
  demoAccount,
  demoServer,
  eventually,
  focused,
  openField,
  openPlace,
  settled,
  thisYear,
  whyNoBrowser,
} from "../../testing/browser.ts";

const skip = await whyNoBrowser();
const ZONE = "Europe/Prague";
const YEAR = thisYear() + 1;

describe("stored proposals in Chromium", { skip }, () => {
  let coordinator: Client;
  let member: Client;
  let memberId = "";
  let calendarId = "";
  /** A Tuesday of its own for each test. */
  let day = Temporal.PlainDate.from({ year: YEAR, month: 9, day: 7 });
  day = day.add({ days: (9 - day.dayOfWeek) % 7 });
  before(async () => {
    coordinator = await (await demoServer()).signedIn(COORDINATOR);
    member = await (await demoServer()).signedIn(MEMBER);
    memberId = (await member("me.read", {})).personId;
    const body = { name: "Gymnastics", ownerSubjectId: null, sharing: "write" } as const;
    calendarId = (await coordinator("calendars.create", { body })).id;
  });
  after(closeAll);

  const at = (time: string): string => day.toZonedDateTime({ timeZone: ZONE, plainTime: time }).toInstant().toString();
  const make = (title: string, from: string, to: string) =>
    coordinator("events.create", {
      body: { title, calendarId, start: at(from), end: at(to), preventConflicts: false },
    });
  const move = (eventId: string, from: string, to: string) => ({
    operation: "events.move",
    body: { moves: [{ eventId, start: at(from), end: at(to) }] },
  });
  const startOf = async (id: string): Promise<string> => {
    const { start } = await coordinator("events.read", { params: { id }, query: {} });
    return Temporal.Instant.from(start).toZonedDateTimeISO(ZONE).toPlainTime().toString().slice(0, 5);
  };
  const proposed = async (title: string, more: object = {}) => {
    day = day.add({ weeks: 1 });
    const [yoga, judo] = [
      await make(`Yoga of ${title}`, "09:00", "10:00"),
      await make(`Judo of ${title}`, "11:00", "12:00"),
    ];
    const changes = [move(yoga.id, "13:00", "14:00"), move(judo.id, "15:00", "16:00")];
    const { id } = await coordinator("proposals.create", { body: { title, changes, ...more } });
    return { id, yoga: yoga.id, judo: judo.id };
  };
  const open = (place: "year" | "week" = "week", more: object = {}) =>
    openPlace({ path: `/${place}/${YEAR}?on=${day.toString()}&calendars=${calendarId}`, ...more });
  const panelOf = (page: Page, name: string | RegExp): Locator => page.getByRole("complementary", { name });

  /** The list by its command, then one of them. */
  async function openProposal(page: Page, title: string): Promise<Locator> {
    await (await openField(page, "Control+k")).fill("proposals");
    await page.keyboard.press("Enter");
    const item = panelOf(page, "Proposals").getByRole("button", { name: new RegExp(`^${title}`) });
    await tabTo(page, item);
    await page.keyboard.press("Enter");
    const panel = panelOf(page, title);
    await panel.getByRole("checkbox").first().waitFor();
    return panel;
  }

  test("are stepped through, accepted one by one and as a whole, and undone, with the keyboard alone", async () => {
    const { yoga, judo } = await proposed("Afternoon");
    await using place = await open();
    const { page } = place;
    const panel = await openProposal(page, "Afternoon");
    const ghosts = page.getByRole("region", { name: /Yoga of Afternoon|Judo of Afternoon/ });
    await becomes(() => ghosts.count(), 2);
    await becomes(() => page.getByTestId("draft-old").count(), 2, "where they are now");
    const [first, second] = [panel.getByRole("checkbox").nth(0), panel.getByRole("checkbox").nth(1)];
    await tabTo(page, first);
    await page.keyboard.press("ArrowDown");
    await focused(second);
    await page.keyboard.press("Space");
    await panel.getByRole("heading", { name: "Changes, 1 of 2" }).waitFor();
    await becomes(() => ghosts.count(), 1, "what is left out lies over nothing");
    await page.keyboard.press("ArrowUp");
    await focused(first);
    await page.keyboard.press("Enter");
    await becomes(() => startOf(yoga), "13:00");
    assert.equal(await startOf(judo), "11:00");
    await panel.getByText("accepted", { exact: true }).waitFor();
    await tabTo(page, panel.getByRole("checkbox"));
    await page.keyboard.press("Space");
    await panel.getByRole("button", { name: "Accept 1 change" }).waitFor();
    await page.keyboard.press("Control+Enter");
    await panel.getByText(/^All of it is accepted/).waitFor();
    assert.equal(await startOf(judo), "15:00");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Control+z");
    await page.keyboard.press("Control+z"); // While the first is under way.
    await becomes(() => startOf(judo), "11:00");
    await becomes(() => startOf(yoga), "09:00");
    assert.deepEqual(place.complaints, []);
  });

  test("say what others did meanwhile, leave out what cannot be made, and go on without it", async () => {
    const { yoga, judo } = await proposed("Overtaken");
    await using place = await open();
    const { page } = place;
    const panel = await openProposal(page, "Overtaken");
    await panel.getByRole("button", { name: "Accept 2 changes" }).waitFor();
    await member("events.update", { params: { id: yoga }, body: { start: at("10:00"), end: at("11:00") } });
    await panel.getByText(/“Yoga of Overtaken” was moved by .+ since\./).waitFor();
    await coordinator("events.remove", { params: { id: yoga }, query: {} });
    await panel.getByText(/“Yoga of Overtaken” was removed/).waitFor();
    await tabTo(page, panel.getByRole("button", { name: "Accept 2 changes" }));
    await page.keyboard.press("Enter");
    await panel.getByRole("alert").waitFor();
    assert.equal(await startOf(judo), "11:00", "nothing is made of what is refused");
    await tabTo(page, panel.getByRole("checkbox").first());
    await page.keyboard.press("Space");
    await page.keyboard.press("Control+Enter");
    await becomes(() => startOf(judo), "15:00");
    assert.deepEqual(place.complaints, []);
  });

  test("reach who is asked as a notice, who declines; its maker sees it at once", async () => {
    const { id } = await proposed("Asked about");
    await using mine = await open();
    const panel = await openProposal(mine.page, "Asked about");
    await panel.getByText("Nobody but you sees it.").waitFor();
    await panel.getByRole("combobox", { name: "Ask somebody" }).selectOption(memberId);
    const { name } = (await coordinator("proposals.read", { params: { id } })).reviewers[0] ?? { name: "" };
    await eventually(
      async () => (await coordinator("proposals.read", { params: { id } })).reviewers.length,
      (count) => count === 1,
    );
    await panel.getByRole("button", { name: new RegExp(`^Do not ask ${name}`) }).waitFor();
    await using theirs = await open("year", { account: demoAccount(MEMBER) });
    const other = await openProposal(theirs.page, "Asked about");
    await tabTo(theirs.page, other.getByRole("button", { name: "Decline" }));
    await theirs.page.keyboard.press("Enter");
    await other.getByText(/has declined it/).waitFor();
    await panel.getByText(/has declined it/).waitFor();
    assert.deepEqual([...mine.complaints, ...theirs.complaints], []);
  });

  test("are made while carrying with keys, and in the form, and move nothing", async () => {
    day = day.add({ weeks: 1 });
    const { id } = await make("Carried", "09:00", "10:00");
    await using place = await open();
    const { page } = place;
    await page.getByRole("button", { name: /^Carried,/ }).waitFor();
    await page.keyboard.press("]");
    await page.keyboard.down("Alt");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("KeyP");
    await page
      .getByText(/^propose /)
      .first()
      .waitFor();
    await page.keyboard.up("Alt");
    const panel = panelOf(page, /^Carried to /);
    await panel.getByRole("checkbox").waitFor();
    assert.equal(await startOf(id), "09:00");
    await page.keyboard.press("Escape");
    await panel.waitFor({ state: "detached" });
    await page.getByRole("button", { name: /^Carried,/ }).focus();
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("textbox", { name: "Title" }).fill("Carried off");
    await tabTo(page, dialog.getByRole("button", { name: "Save as proposal" }));
    await page.keyboard.press("Enter");
    const other = panelOf(page, "Carried off");
    await other.getByText("Carried → Carried off").waitFor();
    assert.equal((await coordinator("events.read", { params: { id }, query: {} })).title, "Carried");
    assert.deepEqual(place.complaints, []);
  });

  test("have nothing for axe to find, in both themes, and lie in the width of a phone", async () => {
    const { yoga } = await proposed("Looked at", { note: "Why not?", reviewers: [memberId] });
    await member("events.update", { params: { id: yoga }, body: { title: "Yoga of all" } });
    await using place = await open("year");
    const { page } = place;
    const panel = await openProposal(page, "Looked at");
    await loadAxe(page);
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      await settled(page);
      assert.deepEqual(await findings(page), [], colorScheme);
    }
    await page.setViewportSize({ width: 390, height: 844 });
    await settled(page);
    assert.deepEqual(await findings(page), [], "on a phone");
    const box = (await panel.boundingBox())!;
    assert.deepEqual([box.x, box.width], [0, 390]);
    assert.ok(await panel.evaluate(({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth));
  });

  test("say so when nobody answers, and are there when somebody does", async () => {
    await proposed("Late");
    await using place = await open();
    const { page } = place;
    let isAnswering = false;
    await page.route("**/v1/proposals", (route) => (isAnswering ? route.continue() : route.abort()));
    await (await openField(page, "Control+k")).fill("proposals");
    await page.keyboard.press("Enter");
    const panel = panelOf(page, "Proposals");
    await panel.getByRole("alert").waitFor();
    await tabTo(page, panel.getByRole("button", { name: "Try again" }));
    isAnswering = true; // Not before: whatever else changes meanwhile has the list read again.
    await page.keyboard.press("Enter");
    await panel.getByRole("button", { name: /^Late/ }).waitFor();
    assert.deepEqual(place.complaints, []);
  });
});

/** Presses Tab until something with that name has the focus. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  for (let presses = 0; presses < TABS_MAX; presses++) {
    if (
      await target.evaluate((element) => element.contains(document.activeElement) || element === document.activeElement)
    )
      return;
    await page.keyboard.press("Tab");
  }
  assert.fail("it cannot be reached by Tab");
}

const TABS_MAX = 60;
