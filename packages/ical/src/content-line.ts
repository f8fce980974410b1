import { assert } from "@hourwright/std";
import type { Property } from "./tree.ts";
import { decode, encode, unfold } from "./utf8.ts";

/** A parameter with its values, quotes taken off and RFC 6868 read; the name in upper case. */
export type Parameter = { readonly name: string; readonly values: readonly string[] };

/** Parameters read of one property; nobody writes more, and a hostile line would cost a list each. */
export const PARAMETERS_MAX = 200;

/** The value as it stands, unfolded: escapes are still in it. Decoded anew at every call. */
export function rawValue(property: Property): string {
  const { bytes, from, to, valueFrom } = property;
  if (valueFrom !== -1) return decode(unfold(bytes, valueFrom, to));
  const line = decode(unfold(bytes, from, to));
  return line.slice(valueStart(line));
}

/** All parameters, in order. Decoded anew at every call. */
export function parametersOf(property: Property): Parameter[] {
  const { bytes, from, to, valueFrom, name } = property;
  if (valueFrom === from + name.length + 1) return []; // NAME: leaves no room for any.
  const line = decode(valueFrom === -1 ? unfold(bytes, from, to) : bytes.subarray(from, valueFrom));
  return readParameters(line.slice(name.length, valueStart(line) - 1));
}

/** The first value of a parameter, or null. */
export function parameterOf(property: Property, name: string): string | null {
  for (const parameter of parametersOf(property)) if (parameter.name === name) return parameter.values[0] ?? "";
  return null;
}

/** Where the value begins: after the first colon outside quotes, or the first at all when a quote never closes. */
function valueStart(line: string): number {
  let isQuoted = false;
  for (let at = 0; at < line.length; at++) {
    const code = line.charCodeAt(at);
    if (code === 34) isQuoted = !isQuoted;
    else if (code === 58 && !isQuoted) return at + 1;
  }
  return line.indexOf(":") + 1;
}

function readParameters(text: string): Parameter[] {
  const parameters: Parameter[] = [];
  for (const part of splitOutsideQuotes(text, ";")) {
    if (part === "") continue;
    if (parameters.length >= PARAMETERS_MAX) break;
    const equals = part.indexOf("=");
    const name = (equals === -1 ? part : part.slice(0, equals)).trim().toUpperCase();
    const values = equals === -1 ? [] : splitOutsideQuotes(part.slice(equals + 1), ",").map(readParameterValue);
    parameters.push({ name, values });
  }
  return parameters;
}

function splitOutsideQuotes(text: string, separator: string): string[] {
  if (!text.includes('"')) return text.split(separator);
  const parts: string[] = [];
  let isQuoted = false;
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '"') isQuoted = !isQuoted;
    else if (text[at] === separator && !isQuoted) {
      parts.push(text.slice(from, at));
      from = at + 1;
    }
  }
  parts.push(text.slice(from));
  return parts;
}

/** RFC 6868: ^n is a new line, ^' a quote, ^^ a caret; anything else after ^ stays as it is. */
function readParameterValue(text: string): string {
  const unquoted = text.includes('"') ? text.replaceAll('"', "") : text;
  if (!unquoted.includes("^")) return unquoted;
  return unquoted.replace(/\^[n'^]/g, (escape) => (escape === "^n" ? "\n" : escape === "^'" ? '"' : "^"));
}

/** RFC 5545 §3.3.11: the escapes of a TEXT taken off, and what cannot be shown left out. */
export function readText(raw: string): string {
  const plain = unescapeText(raw);
  return CONTROL.test(plain) ? plain.replace(CONTROLS, "") : plain;
}

/** The escapes of a TEXT taken off, nothing else. */
export function unescapeText(raw: string): string {
  let text = "";
  let from = 0;
  for (let at = raw.indexOf("\\"); at !== -1 && at + 1 < raw.length; at = raw.indexOf("\\", from)) {
    const escaped = raw[at + 1]!;
    text += raw.slice(from, at) + (escaped === "n" || escaped === "N" ? "\n" : escaped);
    from = at + 2;
  }
  return from === 0 ? raw : text + raw.slice(from);
}

// NUL, CR and their like would travel on into databases, mails and terminals; only new line and tab are text.
// oxlint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f]/;
const CONTROLS = new RegExp(CONTROL.source, "g");

/** The texts of a list, split at commas that are not escaped. */
export function readTexts(raw: string): string[] {
  const texts: string[] = [];
  let from = 0;
  for (let at = 0; at <= raw.length; at++) {
    if (raw[at] === "\\") at++;
    else if (at === raw.length || raw[at] === ",") {
      texts.push(readText(raw.slice(from, at)));
      from = at + 1;
    }
  }
  return texts;
}

/** A TEXT with its escapes on. A new line becomes `\n`, so that no text can begin another property. */
export function escapeText(text: string): string {
  return withoutControls(text)
    .replace(/[\\;,]/g, "\\$&")
    .replaceAll("\n", "\\n");
}

function withoutControls(text: string): string {
  return text.replace(/\r\n?/g, "\n").replace(CONTROLS, "").toWellFormed();
}

/** Octets of a printed line before it is folded (RFC 5545 §3.1). */
export const FOLD_BYTES = 75;
const NAME = /^[A-Z0-9._/-]{1,255}$/; // As the scanner reads them: groups and the odd '_' included.

/**
 * A new content line: folded, CRLF. `value` is written as it is given (see `escapeText`), less its control characters;
 * a parameter whose name nobody could read again is left out.
 */
export function newProperty(name: string, parameters: readonly Parameter[], value: string): Property {
  assert(NAME.test(name), `a property cannot be called ${JSON.stringify(name)}`);
  return newLine(name, name + parameters.map(printParameter).join(""), value);
}

function newLine(name: string, head: string, value: string): Property {
  const bytes = fold(encode(`${head}:${withoutControls(value).replaceAll("\n", "")}`));
  const headBytes = encode(head).length;
  const valueFrom = headBytes < FOLD_BYTES ? headBytes + 1 : -1;
  return { kind: "property", name, line: 0, bytes, from: 0, to: bytes.length, valueFrom };
}

/** The same property with another value; what stands before its colon keeps its bytes, but for folds. */
export function withValue(property: Property, value: string): Property {
  const { bytes, from, to, name } = property;
  const line = decode(unfold(bytes, from, to));
  return newLine(name, line.slice(0, valueStart(line) - 1), value);
}

/** Of a parameter that a file brought any name is written again that cannot be taken for something else. */
const PARAMETER_NAME = /^[^";:,=\p{Cc}]{1,255}$/u;

function printParameter({ name, values }: Parameter): string {
  return PARAMETER_NAME.test(name) ? `;${name}=${values.map(printParameterValue).join(",")}` : "";
}

function printParameterValue(value: string): string {
  const escaped = withoutControls(value).replaceAll("^", "^^").replaceAll("\n", "^n").replaceAll('"', "^'");
  return /[:;,]/.test(escaped) ? `"${escaped}"` : escaped;
}

/** A line cut to at most 75 octets each, never inside a character, and ended with CRLF. */
export function fold(line: Uint8Array): Uint8Array {
  if (line.length <= FOLD_BYTES) return withLineEnd(line);
  const out = new Uint8Array(line.length + 2 + 3 * Math.ceil(line.length / (FOLD_BYTES - 5)));
  let length = 0;
  let from = 0;
  let room = FOLD_BYTES;
  while (line.length - from > room) {
    let to = from + room;
    while (to > from + 1 && (line[to]! & 0xc0) === 0x80) to--;
    out.set(line.subarray(from, to), length);
    length += to - from;
    out.set(CRLF_BLANK, length);
    length += 3;
    from = to;
    room = FOLD_BYTES - 1; // The blank counts.
  }
  out.set(line.subarray(from), length);
  length += line.length - from;
  out[length++] = 13;
  out[length++] = 10;
  return out.subarray(0, length);
}

function withLineEnd(line: Uint8Array): Uint8Array {
  const out = new Uint8Array(line.length + 2);
  out.set(line);
  out[line.length] = 13;
  out[line.length + 1] = 10;
  return out;
}

const CRLF_BLANK = new Uint8Array([13, 10, 32]);
