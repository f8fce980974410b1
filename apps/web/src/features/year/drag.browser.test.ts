import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Page } from "playwright-core";
import { boxOfDay, dayOfDate, parseDate, scaleFor, yearShape, type Zoom } from "@hourwright/timeline";
import type { Client } from "@hourwright/client";
import { boxOf, closeAll, demoServer, openPlace, thisYear, whyNoBrowser } from "../../testing/browser.ts";
import { COORDINATOR } from "../../../../server/src/testing/server.ts";

const skip = await whyNoBrowser();

const YEAR = thisYear() + 1;
const shape = yearShape(YEAR, 1);
/** From the top of a row of the year: within its first lane. */
const FIRST_LANE = 25;

let coordinator: Client;
let calendarId = "";

describe("dragging over the year in Chromium", { skip }, () => {
  before(async () => {
    coordinator = await (await demoServer()).signedIn(COORDINATOR);
    const made = await coordinator("calendars.create", {
      body: { name: "Dragged", colour: 30, category: null, ownerSubjectId: null },
    });
    calendarId = made.id;
  });
  after(closeAll);

  const create = (title: string, start: string, end: string) =>
    coordinator("events.create", { body: { title, start, end, calendarId, preventConflicts: false } });
  const timesOf = async (id: string) => {
    const { start, end } = await coordinator("events.read", { params: { id }, query: {} });
    return [start, end];
  };
  const open = (on: string, more = "") =>
    openPlace({
      path: `/year/${YEAR}?on=${on}&calendars=${calendarId}${more}`,
      context: { viewport: { width: 1728, height: 1080 } },
    });

  test("a bar carried with the pointer moves by days, says so, and comes back with undo", async () => {
    const { id } = await create("Raft building", `${YEAR}-05-03`, `${YEAR}-05-05`);
    await using place = await open(`${YEAR}-05-03`);
    const { page } = place;
    const from = await pointOf(page, `${YEAR}-05-03`);
    const to = await pointOf(page, `${YEAR}-05-06`);
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(from.x + 3, from.y);
    assert.equal(await page.getByText("no conflicts").count(), 0, "3 px are a press, not a drag");
    await page.mouse.move(to.x, to.y, { steps: 6 });
    await page.getByText(/6 May.* 7 May.*no conflicts/).waitFor();
    await page.mouse.up();
    await page
      .getByText(/Moved “Raft building” to/)
      .first()
      .waitFor();
    assert.deepEqual(await timesOf(id), [`${YEAR}-05-06`, `${YEAR}-05-08`]);
    await page.keyboard.press("Control+z");
    await page
      .getByText(/^Undone: Moved/)
      .first()
      .waitFor();
    assert.deepEqual(await timesOf(id), [`${YEAR}-05-03`, `${YEAR}-05-05`]);
    assert.deepEqual(place.complaints, []);
  });

  test("marks a day over its limit, and says by how much and which day has room", async () => {
    const { personId } = await coordinator("me.read", {});
    const { items } = await coordinator("people.list", { query: { limit: 1_000 } });
    const { email } = items.find(({ id }) => id === personId)!;
    const day = Temporal.PlainDate.from(`${YEAR}-07-14`);
    const monday = day.subtract({ days: day.dayOfWeek - 1 });
    const at = (time: string) =>
      monday.toZonedDateTime({ timeZone: "Europe/Prague", plainTime: time }).toInstant().toString();
    await coordinator("events.create", {
      body: {
        title: "Too much",
        start: at("07:00"),
        end: at("19:00"),
        calendarId,
        attendees: [email!],
        preventConflicts: false,
      },
    });
    await using place = await openPlace({ path: `/year/${YEAR}?on=${monday.toString()}&people=${personId}` });
    const { page } = place;
    await page.getByText(/Over the limit by .*has room\./).waitFor();
    assert.deepEqual(place.complaints, []);
  });

  test("a drag is given up by Esc, and by a window that is resized under it", async () => {
    const { id } = await create("Kept", `${YEAR}-06-07`, `${YEAR}-06-09`);
    await using place = await open(`${YEAR}-06-07`);
    const { page } = place;
    const carry = async () => {
      const from = await pointOf(page, `${YEAR}-06-07`);
      const to = await pointOf(page, `${YEAR}-06-11`);
      await page.mouse.move(from.x, from.y);
      await page.mouse.down();
      await page.mouse.move(to.x, to.y, { steps: 4 });
      await page.getByText("no conflicts").waitFor();
    };
    await carry();
    await page.keyboard.press("Escape");
    await page.getByText("no conflicts").waitFor({ state: "detached" });
    await page.mouse.up();
    await carry();
    await page.setViewportSize({ width: 1500, height: 900 });
    await page.mouse.move(700, 500, { steps: 3 });
    await page.getByText("no conflicts").waitFor({ state: "detached" });
    await page.mouse.up();
    assert.deepEqual(await timesOf(id), [`${YEAR}-06-07`, `${YEAR}-06-09`]);
  });

  test("empty days that are dragged over become the days of a new event", async () => {
    await using place = await open(`${YEAR}-07-12`);
    const { page } = place;
    const [from, to] = [await pointOf(page, `${YEAR}-07-12`), await pointOf(page, `${YEAR}-07-15`)];
    await page.mouse.move(from.x, from.y + 20);
    await page.mouse.down();
    await page.mouse.move(to.x, to.y + 20, { steps: 4 });
    await page.mouse.up();
    const dialog = page.getByRole("dialog", { name: "New event" });
    await dialog.waitFor();
    assert.equal(await dialog.getByLabel(/^Starts/).inputValue(), `${YEAR}-07-12`);
    assert.equal(await dialog.getByLabel(/^Ends/).inputValue(), `${YEAR}-07-15`);
    assert.ok(await dialog.getByLabel("All day").isChecked());
  });

  test("under the lens a block moves by quarters of an hour, and Alt copies it", async () => {
    const { id } = await create("Sound check", `${YEAR}-09-08T10:00:00+02:00`, `${YEAR}-09-08T11:00:00+02:00`);
    await using place = await open(`${YEAR}-09-08`, "&zoom=month");
    const { page } = place;
    const block = await blockOf(page, `${YEAR}-09-08`, 10.5);
    const later = await blockOf(page, `${YEAR}-09-09`, 12.5);
    await page.mouse.move(block.x, block.y);
    await page.mouse.down();
    await page.mouse.move(later.x, later.y, { steps: 6 });
    await page.getByText(/9 Sept?, 12:00–13:00.*no conflicts/).waitFor();
    await page.mouse.up();
    await page
      .getByText(/Moved “Sound check”/)
      .first()
      .waitFor();
    const [start] = await timesOf(id);
    assert.equal(Temporal.Instant.from(start!).toString(), `${YEAR}-09-09T10:00:00Z`);

    await page.keyboard.down("Alt");
    await page.mouse.move(later.x, later.y);
    await page.mouse.down();
    await page.mouse.move(block.x, block.y, { steps: 6 });
    await page.mouse.up();
    await page.keyboard.up("Alt");
    await page
      .getByText(/Copied “Sound check”/)
      .first()
      .waitFor();
    const { events } = await coordinator("events.list", {
      query: { start: `${YEAR}-09-08`, end: `${YEAR}-09-10`, calendars: [calendarId] },
    });
    assert.deepEqual(
      events.map(({ title }) => title),
      ["Sound check", "Sound check"],
    );
  });

  test("the day lens has the day by minutes in the inspector, where a block is carried by quarters", async () => {
    const { id } = await create("Rehearsal", `${YEAR}-09-14T10:00:00+02:00`, `${YEAR}-09-14T11:00:00+02:00`);
    await using place = await open(`${YEAR}-09-14`, "&zoom=day");
    const { page } = place;
    const lens = page.getByRole("complementary").getByRole("grid");
    const block = lens.getByRole("button", { name: /Rehearsal/ });
    const { x, y, width, height } = await boxOf(block);
    await page.mouse.move(x + width / 2, y + height / 2);
    await page.mouse.down();
    await page.mouse.move(x + width / 2, y + height / 2 + height / 2, { steps: 5 });
    await page
      .getByText(/14 Sept?, 10:30–11:30.*no conflicts/)
      .first()
      .waitFor();
    await page.mouse.up();
    await page
      .getByText(/Moved “Rehearsal”/)
      .first()
      .waitFor();
    const [start] = await timesOf(id);
    assert.equal(Temporal.Instant.from(start!).toString(), `${YEAR}-09-14T08:30:00Z`);
    assert.deepEqual(place.complaints, []);
  });

  test("an event of the day is chosen with ], carried with Alt and the arrows, and dropped by letting go", async () => {
    const { id } = await create("Inventory", `${YEAR}-10-05T09:00:00+02:00`, `${YEAR}-10-05T10:00:00+02:00`);
    await using place = await open(`${YEAR}-10-05`);
    const { page } = place;
    await page.locator('[role="gridcell"][tabindex="0"]').focus();
    await page.keyboard.press("]");
    await page.keyboard.down("Alt");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowDown");
    await page
      .getByText(/6 Oct, 09:15–10:15.*no conflicts/)
      .first()
      .waitFor();
    await page.keyboard.down("Shift");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.up("Shift");
    await page
      .getByText(/09:15–10:30/)
      .first()
      .waitFor();
    await page.keyboard.up("Alt");
    await page
      .getByText(/Moved “Inventory”/)
      .first()
      .waitFor();
    const [start, end] = (await timesOf(id)).map((text) => Temporal.Instant.from(text).toString());
    assert.deepEqual([start, end], [`${YEAR}-10-06T07:15:00Z`, `${YEAR}-10-06T08:30:00Z`]);
    assert.deepEqual(place.complaints, []);
  });

  test("what would meet something says so while it is carried, is refused when dropped, and may be insisted on", async () => {
    const { items } = await coordinator("people.list", { query: { limit: 1 } });
    const attendees = items.map(({ email }) => email!);
    const make = (title: string, hour: string) =>
      coordinator("events.create", {
        body: {
          title,
          start: `${YEAR}-11-10T${hour}:00+01:00`,
          end: `${YEAR}-11-10T${hour.replace(":00", ":45")}:00+01:00`,
          calendarId,
          attendees,
          preventConflicts: false,
        },
      });
    await make("Standing", "20:00");
    const { id } = await make("Moving", "21:00");
    await using place = await open(`${YEAR}-11-10`);
    const { page } = place;
    await page.locator('[role="gridcell"][tabindex="0"]').focus();
    await page.keyboard.press("[");
    await page.keyboard.down("Alt");
    for (let press = 0; press < 4; press++) await page.keyboard.press("ArrowUp");
    await page
      .getByText(/meets Standing/)
      .first()
      .waitFor();
    await page.keyboard.up("Alt");
    const dialog = page.getByRole("alertdialog", { name: /Moving.*cannot go there/ });
    await dialog.waitFor();
    const before = await timesOf(id);
    assert.match(before[0]!, /T21:00/);
    await dialog.getByRole("button", { name: "Move it anyway" }).click();
    await page
      .getByText(/Moved “Moving”/)
      .first()
      .waitFor();
    assert.match((await timesOf(id))[0]!, /T20:00/);
  });
});

/** A point in the first lane of a day's cell. */
function pointOf(page: Page, date: string): Promise<{ x: number; y: number }> {
  return inCell(page, date, { step: "year" }, () => FIRST_LANE);
}

/** A point at an hour of a day under the lens of its month, found as the page would. */
function blockOf(page: Page, date: string, hour: number): Promise<{ x: number; y: number }> {
  const row = parseDate(date)!.month - 1;
  // Number, one lane and its gap, the band, the ribbon and its gap, as `bandsOf` has them for a month of one lane.
  return inCell(page, date, { step: "lens", row }, (height) => {
    const [top, bottom] = [1.5 + 18 + 15.5 + 3, height - 1.5 - 10 - 2 - 3];
    return top + ((hour - 7) / 12) * (bottom - top);
  });
}

async function inCell(page: Page, date: string, zoom: Zoom, along: (height: number) => number) {
  const scroller = await boxOf(page.getByTestId("year-scroller"));
  const scale = scaleFor(scroller, zoom);
  const { x, y, width, height } = boxOfDay(shape, scale, dayOfDate(shape, parseDate(date)!)!);
  return { x: scroller.x + scale.gutterStart + x + width / 2, y: scroller.y + scale.header + y + along(height) };
}
