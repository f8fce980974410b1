// Values of iCalendar as values of jCal (RFC 7265 §3.6). What is not what its type says stays the text that it was.

import { readText, unescapeText } from "../content-line.ts";
import type { JCalRule, JCalStructure, JCalValue } from "./jcal.ts";

/** Reads one value of a type; types that nobody knows stay as they stand. */
export function readValue(type: string, raw: string): JCalValue {
  switch (type) {
    case "text":
    case "uid":
      return readText(raw);
    case "date-time":
    case "date":
      return readDate(raw);
    case "integer":
      return readInteger(raw);
    case "duration":
    case "uri":
    case "cal-address":
    case "unknown":
    case "binary":
      return raw;
    case "recur":
      return readRule(raw);
    case "utc-offset":
      return readOffset(raw);
    case "period":
      return readPeriod(raw);
    case "boolean":
      return raw.length === 4 && raw.toUpperCase() === "TRUE"; // Anything else is false, as for everybody: JC6.
    case "float":
      return readFloat(raw) ?? 0;
    case "time":
      return readTime(raw);
    default:
      return raw;
  }
}

/** The same for a value without control characters. */
export function readPlainValue(type: string, plain: string): JCalValue {
  return type === "text" || type === "uid" ? unescapeText(plain) : readValue(type, plain);
}

/** The parts of GEO and REQUEST-STATUS. One part alone is no structure. */
export function readParts(type: string, raw: string): JCalStructure | string {
  const parts = split(raw, 59);
  if (type === "float") {
    const numbers = parts.map(readFloat);
    return numbers.length < 2 || numbers.includes(null) ? raw : (numbers as number[]);
  }
  return parts.length === 1 ? readText(raw) : parts.map(readText);
}

/** The pieces between separators that no backslash takes away. */
export function split(raw: string, separator: 44 | 59): string[] {
  if (!raw.includes("\\")) return raw.split(separator === 44 ? "," : ";");
  const pieces: string[] = [];
  let from = 0;
  for (let at = 0; at < raw.length; at++) {
    const code = raw.charCodeAt(at);
    if (code === 92) at++;
    else if (code === separator) {
      pieces.push(raw.slice(from, at));
      from = at + 1;
    }
  }
  pieces.push(raw.slice(from));
  return pieces;
}

/** `20260329` and `20260329T023000Z` with the marks of ISO 8601; by its form, whatever VALUE says. */
function readDate(raw: string): string {
  const { length } = raw;
  if (length !== 8 && length !== 15 && length !== 16) return raw;
  if (!areDigits(raw, 0, 8)) return raw;
  if (length === 8) return `${raw.slice(0, 4)}-${raw.slice(4, 6)}-${raw.slice(6, 8)}`;
  if (raw.charCodeAt(8) !== 84 || !areDigits(raw, 9, 15) || (length === 16 && raw.charCodeAt(15) !== 90)) return raw;
  const at = (index: number) => raw.charCodeAt(index);
  // One text instead of nine pieces: times are the most frequent values of all.
  // prettier-ignore
  const local = String.fromCharCode(
    at(0), at(1), at(2), at(3), 45, at(4), at(5), 45, at(6), at(7), 84,
    at(9), at(10), 58, at(11), at(12), 58, at(13), at(14),
  );
  return length === 16 ? `${local}Z` : local;
}

function readTime(raw: string): string {
  const isTime = (raw.length === 6 || (raw.length === 7 && raw.endsWith("Z"))) && areDigits(raw, 0, 6);
  return isTime ? `${raw.slice(0, 2)}:${raw.slice(2, 4)}:${raw.slice(4)}` : raw;
}

function readOffset(raw: string): string {
  if (raw.length !== 5 && raw.length !== 7) return raw;
  const sign = raw.charCodeAt(0);
  if ((sign !== 43 && sign !== 45) || !areDigits(raw, 1, raw.length)) return raw;
  const offset = `${raw.slice(0, 3)}:${raw.slice(3, 5)}`;
  return raw.length === 5 ? offset : `${offset}:${raw.slice(5)}`;
}

function areDigits(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at);
    if (code < 48 || code > 57) return false;
  }
  return true;
}

/** Beyond the safe integers digits would be lost, so that the text stays. */
function readInteger(raw: string): number | string {
  const from = raw.charCodeAt(0) === 45 || raw.charCodeAt(0) === 43 ? 1 : 0;
  if (raw.length === from || !areDigits(raw, from, raw.length)) return raw;
  const value = Number(raw);
  return Number.isSafeInteger(value) ? value + 0 : raw;
}

const FLOAT = /^[+-]?\d+(?:\.\d+)?$/;

function readFloat(raw: string): number | null {
  const trimmed = raw.trim();
  return FLOAT.test(trimmed) && trimmed.length <= FLOAT_CHARACTERS_MAX ? Number(trimmed) + 0 : null;
}

/** A number of 400 digits is infinite. */
const FLOAT_CHARACTERS_MAX = 300;

/** A start, and an end or a length. */
function readPeriod(raw: string): JCalStructure | string {
  const slash = raw.indexOf("/");
  return slash === -1 ? readDate(raw) : [readDate(raw.slice(0, slash)), readDate(raw.slice(slash + 1))];
}

/** What jCal writes as numbers, where RFC 5545 §3.3.10 allows a list of them, and where a single one. */
const NUMBER_LISTS = new Set([
  "bysecond",
  "byminute",
  "byhour",
  "bymonthday",
  "byyearday",
  "byweekno",
  "bymonth",
  "bysetpos",
]);

/** The parts of a rule (RFC 7265 §3.6.10); a text when it is not NAME=VALUE throughout, each once. */
function readRule(raw: string): JCalRule | string {
  const rule: JCalRule = {};
  for (const part of raw.split(";")) {
    if (part === "") continue;
    const equals = part.indexOf("=");
    const name = part.slice(0, equals).toLowerCase();
    if (equals < 1 || !isRulePart(name) || Object.hasOwn(rule, name)) return raw;
    rule[name] = readRulePart(name, part.slice(equals + 1));
  }
  return rule["freq"] === undefined ? raw : rule;
}

function readRulePart(name: string, text: string): JCalRule[string] {
  if (name === "count" || name === "interval") return readInteger(text);
  if (name === "until") return readDate(text);
  if (name === "byday") return oneOrAll(text.split(","));
  return NUMBER_LISTS.has(name) ? oneOrAll(text.split(",").map(readInteger)) : text;
}

function oneOrAll<Value>(values: Value[]): Value | Value[] {
  return values.length === 1 ? values[0]! : values;
}

/** A letter first: names like numbers would not keep their place among the keys of an object. */
export function isRulePart(name: string): boolean {
  return RULE_PARTS.has(name) || /^[a-z][a-z0-9-]{0,63}$/.test(name);
}

const RULE_PARTS = new Set([...NUMBER_LISTS, "freq", "until", "count", "interval", "byday", "wkst"]);
