export { assert, AssertionError, unreachable } from "./assert.ts";
export type { Brand } from "./brand.ts";
export { Lru } from "./lru.ts";
export { oneOf, seededRandom, wholeBetween, type Random } from "./random.ts";
