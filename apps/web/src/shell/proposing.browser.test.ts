import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import AxeBuilder from "axe-core";
import { boxOfDay, dayOfDate, parseDate, scaleFor, yearShape } from "@hourwright/timeline";
import type { Client } from "@hourwright/client";
import type { Page } from "playwright-core";
import { COORDINATOR, INSTRUCTOR, MEMBER } from "../../../server/src/testing/server.ts";
import {
  becomes,
  boxOf,
  closeAll,
  demoAccount,
  openPlace,
  settled,
  thisYear,
  whyNoBrowser,
} from "../testing/browser.ts";
import { startWithOthers, type Others } from "../testing/others.ts";

const YEAR = thisYear() + 1;
/** From the top of a row of the year: within its first lane. */
const FIRST_LANE = 25;

describe("guests propose a new time", { skip: await whyNoBrowser() }, () => {
  let others: Others;
  let mara: Client;
  let ines: Client;
  let calendarId: string;
  let startOf: Others["startOf"];
  before(async () => {
    others = await startWithOthers("coordinator", "Coaching");
    ({ coordinator: mara, instructor: ines, calendarId, startOf } = others);
  });
  after(async () => {
    await closeAll();
    await others[Symbol.asyncDispose]();
  });

  const create = async (title: string, day: string, attendees = [INSTRUCTOR]) =>
    (await others.create(title, day, attendees)).id;
  const inboxOf = async (client: Client, id: string) =>
    (await client("notices.list", {})).items.filter(({ eventId }) => eventId === id);
  const openYear = (day: string, email: string) =>
    openPlace({
      server: others.server,
      account: demoAccount(email),
      path: `/year/${YEAR}?on=${day}&calendars=${calendarId}`,
    });
  const bar = (page: Page) => page.locator("div", { has: page.getByRole("button", { name: "Dismiss" }) }).last();
  const inbox = (page: Page) => page.getByRole("dialog", { name: "Inbox" });
  /** Takes the first event of a day to the next one by keys, and holds it there. */
  async function carryOn(page: Page): Promise<void> {
    await page.getByRole("gridcell", { selected: true }).first().focus();
    await page.keyboard.press("]");
    await page.keyboard.down("Alt");
    await page.keyboard.press("ArrowRight");
  }
  const breachesOf = async (page: Page): Promise<string[]> => {
    await page.evaluate(AxeBuilder.source);
    await settled(page);
    return page.evaluate(async () => {
      const { axe } = globalThis as unknown as { axe: { run: () => Promise<{ violations: { id: string }[] }> } };
      return (await axe.run()).violations.map(({ id }) => id);
    });
  };

  test("by keys alone: the guest proposes, who organises accepts in another window, and both see it move", async () => {
    const day = `${YEAR}-11-03`;
    const id = await create("Coach 1:1", day);
    await using guest = await openYear(day, INSTRUCTOR);
    await using organiser = await openYear(day, COORDINATOR);
    await carryOn(guest.page);
    await guest.page
      .getByText(/^Propose \w+ 4 Nov, 11:00–12:00 · no conflicts$/)
      .first()
      .waitFor();
    await guest.page.keyboard.up("Alt");
    await guest.page
      .getByText(/^Proposed \w+ 4 Nov, 11:00–12:00 to Mara Okafor\./)
      .first()
      .waitFor();
    const tell = bar(guest.page).getByRole("button", { name: "Tell them now" });
    await tell.waitFor();
    const told = await bar(guest.page).innerText();
    await tell.press("Enter"); // Offered for some seconds: before all else.
    assert.equal(told.split("Mara Okafor").length - 1, 1, "whom it goes to is said once");
    assert.equal(await startOf(id), `${day}T10:00`, "nothing moves");
    await guest.page.getByRole("complementary").getByText("Coach 1:1").first().waitFor();

    await organiser.page.getByRole("button", { name: /^Inbox, \d+ new$/ }).waitFor();
    await organiser.page.keyboard.press("Shift+I");
    await inbox(organiser.page).getByText("Ines Duarte proposes another time for “Coach 1:1”").waitFor();
    const accept = inbox(organiser.page).getByRole("button", {
      name: /^Accept \w+ 4 Nov, 11:00–12:00 for “Coach 1:1”$/,
    });
    await accept.waitFor();
    assert.deepEqual(await breachesOf(organiser.page), []);
    await accept.press("Enter");
    await bar(organiser.page).getByText("Moved “Coach 1:1”").waitFor();
    await organiser.page.getByText("Ines Duarte will be told.").waitFor();
    await bar(organiser.page).getByRole("button", { name: "Tell them now" }).press("Enter");
    assert.equal(await startOf(id), `${YEAR}-11-04T10:00`);
    const left = guest.page.getByRole("complementary").getByText("Coach 1:1");
    await left.first().waitFor({ state: "detached" });
    await guest.page.getByRole("button", { name: /^Inbox, \d+ new$/ }).waitFor();
    await guest.page.keyboard.press("Shift+I");
    await inbox(guest.page).getByText("Mara Okafor moved “Coach 1:1”").waitFor();

    await organiser.page.keyboard.press("Shift+I");
    await inbox(organiser.page).getByText("It is at that time now.").waitFor();
    await becomes(() => accept.count(), 0);
    assert.deepEqual([...guest.complaints, ...organiser.complaints], []);
  });

  test("by the pointer over the week, and what is undone within ten seconds reaches nobody", async () => {
    const day = `${YEAR}-11-10`;
    const id = await create("Undone", day);
    await using place = await openPlace({
      server: others.server,
      account: demoAccount(INSTRUCTOR),
      path: `/week/${YEAR}?on=${day}&calendars=${calendarId}`,
    });
    const { page } = place;
    const block = page.getByRole("grid").getByRole("button", { name: /Undone/ });
    const box = await boxOf(block);
    const from = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(from.x, from.y + box.height, { steps: 6 });
    await page
      .getByText(/^Propose \w+ 10 Nov, 12:00–13:00 · no conflicts$/)
      .first()
      .waitFor();
    await page.mouse.up();
    await page
      .getByText(/^Proposed \w+ 10 Nov, 12:00–13:00 to Mara Okafor\./)
      .first()
      .waitFor();
    const [made] = (await ines("requests.mine", {})).undo;
    const stands = await block.evaluate((element) => element.getBoundingClientRect().y);
    await bar(page).getByRole("button", { name: "Undo" }).click();
    assert.ok(Math.abs(stands - box.y) < 1, "the block stays where it is");
    await page
      .getByText(/^Undone: Proposed/)
      .first()
      .waitFor();
    await ines("notices.sendNow", { params: { id: made!.id } });
    assert.deepEqual(await inboxOf(mara, id), []);
    assert.deepEqual(place.complaints, []);
  });

  test("in the event's dialog with a note, and declined with the pointer: it stays, and the guest is told", async () => {
    const day = `${YEAR}-11-17`;
    const id = await create("Kept talk", day);
    await using guest = await openYear(day, INSTRUCTOR);
    await using organiser = await openYear(day, COORDINATOR);
    await guest.page
      .getByRole("complementary")
      .getByRole("button", { name: /Kept talk/ })
      .click();
    await guest.page.getByRole("dialog", { name: "Event" }).getByRole("button", { name: "Propose a new time" }).click();
    const dialog = guest.page.getByRole("dialog", { name: "Propose a new time for “Kept talk”" });
    assert.equal(await dialog.getByLabel("Starts, time").inputValue(), "11:00");
    await dialog.getByRole("button", { name: "Propose" }).click();
    await dialog.getByText(/already/).waitFor();
    await dialog.getByLabel("Starts, date").fill(`${YEAR}-11-18`);
    await dialog.getByLabel("Starts, time").fill("16:30");
    assert.equal(await dialog.getByLabel("Ends, time").inputValue(), "17:30", "the end moves along");
    await dialog.getByLabel("Note").fill("The hall is warmer then");
    assert.deepEqual(await breachesOf(guest.page), []);
    await dialog.getByRole("button", { name: "Propose" }).click();
    await dialog.waitFor({ state: "detached" });
    await bar(guest.page).getByRole("button", { name: "Tell them now" }).click();

    await organiser.page.getByRole("button", { name: /^Inbox, \d+ new$/ }).click();
    await inbox(organiser.page).getByText("The hall is warmer then").waitFor();
    await inbox(organiser.page)
      .getByRole("button", { name: /^Decline .* for “Kept talk”$/ })
      .click();
    await bar(organiser.page).getByText("Kept “Kept talk” as it is.").waitFor();
    await bar(organiser.page).getByRole("button", { name: "Tell them now" }).click();
    assert.equal(await startOf(id), `${day}T10:00`);
    await guest.page.getByRole("button", { name: /^Inbox, \d+ new$/ }).click();
    await inbox(guest.page).getByText("Mara Okafor kept “Kept talk” as it is").waitFor();
    await organiser.page.getByRole("button", { name: /^Inbox/ }).click();
    await inbox(organiser.page).getByText("It was declined.").waitFor();
    assert.deepEqual([...guest.complaints, ...organiser.complaints], []);
  });

  test("by the pointer over the Year: a bar of whole days stays, and its other days are proposed", async () => {
    const day = `${YEAR}-05-04`;
    const times = { start: day, end: `${YEAR}-05-06` };
    const body = { title: "Raft building", calendarId, ...times, attendees: [INSTRUCTOR] };
    const { id } = await mara("events.create", { body });
    await using place = await openYear(day, INSTRUCTOR);
    const { page } = place;
    const [from, to] = [await laneOf(page, day), await laneOf(page, `${YEAR}-05-11`)];
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(to.x, to.y, { steps: 6 });
    await page
      .getByText(/^Propose \w+ 11 May – \w+ 12 May · no conflicts$/)
      .first()
      .waitFor();
    await page.mouse.up();
    await page
      .getByText(/^Proposed \w+ 11 May – \w+ 12 May to Mara Okafor\./)
      .first()
      .waitFor();
    await bar(page).getByRole("button", { name: "Tell them now" }).click();
    await page.getByText("Told.").waitFor();
    const [notice] = await inboxOf(mara, id);
    assert.deepEqual([notice?.proposal?.start, notice?.proposal?.end], [`${YEAR}-05-11`, `${YEAR}-05-13`]);
    assert.equal(await startOf(id), day);
    assert.deepEqual(place.complaints, []);
  });

  test("is not offered to who is no guest: the event cannot be carried, and its dialog only shows it", async () => {
    const day = `${YEAR}-11-24`;
    const id = await create("Not mine", day, [MEMBER]);
    await using place = await openYear(day, INSTRUCTOR);
    const { page } = place;
    await carryOn(page);
    await page.getByText("You may see this event, not change it.").first().waitFor();
    await page.keyboard.up("Alt");
    assert.equal(await page.getByText("no conflicts").count(), 0);
    await page
      .getByRole("complementary")
      .getByRole("button", { name: /Not mine/ })
      .click();
    const dialog = page.getByRole("dialog", { name: "Event" });
    await dialog.getByLabel("Title").waitFor();
    assert.equal(await dialog.getByRole("button", { name: "Propose a new time" }).count(), 0);
    assert.equal(await startOf(id), `${day}T10:00`);
  });
});

/** The first lane of a day over the year: where the bar of one event lies. */
async function laneOf(page: Page, date: string): Promise<{ x: number; y: number }> {
  const scroller = await boxOf(page.getByTestId("year-scroller"));
  const scale = scaleFor(scroller, { step: "year" });
  const shape = yearShape(YEAR, 1);
  const { x, y, width } = boxOfDay(shape, scale, dayOfDate(shape, parseDate(date)!)!);
  return { x: scroller.x + scale.gutterStart + x + width / 2, y: scroller.y + scale.header + y + FIRST_LANE };
}
