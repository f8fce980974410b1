// Damaged and hostile files in every form that we give them: parsed, checked, printed, as jCal and as JSCalendar.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import fc from "fast-check";
import { checkFile } from "./check/check-file.ts";
import { fromJCal } from "./jcal/from-jcal.ts";
import { toJCal } from "./jcal/to-jcal.ts";
import { fromJSCalendar } from "./jscalendar/from-jscalendar.ts";
import { toJSCalendar } from "./jscalendar/to-jscalendar.ts";
import { parse } from "./parse.ts";
import { print } from "./print.ts";
import { PROBLEMS_MAX } from "./problem.ts";
import { calendarBytes, eventLines, mutants } from "./testing.ts";

/** What a form may grow to: JSON writes a control character as six, and each property has brackets and a type. */
const GROWTH = 12;
/** What a form may have beyond that: zones, versions and makers that were not in the file. */
const GROWTH_BYTES = 20_000;

/** Gives a file every form; answers what each operation took at most, in CPU milliseconds of this thread, which is only told. */
function useUp(bytes: Uint8Array): ReadonlyMap<string, number> {
  const slowest = new Map<string, number>();
  const timed = <Result>(what: string, run: () => Result): Result => {
    const from = process.threadCpuUsage();
    const result = run();
    const { user, system } = process.threadCpuUsage(from);
    const ms = (user + system) / 1000;
    slowest.set(what, Math.max(ms, slowest.get(what) ?? 0));
    return result;
  };
  const file = timed("parse", () => parse(bytes));
  const { problems } = timed("check", () => checkFile(file));
  assert.ok(problems.length <= 2 * PROBLEMS_MAX);
  const canonical = timed("print", () => print(file.nodes));
  assertGrowth(canonical.length, bytes, "printed");
  for (const component of file.nodes.filter((node) => node.kind === "component")) {
    const jcal = timed("to jCal", () => toJCal(component));
    assertGrowth(JSON.stringify(jcal).length, bytes, "jCal");
    const { component: back } = timed("from jCal", () => fromJCal(jcal));
    const js = timed("to JSCalendar", () => toJSCalendar(component));
    assertGrowth(JSON.stringify(js).length, bytes, "JSCalendar");
    const { calendar } = timed("from JSCalendar", () => fromJSCalendar(js));
    // Only names that nobody may write keep a component from coming back.
    assert.equal(calendar === undefined, back === undefined, "both forms come back, or neither");
    if (calendar !== undefined) assertGrowth(print([calendar]).length, bytes, "JSCalendar, printed");
  }
  return slowest;
}

function assertGrowth(length: number, bytes: Uint8Array, form: string): void {
  assert.ok(length <= GROWTH * bytes.length + GROWTH_BYTES, `${form}: ${length} of ${bytes.length} bytes`);
}

const folder = new URL("../fixtures/public/", import.meta.url);

describe("a damaged file in every form", () => {
  for (const name of readdirSync(folder).filter((each) => each.endsWith(".ics"))) {
    test(`like ${name} is no larger than it must be, and no crash`, () => {
      const bytes = new Uint8Array(readFileSync(new URL(name, folder)));
      useUp(bytes);
      fc.assert(
        fc.property(mutants(bytes), (mutant) => void useUp(mutant)),
        { numRuns: 10 },
      );
    });
  }
});

describe("a hostile file in every form", () => {
  const cases: readonly (readonly [what: string, lines: readonly string[]])[] = [
    ["of ten thousand parameters", [`X-A;${"A=1;".repeat(10_000)}B=2:c`]],
    ["of ten thousand values", [`CATEGORIES:${"a,".repeat(10_000)}b`, `RESOURCES:${",".repeat(10_000)}`]],
    ["of ten thousand equal attendees", Array.from({ length: 10_000 }, () => "ATTENDEE:mailto:a@example.org")],
    [
      "of ten thousand equal places",
      Array.from({ length: 5000 }, () => ["BEGIN:VLOCATION", "NAME:a", "END:VLOCATION"]).flat(),
    ],
    ["of ten thousand parts of a rule", [`RRULE:FREQ=DAILY;${"BYDAY=MO;".repeat(10_000)}`]],
    ["of a rule of ten thousand numbers", [`RRULE:FREQ=YEARLY;BYYEARDAY=${"1,".repeat(10_000)}2`]],
    ["of JSON within JSON", [`JSPROP;JSPTR=a:${"[".repeat(100_000)}`, `JSPROP;JSPTR=__proto__/a:1`]],
    [
      "of JSPROPs that undo everything",
      ["@type", "uid", "iCalendar", "start"].map((name) => `JSPROP;JSPTR=${name}:null`),
    ],
    ["of names of the language", ["X-A;__PROTO__=1;CONSTRUCTOR=2:3", "CATEGORIES:__proto__,constructor"]],
    ["of backslashes", [`SUMMARY:${"\\".repeat(100_001)}`, `REQUEST-STATUS:${"\\;".repeat(50_000)}`]],
    [
      "of digits",
      [`PRIORITY:${"9".repeat(100_000)}`, `GEO:${"1".repeat(100_000)};1`, `DURATION:P${"1".repeat(1000)}D`],
    ],
  ];
  for (const [what, lines] of cases) {
    test(`${what} is no larger than it must be, and no crash`, () => {
      useUp(calendarBytes(...eventLines("DTSTART:20260101T090000Z", ...lines)));
    });
  }

  test("of thousands of overrides is not written out against its series", () => {
    const day = (i: number) => Temporal.PlainDate.from("2026-01-01").add({ days: i }).toString().replaceAll("-", "");
    const people = Array.from({ length: 1000 }, (_, i) => `ATTENDEE:mailto:p${i}@example.org`);
    const overrides = Array.from({ length: 1000 }, (_, i) =>
      eventLines(`RECURRENCE-ID:${day(i)}T090000Z`, `DTSTART:${day(i)}T100000Z`, "ATTENDEE:mailto:p1@example.org"),
    );
    useUp(calendarBytes(...eventLines("DTSTART:20260101T090000Z", "RRULE:FREQ=DAILY", ...people), ...overrides.flat()));
  });
});

/** The public corpora are not part of this repository: CORPORA names the folder that holds them. */
const corpora = process.env["CORPORA"] ?? "";
const skip = existsSync(join(corpora, "ics-index.json")) ? false : "CORPORA names no folder with the corpora";
const MUTANTS = 10_000;

describe("the calendar corpora, damaged, in every form", { skip }, () => {
  test("are ten thousand mutants without a crash", (context) => {
    const index = JSON.parse(readFileSync(join(corpora, "ics-index.json"), "utf8")) as { file: string }[];
    const perFile = Math.ceil(MUTANTS / index.length);
    let count = 0;
    const slowest = new Map<string, number>();
    for (const { file } of index) {
      const original = new Uint8Array(readFileSync(join(corpora, file)));
      fc.assert(
        fc.property(mutants(original), (mutant) => {
          for (const [what, ms] of useUp(mutant)) slowest.set(what, Math.max(ms, slowest.get(what) ?? 0));
          count++;
        }),
        { numRuns: perFile },
      );
    }
    // A conversion to JSCalendar is linear: the largest of the files holds 499 events.
    const told = Array.from(slowest, ([what, ms]) => `${what} ${ms.toFixed(1)} ms`).join(", ");
    context.diagnostic(`${count} mutants; the slowest of each operation: ${told}`);
    assert.ok(count >= MUTANTS);
  });
});
