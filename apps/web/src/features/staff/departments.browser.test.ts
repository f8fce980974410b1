// Departments by keys: added, renamed, moved, refused where they would go round in a circle or are not empty; with managers, who stands in, and people.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { OWNER, startOwnServer, type OwnServer } from "../../../../server/src/testing/own-server.ts";
import { findings } from "../../testing/axe.ts";
import { becomes, buildPage, closeAll, focused, openPlace, settled, whyNoBrowser } from "../../testing/browser.ts";

const skip = await whyNoBrowser();

describe("departments in Chromium", { skip }, () => {
  let own: OwnServer;
  before(async () => {
    buildPage();
    own = await startOwnServer();
    const ana = await own.owner("people.create", { body: { name: "Ana Early" } });
    const bo = await own.owner("people.create", { body: { name: "Bo Late", email: "bo@own.example" } });
    await own.owner("deputies.create", { body: { personId: ana.id, deputyId: bo.id } }).catch(() => null);
  });
  after(async () => {
    await closeAll();
    await own[Symbol.asyncDispose]();
  });
  const open = (context: object = {}) =>
    openPlace({ server: own.server, account: OWNER, path: "/staff/departments", context });
  const shape = async () => {
    const { items } = await own.owner("departments.list", { query: {} });
    return items.map(({ name, parentId }) => [name, items.find(({ id }) => id === parentId)?.name ?? null]);
  };

  test("are added, changed, moved and refused a circle, by keys alone", async () => {
    await using place = await open();
    const { page } = place;
    await page.getByText("No departments yet.").waitFor();
    await page.getByRole("button", { name: "Add a department" }).focus();
    await page.keyboard.press("Enter");
    const adding = page.getByRole("dialog", { name: "Add a department" });
    await focused(adding.getByLabel("Name"));
    await page.keyboard.type("House");
    await adding.getByRole("combobox", { name: "Somebody who manages it" }).selectOption("Ana Early");
    await adding.getByRole("button", { name: "Add", exact: true }).focus();
    await page.keyboard.press("Enter");
    await adding.getByLabel("Name").focus();
    await page.keyboard.press("Enter");
    const tree = page.getByRole("tree", { name: "Departments" });
    const house = tree.getByRole("treeitem", { name: /^House/ });
    await house.focus();
    await page.keyboard.press("Insert");
    await focused(adding.getByLabel("Name"));
    await page.keyboard.type("Pol");
    await page.keyboard.press("Enter");
    await tree.getByRole("treeitem", { name: /^Pol/ }).waitFor();
    await adding.waitFor({ state: "detached" });
    await house.focus();
    await page.keyboard.press("ArrowRight");
    await focused(tree.getByRole("treeitem", { name: /^Pol/ }));
    await page.keyboard.press("F2");
    const changing = page.getByRole("dialog", { name: "Change Pol" });
    await focused(changing.getByLabel("Name"));
    await page.keyboard.press("Control+a");
    await page.keyboard.type("Pool");
    await page.keyboard.press("Enter");
    await becomes(shape, [
      ["House", null],
      ["Pool", "House"],
    ]);
    await changing.waitFor({ state: "detached" });

    await house.focus();
    await page.keyboard.press("F2");
    const moving = page.getByRole("dialog", { name: "Change House" });
    await moving.getByRole("combobox", { name: "Part of" }).selectOption("House › Pool");
    await moving.getByRole("button", { name: "Save" }).click();
    await moving.getByText("“House” cannot be part of “Pool”, which is part of “House”.").first().waitFor();
    assert.equal(await moving.getByRole("combobox", { name: "Part of" }).getAttribute("aria-invalid"), "true");
    await page.keyboard.press("Escape");
    await moving.waitFor({ state: "detached" });
    await house.focus();
    await page.keyboard.press("Delete");
    await page
      .getByText(/Inside “House” there is one department. Put them elsewhere first./)
      .first()
      .waitFor();
    assert.equal((await shape()).length, 2);
    assert.deepEqual(place.complaints, []);
  });

  test("have people put there and taken out, and say who manages them; in light and in the dark on a phone", async () => {
    await using place = await open();
    const { page } = place;
    await page.getByRole("treeitem", { name: /^House/ }).click();
    await page.getByRole("list", { name: "Managers" }).getByText("Ana Early").waitFor();
    await page.getByText(/while away: Bo Late|nobody stands in/).waitFor();
    await page.getByRole("combobox", { name: "Put somebody here" }).selectOption("Bo Late");
    await page.getByRole("button", { name: "Put here" }).click();
    await page.getByRole("treeitem", { name: "House, 1 person" }).waitFor();
    await page.getByRole("button", { name: "Take out Bo Late" }).waitFor();
    await settled(page);
    assert.deepEqual(
      (await findings(page)).filter((each) => !each.startsWith("region")),
      [],
    );
    await page.getByRole("button", { name: "Take out Bo Late" }).click();
    await page.getByText("Nobody is in it itself.").waitFor();
    await using phone = await open({ viewport: { width: 360, height: 780 }, colorScheme: "dark" });
    await phone.page.getByRole("treeitem", { name: /^Pool/ }).waitFor();
    await settled(phone.page);
    assert.equal(await phone.page.evaluate("document.documentElement.scrollWidth > innerWidth"), false);
    assert.deepEqual(await findings(phone.page), []);
  });
});
