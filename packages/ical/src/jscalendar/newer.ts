// Members that the revision of RFC 8984 (draft-ietf-calext-jscalendarbis) calls otherwise or leaves out, as RFC 8984
// has them.

import { END_LOCATION } from "./dates.ts";
import { isObject, setMember, type Draft, type Json } from "./json.ts";

/** The types of the objects within an object; those that are not written are plain from where they stand. */
const TYPES: Readonly<Record<string, string>> = {
  locations: "Location",
  virtualLocations: "VirtualLocation",
  links: "Link",
  participants: "Participant",
  alerts: "Alert",
  relatedTo: "Relation",
};

/**
 * The same object in the words of RFC 8984; anything that is no object as it is. Null members are left out. Patches of
 * occurrences are not looked into: what they make is an object again.
 */
export function asOfRfc8984(json: unknown): unknown {
  if (!isObject(json)) return json;
  const object = renamed(json);
  if (Array.isArray(object["entries"])) object["entries"] = object["entries"].map((each) => asOfRfc8984(each) as Json);
  for (const member of Object.keys(object)) {
    const value = object[member]!;
    const type = Object.hasOwn(TYPES, member) ? TYPES[member] : undefined;
    if (type !== undefined && isObject(value)) object[member] = eachOf(value, (inner) => typed(type, inner));
    if (member.endsWith("ecurrenceRules") && Array.isArray(value)) object[member] = value.map(typedRule);
  }
  return object;
}

function renamed(json: { readonly [name: string]: Json }): Draft {
  const object: Draft = {};
  for (const [name, value] of Object.entries(json)) if (value !== null) setMember(object, name, value);
  move(object, "recurrenceRule", "recurrenceRules", (rule) => [rule]);
  move(object, "excludedRecurrenceRule", "excludedRecurrenceRules", (rule) => [rule]);
  move(object, "organizerCalendarAddress", "replyTo", waysTo);
  const { endTimeZone } = object;
  const locations = isObject(object["locations"]) ? object["locations"] : {};
  if (typeof endTimeZone === "string" && !Object.hasOwn(locations, END_LOCATION)) {
    const end = { "@type": "Location", relativeTo: "end", timeZone: endTimeZone };
    object["locations"] = { ...locations, [END_LOCATION]: end };
    delete object["endTimeZone"];
  }
  return object;
}

function move(object: Draft, newer: string, older: string, turned: (value: Json) => Json): void {
  if (object[newer] === undefined || object[older] !== undefined) return;
  object[older] = turned(object[newer]);
  delete object[newer];
}

function waysTo(address: Json): Json {
  if (typeof address !== "string") return address;
  return /^mailto:/i.test(address) ? { imip: address } : { other: address };
}

function eachOf(map: { readonly [name: string]: Json }, turned: (value: Json) => Json): Json {
  const object: Draft = {};
  for (const [name, value] of Object.entries(map)) setMember(object, name, turned(value));
  return object;
}

function typed(type: string, value: Json): Json {
  if (!isObject(value)) return value;
  const object: Draft = { "@type": type, ...value };
  if (type === "Participant") {
    move(object, "calendarAddress", "sendTo", waysTo);
    object["roles"] ??= { attendee: true };
  }
  if (type === "Relation" && object["relation"] === undefined) object["relation"] = {};
  const { trigger } = object;
  if (type === "Alert" && isObject(trigger) && trigger["@type"] === undefined) {
    object["trigger"] = { "@type": trigger["when"] === undefined ? "OffsetTrigger" : "AbsoluteTrigger", ...trigger };
  }
  return object;
}

function typedRule(rule: Json): Json {
  if (!isObject(rule)) return rule;
  const { byDay } = rule;
  const days = Array.isArray(byDay)
    ? { byDay: byDay.map((day) => (isObject(day) ? { "@type": "NDay", ...day } : day)) }
    : {};
  return { "@type": "RecurrenceRule", ...rule, ...days };
}
