import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, describe, test } from "node:test";
import type { Page } from "playwright-core";
import { closeAll, openPlace, thisYear, whyNoBrowser } from "../testing/browser.ts";

const skip = await whyNoBrowser();
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

type Finding = { readonly id: string; readonly nodes: readonly { readonly html: string; readonly target: unknown }[] };
declare global {
  interface Window {
    axe: { run: (root: Document, options: object) => Promise<{ violations: Finding[] }> };
  }
}

/** What axe finds wrong on the page as it stands, rule by rule with the elements. */
async function findings(page: Page, isDark: boolean): Promise<string[]> {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe);
  await page.waitForTimeout(SETTLE_MS); // What fades in has half its colour before.
  // The day by minutes names its cells and blocks in whole sentences, as Week does: the words in them are for the eye.
  const all = { rules: { "label-content-name-mismatch": { enabled: false } } };
  const colours = { runOnly: ["color-contrast"] }; // All else is the same in both themes.
  const found = await page.evaluate((options) => window.axe.run(document, options), {
    resultTypes: ["violations"],
    ...(isDark ? colours : all),
  });
  return found.violations.flatMap(({ id, nodes }) =>
    nodes.slice(0, NODES_TOLD).map(({ html }) => `${id}: ${html.slice(0, 200)}`),
  );
}

const SETTLE_MS = 400;
const NODES_TOLD = 5;

/** Every place with what opens over it: how to get there, and how it is left. */
const STATES: readonly (readonly [name: string, open: (page: Page) => Promise<unknown>])[] = [
  ["the year", async () => null],
  ["a day's card", (page) => page.mouse.move(700, 400)],
  ["a conflict", (page) => page.keyboard.press("x")],
  ["density", (page) => page.keyboard.press("-")],
  ["a month through the lens", (page) => page.keyboard.press("+").then(() => page.keyboard.press("+"))],
  ["whose time is shown", (page) => page.getByRole("button", { name: /Whose time is shown/ }).click()],
  ["the account", (page) => page.getByRole("button", { name: "Account and appearance" }).click()],
  ["all keys", (page) => page.keyboard.press("?")],
  ["the command field", (page) => page.keyboard.press("Control+k")],
  [
    "a plan in words",
    async (page) => {
      await page.keyboard.press("n");
      await page.getByRole("combobox").fill("lunch with Ines next Fri 12 30m");
    },
  ],
  ["a new event", (page) => page.keyboard.press("n").then(() => page.keyboard.press("Control+Enter"))],
  ["import", (page) => page.getByRole("banner").getByRole("button", { name: "Import .ics files" }).click()],
  ["the agenda", (page) => page.keyboard.press("l").then(() => page.getByRole("region", { name: "Agenda" }).waitFor())],
  ["the list of conflicts", (page) => page.keyboard.press("Shift+C")],
  [
    "a proposal",
    async (page) => {
      await page.goto(page.url().replace(/\/year\/\d+.*/, `/conflicts/${thisYear() + 1}`));
      await page.locator("[data-conflict]").first().focus();
      await page.keyboard.press("Space");
      await page.keyboard.press("x");
      await page.getByText(/checked again \d/).waitFor();
    },
  ],
  [
    "whose conflicts are listed",
    async (page) => {
      await page.goto(page.url().replace(/\/year\/\d+.*/, `/conflicts/${thisYear() + 1}`));
      await page.getByRole("button", { name: "Who: Anyone" }).click();
    },
  ],
  [
    "keeping both",
    async (page) => {
      await page.goto(page.url().replace(/\/year\/\d+.*/, `/conflicts/${thisYear() + 1}`));
      await page.locator("[data-conflict]").first().click();
      await page.getByRole("radiogroup").waitFor();
      await page.keyboard.press("0");
      await page.getByRole("textbox", { name: "Why both stay as they are" }).waitFor();
    },
  ],
  ["what is kept", (page) => page.goto(page.url().replace(/\/year\/\d+.*/, `/conflicts/${thisYear() + 1}?tab=kept`))],
  [
    "what was put right",
    async (page) => {
      await page.goto(page.url().replace(/\/year\/\d+.*/, `/conflicts/${thisYear() + 1}?tab=resolved`));
      await page.getByText("Nothing was put right").waitFor();
    },
  ],
];

for (const colorScheme of ["light", "dark"] as const) {
  describe(`axe finds nothing, ${colorScheme}`, { skip }, () => {
    after(closeAll);
    for (const [name, open] of STATES)
      test(name, async () => {
        await using place = await openPlace({ path: `/year/${thisYear()}`, context: { colorScheme } });
        const { page } = place;
        await page.locator('[role="gridcell"][aria-label*="of capacity"]').first().waitFor({ state: "attached" });
        await open(page);
        assert.deepEqual(await findings(page, colorScheme === "dark"), []);
        assert.deepEqual(place.complaints, []);
      });
  });
}
