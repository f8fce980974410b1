// What detection answers to those who ask too much, and what that may cost everybody else.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { startOwnServer, type OwnServer } from "../../testing/own-server.ts";
import { refusalOf } from "../../testing/server.ts";

describe("detection, asked too much", () => {
  let own: OwnServer;
  before(async () => void (own = await startOwnServer({ now: "2026-06-01T08:00:00Z" })));
  after(() => own[Symbol.asyncDispose]());

  const given = [{ start: "2031-03-25T09:00:00Z", end: "2031-03-25T10:00:00Z" }];

  for (const [what, start, end] of [
    ["all of time", "0001-01-01T00:00:00Z", "9999-12-31T00:00:00Z"],
    ["the year 1", "0001-01-01T00:00:00Z", "0001-02-01T00:00:00Z"],
    ["the year 9999", "9999-01-01T00:00:00Z", "9999-12-31T00:00:00Z"],
    ["an end beyond what is kept", "2199-06-01T00:00:00Z", "2200-06-01T00:00:00Z"],
  ] as const) {
    test(`refuses ${what} in a sentence, with events given and without`, async () => {
      for (const body of [{ timeRange: { start, end } }, { timeRange: { start, end }, events: given }]) {
        const { code, detail } = await refusalOf(own.owner("ai.detectConflicts", { body }));
        assert.equal(code, "calendars/out-of-range");
        assert.match(detail, /is outside the years 1900 to 2199/);
      }
    });
  }

  test("refuses given events of years that are not kept, and says which", async () => {
    const timeRange = { start: "2031-01-01T00:00:00Z", end: "2032-01-01T00:00:00Z" };
    const events = [...given, { start: "0001-01-01T00:00:00Z", end: "9999-01-01T00:00:00Z" }];
    const { code, detail } = await refusalOf(own.owner("ai.detectConflicts", { body: { timeRange, events } }));
    assert.equal(code, "calendars/out-of-range");
    assert.match(detail, /^events\.1\.start: "0001-01-01T00:00:00Z" is outside/);
  });

  test("refuses a window that ends before it starts, and one of no length", async () => {
    for (const end of ["2030-12-31T00:00:00Z", "2031-01-01T00:00:00Z"]) {
      const timeRange = { start: "2031-01-01T00:00:00Z", end };
      const { code } = await refusalOf(own.owner("ai.detectConflicts", { body: { timeRange } }));
      assert.equal(code, "calendars/ends-before-start");
    }
  });

  test("lists the earliest 2,000 of many conflicts, and says that there are more", async () => {
    const timeRange = { start: "2031-01-01T00:00:00Z", end: "2032-01-01T00:00:00Z" };
    for (const [count, listed, isCut] of [
      [2, 1, false],
      [100, 2_000, true], // 4,950 pairs
    ] as const) {
      const events = Array.from({ length: count }, (_, i) => ({ ...given[0]!, id: `event-${i}` }));
      const { conflicts, metadata } = await own.owner("ai.detectConflicts", { body: { timeRange, events } });
      assert.deepEqual([conflicts.length, metadata.conflictsCut], [listed, isCut]);
    }
  });

  test("answers the first and the last day that are kept", async () => {
    for (const timeRange of [
      { start: "1900-01-01T00:00:00Z", end: "1900-01-02T00:00:00Z" },
      { start: "2199-12-31T00:00:00Z", end: "2200-01-01T00:00:00Z" },
    ]) {
      const { conflicts } = await own.owner("ai.detectConflicts", { body: { timeRange } });
      assert.deepEqual(conflicts, []);
    }
  });
});
