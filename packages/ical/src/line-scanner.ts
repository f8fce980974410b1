import { isUtf8 } from "node:buffer";
import type { ProblemLog } from "./problem.ts";
import type { Junk, Property } from "./tree.ts";
import { firstBadUtf8, foldedIndex, isBlank, unfold } from "./utf8.ts";

/** The most bytes of one content line, folds included: an attachment may stand inside, a film may not. */
export const LINE_BYTES_MAX = 16 * 1024 * 1024;
/** A name is a word. */
const NAME_BYTES_MAX = 255;

const LF = 10;
const CR = 13;
const TAB = 9;
const QUOTE = 34;
const COLON = 58;
const SEMICOLON = 59;
const DELETE = 127;

/** Cuts bytes into content lines (RFC 5545 §3.1): CRLF or bare LF, folded or not, after a byte order mark or none. */
export class LineScanner {
  readonly #bytes: Uint8Array;
  readonly #log: ProblemLog;
  /** Every byte is part of a character as it stands, so that no line needs to be looked at for it. */
  readonly #isUtf8: boolean;
  /** Whether some line so far ended with a bare line feed, or with the file. */
  hasBareLines = false;
  #at = 0;
  #line = 1;

  constructor(bytes: Uint8Array, log: ProblemLog) {
    this.#bytes = bytes;
    this.#log = log;
    this.#isUtf8 = isUtf8(bytes);
    if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) this.#at = 3;
  }

  /** The next content line, BEGIN and END included; junk for what has no name and colon; null at the end. */
  next(): Property | Junk | null {
    const bytes = this.#bytes;
    const from = this.#at;
    if (from >= bytes.length) return null;
    const line = this.#line;
    let nameTo = from;
    let hash = 0;
    for (let letter = 0; (letter = NAME_LETTERS[bytes[nameTo]!]!) > 0; nameTo++) {
      hash = (Math.imul(hash, 31) + letter) | 0;
    }
    const to = this.#scanLine(nameTo, from, line);
    this.#at = to;
    if (nameTo < to && nameTo > from && nameTo - from <= NAME_BYTES_MAX && to - from <= LINE_BYTES_MAX) {
      const after = bytes[nameTo]!;
      const valueFrom = after === COLON ? nameTo + 1 : after === SEMICOLON ? afterColon(bytes, nameTo, to) : NOWHERE;
      if (valueFrom >= 0) {
        const name = nameOf(bytes, from, nameTo, hash);
        return { kind: "property", name, line, bytes, from, to, valueFrom };
      }
    }
    return this.#unusualLine(line, from, to);
  }

  /** Where the content line ends of which `at` has been reached, folds included; reports the bytes it may not have. */
  #scanLine(at: number, from: number, line: number): number {
    const bytes = this.#bytes;
    let seen = 0; // Bit 1: a byte beyond ASCII. Bit 2: a control character.
    const end = bytes.length;
    let to = at;
    for (;;) {
      let byte = 0;
      while (to < end && (byte = bytes[to++]!) !== LF) {
        if (IS_PLAIN[byte] === 0 && (byte !== CR || bytes[to] !== LF))
          seen |= byte >= 128 ? 1 : controlBit(byte, bytes[to]);
      }
      this.#line++;
      if (byte !== LF || bytes[to - 2] !== CR) this.hasBareLines = true;
      if (to >= bytes.length || !isBlank(bytes[to])) break;
    }
    if (seen > 1 || (seen === 1 && !this.#isUtf8)) this.#reportBytes(line, from, to, seen);
    return to;
  }

  /** Lines that need unfolding before their colon is found, and lines that have none. */
  #unusualLine(line: number, from: number, to: number): Property | Junk {
    const bytes = this.#bytes;
    const junk: Junk = { kind: "junk", line, bytes, from, to };
    if (to - from > LINE_BYTES_MAX) {
      this.#log.error(line, "line-too-long", `A line has at most ${LINE_BYTES_MAX} bytes; this one was left out.`);
      return junk;
    }
    const text = unfold(bytes, from, to);
    if (text.every((byte) => isBlank(byte) || byte === CR)) return junk; // A blank line is nobody's fault.
    let nameTo = 0;
    while (NAME_LETTERS[text[nameTo]!]! > 0) nameTo++;
    const isName = nameTo > 0 && nameTo <= NAME_BYTES_MAX;
    const property = (): Property => {
      const name = newName(text, 0, nameTo);
      return { kind: "property", name, line, bytes, from, to, valueFrom: -1 };
    };
    if (isName && text[nameTo] === COLON) return property();
    if (isName && text[nameTo] === SEMICOLON) {
      if (afterColon(text, nameTo, text.length) !== NOWHERE) return property();
      if (text.indexOf(COLON, nameTo) !== -1) {
        this.#log.error(line, "quote-not-closed", "A quoted parameter has no closing quote; it ends at the colon.");
        return property();
      }
    }
    this.#log.error(line, "not-a-property", "The line has no name and colon, and was left out.");
    return junk;
  }

  #reportBytes(line: number, from: number, to: number, seen: number): void {
    const bytes = this.#bytes;
    if ((seen & 2) !== 0) {
      let at = from;
      while (at < to && controlBit(bytes[at]!, bytes[at + 1]) === 0) at++;
      const code = bytes[at] === 0 ? "nul-character" : "control-character";
      const byte = bytes[at]!.toString(16).padStart(2, "0");
      this.#reportAt(
        line,
        from,
        at,
        code,
        `The control character ${byte} may not stand in a calendar; it is not shown.`,
      );
    }
    if ((seen & 1) !== 0) {
      const text = unfold(bytes, from, to);
      const bad = firstBadUtf8(text);
      if (bad === -1) return;
      const isSurrogate = text[bad] === 0xed && text[bad + 1]! >= 0xa0;
      const at = foldedIndex(bytes, from, to, bad);
      if (isSurrogate) this.#reportAt(line, from, at, "lone-surrogate", "Half a character is shown as U+FFFD.");
      else this.#reportAt(line, from, at, "not-utf8", "The text is not UTF-8; what cannot be read is shown as U+FFFD.");
    }
  }

  #reportAt(line: number, from: number, at: number, code: string, message: string): void {
    let physical = line;
    let lineFrom = from;
    for (let i = this.#bytes.indexOf(LF, from); i !== -1 && i < at; i = this.#bytes.indexOf(LF, i + 1)) {
      physical++;
      lineFrom = i + 1;
    }
    this.#log.error(physical, code, message, at - lineFrom + 1);
  }
}

/** 1 for the bytes that need no second look: ASCII that can be seen, and blanks. */
const IS_PLAIN = Uint8Array.from({ length: 256 }, (_, byte) => ((byte >= 32 && byte < DELETE) || byte === TAB ? 1 : 0));

/** 2 for a control character that has no place in a content line; a CR has one only before LF. */
function controlBit(byte: number, following: number | undefined): number {
  if (byte === TAB || byte === LF) return 0;
  if (byte === CR) return following === LF || following === undefined ? 0 : 2;
  return byte < 32 || byte === DELETE ? 2 : 0;
}

const FOLDED = -1;
const NOWHERE = -2;

/** Where the value begins: after the first colon outside quotes. */
function afterColon(bytes: Uint8Array, from: number, to: number): number {
  let isQuoted = false;
  for (let at = from; at < to; at++) {
    const byte = bytes[at]!;
    if (byte === QUOTE) isQuoted = !isQuoted;
    else if (byte === COLON && !isQuoted) return at + 1;
    else if (byte === LF) return FOLDED;
  }
  return NOWHERE;
}

/**
 * Of each byte the upper-case letter that it is in a name, 0 when it has no place there. RFC 5545 names are letters,
 * digits and '-'; groups have a '.', and the wild knows '_' and '/'.
 */
const NAME_LETTERS = Uint8Array.from({ length: 256 }, (_, byte) => {
  if (byte >= 97 && byte <= 122) return byte - 32;
  return (byte >= 65 && byte <= 90) || (byte >= 45 && byte <= 57) || byte === 95 ? byte : 0;
});

// A file repeats few names many times. Where the last name of the same hash is this one, no text is made for it.
const NAMES_REMEMBERED = 1024;
const remembered: string[] = Array.from({ length: NAMES_REMEMBERED }, () => "");

/** The value of a line as a word of name letters in upper case; null when it is anything else, or folded. */
export function wordOf({ bytes, valueFrom, to }: Property): string | null {
  let wordTo = valueFrom;
  let hash = 0;
  for (let letter = 0; wordTo < to && (letter = NAME_LETTERS[bytes[wordTo]!]!) > 0; wordTo++) {
    hash = (Math.imul(hash, 31) + letter) | 0;
  }
  const isWhole = bytes[wordTo] === CR ? wordTo === to - 2 : wordTo === to - 1 && bytes[wordTo] === LF;
  return isWhole && wordTo > valueFrom ? nameOf(bytes, valueFrom, wordTo, hash) : null;
}

function nameOf(bytes: Uint8Array, from: number, to: number, hash: number): string {
  const slot = hash & (NAMES_REMEMBERED - 1);
  const known = remembered[slot]!;
  if (spells(known, bytes, from, to)) return known;
  return (remembered[slot] = newName(bytes, from, to));
}

function spells(name: string, bytes: Uint8Array, from: number, to: number): boolean {
  if (name.length !== to - from) return false;
  for (let i = 0; i < name.length; i++) if (name.charCodeAt(i) !== NAME_LETTERS[bytes[from + i]!]) return false;
  return true;
}

function newName(bytes: Uint8Array, from: number, to: number): string {
  return String.fromCharCode(...bytes.subarray(from, to)).toUpperCase();
}
