// Skills by keys alone: named, given to somebody, needed by a rule; told when they are needed, changed by others, and on a phone in the dark.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, describe, test } from "node:test";
import type { Page } from "playwright-core";
import { OWNER, startOwnServer, type OwnServer } from "../../../../server/src/testing/own-server.ts";
import { buildPage, closeAll, focused, openPlace, whyNoBrowser } from "../../testing/browser.ts";

const skip = await whyNoBrowser();
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

describe("skills in Chromium", { skip }, () => {
  let own: OwnServer;
  let me = "";
  before(async () => {
    buildPage();
    own = await startOwnServer();
    me = (await own.owner("me.read", {})).personId;
  });
  after(async () => {
    await closeAll();
    await own[Symbol.asyncDispose]();
  });
  const open = (path: string, context: object = {}) => openPlace({ server: own.server, account: OWNER, path, context });
  const skills = async () => (await own.owner("skills.list", { query: {} })).items;
  const held = async () => (await own.owner("personSkills.list", { params: { id: me }, query: {} })).items;

  async function accessible(page: Page): Promise<void> {
    await page.evaluate(axe);
    const found = await page.evaluate(async () => {
      const { violations } = await (
        globalThis as unknown as { axe: { run: () => Promise<{ violations: { id: string; nodes: object[] }[] }> } }
      ).axe.run();
      return violations.map(({ id, nodes }) => `${id} ${nodes.length}`);
    });
    assert.deepEqual(found, []);
  }

  test("are named, given to somebody and needed by a rule, by keys alone", async () => {
    await using place = await open("/settings/skills");
    const { page } = place;
    await page.getByText("No skills yet.").waitFor();
    await page.getByRole("button", { name: "Add a skill" }).focus();
    await page.keyboard.press("Enter");
    const sheet = page.getByRole("dialog", { name: "Add a skill" });
    await focused(sheet.getByLabel("Name"));
    await page.keyboard.type("Instructor");
    await page.keyboard.press("Tab");
    await focused(sheet.getByLabel("Levels"));
    await page.keyboard.type("Assistant, assistant");
    await sheet.getByText("5 levels at most, each called differently.").waitFor();
    await page.keyboard.press("Control+a");
    await page.keyboard.type("Assistant, Examiner");
    await page.keyboard.press("Enter");
    await page.getByText("Assistant, Examiner · nobody has it").waitFor();
    assert.deepEqual((await skills())[0]!.levels, ["Assistant", "Examiner"]);

    await page.goto(`${new URL(page.url()).origin}/settings/people`);
    await page.getByRole("button", { name: "Skills of Olga Owner" }).focus();
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog", { name: "Skills of Olga Owner" });
    await dialog.getByText("No skills are known.").waitFor();
    await dialog.getByRole("button", { name: "Add a skill" }).focus();
    await page.keyboard.press("Enter");
    await focused(dialog.getByRole("combobox", { name: "Skill" }));
    await dialog.getByRole("combobox", { name: "Level" }).selectOption("Examiner");
    await dialog.getByLabel("Since").fill("2024-03-03");
    await dialog.getByLabel("Until, if it ends").fill("2023-03-03");
    await dialog.getByText("This is before it begins.").waitFor();
    await dialog.getByLabel("Until, if it ends").fill("2025-03-03");
    await page.keyboard.press("Enter");
    await dialog.getByText("Examiner · ended on 3 Mar 2025").waitFor();
    await dialog.getByText("Ended", { exact: true }).waitFor();
    assert.deepEqual(
      (await held()).map(({ level, from, until }) => [level, from, until]),
      [[2, "2024-03-03", "2025-03-03"]],
    );
    await accessible(page);
    await page.keyboard.press("Escape");

    await page.goto(`${new URL(page.url()).origin}/settings/rules`);
    await page.getByRole("button", { name: "Add a rule", disabled: false }).focus();
    await page.keyboard.press("Enter");
    const rule = page.getByRole("dialog", { name: "Add a rule" });
    await rule.getByLabel("What it is about").selectOption("skills");
    await rule.getByLabel("Which skill").selectOption("Instructor");
    await rule.getByLabel("The least level").selectOption("Examiner");
    await rule.getByRole("button", { name: "Save" }).focus();
    await page.keyboard.press("Enter");
    await page.getByText("Needs Instructor, level 2").waitFor();
    const day = Temporal.Now.plainDateISO().add({ days: 20 }).toString();
    const refused = await own
      .owner("events.create", { body: { title: "Class", start: `${day}T10:00:00Z`, end: `${day}T11:00:00Z` } })
      .then(
        () => "written",
        (error: Error) => error.message,
      );
    assert.match(refused, /Olga Owner's “Instructor” ended on Mon 3 Mar 2025/);
  });

  test("that others change are shown anew, are told not to be removed while a rule needs them, and fit on a phone in the dark", async () => {
    const context = { viewport: { width: 390, height: 844 }, colorScheme: "dark" };
    await using place = await open("/settings/skills", context);
    const { page } = place;
    await page.getByText("Instructor", { exact: true }).waitFor();
    await own.owner("skills.create", { body: { name: "Lifeguard" } });
    await page.getByText("Lifeguard", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Remove the skill Instructor" }).click();
    await page.getByText("A rule needs “Instructor”: change it first.").first().waitFor();
    await page.getByRole("button", { name: "Remove the skill Lifeguard" }).click();
    await page.getByText("Lifeguard", { exact: true }).waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Who has Instructor" }).click();
    const who = page.getByRole("dialog", { name: "Who has Instructor" });
    await who.getByText("Olga Owner").waitFor();
    await accessible(page);
    const isWide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    assert.equal(isWide, false);
  });
});
