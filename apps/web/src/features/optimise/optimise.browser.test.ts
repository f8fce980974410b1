// A month in better order, by keys: looked for, a part of it applied, seen on the year, undone; and what can go wrong.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Locator, Page } from "playwright-core";
import type { Answer, Client } from "@hourwright/client";
import { COORDINATOR } from "../../../../server/src/testing/server.ts";
import { findings, loadAxe } from "../../testing/axe.ts";
import {
  becomes,
  closeAll,
  demoServer,
  eventually,
  focused,
  onOrAfter,
  openField,
  openPlace,
  settled,
  thisYear,
  whyNoBrowser,
} from "../../testing/browser.ts";

const skip = await whyNoBrowser();
const ZONE = "Europe/Prague";
const YEAR = thisYear() + 1;
/** A month in which the coordinator has things to move. */
const PATH = `/year/${YEAR}?on=${YEAR}-03-10`;
/** Tuesdays and a Thursday, in whichever year. */
const TUESDAY = onOrAfter(`${YEAR}-03-08`, 2);
const DAYS = [TUESDAY, TUESDAY.add({ days: 2 }), TUESDAY.add({ days: 7 })];

type Job = Answer<"jobs.read">;
type Optimised = Answer<"ai.optimizeSchedule">;
type Moved = Optimised["optimizedSchedule"][number];

const panelOf = (page: Page): Locator => page.getByRole("complementary", { name: "Better order" });

/** Opens the panel as one who has no pointer. */
async function open(page: Page): Promise<Locator> {
  await (await openField(page, "Control+k")).fill("better order");
  await page.keyboard.press("Enter");
  const panel = panelOf(page);
  await panel.getByRole("button", { name: "Look", exact: true }).waitFor();
  return panel;
}

/** Presses Tab until something with that name has the focus. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < TABS_MAX; presses++) {
    if (await target.evaluate((element) => element.contains(document.activeElement))) return;
    await page.keyboard.press("Tab");
  }
  assert.fail("it cannot be reached by Tab");
}

const TABS_MAX = 60;

/** Looks, and answers what the server said: nothing when it found that there is nothing to plan. */
async function look(page: Page, panel: Locator): Promise<Optimised> {
  const over = page.waitForResponse(
    async (answer) => answer.url().includes(JOBS) && isOver((await answer.json()) as Job),
  );
  await tabTo(page, panel.getByRole("button", { name: "Look", exact: true }));
  await page.keyboard.press("Enter");
  return ((await (await over).json()) as Job).plan!;
}

const JOBS = "/v1/jobs/";
const isOver = ({ state }: Job): boolean => state === "done" || state === "failed";

/** What the solver would find is its own business: here the page hears another plan. */
const findInstead = (page: Page, plan: (found: Optimised) => Optimised): Promise<unknown> =>
  page.route(`**${JOBS}*`, async (route) => {
    const answer = await route.fetch();
    const job = (await answer.json()) as Job;
    await route.fulfill({ json: job.plan === null ? job : { ...job, plan: plan(job.plan) } });
  });

/** So long it is looked where the test ends it: not over before, however slow the machine is. */
const LOOKED_SECONDS = 300;
const lookForLong = (page: Page): Promise<unknown> =>
  page.route("**/v1/ai/optimize-schedule", (route) =>
    route.continue({
      postData: JSON.stringify({ ...(route.request().postDataJSON() as object), seconds: LOOKED_SECONDS }),
    }),
  );

const overlap = (one: Moved["to"], other: Moved["to"]): boolean =>
  instant(one.start) < instant(other.end) && instant(other.start) < instant(one.end);
const later = (text: string): string => Temporal.Instant.from(text).add({ minutes: 15 }).toString();
const instant = (text: string): number => Temporal.Instant.from(text).epochMilliseconds;

describe("a better order in Chromium", { skip }, () => {
  let coordinator: Client;
  before(async () => {
    coordinator = await (await demoServer()).signedIn(COORDINATOR);
    const calendar = await coordinator("calendars.create", { body: { name: "Order", policy: "warn" } });
    const make = (title: string, day: Temporal.PlainDate, from: string, to: string) => {
      const at = (time: string) =>
        Temporal.PlainDateTime.from(`${day.toString()}T${time}`).toZonedDateTime(ZONE).toInstant().toString();
      const more = { calendarId: calendar.id, preventConflicts: false };
      return coordinator("events.create", { body: { title, start: at(from), end: at(to), ...more } });
    };
    // Three pairs, each of which cannot be: more than one move is needed.
    for (const [index, day] of DAYS.entries()) {
      await make(`Plan ${index + 1}`, day, "10:00", "11:00");
      await make(`Talk ${index + 1}`, day, "10:30", "11:30");
    }
  });
  after(closeAll);

  const startOf = async ({ eventId, recurrenceId }: Moved): Promise<number> => {
    const query = recurrenceId === null ? {} : { recurrenceId };
    return instant((await coordinator("events.read", { params: { id: eventId }, query })).start);
  };

  test("is looked for, taken in part, shown by the year and undone, with the keyboard alone", async () => {
    await using place = await openPlace({ path: PATH });
    const { page } = place;
    const panel = await open(page);
    for (const objective of ["More focus time", "Days in fewer pieces"]) {
      await tabTo(page, panel.getByRole("combobox", { name: objective }));
      await page.keyboard.press("o"); // Off.
    }
    const { optimizedSchedule: moves, improvements } = await look(page, panel);
    assert.ok(moves.length > 1, "there is more than one thing to move");
    await panel.getByRole("tab", { name: /^Best/ }).waitFor();
    const conflicts = improvements.find(({ objective }) => objective === "conflicts")!;
    assert.ok(conflicts.after < conflicts.before);
    const row = panel.locator("[data-verdict]", { hasText: "Conflicts" });
    await becomes(
      async () => (await row.innerText()).replaceAll(/\s+/g, " "),
      `Conflicts ${conflicts.before} ${conflicts.after} better`,
    );
    await becomes(() => panel.getByRole("img").count(), 2, "what must hold, and what is wished");

    const boxes = panel.getByRole("checkbox");
    await becomes(() => boxes.count(), moves.length);
    // One to whose time nothing else goes: without it the others fit.
    const first = moves.find(({ from }) => !moves.some(({ to }) => overlap(to, from)));
    assert.ok(first !== undefined);
    const inOrder = moves.toSorted((one, other) => instant(one.from.start) - instant(other.from.start));
    await tabTo(page, boxes.nth(inOrder.indexOf(first)));
    await page.keyboard.press("Space");
    await panel.getByRole("heading", { name: `${moves.length - 1} of ${moves.length} moves` }).waitFor();
    const apply = panel.getByRole("button", { name: /^Apply \d+ moves?$/ });
    await becomes(() => apply.innerText(), moves.length === 2 ? "Apply 1 move" : `Apply ${moves.length - 1} moves`);
    await tabTo(page, apply);
    await page.keyboard.press("Enter");
    await panel.waitFor({ state: "detached" });

    const made = moves.filter((move) => move !== first);
    for (const move of made) await becomes(() => startOf(move), instant(move.to.start), move.title);
    assert.equal(await startOf(first), instant(first.from.start), "what was not ticked stays");
    const [moved] = made;
    const there = Temporal.Instant.from(moved!.to.start).toZonedDateTimeISO(ZONE);
    await (await openField(page, "g")).fill(there.toPlainDate().toString());
    await page.keyboard.press("Enter");
    const time = there.toPlainTime().toString().slice(0, 5);
    await page
      .getByRole("complementary", { name: "Inspector" })
      .getByRole("button", { name: new RegExp(`${time}.*${moved!.title}|${moved!.title}.*${time}`) })
      .first()
      .waitFor();

    await page.keyboard.press("Control+z");
    await page
      .getByText(/^Undone: /)
      .first()
      .waitFor();
    for (const move of moves) await becomes(() => startOf(move), instant(move.from.start), move.title);
    assert.deepEqual(place.complaints, []);
  });

  test("gives the focus back to the year with the panel, and takes it from nobody when what changed is read later", async () => {
    await using place = await openPlace({ path: PATH });
    const { page } = place;
    const panel = await open(page);
    const { optimizedSchedule: moves } = await look(page, panel);
    const { promise: isLate, resolve: answer } = Promise.withResolvers<void>();
    await page.route("**/v1/changes?*", async (route) => {
      await isLate;
      await route.continue();
    });
    await panel.getByRole("button", { name: `Apply ${moves.length} moves` }).click();
    await panel.waitFor({ state: "detached" });
    await becomes(() => page.evaluate(() => document.activeElement?.getAttribute("role")), "gridcell");
    const field = await openField(page, "g");
    const known = page.waitForResponse((response) => response.url().includes("/v1/changes?"));
    answer();
    await (await known).finished();
    await settled(page);
    await focused(field);
    await page.keyboard.press("Escape");
    await field.waitFor({ state: "detached" });
    await page.keyboard.press("Control+z");
    await page
      .getByText(/^Undone: /)
      .first()
      .waitFor();
    assert.deepEqual(place.complaints, []);
  });

  test("has nothing for axe to find, in both themes, and lies in the width of a phone", async () => {
    await using place = await openPlace({ path: PATH });
    const { page } = place;
    const panel = await open(page);
    await loadAxe(page);
    const check = async (what: string) => {
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme });
        await settled(page);
        assert.deepEqual(await findings(page), [], `${what}, ${colorScheme}`);
      }
    };
    await check("wishes");
    await look(page, panel);
    await panel.getByRole("tab").first().waitFor();
    await check("what was found");
    await page.setViewportSize({ width: 390, height: 844 });
    await settled(page);
    assert.deepEqual(await findings(page), [], "on a phone");
    const box = (await panel.boundingBox())!;
    assert.deepEqual([box.x, box.width], [0, 390]);
    assert.ok(await panel.evaluate(({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth));
  });

  test("is stopped, and Escape goes back to the year", async () => {
    await using place = await openPlace({ path: PATH });
    const { page } = place;
    const panel = await open(page);
    await lookForLong(page);
    await panel.getByRole("combobox", { name: "How long to look" }).selectOption("20");
    await tabTo(page, panel.getByRole("button", { name: "Look", exact: true }));
    await page.keyboard.press("Enter");
    await panel.getByRole("progressbar", { name: "Looking for a better order" }).waitFor();
    await panel
      .getByRole("img", { name: /points lost, in/ })
      .first()
      .waitFor(); // How good it is, while it is looked.
    await tabTo(page, panel.getByRole("button", { name: "Stop" }));
    await page.keyboard.press("Enter");
    await panel.getByText("Stopped. Nothing was changed.").waitFor();
    await page.keyboard.press("Escape");
    await panel.waitFor({ state: "detached" });
    await becomes(() => page.evaluate(() => document.activeElement?.getAttribute("role")), "gridcell");
    assert.deepEqual(place.complaints, []);
  });

  test("ends with the best so far when that is enough, and shows the score as a table", async () => {
    await using place = await openPlace({ path: PATH, context: { reducedMotion: "reduce" } });
    const { page } = place;
    const panel = await open(page);
    await lookForLong(page);
    await panel.getByRole("combobox", { name: "How long to look" }).selectOption("20");
    await tabTo(page, panel.getByRole("button", { name: "Look", exact: true }));
    await page.keyboard.press("Enter");
    await panel
      .getByRole("img", { name: /points lost, in/ })
      .first()
      .waitFor();
    await loadAxe(page); // Not once all has settled: the bar goes on while it is looked.
    assert.deepEqual(await findings(page), [], "while it is looked");
    await tabTo(page, panel.getByRole("button", { name: "Take the best so far" }));
    await page.keyboard.press("Enter");
    await panel.getByRole("tab", { name: /^Best/ }).waitFor();
    await tabTo(page, panel.getByText("As a table"));
    await page.keyboard.press("Enter");
    const rows = panel.getByRole("table").last().getByRole("row");
    await eventually(
      () => rows.count(),
      (count) => count >= 3, // A head, how it stood, and how it is.
    );
    assert.deepEqual(place.complaints, []);
  });

  test("says when somebody was faster, when nobody answers, and when nothing is wished", async () => {
    await using place = await openPlace({ path: PATH });
    const { page } = place;
    const panel = await open(page);
    const { optimizedSchedule: moves } = await look(page, panel);
    const [move] = moves;
    await panel.getByRole("tab").first().waitFor();
    const { requestId } = await coordinator("events.move", {
      body: {
        moves: [
          {
            eventId: move!.eventId,
            recurrenceId: move!.recurrenceId,
            start: later(move!.from.start),
            end: later(move!.from.end),
          },
        ],
        preventConflicts: false,
      },
    });
    await panel.getByRole("button", { name: /^Apply/ }).click();
    await panel.getByText("Somebody has moved one of these meanwhile, so none was moved.").waitFor();
    await coordinator("requests.undo", { params: { id: requestId } });

    await page.route("**/v1/ai/optimize-schedule", (route) => route.abort());
    await panel.getByRole("button", { name: "Look again" }).click();
    await panel.getByText("The server cannot be reached. Try again in a moment.").waitFor();
    await page.unroute("**/v1/ai/optimize-schedule");
    await panel.getByRole("button", { name: "Look again" }).click();
    await panel.getByRole("tab").first().waitFor();
    await panel.getByRole("button", { name: "Change the wishes" }).click();
    for (const objective of ["Fewer conflicts", "More focus time", "Days in fewer pieces"])
      await panel.getByRole("combobox", { name: objective }).selectOption("off");
    await panel.getByText("Choose at least one thing to improve.").waitFor();
    await panel.getByRole("button", { name: "Look", exact: true, disabled: true }).waitFor();
    assert.deepEqual(place.complaints, []);
  });

  test("says why a month that is over cannot be planned, and when nothing would be better", async () => {
    const past = thisYear() - 1;
    await using place = await openPlace({ path: `/year/${past}?on=${past}-01-10` });
    const { page } = place;
    const panel = await open(page);
    await look(page, panel);
    assert.match(await panel.getByRole("alert").innerText(), /\.$/);
    await page.route("**/v1/ai/optimize-schedule", async (route) => {
      const asked = route.request().postDataJSON() as { timeRange: object };
      const timeRange = { start: `${YEAR}-03-01T00:00:00Z`, end: `${YEAR}-04-01T00:00:00Z` };
      await route.continue({ postData: JSON.stringify({ ...asked, timeRange }) });
    });
    await findInstead(page, (found) => ({ ...found, optimizedSchedule: [], alternatives: [] }));
    await panel.getByRole("button", { name: "Look again" }).click();
    await panel.getByText("Nothing would be better elsewhere. It is in good order as it stands.").waitFor();
    assert.equal(await panel.getByRole("button", { name: /^Apply/ }).count(), 0);
    assert.deepEqual(place.complaints, []);
  });

  test("of a part that does not fit says what is in the way, and takes that as well", async () => {
    await using place = await openPlace({ path: PATH });
    const { page } = place;
    const panel = await open(page);
    // Two that change places.
    const [one, other] = await changingPlaces(coordinator);
    await findInstead(page, (found) => ({ ...found, optimizedSchedule: [one, other], alternatives: [] }));
    await look(page, panel);
    await panel.getByRole("checkbox", { name: /^Swap B/ }).focus();
    await page.keyboard.press("Space");
    await panel.getByRole("button", { name: "Apply 1 move" }).click();
    await panel.getByText("Does not fit: Swap A.").waitFor();
    await panel.getByText("Not ticked, and in the way: Swap B.").waitFor();
    await panel.getByRole("button", { name: "Tick that as well" }).click();
    await panel.getByRole("button", { name: "Apply 2 moves" }).click();
    await panel.waitFor({ state: "detached" });
    for (const move of [one, other]) await becomes(() => startOf(move), instant(move.to.start));
    assert.deepEqual(place.complaints, []);
  });
});

/** Two things of a room that can be taken once, each to go where the other is. */
async function changingPlaces(coordinator: Client): Promise<readonly [Moved, Moved]> {
  const room = await coordinator("resources.create", { body: { name: "Swap room", kind: "room" } });
  const calendar = await coordinator("calendars.create", { body: { name: "Swaps", ownerSubjectId: null } });
  const spans = ["10:00", "11:00"].map((time) => {
    const start = Temporal.PlainDateTime.from(`${TUESDAY.add({ days: 9 }).toString()}T${time}`).toZonedDateTime(ZONE);
    return { start: start.toInstant().toString(), end: start.add({ hours: 1 }).toInstant().toString() };
  });
  const [first, second] = [spans[0]!, spans[1]!];
  const make = async (title: string, from: typeof first, to: typeof first): Promise<Moved> => {
    const { event } = await coordinator("events.create", {
      body: { title, ...from, calendarId: calendar.id, resourceIds: [room.id] },
    });
    return { eventId: event.id, recurrenceId: null, title, from, to };
  };
  return [await make("Swap A", first, second), await make("Swap B", second, first)];
}
