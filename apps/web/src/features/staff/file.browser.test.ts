// Staff from a file: an error by its line and nothing written, then what would be new, then written, and taken back; a server that is away loses nothing.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Page } from "playwright-core";
import { OWNER, startOwnServer, type OwnServer } from "../../../../server/src/testing/own-server.ts";
import { findings } from "../../testing/axe.ts";
import { becomes, buildPage, closeAll, openPlace, settled, whyNoBrowser } from "../../testing/browser.ts";

const skip = await whyNoBrowser();
const HEADER = "Name;E-Mail;Abteilung;ab;Stunden;Montag";
const ANNA = 'Anna Müller;anna@own.example;"House/Pool";01.03.2027;38,5;22:00-6:00';

describe("staff from a file in Chromium", { skip }, () => {
  let own: OwnServer;
  before(async () => {
    buildPage();
    own = await startOwnServer();
  });
  after(async () => {
    await closeAll();
    await own[Symbol.asyncDispose]();
  });
  const open = (context: object = {}) =>
    openPlace({ server: own.server, account: OWNER, path: "/staff/file", context });
  const choose = (page: Page, ...lines: readonly string[]) =>
    page
      .getByLabel("File of staff")
      .setInputFiles({ name: "staff.csv", mimeType: "text/csv", buffer: Buffer.from(lines.join("\n"), "latin1") });
  const names = async () => (await own.owner("people.list", { query: {} })).items.map(({ name }) => name);
  const contracts = async () => (await own.owner("contracts.list", { query: {} })).items.length;

  test("says what is wrong by line and writes nothing, then shows what would be new, writes it, and takes it back", async () => {
    await using place = await open();
    const { page } = place;
    await page.getByText("Drop a CSV or XLSX file here, or choose one.").waitFor();
    await choose(page, HEADER, ANNA, "Bo Late;nowhere;;;;");
    await page.getByRole("cell", { name: "“nowhere” is no address." }).waitFor();
    await page.getByRole("row", { name: /^3 e-mail/ }).waitFor();
    assert.equal(await page.getByRole("button", { name: /^Write/ }).count(), 0);
    assert.deepEqual(await names(), ["Olga Owner"]);
    await settled(page);
    assert.deepEqual(await findings(page), []);

    await choose(page, HEADER, ANNA, "Bo Late;bo@own.example;;;;");
    await page.getByText("2 new people").waitFor();
    await page.getByText("department: House / Pool").waitFor();
    assert.deepEqual(await names(), ["Olga Owner"], "it was looked at alone");
    await settled(page);
    assert.deepEqual(await findings(page), []);

    await page.route("**/v1/staff/file*", (route) => route.abort());
    await page.getByRole("button", { name: "Write 2 lines" }).click();
    await page.getByRole("alert").waitFor();
    await page.getByText("department: House / Pool").waitFor();
    await page.unroute("**/v1/staff/file*");
    await page.getByRole("button", { name: "Write 2 lines" }).click();
    await page.getByText("2 people were taken in from the file.").first().waitFor();
    assert.deepEqual(await names(), ["Anna Müller", "Bo Late", "Olga Owner"]);
    assert.equal(await contracts(), 1);
    await page.getByRole("button", { name: "Undo" }).click();
    await becomes(contracts, 0);
    assert.deepEqual(place.complaints, []);
  });

  test("says that nothing is new, and fits on a phone in the dark", async () => {
    await using place = await open({ viewport: { width: 360, height: 780 }, colorScheme: "dark" });
    const { page } = place;
    await choose(page, "name;email", "Bo Late;bo@own.example");
    await page.getByText("Everything in this file is here already.").waitFor();
    await choose(page, HEADER, ANNA.replace("38,5", "40"));
    await page.getByRole("button", { name: "Write 1 line" }).waitFor();
    await settled(page);
    assert.equal(await page.evaluate("document.documentElement.scrollWidth > innerWidth"), false);
    assert.deepEqual(await findings(page), []);
  });
});
