import { assert } from "@hourwright/std";
import type { Clock } from "./clock.ts";

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"; // Crockford's base 32: no I, L, O, U.
const BITS_OF_A_DIGIT = 5;
const TIME_DIGITS = 10; // 48 bits of epoch milliseconds, 5 bits a digit: enough until the year 10889.
/** 80 bits of chance, as two halves that are exact numbers. */
const HALF_DIGITS = 8;
const HALF_BYTES = 5;
const HALF_END = 2 ** (HALF_DIGITS * BITS_OF_A_DIGIT);
/** Chance for so many milliseconds is asked for at once: a question costs more than the bytes. */
const HELD_MILLISECONDS = 64;

/** Makes the next id for a thing whose ids begin with `prefix`: `idMaker(…)("evt")` is `evt_01J…`. */
export type IdMaker = (prefix: string) => string;

/** The shape of every id made here: a prefix of lower-case letters, and a ULID. */
export const ID = /^[a-z]{2,8}_[0-7][0-9A-HJKMNP-TV-Z]{25}$/;

/**
 * Ids that sort by the time they were made: ULIDs (https://github.com/ulid/spec) with a prefix that names the kind of thing.
 *
 * Inside one millisecond, and when the clock steps back, the next id is the last one plus one, so ids of one process
 * only ever grow. `randomBytes` is `node:crypto`'s, or a seeded one in tests. About 0.3 µs each.
 */
export function idMaker(clock: Pick<Clock, "nowMs">, randomBytes: (size: number) => Uint8Array): IdMaker {
  let lastMs = -1;
  let time = "";
  let high = 0;
  let low = 0;
  let held: Uint8Array = new Uint8Array(0);
  let used = 0;

  function half(): number {
    if (used === held.length) [held, used] = [randomBytes(2 * HALF_BYTES * HELD_MILLISECONDS), 0];
    let value = 0;
    for (const end = used + HALF_BYTES; used < end; used++) value = value * 256 + held[used]!;
    return value;
  }

  return (prefix) => {
    const nowMs = clock.nowMs();
    if (nowMs > lastMs) {
      lastMs = nowMs;
      time = digits(nowMs, TIME_DIGITS);
      // The highest bit stays free, so that counting up within a millisecond never runs out.
      high = half() % (HALF_END / 2);
      low = half();
    } else if (++low === HALF_END) {
      low = 0;
      high++;
      assert(high < HALF_END, "a millisecond has no more ids");
    }
    return `${prefix}_${time}${digits(high, HALF_DIGITS)}${digits(low, HALF_DIGITS)}`;
  };
}

/** A number below 2^53 in so many digits: bit by bit is for numbers of 32. */
function digits(value: number, count: number): string {
  let text = "";
  let rest = value;
  for (let i = 0; i < count; i++) {
    text = ALPHABET[rest % 32]! + text;
    rest = Math.floor(rest / 32);
  }
  return text;
}
