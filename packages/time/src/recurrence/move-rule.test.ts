// Rules RM* are in ../../SPEC.md.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { DAY_MS, HOUR_MS } from "../civil.ts";
import { rules } from "../testing.ts";
import { parseWallTime } from "../wall-time.ts";
import { UTC, findZone } from "../zone.ts";
import { explicitRule } from "./cursor.ts";
import { expand } from "./expand.ts";
import { movedRule, type Anchor } from "./move-rule.ts";
import { parseRule } from "./parse-rule.ts";
import { printRule } from "./rule.ts";

const berlin = findZone("Europe/Berlin")!;

function anchor(text: string): Anchor {
  const { form, localMs } = parseWallTime(text)!;
  return { form, localMs, zone: form === "date" ? null : berlin };
}

describe("a rule whose start moves", () => {
  const table: [rule: string, from: string, to: string, moved: string | null][] = [
    ["FREQ=DAILY", "2026-03-02T09:00", "2026-03-05T10:00", "FREQ=DAILY"],
    ["FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR", "2026-03-02T09:00", "2026-03-03T09:00", "FREQ=DAILY;BYDAY=TU,WE,TH,FR,SA"],
    ["FREQ=WEEKLY;BYDAY=MO", "2026-03-02T09:00", "2026-03-03T09:00", "FREQ=WEEKLY;BYDAY=TU"],
    [
      "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU",
      "2026-03-02T09:00",
      "2026-03-01T09:00",
      "FREQ=WEEKLY;INTERVAL=2;BYDAY=SA,SU;WKST=SU",
    ],
    ["FREQ=WEEKLY;BYMONTH=3", "2026-03-02T09:00", "2026-03-03T09:00", null],
    ["FREQ=MONTHLY;BYDAY=1MO", "2026-03-02T09:00", "2026-03-10T09:00", "FREQ=MONTHLY;BYDAY=2TU"],
    ["FREQ=MONTHLY;BYDAY=-1TU", "2026-03-31T09:00", "2026-03-25T09:00", "FREQ=MONTHLY;BYDAY=-1WE"],
    ["FREQ=MONTHLY;BYDAY=4SA", "2026-03-28T09:00", "2026-03-29T09:00", "FREQ=MONTHLY;BYDAY=-1SU"],
    ["FREQ=MONTHLY;BYMONTHDAY=15", "2026-03-15T09:00", "2026-03-16T09:00", "FREQ=MONTHLY;BYMONTHDAY=16"],
    ["FREQ=MONTHLY;BYMONTHDAY=-1", "2026-03-31T09:00", "2026-03-30T09:00", "FREQ=MONTHLY;BYMONTHDAY=-2"],
    ["FREQ=MONTHLY;BYMONTHDAY=1,15", "2026-03-01T09:00", "2026-03-02T09:00", null],
    ["FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "2026-03-31T09:00", "2026-03-30T09:00", null],
    [
      "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=31",
      "2026-03-31T09:00",
      "2026-04-01T09:00",
      "FREQ=YEARLY;BYMONTHDAY=1;BYMONTH=4",
    ],
    ["FREQ=YEARLY;BYWEEKNO=10;BYDAY=MO", "2026-03-02T09:00", "2026-03-10T09:00", "FREQ=YEARLY;BYDAY=TU;BYWEEKNO=11"],
    ["FREQ=DAILY;BYHOUR=9", "2026-03-02T09:00", "2026-03-02T11:00", "FREQ=DAILY;BYHOUR=11"],
    ["FREQ=DAILY;BYHOUR=9,14", "2026-03-02T09:00", "2026-03-02T11:00", null],
    ["FREQ=DAILY;BYHOUR=9,14", "2026-03-02T09:00", "2026-03-03T09:00", "FREQ=DAILY;BYHOUR=9,14"],
    ["FREQ=DAILY;BYHOUR=9", "2026-03-02T09:00", "2026-03-02", "FREQ=DAILY"],
    ["FREQ=HOURLY;INTERVAL=2", "2026-03-02T09:00", "2026-03-02T10:00", "FREQ=HOURLY;INTERVAL=2"],
    ["FREQ=HOURLY;BYHOUR=9", "2026-03-02T09:00", "2026-03-02T10:00", null],
    ["FREQ=HOURLY", "2026-03-02T09:00", "2026-03-02", null],
    ["FREQ=DAILY;UNTIL=20260310T080000Z", "2026-03-02T09:00", "2026-03-03T10:00", "FREQ=DAILY;UNTIL=20260311T090000Z"],
    ["FREQ=DAILY;UNTIL=20260310T080000Z", "2026-03-02T09:00", "2026-03-02", "FREQ=DAILY;UNTIL=20260310"],
    ["FREQ=DAILY;UNTIL=20260310", "2026-03-02", "2026-03-03T10:00", "FREQ=DAILY;UNTIL=20260311T225959Z"],
    ["FREQ=DAILY;COUNT=5", "2026-03-02T09:00", "2026-03-12T10:00", "FREQ=DAILY;COUNT=5"],
  ];
  for (const [text, from, to, moved] of table) {
    test(`[RM1] ${text} from ${from} to ${to} is ${moved ?? "no single move"}`, () => {
      const result = movedRule(parseRule(text).rule!, anchor(from), anchor(to));
      assert.equal(result === null ? null : printRule(result), moved);
    });
  }

  test("[RM2] by days or weeks carries every occurrence by as much, for daily and weekly rules", () => {
    const start = Temporal.Instant.from("2026-03-02T09:00:00Z").epochMilliseconds;
    fc.assert(
      fc.property(rules(["DAILY", "WEEKLY"]), fc.integer({ min: -10, max: 10 }), (rule, days) => {
        const before: Anchor = { form: "utc", localMs: start, zone: UTC };
        const after: Anchor = { ...before, localMs: start + days * DAY_MS };
        const moved = movedRule(rule, before, after);
        if (moved === null) return;
        const window = { kind: "from" as const, fromMs: -Infinity, limit: 20 };
        const was = expand({ startLocalMs: before.localMs, zone: UTC, rrules: [rule] }, window).epochMs;
        const is = expand({ startLocalMs: after.localMs, zone: UTC, rrules: [moved] }, window).epochMs;
        assert.deepEqual(
          is,
          was.map((ms) => ms + days * DAY_MS),
          printRule(rule),
        );
      }),
      { numRuns: 300 },
    );
  });

  test("[RM3] that says all its parts goes on from any later start", () => {
    const start = Temporal.Instant.from("2026-03-02T09:00:00Z").epochMilliseconds;
    fc.assert(
      fc.property(rules(), fc.integer({ min: 0, max: 20 * 24 }), (rule, hours) => {
        const later = start + hours * HOUR_MS;
        const plain = { ...rule, interval: 1 };
        const window = { kind: "from" as const, fromMs: later, limit: 10 };
        const was = expand({ startLocalMs: start, zone: UTC, rrules: [plain] }, window, 100_000);
        if (was.refused !== null) return;
        const explicit = explicitRule(plain, start, false);
        const is = expand({ startLocalMs: later, zone: UTC, rrules: [explicit] }, window, 200_000);
        assert.deepEqual(is.epochMs, was.epochMs, printRule(plain));
      }),
      { numRuns: 200 },
    );
  });
});
