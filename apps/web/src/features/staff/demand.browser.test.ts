// Demand: drawn by keys and by pointer, typed to the minute, refused at the right place; who is there beside it; a phone in the dark.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { OWNER, startOwnServer, type OwnServer } from "../../../../server/src/testing/own-server.ts";
import { findings } from "../../testing/axe.ts";
import {
  boxOf,
  buildPage,
  closeAll,
  eventually,
  focused,
  openPlace,
  settled,
  whyNoBrowser,
} from "../../testing/browser.ts";

const skip = await whyNoBrowser();

describe("demand in Chromium", { skip }, () => {
  let own: OwnServer;
  before(async () => {
    buildPage();
    own = await startOwnServer();
  });
  after(async () => {
    await closeAll();
    await own[Symbol.asyncDispose]();
  });
  const open = (path: string, context: object = {}) => openPlace({ server: own.server, account: OWNER, path, context });
  const demands = async () => (await own.owner("demands.list", { query: {} })).items;

  test("is drawn by keys alone, by the quarter and to the minute, and told in the list", async () => {
    await using place = await open("/staff/demand");
    const { page } = place;
    await page.getByText("Nobody is needed anywhere yet.").waitFor();
    await page.getByRole("button", { name: "Add a demand" }).focus();
    await page.keyboard.press("Enter");
    await focused(page.getByLabel("Name"));
    await page.getByRole("button", { name: "Save" }).focus();
    await page.keyboard.press("Enter");
    await page.getByText("Say when somebody is needed.").waitFor();
    assert.equal(await page.getByText("This is needed.").count(), 2);
    await page.getByLabel("Name").focus();
    await page.keyboard.type("Early on the ward");
    await page.keyboard.press("Tab");
    await page.keyboard.type("Ward 3");
    await page.getByRole("button", { name: "Add a stretch" }).focus();
    await page.keyboard.press("Enter");
    const start = page.getByRole("slider", { name: /, beginning$/ });
    await focused(start);
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("Alt+ArrowLeft");
    assert.equal(await start.getAttribute("aria-valuetext"), "07:44");
    await page.keyboard.press("Tab");
    await focused(page.getByRole("slider", { name: "07:44–16:00, end" }));
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Tab");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Tab");
    await focused(page.getByRole("slider", { name: "07:44–16:15, ideal" }));
    await page.keyboard.press("ArrowUp");
    await page.getByRole("button", { name: "Save" }).focus();
    await page.keyboard.press("Enter");
    const [saved] = await eventually(demands, (items) => items.length === 1);
    assert.deepEqual(saved!.stretches, [{ starts: "07:44", minutes: 511, minimum: 2, ideal: 3 }]);
    assert.deepEqual(saved!.weekdays, [1, 2, 3, 4, 5]);
    await page.getByRole("link", { name: "All demand" }).click();
    await page.getByText("everybody · Mon, Tue, Wed, Thu, Fri · 07:44–16:15: 2 to 3 people").waitFor();
    await settled(page);
    assert.deepEqual(place.complaints, []);
  });

  test("is typed over midnight, refused where it overlaps, and drawn across the curve by pointer", async () => {
    const [demand] = await demands();
    await using place = await open(`/staff/demand/${demand!.id}`);
    const { page } = place;
    await page.getByRole("heading", { name: "Who is there" }).waitFor();
    await page.getByRole("button", { name: "Add a stretch" }).click();
    const typed = page.getByRole("group", { name: "Stretch 2" });
    await typed.getByLabel("From").fill("16:14");
    await typed.getByLabel("Until").fill("00:30");
    await typed.getByText("It overlaps another stretch.").waitFor();
    await typed.getByLabel("From").fill("16:15");
    await typed.getByText("It overlaps another stretch.").waitFor({ state: "detached" });
    await typed.getByText("next day").waitFor();
    await typed.getByLabel("Minimum").fill("4");
    await typed.getByText("Fewer are wished for than are needed.").waitFor();
    await typed.getByLabel("Ideal").fill("4");
    await settled(page);
    assert.deepEqual(await findings(page), []);

    const field = page.getByRole("group", { name: "Curve of the demand" }).locator("[style*='block-size']").first();
    const box = await boxOf(field);
    const at = (minute: number) => box.x + (minute / 2_160) * box.width;
    await page.mouse.move(at(60), box.y + 30);
    await page.mouse.down();
    await page.mouse.move(at(120), box.y + 40, { steps: 4 });
    await page.mouse.move(at(180), box.y + 40, { steps: 4 });
    await page.mouse.up();
    await page.getByRole("slider", { name: "01:00–03:00, move" }).waitFor();
    await page.getByRole("button", { name: "Save" }).click();
    const [saved] = await eventually(demands, ([each]) => each!.stretches.length === 3);
    assert.deepEqual(
      saved!.stretches.map(({ starts, minutes, minimum }) => [starts, minutes, minimum]),
      [
        ["01:00", 120, 1],
        ["07:44", 511, 2],
        ["16:15", 495, 4],
      ],
    );
    assert.deepEqual(place.complaints, []);
  });

  test("says who is missing on a day, and that a day needs nobody", async () => {
    const [demand] = await demands();
    const monday = Temporal.PlainDate.from("2027-03-01");
    await own.owner("demands.update", { params: { id: demand!.id }, body: { from: "2026-01-01" } });
    await using place = await open(`/staff/demand/${demand!.id}`);
    const { page } = place;
    await page.getByLabel("Day", { exact: true }).fill(monday.toString());
    await page.getByText("07:44–16:15: 2 are missing").waitFor();
    await page.getByText("Coverage of Mon 1 Mar").click();
    await page.getByRole("rowheader", { name: "07:44–16:15" }).waitFor();
    await page.getByLabel("Day", { exact: true }).fill(monday.subtract({ days: 8 }).toString());
    await page.getByText("Nobody is needed on this day.").waitFor();
  });

  test("fits on a phone in the dark", async () => {
    const [demand] = await demands();
    const context = { viewport: { width: 360, height: 780 }, colorScheme: "dark" };
    await using place = await open(`/staff/demand/${demand!.id}`, context);
    const { page } = place;
    await page.getByRole("heading", { name: "Who is there" }).waitFor();
    await settled(page);
    assert.equal(await page.evaluate("document.querySelector('main').scrollWidth > innerWidth"), false);
    assert.deepEqual(await findings(page), []);
  });
});
