// Shifts that change hands, in a real browser against the server: cover for who is away, open shifts, and swaps.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Client } from "@hourwright/client";
import { COORDINATOR, MEMBER, startTestServer, type TestServer } from "../../../../server/src/testing/server.ts";
import { findings } from "../../testing/axe.ts";
import { becomes, buildPage, closeAll, demoAccount, openPlace, settled, whyNoBrowser } from "../../testing/browser.ts";

const skip = await whyNoBrowser();
const EARLY = { name: "early shift", starts: "07:00", minutes: 480 };
const PHONE = { width: 390, height: 844 };

describe("shifts that change hands, in Chromium", { skip }, () => {
  let server: TestServer;
  let coordinator: Client;
  let member: Client;
  let me: { readonly id: string; readonly name: string };
  let monday: Temporal.PlainDate;
  const day = (later: number) => monday.add({ days: later }).toString();
  const printed = (later: number) =>
    monday.add({ days: later }).toLocaleString("en-GB", { day: "numeric", month: "long" });
  before(async () => {
    buildPage();
    server = await startTestServer();
    coordinator = await server.signedIn(COORDINATOR);
    member = await server.signedIn(MEMBER);
    const { personId, name } = await member("me.read", {});
    me = { id: personId, name };
    const today = Temporal.Now.plainDateISO("Europe/Prague");
    monday = today.add({ days: 15 - today.dayOfWeek });
    await contract(me.id, []);
  });
  after(async () => {
    await closeAll();
    await server[Symbol.asyncDispose]();
  });

  /** From some weeks before the days that are looked at, in place of what stood. */
  async function contract(personId: string, weekdays: readonly number[]): Promise<void> {
    const weeks = [weekdays.map((weekday) => ({ weekday, ...EARLY }))];
    const nominal = { minutes: 2_400, per: "week" as const };
    await coordinator("contracts.create", { body: { personId, from: day(-7), nominal, weeks, anchor: day(0) } });
  }
  async function hired(name: string, weekdays: readonly number[]): Promise<{ id: string; name: string }> {
    const { id } = await coordinator("people.create", { body: { name } });
    await contract(id, weekdays);
    return { id, name };
  }
  const open = (email: string, query = "", context: object = {}) =>
    openPlace({
      server,
      account: demoAccount(email),
      path: `/team/${day(0)}?weeks=1${query}`,
      context: { locale: "en-GB", ...context },
    });

  test("cover is found for who is away, asked for, and given by who says yes", async () => {
    const ill = await hired("Ill Ida", [1, 2, 3, 4, 5]);
    const other = await hired("Other Otto", []);
    const what = { kind: "absence" as const, type: "sick" as const, from: day(0), until: day(0) };
    const { id } = await coordinator("adjustments.create", { body: { personId: ill.id, what } });
    await coordinator("adjustments.approve", { params: { id }, body: {} });
    await using place = await open(COORDINATOR, `&name=Ill`);
    const { page } = place;
    await page.getByRole("gridcell", { name: new RegExp(`^Ill Ida, \\w+ ${printed(0)}:`) }).click();
    await page.getByRole("button", { name: "Find cover …" }).click();
    const sheet = page.getByRole("dialog", { name: /^Cover for Ill Ida/ });
    const otto = sheet.getByRole("listitem").filter({ hasText: other.name });
    await otto.getByText("No shift on that day.").waitFor();
    assert.deepEqual(await findings(page), []);
    // Everybody but two is taken out.
    for (const box of await sheet.getByRole("checkbox", { checked: true }).all()) {
      const name = (await box.locator("xpath=ancestor::label").textContent()) ?? "";
      if (!name.includes(other.name) && !name.includes(me.name)) await box.locator("xpath=ancestor::label").click();
    }
    await sheet.getByLabel("How").selectOption({ label: "All at once: the first yes has it" });
    await sheet.getByLabel("A word to it").fill("The pool opens at eight");
    await sheet.getByRole("button", { name: "Ask 2 people" }).click();
    const running = page.getByRole("region", { name: "Cover", exact: true });
    await running.getByText(`${other.name}: asked`).waitFor();
    await using theirs = await open(MEMBER, "", { viewport: PHONE });
    await theirs.page.getByText("The pool opens at eight").waitFor();
    await settled(theirs.page);
    await becomes(() => theirs.page.locator('[role="img"][aria-labelledby]:empty').count(), 0);
    assert.deepEqual(await findings(theirs.page), []);
    await theirs.page.getByRole("button", { name: /^Yes: Can you work for Ill Ida/ }).click();
    await theirs.page.getByText("You work it").first().waitFor();
    await running.getByText(`${me.name} works it`).waitFor();
    const query = { from: day(0), to: day(1) };
    const { stretches } = await coordinator("schedules.read", { params: { personId: me.id }, query });
    assert.ok(stretches.some(({ what: is }) => is === "cover"));
  });

  test("an open shift is bid on, taken back, bid on again, and given away", async () => {
    await coordinator("openShifts.create", { body: { day: day(1), shift: { ...EARLY, name: "swimming gala" } } });
    await using theirs = await open(MEMBER, "", { viewport: PHONE });
    const offers = theirs.page.getByRole("region", { name: "Open shifts" });
    await offers.getByRole("button", { name: /^I would work .*gala/ }).click();
    await offers.getByRole("button", { name: /^Take it back: .*gala/ }).click();
    await offers.getByRole("button", { name: /^I would work .*gala/ }).click();
    await offers.getByText("You have bid").waitFor();
    await using place = await open(COORDINATOR);
    const { page } = place;
    await page.getByRole("gridcell", { name: new RegExp(`^Open shifts, \\w+ ${printed(1)}:`) }).click();
    const card = page.getByRole("region", { name: "Selected" });
    await card.getByRole("button", { name: `Give it to ${me.name}` }).click();
    await page.getByText(`${me.name} has the shift.`).first().waitFor();
    await offers.getByText("yours").waitFor();
  });

  test("one's own shift is swapped for that of somebody else, who is asked first", async () => {
    const other = await hired("Swap Sami", [4]);
    await contract(me.id, [3]).catch(() => null);
    await coordinator("adjustments.create", {
      body: { personId: me.id, what: { kind: "extra", day: day(2), shift: EARLY } },
    }).then(({ id }) => coordinator("adjustments.approve", { params: { id }, body: {} }));
    await using theirs = await open(MEMBER, "&view=own", { viewport: PHONE });
    const { page } = theirs;
    // This week and the next are shown first.
    await page.getByRole("button", { name: "Later" }).click();
    await page
      .getByRole("button", { name: /^Swap .*7–15$/ })
      .last()
      .click();
    const sheet = page.getByRole("dialog", { name: /^Swap / });
    const choice = sheet.getByLabel("With whom");
    await choice.waitFor();
    const label = (await choice.getByRole("option").allTextContents()).find((text) => text.startsWith(other.name));
    assert.ok(label !== undefined, "who has a shift of theirs on another day is offered");
    await choice.selectOption({ label });
    await sheet.getByRole("button", { name: "Ask", exact: true }).click();
    const mine = page.getByRole("region", { name: "My swaps" });
    await mine.getByText("waits for an answer").waitFor();
    await mine.getByRole("button", { name: /^Withdraw the swap/ }).click();
    await mine.getByText("withdrawn").waitFor();
  });
});
