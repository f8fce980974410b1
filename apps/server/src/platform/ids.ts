import { assert } from "@hourwright/std";
import type { Clock } from "./clock.ts";

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"; // Crockford's base 32: no I, L, O, U.
const TIME_DIGITS = 10; // 48 bits of epoch milliseconds, 5 bits a digit: enough until the year 10889.
const CHANCE_DIGITS = 16; // 80 bits.
const CHANCE_BITS = 80n;

/** Makes the next id for a thing whose ids begin with `prefix`: `idMaker(…)("evt")` is `evt_01J…`. */
export type IdMaker = (prefix: string) => string;

/** The shape of every id made here: a prefix of lower-case letters, and a ULID. */
export const ID = /^[a-z]{2,8}_[0-7][0-9A-HJKMNP-TV-Z]{25}$/;

/**
 * Ids that sort by the time they were made: ULIDs (https://github.com/ulid/spec) with a prefix that names the kind of thing.
 *
 * Inside one millisecond, and when the clock steps back, the next id is the last one plus one, so ids of one process
 * only ever grow. `randomBytes` is `node:crypto`'s, or a seeded one in tests. About 1 µs each.
 */
export function idMaker(clock: Pick<Clock, "nowMs">, randomBytes: (size: number) => Uint8Array): IdMaker {
  let lastMs = -1;
  let chance = 0n;

  return (prefix) => {
    const nowMs = clock.nowMs();
    if (nowMs > lastMs) {
      lastMs = nowMs;
      // The highest bit stays free, so that counting up within a millisecond never runs out.
      chance = fromBytes(randomBytes(Number(CHANCE_BITS / 8n))) >> 1n;
    } else {
      chance++;
    }
    assert(chance < 1n << CHANCE_BITS, "a millisecond has no more ids");
    return `${prefix}_${digits(BigInt(lastMs), TIME_DIGITS)}${digits(chance, CHANCE_DIGITS)}`;
  };
}

function fromBytes(bytes: Uint8Array): bigint {
  return bytes.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);
}

function digits(value: bigint, count: number): string {
  let text = "";
  let rest = value;
  for (let i = 0; i < count; i++) {
    text = ALPHABET[Number(rest & 31n)]! + text;
    rest >>= 5n;
  }
  return text;
}
