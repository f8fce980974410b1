// Asking others, by keys and with a pointer: two people's pages, one poll; what is answered there is counted here as it comes.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Page } from "playwright-core";
import type { Client } from "@hourwright/client";
import { COORDINATOR, MEMBER } from "../../../../server/src/testing/server.ts";
import { findings, loadAxe } from "../../testing/axe.ts";
import {
  becomes,
  closeAll,
  demoAccount,
  demoServer,
  eventually,
  onOrAfter,
  openField,
  openPlace,
  settled,
  thisYear,
  whyNoBrowser,
} from "../../testing/browser.ts";

const skip = await whyNoBrowser();
const YEAR = thisYear() + 1;
const DAY = onOrAfter(`${YEAR}-03-08`, 3).toString();

const dialogOf = (page: Page, name: string) => page.getByRole("dialog", { name });

describe("polls in Chromium", { skip }, () => {
  let coordinator: Client;
  let member: Client;
  before(async () => {
    const server = await demoServer();
    [coordinator, member] = [await server.signedIn(COORDINATOR), await server.signedIn(MEMBER)];
  });
  after(closeAll);

  const ask = async (title: string, people: readonly string[]) => {
    const at = (hour: number) => ({ start: `${DAY}T${hour}:00:00Z`, end: `${DAY}T${hour + 1}:00:00Z` });
    return coordinator("polls.create", { body: { title, times: [at(19), at(20)], people: [...people] } });
  };
  const idOf = async (client: Client) => (await client("me.read", {})).personId;
  const eventsNamed = async (title: string) =>
    (await coordinator("events.list", { query: { start: `${YEAR}-03-01`, end: `${YEAR}-04-01` } })).events.filter(
      (event) => event.title === title,
    );

  test("ask from the times that were found, hear an answer as it comes, and become an event that undo takes back", async () => {
    await using place = await openPlace({ path: `/week/${YEAR}?on=${DAY}` });
    const { page } = place;
    await (await openField(page, "Control+k")).fill("find a time");
    await page.keyboard.press("Enter");
    const panel = page.getByRole("complementary", { name: "Find a time" });
    await panel.getByLabel("What it is for").fill("Asked by keys");
    await panel.getByLabel("Add somebody").fill("Priya Nai");
    await page.keyboard.press("Enter");
    await panel.getByRole("button", { name: "Priya Nair, required" }).waitFor();
    await panel.getByRole("button", { name: "Find times" }).press("Enter");
    await panel.getByRole("button", { name: "Ask the others" }).press("Enter");
    const boxes = panel.getByRole("checkbox");
    await boxes.first().waitFor();
    const count = await boxes.count();
    await boxes.last().focus();
    await page.keyboard.press("Space");
    await panel.getByRole("button", { name: "Ask 1 person" }).press("Enter");
    const dialog = dialogOf(page, "Asked by keys");
    await dialog.getByText("0 of 1 have answered").waitFor();

    const poll = (await member("polls.list", {})).items.find(({ title }) => title === "Asked by keys")!;
    assert.equal(poll.times.length, count - 1, "what is not ticked is not asked");
    const answers = poll.times.map((_, index) => (index === 1 ? ("yes" as const) : ("no" as const)));
    await member("polls.answer", { params: { id: poll.id }, body: { answers } });
    await dialog.getByText("1 of 1 have answered").waitFor();
    await dialog.getByText("suits most").waitFor();
    await dialog.getByText("Yes: Priya Nair").waitFor();
    await dialog
      .getByRole("button", { name: /^Make the event/ })
      .nth(1)
      .press("Enter");
    await dialog.waitFor({ state: "detached" });
    const [event] = await eventually(
      () => eventsNamed("Asked by keys"),
      (found) => found.length > 0,
    );
    assert.equal(Temporal.Instant.compare(event!.start, poll.times[1]!.start), 0);
    await page.keyboard.press("Control+z");
    await becomes(() => eventsNamed("Asked by keys"), []);
    await becomes(async () => (await coordinator("polls.read", { params: { id: poll.id } })).state, "open");
    assert.deepEqual(place.complaints, []);
  });

  test("are answered from the inbox, one word for each time, and changed again", async () => {
    const poll = await ask("Answered in the inbox", [await idOf(member)]);
    const { undo } = await coordinator("requests.mine", {});
    await coordinator("notices.sendNow", { params: { id: undo[0]!.id } });
    await using place = await openPlace({ path: `/year/${YEAR}?on=${DAY}`, account: demoAccount(MEMBER) });
    const { page } = place;
    await page.keyboard.press("Shift+I");
    await page.getByRole("button", { name: /asks when “Answered in the inbox” suits you/ }).click();
    const dialog = dialogOf(page, "Answered in the inbox");
    const first = dialog.getByRole("radiogroup").first();
    await first.getByText("If need be").click();
    await dialog.getByRole("button", { name: "Answer", exact: true }).click();
    await dialog.getByText("Say something for each time.").waitFor();
    await dialog.getByRole("radiogroup").nth(1).getByText("No", { exact: true }).click();
    await dialog.getByRole("button", { name: "Answer", exact: true }).press("Enter");
    await dialog.getByText("1 of 1 have answered").waitFor();
    const read = () => coordinator("polls.read", { params: { id: poll.id } });
    await becomes(async () => (await read()).people[0]!.answers, ["maybe", "no"]);
    await first.getByRole("radio", { name: "If need be" }).focus();
    await page.keyboard.press("ArrowLeft");
    await dialog.getByRole("button", { name: "Change the answer" }).press("Enter");
    await eventually(read, ({ people }) => people[0]!.answers?.[0] === "yes");
    await coordinator("polls.close", { params: { id: poll.id } });
    await dialog.getByText("Closed without a time.").waitFor();
    assert.deepEqual(place.complaints, []);
  });

  test("have nothing for axe to find, in both themes and on a phone, whoever looks", async () => {
    const poll = await ask("Looked at", [await idOf(member)]);
    for (const email of [COORDINATOR, MEMBER]) {
      await using place = await openPlace({ path: `/year/${YEAR}`, account: demoAccount(email) });
      const { page } = place;
      await loadAxe(page);
      await (await openField(page, "Control+k")).fill("polls");
      await page.keyboard.press("Enter");
      await dialogOf(page, "Polls")
        .getByRole("button", { name: /^Looked at/ })
        .waitFor();
      for (const [width, height] of [
        [1440, 900],
        [390, 844],
      ] as const) {
        await page.setViewportSize({ width, height });
        for (const colorScheme of ["light", "dark"] as const) {
          await page.emulateMedia({ colorScheme });
          await settled(page);
          assert.deepEqual(await findings(page), [], `${email}, ${width} px, ${colorScheme}`);
        }
        const again = dialogOf(page, "Polls").getByRole("button", { name: /^Looked at/ });
        if ((await again.count()) > 0) await again.click();
      }
      assert.deepEqual(place.complaints, []);
    }
    await coordinator("polls.close", { params: { id: poll.id } });
  });
});
