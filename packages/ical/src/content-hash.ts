/**
 * 128 bits of content as 32 hexadecimal digits: the same bytes always give the same text. Four lanes of multiply and
 * rotate; good enough that two events of one calendar never meet, and no guard against anybody who wants them to.
 */
export function contentHash(bytes: Uint8Array): string {
  const lanes = [0x9e3779b1, 0x85ebca77, 0xc2b2ae3d, 0x27d4eb2f];
  for (let at = 0; at < bytes.length; at++) {
    const lane = at & 3;
    const mixed = Math.imul(lanes[lane]! ^ bytes[at]!, PRIMES[lane]!);
    lanes[lane] = (mixed << 13) | (mixed >>> 19);
  }
  for (let round = 0; round < 8; round++) {
    for (let lane = 0; lane < 4; lane++) {
      const other = lanes[(lane + 1) & 3]! ^ bytes.length;
      const mixed = Math.imul(lanes[lane]! ^ (other >>> 15), PRIMES[(lane + round) & 3]!);
      lanes[lane] = mixed ^ (mixed >>> 13) ^ other;
    }
  }
  return lanes.map((lane) => (lane >>> 0).toString(16).padStart(8, "0")).join("");
}

const PRIMES = [0x01000193, 0x85ebca6b, 0xc2b2ae35, 0x2c1b3c6d];
