// Most lines of a file are plain: ASCII, not folded, nothing escaped. They are cut out of a text made once for a whole
// component, which is many times cheaper than decoding each by itself. Whatever is not plain goes the ordinary way.

import { Buffer } from "node:buffer";
import type { Component, Property } from "../tree.ts";
import type { JCalParameters } from "./jcal.ts";

/** The bytes of a component as a text with one character for each byte. */
export type Source = {
  readonly bytes: Uint8Array;
  readonly from: number;
  readonly to: number;
  readonly text: string;
};

/** The source of a component; null when it was put together of several. */
export function sourceOf({ bytes, from, to, isWhole }: Component): Source | null {
  if (!isWhole) return null;
  return { bytes, from, to, text: Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString("latin1") };
}

/** Whether these bytes lie within the source. */
export function isWithin({ bytes, from, to }: Component | Property, source: Source | null): source is Source {
  return source !== null && source.bytes === bytes && from >= source.from && to <= source.to;
}

const NOT_PLAIN = 1;
const ESCAPED = 2;
const MARKS = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte === 92 ? ESCAPED : (byte >= 32 && byte < 127) || byte === 9 ? 0 : NOT_PLAIN,
);

/**
 * The value of a plain line, as it stands between the colon and the end of the line; null when the line is not plain:
 * folded, not ASCII, holding a backslash or a control character.
 */
export function plainValue({ bytes, from, to, valueFrom }: Property, source: Source): string | null {
  if (valueFrom === -1) return null;
  let end = to;
  if (end > valueFrom && bytes[end - 1] === 10) end--;
  if (end > valueFrom && bytes[end - 1] === 13) end--;
  let marks = 0;
  for (let at = from; at < end; at++) marks |= MARKS[bytes[at]!]!;
  return marks === 0 ? source.text.slice(valueFrom - source.from, end - source.from) : null;
}

const QUOTE = 34;
const COMMA = 44;
const SEMICOLON = 59;
const EQUALS = 61;
const CARET = 94;

/**
 * The parameters of a plain line, as long as each is there once with one value, without quotes and carets; null when
 * one is otherwise.
 */
export function plainParameters({ bytes, from, valueFrom, name }: Property, source: Source): JCalParameters | null {
  const parameters: JCalParameters = {};
  const end = valueFrom - 1;
  const { text, from: base } = source;
  let nameFrom = from + name.length + 1;
  let equals = -1;
  for (let at = nameFrom; at <= end; at++) {
    const byte = at === end ? SEMICOLON : bytes[at]!;
    if (byte === EQUALS && equals === -1) equals = at;
    else if (byte === QUOTE || byte === COMMA || byte === CARET) return null;
    else if (byte === SEMICOLON) {
      const key = equals === -1 ? null : parameterKey(text.slice(nameFrom - base, equals - base));
      if (key === null || parameters[key] !== undefined) return null;
      parameters[key] = text.slice(equals + 1 - base, at - base);
      nameFrom = at + 1;
      equals = -1;
    }
  }
  return parameters;
}

// Files repeat a few names many times.
const KEYS = new Map(
  (
    "ALTREP CN CUTYPE DELEGATED-FROM DELEGATED-TO DIR DISPLAY EMAIL ENCODING FBTYPE FEATURE FMTTYPE LABEL LANGUAGE " +
    "MEMBER PARTSTAT RANGE RELATED RELTYPE ROLE RSVP SENT-BY TZID VALUE X-NUM-GUESTS"
  )
    .split(" ")
    .map((name) => [name, name.toLowerCase()]),
);

function parameterKey(name: string): string | null {
  return KEYS.get(name) ?? null;
}
