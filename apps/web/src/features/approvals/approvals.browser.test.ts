// Approvals by keys alone: answered with what they would do in sight, declined with a reason, withdrawn, several at once; who stands in;
// offline, in German, and on a phone in the dark.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, describe, test } from "node:test";
import type { Client } from "@hourwright/client";
import { planningProblems } from "@hourwright/contract";
import type { Page } from "playwright-core";
import { askApproval, type ApprovalKind } from "../../../../server/src/contexts/approvals/public.ts";
import { systemContext } from "../../../../server/src/contexts/identity/public.ts";
import { systemClock } from "../../../../server/src/platform/clock.ts";
import { COORDINATOR, MEMBER, startTestServer, type TestServer } from "../../../../server/src/testing/server.ts";
import { becomes, buildPage, closeAll, demoAccount, focused, openPlace, whyNoBrowser } from "../../testing/browser.ts";

const skip = await whyNoBrowser();
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
/** How long a list takes that is slow, and is waited for all the same. */
const SLOW_MS = 400;
const EFFECT = [
  { label: "Coverage on Monday", before: "3 of 3", after: "2 of 3", worse: true },
  { label: "Leave left", before: "12 days", after: "9 days", worse: false },
];

describe("approvals in Chromium", { skip }, () => {
  let server: TestServer;
  let member: Client;
  let head: Client;
  const me = { head: "", member: "" };
  const impossible = new Set<string>();
  const leave: ApprovalKind = {
    kind: "leave",
    name: "Leave",
    effect: async () => EFFECT,
    decided: async (_unit, { label, state }) =>
      state === "approved" && impossible.has(label)
        ? planningProblems.refuse("repair-stale", "A duty stands there by now.")
        : null,
  };
  before(async () => {
    buildPage();
    server = await startTestServer({}, systemClock, { approvalKinds: [leave] });
    [head, member] = [await server.signedIn(COORDINATOR), await server.signedIn(MEMBER)];
    [me.head, me.member] = [(await head("me.read", {})).personId, (await member("me.read", {})).personId];
    await setPolicy();
  });
  const setPolicy = () =>
    head("approvalPolicies.put", {
      params: { kind: "leave" },
      body: { steps: [{ who: [{ kind: "people", ids: [me.head] }], quorum: 1 }] },
    });
  after(async () => {
    await closeAll();
    await server[Symbol.asyncDispose]();
  });

  let asked = 0;
  /** Asks as whoever keeps the thing does, and waits until it is known who is asked. */
  async function ask(label: string): Promise<void> {
    const organisation = Number((await head("me.read", {})).organisation.id);
    const context = systemContext(organisation, "test", () => `req_browser${++asked}`);
    const wish = { kind: "leave", subjectId: `leave ${asked}`, label, requestedBy: me.member, effect: EFFECT };
    const made = await server.application.database.inOrganisation(context, (unit) => askApproval(unit, wish));
    assert.ok(!("refused" in made));
    await becomes(async () => (await head("approvals.list", {})).items.some((each) => each.label === label), true);
  }
  const stateOf = async (label: string) =>
    (await member("approvals.list", { query: { view: "asked" } })).items.find((each) => each.label === label)?.state;
  const open = (path: string, email = COORDINATOR, context: object = {}) =>
    openPlace({ server, account: demoAccount(email), path, context });

  async function accessible(page: Page): Promise<void> {
    await page.evaluate(axe);
    const found = await page.evaluate(async () => {
      const { violations } = await (
        globalThis as unknown as {
          axe: { run: () => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
        }
      ).axe.run();
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
    });
    assert.deepEqual(found, []);
  }

  test("are answered with what they would do in sight, by keys alone, and come by themselves", async () => {
    await using place = await open("/approvals/decide");
    const { page } = place;
    await page.getByText("Nothing waits for you.").waitFor();
    await ask("Leave in March");
    const row = page.getByRole("listitem").filter({ hasText: "Leave in March" });
    await row.getByText("3 of 3 → 2 of 3").waitFor();
    await row.getByText("▼ worse").waitFor();
    await accessible(page);
    await page.getByRole("button", { name: "Who waits for whom: Leave in March" }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").getByText("0 of 1 said yes").waitFor();
    await accessible(page);
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Approve Leave in March" }).focus();
    await page.keyboard.press("Enter");
    await page.getByText("Nothing waits for you.").waitFor();
    assert.equal(await stateOf("Leave in March"), "approved");
    assert.deepEqual(place.complaints, []);
  });

  test("are declined with a reason, which who asked reads", async () => {
    await ask("Leave in April");
    await using place = await open("/approvals/decide");
    const { page } = place;
    await page.getByRole("button", { name: "Decline Leave in April" }).focus();
    await page.keyboard.press("Enter");
    const sheet = page.getByRole("dialog", { name: "Decline Leave in April" });
    await sheet.getByRole("button", { name: "Decline", exact: true }).click();
    await sheet.getByText("A word why, for who asked.").waitFor();
    await sheet.getByRole("textbox", { name: "Why" }).fill("Full house.");
    await sheet.getByRole("button", { name: "Decline", exact: true }).click();
    await page.getByText("Nothing waits for you.").waitFor();
    await using theirs = await open("/approvals/asked", MEMBER);
    const row = theirs.page.getByRole("listitem").filter({ hasText: "Leave in April" });
    await row.getByText("“Full house.”").waitFor();
    await row.getByText("Declined", { exact: true }).waitFor();
  });

  test("several are chosen with arrows and space, and what cannot be done says why beside what could", async () => {
    await ask("Leave in May");
    await ask("Leave in June");
    impossible.add("Leave in June");
    await using place = await open("/approvals/decide");
    const { page } = place;
    await page.getByRole("checkbox", { name: "Select Leave in May" }).focus();
    await page.keyboard.press("Space");
    await page.keyboard.press("ArrowDown");
    await focused(page.getByRole("checkbox", { name: "Select Leave in June" }));
    await page.keyboard.press("Space");
    await page.getByText("2 selected").waitFor();
    await page.getByRole("button", { name: "Approve 2 requests" }).click();
    await page.getByText("Leave in June: A duty stands there by now.").waitFor();
    assert.deepEqual([await stateOf("Leave in May"), await stateOf("Leave in June")], ["approved", "waiting"]);
  });

  test("are withdrawn by who asked", async () => {
    await using place = await open("/approvals/asked", MEMBER);
    const { page } = place;
    await page.getByRole("button", { name: "Withdraw Leave in June" }).click();
    await page
      .getByRole("listitem")
      .filter({ hasText: "Leave in June" })
      .getByText("Withdrawn", { exact: true })
      .waitFor();
    assert.equal(await stateOf("Leave in June"), "withdrawn");
  });

  test("somebody is named to stand in, and taken back", async () => {
    await using place = await open("/approvals/deputies");
    const { page } = place;
    await page.getByText("Nobody stands in for you.").waitFor();
    await page.getByRole("button", { name: "Name somebody" }).focus();
    await page.keyboard.press("Enter");
    const sheet = page.getByRole("dialog", { name: "Name somebody" });
    await focused(sheet.getByRole("combobox", { name: "Who" }));
    await sheet.getByRole("combobox", { name: "Who" }).selectOption(me.member);
    await sheet.getByLabel("From, if not from now on").fill("2040-02-03");
    await sheet.getByLabel("Until, if it ends").fill("2040-02-01");
    await sheet.getByText("This is before it begins.").waitFor();
    await sheet.getByLabel("Until, if it ends").fill("2040-02-10");
    await sheet.getByRole("button", { name: "Name", exact: true }).click();
    await page.getByText("Not now").waitFor();
    await page.reload(); // The library keeps what it has just announced in the page for a moment.
    await page.getByText("Not now").waitFor();
    await accessible(page);
    await page.getByRole("button", { name: /^Remove / }).click();
    await page.getByText("Nobody stands in for you.").waitFor();
  });

  test("how they are approved is said step by step, and gone back from", async () => {
    await using place = await open("/approvals/policies");
    const { page } = place;
    await page.getByRole("button", { name: "Change Leave" }).click();
    const sheet = page.getByRole("dialog", { name: "Change Leave" });
    await sheet.getByRole("button", { name: "Add a step" }).click();
    const second = sheet.getByRole("group", { name: "Step 2" });
    await second.getByRole("textbox", { name: "How many have to say yes" }).fill("0");
    await second.getByRole("textbox", { name: "Hours until the deadline" }).fill("48");
    await second.getByRole("combobox", { name: "At the deadline" }).selectOption("It is declined");
    await sheet.getByRole("button", { name: "Save" }).click();
    await second.getByText("A number, no higher than those asked.").waitFor();
    await second.getByRole("textbox", { name: "How many have to say yes" }).fill("1");
    await accessible(page);
    await page.route("**/v1/approval-policies*", (route) => setTimeout(() => void route.continue(), SLOW_MS));
    await sheet.getByRole("button", { name: "Save" }).click();
    const list = page.getByRole("list", { name: "How it is approved" });
    await list.getByRole("button", { name: "Back to default: Leave" }).waitFor();
    const set = (await head("approvalPolicies.list", {})).items.find(({ kind }) => kind === "leave");
    assert.deepEqual(
      set?.steps.map(({ deadlineMinutes, atDeadline }) => [deadlineMinutes, atDeadline?.kind]),
      [
        [null, "lapse"],
        [2_880, "decline"],
      ],
    );
    // It is the version just made that is gone back from, however slowly lists are read.
    await list.getByRole("button", { name: "Back to default: Leave" }).click();
    await list.getByRole("listitem").filter({ hasText: "Leave" }).getByText("Not set: as it is without").waitFor();
  });

  test("say so where nobody answers, and read well in German, on a phone, in the dark", async () => {
    await setPolicy();
    await ask("Leave in July");
    const phone = { viewport: { width: 360, height: 740 }, colorScheme: "dark", locale: "de-DE" };
    await using place = await open("/approvals/decide", COORDINATOR, phone);
    const { page } = place;
    await page.getByRole("button", { name: "Leave in July genehmigen" }).waitFor();
    await accessible(page);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
    assert.equal(wide, false, "nothing is wider than the phone");
    await place.page.context().setOffline(true);
    await page.getByRole("button", { name: "Leave in July genehmigen" }).click();
    await page
      .getByRole("status")
      .filter({ hasText: /Server|Verbindung|erreich/i })
      .first()
      .waitFor();
    await place.page.context().setOffline(false);
    assert.equal(await stateOf("Leave in July"), "waiting");
  });
});
