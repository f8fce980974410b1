import { unify } from "@hourwright/schedule";
import { Lru } from "@hourwright/std";
import { packSchedule, type PackedSchedule } from "./pack.ts";
import type { DayWindow, Scene } from "./scenes.ts";

/** All that a schedule is merged of, in texts; those of facts are the same strings while these do not change. */
type MadeOf = readonly [zone: string, versions: string, holidays: string, adjustments: string];
type Kept = { readonly madeOf: MadeOf; readonly schedule: PackedSchedule };

/** Stretches of all people together: those of 300 people for four years, about 16 MB. */
const STRETCHES_MAX = 1_000_000;
const SCHEDULES_MAX = 20_000;

/** Schedules of many people: whose contract, holidays and adjustments are as they were is not merged again. */
export class KeptSchedules {
  readonly #kept = new Lru<string, Kept>(
    SCHEDULES_MAX,
    STRETCHES_MAX,
    ({ schedule: { stretches, pending } }) => (stretches.numbers.length + pending.numbers.length) / 4,
  );
  readonly #texts = new WeakMap<object, string>();

  /** As `unify` of the scene on these days, packed. What is kept costs what it takes to write down the adjustments. */
  of(scene: Scene, { fromDay, toDay }: DayWindow): PackedSchedule {
    const { personId, zone, versions, holidays, adjustments } = scene;
    const key = `${personId} ${fromDay} ${toDay}`;
    const madeOf: MadeOf = [zone.id, this.#textOf(versions), this.#textOf(holidays), JSON.stringify(adjustments)];
    const kept = this.#kept.get(key);
    if (kept !== undefined && madeOf.every((text, at) => text === kept.madeOf[at])) return kept.schedule;
    const schedule = packSchedule(unify({ ...scene, fromDay, toDay }));
    this.#kept.set(key, { madeOf, schedule });
    return schedule;
  }

  /** Facts come as the same objects until they change. */
  #textOf(facts: object): string {
    let text = this.#texts.get(facts);
    if (text === undefined) this.#texts.set(facts, (text = JSON.stringify(facts)));
    return text;
  }
}
