import { createHmac } from "node:crypto";

/** A keyed hash: the same text under the same key is the same 32 hexadecimal digits; without the key they say nothing. */
export type KeyedHash = (text: string) => string;

const KEY_CHARACTERS_MIN = 32;

/** HMAC-SHA-256, cut to 128 bits. The key is the organisation's own and never leaves it; a short one throws. */
export function keyedHash(key: string): KeyedHash {
  if (key.length < KEY_CHARACTERS_MIN) throw new RangeError(`a key has at least ${KEY_CHARACTERS_MIN} characters`);
  return (text) => createHmac("sha256", key).update(text).digest("hex").slice(0, 32);
}
