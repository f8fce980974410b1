import { contentHash } from "../content-hash.ts";
import { encode } from "../utf8.ts";

/** Gives ids to things of one map: what a text hashes to, or one beside it when another has it. */
export class Ids {
  readonly #given = new Map<string, number>();

  /** An id made of texts: the same thing has the same one in a master and its overrides. */
  made(...texts: readonly string[]): string {
    return this.#free(contentHash(encode(texts.join("\n"))).slice(0, 12));
  }

  /** The id that a JSID asks for, else one made of texts. */
  asked(jsid: string | null, ...texts: readonly string[]): string {
    return jsid !== null && isId(jsid) && !this.#given.has(jsid) ? this.#free(jsid) : this.made(...texts);
  }

  #free(wanted: string): string {
    let number = this.#given.get(wanted) ?? 0;
    let id = number === 0 ? wanted : `${wanted}-${number + 1}`;
    while (number > 0 && this.#given.has(id)) id = `${wanted}-${++number + 1}`;
    this.#given.set(wanted, number + 1);
    if (id !== wanted) this.#given.set(id, 1);
    return id;
  }
}

const ID = /^[A-Za-z0-9_-]{1,255}$/;

/** RFC 8984 §1.4.1. */
export function isId(text: string): boolean {
  return ID.test(text);
}
