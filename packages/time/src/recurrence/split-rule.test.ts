// Rules RE* are in ../../SPEC.md. Strategy: a row for each way in which a rule can go on; then any rules split anywhere,
// where both halves together must name what the whole named.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { parseWallTime, printWallTime } from "../wall-time.ts";
import { findZone, UTC, type Zone } from "../zone.ts";
import { expand } from "./expand.ts";
import { parseRule } from "./parse-rule.ts";
import { printRule, type Rule } from "./rule.ts";
import { splitRules, type RuleHalves } from "./split-rule.ts";

const berlin = findZone("Europe/Berlin")!;
const wall = (text: string) => parseWallTime(`2026-${text}`)!.localMs;
const rules = (texts: readonly string[]): Rule[] => texts.map((text) => parseRule(text).rule!);
const LISTED = 40;

/** The first names of rules that start at a wall time, with further ones. */
function names(startLocalMs: number, zone: Zone, rrules: readonly Rule[], dates: readonly number[] = []): string[] {
  const rdatesMs = dates.map((ms) => zone.toEpochMs(ms));
  const series = { startLocalMs, zone, includesStart: true, rrules, rdatesMs };
  const { localMs, refused } = expand(series, { kind: "from", fromMs: -Infinity, limit: LISTED });
  assert.equal(refused, null);
  return localMs.map((ms) => printWallTime(ms, "local").slice(5, 16));
}

const split = (start: string, texts: readonly string[], at: string, options = { countsStart: true, goesOn: true }) =>
  splitRules({ startLocalMs: wall(start), zone: berlin, isDate: false }, rules(texts), wall(at), options);

/** Without the time of day, which a rule that goes on says although its start does. */
const told = (rule: Rule) => printRule(rule).replaceAll(/;BY(HOUR|MINUTE|SECOND)=\d+/g, "");

function done(halves: ReturnType<typeof splitRules>): RuleHalves {
  assert.ok(!("refused" in halves), "refused" in halves ? halves.refused.message : "");
  return halves;
}

describe("rules split at an occurrence", () => {
  const table: readonly [
    what: string,
    texts: string[],
    at: string,
    before: string[],
    after: string[],
    dates?: string[],
  ][] = [
    ["share COUNT", ["FREQ=WEEKLY;COUNT=4"], "03-16T09:00", ["FREQ=WEEKLY;COUNT=2"], ["FREQ=WEEKLY;COUNT=2;BYDAY=MO"]],
    [
      "keep UNTIL in the second half",
      ["FREQ=DAILY;UNTIL=20260401"],
      "03-16T09:00",
      ["FREQ=DAILY;UNTIL=20260316T085959"],
      ["FREQ=DAILY;UNTIL=20260401"],
    ],
    [
      "do not come back where they had ended",
      ["FREQ=WEEKLY;COUNT=9", "FREQ=DAILY;UNTIL=20260304"],
      "03-09T09:00",
      ["FREQ=WEEKLY;COUNT=1", "FREQ=DAILY;UNTIL=20260304"],
      ["FREQ=WEEKLY;COUNT=8;BYDAY=MO"],
    ],
    [
      "say what the start had lent them",
      ["FREQ=MONTHLY"],
      "04-02T09:00",
      ["FREQ=MONTHLY;UNTIL=20260402T085959"],
      ["FREQ=MONTHLY;BYMONTHDAY=2"],
    ],
    [
      "become months of the year",
      ["FREQ=MONTHLY", "FREQ=MONTHLY;INTERVAL=3;BYDAY=-1FR"],
      "04-02T09:00",
      ["FREQ=MONTHLY;UNTIL=20260402T085959", "FREQ=MONTHLY;INTERVAL=3;UNTIL=20260402T085959;BYDAY=-1FR"],
      ["FREQ=MONTHLY;BYMONTHDAY=2", "FREQ=YEARLY;BYDAY=-1FR;BYMONTH=3,6,9,12"],
    ],
    [
      "become dates when few are left",
      ["FREQ=WEEKLY;COUNT=3", "FREQ=DAILY;INTERVAL=3;COUNT=5"],
      "03-09T09:00",
      ["FREQ=WEEKLY;COUNT=1", "FREQ=DAILY;INTERVAL=3;COUNT=3"],
      ["FREQ=WEEKLY;COUNT=2;BYDAY=MO"],
      ["03-11T09:00", "03-14T09:00"],
    ],
  ];
  for (const [what, texts, at, before, after, dates = []] of table) {
    test(`[RE3] ${what}`, () => {
      const halves = done(split("03-02T09:00", texts, at));
      assert.deepEqual(halves.before.map(told), rules(before).map(told));
      assert.deepEqual(halves.after.map(told), rules(after).map(told));
      assert.deepEqual(halves.dates, dates.map(wall));
    });
  }

  test("[RE3] are refused where a second rhythm would have to begin in the middle, unless nothing goes on", () => {
    const texts = ["FREQ=WEEKLY;INTERVAL=2", "FREQ=DAILY;INTERVAL=3"];
    const refused = split("03-02T09:00", texts, "03-11T09:00");
    assert.ok("refused" in refused);
    assert.equal(refused.refused.code, "cannot-split-here");
    assert.deepEqual(done(split("03-02T09:00", texts, "03-11T09:00", { countsStart: true, goesOn: false })).after, []);
  });

  test("[RE3] excluding ones take nothing of COUNT for the start", () => {
    const { before, after } = done(
      split("03-02T09:00", ["FREQ=DAILY;BYHOUR=10;COUNT=5"], "03-05T09:00", { countsStart: false, goesOn: true }),
    );
    assert.deepEqual([before[0]?.count, after[0]?.count], [3, 2]);
  });
});

test("[RE3] any rules, split at any of their times, name together what they named", (context) => {
  const one = fc.constantFrom(
    "FREQ=DAILY",
    "FREQ=DAILY;INTERVAL=3;COUNT=9",
    "FREQ=DAILY;BYHOUR=2,14;BYMINUTE=30;COUNT=20",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;UNTIL=20260620T000000Z",
    "FREQ=WEEKLY;INTERVAL=3;WKST=SU;BYDAY=MO,FR",
    "FREQ=MONTHLY;BYMONTHDAY=31",
    "FREQ=MONTHLY;INTERVAL=2;BYDAY=2WE;COUNT=7",
    "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
    "FREQ=MONTHLY;INTERVAL=5;COUNT=8",
    "FREQ=YEARLY;INTERVAL=2",
    "FREQ=YEARLY;BYWEEKNO=20,40;BYDAY=MO",
    "FREQ=HOURLY;INTERVAL=7;COUNT=30",
  );
  const given = fc.record({
    texts: fc.array(one, { minLength: 1, maxLength: 3 }),
    start: fc.constantFrom("03-02T09:00", "03-27T02:30", "03-31T23:45", "10-20T02:30"),
    zone: fc.constantFrom(UTC, berlin),
    at: fc.integer({ min: 1, max: 15 }),
  });
  let [made, refused] = [0, 0];
  fc.assert(
    fc.property(given, ({ texts, start, zone, at }) => {
      // Where the clocks skip an hour, rules by the hour and by the day may call one instant by two names (SPEC RE3).
      if (zone !== UTC && texts.length > 1 && texts.some((text) => text.includes("HOURLY"))) return;
      const startLocalMs = wall(start);
      const whole = names(startLocalMs, zone, rules(texts));
      const name = whole[at];
      if (name === undefined) return;
      const year = expand(
        { startLocalMs, zone, includesStart: true, rrules: rules(texts) },
        { kind: "from", fromMs: -Infinity, limit: LISTED },
      );
      const atMs = year.localMs[at]!;
      const halves = splitRules({ startLocalMs, zone, isDate: false }, rules(texts), atMs, {
        countsStart: true,
        goesOn: true,
      });
      if ("refused" in halves) return void refused++;
      made++;
      const before = names(startLocalMs, zone, halves.before);
      const after = names(atMs, zone, halves.after, halves.dates);
      assert.deepEqual([...before, ...after].slice(0, LISTED), whole, `${texts.join(" ")} at ${name}`);
    }),
    { numRuns: 600 },
  );
  context.diagnostic(`${made} split, ${refused} refused`);
  assert.ok(made > refused);
});
