import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { CDPSession, Page } from "playwright-core";
import { boxOfDay, dayOfDate, parseDate, scaleFor, yearShape } from "@hourwright/timeline";
import type { Client } from "@hourwright/client";
import { boxOf, closeAll, demoServer, eventually, openPlace, thisYear, whyNoBrowser } from "../../testing/browser.ts";
import { COORDINATOR } from "../../../../server/src/testing/server.ts";

const skip = await whyNoBrowser();

const YEAR = thisYear() + 1;
const shape = yearShape(YEAR, 1);
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } as const;
/** Longer than a finger must rest to take hold. */
const REST_MS = 600;

let coordinator: Client;
let calendarId = "";

type Finger = { readonly x: number; readonly y: number };

describe("the year under fingers in Chromium", { skip }, () => {
  before(async () => {
    coordinator = await (await demoServer()).signedIn(COORDINATOR);
    const made = await coordinator("calendars.create", {
      body: { name: "Touched", colour: 30, category: null, ownerSubjectId: null },
    });
    calendarId = made.id;
  });
  after(closeAll);

  const open = (on: string) => openPlace({ path: `/year/${YEAR}?on=${on}&calendars=${calendarId}`, context: PHONE });
  const create = async (title: string, start: string, end: string) =>
    (await coordinator("events.create", { body: { title, start, end, calendarId, preventConflicts: false } })).id;
  const timesOf = async (id: string) => {
    const { start, end } = await coordinator("events.read", { params: { id }, query: {} });
    return [start, end];
  };

  test("a finger that rests takes hold of a bar and carries it; the year does not pan meanwhile", async () => {
    const id = await create("Raft building", `${YEAR}-05-04`, `${YEAR}-05-05`);
    await using place = await open(`${YEAR}-05-04`);
    const { page } = place;
    const fingers = await fingersOn(page);
    const [from, to] = [await pointOf(page, `${YEAR}-05-04`), await pointOf(page, `${YEAR}-05-06`)];
    const panned = await panOf(page);
    await fingers("touchStart", from);
    await rest(page);
    await fingers("touchMove", { x: from.x + 12, y: from.y });
    await fingers("touchMove", to);
    await page
      .getByText(/6 May.*no conflicts/)
      .first()
      .waitFor();
    assert.equal(await panOf(page), panned);
    await fingers("touchEnd");
    await page
      .getByText(/Moved “Raft building”/)
      .first()
      .waitFor();
    assert.deepEqual(await timesOf(id), [`${YEAR}-05-06`, `${YEAR}-05-07`]);
    assert.deepEqual(place.complaints, []);
  });

  test("a finger that swipes at once pans, and carries nothing", async () => {
    const id = await create("Kept", `${YEAR}-08-04`, `${YEAR}-08-05`);
    await using place = await open(`${YEAR}-08-04`);
    const { page } = place;
    const fingers = await fingersOn(page);
    const from = await pointOf(page, `${YEAR}-08-04`);
    const panned = await panOf(page);
    // Without waiting for answers: a finger that is slow to move takes hold.
    const moves = Array.from({ length: 6 }, (_, step) => ({ x: from.x - 20 * (step + 1), y: from.y }));
    await Promise.all([fingers("touchStart", from), ...moves.map((to) => fingers("touchMove", to))]);
    await fingers("touchEnd");
    await rest(page);
    await eventually(
      () => panOf(page),
      (now) => now !== panned,
    );
    assert.deepEqual(await timesOf(id), [`${YEAR}-08-04`, `${YEAR}-08-05`]);
  });

  test("two fingers that spread open the month lens, and close it again", async () => {
    await using place = await open(`${YEAR}-03-10`);
    const { page } = place;
    const fingers = await fingersOn(page);
    const middle = await pointOf(page, `${YEAR}-03-10`);
    const apart = (px: number) => [
      { x: middle.x - px / 2, y: middle.y },
      { x: middle.x + px / 2, y: middle.y },
    ];
    const spread = async (from: number, to: number) => {
      await fingers("touchStart", ...apart(from));
      for (let step = 1; step <= 4; step++) await fingers("touchMove", ...apart(from + ((to - from) * step) / 4));
      await fingers("touchEnd");
    };
    const zoom = (step: string) => page.locator(`[data-zoom="${step}"]`).waitFor();
    await zoom("year");
    await spread(60, 84);
    await zoom("lens");
    await spread(84, 60);
    await zoom("year");
    assert.deepEqual(place.complaints, []);
  });
});

/** Fingers on the screen, as the system would report them. */
async function fingersOn(page: Page) {
  const session: CDPSession = await page.context().newCDPSession(page);
  return async (type: "touchStart" | "touchMove" | "touchEnd", ...touchPoints: readonly Finger[]) => {
    await session.send("Input.dispatchTouchEvent", { type, touchPoints: [...touchPoints] });
  };
}

/** By the page's own clock: what it does after a time, it has done then, however slow the machine is. */
async function rest(page: Page): Promise<void> {
  await page.evaluate((ms) => new Promise((done) => setTimeout(done, ms)), REST_MS);
}

function panOf(page: Page): Promise<number> {
  return page.getByTestId("year-scroller").evaluate((node) => Math.round(node.scrollLeft));
}

/** A point in the first lane of a day's cell, as far as the grid is panned now. */
async function pointOf(page: Page, date: string): Promise<Finger> {
  const scroller = page.getByTestId("year-scroller");
  await scroller.scrollIntoViewIfNeeded();
  const bounds = await boxOf(scroller);
  const scale = scaleFor({ width: bounds.width, height: 0 }, { step: "year" });
  const { x, y, width } = boxOfDay(shape, scale, dayOfDate(shape, parseDate(date)!)!);
  const left = bounds.x + scale.gutterStart + x + width / 2 - (await panOf(page));
  return { x: left, y: bounds.y + scale.header + y + FIRST_LANE };
}

const FIRST_LANE = 22;
