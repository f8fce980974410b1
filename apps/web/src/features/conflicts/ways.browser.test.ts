// A repair that gives an event another room, by keys: offered, named, applied, listed, undone.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Answer, Client } from "@hourwright/client";
import { COORDINATOR } from "../../../../server/src/testing/server.ts";
import { becomes, closeAll, demoServer, openPlace, thisYear, whyNoBrowser } from "../../testing/browser.ts";

const skip = await whyNoBrowser();
const YEAR = thisYear() + 1;

describe("ways of repairing, in Chromium", { skip }, () => {
  let coordinator: Client;
  let conflict: Answer<"ai.detectConflicts">["conflicts"][number];
  let polka: string;
  before(async () => {
    coordinator = await (await demoServer()).signedIn(COORDINATOR);
    const calendar = await coordinator("calendars.create", { body: { name: "Dance", ownerSubjectId: null } });
    const pool = await coordinator("pools.create", { body: { name: "Studios" } });
    const room = (name: string) =>
      coordinator("resources.create", { body: { name, kind: "room", policy: "warn", poolId: pool.id } });
    const [east] = [await room("Studio East"), await room("Studio West")];
    const make = (title: string, from: string, to: string) =>
      coordinator("events.create", {
        body: {
          title,
          calendarId: calendar.id,
          start: `${YEAR}-05-19T${from}:00Z`,
          end: `${YEAR}-05-19T${to}:00Z`,
          resourceIds: [east.id],
          preventConflicts: false,
        },
      });
    polka = (await make("Polka", "10:00", "11:00")).id;
    await make("Waltz for two", "10:30", "11:30");
    const timeRange = { start: `${YEAR}-05-19T00:00:00Z`, end: `${YEAR}-05-20T00:00:00Z` };
    conflict = (await coordinator("ai.detectConflicts", { body: { timeRange, subjects: [east.id] } })).conflicts[0]!;
  });
  after(closeAll);

  const roomsOf = async (): Promise<readonly (string | null)[]> =>
    (await coordinator("events.read", { params: { id: polka }, query: {} })).attendees.map(({ name }) => name);

  test("another room is chosen, previewed and applied by keys, and undone", async () => {
    await using place = await openPlace({ path: `/conflicts/${YEAR}?conflict=${conflict.id}` });
    const { page } = place;
    const radio = page.getByRole("radio", { name: /Use “Studio West” instead of “Studio East” for “Polka”/ });
    await radio.waitFor();
    await page.getByText("Studio West is free then. Nothing moves.").first().waitFor();
    const radios = page.getByRole("radiogroup", { name: /Repairs/ }).getByRole("radio");
    const texts = await radios.evaluateAll((all) => all.map((each) => each.closest("label")!.innerText));
    const number = texts.findIndex((text) => text.includes("for “Polka”")) + 1;
    await page.keyboard.press(String(number));
    await becomes(() => radio.isChecked(), true);
    assert.deepEqual(await roomsOf(), ["Studio East"]);

    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: /Undo/ }).waitFor();
    await page.waitForFunction(() => !new URL(location.href).searchParams.has("conflict"));
    assert.deepEqual(await roomsOf(), ["Studio West"]);

    await page.keyboard.press("Control+z");
    await page
      .getByText(/^Undone: /)
      .first()
      .waitFor();
    assert.deepEqual(await roomsOf(), ["Studio East"]);
    assert.deepEqual(place.complaints, []);
  });
});
