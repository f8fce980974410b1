import { assert, seededRandom, type Random } from "@hourwright/std";

/** A source of chance for one part of one year, so that a longer table of camps leaves the lessons as they were. */
export function chanceOf(seed: number, year: number, part: string): Random {
  let hash = 0x811c9dc5; // FNV-1a.
  for (const character of `${seed} ${year} ${part}`) hash = Math.imul(hash ^ character.codePointAt(0)!, 0x01000193);
  return seededRandom(hash);
}

/** The entries in an order of chance (Fisher and Yates). */
export function shuffled<T>(random: Random, list: readonly T[]): T[] {
  const order = [...list];
  for (let i = order.length - 1; i > 0; i--) {
    const other = Math.floor(random() * (i + 1));
    [order[i], order[other]] = [order[other]!, order[i]!];
  }
  return order;
}

/** One of a list, each as likely as its weight. */
export function weighted<T extends { readonly weight: number }>(random: Random, list: readonly T[]): T {
  assert(list.length > 0, "nothing to choose from");
  const total = list.reduce((sum, { weight }) => sum + weight, 0);
  let left = random() * total;
  for (const each of list) {
    left -= each.weight;
    if (left < 0) return each;
  }
  return list.at(-1)!;
}
