import type { ProblemLog } from "./problem.ts";
import { firstBadUtf8, foldedIndex, isBlank, unfold } from "./utf8.ts";

/** One content line as the scanner hands it on; reused for the next, so take from it what is wanted. */
export type ContentLine = {
  /** Upper case; null when the lines are no content line (blank, or without a name and a colon). */
  readonly name: string | null;
  readonly line: number;
  readonly from: number;
  readonly to: number;
  readonly valueFrom: number;
};

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
  /** Whether some line so far ended with a bare line feed, or with the file. */
  hasBareLines = false;
  #at = 0;
  #line = 1;

  constructor(bytes: Uint8Array, log: ProblemLog) {
    this.#bytes = bytes;
    this.#log = log;
    if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) this.#at = 3;
  }

  next(): ContentLine | null {
    const bytes = this.#bytes;
    const from = this.#at;
    if (from >= bytes.length) return null;
    const line = this.#line;
    let seen = 0; // Bit 1: a byte beyond ASCII. Bit 2: a control character.
    let to = from;
    for (;;) {
      let byte = LF;
      while (to < bytes.length && (byte = bytes[to++]!) !== LF) {
        if (byte >= 128) seen |= 1;
        else if (byte < 32 || byte === DELETE) seen |= controlBit(byte, bytes[to]);
      }
      this.#line++;
      if (byte !== LF || bytes[to - 2] !== CR) this.hasBareLines = true;
      if (to >= bytes.length || !isBlank(bytes[to])) break;
    }
    this.#at = to;
    if (seen !== 0) this.#reportBytes(line, from, to, seen);
    return this.#lineOf(line, from, to);
  }

  #lineOf(line: number, from: number, to: number): ContentLine {
    const bytes = this.#bytes;
    const none: ContentLine = { name: null, line, from, to, valueFrom: -1 };
    if (to - from > LINE_BYTES_MAX) {
      this.#log.error(line, "line-too-long", `A line has at most ${LINE_BYTES_MAX} bytes; this one was left out.`);
      return none;
    }
    let at = from;
    while (at < to && isNameByte(bytes[at]!)) at++;
    const isName = at > from && at - from <= NAME_BYTES_MAX && at < to;
    if (isName && bytes[at] === COLON) return { name: nameOf(bytes, from, at), line, from, to, valueFrom: at + 1 };
    if (isName && bytes[at] === SEMICOLON) {
      const valueFrom = afterColon(bytes, at, to);
      if (valueFrom !== FOLDED && valueFrom !== NOWHERE) {
        return { name: nameOf(bytes, from, at), line, from, to, valueFrom };
      }
    }
    return this.#unusualLineOf(none);
  }

  /** Lines that need unfolding before their colon is found, and lines that have none. */
  #unusualLineOf(none: ContentLine): ContentLine {
    const { line, from, to } = none;
    const text = unfold(this.#bytes, from, to);
    if (text.every((byte) => isBlank(byte) || byte === CR)) return none; // A blank line is nobody's fault.
    let at = 0;
    while (at < text.length && isNameByte(text[at]!)) at++;
    const isName = at > 0 && at <= NAME_BYTES_MAX;
    if (isName && text[at] === COLON) return { ...none, name: nameOf(text, 0, at) };
    if (isName && text[at] === SEMICOLON) {
      if (afterColon(text, at, text.length) !== NOWHERE) return { ...none, name: nameOf(text, 0, at) };
      if (text.indexOf(COLON, at) !== -1) {
        this.#log.error(line, "quote-not-closed", "A quoted parameter has no closing quote; it ends at the colon.");
        return { ...none, name: nameOf(text, 0, at) };
      }
    }
    this.#log.error(line, "not-a-property", "The line has no name and colon, and was left out.");
    return { ...none, from, to };
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

/** RFC 5545 names are letters, digits and '-'; groups have a '.', and the wild knows '_' and '/'. */
function isNameByte(byte: number): boolean {
  return (byte >= 65 && byte <= 90) || (byte >= 97 && byte <= 122) || (byte >= 45 && byte <= 57) || byte === 95;
}

// A file repeats few names many times. Known ones are found by a hash of their bytes, so that no text is made for them.
const KNOWN = new Map<number, string>();

function nameOf(bytes: Uint8Array, from: number, to: number): string {
  let hash = to - from;
  for (let at = from; at < to; at++) hash = (Math.imul(hash, 31) + upper(bytes[at]!)) | 0;
  const known = KNOWN.get(hash);
  if (known !== undefined && spells(known, bytes, from, to)) return known;
  let name = "";
  for (let at = from; at < to; at++) name += String.fromCharCode(upper(bytes[at]!));
  return name;
}

function spells(name: string, bytes: Uint8Array, from: number, to: number): boolean {
  if (name.length !== to - from) return false;
  for (let i = 0; i < name.length; i++) if (name.charCodeAt(i) !== upper(bytes[from + i]!)) return false;
  return true;
}

function upper(byte: number): number {
  return byte >= 97 && byte <= 122 ? byte - 32 : byte;
}

const COMMON_NAMES =
  "BEGIN END UID DTSTAMP DTSTART DTEND DURATION SUMMARY DESCRIPTION LOCATION STATUS TRANSP SEQUENCE PRIORITY CLASS " +
  "CREATED LAST-MODIFIED RRULE RDATE EXDATE EXRULE RECURRENCE-ID ATTENDEE ORGANIZER CATEGORIES COLOR URL GEO CONTACT " +
  "COMMENT ATTACH RESOURCES RELATED-TO REQUEST-STATUS ACTION TRIGGER REPEAT ACKNOWLEDGED TZID TZNAME TZURL " +
  "TZOFFSETFROM TZOFFSETTO VERSION PRODID CALSCALE METHOD NAME DUE COMPLETED PERCENT-COMPLETE FREEBUSY IMAGE " +
  "CONFERENCE REFRESH-INTERVAL SOURCE X-WR-CALNAME X-WR-TIMEZONE X-WR-CALDESC X-APPLE-STRUCTURED-LOCATION " +
  "X-APPLE-TRAVEL-ADVISORY-BEHAVIOR X-MICROSOFT-CDO-BUSYSTATUS X-MICROSOFT-CDO-ALLDAYEVENT X-ALT-DESC " +
  "X-MOZ-GENERATION X-MOZ-LASTACK X-LIC-LOCATION X-GOOGLE-CONFERENCE";
for (const name of COMMON_NAMES.split(" ")) {
  let hash = name.length;
  for (let i = 0; i < name.length; i++) hash = (Math.imul(hash, 31) + name.charCodeAt(i)) | 0;
  KNOWN.set(hash, name);
}
