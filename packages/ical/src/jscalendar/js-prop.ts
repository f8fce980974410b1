// JSPROP (draft-ietf-calext-jscalendar-icalendar): what JSCalendar says and iCalendar has no word for.

import type { JCalProperty } from "../jcal/jcal.ts";
import {
  depthOf,
  isObject,
  JSON_DEPTH_MAX,
  patched,
  setMember,
  type Draft,
  type Json,
  type JsonObject,
  type Patch,
} from "./json.ts";
import { oneParameter, textIn } from "./reader.ts";

/** The properties that say a patch. */
export function jsPropsFor(patch: Patch): JCalProperty[] {
  return Object.entries(patch).map(([pointer, value]) => ["jsprop", { jsptr: pointer }, "text", JSON.stringify(value)]);
}

/**
 * The object that was read, with what its JSPROPs say. One that is no JSON is kept as the property that it is; so are
 * all of them when they would make no object of it that is one: `isRight` tells.
 */
export function withJsProps(js: JsonObject, isRight: (js: JsonObject) => boolean): JsonObject {
  const ical = js["iCalendar"];
  if (!isObject(ical) || !Array.isArray(ical["properties"])) return js;
  const patch: Draft = {};
  const properties = ical["properties"] as unknown as JCalProperty[];
  const rest = properties.filter((property) => {
    const read = property[0] === "jsprop" ? readJsProp(property) : null;
    if (read !== null) setMember(patch, read[0], read[1]);
    return read === null;
  });
  if (rest.length === properties.length) return js;
  const { properties: _, ...others } = ical;
  const kept = rest.length === 0 ? others : { ...others, properties: rest as unknown as Json };
  const { iCalendar: __, ...plain } = js;
  const isEmpty = Object.keys(kept).every((name) => name === "name");
  const result = patched(isEmpty ? plain : { ...plain, iCalendar: kept }, patch);
  return isRight(result) ? result : js;
}

function readJsProp(property: JCalProperty): [pointer: string, value: Json] | null {
  const pointer = oneParameter(property[1], "jsptr");
  const text = textIn(property);
  if (pointer === null || pointer === "" || text === null || text.length > JSON_CHARACTERS_MAX) return null;
  try {
    const value = JSON.parse(text) as Json;
    return depthOf(value) <= JSON_DEPTH_MAX ? [pointer, value] : null;
  } catch {
    return null;
  }
}

/** The JSON of one JSPROP; the longest line is far longer. */
const JSON_CHARACTERS_MAX = 1_000_000;
