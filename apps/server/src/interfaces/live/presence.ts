import type { LiveFromServer } from "@hourwright/contract";
import type { Clock, Timer } from "../../platform/clock.ts";
import type { Bounds } from "./bounds.ts";

export type View = Extract<LiveFromServer, { type: "presence" }>["view"];

/** One connection among those that look. */
export type Looker = {
  readonly organisation: number;
  readonly personId: string;
  readonly name: string;
  /** Is told who else is there, each time that differs. */
  readonly hear: (text: string) => void;
};

type Here = { readonly view: View; readonly key: string; readonly untilMs: number };

/**
 * Who looks at the same place and year, in the memory of this process: of several processes each knows its own clients.
 * Whoever does not say it again within a good minute is away. What differs is told a moment later, once for all who came
 * and went meanwhile.
 */
export class Presence {
  readonly #clock: Pick<Clock, "monotonicMs" | "setTimer">;
  readonly #bounds: Bounds;
  readonly #here = new Map<Looker, Here>();
  readonly #views = new Map<string, Set<Looker>>();
  readonly #told = new WeakMap<Looker, string>();
  readonly #changed = new Set<string>();
  #timer: Timer | null = null;

  constructor(clock: Pick<Clock, "monotonicMs" | "setTimer">, bounds: Bounds) {
    this.#clock = clock;
    this.#bounds = bounds;
  }

  /** Says where somebody looks; null: nowhere. */
  look(looker: Looker, view: View | null): void {
    const before = this.#here.get(looker);
    const key = view === null ? null : `${looker.organisation} ${view.year} ${view.place}`;
    if (before !== undefined && before.key !== key) this.#leave(looker, before.key);
    if (view === null || key === null) return;
    this.#here.set(looker, { view, key, untilMs: this.#clock.monotonicMs() + this.#bounds.hereMs });
    if (before?.key === key) return;
    this.#views.set(key, (this.#views.get(key) ?? new Set()).add(looker));
    this.#tellLater(key);
  }

  /** Forgets those who have not said for too long where they look. */
  beat(): void {
    const nowMs = this.#clock.monotonicMs();
    for (const [looker, { key, untilMs }] of this.#here) if (untilMs <= nowMs) this.#leave(looker, key);
  }

  #leave(looker: Looker, key: string): void {
    this.#here.delete(looker);
    const lookers = this.#views.get(key)!;
    lookers.delete(looker);
    if (lookers.size === 0) this.#views.delete(key);
    else this.#tellLater(key);
  }

  #tellLater(key: string): void {
    this.#changed.add(key);
    if (this.#timer !== null) return;
    this.#timer = this.#clock.setTimer(this.#bounds.presenceMs, () => {
      this.#timer = null;
      for (const each of this.#changed) this.#tellAll(each);
      this.#changed.clear();
    });
  }

  #tellAll(key: string): void {
    const lookers = this.#views.get(key);
    if (lookers === undefined) return;
    const names = new Map([...lookers].map(({ personId, name }) => [personId, name]));
    // One more than is shown, for whoever looks is not told of themselves.
    const first = [...names].slice(0, this.#bounds.peopleShownMax + 1).map(([personId, name]) => ({ personId, name }));
    for (const looker of lookers) {
      const people = first.filter(({ personId }) => personId !== looker.personId).slice(0, this.#bounds.peopleShownMax);
      this.#tell(looker, { type: "presence", view: this.#here.get(looker)!.view, people, count: names.size - 1 });
    }
  }

  #tell(looker: Looker, message: LiveFromServer): void {
    const text = JSON.stringify(message);
    if (this.#told.get(looker) === text) return;
    this.#told.set(looker, text);
    looker.hear(text);
  }
}
