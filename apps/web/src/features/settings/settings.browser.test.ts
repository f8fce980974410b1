import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { startSite, type TestSite } from "../../../../server/src/platform/http/testing-site.ts";
import { OWNER, startOwnServer, type OwnServer } from "../../../../server/src/testing/own-server.ts";
import { startTestServer } from "../../../../server/src/testing/server.ts";
import { becomes, buildPage, closeAll, focused, openPlace, settled, whyNoBrowser } from "../../testing/browser.ts";

const skip = await whyNoBrowser();

const FEED = [
  "BEGIN:VCALENDAR",
  "VERSION:2.0",
  "PRODID:-//test//EN",
  "BEGIN:VEVENT",
  "UID:a@x",
  "DTSTAMP:20270101T000000Z",
]
  .concat(["SUMMARY:Final", "DTSTART:20270401T100000Z", "DURATION:PT1H", "END:VEVENT", "END:VCALENDAR", ""])
  .join("\r\n");

describe("settings in Chromium", { skip }, () => {
  let own: OwnServer;
  let site: TestSite;
  before(async () => {
    buildPage();
    own = await startOwnServer({ settings: { FEED_NETWORKS: "127.0.0.0/8" } });
    site = await startSite((_, reply) => void reply.end(FEED));
  });
  after(async () => {
    await closeAll();
    await own[Symbol.asyncDispose]();
    await site[Symbol.asyncDispose]();
  });
  const openSettings = (section: string) =>
    openPlace({ server: own.server, account: OWNER, path: `/settings/${section}` });

  test("are gone to by the rail, by pointer and by keyboard, and left with Escape", async () => {
    await using place = await openPlace({ server: own.server, account: OWNER });
    const { page } = place;
    await page.getByRole("link", { name: "Settings" }).click();
    await page.getByRole("heading", { name: "Organisation" }).waitFor();
    const sections = page.getByRole("navigation", { name: "Settings" });
    await sections.getByRole("link", { name: "People" }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "People" }).waitFor();
    await page.waitForURL((url) => url.pathname === "/settings/people");
    await page.keyboard.press("Escape");
    await page.getByRole("grid").waitFor();
    assert.deepEqual(place.complaints, []);
  });

  test("rename the organisation, refuse thresholds out of order in words, and undo", async () => {
    await using place = await openSettings("organisation");
    const { page } = place;
    await page.getByLabel("Full from, %").fill("60");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("The thresholds are not in order").first().waitFor();
    await page.getByLabel("Full from, %").fill("85");
    await page.getByLabel("Name").fill("Renamed");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("The organisation was changed.").first().waitFor();
    await page.getByRole("button", { name: /^Undo/ }).hover(); // The bar stays as long as the pointer is on it.
    assert.equal((await own.owner("organisation.read", {})).thresholds.full, 0.85);
    await page.getByRole("button", { name: /^Undo/ }).click();
    await page
      .getByText(/^Undone/)
      .first()
      .waitFor();
    assert.equal((await own.owner("organisation.read", {})).name, "Own");
    await becomes(() => page.getByLabel("Name").inputValue(), "Own");
  });

  test("say that the server cannot be reached, keep what was typed, and try again", async () => {
    await using place = await openSettings("organisation");
    const { page } = place;
    let isAway = true;
    await page.route(/\/v1\/people/, (route) => (isAway ? route.abort() : route.continue()));
    const unreached = page.getByText("The server cannot be reached. Try again in a moment.");
    await page.getByRole("navigation", { name: "Settings" }).getByRole("link", { name: "People" }).click();
    await unreached.waitFor();
    isAway = false;
    await page.getByRole("button", { name: "Try again" }).click();
    await unreached.waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Add a person" }).click();
    isAway = true;
    const sheet = page.getByRole("dialog", { name: "Add a person" });
    await sheet.getByLabel("Name").fill("Late Comer");
    await sheet.getByRole("button", { name: "Add", exact: true }).click();
    await unreached.waitFor();
    assert.equal(await sheet.getByLabel("Name").inputValue(), "Late Comer");
    isAway = false;
    await sheet.getByRole("button", { name: "Try again" }).click();
    await page.getByText("Late Comer was added").first().waitFor();
    assert.deepEqual(place.complaints, []);
  });

  test("add a person by keyboard, find them, and retire them with what is planned told", async () => {
    await using place = await openSettings("people");
    const { page } = place;
    await page.getByRole("button", { name: "Add a person" }).focus();
    await page.keyboard.press("Enter");
    const sheet = page.getByRole("dialog", { name: "Add a person" });
    await sheet.getByRole("button", { name: "Add" }).click();
    await sheet.getByText("This is needed.").waitFor();
    await sheet.getByLabel("Name").focus();
    await page.keyboard.type("Petra Malá");
    await page.keyboard.press("Tab");
    await focused(sheet.getByLabel("Email"));
    await page.keyboard.type("petra@own.example");
    await page.keyboard.press("Enter");
    await page.getByText("Petra Malá was added.").first().waitFor();
    await page.getByLabel("Find by name").fill("petra");
    const row = page.getByRole("list", { name: "People" }).getByRole("listitem");
    await becomes(() => row.count(), 1);
    await row.getByText(/petra@own\.example · no login/).waitFor();
    const start = Temporal.Now.plainDateISO().add({ days: 30 }).toString();
    const body = {
      title: "Talk",
      start: `${start}T09:00:00`,
      timeZone: "Europe/Prague",
      attendees: ["petra@own.example"],
    };
    await own.owner("events.create", { body });
    await page.getByRole("button", { name: "Change Petra Malá" }).click();
    await page.getByRole("button", { name: "Retire" }).click();
    await page.getByText(new RegExp(`One time is still planned with Petra Malá, on ${start}`)).waitFor();
    assert.equal((await own.owner("people.list", { query: { search: "petra" } })).items.length, 0);
    assert.deepEqual(place.complaints, []);
  });

  test("add a pool and things in it, and change one", async () => {
    await using place = await openSettings("things");
    const { page } = place;
    await page.getByText("No rooms or things yet. Add the first.").waitFor();
    await page.getByRole("button", { name: "Add a pool" }).click();
    await page.getByRole("dialog").getByLabel("Name").fill("Vans");
    await page.keyboard.press("Enter");
    await page.getByText("Vans was added.").first().waitFor();
    for (const name of ["Van 1", "Van 2"]) {
      await page.getByRole("button", { name: "Add a room or thing" }).click();
      const sheet = page.getByRole("dialog");
      await sheet.getByLabel("Name").fill(name);
      await sheet.getByLabel("Kind").selectOption("vehicle");
      await sheet.getByLabel("Places").fill("8");
      await sheet.getByLabel("Pool", { exact: true }).selectOption("Vans");
      await sheet.getByRole("button", { name: "Add" }).click();
      await page.getByText(`${name} was added.`).first().waitFor();
    }
    await page.getByText("Van 1, Van 2").waitFor();
    await page.getByRole("button", { name: "Change Van 2" }).click();
    await page.getByRole("dialog").getByLabel("Where it is").fill("Yard");
    await page.keyboard.press("Enter");
    await page.getByText("Vehicle · 8 places · Yard · Vans").waitFor();
  });

  test("set hours of the organisation and of one person, refuse what meets, and keep holidays", async () => {
    await using place = await openSettings("hours");
    const { page } = place;
    const monday = page.getByRole("group", { name: "Monday" });
    await page.getByRole("button", { name: "Add hours on Monday" }).click();
    await monday.getByLabel("Monday, until").fill("12:00");
    await page.getByRole("button", { name: "Add hours on Monday" }).click();
    await monday.getByLabel("Monday, from").nth(1).fill("11:00");
    await page.getByRole("button", { name: "Save" }).click();
    await page
      .getByText(/Two stretches of one day meet/)
      .first()
      .waitFor();
    await monday.getByLabel("Monday, from").nth(1).fill("13:00");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("The working hours were changed.").first().waitFor();
    const { week } = await own.owner("workingHours.read", { query: {} });
    assert.deepEqual(
      week.map(({ opens, closes }) => `${opens}–${closes}`),
      ["09:00–12:00", "13:00–20:00"],
    );
    const day = Temporal.Now.plainDateISO().add({ days: 40 }).toString();
    await page.getByLabel("Day", { exact: true }).fill(day);
    await page.getByLabel("Name").fill("Moving day");
    await page.getByRole("button", { name: "Add", exact: true }).click();
    await page.getByRole("button", { name: "Remove Moving day" }).waitFor();
    const { items } = await own.owner("holidays.list", { query: {} });
    assert.deepEqual(
      items.map((each) => [each.day, each.name]),
      [[day, "Moving day"]],
    );
  });

  test("share a calendar, follow an address with its age, and end it", async () => {
    await using place = await openSettings("calendars");
    const { page } = place;
    await page.getByRole("button", { name: "Change Olga Owner" }).click();
    const sheet = page.getByRole("dialog", { name: "Change Olga Owner" });
    await sheet.getByLabel("The rest of the organisation sees").selectOption("read");
    await sheet.getByRole("radio", { name: "Hue 75" }).focus();
    await page.keyboard.press("Space");
    await sheet.getByRole("button", { name: "Save" }).click();
    await page
      .getByText(/Olga Owner was changed\./)
      .first()
      .waitFor();
    const { items } = await own.owner("calendars.list", {});
    assert.deepEqual(
      items.filter(({ name }) => name === "Olga Owner").map(({ sharing, colour }) => [sharing, colour]),
      [["read", 75]],
    );

    await page.getByRole("button", { name: "Add a feed" }).click();
    const feed = page.getByRole("dialog", { name: "Add a feed" });
    await feed.getByLabel("Address").fill("ftp://nowhere");
    await feed.getByLabel("Name").fill("League");
    await feed.getByRole("button", { name: "Add" }).click();
    await feed
      .getByText(/This is no address of a calendar/)
      .first()
      .waitFor();
    await feed.getByLabel("Address").fill(`http://127.0.0.1:${site.port}/a.ics`);
    await feed.getByRole("button", { name: "Add" }).click();
    const row = page.getByRole("list", { name: "Feeds" }).getByRole("listitem");
    await row.getByText(/as of now and next in \d+ min.*1 event, as the source has them/).waitFor();
    await page.getByRole("button", { name: "Remove the feed League" }).click();
    await page.getByText("No feeds yet.").waitFor();
    assert.deepEqual(place.complaints, []);
  });

  test("invite with a link, by which somebody joins, and which then is used", async () => {
    await using place = await openSettings("invitations");
    const { page } = place;
    await page.getByRole("button", { name: "Invite", exact: true }).click();
    await page.getByRole("button", { name: "Make the link" }).click();
    const link = await page.getByRole("textbox", { name: "The link" }).inputValue();
    await using door = await openPlace({ server: own.server, account: null, path: new URL(link).pathname });
    const guest = door.page;
    await guest.getByRole("heading", { name: "Join Own" }).waitFor();
    await guest.getByLabel("Your name").fill("Karel Novák");
    await guest.getByLabel("Email").fill("karel@own.example");
    await guest.getByLabel("A password of your own").fill("a long sentence of mine");
    await guest.keyboard.press("Enter");
    await guest.getByRole("grid").waitFor();
    assert.deepEqual(door.complaints, []);
    await using late = await openPlace({ server: own.server, account: null, path: new URL(link).pathname });
    await late.page.getByRole("heading", { name: "This invitation is over" }).waitFor();
    await late.page.goto(`${late.url}/join/xyz`);
    await late.page.getByRole("heading", { name: "This is no invitation" }).waitFor();
    await late.page.getByText("The address is not complete.").waitFor();
    await page.getByRole("button", { name: "Close" }).first().click();
    await page.reload();
    await page.getByText("1 of 1 used").waitFor();
  });
});

describe("settings and the proof in Chromium, for assistive technology", { skip }, () => {
  after(closeAll);

  for (const theme of ["light", "dark"] as const)
    test(`have nothing that axe finds, with sheets open, in ${theme}`, async () => {
      await using place = await openPlace({ path: "/settings/people", context: { colorScheme: theme } });
      const { page } = place;
      const axe = readFileSync(fileURLToPath(import.meta.resolve("axe-core/axe.min.js")), "utf8");
      const found: string[] = [];
      const look = async (where: string) => {
        await page.evaluate(axe);
        await settled(page);
        const broken = await page.evaluate(async () => {
          const { run } = (globalThis as unknown as { axe: { run: () => Promise<{ violations: Violation[] }> } }).axe;
          type Violation = { id: string; nodes: { html: string }[] };
          return (await run()).violations.map(({ id, nodes }) => `${id}: ${nodes[0]!.html.slice(0, 120)}`);
        });
        found.push(...broken.map((each) => `${where}: ${each}`));
      };
      for (const section of ["organisation", "people", "things", "hours", "calendars", "invitations"]) {
        await page.goto(`${place.url}/settings/${section}`);
        await page.getByRole("navigation", { name: "Settings" }).waitFor();
        await becomes(() => page.getByText("Loading …").count(), 0);
        await look(section);
        const change = page.getByRole("button", { name: /^(Change |Invite$)/ }).first();
        if ((await change.count()) === 0) continue;
        await change.click();
        await focused(page.getByRole("dialog"));
        await look(`${section}, open`);
      }
      await page.goto(`${place.url}/proof`);
      await page.getByRole("button", { name: /^Send/ }).waitFor();
      await look("proof");
      assert.deepEqual(found, []);
    });
});

describe("an organisation of one’s own in Chromium", { skip }, () => {
  after(closeAll);

  test("starts from the demo’s strip, asks for hours, begins empty, and may remove the demo", async () => {
    buildPage();
    await using server = await startTestServer();
    await using place = await openPlace({ server });
    const { page } = place;
    await page.getByRole("region", { name: "Demo" }).getByRole("button", { name: "Start your own" }).click();
    await page.getByLabel("Organisation").fill("Riverside");
    await page.getByLabel("Your name").fill("Ana Field");
    await page.getByLabel("Email").fill("ana@riverside.example");
    await page.getByLabel("Password").fill("a long sentence of mine");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "When do people work?" }).waitFor();
    await page.getByRole("button", { name: "Go on" }).click();
    await page.getByRole("button", { name: "Begin empty" }).click();
    await page.getByRole("grid").waitFor();
    assert.equal(await page.getByRole("region", { name: "Demo" }).count(), 0);
    await page.getByRole("link", { name: "Settings" }).click();
    await page.getByRole("button", { name: "Remove the demo" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Remove the demo" }).click();
    await page.getByRole("dialog").waitFor({ state: "detached" });
    assert.equal((await server.stranger("session.read", {})).demo, false);
    await becomes(() => page.getByLabel("Name").inputValue(), "Riverside");
    assert.deepEqual(place.complaints, []);
  });

  test("follows in the same browser when the demo is removed from within", async () => {
    buildPage();
    await using server = await startTestServer();
    await using place = await openPlace({ server, path: "/settings/organisation" });
    const { page } = place;
    await page.getByRole("button", { name: "Remove the demo" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Remove the demo" }).click();
    await page.getByRole("heading", { name: "Set up this server" }).waitFor();
    assert.match(await page.getByLabel("Code from the terminal").inputValue(), /^.{4}-.{4}-.{4}$/);
    await page.getByLabel("Organisation").fill("Riverside");
    await page.getByLabel("Your name").fill("Ana Field");
    await page.getByLabel("Email").fill("ana@riverside.example");
    await page.getByLabel("Password").fill("a long sentence of mine");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "When do people work?" }).waitFor();
  });
});
