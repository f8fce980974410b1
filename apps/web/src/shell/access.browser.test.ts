// Everything that can be operated has a name, and dialogs keep the focus and give it back.
import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import type { Locator, Page } from "playwright-core";
import { closeAll, eventually, focused, openPlace, thisYear, whyNoBrowser } from "../testing/browser.ts";

const skip = await whyNoBrowser();
const TABS = 40; // More than any dialog has controls.

const CONTROLS = new Set(
  "button checkbox combobox gridcell link menuitem option radio searchbox slider spinbutton switch tab textbox".split(
    " ",
  ),
);

type AxNode = {
  readonly ignored: boolean;
  readonly role?: { readonly value: string };
  readonly name?: { readonly value: string };
  readonly backendDOMNodeId?: number;
};

/** The controls that Chromium's accessibility tree knows no name of, by their role and place in it. */
async function nameless(page: Page): Promise<string[]> {
  const session = await page.context().newCDPSession(page);
  try {
    const { nodes } = (await session.send("Accessibility.getFullAXTree")) as { nodes: AxNode[] };
    const controls = nodes.filter(({ ignored, role }) => !ignored && role !== undefined && CONTROLS.has(role.value));
    assert.ok(controls.length > 2, `only ${controls.length} controls: is this the page?`);
    return controls.filter(({ name }) => (name?.value ?? "").trim() === "").map(({ role }) => role!.value);
  } finally {
    await session.detach();
  }
}

/** Walks forwards and backwards: the focus never leaves what is open. */
async function assertTrap(page: Page, dialog: Locator): Promise<void> {
  const isInside = () => dialog.evaluate((node) => node.contains(document.activeElement));
  for (const key of ["Tab", "Shift+Tab"])
    for (let press = 0; press < TABS; press++) {
      await page.keyboard.press(key);
      assert.ok(await isInside(), `${key} number ${press + 1} leaves the dialog`);
    }
}

const focusedName = (page: Page) => page.evaluate(() => document.activeElement?.ariaLabel ?? "");

describe("in Chromium, every control has a name", { skip }, () => {
  after(closeAll);

  test("at the door", async () => {
    await using place = await openPlace({ account: null });
    await place.page.getByLabel("Password").waitFor();
    assert.deepEqual(await nameless(place.page), []);
  });

  for (const viewport of [
    { width: 1440, height: 900 },
    { width: 390, height: 844 },
  ])
    test(`in every place and all that opens over it, ${viewport.width} px wide`, async () => {
      await using place = await openPlace({ context: { viewport } });
      const { page } = place;
      assert.deepEqual(await nameless(page), [], "year");
      await page.keyboard.press("x");
      await page
        .getByTestId("explanation")
        .or(page.getByRole("button", { name: "Apply" }))
        .first()
        .waitFor();
      assert.deepEqual(await nameless(page), [], "a conflict");
      await page.keyboard.press("Shift+C");
      await page.locator("[data-conflict]").first().waitFor();
      assert.deepEqual(await nameless(page), [], "list of conflicts");
      await page.keyboard.press("y");
      for (const [button, role] of [
        [/Whose time is shown/, "dialog"],
        ["Account and appearance", "dialog"],
        ["New", "dialog"],
      ] as const) {
        await page.getByRole("banner").getByRole("button", { name: button }).click();
        await focused(page.getByRole(role));
        assert.deepEqual(await nameless(page), [], String(button));
        await page.keyboard.press("Escape");
        await page.getByRole(role).waitFor({ state: "detached" });
      }
      assert.deepEqual(place.complaints, []);
    });
});

describe("in Chromium, a dialog keeps the focus and gives it back", { skip }, () => {
  after(closeAll);

  const OPENED = [
    { key: "n", name: "New: what, when, with whom" },
    { key: "?", name: "Keys" },
  ] as const;
  for (const { key, name } of OPENED)
    test(`${name}, opened with a key from the grid`, async () => {
      await using place = await openPlace({ path: `/year/${thisYear()}?on=${thisYear()}-03-25` });
      const { page } = place;
      await page.locator('[role="gridcell"][tabindex="0"]').focus();
      await eventually(
        () => focusedName(page),
        (name) => /25 March/.test(name), // Its load may still come: the name grows.
      );
      const before = await page.evaluate(() => (document.activeElement as HTMLElement).dataset["day"]);
      await page.keyboard.press(key);
      const dialog = page.getByRole("dialog", { name });
      await focused(dialog);
      await assertTrap(page, dialog);
      await page.keyboard.press("Escape");
      await dialog.waitFor({ state: "detached" });
      // The focus comes back a frame after the dialog has gone.
      await page.waitForFunction((day) => (document.activeElement as HTMLElement).dataset["day"] === day, before);
    });

  test("Import, opened from its button", async () => {
    await using place = await openPlace();
    const { page } = place;
    const button = page.getByRole("banner").getByRole("button", { name: "Import .ics files" });
    await button.focus();
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog", { name: "Import calendars" });
    await focused(dialog);
    assert.deepEqual(await nameless(page), []);
    await assertTrap(page, dialog);
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    await page.waitForFunction((node) => node === document.activeElement, await button.elementHandle());
  });
});
