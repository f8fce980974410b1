import { unify } from "@hourwright/schedule";
import { Lru } from "@hourwright/std";
import { packSchedule, type Cells, type PackedSchedule } from "./pack.ts";
import type { DayWindow, Scene } from "./scenes.ts";

/** All that a schedule is merged of, in texts; those of facts are the same strings while these do not change. */
type MadeOf = readonly [zone: string, versions: string, holidays: string, adjustments: string];
type Kept = { readonly madeOf: MadeOf; readonly schedule: PackedSchedule };

/** Of all people together: a year of 300 people of whom every shift was rostered, or some of the contracts alone. */
const BYTES_MAX = 96 * 1_048_576;
/** What a sample holds: itself, its shift, and half of an adjustment. */
const SAMPLE_BYTES = 300;
const SCHEDULES_MAX = 20_000;

/** Schedules of many people: whose contract, holidays and adjustments are as they were is not merged again. */
export class KeptSchedules {
  readonly #kept = new Lru<string, Kept>(
    SCHEDULES_MAX,
    BYTES_MAX,
    ({ madeOf, schedule: { stretches, pending } }) => madeOf[3].length + bytesOf(stretches) + bytesOf(pending),
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

const bytesOf = ({ numbers, samples }: Cells): number => numbers.byteLength + samples.length * SAMPLE_BYTES;
