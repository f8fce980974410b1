// VTIMEZONEs as TimeZones (RFC 8984 §4.7.2), for zones that the world has no name for.

import type { JCalComponent, JCalProperty } from "../jcal/jcal.ts";
import { parseOffset } from "../vtimezone.ts";
import { fixedZone, type Zone } from "@hourwright/time";
import { localText, parseJCalTime, parseLocal } from "./clock.ts";
import { isObject, setMember, type Draft, type Json, type JsonObject } from "./json.ts";
import { textIn } from "./reader.ts";
import { ruleFromJS, ruleToJS } from "./rule.ts";
import { textMember } from "./writer.ts";

/** The TimeZone of a VTIMEZONE, as far as it says clocks. */
export function timeZoneToJS([, properties, components]: JCalComponent): JsonObject {
  const tzid = properties.find(([name]) => name === "tzid");
  const zone: Draft = { "@type": "TimeZone", tzId: tzid === undefined ? "" : (textIn(tzid) ?? "") };
  for (const kind of ["standard", "daylight"]) {
    const rules = components.filter(([name]) => name === kind).map(observanceToJS);
    const read = rules.filter((rule) => rule !== null);
    if (read.length > 0) zone[kind] = read;
  }
  return zone;
}

function observanceToJS([, properties]: JCalComponent): JsonObject | null {
  const text = (name: string) => {
    const property = properties.find((each) => each[0] === name);
    return property === undefined ? null : textIn(property);
  };
  const start = parseJCalTime(text("dtstart") ?? "");
  const [from, to] = [text("tzoffsetfrom"), text("tzoffsetto")];
  const before = zoneOfOffset(from);
  if (start === null || from === null || to === null || before === null || zoneOfOffset(to) === null) return null;
  const rule: Draft = {
    "@type": "TimeZoneRule",
    start: localText(start.localMs),
    offsetFrom: from.replaceAll(":", ""),
    offsetTo: to.replaceAll(":", ""),
  };
  const rules = valuesOf(properties, "rrule").map((value) => ruleToJS(value, { isDate: false, zone: before }));
  const read = rules.filter((each) => each !== null);
  if (read.length > 0) rule["recurrenceRules"] = read;
  const dates: Draft = {};
  for (const value of valuesOf(properties, "rdate")) {
    const time = typeof value === "string" ? parseJCalTime(value) : null;
    if (time !== null) setMember(dates, localText(time.localMs), {});
  }
  if (Object.keys(dates).length > 0) rule["recurrenceOverrides"] = dates;
  const names = valuesOf(properties, "tzname").filter((value) => typeof value === "string");
  if (names.length > 0) rule["names"] = Object.fromEntries(names.map((name) => [name, true]));
  return rule;
}

function valuesOf(properties: readonly JCalProperty[], name: string) {
  return properties
    .filter((property) => property[0] === name)
    .flatMap((property) => property.slice(3) as JCalProperty[3][]);
}

function zoneOfOffset(text: string | null): Zone | null {
  const offsetMs = text === null ? null : parseOffset(text);
  return offsetMs === null ? null : fixedZone("offset", offsetMs);
}

/** The VTIMEZONE of a TimeZone; its id is how the objects name it, "/" in front. */
export function timeZoneFromJS(id: string, zone: JsonObject): JCalComponent {
  const tzid: JCalProperty = ["tzid", {}, "text", textMember(zone, "tzId") ?? id.slice(1)];
  const observances = ["standard", "daylight"].flatMap((kind) => {
    const rules = zone[kind];
    return Array.isArray(rules)
      ? (rules as readonly Json[]).filter(isObject).map((rule) => observanceFromJS(kind, rule))
      : [];
  });
  return ["vtimezone", [tzid], observances];
}

function observanceFromJS(kind: string, rule: JsonObject): JCalComponent {
  const properties: JCalProperty[] = [];
  const before = zoneOfOffset(textMember(rule, "offsetFrom"));
  const start = parseLocal(rule["start"]);
  if (start !== null) properties.push(["dtstart", {}, "date-time", localText(start)]);
  for (const [name, member] of [
    ["tzoffsetfrom", "offsetFrom"],
    ["tzoffsetto", "offsetTo"],
  ] as const) {
    const offset = textMember(rule, member)
      ?.replace(/^([+-]\d\d)(\d\d)/, "$1:$2")
      .replace(/(\d\d)(\d\d)$/, "$1:$2");
    if (offset !== undefined) properties.push([name, {}, "utc-offset", offset]);
  }
  const rules = Array.isArray(rule["recurrenceRules"]) ? (rule["recurrenceRules"] as readonly Json[]) : [];
  for (const each of rules.filter(isObject)) {
    const parts = ruleFromJS(each, { isDate: false, zone: before });
    if (parts !== null) properties.push(["rrule", {}, "recur", parts]);
  }
  const dates = isObject(rule["recurrenceOverrides"]) ? Object.keys(rule["recurrenceOverrides"]) : [];
  if (dates.length > 0) properties.push(["rdate", {}, "date-time", ...dates]);
  for (const name of isObject(rule["names"]) ? Object.keys(rule["names"]) : []) {
    properties.push(["tzname", {}, "text", name]);
  }
  return [kind, properties, []];
}
