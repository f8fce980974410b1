// People and one person: found and put in order, changed several at once with a way back; a contract by versions, refused at its field; the year of absences by keys; a phone in the dark.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { OWNER, startOwnServer, type OwnServer } from "../../../../server/src/testing/own-server.ts";
import { findings } from "../../testing/axe.ts";
import { becomes, buildPage, closeAll, focused, openPlace, settled, whyNoBrowser } from "../../testing/browser.ts";

const skip = await whyNoBrowser();
const TODAY = Temporal.Now.plainDateISO("Europe/Prague");
const day = (days: number) => TODAY.add({ days }).toString();
const early = { weekday: 1, name: "early shift", starts: "06:00", minutes: 480 };

describe("people and their contracts in Chromium", { skip }, () => {
  let own: OwnServer;
  const ids = new Map<string, string>();
  before(async () => {
    buildPage();
    own = await startOwnServer();
    for (const name of ["Ana Early", "Bo Late", "Cy New"])
      ids.set(name, (await own.owner("people.create", { body: { name } })).id);
    for (const name of ["House", "Pool"]) ids.set(name, (await own.owner("departments.create", { body: { name } })).id);
    const { id: skillId } = await own.owner("skills.create", { body: { name: "First aid", levels: [] } });
    const params = { id: ids.get("Ana Early")!, skillId };
    await own.owner("personSkills.put", { params, body: { level: 1, from: "2020-01-01", until: null } });
    for (const [name, hours] of [
      ["Ana Early", 40],
      ["Bo Late", 20],
    ] as const)
      await own.owner("contracts.create", {
        body: {
          personId: ids.get(name)!,
          from: day(-400),
          nominal: { minutes: hours * 60, per: "week" },
          weeks: [Array.from({ length: 5 }, (_, i) => ({ ...early, weekday: i + 1 }))],
          anchor: day(-400),
          site: name === "Ana Early" ? "North" : "South",
        },
      });
  });
  after(async () => {
    await closeAll();
    await own[Symbol.asyncDispose]();
  });
  const open = (path: string, context: object = {}) => openPlace({ server: own.server, account: OWNER, path, context });
  const versions = async (name: string) =>
    (await own.owner("contracts.list", { query: { person: ids.get(name)! } })).items;
  const placeOf = async (name: string) =>
    (await own.owner("departments.people", { params: { id: ids.get(name)! }, query: {} })).items.map(
      (each) => each.name,
    );

  test("are found by what they can, put in order, moved to a department together, and back", async () => {
    await using place = await open("/staff");
    const { page } = place;
    const rows = page.getByRole("table", { name: "People" }).getByRole("rowheader");
    await page.getByText("4 people", { exact: true }).waitFor();
    await page.getByRole("cell", { name: /^40 h a week since/ }).waitFor();
    await page.getByRole("button", { name: "Contract", exact: true }).click();
    await page
      .getByRole("columnheader", { name: "Contract", exact: true })
      .and(page.locator("[aria-sort='ascending']"))
      .waitFor();
    await page.getByRole("button", { name: "Contract", exact: true }).click();
    await becomes(() => rows.first().getByRole("link").textContent(), "Ana Early");
    assert.match(page.url(), /sort=contract&order=down/);
    await page.getByLabel("Name, department or skill").fill("first aid");
    await page.getByText("1 of 4 people").waitFor();
    assert.equal(await rows.count(), 1);
    await page.getByRole("button", { name: "Show everybody" }).click();
    await page.getByText("4 people", { exact: true }).waitFor();
    await settled(page);
    assert.deepEqual(await findings(page), []);
    for (const name of ["Ana Early", "Bo Late"])
      await page
        .getByRole("row", { name: new RegExp(name) })
        .getByText(`Select ${name}`)
        .click({ force: true });
    await page.getByText("2 people selected").first().waitFor();
    await page.getByRole("button", { name: "Move to a department" }).click();
    const sheet = page.getByRole("dialog", { name: "Move to a department" });
    await sheet.getByRole("combobox", { name: "Department" }).selectOption("Pool");
    await sheet.getByRole("button", { name: "Move", exact: true }).click();
    await page.getByText("2 people moved to Pool.").first().waitFor();
    assert.deepEqual(await placeOf("Pool"), ["Ana Early", "Bo Late"]);
    await page.getByRole("button", { name: "Undo" }).click();
    await becomes(() => placeOf("Pool"), []);
    assert.deepEqual(place.complaints, []);
  });

  test("have contracts ended together: what is refused for one is said with their name, and all else is done", async () => {
    await own.owner("contracts.create", {
      body: {
        personId: ids.get("Bo Late")!,
        from: day(60),
        nominal: { minutes: 1_200, per: "week" },
        weeks: [[early]],
        anchor: day(60),
      },
    });
    await using place = await open("/staff");
    const { page } = place;
    await page.getByText("Select everybody who is shown").click({ force: true });
    await page.getByRole("button", { name: "End contracts" }).click();
    const sheet = page.getByRole("dialog", { name: "End contracts" });
    await sheet.getByText("2 of them have no contract that could end, and stay as they are.").waitFor();
    await sheet.getByLabel("Last day").fill(day(30));
    await sheet.getByRole("button", { name: "End", exact: true }).click();
    await page.getByText("Refused for these; all others are done:").waitFor();
    await page.getByText(/^Bo Late: .*ends before it begins/).waitFor();
    assert.equal((await versions("Ana Early")).at(-1)!.until, day(30));
    await page.getByRole("button", { name: "Undo" }).click();
    await becomes(async () => (await versions("Ana Early")).at(-1)!.until, null);
  });

  test("get a version from a day on, with a night and a break; one that begins too early is refused at its field", async () => {
    await using place = await open(`/staff/people/${ids.get("Ana Early")!}`);
    const { page } = place;
    await page.getByRole("button", { name: "New version from …" }).click();
    const sheet = page.getByRole("dialog", { name: "Contract of Ana Early" });
    await focused(sheet.getByLabel("First day"));
    await sheet.getByLabel("First day").fill(day(-500));
    await sheet.getByLabel("Hours", { exact: true }).fill("19:30");
    await sheet.getByRole("button", { name: "Write down" }).click();
    await sheet
      .getByText(/a change begins after all versions there are/)
      .first()
      .waitFor();
    assert.equal(await sheet.getByLabel("First day").getAttribute("aria-invalid"), "true");
    assert.equal((await versions("Ana Early")).length, 1);

    await sheet.getByLabel("First day").fill(day(7));
    const monday = sheet.getByRole("group", { name: "Monday, shift 1" });
    await monday.getByLabel("From").fill("22:00");
    await monday.getByLabel("Until").fill("06:00");
    await monday.getByText("8 h, until the next day").waitFor();
    await monday.getByRole("button", { name: "Add a break" }).click();
    await monday.getByLabel("Minutes").fill("45");
    await sheet.getByRole("button", { name: "Copy this week" }).click();
    await sheet.getByLabel("A day of week 1").waitFor();
    await sheet.getByLabel("Cost of an hour").fill("24.50");
    await settled(page);
    assert.deepEqual(await findings(page), []);
    await sheet.getByRole("button", { name: "Write down" }).click();
    await page.getByText("The contract of Ana Early is written down.").first().waitFor();
    const [, written] = await versions("Ana Early");
    assert.deepEqual(
      [written!.from, written!.nominal.minutes, written!.weeks.length, written!.cost],
      [day(7), 1_170, 2, { minorUnits: 2_450, currency: "EUR" }],
    );
    assert.deepEqual(written!.weeks[0]![0]!.breaks, [{ starts: "02:00", minutes: 45, isPaid: false }]);
    await page.getByText("19 h 30 min a week").waitFor();
    assert.deepEqual(place.complaints, []);
  });

  test("have a year of absences that is walked by keys and said in words", async () => {
    const monday = TODAY.add({ days: 8 - TODAY.dayOfWeek });
    await own.owner("adjustments.create", {
      body: {
        personId: ids.get("Bo Late")!,
        what: { kind: "absence", type: "leave", from: monday.toString(), until: monday.toString() },
      },
    });
    await using place = await open(`/staff/people/${ids.get("Bo Late")!}`);
    const { page } = place;
    if (monday.year > TODAY.year) await page.getByRole("button", { name: "Next year" }).click();
    const grid = page.getByRole("grid", { name: `Absences of Bo Late in ${monday.year}` });
    const cell = grid.getByRole("gridcell", { name: /Leave asked for/ });
    await cell.waitFor();
    assert.equal(await cell.textContent(), "L");
    await cell.focus();
    await page.keyboard.press("Home");
    await focused(
      grid.getByRole("gridcell", { name: new RegExp(` 1 .*${monday.year}`) }).and(page.locator("[tabindex='0']")),
    );
    assert.equal(await grid.locator('[tabindex="0"]').count(), 1);
    await settled(page);
    assert.deepEqual(await findings(page), []);
  });

  test("fit on a phone in the dark, both the list and the page", async () => {
    const context = { viewport: { width: 360, height: 780 }, colorScheme: "dark" };
    for (const path of ["/staff", `/staff/people/${ids.get("Ana Early")!}`]) {
      await using place = await open(path, context);
      const { page } = place;
      await page
        .getByText(/h a week/)
        .first()
        .waitFor();
      await settled(page);
      assert.equal(await page.evaluate("document.documentElement.scrollWidth > innerWidth"), false);
      assert.deepEqual(await findings(page), []);
    }
  });
});
