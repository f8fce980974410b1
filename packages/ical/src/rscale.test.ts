// RFC 7529 through everything that reads and writes a rule: the tree, jCal, JSCalendar, occurrences, edits.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { UTC } from "@hourwright/time";
import { objectBytes, readCalendar } from "./calendar-object.ts";
import { changeEvent } from "./edit/edit.ts";
import { instancesOf } from "./instances.ts";
import { fromJCal } from "./jcal/from-jcal.ts";
import { toJCal } from "./jcal/to-jcal.ts";
import { fromJSCalendar } from "./jscalendar/from-jscalendar.ts";
import { isObject, type JsonObject } from "./jscalendar/json.ts";
import { toJSCalendar } from "./jscalendar/to-jscalendar.ts";
import { parse } from "./parse.ts";
import { print } from "./print.ts";
import { calendarBytes, eventLines } from "./testing.ts";
import { componentsOf, type Component } from "./tree.ts";
import { decode } from "./utf8.ts";

const nowMs = Temporal.Instant.from("2026-01-01T00:00Z").epochMilliseconds;
const range = { fromMs: nowMs, toMs: Temporal.Instant.from("2033-01-01T00:00Z").epochMilliseconds, floatingZone: UTC };

const fileOf = (start: string, rule: string) =>
  calendarBytes(...eventLines(`DTSTART;VALUE=DATE:${start}`, `RRULE:${rule}`));
const ruleLines = (bytes: Uint8Array) => decode(bytes).match(/(?<=\n)RRULE:.*(?=\r)/g);

describe("RSCALE and SKIP", () => {
  const table: readonly (readonly [start: string, rule: string, js: JsonObject, dates: readonly string[]])[] = [
    [
      "20260131",
      "RSCALE=GREGORIAN;FREQ=MONTHLY;SKIP=BACKWARD;COUNT=3",
      { rscale: "gregorian", frequency: "monthly", skip: "backward", count: 3 },
      ["20260131", "20260228", "20260331"],
    ],
    [
      "20260131",
      "RSCALE=GREGORIAN;FREQ=MONTHLY;SKIP=FORWARD;COUNT=3",
      { rscale: "gregorian", frequency: "monthly", skip: "forward", count: 3 },
      ["20260131", "20260301", "20260331"],
    ],
    [
      "20260131",
      "RSCALE=GREGORIAN;FREQ=MONTHLY;SKIP=OMIT;COUNT=3",
      { rscale: "gregorian", frequency: "monthly", skip: "omit", count: 3 },
      ["20260131", "20260331", "20260531"],
    ],
    [
      "20260131",
      "RSCALE=GREGORIAN;FREQ=MONTHLY;COUNT=3",
      { rscale: "gregorian", frequency: "monthly", count: 3 },
      ["20260131", "20260331", "20260531"],
    ],
    [
      "20280229",
      "RSCALE=GREGORIAN;FREQ=YEARLY;SKIP=FORWARD;UNTIL=20300401",
      { rscale: "gregorian", frequency: "yearly", skip: "forward", until: "2030-04-01T00:00:00" },
      ["20280229", "20290301", "20300301"],
    ],
  ];
  for (const [start, rule, js, dates] of table) {
    const bytes = fileOf(start, rule);
    const calendar = parse(bytes).nodes[0] as Component;

    test(`${rule} keeps its bytes, as text, as jCal and as JSCalendar`, () => {
      assert.deepEqual(print([calendar]), bytes);
      const through = fromJCal(JSON.parse(JSON.stringify(toJCal(calendar))));
      assert.deepEqual(print([through.component!]), bytes);
      const group = toJSCalendar(calendar);
      const [entry] = group["entries"] as readonly JsonObject[];
      assert.deepEqual(entry!["recurrenceRules"], [{ "@type": "RecurrenceRule", ...js }]);
      assert.deepEqual(ruleLines(print([fromJSCalendar(group).calendar!])), [`RRULE:${rule}`]);
    });

    test(`${rule} is on ${dates.join(", ")}, there and when it comes back`, () => {
      const again = print([fromJSCalendar(toJSCalendar(calendar)).calendar!]);
      for (const each of [bytes, again]) {
        const { instances } = instancesOf(readCalendar(each).objects[0]!, range);
        assert.deepEqual(
          instances.map(({ recurrenceId }) => recurrenceId),
          dates,
        );
      }
    });
  }

  test("stay on both halves of a series that is split", () => {
    const [object] = readCalendar(fileOf("20260131", "RSCALE=GREGORIAN;FREQ=MONTHLY;SKIP=BACKWARD;COUNT=6")).objects;
    const target = { scope: "following", recurrenceId: "20260430" } as const;
    const edit = changeEvent(object!, target, { summary: "Late" }, { nowMs, newUid: "later@example.org" });
    assert(edit.refused === undefined);
    const halves = [edit.object!, edit.following!];
    const dates = halves.map((half) => instancesOf(half, range).instances.map(({ recurrenceId }) => recurrenceId));
    assert.deepEqual(dates, [
      ["20260131", "20260228", "20260331"],
      ["20260430", "20260531", "20260630"],
    ]);
    for (const half of halves) assert.match(ruleLines(objectBytes(half))?.[0] ?? "", /SKIP=BACKWARD/);
  });
});

describe("a rule of another calendar", () => {
  const rules = [
    "RSCALE=CHINESE;FREQ=YEARLY",
    "RSCALE=HEBREW;FREQ=YEARLY;BYMONTH=5L;BYMONTHDAY=8;SKIP=FORWARD",
    "RSCALE=ETHIOPIC;FREQ=MONTHLY;BYMONTH=13",
  ];
  for (const rule of rules) {
    const bytes = fileOf("20260217", rule);

    test(`keeps its bytes: ${rule}`, () => {
      const calendar = parse(bytes).nodes[0] as Component;
      assert.deepEqual(print([calendar]), bytes);
      const through = fromJCal(JSON.parse(JSON.stringify(toJCal(calendar))));
      assert.deepEqual(print([through.component!]), bytes);
      const group = toJSCalendar(calendar);
      const [entry] = group["entries"] as readonly JsonObject[];
      const [first] = entry!["recurrenceRules"] as readonly JsonObject[];
      assert.equal(isObject(first) && first["rscale"], /RSCALE=(\w+)/.exec(rule)![1]!.toLowerCase());
      assert.deepEqual(ruleLines(print([fromJSCalendar(group).calendar!])), [`RRULE:${rule}`]);
    });

    test(`is refused in a sentence and read as its first date alone: ${rule}`, () => {
      const { objects, problems } = readCalendar(bytes);
      assert.deepEqual(
        problems.map(({ line, severity, code }) => [line, severity, code]),
        [[8, "error", "rule-calendar-unsupported"]],
      );
      assert.match(problems[0]!.message, /^RSCALE=\w+ is not supported; only GREGORIAN is\. The rule was ignored\.$/);
      const { instances } = instancesOf(objects[0]!, range);
      assert.deepEqual(
        instances.map(({ recurrenceId }) => recurrenceId),
        [instances[0]!.recurrenceId],
      );
      assert.deepEqual(ruleLines(objectBytes(objects[0]!)), [`RRULE:${rule}`]);
    });

    test(`stays when the event is changed otherwise: ${rule}`, () => {
      const [object] = readCalendar(bytes).objects;
      const edit = changeEvent(object!, { scope: "all", recurrenceId: null }, { summary: "New year" }, { nowMs });
      assert(edit.refused === undefined && edit.object !== null);
      assert.deepEqual(ruleLines(objectBytes(edit.object)), [`RRULE:${rule}`]);
      assert.equal(componentsOf(edit.object.calendar, "VEVENT").length, 1);
    });
  }
});
