import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, describe, test } from "node:test";
import type { Locator, Page } from "playwright-core";
import {
  addressOf,
  closeAll,
  focused,
  openForm,
  openPlace,
  settled,
  thisYear,
  whole,
  whyNoBrowser,
  type Place,
} from "../testing/browser.ts";

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
  await settled(page);
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

const NODES_TOLD = 5;

/** One place, or what opens over it. */
type State = {
  readonly name: string;
  /** The address that it is opened from: the year when left out. */
  readonly from?: string;
  readonly open?: (page: Page) => Promise<unknown>;
  /** What is there when it is open. */
  readonly shows: (page: Page) => Locator;
};

const YEAR = `/year/${thisYear()}`;
const CONFLICTS = `/conflicts/${thisYear() + 1}`;
const press =
  (...keys: readonly string[]) =>
  async (page: Page) => {
    for (const key of keys) await page.keyboard.press(key);
  };
const button = (name: string | RegExp) => (page: Page) => page.getByRole("button", { name }).click();
const dialog = (name: string | RegExp) => (page: Page) => page.getByRole("dialog", { name });
const conflicts = (page: Page) => page.locator("[data-conflict]").first();

/** Every place with what opens over it: what goes with Escape and leaves the address alone costs no load. */
const STATES: readonly State[] = [
  { name: "the year", shows: (page) => page.locator('[role="gridcell"][aria-label*="of capacity"]').first() },
  {
    name: "a day's card",
    open: (page) => page.mouse.move(700, 400),
    shows: (page) => page.locator('main [aria-hidden="true"] > h3'),
  },
  { name: "whose time is shown", open: button(/Whose time is shown/), shows: dialog("Whose time is shown") },
  { name: "the account", open: button("Account and appearance"), shows: dialog("Account and appearance") },
  { name: "all keys", open: press("?"), shows: dialog("Keys") },
  { name: "the command field", open: press("Control+k"), shows: (page) => page.getByRole("combobox") },
  {
    name: "a plan in words",
    open: async (page) => {
      await page.keyboard.press("n");
      await page.getByRole("dialog").getByRole("combobox").fill("lunch with Ines next Fri 12 30m");
    },
    shows: (page) => page.getByRole("dialog").getByText("12:00–12:30").first(),
  },
  { name: "a new event", open: openForm, shows: dialog("New event") },
  {
    name: "import",
    open: (page) => page.getByRole("banner").getByRole("button", { name: "Import .ics files" }).click(),
    shows: dialog("Import calendars"),
  },
  { name: "a conflict", open: press("x"), shows: (page) => page.getByRole("radiogroup", { name: /Repairs/ }) },
  { name: "density", open: press("-"), shows: (page) => page.locator('[data-zoom="density"]') },
  { name: "a month through the lens", open: press("+"), shows: (page) => page.locator('[data-zoom="lens"]') },
  { name: "a day by minutes", open: press("+", "+"), shows: (page) => page.getByRole("region", { name: "Day" }) },
  { name: "the agenda", open: press("l"), shows: (page) => page.getByRole("region", { name: "Agenda" }) },
  { name: "the list of conflicts", open: press("Shift+C"), shows: conflicts },
  {
    name: "whose conflicts are listed",
    from: CONFLICTS,
    open: button("Who: Anyone"),
    shows: (page) => page.getByRole("dialog"),
  },
  {
    name: "a proposal",
    from: CONFLICTS,
    open: async (page) => {
      await conflicts(page).focus();
      await press("Space", "x")(page);
    },
    shows: (page) => page.getByText(/checked again \d/),
  },
  {
    name: "keeping both",
    from: CONFLICTS,
    open: async (page) => {
      await conflicts(page).click();
      await page.getByRole("radiogroup").waitFor();
      await page.getByRole("button", { name: "Keep both" }).waitFor();
      await page.keyboard.press("0");
    },
    shows: (page) => page.getByRole("textbox", { name: "Why both stay as they are" }),
  },
  { name: "what is kept", from: `${CONFLICTS}?tab=kept`, shows: (page) => page.getByText("Nothing is kept") },
  {
    name: "what was put right",
    from: `${CONFLICTS}?tab=resolved`,
    shows: (page) => page.getByText("Nothing was put right"),
  },
];

for (const colorScheme of ["light", "dark"] as const) {
  describe(`axe finds nothing, ${colorScheme}`, { skip }, () => {
    let place: Place;
    before(async () => void (place = await openPlace({ path: YEAR, context: { colorScheme } })));
    after(closeAll);
    for (const { name, from = YEAR, open, shows } of STATES)
      test(name, async () => {
        const { page, complaints } = place;
        await goBackTo(page, place.url + from);
        await open?.(page);
        await shows(page).waitFor();
        assert.deepEqual(await findings(page, colorScheme === "dark"), []);
        assert.deepEqual(complaints.splice(0), []);
      });
  });
}

/** Leaves what is open with Escape; loads the address unless that is where this leads. */
async function goBackTo(page: Page, address: string): Promise<void> {
  await page.mouse.move(0, 0);
  const open = page.getByRole("dialog");
  if ((await open.count()) > 0) await focused(open); // What has not the focus yet does not hear Escape.
  await page.keyboard.press("Escape");
  await open.waitFor({ state: "detached" });
  if ((await addressOf(page)).href === address) return;
  await page.goto(address);
  await whole(page);
}
