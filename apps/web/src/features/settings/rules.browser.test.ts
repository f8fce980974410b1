// Strategy: one organisation, one rule from its setting to its undoing, by keys alone; what is expected is asked from the API.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Locator, Page } from "playwright-core";
import { OWNER, startOwnServer, type OwnServer } from "../../../../server/src/testing/own-server.ts";
import { COORDINATOR, MEMBER } from "../../../../server/src/testing/server.ts";
import { findings, loadAxe } from "../../testing/axe.ts";
import {
  becomes,
  buildPage,
  closeAll,
  demoAccount,
  demoServer,
  focused,
  openForm,
  openPlace,
  settled,
  whyNoBrowser,
} from "../../testing/browser.ts";
import { en } from "../../messages/en.ts";
import { createFormats } from "../../messages/format.ts";

const skip = await whyNoBrowser();
/** A Monday some weeks from now. */
const today = Temporal.Now.plainDateISO("Europe/Prague");
const monday = today.add({ days: 29 - today.dayOfWeek });

describe("rules in Chromium", { skip }, () => {
  let own: OwnServer;
  before(async () => {
    buildPage();
    own = await startOwnServer();
    const body = { title: "Long talk", timeZone: "Europe/Prague" };
    for (const days of [0, 1, 7]) {
      const day = monday.add({ days }).toString();
      await own.owner("events.create", { body: { ...body, start: `${day}T11:00:00`, end: `${day}T14:30:00` } });
    }
  });
  after(async () => {
    await closeAll();
    await own[Symbol.asyncDispose]();
  });
  const open = (path: string, context: object = {}) => openPlace({ server: own.server, account: OWNER, path, context });
  const yearOn = (day: Temporal.PlainDate) => `/year/${day.year}?on=${day.toString()}`;
  const rules = async () => (await own.owner("rules.list", {})).items;

  test("every constraint that can be set has words of its own, and so has each of its numbers", async () => {
    const words = en(createFormats("en-GB", "Europe/Prague")).rules;
    const { items } = await own.owner("constraints.list", {});
    for (const { id, parameters } of items.filter(({ settable }) => settable)) {
      assert.ok(Object.hasOwn(words.constraints, id), id);
      for (const { name } of parameters) assert.ok(Object.hasOwn(words.parameters, `${id} ${name}`), `${id} ${name}`);
    }
  });

  test("set by keys alone, with what it would find told first; then changed, removed, and brought back", async () => {
    await using place = await open("/settings/rules");
    const { page } = place;
    await page.getByText("No rules are set: whatever is free may be taken.").waitFor();
    await page.getByRole("button", { name: "Add a rule", disabled: false }).focus(); // Once it is known what can be set.
    await page.keyboard.press("Enter");
    const sheet = page.getByRole("dialog", { name: "Add a rule" });
    await focused(sheet.getByLabel("What it is about"));
    assert.equal(await sheet.getByLabel("What it is about").inputValue(), "lunch");
    await tabTo(page, "How long it is");
    await page.keyboard.type("45"); // What was there is selected on the way in.
    await tabTo(page, /^Soft/);
    await page.keyboard.press("ArrowUp");
    const expected = await own.owner("rules.try", {
      body: { rule: { constraintId: "lunch", isHard: true, values: { minutes: 45 } } },
    });
    assert.equal(expected.made, 3);
    await sheet.getByText("3 things would break this, 3 times, with 1 person or thing.").waitFor();
    const first = sheet.getByRole("list", { name: "The first of them" }).getByRole("link").first();
    assert.match(await first.innerText(), /^Olga Owner has no time for lunch, .*11:30–14:00, and 45 min are wanted\.$/);
    assert.match(
      (await first.getAttribute("href")) ?? "",
      new RegExp(`^/day/${monday.year}\\?on=${monday.toString()}`),
    );
    await tabTo(page, "Save");
    await page.keyboard.press("Enter");
    await page.getByText("The rule “Lunch” was set.").first().waitFor();
    const [set] = await rules();
    assert.deepEqual(
      [set!.constraintId, set!.isHard, set!.values],
      ["lunch", true, { from: 690, to: 840, minutes: 45 }],
    );
    await page.getByText("45 min for lunch between 11:30 and 14:00").waitFor();

    await page.getByRole("button", { name: "Change the rule Lunch, Everybody" }).focus();
    await page.keyboard.press("Enter");
    const change = page.getByRole("dialog", { name: "Change the rule Lunch, Everybody" });
    await focused(change);
    await tabTo(page, "How long it is");
    await page.keyboard.type("5");
    await change.getByText("A number from 10 to 120.").waitFor();
    await page.keyboard.press("Enter"); // Sends nothing: the field says why.
    await page.keyboard.press("Backspace");
    await page.keyboard.type("60");
    await change.getByText("As often broken as now.").waitFor(); // Each by a quarter of an hour more.
    await page.keyboard.press("Enter");
    await page.getByText("The rule “Lunch” was changed.").first().waitFor();
    assert.equal((await rules())[0]!.values["minutes"], 60);
    await page.getByText("60 min for lunch").or(page.getByText("1 h for lunch")).first().waitFor();
    await change.waitFor({ state: "detached" });

    await page.getByRole("button", { name: "Remove the rule Lunch, Everybody" }).focus();
    await page.keyboard.press("Enter");
    await page.getByText("No rules are set: whatever is free may be taken.").waitFor();
    assert.deepEqual(await rules(), []);
    await page.keyboard.press("Control+z");
    await page.getByText("60 min for lunch").or(page.getByText("1 h for lunch")).first().waitFor();
    await becomes(async () => (await rules()).map(({ values }) => values["minutes"]), [60]);
    assert.deepEqual(place.complaints, []);
  });

  test("one that compares people is for teams, calendars and everybody, counts whole weeks, and says what it would find", async () => {
    await using place = await open("/settings/rules");
    const { page } = place;
    await page.getByRole("button", { name: "Add a rule" }).click();
    const sheet = page.getByRole("dialog", { name: "Add a rule" });
    await sheet.getByLabel("What it is about").selectOption({ label: "Hours shared evenly" });
    assert.deepEqual(
      await sheet.getByLabel("For whom").locator("option").allInnerTexts(),
      ["Everybody", "Olga Owner"],
      "the second is her calendar",
    );
    await sheet.getByLabel("Compared over so many weeks").fill("1.5");
    await sheet.getByText("A number from 1 to 4.").waitFor();
    await sheet.getByLabel("Compared over so many weeks").fill("1");
    await sheet.getByLabel("Hours above the average at most").fill("0.5");
    const expected = await own.owner("rules.try", {
      body: { rule: { constraintId: "fairness", values: { above: 0.5 } } },
    });
    if (expected.made === 0) await sheet.getByText("Nothing of the year ahead would break this.").waitFor();
    else await sheet.getByText(/would break this/).waitFor();
    await loadAxe(page);
    await settled(page);
    assert.deepEqual(await findings(page), []);
    await sheet.getByRole("button", { name: "Save" }).click();
    await page.getByText("In each week nobody has more than 30 min above the average").waitFor();
    const set = (await rules()).find(({ constraintId }) => constraintId === "fairness")!;
    assert.deepEqual(set.values, { above: 0.5, weeks: 1 });
    await own.owner("rules.remove", { params: { id: set.id } });
    assert.deepEqual(place.complaints, []);
  });

  test("one for a calendar is set, told with its calendar, and changed", async () => {
    const body = { name: "Lessons", policy: "allow" as const };
    const { id: calendarId } = await own.owner("calendars.create", { body });
    const day = monday.add({ days: 15 }).toString();
    const times = { start: `${day}T15:00:00`, end: `${day}T19:00:00`, timeZone: "Europe/Prague" };
    await own.owner("events.create", { body: { title: "Long lesson", ...times, calendarId } });
    await using place = await open("/settings/rules");
    const { page } = place;
    await page.getByRole("button", { name: "Add a rule" }).click();
    const sheet = page.getByRole("dialog", { name: "Add a rule" });
    await sheet.getByLabel("What it is about").selectOption("day-hours");
    await sheet.getByLabel("For whom").selectOption({ label: "Lessons" });
    await sheet.getByLabel("Hours at most").fill("3");
    await sheet.getByText("1 thing would break this, 1 time, with 1 person or thing.").waitFor();
    const first = sheet.getByRole("list", { name: "The first of them" }).getByRole("link").first();
    assert.match(await first.innerText(), /^In “Lessons”: Olga Owner has 4 h on .*, and at most 3 h are wanted\.$/);
    await loadAxe(page);
    await settled(page);
    assert.deepEqual(await findings(page), []);
    await sheet.getByRole("button", { name: "Save" }).click();
    await page.getByRole("button", { name: "Change the rule Hours a day, In “Lessons”" }).click();
    const change = page.getByRole("dialog", { name: "Change the rule Hours a day, In “Lessons”" });
    await change.getByLabel("Hours at most").fill("4");
    await change.getByRole("button", { name: "Save" }).click();
    await page.getByText("At most 4 h a day").waitFor();
    const set = (await rules()).find(({ holderId }) => holderId === calendarId)!;
    assert.deepEqual([set.scope, set.holder, set.values], ["calendar", "Lessons", { hours: 4 }]);
    await own.owner("rules.remove", { params: { id: set.id } });
    assert.deepEqual(place.complaints, []);
  });

  test("one that names people is set by keys, says whom it names, and is changed", async () => {
    const people = ["Ana Berg", "Ben Carr", "Cleo Dahl"];
    for (const name of people)
      await own.owner("people.create", { body: { name, email: `${name.split(" ")[0]!.toLowerCase()}@org.example` } });
    await using place = await open("/settings/rules");
    const { page } = place;
    await page.getByRole("button", { name: "Add a rule" }).click();
    const sheet = page.getByRole("dialog", { name: "Add a rule" });
    await sheet.getByLabel("What it is about").selectOption("apart");
    await sheet.getByLabel("For whom").selectOption({ label: "Ana Berg" });
    await sheet.getByText("Choose one at least.").waitFor();
    await sheet.getByRole("checkbox", { name: "Ben Carr" }).focus();
    await sheet.getByRole("checkbox", { name: "Ana Berg" }).waitFor({ state: "detached" }); // Nobody is kept apart from oneself.
    await page.keyboard.press("Space");
    await sheet.getByText("1 chosen").waitFor();
    await loadAxe(page);
    await settled(page);
    assert.deepEqual(await findings(page), []);
    await sheet.getByRole("button", { name: "Save" }).click();
    await page.getByText("In nothing together with Ben Carr").waitFor();
    await page.getByRole("button", { name: /^Change the rule Kept apart/ }).click();
    await page.getByRole("checkbox", { name: "Cleo Dahl" }).focus();
    await page.keyboard.press("Space");
    await page.getByText("2 chosen").waitFor();
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("In nothing together with Ben Carr and Cleo Dahl").waitFor();
    const named = (await rules()).find(({ constraintId }) => constraintId === "apart")!;
    await own.owner("rules.remove", { params: { id: named.id } });
    assert.deepEqual(place.complaints, []);
  });

  test("a rule that stands already is told at the field before it is sent", async () => {
    await using place = await open("/settings/rules");
    const { page } = place;
    await page.getByText("60 min for lunch").or(page.getByText("1 h for lunch")).first().waitFor(); // Those that stand are known.
    await page.getByRole("button", { name: "Add a rule" }).click();
    const sheet = page.getByRole("dialog");
    await sheet.getByLabel("What it is about").selectOption("lunch");
    await sheet.getByText("There is such a rule already: change that one.").waitFor();
    await sheet.getByRole("button", { name: "Save" }).click();
    await sheet.getByLabel("For whom").selectOption({ label: "Olga Owner" });
    await sheet.getByText("There is such a rule already").waitFor({ state: "detached" });
    assert.equal((await rules()).length, 1);
  });

  test("refuses an event with its sentence and free times, and taking one of them creates it", async () => {
    await using place = await open(yearOn(monday.add({ days: 2 })));
    const { page } = place;
    const form = await fillThroughLunch(page);
    await page.keyboard.press("Enter");
    await form.getByText(/Olga Owner has no time for lunch on/).waitFor();
    assert.equal(await form.getByRole("button", { name: /anyway/i }).count(), 0);
    const offered = form.getByRole("group", { name: /free/i }).getByRole("button");
    await offered.first().press("Enter");
    await form.waitFor({ state: "detached" });
    await page.getByText("Through lunch").first().waitFor();
    assert.deepEqual(place.complaints, []);
  });

  test("what stands and breaks one is listed with the conflicts, and leads to its day", async () => {
    await using place = await open(`/conflicts/${monday.year}`);
    const { page } = place;
    const inYear = [0, 1, 7].filter((days) => monday.add({ days }).year === monday.year).length;
    await page.locator("summary", { hasText: "Rules that do not hold" }).focus();
    await page.keyboard.press("Enter");
    const lines = page.getByRole("link", { name: /Olga Owner has no time for lunch/ });
    await becomes(() => lines.count(), inYear);
    await lines.first().press("Enter");
    const led = (url: URL) =>
      url.pathname === `/day/${monday.year}` && url.searchParams.get("on") === monday.toString();
    await page.waitForURL(led);
  });

  test("a soft one lets the event be created, and tells", async () => {
    const [rule] = await rules();
    await own.owner("rules.update", { params: { id: rule!.id }, body: { isHard: false } });
    await using place = await open(yearOn(monday.add({ days: 3 })));
    const { page } = place;
    await fillThroughLunch(page);
    await page.keyboard.press("Enter");
    await page
      .getByText(/Created “Through lunch”\. Olga Owner has no time for lunch on/)
      .first()
      .waitFor();
  });

  for (const colorScheme of ["light", "dark"] as const)
    test(`axe finds nothing, ${colorScheme}, nor on a phone`, async () => {
      await using place = await open("/settings/rules", { colorScheme });
      const { page } = place;
      await page.getByRole("button", { name: "Change the rule Lunch, Everybody" }).waitFor();
      await settled(page);
      assert.deepEqual(await findings(page), []);
      await page.getByRole("button", { name: "Change the rule Lunch, Everybody" }).click();
      await page.getByText("As often broken as now.").waitFor();
      await settled(page);
      assert.deepEqual(await findings(page), []);
      await page.setViewportSize({ width: 390, height: 844 });
      await settled(page);
      assert.deepEqual(await findings(page), []);
      const isWide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
      assert.ok(!isWide, "wider than a phone");
    });

  test("members read them, and are told who may change them", async () => {
    const demo = await demoServer();
    const coordinator = await demo.signedIn(COORDINATOR);
    await coordinator("rules.create", { body: { constraintId: "rest" } });
    await using place = await openPlace({ path: "/settings/rules", account: demoAccount(MEMBER) });
    const { page } = place;
    await page.getByText("11 h of rest between two days of work").waitFor();
    await page.getByText("Administrators can change this.").waitFor();
    assert.equal(await page.getByRole("button", { name: /rule/i }).count(), 0);
  });
});

/** A new event from eleven to half past two. */
async function fillThroughLunch(page: Page): Promise<Locator> {
  await openForm(page);
  const form = page.getByRole("dialog", { name: "New event" });
  await form.getByLabel("Title").fill("Through lunch");
  const times = form.locator('input[type="time"]');
  await times.nth(0).fill("11:00");
  await times.nth(1).fill("14:30");
  return form;
}

const focusedName = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const focused = document.activeElement as HTMLInputElement | null;
    return (focused?.labels?.[0]?.textContent ?? focused?.textContent ?? "").trim();
  });

/** Goes on with Tab until what has the focus is called that; a form has fewer than so many stops. */
async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  for (let stops = 0; stops < 40; stops++) {
    const focused = await focusedName(page);
    if (typeof name === "string" ? focused === name : name.test(focused)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`nothing is called ${String(name)}`);
}
