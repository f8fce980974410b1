// SHA-256 (FIPS 180-4) of short ASCII text, for counting: the browser's own answers later, one promise for each number.

const WORDS = 64;
const BLOCK_BYTES = 64;
const roots = { square: new Uint32Array(8), cube: new Uint32Array(WORDS) };

/** The first 32 bits behind the point of the roots of the first primes. */
for (let number = 2, found = 0; found < WORDS; number++) {
  let isPrime = true;
  for (let by = 2; by * by <= number; by++) if (number % by === 0) isPrime = false;
  if (!isPrime) continue;
  if (found < 8) roots.square[found] = (Math.sqrt(number) % 1) * 2 ** 32;
  roots.cube[found++] = (Math.cbrt(number) % 1) * 2 ** 32;
}

const words = new Int32Array(WORDS);
const state = new Int32Array(8);
const bytes = new Uint8Array(4 * BLOCK_BYTES);
const view = new DataView(bytes.buffer);
const LENGTH_MAX = bytes.length - 9;

/** With how many zero bits the hash of a text begins, of at most 32; ASCII of at most 247 characters. */
export function leadingZeros(text: string): number {
  const { length } = text;
  if (length > LENGTH_MAX) throw new RangeError(`${length} characters`);
  for (let at = 0; at < length; at++) bytes[at] = text.charCodeAt(at);
  const end = (Math.floor((length + 8) / BLOCK_BYTES) + 1) * BLOCK_BYTES;
  bytes[length] = 0x80;
  bytes.fill(0, length + 1, end);
  view.setUint32(end - 4, length * 8);
  state.set(roots.square);
  for (let from = 0; from < end; from += BLOCK_BYTES) addBlock(from);
  return Math.clz32(state[0]!);
}

function addBlock(from: number): void {
  for (let at = 0; at < WORDS; at++) {
    if (at < 16) {
      words[at] = view.getInt32(from + 4 * at);
      continue;
    }
    const [w15, w2] = [words[at - 15]!, words[at - 2]!];
    const s0 = turned(w15, 7) ^ turned(w15, 18) ^ (w15 >>> 3);
    const s1 = turned(w2, 17) ^ turned(w2, 19) ^ (w2 >>> 10);
    words[at] = words[at - 16]! + s0 + words[at - 7]! + s1;
  }
  let a = state[0]!,
    b = state[1]!,
    c = state[2]!,
    d = state[3]!,
    e = state[4]!,
    f = state[5]!,
    g = state[6]!,
    h = state[7]!;
  for (let at = 0; at < WORDS; at++) {
    const s1 = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25);
    const one = (h + s1 + ((e & f) ^ (~e & g)) + roots.cube[at]! + words[at]!) | 0;
    const s0 = turned(a, 2) ^ turned(a, 13) ^ turned(a, 22);
    const two = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + one) | 0;
    d = c;
    c = b;
    b = a;
    a = (one + two) | 0;
  }
  state[0]! += a;
  state[1]! += b;
  state[2]! += c;
  state[3]! += d;
  state[4]! += e;
  state[5]! += f;
  state[6]! += g;
  state[7]! += h;
}

const turned = (word: number, by: number): number => (word >>> by) | (word << (32 - by));
