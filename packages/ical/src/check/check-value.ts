// Whether the value of a property is what its type and its name ask for (RFC 5545 §3.3 and §3.8).

import { DAY_MS, parseBasicTime } from "@hourwright/time";
import { readText } from "../content-line.ts";
import { parseDuration } from "../duration.ts";
import { propertyType } from "../jcal/property-types.ts";
import { split } from "../jcal/read-value.ts";
import { parseOffset } from "../vtimezone.ts";
import { parameterIn, ruleOf, type Finding, type Line } from "./line.ts";

/** Types that a property may have besides its default. */
const OTHER_TYPES: Readonly<Record<string, string>> = {
  DTSTART: "date",
  DTEND: "date",
  DUE: "date",
  "RECURRENCE-ID": "date",
  EXDATE: "date",
  RDATE: "date period",
  TRIGGER: "date-time",
  ATTACH: "binary",
  IMAGE: "binary",
  "STRUCTURED-DATA": "text binary",
  "STYLED-DESCRIPTION": "uri",
  "RELATED-TO": "uri uid",
  LINK: "uid xml-reference",
};

/** What is wrong with the value of a line; nothing for values that nobody can judge. One finding for each kind. */
export function* valueFindings(line: Line): Generator<Finding> {
  const known = propertyType(line.name);
  if (known !== null && line.type !== known.type && !OTHER_TYPES[line.name]?.split(" ").includes(line.type)) {
    const message = `${line.name} cannot have VALUE=${line.type.toUpperCase().slice(0, 40)}.`;
    yield ["error", "value-type-wrong", message];
    return;
  }
  if (known?.shape === "parts") {
    yield* partsFindings(line);
    return;
  }
  const bad = line.values.filter((value) => faultOf(line.type, value) !== null);
  if (bad.length > 0) yield malformed(line, bad);
  else yield* rangeFindings(line);
}

function malformed({ name, type, values }: Line, bad: readonly string[]): Finding {
  const refused = type === "recur" && bad[0] !== "" ? ruleOf(bad[0]!).refused : undefined;
  if (refused !== undefined) return ["error", refused.code, `${name}: ${refused.message}`];
  const fault = faultOf(type, bad[0]!);
  const others = bad.length === 1 ? "" : ` So are ${bad.length - 1} more of its ${values.length} values.`;
  if (fault === "other-form") {
    const message = `${name} is a ${type}, not "${shown(bad[0]!)}"; VALUE says of which form a value is.${others}`;
    return ["formal", "value-type-wrong", message];
  }
  // An empty value says nothing, an address without "mailto:" enough: neither is misread by anybody.
  const isHarmless = bad.every((value) => value === "") || type === "uri" || type === "cal-address";
  const message = `"${shown(bad[0]!)}" in ${name} is no ${type}.${others}`;
  return [isHarmless ? "formal" : "error", "value-malformed", message];
}

function shown(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

const URI = /^[A-Za-z][A-Za-z0-9+.-]*:/;
const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;
const FLOAT = /^[+-]?\d{1,300}(?:\.\d{1,300})?$/;
const INTEGER = /^[+-]?\d{1,10}$/;
const TIME = /^(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d|60)Z?$/;

/** Why a text is not of a type: malformed, or of the other form of dates; null when it is, or nobody knows the type. */
function faultOf(type: string, text: string): "malformed" | "other-form" | null {
  const is = (right: boolean) => (right ? null : "malformed");
  switch (type) {
    case "date":
    case "date-time": {
      const time = parseBasicTime(text);
      if (time === null) return "malformed";
      return (time.form === "date") === (type === "date") ? null : "other-form";
    }
    case "time":
      return is(TIME.test(text));
    case "duration":
      return is(parseDuration(text) !== null);
    case "period":
      return is(isPeriod(text));
    case "integer":
      return is(INTEGER.test(text) && Math.abs(Number(text)) <= INTEGER_MAX);
    case "float":
      return is(FLOAT.test(text));
    case "boolean":
      return is(/^(?:TRUE|FALSE)$/i.test(text));
    case "uri":
    case "cal-address":
      return is(URI.test(text));
    case "binary":
      return is(text.length % 4 === 0 && BASE64.test(text));
    case "utc-offset":
      return is(parseOffset(text) !== null && !text.includes(":"));
    case "recur":
      return is(ruleOf(text).rule !== undefined);
    default:
      return null;
  }
}

const INTEGER_MAX = 2_147_483_647;

/** RFC 5545 §3.3.9: both ends are times of day, the second is later, a length is positive. */
function isPeriod(text: string): boolean {
  const slash = text.indexOf("/");
  const start = parseBasicTime(text.slice(0, Math.max(0, slash)));
  if (start === null || start.form === "date") return false;
  const rest = text.slice(slash + 1);
  const duration = parseDuration(rest);
  if (duration !== null) return duration.days * DAY_MS + duration.ms > 0;
  const end = parseBasicTime(rest);
  return end !== null && end.form === start.form && end.localMs > start.localMs;
}

function* partsFindings({ name, raw }: Line): Generator<Finding> {
  const parts = split(raw, 59);
  if (name === "GEO") {
    const [latitude, longitude] = parts.map((part) => (FLOAT.test(part) ? Number(part) : Infinity));
    if (parts.length === 2 && Math.abs(latitude!) <= 90 && Math.abs(longitude!) <= 180) return;
    yield ["error", "value-malformed", `"${shown(raw)}" in GEO is no latitude and longitude.`];
  } else if (parts.length < 2 || parts.length > 3 || !/^\d+\.\d+(?:\.\d+)?$/.test(parts[0]!)) {
    yield ["error", "value-malformed", `"${shown(raw)}" in ${name} is no code and description.`];
  }
}

/** Words that a property may hold, where the RFC closes the list. */
const WORDS: Readonly<Record<string, string>> = {
  "VEVENT STATUS": "TENTATIVE CONFIRMED CANCELLED",
  "VTODO STATUS": "NEEDS-ACTION COMPLETED IN-PROCESS CANCELLED",
  "VJOURNAL STATUS": "DRAFT FINAL CANCELLED",
  TRANSP: "OPAQUE TRANSPARENT",
  VERSION: "2.0",
  CALSCALE: "GREGORIAN",
};

/** Words of open lists. */
const TOKENS = new Set(["CLASS", "ACTION", "METHOD", "BUSYTYPE"]);

const RANGES: Readonly<Record<string, readonly [min: number, max: number]>> = {
  PRIORITY: [0, 9],
  "PERCENT-COMPLETE": [0, 100],
  SEQUENCE: [0, INTEGER_MAX],
  REPEAT: [0, INTEGER_MAX],
};

/** Properties that are instants. */
const IN_UTC = new Set(["DTSTAMP", "CREATED", "LAST-MODIFIED", "COMPLETED", "ACKNOWLEDGED", "TZUNTIL"]);

function* rangeFindings(line: Line): Generator<Finding> {
  const { name, raw } = line;
  const range = RANGES[name];
  if (range !== undefined && (Number(raw) < range[0] || Number(raw) > range[1])) {
    yield ["error", "value-out-of-range", `${name} is ${range[0]} to ${range[1]}, not ${raw}.`];
  }
  if (IN_UTC.has(name) && !/z$/i.test(raw))
    yield ["formal", "not-utc", `${name} is an instant and needs a Z, not "${raw}".`];
  if (name === "FREEBUSY" && line.values.some((value) => !/z\//i.test(value))) {
    yield ["error", "not-utc", "FREEBUSY holds periods in UTC."];
  }
  if (line.type === "recur") yield* ruleFindings(raw);
  if (line.type === "utc-offset" && /^-0+$/.test(raw)) {
    yield ["formal", "value-malformed", `${name} is "${raw}"; no offset at all is written with a plus.`];
  }
  if (line.type === "text" && hasUnknownEscape(raw)) {
    const message = `A backslash in ${name} stands before something that needs none; it was left out.`;
    yield ["warn", "escape-unknown", message];
  }
}

function* ruleFindings(raw: string): Generator<Finding> {
  for (const { code, message } of ruleOf(raw).remarks ?? []) yield ["formal", code, message];
}

function hasUnknownEscape(raw: string): boolean {
  for (let at = raw.indexOf("\\"); at !== -1; at = raw.indexOf("\\", at + 2)) {
    if (!"\\;,nN".includes(raw[at + 1] ?? " ")) return true;
  }
  return false;
}

/** What is wrong with a word, once it is known in which component it stands. */
export function* wordFindings({ name, raw }: Line, component: string): Generator<Finding> {
  const words = name === "STATUS" ? WORDS[`${component} ${name}`] : WORDS[name];
  if (words === undefined && !TOKENS.has(name)) return;
  const word = readText(raw).trim().toUpperCase();
  if (TOKENS.has(name) && !/^[A-Z0-9-]+$/.test(word)) {
    yield ["error", "value-malformed", `${name} is one word, not "${shown(raw)}".`];
  }
  if (words === undefined || words.split(" ").includes(word)) return;
  yield [
    "error",
    "value-unknown",
    `${name} of a ${component} is ${words.replaceAll(" ", ", ")}, not "${shown(word)}".`,
  ];
}

const PARAMETER_WORDS: Readonly<Record<string, RegExp>> = {
  RSVP: /^(?:TRUE|FALSE)$/i,
  RELATED: /^(?:START|END)$/i,
  RANGE: /^THISANDFUTURE$/i,
  DERIVED: /^(?:TRUE|FALSE)$/i,
};

/** What is wrong with the parameters of a line. */
export function* parameterFindings(line: Line): Generator<Finding> {
  const seen = new Set<string>();
  for (const { name, values } of line.parameters) {
    if (seen.has(name)) yield ["error", "parameter-twice", `The parameter ${shown(name)} is given twice.`];
    seen.add(name);
    const words = PARAMETER_WORDS[name];
    if (words !== undefined && !words.test(values[0] ?? "")) {
      yield ["error", "parameter-malformed", `The parameter ${name} cannot be "${shown(values[0] ?? "")}".`];
    }
  }
  const isBase64 = parameterIn(line, "ENCODING")?.toUpperCase() === "BASE64";
  if (line.type === "binary" && !isBase64) {
    yield ["error", "parameter-missing", `A binary ${line.name} needs ENCODING=BASE64.`];
  }
}
