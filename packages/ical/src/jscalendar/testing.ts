// What the tests of JSCalendar share.
import assert from "node:assert/strict";
import { parse } from "../parse.ts";
import { print } from "../print.ts";
import { calendarBytes, eventLines } from "../testing.ts";
import type { Component } from "../tree.ts";
import { decode } from "../utf8.ts";
import { fromJSCalendar } from "./from-jscalendar.ts";
import { isObject, type Json, type JsonObject } from "./json.ts";
import { toJSCalendar } from "./to-jscalendar.ts";

/** The first component of a file. */
export const calendarOf = (bytes: Uint8Array): Component => {
  const [node] = parse(bytes).nodes;
  assert(node?.kind === "component");
  return node;
};

/** The members that lines of an event become, without those that every event of these tests has. */
export function membersOf(...lines: readonly string[]): JsonObject {
  const group = toJSCalendar(calendarOf(calendarBytes(...eventLines(...lines))));
  const [entry] = group["entries"] as readonly JsonObject[];
  const { "@type": type, uid, updated, ...members } = entry!;
  assert.deepEqual([type, uid, updated], ["Event", "event@example.org", "2026-01-01T00:00:00Z"]);
  return members;
}

/** The lines that an Event becomes, without those that every event of these tests has. */
export function linesOf(members: JsonObject): string[] {
  const { calendar } = fromJSCalendar({ "@type": "Event", ...members });
  assert(calendar !== undefined);
  const text = decode(print([calendar])).replaceAll("\r\n ", "");
  const [, event = ""] = text.split("BEGIN:VEVENT\r\n");
  return event.slice(0, event.indexOf("END:VEVENT")).trimEnd().split("\r\n");
}

export const onlyOne = (map: Json | undefined): JsonObject => {
  const values = isObject(map) ? Object.values(map) : [];
  assert.equal(values.length, 1);
  return values[0] as JsonObject;
};
