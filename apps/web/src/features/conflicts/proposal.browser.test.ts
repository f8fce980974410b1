// Several repairs as one, and conflicts that are kept, on the page: by keys, by pointer, in a second window.
import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import type { Page } from "playwright-core";
import type { Answer } from "@hourwright/client";
import {
  addressOf,
  becomes,
  closeAll,
  eventually,
  focused,
  openPlace,
  thisYear,
  whyNoBrowser,
} from "../../testing/browser.ts";

const skip = await whyNoBrowser();
/** Of this year nearly all may be over. */
const path = `/conflicts/${thisYear() + 1}`;

type Listed = { id: string; kept: { by: string; note: string | null } | null; subjects: string[] };

/** The conflicts of the next year as the API gives them. */
async function conflictsOf(page: Page): Promise<Listed[]> {
  return page.evaluate(async (year) => {
    const query = `start=${year}-01-01&end=${year + 1}-01-01&includeConflicts=true`;
    return ((await (await fetch(`/v1/calendar/events?${query}`)).json()) as { conflicts: Listed[] }).conflicts;
  }, thisYear() + 1);
}

const countingOf = async (page: Page): Promise<string[]> =>
  (await conflictsOf(page)).filter(({ kept }) => kept === null).map(({ id }) => id);

const post = (page: Page, address: string, body: object): Promise<unknown> =>
  page.evaluate(
    async ([to, text]) => {
      const headers = { "content-type": "application/json" };
      const answer = await fetch(to!, { method: "POST", headers, body: text! });
      if (!answer.ok) throw new Error(await answer.text());
      return answer.json();
    },
    [address, JSON.stringify(body)],
  );

/** Looks at the next conflict and waits for its repairs; answers its id. */
async function next(page: Page): Promise<string> {
  const named = async () => (await addressOf(page)).searchParams.get("conflict");
  const before = await named();
  await page.keyboard.press("x");
  const id = await eventually(named, (now) => now !== null && now !== before);
  await page.getByRole("radiogroup", { name: /Repairs/ }).waitFor();
  return id!;
}

/** "+1 h 30 min" as it is printed, and "0 min". */
function minutesOf(printed: string): number {
  const [, sign, hours = "0", minutes = "0"] = /^([+−]?)(?:(\d+) h)? ?(?:(\d+) min)?$/.exec(printed) ?? [];
  return (sign === "−" ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

const tab = (page: Page, name: RegExp) =>
  page.getByRole("group", { name: "Conflicts to show" }).getByRole("button", { name });
const isPressed = async (page: Page, name: RegExp) => (await tab(page, name).getAttribute("aria-pressed")) === "true";

describe("a proposal in Chromium", { skip }, () => {
  after(closeAll);

  test("is put together, applied and undone as one step with the keyboard alone", async () => {
    await using place = await openPlace({ path });
    const { page } = place;
    const before = await countingOf(page);
    const wanted: string[] = [];
    for (let i = 0; i < 3; i++) {
      wanted.push(await next(page));
      await page.keyboard.press("Space");
      await page.getByRole("heading", { name: `Proposal with ${i + 1} repair${i === 0 ? "" : "s"}` }).waitFor();
    }
    await page.keyboard.press("Space"); // Out again, and in again.
    await page.getByRole("heading", { name: "Proposal with 2 repairs" }).waitFor();
    await page.keyboard.press("Space");
    const panel = page.getByRole("region", { name: "Proposal" });
    await panel.getByText("checked again").waitFor();
    const sum = await eventually(
      async () => (await panel.getByText(`${before.length}`, { exact: true }).locator("..").innerText()).split("\n"),
      ([, left]) => left === `${before.length - 3}`, // What was found with two repairs stands until three are checked.
    );
    assert.deepEqual(sum, [`${before.length}`, `${before.length - 3}`]);
    assert.deepEqual(await countingOf(page), before, "nothing moves until it is applied");

    await page.keyboard.press("Control+Enter");
    await page
      .getByText(/^Applied 3 repairs\./)
      .first()
      .waitFor();
    await becomes(
      () => countingOf(page),
      before.filter((id) => !wanted.includes(id)),
    );
    await panel.waitFor({ state: "detached" });

    await tab(page, /Resolved/).click();
    const undoAll = page.getByRole("button", { name: /^Undo the repair of .* and / });
    await undoAll.first().waitFor();
    await becomes(() => undoAll.count(), 3);
    await page.keyboard.press("Control+z");
    await page.getByText("Undone: Applied 3 repairs.").first().waitFor();
    await becomes(() => countingOf(page), before);
    await page.getByText("Nothing was put right by repairs yet.").waitFor();
    assert.deepEqual(place.complaints, []);
  });

  test("says what it does to full days and focus time, in sum and row by row, as the API does", async () => {
    await using place = await openPlace({ path });
    const { page } = place;
    const answered = page.waitForResponse((answer) => answer.url().endsWith("/v1/proposals/check"));
    await next(page);
    await page.keyboard.press("Space");
    const { effect, repairs } = (await (await answered).json()) as Answer<"proposals.check">;
    assert.ok(effect !== null, "somebody's working time is known");
    const panel = page.getByRole("region", { name: "Proposal" });
    await panel.getByText("checked again").waitFor();
    const row = async (name: string) =>
      (await panel.getByText(name, { exact: true }).locator("..").locator("dd").innerText()).replaceAll(/\s+/g, " ");
    const { before, after, overFrom } = effect;
    await becomes(() => row(`Days over ${Math.round(overFrom * 100)}%`), `${before.overDays} ${after.overDays}`);
    const minutes = after.focusMinutes - before.focusMinutes;
    await becomes(async () => minutesOf(await row("Focus time")), minutes);
    const change = repairs[0]!.effect!;
    assert.equal(change.focusMinutes, minutes);
    const said = await panel.locator("tbody tr td").nth(3).innerText();
    if (change.focusMinutes === 0 && change.overDays === 0) assert.equal(said, "none");
    else assert.match(said, change.focusMinutes === 0 ? /limit$/ : / focus/);
    await panel.getByRole("button", { name: "Discard" }).click();
    assert.deepEqual(place.complaints, []);
  });

  test("says which time went meanwhile and what comes instead, and goes along to the Year and back", async () => {
    await using place = await openPlace({ path });
    const { page } = place;
    const own = (await conflictsOf(page)).find(({ subjects }) => subjects.includes("Mara Okafor"))!;
    const row = page.locator(`[data-conflict="${own.id}"]`);
    await row.focus();
    await page.keyboard.press("Space");
    const panel = page.getByRole("region", { name: "Proposal" });
    await panel.getByText("checked again").waitFor();
    const { suggestions } = (await post(page, "/v1/ai/suggest-repairs", { conflictId: own.id })) as {
      suggestions: { moves: { start: string; end: string }[] }[];
    };
    const { start, end } = suggestions[0]!.moves[0]!;
    await post(page, "/v1/calendar/events", { title: "Taken now", start, end, preventConflicts: false });
    await panel.getByText(`${start.slice(11, 16)} went, now`).waitFor();

    await page.keyboard.press("p");
    await page.waitForURL(/\/year\//);
    await page.getByText("Your proposal: 1 repair").waitFor();
    await page.keyboard.press("Shift+C");
    await panel.getByText(/went, now/).waitFor();
    await panel.getByRole("button", { name: "Apply 1 repair" }).click();
    await page
      .getByText(/^(Moved|Ended|Started) “.*\.$/)
      .first()
      .waitFor();
    await becomes(async () => (await countingOf(page)).includes(own.id), false);
    await page.keyboard.press("Control+z");
    await page
      .getByText(/^Undone: /)
      .first()
      .waitFor();
    await becomes(async () => (await countingOf(page)).includes(own.id), true);
    assert.deepEqual(place.complaints, []);
  });

  test("holds what is ticked alone, and is emptied at once", async () => {
    await using place = await openPlace({ path });
    const { page } = place;
    await page.getByRole("button", { name: "Propose repairs" }).click();
    const panel = page.getByRole("region", { name: "Proposal" });
    await page.getByRole("button", { name: "Propose repairs", disabled: false }).waitFor();
    const { length } = await countingOf(page);
    await panel.getByRole("heading", { name: `Proposal with ${length} repairs` }).waitFor();
    await panel.getByRole("button", { name: "Discard" }).click();
    await panel.waitFor({ state: "detached" });
    const ticks = page.getByRole("checkbox", { name: /in the proposal$/, checked: true });
    await becomes(() => ticks.count(), 0);

    await next(page);
    await page.keyboard.press("Space");
    const last = page.locator("[data-conflict]").last();
    await last.focus();
    await page.keyboard.press("Space");
    await panel.getByRole("button", { name: "Apply 2 repairs" }).waitFor();
    await becomes(() => ticks.count(), 2);
    await panel.locator("tbody label").first().click();
    await panel.getByRole("button", { name: "Apply 1 repair" }).click();
    await page
      .getByText(/^(Moved|Ended|Started) “.*\.$/)
      .first()
      .waitFor();
    await becomes(async () => (await countingOf(page)).length, length - 1);
    await panel.getByRole("heading", { name: "Proposal with 1 repair" }).waitFor();
    await page.keyboard.press("Control+z");
    await page
      .getByText(/^Undone: /)
      .first()
      .waitFor();
    assert.deepEqual(place.complaints, []);
  });
});

describe("keeping both in Chromium", { skip }, () => {
  after(closeAll);

  test("takes a conflict out of every count, says who and why, is undone, and seen in another window", async () => {
    await using place = await openPlace({ path });
    const { page } = place;
    await using other = await openPlace({ path });
    const { length } = await countingOf(page);
    await tab(other.page, new RegExp(`^To resolve ${length}$`)).waitFor();
    const id = await next(page);
    await page.keyboard.press("0");
    const field = page.getByRole("textbox", { name: "Why both stay as they are" });
    await focused(field);
    await page.keyboard.type("Half of the hall each");
    await page.keyboard.press("Enter");
    await page.getByText("Kept both.").first().waitFor();
    await tab(page, new RegExp(`^To resolve ${length - 1}$`)).waitFor();
    await tab(other.page, new RegExp(`^To resolve ${length - 1}$`)).waitFor();
    assert.deepEqual(
      (await conflictsOf(page)).filter(({ kept }) => kept !== null).map(({ id, kept }) => [id, kept!.note]),
      [[id, "Half of the hall each"]],
    );
    await tab(page, /^Kept 1$/).click();
    await becomes(() => isPressed(page, /^Kept 1$/), true);
    await page.getByText(/^Mara Okafor, .*“Half of the hall each”$/).waitFor();

    await page.keyboard.press("Control+z");
    await page.getByText("Undone: Kept both.").first().waitFor();
    await tab(page, new RegExp(`^To resolve ${length}$`)).waitFor();
    await page.keyboard.press("Control+Shift+Z");
    await page.getByRole("button", { name: /count again$/ }).click();
    await page.getByText("Let a conflict count again.").first().waitFor();
    await tab(page, /^Kept 0$/).waitFor();
    await becomes(async () => (await countingOf(page)).length, length);
    assert.deepEqual([place.complaints, other.complaints], [[], []]);
  });
});
