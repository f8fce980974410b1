import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Client } from "@hourwright/client";
import { becomes, closeAll, demoServer, eventually, openPlace, thisYear, whyNoBrowser } from "../../testing/browser.ts";
import { COORDINATOR } from "../../../../server/src/testing/server.ts";

const skip = await whyNoBrowser();

const YEAR = thisYear() + 1;
const LONG = "Lorem ipsum ".repeat(834).slice(0, 10_000);
const ZALGO = `Z̷̡̛̛͎̮̖̀͆͝a̴̘͑̕l̶̦̈́g̷̫͌o̴̞̓${"̷̀́".repeat(400)}`;
const TITLES = [
  LONG,
  ZALGO,
  "اجتماع الفريق الأسبوعي",
  "‮evil override",
  "👩‍👩‍👧‍👦🏳️‍🌈🇨🇿 family day",
  "<script>globalThis.broken = 1</script><img src=x onerror='globalThis.broken=1'>",
  "${7*7} {{7*7}} %s %00",
];

const problem = (title: string) => ({
  status: 404,
  contentType: "application/problem+json",
  body: JSON.stringify({
    type: "/problems/request/not-found",
    title,
    status: 404,
    detail: title,
    code: "request/not-found",
  }),
});

describe("what nobody expects, in Chromium", { skip }, () => {
  let coordinator: Client;
  let calendarId = "";
  before(async () => {
    coordinator = await (await demoServer()).signedIn(COORDINATOR);
    const made = await coordinator("calendars.create", {
      body: { name: "Hostile", colour: 30, category: null, ownerSubjectId: null },
    });
    calendarId = made.id;
    const stamp = (minute: number) =>
      `${YEAR}0510T${String(6 + Math.floor(minute / 60)).padStart(2, "0")}${String(minute % 60).padStart(2, "0")}00Z`;
    const titled = TITLES.flatMap((title, index) => {
      const [day, next] = [index + 1, index + 2].map((number) => String(number).padStart(2, "0"));
      const times = [`;VALUE=DATE:${YEAR}03${day}`, `:${YEAR}03${day}T080000Z`];
      const ends = [`;VALUE=DATE:${YEAR}03${next}`, `:${YEAR}03${day}T093000Z`];
      return times.flatMap((start, kind) => [
        "BEGIN:VEVENT",
        `UID:title-${index}-${kind}`,
        `DTSTAMP:${YEAR}0101T000000Z`,
        `DTSTART${start}`,
        `DTEND${ends[kind]}`,
        `SUMMARY:${title.replace(/[\\;,]/g, "\\$&")}`,
        "END:VEVENT",
      ]);
    });
    const crowd = Array.from({ length: 400 }, (_, index) => [
      "BEGIN:VEVENT",
      `UID:crowd-${index}`,
      `DTSTAMP:${YEAR}0101T000000Z`,
      `DTSTART:${stamp(index)}`,
      `DTEND:${stamp(index + 30)}`,
      `SUMMARY:Crowd ${index}`,
      "END:VEVENT",
    ]).flat();
    const body = [
      "BEGIN:VCALENDAR",
      "VERSION:2.0",
      "PRODID:-//test//test//EN",
      ...crowd,
      ...titled,
      "END:VCALENDAR",
      "",
    ].join("\r\n");
    const { id } = await coordinator("calendars.import", { params: { id: calendarId }, query: {}, body });
    const done = await eventually(
      () => coordinator("jobs.read", { params: { id } }),
      ({ state }) => state === "done" || state === "failed",
    );
    assert.equal(done.state, "done");
    const create = (title: string, start: string, end: string) =>
      coordinator("events.create", { body: { title, start, end, calendarId, preventConflicts: false } });
    await create("Forty days", `${YEAR}-08-01`, `${YEAR}-09-10`);
    await create("A minute", `${YEAR}-08-03T12:00:00+02:00`, `${YEAR}-08-03T12:01:00+02:00`);
    await create("Over the turn", `${YEAR}-12-28`, `${YEAR + 1}-01-05`);
    await create("Night of the turn", `${YEAR}-12-31T22:00:00+01:00`, `${YEAR + 1}-01-01T03:00:00+01:00`);
  });
  after(closeAll);

  const open = (path: string, more = {}) =>
    openPlace({ path: `${path}${path.includes("?") ? "&" : "?"}calendars=${calendarId}`, ...more });

  test("400 events on one day are counted, listed up to a bound, and shown in week, day and agenda", async () => {
    await using place = await open(`/year/${YEAR}?on=${YEAR}-05-10`);
    const { page } = place;
    const inspector = page.getByRole("complementary");
    await inspector.getByText("400 events").waitFor();
    await inspector.getByText("300 more events").waitFor();
    await page.keyboard.press("w");
    await page.locator("[data-event]").first().waitFor();
    await page.keyboard.press("d");
    await page.locator("[data-event]").first().waitFor();
    await page.keyboard.press("l");
    await page.getByRole("region", { name: "Agenda" }).getByText("400 events").waitFor();
    await becomes(() => page.locator("[data-line]").count(), 400);
    assert.deepEqual(place.complaints, []);
  });

  test("titles of 10,000 characters, in other directions, of many marks and of markup are titles and nothing more", async () => {
    for (const path of [
      `/year/${YEAR}?on=${YEAR}-03-06`,
      `/year/${YEAR}?on=${YEAR}-03-06&zoom=month`,
      `/week/${YEAR}?on=${YEAR}-03-03`,
      `/agenda/${YEAR}?on=${YEAR}-03-03`,
    ]) {
      await using place = await open(path);
      const { page } = place;
      await page.getByText(TITLES[5]!).first().waitFor();
      assert.equal(await page.evaluate(() => "broken" in globalThis), false);
      const { width, needed } = await page.evaluate(() => ({
        width: document.documentElement.clientWidth,
        needed: document.documentElement.scrollWidth,
      }));
      assert.ok(needed <= width, `${path} is wider than its window`);
      assert.deepEqual(place.complaints, []);
    }
  });

  test("40 days, one minute, and the turn of the year stand on all their days", async () => {
    await using place = await open(`/year/${YEAR}?on=${YEAR}-08-03`);
    const { page } = place;
    const inspector = page.getByRole("complementary");
    await inspector.getByText("Forty days").waitFor();
    await inspector.getByText("12:00–12:01").waitFor();
    await page.goto(`${place.url}/year/${YEAR}?on=${YEAR}-12-31&calendars=${calendarId}`);
    await inspector.getByText("Over the turn").waitFor();
    await inspector.getByText("Night of the turn").waitFor();
    await page.goto(`${place.url}/year/${YEAR + 1}?on=${YEAR + 1}-01-01&calendars=${calendarId}`);
    await inspector.getByText("Over the turn").waitFor();
    await inspector.getByText("Night of the turn").waitFor();
    assert.deepEqual(place.complaints, []);
  });

  test("a clock that is a day ahead is put right by the server's: today is today", async () => {
    await using place = await openPlace({ path: "/", account: null });
    const { page } = place;
    await page.addInitScript(() => {
      const real = performance.timeOrigin;
      Object.defineProperty(performance, "timeOrigin", { get: () => real + 86_400_000 });
      if ("Temporal" in globalThis) Reflect.deleteProperty(globalThis, "Temporal");
    });
    await page.goto(place.url);
    await page.getByLabel("Email").fill("coordinator@larkfield.example");
    await page.getByLabel("Password").fill("larkfield-demo");
    await page.keyboard.press("Enter");
    const day = page.locator('[role="gridcell"][aria-label*="today"]');
    await eventually(
      () => day.evaluateAll((cells) => cells.map(({ ariaLabel }) => ariaLabel ?? "")),
      (names) => new RegExp(`\\b${Temporal.Now.plainDateISO("Europe/Prague").day} `).test(names.join()), // Until it has heard the server's clock it is tomorrow.
    );
    assert.deepEqual(place.complaints, []);
  });

  test("a server that is older and lacks what came later still shows the year", async () => {
    await using place = await openPlace({ path: "/", account: null });
    const { page } = place;
    for (const path of ["**/v1/capacity?*", "**/v1/notices*", "**/v1/requests/mine", "**/v1/live/*"])
      await page.route(path, (route) => route.fulfill(problem("No operation has this address")));
    await page.goto(`${place.url}/year/${YEAR}?on=${YEAR}-05-10&calendars=${calendarId}`);
    await page.getByLabel("Email").fill("coordinator@larkfield.example");
    await page.getByLabel("Password").fill("larkfield-demo");
    await page.keyboard.press("Enter");
    await page.getByRole("complementary").getByText("400 events").waitFor();
    await page.locator('[role="gridcell"][tabindex="0"]').focus();
    await page.keyboard.press("ArrowRight");
    await page.getByText("Nothing planned.").first().waitFor();
    assert.deepEqual(place.complaints, []);
  });
});
