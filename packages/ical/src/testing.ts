// Builders and arbitraries for tests of this package and of those above it.

import fc from "fast-check";
import { encode } from "./utf8.ts";

/** A VCALENDAR around lines, as bytes: CRLF, nothing added but BEGIN, VERSION, PRODID and END. */
export function calendarBytes(...lines: readonly string[]): Uint8Array {
  const all = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test//EN", ...lines, "END:VCALENDAR", ""];
  return encode(all.join("\r\n"));
}

/** The lines of a VEVENT around these. */
export function eventLines(...lines: readonly string[]): string[] {
  return ["BEGIN:VEVENT", "UID:event@example.org", "DTSTAMP:20260101T000000Z", ...lines, "END:VEVENT"];
}

/** Bytes damaged in a few places: bits turned, pieces cut, doubled or swapped for what parsers trip over. */
export function mutants(original: Uint8Array): fc.Arbitrary<Uint8Array> {
  const place = fc.integer({ min: 0, max: Math.max(0, original.length - 1) });
  const damage = fc.record({
    at: place,
    length: fc.integer({ min: 0, max: 40 }),
    what: fc.integer({ min: 0, max: 5 }),
  });
  const inserted = fc.constantFrom(...TRIPWIRES);
  return fc
    .array(fc.tuple(damage, inserted), { minLength: 1, maxLength: 6 })
    .map((damages) =>
      damages.reduce((bytes, [{ at, length, what }, piece]) => hurt(bytes, at, length, what, piece), original),
    );
}

const TRIPWIRES = [
  "\r\n ",
  "\n\t",
  "\r",
  "\u0000",
  '"',
  ":",
  ";",
  "\\",
  "^",
  "BEGIN:VEVENT\r\n",
  "END:VEVENT\r\n",
  "END:VCALENDAR\r\n",
  "BEGIN:VCALENDAR\r\n",
  "RRULE:FREQ=SECONDLY\r\n",
  "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30\r\n",
  "DTSTART:99991231T235959Z\r\n",
  "DTSTART:00010101\r\n",
  "DURATION:P9999999W\r\n",
  "RECURRENCE-ID;RANGE=THISANDFUTURE:20200101T000000Z\r\n",
  "TZOFFSETTO:+2359\r\n",
  "é🗓",
].map(encode);

function hurt(bytes: Uint8Array, at: number, length: number, what: number, piece: Uint8Array): Uint8Array {
  const from = Math.min(at, bytes.length);
  const to = Math.min(from + length, bytes.length);
  const [head, middle, tail] = [bytes.subarray(0, from), bytes.subarray(from, to), bytes.subarray(to)];
  switch (what) {
    case 0:
      return joined(head, tail);
    case 1:
      return joined(head, middle, middle, tail);
    case 2:
      return joined(head, piece, tail);
    case 3:
      return joined(
        head,
        middle.map((byte) => byte ^ 0x80),
        tail,
      );
    case 4:
      return joined(head, middle.toReversed(), tail);
    default:
      return head;
  }
}

function joined(...pieces: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}
