import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Page } from "playwright-core";
import { addressOf, becomes, boxOf, closeAll, eventually, openPlace, whyNoBrowser } from "../../testing/browser.ts";
import {
  at,
  coordinator,
  create,
  drag,
  epochDay,
  onWall,
  open,
  openWeek,
  prepare,
  YEAR,
} from "../../testing/week-page.ts";

const skip = await whyNoBrowser();

describe("zones, people and the present in Chromium", { skip }, () => {
  before(prepare);
  after(closeAll);

  test("a zone's column shows its times, its change is marked on its day and said once", async () => {
    await using place = await open("/week/2027?on=2027-03-25&zones=America/New_York");
    const { page } = place;
    await page.getByText("New York is 5 h behind until Sunday 28 March, then 6 h.").waitFor();
    await page.getByText("Clocks go forward 1 h on Sunday 28 March.").waitFor();
    const sunday = page.getByRole("columnheader", { name: /^Sunday 28 March/ });
    assert.match((await sunday.getAttribute("aria-label"))!, /Clocks go forward.*New York is 6 h behind/);
    assert.equal(
      await page
        .getByRole("columnheader", { name: /^Saturday 27 March/ })
        .locator("em")
        .count(),
      0,
    );
    await becomes(() => labelsAt(page, 9), ["09:00", "04:00"]);
    assert.deepEqual(place.complaints, []);
  });

  test("in the week in which New York changes, the distance is that of its first day", async () => {
    await using place = await open("/week/2027?on=2027-03-09&zones=America/New_York");
    const { page } = place;
    await page.getByText("New York is 6 h behind until Sunday 14 March, then 5 h.").waitFor();
    await becomes(() => labelsAt(page, 9), ["09:00", "03:00"]);
    const marks = page.getByRole("columnheader", { name: /^Sunday 14 March/ }).locator("em");
    await becomes(() => marks.allTextContents(), ["−5 h"]);
  });

  test("zones are added by their name, change places by keys and by dragging, and are removed", async () => {
    await using place = await open("/week/2027?on=2027-03-18");
    const { page } = place;
    const zonesOf = async () => (await addressOf(page)).searchParams.get("zones");
    await page.getByRole("button", { name: "Time zones", exact: true }).click();
    const dialog = page.getByRole("dialog", { name: "Time zones" });
    await dialog.getByRole("searchbox").fill("new york");
    await dialog.getByRole("button", { name: /New York America/ }).click();
    await dialog.getByRole("searchbox").fill("tokyo");
    await page.keyboard.press("Enter");
    assert.equal(await page.getByRole("dialog").count(), 1, "what is typed there is not the grid's");
    await page.waitForURL(/zones=America\/New_York,Asia\/Tokyo/);
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    const [newYork, tokyo] = ["New York", "Tokyo"].map((city) =>
      page.getByRole("button", { name: new RegExp(`^${city}, `) }),
    );
    await newYork!.focus();
    await page.keyboard.press("Shift+ArrowRight");
    await page.waitForURL(/zones=Asia\/Tokyo,America\/New_York/);
    await page.waitForFunction(() => {
      const [first, second] = [...document.querySelectorAll<HTMLElement>('button[title*="/"]')];
      return first?.title === "Asia/Tokyo" && second?.title === "America/New_York";
    });
    const [from, to] = [await boxOf(newYork!), await boxOf(tokyo!)];
    await drag(page, { x: from.x + 20, y: from.y + 8 }, { x: to.x + 20, y: to.y + 8 });
    await page.waitForURL(/zones=America\/New_York,Asia\/Tokyo/);
    await page.getByRole("button", { name: "Time zones", exact: true }).click();
    await dialog.getByRole("button", { name: "Remove New York" }).click();
    await page.waitForURL((url) => url.searchParams.get("zones") === "Asia/Tokyo");
    assert.equal(await zonesOf(), "Asia/Tokyo");
    assert.deepEqual(place.complaints, []);
  });

  test("people stand side by side as the API has them, with what all have free; pressing another swaps", async () => {
    const { items } = await coordinator("people.list", { query: { limit: 200 } });
    const people = ["Mara", "Tomas", "Priya"].map((name) => items.find((each) => each.name.startsWith(name))!);
    const [mara, tomas, priya] = people.map(({ id }) => id) as [string, string, string];
    const start = "2027-03-15T00:00:00+01:00";
    const answer = await coordinator("subjects.freeBusy", {
      query: { subjects: [mara, tomas, priya], start, end: "2027-03-22T00:00:00+01:00" },
    });
    const free = freeMinutes(answer.items, start);
    await using place = await openPlace({ path: `/week/2027?on=2027-03-18&people=${mara},${tomas},${priya}` });
    const { page } = place;
    await page.locator("[data-free] i").first().waitFor({ state: "attached" });
    const drawn = async () => {
      const shown = await page
        .locator("[data-free] i")
        .evaluateAll((marks) =>
          marks.map((mark) => [Number(mark.dataset["from"]), Number(mark.dataset["to"])] as const),
        );
      const minutes = shown.flatMap(([from, to]) =>
        Array.from(
          { length: (to - from) / 60_000 },
          (_, index) => (from - Temporal.Instant.from(start).epochMilliseconds) / 60_000 + index,
        ),
      );
      return [...new Set(minutes)].sort((one, other) => one - other);
    };
    await becomes(drawn, free);
    assert.ok(free.length > 300, "there is something to compare");
    const rail = page.locator(`[data-person="${tomas}"]`).first();
    const busyOnMonday = answer.items
      .find(({ subjectId }) => subjectId === tomas)!
      .busy.filter(({ start: from }) => onWall(from).startsWith("03-15"));
    await becomes(() => rail.locator("i").count(), merged(busyOnMonday).length);
    assert.match((await rail.getAttribute("aria-label"))!, /^Tomas .* is taken \d\d:\d\d to/);
    const chips = page.getByRole("group", { name: "Whose day fills the column" });
    await chips.getByRole("button", { name: /^Tomas/ }).click();
    await page.waitForURL((url) => url.searchParams.get("main") === tomas);
    await becomes(() => page.locator(`[data-person="${tomas}"]`).count(), 0);
    await becomes(() => page.locator(`[data-person="${mara}"]`).count(), 7);
    await becomes(
      () => chips.getByRole("button").evaluateAll((list) => list.map((each) => each.ariaPressed)),
      ["false", "true", "false"],
    );
    assert.deepEqual(place.complaints, []);
  });

  test("the present is a line on today alone, at its minute, with its time in every column", async () => {
    await using place = await openPlace({ path: "/week?zones=America/New_York" });
    const { page } = place;
    const line = page.getByTestId("now-line");
    await line.waitFor({ state: "attached" });
    await becomes(() => line.count(), 1);
    const drawn = async () => {
      const [minute, day] = await line.evaluate((node) => {
        const cell = node.closest<HTMLElement>("[data-day]")!;
        return [((node as HTMLElement).offsetTop / cell.offsetHeight) * 1_440, Number(cell.dataset["day"])] as const;
      });
      const tags = await page.getByTestId("now-tag").allTextContents();
      return { minute: Math.round(minute), day, tags };
    };
    // The page goes on by half minutes: on the way over an hour, or over midnight, both are told for as long.
    await eventually(drawn, ({ minute, day, tags }) => {
      const now = Temporal.Now.zonedDateTimeISO("Europe/Prague");
      const there = String(now.withTimeZone("America/New_York").hour).padStart(2, "0");
      const isNear = Math.abs(minute - (now.hour * 60 + now.minute)) <= NOW_MINUTES_OFF;
      return isNear && day === epochDay(now.toPlainDate()) && tags.length === 2 && tags[1]!.startsWith(there);
    });
  });

  test("a week over the turn of the year shows both years", async () => {
    const [december, january] = [`${YEAR}-12-31`, `${YEAR + 1}-01-01`].map((text) => Temporal.PlainDate.from(text)) as [
      Temporal.PlainDate,
      Temporal.PlainDate,
    ];
    await create("Last of it", at(december, "10:00"), at(december, "11:00"));
    await create("First of it", at(january, "10:00"), at(january, "11:00"));
    await using place = await openWeek(december);
    await place.page.locator("[data-event]", { hasText: "Last of it" }).waitFor();
    await place.page.locator("[data-event]", { hasText: "First of it" }).waitFor();
    assert.deepEqual(place.complaints, []);
  });
});

/** The line is drawn where the page last asked for the time, and in whole pixels. */
const NOW_MINUTES_OFF = 3;

/** What the columns of times say at a whole hour of the wall. */
function labelsAt(page: Page, hour: number): Promise<string[]> {
  return page
    .locator('[role="rowheader"] > div')
    .evaluateAll((columns, index) => columns.map((column) => column.children[index]!.textContent), hour - 1);
}

type Busy = { readonly start: string; readonly end: string };

/** Stretches that touch or overlap, as one. */
function merged(list: readonly Busy[]): [number, number][] {
  const result: [number, number][] = [];
  const ms = (text: string) => Temporal.Instant.from(text).epochMilliseconds;
  for (const { start, end } of list.toSorted((one, other) => ms(one.start) - ms(other.start))) {
    const last = result.at(-1);
    if (last !== undefined && ms(start) <= last[1]) last[1] = Math.max(last[1], ms(end));
    else result.push([ms(start), ms(end)]);
  }
  return result;
}

/** The minutes of the week that everybody has open and not taken, in stretches of half an hour at least: asked one by one. */
function freeMinutes(
  people: readonly { readonly available: readonly Busy[]; readonly busy: readonly Busy[] }[],
  start: string,
): number[] {
  const fromMs = Temporal.Instant.from(start).epochMilliseconds;
  const isIn = (list: readonly [number, number][], ms: number) => list.some(([from, to]) => from <= ms && ms < to);
  const lists = people.map(({ available, busy }) => ({ open: merged(available), taken: merged(busy) }));
  const free: number[] = [];
  let run: number[] = [];
  for (let minute = 0; minute <= 7 * 1_440; minute++) {
    const ms = fromMs + minute * 60_000;
    if (minute < 7 * 1_440 && lists.every(({ open: opens, taken }) => isIn(opens, ms) && !isIn(taken, ms)))
      run.push(minute);
    else {
      if (run.length >= 30) free.push(...run);
      run = [];
    }
  }
  return free;
}
