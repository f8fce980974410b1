// What is kept of an object stays within the bounds of one short unit, whatever its rule and whomever it invites.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { readObject } from "@hourwright/ical";
import { deriveAhead, type KeptDates } from "./derive-ahead.ts";
import { DATES_KEPT_MAX, ROWS_KEPT_MAX, type DeriveFacts } from "./derive.ts";
import { derivedWindow } from "./facts.ts";
import { calendarFile } from "./testing.ts";

const NOW_MS = Temporal.Instant.from("2026-06-01T08:00:00Z").epochMilliseconds;

function kept(rule: string, { start = "20260605T100000Z", invited = 0 } = {}): KeptDates {
  const addresses = Array.from({ length: invited }, (_, i) => `p${i}@x.example`);
  const lines = ["BEGIN:VEVENT", "UID:one", `DTSTART:${start}`, "DURATION:PT1S", `RRULE:${rule}`];
  const attendees = addresses.map((address) => `ATTENDEE:mailto:${address}`);
  const object = readObject(Buffer.from(calendarFile(...lines, ...attendees, "END:VEVENT")))!;
  const facts: DeriveFacts = {
    calendar: { ownerSubjectId: "per_owner", ownerEmail: null, policy: "warn", zone: "UTC" },
    subjects: Object.fromEntries(
      addresses.map((email, i) => [email, { id: `per_${i}`, kind: "outside", policy: "warn", zone: "UTC" }]),
    ),
    floatingZone: null,
    ...derivedWindow(NOW_MS),
  };
  return deriveAhead(object, facts, NOW_MS);
}

const untilDay = (dates: KeptDates): string | null =>
  dates.problem === null ? null : /until (\S+) only/.exec(dates.problem)![1]!;

describe("what is kept of a series", () => {
  const whole: [rule: string, invited: number, dates: number][] = [
    ["FREQ=DAILY;COUNT=700", 0, 700],
    ["FREQ=WEEKLY;COUNT=100", 13, 100],
    ["FREQ=MINUTELY;COUNT=1500", 0, 1_500],
  ];
  for (const [rule, invited, dates] of whole) {
    test(`is all of ${rule} for ${invited + 1} people`, () => {
      const { instances, stretches, problem, unkeepable } = kept(rule, { invited });
      assert.deepEqual([instances.length, stretches.length], [dates, dates * (invited + 1)]);
      assert.deepEqual([problem, unkeepable], [null, null]);
    });
  }

  test("is each day of the whole span for one person", () => {
    const dates = kept("FREQ=DAILY", { start: "20200101T100000Z" });
    assert.equal(dates.problem, null);
    assert.ok(dates.instances.length > 1_480 && dates.stretches.length === dates.instances.length);
  });

  const cut: [rule: string, invited: number, until: string, why: RegExp][] = [
    ["FREQ=DAILY;COUNT=700", 500, "2026-06-09", /takes so many people and things so often/],
    ["FREQ=HOURLY", 0, "2026-08-06", /recurs so often/],
    ["FREQ=MINUTELY;COUNT=20000", 0, "2026-06-06", /recurs so often/],
  ];
  for (const [rule, invited, until, why] of cut) {
    test(`is the beginning of ${rule} for ${invited + 1} people, and says until when`, () => {
      const dates = kept(rule, { invited });
      assert.ok(dates.instances.length <= DATES_KEPT_MAX);
      assert.ok(dates.instances.length + dates.stretches.length <= ROWS_KEPT_MAX);
      assert.match(dates.problem!, why);
      assert.equal(untilDay(dates), until);
      assert.equal(dates.unkeepable, null);
      assert.ok(dates.derivedToMs! > dates.instances.at(-1)!.startMs);
      assert.ok(dates.deriveAgainMs! > NOW_MS);
    });
  }

  const unkeepable: [rule: string, why: RegExp][] = [
    ["FREQ=SECONDLY", /recurs more than 1,500 times a day/],
    ["FREQ=SECONDLY;COUNT=20000", /recurs more than 1,500 times a day/],
    ["FREQ=MINUTELY;BYSECOND=0,20,40", /recurs more than 1,500 times a day/],
    ["FREQ=SECONDLY;BYMONTH=6;BYSETPOS=-1", /./],
  ];
  for (const [rule, why] of unkeepable) {
    test(`is next to nothing of ${rule}, which cannot be kept up`, () => {
      const dates = kept(rule);
      assert.match(dates.unkeepable!, why);
      assert.ok(dates.instances.length <= 200 && dates.stretches.length <= 200);
      assert.equal(dates.deriveAgainMs, null);
    });
  }

  test("may have been too often once: a burst that is over is kept", () => {
    const { unkeepable: why, problem } = kept("FREQ=SECONDLY;COUNT=20000", { start: "20260105T100000Z" });
    assert.deepEqual([why, problem], [null, null]);
  });
});
