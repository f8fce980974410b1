import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { becomes, closeAll, focused, whyNoBrowser } from "../../testing/browser.ts";
import {
  at,
  coordinator,
  create,
  drag,
  lanePoint,
  listed,
  md,
  monday,
  onWall,
  openWeek,
  point,
  prepare,
  scrollTo,
  timesOf,
} from "../../testing/week-page.ts";

const skip = await whyNoBrowser();

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
    await becomes(() => page.getByTestId("moving-tag").allTextContents(), ["12:15", "06:15"]);
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
    await becomes(() => timesOf(id), wanted);
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
    await becomes(() => page.locator("[data-shared]").first().getAttribute("data-shared"), "45");
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
    await focused(times.first());
    await page.keyboard.press("Enter");
    await page.getByText(`Moved “Giving way” to ${offered[0]}`).first().waitFor();
    await page.getByRole("button", { name: "Undo" }).first().hover(); // The bar stays as long as the pointer is on it.
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
    await focused(dialog);
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
    const more = page.getByRole("button", { name: /more events on/ });
    await more.first().waitFor();
    const blocks = await page.locator('[data-part="hours"] [data-event]').count();
    assert.ok(blocks > 2 && blocks < 20, `${blocks} blocks`);
    assert.equal(blocks + Number((await more.first().textContent())!.slice(1)), 400);
    assert.ok((await page.evaluate(() => document.querySelectorAll("*").length)) < 1_500);
    assert.deepEqual(place.complaints, []);
  });
});
