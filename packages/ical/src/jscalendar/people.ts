// ORGANIZER and ATTENDEE as replyTo and participants (RFC 8984 §4.4).

import type { JCalProperty } from "../jcal/jcal.ts";
import { Ids } from "./ids.ts";
import { isObject, setMember, step, type Draft, type JsonObject } from "./json.ts";
import { allParameters, oneParameter, parametersBut, textIn, type ComponentReader } from "./reader.ts";
import { textMember, type ComponentWriter } from "./writer.ts";

/** Words of parameters that are members of a participant. */
const WORDS = [
  ["cutype", "kind", { INDIVIDUAL: "individual", GROUP: "group", RESOURCE: "resource", ROOM: "location" }],
  [
    "partstat",
    "participationStatus",
    {
      "NEEDS-ACTION": "needs-action",
      ACCEPTED: "accepted",
      DECLINED: "declined",
      TENTATIVE: "tentative",
      DELEGATED: "delegated",
    },
  ],
  ["schedule-agent", "scheduleAgent", { SERVER: "server", CLIENT: "client", NONE: "none" }],
] as const;

/** Texts of parameters that are members of a participant. */
const TEXTS = [
  ["cn", "name"],
  ["email", "email"],
  ["language", "language"],
] as const;

const FLAGS = [
  ["rsvp", "expectReply"],
  ["schedule-force-send", "scheduleForceSend"],
] as const;

/** Addresses of parameters that are other participants. */
const OTHERS = [
  ["delegated-to", "delegatedTo"],
  ["delegated-from", "delegatedFrom"],
  ["member", "memberOf"],
] as const;

const ROLES: Readonly<Record<string, readonly string[]>> = {
  "REQ-PARTICIPANT": ["attendee"],
  CHAIR: ["attendee", "chair"],
  "OPT-PARTICIPANT": ["attendee", "optional"],
  "NON-PARTICIPANT": ["informational"],
};

export function readPeople(reader: ComponentReader): void {
  const organizer = reader.takeOne("organizer");
  const attendees = reader.take("attendee").filter((line) => {
    if (addressIn(line) !== null) return true;
    reader.keep(line);
    return false;
  });
  const owner = organizer === null ? null : addressIn(organizer);
  const ids = new Ids();
  const byAddress = new Map<string, string>();
  const named = attendees.map((line) => {
    const address = textIn(line)!;
    const id = ids.asked(oneParameter(line[1], "jsid"), addressKey(address));
    if (!byAddress.has(addressKey(address))) byAddress.set(addressKey(address), id);
    return { id, address, line };
  });
  const participants: Draft = {};
  for (const { id, address, line } of named) {
    const { participant, rest } = participantOf(line, byAddress);
    const roles = participant["roles"] as Draft;
    if (owner !== null && addressKey(owner) === addressKey(address)) roles["owner"] = true;
    setMember(participants, id, participant);
    reader.note(`participants/${step(id)}`, { parameters: rest });
  }
  if (organizer !== null && owner !== null) readOwner(reader, organizer, owner, { participants, byAddress, ids });
  else if (organizer !== null) reader.keep(organizer);
  if (Object.keys(participants).length > 0) reader.js["participants"] = participants;
}

/** An organizer with a name who does not attend is a participant as well, so that the name is known. */
function readOwner(
  reader: ComponentReader,
  organizer: JCalProperty,
  owner: string,
  known: { participants: Draft; byAddress: ReadonlyMap<string, string>; ids: Ids },
): void {
  reader.js["replyTo"] = sendTo(owner);
  const name = oneParameter(organizer[1], "cn");
  if (name === null || known.byAddress.has(addressKey(owner))) {
    return reader.note("replyTo", { parameters: organizer[1] });
  }
  const id = known.ids.made(addressKey(owner));
  const roles = { owner: true };
  setMember(known.participants, id, { "@type": "Participant", name, sendTo: sendTo(owner), roles });
  reader.note("replyTo", { parameters: parametersBut(organizer[1], "cn") });
}

function addressIn(line: JCalProperty): string | null {
  return line[2] === "cal-address" ? textIn(line) : null;
}

function addressKey(address: string): string {
  return address.trim().toLowerCase();
}

/** RFC 8984 §4.4.4: by mail, or by another way that the address names. */
function sendTo(address: string): JsonObject {
  return /^mailto:/i.test(address) ? { imip: address } : { other: address };
}

function participantOf(line: JCalProperty, byAddress: ReadonlyMap<string, string>) {
  const [, parameters] = line;
  const participant: Draft = { "@type": "Participant", sendTo: sendTo(textIn(line)!) };
  const used = ["jsid"];
  for (const [name, member] of TEXTS) {
    const text = oneParameter(parameters, name);
    if (text === null) continue;
    participant[member] = text;
    used.push(name);
  }
  for (const [name, member, words] of WORDS) {
    const word = oneParameter(parameters, name);
    if (word === null || !Object.hasOwn(words, word)) continue;
    participant[member] = (words as Readonly<Record<string, string>>)[word]!;
    used.push(name);
  }
  for (const [name, member] of FLAGS) {
    const word = oneParameter(parameters, name);
    if (word !== "TRUE" && word !== "FALSE") continue;
    participant[member] = word === "TRUE";
    used.push(name);
  }
  for (const [name, member] of OTHERS) {
    const ids = allParameters(parameters, name).map((address) => byAddress.get(addressKey(address)));
    if (ids.length === 0 || ids.includes(undefined)) continue;
    participant[member] = Object.fromEntries(ids.map((id) => [id!, true]));
    if (new Set(ids).size === ids.length) used.push(name);
  }
  const role = oneParameter(parameters, "role");
  const roles = ROLES[role ?? "REQ-PARTICIPANT"] ?? ["attendee"];
  if (role !== null && Object.hasOwn(ROLES, role) && role !== "REQ-PARTICIPANT") used.push("role");
  participant["roles"] = Object.fromEntries(roles.map((each) => [each, true]));
  return { participant, rest: parametersBut(parameters, ...used) };
}

export function writePeople(writer: ComponentWriter): void {
  const people = writer.objects("participants");
  const owner = ownerOf(writer);
  const ids = new Ids();
  const addresses = new Map(people.map(([id, participant]) => [id, addressOf(participant)]));
  let name: string | null = null;
  for (const [id, participant] of people) {
    const address = addresses.get(id) ?? null;
    if (address === null) continue;
    const note = writer.note(`participants/${step(id)}`);
    const isOwner = owner !== null && addressKey(owner) === addressKey(address);
    if (isOwner && isOnlyOwner(participant)) name = textMember(participant, "name");
    if (isOwner && isOnlyOwner(participant)) continue;
    const jsid = ids.asked(null, addressKey(address)) === id ? {} : { jsid: id };
    const parameters = { ...parametersFrom(participant, addresses), ...note.parameters, ...jsid };
    writer.add("attendee", parameters, "cal-address", address);
  }
  if (owner === null) return;
  const { parameters } = writer.note("replyTo");
  writer.add("organizer", { ...(name === null ? {} : { cn: name }), ...parameters }, "cal-address", owner);
}

/** Whether someone organizes, and takes no other part. */
function isOnlyOwner({ roles }: JsonObject): boolean {
  return isObject(roles) && Object.keys(roles).length === 1 && roles["owner"] === true;
}

/** Where replies go: RFC 8984's replyTo, or the newer organizerCalendarAddress. */
function ownerOf(writer: ComponentWriter): string | null {
  const { replyTo } = writer.js;
  if (isObject(replyTo))
    return textMember(replyTo, "imip") ?? Object.values(replyTo).find((each) => typeof each === "string") ?? null;
  return writer.text("organizerCalendarAddress");
}

function addressOf(participant: JsonObject): string | null {
  const ways = participant["sendTo"];
  if (isObject(ways)) {
    const address = textMember(ways, "imip") ?? Object.values(ways).find((each) => typeof each === "string");
    if (address !== undefined && address !== null) return address;
  }
  const address = textMember(participant, "calendarAddress");
  if (address !== null) return address;
  const mail = textMember(participant, "email");
  return mail === null ? null : `mailto:${mail}`;
}

function parametersFrom(participant: JsonObject, addresses: ReadonlyMap<string, string | null>) {
  const parameters: Record<string, string | string[]> = {};
  for (const [name, member] of TEXTS) {
    const text = textMember(participant, member);
    if (text !== null) parameters[name] = text;
  }
  for (const [name, member, words] of WORDS) {
    const word = Object.entries(words).find(([, each]) => each === participant[member]);
    if (word !== undefined) parameters[name] = word[0];
  }
  for (const [name, member] of FLAGS) {
    if (typeof participant[member] === "boolean") parameters[name] = participant[member] ? "TRUE" : "FALSE";
  }
  for (const [name, member] of OTHERS) {
    const others = participant[member];
    const found = isObject(others) ? Object.keys(others).map((id) => addresses.get(id) ?? null) : [];
    const known = found.filter((address) => address !== null);
    if (known.length > 0 && known.length === found.length) parameters[name] = known.length === 1 ? known[0]! : known;
  }
  const roles = isObject(participant["roles"]) ? participant["roles"] : {};
  const role = ["informational", "optional", "chair"].find((each) => roles[each] === true);
  if (role === "chair") parameters["role"] = "CHAIR";
  if (role === "optional") parameters["role"] = "OPT-PARTICIPANT";
  if (role === "informational") parameters["role"] = "NON-PARTICIPANT";
  return parameters;
}
