// Any time asked about for one of the events that clash, by keys: what stands against it, and into the proposal when nothing does.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Answer, Client } from "@hourwright/client";
import { COORDINATOR } from "../../../../server/src/testing/server.ts";
import { closeAll, demoServer, onOrAfter, openPlace, thisYear, whyNoBrowser } from "../../testing/browser.ts";

const skip = await whyNoBrowser();
const ZONE = "Europe/Prague";
const YEAR = thisYear() + 1;
/** A Wednesday, in whichever year. */
const DAY = onOrAfter(`${YEAR}-05-08`, 3);
const SAID = `Wed ${DAY.day} May`;

describe("why not, in Chromium", { skip }, () => {
  let coordinator: Client;
  let conflict: Answer<"ai.detectConflicts">["conflicts"][number];
  before(async () => {
    coordinator = await (await demoServer()).signedIn(COORDINATOR);
    const calendar = await coordinator("calendars.create", { body: { name: "Halls", ownerSubjectId: null } });
    const hall = await coordinator("resources.create", { body: { name: "Dance hall", kind: "room", policy: "warn" } });
    const make = (title: string, from: string, to: string) => {
      const at = (time: string) =>
        Temporal.PlainDateTime.from(`${DAY.toString()}T${time}`).toZonedDateTime(ZONE).toInstant().toString();
      const more = { calendarId: calendar.id, resourceIds: [hall.id], preventConflicts: false };
      return coordinator("events.create", { body: { title, start: at(from), end: at(to), ...more } });
    };
    await make("Tango", "10:00", "11:00");
    await make("Waltz", "10:30", "11:30");
    await make("Floor polish", "13:00", "15:00");
    await coordinator("rules.create", {
      body: { constraintId: "hours", scope: "person", holderId: hall.id, values: { from: 480, to: 1_200 } },
    });
    await coordinator("rules.create", {
      body: { constraintId: "window", isHard: false, values: { days: 10 } },
    });
    const timeRange = { start: `${DAY.toString()}T00:00:00Z`, end: `${DAY.add({ days: 1 }).toString()}T00:00:00Z` };
    const found = await coordinator("ai.detectConflicts", { body: { timeRange, subjects: [hall.id] } });
    conflict = found.conflicts[0]!;
  });
  after(closeAll);

  test("says who has it, then what fits, which goes into the proposal and is applied", async () => {
    await using place = await openPlace({ path: `/conflicts/${YEAR}?conflict=${conflict.id}` });
    const { page } = place;
    const moved = conflict.events.find(({ eventId }) => eventId === conflict.repairs[0]!.moves[0]!.eventId)!.summary;
    const field = page.getByRole("textbox", { name: `Why not another time for “${moved}”?` });
    await field.fill("why not later?");
    await page.keyboard.press("Enter");
    await page.getByText("There is no day and no time in it.").waitFor();

    await field.fill(`Why not ${DAY.day} May ${YEAR} at 13:30?`);
    await page.getByText(`${SAID}, 13:30–14:30`, { exact: true }).waitFor(); // Understood before it is asked.
    await page.keyboard.press("Enter");
    const answer = page.getByRole("region", { name: "Why not?" }).getByRole("status");
    await answer.getByText(`Dance hall is taken on ${SAID}, 13:00–15:00: Floor polish.`, { exact: true }).waitFor();
    assert.equal(await answer.getByRole("button").count(), 0);

    await field.fill("19:15"); // An hour: a rule of the hall ends at 20:00.
    await page.keyboard.press("Enter");
    const hard = answer.locator("[data-against]");
    await hard.getByText("It would do with an end at 20:15.").waitFor();
    const soft = answer.locator("[data-note]");
    await soft.getByText(/That is only a wish; it forbids nothing\./).waitFor();
    await soft.getByText(/^It would do with \d+ days ahead\.$/).waitFor();
    assert.equal(await answer.getByRole("button").count(), 0);

    await field.fill("16:10");
    await page.keyboard.press("Enter");
    await answer.getByText("Dance hall is free.").waitFor();
    await answer.getByRole("button", { name: "It would fit: move it there" }).focus();
    await page.keyboard.press("Enter");
    await answer.getByText("It is in the proposal.").waitFor();
    const panel = page.getByRole("region", { name: "Proposal" });
    await panel.getByText("checked again").waitFor();
    await panel.getByText(`${SAID} 16:10`).waitFor();
    await panel.getByRole("button", { name: "Apply 1 repair" }).click();
    await page
      .getByText(new RegExp(`^Moved “${moved}” to `))
      .first()
      .waitFor();
    const { events } = await coordinator("events.list", {
      query: { start: DAY.toString(), end: DAY.add({ days: 1 }).toString(), timeZone: ZONE },
    });
    assert.equal(events.find(({ title }) => title === moved)!.start.slice(11, 16), "16:10");
    assert.deepEqual(place.complaints, []);
  });
});
