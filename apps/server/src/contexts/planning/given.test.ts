import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { SHOWN_MAX } from "./tell.ts";
import { conflictsAmong, givenEvents, type Given, type GivenEvent } from "./given.ts";

const event = (start: string, end: string, more: object = {}) => ({
  start: `2031-03-25T${start}:00Z`,
  end: `2031-03-25T${end}:00Z`,
  ...more,
});
const among = (...events: GivenEvent[]) =>
  conflictsAmong(givenEvents(events) as Given[], -Infinity, Infinity, "UTC", 0);

describe("conflicts among given events", () => {
  test("are found in one calendar, for one attendee and for one room, told by their text", () => {
    const found = among(
      event("09:00", "10:00", { title: "A", calendar: "Ana", attendees: ["Ben@x.example"], resources: ["Hall"] }),
      event("09:30", "10:30", { title: "B", calendar: "Eva", attendees: ["ben@x.example"], resources: ["Hall"] }),
    );
    assert.deepEqual(
      found.map(({ kind, subjects }) => `${kind} ${subjects.join()}`),
      ["attendee ben@x.example", "resource Hall"],
    );
    assert.match(found[0]!.explanation, /“A” \(09:00–10:00\) and “B” \(09:30–10:30\)/);
  });

  test("of a calendar in which everything clashes are a list with an end", () => {
    const crowd = Array.from({ length: 1_000 }, (_, i) => event("09:00", "10:00", { id: `e${i}` }));
    assert.equal(among(...crowd).length, SHOWN_MAX);
  });
});
