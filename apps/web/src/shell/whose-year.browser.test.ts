// Strategy: what the page asks for, seen from outside: of whom, and whether what it shows is all there is of them.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Client } from "@hourwright/client";
import type { Page } from "playwright-core";
import { COORDINATOR } from "../../../server/src/testing/server.ts";
import {
  addressOf,
  becomes,
  closeAll,
  demoServer,
  openField,
  openPlace,
  thisYear,
  whyNoBrowser,
} from "../testing/browser.ts";

const YEAR = thisYear();

describe("whose year is loaded", { skip: await whyNoBrowser() }, () => {
  let coordinator: Client;
  before(async () => {
    coordinator = await (await demoServer()).signedIn(COORDINATOR);
  });
  after(closeAll);

  /** Of whom events were asked for, as the page goes: "everyone", or how many people and calendars. */
  function asked(page: Page): string[] {
    const list: string[] = [];
    page.on("request", (request) => {
      const { pathname, searchParams } = new URL(request.url());
      if (pathname !== "/v1/calendar/events" || searchParams.has("ids")) return;
      const count = (name: string) => searchParams.getAll(name).flatMap((ids) => ids.split(",")).length;
      list.push(
        count("subjects") + count("calendars") === 0 ? "everyone" : `${count("subjects")}+${count("calendars")}`,
      );
    });
    return list;
  }
  const isEverybodys = (url: string): boolean => {
    const { pathname, searchParams } = new URL(url);
    const isOfSome = ["ids", "subjects", "calendars"].some((name) => searchParams.has(name));
    return pathname === "/v1/calendar/events" && !isOfSome;
  };
  const listed = async (page: Page): Promise<string> => (await page.locator("aside").first().textContent()) ?? "";

  test("is that of those who are shown, nobody's twice, and everybody's once one asks for it", async () => {
    const { shows } = await coordinator("me.read", {});
    let list: string[] = [];
    await using place = await openPlace({ path: "/", prepare: async (page) => void (list = asked(page)) });
    const { page } = place;
    await becomes(async () => list, [`${shows.length}+0`]);

    const goTo = (path: string) =>
      page.evaluate((to) => {
        history.pushState(null, "", to);
        dispatchEvent(new PopStateEvent("popstate"));
      }, path);
    await goTo(`/year/${YEAR}?people=${shows.slice(0, 2).join()}`);
    await goTo(`/year/${YEAR}?people=${shows.toReversed().join()}`);
    assert.equal(list.length, 1, "fewer of those who are known, and all of them again");
    await goTo(`/year/${YEAR}`);
    await becomes(async () => list.slice(1), ["everyone"]);
    await goTo(`/year/${YEAR}?people=${shows[0]!}`);
    assert.equal(list.length, 2);
    assert.deepEqual(place.complaints, []);
  });

  test("shows of some people what everybody's year shows of them", async () => {
    const { personId } = await coordinator("me.read", {});
    const query = { start: `${YEAR}-01-01`, end: `${YEAR + 1}-01-01`, subjects: [personId], includeConflicts: true };
    const { events, conflicts } = await coordinator("events.list", { query });
    const days = events.filter(({ allDay, title }) => !allDay && title !== "").map(({ start }) => start.slice(0, 10));
    // A day on which nothing clashes: nothing comes late that is said of it.
    const day = days.find((each) => !conflicts!.some(({ start }) => start.startsWith(each)))!;
    const path = `/year/${YEAR}?on=${day}&people=${personId}`;
    let list: string[] = [];
    await using alone = await openPlace({ path, prepare: async (page) => void (list = asked(page)) });
    const { page } = alone;
    await page.locator('[role="gridcell"][aria-label*="of capacity"]').first().waitFor({ state: "attached" });
    await addressOf(page); // The inspector follows with the frame in which the names of the days do.
    const told = await listed(page);
    const everybody = page.waitForResponse((answer) => isEverybodys(answer.url()));
    const field = await openField(page, "/"); // Everybody can be found.
    await (await everybody).finished();
    await page.keyboard.press("Escape");
    await field.waitFor({ state: "detached" });
    await becomes(() => listed(page), told);
    assert.ok(list.includes("everyone"));
    assert.match(told, /event/);
  });
});
