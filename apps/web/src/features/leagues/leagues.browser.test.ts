// Leagues: begun in a form, planned, carried about by keys and pointer with what each place would break, published, on a phone in the dark.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Page } from "playwright-core";
import { OWNER, startOwnServer, type OwnServer } from "../../../../server/src/testing/own-server.ts";
import { findings } from "../../testing/axe.ts";
import { boxOf, buildPage, closeAll, eventually, openPlace, settled, whyNoBrowser } from "../../testing/browser.ts";

const skip = await whyNoBrowser();

describe("leagues in Chromium", { skip }, () => {
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
  const leagues = async () => (await own.owner("leagues.list", { query: {} })).items;
  const league = async () => own.owner("leagues.read", { params: { id: (await leagues())[0]!.id }, query: {} });
  const gridOf = (page: Page) => page.getByRole("grid", { name: "Under 12: teams by rounds" });

  test("are begun in a form that says what is missing", async () => {
    await using place = await open("/leagues");
    const { page } = place;
    await page.getByText("No league yet.").waitFor();
    await page.getByRole("button", { name: "New league" }).click();
    await page.getByRole("button", { name: "Begin the league" }).click();
    await page.getByText("At least two teams have a name.").waitFor();
    await page.getByLabel("Name of the league").fill("Under 12");
    for (const [at, name] of ["Stags", "Herons", "Otters"].entries())
      await page
        .getByRole("group", { name: `Team ${at + 1}` })
        .getByLabel("Name")
        .fill(name);
    await page.getByRole("group", { name: "Team 4" }).getByLabel("Name").fill("Stags");
    await page.getByText("Two teams have the same name.").waitFor();
    await page.getByRole("group", { name: "Stags" }).last().getByLabel("Name").fill("Foxes");
    const { items } = await own.owner("resources.list", { query: {} });
    if (items.length > 0)
      await page
        .getByRole("group", { name: "Foxes" })
        .getByLabel("Home ground")
        .selectOption({ label: items[0]!.name });
    await page.getByLabel("From", { exact: true }).fill("2030-03-02");
    await page.getByRole("button", { name: "Begin the league" }).click();
    await page.getByRole("heading", { name: "Under 12" }).waitFor();
    assert.deepEqual(
      (await league()).teams.map(({ name }) => name),
      ["Stags", "Herons", "Otters", "Foxes"],
    );
    assert.deepEqual(place.complaints, []);
  });

  test("are planned while one watches, and the plan is taken back and made again", async () => {
    await using place = await open(`/leagues/${(await leagues())[0]!.id}`);
    const { page } = place;
    await page.getByText("Nothing is planned yet.").waitFor();
    await page.getByRole("button", { name: "Plan", exact: true }).click();
    await page.getByLabel("Look for").selectOption({ label: "5 seconds" });
    await page.getByRole("dialog").getByRole("button", { name: "Plan", exact: true }).click();
    await gridOf(page).waitFor();
    assert.equal((await league()).fixtures.length, 12);
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByText("Nothing is planned yet.").waitFor();
    await page.keyboard.press("Control+Shift+z");
    await gridOf(page).waitFor();
    assert.deepEqual(place.complaints, []);
  });

  test("say what each place would break, by keys alone, and put it there", async () => {
    await using place = await open(`/leagues/${(await leagues())[0]!.id}`);
    const { page } = place;
    const before = await league();
    const first = before.fixtures.find(({ round }) => round === 1);
    const name = (id: string) => before.teams.find((team) => team.id === id)!.name;
    const cell = page.getByRole("gridcell", {
      name: `${name(first!.homeId)}, round 1: at home to ${name(first!.awayId)}`,
    });
    await cell.click();
    const hand = page.getByRole("complementary", { name: "In hand" });
    await hand.getByRole("heading", { name: `${name(first!.homeId)} – ${name(first!.awayId)}` }).waitFor();
    await eventually(
      () => hand.getByText("…", { exact: true }).count(),
      (count) => count === 0,
    );
    await cell.focus();
    await page.keyboard.press("m");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    const aimed = hand.getByRole("button", { pressed: true });
    await eventually(
      () => aimed.count(),
      (count) => count === 1,
    );
    assert.match((await aimed.textContent())!, /^To round 2, /);
    await hand.getByText(/matches? moves?:/).waitFor();
    await page.keyboard.press("Enter");
    const after = await eventually(league, ({ version }) => version > before.version);
    assert.equal(after.fixtures.find(({ id }) => id === first!.id)!.round, 2);
    await page.keyboard.press("Control+z");
    const undone = await eventually(league, ({ version }) => version > after.version);
    assert.deepEqual(
      undone.fixtures.map(({ id, round, homeId }) => [id, round, homeId]),
      before.fixtures.map(({ id, round, homeId }) => [id, round, homeId]),
    );
    assert.deepEqual(place.complaints, []);
  });

  test("are carried by pointer: a round on another, while the cells show who would meet", async () => {
    await using place = await open(`/leagues/${(await leagues())[0]!.id}`);
    const { page } = place;
    const before = await league();
    const grid = gridOf(page);
    await grid.waitFor();
    const from = await boxOf(grid.getByRole("columnheader", { name: /^Round 1,/ }));
    const to = await boxOf(grid.getByRole("columnheader", { name: /^Round 3,/ }));
    const middle = ({ x, y, width, height }: typeof from) => [x + width / 2, y + height / 2] as const;
    await page.mouse.move(...middle(from));
    await page.mouse.down();
    await page.mouse.move(middle(from)[0] + 12, middle(from)[1]);
    await page.mouse.move(...middle(to), { steps: 4 });
    await eventually(
      () => grid.locator("[data-filled]").count(),
      (count) => count === 8,
    );
    await page.mouse.up();
    const after = await eventually(league, ({ version }) => version > before.version);
    const ids = (of: typeof before, round: number) =>
      of.fixtures.filter((each) => each.round === round).map(({ id }) => id);
    assert.deepEqual(ids(after, 3).toSorted(), ids(before, 1).toSorted());
    await eventually(
      () => grid.locator("[data-filled]").count(),
      (count) => count === 0,
    );
    await page.keyboard.press("Escape");
    await page.getByRole("complementary", { name: "How it stands" }).waitFor();
    assert.deepEqual(place.complaints, []);
  });

  test("are published after it is said what that is, compared for fairness, and taken back", async () => {
    await using place = await open(`/leagues/${(await leagues())[0]!.id}`);
    const { page } = place;
    await page.getByRole("button", { name: "Publish …" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("12 matches are new.").waitFor();
    await dialog.getByRole("button", { name: "Publish", exact: true }).click();
    await page.getByText("All published").first().waitFor();
    assert.equal((await league()).publishedCount, 12);
    await page.getByRole("button", { name: "Fairness" }).click();
    await page.getByRole("row", { name: /^Stags 3/ }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Publish …" }).click();
    await dialog.getByRole("button", { name: "Take back" }).click();
    await eventually(league, ({ publishedCount }) => publishedCount === 0);
    await settled(page);
    assert.deepEqual(place.complaints, []);
  });

  test("are followed by another calendar at an address, of all teams or of one, until it is taken away", async () => {
    await using place = await open(`/leagues/${(await leagues())[0]!.id}`);
    const { page } = place;
    await page.getByRole("button", { name: "Follow" }).click();
    const dialog = page.getByRole("dialog");
    const address = dialog.getByRole("textbox", { name: "Private address" });
    /** The server of a test has a port of its own. */
    const here = async () => new URL(new URL(await address.inputValue()).pathname, page.url()).href;
    const eventsAt = async () => {
      const answer = await page.request.get(await here());
      return answer.ok() ? (await answer.text()).split("BEGIN:VEVENT").length - 1 : answer.status();
    };
    await dialog.getByRole("button", { name: "Make an address" }).click();
    assert.equal(await eventsAt(), 12);
    assert.match((await dialog.getByRole("link").getAttribute("href"))!, /^webcal:/);
    assert.deepEqual(await findings(page), []);
    await dialog.getByRole("combobox", { name: "Which fixtures" }).selectOption({ label: "Stags" });
    await dialog.getByRole("button", { name: "Make an address" }).click();
    assert.equal(await eventsAt(), 6);
    const url = await here();
    await dialog.getByRole("button", { name: "Take away" }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Take away" }).click();
    const make = dialog.getByRole("button", { name: "Make an address" });
    await make.waitFor();
    assert.ok(await make.evaluate((button) => button === document.activeElement), "the focus is where it can go on");
    assert.equal((await page.request.get(url)).status(), 404);
    assert.deepEqual(place.complaints, []);
  });

  test("take one press of two: a match is locked once, and the way back stays offered", async () => {
    await using place = await open(`/leagues/${(await leagues())[0]!.id}`);
    const { page } = place;
    const before = await league();
    await page
      .getByRole("gridcell", { name: /round 1: at home/ })
      .first()
      .click();
    await page.getByRole("button", { name: "Lock", exact: true }).dblclick();
    await page.getByRole("button", { name: "Undo" }).waitFor();
    await page.getByRole("button", { name: "Unlock", exact: true }).waitFor();
    await settled(page);
    assert.equal(await page.getByText("It has changed meanwhile.").count(), 0);
    await page.getByRole("button", { name: "Undo" }).click();
    const after = await eventually(league, ({ version }) => version >= before.version + 2);
    assert.ok(after.fixtures.every(({ locked }) => !locked));
    assert.deepEqual(place.complaints, []);
  });

  test("show the day of a match as it is, once it was moved", async () => {
    await using place = await open(`/leagues/${(await leagues())[0]!.id}`);
    const { page } = place;
    await page
      .getByRole("gridcell", { name: /round 1: at home/ })
      .first()
      .click();
    const hand = page.getByRole("complementary", { name: "In hand" });
    await hand.getByRole("button", { name: /^To round 2,/ }).click();
    await hand.getByRole("button", { name: "Do it" }).click();
    await hand.getByText(/^Round 2,/).waitFor();
    const { rounds } = await league();
    assert.equal(await hand.getByLabel("Day").inputValue(), rounds[1]!.day);
    assert.equal(await hand.getByRole("button", { name: "Change the time" }).count(), 0);
    assert.deepEqual(place.complaints, []);
  });

  test("say when a ground that is taken would be free", async () => {
    const { id, teams } = await league();
    const ground = await own.owner("resources.create", { body: { name: "Mill ground", kind: "room" } });
    const settings = ({ id: team, name, short, venueId, subjectId, kickOff, minutes }: (typeof teams)[number]) => {
      return { id: team, name, short, venueId: venueId ?? ground.id, subjectId, kickOff, minutes };
    };
    await own.owner("leagues.update", { params: { id }, body: { teams: teams.map(settings) } });
    await own.owner("leagues.plan", { params: { id }, body: { seconds: 1 } });
    await eventually(
      () => own.owner("leagues.planned", { params: { id }, query: {} }),
      ({ plan }) => plan?.state === "done",
    );
    const fixture = (await league()).fixtures.find(({ venueId }) => venueId === ground.id)!;
    const { id: calendarId } = await own.owner("calendars.create", { body: { name: "Fairs", ownerSubjectId: null } });
    const { start, end } = fixture;
    await own.owner("events.create", { body: { title: "Fair", calendarId, start, end, resourceIds: [ground.id] } });
    await using place = await open(`/leagues/${id}`);
    const { page } = place;
    await page.getByRole("button", { name: "Publish …" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: "Publish", exact: true }).click();
    await dialog
      .getByRole("listitem")
      .filter({ hasText: /: free on / })
      .first()
      .waitFor();
  });

  test("are read and changed on a phone in the dark", async () => {
    const context = { viewport: { width: 360, height: 740 }, colorScheme: "dark", hasTouch: true };
    await using place = await open(`/leagues/${(await leagues())[0]!.id}`, context);
    const { page } = place;
    const round = page.getByRole("region", { name: /^Round 2,/ });
    await round.getByRole("listitem").first().getByRole("button").tap();
    const hand = page.getByRole("complementary", { name: "In hand" });
    await hand.getByRole("button", { name: "Lock", exact: true }).tap();
    await eventually(league, ({ fixtures }) => fixtures.some(({ locked }) => locked));
    await hand.getByText("This stays where it is.").waitFor();
    const box = await boxOf(hand);
    assert.ok(box.y + box.height <= 740 && box.y > 100, JSON.stringify(box));
    assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 360);
    assert.deepEqual(place.complaints, []);
  });

  test("stand in nobody's way: the list, the rounds, a match in hand, fairness and the form, in light and dark", async () => {
    const path = `/leagues/${(await leagues())[0]!.id}`;
    const ways: readonly [string, ((page: Page) => Promise<void>)?][] = [
      ["/leagues"],
      [path],
      [path, (page) => page.getByRole("gridcell").nth(3).click()],
      [path, (page) => page.getByRole("button", { name: "Fairness" }).click()],
      [path, (page) => page.getByRole("button", { name: "Teams and rules" }).click()],
    ];
    for (const colorScheme of ["light", "dark"])
      for (const [at, act] of ways) {
        await using place = await open(at, { colorScheme });
        const { page } = place;
        await page.getByText("Under 12").first().waitFor();
        await act?.(page);
        await page.locator("h1").waitFor();
        await settled(page);
        assert.deepEqual(await findings(page), [], `${at}, ${colorScheme}`);
      }
    const context = { viewport: { width: 360, height: 740 }, hasTouch: true };
    await using place = await open(path, context);
    await place.page.getByRole("region", { name: /^Round 2,/ }).waitFor();
    assert.deepEqual(await findings(place.page), []);
  });
});
