import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { en } from "../messages/en.ts";
import { createFormats } from "../messages/format.ts";
import type { Repair } from "./api.ts";
import { FREE_TIMES_MAX, freeTimesOf } from "./free-times.ts";
import { printTimesIn } from "./printed-times.ts";

const suggestion = (id: string, moves: readonly { start: string; end: string }[]): Repair => ({
  id,
  way: "move",
  changes: [],
  told: [],
  what: "",
  why: "",
  confidence: 1,
  moves: moves.map((move) => ({ eventId: "evt_1", uid: "1", recurrenceId: null, ...move })),
});
const hour = { start: "2027-05-14T08:00:00Z", end: "2027-05-14T09:00:00Z" };

describe("times offered instead of taken ones", () => {
  test("are those of the answer in its order, as many as one looks through", () => {
    const many = Array.from({ length: FREE_TIMES_MAX + 3 }, (_, index) => suggestion(`sug_${index}`, [hour]));
    assert.deepEqual(
      freeTimesOf({ suggestions: many }).map(({ id }) => id),
      ["sug_0", "sug_1", "sug_2", "sug_3"],
    );
  });

  test("are none where nothing is moved, or to no time that can be read", () => {
    assert.deepEqual(freeTimesOf({ suggestions: [] }), []);
    const unreadable = [suggestion("a", []), suggestion("b", [{ start: "soon", end: "later" }])];
    assert.deepEqual(freeTimesOf({ suggestions: unreadable }), []);
  });

  test("are not where it is already", () => {
    const [first] = freeTimesOf({ suggestions: [suggestion("a", [hour])] });
    const isThere = (times: object) => JSON.stringify(times) === JSON.stringify(first!.times);
    assert.deepEqual(freeTimesOf({ suggestions: [suggestion("a", [hour])] }, isThere), []);
  });

  test("are printed by the clocks of their zone, which is named where this device has another", () => {
    const format = createFormats("en-GB", "Europe/Prague");
    const language = { words: en(format), format };
    const [free] = freeTimesOf({ suggestions: [suggestion("a", [hour])] });
    const device = new Intl.DateTimeFormat().resolvedOptions().timeZone;
    const other = device === "America/New_York" ? "America/Chicago" : "America/New_York";
    const wall = other === "America/New_York" ? "04:00–05:00" : "03:00–04:00";
    assert.equal(printTimesIn(free!.times, other, language), `Fri 14 May, ${wall}, ${other.replaceAll("_", " ")} time`);
    assert.doesNotMatch(printTimesIn(free!.times, device, language), /time$/);
  });
});
