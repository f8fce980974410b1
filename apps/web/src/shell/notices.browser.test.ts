import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import AxeBuilder from "axe-core";
import type { Page } from "playwright-core";
import { INSTRUCTOR } from "../../../server/src/testing/server.ts";
import {
  becomes,
  boxOf,
  closeAll,
  demoAccount,
  openPlace,
  settled,
  thisYear,
  whole,
  whyNoBrowser,
} from "../testing/browser.ts";
import { startWithOthers, type Others } from "../testing/others.ts";

const YEAR = thisYear() + 1;

describe("what one did, and what one is told", { skip: await whyNoBrowser() }, () => {
  let others: Others;
  let instructorName: string;
  let calendarId: string;
  before(async () => {
    others = await startWithOthers("coordinator", "Told");
    ({ calendarId } = others);
    instructorName = (await others.instructor("me.read", {})).name;
  });
  after(async () => {
    await closeAll();
    await others[Symbol.asyncDispose]();
  });

  const create = (title: string, day: string) => others.create(title, day, [INSTRUCTOR]);
  const startOf = async (id: string): Promise<string> => (await others.startOf(id)).slice(0, 10);
  /** Carries the event of a day to the next one, by keys. */
  async function carryOn(page: Page): Promise<void> {
    await page.getByRole("gridcell", { selected: true }).first().focus();
    await page.keyboard.press("]");
    await page.keyboard.down("Alt");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.up("Alt");
  }
  /** What has been read is drawn by then. */
  const drawn = (page: Page) =>
    page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 100))));
  const bar = (page: Page) => page.locator("div", { has: page.getByRole("button", { name: "Dismiss" }) }).last();

  test("the bar says who will be told, tells them now, and they find it in their inbox", async () => {
    const day = `${YEAR}-11-03`;
    const { id } = await create("Coach 1:1", day);
    await using place = await openPlace({
      server: others.server,
      path: `/year/${YEAR}?on=${day}&calendars=${calendarId}`,
    });
    await using theirs = await openPlace({ server: others.server, account: demoAccount(INSTRUCTOR) });
    await carryOn(place.page);
    await place.page.getByText(`${instructorName} will be told.`).waitFor();
    await bar(place.page).getByRole("button", { name: "Tell them now" }).click(); // Offered for some seconds: before all else.
    await place.page.getByText(`${instructorName} was told.`).waitFor();
    await becomes(() => bar(place.page).getByRole("button", { name: "Tell them now" }).count(), 0);
    assert.equal(await startOf(id), `${YEAR}-11-04`);

    await theirs.page.getByRole("button", { name: /^Inbox, \d+ new$/ }).waitFor();
    await theirs.page.keyboard.press("Shift+I");
    const inbox = theirs.page.getByRole("dialog", { name: "Inbox" });
    const notice = inbox.getByRole("button", { name: /moved “Coach 1:1”/ });
    await notice.waitFor();
    await theirs.page.evaluate(AxeBuilder.source);
    await settled(theirs.page);
    const breaches = await theirs.page.evaluate(async () => {
      const { axe } = globalThis as unknown as { axe: { run: () => Promise<{ violations: { id: string }[] }> } };
      return (await axe.run()).violations.map(({ id }) => id);
    });
    assert.deepEqual(breaches, []);
    await notice.click();
    await theirs.page.waitForURL(new RegExp(`/year/${YEAR}\\?on=${YEAR}-11-04`));
    await theirs.page.getByRole("button", { name: "Inbox", exact: true }).waitFor();
    assert.deepEqual([...place.complaints, ...theirs.complaints], []);
  });

  test("undo goes on after the page was loaded again, and so does redo", async () => {
    const day = `${YEAR}-11-10`;
    const { id } = await create("Loaded again", day);
    await using place = await openPlace({
      server: others.server,
      path: `/year/${YEAR}?on=${day}&calendars=${calendarId}`,
    });
    const { page } = place;
    await carryOn(page);
    await bar(page).waitFor();
    assert.equal(await startOf(id), `${YEAR}-11-11`);
    const reload = async () => {
      await page.reload();
      await whole(page);
    };
    await reload();
    await page.keyboard.press("Control+z");
    await page.getByText("Undone: Changed “Loaded again”.").first().waitFor();
    assert.equal(await startOf(id), day);
    await reload();
    await page.keyboard.press("Control+Shift+z");
    await becomes(() => startOf(id), `${YEAR}-11-11`);
  });

  test("a refusal stands in the bar in full, on a wide screen and on a narrow one", async () => {
    const day = `${YEAR}-11-24`;
    await create("Refused", day);
    await using place = await openPlace({
      server: others.server,
      path: `/year/${YEAR}?on=${day}&calendars=${calendarId}`,
    });
    const { page } = place;
    const detail = `${"Somebody who has a long name has changed it on Monday, ".repeat(4)}and you may not.`;
    const problem = { type: "about:blank", title: "It was changed since", status: 409, code: "undo/changed", detail };
    await page.route(/\/v1\/requests\/.*undo/, (route) =>
      route.fulfill({ status: 409, contentType: "application/problem+json", body: JSON.stringify(problem) }),
    );
    await carryOn(page);
    await bar(page).waitFor();
    for (const width of [1728, 390]) {
      await page.setViewportSize({ width, height: 844 });
      await page.keyboard.press("Control+z");
      const said = page.locator("span:visible", { hasText: "and you may not." });
      await said.waitFor();
      const cut = () =>
        said.evaluate((one) => [one.scrollWidth - one.clientWidth, one.scrollHeight - one.clientHeight]);
      await becomes(cut, [0, 0]);
      const box = await boxOf(bar(page));
      assert.ok(box.x >= 0 && box.x + box.width <= width && box.y > 0);
      await bar(page).getByRole("button", { name: "Dismiss" }).click();
      await said.waitFor({ state: "detached" }); // What comes next is not what stands there already.
    }
  });

  test("what was foreseen is not undone by what was read before the server had it", async () => {
    const day = `${YEAR}-11-17`;
    const { id } = await create("Foreseen", day);
    await using place = await openPlace({
      server: others.server,
      path: `/year/${YEAR}?on=${day}&calendars=${calendarId}`,
    });
    const { page } = place;
    const written = Promise.withResolvers<void>();
    await page.route(/\/v1\/calendar\/events\/evt_/, async (route) => {
      if (route.request().method() === "PATCH") await written.promise;
      await route.continue();
    });
    await carryOn(page);
    const shown = page.locator("aside").getByText("Foreseen");
    await shown.first().waitFor({ state: "detached" });
    // A change of it is heard before the write has arrived: what is read then is older than what is shown.
    const read = page.waitForResponse(new RegExp(`ids=${id}`));
    await others.leaveChanges(id, 1);
    await read;
    await drawn(page);
    assert.equal(await shown.count(), 0);
    written.resolve();
    await bar(page).waitFor();
    assert.equal(await startOf(id), `${YEAR}-11-18`);
  });
});
