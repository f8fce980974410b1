// Strategy: one organisation offers something by the form, a customer books it through the API, and what becomes of it is done on the
// day sheet; axe looks at each part, in both themes and on a phone.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Page } from "playwright-core";
import { OWNER, startOwnServer, type OwnServer } from "../../../../server/src/testing/own-server.ts";
import { startMailServer } from "../../../../server/src/contexts/mail/testing.ts";
import { findings } from "../../testing/axe.ts";
import { buildPage, closeAll, eventually, focused, openPlace, settled, whyNoBrowser } from "../../testing/browser.ts";

const skip = await whyNoBrowser();
const ZONE = "Europe/Prague";

describe("bookings in Chromium", { skip }, () => {
  let own: OwnServer;
  before(async () => {
    buildPage();
    own = await startOwnServer();
    const week = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, opens: "08:00", closes: "20:00" }));
    await own.owner("workingHours.put", { body: { subjectId: null, week } });
    await own.owner("people.create", { body: { name: "Petra Pilot" } });
  });
  after(async () => {
    await closeAll();
    await own[Symbol.asyncDispose]();
  });
  const open = (path: string, context: object = {}) => openPlace({ server: own.server, account: OWNER, path, context });
  const services = async () => (await own.owner("services.list", {})).items;
  const bookings = async () => (await own.owner("bookings.list", { query: {} })).items;

  /** Somebody books the first slot of a day to come: today may be nearly over, and nothing left to move to. */
  async function book(serviceId: string, name: string, days = 1) {
    const from = Temporal.Now.zonedDateTimeISO(ZONE).add({ days }).startOfDay().toInstant();
    const query = { from: from.toString(), to: from.add({ hours: 24 * 14 }).toString(), limit: 1 };
    const { stranger } = own.server;
    const [slot] = (
      await eventually(
        () => stranger("services.slots", { params: { id: serviceId }, query }),
        ({ items }) => items.length > 0,
      )
    ).items;
    const held = await stranger("holds.create", { body: { serviceId, start: slot!.start } });
    const customer = { name, email: `${name.slice(0, 3).toLowerCase()}@example.org` };
    return stranger("bookings.create", { body: { holdId: held.id, key: held.key, customer } });
  }

  /** Hours of somebody new are handed in by themselves. */
  async function untilClosedAtNight(id: string) {
    const tomorrow = Temporal.Now.plainDateISO(ZONE).add({ days: 1 });
    const night = tomorrow.toZonedDateTime({ timeZone: ZONE, plainTime: "03:00" });
    const query = { at: night.toString({ timeZoneName: "never" }) };
    await eventually(
      () => own.owner("services.why", { params: { id }, query }),
      ({ isOffered }) => !isOffered,
    );
  }

  test("something is offered by the form, and undo takes it back", async () => {
    await using place = await open("/bookings/services");
    const { page } = place;
    await page.getByText("Nothing can be booked yet.").waitFor();
    await page.getByRole("button", { name: "Add a service" }).click();
    const sheet = page.getByRole("dialog", { name: "Add a service" });
    await focused(sheet.getByLabel("Name", { exact: true }));
    await page.keyboard.type("Flying hour");
    assert.equal(await sheet.getByLabel("Part of its address").inputValue(), "flying-hour");
    await sheet.getByLabel("Minutes it takes").fill("never");
    await sheet.getByText("Whole minutes from 5 to 1,440, set apart by commas.").waitFor();
    await sheet.getByLabel("Minutes it takes").fill("60, 90");
    await sheet.getByLabel("What it is").fill("Pilot");
    await sheet.getByRole("button", { name: "Add", exact: true }).click();
    await sheet.getByText("This is needed.").waitFor();
    await sheet.getByText("Petra Pilot").click();
    await sheet.getByText("1 chosen").waitFor();
    await sheet.getByText("Buffers, notice, limits").click();
    await sheet.getByLabel("Hours of notice").fill("1");
    await settled(page);
    assert.deepEqual(await findings(page), []);
    await sheet.getByRole("button", { name: "Add", exact: true }).click();
    await page.getByText("Flying hour can be booked").first().waitFor();
    await sheet.waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Change Flying hour" }).waitFor();
    const [service] = await services();
    assert.deepEqual([service!.lengths, service!.noticeMinutes, service!.roles[0]!.name], [[60, 90], 60, "Pilot"]);
    await page.keyboard.press("Control+z");
    await page.getByText("Nothing can be booked yet.").waitFor();
    assert.deepEqual(await services(), []);
    await page.keyboard.press("Control+Shift+z");
    await page.getByRole("button", { name: "Change Flying hour" }).waitFor();
    await untilClosedAtNight((await services())[0]!.id);
    await page.getByLabel("Time").fill("03:00");
    await page.getByRole("button", { name: "Ask" }).click();
    await page.getByText(/Petra Pilot: not open for all of that time/).waitFor();
    assert.deepEqual(place.complaints, []);
  });

  test("who waits is offered a time by hand, which undo takes back, and is taken off the list", async () => {
    const [service] = await services();
    const today = Temporal.Now.plainDateISO(ZONE);
    await own.server.stranger("waitingList.create", {
      body: {
        serviceId: service!.id,
        firstDay: today.toString(),
        lastDay: today.add({ days: 14 }).toString(),
        // Nothing is free in the night: nobody is offered anything by itself.
        fromMinute: 0,
        toMinute: 60,
        customer: { name: "Ben Waits", email: "ben@example.org" },
      },
    });
    await using place = await open("/bookings/waiting");
    const { page } = place;
    await page.getByText("1. Ben Waits").waitFor();
    await settled(page);
    assert.deepEqual(await findings(page), []);
    await page.getByRole("button", { name: "Offer a time: Ben Waits" }).click();
    const sheet = page.getByRole("dialog", { name: "Offer a time: Ben Waits" });
    await sheet.getByLabel("Which time").waitFor();
    await settled(page);
    assert.deepEqual(await findings(page), []);
    await sheet.getByRole("button", { name: "Offer a time" }).click();
    await page.getByText(/^Offered: /).waitFor();
    await sheet.waitFor({ state: "detached" }); // It goes once the lists have been read, and the keys are the page's again.
    await page.getByRole("region", { name: "Just done" }).getByRole("button", { name: "Dismiss" }).waitFor();
    assert.deepEqual(await findings(page), []);
    await page.keyboard.press("Control+z");
    await page.getByText("1. Ben Waits").waitFor();
    await page.getByRole("button", { name: "Take off the list: Ben Waits" }).click();
    await page.getByText("Nobody waits.").waitFor();
    assert.deepEqual(place.complaints, []);
  });

  test("what is booked stands on its day, and what becomes of it is told with a reason and taken back", async () => {
    const [service] = await services();
    const booking = await book(service!.id, "Ada Learner");
    const day = Temporal.Instant.from(booking.start).toZonedDateTimeISO(ZONE).toPlainDate();
    await using place = await open(`/bookings/${day.toString()}`);
    const { page } = place;
    await page.getByText("Ada Learner").waitFor();
    await page.getByText("1 booking", { exact: true }).waitFor();
    await page.getByText(/Mail is off/).waitFor();
    await settled(page);
    assert.deepEqual(await findings(page), []);
    await page.getByRole("button", { name: /^Move: Ada Learner/ }).click();
    const move = page.getByRole("dialog", { name: /^Move: Ada Learner/ });
    const times = move.getByLabel("At what time");
    await times.waitFor();
    const later = await times.locator("option").nth(2).getAttribute("value");
    await times.selectOption(later);
    await move.getByRole("button", { name: "Move", exact: true }).click();
    await page.getByText("The booking of Ada Learner was moved").first().waitFor();
    assert.equal(Temporal.Instant.compare((await bookings())[0]!.start, later!), 0);
    await page.getByText(/was \d\d:\d\d/).waitFor();
    await page.getByRole("button", { name: /^Cancel it: Ada Learner/ }).click();
    const cancel = page.getByRole("dialog", { name: /^Cancel it: Ada Learner/ });
    await cancel.getByLabel(/^Why/).fill("The weather");
    await cancel.getByRole("button", { name: "Cancel it", exact: true }).click();
    await page.getByText("“The weather”").waitFor();
    await cancel.waitFor({ state: "detached" });
    await page.keyboard.press("Control+z");
    await page.getByText("confirmed").waitFor();
    await eventually(bookings, ([one]) => one!.state === "confirmed");
    assert.deepEqual(place.complaints, []);
  });

  test("somebody is away: what is planned is shown, chosen, done and undone, also on a phone in the dark", async () => {
    const [service] = await services();
    const { id: personId } = (await own.owner("people.create", { body: { name: "Quentin Query" } })) as { id: string };
    const [role] = service!.roles;
    const roles = [{ ...role!, anyOf: [...role!.anyOf, personId] }];
    await own.owner("services.update", { params: { id: service!.id }, body: { roles } });
    await untilClosedAtNight(service!.id);
    const booking = await book(service!.id, "Cleo Learner", 2);
    const ill = booking.subjects[0]!;
    const stands = ["Petra Pilot", "Quentin Query"].find((name) => name !== ill.name)!;
    await eventually(
      () =>
        own.owner("services.why", {
          params: { id: service!.id },
          query: { at: booking.start },
        }),
      ({ isOffered }) => isOffered,
    );
    const day = Temporal.Instant.from(booking.start).toZonedDateTimeISO(ZONE).toPlainDate().toString();
    const context = { viewport: { width: 390, height: 844 }, colorScheme: "dark" };
    await using place = await open(`/bookings/${day}`, context);
    const { page } = place;
    await page.getByRole("button", { name: "Somebody is away …" }).click();
    const sheet = page.getByRole("dialog", { name: "Somebody or something is away" });
    await sheet.getByLabel("Who or what").selectOption(ill.id);
    const then = sheet.getByLabel(/^Then, for Cleo Learner/);
    await then.waitFor();
    await sheet.getByText(/1 time is touched: 1 stays at its time/).waitFor();
    await settled(page);
    assert.deepEqual(await findings(page), []);
    await then.selectOption("offer");
    await sheet.getByText(/1 is offered other times/).waitFor();
    await sheet.getByText(/^Offered: /).waitFor();
    await sheet.getByRole("button", { name: "Do this" }).click();
    const done = page.getByRole("dialog", { name: "Arranged" });
    await done.getByLabel(/^Link for Cleo Learner/).waitFor();
    await announced(page);
    assert.deepEqual(await findings(page), []);
    await done.getByRole("button", { name: "Close" }).last().click();
    await page.getByRole("region", { name: "Waiting for an answer" }).getByText("Cleo Learner").first().waitFor();
    await page.getByText("needs another time").waitFor();
    await settled(page);
    assert.deepEqual(await findings(page), []);
    await page.keyboard.press("Control+z");
    await page.getByRole("region", { name: "Waiting for an answer" }).waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Somebody is away …" }).click();
    await sheet.getByLabel("Who or what").selectOption(ill.id);
    await sheet.getByText(/1 stays at its time/).waitFor();
    await sheet.getByRole("button", { name: "Do this" }).click();
    await done.waitFor();
    const [moved] = (await own.owner("bookings.list", { query: { start: booking.start, limit: 1 } })).items;
    assert.deepEqual(
      moved!.subjects.map(({ name }) => name),
      [stands],
    );
    assert.deepEqual(place.complaints, []);
  });

  test("mail that is off says so, how to switch it on, and what waits", async () => {
    await book((await services())[0]!.id, "Ada Learner");
    await eventually(
      () => own.owner("mail.status", {}),
      ({ waiting }) => waiting > 0,
    );
    for (const colorScheme of ["light", "dark"] as const) {
      await using place = await open("/bookings/mail", { viewport: { width: 390, height: 844 }, colorScheme });
      const { page } = place;
      await page.getByText("Mail is off.").waitFor();
      await page.getByText(/SMTP_URL/).waitFor();
      await page.getByText("Ada Learner").first().waitFor();
      await page.getByText("waits", { exact: true }).first().waitFor();
      await settled(page);
      assert.deepEqual(await findings(page), []);
      await page.getByLabel("Show").selectOption("failed");
      await page.getByText("Nothing has failed.").waitFor();
      assert.deepEqual(place.complaints, []);
    }
  });

  test("mail that is on says from where, what failed and why, and tries it again", async () => {
    await using post = await startMailServer();
    await using mailed = await startOwnServer({
      settings: { SMTP_URL: `smtp://127.0.0.1:${post.port}`, MAIL_FROM: "us@own.example" },
    });
    const { owner, server } = mailed;
    const week = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, opens: "08:00", closes: "20:00" }));
    await owner("workingHours.put", { body: { subjectId: null, week } });
    const { id: personId } = await owner("people.create", { body: { name: "Petra" } });
    const roles = [{ name: "Who", anyOf: [personId] }];
    const { id: serviceId } = await owner("services.create", {
      body: { name: "Talk", slug: "talk", lengths: [60], roles },
    });
    const now = Temporal.Now.instant();
    const query = { from: now.toString(), to: now.add({ hours: 24 * 14 }).toString(), limit: 1 };
    const { items } = await eventually(
      () => server.stranger("services.slots", { params: { id: serviceId }, query }),
      (found) => found.items.length > 0,
    );
    post.replies.push({ code: 550, text: "no such user" });
    const held = await server.stranger("holds.create", { body: { serviceId, start: items[0]!.start } });
    const customer = { name: "Ben Learner", email: "ben@example.org" };
    await server.stranger("bookings.create", { body: { holdId: held.id, key: held.key, customer } });
    await eventually(
      () => owner("mail.status", {}),
      ({ waiting }) => waiting > 0,
    );
    await mailed.travel({ seconds: 10 });
    await eventually(
      () => owner("mail.status", {}),
      ({ failed }) => failed === 1,
    );
    await using place = await openPlace({ server, account: OWNER, path: "/bookings/mail" });
    const { page } = place;
    await page.getByText("Mail goes out from us@own.example.").waitFor();
    await page.getByText(/550 no such user/).waitFor();
    await settled(page);
    assert.deepEqual(await findings(page), []);
    await page.getByRole("button", { name: "Try again: Ben Learner" }).click();
    await page.getByText("The message to Ben Learner is tried again").first().waitFor();
    await eventually(
      () => Promise.resolve(post.arrived),
      (arrived) => arrived.some(({ to }) => to === "ben@example.org"),
    );
    await page.getByRole("button", { name: "Send a test message to myself" }).click();
    await page.getByText("The test message was sent").first().waitFor();
    assert.ok(post.arrived.some(({ to }) => to === OWNER.email));
    assert.deepEqual(place.complaints, []);
  });

  test("the public page has an address that others do not have, and is opened from the week", async () => {
    await using place = await open("/bookings/page", { viewport: { width: 390, height: 844 }, colorScheme: "dark" });
    const { page } = place;
    await page.getByText("Nothing is public yet.").waitFor();
    await page.getByLabel("Its address").fill("Not An Address");
    await page.getByRole("button", { name: "Save the page" }).click();
    await page.getByText("Small letters, digits and single hyphens between them.").waitFor();
    await settled(page);
    assert.deepEqual(await findings(page), []);
    await page.getByLabel("Its address").fill("flying-club");
    await page.getByRole("button", { name: "Save the page" }).click();
    await page.getByRole("link", { name: /\/book\/flying-club$/ }).waitFor();
    assert.equal(
      (await own.server.stranger("bookingPage.show", { params: { who: "flying-club" } })).services.length,
      1,
    );
    assert.deepEqual(place.complaints, []);
  });

  test("the public page begins with a question that leads to a service, and a rule that is never reached is refused", async () => {
    await own.owner("bookingPage.put", { body: { who: "asks-first" } });
    await using place = await open("/bookings/page");
    const { page } = place;
    await page.getByRole("button", { name: "Add a question" }).click();
    await page.getByLabel("What is asked").fill("What is it about?");
    await page.getByLabel("Answers").fill("Flying, Else");
    const addRule = page.getByRole("button", { name: "Add a rule" });
    await addRule.click();
    await addRule.click();
    await settled(page);
    assert.deepEqual(await findings(page), []);
    const part = page.getByRole("region", { name: "Questions first" });
    await part.getByRole("button", { name: "Save the questions" }).click();
    await page.getByText(/Rule 2 is never reached/).waitFor();
    await page.getByRole("button", { name: "Remove rule 2" }).click();
    await part.getByRole("button", { name: "Save the questions" }).click();
    await page.getByText("The questions of the public page were saved").first().waitFor();
    const { questions, rules } = await own.owner("bookingPage.readRouting", {});
    assert.deepEqual(questions, [{ id: "what-is-it-about", label: "What is it about?", options: ["Flying", "Else"] }]);
    assert.deepEqual(
      rules.map(({ when }) => when),
      [[]],
    );
  });

  test("a rule says whom it is with, and undo takes the questions back", async () => {
    const petra = (await own.owner("people.list", { query: {} })).items.find(({ name }) => name === "Petra Pilot");
    const [first] = await services();
    await own.owner("services.update", {
      params: { id: first!.id },
      body: { roles: [{ name: "Pilot", anyOf: [petra!.id], assign: "customer" }] },
    });
    const routing = () => own.owner("bookingPage.readRouting", {});
    const before = await routing();
    await using place = await open("/bookings/page");
    const { page } = place;
    const rule = page.getByRole("group", { name: "Rule 1" });
    await rule.getByLabel("With whom: Pilot").selectOption("Petra Pilot");
    await page.getByRole("button", { name: "Save the questions" }).click();
    await eventually(routing, ({ rules }) => rules[0]?.choose[0] === petra!.id);
    await page.getByRole("button", { name: "Undo" }).first().click();
    await eventually(routing, ({ rules }) => rules[0]?.choose.length === 0);
    assert.deepEqual(await routing(), before);
    assert.deepEqual(place.complaints, []);
  });

  test("a service asks for a file by the form, a customer sends it without a script, and it is saved from the day sheet", async () => {
    await using place = await open("/bookings/services", { colorScheme: "dark" });
    const { page } = place;
    await page
      .getByRole("button", { name: /^Change / })
      .first()
      .click();
    const sheet = page.getByRole("dialog");
    await sheet.getByText("What the customer is asked").click();
    await sheet.getByRole("button", { name: "Add a question" }).click();
    await sheet.getByRole("button", { name: "Save" }).click();
    await sheet.getByText("Something is asked.").waitFor();
    await sheet.getByLabel("What is asked").fill("Your licence");
    await sheet.getByLabel("Answered by").selectOption("A file");
    await sheet.getByLabel("Megabytes at most").fill("20");
    await sheet.getByText("From 0.01 to 10.").waitFor();
    await sheet.getByLabel("Megabytes at most").fill("2");
    await settled(page);
    assert.deepEqual(await findings(page), []);
    await sheet.getByRole("button", { name: "Save" }).click();
    await sheet.waitFor({ state: "detached" });
    const [service] = await services();
    assert.deepEqual(service!.questions[0]!.file, { bytesMax: 2_097_152, filesMax: 1, types: ["pdf", "png", "jpeg"] });

    await using customer = await openPlace({
      server: own.server,
      account: null,
      path: service!.address,
      context: { viewport: { width: 360, height: 800 }, javaScriptEnabled: false, locale: "en-GB" },
    });
    const booking = customer.page;
    await booking.locator(".slots button").last().click();
    await booking.getByLabel("Name").fill("Ada Learner");
    const file = { name: "licence.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.7") };
    await booking.getByLabel("Your licence").setInputFiles(file);
    await booking.waitForTimeout(1_500); // People read a form before they send it.
    await booking.locator(".last .go").click();
    await booking.getByText("licence.pdf").waitFor();
    assert.equal(await booking.getByLabel("Name").inputValue(), "Ada Learner");
    await booking.getByRole("button", { name: "Remove licence.pdf" }).click();
    await booking.getByLabel("Your licence").setInputFiles(file);
    await booking.getByLabel("Email").fill("ada@example.org");
    await booking.locator(".last .go").click();
    await booking.getByRole("link", { name: "licence.pdf" }).waitFor();

    const made = (await bookings()).find(({ files }) => files.length > 0)!;
    await page.goto(new URL(`/bookings/${made.start.slice(0, 10)}`, page.url()).href);
    const saved = page.waitForEvent("download");
    await page.getByRole("link", { name: "Save the file “licence.pdf”" }).click();
    assert.equal((await saved).suggestedFilename(), "licence.pdf");
  });
});

/** Until the library has taken away what it said of the button that was pressed, which names a label that is gone. */
async function announced(page: Page): Promise<void> {
  await page.locator("[data-live-announcer] [role=img]").first().waitFor({ state: "detached" });
  await settled(page);
}
