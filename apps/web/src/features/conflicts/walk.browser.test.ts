// What a person hears who finds a conflict, repairs it and undoes that: names and roles out of Chromium's own
// accessibility tree, and what the live region says.
import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import type { Page } from "playwright-core";
import { becomes, closeAll, eventually, openPlace, thisYear, whyNoBrowser } from "../../testing/browser.ts";

const skip = await whyNoBrowser();

type Node = {
  readonly nodeId: string;
  readonly ignored: boolean;
  readonly role?: { readonly value?: unknown };
  readonly name?: { readonly value?: unknown };
  readonly childIds?: readonly string[];
  readonly properties?: readonly { readonly name: string; readonly value: { readonly value?: unknown } }[];
};

const wordOf = (value: unknown): string => (typeof value === "string" ? value : "");

/** The tree as it is handed to a screen reader, as lines: "button: Apply", "radio: … (checked)". */
async function heard(page: Page): Promise<string[]> {
  const nodes = await treeOf(page);
  return nodes.flatMap((node) => {
    const [role, name] = [wordOf(node.role?.value), wordOf(node.name?.value)];
    if (node.ignored || name === "" || ["StaticText", "InlineTextBox"].includes(role)) return [];
    const states = ["checked", "pressed", "disabled"].filter((state) => {
      const value = node.properties?.find((property) => property.name === state)?.value.value;
      return value === true || value === "true";
    });
    return [`${role}: ${name}${states.length === 0 ? "" : ` (${states.join(", ")})`}`];
  });
}

/** What the polite live region says now. */
async function announced(page: Page): Promise<string> {
  const nodes = await treeOf(page);
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  const isPolite = ({ ignored, role, properties }: Node) =>
    !ignored &&
    role?.value === "status" &&
    properties?.some(({ name, value }) => name === "live" && value.value === "polite");
  const textOf = (node: Node): string =>
    node.role?.value === "StaticText"
      ? wordOf(node.name?.value)
      : (node.childIds ?? []).map((id) => textOf(byId.get(id)!)).join("");
  return nodes
    .filter((node) => isPolite(node) === true)
    .map(textOf)
    .join("|");
}

async function treeOf(page: Page): Promise<readonly Node[]> {
  const session = await page.context().newCDPSession(page);
  try {
    return ((await session.send("Accessibility.getFullAXTree")) as { nodes: readonly Node[] }).nodes;
  } finally {
    await session.detach();
  }
}

const TIME = String.raw`\d{2}:\d{2}`;
const DAY = String.raw`(Mon|Tue|Wed|Thu|Fri|Sat|Sun) \d{1,2} (Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)`;

describe("what is heard of conflicts", { skip }, () => {
  after(closeAll);

  test("a conflict is found, repaired, and that is undone, by what is heard alone", async () => {
    await using place = await openPlace({ path: `/conflicts/${thisYear() + 1}` });
    const { page } = place;
    const hears = async (line: RegExp): Promise<string> => {
      const lines = await eventually(
        () => heard(page),
        (all) => all.some((each) => line.test(each)),
      );
      return lines.find((each) => line.test(each))!;
    };
    const says = async (text: RegExp): Promise<void> => {
      await eventually(
        () => announced(page),
        (all) => text.test(all),
      );
    };

    // Where one is, and what there is.
    await hears(/^heading: Conflicts$/);
    await hears(/^group: Conflicts to show$/);
    const all = await hears(/^button: To resolve \d+ \(pressed\)$/);
    await hears(/^group: Which conflicts$/);
    await hears(/^button: Must fix \d+ \(pressed\)$/);
    const row = new RegExp(
      `^button: (Time overlap|Booked twice|Room or equipment clash) Must fix .+ (starts during|during|together with) .+ · .+ shared ${DAY} ${TIME} .+$`,
    );
    const rows = async () => (await heard(page)).filter((line) => row.test(line)).length;
    await hears(/^button: Time overlap Must fix .+ (Move|End|Start) “.+$/); // Its best repair, once it is known.
    const rowsBefore = await rows();
    assert.ok(rowsBefore > 1);
    await hears(/^checkbox: Repair .+ and .+ in the proposal$/);

    // The next conflict is said whole: what, when, who, why.
    await page.keyboard.press("x");
    await says(
      /^(Time overlap|Booked twice|Room or equipment clash), \w+day \d{1,2} \w+\. .+ (at once|share) .+: .+\.$/,
    );
    await hears(/^complementary: Inspector$/);
    await hears(/^heading: \w+day \d{1,2} \w+$/);
    await hears(/^radiogroup: Repairs, each checked again$/);
    await hears(/^radio: (Move|End|Start) “.+ \(checked\)$/);
    for (const button of ["Next conflict", "Apply", "Preview", "Keep both"])
      await hears(new RegExp(`^button: ${button}$`));

    // Repaired: what was done, and the way back.
    await page.keyboard.press("Enter");
    await says(/^(Moved|Ended|Started) “.+”.*\.$/);
    await hears(/^button: Undo$/);
    const count = Number(/\d+/.exec(all)![0]);
    await hears(new RegExp(`^button: To resolve ${count - 1} \\(pressed\\)$`));
    await becomes(rows, rowsBefore - 1);

    // Undone: it says what was undone, and everything is there again.
    await page.keyboard.press("Control+z");
    await says(/^Undone: (Moved|Ended|Started) “.+”.*\.$/);
    await hears(new RegExp(`^button: To resolve ${count} \\(pressed\\)$`));
    await becomes(rows, rowsBefore);
    assert.deepEqual(place.complaints, []);
  });

  test("a proposal is heard as it grows: what was added, each tick with its time, the sum", async () => {
    await using place = await openPlace({ path: `/conflicts/${thisYear() + 1}` });
    const { page } = place;
    await page.locator("[data-conflict]").first().focus();
    await page.keyboard.press("Space");
    const said = await eventually(
      () => announced(page),
      (text) => text.startsWith("Added"),
    );
    assert.match(said, /^Added to the proposal: (Move|End|Start) “.+”.*\. 1 repair\.$/);
    const wanted = [
      /^region: Proposal$/,
      /^heading: Proposal with 1 repair$/,
      new RegExp(`^checkbox: .+ to ${DAY} ${TIME}(–${TIME})? \\(checked\\)$`),
      ...["What", "Before and after", "Whose time", "Effect"].map((column) => new RegExp(`^columnheader: ${column}$`)),
      /^button: Apply 1 repair$/,
      /^button: Take .+ out of the proposal$/,
    ];
    const missing = async () => {
      const lines = await heard(page);
      return wanted.filter((line) => !lines.some((each) => line.test(each)));
    };
    await becomes(missing, []);
    assert.deepEqual(place.complaints, []);
  });
});
