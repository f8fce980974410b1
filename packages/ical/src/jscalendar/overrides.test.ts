// Rules JS* are in ../../SPEC.md.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { print } from "../print.ts";
import { componentsOf } from "../tree.ts";
import { decode } from "../utf8.ts";
import { fromJSCalendar } from "./from-jscalendar.ts";
import type { JsonObject } from "./json.ts";
import { toJSCalendar } from "./to-jscalendar.ts";

test("an occurrence that is excluded stays so, whatever else is said of it [JS4]", () => {
  const js = {
    "@type": "Event",
    uid: "a",
    updated: "2026-01-01T00:00:00Z",
    start: "2026-01-01T09:00:00",
    recurrenceRules: [{ "@type": "RecurrenceRule", frequency: "daily", count: 3 }],
    recurrenceOverrides: { "2026-01-02T09:00:00": { excluded: true, title: "z" } },
  };
  const { calendar } = fromJSCalendar(js);
  assert.ok(calendar !== undefined);
  assert.equal(componentsOf(calendar, "VEVENT").length, 1);
  const [entry] = toJSCalendar(calendar)["entries"] as JsonObject[];
  assert.deepEqual(entry?.["recurrenceOverrides"], js.recurrenceOverrides);
});

test("a patch that would make another kind of thing of an occurrence is kept, and changes nothing [JS4]", () => {
  for (const patch of [{ "@type": "Task" }, { "@type": "toString" }, { "@type": 1 }, { uid: "other" }]) {
    const js = {
      "@type": "Event",
      uid: "a",
      updated: "2026-01-01T00:00:00Z",
      start: "2026-01-01T09:00:00",
      recurrenceRules: [{ "@type": "RecurrenceRule", frequency: "weekly" }],
      recurrenceOverrides: { "2026-01-08T09:00:00": patch },
    };
    const { calendar, refused } = fromJSCalendar(js);
    assert.ok(refused === undefined && calendar !== undefined);
    const [entry] = toJSCalendar(calendar)["entries"] as JsonObject[];
    assert.deepEqual(entry?.["recurrenceOverrides"], { "2026-01-08T09:00:00": patch });
    assert.equal(componentsOf(calendar, "VEVENT").length, 2);
  }
});

describe("a patch that cannot be applied [JS8]", () => {
  const series = {
    "@type": "Event",
    uid: "a",
    updated: "2026-01-01T00:00:00Z",
    start: "2026-01-01T09:00:00",
    title: "Tea",
    recurrenceRules: [{ "@type": "RecurrenceRule", frequency: "daily", count: 3 }],
    locations: { hall: { "@type": "Location", name: "Hall" } },
    "example.org:list": [1],
  };
  const cases: readonly (readonly [what: string, patch: JsonObject, pointer: string, message: RegExp])[] = [
    ["in a place that is not there", { "locations/zz/name": "x" }, "locations~1zz~1name", /no "locations\/zz"/],
    ["in a member that is not there", { "participants/p": {} }, "participants~1p", /no "participants"/],
    ["that takes something out of nothing", { "links/a/title": null }, "links~1a~1title", /no "links"/],
    ["in a text", { "title/first": "x" }, "title~1first", /"title" is no object/],
    ["in a list", { "example.org:list/0": 2 }, "example.org:list~10", /"example.org:list" is no object/],
    [
      "in what it sets as a whole",
      { "locations/hall": { name: "Other" }, "locations/hall/name": "x" },
      "locations~1hall~1name",
      /"locations\/hall" and "locations\/hall\/name" are both changed/,
    ],
  ];
  for (const [what, patch, pointer, message] of cases) {
    test(`${what} is a problem; no part of it is applied, the rest stays, and it comes back`, () => {
      const overrides = {
        "2026-01-02T09:00:00": { duration: "PT9H", ...patch },
        "2026-01-03T09:00:00": { title: "Coffee" },
      };
      const given = { ...series, recurrenceOverrides: overrides };
      const { calendar, problems } = fromJSCalendar(given);
      assert(calendar !== undefined);
      assert.deepEqual(
        problems.map((problem) => [problem.code, problem.pointer]),
        [["patch-invalid", `/recurrenceOverrides/2026-01-02T09:00:00/${pointer}`]],
      );
      assert.match(problems[0]!.message, message);
      const titles = componentsOf(calendar, "VEVENT").map(
        (event) => /\r\nSUMMARY:(.*)\r/.exec(decode(print([event])))?.[1],
      );
      assert.deepEqual(titles, ["Tea", "Coffee"]);
      assert.doesNotMatch(decode(print([calendar])), /\r\nDURATION:PT9H/);
      const [entry] = toJSCalendar(calendar)["entries"] as JsonObject[];
      assert.deepEqual(entry, given);
    });
  }

  test("is told with the place of its entry in a Group", () => {
    const faulty = { ...series, recurrenceOverrides: { "2026-01-02T09:00:00": { "links/a/title": "x" } } };
    const { problems } = fromJSCalendar({ "@type": "Group", entries: [series, { ...faulty, uid: "b" }] });
    assert.deepEqual(
      problems?.map(({ pointer }) => pointer),
      ["/entries/1/recurrenceOverrides/2026-01-02T09:00:00/links~1a~1title"],
    );
  });

  test("is none where the occurrence is excluded, or the member belongs to the series", () => {
    for (const patch of [{ excluded: true, "links/a/title": "x" }, { "recurrenceRules/0/count": 2 }]) {
      const { problems } = fromJSCalendar({ ...series, recurrenceOverrides: { "2026-01-02T09:00:00": patch } });
      assert.deepEqual(problems, []);
    }
  });
});
