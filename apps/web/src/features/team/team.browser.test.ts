// Team by keys and by pointer, in a real browser against the server: read, planned in a draft, refused with what would fit, taken back,
// published; one's own page on a phone; both themes by axe; and by keys of a spreadsheet.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Locator, Page } from "playwright-core";
import type { Client } from "@hourwright/client";
import { COORDINATOR, MEMBER, startTestServer, type TestServer } from "../../../../server/src/testing/server.ts";
import { findings } from "../../testing/axe.ts";
import {
  becomes,
  boxOf,
  buildPage,
  closeAll,
  demoAccount,
  eventually,
  focused,
  openPlace,
  settled,
  whyNoBrowser,
} from "../../testing/browser.ts";

const skip = await whyNoBrowser();
const WEEK_DAYS = 7;

describe("the team in Chromium", { skip }, () => {
  let server: TestServer;
  let coordinator: Client;
  /** A Monday some weeks ahead: nobody is on leave that the demo gives by weeks, and no holiday lies in it for long. */
  let monday: Temporal.PlainDate;
  let who: { readonly id: string; readonly name: string };
  before(async () => {
    buildPage();
    server = await startTestServer();
    coordinator = await server.signedIn(COORDINATOR);
    const today = Temporal.Now.plainDateISO("Europe/Prague");
    monday = today.add({ days: WEEK_DAYS + 8 - today.dayOfWeek });
    who = await somebodyAtWork();
  });
  after(async () => {
    await closeAll();
    await server[Symbol.asyncDispose]();
  });

  /** Somebody who works on the five days of the first week shown, and on no day of its end. */
  async function somebodyAtWork(): Promise<{ readonly id: string; readonly name: string }> {
    const query = { from: monday.toString(), to: monday.add({ days: WEEK_DAYS }).toString() };
    const { items, sources } = await coordinator("schedules.list", { query });
    const people = await coordinator("people.list", { query: { limit: 1_000 } });
    for (const { personId, stretches, pending } of items) {
      const days = new Set<number>();
      let isPlain = pending.length === 0;
      for (let index = 0; index < stretches.length; index += 4) {
        const source = sources[stretches[index + 3]!]!;
        isPlain &&= source.layer === "contract";
        days.add(stretches[index]!);
      }
      const name = people.items.find(({ id }) => id === personId)?.name;
      if (isPlain && name !== undefined && [...days].toSorted((one, other) => one - other).join() === "0,1,2,3,4")
        return { id: personId, name };
    }
    throw new Error("nobody works a plain week");
  }

  const path = (query = "") => `/team/${monday.toString()}?weeks=2${query}`;
  const open = (address: string, email = COORDINATOR, context: object = {}) =>
    openPlace({ server, account: demoAccount(email), path: address, context: { locale: "en-GB", ...context } });
  /** The cell of the person on a day after the first. */
  const cell = (page: Page, day: number, name = who.name): Locator =>
    page.getByRole("gridcell", { name: new RegExp(`^${name}, \\w+ ${printed(day)}:`) });
  const printed = (day: number): string =>
    monday.add({ days: day }).toLocaleString("en-GB", { day: "numeric", month: "long" });
  const says = (target: Locator) => target.getAttribute("aria-label");
  /** Nothing moves, and nothing that was just announced is in the page any more. */
  async function quiet(page: Page): Promise<void> {
    await settled(page);
    await becomes(() => page.locator('[role="img"][aria-labelledby]:empty').count(), 0);
  }
  async function goTo(page: Page, target: Locator): Promise<void> {
    const box = await boxOf(target);
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    await focused(target);
  }
  const draftId = async (name: string) =>
    (await coordinator("drafts.list", { query: { states: ["open"] } })).items.find((each) => each.name === name)?.id;
  const itemsOf = async (name: string) => {
    const id = await draftId(name);
    return id === undefined ? [] : (await coordinator("drafts.read", { params: { id } })).items;
  };
  async function begin(page: Page, name: string): Promise<void> {
    await page.getByRole("button", { name: "Published" }).click();
    await page.getByRole("button", { name: "New draft …" }).click();
    const sheet = page.getByRole("dialog", { name: "New draft" });
    await sheet.getByRole("textbox", { name: "Name" }).fill(name);
    await sheet.getByRole("button", { name: "Begin" }).click();
    await page.getByRole("button", { name, exact: true }).waitFor();
    await page.getByRole("region", { name: "The draft" }).waitFor();
  }

  test("is read by keys, and every cell says what it is and why", async () => {
    await using place = await open(path());
    const { page } = place;
    await goTo(page, cell(page, 0));
    assert.match((await says(cell(page, 0))) ?? "", /\d+.*–.*, contract/);
    await page.keyboard.press("ArrowRight");
    await focused(cell(page, 1));
    await page.keyboard.press("Control+ArrowRight");
    await focused(cell(page, 8));
    await page.keyboard.press("Home");
    await focused(cell(page, 0));
    await page.keyboard.press("End");
    await focused(cell(page, 13));
    await page.keyboard.press("Control+ArrowLeft");
    await page.keyboard.press("Shift+Space");
    await eventually(
      () => page.locator('[role="gridcell"][aria-selected="true"]').count(),
      (count) => count === WEEK_DAYS,
    );
    await page.keyboard.press("Home");
    const inspector = page.getByRole("complementary");
    await inspector
      .getByText(/of the contract/)
      .first()
      .waitFor();
    await inspector.getByText(/a week/).waitFor();
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Keys in Team" }).waitFor();
    await page.keyboard.press("Escape");
    await focused(cell(page, 0));
    assert.deepEqual(place.complaints, []);
  });

  for (const colorScheme of ["light", "dark"] as const)
    test(`has nothing that axe objects to: ${colorScheme}`, async () => {
      await using place = await open(path(), COORDINATOR, { colorScheme });
      const { page } = place;
      await cell(page, 0).waitFor();
      await settled(page);
      assert.deepEqual(await findings(page), []);
      await page.getByRole("button", { name: "Published" }).click();
      await page.getByRole("button", { name: "New draft …" }).waitFor();
      await settled(page);
      assert.deepEqual(await findings(page), []);
    });

  test("without a draft offers one instead of changing anything", async () => {
    await using place = await open(path());
    const { page } = place;
    await goTo(page, cell(page, 5));
    await page.keyboard.press("Delete");
    await page.getByRole("dialog", { name: "New draft" }).waitFor();
    await page.keyboard.press("Escape");
    await focused(cell(page, 5));
    await page.keyboard.press("Enter");
    await page.getByRole("dialog", { name: `Ask for a change: ${who.name}` }).waitFor();
  });

  test("is planned in a draft: typed, copied, filled, emptied, undone and done again", async () => {
    await using place = await open(path());
    const { page } = place;
    await cell(page, 0).waitFor();
    await begin(page, "By keys");
    await goTo(page, cell(page, 5));
    await page.keyboard.type("9-13");
    await page.keyboard.press("Tab");
    await eventually(
      () => says(cell(page, 5)),
      (name) => /9–13, not published/.test(name ?? ""),
    );
    await focused(cell(page, 6));
    await becomes(
      async () => (await itemsOf("By keys")).map(({ kind, shift }) => [kind, shift?.starts]),
      [["add", "09:00"]],
    );

    await page.keyboard.press("Enter");
    const field = page.getByRole("textbox", { name: /^Hours of/ });
    await focused(field);
    await field.fill("nine");
    await page.keyboard.press("Enter");
    await page.getByText("Hours look like 7-15 or 7:30-16.").waitFor();
    await page.keyboard.press("Escape");
    await focused(cell(page, 6));

    // A week is copied to the next one; it is one step back.
    await page.keyboard.press("Home");
    await focused(cell(page, 0));
    await page.keyboard.press("Shift+Space");
    await page.keyboard.press("Control+c");
    await page.getByText("7 cells copied").first().waitFor();
    await goTo(page, cell(page, 7));
    await page.keyboard.press("Control+v");
    await eventually(
      () => says(cell(page, 12)),
      (name) => /9–13, not published/.test(name ?? ""),
    );
    await becomes(
      async () => (await itemsOf("By keys")).some(({ day }) => day === monday.add({ days: 12 }).toString()),
      true,
    );
    await page.keyboard.press("Control+z");
    await eventually(
      () => says(cell(page, 12)),
      (name) => /: off/.test(name ?? ""),
    );
    await page.keyboard.press("Control+Shift+z");
    await eventually(
      () => says(cell(page, 12)),
      (name) => /9–13, not published/.test(name ?? ""),
    );
    await page.keyboard.press("Control+z");
    await becomes(async () => (await itemsOf("By keys")).length, 1);

    // To the right, and away again.
    await goTo(page, cell(page, 5));
    await page.keyboard.press("Shift+ArrowRight");
    await page.keyboard.press("Control+r");
    await eventually(
      () => says(cell(page, 6)),
      (name) => /9–13, not published/.test(name ?? ""),
    );
    await page.keyboard.press("Delete");
    await eventually(
      () => says(cell(page, 5)),
      (name) => /: off/.test(name ?? ""),
    );
    await becomes(async () => (await itemsOf("By keys")).length, 0);
    assert.deepEqual(place.complaints, []);
  });

  test("a refused drop says why, keeps the shift in hand, and offers what fits", async () => {
    await using place = await open(path());
    const { page } = place;
    await cell(page, 0).waitFor();
    await begin(page, "By hand");
    await goTo(page, cell(page, 5));
    await page.keyboard.type("21-5");
    await page.keyboard.press("Enter");
    const why = page.getByRole("dialog", { name: "Why not?" });
    await becomes(async () => (await itemsOf("By hand")).length, 1);
    assert.equal(await why.count(), 0);
    // Carried to Sunday, the night would end some hours before Monday's shift.
    const [from, to] = [await boxOf(cell(page, 5)), await boxOf(cell(page, 6))];
    await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
    await page.mouse.down();
    await page.mouse.move(from.x + from.width / 2, from.y + 4, { steps: 4 });
    await page.mouse.move(to.x + to.width / 2, to.y + to.height / 2, { steps: 4 });
    await page.mouse.up();
    await why
      .getByText(/rest between shifts/)
      .first()
      .waitFor();
    await why.getByText("21–5 is still in hand").waitFor();
    await eventually(
      () => says(cell(page, 5)),
      (name) => /21–5, not published/.test(name ?? ""),
    );
    await why.getByRole("button", { name: "Let go" }).click();
    await focused(cell(page, 6));

    // Twenty hours are no shift: refused, and a way that works is taken by keys.
    await goTo(page, cell(page, 9));
    await page.keyboard.type("4-23");
    await page.keyboard.press("Enter");
    await why.waitFor();
    await why
      .getByText(/rule is/)
      .first()
      .waitFor();
    await quiet(page);
    assert.deepEqual(await findings(page), []);
    assert.doesNotMatch((await says(cell(page, 9))) ?? "", /4–23/);
    const ways = await why.getByRole("button").count();
    assert.ok(ways >= 2, "something can be done");
    await page.keyboard.press("Escape");
    await focused(cell(page, 9));
    assert.deepEqual(place.complaints, []);
  });

  test("is published in one act that says who is told what, and taken back", async () => {
    await using place = await open(path());
    const { page } = place;
    await cell(page, 0).waitFor();
    await begin(page, "To publish");
    await goTo(page, cell(page, 5));
    await page.keyboard.type("9-13");
    await page.keyboard.press("Enter");
    await becomes(async () => (await itemsOf("To publish")).length, 1);
    await goTo(page, cell(page, 5));
    await page.keyboard.press("Control+Enter");
    const sheet = page.getByRole("dialog", { name: "Publish “To publish”" });
    await sheet.getByText("1 person is told").waitFor();
    await sheet.getByText("1 new shift").waitFor();
    await quiet(page);
    assert.deepEqual(await findings(page), []);
    await sheet.getByRole("button", { name: "Publish · 1 told" }).click();
    await eventually(
      () => says(cell(page, 5)),
      (name) => /9–13.*adjustment or published/.test(name ?? ""),
    );
    const published = (await coordinator("publications.list", {})).items.find(({ name }) => name === "To publish");
    assert.equal(published?.told, 1);
    await page.getByRole("complementary").getByText("0 of 1 know it").waitFor();
    await page.getByRole("button", { name: "Undo" }).click();
    await eventually(
      () => says(cell(page, 5)),
      (name) => /: off/.test(name ?? ""),
    );
  });

  test("shows what others plan in the draft as it happens", async () => {
    await using place = await open(path());
    const { page } = place;
    await cell(page, 0).waitFor();
    await begin(page, "Together");
    const id = (await draftId("Together"))!;
    const day = monday.add({ days: 6 }).toString();
    const put = { personId: who.id, day, shift: { starts: "10:00", minutes: 240 } };
    await coordinator("drafts.edit", { params: { id }, body: { edits: [{ put }] } });
    await eventually(
      () => says(cell(page, 6)),
      (name) => /10–14, not published/.test(name ?? ""),
    );
  });

  test("what nobody answers is kept, sent once when somebody does, and not lost with the draft that is left", async () => {
    await using place = await open(path());
    const { page } = place;
    await cell(page, 0).waitFor();
    await begin(page, "Cut off");
    const goToDraft = async (from: string, to: RegExp) => {
      await page.getByRole("button", { name: from, exact: true }).click();
      await page.getByRole("dialog", { name: "Draft", exact: true }).getByRole("button", { name: to }).click();
    };

    // The server does it, and its answer is lost.
    await page.route("**/v1/drafts/*/edit", async (route) => {
      await route.fetch();
      await route.abort("connectionfailed");
    });
    await goTo(page, cell(page, 5));
    await page.keyboard.type("9-13");
    await page.keyboard.press("Enter");
    const cutOff = page.getByText("Not saved: nobody answers. It is kept here.");
    await cutOff.waitFor();
    await becomes(async () => (await itemsOf("Cut off")).length, 1);
    await goToDraft("Cut off", /^What is published/);
    await cutOff.waitFor({ state: "hidden" });
    await goToDraft("Published", /^Cut off/);
    await cutOff.waitFor();
    await page.unroute("**/v1/drafts/*/edit");
    await page.getByRole("button", { name: "Try again" }).click();
    await cutOff.waitFor({ state: "hidden" });
    await eventually(
      () => says(cell(page, 5)),
      (name) => /: 9–13[^–]*, not published/.test(name ?? ""),
    );
    assert.equal((await itemsOf("Cut off")).length, 1);
  });

  test("prints everybody with every day at once, light, on A3 across", async () => {
    await using place = await open(path(), COORDINATOR, { colorScheme: "dark" });
    const { page } = place;
    await cell(page, 0).waitFor();
    await settled(page);
    const people = await page.getByRole("row").count();
    // The last to hear of it is the printer: what is not drawn by then is not on paper.
    await page.evaluate(() =>
      addEventListener("beforeprint", () => {
        const drawn = document.querySelectorAll("main caption, main tbody th[scope=row], main tfoot th");
        document.title = [...drawn].map(({ textContent }) => textContent).join("; ");
      }),
    );
    const pdf = (await page.pdf({ preferCSSPageSize: true, printBackground: true })).toString("latin1");
    const [caption, ...rows] = (await page.title()).split("; ");
    assert.match(caption ?? "", /^Larkfield Centre · /);
    assert.equal(rows.length + 1, people, "and the row of days");
    assert.ok(rows.includes(who.name));
    const [, width, height] = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(pdf)!;
    assert.deepEqual([Number(width), Number(height)].map(Math.round), [1191, 842], "A3 on its side, in points");
    assert.equal([...pdf.matchAll(/\/Type\s*\/Page\b/g)].length, 1);
    await page.emulateMedia({ media: "print" });
    await becomes(() => page.getByRole("button").filter({ visible: true }).count(), 0);
    assert.deepEqual(place.complaints, []);
  });

  test("prints one's own weeks on paper that stands, without what can be pressed", async () => {
    await using place = await open("/team?view=own", MEMBER);
    const { page } = place;
    await page.getByRole("heading", { name: "My work" }).waitFor();
    await page.getByRole("button", { name: "Ask for leave …" }).waitFor();
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
    const [, width, height] = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(pdf)!;
    assert.deepEqual([Number(width), Number(height)].map(Math.round), [595, 842], "A4, in points");
    await page.emulateMedia({ media: "print" });
    await page.getByRole("heading", { name: "My work · Priya Nair" }).waitFor();
    await becomes(() => page.getByRole("button").filter({ visible: true }).count(), 0);
    assert.deepEqual(place.complaints, []);
  });

  test("is filtered by name, and says when nobody fits", async () => {
    await using place = await open(path());
    const { page } = place;
    await cell(page, 0).waitFor();
    await page.getByRole("searchbox", { name: "Find somebody" }).fill(who.name);
    await eventually(
      () => page.getByRole("gridcell", { name: new RegExp(`, \\w+ ${printed(0)}:`) }).count(),
      (count) => count === 2,
    );
    await page.getByRole("searchbox", { name: "Find somebody" }).fill("nobody at all");
    await page.getByText("Nobody fits.").waitFor();
    await page.getByRole("button", { name: "Show everybody" }).click();
    await cell(page, 0).waitFor();
  });

  test("on a phone begins with one's own weeks, in German and in the dark as well", async () => {
    const phone = { viewport: { width: 360, height: 780 }, colorScheme: "dark", locale: "de-DE" };
    await using place = await open("/team", MEMBER, phone);
    const { page } = place;
    await page.getByRole("heading", { name: "Meine Arbeit" }).waitFor();
    await page.getByRole("button", { name: "Urlaub anfragen …" }).waitFor();
    await page.getByRole("button", { name: "Adresse anlegen" }).click();
    await page.getByRole("textbox", { name: "Private Adresse" }).waitFor();
    await quiet(page);
    assert.deepEqual(await findings(page), []);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
    assert.equal(wide, false, "nothing is wider than the phone");
    await page.getByRole("button", { name: "Das ganze Team" }).click();
    await page.getByRole("grid").waitFor();
    assert.deepEqual(place.complaints, []);
  });
});
