import { assert } from "./assert.ts";

/** Keeps the values used last: at most `entriesMax`, which weigh at most `weightMax` together. `get` and `set` are O(1). */
export class Lru<Key, Value> {
  readonly #entries = new Map<Key, Value>();
  readonly #entriesMax: number;
  readonly #weightMax: number;
  readonly #weightOf: (value: Value) => number;
  #weight = 0;
  /** The key used last: who asks for it again and again changes no order. */
  #newest: Key | undefined;

  /** `weightOf` says the same of a value as long as it is kept. Without it nothing weighs anything. */
  constructor(entriesMax: number, weightMax = Infinity, weightOf: (value: Value) => number = () => 0) {
    assert(entriesMax > 0, `an LRU must hold something: ${entriesMax}`);
    this.#entriesMax = entriesMax;
    this.#weightMax = weightMax;
    this.#weightOf = weightOf;
  }

  get(key: Key): Value | undefined {
    const value = this.#entries.get(key);
    if (value === undefined || key === this.#newest) return value;
    this.#entries.delete(key);
    this.#entries.set(key, value);
    this.#newest = key;
    return value;
  }

  /** A value heavier than all may be together is not kept, and its key has none from then on. */
  set(key: Key, value: Value): void {
    this.delete(key);
    const weight = this.#weightOf(value);
    if (weight > this.#weightMax) return;
    this.#entries.set(key, value);
    this.#newest = key;
    this.#weight += weight;
    while (this.#entries.size > this.#entriesMax || this.#weight > this.#weightMax)
      this.delete(this.#entries.keys().next().value!);
  }

  get size(): number {
    return this.#entries.size;
  }

  get weight(): number {
    return this.#weight;
  }

  delete(key: Key): void {
    const value = this.#entries.get(key);
    if (value === undefined) return;
    this.#entries.delete(key);
    this.#weight -= this.#weightOf(value);
  }
}
