// Members that the revision of RFC 8984 (draft-ietf-calext-jscalendarbis) calls otherwise, as RFC 8984 calls them.

import { isObject, type Draft, type Json } from "./json.ts";

/** The same object in the words of RFC 8984; anything that is no object as it is. Null members are left out. */
export function asOfRfc8984(json: unknown): unknown {
  if (!isObject(json)) return json;
  const object: Draft = {};
  for (const [name, value] of Object.entries(json)) if (value !== null) object[name] = value;
  if (Array.isArray(object["entries"]))
    object["entries"] = object["entries"].map((entry) => asOfRfc8984(entry) as Json);
  for (const [newer, older] of [
    ["recurrenceRule", "recurrenceRules"],
    ["excludedRecurrenceRule", "excludedRecurrenceRules"],
  ] as const) {
    if (!isObject(object[newer]) || object[older] !== undefined) continue;
    object[older] = [object[newer]];
    delete object[newer];
  }
  const organizer = object["organizerCalendarAddress"];
  if (typeof organizer === "string" && object["replyTo"] === undefined) {
    object["replyTo"] = waysTo(organizer);
    delete object["organizerCalendarAddress"];
  }
  if (isObject(object["participants"])) {
    const participants = Object.entries(object["participants"]).map(([id, each]) => [id, participantOf(each)]);
    object["participants"] = Object.fromEntries(participants) as Json;
  }
  return object;
}

function participantOf(participant: Json): Json {
  if (!isObject(participant)) return participant;
  const { calendarAddress, ...rest } = participant;
  if (typeof calendarAddress !== "string" || participant["sendTo"] !== undefined) return participant;
  return { ...rest, sendTo: waysTo(calendarAddress) };
}

function waysTo(address: string): Json {
  return /^mailto:/i.test(address) ? { imip: address } : { other: address };
}
