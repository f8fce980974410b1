// Strategy: a customer books the demo's driving lessons in a real browser, with and without the script, by touch, by keys and
// inside somebody else's page; axe and the size of targets are asked at every step, on a phone and on a wide screen.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { after, describe, test } from "node:test";
import type { BrowserContextOptions, Locator, Page } from "playwright-core";
import { closeAll, demoServer, openPlace, settled, whyNoBrowser, type Place } from "../testing/browser.ts";

const skip = await whyNoBrowser();
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const LESSON = "/book/larkfield/driving-lesson";
const PHONE = { viewport: { width: 360, height: 800 }, hasTouch: true, locale: "en-GB" } as const;
const WIDE = { viewport: { width: 1280, height: 900 }, locale: "en-GB" } as const;
const TAPS_MAX = 6;
const TARGET_PX = 44;
/** People read a form before they send it; the server wants as much. */
const READ_MS = 1_500;

const open = (context: BrowserContextOptions, path = LESSON, prepare?: (page: Page) => Promise<void>): Promise<Place> =>
  openPlace({ account: null, path, context, ...(prepare === undefined ? {} : { prepare }) });

const step = (page: Page, name: string) => page.locator(`html[data-step="${name}"]`).waitFor();
const confirm = (page: Page): Locator => page.locator(".last .go");
const read = (page: Page) => page.waitForTimeout(READ_MS);

async function fill(page: Page, name = "Hana Birch") {
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("Email").fill("hana.birch@example.org");
}
async function answer(page: Page) {
  await page.getByRole("radio", { name: "Manual" }).check();
  await page.getByRole("checkbox", { name: "I hold a learner’s permit" }).check();
}
/** Times of today and tomorrow are not offered: what is pressed is far enough ahead to be cancelled again. */
async function holdLast(page: Page) {
  await page.locator(".days a").last().click();
  await page.locator(".days tr:last-child a[aria-current], .days a[aria-current]").last().waitFor();
  await page.locator(".slots button").last().click();
  await step(page, "details");
}
async function giveBack(page: Page) {
  await page.getByRole("link", { name: "Cancel" }).click();
  await page.getByRole("button", { name: "Cancel the booking" }).click();
  await page.getByRole("heading", { name: "Cancelled" }).waitFor();
}

async function findings(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(axe);
  await settled(page);
  const found = await page.evaluate(() =>
    (
      globalThis as unknown as {
        axe: { run: (root: Document) => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
      }
    ).axe.run(document),
  );
  return found.violations.flatMap(({ id, nodes }) =>
    nodes.slice(0, 3).map(({ html }) => `${id}: ${html.slice(0, 160)}`),
  );
}

/** Links, buttons and fields that a finger would miss. Links inside a sentence are of its height (WCAG 2.5.5). */
const smallTargets = (page: Page): Promise<string[]> =>
  page.evaluate((least) => {
    const all = document.querySelectorAll<HTMLElement>(
      "main :is(a, button, input, select, textarea, summary), .lang summary",
    );
    return [...all]
      .filter((each) => each.checkVisibility() && each.closest(".hidden, .zone, dd") === null)
      .map((each) => ({ each, box: (each.closest("label") ?? each).getBoundingClientRect() }))
      .filter(({ box }) => box.width > 0 && (box.height < least - 0.5 || box.width < least - 0.5))
      .map(({ each, box }) => `${each.outerHTML.slice(0, 80)} ${box.width}×${box.height}`);
  }, TARGET_PX);

describe("a customer books", { skip }, () => {
  after(closeAll);

  test("with six taps at most, on a phone", async () => {
    await using place = await open(PHONE, "/book/larkfield/consultation");
    const { page, complaints } = place;
    let taps = 0;
    const tap = async (at: Locator) => {
      taps++;
      await at.tap();
    };
    await page.locator(".zone").waitFor();
    await tap(page.locator(".slots button").first());
    await step(page, "details");
    await tap(page.getByLabel("Name"));
    await page.keyboard.type("Hana Birch");
    await tap(page.getByLabel("Email"));
    await page.keyboard.type("hana.birch@example.org");
    await tap(page.getByLabel("What is it about?"));
    await page.keyboard.type("Starting again");
    await read(page);
    assert.match(await confirm(page).innerText(), /^Ask for \w{3} \d+ \w+, \d\d:\d\d Prague time$/);
    await tap(confirm(page));
    await page.getByRole("heading", { name: "Asked for" }).waitFor();
    assert.ok(taps <= TAPS_MAX, `${taps} taps`);
    assert.deepEqual(complaints, []);
    await giveBack(page);
  });

  for (const [how, context] of [
    ["without a script, on a phone", { ...PHONE, javaScriptEnabled: false }],
    ["on a phone", PHONE],
    ["on a wide screen", WIDE],
  ] as const)
    test(`a series ${how}: dates are looked at, held, booked and cancelled together`, async () => {
      await using place = await open(context);
      const { page } = place;
      const isFine = async () => {
        if (!("javaScriptEnabled" in context)) assert.deepEqual(await findings(page), []);
        assert.deepEqual(await smallTargets(page), []);
      };
      await holdLast(page);
      await page.getByLabel("Name").fill("Hana Birch");
      await page.getByLabel("Email").fill("hana.birch@example.org");
      await answer(page);
      await page.getByLabel("How often?").selectOption("Every week, 6 times");
      await isFine();
      await page.getByRole("button", { name: "Check the dates" }).click();
      const [held, clashes] = [page.locator(".dates li"), page.locator(".clashes")];
      await held.or(clashes).first().waitFor();
      // Whatever stands in the diary: what is not free goes to what is offered instead.
      if ((await clashes.count()) > 0) {
        await isFine();
        await page.getByRole("button", { name: "Continue with these dates" }).click();
      }
      await page.getByRole("heading", { name: /dates are held for you/ }).waitFor();
      const count = await held.count();
      assert.equal(await page.getByLabel("Name").inputValue(), "Hana Birch");
      await isFine();
      await read(page);
      assert.match(await confirm(page).innerText(), new RegExp(`^Book ${count} dates from `));
      await confirm(page).click();
      await page.getByRole("heading", { name: "Booked" }).waitFor();
      assert.equal(await held.count(), count);
      await page.getByText(`Date 1 of ${count}`).waitFor();
      await isFine();
      await page.locator(".dates a").nth(2).click();
      await page.getByText(`Date 3 of ${count}`).waitFor();
      await page.getByRole("link", { name: "Cancel" }).click();
      await page.getByRole("radio", { name: "This and all later dates" }).check();
      await isFine();
      await page.getByRole("button", { name: "Cancel the booking" }).click();
      await page.getByRole("heading", { name: "Cancelled" }).waitFor();
      assert.equal(await page.locator(".dates s").count(), count - 2);
      await page.locator(".dates a").first().click();
      await page.getByRole("heading", { name: "Booked" }).waitFor();
      await page.getByRole("link", { name: "Cancel" }).click();
      await page.getByRole("radio", { name: "All dates" }).check();
      await page.getByRole("button", { name: "Cancel the booking" }).click();
      await page.getByRole("heading", { name: "Cancelled" }).waitFor();
      assert.equal(await page.locator(".dates s").count(), count);
    });

  test("without a script", async () => {
    await using place = await open({ ...PHONE, javaScriptEnabled: false });
    const { page } = place;
    await page.locator(".days a").last().click();
    await page.locator(".slots button").last().click();
    await page.getByText(/Held for you until/).waitFor();
    await page.getByLabel("Name").fill("Hana Birch");
    await page.getByLabel("Email").fill("nowhere");
    await read(page);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "3 things are missing or wrong" }).waitFor();
    assert.equal(await page.getByLabel("Name").inputValue(), "Hana Birch");
    await page.getByLabel("Email").fill("hana.birch@example.org");
    await answer(page);
    await page.getByRole("button", { name: "Change" }).click();
    await page.locator(".slots button").last().click();
    assert.equal(await page.getByLabel("Name").inputValue(), "Hana Birch", "the way back keeps what was written");
    await read(page);
    await confirm(page).click();
    await page.getByRole("heading", { name: "Booked" }).waitFor();
    await giveBack(page);
  });

  test("without a script on a wide screen: details are asked for when a time is held, so that no link loses them", async () => {
    await using place = await open({ ...WIDE, javaScriptEnabled: false });
    const { page } = place;
    await page.locator(".days a").last().click();
    assert.equal(await page.getByLabel("Name").isVisible(), false);
    await page.getByRole("button", { name: /^Continue with / }).click();
    await page.getByText(/Held for you until/).waitFor();
    await page.getByLabel("Name").fill("Hana Birch");
    assert.equal(await page.locator(".days a, .services a, .options a").filter({ visible: true }).count(), 0);
    await page.getByRole("button", { name: "Change" }).click();
    await page.locator(".days a").first().click();
    await page.getByRole("button", { name: /^Continue with / }).click();
    assert.equal(await page.getByLabel("Name").inputValue(), "Hana Birch", "the way back keeps what was written");
    await page.getByRole("button", { name: "Change" }).click();
    await page.locator(".slots").waitFor();
  });

  test("by keys alone, and hears where the focus is", async () => {
    await using place = await open(WIDE);
    const { page, complaints } = place;
    const reach = async (selector: string) => {
      for (let left = 80; left > 0; left--) {
        if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) === true, selector)) return;
        await page.keyboard.press("Tab");
      }
      assert.fail(`${selector} cannot be reached`);
    };
    await reach(".days a:not([aria-current])");
    await page.keyboard.press("Enter");
    await page.locator(".days a[aria-current]:focus").waitFor();
    assert.match(await page.locator("#said").innerText(), /\d times? · Prague time/);
    await reach(".slots li:last-child button");
    await page.keyboard.press("Enter");
    await step(page, "details");
    await page.locator("#details-title:focus").waitFor();
    await reach("#name");
    await page.keyboard.type("Hana Birch");
    await reach("#email");
    await page.keyboard.type("hana.birch@example.org");
    await read(page);
    await page.keyboard.press("Enter");
    await page.locator("#notice:focus").waitFor();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await reach('input[name="q.gears"]');
    await page.keyboard.press("Space");
    await reach('input[name="q.permit"]');
    await page.keyboard.press("Space");
    await reach(".last .go");
    await page.keyboard.press("Enter");
    await page.locator("#state:focus").waitFor();
    assert.equal(await page.locator("#state").innerText(), "Booked");
    assert.deepEqual(complaints, []);
    await giveBack(page);
  });

  test("and keeps what is written while looking at other times, and when the server cannot be reached", async () => {
    await using place = await open(WIDE);
    const { page } = place;
    await fill(page, "Ada");
    await page.locator(".days a:not([aria-current])").first().click();
    await page.waitForURL(/on=/);
    assert.equal(await page.getByLabel("Name").inputValue(), "Ada");
    await page.context().setOffline(true);
    await page.locator(".slots button").last().click();
    await page.getByRole("heading", { name: "This does not work at the moment" }).waitFor();
    assert.equal(await page.getByLabel("Name").inputValue(), "Ada");
    await page.context().setOffline(false);
    await page.locator(".slots button").last().click();
    await step(page, "details");
    assert.equal(await page.getByLabel("Name").inputValue(), "Ada");
    await page.goBack();
    await step(page, "time");
  });

  test("and is offered the nearest times when somebody was quicker", async () => {
    await using place = await open(WIDE);
    const { page } = place;
    const { stranger } = await demoServer();
    await page.locator(".days a").last().click();
    await page.waitForURL(/on=/);
    await fill(page);
    const last = page.locator(".slots button").last();
    const start = (await last.getAttribute("value"))!;
    const { services } = await stranger("bookingPage.show", { params: { who: "larkfield" } });
    const serviceId = services.find(({ slug }) => slug === "driving-lesson")!.id;
    const holds = [];
    for (let left = 4; left > 0; left--) {
      const held = await stranger("holds.create", { body: { serviceId, start } }).catch(() => null);
      if (held !== null) holds.push(held);
    }
    await last.click();
    await page.getByRole("heading", { name: "Somebody was quicker" }).waitFor();
    assert.equal(await page.locator(".nearest button").count(), 3);
    await page.locator(".nearest button").first().click();
    await step(page, "details");
    assert.equal(await page.getByLabel("Name").inputValue(), "Hana Birch");
    for (const { id, key } of holds) await stranger("holds.remove", { params: { id }, query: { key } });
  });

  test("and sees the last two minutes of a hold counted down, after which the times are there again", async () => {
    await using place = await open(PHONE, LESSON, (page) => page.clock.install());
    const { page } = place;
    await holdLast(page);
    await fill(page);
    await page.clock.fastForward(3 * 60_000 + 10_000);
    await page.getByText(/Held for you for 1:\d\d/).waitFor();
    await page.clock.fastForward(2 * 60_000);
    await page.getByRole("heading", { name: "The time was held too long" }).waitFor();
    await page.locator(".nearest button").first().click();
    await step(page, "details");
    assert.equal(await page.getByLabel("Name").inputValue(), "Hana Birch");
  });

  test("on the own clock where the service lets them, and finds another zone by its city", async () => {
    await using place = await open({ ...WIDE, timezoneId: "America/New_York" }, "/book/larkfield/consultation");
    const { page } = place;
    await page.getByText("All times are New York time.").waitFor();
    await page.getByRole("link", { name: "Change time zone" }).click();
    await page.getByLabel("City or time zone").pressSequentially("toky");
    await page.getByRole("link", { name: /Tokyo/ }).click();
    await page.getByText("All times are Tokyo time.").waitFor();
    await page.goto(new URL(LESSON, page.url()).href);
    await page.getByText(/On your clock in New York, \d\d:\d\d is \d\d:\d\d\./).waitFor();
  });

  for (const [name, size] of [
    ["a phone", PHONE],
    ["a wide screen", WIDE],
  ] as const) {
    for (const colorScheme of ["light", "dark"] as const)
      test(`on ${name} in ${colorScheme}, where axe finds nothing and fingers hit everything, at every step`, async () => {
        await using place = await open({ ...size, colorScheme }, "/book/larkfield");
        const { page, complaints } = place;
        const look = async (what: string) => {
          assert.deepEqual(await findings(page), [], what);
          if (size === PHONE) assert.deepEqual(await smallTargets(page), [], what);
        };
        await look("the list");
        await page.goto(new URL(LESSON, page.url()).href);
        await look("the times");
        await page.locator(".lang summary").click();
        await look("the languages");
        await page.goto(new URL(`${LESSON}?step=service`, page.url()).href);
        await look("the service");
        await page.goto(new URL(`${LESSON}?on=2040-01-01`, page.url()).href);
        await look("an empty month");
        await page.goto(new URL("/book/larkfield/consultation?step=zone&find=lon", page.url()).href);
        await look("the zones");
        await page.goto(new URL(LESSON, page.url()).href);
        await holdLast(page);
        await look("the details");
        await confirm(page).click();
        await page.locator("#notice").waitFor();
        await look("what is wrong");
        await fill(page);
        await answer(page);
        await read(page);
        await confirm(page).click();
        await page.getByRole("heading", { name: "Booked" }).waitFor();
        await look("the booking");
        await page.getByRole("link", { name: "Move" }).click();
        await page.locator(".days").waitFor();
        await look("moving");
        await page.getByRole("link", { name: "Keep it" }).click();
        await page.getByRole("link", { name: "Cancel" }).click();
        await page.locator("#reason").waitFor();
        await look("cancelling");
        await page.getByRole("button", { name: "Cancel the booking" }).click();
        await page.getByRole("heading", { name: "Cancelled" }).waitFor();
        assert.deepEqual(complaints, []);
      });
  }

  test("inside another site's page, which keeps its focus and gets no cookie", async () => {
    const { url } = await demoServer();
    const site = createServer((_request, response) => {
      response.setHeader("content-type", "text/html");
      response.end(
        `<!doctype html><title>A school</title><input autofocus aria-label="own"><hourwright-booking who="larkfield" service="driving-lesson" name="Prefilled"></hourwright-booking><script src="${url}/embed.js"></script>`,
      );
    });
    await new Promise<void>((listening) => void site.listen(0, "127.0.0.1", listening));
    try {
      await using place = await open(WIDE, "/healthz");
      const { page } = place;
      await page.goto(`http://127.0.0.1:${(site.address() as AddressInfo).port}/`);
      const inner = page.frameLocator("hourwright-booking iframe");
      await inner.locator(".slots button").first().waitFor();
      assert.equal(await inner.getByLabel("Name").inputValue(), "Prefilled");
      assert.equal(await page.evaluate(() => document.activeElement?.getAttribute("aria-label")), "own");
      const tall = () =>
        page.evaluate(() => document.querySelector("hourwright-booking")!.shadowRoot!.querySelector("iframe")!.height);
      await page.waitForFunction(
        () => document.querySelector("hourwright-booking")!.shadowRoot!.querySelector("iframe")!.height !== "640",
      );
      assert.ok(Number(await tall()) > 300, await tall());
      await inner.locator(".slots button").last().click();
      await inner.getByText(/Held for you until/).waitFor();
      assert.deepEqual(await page.context().cookies(), []);
    } finally {
      await new Promise((closed) => void site.close(closed));
    }
  });
});
