import type { IdMaker } from "../ids.ts";

/** Ids that come out the same, in the same order, each time a unit runs again: what a client was told stays true. */
export class ReplayedIds {
  readonly #make: IdMaker;
  readonly #made: string[] = [];
  #position = 0;

  constructor(make: IdMaker) {
    this.#make = make;
  }

  next(prefix: string): string {
    // Another run may ask for another kind of id at this place: the prefix is of this call, the rest of the first one.
    const unique = (this.#made[this.#position] ??= this.#make("id").slice("id".length));
    this.#position++;
    return prefix + unique;
  }

  rewind(): void {
    this.#position = 0;
  }
}
