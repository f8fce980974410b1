// Rules IN* are in ../SPEC.md. Strategy: a table of calendars and the occurrences a person would read in them.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { UTC, findZone, parseWallTime, printWallTime, type Zone } from "@hourwright/time";
import { readCalendar } from "./calendar-object.ts";
import { instancesOf, type Instance } from "./instances.ts";
import { calendarBytes, eventLines } from "./testing.ts";

const berlin = findZone("Europe/Berlin")!;
const HOUR_MS = 3_600_000;

function instances(lines: readonly string[], from: string, to: string, floatingZone: Zone = UTC): readonly Instance[] {
  const { objects } = readCalendar(calendarBytes(...lines));
  const at = (text: string) => floatingZone.toEpochMs(parseWallTime(text)!.localMs);
  const { instances, refused } = instancesOf(objects[0]!, { fromMs: at(from), toMs: at(to), floatingZone });
  assert.equal(refused, null);
  return instances;
}

/** `name > start + hours title` of each, start as it stands on the wall. */
function shown(list: readonly Instance[]): string[] {
  return list.map(({ recurrenceId, startLocalMs, startMs, endMs, allDay, view }) => {
    const start = printWallTime(startLocalMs, allDay ? "date" : "local")
      .replace(":00:00", ":00")
      .replace("2026-", "");
    return `${recurrenceId ?? "once"} > ${start} + ${(endMs - startMs) / HOUR_MS}${view.summary === "" ? "" : ` ${view.summary}`}`;
  });
}

const weekly = [
  "DTSTART;TZID=Europe/Berlin:20260302T090000",
  "DTEND;TZID=Europe/Berlin:20260302T100000",
  "RRULE:FREQ=WEEKLY",
];
const TZ = ";TZID=Europe/Berlin:";

describe("instances", () => {
  const table: [name: string, lines: string[], from: string, to: string, expected: string[]][] = [
    [
      "[IN1] are the rule and the dates, less the excluded",
      eventLines(
        ...weekly,
        `RDATE${TZ}20260303T120000`,
        `EXDATE${TZ}20260309T090000`,
        "EXRULE:FREQ=WEEKLY;INTERVAL=3;COUNT=2",
      ),
      "2026-03-01",
      "2026-04-01",
      ["20260303T120000 > 03-03T12:00 + 1", "20260316T090000 > 03-16T09:00 + 1", "20260330T090000 > 03-30T09:00 + 1"],
    ],
    [
      "[IN1] include a DTSTART that the rule does not name, as the first of COUNT",
      eventLines("DTSTART:20260301T090000Z", "RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=2"),
      "2026-01-01",
      "2027-01-01",
      ["20260301T090000Z > 03-01T09:00 + 0", "20260302T090000Z > 03-02T09:00 + 0"],
    ],
    [
      "[IN2] of an override stand where it was put, and nowhere else",
      [
        ...eventLines(...weekly, "SUMMARY:weekly"),
        ...eventLines(
          `RECURRENCE-ID${TZ}20260309T090000`,
          `DTSTART${TZ}20260310T140000`,
          "DURATION:PT2H",
          "SUMMARY:moved",
        ),
      ],
      "2026-03-08",
      "2026-03-17",
      ["20260309T090000 > 03-10T14:00 + 2 moved", "20260316T090000 > 03-16T09:00 + 1 weekly"],
    ],
    [
      "[IN2] of an override are found where it was put, far from its place",
      [...eventLines(...weekly), ...eventLines(`RECURRENCE-ID${TZ}20260309T090000`, `DTSTART${TZ}20270105T140000`)],
      "2027-01-05",
      "2027-01-06",
      ["20260309T090000 > 2027-01-05T14:00 + 0"],
    ],
    [
      "[IN3] an excluded date takes out its override as well",
      [
        ...eventLines(...weekly, "EXDATE;VALUE=DATE:20260302", `EXDATE${TZ}20260309T090000`),
        ...eventLines(`RECURRENCE-ID${TZ}20260309T090000`, `DTSTART${TZ}20260310T140000`),
        ...eventLines(`RECURRENCE-ID${TZ}20260302T090000`, `DTSTART${TZ}20260303T140000`),
      ],
      "2026-03-01",
      "2026-03-18",
      ["20260316T090000 > 03-16T09:00 + 1"],
    ],
    [
      "[IN4] an override that no occurrence has is shown",
      [...eventLines(...weekly), ...eventLines(`RECURRENCE-ID${TZ}20260311T090000`, `DTSTART${TZ}20260311T110000`)],
      "2026-03-08",
      "2026-03-15",
      ["20260309T090000 > 03-09T09:00 + 1", "20260311T090000 > 03-11T11:00 + 0"],
    ],
    [
      "[IN4] and so are overrides without a master",
      eventLines(`RECURRENCE-ID${TZ}20260311T090000`, `DTSTART${TZ}20260311T110000`),
      "2026-03-08",
      "2026-03-15",
      ["20260311T090000 > 03-11T11:00 + 0"],
    ],
    [
      "[IN5] DTEND keeps the elapsed length of the first, across the change of clocks",
      eventLines(`DTSTART${TZ}20260327T220000`, `DTEND${TZ}20260328T060000`, "RRULE:FREQ=DAILY;COUNT=3"),
      "2026-03-27",
      "2026-04-01",
      ["20260327T220000 > 03-27T22:00 + 8", "20260328T220000 > 03-28T22:00 + 8", "20260329T220000 > 03-29T22:00 + 8"],
    ],
    [
      "[IN5] a day of DURATION is nominal, its hours are exact",
      eventLines(`DTSTART${TZ}20260328T120000`, "DURATION:P1DT1H"),
      "2026-03-27",
      "2026-04-01",
      ["once > 03-28T12:00 + 24"],
    ],
    [
      "[IN6] THISANDFUTURE moves all that follow, until the next",
      [
        ...eventLines(...weekly, "SUMMARY:a"),
        ...eventLines(
          `RECURRENCE-ID;RANGE=THISANDFUTURE${TZ}20260309T090000`,
          `DTSTART${TZ}20260310T100000`,
          "DURATION:PT2H",
          "SUMMARY:b",
        ),
        ...eventLines(
          `RECURRENCE-ID;RANGE=THISANDFUTURE${TZ}20260330T090000`,
          `DTSTART${TZ}20260330T080000`,
          "SUMMARY:c",
        ),
        ...eventLines(`RECURRENCE-ID${TZ}20260323T090000`, `DTSTART${TZ}20260323T230000`, "SUMMARY:d"),
      ],
      "2026-03-01",
      "2026-04-07",
      [
        "20260302T090000 > 03-02T09:00 + 1 a",
        "20260309T090000 > 03-10T10:00 + 2 b",
        "20260316T090000 > 03-17T10:00 + 2 b",
        "20260323T090000 > 03-23T23:00 + 0 d",
        "20260330T090000 > 03-30T08:00 + 0 c",
        "20260406T090000 > 04-06T08:00 + 0 c",
      ],
    ],
    [
      "[IN6] THISANDFUTURE may turn a timed series into days",
      [
        ...eventLines(...weekly),
        ...eventLines(
          `RECURRENCE-ID;RANGE=THISANDFUTURE${TZ}20260309T090000`,
          "DTSTART;VALUE=DATE:20260310",
          "SUMMARY:day",
        ),
      ],
      "2026-03-01",
      "2026-03-19",
      ["20260302T090000 > 03-02T09:00 + 1", "20260309T090000 > 03-10 + 24 day", "20260316T090000 > 03-17 + 24 day"],
    ],
    [
      "[IN7] an all-day series is excluded and overridden by dates, whatever form they come in",
      [
        ...eventLines("DTSTART;VALUE=DATE:20260302", "RRULE:FREQ=DAILY;COUNT=4", "EXDATE:20260303T000000Z"),
        ...eventLines("RECURRENCE-ID:20260304T000000", "DTSTART;VALUE=DATE:20260304", "SUMMARY:changed"),
      ],
      "2026-03-01",
      "2026-04-01",
      ["20260302 > 03-02 + 24", "20260304 > 03-04 + 24 changed", "20260305 > 03-05 + 24"],
    ],
    [
      "[IN7] a timed series in UTC or in another zone",
      [
        ...eventLines(...weekly, "EXDATE:20260309T080000Z", "EXDATE;TZID=America/New_York:20260316T040000"),
        ...eventLines("RECURRENCE-ID:20260302T080000Z", `DTSTART${TZ}20260302T093000`),
      ],
      "2026-03-01",
      "2026-03-24",
      ["20260302T090000 > 03-02T09:30:00 + 0", "20260323T090000 > 03-23T09:00 + 1"],
    ],
    [
      "[IN8] an RDATE that is a PERIOD has its own length",
      eventLines(...weekly, "RDATE;VALUE=PERIOD:20260304T080000Z/PT3H,20260305T080000Z/20260305T083000Z"),
      "2026-03-01",
      "2026-03-08",
      ["20260302T090000 > 03-02T09:00 + 1", "20260304T090000 > 03-04T09:00 + 3", "20260305T090000 > 03-05T09:00 + 0.5"],
    ],
    [
      "[IN9] touch the range half-open, and without length when they start in it",
      [
        ...eventLines("DTSTART:20260302T090000Z", "RRULE:FREQ=HOURLY;COUNT=4", "DURATION:PT1H"),
        ...eventLines("RECURRENCE-ID:20260302T120000Z", "DTSTART:20260302T100000Z", "SUMMARY:point"),
      ],
      "2026-03-02T10:00",
      "2026-03-02T11:00",
      ["20260302T100000Z > 03-02T10:00 + 1", "20260302T120000Z > 03-02T10:00 + 0 point"],
    ],
    [
      "in a gap and a fold follow RFC 5545 §3.3.5, and keep their names",
      eventLines(`DTSTART${TZ}20260328T023000`, "RRULE:FREQ=DAILY;COUNT=2", "DURATION:PT1H"),
      "2026-03-01",
      "2026-04-01",
      ["20260328T023000 > 03-28T02:30:00 + 1", "20260329T023000 > 03-29T03:30:00 + 1"],
    ],
  ];
  for (const [name, lines, from, to, expected] of table) {
    test(name, () => assert.deepEqual(shown(instances(lines, from, to)), expected));
  }

  test("[IN10] that are cancelled are given, and say so", () => {
    const [only] = instances(eventLines("DTSTART:20260302T090000Z", "STATUS:CANCELLED"), "2026-03-01", "2026-04-01");
    assert.equal(only?.view.status, "CANCELLED");
    assert.equal(only.recurrenceId, null);
    assert.equal(only.zone, "UTC");
  });

  test("that float, and days, are read in the zone that is asked for", () => {
    const floating = instances(eventLines("DTSTART:20260302T090000"), "2026-03-01", "2026-04-01", berlin);
    assert.deepEqual(
      [floating[0]?.startMs, floating[0]?.zone],
      [Temporal.Instant.from("2026-03-02T08:00Z").epochMilliseconds, null],
    );
    const [day] = instances(eventLines("DTSTART;VALUE=DATE:20260329"), "2026-03-01", "2026-04-01", berlin);
    assert.equal((day!.endMs - day!.startMs) / HOUR_MS, 23, "the day the clocks go forward");
    assert.equal(day!.allDay, true);
  });

  test("of a long event are found from its middle", () => {
    const long = eventLines("DTSTART:20260101T000000Z", "DTEND:20260301T000000Z", "RRULE:FREQ=YEARLY");
    assert.equal(instances(long, "2030-02-01", "2030-02-02").length, 1);
    assert.equal(instances(long, "2030-03-01", "2030-03-02").length, 0);
  });

  test("beyond the budget are refused: before any is made where that is known, else those found are kept", () => {
    const fromMs = Temporal.Instant.from("2026-01-01T00:00Z").epochMilliseconds;
    const range = { fromMs, toMs: fromMs + 365 * 24 * HOUR_MS, floatingZone: UTC };
    const found = (rule: string) => {
      const lines = eventLines("DTSTART:20260101T000000Z", `RRULE:${rule}`);
      return instancesOf(readCalendar(calendarBytes(...lines)).objects[0]!, range, 1000);
    };
    const known = found("FREQ=SECONDLY");
    assert.deepEqual([known.instances, known.refused?.code, known.completeToMs], [[], "too-many-steps", fromMs]);
    const { instances, refused } = found("FREQ=HOURLY;INTERVAL=7;BYHOUR=0,7,14");
    assert.equal(refused?.code, "too-many-steps");
    assert.ok(instances.length > 20 && instances.length < 1000);
  });

  test("looked for up to a number are the first of all, and none is missing before the time that is told", () => {
    const rule = fc.constantFrom("FREQ=DAILY;COUNT=30", "FREQ=WEEKLY;BYDAY=MO,TH", "FREQ=HOURLY;INTERVAL=5;COUNT=90");
    const others = fc.constantFrom(
      [],
      ["EXDATE;VALUE=DATE:20260302,20260305"],
      ["RDATE:20260310T041500Z,20260201T000000Z"],
    );
    const moved = fc.constantFrom([], ["20260303T090000Z"], ["20260301T090000Z", "20260302T090000Z"]);
    const from = Temporal.Instant.from("2026-02-01T00:00Z").epochMilliseconds;
    const range = { fromMs: from, toMs: from + 90 * 24 * HOUR_MS, floatingZone: UTC };
    fc.assert(
      fc.property(rule, others, moved, fc.integer({ min: 1, max: 40 }), (rule, others, moved, datesMax) => {
        const overrides = moved.flatMap((name) =>
          eventLines(`RECURRENCE-ID:${name}`, "DTSTART:20260315T120000Z", "DURATION:PT1H"),
        );
        const lines = [...eventLines("DTSTART:20260301T090000Z", `RRULE:${rule}`, ...others), ...overrides];
        const object = readCalendar(calendarBytes(...lines)).objects[0]!;
        const whole = instancesOf(object, range);
        assert.equal(whole.completeToMs, null);
        const { instances: some, completeToMs } = instancesOf(object, { ...range, datesMax });
        const before = (list: readonly Instance[]) =>
          list.filter(({ startMs }) => startMs < (completeToMs ?? Infinity)).map(({ recurrenceId }) => recurrenceId);
        assert.deepEqual(before(some), before(whole.instances));
        assert.ok(some.length <= datesMax + overrides.length);
      }),
    );
  });

  test("[IN9] of a window are those of a larger window that touch it, for any series", () => {
    const rule = fc.constantFrom(
      "FREQ=DAILY",
      "FREQ=WEEKLY;BYDAY=MO,TH",
      "FREQ=MONTHLY;BYDAY=-1SU",
      "FREQ=HOURLY;INTERVAL=7;COUNT=400",
    );
    const start = fc.constantFrom(
      "DTSTART;VALUE=DATE:20260301",
      `DTSTART${TZ}20260301T023000`,
      "DTSTART:20260301T230000Z",
      "DTSTART:20260301T090000",
    );
    const length = fc.constantFrom("X-NONE:1", "DURATION:P2D");
    const hours = fc.tuple(fc.integer({ min: -100, max: 3000 }), fc.integer({ min: 0, max: 500 }));
    fc.assert(
      fc.property(rule, start, length, hours, (rule, start, length, [from, wide]) => {
        const isHourly = rule.includes("HOURLY") && start.includes("DATE");
        const { objects } = readCalendar(
          calendarBytes(...eventLines(start, length, `RRULE:${isHourly ? "FREQ=DAILY" : rule}`)),
        );
        const originMs = Temporal.Instant.from("2026-03-01T00:00Z").epochMilliseconds;
        const fromMs = originMs + from * HOUR_MS;
        const toMs = fromMs + wide * HOUR_MS;
        const all = instancesOf(objects[0]!, {
          fromMs: originMs - 1e9,
          toMs: originMs + 2e10,
          floatingZone: berlin,
        }).instances;
        const some = instancesOf(objects[0]!, { fromMs, toMs, floatingZone: berlin }).instances;
        const touching = all.filter(
          ({ startMs, endMs }) => startMs < toMs && (endMs > fromMs || (endMs === startMs && startMs >= fromMs)),
        );
        assert.deepEqual(shown(some), shown(touching));
      }),
      { numRuns: 200 },
    );
  });
});
