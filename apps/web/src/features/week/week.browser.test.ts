import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, describe, test } from "node:test";
import type { Page } from "playwright-core";
import { dayNumber } from "@hourwright/time";
import { parseDate } from "@hourwright/timeline";
import type { Client } from "@hourwright/client";
import {
  addressOf,
  closeAll,
  demoServer,
  eventually,
  openPlace,
  thisYear,
  whyNoBrowser,
} from "../../testing/browser.ts";
import { COORDINATOR } from "../../../../server/src/testing/server.ts";

const skip = await whyNoBrowser();

const YEAR = thisYear() + 1;
/** Mondays on which nothing else is made here. */
const monday = (month: number) => {
  const first = Temporal.PlainDate.from({ year: YEAR, month, day: 7 });
  return first.subtract({ days: (first.dayOfWeek + 6) % 7 });
};

let coordinator: Client;
let calendarId = "";

const create = (title: string, start: string, end: string, attendees: string[] = []) =>
  coordinator("events.create", { body: { title, start, end, calendarId, attendees, preventConflicts: false } });
const timesOf = async (id: string) => {
  const { start, end } = await coordinator("events.read", { params: { id }, query: {} });
  return [start, end].map(onWall);
};
/** `09-07T10:00` in Prague, or the date of whole days. */
function onWall(text: string): string {
  if (!text.includes("T")) return text.slice(5);
  return Temporal.Instant.from(text).toZonedDateTimeISO("Europe/Prague").toPlainDateTime().toString().slice(5, 16);
}
const at = (date: Temporal.PlainDate, time: string) =>
  date.toZonedDateTime({ timeZone: "Europe/Prague", plainTime: time }).toInstant().toString();
const open = (path: string, more = "") =>
  openPlace({
    path: `${path}${path.includes("?") ? "&" : "?"}calendars=${calendarId}${more}`,
    context: { viewport: { width: 1728, height: 1080 } },
  });
const openWeek = (date: Temporal.PlainDate, more = "") => open(`/week/${date.year}?on=${date.toString()}`, more);

describe("the week by pointer in Chromium", { skip }, () => {
  before(prepare);
  after(closeAll);

  test("a stretch drawn over empty minutes becomes a new event, by quarters of an hour", async () => {
    const day = monday(4).add({ days: 1 });
    await using place = await openWeek(day);
    const { page } = place;
    await drag(page, await point(page, day, 9 * 60 + 4), await point(page, day, 10 * 60 + 32));
    const dialog = page.getByRole("dialog", { name: "New event" });
    await dialog.getByLabel("Title").fill("Drawn");
    await dialog.getByLabel("Calendar").selectOption({ label: "Weekly" });
    await dialog.getByLabel("Title").press("Enter");
    await page.locator("[data-event]", { hasText: "Drawn" }).waitFor();
    const found = await listed(day);
    assert.deepEqual(
      found.map(({ title, start, end }) => [title, onWall(start), onWall(end)]),
      [["Drawn", `${md(day)}T09:00`, `${md(day)}T10:30`]],
    );
    assert.deepEqual(place.complaints, []);
  });

  test("a block carried to another day says what would be, in the header and in every zone, and moves there", async () => {
    const day = monday(5);
    const thursday = day.add({ days: 3 });
    const { id } = await create("Sound check", at(day, "10:00"), at(day, "11:00"));
    await using place = await openWeek(day, "&zones=America/New_York");
    const { page } = place;
    const [from, to] = [await point(page, day, 10 * 60 + 30), await point(page, thursday, 12 * 60 + 41)];
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(from.x + 3, from.y);
    assert.equal(await page.getByTestId("carried").count(), 0, "3 px are a press, not a drag");
    await page.mouse.move(to.x, to.y, { steps: 6 });
    await page.getByText(/12:15–13:15.*no conflicts/).waitFor();
    assert.deepEqual(await page.getByTestId("moving-tag").allTextContents(), ["12:15", "06:15"]);
    await page.mouse.up();
    await page
      .getByText(/Moved “Sound check” to/)
      .first()
      .waitFor();
    assert.deepEqual(await timesOf(id), [`${md(thursday)}T12:15`, `${md(thursday)}T13:15`]);
    await page.keyboard.press("Control+z");
    await page
      .getByText(/^Undone: Moved/)
      .first()
      .waitFor();
    assert.deepEqual(await timesOf(id), [`${md(day)}T10:00`, `${md(day)}T11:00`]);
    assert.deepEqual(place.complaints, []);
  });

  test("with Alt a block is copied, to single minutes", async () => {
    const day = monday(6);
    await create("Twice", at(day, "10:00"), at(day, "11:00"));
    await using place = await openWeek(day);
    const { page } = place;
    const [from, to] = [await point(page, day, 630), await point(page, day.add({ days: 1 }), 637)];
    await page.keyboard.down("Alt");
    await drag(page, from, to);
    await page.keyboard.up("Alt");
    await page
      .getByText(/Copied “Twice”/)
      .first()
      .waitFor();
    const found = await listed(day, 2);
    assert.equal(found.length, 2);
    assert.match(onWall(found[1]!.start), /T10:0[5-9]$/);
  });

  test("the lower end of a block resizes it; Esc, and a window resized under it, give a drag up", async () => {
    const day = monday(7);
    const { id } = await create("Longer", at(day, "10:00"), at(day, "11:00"));
    await using place = await openWeek(day);
    const { page } = place;
    const end = await point(page, day, 660);
    await page.mouse.move(end.x, end.y - 3);
    await page.mouse.down();
    await page.mouse.move(end.x, end.y + 60, { steps: 5 });
    await page.getByText("no conflicts").waitFor();
    await page.keyboard.press("Escape");
    await page.getByText("no conflicts").waitFor({ state: "detached" });
    await page.mouse.up();
    await page.mouse.move(end.x, end.y - 3);
    await page.mouse.down();
    await page.mouse.move(end.x, end.y + 60, { steps: 5 });
    await page.getByText("no conflicts").waitFor();
    await page.setViewportSize({ width: 1500, height: 1080 });
    await page.mouse.move(end.x - 60, end.y + 90, { steps: 3 });
    await page.getByText("no conflicts").waitFor({ state: "detached" });
    await page.mouse.up();
    assert.deepEqual(await timesOf(id), [`${md(day)}T10:00`, `${md(day)}T11:00`], "resized under a drag: given up");
    await page.setViewportSize({ width: 1728, height: 1080 });
    const later = await point(page, day, 12 * 60 + 30);
    const again = await point(page, day, 660);
    await drag(page, { x: again.x, y: again.y - 3 }, later);
    await page
      .getByText(/Moved “Longer”/)
      .first()
      .waitFor();
    assert.deepEqual(await timesOf(id), [`${md(day)}T10:00`, `${md(day)}T12:30`]);
  });

  test("a block laid in the lane becomes a whole day, and whole days carried down an hour", async () => {
    const day = monday(8);
    const { id } = await create("Fair", at(day, "10:00"), at(day, "11:00"));
    await using place = await openWeek(day);
    const { page } = place;
    const wednesday = day.add({ days: 2 });
    await drag(page, await point(page, day, 630), await lanePoint(page, wednesday));
    await page
      .getByText(/Moved “Fair”/)
      .first()
      .waitFor();
    assert.deepEqual(await timesOf(id), [md(wednesday), md(wednesday.add({ days: 1 }))]);
    await page.locator('[data-part="lane"] [data-event]', { hasText: "Fair" }).waitFor();
    await drag(page, await lanePoint(page, wednesday, 12), await point(page, day.add({ days: 4 }), 14 * 60 + 2));
    await page.locator('[data-part="hours"] [data-event]', { hasText: "Fair" }).waitFor();
    const friday = md(day.add({ days: 4 }));
    const wanted = [`${friday}T14:00`, `${friday}T15:00`]; // It is shown before the server has it.
    assert.deepEqual(
      await eventually(
        () => timesOf(id),
        (times) => times[0] === wanted[0],
      ),
      wanted,
    );
    assert.deepEqual(place.complaints, []);
  });

  test("what meets taken time says so while it is carried, is refused, and may be insisted on", async () => {
    const day = monday(9);
    const { items } = await coordinator("people.list", { query: { limit: 1 } });
    const attendees = items.map(({ email }) => email!);
    await create("Standing", at(day, "20:00"), at(day, "20:45"), attendees);
    const { id } = await create("Moving", at(day, "18:00"), at(day, "18:45"), attendees);
    await using place = await openWeek(day);
    const { page } = place;
    await scrollTo(page, 12 * 60);
    await drag(page, await point(page, day, 18 * 60 + 20), await point(page, day, 20 * 60 + 20));
    const dialog = page.getByRole("alertdialog", { name: /Moving.*cannot go there/ });
    await dialog.waitFor();
    assert.match((await timesOf(id))[0]!, /T18:00/);
    await dialog.getByRole("button", { name: "Move it anyway" }).click();
    await page
      .getByText(/Moved “Moving”/)
      .first()
      .waitFor();
    assert.match((await timesOf(id))[0]!, /T20:00/);
    await page.locator('[data-event][data-clash="true"]', { hasText: "Moving" }).waitFor();
    assert.equal(await page.locator("[data-shared]").first().getAttribute("data-shared"), "45");
  });

  test("what is refused says where it could go, and goes there with one key, to be taken back like any move", async () => {
    const day = monday(9).add({ days: 7 });
    const { items } = await coordinator("people.list", { query: { limit: 1 } });
    const attendees = items.map(({ email }) => email!);
    await create("Standing firm", at(day, "20:00"), at(day, "20:45"), attendees);
    const { id } = await create("Giving way", at(day, "18:00"), at(day, "18:45"), attendees);
    await using place = await openWeek(day);
    const { page } = place;
    await scrollTo(page, 12 * 60);
    await drag(page, await point(page, day, 18 * 60 + 20), await point(page, day, 20 * 60 + 20));
    const dialog = page.getByRole("alertdialog", { name: /Giving way.*cannot go there/ });
    const times = dialog.getByRole("group", { name: "Times that are free:" }).getByRole("button");
    await times.first().waitFor();
    const offered = await times.allTextContents();
    assert.ok(offered.length >= 1 && offered.length <= 4, `${offered.length} times are offered`);
    for (const when of offered)
      assert.match(when, /^\w{3} \d{1,2} \w{3,4}, \d\d:\d\d–\d\d:\d\d$/, "a zone that all share");
    const sentence = await dialog.evaluate(
      (element) => document.getElementById(element.getAttribute("aria-describedby")!)!.textContent,
    );
    assert.match(sentence, /Standing firm|busy|taken/i, "the sentence is read before the times");
    assert.equal(await page.evaluate(() => document.activeElement!.textContent), offered[0]);
    await page.keyboard.press("Enter");
    await page.getByText(`Moved “Giving way” to ${offered[0]}`).first().waitFor();
    assert.ok((await timesOf(id))[0]!.endsWith(`T${offered[0]!.slice(-11, -6)}`));
    await page.getByRole("button", { name: "Undo" }).first().click();
    await page
      .getByText(/^Undone: Moved/)
      .first()
      .waitFor();
    assert.deepEqual(await timesOf(id), [`${md(day)}T18:00`, `${md(day)}T18:45`]);
    assert.deepEqual(place.complaints, []);
  });

  test("a refusal for which there is no free time says so", async () => {
    const day = monday(12);
    const { items } = await coordinator("people.list", { query: { limit: 1 } });
    const attendees = items.map(({ email }) => email!);
    await create("Expedition", at(day, "06:00"), at(day.add({ days: 17 }), "06:00"), attendees);
    const { id } = await create("Early call", at(day, "05:00"), at(day, "05:45"), attendees);
    await using place = await openWeek(day);
    const { page } = place;
    await scrollTo(page, 5 * 60);
    await drag(page, await point(page, day, 5 * 60 + 20), await point(page, day, 9 * 60 + 20));
    const dialog = page.getByRole("alertdialog", { name: /Early call.*cannot go there/ });
    await dialog.getByText("No free time was found. Choose another day or time.").waitFor();
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    assert.deepEqual(await timesOf(id), [`${md(day)}T05:00`, `${md(day)}T05:45`]);
  });

  test("empty days of the lane that are drawn over become the days of a new event", async () => {
    const day = monday(10);
    await using place = await openWeek(day);
    const { page } = place;
    await drag(page, await lanePoint(page, day.add({ days: 1 })), await lanePoint(page, day.add({ days: 3 })));
    const dialog = page.getByRole("dialog", { name: "New event" });
    await dialog.waitFor();
    assert.ok(await dialog.getByLabel("All day").isChecked());
    assert.equal(await dialog.getByLabel(/^Starts/).inputValue(), day.add({ days: 1 }).toString());
    assert.equal(await dialog.getByLabel(/^Ends/).inputValue(), day.add({ days: 3 }).toString());
  });

  test("400 events at once, long and foreign titles: a few blocks and a number, nothing breaks", async () => {
    const day = monday(11);
    const titles = ["x".repeat(500), "אירוע ארוך", "Z͑ͫ̓a̴lgo 🎉🎉", "<script>alert(1)</script>"];
    for (let index = 0; index < 400; index++) {
      const end = at(day, index % 2 === 0 ? "11:00" : "10:01");
      await create(titles[index] ?? `Event ${index}`, at(day, "10:00"), end);
    }
    await using place = await openWeek(day);
    const { page } = place;
    const blocks = await page.locator('[data-part="hours"] [data-event]').count();
    assert.ok(blocks > 2 && blocks < 20, `${blocks} blocks`);
    const more = page.getByRole("button", { name: /more events on/ });
    assert.equal(blocks + Number((await more.first().textContent())!.slice(1)), 400);
    assert.ok((await page.evaluate(() => document.querySelectorAll("*").length)) < 1_500);
    assert.deepEqual(place.complaints, []);
  });
});

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
    assert.deepEqual(await labelsAt(page, 9), ["09:00", "04:00"]);
    assert.deepEqual(place.complaints, []);
  });

  test("in the week in which New York changes, the distance is that of its first day", async () => {
    await using place = await open("/week/2027?on=2027-03-09&zones=America/New_York");
    const { page } = place;
    await page.getByText("New York is 6 h behind until Sunday 14 March, then 5 h.").waitFor();
    assert.deepEqual(await labelsAt(page, 9), ["09:00", "03:00"]);
    const marks = await page
      .getByRole("columnheader", { name: /^Sunday 14 March/ })
      .locator("em")
      .allTextContents();
    assert.deepEqual(marks, ["−5 h"]);
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
    const [from, to] = [(await newYork!.boundingBox())!, (await tokyo!.boundingBox())!];
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
    const shown = await page
      .locator("[data-free] i")
      .evaluateAll((marks) => marks.map((mark) => [Number(mark.dataset["from"]), Number(mark.dataset["to"])] as const));
    const drawn = new Set(
      shown.flatMap(([from, to]) =>
        Array.from(
          { length: (to - from) / 60_000 },
          (_, index) => (from - Temporal.Instant.from(start).epochMilliseconds) / 60_000 + index,
        ),
      ),
    );
    assert.deepEqual(
      [...drawn].sort((one, other) => one - other),
      free,
    );
    assert.ok(free.length > 300, "there is something to compare");
    const rail = page.locator(`[data-person="${tomas}"]`).first();
    const busyOnMonday = answer.items
      .find(({ subjectId }) => subjectId === tomas)!
      .busy.filter(({ start: from }) => onWall(from).startsWith("03-15"));
    assert.equal(await rail.locator("i").count(), merged(busyOnMonday).length);
    assert.match((await rail.getAttribute("aria-label"))!, /^Tomas .* is taken \d\d:\d\d to/);
    const chips = page.getByRole("group", { name: "Whose day fills the column" });
    await chips.getByRole("button", { name: /^Tomas/ }).click();
    await page.waitForURL((url) => url.searchParams.get("main") === tomas);
    assert.equal(await page.locator(`[data-person="${tomas}"]`).count(), 0);
    assert.equal(await page.locator(`[data-person="${mara}"]`).count(), 7);
    assert.deepEqual(await chips.getByRole("button").evaluateAll((list) => list.map((each) => each.ariaPressed)), [
      "false",
      "true",
      "false",
    ]);
    assert.deepEqual(place.complaints, []);
  });

  test("the present is a line on today alone, at its minute, with its time in every column", async () => {
    await using place = await openPlace({ path: "/week?zones=America/New_York" });
    const { page } = place;
    const line = page.getByTestId("now-line");
    await line.waitFor({ state: "attached" });
    assert.equal(await line.count(), 1);
    const now = Temporal.Now.zonedDateTimeISO("Europe/Prague");
    const [minute, day] = await line.evaluate((node) => {
      const cell = node.closest<HTMLElement>("[data-day]")!;
      return [((node as HTMLElement).offsetTop / cell.offsetHeight) * 1_440, Number(cell.dataset["day"])] as const;
    });
    assert.ok(Math.abs(minute - (now.hour * 60 + now.minute)) <= 3, `${minute}`);
    assert.equal(day, epochDay(now.toPlainDate()));
    const tags = await page.getByTestId("now-tag").allTextContents();
    assert.equal(tags.length, 2);
    assert.equal(tags[1]!.slice(0, 2), String(now.withTimeZone("America/New_York").hour).padStart(2, "0"));
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

describe("the week is sound in Chromium", { skip }, () => {
  before(prepare);
  after(closeAll);

  for (const colorScheme of ["light", "dark"] as const)
    test(`axe finds nothing in it, its zones open, a proposal shown, in ${colorScheme}`, async () => {
      const { items } = await coordinator("people.list", { query: { limit: 3 } });
      const { conflicts } = await coordinator("events.list", {
        query: { start: `${YEAR}-01-01`, end: `${YEAR + 1}-01-01`, includeConflicts: true },
      });
      const clash = conflicts!.find(({ kind }) => kind === "overlap") ?? conflicts![0]!;
      await using place = await openPlace({
        path: `/week/${YEAR}?on=${clash.start.slice(0, 10)}&conflict=${clash.id}&zones=America/New_York`,
        context: { viewport: { width: 1728, height: 1080 }, colorScheme },
      });
      const { page } = place;
      await page.getByRole("button", { name: "Apply" }).waitFor();
      await page.keyboard.press("p");
      await page
        .getByRole("region", { name: /^Proposal/ })
        .first()
        .waitFor();
      assert.deepEqual(await breaches(page), [], "a proposal");
      await page.getByRole("button", { name: "Time zones", exact: true }).click();
      await page.getByRole("dialog", { name: "Time zones" }).waitFor();
      assert.deepEqual(await breaches(page), [], "its zones");
      await page.keyboard.press("Escape");
      await page.goto(`${place.url}/day/${YEAR}?people=${items.map(({ id }) => id).join()}`);
      await page.locator("[data-free]").first().waitFor({ state: "attached" });
      assert.deepEqual(await breaches(page), [], "people side by side");
    });

  test("on a phone the day comes first, and of the week three days are seen, the others panned to", async () => {
    await using place = await openPlace({
      path: `/week/${YEAR}?on=${YEAR}-03-17`,
      context: { viewport: { width: 390, height: 844 } },
    });
    const { page } = place;
    const widths = await page
      .locator('[data-part="hours"]')
      .evaluateAll((days) => days.map((each) => Math.round(each.getBoundingClientRect().width)));
    assert.equal(widths.length, 7);
    assert.ok(Math.abs(widths[0]! * 3 - (390 - 44)) <= 3, `${widths[0]}`);
    const selected = (await page
      .locator(`[data-day="${epochDay(Temporal.PlainDate.from(`${YEAR}-03-17`))}"][data-part="hours"]`)
      .boundingBox())!;
    assert.ok(selected.x >= 40 && selected.x + selected.width <= 392);
    const places = await page.getByRole("navigation").getByRole("link").allTextContents();
    assert.deepEqual(places, ["Year", "Day", "Week", "Conflicts", "Settings"]);
    await page.getByRole("navigation").getByRole("link", { name: "Day" }).click();
    await page.waitForURL(/\/day\//);
    assert.equal(await page.locator('[data-part="hours"]').count(), 1);
    assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 390);
    assert.deepEqual(place.complaints, []);
  });

  test("from right to left Monday stands at the right, and the left arrow leads to the day after", async () => {
    const day = monday(4);
    await using place = await openPlace({ path: `/year/${YEAR}?on=${day.toString()}` });
    const { page } = place;
    await page.evaluate(() => (document.documentElement.dir = "rtl"));
    await page.keyboard.press("w");
    const cell = (date: Temporal.PlainDate) => page.locator(`[data-day="${epochDay(date)}"][data-part="hours"]`);
    await cell(day).waitFor();
    assert.ok((await cell(day).boundingBox())!.x > (await cell(day.add({ days: 1 })).boundingBox())!.x);
    await cell(day).focus();
    await page.keyboard.press("ArrowLeft");
    await page.locator(`[data-day="${epochDay(day.add({ days: 1 }))}"][data-part="hours"]:focus`).waitFor();
    const { x, y } = await point(page, day.add({ days: 2 }), 15 * 60);
    await page.mouse.click(x, y);
    await page.locator(`[data-day="${epochDay(day.add({ days: 2 }))}"][data-part="hours"]:focus`).waitFor();
    assert.deepEqual(place.complaints, []);
  });
});

describe("the week by keyboard alone in Chromium", { skip }, () => {
  before(prepare);
  after(closeAll);

  test("W keeps the year's day; arrows move a cursor with a name; Enter makes an event there", async () => {
    const day = monday(4).add({ days: 16 });
    await using place = await open(`/year/${YEAR}?on=${day.toString()}`);
    const { page } = place;
    await page.keyboard.press("w");
    await page.locator(`[data-day="${epochDay(day)}"][data-part="hours"]:focus`).waitFor();
    for (const key of ["ArrowRight", "ArrowDown", "ArrowDown", "ArrowUp"]) await page.keyboard.press(key);
    const next = day.add({ days: 1 });
    const name = () => page.evaluate(() => document.activeElement?.ariaLabel ?? "");
    await page.locator(`[data-day="${epochDay(next)}"][data-part="hours"]:focus`).waitFor();
    assert.match(await name(), /09:15, free$/);
    assert.match((await page.locator("output").first().textContent())!, /09:15, free$/);
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog", { name: "New event" });
    await dialog.getByLabel("Title").fill("Typed");
    await dialog.getByLabel("Calendar").selectOption({ label: "Weekly" });
    await dialog.getByLabel("Title").focus();
    await page.keyboard.press("Enter");
    await page.locator("[data-event]", { hasText: "Typed" }).waitFor();
    const found = await listed(next);
    assert.deepEqual(
      found.map(({ start, end }) => [onWall(start), onWall(end)]),
      [[`${md(next)}T09:15`, `${md(next)}T10:15`]],
    );
    assert.deepEqual(place.complaints, []);
  });

  for (const [reducedMotion, moves] of [
    ["no-preference", 160],
    ["reduce", 0],
  ] as const)
    test(`W grows the week out of its row once, or not at all: ${reducedMotion}`, async () => {
      await using place = await openPlace({ path: `/year/${YEAR}?on=${YEAR}-03-17`, context: { reducedMotion } });
      const { page } = place;
      await page.evaluate(() => {
        const animate = Element.prototype.animate;
        Element.prototype.animate = function (...given) {
          const { duration } = given[1] as KeyframeAnimationOptions;
          document.body.dataset["moved"] = String(Number(document.body.dataset["moved"] ?? 0) + Number(duration));
          return animate.apply(this, given);
        };
      });
      await page.keyboard.press("w");
      await page.locator('[data-part="hours"]:focus').waitFor();
      assert.equal(await page.evaluate(() => Number(document.body.dataset["moved"] ?? 0)), moves);
    });

  test("an event is chosen with ], carried over days and quarters with Alt, resized with Shift, dropped by letting go", async () => {
    const day = monday(5).add({ days: 15 });
    const { id } = await create("Inventory", at(day, "09:00"), at(day, "10:00"));
    await using place = await openWeek(day);
    const { page } = place;
    await page.locator('[role="gridcell"][tabindex="0"]').focus();
    await page.keyboard.press("]");
    await page.locator("[data-event][data-chosen]", { hasText: "Inventory" }).waitFor();
    await page.keyboard.down("Alt");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.down("Shift");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.up("Shift");
    await page.getByTestId("carried").getByText("09:15–10:30").waitFor();
    await page.keyboard.up("Alt");
    await page
      .getByText(/Moved “Inventory”/)
      .first()
      .waitFor();
    const next = md(day.add({ days: 1 }));
    assert.deepEqual(await timesOf(id), [`${next}T09:15`, `${next}T10:30`]);
    assert.deepEqual(place.complaints, []);
  });

  test("pages turn weeks, D and Y change the place with the day kept, the lane is above the first quarter, T is today", async () => {
    const day = monday(6).add({ days: 9 });
    await using place = await openWeek(day);
    const { page } = place;
    const onOf = async () => (await addressOf(page)).searchParams.get("on");
    await page.keyboard.press("PageDown");
    await page.waitForURL((url) => url.searchParams.get("on") === day.add({ days: 7 }).toString());
    await page.keyboard.press("PageUp");
    await page.waitForURL((url) => url.searchParams.get("on") === day.toString());
    await page.keyboard.press("d");
    await page.waitForURL(/\/day\//);
    assert.equal(await onOf(), day.toString());
    await page.getByRole("grid").locator('[role="gridcell"][tabindex="0"]').focus();
    for (let press = 0; press < 37; press++) await page.keyboard.press("ArrowUp");
    assert.match(await page.evaluate(() => document.activeElement?.ariaLabel ?? ""), /all day, free/);
    await page.keyboard.press("y");
    await page.waitForURL(/\/year\//);
    assert.equal(await onOf(), day.toString());
    await page.keyboard.press("w");
    await page.keyboard.press("t");
    await page.waitForURL(
      (url) => url.searchParams.get("on") === Temporal.Now.plainDateISO("Europe/Prague").toString(),
    );
    await page.keyboard.press("Escape");
    await page.waitForURL(/\/year\//);
    assert.deepEqual(place.complaints, []);
  });

  test("every block is a button with a whole sentence", async () => {
    const day = monday(7).add({ days: 9 });
    const { items } = await coordinator("people.list", { query: { limit: 1 } });
    await create("Board call", at(day, "14:30"), at(day, "15:30"), [items[0]!.email!]);
    await using place = await openWeek(day);
    const block = place.page.getByRole("button", { name: /^Board call, Wednesday \d+ July, 14:30–15:30, with / });
    await block.waitFor();
    await block.focus();
    await place.page.keyboard.press("Enter");
    await place.page
      .getByRole("dialog")
      .getByText("Board call")
      .or(place.page.getByRole("dialog", { name: /event/i }))
      .first()
      .waitFor();
  });
});

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/**
 * What axe finds wrong, by rule and the first place of each. Names begin with the title that is seen, and then say the date in
 * full: not the letters of the label in their order, which one rule asks for.
 */
async function breaches(page: Page): Promise<string[]> {
  await page.waitForTimeout(250); // Popovers fade in, and what is half faded has half the contrast.
  await page.evaluate(AXE);
  return page.evaluate(async () => {
    type Found = { violations: { id: string; nodes: { target: string[]; failureSummary: string }[] }[] };
    const { axe } = globalThis as unknown as { axe: { run: (of: Document, how: object) => Promise<Found> } };
    const { violations } = await axe.run(document, { rules: { "label-content-name-mismatch": { enabled: false } } });
    return violations.map(
      ({ id, nodes }) => `${id}: ${nodes[0]!.target.join()} (${nodes.length}) ${nodes[0]!.failureSummary}`,
    );
  });
}

async function prepare(): Promise<void> {
  coordinator = await (await demoServer()).signedIn(COORDINATOR);
  const made = await coordinator("calendars.create", {
    body: { name: "Weekly", colour: 30, category: null, ownerSubjectId: null },
  });
  calendarId = made.id;
}

function epochDay(date: Temporal.PlainDate): number {
  return dayNumber(date.year, date.month, date.day);
}

function md(date: Temporal.PlainDate): string {
  const { month, day } = parseDate(date.toString())!;
  return [month, day].map((part) => String(part).padStart(2, "0")).join("-");
}

async function listed(day: Temporal.PlainDate, days = 1) {
  const query = { start: day.toString(), end: day.add({ days }).toString(), calendars: [calendarId] };
  return (await coordinator("events.list", { query })).events;
}

/** The middle of a day's column at a minute of the wall. */
async function point(page: Page, date: Temporal.PlainDate, minute: number) {
  const cell = page.locator(`[data-day="${epochDay(date)}"][data-part="hours"]`);
  await cell.waitFor();
  const { x, y, width, height } = (await cell.boundingBox())!;
  return { x: x + width / 2, y: y + (minute / 1_440) * height };
}

async function lanePoint(page: Page, date: Temporal.PlainDate, down = 20) {
  const { x, y, width } = (await page.locator(`[data-day="${epochDay(date)}"][data-part="lane"]`).boundingBox())!;
  return { x: x + width / 2, y: y + down };
}

async function drag(page: Page, from: { x: number; y: number }, to: { x: number; y: number }) {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + 6, from.y + 6);
  await page.mouse.move(to.x, to.y, { steps: 5 });
  await page.mouse.up();
}

async function scrollTo(page: Page, minute: number) {
  await page.getByTestId("week-scroller").evaluate((node, at) => {
    node.scrollTop = (at / 1_440) * node.querySelector<HTMLElement>('[data-part="hours"]')!.offsetHeight;
  }, minute);
}

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
