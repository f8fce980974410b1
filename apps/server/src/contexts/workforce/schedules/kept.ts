import { unify, type Unified } from "@hourwright/schedule";
import { Lru } from "@hourwright/std";
import type { DayWindow, Scene } from "./scenes.ts";

type Kept = { readonly madeOf: string; readonly unified: Unified };

/** Days of all people together: those of 300 people for four months, about 16 MB. */
const PERSON_DAYS_MAX = 40_000;
const SCHEDULES_MAX = 20_000;

/** Schedules of many people: whose contract, holidays and adjustments are as they were is not merged again. */
export class KeptSchedules {
  readonly #kept = new Lru<string, Kept>(
    SCHEDULES_MAX,
    PERSON_DAYS_MAX,
    ({ unified }) => unified.toDay - unified.fromDay,
  );
  readonly #texts = new WeakMap<object, string>();

  /** As `unify` of the scene on these days. What is kept costs what it takes to write down the adjustments. */
  of(scene: Scene, { fromDay, toDay }: DayWindow): Unified {
    const { personId, zone, versions, holidays, adjustments } = scene;
    const key = `${personId} ${fromDay} ${toDay}`;
    const madeOf = `${zone.id}\n${this.#textOf(versions)}\n${this.#textOf(holidays)}\n${JSON.stringify(adjustments)}`;
    const kept = this.#kept.get(key);
    if (kept?.madeOf === madeOf) return kept.unified;
    const unified = unify({ ...scene, fromDay, toDay });
    this.#kept.set(key, { madeOf, unified });
    return unified;
  }

  /** Facts come as the same objects until they change. */
  #textOf(facts: object): string {
    let text = this.#texts.get(facts);
    if (text === undefined) this.#texts.set(facts, (text = JSON.stringify(facts)));
    return text;
  }
}
