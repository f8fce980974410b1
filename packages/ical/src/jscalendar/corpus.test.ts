// Rules JS* are in ../../SPEC.md.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { UTC } from "@hourwright/time";
import { readCalendar } from "../calendar-object.ts";
import { instancesOf } from "../instances.ts";
import type { JCalComponent } from "../jcal/jcal.ts";
import { toJCal } from "../jcal/to-jcal.ts";
import { parse } from "../parse.ts";
import { print } from "../print.ts";
import { decode } from "../utf8.ts";
import { fromJSCalendar } from "./from-jscalendar.ts";
import { isObject } from "./json.ts";
import { toJSCalendar } from "./to-jscalendar.ts";

/** The public corpora are not part of this repository: CORPORA names the folder that holds them. */
const corpora = process.env["CORPORA"] ?? "";
const skip = existsSync(join(corpora, "ics-index.json")) ? false : "CORPORA names no folder with the corpora";

describe("the calendar corpora as JSCalendar", { skip }, () => {
  type Entry = { file: string; kind: string };
  const entries = () =>
    (JSON.parse(readFileSync(join(corpora, "ics-index.json"), "utf8")) as Entry[]).map(({ file, kind }) => {
      const { nodes } = parse(new Uint8Array(readFileSync(join(corpora, file))));
      return { file, kind, components: nodes.filter((node) => node.kind === "component") };
    });

  /** Every value of every property, under the path of its component, in any order; dates tell themselves from times. */
  function valuesOf([name, properties, components]: JCalComponent, path = ""): string[] {
    const told = (wanted: string) => JSON.stringify(properties.find((property) => property[0] === wanted)?.[3] ?? "");
    const at = `${path}/${name} ${told("uid")} ${told("tzid")} ${told("recurrence-id")}`;
    const values = properties.flatMap(([property, parameters, type, ...all]) =>
      all.map(
        (value) => `${at} ${property} ${type.replace("date-time", "date")} ${sorted(parameters)} ${sorted(value)}`,
      ),
    );
    return [at, ...values, ...components.flatMap((component) => valuesOf(component, at))].sort();
  }

  const sorted = (value: unknown): string =>
    JSON.stringify(value, (_, each: unknown) =>
      isObject(each) ? Object.fromEntries(Object.entries(each).sort(([one], [other]) => (one < other ? -1 : 1))) : each,
    );

  test("lose nothing where they are valid, and give the same JSCalendar again [JS2]", (context) => {
    let files = 0;
    for (const { file, kind, components } of entries()) {
      if (!kind.startsWith("valid") || kind === "valid or historic") continue;
      for (const component of components) {
        const js = toJSCalendar(component);
        const { calendar } = fromJSCalendar(JSON.parse(JSON.stringify(js)));
        assert.ok(calendar !== undefined, file);
        const jcal = toJCal(component);
        const left = valuesOf(toJCal(calendar));
        const given = valuesOf(jcal[0] === "vcalendar" ? jcal : ["vcalendar", [], [jcal]]);
        for (const value of given) {
          const at = left.indexOf(value);
          assert.notEqual(at, -1, `${file}: ${value}`);
          left.splice(at, 1);
        }
        // What is added is what must be there: a version, a maker, the zones that are named, an end of all-day events.
        for (const value of left)
          assert.match(value, /^\/vcalendar [^/]*( version | prodid |\/vtimezone )|duration |valarm .* description /);
        if (jcal[0] === "vcalendar") assert.deepEqual(toJSCalendar(calendar), js, file);
        files++;
      }
    }
    context.diagnostic(`${files} calendars`);
    assert.ok(files >= 100);
  });

  test("have the same occurrences when they come back", () => {
    const range = {
      fromMs: Temporal.Instant.from("1990-01-01T00:00Z").epochMilliseconds,
      toMs: Temporal.Instant.from("2040-01-01T00:00Z").epochMilliseconds,
      floatingZone: UTC,
    };
    const dates = (bytes: Uint8Array) =>
      readCalendar(bytes).objects.map((object) => {
        const { instances } = instancesOf(object, { ...range, datesMax: 200 }, 5000);
        return [object.uid, instances.slice(0, 200).map(({ startMs, endMs }) => `${startMs}–${endMs}`)].join(" ");
      });
    for (const { file, kind, components } of entries()) {
      if (!kind.startsWith("valid")) continue;
      for (const component of components.filter(({ name }) => name === "VCALENDAR")) {
        const bytes = print([component]);
        const { calendar } = fromJSCalendar(toJSCalendar(component));
        if (calendar === undefined || !decode(bytes).includes("\nUID:")) continue;
        assert.deepEqual(dates(print([calendar])).sort(), dates(bytes).sort(), file);
      }
    }
  });
});
