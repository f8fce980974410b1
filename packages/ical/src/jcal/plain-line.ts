// Most lines of a file are plain: no control characters, and parameters that another line had as well. Their values are
// cut out of a text made once for a whole component, which is many times cheaper than decoding each by itself. Whatever
// is not plain goes the ordinary way, so that there is one meaning.

import { Buffer } from "node:buffer";
import type { Component, Property } from "../tree.ts";
import type { JCalParameters } from "./jcal.ts";

/** The bytes of a component. */
export type Source = {
  readonly bytes: Uint8Array;
  readonly from: number;
  readonly to: number;
  readonly buffer: Buffer;
  /** One character for each byte: right as long as they are ASCII. */
  readonly text: string;
  readonly heads: Map<string, Head>;
};

/** The source of a component; null when it was put together of several. */
export function sourceOf({ bytes, from, to, isWhole }: Component): Source | null {
  if (!isWhole) return null;
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from);
  return { bytes, from, to, buffer, text: buffer.toString("latin1"), heads: new Map() };
}

/** Whether these bytes lie within the source. */
export function isWithin({ bytes, from, to }: Component | Property, source: Source | null): source is Source {
  return source !== null && source.bytes === bytes && from >= source.from && to <= source.to;
}

const LF = 10;
const CR = 13;
const BEYOND_ASCII = 1;
const LINE_END = 2;
const CONTROL = 4;
const MARKS = Uint8Array.from({ length: 256 }, (_, byte) => {
  if (byte === LF || byte === CR) return LINE_END;
  if (byte >= 128) return BEYOND_ASCII;
  return (byte < 32 && byte !== 9) || byte === 127 ? CONTROL : 0;
});

/** The value of a plain line as `rawValue` gives it, without control characters; null when the line is not plain. */
export function plainValue({ bytes, to, valueFrom }: Property, source: Source): string | null {
  if (valueFrom === -1) return null;
  let end = to;
  if (end > valueFrom && bytes[end - 1] === LF) end--;
  if (end > valueFrom && bytes[end - 1] === CR) end--;
  let marks = 0;
  for (let at = valueFrom; at < end; at++) marks |= MARKS[bytes[at]!]!;
  if ((marks & CONTROL) !== 0) return null;
  const [from, until] = [valueFrom - source.from, end - source.from];
  if ((marks & BEYOND_ASCII) === 0) {
    const text = source.text.slice(from, until);
    return marks === 0 ? text : unfolded(text);
  }
  const text = source.buffer.toString("utf8", from, until);
  if (marks === BEYOND_ASCII) return text;
  return text.includes("\uFFFD") ? null : unfolded(text); // A fold may lie inside a character.
}

/** Folds taken out; null when something else ends a line within. */
function unfolded(lines: string): string | null {
  let text = "";
  let from = 0;
  for (let at = lines.indexOf("\n"); at !== -1; at = lines.indexOf("\n", from)) {
    const blank = lines.charCodeAt(at + 1);
    if (blank !== 32 && blank !== 9) return null;
    text += lines.slice(from, lines.charCodeAt(at - 1) === CR ? at - 1 : at);
    from = at + 2;
  }
  text += lines.slice(from);
  return text.includes("\r") ? null : text;
}

/** What stands before the colon: the parameters but VALUE, and VALUE. Shared by all lines that say the same. */
export type Head = { readonly parameters: JCalParameters; readonly type: string | null };

/** Heads remembered of one component: zones, kinds of people. A file of more distinct ones reads each by itself. */
const HEADS_MAX = 4096;

/** The head of a line, read by `read` when no line of the source before had the same. */
export function rememberedHead(property: Property, source: Source, read: (property: Property) => Head): Head {
  const { from, name, valueFrom } = property;
  const text = source.text.slice(from + name.length - source.from, valueFrom - 1 - source.from);
  const known = source.heads.get(text);
  if (known !== undefined) return known;
  const head = read(property);
  if (source.heads.size < HEADS_MAX) source.heads.set(text, head);
  return head;
}
