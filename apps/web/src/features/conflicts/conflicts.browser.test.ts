import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import type { Page } from "playwright-core";
import {
  addressOf,
  becomes,
  closeAll,
  demoAccount,
  eventually,
  focused,
  openPlace,
  thisYear,
  whyNoBrowser,
} from "../../testing/browser.ts";

const skip = await whyNoBrowser();

describe("conflicts in Chromium", { skip }, () => {
  after(closeAll);

  test("are found, explained, repaired, undone and done again with the keyboard alone", async () => {
    await using place = await openPlace({ path: `/year/${nextYear()}` });
    const { page } = place;
    await page.keyboard.press("x");
    const id = await conflictOf(page);
    const explanation = page.getByTestId("explanation");
    assert.match(await explanation.innerText(), /\w+ .*\d/, "who, what and when in one sentence");
    const repairs = page.getByRole("radiogroup", { name: /Repairs/ }).getByRole("radio");
    await repairs.first().waitFor();
    await becomes(() => repairs.first().isChecked(), true);
    if ((await repairs.count()) > 1) {
      await page.keyboard.press("2");
      await becomes(() => repairs.nth(1).isChecked(), true);
      await page.keyboard.press("1");
    }
    const before = await conflictsInApi(page);
    assert.ok(before.includes(id));

    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: /Undo/ }).waitFor();
    await page.waitForFunction(() => !new URL(location.href).searchParams.has("conflict"));
    assert.ok(!(await conflictsInApi(page)).includes(id), "the repair removes the conflict");

    await page.keyboard.press("Control+z");
    await page
      .getByText(/^Undone: /)
      .first()
      .waitFor();
    await becomes(() => conflictsInApi(page), before);

    await page.keyboard.press("Control+Shift+Z");
    await page
      .getByText(/^Redone: /)
      .first()
      .waitFor();
    assert.ok(!(await conflictsInApi(page)).includes(id));

    await page.keyboard.press("Control+z");
    await page
      .getByText(/^Undone: /)
      .first()
      .waitFor();
    assert.deepEqual(place.complaints, []);
  });

  test("are walked forwards and backwards, and each is named to those who listen", async () => {
    await using place = await openPlace({ path: `/year/${nextYear()}` });
    const { page } = place;
    await page.keyboard.press("x");
    const first = await conflictOf(page);
    await page.keyboard.press("x");
    await conflictOf(page, (id) => id !== first);
    const { length } = await conflictsInApi(page);
    await page.getByText(new RegExp(`^2 of ${length}`)).waitFor();
    await page.keyboard.press("Shift+X");
    await conflictOf(page, (id) => id === first);
    await eventually(
      async () => ({
        announced: await page.locator("output[aria-live]").allInnerTexts(),
        explanation: await page.getByTestId("explanation").innerText(),
      }),
      ({ announced, explanation }) => announced.some((text) => text.includes(explanation)),
    );
    await page.keyboard.press("Escape");
    await becomes(async () => (await addressOf(page)).searchParams.get("conflict"), null);
  });

  test("are repaired with the pointer, and undone from the bar", async () => {
    await using place = await openPlace({ path: `/conflicts/${nextYear()}` });
    const { page } = place;
    const rows = page.locator("[data-conflict]");
    await rows.first().waitFor();
    const count = await rows.count();
    await rows.first().click();
    await page.getByRole("button", { name: "Apply" }).click();
    await page.getByRole("button", { name: /Undo/ }).waitFor();
    await page.getByRole("button", { name: /Undo/ }).hover(); // The bar stays as long as the pointer is on it.
    await page.waitForFunction((before) => document.querySelectorAll("[data-conflict]").length < before, count);
    await page.getByRole("button", { name: /Undo/ }).click();
    await page.waitForFunction((before) => document.querySelectorAll("[data-conflict]").length === before, count);
    assert.deepEqual(place.complaints, []);
  });

  test("are a list one key away, filtered by kind and strength, and Escape leads back", async () => {
    await using place = await openPlace({ path: `/year/${nextYear()}` });
    const { page } = place;
    await page.keyboard.press("Shift+C");
    await page.waitForURL(/\/conflicts\//);
    const rows = page.locator("[data-conflict]");
    await rows.first().waitFor();
    const shown = await rows.count();
    const chip = page.getByRole("button", { name: /^Must fix \d+$/ });
    await chip.click();
    await eventually(
      () => rows.count(),
      (count) => count < shown,
    );
    await chip.click();
    await becomes(() => rows.count(), shown);
    await rows.first().focus();
    await page.keyboard.press("ArrowDown");
    await focused(rows.nth(1));
    await page.locator("body").press("Escape");
    await page.waitForURL(/\/year\//);
  });

  test("say what their best repair does, once they are in sight", async () => {
    await using place = await openPlace({ path: `/conflicts/${nextYear()}` });
    const { page } = place;
    const first = page.locator("[data-conflict]").first();
    await first.waitFor();
    const known = first.getByTestId("repair").filter({ hasNotText: "…" });
    await known.waitFor();
    await first.click();
    const offered = page.getByRole("radiogroup", { name: /Repairs/ }).getByRole("radio");
    await page.getByText(/^Repairs, each|^No repair was found/).waitFor();
    const what = await known.innerText();
    if (what === "") await becomes(() => offered.count(), 0);
    else
      await eventually(
        () => page.getByRole("radiogroup").innerText(),
        (offers) => offers.startsWith(what),
      );
    assert.deepEqual(place.complaints, []);
  });

  test("are counted for a member as far as they are the member's to resolve; of others is said whom to ask", async () => {
    const account = demoAccount("member@larkfield.example");
    await using place = await openPlace({ path: `/conflicts/${nextYear()}`, account });
    const { page } = place;
    const rows = page.locator("[data-conflict]");
    await rows.first().waitFor();
    const expected = await conflictsOfMember(page);
    assert.ok(expected.mine.length > 0 && expected.others.length > 0);
    const idsOf = async () => (await rows.evaluateAll((all) => all.map((row) => row.dataset["conflict"]!))).sort();
    await becomes(idsOf, expected.mine);
    await page.getByRole("button", { name: `Of others ${expected.others.length}` }).click();
    await becomes(idsOf, [...expected.mine, ...expected.others].sort());
    await page.locator(`[data-conflict="${expected.others[0]}"]`).click();
    await page.getByText(/^You may not move either of these; ask .*an administrator\.$/).waitFor();
    await becomes(() => page.getByRole("button", { name: "Apply" }).count(), 0);
    assert.deepEqual(place.complaints, []);
  });
});

/** The conflict that the address names, once it names one like that. */
async function conflictOf(page: Page, isWanted: (id: string) => boolean = () => true): Promise<string> {
  const named = async () => (await addressOf(page)).searchParams.get("conflict");
  return (await eventually(named, (id) => id !== null && isWanted(id)))!;
}

/** Of this year nearly all may be over. */
const nextYear = (): number => thisYear() + 1;

/** The conflicts of the next year, of which none is over, as the API gives them. */
function conflictsInApi(page: Page): Promise<string[]> {
  return page.evaluate(async (year) => {
    const query = `start=${year}-01-01&end=${year + 1}-01-01&includeConflicts=true`;
    const answer = (await (await fetch(`/v1/calendar/events?${query}`)).json()) as { conflicts: { id: string }[] };
    return answer.conflicts.map(({ id }) => id).sort();
  }, nextYear());
}

/** The member's conflicts, as the API gives them: of their own time or of events they may move, and all others. */
function conflictsOfMember(page: Page): Promise<{ mine: string[]; others: string[] }> {
  return page.evaluate(async (year) => {
    type Listed = { id: string; subjectIds: string[]; events: { calendarId: string }[] };
    const read = async (address: string) => (await (await fetch(address)).json()) as unknown;
    const query = `start=${year}-01-01&end=${year + 1}-01-01&includeConflicts=true`;
    const { conflicts } = (await read(`/v1/calendar/events?${query}`)) as { conflicts: Listed[] };
    const { items } = (await read("/v1/calendars?limit=1000")) as { items: { id: string; access: string }[] };
    const { me } = (await read("/v1/session")) as { me: { personId: string } };
    const writable = new Set(items.filter(({ access }) => access === "write" || access === "own").map(({ id }) => id));
    const isMine = ({ subjectIds, events }: Listed) =>
      subjectIds.includes(me.personId) || events.some(({ calendarId }) => writable.has(calendarId));
    const idsOf = (list: readonly Listed[]) => list.map(({ id }) => id).sort();
    return { mine: idsOf(conflicts.filter(isMine)), others: idsOf(conflicts.filter((one) => !isMine(one))) };
  }, nextYear());
}
