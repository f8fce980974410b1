// Strategy: visits are booked, travelled past and answered over HTTP; the figures then say so in numbers, in order, on a phone in the dark.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { OWNER, startOwnServer, type OwnServer } from "../../../../server/src/testing/own-server.ts";
import { findings } from "../../testing/axe.ts";
import { buildPage, closeAll, eventually, openPlace, settled, whyNoBrowser } from "../../testing/browser.ts";

const skip = await whyNoBrowser();
const DAYS_AGO = 20;

describe("figures in Chromium", { skip }, () => {
  let own: OwnServer;
  let day: Temporal.PlainDate;
  before(async () => {
    buildPage();
    own = await startOwnServer({
      now: Temporal.Now.instant()
        .subtract({ hours: 24 * DAYS_AGO })
        .toString(),
    });
    const rooms = [];
    for (const name of ["Small room", "Large room"])
      rooms.push((await own.owner("resources.create", { body: { name, kind: "room" } })).id);
    const service = await own.owner("services.create", {
      body: {
        name: "Interview",
        slug: "interview",
        lengths: [30],
        noticeMinutes: 0,
        roles: [{ name: "Room", anyOf: rooms }],
        rating: { question: "How was it?", afterMinutes: 0 },
      },
    });
    const { stranger } = own.server;
    const now = Temporal.Now.instant().subtract({ hours: 24 * DAYS_AGO });
    const query = { from: now.toString(), to: now.add({ hours: 24 * 3 }).toString(), limit: 3 };
    const ask = () => stranger("services.slots", { params: { id: service.id }, query });
    const { items } = await eventually(ask, (answer) => answer.items.length === 3);
    const booked = [];
    for (const [index, { start }] of items.entries()) {
      const held = await stranger("holds.create", { body: { serviceId: service.id, start } });
      const customer = { name: `Customer ${index}`, email: `c${index}@example.org` };
      await stranger("bookings.create", { body: { holdId: held.id, key: held.key, customer } });
      booked.push(held);
    }
    day = Temporal.Instant.from(items[0]!.start).toZonedDateTimeISO("Europe/Prague").toPlainDate();
    await own.travel({ hours: 24 * DAYS_AGO });
    await own.owner("bookings.noShow", { params: { id: booked[0]!.id } });
    await stranger("bookings.rate", {
      params: { id: booked[1]!.id },
      body: { key: booked[1]!.key, score: 4, comment: "Warm <b>room</b>" },
    });
  });
  after(async () => {
    await closeAll();
    await own[Symbol.asyncDispose]();
  });
  const open = (context: object = {}) =>
    openPlace({ server: own.server, account: OWNER, path: "/bookings/figures", context });

  test("tell what became of bookings, who got what, and what customers said", async () => {
    await using place = await open();
    const { page } = place;
    await page.getByRole("button", { name: "Own period" }).click();
    await page.getByLabel("First day").fill(day.toString());
    await page.getByLabel("Last day").fill(day.add({ days: 3 }).toString());
    await page.getByText("1 customer of 3 stayed away.").waitFor();
    await page.getByText("4 of 5 on average, from 1 answer.").waitFor();
    const rows = page.getByRole("table", { name: "By person and thing" }).getByRole("rowheader");
    assert.equal(await rows.count(), 2);
    const heading = page.getByRole("columnheader", { name: "Name" }).last();
    await page.getByRole("table", { name: "By person and thing" }).getByRole("button", { name: /^Name/ }).click();
    const first = await rows.first().textContent();
    await page.getByRole("table", { name: "By person and thing" }).getByRole("button", { name: /^Name/ }).click();
    assert.notEqual(await rows.first().textContent(), first, "pressed again it is turned round");
    assert.ok(await heading.isVisible());
    await settled(page);
    assert.deepEqual(await findings(page), []);
    const link = page.getByRole("link", { name: "Download CSV" });
    assert.match((await link.getAttribute("href"))!, new RegExp(`figures/file\\?from=${day.toString()}&to=`));
    await page.getByLabel("Last day").fill(day.subtract({ days: 1 }).toString());
    await page.getByText("The last day is on or after the first, at most 400 days later.").waitFor();
    assert.deepEqual(place.complaints, []);
  });

  test("say that there is nothing on a phone in the dark, and fit it", async () => {
    await using place = await open({ viewport: { width: 360, height: 780 }, colorScheme: "dark" });
    const { page } = place;
    await page.getByRole("button", { name: "Own period" }).click();
    await page.getByLabel("First day").fill("2020-01-01");
    await page.getByLabel("Last day").fill("2020-02-01");
    await page.getByText("Nothing was booked in this period.").waitFor();
    await page.getByLabel("First day").fill(day.toString());
    await page.getByLabel("Last day").fill(day.add({ days: 3 }).toString());
    await page.getByText("4 of 5 on average, from 1 answer.").waitFor();
    await settled(page);
    assert.equal(await page.evaluate("document.documentElement.scrollWidth > innerWidth"), false);
    assert.deepEqual(await findings(page), []);
    assert.deepEqual(place.complaints, []);
  });

  test("and the answer stands in the customer's file, as text", async () => {
    await using place = await openPlace({ server: own.server, account: OWNER, path: "/bookings/customers" });
    await place.page.getByRole("button", { name: "Open Customer 1" }).click();
    await place.page.getByText("Interview · 4 of 5: “Warm <b>room</b>”").waitFor();
    assert.deepEqual(place.complaints, []);
  });
});
