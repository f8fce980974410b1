import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Client } from "@hourwright/client";
import type { Page } from "playwright-core";
import { COORDINATOR, INSTRUCTOR, startTestServer, type TestServer } from "../../../server/src/testing/server.ts";
import {
  becomes,
  buildPage,
  closeAll,
  demoAccount,
  eventually,
  openForm,
  openPlace,
  thisYear,
  whole,
  whyNoBrowser,
  type Place,
  type PlaceOptions,
} from "../testing/browser.ts";
import { startWithOthers, type Others } from "../testing/others.ts";
import { layWay, type Way } from "../testing/way.ts";

const YEAR = thisYear();
const DAY = `${YEAR}-12-14`;
const PATH = `/year/${YEAR}?on=${DAY}`;

describe("the app without a server", { skip: await whyNoBrowser() }, () => {
  let others: Others;
  let server: TestServer;
  let instructor: Client;
  before(async () => {
    others = await startWithOthers("instructor", "Away");
    ({ server, instructor } = others);
  });
  after(async () => {
    await closeAll();
    await others[Symbol.asyncDispose]();
  });

  const create = (title: string) => others.create(title, DAY);

  test("can be installed: Chromium finds nothing wrong with its manifest", async () => {
    await using place = await open({ url: server.url });
    const { page } = place;
    const session = await page.context().newCDPSession(page);
    const { errors, manifest, url } = await session.send("Page.getAppManifest");
    assert.deepEqual(errors, []);
    assert.equal(url, `${server.url}/manifest.webmanifest`);
    assert.equal((manifest as { name: string }).name, "Hourwright");
    const { installabilityErrors } = await session.send("Page.getInstallabilityErrors");
    // The window of a test is a private one, in which nothing can be installed.
    assert.deepEqual(
      installabilityErrors.filter(({ errorId }) => errorId !== "in-incognito"),
      [],
    );
    assert.deepEqual(place.complaints, []);
  });

  test("opens on the last year with its events, and says as of when; comes up to date when the server is back", async () => {
    await using way = await layWay(server.url);
    const before = await create("Kept for later");
    await using place = await open(way);
    const { page } = place;
    await onDay(page, "Kept for later").waitFor();
    await untilKept(page);
    await goAway(place, way);
    await page.reload();
    await whole(page);
    await onDay(page, "Kept for later").waitFor();
    await page.getByText(/No connection\. You see what was loaded last, from \w{3} \d+ \w{3}, \d\d:\d\d\./).waitFor();
    for (const part of ["event", "of capacity"])
      await eventually(
        () => page.locator(`[role="gridcell"][aria-label*="${part}"]`).count(),
        (count) => count > 50, // The whole year is there, with its load.
      );

    await instructor("events.update", { params: { id: before.id }, body: { title: "Renamed meanwhile" } });
    await create("Made meanwhile");
    await comeBack(place, way);
    await onDay(page, "Renamed meanwhile").waitFor();
    await onDay(page, "Made meanwhile").waitFor();
    await page.getByText("No connection.").waitFor({ state: "detached" });
    assert.deepEqual(place.complaints, []);
  });

  test("refuses to write, and keeps what was typed until it can be", async () => {
    await using way = await layWay(server.url);
    await using place = await open(way);
    const { page } = place;
    await untilKept(page);
    await goAway(place, way);
    await page.reload();
    await whole(page);
    await openForm(page);
    const dialog = page.getByRole("dialog", { name: "New event" });
    await dialog.getByLabel("Title").fill("Written on the train");
    await dialog.getByLabel("Starts, date").fill(`${YEAR + 1}-02-03`);
    await dialog.getByLabel("Starts, time").fill("03:30");
    await dialog.getByRole("button", { name: "Create" }).click();
    await dialog.getByText("The server cannot be reached. Try again in a moment.").waitFor();
    assert.equal(await dialog.getByLabel("Title").inputValue(), "Written on the train");
    await comeBack(place, way);
    await page.getByText("No connection.").waitFor({ state: "detached" });
    await dialog.getByRole("button", { name: "Try again" }).click();
    await page.getByText("Created “Written on the train”").first().waitFor();
    assert.deepEqual(place.complaints, []);
  });

  test("opens as well where there is a connection and no answer, and goes on when there is one", async () => {
    await using way = await layWay(server.url);
    await create("Seen through the silence");
    await using place = await open(way);
    const { page } = place;
    await onDay(page, "Seen through the silence").waitFor();
    await untilKept(page);
    way.hold(true);
    await page.reload();
    await onDay(page, "Seen through the silence").waitFor();
    await page.getByText("No connection. You see what was loaded last").waitFor();
    way.hold(false);
    await way.cut(); // What hangs ends.
    await way.mend();
    await page.getByText("No connection.").waitFor({ state: "detached" });
    assert.deepEqual(place.complaints, []);
  });

  test("says as of when it is also where the server answers with its own faults, or another in its place", async () => {
    await create("Seen through the fault");
    await using place = await open({ url: server.url });
    const { page } = place;
    await onDay(page, "Seen through the fault").waitFor();
    await untilKept(page);
    const problem = { type: "about:blank", title: "Fault", status: 500, detail: "", code: "internal" };
    const answers = [
      { status: 500, contentType: "application/problem+json", body: JSON.stringify(problem) },
      { status: 401, contentType: "application/json", body: JSON.stringify({ error: "proxy authentication" }) },
    ];
    for (const answer of answers) {
      await page.route("**/v1/**", (route) => route.fulfill(answer));
      await page.reload();
      await onDay(page, "Seen through the fault").waitFor();
      await page.getByText("No connection. You see what was loaded last").waitFor();
      await page.waitForTimeout(1_500); // Whoever follows changes has asked again by then.
      assert.equal(await page.getByText("No connection. You see what was loaded last").count(), 1);
      await page.unroute("**/v1/**");
      await page.reload();
      await whole(page);
      await page.getByText("No connection.").waitFor({ state: "detached" });
    }
    assert.deepEqual(place.complaints, []);
  });

  test("puts the door over the page when the session has ended meanwhile, as soon as the server is back", async () => {
    await using way = await layWay(server.url);
    await using place = await open(way);
    const { page } = place;
    await untilKept(page);
    await goAway(place, way);
    await page.reload();
    await whole(page);
    const ended = await page.context().request.delete(`${server.url}/v1/session`, { headers: { origin: server.url } });
    assert.ok(ended.ok());
    await comeBack(place, way);
    await page.getByText("Your session has ended. Sign in to go on.").waitFor();
    assert.equal(await page.getByRole("grid", { includeHidden: true }).count(), 1, "the year stays below");
    await becomes(() => rowsOf(page), []);
  });

  test("keeps nothing for who comes next: not after signing out, nor when the session has ended", async () => {
    await using way = await layWay(server.url);
    await using place = await open(way);
    const { page } = place;
    await untilKept(page);
    await page.getByRole("button", { name: "Account and appearance" }).click();
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    await becomes(() => rowsOf(page), []);

    await signInAgain(page);
    await untilKept(page);
    await page.evaluate(() => fetch("/v1/session", { method: "DELETE" }));
    await page.getByText("Your session has ended. Sign in to go on.").waitFor();
    await becomes(() => rowsOf(page), []);
    await goAway(place, way);
    await page.reload();
    await page.getByText("The server cannot be reached.").waitFor();
  });

  test("removes what it keeps when somebody signs out without a connection, and says that they are still signed in", async () => {
    await using way = await layWay(server.url);
    await using place = await open(way);
    const { page } = place;
    await untilKept(page);
    await goAway(place, way);
    await page.getByRole("button", { name: "Account and appearance" }).click();
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByText("No connection, so you are still signed in.").first().waitFor();
    await becomes(() => rowsOf(page), []);
    await page.reload();
    await page.getByText("The server cannot be reached.").waitFor();
  });

  test("keeps what belongs to who is signed in, and nothing of who was before", async () => {
    await using place = await open({ url: server.url });
    const { page } = place;
    const first = await untilKept(page);
    await page.evaluate(() => fetch("/v1/session", { method: "DELETE" }));
    const { email, password } = demoAccount(INSTRUCTOR);
    await page.evaluate(
      (data) =>
        fetch("/v1/session", {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify(data),
        }),
      { email, password },
    );
    await page.reload();
    await eventually(
      () => headOf(page),
      (head) => head?.userId !== first && (head?.seq ?? null) !== null,
    );
  });

  test("is loaded anew in every window when somebody else comes in in one of them", async () => {
    await using place = await open({ url: server.url });
    const { page } = place;
    await untilKept(page);
    const other = await page.context().newPage();
    await other.goto(`${server.url}/`);
    // With an invitation or by hand: the session before goes on, and so would the window that shows it.
    const answer = await page.context().request.post(`${server.url}/v1/session`, { data: demoAccount(INSTRUCTOR) });
    assert.ok(answer.ok());
    await Promise.all([page.waitForEvent("load"), other.reload()]);
    await page.getByRole("button", { name: "Account and appearance" }).click();
    await page.getByRole("dialog").getByText(INSTRUCTOR).waitFor();
    assert.deepEqual(place.complaints, []);
  });

  test("asks the API itself for everything: no answer of it is kept by the worker", async () => {
    await using place = await open({ url: server.url });
    const { page } = place;
    await untilKept(page);
    const kept = await page.evaluate(async () => {
      const names = await caches.keys();
      const requests = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
      return requests.flat().map(({ url }) => new URL(url).pathname);
    });
    assert.ok(kept.includes("/"));
    assert.deepEqual(
      kept.filter((path) => path !== "/" && !path.startsWith("/assets/")),
      [],
    );
  });
});

describe("a new version of the app", { skip: await whyNoBrowser() }, () => {
  after(closeAll);

  test("is offered and never forced, loads when it is asked for, and old ones go", async () => {
    buildPage();
    await using server = await startTestServer();
    await using way = await layWay(server.url);
    await using place = await open(way);
    const { page } = place;
    await untilKept(page);
    const build = await buildOf(page);
    const publish = (next: string) => way.rewrite((text) => text.replaceAll(build, next));
    const offer = page.locator("[data-update]");
    assert.equal(await offer.count(), 0);

    publish("1111111111111111");
    await openForm(page);
    const title = page.getByRole("dialog", { name: "New event" }).getByLabel("Title");
    await title.fill("Half a sen");
    await askForUpdate(page);
    await offer.getByText("A new version is here.").waitFor();
    assert.equal(await title.inputValue(), "Half a sen");
    assert.equal(await buildOf(page), build);
    await page.keyboard.press("Escape");
    await offer.getByRole("button", { name: "Load it" }).click();
    await page.locator('html[data-build="1111111111111111"] main[data-state="ready"]').waitFor();
    assert.equal(await offer.count(), 0);

    publish("2222222222222222");
    await page.reload(); // The server's page is of the new version already: nothing is to be offered.
    await page.locator('html[data-build="2222222222222222"] main[data-state="ready"]').waitFor();
    await becomes(() => cachesOf(page), ["hourwright-shell-1111111111111111", "hourwright-shell-2222222222222222"]);
    assert.equal(await offer.count(), 0);
    assert.deepEqual(place.complaints, []);
  });

  test("is offered in the other windows when one of them has loaded it", async () => {
    buildPage();
    await using server = await startTestServer();
    await using way = await layWay(server.url);
    await using place = await open(way);
    const { page } = place;
    await untilKept(page);
    const build = await buildOf(page);
    const other = await page.context().newPage();
    await other.goto(way.url + PATH);
    await whole(other);
    way.rewrite((text) => text.replaceAll(build, "3333333333333333"));
    await askForUpdate(page);
    await page.locator("[data-update]").getByRole("button", { name: "Dismiss" }).click();
    await page.locator("[data-update]").waitFor({ state: "detached" });
    await other.locator("[data-update]").getByRole("button", { name: "Load it" }).click();
    await other.locator('html[data-build="3333333333333333"] main[data-state="ready"]').waitFor();
    assert.equal(await buildOf(page), build, "the first window stays as it is");
    assert.deepEqual(place.complaints, []);
  });
});

const open = (server: Pick<TestServer, "url">, options: PlaceOptions = {}): Promise<Place> =>
  openPlace({ server, path: PATH, context: { serviceWorkers: "allow" }, ...options });

const onDay = (page: Page, title: string) => page.locator("aside, [aria-label=Inspector]").getByText(title).first();

const buildOf = (page: Page) => page.evaluate(() => document.documentElement.dataset["build"]!);

const cachesOf = (page: Page) => page.evaluate(() => caches.keys());

const askForUpdate = (page: Page) =>
  page.evaluate(async () => void (await (await navigator.serviceWorker.getRegistration())!.update()));

/** Without a network, and without the server behind it. */
async function goAway({ page }: Place, way: Way): Promise<void> {
  await page.context().setOffline(true);
  await way.cut();
}

async function comeBack({ page }: Place, way: Way): Promise<void> {
  await way.mend();
  await page.context().setOffline(false);
}

async function signInAgain(page: Page): Promise<void> {
  await page.getByLabel("Email").fill(COORDINATOR);
  await page.getByLabel("Password").fill("larkfield-demo");
  await page.keyboard.press("Enter");
  await whole(page);
}

/** Waits until the worker stands and what is loaded is kept; answers whose it is. */
async function untilKept(page: Page): Promise<string> {
  await page.evaluate(async () => void (await navigator.serviceWorker.ready));
  await eventually(
    () => rowsOf(page),
    (rows) => ["year", "time", "session", "directory"].every((kind) => rows.some((key) => key.startsWith(kind))),
  );
  return (await headOf(page))!.userId;
}

type Head = { readonly userId: string; readonly seq: number | null };

const rowsOf = (page: Page): Promise<string[]> => ofShelf(page, (store) => store.getAllKeys()) as Promise<string[]>;
const headOf = (page: Page) => ofShelf(page, (store) => store.get("head")) as Promise<Head | undefined>;

/** What the page's storage says, looked at from outside of the page's own code. */
function ofShelf(page: Page, ask: (store: IDBObjectStore) => IDBRequest): Promise<unknown> {
  return page.evaluate(
    `new Promise((resolve, reject) => {
      const opened = indexedDB.open("hourwright", 1);
      opened.onupgradeneeded = () => opened.result.createObjectStore("shelf");
      opened.onerror = () => reject(opened.error);
      opened.onsuccess = () => {
        const asked = (${ask.toString()})(opened.result.transaction("shelf").objectStore("shelf"));
        asked.onsuccess = () => (opened.result.close(), resolve(asked.result));
        asked.onerror = () => reject(asked.error);
      };
    })`,
  );
}
