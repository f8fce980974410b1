import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { becomes, buildPage, closeAll, openPlace, whyNoBrowser } from "../../testing/browser.ts";
import { COORDINATOR, startTestServer } from "../../../../server/src/testing/server.ts";

const skip = await whyNoBrowser();

describe("the proof in Chromium", { skip }, () => {
  after(closeAll);

  test("gives one of fifty the room, refuses 49 with other times, and takes the one back; with limits on", async () => {
    buildPage();
    await using server = await startTestServer({ RATE_LIMIT: "on" });
    await using place = await openPlace({ server });
    const { page } = place;
    await page.getByRole("link", { name: "See the proof" }).click();
    await page.getByRole("heading", { name: "Nothing is booked twice" }).waitFor();
    await page.getByRole("button", { name: "Send 50 requests" }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Once more" }).waitFor();
    const counts = async () => (await page.getByRole("status").first().innerText()).match(/\d+/g)?.join();
    await becomes(counts, "1,49,0");
    const answers = page.getByRole("list", { name: "Answers" }).getByRole("listitem");
    await becomes(() => answers.count(), 50);
    const refused = await answers.nth(7).innerText();
    assert.match(refused, /is taken on/);
    assert.match(refused, /free instead: /);
    await page.getByText("The one that won was taken back: the room is free again.").waitFor();
    const coordinator = await server.signedIn(COORDINATOR);
    const now = Temporal.Now.plainDateISO();
    const query = { start: now.toString(), end: now.add({ days: 20 }).toString() };
    const { events } = await coordinator("events.list", { query });
    assert.ok(!events.some(({ title }) => title === "Proof"));
    assert.deepEqual(place.complaints, []);
  });
});
