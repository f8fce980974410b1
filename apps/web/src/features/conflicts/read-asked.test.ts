import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { dayNumber } from "@hourwright/time";
import { readAsked, type Asking } from "./read-asked.ts";

const msOf = (wall: string): number =>
  Temporal.PlainDateTime.from(wall).toZonedDateTime("Europe/Prague").toInstant().epochMilliseconds;
/** Thursday 18 March 2027, 13:24; the event is a week later, from 16:00 to 16:45. */
const asking: Asking = {
  zone: "Europe/Prague",
  locale: "en",
  firstWeekday: 1,
  today: { epochDay: dayNumber(2027, 3, 18), minute: 804 },
  startMs: msOf("2027-03-25T16:00"),
  endMs: msOf("2027-03-25T16:45"),
};
const read = (text: string, locale: Asking["locale"] = "en"): string | null => {
  const times = readAsked(text, { ...asking, locale });
  if (times === null) return null;
  const at = (ms: number) =>
    Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO("Europe/Prague").toPlainDateTime();
  return `${at(times.startMs).toString().slice(5, 16)}–${at(times.endMs).toString().slice(11, 16)}`;
};

describe("why not, in words", () => {
  for (const [text, expected] of [
    ["Why not 25 Mar at 17:00?", "03-25T17:00–17:45"],
    ["why not 17:00", "03-25T17:00–17:45"],
    ["26 mar", "03-26T16:00–16:45"],
    ["why not 29 march?", "03-29T16:00–16:45"], // The clocks have changed; on the wall it is the same.
    ["26 mar 10:00-11:30", "03-26T10:00–11:30"],
    ["26 mar 9:00 2h", "03-26T09:00–11:00"],
    ["Why not Friday 10:00?", "03-26T10:00–10:45"],
    ["why not monday", "03-22T16:00–16:45"],
    ["why not tomorrow at 9:00?", "03-19T09:00–09:45"],
    ["why not in 3 days", "03-21T16:00–16:45"],
    ["Why not Thu 25 at 17:00?", "03-25T17:00–17:45"],
    ["why not Thu 25", "03-25T16:00–16:45"],
    ["why not fri 22:00–6:00?", "03-26T22:00–06:00"],
    ["why not fri 15:00-14:00?", null],
    ["why not 1 jan 9999 at 10:00", null],
    ["why not?", null],
    ["later", null],
    ["", null],
  ] as const)
    test(`“${text}” asks about ${expected ?? "nothing"}`, () => assert.equal(read(text), expected));

  for (const [text, expected] of [
    ["Warum nicht am 25. März um 17 Uhr?", "03-25T17:00–17:45"],
    ["warum nicht 26.3.", "03-26T16:00–16:45"],
    ["Warum nicht Freitag 10 Uhr?", "03-26T10:00–10:45"],
    ["Warum nicht morgen um 9 Uhr?", "03-19T09:00–09:45"],
    ["Warum nicht Do 25 um 17 Uhr?", "03-25T17:00–17:45"],
    ["Warum nicht Freitag 12:30–12:30?", null],
    ["Warum nicht am 1.1.1800?", null],
    ["Warum nicht?", null],
  ] as const)
    test(`„${text}“ asks about ${expected ?? "nothing"}`, () => assert.equal(read(text, "de"), expected));
});
