// Rules JS* are in ../../SPEC.md. Strategy: any objects that the standard allows, there and back.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { parse } from "../parse.ts";
import { print } from "../print.ts";
import type { Component } from "../tree.ts";
import { fromJSCalendar } from "./from-jscalendar.ts";
import { isObject, type Json, type JsonObject } from "./json.ts";
import { toJSCalendar } from "./to-jscalendar.ts";

describe("JSCalendar and back", () => {
  const word = fc.constantFrom("a", "b", "Tea, cake; more", "č\n“x”", "a/b~c", "ends \\");
  const id = fc.constantFrom("1", "a-b", "X_9");
  const local = fc
    .integer({ min: 0, max: 20_000_000 })
    .map((minutes) =>
      Temporal.PlainDateTime.from("2000-01-01T00:00:00").add({ minutes }).toString({ smallestUnit: "second" }),
    );
  const instant = local.map((text) => `${text}Z`);
  const optional = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });
  const mapOf = (value: fc.Arbitrary<Json>) =>
    fc.dictionary(id, value, { minKeys: 1, maxKeys: 3, noNullPrototype: true });
  const typed = (type: string, members: Record<string, fc.Arbitrary<Json | undefined>>) =>
    fc.record(members).map((object) => ({ "@type": type, ...clean(object) }));
  const rule = typed("RecurrenceRule", {
    frequency: fc.constantFrom("yearly", "monthly", "weekly", "daily"),
    interval: optional(fc.integer({ min: 1, max: 9 })),
    byMonth: optional(fc.constant(["2", "3"])),
    byMonthDay: optional(fc.constant([-1, 1])),
    until: optional(local),
    firstDayOfWeek: optional(fc.constantFrom("mo", "su")),
  });
  const participant = typed("Participant", {
    name: optional(word),
    sendTo: fc.constantFrom({ imip: "mailto:a@example.org" }, { imip: "mailto:b@example.org" }, { other: "tel:1" }),
    roles: fc.constantFrom<Json>(
      { attendee: true },
      { attendee: true, chair: true },
      { owner: true },
      { contact: true },
    ),
    participationStatus: optional(fc.constantFrom("accepted", "declined")),
    expectReply: optional(fc.boolean()),
  });
  const location = typed("Location", {
    name: optional(word),
    description: optional(word),
    coordinates: optional(fc.constant("geo:1.5,2.5")),
    relativeTo: optional(fc.constantFrom("start", "end")),
    timeZone: optional(fc.constant("Asia/Tokyo")),
  });
  const alert = typed("Alert", {
    trigger: fc.constantFrom<Json>(
      { "@type": "OffsetTrigger", offset: "-PT15M", relativeTo: "end" },
      { "@type": "AbsoluteTrigger", when: "2026-01-01T00:00:00Z" },
    ),
    action: fc.constantFrom("display", "email"),
    acknowledged: optional(instant),
  });
  const link = typed("Link", {
    href: fc.constantFrom("https://example.org/a", "https://example.org/b"),
    contentType: optional(fc.constant("text/html")),
    rel: optional(fc.constantFrom("icon", "enclosure")),
    title: optional(word),
    size: optional(fc.nat()),
  });
  const common = {
    uid: fc.constantFrom("u1", "u2", "u3", "u4"),
    updated: optional(instant),
    created: optional(instant),
    sequence: optional(fc.nat()),
    title: optional(word),
    description: optional(word),
    descriptionContentType: optional(fc.constantFrom("text/plain", "text/html")),
    locale: optional(fc.constantFrom("en", "cs")),
    timeZone: optional(fc.constantFrom("Etc/UTC", "Europe/Prague", "America/New_York")),
    showWithoutTime: optional(fc.boolean()),
    priority: optional(fc.integer({ min: 0, max: 9 })),
    privacy: optional(fc.constantFrom("public", "private", "secret")),
    method: optional(fc.constantFrom("request", "publish")),
    color: optional(fc.constantFrom("red", "#123456")),
    keywords: optional(fc.constantFrom<Json>({ a: true }, { "x/y": true, "a,b": true })),
    categories: optional(fc.constant({ "https://example.org/c": true })),
    relatedTo: optional(fc.constant({ u9: { "@type": "Relation", relation: { next: true } } })),
    recurrenceRules: optional(fc.array(rule, { minLength: 1, maxLength: 2 })),
    excludedRecurrenceRules: optional(fc.array(rule, { minLength: 1, maxLength: 1 })),
    recurrenceOverrides: optional(
      fc.dictionary(
        local,
        fc.constantFrom<Json>({}, { excluded: true }, { title: "other" }, { duration: "PT7H" }, { "keywords/z": true }),
        { minKeys: 1, maxKeys: 3, noNullPrototype: true },
      ),
    ),
    replyTo: optional(fc.constantFrom({ imip: "mailto:a@example.org" }, { imip: "mailto:z@example.org" })),
    participants: optional(mapOf(participant)),
    locations: optional(mapOf(location)),
    virtualLocations: optional(
      mapOf(typed("VirtualLocation", { uri: fc.constantFrom("https://a.example", "tel:1"), name: optional(word) })),
    ),
    links: optional(mapOf(link)),
    alerts: optional(mapOf(alert)),
    "example.org:own": optional(fc.json({ maxDepth: 3 }).map((text) => JSON.parse(text) as Json)),
  };
  const event = typed("Event", {
    ...common,
    start: optional(local),
    duration: optional(fc.constantFrom("PT1H", "P1D", "P1W", "PT1H30M")),
    status: optional(fc.constantFrom("confirmed", "tentative", "cancelled")),
    freeBusyStatus: optional(fc.constantFrom("busy", "free")),
  });
  const task = typed("Task", {
    ...common,
    start: optional(local),
    due: optional(local),
    estimatedDuration: optional(fc.constant("PT1H")),
    percentComplete: optional(fc.integer({ min: 0, max: 100 })),
    progress: optional(fc.constantFrom("needs-action", "completed", "failed")),
    progressUpdated: optional(instant),
  });
  const entry = fc.oneof(event, task);
  const group = typed("Group", {
    uid: optional(word),
    title: optional(word),
    prodId: optional(word),
    source: optional(fc.constant("https://example.org/source")),
    keywords: optional(fc.constant({ a: true })),
    links: optional(mapOf(link)),
    entries: fc.uniqueArray(entry, { maxLength: 3, selector: (each) => (each as JsonObject)["uid"] }),
  });

  function clean(object: Record<string, Json | undefined>): JsonObject {
    return Object.fromEntries(
      Object.entries(object).filter(([, value]) => value !== undefined && value !== null),
    ) as JsonObject;
  }

  /** The same with every occurrence that is changed as it then is: a patch can say the same in many ways. */
  function told(object: JsonObject): JsonObject {
    if (Array.isArray(object["entries"])) {
      return { ...object, entries: (object["entries"] as readonly JsonObject[]).map(told) };
    }
    const { recurrenceOverrides: overrides, ...series } = object;
    if (!isObject(overrides)) return object;
    const changed = Object.entries(overrides).map(([at, patch]): [string, Json] => {
      const copy = structuredClone(series) as Record<string, Json>;
      moveDue(copy, at);
      for (const [pointer, value] of Object.entries(patch as JsonObject)) {
        const steps = pointer.split("/");
        let inner: Record<string, Json> | undefined = copy;
        for (const name of steps.slice(0, -1)) inner = inner?.[name] as Record<string, Json> | undefined;
        if (inner !== undefined && value === null) delete inner[steps.at(-1)!];
        else if (inner !== undefined) inner[steps.at(-1)!] = value;
      }
      return [at, copy];
    });
    return { ...series, recurrenceOverrides: Object.fromEntries(changed) };
  }

  /** An occurrence is due as long after its start as its series is. */
  function moveDue(copy: Record<string, Json>, at: string): void {
    const { start, due } = copy;
    if (typeof start !== "string" || typeof due !== "string") return;
    const since = Temporal.PlainDateTime.from(start).until(at, { largestUnit: "hours" });
    copy["due"] = Temporal.PlainDateTime.from(due).add(since).toString({ smallestUnit: "second" });
  }

  test("gives the same Group, whatever it holds [JS3]", () => {
    fc.assert(
      fc.property(group, (given) => {
        const { calendar } = fromJSCalendar(given);
        assert(calendar !== undefined);
        const read = parse(print([calendar]));
        assert.deepEqual(read.problems, []);
        assert.deepEqual(told(toJSCalendar(read.nodes[0] as Component)), told(given as JsonObject));
      }),
      { numRuns: 300 },
    );
  });

  const untyped = ["useDefaultAlerts", "localizations", "requestStatus", "example.org:own"];
  const members = ["title", "duration", "locations", "participants", "links", "alerts", "keywords", "relatedTo"];
  const within = [
    "locations/1",
    "locations/1/links",
    "locations/1/name",
    "participants/a-b/requestStatus",
    "participants/a-b/roles",
    "links/X_9/title",
    "alerts/1/action",
    "relatedTo/u9/relation",
    "localizations/de",
    "localizations/de/title",
    "keywords/a",
  ];
  const loose = fc.constantFrom<Json>(null, true, "x", {}, { de: null }, { de: { title: null, other: 1 } }, [null]);
  const anyOf = (names: readonly string[], value: fc.Arbitrary<Json>) =>
    fc.dictionary(fc.constantFrom(...names), value, { noNullPrototype: true });
  const patch = fc
    .tuple(anyOf(members, fc.constant(null)), anyOf([...untyped, ...within], loose))
    .map(([nulls, others]) => ({ ...nulls, ...others }));
  const withNulls = fc
    .tuple(event, anyOf(members, fc.constant(null)), anyOf(untyped, loose), fc.dictionary(local, patch, { maxKeys: 3 }))
    .map(([given, nulls, others, overrides]) => ({ ...given, ...nulls, ...others, recurrenceOverrides: overrides }));

  test("gives what it gave the first time ever after, wherever nulls stand [JS3] [JS8]", () => {
    const trip = (given: JsonObject) => {
      const { calendar } = fromJSCalendar(given);
      assert(calendar !== undefined);
      return toJSCalendar(parse(print([calendar])).nodes[0] as Component);
    };
    fc.assert(
      fc.property(withNulls, (given) => {
        const first = trip(given);
        assert.deepEqual(trip(first), first);
      }),
      { numRuns: 300 },
    );
  });
});
