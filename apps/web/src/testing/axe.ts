import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

type Axe = {
  readonly run: (
    where: { readonly exclude: readonly string[] },
    options: object,
  ) => Promise<{ violations: { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[] }>;
};

/** Brings axe into the page: ahead, where what is looked at does not wait. */
export async function loadAxe(page: Page): Promise<void> {
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(axe);
}

/** What the library has just announced, and keeps in the page for some seconds after what it was about may have gone. */
const ANNOUNCED = "[data-live-announcer]";

/** What stands in the way of people who use the page otherwise (WCAG, by axe), as it stands: the rule, and where. */
export async function findings(page: Page): Promise<string[]> {
  await loadAxe(page);
  const found = await page.evaluate(
    ({ exclude, ...options }) => (globalThis as unknown as { axe: Axe }).axe.run({ exclude }, options),
    { exclude: [ANNOUNCED], resultTypes: ["violations"] },
  );
  return found.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
}
