import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Client } from "@hourwright/client";
import type { Page } from "playwright-core";
import { COORDINATOR, INSTRUCTOR } from "../../../server/src/testing/server.ts";
import {
  becomes,
  closeAll,
  demoAccount,
  openForm,
  openPlace,
  thisYear,
  whole,
  whyNoBrowser,
} from "../testing/browser.ts";
import { startWithOthers, type Others } from "../testing/others.ts";

const YEAR = thisYear();
/** A day of which every test takes its own. */
let dayNumber = 0;
const newDay = (): string =>
  Temporal.PlainDate.from({ year: YEAR, month: 12, day: 1 }).add({ days: dayNumber++ }).toString();

describe("the page, while others change things", { skip: await whyNoBrowser() }, () => {
  let others: Others;
  let instructor: Client;
  let create: Others["create"];
  before(async () => {
    others = await startWithOthers("instructor", "Live");
    ({ instructor, create } = others);
  });
  after(async () => {
    await closeAll();
    await others[Symbol.asyncDispose]();
  });

  const dayOf = (page: Page, text: string) => page.locator("aside, [aria-label=Inspector]").getByText(text).first();
  /** Requests since then: for the events of a whole year, for those by id, and for what has changed. */
  const counted = (page: Page) => {
    const asked = { years: 0, ids: 0, changes: 0 };
    page.on("request", (request) => {
      const url = new URL(request.url());
      if (url.pathname === "/v1/changes") asked.changes++;
      if (url.pathname !== "/v1/calendar/events" || request.method() !== "GET") return;
      if (url.searchParams.has("ids")) asked.ids++;
      else asked.years++;
    });
    return asked;
  };

  test("shows a change of another window as it is told of it, with who made it, and asks for nothing else", async () => {
    const day = newDay();
    await using place = await openPlace({ server: others.server, path: `/year/${YEAR}?on=${day}` });
    const { page } = place;
    await connected(page);
    const asked = counted(page);
    const { name } = await instructor("me.read", {});
    const event = await create("Coach 1:1", day);
    await page.locator("[data-news]").getByText(`${name} added Coach 1:1`).waitFor();
    await dayOf(page, "Coach 1:1").waitFor();
    await instructor("events.update", {
      params: { id: event.id },
      body: { start: `${day}T14:00:00Z`, end: `${day}T15:00:00Z` },
    });
    await page.locator("[data-news]").getByText(`${name} moved Coach 1:1`).waitFor();
    await instructor("events.remove", { params: { id: event.id } });
    await dayOf(page, "Coach 1:1").waitFor({ state: "detached" });
    assert.deepEqual([asked.years, asked.changes], [0, 0]);
    assert.deepEqual(place.complaints, []);
  });

  test("says nothing while one types", async () => {
    const day = newDay();
    await using place = await openPlace({ server: others.server, path: `/year/${YEAR}?on=${day}` });
    const { page } = place;
    await connected(page);
    await openForm(page);
    const title = page.getByRole("dialog").getByRole("textbox").first();
    await title.fill("Half a sen");
    const event = await create("In the meantime", day);
    await becomes(() => page.evaluate(() => document.body.textContent?.includes("In the meantime")), true);
    assert.equal(await page.locator("[data-news]").count(), 0);
    assert.equal(await title.inputValue(), "Half a sen");
    await instructor("events.remove", { params: { id: event.id } });
  });

  test("catches up with 1,000 changes after it was cut off, without loading a year again", async () => {
    const day = newDay();
    const event = await create("Before the gap", day);
    await using place = await openPlace({ server: others.server, path: `/year/${YEAR}?on=${day}` });
    const { page } = place;
    const cuts = new Set<() => void>();
    await page.routeWebSocket(/\/v1\/live/, (socket) => {
      const far = socket.connectToServer();
      cuts.add(() => void far.close().then(() => socket.close()));
    });
    await page.reload();
    await connected(page);
    await dayOf(page, "Before the gap").waitFor();
    await page.context().setOffline(true);
    for (const cut of cuts) cut();
    await page.getByText("No connection.").waitFor();
    const asked = counted(page);
    await instructor("events.update", { params: { id: event.id }, body: { title: "After the gap" } });
    const { items } = await others.coordinator("changes.list", { query: { since: 0, limit: 1_000 } });
    assert.ok(items.length > 0);
    await others.leaveChanges(event.id, 999);
    await page.context().setOffline(false);
    await dayOf(page, "After the gap").waitFor();
    await page.getByText("No connection.").waitFor({ state: "detached" });
    assert.equal(asked.years, 0);
    assert.ok(asked.ids <= 50, `${asked.ids} requests for 1,000 changes`);
  });

  test("shows who looks at the same year, until they are gone", async () => {
    const other = await instructor("me.read", {});
    await using mine = await openPlace({ server: others.server, path: `/year/${YEAR}` });
    const theirs = await openPlace({ server: others.server, path: `/year/${YEAR}`, account: demoAccount(INSTRUCTOR) });
    const here = mine.page.getByRole("img", { name: `Also here: ${other.name}` });
    await here.waitFor();
    await theirs.page.keyboard.press("Shift+C");
    await here.waitFor({ state: "detached" });
    await theirs.page.keyboard.press("y");
    await here.waitFor();
    await theirs[Symbol.asyncDispose]();
    await here.waitFor({ state: "detached" });
  });

  test("asks for changes where sockets do not get through", async () => {
    const day = newDay();
    await using place = await openPlace({ server: others.server, path: `/year/${YEAR}?on=${day}`, account: null });
    const { page } = place;
    await page.routeWebSocket(/\/v1\/live/, (socket) => void socket.close());
    await page.getByLabel("Email").fill(COORDINATOR);
    await page.getByLabel("Password").fill("larkfield-demo");
    await page.keyboard.press("Enter");
    await whole(page);
    const event = await create("Heard by asking", day);
    await dayOf(page, "Heard by asking").waitFor();
    await instructor("events.remove", { params: { id: event.id } });
  });
});

/** Waits until the socket is heard over. */
async function connected(page: Page): Promise<void> {
  await page.locator("[data-live=live]").waitFor({ state: "attached" });
}
