// Where an expansion gathers its starts: columns of plain numbers that are used again by the next one, so that only the
// answer itself is made anew, once and in its right size. One expansion runs at a time; it begins with `forget`.

const COUNT_USUAL = 4096;
/** What one large answer needed is not kept for ever: a megabyte is. */
const COUNT_KEPT = 65_536;

let instants = new Float64Array(COUNT_USUAL);
let walls = new Float64Array(COUNT_USUAL);
let count = 0;

export function forget(): void {
  count = 0;
  if (instants.length <= COUNT_KEPT) return;
  instants = new Float64Array(COUNT_USUAL);
  walls = new Float64Array(COUNT_USUAL);
}

export const countOfStarts = (): number => count;
export const startMsAt = (index: number): number => instants[index]!;

/**
 * Wall times rise, but instants may not: 02:30 in a gap is 03:30, after the 03:00 that follows it. So each is put in
 * its place from the back; and where two wall times are one instant, it happens once, under its real wall time.
 */
export function addStart(localMs: number, epochMs: number): void {
  let at = count;
  while (at > 0 && instants[at - 1]! > epochMs) at--;
  if (at > 0 && instants[at - 1] === epochMs) {
    walls[at - 1] = Math.max(walls[at - 1]!, localMs);
    return;
  }
  if (count === instants.length) grow();
  if (at < count) {
    instants.copyWithin(at + 1, at, count);
    walls.copyWithin(at + 1, at, count);
  }
  instants[at] = epochMs;
  walls[at] = localMs;
  count++;
}

/** `addStart` of a handful, as far as it lies in `[fromMs, toMs)`: nearly always they rise, and are only copied. */
export function addStarts(
  localMs: Float64Array,
  epochMs: Float64Array,
  size: number,
  fromMs: number,
  toMs: number,
): void {
  while (count + size > instants.length) grow();
  let at = count;
  let lastMs = at === 0 ? -Infinity : instants[at - 1]!;
  for (let i = 0; i < size; i++) {
    const startMs = epochMs[i]!;
    if (startMs < fromMs || startMs >= toMs) continue;
    if (startMs > lastMs) {
      instants[at] = lastMs = startMs;
      walls[at++] = localMs[i]!;
    } else {
      count = at;
      addStart(localMs[i]!, startMs);
      at = count;
      lastMs = instants[at - 1]!;
    }
  }
  count = at;
}

function grow(): void {
  const [oldInstants, oldWalls] = [instants, walls];
  instants = new Float64Array(oldInstants.length * 2);
  walls = new Float64Array(oldInstants.length * 2);
  instants.set(oldInstants);
  walls.set(oldWalls);
}

/** The first `limit` starts, as the answer. */
export function startsUpTo(limit: number): { epochMs: number[]; localMs: number[] } {
  const length = Math.min(count, limit);
  return { epochMs: listOf(instants, length), localMs: listOf(walls, length) };
}

function listOf(column: Float64Array, length: number): number[] {
  const list: number[] = [];
  list.length = length; // Its room is made once; pushing would copy it as it grows.
  for (let i = 0; i < length; i++) list[i] = column[i]!;
  return list;
}
