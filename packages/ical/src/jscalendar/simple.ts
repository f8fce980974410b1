// Properties that are one member each: the same words in another spelling.

import type { JCalProperty } from "../jcal/jcal.ts";
import { parseDuration } from "../duration.ts";
import { isInstant } from "./clock.ts";
import { isObject, setMember, step, type Draft, type JsonObject } from "./json.ts";
import { parametersBut, textIn, type ComponentReader } from "./reader.ts";
import type { ComponentWriter } from "./writer.ts";

type Kind = "Event" | "Task" | "Group";

type Simple = {
  readonly name: string;
  readonly member: string;
  readonly type: string;
  readonly of: readonly Kind[];
  /** The greatest of numbers. */
  readonly max?: number;
  /** The words of iCalendar, by those of JSCalendar. */
  readonly words?: Readonly<Record<string, string>>;
};

const ALL: readonly Kind[] = ["Event", "Task", "Group"];
const ENTRY: readonly Kind[] = ["Event", "Task"];
const EVENT: readonly Kind[] = ["Event"];
const TASK: readonly Kind[] = ["Task"];
const GROUP: readonly Kind[] = ["Group"];

const PRIVACY = { public: "PUBLIC", private: "PRIVATE", secret: "CONFIDENTIAL" };
const STATUS = { confirmed: "CONFIRMED", tentative: "TENTATIVE", cancelled: "CANCELLED" };
const PROGRESS = {
  "needs-action": "NEEDS-ACTION",
  "in-process": "IN-PROCESS",
  completed: "COMPLETED",
  cancelled: "CANCELLED",
};

/** The members that are a property each, in the order in which they are written. */
const SIMPLE: readonly Simple[] = [
  { of: ALL, name: "uid", member: "uid", type: "text" },
  { of: ENTRY, name: "dtstamp", member: "updated", type: "date-time" },
  { of: GROUP, name: "last-modified", member: "updated", type: "date-time" },
  { of: ALL, name: "created", member: "created", type: "date-time" },
  { of: GROUP, name: "prodid", member: "prodId", type: "text" },
  { of: GROUP, name: "name", member: "title", type: "text" },
  { of: ENTRY, name: "sequence", member: "sequence", type: "integer" },
  { of: ALL, name: "description", member: "description", type: "text" },
  { of: ALL, name: "color", member: "color", type: "text" },
  { of: GROUP, name: "source", member: "source", type: "uri" },
  { of: ENTRY, name: "priority", member: "priority", type: "integer", max: 9 },
  { of: ENTRY, name: "class", member: "privacy", type: "text", words: PRIVACY },
  { of: EVENT, name: "status", member: "status", type: "text", words: STATUS },
  { of: EVENT, name: "transp", member: "freeBusyStatus", type: "text", words: { busy: "OPAQUE", free: "TRANSPARENT" } },
  { of: TASK, name: "status", member: "progress", type: "text", words: PROGRESS },
  { of: TASK, name: "completed", member: "progressUpdated", type: "date-time" },
  { of: TASK, name: "percent-complete", member: "percentComplete", type: "integer", max: 100 },
  { of: TASK, name: "estimated-duration", member: "estimatedDuration", type: "duration" },
];

const simpleOf = (kind: Kind) => SIMPLE.filter(({ of }) => of.includes(kind));
const SIMPLE_OF = { Event: simpleOf("Event"), Task: simpleOf("Task"), Group: simpleOf("Group") };

export function readSimple(reader: ComponentReader): void {
  for (const { name, member, type, max, words } of SIMPLE_OF[reader.js["@type"] as Kind]) {
    const property = reader.takeOne(name);
    if (property === null) continue;
    const value = property[3]!;
    const isRead =
      property[2] === type && (words === undefined || wordFor(words, value) !== null) && fits(type, value, max);
    if (!isRead) {
      reader.keep(property);
      continue;
    }
    reader.js[member] = words === undefined ? (value as string | number) : wordFor(words, value)!;
    reader.note(member, { parameters: property[1] });
  }
}

function wordFor(words: Readonly<Record<string, string>>, value: unknown): string | null {
  return Object.keys(words).find((word) => words[word] === value) ?? null;
}

function fits(type: string, value: unknown, max = Number.MAX_SAFE_INTEGER): boolean {
  switch (type) {
    case "integer":
      return typeof value === "number" && value >= 0 && value <= max;
    case "date-time":
      return isInstant(value);
    case "duration":
      return typeof value === "string" && value.startsWith("P") && parseDuration(value) !== null;
    default:
      return typeof value === "string";
  }
}

export function writeSimple(writer: ComponentWriter): void {
  const isStyled = writeStyled(writer);
  for (const { name, member, type, max, words } of SIMPLE_OF[writer.js["@type"] as Kind]) {
    if (isStyled && member === "description") continue;
    const given = writer.js[member];
    const value = words === undefined || typeof given !== "string" ? given : words[given];
    if (!fits(type, value, max)) continue;
    writer.add(name, writer.note(member).parameters, type, value as string | number);
  }
}

/** SUMMARY, and the language of it, which is that of the object. */
export function readTitle(reader: ComponentReader): void {
  const property = reader.takeOne("summary");
  if (property === null) return;
  const title = textIn(property);
  if (title === null || property[2] !== "text") return reader.keep(property);
  const language = property[1]["language"];
  reader.js["title"] = title;
  if (typeof language === "string" && language !== "") reader.js["locale"] = language;
  reader.note("title", { parameters: language === "" ? property[1] : parametersBut(property[1], "language") });
}

export function writeTitle(writer: ComponentWriter): void {
  const title = writer.text("title");
  const locale = writer.text("locale");
  const { parameters } = writer.note("title");
  if (title !== null)
    writer.add("summary", locale === null ? parameters : { language: locale, ...parameters }, "text", title);
}

/** A description in HTML (RFC 9073 §6.5), when there is no plain one. */
export function readStyled(reader: ComponentReader): void {
  const [property, ...others] = reader.take("styled-description");
  if (property === undefined) return;
  for (const other of others) reader.keep(other);
  const type = property[1]["fmttype"];
  if (property[2] !== "text" || typeof type !== "string" || reader.js["description"] !== undefined) {
    return reader.keep(property);
  }
  reader.js["description"] = textIn(property) ?? "";
  reader.js["descriptionContentType"] = type;
  reader.note("description", { name: "styled-description", parameters: parametersBut(property[1], "fmttype") });
}

/** Whether the description is written as a STYLED-DESCRIPTION, which it then is. */
function writeStyled(writer: ComponentWriter): boolean {
  const type = writer.text("descriptionContentType");
  const description = writer.text("description");
  if (type === null || type === "text/plain" || description === null) return false;
  const { parameters } = writer.note("description");
  writer.add("styled-description", { fmttype: type, ...parameters }, "text", description);
  return true;
}

const SETS = [
  { name: "categories", member: "keywords", type: "text" },
  { name: "concept", member: "categories", type: "uri" },
] as const;

/** CATEGORIES and CONCEPT: sets of words. A line with parameters notes them with each of its words. */
export function readSets(reader: ComponentReader): void {
  for (const { name, member, type } of SETS) {
    const set: Draft = {};
    for (const property of reader.take(name)) {
      const words = property.slice(3);
      const isSet = new Set(words).size === words.length;
      const isRead = isSet && property[2] === type && words.every((word) => typeof word === "string" && word !== "");
      if (!isRead || words.some((word) => Object.hasOwn(set, word as string))) reader.keep(property);
      else {
        for (const word of words as string[]) {
          setMember(set, word, true);
          reader.note(`${member}/${step(word)}`, { parameters: property[1] });
        }
      }
    }
    if (Object.keys(set).length > 0) reader.js[member] = set;
  }
}

export function writeSets(writer: ComponentWriter): void {
  for (const { name, member, type } of SETS) {
    const lines = new Map<string, JCalProperty>();
    for (const word of writer.names(member)) {
      const { parameters } = writer.note(`${member}/${step(word)}`);
      const key = name === "concept" ? word : JSON.stringify(parameters);
      const line = lines.get(key);
      if (line === undefined) lines.set(key, [name, parameters, type, word]);
      else line.push(word);
    }
    writer.addAll([...lines.values()]);
  }
}

/** RELATED-TO: other objects by UID, and how they are related. */
export function readRelated(reader: ComponentReader): void {
  const related: Draft = {};
  for (const property of reader.take("related-to")) {
    const uid = textIn(property);
    const type = property[1]["reltype"];
    const isRead =
      uid !== null && uid !== "" && property[2] === "text" && (type === undefined || typeof type === "string");
    if (!isRead || Object.hasOwn(related, uid)) {
      reader.keep(property);
      continue;
    }
    const word = typeof type === "string" && /^[A-Z-]{1,40}$/.test(type) ? type.toLowerCase() : null;
    setMember(related, uid, { "@type": "Relation", relation: word === null ? {} : { [word]: true } });
    reader.note(`relatedTo/${step(uid)}`, {
      parameters: word === null ? property[1] : parametersBut(property[1], "reltype"),
    });
  }
  if (Object.keys(related).length > 0) reader.js["relatedTo"] = related;
}

export function writeRelated(writer: ComponentWriter): void {
  for (const [uid, object] of writer.objects("relatedTo")) {
    const { parameters } = writer.note(`relatedTo/${step(uid)}`);
    const relation: JsonObject = isObject(object["relation"]) ? object["relation"] : {};
    const [word] = Object.keys(relation);
    const type = word !== undefined && /^[a-z-]{1,40}$/.test(word) ? { reltype: word.toUpperCase() } : {};
    writer.add("related-to", { ...type, ...parameters }, "text", uid);
  }
}
