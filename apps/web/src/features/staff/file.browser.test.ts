// Staff from a file: an error by its line and nothing written, then what would be new, then written, and taken back; a server that is away
// loses nothing, a page that is loaded anew goes on with the job, and one that is stopped says what stays. Then shifts from a file.
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
  const names = async () => (await own.owner("people.list", { query: { limit: 1_000 } })).items.map(({ name }) => name);
  const contracts = async () => (await own.owner("contracts.list", { query: {} })).items.length;

  test("says of a file that holds no line, and of one that is no text, what is wrong with it", async () => {
    await using place = await open();
    const { page } = place;
    await choose(page, HEADER);
    await page.getByText("There is no line below the names of the columns.").waitFor();
    const picture = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d]);
    await page.getByLabel("File of staff").setInputFiles({ name: "staff.csv", mimeType: "text/csv", buffer: picture });
    await page.getByText("It is no text and no spreadsheet: save it as CSV or XLSX.").waitFor();
    await page.goto(`${place.url}/staff/shifts`);
    const file = { name: "shifts.csv", mimeType: "text/csv", buffer: Buffer.from("person;day;from;to\n") };
    await page.getByLabel("File of shifts").setInputFiles(file);
    await page.getByText("There is no line below the names of the columns.").waitFor();
    assert.deepEqual(place.complaints, []);
  });

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
    await page.getByRole("button", { name: "Write 2 lines" }).press("Enter");
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

  const crew = (count: number) =>
    ["name;from;hours", ...Array.from({ length: count }, (_, i) => `Crew ${i};2027-03-01;20`)].join("\n");

  test("goes on by a job that a page loaded anew tells of, in people; stopped, it says what stays, and sent again it goes on", async () => {
    await using place = await open();
    const { page } = place;
    // The server is heard no more after the first steps, so that the page is surely there while it goes on.
    const jobs = "**/v1/jobs/*";
    let steps: { done: number; of: number } | null = { done: 40, of: 400 };
    await page.route(jobs, async (route) => {
      const answer = await route.fetch();
      if (route.request().method() !== "GET" || steps === null) return route.fulfill({ response: answer });
      return route.fulfill({ json: { ...((await answer.json()) as object), state: "running", steps, staff: null } });
    });
    await choose(page, crew(400));
    await page.getByRole("button", { name: "Write 400 lines" }).click();
    await page.getByText("40 of 400 people written").waitFor();
    await page.waitForURL(/\/staff\/file\/job_/);
    assert.equal(await page.getByRole("progressbar").getAttribute("value"), "0.1");
    await page.reload();
    await page.getByText("40 of 400 people written").waitFor();
    await settled(page);
    assert.deepEqual(await findings(page), []);
    steps = null;
    await page.getByText("400 people were taken in from the file.").first().waitFor();
    await page.getByRole("button", { name: "To the people" }).waitFor();
    assert.equal((await names()).filter((name) => name.startsWith("Crew")).length, 400);

    await page.unroute(jobs);
    await page.goto(`${place.url}/staff/file`);
    await choose(page, crew(2_400));
    await page.getByRole("button", { name: "Write 2,000 lines" }).click();
    await page.getByRole("button", { name: "Stop" }).click();
    await page.getByText("Stopped. What was written until then stays;").waitFor();
    await page.getByRole("button", { name: "Send it again" }).waitFor();
    await page.goto(`${place.url}/staff/file/job_01M83CHH1HC4EBVNX77CY0K3G2`);
    await page.getByText("No job of yours has this id.").waitFor();
    assert.deepEqual(
      place.complaints.filter((each) => !each.includes("404")),
      [],
    );
  });

  test("brings shifts into a draft: wrong lines first, then what is in the place of what, then the draft in Team, taken back", async () => {
    await own.owner("staff.import", {
      query: {},
      body: new Blob(["name;email;from;hours;monday\nAna Ruiz;ana@own.example;2027-03-01;8;8-16"]),
    });
    await using place = await open();
    const { page } = place;
    await page.goto(`${place.url}/staff/shifts`);
    const send = (...lines: readonly string[]) =>
      page
        .getByLabel("File of shifts")
        .setInputFiles({ name: "March.csv", mimeType: "text/csv", buffer: Buffer.from(lines.join("\n")) });
    await page.getByText("Drop a CSV or XLSX file here, or choose one.").waitFor();
    await send("person;day;from;to", "Nobody Known;2027-03-01;06:00;14:00");
    await page.getByRole("row", { name: /^2 / }).waitFor();
    await page.getByText("No draft is made while a line is wrong.").waitFor();
    await send("person;day;from;to", "Ana Ruiz;2027-03-01;06:00;14:00", ";2027-03-02;09:00;12:00");
    await page.getByText("2 new shifts").waitFor();
    await page.getByText("1 in the place of another").waitFor();
    await page.getByRole("row", { name: /^2 Ana Ruiz/ }).waitFor();
    await page.getByRole("row", { name: /^3 open shift/ }).waitFor();
    await settled(page);
    assert.deepEqual(await findings(page), []);
    assert.equal((await own.owner("drafts.list", { query: {} })).items.length, 0);
    const name = page.getByLabel("What the draft is called");
    assert.equal(await name.inputValue(), "March");
    await name.fill(" ");
    await page.getByText("A draft has a name.").waitFor();
    await name.fill("From paper");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Open the draft in Team" }).click();
    await page.waitForURL(/\/team\/.*draft=/);
    await page.getByRole("button", { name: "From paper" }).click();
    await page.getByRole("button", { name: "Draft from a file …" }).click();
    await page.waitForURL(/\/staff\/shifts$/);
    const [draft] = (await own.owner("drafts.list", { query: {} })).items;
    assert.deepEqual([draft?.name, draft?.entries], ["From paper", 3]);
    await page.keyboard.press("Control+z");
    await becomes(async () => (await own.owner("drafts.list", { query: { states: ["open"] } })).items.length, 0);
    assert.deepEqual(place.complaints, []);
  });
});
