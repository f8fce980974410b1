import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { de } from "../messages/de.ts";
import { en } from "../messages/en.ts";
import { createFormats } from "../messages/format.ts";
import { addressOfBreach, printBreach, printEverybody } from "./printed-rules.ts";
import type { Breach } from "./rules.ts";

const languageOf = (words: typeof en, locale: string) => {
  const format = createFormats(locale, "Europe/Prague");
  return { words: words(format), format };
};
const [english, german] = [languageOf(en, "en-GB"), languageOf(de, "de-DE")];

const event = (title: string | null) => ({
  eventId: title === null ? null : `evt_${title}`,
  recurrenceId: null,
  title: title ?? "Busy",
});
const buffer: Breach = {
  constraintId: "buffer",
  ruleId: "rul_1",
  isHard: false,
  collection: null,
  severity: "look",
  subjectId: "per_1",
  subject: "Olga",
  start: "2027-03-02T23:30:00-05:00", // By her own clock: in Prague it is the next day.
  end: "2027-03-02T23:45:00-05:00",
  units: 10,
  others: [],
  facts: { pause: 10, there: 0 },
  sentence: "As the server says it.",
  events: [event("Talk"), event("Call")],
};

describe("a rule that does not hold", () => {
  test("is told in the reader's language, by the clock of whoever lives it", () => {
    assert.equal(
      printBreach(buffer, english),
      "Olga has no pause between “Talk” and “Call”, before Tue 2 Mar, 23:30–23:45, and is to have 10 min.",
    );
    assert.match(printBreach(buffer, german), /^Olga: keine Pause zwischen „Talk“ und „Call“, vor Di 2\. März?, /);
  });

  test("does not name what the reader may not know, and counts what would be too many names", () => {
    const told = (...events: Breach["events"]) => printBreach({ ...buffer, events }, english);
    assert.match(told(event("Talk"), event(null)), /between “Talk” and something else,/);
    assert.match(told(event("Talk"), event("Call"), event("Trip")), /between “Talk” and 2 more,/);
  });

  test("is told in the server's words where the page knows none", () => {
    for (const constraintId of ["own-plugin", "toString"])
      assert.equal(printBreach({ ...buffer, constraintId }, german), "As the server says it.");
  });

  test("leads to that day of that person", () => {
    assert.equal(addressOfBreach(buffer), "/day/2027?on=2027-03-02&people=per_1");
  });

  test("holds for those whose time it concerns", () => {
    const all = ([["people"], ["things"], ["people", "things"]] as const).map((concerns) =>
      printEverybody([...concerns], english),
    );
    assert.deepEqual(all, ["Everybody", "All rooms and things", "Everybody and everything"]);
  });
});
