import type { Refused } from "@hourwright/contract";
import { Lru } from "@hourwright/std";
import { lastSeq } from "../changes/read.ts";
import type { Unit } from "../db/database.ts";
import type { Caller, RawJson, RequestContext } from "../operations/context.ts";

/**
 * On what of its viewer an answer depends: on nothing (`everyone` of an organisation is answered alike; strangers, who came as nobody,
 * are answered alike in any case), on who they are
 * (`person`), or on what they may see, which is read once for each person after each change and said in a text: two who
 * have the same one are answered alike.
 */
export type Sight =
  | "everyone"
  | "person"
  | { readonly name: string; readonly read: (unit: Unit, viewer: Caller) => Promise<string> };

export type Question = {
  /** The operation's id. */
  readonly operation: string;
  /** Its input as the contract has parsed it: defaults are in it. */
  readonly query: Readonly<Record<string, unknown>>;
  readonly sight: Sight;
};

/** The texts of queries that come again as the same objects. */
const texts = new WeakMap<object, string>();

/** The same for all that ask the same, in whichever order they name it. Kept for those that nobody can change any more. */
function textOf(query: Question["query"]): string {
  const known = texts.get(query);
  if (known !== undefined) return known;
  const text = JSON.stringify(Object.entries(query).sort(([one], [other]) => (one < other ? -1 : 1)));
  if (Object.isFrozen(query)) texts.set(query, text);
  return text;
}

const people = new WeakMap<Caller, string>();

/** Who somebody is, for answers. Who is known to the server comes as the same object. */
function personOf(viewer: Caller): string {
  const known = people.get(viewer);
  if (known !== undefined) return known;
  const text = JSON.stringify([viewer.userId, viewer.personId, viewer.role]);
  people.set(viewer, text);
  return text;
}

type Kept = { readonly answer: RawJson; readonly sinceMs: number };

/** What time alone changes is true from when it was made: clocks are set back as well. */
const isTrueAt = ({ answer: { untilMs }, sinceMs }: Kept, nowMs: number): boolean =>
  untilMs === null || (sinceMs <= nowMs && nowMs < untilMs);

type Make<R extends Refused> = (context: RequestContext) => Promise<RawJson | R>;

/** Bytes of all answers that one process keeps: some dozen years of some thousand events. */
const BYTES_MAX = 96 * 1_048_576;
const ANSWERS_MAX = 20_000;
const SIGHTS_MAX = 5_000;

/**
 * Answers to questions, kept as their bytes under everything they depend on: organisation, operation, query, sight, and
 * the number of the organisation's last change. So nothing is ever taken back; old ones fall out. An answer is kept only
 * when that number is still the same at the end of each unit it was read in: then nothing in it is newer.
 */
export class Answers {
  readonly #kept: Lru<string, Kept>;
  readonly #sights = new Lru<string, Promise<string>>(SIGHTS_MAX);
  readonly #making = new Map<string, Promise<Kept | null>>();
  #hits = 0;
  #misses = 0;

  constructor(bytesMax = BYTES_MAX) {
    this.#kept = new Lru(ANSWERS_MAX, bytesMax, ({ answer }) => answer.bytes.byteLength);
  }

  stats(): { readonly hits: number; readonly misses: number; readonly bytes: number } {
    return { hits: this.#hits, misses: this.#misses, bytes: this.#kept.weight };
  }

  /**
   * The kept answer, or the one that `make` makes from what it reads through the context it is given; who asks the same at
   * once waits for one. A refusal is not kept.
   */
  async to<R extends Refused>(question: Question, context: RequestContext, make: Make<R>): Promise<RawJson | R> {
    const { caller, organisation, nowMs } = context;
    if (organisation === null || context.asOf === null) return make(context);
    const asOf = context.asOf === "unasked" ? await context.read(lastSeq) : context.asOf;
    const sight = caller === null ? "strangers" : await this.#sightOf(question.sight, context, caller, asOf);
    // No text before the sight has a line break in it, so two questions never have one key.
    const key = `${organisation}\n${asOf}\n${question.operation}\n${textOf(question.query)}\n${sight}`;
    const kept = this.#kept.get(key) ?? (await this.#making.get(key));
    if (kept && isTrueAt(kept, nowMs)) {
      this.#hits++;
      return kept.answer;
    }
    this.#misses++;
    return this.#make(key, context, asOf, make);
  }

  async #make<R extends Refused>(
    key: string,
    context: RequestContext,
    asOf: number,
    make: Make<R>,
  ): Promise<RawJson | R> {
    const making = Promise.withResolvers<Kept | null>();
    this.#making.set(key, making.promise);
    let kept: Kept | null = null;
    let isAsOf = true;
    const read: RequestContext["read"] = (work) =>
      context.read(async (unit) => {
        const value = await work(unit);
        isAsOf &&= (await lastSeq(unit)) === asOf;
        return value;
      });
    try {
      const made = await make({ ...context, read });
      if (!("refused" in made) && isAsOf) {
        kept = { answer: made, sinceMs: context.nowMs };
        this.#kept.set(key, kept);
      }
      return made;
    } finally {
      if (this.#making.get(key) === making.promise) this.#making.delete(key);
      making.resolve(kept);
    }
  }

  async #sightOf(sight: Sight, { read }: RequestContext, viewer: Caller, asOf: number): Promise<string> {
    if (sight === "everyone") return sight;
    const person = personOf(viewer);
    if (sight === "person") return person;
    const key = `${viewer.organisation}\n${asOf}\n${sight.name}\n${person}`;
    const known = this.#sights.get(key);
    if (known !== undefined) return known;
    const reading = read((unit) => sight.read(unit, viewer));
    this.#sights.set(key, reading);
    return reading.catch((error: unknown) => {
      this.#sights.delete(key);
      throw error;
    });
  }
}
